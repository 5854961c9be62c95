"""Texts of a PDF that are on none of its pages: properties, bookmarks, links, fields, alternatives, and those of earlier versions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pypdf
from pypdf.generic import ArrayObject, ByteStringObject, DictionaryObject, StreamObject, TextStringObject

from rectify.checks.attachments.image import xmp_texts
from rectify.checks.attachments.strings import in_some_way
from rectify.checks.attachments.types import Unseen
from rectify.core.language import N_, Message

VERSIONS = 5
"""Earlier versions of one file that are read, the latest first."""
_END = re.compile(rb"%%EOF[\r\n]*")
_MOMENT = re.compile(r"D:\d{4,14}[Z+\-'\d]*")
_SHOWN = re.compile(rb"T[jJ]\b")
"""The operators that show text (9.4.3)."""
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
            if isinstance(item, StreamObject) and item.get("/Type") == "/Metadata":
                yield from ((PROPERTY, text) for text in xmp_texts(item.get_data()))
        elif isinstance(item, ArrayObject):
            stack += [(key, value) for value in item]
        elif isinstance(item, (TextStringObject, ByteStringObject)):
            text = str(item) if isinstance(item, TextStringObject) else in_some_way(bytes(item))
            if text.strip() and key != "/ID" and not _MOMENT.fullmatch(text):
                place = PROPERTY if is_information else _PLACES.get(key, key[1:])
                # What an office calls a property of its own tells what its value is.
                yield place, f"{key[1:]}：{text}" if is_information else text


def page_text(page: pypdf.PageObject) -> str:
    """Return the text of a page; where its characters stand one by one, also in the order of their places."""
    text = page.extract_text()
    contents = page.get_contents()
    shown = sum(1 for _ in _SHOWN.finditer(contents.get_data())) if contents is not None else 0
    if shown <= _FEW or shown * 2 < len(text):
        return text
    known = {"".join(line.split()) for line in text.splitlines()}
    placed = page.extract_text(extraction_mode="layout").splitlines()
    return "\n".join([text, *(line for line in placed if "".join(line.split()) not in known)])


def is_only_a_picture(page: pypdf.PageObject) -> bool:
    """Return whether a page without text shows a picture, as scanned ones do."""
    resources: Any = page.get("/Resources")
    things = resources.get_object().get("/XObject") if resources is not None else None
    return things is not None and any(
        one.get_object().get("/Subtype") in ("/Image", "/Form") for one in things.get_object().values()
    )


def earlier_versions(data: bytes) -> Iterator[pypdf.PdfReader]:
    """Yield the file as it was before each time that something was added to it (7.5.6), the latest first."""
    ends = [match.end() for match in _END.finditer(data)]
    # A file laid out for the web ends once near its start (annex F).
    first = 1 if b"/Linearized" in data[:2048] else 0
    for end in reversed(ends[first:-1][-VERSIONS:]):
        yield pypdf.PdfReader(BytesIO(data[:end]), strict=False)
