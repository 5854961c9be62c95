"""A document dropped on the page: kept while it is looked at."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING

from flask import Flask, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from rectify.core.language import _

if TYPE_CHECKING:
    from rectify.desk.application import Desk

_LONGEST = 200
"""Bytes of a name, counted from its ending."""
_MARK = re.compile("[0-9a-f]{16}")
_UNSAFE = re.compile(r"[^\w.\-]+")


def register(app: Flask, desk: Desk) -> None:
    """Add the pages to the application."""

    def drop() -> str | Response:
        if request.method == "GET":
            return render_template("import.html", wrong=(), name="")
        file = request.files.get("file")
        if file is None or not file.filename:
            flash(_("请选一个文件"))
            return render_template("import.html", wrong=(), name="")
        mark = token_hex(8)
        folder = _place(desk, mark)
        folder.mkdir(parents=True)
        # The name is told to people and read for what kind of file it is; letters of any script stay.
        name = _UNSAFE.sub(
            "-", unicodedata.normalize("NFC", file.filename.replace("\\", "/").rpartition("/")[2])
        ).lstrip(".-")
        file.save(folder / (name.encode("utf-8", "replace")[-_LONGEST:].decode("utf-8", "ignore") or "file"))
        return redirect(url_for("imported", mark=mark))

    def imported(mark: str) -> str | Response:
        file = _file(desk, mark)
        if file is None:
            flash(_("那个文件已经不在了，请再选一次"))
            return redirect(url_for("drop"))
        from rectify.desk.imported_document import looked_at  # what reads documents takes its time to load

        return looked_at(desk, mark, file)

    app.add_url_rule("/import", "drop", drop, methods=["GET", "POST"])
    app.add_url_rule("/import/<mark>", "imported", imported, methods=["GET", "POST"])


def _place(desk: Desk, mark: str) -> Path:
    return desk.office.state / "imports" / mark


def _file(desk: Desk, mark: str) -> Path | None:
    """Return the file that was dropped under a mark, None where there is none any more."""
    folder = _place(desk, mark)
    if not _MARK.fullmatch(mark) or not folder.is_dir():
        return None
    return next((file for file in folder.iterdir() if file.is_file()), None)
