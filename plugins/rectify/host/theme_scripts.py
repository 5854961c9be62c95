"""The scripts that the theme has in its pages, known before any page is made."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rectify.checks.active_page import hash_of, inline_scripts

_FILLED_IN = (b"{{", b"{%", b"{#")


def theme_scripts(folders: Iterable[str], shell: str) -> frozenset[str]:
    """Return the hashes of the scripts in the templates of these folders and in the page that stands around all content.

    A script that a template fills in differs from page to page; none may, for a text of the content could be in it.
    """
    templates = (file.read_bytes() for folder in folders for file in sorted(Path(folder).rglob("*.html")))
    return frozenset(
        hash_of(script)
        for page in (*templates, shell.encode())
        for script in inline_scripts(page)
        if not any(sign in script for sign in _FILLED_IN)
    )
