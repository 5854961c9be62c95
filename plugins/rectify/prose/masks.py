"""Where a text was masked: stars, crosses, 某, boxes and circles in place of a name, a number or a date."""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

from rectify.core.patterns import compiled
from rectify.prose.passage import IDEOGRAPH, Passage
from rectify.prose.privacy.names import NAME_BEGINS


class Mask(NamedTuple):
    start: int
    token: str
    """As written, backslashes of Markdown included."""

    @property
    def end(self) -> int:
        return self.start + len(self.token)

    @property
    def stars(self) -> int:
        return self.token.count("*") + self.token.count("＊")


SIGNS = "*＊XＸ×□○_"
"""For character classes: what masks are written with, 某 aside."""

# Both begin with a class of every first character, which the search jumps to.
_STARS = compiled(r"[*＊\\](?:(?<!\\)|[*＊])(?:\\?[*＊])*")
_SIGN_CHARACTERS = frozenset("XＸ×x□○◯_某")
_SIGNS = compiled(r"[XＸ×x□○◯_某](?:(?<=[XＸ×])[XＸ×]*|(?<=x)x*|(?<=□)□*|(?<=[○◯])[○◯]+|(?<=_)_+|(?<=某)某*)")
_HAN = compiled(f"[{IDEOGRAPH}]")
_HAN_OR_MARK = compiled(f"[{IDEOGRAPH}〇，。、；：？！“”‘’（）《》【】〔〕—…·％]")
_COUNTED = set("个项条件人名次年月日号万亿元余多家户份场处届级正副岁分等种类批期%％、，")
_NUMERALS = set("一二三四五六七八九十百零〇")
_LEVELS = set("省市县区镇乡村局厅委办院部党")
_UNITS = compiled(r"[年月日号时]")
_PLACES = compiled(r"[省市县区镇乡村局厅委]|同志")
_CROSS_WORDS = compiled(r"光|射线|线(?!路)|染色体|轴|型|形|波段")
_SURNAMES = compiled(f"[{NAME_BEGINS}]")
_EDGE = compiled(r"[\s，。、；：？！“”‘’（）《》【】—…,.;:?!()]")
_UNDERLINES = compiled("__+")
_MOST = 20_000
_LONGEST_EMPHASIS = 40
_LONGEST_INNER_EMPHASIS = 12


def find_masks(passage: Passage) -> list[Mask]:
    """Return the runs of masking characters, in order; what only looks like one is left out, and what comes after 20,000."""
    text = passage.text
    found = []
    if not passage.characters.isdisjoint("*＊"):
        found += _stars(text)
    if passage.characters.isdisjoint(_SIGN_CHARACTERS):
        return found
    emphasis = _emphasis(text, list(islice(_UNDERLINES.finditer(text), _MOST))) if "__" in text else set()
    for match in islice(_SIGNS.finditer(text), _MOST):
        if match.start() not in emphasis and _is_mask(text, match):
            found.append(Mask(match.start(), match[0]))
    return sorted(found)


def without_emphasis(text: str) -> str:
    """Return Markdown without the signs of its emphasis; those that mask something stay."""
    for signs in (_STARS, _UNDERLINES):
        runs = list(islice(signs.finditer(text), _MOST))
        emphasis = _emphasis(text, runs)
        pieces: list[str] = []
        at = 0
        for run in runs:
            if run.start() in emphasis:
                pieces.append(text[at : run.start()])
                at = run.end()
        text = "".join([*pieces, text[at:]])
    return text


def _stars(text: str) -> list[Mask]:
    runs = list(islice(_STARS.finditer(text), _MOST))
    emphasis = _emphasis(text, runs)
    return [Mask(run.start(), run[0]) for run in runs if run.start() not in emphasis and _is_star_mask(text, run)]


