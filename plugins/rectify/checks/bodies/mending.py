"""A body mended where that needs no judgement: what the remarks say, pasted pictures as files, links that mean a file but for its spelling."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from rectify.checks.attachments.types import form_of
from rectify.checks.bodies import remarks
from rectify.checks.bodies.remark import Edit, mended
from rectify.checks.links import links
from rectify.core.comments import blank_comments
from rectify.sources.front_matter import parse
from rectify.sources.public_text import body_lines

_DATA = re.compile(r"data:image/[A-Za-z0-9.+-]+(?:;[a-z]+=[\w-]+)?;base64,([A-Za-z0-9+/=%]+)")
_ENDINGS = {"png": "png", "jpeg": "jpg", "gif": "gif", "webp": "webp", "bmp": "bmp"}
_IMAGE = re.compile(r"<img\s(?P<attributes>[^<>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""(?<![a-z-])([a-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_PLAIN = re.compile(r"[^\s()<>\"']+")
_LETTERS = re.compile(r"[\W_]+")
_ROUNDS = 4
"""A line that was put into a paragraph of its own may be seen to be something else."""


class Mended(NamedTuple):
    """A source text mended."""

    before: str
    """The text with pictures by the names of their files, which is what a person can compare."""
    after: str
    pictures: dict[str, bytes]
    """Files to be written, by their names in the folder of the disclosure."""


def mend(text: str, path: str, content: Path) -> Mended:
    """Return a source text with its body mended; `path` is its name below the content folder.

    Where no front matter is read there is no body to speak of: what looks like one are its keys.
    """
    parsed = parse(text, path)
    if parsed.node is None and not parsed.head:
        return Mended(text, text, {})
    first = parsed.body_line
    before, pictures = _with_files(text, first)
    after = _without_tags(before, first)
    for _round in range(_ROUNDS):
        edits = [edit for remark in remarks(body_lines(after, first), path) for edit in remark.edits]
        new = mended(after, edits)
        if new == after or _LETTERS.sub("", new) != _LETTERS.sub("", after):
            break
        after = new
    return Mended(before, mended(after, _spelled(after, first, path, content)), pictures)


def _with_files(text: str, first: int) -> tuple[str, dict[str, bytes]]:
    """Return a text with names in place of the data of pictures, and these."""
    pictures: dict[str, bytes] = {}

    def named(match: re.Match[str]) -> str:
        try:
            data = base64.b64decode(match[1].replace("%2B", "+").replace("%2F", "/").replace("%3D", "="), validate=True)
        except (binascii.Error, ValueError):
            return match[0]
        ending = _ENDINGS.get(form_of(data))
        if ending is None:
            return match[0]
        name = f"files/tu-{hashlib.sha256(data).hexdigest()[:8]}.{ending}"
        pictures[name] = data
        return name

    return _in_lines(text, first, ";base64,", lambda line: _DATA.sub(named, line)), pictures


def _without_tags(text: str, first: int) -> str:
    """Return a text with pictures of HTML as those of Markdown."""
    return _in_lines(text, first, "<img", lambda line: _IMAGE.sub(_of_markdown, line))


def _in_lines(text: str, first: int, sign: str, changed: Callable[[str], str]) -> str:
    """Return a text with the lines of its body changed that have a sign and no comment."""
    if sign not in text.lower():
        return text
    lines = text.split("\n")
    shown = blank_comments("\n".join(lines[first - 1 :])).split("\n")
    for place, line in enumerate(shown, start=first - 1):
        if line == lines[place] and sign in line.lower():
            lines[place] = changed(line)
    return "\n".join(lines)


def _of_markdown(match: re.Match[str]) -> str:
    values = {one[1].lower(): one[2] or one[3] or one[4] or "" for one in _ATTRIBUTE.finditer(match["attributes"])}
    source, said = values.get("src", ""), values.get("alt", "")
    if set("[]") & set(said) or set("<>\n") & set(source) or not source.strip():
        return match[0]
    return f"![{said}]({source})" if _PLAIN.fullmatch(source) else f"![{said}](<{source}>)"


def _spelled(text: str, first: int, path: str, content: Path) -> list[Edit]:
    """Return the edits that write links as the names of the files that they mean."""
    edits: list[Edit] = []
    lines = body_lines(text, first)
    for link in links(lines, path):
        written = text.split("\n")[link.line - 1][link.column - 1 :]
        if not written.startswith(link.target) or (content / link.leads_to).is_file():
            continue
        if target := link.spelled_as(content):
            plain = _PLAIN.fullmatch(target) or written[len(link.target) :].startswith(">")
            edits.append(Edit(link.line, link.column - 1, len(link.target), target if plain else f"<{target}>"))
    return edits
