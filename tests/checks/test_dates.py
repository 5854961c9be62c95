"""Dates in order: which day starts the deadlines, and what is told about them."""

from datetime import date
from pathlib import Path

import pytest

from helpers.cases import changed, write_disclosure
from rectify.checks.dates import ahead, dates
from rectify.core.finding import Finding
from rectify.core.language import language
from rectify.sources.folder import read_folder

INDEX, ONE, TWO = (f"reports/2024-a/{name}.md" for name in ("index", "01", "02"))
LINES = {INDEX: {"as_of": 8, "approval": 14}, ONE: {"deadline": 5, "progress": 8}}


def findings(root: Path, *files: dict[str, str]) -> list[Finding]:
    merged = {path: text for file in files for path, text in file.items()}
    return list(dates(read_folder(write_disclosure(root, merged), "2024-a"), LINES))


def test_what_is_early_and_what_it_must_follow_are_named(tmp_path: Path):
    (finding,) = findings(
        tmp_path,
        changed(INDEX, ("截至日期: 2024-09-30", "截至日期: 2024-03-01")),
        changed(ONE, ("日期: 2024-06-20", "日期: 2024-02-20"), ("序号: 1", "序号: 1\n标记: 立行立改")),
        {TWO: None},
    )
    assert (finding.rule, finding.path, finding.line, finding.excerpt) == ("S053", INDEX, 8, "2024-03-01")
    assert "截至日期 2024-03-01 早于 反馈日期 2024-03-29" in finding.message()
    assert "as of 2024-03-01 is before feedback" in finding.message(language("en"))


@pytest.mark.parametrize(("day", "rules"), [("2024-01-08", []), ("2024-01-07", ["S054"])])
def test_immediate_matters_count_from_the_first_day_of_the_inspection(tmp_path: Path, day: str, rules: list[str]):
    problem = changed(ONE, ("日期: 2024-06-20", f"日期: {day}"), ("序号: 1", "序号: 1\n标记: 立行立改"))
    assert [finding.rule for finding in findings(tmp_path, problem)] == rules


@pytest.mark.parametrize(("day", "rules"), [("2024-03-29", []), ("2024-03-28", ["S054"])])
def test_immediate_matters_count_from_feedback_where_no_inspection_is_dated(tmp_path: Path, day: str, rules: list[str]):
    problem = changed(ONE, ("日期: 2024-06-20", f"日期: {day}"), ("序号: 1", "序号: 1\n标记: 立行立改"))
    assert [
        finding.rule
        for finding in findings(tmp_path, changed(INDEX, ("巡察时间: {起: 2024-01-08, 止: 2024-03-08}\n", "")), problem)
    ] == rules


def test_of_several_late_records_the_last_is_told(tmp_path: Path):
    late = "    内容: 新的巡检记录全面使用。\n  - {日期: 2024-10-02, 内容: 抽查。}\n销号: {日期: 2024-11-05}"
    (finding,) = findings(tmp_path, changed(ONE, ("    内容: 新的巡检记录全面使用。", late)))
    assert (finding.rule, str(finding.key), finding.excerpt) == ("S055", "销号", "2024-11-05")


@pytest.mark.parametrize(
    ("today", "late"),
    [
        (date(2024, 10, 18), []),
        (date(2024, 10, 17), ["公开日期"]),
        (date(2024, 8, 14), ["截至日期", "公开日期", "进展"]),
    ],
)
def test_records_ahead_of_the_day(tmp_path: Path, today: date, late: list[str]):
    content = write_disclosure(tmp_path)
    assert [str(finding.key) for finding in ahead(read_folder(content, "2024-a"), today, content)] == late


def test_an_unreadable_disclosure_has_no_dates(tmp_path: Path):
    content = write_disclosure(tmp_path, {INDEX: "草稿\n"})
    folder = read_folder(content, "2024-a")
    assert list(dates(folder, {})) == [] == list(ahead(folder, date(2000, 1, 1), content))
