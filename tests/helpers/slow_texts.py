"""Texts that somebody might write to hold the machine up, and everything that a text goes through.

The texts are those that have slowed down other readers of Markdown, HTML and YAML: cmark's pathological inputs, reports
to Python-Markdown, marked, markdown-it and PyYAML; and pieces of what our own rules look for.
"""

from __future__ import annotations

import contextlib
import itertools
import signal
import time
from collections.abc import Callable, Iterator
from functools import cache

from rectify.checks import built_page, links, structure
from rectify.checks.active_page import inline_scripts
from rectify.checks.attachments.types import form_of, is_local
from rectify.checks.code_spans import blank_code
from rectify.core.address import leads_elsewhere
from rectify.core.comments import blank_comments, comments, without_comments
from rectify.core.finding import RefusedDocument
from rectify.core.vocabulary import DISCLOSURE_KEYS, PROBLEM_KEYS
from rectify.host.bodies import Bodies
from rectify.host.plain_bodies import convert
from rectify.intake.outline import Cell, Outline, Paragraph, Row, Table
from rectify.intake.readers.plain_text import read_plain
from rectify.intake.readers.saved_page import read_page
from rectify.intake.recognition import consistency
from rectify.intake.recognition.recognise import recognise
from rectify.outputs.blocks import blocks
from rectify.outputs.safe_markdown import is_safe
from rectify.outputs.search_index import SearchEntry, analyse, assemble
from rectify.prose import examine_text, screen
from rectify.prose.contradiction import contradiction
from rectify.prose.figures import declared_counts, masked_counts, outcomes
from rectify.prose.marks import strip_marks
from rectify.prose.statuses import bracketed_status, flags_in, heading_status, labelled_status
from rectify.sources.dates import parse_date
from rectify.sources.edit import read
from rectify.sources.front_matter import parse
from rectify.sources.markdown_text import table, to_markdown
from rectify.sources.markup import unconvertible
from rectify.sources.public_text import public_text
from rectify.sources.repair import repair
from rectify.sources.text import decode

MARKDOWN = (
    "[", "]", "![", "[a](", "[a](b", "[a](<b", "[a](b)", "![a](b)", "[a][", "[a]: b\n", "[a]:(", "[](", "[![", "![[]()",
    "`", "`a", "``a`", "```\n", "~~~a\n", "*", "**", "_", "*a ", "a*", "*市", "*市*局", "**市", "a**b", "*a_ ", "*a **a ",
    "\\", "\\*", "&", "&a;", "&#1;", "&#1", "<", "<a", "<!--", "<!-- -->", "-->", "<![CDATA[", "<a b", "<a b=c ", "<a href=\"",
    "<http://a> ", "> ", "> a\n", "- ", "- a\n", "- a\n\n", "1. ", "1. a\n", "a\n-\n", "a\n=\n", "---\n", "* * *\n", "# a\n", "#\n",
    "#\\", "    a\n\n", "a  \n", "a\n\n", "\n", " ", "\t", "|", "| a | b |\n", "a|b\n-|-\n", "\\|", "[^1]",
)  # fmt: skip
"""What a converter of Markdown follows through its paragraph."""
PROSE = (
    "市", "。", "，", "“", "《", "（", "）", "【", "1", "12 ", "1,", "2024年", "13800001234 ", "138 ", "110105 1949", "VX", "京A",
    "家住", "路1号", "电话：", "举报电话：", "姓名：", "张三", "书记", "密 ", "机密★", "内 部 ", "Ｘ", "某", "□", "×", "*个", "％", "\u3000", "\xa0",
    "\u200b", "\ufffd", "烫烫", "反馈12个问题，", "其中已完成1个、", "关于要求", "局局长", "整改", "习近平", "一、", "（一）", "一是", "a@", "a.b", "http://10.",
    "D:\\", "群： ", "2022研究", "牵头单位：甲；", "整改情况：", "截至", "追缴1万元、", "\u3000\u3000甲\n", "| 姓名 | 电话 |\n", "（1111111、",
    "**重点**，", "X月", "__", "”", "《*", "1 ", "a.", "##paid", "##", "年 ", "问题*个", "*个问题巡察", "按照关于", "中国特色社会主义", "家住路1号", "未柳河局",
    "，柳河中心党支部未", "处分柳河局局长", "书记林", "学生林", "保密未按要求安装", "北京大", "*局北京", "未", "\uff08\u4e00\uff09\u3000", "省略（字", "仅供内部",
    "\u5012\u5356\u4f1a\u5458\n",
)  # fmt: skip
"""What the rules and the recognition look for."""
FIELDS = (
    "标题： 甲\n", "标题: 甲\n", "甲: 乙\n", "- {日期: 2024-01-01}\n", "&a ", "*a, ", "{a: ", "- - ", "? ", "'", "\"\\x41", " #", "2024-", "甲、",
)  # fmt: skip
"""What a front matter is made of."""
HEADS = (
    "",
    "[a]: b",
    "<!--",
    "<a ",
    "---\n",
    "---\n标题: [",
    '---\n标题: "',
    "---\n# ",
    "电话：",
    "#",
    "<script ",
    "“",
    "```\n",
)
"""What may stand before it once."""
ENDS = ("", "]", "](b)", ">", "-->", "\n---\n", '"\n---\n', "a", "</script>", "”", "`")
"""What may stand behind it once."""


