"""A site with every kind of page in another language than its content, and a look for characters where none should be."""

import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from helpers.publications import publications
from helpers.site import ROOT, Site, write_site
from rectify.core.changes import Change

HAN = re.compile("[\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
"""Han characters, and the punctuation that goes with them."""
CONTENT = "zh-CN"
"""The language of all content."""

_PAGES = {
    "index.md": "---\ntitle: Home\n---\n\nWhat inspections found in Qingchuan, and what was done about it.\n",
    "about.md": "---\ntitle: How to object\n---\n\nCall the office below and give the reference of the problem.\n\n"
    '!!! warning\n    Not at night.\n\n??? note "Names"\n    Not asked for.[^1]\n\n'
    '=== "By telephone"\n\n    Call.\n\n=== "By letter"\n\n    Write.\n\n'
    "```python\nreturn 1\n```\n\n[^1]: Nor written down.\n",
    "methodology.md": "---\ntitle: Statuses and counting\n---\n\nWhat the statuses mean and how the figures are counted.\n",
    "notice.md": "---\nlang: zh-CN\n---\n\n# 公告\n\n本页用中文写成。\n",
}
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
_CHANGES = (
    Change("2025-minzhengju/02", "题目", "done", "ongoing", "done"),
    Change("2025-minzhengju/03", "题目", "deadline", "2025-09-30", "长期坚持"),
    Change("2025-minzhengju/03", "题目", "text", "旧的一段。", "新的一段。", "body"),
    Change("2025-minzhengju/03", "题目", "text", "涉及3户", "涉及4户", "measures"),
    Change("2025-minzhengju/03", "题目", "text", "反弹", "反弹、长期坚持", "flags"),
    Change("2025-minzhengju/04", "题目", "progress", "", "2025-09-01 抽查"),
    Change("2025-minzhengju", "通报", "text", "0000-2345600", "0000-2345601", "contact.phone", "disclosure"),
    Change("2025-gone/01", "", "gone"),
    Change("about/", "How to object", "text", "", "One more.", "body", "page"),
    Change("", "", "text", "a1", "b2", "appearance", "site"),
    Change("pictures/map.png", "", "text", "a1", "b2", about="file"),
)


def build_in(language: str, root: Path) -> Site:
    """Return the project's disclosures, one of more than a hundred problems and one in English, built in a language as for a publication."""
    site = write_site(
        root,
        dict(_PAGES),
        site_name="Qingchuan Rectification Register",
        site_description="What inspections found and what was done about it",
        site_url="https://example.invalid/register/",
        theme={"language": language},
        plugins=[{"rectify": {"publisher": "Rectification Office of Qingchuan"}}],
        nav=[*_PAGES],
        markdown_extensions={
            "tables": {"use_align_attribute": True},
            "sane_lists": {},
            "admonition": {},
            "footnotes": {},
            "pymdownx.details": {},
            "pymdownx.superfences": {},
            "pymdownx.tabbed": {"alternate_style": True},
        },
    )
    shutil.copytree(ROOT / "content" / "reports", root / "content" / "reports", dirs_exist_ok=True)
    example = ROOT / "plugins/rectify/starter/en/content/reports/2025-example"
    shutil.copytree(example, root / "content/reports/2025-example", dirs_exist_ok=True)
    site.write("reports/2022-many/index.md", _MANY)
    for n in range(1, 106):
        site.write(f"reports/2022-many/{n:03d}.md", _ONE.format(n=n, status="持续推进" if n % 3 else "已完成"))
    site.build(env=publications(root, [], _CHANGES)).ok()
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
        # What is said to programs names its language itself.
        if data.strip() and not data.startswith('{"@context"'):
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
