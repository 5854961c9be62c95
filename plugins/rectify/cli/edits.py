"""Changes of source files as commands make them: what cannot be done ends the command in a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from rectify.core.vocabulary import Keys
from rectify.sources import file_edit
from rectify.sources.edit import CannotEdit
from rectify.sources.file_edit import Edit


def edit_of(file: Path, shown: str, values: Mapping[str, Any], keys: Keys, drop: Sequence[str] = ()) -> Edit:
    """Return the edit that sets keys of a source file to values of the model and takes others out.

    Ends the command where the file is written in a way that cannot be changed by a program.
    """
    try:
        return file_edit.edit_of(file, shown, values, keys, drop)
    except CannotEdit as error:
        raise click.ClickException(str(error)) from None


def text_of(data: bytes, shown: str) -> tuple[str, str]:
    """Return a file's text with LF line ends, and its encoding, which it keeps; ends the command where there is none."""
    try:
        return file_edit.text_of(data, shown)
    except CannotEdit as error:
        raise click.ClickException(str(error)) from None
