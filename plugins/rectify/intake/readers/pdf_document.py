"""A PDF with a text layer as an outline."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from io import BytesIO

import pypdf

from rectify.core.finding import RefusedDocument, found
from rectify.core.language import N_
from rectify.intake.outline import Outline
from rectify.intake.readers.pages.glyph import Page
from rectify.intake.readers.pages.pdf_page import printed
from rectify.intake.readers.pages.reading import outline_of
from rectify.intake.readers.pages.scans import refuse_scans

logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)

PAGES = 1_000
SECONDS = 120


class _Late(Exception):
    """Time is up."""


def read_pdf(data: bytes, path: str, progress: Callable[[int, int], None]) -> Outline:
    """Return the outline of a PDF. A scan, a file with a password and one whose characters are not named are refused.

    The library can be kept busy by a hostile file: it works in a thread that is left behind when time is up.
    """
    result: list[list[Page] | RefusedDocument] = []
    worker = threading.Thread(target=lambda: result.append(_pages(data, path, progress)), daemon=True)
    worker.start()
    worker.join(SECONDS + 5)
    pages = (
        result[0] if result else RefusedDocument(found("I012", path, found=N_("读取超过 {limit} 秒", limit=SECONDS)))
    )
    if isinstance(pages, RefusedDocument):
        raise pages
    refuse_scans(pages, path)
    return outline_of(pages, path, "pdf")


def _pages(data: bytes, path: str, progress: Callable[[int, int], None]) -> list[Page] | RefusedDocument:
    end = time.monotonic() + SECONDS

    def check_time() -> None:
        if time.monotonic() > end:
            raise _Late

    try:
        reader = pypdf.PdfReader(BytesIO(data), strict=False)
        # Many are only locked against changes and open without a password.
        if reader.is_encrypted and not reader.decrypt(""):
            return RefusedDocument(found("I033", path))
        total = len(reader.pages)
        if total > PAGES:
            return RefusedDocument(found("I015", path, found=N_("页"), allowed=PAGES))
        pages = []
        for number, page in enumerate(reader.pages, 1):
            pages.append(printed(page, check_time))
            progress(number, total)
        return pages
    except _Late:
        return RefusedDocument(found("I012", path, found=N_("读取超过 {limit} 秒", limit=SECONDS)))
    # What the library raises on a hostile file, RecursionError and MemoryError too, is not to be listed.
    except Exception:
        return RefusedDocument(found("I011", path))
