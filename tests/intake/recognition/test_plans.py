"""Plans, aims, parts and relapses are no results, whatever carries them; results of any wording are."""

import pytest
from docx import Document
from openpyxl import Workbook

from helpers.completions import NOT_TOLD, TOLD
from rectify.core.vocabulary import DONE
from rectify.intake.understanding import understand

TITLE = "中共清川市水务局党组关于市委巡察反馈意见整改进展情况的通报"
END = ["中共清川市水务局党组", "2025年11月20日"]
HEAD = ["序号", "反馈问题", "整改措施", "整改状态"]
PLANS = [clause for family in NOT_TOLD.values() for clause in family]


def sentences(clauses, folder):
    lines = [TITLE, "2025年5月20日，市委巡察组反馈了意见。现予公布。"]
    for number, clause in enumerate(clauses, 1):
        lines += [f"{number}.关于第{number}座泵站记录不完整问题的整改情况", f"修订制度，逐项对照。{clause}。"]
    file = folder / "a.txt"
    file.write_text("\n".join([*lines, *END]), "utf-8")
    return file


def labels(clauses, folder):
    lines = [TITLE, "2025年5月20日，市委巡察组反馈了意见。现予公布。"]
    for number, clause in enumerate(clauses, 1):
        lines += [f"{number}.第{number}座泵站记录不完整", "整改措施：修订制度。", f"整改状态：{clause}"]
    file = folder / "a.txt"
    file.write_text("\n".join([*lines, *END]), "utf-8")
    return file


def rows(clauses):
    return [[str(n), f"第{n}座泵站记录不完整", "修订制度，逐项对照", clause] for n, clause in enumerate(clauses, 1)]


def table(clauses, folder):
    document = Document()
    document.add_paragraph(TITLE)
    made = document.add_table(0, len(HEAD))
    for row in [HEAD, *rows(clauses)]:
        for cell, text in zip(made.add_row().cells, row, strict=True):
            cell.text = text
    document.save(folder / "a.docx")
    return folder / "a.docx"


def sheet(clauses, folder):
    book = Workbook()
    for row in [[TITLE], HEAD, *rows(clauses)]:
        book.active.append(row)
    book.save(folder / "a.xlsx")
    return folder / "a.xlsx"


@pytest.fixture(scope="module", params=[sentences, labels, table, sheet])
def read(request, tmp_path_factory):
    """Results and plans in turn, so that no most of one kind speaks for the others."""
    clauses = [clause for pair in zip(TOLD, PLANS, strict=False) for clause in pair]
    clauses += [*TOLD[len(PLANS) :], *PLANS[len(TOLD) :]]
    understanding, _ = understand(request.param(clauses, tmp_path_factory.mktemp("plans")))
    problems = understanding.recognition.problems
    assert len(problems) == len(clauses)
    return dict(zip(clauses, problems, strict=True)), understanding.findings


def test_no_result_is_lost(read):
    assert [clause for clause in TOLD if read[0][clause].stated.status not in DONE] == []


def test_no_plan_is_a_result(read):
    assert [clause for clause in PLANS if read[0][clause].stated.status in DONE] == []


def test_words_of_a_status_are_whole_clauses(read):
    for clause, problem in read[0].items():
        said = problem.stated.wording or problem.unknown_status[0]
        parts = {part for first in range(5) for last in range(5) if (part := "，".join(clause.split("，")[first:last]))}
        assert not said or said in parts or said in clause.split("，", 1), (clause, said)


def test_what_was_not_read_is_told_at_its_line_in_its_own_words(read):
    told = " ".join(one.message() for one in read[1] if one.rule in ("I058", "I074"))
    silent = [clause for clause in PLANS if not read[0][clause].stated.status and clause.split("，")[-1] not in told]
    assert silent in ([], ["整改到位率90%"])


def test_what_else_they_say_is_read(read):
    wanted = {"主体工程已完成，配套设施仍在建设": "ongoing", "已完成阶段性目标，12月底前全部完成": "staged"}
    assert {clause: read[0][clause].stated.status for clause in wanted} == wanted
