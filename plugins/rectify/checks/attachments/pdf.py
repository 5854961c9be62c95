"""What a PDF carries beside its pages, and the text of these (ISO 32000-1).

The library is Python only and can be kept busy by a hostile file: it works in a thread that is left behind when time is up.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Collection, Iterator
from io import BytesIO
from itertools import islice
from typing import Any

import pypdf
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from rectify.checks.attachments.image import xmp_authors
from rectify.checks.attachments.pdf_streams import Streams
from rectify.checks.attachments.pdf_texts import (
    EARLIER,
    VERSIONS,
    appearances,
    around,
    earlier_versions,
    ends_of_versions,
    is_only_a_picture,
    is_unreadable,
    loose_texts,
    page_text,
    spoken_texts,
    stream_of,
    texts_of,
    unlisted_texts,
)
from rectify.checks.attachments.types import Contents, Unseen, uninspected_finding
from rectify.core.finding import Finding, found
from rectify.core.language import N_, N_n

logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)

PAGES = 2_000
OBJECTS = 200_000
SECONDS = 20
_TEXT = 3_000_000
_EXCERPT = 40
_REMARKS = ("/Text", "/FreeText", "/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Caret", "/Ink", "/Redact")
"""Annotations that say something about the text (12.5.6). Stamps are left out: electronic seals are stamps."""
_RUNNING = {"/JavaScript": "JavaScript", "/Launch": "Launch", "/ImportData": "ImportData"}


class _Late(Exception):
    """Time is up."""


class _Inspection:
    """Collects as it goes, so that what was found before time ran out is kept."""

    def __init__(self, data: bytes, path: str):
        self.data, self.path = data, path
        self.findings: list[Finding] = []
        self.lines: list[tuple[int, str]] = []
        self.unseen: list[Unseen] = []
        self.inner: list[tuple[str, bytes]] = list(islice(around(data), 2))
        self._all_pages: dict[int, DictionaryObject] = {}
        """By number, those too that are taken out of the document."""
        self.end = time.monotonic() + SECONDS

    def run(self) -> None:
        try:
            self._read()
        except _Late:
            pass
        # What the library raises on a hostile file, RecursionError and MemoryError too, is not to be listed.
        except Exception:
            self.findings.append(uninspected_finding(self.path, N_("不是完整的 PDF"), "A021"))

    def _read(self) -> None:
        reader = pypdf.PdfReader(BytesIO(self.data), strict=False)
        if reader.is_encrypted and not self._opened(reader):
            self.findings.append(uninspected_finding(self.path, N_("有密码")))
            return
        pages = len(reader.pages)
        if not pages:
            self.findings.append(uninspected_finding(self.path, N_("没有页面"), "A021"))
            return
        for step in (self._names, self._objects, self._pages, self._earlier):
            try:
                step(reader)
            except _Late:
                raise
            # One broken part must not hide what the others hold.
            except Exception:
                self._partly()
        if pages > PAGES:
            self.findings.append(uninspected_finding(self.path, N_("多于 {limit} 页", limit=PAGES)))

    def _opened(self, reader: pypdf.PdfReader) -> bool:
        """Return whether an encrypted file opens without a password: many are only locked against changes."""
        try:
            return bool(reader.decrypt(""))
        except Exception:
            return False

    def _names(self, reader: pypdf.PdfReader) -> None:
        authors = []
        if reader.metadata and isinstance(reader.metadata.author, str):
            authors.append(reader.metadata.author.strip())
        root: Any = reader.trailer["/Root"]
        xmp = root.get("/Metadata")
        if xmp is not None:
            authors += xmp_authors(xmp.get_object().get_data())
        for author in filter(None, dict.fromkeys(authors)):
            self.findings.append(found("A010", self.path, found=N_("作者"), excerpt=author[:_EXCERPT]))

    def _objects(self, reader: pypdf.PdfReader) -> None:
        """Look at every object, whatever refers to it: an action or a file can hang on nearly anything."""
        running: dict[str, None] = {}
        information = reader.trailer.raw_get("/Info") if "/Info" in reader.trailer else None
        streams, known = Streams(), set()
        holders = {holder for holder, _ in reader.xref_objStm.values()}
        for number, thing in self._things(reader):
            known.add(number)
            if isinstance(thing, DictionaryObject) and thing.get("/Type") == "/Page":
                self._all_pages[number] = thing
            elif isinstance(thing, StreamObject) and thing.get("/Type") == "/ObjStm" and number not in holders:
                self.unseen += unlisted_texts(thing.get_data())
            streams.see(number, thing, dictionaries := list(_dictionaries(thing)))
            is_information = information is not None and getattr(thing, "indirect_reference", None) == information
            self.unseen += texts_of(thing, is_information)
            for entry in dictionaries:
                action = str(entry.get("/S") or "")
                if action in _RUNNING or "/JS" in entry:
                    running[_RUNNING.get(action, "JavaScript")] = None
                if "/EF" in entry:
                    name = entry.get("/UF") or entry.get("/F") or ""
                    self.findings.append(found("A013", self.path, excerpt=str(name)[:_EXCERPT]))
        self.unseen += loose_texts(self.data, known)
        for file in streams.files():
            self._check_time()
            self.inner.append(file)
        if streams.is_cut:
            self._partly()
        for name in running:
            kind = N_("脚本") if name == "JavaScript" else N_("启动程序的动作")
            self.findings.append(found("A011", self.path, found=kind, excerpt=name))

    def _things(self, reader: pypdf.PdfReader) -> Iterator[tuple[int, Any]]:
        ids = {
            (number, generation)
            for generation, numbers in reader.xref.items()
            for number in numbers
            if generation < 65535
        }
        ids |= {(number, 0) for number in reader.xref_objStm}
        if len(ids) > OBJECTS:
            self.findings.append(uninspected_finding(self.path, N_("多于 {limit} 个对象", limit=OBJECTS)))
            return
        for number, generation in sorted(ids):
            self._check_time()
            try:
                thing = reader.get_object(IndirectObject(number, generation, reader))
            except Exception:
                continue  # an object that no reader can show either
            yield number, thing

    def _pages(self, reader: pypdf.PdfReader) -> None:
        total, unread, pictures, unreadable = 0, False, 0, 0
        for number, page in enumerate(reader.pages, start=1):
            if number > PAGES or total > _TEXT:
                break
            self._check_time()
            if page.indirect_reference is not None:
                self._all_pages.pop(page.indirect_reference.idnum, None)
            try:
                self._annotations(page, number)
                data = stream_of(page)
                text = page_text(page, data)
                self.unseen += spoken_texts(data)
                pictures += not text.strip() and is_only_a_picture(page, data)
                unreadable += is_unreadable(text)
            except Exception:
                unread = True
                continue
            total += len(text)
            self.lines += ((number, line) for line in text.splitlines())
        if unread:
            self._partly()
        if pictures:
            self.findings.append(uninspected_finding(self.path, N_n("{number} 页是图片，没有文字", pictures)))

        if unreadable:
            self.findings.append(uninspected_finding(self.path, N_n("{number} 页的文字认不出来", unreadable)))

    def _earlier(self, reader: pypdf.PdfReader) -> None:
        """Read what was there before the file was changed by adding to it, as far as it is not there any more."""
        now = {line.strip() for _, line in self.lines} | {text for _, text in self.unseen}
        gone: dict[str, None] = {}
        for number, taken_out in self._all_pages.items():
            page = pypdf.PageObject(reader, IndirectObject(number, 0, reader))
            page.update(taken_out)
            self._check_time()
            gone |= self._lines_but(now, page)
        if len(ends_of_versions(self.data)) > VERSIONS:
            reason = N_("之前的版本多于 {limit} 个", limit=VERSIONS)
            self.findings.append(uninspected_finding(self.path, reason))
        for version in earlier_versions(self.data):
            try:
                for page in version.pages:
                    self._check_time()
                    gone |= self._lines_but(now, page)
                self.unseen += (
                    (EARLIER, text) for _, thing in self._things(version) for _, text in texts_of(thing, False)
                )
            except _Late:
                raise
            # What stands in front of an end is not always a whole file.
            except Exception:
                continue
        self.unseen += ((EARLIER, text) for text in gone)
        if first := next(iter(gone), ""):
            self.findings.append(found("A030", self.path, excerpt=first[:_EXCERPT]))

    def _lines_but(self, now: Collection[str], page: pypdf.PageObject) -> dict[str, None]:
        lines = map(str.strip, page_text(page, stream_of(page)).splitlines())
        return dict.fromkeys(line for line in lines if line not in now)

    def _annotations(self, page: pypdf.PageObject, number: int) -> None:
        annotations = page.get("/Annots")
        for item in annotations.get_object() if annotations is not None else ():
            annotation = item.get_object()
            if isinstance(annotation, DictionaryObject) and annotation.get("/Subtype") in _REMARKS:
                text = " ".join(str(annotation.get("/Contents", "")).split()) or str(annotation["/Subtype"])[1:]
                self.findings.append(found("A002", self.path, number, excerpt=text[:_EXCERPT]))
            if isinstance(annotation, DictionaryObject) and "/AP" in annotation:
                for form in appearances(annotation["/AP"]):
                    lines = page.extract_xform_text(form, (0, 90, 180, 270), 200.0).splitlines()
                    self.lines += ((number, line) for line in lines)

    def _check_time(self) -> None:
        if time.monotonic() > self.end:
            raise _Late

    def _partly(self) -> None:
        finding = uninspected_finding(self.path, N_("有的部分读不出来"))
        if finding not in self.findings:
            self.findings.append(finding)


def pdf_contents(data: bytes, path: str) -> Contents:
    """Return what a PDF carries, and its text by pages."""
    inspection = _Inspection(data, path)
    thread = threading.Thread(target=inspection.run, daemon=True)
    thread.start()
    # The thread stops by itself between two objects or pages; one that is stuck within is given up a moment later.
    thread.join(SECONDS + 2)
    findings, lines, unseen = list(inspection.findings), list(inspection.lines), list(inspection.unseen)
    if thread.is_alive() or time.monotonic() > inspection.end:
        findings.append(uninspected_finding(path, N_("{seconds} 秒没有检查完", seconds=SECONDS)))
    # A file laid out for the web ends twice from the start (annex F).
    saved = data.count(b"%%EOF") - (b"/Linearized" in data[:2048])
    if saved > 1:
        findings.append(found("A019", path, found=saved))
    return Contents(findings, lines, unseen, list(inspection.inner))


def _dictionaries(thing: Any) -> Iterator[DictionaryObject]:
    """Yield the dictionaries of an object that are written inside it, itself included; references are not followed."""
    stack = [thing]
    while stack:
        item = stack.pop()
        if isinstance(item, DictionaryObject):
            yield item
            stack += [value for value in item.values() if isinstance(value, (DictionaryObject, ArrayObject))]
        elif isinstance(item, ArrayObject):
            stack += [value for value in item if isinstance(value, (DictionaryObject, ArrayObject))]
