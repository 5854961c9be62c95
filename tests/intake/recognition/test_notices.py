"""Notices about any problems in any of the usual layouts: what is read is what was put in."""

import random

import pytest

from helpers.notice_forms import FORMS, as_tasks, tasks
from helpers.notices import LAYOUTS, Notice, half_width, notice, traditional
from rectify.core.vocabulary import DONE
from rectify.intake.outline import Outline, Table
from rectify.intake.recognition.recognise import recognise

NOTICES = 40
"""Of each layout; by seeds, for what is chosen must be the same in every run."""
ALL = LAYOUTS | FORMS


def expected(one: Notice, layout):
    """The problems in the order in which a layout has them."""
    if layout.by_status:
        return [p for status in ("done", "ongoing") for p in one.problems if p.status == status]
    return one.problems


def read(blocks, form=""):
    form = form or ("docx" if any(isinstance(block, Table) for block in blocks) else "text")
    return recognise(Outline(f"a.{form}", form, tuple(blocks)), blocks)


@pytest.mark.parametrize("name", ALL)
def test_what_is_read_is_what_was_put_in(name):
    for seed in range(NOTICES):
        read_as_put_in(name, seed)


def read_as_put_in(name, seed):
    layout, pick = ALL[name], random.Random(f"{name} {seed}").choice
    one = notice(pick, layout.fewest, layout.most)
    blocks = layout.write(one, pick)
    change = pick([None, half_width, traditional] if layout.any_script else [None, half_width])
    blocks = change(blocks) if change else blocks
    recognition = read(blocks, layout.form)
    wanted = expected(one, layout)
    shown = [change.text(p.title) if change else p.title for p in wanted]
    # What the inspecting side accepted is closed out, which is done.
    read_as = [(p.title, "done" if (s := recognition.status_of(p)) in DONE else s) for p in recognition.problems]
    assert read_as == [(title, p.status) for title, p in zip(shown, wanted, strict=True)], f"seed {seed}"
    if layout.has_groups:
        groups = [change.text(p.group) if change else p.group for p in wanted]
        assert [p.group for p in recognition.problems] == groups, f"seed {seed}"
    if layout.has_deadlines:
        assert [p.deadline for p in recognition.problems] == [p.deadline for p in wanted], f"seed {seed}"


def test_problems_reworded_as_tasks_are_the_lowest_headings():
    for seed in range(NOTICES):
        pick = random.Random(f"tasks {seed}").choice
        one = as_tasks(notice(pick, 2, 20))
        read_as = [(p.title, p.stated.status) for p in read(tasks(one, pick)).problems]
        assert read_as == [(p.title, p.status) for p in one.problems], f"seed {seed}"
