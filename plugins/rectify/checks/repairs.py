"""What can be mended in the files of a content folder without asking: texts and what they lead to, and what public files carry."""

from __future__ import annotations

from pathlib import Path

from rectify.checks.bodies.mending import mend
from rectify.core.language import _
from rectify.core.vocabulary import DISCLOSURE_KEYS, PROBLEM_KEYS
from rectify.sources.repair import Repaired, repair
from rectify.sources.text import LIMIT

CARRIED = frozenset(("A010", "A017", "A018", "A019", "A028", "A029", "A030"))
"""Rules about what files carry: names, places, devices, earlier versions, small pictures, what lies behind the end."""


def repaired(content: Path, file: Path, shown: str) -> tuple[Repaired | None, dict[str, bytes]]:
    """Return a source file mended, None where nothing is, and the files that it then leads to, by their names in its folder."""
    data = file.read_bytes()
    one = repair(data, DISCLOSURE_KEYS if file.name == "index.md" else PROBLEM_KEYS) if len(data) <= LIMIT else None
    text = one.after if one else _text(data)
    if text is None:
        return one, {}
    body = mend(text, shown, content)
    reasons = one.reasons if one else ()
    reasons += tuple(_("粘贴的图片存为 {name}", name=name) for name in body.pictures)
    if body.after == text and not one:
        return None, {}
    before = one.before if one and not body.pictures else body.before
    return Repaired(before, body.after, reasons), body.pictures


def _text(data: bytes) -> str | None:
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    return None if "\x00" in text else text
