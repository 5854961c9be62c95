"""Status and dated entries stay in agreement, whatever both sides did to them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify.core.model import Progress
from rectify.core.vocabulary import STATUSES
from rectify.intake.three_way import history, state_of

FIRST, SECOND = date(2024, 1, 1), date(2024, 1, 2)


def problem(status, *entries):
    return {"status": status, "progress": tuple(Progress(*entry) for entry in entries)}


@pytest.mark.parametrize(
    ("now", "new", "said"),
    [
        (
            problem("pending", (FIRST, "甲", "ongoing"), (SECOND, "乙", "pending")),
            problem("pending", (FIRST, "甲"), (SECOND, "乙")),
            problem("pending", (FIRST, "甲"), (SECOND, "乙", "pending")),
        ),
        (
            problem("staged", (FIRST, "甲", "ongoing"), (SECOND, "乙", "staged")),
            problem("done", (FIRST, "甲", "ongoing"), (SECOND, "乙", "done")),
            problem("ongoing", (FIRST, "甲", "ongoing"), (SECOND, "乙", "staged")),
        ),
    ],
    ids=["the document drops the status of an entry", "the document restates an entry whose status was edited"],
)
def test_the_entry_that_a_kept_status_rests_on_keeps_saying_it(now, new, said):
    merged = history(now, new, said, date(2024, 5, 31))
    assert merged.status == state_of(merged.entries) == now["status"]


_status = st.sampled_from(["", *STATUSES.entries])
_entries = st.lists(
    st.builds(
        lambda day, text, status: Progress(day, text, status),
        st.sampled_from([FIRST, SECOND]),
        st.sampled_from("甲乙丙"),
        _status,
    ),
    max_size=3,
)


@st.composite
def problems(draw):
    entries = tuple(sorted(draw(_entries), key=lambda entry: entry.date))
    return {"status": state_of(entries) or draw(_status.filter(bool)), "progress": entries}


@given(problems(), problems(), st.none() | problems(), st.sampled_from([None, FIRST, date(2024, 5, 31)]))
def test_status_and_last_entry_agree_and_nothing_is_lost(now, new, said, day):
    merged = history(now, new, said, day)
    assert state_of(merged.entries) in ("", merged.status)
    assert [entry.date for entry in merged.entries] == sorted(entry.date for entry in merged.entries)
    assert len(merged.entries) >= len(now["progress"])
