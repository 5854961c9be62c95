"""What can be mended in a source file without asking: its encoding and the spelling of its front matter, never its prose."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import NamedTuple

from rectify.core.language import _
from rectify.core.line_ends import unify_line_ends
from rectify.core.vocabulary import Keys
from rectify.sources import front_matter
from rectify.sources.edit import read
from rectify.sources.encoding import gb18030_text

_FENCE = "---"
_LEADING_TABS = re.compile(r"^\t+")
_WIDE_DIGITS = re.compile("[０-９]")


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
    after = _front_matter(text, keys)
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


def _front_matter(text: str, keys: Keys) -> str:
    lines = text.split("\n")
    end = next((i for i in range(1, len(lines)) if lines[i].rstrip() == _FENCE), None)
    if end is None or lines[0].rstrip() != _FENCE:
        return text
    head = [_LEADING_TABS.sub(lambda match: "  " * len(match[0]), line) for line in lines[1:end]]
    parsed = front_matter.parse("\n".join([_FENCE, *head, _FENCE]), "")
    if parsed.head:
        head = list(parsed.head)
    head = _half_width([line.rstrip(" \u3000\xa0") for line in head], keys)
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
    kept = all(new.values.get(key) == value for key, value in old.values.items())
    return kept and errors[1] <= errors[0] | {("S010", "")} and old.body.rstrip("\n") == new.body.rstrip("\n")
