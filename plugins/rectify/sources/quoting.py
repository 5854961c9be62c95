"""Texts of a front matter that YAML takes for something else -> the same texts in quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rectify.core.vocabulary import DISCLOSURE_KEYS, PROBLEM_KEYS, RECORDS, Keys, fold, nearest
from rectify.sources.edit import Read, read

_ALL = (DISCLOSURE_KEYS, PROBLEM_KEYS, *RECORDS.values())
_TEXTS = {
    fold(word)
    for keys in _ALL
    for key in keys
    if key.kind in ("text", "names", "measure")
    for word in (key.name, key.label, *key.aliases)
}
_LISTS = {fold(word) for key in PROBLEM_KEYS if key.kind == "measure" for word in (key.name, key.label, *key.aliases)}
_PLAIN = {
    fold(word) for keys in _ALL for key in keys if key.kind == "text" for word in (key.name, key.label, *key.aliases)
}
"""Of these, what can be no list."""
_KNOWN = {fold(word) for keys in _ALL for word in keys.words()}
_MISREAD = ("S012", "S015", "S017", "S019")
_FIELD = re.compile(r"(?P<head>\s*+(?:-\s++)*+(?P<key>[^\s:：'\"#\[{]{1,20})\s*+:\s++)(?P<value>\S.*)")
_ITEM = re.compile(r"(?P<head>\s*+(?:-\s++)++)(?P<value>\S.*)")
_INNER_KEY = re.compile(r"([^\s:：，。；、]{1,20})\s*[:：](?:\s|$)")
_COLON = re.compile(r":(?:\s|$)")
_SIGN = re.compile(r"[*&@%`!>|\[\]{},\"'?:]")
_NAMED = re.compile(r"[*&!][A-Za-z0-9_-]+(?:\s|$)")
"""An anchor, alias or tag as programmers write it, whose value nobody but them can tell."""
_LINES = 200
"""Lines of one file that are quoted; each costs one reading of the front matter."""


def quoted(head: Sequence[str], keys: Keys) -> list[str]:
    """Return the lines of a front matter with each text in quotes that was refused for how it looks to YAML.

    What might be meant otherwise stays: a second field on the line, a list, quotes that do not close, a text of several lines.
    """
    lines = list(head)
    tried: set[int] = set()
    misread = _misread(_read(lines, keys))
    while len(tried) < _LINES:
        at = next((line for line in misread if line not in tried and line < len(lines)), None)
        if at is None:
            break
        tried.add(at)
        if line := _quoted(lines, at):
            mended = [*lines[:at], line, *lines[at + 1 :]]
            left = _misread(_read(mended, keys))
            if at not in left:
                lines, misread = mended, left
    return lines


def _read(lines: Sequence[str], keys: Keys) -> Read:
    return read("\n".join(["---", *lines, "---"]), keys)


def _misread(one: Read) -> list[int]:
    return [finding.line - 2 for finding in one.findings if finding.rule in _MISREAD]


def _quoted(lines: Sequence[str], at: int) -> str:
    """Return a line with its text in quotes, empty where the text is not certain."""
    if _goes_on(lines, at):
        return ""
    line = lines[at].rstrip()
    field = _FIELD.fullmatch(line)
    if field and fold(field["key"]) in _TEXTS:
        return (
            field["head"] + _in_quotes(field["value"]) if _is_text(field["value"], fold(field["key"]) in _PLAIN) else ""
        )
    item = _ITEM.fullmatch(line)
    if item is None or not _is_item(lines, at) or (field and nearest(field["key"], RECORDS["measure"].words())):
        return ""
    return item["head"] + _in_quotes(item["value"]) if _is_text(item["value"], False) else ""


def _is_text(value: str, is_plain: bool) -> bool:
    """Return whether a value is one text, which YAML takes for something else; `is_plain` where it can be no list."""
    if not (_SIGN.match(value) or _COLON.search(value)):
        return False
    if (
        re.search(r"\s#", value)
        or _NAMED.match(value)
        or any(fold(word) in _KNOWN for word in _INNER_KEY.findall(value))
    ):
        return False
    if value[0] in "'\"":
        return value.count(value[0]) % 2 == 0
    if value[0] in "[{":
        closing = "]" if value[0] == "[" else "}"
        return value.count(value[0]) == value.count(closing) and (is_plain or not value.endswith(closing))
    return len(value) > 1


def _is_item(lines: Sequence[str], at: int) -> bool:
    """Return whether a line is an item of a list of texts."""
    if not lines[at].lstrip().startswith("- "):
        return False
    indent = _indent(lines[at])
    for line in reversed(lines[:at]):
        opening = re.fullmatch(r"\s*([^\s:：-]+)\s*:\s*", line)
        if opening and _indent(line) <= indent:
            return fold(opening[1]) in _LISTS
        if line.strip() and not (line.lstrip().startswith("- ") and _indent(line) == indent):
            return False
    return False


def _goes_on(lines: Sequence[str], at: int) -> bool:
    following = next((line for line in lines[at + 1 :] if line.strip()), "")
    return _indent(following) > _indent(lines[at])


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _in_quotes(value: str) -> str:
    if '"' in value or "\\" in value:
        doubled = value.replace("'", "''")
        return f"'{doubled}'"
    return f'"{value}"'
