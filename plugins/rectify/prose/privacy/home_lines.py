"""Whether a telephone is a home's, by the sum of what its line says: 屋里7231906，夜里打; 打到她婆家0857-2797277找人.

The weights are tenths of natural logarithms, fitted to lines in which the telephones of homes were known.
"""

from __future__ import annotations

from collections.abc import Iterator

from rectify.prose.late import late
from rectify.prose.privacy.recogniser import Sighting
from rectify.prose.word_lists import load

_DATA = load("home_lines")
_SAID = tuple((name, late("|".join(words))) for name, words in _DATA["words"].items())
_WEIGHTS: dict[str, int] = _DATA["weights"]
_CALLED = late(r"(?:电[话活]|座机|固话|号码|打[到给]?|拨|(?i:tel|phone))[一-鿿：:（( ]{0,4}$")
_AT_HOME = late(r"[（(，, ]{0,2}(?:[系是为即][一-鿿]{0,3})?[家宅住屋]|[（(](?:座机|固话)")
_APART = late(r"0\d{2,3}(?:开头|打头|区)|区号[：:为是]?0\d{2,3}")
_INSTEAD = late("(?:别|不要|勿|莫)打[一-鿿]{1,6}")
"""Who is not to be called."""
_LEFT, _RIGHT = 30, 20


def is_of_a_home(sighting: Sighting) -> bool:
    """Return whether what is said around a number makes it a home's."""
    return sum(_WEIGHTS[name] for name in evidence(sighting)) > 0


def evidence(sighting: Sighting) -> Iterator[str]:
    """Yield the names of the weights of a number."""
    before, after = sighting.before[-_LEFT:], sighting.after[:_RIGHT]
    near = _INSTEAD.sub("", f"{before}|{after}")
    yield "any"
    yield "long" if sighting.number[0] == "0" else "short"
    yield from (name for name, words in _SAID if words.search(near))
    if sighting.is_somebodys:
        yield "somebody"
    if _CALLED.search(before):
        yield "called"
    if _AT_HOME.match(after):
        yield "home behind"
    if _APART.search(before):
        yield "area apart"
