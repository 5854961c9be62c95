"""Bytes on disk -> text: encodings that reach us from Word, WPS and old editors are named, never guessed silently."""

from __future__ import annotations

import codecs
import os
import re
import stat
from pathlib import Path

from rectify.core.finding import Finding, found
from rectify.core.language import N_, _
from rectify.core.line_ends import unify_line_ends

LIMIT = 2_000_000
"""Bytes; the longest real report is a tenth of this."""

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
"""Control characters, which no text needs and some programs obey."""

CONFLICT = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: .*)?$", re.M)
"""What git leaves in a file that two people changed."""


def lies_inside(path: Path, root: Path) -> bool:
    """Return whether a path, its symbolic links followed, lies in a folder."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))


def read_text(file: Path, path: str, root: Path) -> tuple[str | None, list[Finding]]:
    """Return a source file's text with LF line ends, or None, and the findings.

    `path` is how findings name the file; `root` is the folder that a symbolic link must not leave.
    """
    try:
        status = os.lstat(file)
        if stat.S_ISLNK(status.st_mode):
            if not lies_inside(file, root):
                return None, [found("S005", path)]
            status = os.stat(file)
        if not stat.S_ISREG(status.st_mode):
            # A pipe would keep the reader waiting for ever.
            return None, [found("S007", path, found=N_("不是普通文件"))]
        if status.st_size > LIMIT:
            return None, [found("S004", path, found=round(status.st_size / 1e6, 1), allowed=round(LIMIT / 1e6))]
        data = file.read_bytes()
    except OSError as error:
        return None, [found("S007", path, found=error.strerror)]
    return decode(data, path)


def own_file(file: Path, most: int) -> bytes:
    """Return the bytes of a file beside the content; raises OSError where it is no file, or larger than `most` bytes."""
    status = os.stat(file)
    if not stat.S_ISREG(status.st_mode):
        raise OSError(0, _("不是普通文件"))
    if status.st_size > most:
        raise OSError(0, _("大于 {limit} KB", limit=most // 1000))
    return file.read_bytes()


def decode(data: bytes, path: str) -> tuple[str | None, list[Finding]]:
    """Return the text of UTF-8 bytes (a BOM is dropped with a note), or None and what they are instead."""
    findings = []
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None, [found("S001", path, 1, found="UTF-16")]
    if data.startswith(codecs.BOM_UTF8):
        data = data[3:]
        findings.append(found("S006", path, 1))
    if not data.strip():
        return None, [found("S003", path)]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        # Few commands meet another encoding.
        from rectify.sources import encoding

        line = data.count(b"\n", 0, error.start) + 1
        guess = encoding.decode(data)
        if isinstance(guess, encoding.Decoded) and guess.encoding != "UTF-8":
            return None, [found("S001", path, line, found=guess.encoding)]
        place = N_("（按 UTF-8 读到第 {place} 个字节为止）", place=error.start + 1)
        return None, [found("S002", path, line, found=place)]
    if "\x00" in text:
        return None, [
            found("S001", path, 1, found="UTF-16")
            if text.count("\x00") > len(text) // 4
            else found("S002", path, found="")
        ]
    text = unify_line_ends(text)
    findings += conflict(text, path)
    if match := CONTROL.search(text):
        return None, [found("S042", path, text.count("\n", 0, match.start()) + 1)]
    return text, findings


def conflict(text: str, path: str) -> list[Finding]:
    """Return a finding where the marks of a merge that nobody finished stand first, none where there are none."""
    if "<<<<<<<" not in text:
        return []
    match = CONFLICT.search(text)
    line = text.count("\n", 0, match.start()) + 1 if match else 0
    return [found("S075", path, line, 1, excerpt=match[0].strip())] if match else []
