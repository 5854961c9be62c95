"""A site with every kind of page in another language than its content, and a look for characters where none should be."""

import json
import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from helpers.site import ROOT, Site, write_site

HAN = re.compile("[\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
"""Han characters, and the punctuation that goes with them."""
CONTENT = "zh-CN"
"""The language of all content."""

_PAGES = {
    "index.md": "---\ntitle: Home\n---\n\nWhat inspections found in Qingchuan, and what was done about it.\n",
    "about.md": "---\ntitle: How to object\n---\n\nCall the office below and give the reference of the problem.\n",
    "methodology.md": "---\ntitle: Statuses and counting\n---\n\nWhat the statuses mean and how the figures are counted.\n",
    "notice.md": "---\nlang: zh-CN\n---\n\n# 公告\n\n本页用中文写成。\n",
}
_TOGGLES = [
    {"scheme": scheme, "primary": "custom", "toggle": {"icon": f"material/{icon}", "name": name}}
    for scheme, icon, name in (("default", "weather-night", "Dark"), ("slate", "weather-sunny", "Light"))
]
_MANY = """---
标题: 清川市档案馆关于市委巡察整改情况的报告
文种: 整改情况报告
单位: 清川市档案馆
截至日期: 2022-09-25
公开日期: 2022-09-30
---
"""
_ONE = """---
问题: 第{n}项登记不完整
状态: {status}
进展:
  - 日期: 2022-08-01
    状态: {status}
    内容: 补齐登记。
---

正文。
"""
_RECORD = {
    "id": "0001-5f1d22c09a7b",
    "commit": "5f1d22c09a7b" * 3 + "5f1d",
    "committed": "2025-10-01T09:30:00+08:00",
    "declared": "2025-09-25",
    "counts": {"disclosures": 7, "total": 109, "done": 57, "open": 52},
    "manifest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "previous": None,
    "changes": [],
}
_CHANGES = (
    ("2025-minzhengju/02", "done", "ongoing", "done"),
    ("2025-minzhengju/03", "deadline", "2025-09-30", "长期坚持"),
    ("2025-minzhengju/04", "progress", "", "2025-09-01"),
    ("2025-gone/01", "gone", "", ""),
)


def build_in(language: str, root: Path) -> Site:
    """Return the project's disclosures and one of more than a hundred problems, built in a language as for a publication."""
    site = write_site(
        root,
        dict(_PAGES),
        site_name="Qingchuan Rectification Register",
        site_description="What inspections found and what was done about it",
        site_url="https://example.invalid/register/",
        theme={"language": language, "palette": _TOGGLES},
        plugins=[{"rectify": {"publisher": "Rectification Office of Qingchuan"}}],
        nav=[*_PAGES],
    )
    shutil.copytree(ROOT / "content" / "reports", root / "content" / "reports", dirs_exist_ok=True)
    site.write("reports/2022-many/index.md", _MANY)
    for n in range(1, 106):
        site.write(f"reports/2022-many/{n:03d}.md", _ONE.format(n=n, status="持续推进" if n % 3 else "已完成"))
    changes = [dict(zip(("ref", "kind", "before", "after"), one)) for one in _CHANGES]
    history = [{**_RECORD, "id": "0002-5f1d22c09a7b", "previous": {"id": "0001"}, "changes": changes}, _RECORD]
    (root / "history.json").write_text(json.dumps(history), "utf-8")
    site.build(env={"RECTIFY_HISTORY": str(root / "history.json")}).ok()
    return site


_ADDRESSES = {"href", "src", "action", "id", "for", "name", "form", "download"}
_EMPTY = {"meta", "link", "input", "br", "img", "hr", "col"}


class _Texts(HTMLParser):
    """Collects what people read or hear of a page and is in the page's own language, or says it is."""

    def __init__(self) -> None:
        super().__init__()
        self.languages: list[tuple[str, str]] = [("", "")]
        self.found: list[tuple[str, str, str]] = []
        """Language, place and text."""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        named = dict(attributes)
        language = named.get("lang") or self.languages[-1][1]
        for name, value in attributes:
            if value and name not in _ADDRESSES and not name.startswith("aria-labelledby"):
                self.found.append((language, f"{tag}[{name}]", value))
        if tag not in _EMPTY:
            self.languages.append((tag, language))

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attributes)
        if tag not in _EMPTY:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        while len(self.languages) > 1 and self.languages.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip():
            tag, language = self.languages[-1]
            self.found.append((language, tag, data.strip()))

    def handle_comment(self, data: str) -> None:
        self.found.append(("", "comment", data))


def texts(html: str) -> Iterator[tuple[str, str, str]]:
    """Yield language, place and text of every text and every attribute that is no address."""
    parser = _Texts()
    parser.feed(html)
    parser.close()
    yield from parser.found
