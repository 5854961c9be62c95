"""How like a name some characters are: by what names are made of, and by the words that they would be or cut.

All weights are tenths of natural logarithms.
"""

from __future__ import annotations

from rectify.prose.word_lists import load

OTHER = -25
"""The weight of a character that no name has in that place."""
_SCALE, _COMPOUND, _HIGHEST, _NO_NAME, _TWICE = 5, 30, 60, -20, 5
SURNAME, FIRST, SECOND, SINGLE = (
    {character: _SCALE * int(weight) for weight, characters in rows.items() for character in characters}
    for rows in (load("name_characters")[place] for place in ("surname", "first", "second", "single"))
)
"""How much likelier a character is in a place of a name than in a text."""
_WORDS = load("common_words")
_PAIRS: dict[str, tuple[str, ...]] = {first: tuple(rest.split(" ")) for first, rest in _WORDS["two"].items()}
_TRIPLES: dict[str, frozenset[str]] = {first: frozenset(rest.split(" ")) for first, rest in _WORDS["three"].items()}
BEGINS = (0, -15, -20, -30)
"""By how frequent the word is that a surname and the next character are."""
PAIR = (0, -14, -30, -46)
"""By how frequent the word is that they are."""
_GIVEN_PAIR, _IS_TRIPLE = -1, -40
NONE = -1000
GIVEN_WORDS = frozenset(load("people")["given_words"])
AS_A_WORD = 10
"""The least that both characters of such a given name weigh."""


def likeness(surname: str, given: str) -> int:
    """Return what speaks for and against a name of these parts; the given name has one or two characters."""
    weight = _COMPOUND if len(surname) == 2 else SURNAME.get(surname, OTHER)
    if len(given) == 1:
        alone = SINGLE.get(given, OTHER)
        return NONE if alone <= _NO_NAME else min(_HIGHEST, weight + alone) + PAIR[frequency(surname, given)]
    first, second = FIRST.get(given[0], OTHER), SECOND.get(given[1], OTHER)
    if given[0] == given[1]:
        first = max(first, _TWICE)
        second = max(second, _TWICE)
    if given in GIVEN_WORDS:
        both = max(AS_A_WORD, first + second)
        return min(_HIGHEST, weight + both) + BEGINS[frequency(surname, given[0])]
    if first + second <= _NO_NAME:
        return NONE
    words = (
        BEGINS[frequency(surname, given[0])] + _GIVEN_PAIR * frequency(*given) + _IS_TRIPLE * is_word(surname + given)
    )
    return min(_HIGHEST, weight + first + second) + words


def is_given(name: str) -> bool:
    """Return whether one or two characters are likelier a given name than a part of a text."""
    return (SINGLE.get(name, OTHER) if len(name) == 1 else FIRST.get(name[0], OTHER) + SECOND.get(name[1], OTHER)) >= 0


def frequency(first: str, second: str) -> int:
    """Return how frequent a word of two characters is: 3 to 1, 0 where it is none."""
    bands = _PAIRS.get(first)
    if bands is None or not second:
        return 0
    return 3 if second in bands[0] else 2 if second in bands[1] else 1 if second in bands[2] else 0


def is_word(characters: str) -> bool:
    """Return whether three characters are a word."""
    return characters[1:] in _TRIPLES.get(characters[0], ())
