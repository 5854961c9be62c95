"""Pages of the site in a frame of the desk, to be looked at."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Response

from rectify.host.look import NoLook

if TYPE_CHECKING:
    from rectify.desk.application import Desk

_TYPES = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
    "json": "application/json",
}
_READER = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; frame-ancestors 'self'; "
    "form-action 'none'; base-uri 'none'"
)
"""What the page in the frame may do: be looked at."""


def framed(page: bytes, path: str) -> Response:
    """Return a file of the site as a frame shows it."""
    kind = _TYPES.get(path.rpartition(".")[2], "text/html")
    if kind == "text/html":
        page = _without_scripts(page)  # none would run in the frame
    return Response(page, mimetype=kind, headers={"Content-Security-Policy": _READER})


def asset(desk: Desk, path: str) -> Path | None:
    """Return the file of the theme that a page asks for, None where there is none."""
    try:
        return desk.look.asset(path)
    except NoLook:
        return None


def sentence(text: str) -> bytes:
    """Return what stands in a frame instead of a page."""
    return f"<p>{escape(text)}</p>".encode()


def _without_scripts(page: bytes) -> bytes:
    first, *others = page.split(b"<script")
    return first + b"".join(other.partition(b"</script>")[2] for other in others)
