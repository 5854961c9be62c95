import pytest

from helpers.completions import NOT_TOLD, TOLD
from rectify.core.results import tells_completion
from rectify.core.vocabulary import DONE, STATUSES, likely_status

DONE_LABELS = {STATUSES[key].label for key in DONE}


@pytest.mark.parametrize("clause", TOLD)
def test_a_result_that_was_reached_is_told(clause: str):
    assert tells_completion(clause)


@pytest.mark.parametrize("clause", [clause for family in NOT_TOLD.values() for clause in family])
def test_what_tells_no_result_is_never_guessed_to_be_done(clause: str):
    assert likely_status(clause) not in DONE_LABELS
