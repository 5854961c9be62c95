"""Waivers: what they cover, and what is wrong with them."""

from collections.abc import Sequence
from datetime import date

import pytest

from rectify.checks.waivers import Waived, apply, can_be_waived
from rectify.core.finding import Finding, found
from rectify.core.model import Waiver
from rectify.core.vocabulary import RECORDS

INDEX, ONE, TWO = (f"reports/2024-a/{name}.md" for name in ("index", "01", "02"))
PHONE = found("P002", ONE, 9, 3, excerpt="拨打13800000000联系", token="13800000000")
TYPO = found("W020", ONE, 9, 1, excerpt="听取意见建设", token="意见建设")
COUNT = found("C001", INDEX, 20, found=2, allowed=3, excerpt=3)
TITLE = found("S059", TWO, 2, allowed="01.md", excerpt="台账不全")


def waiver(rule: str, words: str = "") -> Waiver:
    return Waiver(rule=rule, reason="原文如此", approved_by="办公室", date=date(2024, 10, 15), words=words)


def applied(
    findings: Sequence[Finding],
    disclosure: Sequence[Waiver] = (),
    one: Sequence[Waiver] = (),
    two: Sequence[Waiver] = (),
) -> Waived:
    return apply(findings, (INDEX, 15, tuple(disclosure)), {ONE: (11, tuple(one)), TWO: (12, tuple(two))})


def rules(findings: Sequence[Finding]) -> list[str]:
    return [finding.rule for finding in findings]


def test_without_waivers_everything_stands():
    assert applied([PHONE, TYPO]) == Waived([PHONE, TYPO], [])


def test_a_problem_waives_its_own_findings_only():
    other = TYPO._replace(path=TWO)
    assert applied([TYPO, other], one=[waiver("W020")]) == Waived([other], [TYPO])


def test_a_disclosure_waives_for_its_whole_folder():
    findings = [COUNT, TITLE, TYPO, TYPO._replace(path=TWO)]
    assert applied(findings, disclosure=[waiver("C001"), waiver("S059"), waiver("W020")]) == Waived([], findings)


@pytest.mark.parametrize("words", ["13800000000", "拨打13800000000", "拨打13800000000联系"])
def test_words_waive_the_passage_that_has_them(words: str):
    assert applied([PHONE], one=[waiver("P002", words)]) == Waived([], [PHONE])


@pytest.mark.parametrize("words", ["13800000001", "拨打", "3800000000", "拨打13800000000联系我"])
def test_words_waive_no_other_passage(words: str):
    result = applied([PHONE], one=[waiver("P002", words)])
    assert result.waived == [] and rules(result.standing) == ["P002", "S070"]


def test_one_waiver_by_words_leaves_the_next_number():
    second = found("P002", ONE, 10, 3, excerpt="或者13900000000", token="13900000000")
    assert applied([PHONE, second], one=[waiver("P002", "13800000000")]) == Waived([second], [PHONE])


def test_the_code_of_a_rule_may_be_written_in_small_letters():
    assert applied([TYPO], one=[waiver("w020")]) == Waived([], [TYPO])


def test_an_unused_waiver_is_reported_where_it_stands():
    (finding,) = applied([], one=[waiver("W020", "意见建设")]).standing
    assert (finding.rule, finding.path, finding.line) == ("S070", ONE, 11)
    assert "W020 意见建设" in finding.message()


def test_a_waiver_of_the_folder_and_one_of_the_file_are_both_used():
    assert applied([TYPO], disclosure=[waiver("W020")], one=[waiver("W020")]) == Waived([], [TYPO])


def test_an_unknown_rule_is_reported_with_the_nearest():
    (finding,) = applied([], disclosure=[waiver("W20")]).standing
    assert (finding.rule, finding.path, finding.line) == ("S071", INDEX, 15)
    assert "是不是" in finding.message()


@pytest.mark.parametrize("rule", ["S018", "S053", "S061", "S070", "S071", "S072", "S073", "B001"])
def test_matters_of_form_cannot_be_waived(rule: str):
    finding = found(rule, ONE, 1)
    result = applied([finding], one=[waiver(rule)])
    assert (
        not can_be_waived(finding) and result.waived == [] and sorted(rules(result.standing)) == sorted([rule, "S072"])
    )


@pytest.mark.parametrize("rule", ["S054", "S059", "C001", "W001", "P001", "M001"])
def test_matters_of_judgement_can_be_waived(rule: str):
    assert can_be_waived(found(rule, ONE, 1))


@pytest.mark.parametrize("rule", ["P001", "P002", "M001"])
def test_an_error_of_privacy_or_marks_is_waived_by_words_only(rule: str):
    finding = found(rule, ONE, 3, excerpt="甲乙丙", token="乙")
    result = applied([finding], disclosure=[waiver(rule)])
    assert result.waived == [] and sorted(rules(result.standing)) == sorted([rule, "S073"])
    assert applied([finding], disclosure=[waiver(rule, "乙")]) == Waived([], [finding])


def test_without_a_disclosure_the_waivers_of_problems_hold():
    assert apply([TYPO], ("", 0, ()), {ONE: (11, (waiver("W020"),))}) == Waived([], [TYPO])


def test_a_waiver_says_why_and_by_whom():
    assert {key.name for key in RECORDS["waiver"].required} == {"rule", "reason", "approved_by", "date"}
