"""A search that skips what a pattern cannot begin with finds what one finds that does not."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rectify.core.patterns import compiled

_SIGNS = "aAbkKsSſK1２ \n中文。"
_ATOMS = ("a", "k", "S", "中", "1", "[ab]", "[^a]", "[中文1]", r"\d", r"\s", r"\w", ".", "[a-k]", r"[\d中]")
_AROUND = ("(?<!{})", "(?<={})", "(?={})", "(?!{})", r"\b", "^", "(?m:^)", "$")
_REPEATED = ("", "?", "*", "+", "{2}", "{0,2}", "??", "*?")


def _grown(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds("{}{}".format, inside, inside),
        st.builds("(?:{}|{})".format, inside, inside),
        st.builds("({}){}".format, inside, st.sampled_from(_REPEATED)),
        st.builds("(?i:{})".format, inside),
        st.builds("(?={}){}".format, inside, inside),
        st.builds("(?!{}){}".format, inside, inside),
    )


_PARTS = st.one_of(
    st.sampled_from(_ATOMS),
    st.builds(lambda form, atom: form.format(atom), st.sampled_from(_AROUND), st.sampled_from(_ATOMS)),
)


@given(st.recursive(_PARTS, _grown, max_leaves=8), st.lists(st.text(_SIGNS, max_size=30), min_size=1, max_size=8))
@example("(?<!a)(?i:k|s)b", ["Kb ſb Sb akb"])
@example("(?=[中a])(?:.b|..c)", ["xab中文c"])
@example("(?=a)?b", ["b ab"])
@example(".?(?=b).", ["xb"])
@example("(?:(?=a)|b)c?.", ["bc ab"])
@settings(max_examples=400, deadline=None)
def test_it_finds_the_same(pattern: str, texts: list[str]):
    made, expected = compiled(pattern), re.compile(pattern)
    for text in texts:
        assert [match.span() for match in made.finditer(text)] == [match.span() for match in expected.finditer(text)]
        assert (made.match(text) is None, made.fullmatch(text) is None) == (
            expected.match(text) is None,
            expected.fullmatch(text) is None,
        )


@pytest.mark.skipif(sys.version_info < (3, 11), reason="an older Python compiles patterns itself")
@pytest.mark.parametrize("pattern", ["(?<!a)b", "(?=[bc])[^x]d", r"\d?(?i:k)", "(?:(?!b)[a-f]|中)."])
def test_they_are_told_where_python_does_not(pattern: str):
    # That two are equal means that their code is.
    assert compiled(pattern) != re.compile(pattern)


@pytest.mark.parametrize("pattern", ["ab", "[ab]c", "a?", "[^a]b", "(?:a|)"])
def test_where_python_tells_them_or_nobody_can_the_code_is_its_own(pattern: str):
    assert compiled(pattern) == re.compile(pattern)
