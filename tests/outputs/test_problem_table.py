"""What the table of all problems is made of: numbers as letters, and parts that stay as they are when something is added."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify.core.model import Disclosure, Problem
from rectify.core.packed import pack, pack_lengths, unpack, width_of
from rectify.core.register import Register
from rectify.outputs.problem_table import PART_SIZE, file_of, index_json, part_json, parts_of


@given(st.lists(st.integers(0, 40_000)))
def test_packed_numbers_are_those_that_were_packed(numbers):
    text = pack(numbers, width_of(max(numbers, default=0) + 1))
    assert unpack(text, width_of(max(numbers, default=0) + 1)) == numbers
    assert not set(text) & set("0123456789aeiouAEIOU")


@pytest.mark.parametrize("text, width", [("A", 1), ("BCD", 2), ("B", 0), ("B1", 1)])
def test_other_texts_are_refused(text, width):
    with pytest.raises(ValueError, match="no packed"):
        unpack(text, width)


@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=20), max_size=6))
def test_the_ends_of_words_are_those_that_a_browser_counts(pieces):
    units = [len(piece.encode("utf-16-le")) // 2 for piece in pieces]
    packed = pack_lengths(pieces)
    assert (unpack(packed, 1) == units) if len(pieces) > 1 and max(units) < 32 else packed == ""


def register(sizes: dict[int, int]) -> Register:
    """Return a register of one disclosure a day, with a number of problems each."""
    disclosures = [
        Disclosure(f"d-{day}", f"通报{day}", "rectification", f"{day}局", date(2024, 1, day), date(2024, 1, day))
        for day in sizes
    ]
    problems = {
        f"d-{day}": [Problem(f"d-{day}", f"{n:03d}", f"问题{day}-{n}", "ongoing") for n in range(size)]
        for day, size in sizes.items()
    }
    return Register(disclosures, problems)


def parts(register: Register) -> dict[str, bytes]:
    return {file_of(part): part_json(register, part, lambda text: "DC" if text else "") for part in parts_of(register)}


def test_a_new_disclosure_leaves_older_parts_as_they_are():
    sizes = {1: PART_SIZE, 2: 3, 3: PART_SIZE - 3, 4: 0, 5: 2}
    before, after = parts(register(sizes)), parts(register({**sizes, 6: 10}))
    assert list(before) == [f"problems/table/rows-{number}.json" for number in (3, 2, 1)]
    assert [name for name in after if after[name] != before.get(name)] == ["problems/table/rows-3.json"]
    first = json.loads(after["problems/table/rows-3.json"])
    assert [row[:3] for row in first["rows"][:1]] == [["000", "问题6-0", "DC"]]
    assert first["rows"][-1][1] == "问题5-1"


def test_the_index_has_every_problem_in_order():
    made = register({1: 2, 2: 0, 3: 40})
    index = json.loads(index_json(made, parts_of(made), lambda _: ""))
    assert [(one["id"], one["rows"]) for one in index["disclosures"]] == [("d-3", 40), ("d-2", 0), ("d-1", 2)]
    assert sum(part["rows"] for part in index["parts"]) == 42
    for name, column in index["columns"].items():
        cells = unpack(column["rows"], column["width"])
        assert len(cells) == 42 and max(cells) < len(column["values"]), name
