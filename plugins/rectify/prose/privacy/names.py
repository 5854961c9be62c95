"""What can be a person's name: a surname, and a given name of one or two characters that begins no other word."""

from __future__ import annotations

import re

from rectify.prose.word_lists import any_of, load

_DATA = load("people")
_COMPOUND = {one for one in _DATA["surnames"] if len(one) > 1}
_CLEAR = {one for one in _DATA["surnames"] if len(one) == 1}
_DOUBTFUL = set(_DATA["doubtful_surnames"])
_SURNAMES = _CLEAR | _DOUBTFUL | set(_DATA["ambiguous_surnames"])
_USUAL = frozenset(_DATA["given"])
_TELLING = frozenset(_DATA["telling"])
# Characters that no given name holds; they show that the words run on.
_NO_GIVEN = "的了与及等在对将把被向以为不是从由按到也都还均已未个各该本某们这那其之名位人员部门委局党务组机关作任职下上中因或者并且但而则让给使所"
_NOT_NAMES = re.compile(any_of(_DATA["not_names"]))
_LEADERS = re.compile(any_of(_DATA["leaders"]))
_WORDS = {
    surname: (frozenset(rest.split(" ")[0]), tuple(rest.split(" ")[1:]))
    for surname, rest in load("surname_words").items()
}
_ENDS = {surname: frozenset(first) for surname, first in load("surname_ends").items()}
_NO_WORDS: tuple[frozenset[str], tuple[str, ...]] = (frozenset(), ())
_BETWEEN = re.compile(r"[ \u3000*\n]+")

_SURNAME = f"(?:{any_of(_COMPOUND)}|[{''.join(sorted(_SURNAMES))}])"
_NOT_GIVEN = f"[{_NO_GIVEN}]|和(?!平)|有(?![才财福根志德贵余良旺庆])"
_GIVEN = f"(?:(?!{_NOT_GIVEN})[一-鿿])"
NAME = f"{_SURNAME}{_GIVEN}{{1,2}}"
"""Whatever may be a name, the longest first; what is one, `is_name` tells."""
SPACED_NAME = (
    rf"{_SURNAME}(?:[ \u3000]{{1,2}}{_GIVEN}){{1,2}}|{_SURNAME}{_GIVEN}{{1,2}}|{_SURNAME}\*\*{_GIVEN}\*\*{_GIVEN}"
)
"""With blanks or emphasis between its characters."""
_FIRST = "".join(sorted({*_SURNAMES, *(one[0] for one in _COMPOUND)}))
_SECOND = "|".join(f"(?<={one[0]}){one[1]}" for one in sorted(_COMPOUND))
FOREIGN_NAME = rf"[{_DATA['sounds']}]{{2,7}}(?:[·•・‧][{_DATA['sounds']}]{{2,8}}){{1,2}}"
"""古丽娜尔·买买提: only of characters that stand for sounds, as 清廉·水务 is not."""

_FREQUENT = 90
FREQUENT_SURNAMES = frozenset(_DATA["surnames"][:_FREQUENT])
"""Of four persons in five."""
FIRST_CHARACTERS = frozenset(_FIRST)
NAME_BEGINS = "".join(sorted(_SURNAMES - _DOUBTFUL))
GIVEN_NAME = f"[{_DATA['given']}]{{1,2}}"
"""For patterns: the surnames of one character, and what a usual given name is made of."""


def telling_name() -> str:
    """Return the pattern of a name of a surname that begins few other words, with a character that hardly any word has."""
    given, telling = _DATA["given"], _DATA["telling"]
    return rf"[{''.join(sorted(_CLEAR))}](?:[{telling}][{given}]|[{given}][{telling}])"


def usual_name_behind(characters: str) -> str:
    """Return the pattern of a usual name at the beginning of a text or behind one of the characters.

    It begins with a class of characters, by which it is found three times as soon as by the alternatives.
    """
    given = _DATA["given"]
    return (
        rf"[{_FIRST}](?:(?<=[{re.escape(characters)}].)|(?<=\A.))"
        rf"(?:(?:{_SECOND})?\n?[{given}](?:\n?[{given}])?|[ \u3000]{{1,2}}[{given}][ \u3000]{{1,2}}[{given}])"
    )


