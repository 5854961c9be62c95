"""What comes back is exactly what was declared; whatever else is read is refused, whatever its form."""

import json
from datetime import date
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rectify.sources.plain_data import decoder, encode


class Leaf(NamedTuple):
    name: str
    day: date | None = None
    number: int = 0


class Tree(NamedTuple):
    leaves: tuple[Leaf, ...]
    below: tuple["str | int | Tree", ...]
    signs: frozenset[str]
    table: dict[str, tuple[bytes, bool]]
    pairs: list[tuple[str, str | Leaf]]


_texts = st.text(
    alphabet=st.characters(min_codepoint=1), max_size=5
)  # with halves of pairs, as names of files have them
_leaves = st.builds(Leaf, _texts, st.none() | st.dates(), st.integers(-(2**70), 2**70))
_trees = st.deferred(
    lambda: st.builds(
        Tree,
        st.lists(_leaves, max_size=3).map(tuple),
        st.lists(_texts | st.integers() | _trees, max_size=2).map(tuple),
        st.frozensets(_texts, max_size=3),
        st.dictionaries(_texts, st.tuples(st.binary(max_size=4), st.booleans()), max_size=2),
        st.lists(st.tuples(_texts, _texts | _leaves), max_size=2),
    )
)
_read = decoder(Tree)


def _same_types(one: Any, other: Any) -> bool:
    if type(one) is not type(other) or one != other:
        return False
    return not isinstance(one, (tuple, list)) or all(map(_same_types, one, other))


@settings(deadline=None)
@given(tree=_trees)
def test_a_value_comes_back_as_it_was_with_the_types_it_had(tree: Tree):
    assert _same_types(_read(encode(tree)), tree)


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3) | st.just("2024-05-01"),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=2), inner, max_size=2),
    max_leaves=30,
)


@settings(deadline=None)
@given(value=_json)
def test_other_values_are_refused_and_never_taken_for_what_was_declared(value: Any):
    try:
        read = _read(json.dumps(value).encode())
    except (ValueError, TypeError):
        return
    assert _same_types(_read(encode(read)), read)


WRONG = {
    "no JSON": b"{",
    "no text": b"\xff\xfe",
    "nothing": b"",
    "one field less": b"[[],[],[],{}]",
    "one field more": b"[[],[],[],{},[],1]",
    "a dictionary for a record": b'{"leaves":[]}',
    "text for a sequence": b'["ab",[],[],{},[]]',
    "no date": b'[[["a","2024-13-01",0]],[],[],{},[]]',
    "a number for a date": b'[[["a",20240501,0]],[],[],{},[]]',
    "true for a number": b'[[["a",null,true]],[],[],{},[]]',
    "half a number": b'[[["a",null,0.5]],[],[],{},[]]',
    "a number without end": b'[[["a",null,' + b"9" * 100_000 + b"]],[],[],{},[]]",
    "a number beyond all": b'[[["a",null,1e999]],[],[],{},[]]',
    "nothing for a text": b"[[[null,null,0]],[],[],{},[]]",
    "nested too deeply": b"[" * 2_000_000,
    "nested too deeply, and whole": b"[[],[" * 100_000 + b"],[],{},[]]" * 100_000,
}


@pytest.mark.parametrize("case", WRONG)
def test_what_was_not_declared_is_refused(case: str):
    with pytest.raises((ValueError, TypeError)):
        _read(WRONG[case])


@pytest.mark.parametrize("declared", [object, Any, set[str], dict[int, str], str | date, tuple[str, ...] | Leaf])
def test_what_could_be_read_in_two_ways_cannot_be_declared(declared: Any):
    with pytest.raises(TypeError):
        decoder(declared)


def test_what_cannot_be_declared_cannot_be_written():
    with pytest.raises(TypeError):
        encode([object()])
