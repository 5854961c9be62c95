"""YAML values become the model's, by the vocabulary; what cannot is a finding with key, choices and place."""

from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from rectify.core.finding import errors
from rectify.core.language import language
from rectify.core.model import Closeout, Contact, Measure, Outcome, Period, Progress, Withdrawal
from rectify.core.vocabulary import DISCLOSURE_KEYS, PROBLEM_KEYS, RECORDS, STATUSES, Keys
from rectify.sources.front_matter import parse
from rectify.sources.values import Values

MINIMAL = {
    "problem": {"问题": "甲", "状态": "已完成"},
    "report": {"标题": "甲", "文种": "整改情况报告", "单位": "乙", "截至日期": "2024-05-31", "公开日期": "2024-06-10"},
}
DAY = date(2024, 7, 17)


def read(front: str, keys: Keys = PROBLEM_KEYS) -> tuple[dict[str, Any], Values]:
    reader = Values("a.md")
    parsed = parse(f"---\n{front}\n---\n", "a.md")
    assert parsed.node is not None, parsed.findings
    return reader.mapping(parsed.node, keys, top=True), reader


def value(line: str, keys: Keys = PROBLEM_KEYS) -> Any:
    """The only value of a front matter of one key; required keys that are missing do not matter."""
    values, reader = read(line, keys)
    assert {finding.rule for finding in errors(reader.findings)} <= {"S018"}, reader.findings
    (found,) = values.values()
    return found


PROBLEM_VALUES = {
    "问题: 12": "12",
    "责任人: yes": "yes",
    "责任人: '  办公室主任　'": "办公室主任",
    "责任单位: 甲科、乙科，丙科; 丁科": ("甲科", "乙科", "丙科", "丁科"),
    "责任单位: [甲科, 乙、丙科]": ("甲科", "乙、丙科"),
    "整改时限: 长期坚持": None,
    "整改时限: 长期整改": None,
    "标记: 立行立改、反弹": ("immediate", "relapsed"),
    "标记: [延期, extended]": ("extended",),
    "整改措施: 建立台账": (Measure("建立台账"),),
    "整改措施: [建立台账, {内容: 印发, 状态: 整改到位}]": (Measure("建立台账"), Measure("印发", "done")),
    "进展: [{日期: 2024-07-17, 内容: 甲}]": (Progress(DAY, "甲"),),
    "进展: {日期: 2024-07-17, 状态: 整改中, 内容: 甲, 附件: files/a.pdf}": (
        Progress(DAY, "甲", "ongoing", ("files/a.pdf",)),
    ),
    "销号: {日期: 2024-07-17, 验收单位: 乙}": Closeout(DAY, "乙"),
    "撤回: {日期: 2024-07-17, 理由: 隐私}": Withdrawal(DAY, "隐私"),
}
DISCLOSURE_VALUES = {
    "公开范围: 向社会公开": "society",
    "文种: 工作总结": "work-report",
    "巡察时间: {自: 2024-05-01, 至: 2024-07-17}": Period(date(2024, 5, 1), DAY),
    "公布数: {总数: 25, 已完成: 8, 未完成: 17}": (("total", 25), ("done", 8), ("ongoing", 17)),
    "成效: [{名称: 追缴资金, 数量: 7.132, 单位: 万元}, {名称: 处分, 数量: '1,200'}]": (
        Outcome("追缴资金", "7.132", "万元"),
        Outcome("处分", "1200"),
    ),
    "联系方式: {电话: 0000-1, 邮编: 000000, 截止: 2024.7.17}": Contact(phone="0000-1", postcode="000000", until=DAY),
}


@pytest.mark.parametrize(("line", "expected"), PROBLEM_VALUES.items())
def test_value_of_a_problem(line: str, expected: Any):
    assert value(line) == expected


@pytest.mark.parametrize(("line", "expected"), DISCLOSURE_VALUES.items())
def test_value_of_a_report(line: str, expected: Any):
    assert value(line, DISCLOSURE_KEYS) == expected


@pytest.mark.parametrize(
    ("tolerated", "standard", "note"),
    [
        ("整改时限: 2024.7.17", "整改时限: 2024-07-17", "S025"),
        ("整改时限: 2024/7/17", "整改时限: 2024-07-17", "S025"),
        ("整改时限: 2024年7月17日", "整改时限: 2024-07-17", "S025"),
        ("整改时限: ２０２４－０７－１７", "整改时限: 2024-07-17", "S025"),
        ("整改时限: 2024年2月", "整改时限: 2024-02-29", "S025"),
        ("deadline：2024-07-17", "整改时限: 2024-07-17", "S014"),
        ("完成时限: 2024-07-17", "整改时限: 2024-07-17", ""),
        ("Deadline: 2024-07-17", "整改时限: 2024-07-17", ""),
        ("状　态: 已 完 成", "状态: done", ""),
        ("STATUS: Closed_Out", "状态: 已销号", ""),
        ("整改措施:\n　- 甲", "整改措施:\n  - 甲", "S025"),
    ],
)
def test_tolerated_spelling_gives_the_value_of_the_standard_one(tolerated: str, standard: str, note: str):
    assert value(tolerated) == value(standard)
    notes = [*parse(f"---\n{tolerated}\n---\n", "a.md").findings, *read(tolerated)[1].findings]
    assert [finding.rule for finding in notes if finding.severity == "note"] == [note] * bool(note)


@pytest.mark.parametrize(
    ("line", "keys", "expected"),
    [("序号: １２", PROBLEM_KEYS, "12"), ("成效: {名称: 甲, 数量: １２}", DISCLOSURE_KEYS, (Outcome("甲", "12"),))],
)
def test_full_width_digits_are_read_with_a_note(line: str, keys: Keys, expected: Any):
    assert value(line, keys) == expected
    assert "S025" in {finding.rule for finding in read(line, keys)[1].findings}


