"""A Markdown body -> blocks of text for office documents, with the words and no others that the web page shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lxml import etree, html
from markdown import Markdown

from rectify.outputs.safe_markdown import EXTENSIONS, SafeText, is_safe

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = {"p", "ul", "ol", "li", "blockquote", "table", *_HEADINGS}
_SOFT_BREAK = re.compile(r"(?:(?<![ \t])[ \t]+)?\n[ \t]*")
_ENDS = " \t\n"
_WORD = r"[\u4e00-\u9fff，。、；：？！“”‘’《》（）…0-9A-Za-z%/．]"
_TEXT = rf"{_WORD}(?:[ .,-]?{_WORD})*"
_START = r"(?:[\u4e00-\u9fff《“]|[0-9]{1,4}[\u4e00-\u9fff])"
_PARAGRAPH = rf"(?:#{{1,6}} (?={_START})|\*\*(?={_START}){_TEXT}\*\* ?|(?={_START})){_TEXT}"
_SIMPLE = re.compile(rf"\n*{_PARAGRAPH}(?:\n\n+{_PARAGRAPH})*\n*")
"""A body of headings and paragraphs of one line each, which begin as Chinese ones do, the first words of them bold at most."""
_BARE = re.compile(r"^#+ |\*\*")


class Run(NamedTuple):
    """A stretch of text of one kind."""

    text: str
    bold: bool = False
    italic: bool = False
    address: str = ""
    """Where it links to, if that can be reached from paper: a web or e-mail address."""


_PLAIN = Run("")


class Block(NamedTuple):
    """A paragraph, heading, list item or table."""

    runs: tuple[Run, ...] = ()
    heading: int = 0
    """Level of a heading as the Markdown counts it, 0 for all else."""
    depth: int = 0
    """How many lists and quotations it stands in."""
    number: int = 0
    """That of an item of a numbered list, on the item's first paragraph."""
    bullet: bool = False
    """Whether it is the first paragraph of an item without a number."""
    rows: tuple[tuple[tuple[Run, ...], ...], ...] = ()
    """The cells of a table, the first row being its header."""

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


def blocks(body: str) -> list[Block]:
    """Return the blocks of a Markdown body in reading order."""
    if not body.strip():
        return []
    converted = Markdown(extensions=[*EXTENSIONS, SafeText()]).convert(body)
    return [
        block for block in _walk(html.fragment_fromstring(converted, create_parent=True)) if block.runs or block.rows
    ]


def plain_text(body: str) -> str:
    """Return a body as lines of text, one a paragraph; cells of a table are a bar apart."""
    if _SIMPLE.fullmatch(body):
        # Most bodies are no more than this, and a ledger has thousands of them.
        return "\n".join(_BARE.sub("", line) for line in body.split("\n") if line)
    lines: list[str] = []
    for block in blocks(body):
        lines += [" | ".join(_text(cell) for cell in row) for row in block.rows] or [list_mark(block) + block.text]
    return "\n".join(lines)


def list_mark(block: Block) -> str:
    """Return what is printed before a list item. Numbers in brackets: 1. would read as a heading of GB/T 9704."""
    return f"（{block.number}）" if block.number else "• " if block.bullet else ""


def _walk(element: etree._Element, depth: int = 0) -> Iterator[Block]:
    tag = element.tag
    if tag in _HEADINGS:
        yield Block(_runs(element), heading=_HEADINGS[tag])
    elif tag == "table":
        yield Block(rows=tuple(tuple(_runs(cell) for cell in row.iter("th", "td")) for row in element.iter("tr")))
    elif tag in ("ul", "ol"):
        start = element.get("start", "1")
        number = int(start) if start.isdecimal() else 1
        for place, item in enumerate(element.iterchildren("li")):
            inner = list(_walk(item, depth + 1)) or [Block(depth=depth + 1)]
            yield inner[0]._replace(number=number + place if tag == "ol" else 0, bullet=tag == "ul")
            yield from inner[1:]
    elif tag == "p":
        yield Block(_runs(element), depth=depth)
    else:
        yield from _mixed(element, depth + (tag == "blockquote"))


def _mixed(element: etree._Element, depth: int) -> Iterator[Block]:
    """Yield the blocks of an element that holds text beside blocks, as items of tight lists do."""
    loose: list[Run] = _clean(element.text)
    for child in element:
        if child.tag in _BLOCKS:
            if runs := _trimmed(loose):
                yield Block(runs, depth=depth)
            loose = []
            yield from _walk(child, depth)
        else:
            loose += _inline(child, _PLAIN)
        loose += _clean(child.tail)
    if runs := _trimmed(loose):
        yield Block(runs, depth=depth)


def _runs(element: etree._Element) -> tuple[Run, ...]:
    return _trimmed(
        [*_clean(element.text), *(run for child in element for run in [*_inline(child, _PLAIN), *_clean(child.tail)])]
    )


def _inline(element: etree._Element, style: Run) -> Iterator[Run]:
    """Yield the runs of an inline element; pictures stand as their description."""
    if element.tag == "br":
        yield style._replace(text="\n")
        return
    if element.tag == "img":
        yield style._replace(text=f"（图：{element.get('alt') or element.get('src', '').rpartition('/')[2]}）")
        return
    if element.tag in ("strong", "em"):
        style = style._replace(bold=style.bold or element.tag == "strong", italic=style.italic or element.tag == "em")
    elif (
        element.tag == "a"
        and is_safe(element.get("href", ""))
        and re.match("(?i)https?://|mailto:", element.get("href", ""))
    ):
        style = style._replace(address=element.get("href", ""))
    yield from _clean(element.text, style)
    for child in element:
        yield from _inline(child, style)
        yield from _clean(child.tail, style)


def _clean(text: str | None, style: Run = _PLAIN) -> list[Run]:
    return [style._replace(text=_SOFT_BREAK.sub(" ", text))] if text else []


def _trimmed(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Return runs of one style joined, without blanks at both ends and after line breaks."""
    joined: list[Run] = []
    for run in runs:
        if joined and joined[-1]._replace(text="") == run._replace(text=""):
            run = run._replace(text=joined.pop().text + run.text)
        joined.append(run)
    if joined:
        joined[0] = joined[0]._replace(text=joined[0].text.lstrip(_ENDS))
        joined[-1] = joined[-1]._replace(text=joined[-1].text.rstrip(_ENDS))
    return tuple(run._replace(text=re.sub("\n +", "\n", run.text)) for run in joined if run.text)


def _text(runs: Sequence[Run]) -> str:
    return "".join(run.text for run in runs)
