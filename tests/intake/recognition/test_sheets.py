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
