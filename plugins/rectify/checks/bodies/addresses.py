"""Links that are none on the page, or that lead nowhere a reader can go."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rectify.checks.bodies.remark import Edit, Remark, Text

_OPEN, _CLOSED = "[［【〔", "]］】〕"
_ADDRESS = (
    r"(?:(?:https?://|mailto:|www\.|\.{1,2}/|files/)[^\s（）()<>]{1,500}"
    r"|[^\s（）()<>]{1,200}\.(?:md|pdf|ofd|docx?|xlsx?|pptx?|wps|et|png|jpe?g|gif|html?|zip))"
)
_UNMADE = re.compile(
    rf"(?P<picture>[!！]?)(?P<open>[{re.escape(_OPEN)}])(?P<text>[^{re.escape(_OPEN + _CLOSED)}\n]{{1,80}})"
    rf"(?P<close>[{re.escape(_CLOSED)}])(?P<blank>[ \u3000]?)(?P<left>[（(])[ \t]*(?P<address>{_ADDRESS})[ \t]*(?P<right>[）)])",
    re.IGNORECASE,
)
_WIKI = re.compile(r"(?<!\\)!?\[\[[^\[\]\n]{1,200}\]\](?!\()")
_TARGET = re.compile(
    r"(?<!\\)\]\(\s*<?([^\s<>)]+)|^ {0,3}\[[^\[\]\n]+\]:\s*<?([^\s<>]+)|<((?:[A-Za-z][A-Za-z0-9+.-]*:)[^\s<>]*)>"
)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_LEADS = {"http", "https", "mailto", "tel", "data", "file"}
"""Schemes that lead somewhere, and those that other rules tell of."""
_LOCAL = re.compile(
    r"(?i)[A-Z]:/|/(?:users|home|tmp|private|var|volumes|mnt|storage|sdcard)/|~[/\\]|%(?:userprofile|temp|appdata)%"
)
"""Paths of one computer or telephone; those with backslashes are marks of origin anywhere in a text."""
_SIGN = re.compile("[，。；、：！？“”《》（）【】]")


def addresses(text: Text) -> Iterator[Remark]:
    """Yield what was meant as a link and is none, and links to what only the writer has."""
    if text.characters.isdisjoint("[］【〔<"):
        return
    for number, line in text.lines:
        for match in _UNMADE.finditer(line):
            whole = [match[name] for name in ("picture", "open", "close", "blank", "left", "right")]
            if whole[:3] in (["", "[", "]"], ["!", "[", "]"]) and whole[3:] == ["", "(", ")"]:
                continue
            link = f"{'!' if match['picture'] else ''}[{match['text']}]({match['address']})"
            edit = Edit(number, match.start(), len(match[0]), link)
            yield text.remark("S111", number, match.start(), edits=[edit], found=match[0], excerpt=match[0][:60])
        if "[[" in line:
            for match in _WIKI.finditer(line):
                yield text.remark("S111", number, match.start(), found=match[0], excerpt=match[0][:60])
        for match in _TARGET.finditer(line):
            target = match[match.lastindex or 1]
            scheme = _SCHEME.match(target)
            if _LOCAL.match(target) or (scheme and len(scheme[1]) > 1 and scheme[1].lower() not in _LEADS):
                yield text.remark("S110", number, match.start(match.lastindex or 1), found=target, excerpt=target[:60])
            elif scheme and scheme[1].lower() in ("http", "https") and (sign := _SIGN.search(target)):
                place = match.start(match.lastindex or 1) + sign.start()
                yield text.remark("S114", number, place, found=sign[0], excerpt=target[:60])
