"""A saved web page as an outline: the article without the site around it. Nothing is ever fetched."""

from __future__ import annotations

import email
import email.policy
import itertools
import re
from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree

from rectify.core.finding import Finding, RefusedDocument, found
from rectify.core.language import N_, N_n
from rectify.intake.outline import Outline, Paragraph, Table
from rectify.intake.readers.encoding import read_text
from rectify.intake.readers.page_blocks import BLOCK, data_rows, read_blocks
from rectify.intake.readers.page_head import JOINT, attachments, is_furniture, metadata, pairs_of, squeeze, title_of
from rectify.intake.readers.page_signs import settle_signs
from rectify.intake.readers.page_words import CONTAINERS, RELATED
from rectify.sources.text import CONTROL

DEPTH = 2000
"""The parser leaves out what is nested deeper than 2048 elements; a page that comes near is refused instead."""
ELEMENTS = 200_000
ATTRIBUTES = 20_000
"""Of one element, or as much work as these are: the parser compares each with all before it."""
_TAG = re.compile(r"""</?[a-zA-Z](?:[^>=]++|=(?!\s*["'])|=\s*(?:"[^"]*(?:"|\Z)|'[^']*(?:'|\Z)))*+""")
_VALUE = re.compile(r"""=\s*(?:"[^"]*"|'[^']*'|[^\s"']*)""")
_BETWEEN = re.compile(r"[\s/]+")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{2,20})", re.I)
_DROPPED = (
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "select",
    "button",
    "textarea",
    "svg",
    "nav",
    "footer",
    "object",
    "title",
    "rt",
    "rp",
)
_SHOWN_LATER = "js_content"
"""Id of the article in pages of a messenger, which a script makes visible."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;]{0,60}line-through", re.I)
_HIDDEN_CLASS = re.compile(r"\.([\w-]{1,60})\s{0,9}\{([^{}]{0,500})\}")
_MOST = 0.85
"""The share of the text, links apart, that a part of the page must hold to stand for it."""
_EXCERPT = 40
_REACH = 40
_TITLE_LINES = 3
_TITLE_ENDS = ("报告", "通报", "公告", "公示", "情况")
"""Blocks among which the title of the page is looked for."""
_SHORT = 45
_PROSE = re.compile("[。；]")
_BLOCKS = {"div", "section", "article", "main", "body", "td", "tr", "tbody", "table", "center", "form", "font", "span"}


def read_page(data: bytes, path: str, progress: Callable[[int, int], None]) -> Outline:
    """Return the outline of a saved page; a line is the page's own, where its source can be opened."""
    charset = _CHARSET.search(data[:8192])
    text, findings = read_text(data, path, charset[1].decode("ascii") if charset else "")
    root = _parsed(CONTROL.sub("", text), path)
    meta = metadata(root)
    title, line = title_of(root, meta)
    findings += _without_hidden(root, path)
    settle_signs(root)
    etree.strip_elements(root, *_DROPPED, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    body = _article(root)
    if body is None:
        body = _densest(root)
        findings.append(found("I029", path, body.sourceline or 1))
    links = attachments(root)
    blocks, inner = read_blocks(body, path)
    head = pairs_of(_outside(root, body))
    shown = []
    for block in blocks:
        if isinstance(block, Paragraph) and is_furniture(block.text):
            inner.append(block.text)
        else:
            shown.append(block)
    head += pairs_of(inner)
    blocks = _titled(_without_related(shown), title, line)
    if pictures := sum(1 for _ in body.iter("img")):
        findings.append(found("A007", path, found=N_n("图片 {number} 个", pictures)))
    if links:
        findings.append(found("I028", path, found=len(links), excerpt="、".join(links[:10])))
    progress(len(blocks), len(blocks))
    return Outline(
        path,
        "html",
        tuple(blocks),
        tuple(findings),
        tuple(dict.fromkeys((*head, *meta))),
        text.removesuffix("\n").count("\n") + 1,
    )


def unpack_mht(data: bytes, path: str) -> bytes:
    """Return the page inside a single-file web page (RFC 2557)."""
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        part = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
        content: Any = part.get_payload(decode=True) if part is not None else None
        charset = part.get_content_charset() if part is not None else None
    except (ValueError, LookupError, TypeError, RecursionError, AttributeError):
        content = charset = None
    if not content:
        raise RefusedDocument(found("I011", path))
    mark = b'<meta charset="%s">' % charset.encode("ascii", "ignore") if charset else b""
    return mark + bytes(content)


def _parsed(text: str, path: str) -> etree._Element:
    """Return the root of a page. lxml's own parser: it is not slowed down by malformed pages and knows the lines."""
    long = (tag[0] for tag in _TAG.finditer(text) if len(tag[0]) > ATTRIBUTES // 10)
    if sum(len(_BETWEEN.findall(_VALUE.sub(" ", tag))) ** 2 for tag in long) > ATTRIBUTES**2:
        raise RefusedDocument(found("I012", path, found=N_("网页过于复杂")))
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise RefusedDocument(found("I014", path))
    depth = count = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        if depth > DEPTH or count > ELEMENTS:
            raise RefusedDocument(found("I012", path, found=N_("网页过于复杂")))
    return root


def _without_hidden(root: etree._Element, path: str) -> list[Finding]:
    """Take out what the page does not show, and what it strikes out; return one finding about each if it was text."""
    sheets = "".join((style.text or "")[:100_000] for style in root.iter("style"))
    rules = _HIDDEN_CLASS.findall(sheets)
    findings = []
    for rule, style, tags, attribute in (
        ("I027", _HIDDEN, (), "hidden"),
        ("I035", _STRUCK, ("s", "strike", "del"), ""),
    ):
        classes = {name for name, said in rules if style.search(said)}
        gone = []
        walk = etree.iterwalk(root, events=("start",))
        for _, element in walk:
            if element.tag in ("html", "head", "body"):
                continue
            if (
                element.tag in tags
                or (attribute and element.get(attribute) is not None)
                or (_is(element, style, classes) and element.get("id") != _SHOWN_LATER)
            ):
                gone.append(element)
                walk.skip_subtree()
        texts = []
        for element in gone:
            if element.tag not in _DROPPED and (text := " ".join("".join(element.itertext()).split())):
                texts.append((element.sourceline or 1, text))
            _remove(element)
        if texts and rule == "I027":
            findings.append(found(rule, path, texts[0][0], found=len(texts), excerpt=texts[0][1][:_EXCERPT]))
        else:
            findings += [found(rule, path, line, excerpt=text[:_EXCERPT]) for line, text in texts]
    return findings


def _is(element: etree._Element, style: re.Pattern[str], classes: set[str]) -> bool:
    return style.search(element.get("style", "")[:1000]) is not None or not classes.isdisjoint(
        element.get("class", "").split()
    )


def _remove(element: etree._Element) -> None:
    """Take an element out, leaving the text behind it."""
    parent, before = element.getparent(), element.getprevious()
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _article(root: etree._Element) -> etree._Element | None:
    """Return the container that government sites put the article in, None when the page has none."""
    lengths = _lengths(root)
    candidates: list[tuple[int, int, int, etree._Element]] = []
    for element in root.iter("div", "td", "section", "article", "main", "ucapcontent", "span", "form"):
        names = {element.tag, *element.get("class", "").lower().split(), element.get("id", "").lower().strip()}
        ranks = [CONTAINERS[name] for name in names if name in CONTAINERS]
        if ranks and lengths[element]:
            candidates.append((min(ranks), -lengths[element], len(candidates), element))
    if not candidates:
        return None
    longest = max(-length for _, length, _, _ in candidates)
    # A container of a sure name may hold a summary only; the article is not a tenth of what another one holds.
    return min(c for c in candidates if -c[1] * 3 >= longest)[3]


def _densest(root: etree._Element) -> etree._Element:
    """Return the innermost part of the page that holds nearly all its text, links apart."""
    lengths = _lengths(root)
    body = next(root.iter("body"), root)
    while True:
        inner = next((e for e in body.iterchildren(etree.Element) if lengths[e] >= _MOST * lengths[body] > 0), None)
        if inner is None or inner.tag not in _BLOCKS or (inner.tag == "table" and data_rows(inner)):
            return body
        body = inner


def _lengths(root: etree._Element) -> dict[etree._Element, int]:
    """Return the length of the text in each element, links apart."""
    lengths: dict[etree._Element, int] = {}
    for _, element in etree.iterwalk(root, events=("end",)):
        children = list(element)
        own = len((element.text or "").strip()) if element.tag != "a" else 0
        own += sum(lengths.get(child, 0) + len((child.tail or "").strip()) for child in children)
        lengths[element] = 0 if element.tag == "a" else own
    return lengths


def _outside(root: etree._Element, body: etree._Element) -> Iterator[str]:
    """Yield the texts of a page that stand outside its article, block by block, JOINT where an inline element begins or ends."""
    parts: list[str] = []
    walk = etree.iterwalk(next(root.iter("body"), root), events=("start", "end"))
    for event, element in walk:
        if element is body and event == "start":
            walk.skip_subtree()
        if element.tag in BLOCK and parts:
            yield JOINT.join(parts)
            parts = []
        text = element.tail if event == "end" else "" if element is body else element.text
        if text and text.strip():
            parts.append(text)
    if parts:
        yield JOINT.join(parts)


def _without_related(blocks: list[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the blocks without the list of other articles at the end of a page."""
    for index, block in enumerate(blocks):
        if isinstance(block, Paragraph) and squeeze(block.text) in RELATED and all(map(_is_menu, blocks[index:])):
            return blocks[:index]
    return blocks


def _is_menu(block: Paragraph | Table) -> bool:
    return isinstance(block, Table) or (len(block.text) <= _SHORT and not _PROSE.search(block.text))


def _titled(blocks: list[Paragraph | Table], title: str, line: int) -> list[Paragraph | Table]:
    """Return the blocks with the title first: the article's own where it has one, else that of the page."""
    wanted = squeeze(title)
    if not wanted:
        return blocks
    joined = ""
    for index, block in enumerate(blocks[:_REACH]):
        if isinstance(block, Paragraph) and squeeze(block.text) == wanted and all(map(_is_menu, blocks[:index])):
            # What stands above the title are the menus of the site.
            above = [one for one in blocks[:index] if isinstance(one, Table)]
            return [block._replace(level=1, centred=True), *above, *blocks[index + 1 :]]
    for index, block in enumerate(blocks[:4]):
        if not isinstance(block, Paragraph):
            break
        joined += squeeze(block.text)
        if squeeze(block.text) == wanted or joined == wanted:
            own = block._replace(level=1, centred=True)
            return [*blocks[:index], own, *blocks[index + 1 :]]
    lines = itertools.takewhile(_is_centred, blocks[:_TITLE_LINES])
    own_title = squeeze("".join(block.text for block in lines if isinstance(block, Paragraph)))
    if own_title.endswith(_TITLE_ENDS) and ("关于" in own_title or "落实" in own_title):
        # The name of the page says less: 整改通报.
        return blocks
    return [Paragraph(title, line, level=1, centred=True), *blocks]


def _is_centred(block: Paragraph | Table) -> bool:
    return isinstance(block, Paragraph) and block.centred and block.bold
