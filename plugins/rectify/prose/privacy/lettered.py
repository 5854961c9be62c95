"""Labels in Latin letters, put into the Chinese that every kind of label is known by: zhuyuan hao, ZYH, Inpatient No.

Whatever stands in letters is such a label if words of a list make up the whole of it, and what a label goes before stands
behind. The province of a plate is put into its character likewise: WAN-H 6Q918.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from rectify.core.patterns import compiled
from rectify.prose.late import late
from rectify.prose.word_lists import any_of, load

_DATA = load("lettered")
_LETTERS = compiled("[A-Za-z]{3}")
_RUN = compiled(
    r"(?<![\w@./\-?&%+])(?:(?<=[?&])|(?<![?&]))[A-Za-z]{2,24}(?:(?:[ _]|\. |['’](?=s ))[A-Za-z]{1,24}){0,7}(?![A-Za-z@]|[.\-/]\w)"
)
"""Words that no address, path or name of a file goes on from."""
_IN_LINK = compiled(r"(?<=[?&])[a-z]{3,24}(?==)")
_VALUE = compiled(r"[.\"'”)]{0,2}[ \t]{0,3}[：:=|，,#]?[ \t]{0,3}[\"'“‘（(\[【]{0,2}(?P<value>\w)")
_NUMBER = compiled(r"[\"'”]?[ \t]{0,2}[：:=|]?[ \t\"'“]{0,2}[A-Z]{0,4}\d[\d\- ]{3}")
_WORD = compiled("[A-Za-z]+")
_PLATE = late(
    rf"(?<![A-Za-z])(?P<province>(?i:{any_of(_DATA['provinces'])}))(?=[ \-·.]?[A-HJ-Z][ \-·.]?(?=[A-Z0-9]{{0,5}}\d)[A-Z0-9]{{5,6}}(?![A-Za-z0-9]))"
)
_DRIVEN = compiled("(?i:plate|licen[cs]e|vehicle|car\\b|chepai|cph)|车|牌")
_PLATE_NEAR, _LONG, _SHORTEST, _LONGEST, _LONGEST_WORD = 30, 3, 3, 40, 18
_SIGN = "!"


def put_into_chinese(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where a label in letters stands, and what it is in Chinese, in order."""
    if not _LETTERS.search(text):
        return
    found = [(*span, said) for span, said in _labels(text)]
    for plate in _PLATE.finditer(text):
        near = text[max(0, plate.start() - _PLATE_NEAR) : plate.end() + _PLATE_NEAR]
        if _DRIVEN.search(near):
            found.append((*plate.span(), _DATA["provinces"][plate[0].lower()]))
    end = 0
    for start, stop, said in sorted(found):
        if start >= end:
            yield start, stop, said
            end = stop


def _labels(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    for pattern in (_RUN, _IN_LINK):
        for match in pattern.finditer(text):
            if said := _said(match):
                yield (match.start() + said[0], match.end()), said[1]


def _said(match: re.Match[str]) -> tuple[int, str] | None:
    """Return where in a run of letters a label begins that goes to its end, and the label in Chinese."""
    value = _VALUE.match(match.string, match.end())
    words = list(_WORD.finditer(match[0]))
    if value:
        for place, word in enumerate(words):
            if english := _english(tuple(one[0].lower() for one in words[place:])):
                return word.start(), english
    letters = "".join(word[0].lower() for word in words)
    if len(letters) > _LONGEST:
        return None
    if parts := _parts(letters, "full"):
        syllables = sum(len(part.split()) for part in parts)
        if syllables >= _LONG or (value and syllables > 1):
            return 0, _chinese(parts)
    if len(words) == 1 and len(letters) >= _SHORTEST and _NUMBER.match(match.string, match.end()):
        if parts := _parts(letters, "first"):
            return 0, _chinese(parts)
    return None


@lru_cache(10_000)
def _english(words: tuple[str, ...]) -> str:
    """Return in Chinese what English words say, empty where one of them is of no label, or all tell of numbers alone."""
    said, named, place = [], False, 0
    while place < len(words):
        for size in (2, 1):
            chinese = _DATA["english"].get(" ".join(words[place : place + size]))
            if chinese is not None:
                break
        else:
            return ""
        named = named or not chinese.startswith(_SIGN)
        said.append(chinese.removeprefix(_SIGN))
        place += min(size, len(words) - place)
    return "".join(said) if named else ""


def _chinese(parts: tuple[str, ...]) -> str:
    return "".join(_DATA["pinyin"].get(part) or _DATA["signs"][part] for part in parts)


@cache
def _spelled(how: str) -> Mapping[str, str]:
    """Return the words by their letters: all of them, or the first of each syllable."""
    letters = {
        "full": lambda word: word.replace(" ", ""),
        "first": lambda word: "".join(syllable[0] for syllable in word.split()),
    }[how]
    return {letters(word): word for table in ("signs", "pinyin") for word in _DATA[table]}


@lru_cache(10_000)
def _parts(letters: str, how: str) -> tuple[str, ...]:
    """Return the words that letters are made up of, one at least no sign; none where there are no such words."""
    spelled = _spelled(how)
    if not _begin(how).match(letters):
        return ()
    for size in range(min(len(letters), _LONGEST_WORD), 0, -1):
        word = spelled.get(letters[:size])
        if word is None:
            continue
        if size == len(letters):
            return (word,) if word in _DATA["pinyin"] else ()
        rest = spelled.get(letters[size:])
        more = (rest,) if rest in _DATA["signs"] else _parts(letters[size:], how)
        if more and (word in _DATA["pinyin"] or any(part in _DATA["pinyin"] for part in more)):
            return (word, *more)
    return ()


@cache
def _begin(how: str) -> re.Pattern[str]:
    return compiled(any_of(_spelled(how)))
