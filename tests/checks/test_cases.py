"""Every rule reports what it must, and nothing that only looks like it: the miniature cases in cases/."""

import importlib.util
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers.cases import Case, changed, file_case, text_case, write_disclosure
from rectify.checks.content import check_content
from rectify.core.family import CHECKED as FAMILIES
from rectify.core.family import Family, family_of
from rectify.core.finding import RULES

FEWEST = 3
"""Cases of each kind that a rule must have."""


def load(file: Path) -> list[Case]:
    spec = importlib.util.spec_from_file_location(f"cases_{file.stem}", file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.CASES


CASES = [case for file in sorted(Path(__file__).with_name("cases").glob("*.py")) for case in load(file)]
CHECKED = [code for code in RULES if family_of(code) in FAMILIES]
"""Rules of import and of publication have their own tests."""


@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{case.rule}-{'fires' if case.fires else 'silent'}-{case.name}"
)
def test_a_case(case: Case, tmp_path: Path):
    assert (case.rule in {finding.rule for finding in case.run(tmp_path)}) == case.fires


@pytest.mark.parametrize("rule", CHECKED)
def test_a_rule_has_enough_cases(rule: str):
    counted = Counter(case.fires for case in CASES if case.rule == rule)
    assert counted[True] >= FEWEST and counted[False] >= FEWEST, dict(counted)


@pytest.mark.parametrize("rule", CHECKED)
def test_a_rule_says_what_it_rests_on_and_shows_both_sides(rule: str):
    texts = RULES[rule]
    assert texts["source"].strip() and "\n" not in texts["source"]
    assert texts["bad"].strip() and texts["good"].strip() and texts["bad"] != texts["good"]


def written(text: str) -> Callable[[str, bool], Case] | None:
    """Return how an example of a rule becomes a case: a whole file, a sentence of the overview or one of a problem."""
    if text.startswith("---"):
        place = "index" if "\n标题" in text else "01"
        return lambda rule, fires: file_case(rule, fires, {f"reports/2024-a/{place}.md": f"{text}\n"})
    if text.startswith("巡察反馈"):
        index = "reports/2024-a/index.md"
        pairs = (
            ("市委巡察反馈的2个问题，已完成1个，持续推进1个。", text),
            ("公布数: {总数: 2, 已完成: 1, 持续推进: 1}\n", ""),
        )
        return lambda rule, fires: file_case(rule, fires, changed(index, *pairs))
    return (lambda rule, fires: text_case(rule, fires, text)) if "](" in text or "**" in text or "<b>" in text else None


EXAMPLES = [
    make(rule, side == "bad")._replace(name=side)
    for rule in CHECKED
    for side in ("bad", "good")
    if family_of(rule) in (Family.STRUCTURE, Family.COUNTS) and (make := written(RULES[rule][side]))
]


@pytest.mark.parametrize("case", EXAMPLES, ids=lambda case: f"{case.rule}-{case.name}")
def test_an_example_of_a_rule_is_true(case: Case, tmp_path: Path):
    assert (case.rule in {finding.rule for finding in case.run(tmp_path)}) == case.fires


def test_the_disclosure_that_cases_start_from_is_clean(tmp_path: Path):
    assert [finding.text() for finding in check_content(write_disclosure(tmp_path)).findings] == []
