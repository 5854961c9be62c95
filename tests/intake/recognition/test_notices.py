"""Notices about any problems in any of the usual layouts: what is read is what was put in."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.notices import LAYOUTS, Notice, half_width, notice, traditional
from rectify.intake.outline import Outline, Table
from rectify.intake.recognition.recognise import recognise


def expected(one: Notice, layout):
    """The problems in the order in which a layout has them."""
    if layout.by_status:
        return [p for status in ("done", "ongoing") for p in one.problems if p.status == status]
    return one.problems


@pytest.mark.parametrize("name", LAYOUTS)
@given(chance=st.randoms(use_true_random=True))
@settings(max_examples=60, derandomize=True)
def test_what_is_read_is_what_was_put_in(name, chance):
    layout, pick = LAYOUTS[name], chance.choice
    one = notice(pick, layout.fewest, layout.most)
    blocks = layout.write(one, pick)
    change = pick([None, half_width, traditional] if layout.any_script else [None, half_width])
    blocks = change(blocks) if change else blocks
    form = layout.form or ("docx" if any(isinstance(block, Table) for block in blocks) else "text")
    recognition = recognise(Outline(f"a.{form}", form, tuple(blocks)), blocks)
    wanted = expected(one, layout)
    shown = [change.text(p.title) if change else p.title for p in wanted]
    assert [(p.title, recognition.status_of(p)) for p in recognition.problems] == [
        (title, p.status) for title, p in zip(shown, wanted, strict=True)
    ]
    if layout.has_groups:
        groups = [change.text(p.group) if change else p.group for p in wanted]
        assert [p.group for p in recognition.problems] == groups
    if layout.has_deadlines:
        assert [p.deadline for p in recognition.problems] == [p.deadline for p in wanted]
