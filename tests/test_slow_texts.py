"""No text can hold the machine: every pattern, rule, reader and converter takes time in proportion to what it is given.

Processor's time is compared within one run. What is over at once is not measured; the rest must not cost much more than
twice as much for twice as much of it, nor ever more than by far any text needs.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.growth import assert_linear
from helpers.patterns import Named, every_pattern, hostile_texts
from helpers.slow_files import FILE_PASSES, FILE_UNITS
from helpers.slow_texts import (
    ENDS,
    FIELDS,
    HEADS,
    MARKDOWN,
    PASSES,
    PROSE,
    TookTooLong,
    converted,
    cost,
    repeated,
)

SIZE, PATTERN_SIZE, FILE_SIZE = 3_000, 8_000, 5_000
AT_ONCE, FILE_AT_ONCE = 0.05, 0.1
"""Seconds. What grows with the square of the text takes longer for so much, unless it is as quick as copying."""
LONGEST = 10
"""Seconds that the converter may take for the worst text that is given to it: ten times what was measured."""

BOUNDED = {
    "rectify.core.comments._COMMENT": "never beyond the last end of a comment",
    "rectify.checks.built_page._DROPPED": "never beyond the last end of a tag",
    "rectify.checks.built_page._INLINE": "never beyond the last end of a tag",
    "rectify.checks.built_page._TAG": "never beyond the last end of a tag",
    "rectify.checks.beside._PROOF": "the name of a file",
    "rectify.host.theme_assets._NEEDLESS": "styles and scripts of our own theme",
    "rectify.host.scoped_styles._COMMENT": "the styles of our own theme",
    "rectify.host.scoped_styles._SHEET": "the styles of our own theme",
    "rectify.host.scoped_styles._STEP": "the styles of our own theme",
    "rectify.host.scoped_styles._COMMA": "the styles of our own theme",
    "rectify.prose.choice._ANY": "a cell or a line of 120 characters",
    "rectify.prose.choice._SIGN": "a cell or a line of 120 characters",
    "rectify.outputs.safe_markdown._CODE": "the converter closes what it opens",
    "rectify.prose.typography._ORDINAL": "six characters before a bracket",
    "rectify.prose.privacy.telephones._CHANNEL": "the words before a number",
    "rectify.prose.privacy.telephones._LIST": "the words before a number",
    "rectify.prose.privacy.unexplained._EXPLAINED": "the words before a number",
    "rectify.prose.privacy.online._PERSONAL": "the words before a number",
}
"""Patterns that are slow on long texts, and what keeps long texts from them."""

UNITS = (*MARKDOWN, *PROSE, *FIELDS)
MIXED = st.builds(
    repeated,
    st.lists(st.sampled_from(UNITS) | st.text(min_size=1, max_size=3), min_size=1, max_size=4).map("".join),
    st.sampled_from(HEADS),
    st.sampled_from(ENDS),
)
LARGE = [(unit, "", "") for unit in UNITS] + [
    (unit, head, end)
    for unit, (head, end) in itertools.product(
        (" ", "a", "a ", "(", "-", "b='", "市", "1"), zip(HEADS, [*ENDS, "", ""], strict=True)
    )
]


@pytest.mark.parametrize("work", PASSES, ids=str)
def test_a_pass_takes_time_in_proportion_to_the_text(work: str):
    for unit, head, end in LARGE:
        make = repeated(unit, head, end)
        if (seconds := cost(PASSES[work], make(SIZE))) > AT_ONCE:
            # What takes this long for so little is long enough to be compared with less of it.
            assert_linear(make, PASSES[work], SIZE if seconds > 3 * AT_ONCE else 8 * SIZE, pairs=1)


@pytest.mark.parametrize("work", FILE_PASSES, ids=str)
def test_a_file_takes_time_in_proportion_to_the_text_in_it(work: str):
    for unit in FILE_UNITS:
        if cost(FILE_PASSES[work], repeated(unit)(FILE_SIZE)) > FILE_AT_ONCE:
            assert_linear(repeated(unit), FILE_PASSES[work], 3 * FILE_SIZE, pairs=1)


def test_a_pattern_takes_time_in_proportion_to_the_text():
    slow = [one.place for one in every_pattern() if one.place not in BOUNDED and _is_slow(one)]
    assert slow == [], slow


def _is_slow(one: Named) -> bool:
    for text in hostile_texts(one.pattern, PATTERN_SIZE):
        try:
            if cost(one.run, text, most=2) > AT_ONCE / 2:
                assert_linear(partial(_shortened, text), one.run, PATTERN_SIZE, pairs=1)
        except (AssertionError, TookTooLong):
            return True
    return False


def _shortened(text: str, size: int) -> str:
    return text[: size - 1] + text[-1]


@pytest.mark.parametrize(
    ("pattern", "slow"), [("(?:a|b)*c", True), ("(?<![ab])(?:a|b)*c", False), (r"(?:<!--.*?-->\s*)*<x", True)]
)
def test_a_pattern_that_is_slow_is_noticed(pattern: str, slow: bool):
    assert _is_slow(Named("", re.compile(pattern), anchored=False)) == slow


@pytest.mark.parametrize("unit", MARKDOWN)
def test_the_converter_is_given_no_text_that_it_takes_long_for(unit: str):
    for size in (5_000, 40_000):
        cost(converted, repeated(unit)(size), LONGEST)


@given(make=MIXED, size=st.sampled_from([200, 2_000]))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_repeated_nothing_fails_or_stands_still(make: Callable[[int], str], size: int):
    text = make(size)
    for work in (*PASSES.values(), *FILE_PASSES.values()):
        cost(work, text, LONGEST)
    cost(converted, text, LONGEST)
