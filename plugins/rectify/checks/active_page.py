"""What runs, or leads away by itself, in a page of a built site: the theme's own scripts may, nothing else.

The theme's scripts are listed by the build, which takes them from the templates; a page is never asked what it may do.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

from rectify.core.address import leads_elsewhere
from rectify.core.finding import Finding, found
from rectify.core.plain_json import read_json

_SCRIPT = re.compile(rb"""<script((?:[^>"']++|"[^"]*(?:"|\Z)|'[^']*(?:'|\Z))*+)(?:>(?:(.*?)</script|.*)|\Z)""", re.S)
"""Of a page in small letters: with a fixed beginning it is found quickly. What is never closed goes on to the end, without a
second group: nothing runs it."""
_TYPE = re.compile(rb"(?<![\w-])type\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.I)
_SOURCE = re.compile(rb"(?<![\w-])src\s*=", re.I)
_EXECUTED = re.compile(
    rb"|module|importmap|speculationrules|(?:text|application)/(?:x-)?(?:java|ecma|live|j)script(?:1\.[0-5])?", re.I
)
"""Types of scripts that a browser runs or obeys; of every other type is data."""
_HANDLER = re.compile(rb"on(?<=[ \t\n\r\f/\"']on)[a-z]+[\s/]*=")
_SIGNS = (
    b"http-equiv", b"script:", b"srcdoc", b"=//", b"=\\", b"=/\\", b"=http", b"data:text", b"formaction",
    b"background=", b"attributename", b"attributionsrc", b"imagesrcset", b"xlink:href", b"<base", b"<iframe", b"<frame", b"<object", b"<embed",
)  # fmt: skip
"""In small letters; a page with none of them, nor a handler, need not be taken apart."""
_FRAMES = {"base", "iframe", "frame", "object", "embed"}
_ADDRESSES = {
    "href", "src", "action", "formaction", "data", "xlink:href", "poster", "background", "attributionsrc", "imagesrcset",
}  # fmt: skip
_ORDERS = {"content-type", "content-language", "x-ua-compatible", ""}
"""What a page may say in place of the server: how it is written."""
_RUNS = re.compile(r"(?:java|vb|live)script:|data:text/html|data:image/svg", re.I)
_IGNORED = re.compile(r"[\x00-\x20]+")
"""Signs that browsers skip in an address."""
_FOLLOWED = {"a", "area"}
_NOT_LOADED = {"canonical", "alternate", "author", "license", "prev", "next"}


def hash_of(script: bytes) -> str:
    """Return the source expression of a script for a Content-Security-Policy, such as `sha256-…`."""
    return f"sha256-{b64encode(sha256(script).digest()).decode()}"


def inline_scripts(page: bytes) -> list[bytes]:
    """Return the inline scripts of a page that a browser executes, as it hashes them: with plain line ends."""
    page = page.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return [
        page[found.start(2) : found.end(2)]
        for found in _SCRIPT.finditer(page.lower())
        if found[2] is not None and not _SOURCE.search(found[1]) and _EXECUTED.fullmatch(_type(found[1]))
    ]


def theme_scripts(file: Path) -> frozenset[str]:
    """Return the hashes of the scripts that pages of a site may have, as its build listed them in a file; none without it."""
    try:
        listed = read_json(file.read_bytes())
        return frozenset(map(str, listed["scripts"]))
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset()


def listed(scripts: frozenset[str]) -> bytes:
    """Return the list as it lies in the site."""
    return json.dumps({"scripts": sorted(scripts)}, indent=1).encode() + b"\n"


def may_act(page: str) -> bool:
    """Return whether a page may have anything that `active_findings` tells; what is no letter of ours is left out to see it soon."""
    small = page.encode("ascii", "ignore").lower()
    return b"<script" in small or _shows_signs(small)


def _shows_signs(small: bytes) -> bool:
    return any(sign in small for sign in _SIGNS) or bool(_HANDLER.search(small))


def active_findings(path: str, page: bytes, scripts: frozenset[str]) -> Iterator[Finding]:
    """Yield what runs or leads away in a page, but for these scripts."""
    for script in inline_scripts(page):
        if hash_of(script) not in scripts:
            yield _found(path, "<script>" + script.decode("utf-8", "replace").strip())
    if _shows_signs(page.lower()):
        reader = _Reader(path)
        reader.feed(page.decode("utf-8", "replace"))
        reader.close()
        yield from reader.findings


class _Reader(HTMLParser):
    """Reads a page element by element, as a browser does."""

    def __init__(self, path: str):
        super().__init__()
        self._path = path
        self.findings: list[Finding] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in _FRAMES or "srcdoc" in values:
            self._tell(tag)
        if tag == "meta" and (order := values.get("http-equiv", "").strip().lower()) not in _ORDERS:
            self._tell(f"meta {order}")
        if values.get("attributename", "").strip().lower().endswith("href"):
            self._tell(f"{tag} attributeName=href")
        for name, value in values.items():
            if name.startswith("on"):
                self._tell(f"{tag} {name}")
            elif name in _ADDRESSES:
                address = _IGNORED.sub("", value)
                if _RUNS.match(address):
                    self._tell(f"{tag} {name}={address}")
                elif self._loads(tag, values) and leads_elsewhere(address):
                    self.findings.append(found("B006", self._path, found=value, excerpt=value[:80]))

    def _loads(self, tag: str, values: dict[str, str]) -> bool:
        return (tag not in _FOLLOWED or "attributionsrc" in values) and not (
            _NOT_LOADED & set(values.get("rel", "").lower().split())
        )

    def _tell(self, what: str) -> None:
        self.findings.append(_found(self._path, what))


def _found(path: str, what: str) -> Finding:
    return found("B010", path, found=what[:80], excerpt=what[:80])


def _type(attributes: bytes) -> bytes:
    found = _TYPE.search(attributes)
    return b"".join(filter(None, found.groups())).strip() if found else b""
