"""Texts of a PDF that are on none of its pages: properties, bookmarks, links, fields, alternatives, and those of earlier versions."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from io import BytesIO
from typing import Any

import pypdf
from pypdf.generic import ArrayObject, ByteStringObject, DictionaryObject, NameObject, StreamObject, TextStringObject

from rectify.checks.attachments.image import xmp_texts
from rectify.checks.attachments.strings import in_some_way
from rectify.checks.attachments.types import Unseen
from rectify.core.language import N_, Message

VERSIONS = 20
"""Earlier versions of one file that are read, the latest first; each seal that is put on a document makes one."""
_END = re.compile(rb"%%EOF[\r\n]*")
_MOMENT = re.compile(r"D:\d{4,14}[Z+\-'\d]*")
_SHOWN = re.compile(rb"T[jJ]\b")
"""The operators that show text (9.4.3)."""
_TELLING = re.compile(r"\d{6}|[一-鿿]{2}")
"""In names that a person has given, such as those of destinations."""
_OF_FONTS = ("/BaseFont", "/FontName", "/FontFamily", "/Font")
_STRING = rb"(?:\(((?:[^()\\]|\\.|\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*+\))*+\))*+)\)|<([0-9A-Fa-f\s]*+)>)"
"""Brackets stand in brackets (7.3.4.2); deeper ones nobody writes."""
_INSTEAD = re.compile(rb"/([A-Za-z]\w{0,40})\s*" + _STRING)
"""What is said of a passage in the stream of a page or stands for it (14.6, 14.9.4), in brackets or in figures."""
_REMARK = re.compile(rb"(?m)^[ \t]*+%([^\r\n%][^\r\n]{3,})")
_ESCAPED = re.compile(rb"\\(.)", re.S)
_PAINTED = re.compile(rb"(?<![^\s])(?:f\*?|F|B\*?|b\*?|S|s|sh)(?![^\s])")
_DRAWN = 50
"""Times that something is painted on a page, from which on it shows more than lines."""
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]")
_FEW = 10
_PLACES: dict[str, Message] = {
    **dict.fromkeys(("/URI", "/F", "/UF", "/Dest"), N_("链接")),
    **dict.fromkeys(("/V", "/DV", "/TU", "/T", "/TM", "/Opt"), N_("表单")),
    **dict.fromkeys(("/Alt", "/ActualText", "/E"), N_("替代文字")),
    **dict.fromkeys(("/Contents", "/RC", "/Subj"), N_("批注")),
    "/Title": N_("书签"),
}
"""Keys of dictionaries (ISO 32000-1) -> what the programs call it."""
PROPERTY = N_("文件属性")
EARLIER = N_("之前的版本")


def texts_of(thing: Any, is_information: bool) -> Iterator[Unseen]:
    """Yield the texts that are written inside an object; references are not followed."""
    stack: list[tuple[str, Any]] = [("", thing)]
    while stack:
        key, item = stack.pop()
        if isinstance(item, DictionaryObject):
            stack += [(str(name), value) for name, value in item.items()]
            yield from ((N_("名称"), str(name)[1:]) for name in item if _TELLING.search(str(name)))
            if isinstance(item, StreamObject) and item.get("/Type") == "/Metadata":
                yield from ((PROPERTY, text) for text in xmp_texts(item.get_data()))
        elif isinstance(item, ArrayObject):
            stack += [(key, value) for value in item]
        elif isinstance(item, NameObject):
            if key not in _OF_FONTS and _TELLING.search(item):
                yield N_("名称"), item[1:]
        elif isinstance(item, (TextStringObject, ByteStringObject)):
            text = str(item) if isinstance(item, TextStringObject) else in_some_way(bytes(item))
            if text.strip() and key != "/ID" and not _MOMENT.fullmatch(text):
                place = PROPERTY if is_information else _PLACES.get(key, key[1:])
                # What an office calls a property of its own tells what its value is.
                yield place, f"{key[1:]}：{text}" if is_information else text


def page_text(page: pypdf.PageObject, data: bytes) -> str:
    """Return the text of a page; where its characters stand one by one, also in the order of their places."""
    text = page.extract_text()
    shown = sum(1 for _ in _SHOWN.finditer(data))
    if shown <= _FEW or shown * 2 < len(text):
        return text
    known = {"".join(line.split()) for line in text.splitlines()}
    placed = page.extract_text(extraction_mode="layout").splitlines()
    return "\n".join([text, *(line for line in placed if "".join(line.split()) not in known)])


def stream_of(page: pypdf.PageObject) -> bytes:
    """Return what a page is drawn with."""
    contents = page.get_contents()
    return contents.get_data() if contents is not None else b""


def spoken_texts(data: bytes) -> Iterator[Unseen]:
    """Yield what the stream of a page holds beside what it shows."""
    if b"BDC" in data or b"DP" in data:
        said = [(f"/{match[1].decode()}", _string(match[2], match[3])) for match in _INSTEAD.finditer(data)]
        yield from ((_PLACES.get(key, key[1:]), text) for key, text in said if len(text) > 1)
        # Some programs do it figure by figure; words of single signs stand in no order.
        yield _PLACES["/Alt"], "".join(text for _, text in said if len(text) == 1 and text.isdecimal())
    if b"%" in data:
        yield from ((N_("注释"), in_some_way(match[1])) for match in _REMARK.finditer(data))


def _string(literal: bytes | None, figures: bytes | None) -> str:
    """Return the text of a string that is written in brackets or in figures (7.3.4)."""
    data = _ESCAPED.sub(rb"\1", literal or b"")
    if figures:
        code = b"".join(figures.split())
        data = bytes.fromhex(code[: len(code) // 2 * 2].decode("ascii"))
    return data[2:].decode("utf-16-be", "replace") if data.startswith(b"\xfe\xff") else in_some_way(data)


def loose_texts(data: bytes, known: Collection[int]) -> Iterator[Unseen]:
    """Yield the remarks between the objects of a file, and the strings of objects that its list does not have."""
    for part in _outside_streams(data):
        yield from ((N_("注释"), in_some_way(match[1])) for match in _REMARK.finditer(part))
        for match in _OBJECT.finditer(part):
            if len(match[1]) > 9 or int(match[1]) not in known:
                end = max(part.find(b"endobj", match.end()), match.end())
                yield from unlisted_texts(part[match.end() : end])


def unlisted_texts(data: bytes) -> Iterator[Unseen]:
    """Yield the strings of objects that the file's list does not have."""
    return ((N_("不在目录里的对象"), _string(*text.groups())) for text in _LITERAL.finditer(data))


