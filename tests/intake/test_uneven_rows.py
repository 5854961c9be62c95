"""Rows with more or fewer cells than the head of their table: what may stand in a wrong column is told, row by row."""

import random
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook

from rectify.intake.importing import Result, read_documents

HEADS = [
    ["序号", "问题", "整改措施", "牵头单位"],
    ["序号", "问题", "整改措施", "牵头单位", "整改时限", "完成情况"],
    ["问题", "牵头单位", "整改情况"],
]
VALUES = {
    "问题": ["台账登记不全", "巡查记录代签", "值班脱岗", "验收走过场"],
    "整改措施": ["补登三年台账", "更换终端", "约谈经办人"],
    "牵头单位": ["办公室", "执法队", "财务科"],
    "整改时限": ["2024年6月底", "2024年9月30日"],
    "完成情况": ["已完成", "正在整改"],
    "整改情况": ["补登三年台账，逐项核对", "更换全部终端"],
}
TITLE = "清川市水务局巡察整改台账"


def page(rows) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return f"<h1>{TITLE}</h1><table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def workbook(rows, file: Path) -> None:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(file)


def word(rows, file: Path) -> None:
    made = Document()
    made.add_heading(TITLE, 0)
    table = made.add_table(0, max(map(len, rows)))
    for texts in rows:
        row = table.add_row()
        for cell, text in zip(row.cells, texts):
            cell.text = text
        for cell in list(row._tr.tc_lst)[len(texts) :]:
            row._tr.remove(cell)
    made.save(file)


WRITE = {
    "a.csv": lambda rows, file: file.write_text("\n".join(map(",".join, rows)), "utf-8"),
    "a.txt": lambda rows, file: file.write_text("\n".join([TITLE, "", *map("\t".join, rows)]), "utf-8"),
    "a.html": lambda rows, file: file.write_text(page(rows), "utf-8"),
    "a.docx": word,
    "a.xlsx": workbook,
}


def made(chance: random.Random):
    """A head, rows below it of which one has cells too many or too few, and that row's place."""
    head = chance.choice(HEADS)
    titles = chance.sample(VALUES["问题"], 4)
    rows = [
        [{"序号": str(number), "问题": title}.get(name) or chance.choice(VALUES[name]) for name in head]
        for number, title in enumerate(titles, 1)
    ]
    at, column = chance.randrange(4), chance.randrange(len(head))
    spoilt = list(rows[at])
    if chance.random() < 0.5:
        spoilt.insert(column, "补充说明一句")
    else:
        del spoilt[column]
    return head, rows, at, spoilt


@pytest.mark.parametrize("name", WRITE)
def test_nothing_moves_into_another_column_silently(tmp_path, name):
    for seed in range(8 if name in ("a.docx", "a.xlsx") else 24):
        head, rows, at, spoilt = made(random.Random(seed))
        if name == "a.xlsx" and len(spoilt) < len(head) and "完成情况" not in head:
            continue  # A sheet knows nothing of how many cells a row has; words in the last columns show that they moved.
        file = tmp_path / name
        WRITE[name]([head, *rows[:at], spoilt, *rows[at + 1 :]], file)
        result = read_documents([file], {})
        if not isinstance(result, Result):
            assert "no_problems" in [one.kind for one in result.findings]
            continue
        findings = [one for each in result.understandings for one in each.findings]
        # Where no column states a status, that of every row is told to be missing.
        kinds = {"problem_doubtful", *(["deadline_unreadable", "status_missing"] if "完成情况" in head else [])}
        told = {one.line for one in findings if one.kind in kinds}
        column = head.index("问题")
        wanted = {row[column] for row in rows}
        for problem in result.data()["problems"]:
            right = next((row for row in rows if row[column] == problem["title"]), [])
            lead = right[head.index("牵头单位")] if right else ""
            assert (right and problem["lead"] in ("", lead)) or problem["line"] in told, (seed, spoilt, problem)
        assert wanted <= {problem["title"] for problem in result.data()["problems"]} | {rows[at][column]}
        if len(rows[at]) < len(spoilt):
            assert told, (seed, spoilt)
