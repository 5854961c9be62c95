"""Help and errors of every command in one language, click's own sentences too."""

import re
import subprocess
import sys

import pytest
from click.testing import CliRunner

from helpers.site import plain_environment
from rectify.cli import main

WRONG = {
    "publish": "缺少选项 '--to'",
    "publish --tp x": "没有选项 --tp。",
    "pubish": "没有命令“pubish”。 是不是 'publish'？",
    "publish --to": "选项 --to 后面要写值",
    "publish --to x --keep 0": "0 超出范围",
    "publish --to x --keep a": "“a”不是数字",
    "publish --to x --format xml": "“xml”不在可选范围内：'text', 'json'",
    "publish --to x a": "多出来的内容：a",
    "publish --to x a b": "多出来的内容：a b",
    "publish --to x --sign-key no/such": "没有“no/such”",
    "publish --to x --dry-run=1": "选项 --dry-run 后面不写值",
    "digest --to x --on 2024": "“2024”应按 '%Y-%m-%d' 的格式写",
    "withdraw": "缺少 'REF'",
    "bundle -o run.py": "“run.py”是文件，应为文件夹",
}
"""What is wrong -> what is said of it."""


@pytest.mark.parametrize("name", ["", *main.list_commands(None)])
def test_help_is_in_chinese(name):
    text = CliRunner().invoke(main, [*([name] if name else []), "--help"], prog_name="rectify").output
    assert text.startswith("用法:") and "选项:" in text and "显示这段说明" in text
    assert not re.search(r"Usage|Options:|Show|default:|required|and exit", text)


@pytest.mark.parametrize("words", WRONG)
def test_wrong_use_is_told_in_chinese(words):
    done = CliRunner().invoke(main, words.split(), prog_name="rectify")
    assert done.exit_code == 2 and WRONG[words] in done.output
    assert "错误：" in done.output and not re.search(r"Error|Try|Invalid|Missing|No such", done.output)


@pytest.mark.parametrize(
    ("words", "told"),
    [("publish --help", "Show this message and exit."), ("publish --to", "Option '--to' requires an argument.")],
)
def test_english_stays_english(words, told):
    # A process of its own: the language is chosen before the texts are made.
    command = [sys.executable, "-m", "rectify", "--lang", "en", *words.split()]
    done = subprocess.run(command, env=plain_environment(None), capture_output=True, encoding="utf-8", check=False)
    assert told in done.stdout + done.stderr and not re.search("[\u4e00-\u9fff]", done.stdout + done.stderr)