_OBJECT = re.compile(rb"(?<!\d)(\d+) +\d+ +obj\b")
_LITERAL = re.compile(_STRING)


def _outside_streams(data: bytes) -> Iterator[bytes]:
    at = 0
    while (start := data.find(b"stream", at)) >= 0 and (end := data.find(b"endstream", start + 6)) >= 0:
        yield data[at:start]
        at = end + 9
    yield data[at:]


def around(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield what stands before and behind a PDF in its file, with a name for each."""
    start, end = data.find(b"%PDF-"), data.rfind(b"%%EOF")
    for name, part in (("head", data[: max(start, 0)]), ("tail", data[end + 5 :] if end >= 0 else b"")):
        if part.strip(b"\x00 \t\r\n"):
            yield name, part.lstrip()


def appearances(appearance: Any) -> Iterator[Any]:
    """Yield what an annotation looks like when nobody touches it, in each of its states (12.5.5)."""
    normal = appearance.get_object().get("/N")
    forms = normal.get_object() if normal is not None else None
    if isinstance(forms, StreamObject):
        yield forms
    elif isinstance(forms, DictionaryObject):
        yield from (form for one in forms.values() if isinstance(form := one.get_object(), StreamObject))


def is_unreadable(text: str) -> bool:
    """Return whether a good part of a page's text is signs that nobody can read: its fonts do not say which they are."""
    return len(_UNREADABLE.findall(text)) * 3 > len("".join(text.split()))


def is_only_a_picture(page: pypdf.PageObject, data: bytes) -> bool:
    """Return whether a page without text shows something nevertheless: a picture, or letters that were made into lines."""
    resources: Any = page.get("/Resources")
    things = resources.get_object().get("/XObject") if resources is not None else None
    if things and any(one.get_object().get("/Subtype") in ("/Image", "/Form") for one in things.get_object().values()):
        return True
    return bool(_SHOWN.search(data)) or len(_PAINTED.findall(data)) > _DRAWN


def earlier_versions(data: bytes) -> Iterator[pypdf.PdfReader]:
    """Yield the file as it was before each time that something was added to it (7.5.6), the latest first."""
    for end in reversed(ends_of_versions(data)[-VERSIONS:]):
        yield pypdf.PdfReader(BytesIO(data[:end]), strict=False)


def ends_of_versions(data: bytes) -> list[int]:
    """Return where each of the earlier versions ended."""
    ends = [match.end() for match in _END.finditer(data)]
    # A file laid out for the web ends once near its start (annex F).
    return ends[1 if b"/Linearized" in data[:2048] else 0 : -1]