WRONG = {
    "状态: 完成了": ("S020", 2, 5, "状态", "是不是“已完成”"),
    "状态: [已完成]": ("S019", 2, 5, "状态", "应当是一段文字，写成了列表"),
    "壮态: 已完成": ("S017", 2, 1, "", "是不是“状态”"),
    "进展:\n  - 日期: 2024-07-17\n    内荣: 甲": ("S017", 4, 5, "", "是不是“内容”"),
    "问题: 甲\n进展:\n  - 内容: 甲": ("S018", 4, 5, "", "“日期”"),
    "进展: 已经办好": ("S019", 2, 5, "进展", "几个下级字段"),
    "进展:\n  - 日期: 2024-07\n    内容: 甲": ("S022", 3, 9, "日期", "“2024-07”"),
    "进展: [{日期: 2024-7-17, 内容: 甲, 附件: ../a.pdf}]": ("S036", 2, 33, "附件", "../a.pdf"),
    "进展: [{日期: 2024-7-17, 内容: 甲, 附件: files/../../a}]": ("S036", 2, 33, "附件", "files/../../a"),
    "问题:": ("S026", 2, 1, "问题", "“问题”是空的"),
    "问题: ~": ("S026", 2, 1, "问题", "“问题”是空的"),
    "责任单位: {甲: 乙}": ("S019", 2, 7, "责任单位", "一个或者几个文字"),
    "状态: √": ("S020", 2, 5, "状态", "是不是“已完成”"),
    "状态: 100％": ("S020", 2, 5, "状态", "是不是“已完成”"),
    "状态: 立行立改": ("S020", 2, 5, "状态", "是不是“已完成”"),
    "状态: 部分落实": ("S020", 2, 5, "状态", "是不是“持续推进”"),
    "状态: ×": ("S020", 2, 5, "状态", "是不是“待整改”"),
    "标记: 坚持": ("S020", 2, 5, "标记", "是不是“长期"),
    "问题: 甲\n标题: 乙": ("S016", 3, 1, "标题", "第一次在第 2 行"),
    "撤回: 隐私": ("S019", 2, 5, "撤回", "{日期: …, 理由: …}"),
}


@pytest.mark.parametrize(("front", "finding"), WRONG.items())
def test_mistake_is_named_with_its_place(front: str, finding: tuple):
    rule, line, column, key, words = finding
    found = [f for f in read(front)[1].findings if f.rule == rule]
    assert [(f.line, f.column, f.key) for f in found] == [(line, column, key)]
    assert words in found[0].message() + found[0].fix()


@pytest.mark.parametrize(
    ("front", "rule", "words"),
    [
        ("巡察时间: {起: 2024-07-17, 止: 2024-07-16}", "S024", "2024-07-17 — 2024-07-16"),
        ("公布数: {总数: 25, 办完: 8}", "S017", "可用的字段：总数、未单独公布、待整改、持续推进"),
        ("公布数:\n  总数: 8\n  已完成: 8\n  done: 8", "S016", "第一次在第 4 行"),
        ("公布数: {总数: 八}", "S023", "“八”"),
        ("公布数: {总数: 2.5}", "S023", "“2.5”"),
        ("公布数: 25", "S019", "{总数: 25, 已完成: 8}"),
        ("成效: [{名称: 甲, 数量: 约10}]", "S023", "“约10”"),
        ("公开范围: 全网", "S020", "社会、党内、单位"),
    ],
)
def test_mistake_in_a_report_is_named(front: str, rule: str, words: str):
    (found,) = [finding for finding in read(front, DISCLOSURE_KEYS)[1].findings if finding.rule != "S018"]
    assert found.rule == rule
    assert words in found.message() + found.fix()


def test_every_missing_key_is_told_at_once():
    found = [finding.message() for finding in read("轮次: 一", DISCLOSURE_KEYS)[1].findings]
    assert found == [f"缺少必填字段“{label}”" for label in ("标题", "文种", "单位", "截至日期", "公开日期")]


@pytest.mark.parametrize(("word", "flags"), [("长期坚持", ("long-term",)), ("申请延期", ("extended",)), ("整改中", ())])
def test_alias_of_a_status_keeps_its_words_and_what_else_it_says(word: str, flags: tuple):
    values, reader = read(f"状态: {word}")
    assert (values["status"], reader.alias_wording, reader.implied_flags) == ("ongoing", word, flags)


words = sorted({word for keys in (PROBLEM_KEYS, DISCLOSURE_KEYS, *RECORDS.values()) for word in keys.words()})
scalars = (
    st.text(max_size=8)
    | st.sampled_from([*STATUSES.words(), "2024-02-30", "2024年7月", "files/a", "12", "", "~"])
    | st.none()
    | st.integers()
)
trees = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(words) | st.text(max_size=4), inner, max_size=5)
    ),
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(words), trees, max_size=6), st.sampled_from(["problem", "report"]))
def test_any_tree_is_read_or_reported_and_never_raises(tree: dict, kind: str):
    keys = {"problem": PROBLEM_KEYS, "report": DISCLOSURE_KEYS}[kind]
    front = yaml.safe_dump({**MINIMAL[kind], **tree}, allow_unicode=True)
    parsed, reader = parse(f"---\n{front}---\n", "a.md"), Values("a.md")
    if parsed.node is None:
        assert errors(parsed.findings)
        return
    values = reader.mapping(parsed.node, keys, top=True)
    assert set(values) <= set(keys.entries)
    assert len(errors(reader.findings)) or set(values) >= {key.name for key in keys.required}
    assert all(finding.text(language(lang)) for finding in reader.findings for lang in ("zh", "en"))
