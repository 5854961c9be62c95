"""Files that a browser would run as part of the site instead of showing or saving them, or that its server would obey."""

from __future__ import annotations

import re
from pathlib import Path

from rectify.core.entities import unescape

_SCRIPTS = frozenset((".js", ".mjs"))
_PAGES = frozenset(
    ".html .htm .shtml .shtm .xhtml .xht .xml .xsl .xslt .xsd .dtd .xbl .xul .xpdl .wsdl .rdf .atom .rss .mathml .mml .svg .svgz .mht .mhtml .hta .swf".split()
)
"""What servers send as HTML, as XML, which may hold HTML, or as something else with scripts in it."""
_SETTINGS = frozenset(
    "_headers _redirects _routes.json _worker.js cname web.config netlify.toml vercel.json staticwebapp.config.json".split()
)
"""What hosts of static sites take for orders: other addresses, other names of the site, other headers, programs."""
_TAG = re.compile(r"<[a-z!/?]", re.I)
_RUNNING = re.compile(
    r"<[^<>]*?\bon\w+\s*=|javascript:|<\s*(?:\w+:)?(?:script|foreignObject|iframe|object|embed|handler|listener)\b|<!ENTITY|<\?xml-stylesheet|www\.w3\.org/1999/xhtml",
    re.I,
)
_LIMIT = 5_000_000
"""Bytes; a drawing beyond is refused unread."""


def is_active_attachment(file: Path) -> bool:
    """Return whether a browser would run an attachment; its name decides, as it does for the server."""
    return file.suffix.lower() in _PAGES | _SCRIPTS


def is_active(file: Path) -> bool:
    """Return whether a browser would run a file that lies beside the pages, or a server obey it. Raises OSError.

    Drawings may lie there, and the scripts that the configuration names; so may a file without any tag, by which search
    engines know the owner of a site.
    """
    ending = file.suffix.lower()
    if file.name.lower() in _SETTINGS:
        return True
    if ending not in _PAGES or not file.is_file():
        return False
    if file.stat().st_size > _LIMIT or ending in (".svgz", ".swf", ".mht", ".mhtml"):
        return True
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return True
    return bool(
        (_RUNNING if ending == ".svg" else _TAG).search(text) or (ending == ".svg" and _RUNNING.search(unescape(text)))
    )
