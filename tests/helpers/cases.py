"""Miniature cases of the rules: what must be reported, and what looks like it and must not."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from helpers.site import ROOT
from rectify.checks.content import check_content
from rectify.core.finding import Finding
from rectify.core.language import Message, language

FOLDER = ROOT / "tests" / "checks" / "cases"

DISCLOSURE: dict[str, str] = {
    "index.md": "# 首页\n",
    "about.md": "# 监督方式\n",
    "methodology.md": "# 状态说明\n",
    "reports/2024-a/index.md": """---
标题: 清川市水务局党组关于市委巡察整改情况的报告
文种: 整改情况报告
单位: 清川市水务局
巡察机构: 中共清川市委第二巡察组
巡察时间: {起: 2024-01-08, 止: 2024-03-08}
反馈日期: 2024-03-29
截至日期: 2024-09-30
公开日期: 2024-10-18
公布数: {总数: 2, 已完成: 1, 持续推进: 1}
联系方式:
  电话: 0000-2345601
  地址: 清川市安和路6号
审批: {提出: 机关党委, 审核: 办公室, 保密审查: 办公室, 批准: 党组, 日期: 2024-10-15}
---

市委巡察反馈的2个问题，已完成1个，持续推进1个。
""",
    "reports/2024-a/01.md": """---
问题: 管网巡检记录不完整
状态: 已完成
序号: 1
整改时限: 2024-06-30
整改措施:
  - 统一巡检记录格式，按月抽查。
进展:
  - 日期: 2024-06-20
    状态: 已完成
    内容: 新的巡检记录全面使用。
---

巡检记录改为统一格式，班组长逐日核对。
""",
    "reports/2024-a/02.md": """---
问题: 二次供水设施移交缓慢
状态: 持续推进
序号: 2
整改时限: 2024-12-31
整改措施:
  - 逐个小区核对产权，分批移交。
进展:
  - 日期: 2024-08-15
    状态: 持续推进
    内容: 第一批7个小区完成移交。
---

其余小区按计划移交。
""",
}
"""A public disclosure of two problems in which nothing is found."""


def chinese_left(finding: Finding) -> str:
    """Return the finding in English if there is Chinese in it that is neither a path nor words of the content."""
    text = finding.text(language("en"))
    for words in sorted(_of_content(finding.path, finding.key, *dict(finding.values).values()), key=len, reverse=True):
        text = text.replace(words, "…")
    return text if re.search("[\u3400-\u9fff]", text) else ""


def _of_content(*values: object) -> Iterator[str]:
    for value in values:
        if isinstance(value, Message):
            yield from _of_content(*dict(value.values).values())
        elif isinstance(value, str) and value:
            yield value


class Case(NamedTuple):
    rule: str
    fires: bool
    run: Callable[[Path], list[Finding]]
    """Arranges what is needed in an empty folder and returns everything that is found."""
    name: str = ""


@cache
def cases_in(name: str) -> ModuleType:
    """Return a file of cases, read once: some of them make documents."""
    spec = importlib.util.spec_from_file_location(f"cases_{name}", FOLDER / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def all_cases() -> list[Case]:
    """Return the cases of every rule, from the files in tests/checks/cases/."""
    return [case for file in sorted(FOLDER.glob("*.py")) for case in cases_in(file.stem).CASES]


def write_disclosure(root: Path, files: Mapping[str, str | bytes | None] | None = None) -> Path:
    """Write DISCLOSURE with the given files in place of or beside its own, None taking one away; return the content folder."""
    content = root / "content"
    for name, text in ({**DISCLOSURE, **(files or {})}).items():
        if text is not None:
            path = content / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode() if isinstance(text, str) else text)
    return content


def file_case(rule: str, fires: bool, files: Mapping[str, str | bytes | None], name: str = "") -> Case:
    """A case of files below content/ that replace those of DISCLOSURE or are added to it."""
    return Case(
        rule, fires, lambda root: check_content(write_disclosure(root, files)).findings, name or " ".join(files)
    )


def text_case(rule: str, fires: bool, body: str) -> Case:
    """A case of the Markdown body of a problem."""
    head = DISCLOSURE["reports/2024-a/01.md"].rpartition("---\n")[0]
    return file_case(rule, fires, {"reports/2024-a/01.md": f"{head}---\n\n{body}\n"}, body[:24])


def changed(path: str, *pairs: tuple[str, str]) -> dict[str, str]:
    """A file of DISCLOSURE with some words exchanged; every word must occur."""
    text = DISCLOSURE[path]
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return {path: text}
