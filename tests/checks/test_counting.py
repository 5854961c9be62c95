"""Counts for the as-of date: the status of that day, and where a contradiction is shown."""

from datetime import date
from pathlib import Path

import pytest

from helpers.cases import changed, write_disclosure
from rectify.checks.content import check_content
from rectify.checks.counting import status_on
from rectify.core.family import Family
from rectify.core.model import Problem, Progress

INDEX, ONE, TWO = (f"reports/2024-a/{name}.md" for name in ("index", "01", "02"))
HISTORY = (
    Progress(date(2024, 4, 10), "启动。", "ongoing"),
    Progress(date(2024, 5, 20), "抽查一次。"),
    Progress(date(2024, 7, 1), "全部完成。", "done"),
)


def problem(status: str, *progress: Progress) -> Problem:
    return Problem(title="台账不全", status=status, progress=progress, disclosure="2024-a", nn="01", body="", path=ONE)


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2024, 4, 9), ""),
        (date(2024, 4, 10), "ongoing"),
        (date(2024, 6, 30), "ongoing"),
        (date(2024, 7, 1), "done"),
        (date(2025, 1, 1), "done"),
    ],
)
def test_the_status_of_a_day(day: date, status: str):
    assert status_on(problem("done", *HISTORY), day) == status


def test_without_a_history_the_status_always_was():
    assert status_on(problem("staged"), date(2000, 1, 1)) == "staged"


@pytest.mark.parametrize(
    ("statuses", "stated", "rules"),
    [
        (("未单独公布", "未单独公布"), "总数: 2, 已完成: 1, 持续推进: 1", set()),
        (("已完成", "未单独公布"), "总数: 2, 已完成: 2", set()),
        (("已完成", "未单独公布"), "总数: 2, 已完成: 1, 持续推进: 1", set()),
        (("未单独公布", "未单独公布"), "总数: 2, 已完成: 3", {"C002", "C003"}),
        (("已完成", "未单独公布"), "总数: 2, 已完成: 0", {"C002"}),
        (("已完成", "已完成"), "总数: 2, 未单独公布: 1", {"C002"}),
    ],
)
def test_what_is_not_stated_may_be_of_any_status(tmp_path: Path, statuses, stated, rules):
    index = "---\n标题: 清川市某局整改情况\n文种: 整改情况报告\n单位: 清川市某局\n截至日期: 2024-06-30\n公开日期: 2024-07-15\n公布数: {%s}\n---\n"
    files = {f"0{n}": f"---\n问题: 事项{n}台账不全\n状态: {status}\n---\n" for n, status in enumerate(statuses, 1)}
    folder = tmp_path / "content" / "reports" / "2024-a"
    folder.mkdir(parents=True)
    for name, text in {"index": index % stated, **files}.items():
        (folder / f"{name}.md").write_text(text, "utf-8")
    found = check_content(tmp_path / "content").findings
    assert {finding.rule for finding in found if finding.family is Family.COUNTS} == rules


def test_a_contradiction_in_the_text_is_shown_on_its_line(tmp_path: Path):
    text = "反馈的2个问题，已完成2个，持续推进0个。"
    content = write_disclosure(
        tmp_path, changed(INDEX, ("市委巡察反馈的2个问题，已完成1个，持续推进1个。", f"概况如下。\n\n{text}"))
    )
    found = [finding for finding in check_content(content).findings if finding.rule == "C002"]
    lines = (content / INDEX).read_text("utf-8").split("\n")
    assert {finding.line for finding in found} == {lines.index(text) + 1}
    assert "公布“已完成”2 个，逐条列出的是 1 个" in found[0].message()


def test_a_contradiction_of_the_declared_counts_is_shown_at_their_key(tmp_path: Path):
    content = write_disclosure(tmp_path, changed(INDEX, ("总数: 2, 已完成: 1", "总数: 2, 已完成: 2")))
    found = {finding.rule: finding for finding in check_content(content).findings}
    line = next(
        number
        for number, text in enumerate((content / INDEX).read_text("utf-8").split("\n"), 1)
        if text.startswith("公布数")
    )
    assert {"C002", "C003"} <= set(found) and found["C002"].line == found["C003"].line == line


def test_status_against_text_points_to_the_words(tmp_path: Path):
    progress = "进展:\n  - 日期: 2024-06-20\n    状态: 已完成\n    内容: 新的巡检记录全面使用。\n"
    content = write_disclosure(tmp_path, changed(ONE, (progress, ""), ("班组长逐日核对。", "新办法正在起草。")))
    (finding,) = [finding for finding in check_content(content).findings if finding.rule == "C007"]
    line = (content / ONE).read_text("utf-8").split("\n")[finding.line - 1]
    assert line[finding.column - 1 :].startswith("正在起草") and finding.excerpt == "正在起草"
