"""What can be mended in a source file without asking: its encoding and the spelling of its front matter, never its prose."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import Any, NamedTuple

from rectify.core.language import _
from rectify.core.line_ends import unify_line_ends
from rectify.core.vocabulary import Keys
from rectify.sources import front_matter
from rectify.sources.edit import read
from rectify.sources.encoding import gb18030_text
from rectify.sources.quoting import quoted

_FENCE = "---"
_LIKE_A_FENCE = re.compile(r"\s*\\?[-－‐–—―─−]{1,60}\s*")
"""What Word, WPS and converters make of three hyphens."""
_FIRST_KEY = re.compile(r"\s*([^\s:：'\"]{1,20})\s*[:：]")
_LEADING_TABS = re.compile(r"^\t+")
_WIDE_DIGITS = re.compile("[０-９]")


_UNREAD = ("S010", "S011", "S012", "S015")
"""Errors of a file of which no front matter is read."""


class Repaired(NamedTuple):
    """A file that can be mended."""

    before: str
    """Its text, decoded, with the line ends of every other file."""
    after: str
    reasons: tuple[str, ...]
    """What is not seen in a comparison of the texts."""

    @property
    def data(self) -> bytes:
        return self.after.encode()


def repair(data: bytes, keys: Keys) -> Repaired | None:
    """Return the file mended, or None where there is nothing to mend or its encoding is not certain.

    A file of which a value, the body or the list of errors would change for the worse is left as it is.
    """
    reasons: list[str] = []
    decoded = _decoded(data, reasons)
    # UTF-16 without a mark looks like UTF-8 full of zeros.
    if decoded is None or "\x00" in decoded:
        return None
    text = unify_line_ends(decoded)
    if text != decoded:
        reasons.append(_("换行 CRLF → LF"))
    after = _front_matter(_fenced(text, keys), keys)
    if not after.endswith("\n"):
        after += "\n"
    if not _means_the_same(text, after, keys):
        after = text
    return Repaired(text, after, tuple(reasons)) if reasons or after != text else None


def _decoded(data: bytes, reasons: list[str]) -> str | None:
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            try:
                text = data[len(mark) :].decode(name)
            except UnicodeDecodeError:
                return None
            reasons.append(_("去掉 BOM") if name == "utf-8" else _("编码 UTF-16 → UTF-8"))
            return text
    try:
        return data.decode()
    except UnicodeDecodeError:
        decoded = gb18030_text(data)
        if decoded is not None:
            reasons.append(_("编码 GBK/GB18030 → UTF-8"))
        return decoded


def _fenced(text: str, keys: Keys) -> str:
    """Return a text with the fences of its front matter as they are read, blank lines before it left out.

    A line is a fence where it looks like one and the first line behind it has a key.
    """
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    known = _FIRST_KEY.match(lines[first + 1]) if first + 1 < len(lines) else None
    if not (_LIKE_A_FENCE.fullmatch(lines[first]) and known and keys.find(known[1])):
        return text
    end = next((n for n in range(first + 1, len(lines)) if lines[n].rstrip() == _FENCE), None)
    if end is None:
        end = next((n for n in range(first + 1, len(lines)) if _LIKE_A_FENCE.fullmatch(lines[n])), None)
    if end is None:
        return text
    return "\n".join([_FENCE, *lines[first + 1 : end], _FENCE, *lines[end + 1 :]])


def _front_matter(text: str, keys: Keys) -> str:
    lines = text.split("\n")
    end = next((i for i in range(1, len(lines)) if lines[i].rstrip() == _FENCE), None)
    if end is None or lines[0].rstrip() != _FENCE:
        return text
    head = [_LEADING_TABS.sub(lambda match: "  " * len(match[0]), line) for line in lines[1:end]]
    parsed = front_matter.parse("\n".join([_FENCE, *head, _FENCE]), "")
    if parsed.head:
        head = list(parsed.head)
    head = _half_width(quoted([line.rstrip(" \u3000\xa0") for line in head], keys), keys)
    return "\n".join([_FENCE, *head, _FENCE, *lines[end + 1 :]])


def _half_width(head: list[str], keys: Keys) -> list[str]:
    """Return the lines with half-width digits where the reader took full-width ones for a number or date."""
    for finding in read("\n".join([_FENCE, *head, _FENCE]), keys).findings:
        written = str(dict(finding.values).get("found", ""))
        line, start = finding.line - 2, finding.column - 1
        if finding.rule == "S025" and _WIDE_DIGITS.search(written) and 0 <= line < len(head):
            at = head[line].find(written, start)
            if at >= 0:
                plain = _WIDE_DIGITS.sub(lambda match: unicodedata.normalize("NFKC", match[0]), written)
                head[line] = f"{head[line][:at]}{plain}{head[line][at + len(written) :]}"
    return head


def _means_the_same(before: str, after: str, keys: Keys) -> bool:
    old, new = read(before, keys), read(after, keys)
    errors = [
        {(finding.rule, finding.key) for finding in one.findings if finding.severity == "error"} for one in (old, new)
    ]
    unread = [{rule for rule, _key in found if rule in _UNREAD} for found in errors]
    if unread[0] & {"S010", "S011"}:
        return not unread[1] and before.rstrip("\n").endswith(new.body.rstrip("\n"))
    kept = all(_has(new.values.get(key), value) for key, value in old.values.items())
    same = kept and old.body.rstrip("\n") == new.body.rstrip("\n")
    # Of what was not read no more than the form is known: what is found in it now was there before.
    return same and (errors[1] <= errors[0] or bool(unread[0] and not unread[1]))


def _has(new: Any, old: Any) -> bool:
    """Return whether a value is as it was; of a list an item that was refused may have come to it."""
    return bool(new == old or (isinstance(old, tuple) and isinstance(new, tuple) and all(one in new for one in old)))