def repeated(unit: str, head: str = "", end: str = "") -> Callable[[int], str]:
    """Return what makes a text of about a size of a piece, with something before and behind."""
    return lambda size: head + unit * max(1, (size - len(head) - len(end)) // len(unit)) + end


def lines_of(text: str) -> list[tuple[int, str]]:
    return list(enumerate(text.split("\n"), 1))


def _consume(found: Iterator[object]) -> None:
    for _ in itertools.islice(found, 10_000):
        pass


def _fenced(text: str) -> str:
    return text if text.startswith("---\n") else f"---\n标题: 甲\n{text}\n---\n{text}"


def _comments(text: str) -> None:
    without_comments(text), blank_comments(text), comments(text)


def _front_matter(text: str) -> None:
    for keys in (DISCLOSURE_KEYS, PROBLEM_KEYS):
        read(_fenced(text), keys)
        public_text(_fenced(text), "a.md", parse(_fenced(text), "a.md"), keys, {})


def _values(text: str) -> None:
    with contextlib.suppress(ValueError):
        parse_date(text, month_end=True)
    labelled_status(text), heading_status(text), bracketed_status(text), flags_in(text)


def _figures(text: str) -> None:
    lines = lines_of(text)
    declared_counts(lines), masked_counts(lines), outcomes(lines)
    contradiction("done", False, lines), contradiction("ongoing", False, [(1, text)])


def _links(text: str) -> None:
    lines = tuple(lines_of(text))
    _consume(links.links(lines, "a.md"))
    _consume(structure.tags(structure.PublicText("a.md", lines, {}, 1)))
    blank_code(text)


def _documents(text: str) -> None:
    page = f"<html><head><title>{text}</title><style>{text}</style></head><body>{text}<table><tr><td>{text}</table></body></html>"
    with contextlib.suppress(RefusedDocument):
        read_page(page.encode("utf-8", "replace"), "a.html", lambda done, total: None)
    for name in ("a.txt", "a.md"):
        with contextlib.suppress(RefusedDocument):
            read_plain(text.encode("utf-8", "replace"), name, lambda done, total: None)


def _recognition(text: str) -> None:
    paragraphs = [Paragraph(line, number) for number, line in lines_of(text) if line.strip()]
    names = ("序号", "问题", "整改情况", "责任单位", "时限")
    rows = [
        Row((Cell(str(number)), *[Cell(line)] * 4), number) for number, line in enumerate(text.split("\n")[:2000], 3)
    ]
    ledger = [Paragraph("整改情况", 1), Table((Row(tuple(map(Cell, names)), 2), *rows))]
    for given in (paragraphs, ledger):
        recognition = recognise(Outline("x.txt", "text", tuple(given), lines=len(given)), given)
        consistency.findings(recognition, "x.txt")


def _search(text: str) -> None:
    entry = SearchEntry(
        "a/01",
        "a/01/",
        "problem",
        text,
        text,
        "done",
        False,
        "2024",
        "2024-01-01",
        text,
        fields=(("units", text), ("owner", text)),
    )
    assemble([analyse(entry)], {})


def _built(text: str) -> None:
    named = built_page.attributes(text)
    (
        built_page.text_lines(text),
        built_page.spoken_lines(named),
        built_page.whole_text(text),
        built_page.look("a.html", text, named),
    )
    built_page.look("a.html", f'<img src="//a">{text}', [("src", "//a")])
    _consume(built_page.foreign_loads("a.css", text))
    inline_scripts(text.encode("utf-8", "replace"))


def _beginnings(text: str) -> None:
    data = text.encode("utf-8", "replace")
    form_of(data[:8192]), is_local(text), is_safe(text), leads_elsewhere(text), decode(data, "a")


def _markdown_of(text: str) -> None:
    to_markdown([text]), table([[text]])


PASSES: dict[str, Callable[[str], object]] = {
    "rules on a text": lambda text: examine_text(lines_of(text), "a.md"),
    "screening of a page": lambda text: screen(lines_of(text), "a.html"),
    "marks stripped": lambda text: strip_marks(lines_of(text), "a.md"),
    "comments": _comments,
    "front matter": _front_matter,
    "repair": lambda text: repair(_fenced(text).encode("utf-8", "replace"), DISCLOSURE_KEYS),
    "values": _values,
    "figures": _figures,
    "links and tags": _links,
    "limits": lambda text: unconvertible(text, "a.md", 1),
    "plain bodies": convert,
    "documents": _documents,
    "recognition": _recognition,
    "search": _search,
    "built pages": _built,
    "beginnings of files": _beginnings,
    "text to Markdown": _markdown_of,
}
"""What a text goes through but for the converter of Markdown."""


@cache
def _bodies() -> Bodies:
    return Bodies()


def converted(text: str) -> bool:
    """Convert a text as the site and the office documents do, unless it must not be; return whether it was."""
    if any(one.severity == "error" for one in unconvertible(text, "a.md", 1)):
        return False
    _bodies().problem(text, "reports/a"), _bodies().prose(text, "reports/a"), blocks(text)
    return True


class TookTooLong(BaseException):
    """Not to be taken for an error of the text."""


def cost(work: Callable[[str], object], text: str, most: float = 30) -> float:
    """Return the processor's seconds that work on a text takes; raises TookTooLong where they are more than `most`."""

    def stop(*_: object) -> None:
        raise TookTooLong(f"more than {most} s for {len(text)} characters: {text[:40]!r}")

    timed = hasattr(signal, "SIGVTALRM")
    if timed:
        signal.signal(signal.SIGVTALRM, stop)
        signal.setitimer(signal.ITIMER_VIRTUAL, most)
    begun = time.process_time()
    try:
        work(text)
        return time.process_time() - begun
    finally:
        if timed:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
