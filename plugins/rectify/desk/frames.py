"""Pages of the site in a frame of the desk, to be looked at."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Response, abort, request

from rectify.core.language import _
from rectify.core.site_map import REPORTS
from rectify.host.no_look import NoLook

if TYPE_CHECKING:
    from rectify.desk.application import Desk

_TYPES = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
    "json": "application/json",
}
_SHOWN = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
}
_READER = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; frame-ancestors 'self'; "
    "form-action 'none'; base-uri 'none'"
)
"""What the page in the frame may do: be looked at."""
_ALONE = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
"""Likewise a picture or a PDF file, around which a browser puts a page with styles of its own."""


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


def attachment(path: str, data: bytes | None) -> Response:
    """Return an attachment: pictures and PDF files to be looked at, anything else to be taken away. Raises NotFound where there is none."""
    if data is None:
        abort(404)
    name = path.rpartition("/")[2]
    kind = _SHOWN.get(name.rpartition(".")[2].lower(), "")
    answer = Response(data, mimetype=kind or "application/octet-stream", headers={"Content-Security-Policy": _ALONE})
    if not kind:
        answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def is_attachment(path: str) -> bool:
    """Return whether a path is that of an attachment."""
    parts = path.split("/")
    return len(parts) > 3 and parts[0] == REPORTS and parts[2] == "files" and ".." not in parts


def attached(content: Path, path: str) -> bytes | None:
    """Return an attachment that lies in a content folder, None where there is none."""
    file = content / path
    is_inside = file.resolve().is_relative_to(content.resolve())
    return file.read_bytes() if is_inside and file.is_file() else None


def sentence(text: str) -> bytes:
    """Return what stands in a frame instead of a page."""
    return f"<p>{escape(text)}</p>".encode()


def named(files: Mapping[str, bytes], path: str) -> bytes | None:
    """Return the file of a path, or the page that it is the address of."""
    found = files.get(path)
    return files.get(f"{path}index.html") if found is None and path.endswith("/") else found


def not_here(path: str) -> Response:
    """Return what stands in a frame where a link leads to a page that is not shown here. Raises NotFound for what is no page."""
    if path and not path.endswith(("/", ".html")):
        abort(404)
    page = sentence(_("这里只有这一份通报的页面；这一页请到网站上看。"))
    back = request.referrer or ""
    if back.startswith(request.host_url):
        said = escape(_("返回"))
        page += f'<p><a href="{escape(back)}">{said}</a></p>'.encode()
    return framed(page, "")


def _without_scripts(page: bytes) -> bytes:
    first, *others = page.split(b"<script")
    return first + b"".join(other.partition(b"</script>")[2] for other in others)
