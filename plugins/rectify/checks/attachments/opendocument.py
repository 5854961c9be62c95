"""What a published OpenDocument file carries beside its text, and the text (ISO/IEC 26300)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from rectify.checks.attachments.embedded import embedded
from rectify.checks.attachments.types import Contents, is_local, uninspected_finding, wrong_type
from rectify.checks.attachments.xml_texts import unseen_texts
from rectify.core.finding import Finding, found
from rectify.core.language import N_, N_n
from rectify.sources.office_package import Package

_NS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TEXT, _TABLE, _OFFICE, _STYLE, _META = (_NS % name for name in ("text", "table", "office", "style", "meta"))
_HREF = "{http://www.w3.org/1999/xlink}href"
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_KINDS = {"odt": "text", "ods": "spreadsheet", "odp": "presentation"}
_NAMED = {
    _META + "initial-creator": N_("作者"),
    _CREATOR: N_("最后修改者"),
    _META + "printed-by": N_("打印者"),
}
_CHANGES = {_TEXT + "insertion": N_("插入"), _TEXT + "deletion": N_("删除")}
_EXCERPT = 40


def open_contents(package: Package, ending: str) -> Contents:
    """Return what an OpenDocument file carries, and its text by paragraphs; raises Refused when it cannot be read."""
    path = package.path
    kind = package.read("mimetype", 200).decode("ascii", "replace").strip() if "mimetype" in package.names else "zip"
    if not kind.startswith(f"application/vnd.oasis.opendocument.{_KINDS[ending]}"):
        return Contents([wrong_type(path, ending, kind.rpartition(".")[2] or kind)])
    if "META-INF/manifest.xml" in package.names and b"encryption-data" in package.read("META-INF/manifest.xml"):
        return Contents([uninspected_finding(path, N_("有密码"))])
    content = package.xml("content.xml")
    if content is None:
        return Contents([uninspected_finding(path, N_("缺少正文"), "A021")])
    lines = [(number, _text(p)) for number, p in enumerate(content.iter(_TEXT + "p", _TEXT + "h"), start=1)]
    styles = package.xml("styles.xml")
    for paragraph in () if styles is None else styles.iter(_TEXT + "p"):
        lines.append((0, _text(paragraph)))
    unseen = list(unseen_texts(package, ("content.xml", "styles.xml"), None))
    return Contents([*_beside(package), *_within(content, path)], lines, unseen, embedded(package))


def _beside(package: Package) -> Iterator[Finding]:
    meta = package.xml("meta.xml")
    for element in () if meta is None else meta.iter(*_NAMED):
        if text := (element.text or "").strip():
            yield found("A010", package.path, found=_NAMED[element.tag], excerpt=text[:_EXCERPT])
    for name in sorted(package.names):
        if name.startswith(("Basic/", "Scripts/")) and not name.endswith(("/", "-lc.xml", "-lb.xml")):
            yield found("A011", package.path, found=N_("宏程序"), excerpt=name)


def _within(content: etree._Element, path: str) -> Iterator[Finding]:
    for element in content.iter(*_CHANGES):
        text = _text(element)[:_EXCERPT] or N_("（见正文）")
        yield found("A001", path, found=_CHANGES[element.tag], excerpt=text)
    for note in content.iter(_OFFICE + "annotation"):
        text = " ".join(_text(paragraph) for paragraph in note.iter(_TEXT + "p"))
        yield found("A002", path, excerpt=text[:_EXCERPT] or N_("（空）"))
    unseen = _styles(content, "text-properties", _TEXT + "display", "none")
    for span in content.iter(_TEXT + "span", _TEXT + "p"):
        if span.get(_TEXT + "style-name") in unseen and _text(span).strip():
            yield found("A003", path, excerpt=_text(span).strip()[:_EXCERPT])
    away = _styles(content, "table-properties", _TABLE + "display", "false")
    for table in content.iter(_TABLE + "table"):
        name = table.get(_TABLE + "name", "")[:_EXCERPT]
        if table.get(_TABLE + "style-name") in away:
            yield found("A015", path, found=N_("工作表"), excerpt=name)
        places = table.iter(_TABLE + "table-row", _TABLE + "table-column")
        hidden = sum(place.get(_TABLE + "visibility", "visible") != "visible" for place in places)
        if hidden:
            yield found("A016", path, found=N_n("{number} 处行或列", hidden), excerpt=name)
    for address in dict.fromkeys(element.get(_HREF, "") for element in content.iter() if isinstance(element.tag, str)):
        if is_local(address):
            yield found("A012", path, excerpt=address[:80])


def _styles(content: etree._Element, kind: str, attribute: str, value: str) -> set[str]:
    """Return the names of the styles with a property."""
    return {
        style.get(_STYLE + "name", "")
        for style in content.iter(_STYLE + "style")
        if any(properties.get(attribute) == value for properties in style.iter(_STYLE + kind))
    }


def _text(element: etree._Element) -> str:
    return "".join(element.itertext())
