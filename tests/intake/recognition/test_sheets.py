"""What the worksheets of a workbook say of the problems on them: status, group, numbers of their own."""

from rectify.intake.outline import Cell, Outline, Row, Table
from rectify.intake.recognition.recognise import recognise

HEAD = ("序号", "问题", "整改措施", "责任股室")


def sheet(name: str, *rows: tuple[str, ...]) -> Table:
    lines = [("清川市粮库整改情况公示",), HEAD, *rows]
    cells = [[*(Cell(text) for text in line), *[Cell("")] * (4 - len(line))] for line in lines]
    return Table(tuple(Row(tuple(row), number) for number, row in enumerate(cells, 1)), name)


def test_the_name_of_a_sheet_is_the_status_and_a_band_the_group():
    tables = (
        sheet("已销号", ("一、资金管理方面",), ("1", "报销附件不全", "补齐。", "财务股")),
        sheet("正在整改", ("一、资金管理方面",), ("1", "结余资金闲置", "统筹。", "财务股")),
    )
    found = recognise(Outline("a.xlsx", "xlsx", tables), tables).problems
    assert [(one.title, one.group, one.number, one.stated.status, one.units) for one in found] == [
        ("报销附件不全", "资金管理方面", "1", "closed-out", ("财务股",)),
        ("结余资金闲置", "正在整改：资金管理方面", "1", "ongoing", ("财务股",)),
    ]


def test_cards_below_each_other_have_their_title_each():
    rows = [("清川市粮库问题整改卡片",) * 4]
    for number, (title, status) in enumerate((("药品过期未清理", "已完成"), ("签约服务不实", "正在推进")), 1):
        rows += [("整改卡片",) * 4, ("编号", str(number), "责任科室", "医政科"), ("反馈问题", *[title] * 3)]
        rows.append(("完成时限", "2025-06-30", "整改状态", status))
    lines = [
        Row(tuple(Cell(text, merged=text in row[:at]) for at, text in enumerate(row)), line)
        for line, row in enumerate(rows, 1)
    ]
    tables = (Table(tuple(lines), "整改卡片"),)
    found = recognise(Outline("a.xlsx", "xlsx", tables), tables).problems
    assert [(one.title, one.number, one.stated.status) for one in found] == [
        ("药品过期未清理", "1", "done"),
        ("签约服务不实", "2", "ongoing"),
    ]


def test_a_row_that_is_one_cell_tells_more_of_the_problem_above_it():
    lines = [("清川市粮库整改情况公示",) * 4, HEAD]
    lines += [("1", "报销附件不全", "补齐。", "财务股"), ("整改情况：已收回附件，已完成整改。",) * 4]
    rows = [
        Row(tuple(Cell(text, merged=text in row[:at]) for at, text in enumerate(row)), line)
        for line, row in enumerate(lines, 1)
    ]
    tables = (Table(tuple(rows)),)
    found = recognise(Outline("a.xlsx", "xlsx", tables), tables).problems
    assert [(one.title, one.group, one.stated.status) for one in found] == [("报销附件不全", "", "done")]
