"""What every command says, in one language at a time, click's own sentences too."""

import json
import re
import subprocess
import sys

import pytest
from click.testing import CliRunner
from opencc import OpenCC

from helpers.repository import git
from helpers.site import Site, plain_environment
from rectify.cli import main

HAN = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
SENTENCE = re.compile(r"[A-Za-z]+(?: [a-z]+){3}|Usage|Options:|default:|required\]|Error|Try ")
"""Four English words on end, or a word of click's."""

SUBCOMMANDS = {"new": ("disclosure", "problem"), "hook": ("install", "uninstall")}
COMMANDS = [
    line
    for name in ["", *main.list_commands(None)]
    for line in (name, *(f"{name} {sub}" for sub in SUBCOMMANDS.get(name, ())))
]
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
    "publish --to x --also rsync:": "应写成",
    "digest --to x --on 2024": "“2024”应按 '%Y-%m-%d' 的格式写",
    "withdraw": "缺少 'REF'",
    "bundle -o run.py": "“run.py”是文件，应为文件夹",
    "bundle -o x --python 2": "“2”应写成 3.11 这样",
    "check --explain S999": "没有规则“S999”，是不是",
    "check no/such": "没有 no/such",
    "check --dry-run": "--dry-run 与 --fix 同用",
    "export": "请写明导出什么",
    "new problem no-such": "没有通报“no-such”",
    "update 04 --status done --note x": "“04”不是问题的编号",
    "status --status finised": "不认识“finised”",
    "status --as-of 2024-13-41": "不是日期：2024-13-41",
    "withdraw x/01": "请用 --reason 写明理由",
    "import run.py --set x": "--set",
}
"""What is wrong -> what is said of it."""

_RUN = """
import json, sys
from click.testing import CliRunner
from rectify.cli import main
given = json.load(sys.stdin)
print(json.dumps([CliRunner().invoke(main, words.split(), prog_name="rectify").output for words in given]))
"""


