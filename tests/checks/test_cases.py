"""Every rule reports what it must, and nothing that only looks like it: the miniature cases in cases/."""

from collections import Counter
from pathlib import Path

import pytest

from helpers.cases import Case, all_cases, chinese_left, write_disclosure
from rectify.checks.content import check_content
from rectify.core.family import CHECKED as FAMILIES
from rectify.core.family import family_of
from rectify.core.finding import RULES

FEWEST = 3
"""Cases of each kind that a rule must have."""


CASES = all_cases()
CHECKED = [code for code in RULES if family_of(code) in FAMILIES]
"""Rules of import and of publication have their own tests."""


@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{case.rule}-{'fires' if case.fires else 'silent'}-{case.name}"
)
def test_a_case(case: Case, tmp_path: Path):
    findings = case.run(tmp_path)
    assert (case.rule in {finding.rule for finding in findings}) == case.fires
    assert [chinese_left(finding) for finding in findings if chinese_left(finding)] == []


@pytest.mark.parametrize("rule", CHECKED)
def test_a_rule_has_enough_cases(rule: str):
    counted = Counter(case.fires for case in CASES if case.rule == rule)
    for fires, what in ((True, "reports"), (False, "must not report")):
        assert counted[fires] >= FEWEST, f"tests/checks/cases: {counted[fires]} of {FEWEST} cases that {rule} {what}"


@pytest.mark.parametrize("rule", CHECKED)
def test_a_rule_says_what_it_rests_on_and_shows_both_sides(rule: str):
    texts = RULES[rule]
    missing = [key for key in ("source", "bad", "good") if not texts.get(key, "").strip()]
    assert not missing, f"core/rules: {rule} has no {', '.join(missing)}"
    assert "\n" not in texts["source"] and texts["bad"] != texts["good"]


def test_the_disclosure_that_cases_start_from_is_clean(tmp_path: Path):
    assert [finding.text() for finding in check_content(write_disclosure(tmp_path)).findings] == []
