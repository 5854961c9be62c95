"""The one stylesheet and the scripts of every page, put together from the theme's parts and the vocabulary.

Each has a digest in its name, so that browsers keep it until it changes.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from mkdocs.structure.files import File

from rectify.core.language import Language
from rectify.core.site_map import at
from rectify.host.scoped_styles import scoped, scoped_from_scratch
from rectify.host.status_styles import status_colours, status_styles
from rectify.host.theme import templates

_NO_CONTENTS = (
    ".col-md-3:has(.bs-sidebar):not(:has(.bs-sidebar a)):has(+.col-md-9 .rf-guest>.rf-menu){display:none}"
    ".col-md-3:not(:has(.bs-sidebar a))+.col-md-9:has(.rf-guest>.rf-menu){flex:0 0 100%;width:100%;max-width:100%}"
)
"""MkDocs' own theme, and those made from it, keep a column for the headings of a page; beside pages of the register it is empty."""
_CHOICES, _GUEST = "stylesheets/choices.css", "stylesheets/guest.css"
_STYLES = ("stylesheets/rectify.css", _CHOICES, "stylesheets/reader.css", "stylesheets/print.css")
_OTHER_LANGUAGES, _PORTAL = "stylesheets/languages.css", "stylesheets/portal.css"
_CARD = "stylesheets/card.css"
_SCRIPT, _TOOLS = "javascripts/shell.js", "javascripts/tools.js"
PARTS = frozenset(
    at("theme", file=name) for name in (*_STYLES, _OTHER_LANGUAGES, _PORTAL, _GUEST, _CARD, _SCRIPT, _TOOLS)
)
"""Files of a theme that are not published under their own names."""
_NEEDLESS = {
    ".css": re.compile(r"""(?s)/\*.*?\*/|("[^"]*"|: ;)|\s*;?\s*(\})\s*|\s*([{;,])\s*"""),
    ".js": re.compile(r"(?m)^[ \t]*(?://.*|/\*(?:[^*]|\*(?!/))*\*/[ \t]*)\n"),
}
"""A fifth of what a reader would load: comments, of scripts those that have lines to themselves, and blanks in styles.

But not that of an empty value, `: ;`, which browsers of before 2021 ask for."""


class ThemeAssets(NamedTuple):
    """Where the assets of every page lie, and what lies there."""

    styles: str
    script: str
    tools: str
    card: str
    """The styles of the cards, which stand in pages of others."""
    files: dict[str, bytes]


def theme_assets(folders: Sequence[str], language: Language, tools: str, is_portal: bool = False) -> ThemeAssets:
    """Return the assets of a site in this language; of each part the first that these folders have. `tools` is the HTML of the tool bar."""
    styles = [*(_part(folders, name) for name in _STYLES), status_styles()]
    if is_portal:
        styles.append(_part(folders, _PORTAL))
    if language.key != "zh":
        styles.append(_part(folders, _OTHER_LANGUAGES))
    files: dict[str, bytes] = {}
    return ThemeAssets(
        _named(files, "stylesheets/site.{}.css", "".join(styles)),
        _named(files, _SCRIPT.replace(".js", ".{}.js"), _part(folders, _SCRIPT)),
        _named(files, _TOOLS.replace(".js", ".{}.js"), f"{_part(folders, _TOOLS)}rectify.show({json.dumps(tools)});\n"),
        _card(files, folders),
        files,
    )


def guest_assets(folders: Sequence[str], language: Language) -> ThemeAssets:
    """Return the assets of a register in somebody else's theme, those of single pages among them; what a reader chooses is that theme's."""
    names = [name for name in _STYLES if name != _CHOICES]
    styles = [*(_part(folders, name) for name in names), status_styles(), _part(folders, _GUEST)]
    if language.key != "zh":
        styles.append(_part(folders, _OTHER_LANGUAGES))
    files: dict[str, bytes] = {}
    for folder in map(Path, folders):
        for file in folder.glob("assets/*/*"):
            path = file.relative_to(folder).as_posix()
            if path not in PARTS:
                text = published(file)
                files.setdefault(path, scoped(text.decode()).encode() if file.suffix == ".css" else text)
    site = _named(files, "stylesheets/site.{}.css", scoped_from_scratch("".join(styles)) + _NO_CONTENTS)
    return ThemeAssets(site, "", "", _card(files, folders), files)


def _card(files: dict[str, bytes], folders: Sequence[str]) -> str:
    return _named(files, _CARD.replace(".css", ".{}.css"), f"{_part(folders, _CARD)}{status_colours()}")


def _named(files: dict[str, bytes], pattern: str, text: str) -> str:
    content = text.encode()
    path = at("theme", file=pattern.format(hashlib.sha256(content).hexdigest()[:8]))
    files[path] = content
    return path


def _part(folders: Sequence[str], name: str) -> str:
    paths = (Path(folder, at("theme", file=name)) for folder in folders)
    return published(next(path for path in paths if path.is_file())).decode()


def published(file: Path) -> bytes:
    """Return a file of a theme as readers get it: a style or a script of ours without what is needless, any other as it is."""
    content = file.read_bytes()
    return _NEEDLESS[file.suffix].sub(_kept, content.decode()).encode() if _is_ours(file) else content


def _kept(found: re.Match[str]) -> str:
    return "".join(filter(None, found.groups()))


def _is_ours(file: Path) -> bool:
    return file.suffix in _NEEDLESS and file.resolve().is_relative_to(Path(templates()).resolve())


def publish(files: Iterable[File]) -> None:
    """Have MkDocs publish the styles and scripts of single pages likewise."""
    for file in files:
        if file.abs_src_path and _is_ours(path := Path(file.abs_src_path)):
            file.content_bytes = published(path)
            file.abs_src_path = str(path)  # Plugins still ask where it lies.