_SYLLABLE = (
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxzcsryw])?"
    r"(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|ue|ui|uo|er|[aeiouv])"
)
_LATIN = "|".join(f"(?<={one[0]}){form}" for one in _DATA["latin"] for form in (one[1:], one[1:].upper()))
LATIN_NAME = rf"[A-Z](?<![A-Za-z].)(?:{_LATIN}) (?=[A-Z])(?i:{_SYLLABLE}-?(?:{_SYLLABLE})?)(?![A-Za-z])"
"""Zhang Guilan."""


def written(name: str) -> str:
    """Return a name without what stands between its characters."""
    return _BETWEEN.sub("", name)


def is_name(name: str) -> bool:
    """Return whether something in a place where names stand can be one."""
    surname, given = _parts(written(name))
    if not given or _NO_GIVEN_IN.search(given) or _runs_on(surname, given) or _LEADERS.match(name):
        return False
    return surname in _CLEAR or surname in _COMPOUND or set(given) <= _USUAL


def is_colleague(name: str) -> bool:
    """Return whether something between a post and what its holder does can be a name; there even 高原 is one."""
    surname, given = _parts(name)
    known = bool(given) and surname not in _DOUBTFUL
    return known and not _NOT_NAMES.match(name) and not _LEADERS.match(name)


def is_usual(name: str) -> bool:
    """Return whether a name has a usual given name, however short."""
    return is_name(name) and set(_parts(written(name))[1]) <= _USUAL


def is_clear(name: str) -> bool:
    """Return whether something can hardly be anything else than a name, wherever it stands."""
    surname, given = _parts(written(name))
    sure = surname not in _DOUBTFUL or _TELLING.issuperset(given)
    return is_usual(name) and sure and (len(surname) > 1 or len(given) == 2)


def is_telling(name: str) -> bool:
    """Return whether one character of the given name is in hardly anything but names."""
    return is_usual(name) and not _TELLING.isdisjoint(_parts(written(name))[1])


def is_all_telling(name: str) -> bool:
    """Return whether every character of the given name is in hardly anything but names."""
    return _TELLING.issuperset(_parts(written(name))[1])


def is_clear_part(name: str) -> bool:
    """Return whether something is a name where a part that people play stands before it: there even 江海洋 is one."""
    name = written(name)
    surname, given = _parts(name)
    return (
        (surname not in _DOUBTFUL or is_usual(name))
        and len(given) == 2
        and set(given) <= _USUAL
        and not _NOT_NAMES.match(name)
        and not _LEADERS.match(name)
    )


def is_value(value: str) -> bool:
    """Return whether what fills a field for a name is one; there even 高山 is."""
    name = written(value)
    surname, given = _parts(name)
    if not given or len(given) > 2 or _NO_GIVEN_IN.search(given) or _LEADERS.match(name):
        return False
    return not _runs_on(surname, given) or set(given) <= _USUAL


_NO_GIVEN_IN = re.compile(_NOT_GIVEN)


def begins_word(text: str, place: int) -> bool:
    """Return whether the two characters at a place begin a word that is no name, which is seen sooner than the rest."""
    seconds, _ = _WORDS.get(text[place], _NO_WORDS)
    return text[place + 1 : place + 2] in seconds and text[place : place + 2] not in _COMPOUND


def ends_word(text: str, place: int) -> bool:
    """Return whether a word ends with the surname at a place: 规范 with 范."""
    return place > 0 and text[place - 1] in _ENDS.get(text[place], ())


def _parts(name: str) -> tuple[str, str]:
    """Return surname and given name; no given name where there is no surname."""
    size = 2 if name[:2] in _COMPOUND else 1
    surname = name[:size]
    return (surname, name[size:]) if size == 2 or surname in _SURNAMES else (name, "")


def _runs_on(surname: str, given: str) -> bool:
    """Return whether a surname and what follows begin another word: 高度, 安全."""
    if _NOT_NAMES.match(surname + given):
        return True
    seconds, thirds = _WORDS.get(surname, _NO_WORDS)
    return given[0] in seconds or given in thirds


def masked_name(name: str) -> str:
    """Return a name as it may be published."""
    name = written(name)
    surname, given = _parts(name)
    return surname[:2] + "某" * max(1, len(given)) if given else name[0] + "某某"
