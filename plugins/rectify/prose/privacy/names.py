"""What a person's name is built of: a surname, and a given name of one or two characters."""

from __future__ import annotations

from rectify.core.patterns import compiled
from rectify.prose.privacy.likeness import FIRST, GIVEN_WORDS, NONE, OTHER, SECOND, SINGLE, SURNAME, frequency, likeness
from rectify.prose.word_lists import any_of, load

_DATA = load("people")
COMPOUND = frozenset(_DATA["compound_surnames"])
_MANNERS = frozenset(_DATA["manners"])
LEADERS = compiled(any_of(_DATA["leaders"]))
# Characters that no given name holds; they show that the words run on.
NO_GIVEN = frozenset(
    "的了和与及等在对将把被向以为不是从由按到也都还均已未个各该某们这那名位人员部门委局党组机职下因或者并且但而则让给使所须需应佰仟拾欠号"
)
_WORD_BEGINS = {one[0]: "".join(sorted(word[1] for word in GIVEN_WORDS if word[0] == one[0])) for one in GIVEN_WORDS}
_NOT_GIVEN = f"{'|'.join(f'{one}(?![{_WORD_BEGINS[one]}])' for one in sorted(NO_GIVEN & _WORD_BEGINS.keys()))}|[{''.join(sorted(NO_GIVEN - _WORD_BEGINS.keys()))}]|有(?![才财福根志德贵余良旺庆])"
_BETWEEN = compiled(r"[ \u3000*\n]+")

_RARE = frozenset(_DATA["rare_surnames"])
_SURNAME = f"(?:{any_of(COMPOUND)}|[{''.join(sorted({*SURNAME, *_RARE}))}])"
_GIVEN = f"(?:(?!{_NOT_GIVEN})[一-鿿])"
NAME = f"{_SURNAME}{_GIVEN}{{1,2}}"
"""Whatever may be a name, the longest first; what is one, the functions tell."""
SPACED_NAME = (
    rf"{_SURNAME}(?:[ \u3000]{{1,2}}{_GIVEN}){{1,2}}|{_SURNAME}{_GIVEN}{{1,2}}|{_SURNAME}\*\*{_GIVEN}\*\*{_GIVEN}"
)
"""With blanks or emphasis between its characters."""
_SOUNDS = f"[{_DATA['sounds']}]"
FOREIGN_NAME = rf"(?:{_SOUNDS}{{2,7}}(?:[·•・‧]{_SOUNDS}{{2,8}}){{1,2}}|{_SOUNDS}{{2,7}}[·•・‧][一-鿿]{{2}}|[一-鿿]{{2}}[·•・‧]{_SOUNDS}{{2,8}})"
"""古丽娜尔·买买提: one part at least of characters that stand for sounds, as 清廉·水务 has none."""

NAME_BEGINS = "".join(sorted(one for one, weight in SURNAME.items() if weight >= 0))
GIVEN_NAME = f"[{''.join(sorted(one for one in {*FIRST, *SECOND, *SINGLE} if max(FIRST.get(one, OTHER), SECOND.get(one, OTHER), SINGLE.get(one, OTHER)) > -15))}]{{1,2}}"
"""For patterns: surnames of one character that names are likely to begin with, and what a usual given name is made of."""

SYLLABLE = (
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxzcsryw])?"
    r"(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|ue|ui|uo|er|[aeiouv])"
)
"""Of a name in letters."""
_LATIN = "|".join(f"(?<={one[0]}){form}" for one in _DATA["latin"] for form in (one[1:], one[1:].upper()))
LATIN_NAME = rf"[A-Z](?<![A-Za-z].)(?:{_LATIN}) (?=[A-Z])(?i:{SYLLABLE}-?(?:{SYLLABLE})?)(?![A-Za-z]| (?i:r(?:oa)?d|st(?:reet)?|lake|river|mountain|hotel|district|county|town|village|city|park|garden|school|university)\b)"
"""Zhang Guilan."""
_NO_GIVEN_IN = compiled(_NOT_GIVEN)
_LIKE_NONE, _LIKE_ONE = -50, 10


def written(name: str) -> str:
    """Return a name without what stands between its characters."""
    return _BETWEEN.sub("", name)


def is_colleague(name: str) -> bool:
    """Return whether something between a post and what its holder does can be a name."""
    surname, given = _parts(name)
    if not given or surname in _RARE or LEADERS.match(name):
        return False
    return name[:2] not in _MANNERS and likeness(surname, given) > _LIKE_NONE


def is_value(value: str) -> bool:
    """Return whether what fills a field for a name is one; there even 高山 is."""
    name = written(value)
    surname, given = _parts(name)
    if not given or len(given) > 2 or _NO_GIVEN_IN.search(given) or LEADERS.match(name):
        return False
    like = likeness(surname, given)
    if like == NONE:
        return SURNAME.get(surname, OTHER) >= _LIKE_ONE and not frequency(surname, given[0])
    return like > _LIKE_NONE


def _parts(name: str) -> tuple[str, str]:
    """Return surname and given name; no given name where there is no surname."""
    size = 2 if name[:2] in COMPOUND else 1
    surname = name[:size]
    return (surname, name[size:]) if size == 2 or surname in SURNAME or surname in _RARE else (name, "")


def masked_name(name: str) -> str:
    """Return a name as it may be published."""
    name = written(name)
    surname, given = _parts(name)
    return surname[:2] + "某" * max(1, len(given)) if given else name[0] + "某某"
