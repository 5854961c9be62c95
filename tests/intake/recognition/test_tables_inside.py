"""Small tables below problems and inside the cells of others: how far a problem is, and until when."""

from datetime import date

import pytest

from rectify.intake.outline import Cell, Outline, Paragraph, Row, Table
from rectify.intake.recognition.recognise import recognise

HEAD = [Paragraph("某县水务局党组关于巡察整改情况的通报", 1), Paragraph("现将整改情况公布如下。", 2)]
WANTED = [
    ("台账不全", "ongoing", date(2025, 6, 30), False),
    ("收费不公开", "done", None, False),
    ("值班代签", "ongoing", None, True),
]
TOLD = [("正在推进", "2025年6月底前"), ("已完成", "—"), ("持续推进", "长期坚持")]


def found(blocks):
    problems = recognise(Outline("a.docx", "docx", tuple(blocks)), blocks).problems
    return [(one.title, one.stated.status, one.deadline, one.open_ended) for one in problems]


def row(line, *texts):
    return Row(tuple(map(Cell, texts)), line)


@pytest.mark.parametrize("labels", [("责任股室", "整改状态", "整改时限"), ("承办科室", "目前状态", "完成时限")])
def test_a_table_of_one_row_below_each_problem(labels):
    blocks = list(HEAD)
    for n, ((title, *_), told) in enumerate(zip(WANTED, TOLD), 1):
        blocks += [Paragraph(f"{n}.关于“{title}”的问题", 10 * n), Paragraph("整改情况：逐项核对。", 10 * n + 1)]
        blocks.append(Table((row(10 * n + 2, *labels), row(10 * n + 3, "人事股", *told))))
    assert found(blocks) == WANTED


@pytest.mark.parametrize("blank", [" ", "\t", "\u3000"])
def test_a_table_inside_a_cell(blank):
    rows = [row(3, "序号", "存在问题", "整改进展")]
    for n, ((title, *_), (state, until)) in enumerate(zip(WANTED, TOLD), 1):
        inside = f"逐项核对。\n整改状态{blank}{state}" + (f"\n整改时限{blank}{until}" if until != "—" else "")
        rows.append(row(n + 3, str(n), title, inside))
    assert found([*HEAD, Table(tuple(rows))]) == WANTED
