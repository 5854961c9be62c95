"""The report that an import leaves in the folder it wrote."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from rectify.core.vocabulary import PROBLEM_KEYS
from rectify.sources.edit import read
from rectify.sources.safe_files import replace_file
from rectify.sources.write import document

NAME = ".import.json"
"""A hidden file: neither a page nor an attachment of the site, and kept by git."""
_TEXTS = "texts"


def saved_text(data: Mapping[str, Any], texts: Mapping[str, str]) -> str:
    """Return the saved report; `texts` is what the document said of each file, which the next update compares with.

    Where a folder lies on this machine is nothing that others need.
    """
    if Path(data.get("to") or "").is_absolute():
        data = {**data, "to": Path(data["to"]).name}
    return json.dumps({**data, _TEXTS: dict(texts)}, ensure_ascii=False, indent=1) + "\n"


def saved_base(folder: Path) -> dict[str, str] | None:
    """Return what the last import into a folder said of each file, or None where no report is saved."""
    try:
        texts = json.loads((folder / NAME).read_text("utf-8"))[_TEXTS]
        return {str(name): str(text) for name, text in texts.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def renew_base(folder: Path, texts: Mapping[str, str]) -> None:
    """Save what a ledger said, over what the document said before; without a saved report there is nothing to renew.

    A ledger states some keys only: the others, and the files it says nothing of, keep what the document said.
    """
    try:
        data = json.loads((folder / NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return
    if isinstance(data, dict):
        before = saved_base(folder) or {}
        renewed = {**before, **{name: _over(before.get(name, ""), text) for name, text in texts.items()}}
        replace_file(folder / NAME, saved_text(data, renewed).encode())


def without_texts(data: bytes, names: Collection[str]) -> bytes:
    """Return a saved import without what the document said of these files and what was quoted from them."""
    try:
        saved = json.loads(data)
        texts = saved.get(_TEXTS, {})
    except (ValueError, AttributeError):
        return data
    held = [value for name in names for value in _values(str(texts.get(name, "")))]
    left = _without(saved, held)
    left[_TEXTS] = {name: text for name, text in texts.items() if name not in names}
    return (json.dumps(left, ensure_ascii=False, indent=1) + "\n").encode()


def _values(text: str) -> list[str]:
    """Return the pieces of text of a problem that would give it away."""
    one = read(text, PROBLEM_KEYS)
    pieces = [
        one.values.get("title", ""),
        *one.body.splitlines(),
        *(entry.text for entry in one.values.get("progress", ())),
    ]
    return [
        piece.strip()
        for piece in pieces + [measure.text for measure in one.values.get("measures", ())]
        if len(piece.strip()) > 1
    ]


def _without(value: Any, held: Collection[str]) -> Any:
    """Return a value of JSON in which strings that quote the text, or are quoted from it, are empty."""
    if isinstance(value, dict):
        return {key: _without(one, held) for key, one in value.items()}
    if isinstance(value, list):
        return [_without(one, held) for one in value]
    if isinstance(value, str) and any(piece in value or (len(value) > 5 and value in piece) for piece in held):
        return ""
    return value


def _over(before: str, text: str) -> str:
    old, new = read(before, PROBLEM_KEYS), read(text, PROBLEM_KEYS)
    return document({**old.values, **new.values}, PROBLEM_KEYS, new.body or old.body)