def _is_star_mask(text: str, run: re.Match[str]) -> bool:
    before, after = text[max(0, run.start() - 1) : run.start()], text[run.end() : run.end() + 1]
    if not _HAN_OR_MARK.match(before) and not _HAN_OR_MARK.match(after):
        return False
    if len(run[0]) >= 3 and (before.isdigit() or after.isdigit()):
        return False  # 138****1234, a number properly masked
    if before in ("", "\n") and after in ("注", " "):
        return False  # a footnote, a bullet
    return text[max(0, run.start() - 2) : run.start()] not in ("绝密", "机密", "秘密")


def _emphasis(text: str, runs: list[re.Match[str]]) -> set[int]:
    """Return the offsets of the runs that are Markdown emphasis around words.

    Masked texts are full of accidental pairs (*市*局), so a pair must look as an author would set it: on one line, its
    content bare of counters, and both signs at the edges of a phrase. Inside a phrase it is believed only where every
    run of the text is one of a pair around a short word.
    """
    certain: set[int] = set()
    inner: set[int] = set()
    rest = 0
    index = 0
    while index < len(runs):
        opening, closing = runs[index], runs[index + 1] if index + 1 < len(runs) else None
        content = text[opening.end() : closing.start()] if closing and closing[0] == opening[0] else ""
        if closing is None or not _could_be_emphasised(content) or "\\" in opening[0] or len(opening[0]) > 3:
            rest += _is_star_mask(text, opening)
            index += 1
            continue
        before, after = text[max(0, opening.start() - 1) : opening.start()], text[closing.end() : closing.end() + 1]
        if (not before or _EDGE.match(before)) and (not after or _EDGE.match(after)):
            certain |= {opening.start(), closing.start()}
        elif len(content) <= _LONGEST_INNER_EMPHASIS and not _EDGE.search(content):
            inner |= {opening.start(), closing.start()}
        else:
            rest += 1
            index += 1
            continue
        index += 2
    return certain if rest else certain | inner


def _could_be_emphasised(content: str) -> bool:
    return (
        0 < len(content) <= _LONGEST_EMPHASIS
        and content == content.strip()
        and content[0] not in _COUNTED | _LEVELS
        and not re.search(r"[\n。]", content[:-1])
    )


def _is_mask(text: str, match: re.Match[str]) -> bool:
    before, after = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
    sign = match[0][0]
    if sign == "某":
        return _is_masked_name(text, match, before)
    if sign in "○◯":
        return bool(_HAN.match(before) or _HAN.match(after)) and not {before, after} & _NUMERALS
    if sign == "□":
        if len(match[0]) > 1:
            return bool(_HAN.match(before) or _HAN.match(after))
        return before == "第" or bool((_HAN.match(before) or before.isdigit()) and after in _COUNTED and after)
    if sign == "_":
        return bool(_HAN_OR_MARK.match(before) or _HAN_OR_MARK.match(after))
    return _is_cross_mask(text, match, before, after)


def _is_masked_name(text: str, match: re.Match[str], before: str) -> bool:
    """张某某 is the proper way to leave a person unnamed; 某些 and 某种 are ordinary words."""
    if before and _SURNAMES.fullmatch(before):
        return False
    return len(match[0]) > 1 or bool(_PLACES.match(text, match.end()))


def _is_cross_mask(text: str, match: re.Match[str], before: str, after: str) -> bool:
    """X光 and product names keep their letter; 3×4 multiplies; a Roman ten numbers a line."""
    single = len(match[0]) == 1
    if (after.isascii() and after.isalnum()) or (before.isascii() and before.isalpha()):
        return False
    if before.isdigit():
        return bool(_UNITS.match(after))
    if before == " " and text[max(0, match.start() - 2) : match.start() - 1].isascii():
        return False
    if single and (_CROSS_WORDS.match(text, match.end()) or (before in "打画划√" and before)):
        return False
    if single and before in ("", "\n") and after in "、．.":
        return False
    if match[0] == "×" and before in "长宽高" and after in "长宽高":
        return False
    neighbours = _HAN if single else _HAN_OR_MARK
    return bool(neighbours.match(before) or neighbours.match(after))
