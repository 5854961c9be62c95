"""Changes of source files, known before they are written."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from rectify.core.language import _
from rectify.core.line_ends import unify_line_ends
from rectify.core.vocabulary import Keys
from rectify.sources.edit import CannotEdit, set_body, set_value
from rectify.sources.encoding import gb18030_text
from rectify.sources.write import encode


class Edit(NamedTuple):
    """One file to be written."""

    file: Path
    shown: str
    """Its name below the content folder."""
    old: bytes
    new: bytes
    before: str
    after: str


def edit_of(
    file: Path, shown: str, values: Mapping[str, Any], keys: Keys, drop: Sequence[str] = (), body: str | None = None
) -> Edit:
    """Return the edit that sets keys of a source file to values of the model, takes others out, and gives it another body.

    Raises CannotEdit, with the file's name, where it is written in a way that cannot be changed by a program.
    """
    data = file.read_bytes()
    text, encoding = text_of(data, shown)
    after = text
    try:
        for name, value in values.items():
            after = set_value(after, keys, name, value, values)
        for name in drop:
            after = set_value(after, keys, name, None)
        if body is not None:
            after = set_body(after, body)
    except CannotEdit as error:
        raise CannotEdit(_("{shown}：写法不便自动修改（{error}），请手工修改", shown=shown, error=error)) from None
    return Edit(file, shown, data, encode(after, data, encoding), text, after)


def text_of(data: bytes, shown: str) -> tuple[str, str]:
    """Return a file's text with LF line ends, and its encoding, which it keeps. Raises CannotEdit where there is none."""
    try:
        text, encoding = data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        found = gb18030_text(data)
        if found is None:
            raise CannotEdit(_("{shown}：无法识别编码", shown=shown)) from None
        text, encoding = found, "gb18030"
    return unify_line_ends(text), encoding


def difference(name: str, before: str, after: str) -> str:
    """Return how a text changes, in the form that git shows."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), name, name, n=2, lineterm="")
    return "".join(f"{line}\n" for line in lines)
