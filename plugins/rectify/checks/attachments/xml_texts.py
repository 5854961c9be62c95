"""Texts of an office document that are on none of its pages: properties, alternative texts, names, formulas, links.

Whatever a program writes into the parts of a package is read, known or not; what stands on the pages is left out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from lxml import etree

from rectify.checks.attachments.strings import in_some_way
from rectify.checks.attachments.types import Unseen, is_local
from rectify.core.entities import unescape
from rectify.core.finding import RefusedDocument, found
from rectify.core.language import N_, Message
from rectify.sources.office_package import Package

_ATTRIBUTES = etree.XPath("//@*[string-length(.) > 3]")
# The outermost ones: what is in a paragraph of a paragraph is in both.
_PARAGRAPHS = etree.XPath("//*[local-name() = 'p' and not(ancestor::*[local-name() = 'p'])]")
_LOOSE = etree.XPath("//text()[string-length(normalize-space(.)) > 3 and not(ancestor::*[local-name() = 'p'])]")
_FALLBACKS = etree.XPath("//*[local-name() = 'Fallback']")
_ASIDE = etree.XPath("//comment() | //processing-instruction()")
_XML = re.compile(r"(?i).+\.(?:xml|rels|vml|xhtml|html?)")
_SPEAKS = re.compile(r"(?:\d\D{0,3}?){6}|[\u3007\u3400-\u9fff]{2}|@")
"""What is worth a closer look: six figures, two ideographs, an address of mail."""
_TECHNICAL = re.compile(
    r"\{?[\dA-Fa-f]{8}(?:-[\dA-Fa-f]{4}){3}-[\dA-Fa-f]{12}\}?"  # a name made by chance
    r"|(?:\$?[A-Z]{1,3}\$?\d{1,7}[: ]?)+"  # cells
    r"|\d{4}-\d\d-\d\dT[\d:.]+Z?"  # a moment
    r"|https?://(?:schemas\.(?:openxmlformats|microsoft)\.(?:org|com)|www\.w3\.org|purl\.org)/\S*"
)
_CRUDE = re.compile(r"=\s*(?:\"([^\"<>]{4,})\"|'([^'<>]{4,})')")
_BLOCK = re.compile(r"</?(?:p|div|br|td|th|tr|li|h\d)\b[^<>]*>", re.I)
_TAG = re.compile(r"<[^<>]*>")
_MOST = 20_000
"""Different texts of one document."""

_Named = tuple[tuple[str, ...], str]
"""Names by which the place of a text is known, and the text."""

_PROPERTY = N_("文件属性")
_ALTERNATIVE = N_("替代文字")
_FIELD = N_("域代码")
_CONTROL = N_("内容控件")
_HEADER = N_("页眉页脚")
_VALIDATION = N_("数据有效性")
_LINK = N_("链接")
_PLACES: dict[str, Message] = {
    "descr": _ALTERNATIVE,
    "title": _ALTERNATIVE,
    "alt": _ALTERNATIVE,
    "tblCaption": _ALTERNATIVE,
    "tblDescription": _ALTERNATIVE,
    "instrText": _FIELD,
    "instr": _FIELD,
    "ffData": _FIELD,
    "alias": _CONTROL,
    "tag": _CONTROL,
    "listItem": _CONTROL,
    "bookmarkStart": N_("书签"),
    "docVar": N_("文档变量"),
    "sheet": N_("工作表名称"),
    "table": N_("表格名称"),
    "definedName": N_("定义的名称"),
    "f": N_("公式"),
    **dict.fromkeys(("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"), _HEADER),
    **dict.fromkeys(("formula1", "formula2", "dataValidation"), _VALIDATION),
    **dict.fromkeys(("hyperlink", "Target", "href"), _LINK),
}
"""Names of elements and attributes (ECMA-376, ISO/IEC 26300) -> what the programs call it."""


def unseen_texts(package: Package, on_pages: Collection[str], shown: Collection[str] | None) -> Iterator[Unseen]:
    """Yield the texts of all parts, each once; raises Refused where a part cannot be read.

    `on_pages` are the parts whose pages were read, `shown` the elements whose text stands there; None for all elements.
    """
    known: set[str] = set()
    for part in sorted(filter(_XML.fullmatch, package.names)):
        for names, text in _texts(package, part, on_pages, shown):
            # An address of this computer is a finding of its own.
            if text in known or not _SPEAKS.search(text) or ("Target" in names and is_local(text)):
                continue
            if not _TECHNICAL.fullmatch(text):
                known.add(text)
                yield _place(part, names), text
                if len(known) > _MOST:
                    raise RefusedDocument(found("I012", package.path, found=N_("文字多于 {limit} 处", limit=_MOST)))


def _texts(package: Package, part: str, on_pages: Collection[str], shown: Collection[str] | None) -> Iterator[_Named]:
    try:
        root = package.xml(part)
    except RefusedDocument as refused:
        # Drawings of Excel are often not well-formed. A part that the pages need has been read before this.
        if refused.finding.rule != "I013":
            raise
        yield from _crude(package.read(part))
        return
    if root is None:
        return
    if part in on_pages:
        yield from () if shown is None else _unshown(root, shown)
    elif part.startswith("docProps/") or part == "meta.xml":
        yield from _values(root)
    else:
        yield from _loose(root)
    yield from _attributes(root)
    yield from (((), " ".join((node.text or "").split())) for node in _ASIDE(root))


def _place(part: str, names: tuple[str, ...]) -> str | Message:
    if part.startswith("docProps/") or part == "meta.xml":
        return _PROPERTY
    return next((_PLACES[name] for name in names if name in _PLACES), part)


def _values(root: etree._Element) -> Iterator[_Named]:
    """Yield the properties; one that an office made itself with its name, which tells what the value is."""
    for element in root.iter(etree.Element):
        if text := " ".join("".join(element.itertext()).split()) if element is not root or not len(root) else "":
            label = next((value for key, value in element.attrib.items() if _local(key) == "name"), "")
            yield (), f"{label}：{text}" if label else text


def _loose(root: etree._Element) -> Iterator[_Named]:
    for paragraph in _PARAGRAPHS(root):
        yield (), "".join(paragraph.itertext())
    for text in _LOOSE(root):
        yield _names(text), " ".join(text.split())


def _unshown(root: etree._Element, shown: Collection[str]) -> Iterator[_Named]:
    """Yield what stands in other elements, those of one kind in a paragraph together, and what is for older programs."""
    for fallback in _FALLBACKS(root):
        text = "".join(fallback.itertext())
        # Most say the same again.
        if text not in ("".join(choice.itertext()) for choice in fallback.itersiblings(preceding=True)):
            yield (), text
    together: dict[str, list[str]] | None = None
    for element in root.iter(etree.Element):
        name = _local(element.tag)
        if name == "p":
            yield from _joined(together)
            together = {}
        parent = element.getparent()
        around = "" if parent is None else _local(parent.tag)
        texts = [(name, element.text)] if element.tag not in shown or around == "rPh" else []
        texts += [(around, element.tail)] if element.tail and parent is not None and parent.tag not in shown else []
        for holder, text in texts:
            if not text or text.isspace():
                continue
            if together is None:
                yield (holder,), " ".join(text.split())
            else:
                together.setdefault(holder, []).append(text)
    yield from _joined(together)


def _joined(together: Mapping[str, list[str]] | None) -> Iterator[_Named]:
    """Yield what was gathered."""
    return (((name,), " ".join("".join(texts).split())) for name, texts in (together or {}).items())


def _attributes(root: etree._Element) -> Iterator[_Named]:
    for value in _ATTRIBUTES(root):
        yield (_local(value.attrname), _local(value.getparent().tag)), str(value)


def _crude(data: bytes) -> Iterator[_Named]:
    code = in_some_way(data)
    for match in _CRUDE.finditer(code):
        yield (), unescape(" ".join((match[1] or match[2]).split()))
    # A word may go on behind a tag, a paragraph does not.
    for text in _TAG.sub("", _BLOCK.sub("\n", code)).split("\n"):
        yield (), unescape(" ".join(text.split()))


def _names(text: etree._ElementUnicodeResult) -> tuple[str, ...]:
    holder = _holder(text)
    return () if holder is None else (_local(holder.tag),)


def _holder(text: etree._ElementUnicodeResult) -> etree._Element | None:
    """Return the element that a text stands in; what lxml calls its parent is the element before it, where there is one."""
    parent = text.getparent()
    return parent.getparent() if parent is not None and text.is_tail else parent


def _local(name: object) -> str:
    return name.rpartition("}")[2] if isinstance(name, str) else ""