def said(lang: str, lines: list[str]) -> dict[str, str]:
    """What each command line prints. In a process of its own, for the language is chosen before the texts are made."""
    done = subprocess.run(
        [sys.executable, "-c", _RUN, "--lang", lang],
        input=json.dumps(lines),
        env=plain_environment(None),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return dict(zip(lines, json.loads(done.stdout)))


@pytest.fixture(scope="module")
def helps() -> dict[str, dict[str, str]]:
    return {lang: said(lang, [f"{name} --help" for name in COMMANDS]) for lang in ("zh", "en", "zh-Hant")}


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_in_one_language(helps, name):
    chinese, english, traditional = (helps[lang][f"{name} --help"] for lang in ("zh", "en", "zh-Hant"))
    assert chinese.startswith("用法：") and "选项：\n" in chinese and "显示这段说明" in chinese
    assert not SENTENCE.search(chinese)
    assert english.startswith("Usage:") and "Show this message and exit." in english
    assert not HAN.search(english)
    assert traditional.startswith("用法：") and "選項：\n" in traditional
    assert not set(traditional) & simplified_only()


def simplified_only() -> set[str]:
    """The common characters that Traditional Chinese writes otherwise, and that are no Traditional character themselves."""
    convert = OpenCC("s2t").convert
    every = [chr(code) for code in range(0x4E00, 0xA000)]
    made = set(convert("".join(every)))
    # 准 is Traditional too, in 批准 and 核准, which are looked at as words.
    return {one for one in every if one not in made} - {"准"}


def test_the_languages_differ_in_the_values_that_are_asked_for(helps):
    assert "unstated, pending, ongoing, staged, done" in helps["en"]["update --help"]
    assert "未单独公布、待整改、持续推进、阶段性完成、已完成、已销号" in helps["zh"]["update --help"]
    assert "待整改、持續推進、階段性完成、已完成、已銷號" in helps["zh-Hant"]["update --help"]


@pytest.mark.parametrize("words", WRONG)
def test_wrong_use_is_told_in_chinese(words):
    done = CliRunner().invoke(main, words.split(), prog_name="rectify")
    assert done.exit_code == 2 and WRONG[words] in done.output
    assert "错误：" in done.output and not SENTENCE.search(done.output)


def test_wrong_use_is_told_in_english():
    told = said("en", list(WRONG))
    assert {words: text for words, text in told.items() if "Error: " not in text or HAN.search(text)} == {}
    assert "Option '--to' requires an argument." in told["publish --to"]
    assert "Got unexpected extra argument (a)" in told["publish --to x a"]
    assert "Got unexpected extra arguments (a b)" in told["publish --to x a b"]
    assert "unknown value 'finised'" in told["status --status finised"] and "ongoing" in told["status --status finised"]


def test_wrong_use_is_told_in_traditional_chinese():
    told = said("zh-Hant", list(WRONG))
    assert {words: text for words, text in told.items() if "錯誤：" not in text or set(text) & simplified_only()} == {}


def test_a_name_in_the_language_that_is_spoken_is_a_value(make_site):
    site = english_site(make_site)
    for lang, name in (("en", "Stage completed"), ("en", "staged"), ("zh-Hant", "階段性完成")):
        assert "2025-example/02" in site.rectify("--lang", lang, "status", "--status", name).ok().out


def english_site(make_site) -> Site:
    root = make_site().root / "english"
    site = Site(root, root / "site")
    made = Site(root.parent, root).rectify("--lang", "en", "init", "english").ok().out
    assert not HAN.search(made)
    assert "\n  language: en\n" in (root / "mkdocs.yml").read_text("utf-8")
    assert [file.name for file in root.rglob("*") if file.is_file() and HAN.search(file.read_text("utf-8"))] == []
    return site


def test_a_day_of_work_in_english(make_site):
    site = english_site(make_site)
    git(site, "init", "-q").ok()

    def run(*words: str, exit: int = 0) -> str:
        done = site.rectify("--lang", "en", *words)
        assert done.exit == exit, done.out
        assert not HAN.search(done.out), done.out
        return done.out

    new = ("--id", "2025-tax", "--unit", "Qingchuan Tax Office", "--title", "Report on rectification")
    run("new", "disclosure", *new, "--as-of", "2025-09-30", "--published", "2025-10-01")
    assert "Enter" not in run("new", "problem", "2025-tax", exit=2)
    run("new", "problem", "2025-tax", "--title", "Ledgers with gaps", "--status", "Ongoing", "--deadline", "2025-12")
    progress = ("--status", "staged", "--note", "Half of them are complete.", "--date", "2025-09-20")
    assert "+    status: staged" in run("update", "2025-tax/01", *progress)
    assert "cannot go back" in run("update", "2025-example/01", "--status", "pending", "--note", "x", exit=1)
    text = "".join(file.read_text("utf-8") for file in (site.root / "content/reports/2025-tax").glob("*.md"))
    assert "\nstatus: staged\n" in text and "\n  phone:\n" in text and not HAN.search(text)
    assert "Stage completed" in run("status") and "1 problem in all;" in run("status", "2025-tax")
    run("status", "--format", "json")
    assert "4 problems checked: 0 errors" in run("check")
    run("check", "--list")
    run("check", "--fix", "--dry-run")
    assert "Built and verified" in run("build")
    for form in ("--xlsx", "--markdown", "--docx"):
        run("export", form, "-o", f"out{form}", "2025-example")
    assert "exists" in run("export", "--markdown", "-o", "out--markdown", exit=1)
    assert "S096" in run("publish", "--to", "live", exit=4)
    example = site.root / "content/reports/2025-example/index.md"
    waiver = "waivers: [{rule: S096, reason: a demonstration, approved_by: Chief Archivist Zhou, date: 2025-07-02}]"
    example.write_text(example.read_text("utf-8").replace("\ngenre:", f"\n{waiver}\ngenre:", 1), "utf-8")
    run("publish", "--to", "live")
    assert "nothing changed" in run("publish", "--to", "live", exit=3)
    assert "4 problems: 1 done" in run("releases", "--to", "live")
    run("verify", "live/current")
    run("rollback", "--to", "live", exit=1)
    run("digest", "--to", "live", "--due", "3660")
    run("withdraw", "2025-tax/01", "--reason", "A name stood in it.")
    run("withdraw", "--purge-history-help")
    run("emergency", "--to", "live", "--message", "We are looking into it.")
    run("ready")
    run("hook", "install", "--dry-run")
    run("completion", "bash")
    done = site.rectify("--lang", "en", "doctor", "--to", "live")
    assert not HAN.search(done.out), done.out


FAULTS = {
    "index.md": """---
title: Report on rectification
genre: rectifcation
unit:
as_of: 2024/13/01
published: 2024-01-10
inspected: {from: 2024-05-01, to: 2024-04-01}
declared: {total: 25, done: 8, foo: 1}
scope: world
approval: {date: 2020-01-01}
contact: [x]
---

Of 25 problems 8 are done. Call 13812345678, see [x](nowhere.md) and [y](/abs), <b>bold</b>.
""",
    "01.md": """---
title: One
status: dne
deadline: someday
deadline: 2024-01-01
flags: [soon]
units: {a: b}
---

XX of ***. ID 110101199003071234.
""",
    "02.md": "---\ntitle: [\n---\n",
    "04.md": """---
title: Four
status: done
number: 7
progress:
  - {date: 2024-02-02, status: pending, text: x}
  - {date: 2023-01-01, text: y}
---
""",
    "05.md": "no front matter\n",
    "odd.bin": "x",
}


def test_many_faults_in_english(make_site):
    site = english_site(make_site)
    for name, text in FAULTS.items():
        site.write(f"reports/2025-example/{name}", text)
    told = site.rectify("--lang", "en", "check").out
    rules = set(re.findall(r"\[([A-Z]\d{3})\]", told))
    assert rules >= {
        "P002",
        "S010",
        "S012",
        "S016",
        "S019",
        "S020",
        "S021",
        "S022",
        "S024",
        "S026",
        "S032",
        "S037",
        "S041",
    }
    assert not HAN.search(told), told


def test_the_host_ends_a_build_in_the_language_of_the_command(make_site):
    site = english_site(make_site)
    page = site.write("more.md", "A page that no menu leads to.\n")
    told = site.build(env={"RECTIFY_LANG": "zh"})
    assert told.exit == 1 and "有 1 处警告，没有构建成功" in told.out
    assert not re.search("Aborted|Building|Doc file", told.out)
    page.unlink()
    assert "已构建，用时" in site.build(env={"RECTIFY_LANG": "zh"}).ok().out
    site.write("reports/2025-example/02.md", "---\nstatus: done\n---\n")
    for lang, end in (("zh", "\n没有构建成功\n"), ("en", "\nThe site was not built\n")):
        told = site.build("-q", env={"RECTIFY_LANG": lang})
        assert told.exit == 1 and end in told.out and "Aborted" not in told.out
        assert lang == "zh" or not HAN.search(told.out)
