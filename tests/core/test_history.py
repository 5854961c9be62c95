"""The history: bound line by line, its texts can be taken out, and nothing else without being seen."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify.core.changes import Change
from rectify.core.history import PURGE, Broken, History, lines_of, parse_history

FIRST = [
    Change("2024-a/01", "题目", "text", "涉及214户。", "涉及215户。", "body"),
    Change("2024-a/02", "别的", "added"),
]
SECOND = [Change("2024-a/01", "题目", "done", "ongoing", "done")]


def history() -> History:
    one = History().with_lines(lines_of({"release": "0001-a", "on": "2024-10-01"}, FIRST), b"secret")
    return one.with_lines(lines_of({"release": "0002-b", "on": "2024-11-01"}, SECOND), b"secret")


def test_it_gives_back_what_was_put_in_and_equal_bytes():
    made = history()
    assert parse_history(made.data()) == made and history().data() == made.data()
    assert [(head["release"], found) for head, found in made.publications()] == [("0001-a", FIRST), ("0002-b", SECOND)]


def test_texts_are_taken_out_and_the_rest_stays():
    made = history()
    gone = {chain for chain, change in made.texts() if change.ref == "2024-a/01"}
    purged = made.without_texts(gone, "2024-12-01", "0003-c")
    text = purged.data().decode()
    assert "214" not in text and "题目" not in text and "别的" in text and text.count('"purged"') == 2
    assert parse_history(purged.data()) == purged and purged.lines[-1]["event"] == PURGE
    assert [line["chain"] for line in purged.lines[:-1]] == [line["chain"] for line in made.lines]
    (_, found), (_, moved) = purged.publications()
    assert found[0] == Change("2024-a/01", "", "text", "", "", "body"), "the fact stays"
    assert moved == [Change("2024-a/01", "", "done", "ongoing", "done")], "and from what to what"
    assert purged.without_texts(gone, "2025-01-01", "0004-d") == purged


def test_a_text_cannot_be_found_out_by_trying():
    """Without the secret, the hash of a text that was taken out fits any text."""
    other = History().with_lines(lines_of({"release": "0001-a", "on": "2024-10-01"}, FIRST), b"another")
    assert [line.get("texts") for line in other.lines][1] != history().lines[1]["texts"]


def altered(lines: list[bytes]):
    yield "an entry changed", [lines[0].replace(b"2024-10-01", b"2024-10-02"), *lines[1:]]
    yield "a text changed", [lines[0], lines[1].replace(b"214", b"210"), *lines[2:]]
    yield "a line taken out", [*lines[:1], *lines[2:]]
    yield "lines changed round", [lines[0], lines[2], lines[1], *lines[3:]]
    yield "a line put in", [*lines[:2], lines[1], *lines[2:]]
    yield "texts taken out silently", [lines[0], _without_texts(lines[1]), *lines[2:]]
    yield "texts taken out with a mark by hand", [lines[0], _without_texts(lines[1], purged="2024-12-01"), *lines[2:]]
    yield "a mark by hand", [lines[0], lines[1].replace(b'"chain"', b'"purged": "2024-12-01", "chain"'), *lines[2:]]
    taken = History(tuple(map(json.loads, lines)))
    taken = taken.without_texts({taken.lines[1]["chain"]}, "2024-12-01", "0003-c")
    yield "texts put back", [*lines, taken.data().splitlines(keepends=True)[-1]]
    yield "no JSON", [b"x\n", *lines[1:]]
    yield "another kind of JSON", [b"[]\n", *lines[1:]]
    yield "cut off", [*lines[:-1], lines[-1][:-9]]


def _without_texts(line: bytes, **more: str) -> bytes:
    kept = {k: v for k, v in json.loads(line).items() if k not in ("before", "after", "title", "salt" if more else "")}
    return json.dumps(kept | more).encode() + b"\n"


@pytest.mark.parametrize(("what", "lines"), list(altered(history().data().splitlines(keepends=True))))
def test_whatever_is_altered_is_found(what, lines):
    with pytest.raises(Broken):
        parse_history(b"".join(lines))


@given(st.integers(min_value=0), st.integers(min_value=0, max_value=255))
def test_no_byte_can_be_changed_unseen(place, byte):
    data = bytearray(history().data())
    place %= len(data)
    if data[place] != byte:
        data[place] = byte
        try:
            assert parse_history(bytes(data)).lines == history().lines, "only how it is written"
        except Broken:
            pass
