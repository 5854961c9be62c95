"""What the rules of privacy find in labelled sentences, and what they take for it; `benchmarks/privacy.py` runs more of them."""

import pytest

from helpers.privacy_corpus import POSITIVE, clean_lines, positives
from rectify.prose import scan

SENTENCES = 500
CLEAN = 5_000


def kinds(text: str) -> set[str]:
    return {finding.kind for finding in scan([(1, text)], "01.md")}


@pytest.mark.parametrize("kind", POSITIVE)
def test_at_least_ninety_nine_of_a_hundred_are_found(kind: str):
    missed = [text for text in positives(kind, SENTENCES) if kind not in kinds(text)]
    assert len(missed) <= SENTENCES * 0.01, missed[:10]


def test_at_most_one_clean_line_in_a_thousand_is_reported_of_any_kind():
    reported = [(kind, text) for text in clean_lines(CLEAN) for kind in kinds(text) & set(POSITIVE)]
    for kind in POSITIVE:
        assert sum(found == kind for found, _ in reported) <= CLEAN * 0.001, [one for one in reported if one[0] == kind][:10]
