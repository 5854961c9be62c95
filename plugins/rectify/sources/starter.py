"""What a new site begins with: its configuration, its first pages and an example disclosure."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable

from rectify.core.language import Language

EXAMPLE = frozenset(
    {
        "示例：清川市档案馆关于巡察整改情况的报告",
        "Example: Qingchuan City Archives, report on rectification after inspection",
    }
)
"""Titles of the example disclosure."""
EXAMPLE_PROBLEMS = frozenset(
    {
        "查阅登记不完整",
        "库房温湿度记录有缺漏",
        "到期档案移交不及时",
        "The reading register is incomplete",
        "Temperature and humidity of the stacks are recorded with gaps",
        "Records are not handed over when they are due",
    }
)
_RENAMED = {"gitignore": ".gitignore"}


def starter_files(language: Language) -> dict[str, str]:
    """Return path and text of every file; `{name}` and `{publisher}` stand for what only the site knows.

    The pages are Chinese or English. They stay Simplified on a site in Traditional Chinese, as the words of the format do.
    """
    starter = files("rectify") / "starter"
    texts = {
        "{language}": language.key,
        "{description}": language.text("{name}：巡察、督察、审计整改情况公开，逐个问题登记进展", name="{name}"),
    }
    found = {}
    for path, text in (*_texts(starter), *_texts(starter / ("zh" if language.is_chinese else "en"), inside=True)):
        for place, said in texts.items():
            text = text.replace(place, said)
        if language.key == "zh-Hant" and path.startswith("content/") and path.count("/") == 1:
            text = text.replace("---\n", "---\nlang: zh-CN\n", 1)
        found[path] = text
    return found


def _texts(folder: Traversable, prefix: str = "", inside: bool = False) -> list[tuple[str, str]]:
    """Return the files of a folder, with those of its folders where it is asked to look inside."""
    found = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        path = f"{prefix}{_RENAMED.get(entry.name, entry.name)}"
        if entry.is_file():
            found.append((path, entry.read_text("utf-8")))
        elif inside:
            found += _texts(entry, f"{path}/", inside)
    return found
