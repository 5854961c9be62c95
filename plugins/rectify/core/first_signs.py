"""The signs that a pattern can begin with, by which a search skips all others.

Python finds them out itself where a pattern begins with a sign, a class or words, and then a search is ten times as fast:
not where it begins with a look behind or ahead, or with something that may be missing. Here they are found out for these.
What is told may be more than what a pattern begins with, never less.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain
from typing import Any

try:
    import re._compiler as _compiler  # type: ignore[import-not-found]
    import re._constants as _op  # type: ignore[import-not-found]
    import re._parser as _parser  # type: ignore[import-not-found]
except ImportError:  # An older Python, in which patterns are compiled as Python does.
    _compiler = _op = _parser = None

_FEW = () if _op is None else (_op.CATEGORY_DIGIT, _op.CATEGORY_SPACE)
"""Categories that hardly any sign of a text belongs to."""
_MOST = 3_000
"""Signs; where a pattern begins with more, hardly any are skipped."""
_ALSO = {"k": "\u212a", "s": "\u017f", "i": "\u0130\u0131"}
"""What is the same letter as one of these where capitals do not count."""

_Signs = frozenset[Any] | None
"""Characters and categories of them, such as that of digits; None for any."""
_First = tuple[_Signs, bool]
"""What something begins with, and whether it may be nothing, so that what follows it counts as well."""


def sooner(parsed: Any, code: list[int]) -> list[int]:
    """Return the code of a pattern that was parsed with its first signs in front, if there are none and they can be told."""
    begin, length, way_to_skip, *_rest = code
    if begin != _op.INFO or way_to_skip or not parsed.getwidth()[0]:
        return code
    signs, may_be_nothing = _of_all(parsed, bool(parsed.state.flags & re.I))
    if signs is None or may_be_nothing or not signs:
        return code
    told = [(_op.LITERAL, ord(sign)) for sign in sorted(sign for sign in signs if isinstance(sign, str))]
    told += [(_op.CATEGORY, sign) for sign in _FEW if sign in signs]
    begins = _parser.SubPattern(parsed.state, [(_op.IN, told)])
    begins.width = parsed.getwidth()
    info: list[int] = []
    _compiler._compile_info(info, begins, parsed.state.flags & ~re.I)
    return [*info, *code[1 + length :]]


def _of_all(items: Iterable[tuple[Any, Any]], any_case: bool) -> _First:
    """Return what parts one behind the other begin with."""
    found: _Signs = frozenset()
    ahead: _Signs = None
    for kind, value in items:
        if kind is _op.ASSERT and value[0] == 1:
            signs, may_be_nothing = _of_all(value[1], any_case)
            if found == frozenset() and not may_be_nothing:  # else something may stand before what is looked at
                ahead = _fewer(ahead, signs)
            continue
        signs, may_be_nothing = _of(kind, value, any_case)
        found = None if found is None or signs is None else found | signs
        if not may_be_nothing:
            return _fewer(found, ahead), False
    return found, True


def _fewer(one: _Signs, other: _Signs) -> _Signs:
    if one is None or other is None:
        return other if one is None else one
    return min(one, other, key=len)


def _of(kind: Any, value: Any, any_case: bool) -> _First:
    if kind is _op.LITERAL:
        return _cased([value], any_case), False
    if kind is _op.IN:
        return _of_class(value, any_case), False
    if kind is _op.SUBPATTERN:
        _group, added, removed, inside = value
        return _of_all(inside, bool(added & re.I) or (any_case and not removed & re.I))
    if kind is _op.ATOMIC_GROUP:
        return _of_all(value, any_case)
    if kind is _op.BRANCH:
        return _of_any(_of_all(one, any_case) for one in value[1])
    if kind in (_op.MAX_REPEAT, _op.MIN_REPEAT, _op.POSSESSIVE_REPEAT):
        least, _most, inside = value
        signs, may_be_nothing = _of_all(inside, any_case)
        return signs, may_be_nothing or least == 0
    if kind in (_op.AT, _op.ASSERT, _op.ASSERT_NOT):
        return frozenset(), True
    return None, True


def _of_any(firsts: Iterable[_First]) -> _First:
    found: set[str] = set()
    may_be_nothing = is_any = False
    for signs, is_nothing in firsts:
        may_be_nothing |= is_nothing
        if signs is None or len(found) > _MOST:
            is_any = True
        else:
            found |= signs
    return None if is_any else frozenset(found), may_be_nothing


def _of_class(items: Iterable[tuple[Any, Any]], any_case: bool) -> _Signs:
    codes: list[Iterable[int]] = []
    categories = set()
    for kind, value in items:
        if kind is _op.LITERAL:
            codes.append([value])
        elif kind is _op.RANGE and value[1] - value[0] < _MOST:
            codes.append(range(value[0], value[1] + 1))
        elif kind is _op.CATEGORY and value in _FEW:
            categories.add(value)
        else:
            return None
    signs = _cased(chain.from_iterable(codes), any_case)
    return None if signs is None else signs | categories


def _cased(codes: Iterable[int], any_case: bool) -> _Signs:
    signs = map(chr, codes)
    if not any_case:
        return frozenset(signs)
    both: set[str] = set()
    for sign in signs:
        if not sign.isascii() and (sign.lower() != sign or sign.upper() != sign):
            return None
        both |= {sign, sign.lower(), sign.upper(), *_ALSO.get(sign.lower(), "")}
    return frozenset(both)
