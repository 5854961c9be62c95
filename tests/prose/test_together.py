"""Findings of several texts of one disclosure, seen together."""

from rectify.prose import examine_text
from rectify.prose.together import settled

BLAME = "县农业农村局党组对失职失责行为严肃问责，批评教育3人。"


def test_the_unit_that_discloses_is_no_other_organisation():
    findings = examine_text([(1, "关于巡察整改情况的通报"), (2, BLAME)], "a.md")
    assert [one.rule for one in findings] == ["P012"]
    assert settled(findings, "云岫县农业农村局", (), ()) == []
    assert settled(findings, "", ("中共云岫县农业农村局党组",), ()) == []
    assert settled(findings, "云岫县水务局", ("",), ()) == findings


def test_a_habit_of_all_texts_is_told_once():
    texts = [[(1, f"第{n}处整改到位,长期坚持,不再反弹。")] for n in "一二三四五六七"]
    findings = [one for lines in texts for one in examine_text(lines, "a.md")]
    assert {one.rule for one in findings} == {"W014"}
    said = [text for lines in texts for _, text in lines]
    assert (len(findings), len(settled(findings, "", (), said))) == (14, 1)
    assert settled(findings, "", (), [*said, "，" * 20]) == findings
    assert settled(findings[:8], "", (), said) == findings[:8]
