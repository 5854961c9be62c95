"""The ledger workbook comes back: what nobody touched is exactly what was exported, what somebody wrote is read."""

import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from helpers.cases import chinese_left
from helpers.converted import converted, needs_office
from rectify.core import ledger
from rectify.core.model import Closeout, Disclosure, Measure, Problem, Progress, Withdrawal
from rectify.core.vocabulary import FLAGS, PRIORITIES, STATUSES
from rectify.intake.ledger_update import update_from_ledger
from rectify.intake.ledger_workbook import Ledger, read_ledger
from rectify.intake.refused_import import RefusedImport
from rectify.outputs.ledger import workbook

AS_OF = date(2024, 5, 31)
DISCLOSURE = Disclosure(
    id="2024-jia", title="甲局整改情况", genre="rectification", unit="甲局", as_of=AS_OF, published=AS_OF
)
FIRST = Problem(
    disclosure="2024-jia",
    nn="01",
    title="台账不全",
    status="ongoing",
    group="第一组",
    number="1",
    lead="办公室",
    units=("甲科", "乙科"),
    deadline=date(2024, 9, 30),
    measures=(Measure("清点。"), Measure("建账。", "done")),
    body="第一段。\n\n第二段**重点**。",
    progress=(
        Progress(date(2024, 4, 1), "启动。", "ongoing"),
        Progress(date(2024, 5, 1), "清点过半。", "ongoing", ("files/a.pdf",)),
    ),
)
SECOND = Problem(
    disclosure="2024-jia",
    nn="02",
    title="制度不健全",
    status="done",
    flags=("long-term",),
    closeout=Closeout(date(2024, 5, 2), "巡察办"),
)


class Edited:
    """A workbook in the hands of a clerk."""

    def __init__(self, folder: Path, *problems: Problem, folders=None):
        self.file = folder / "台账.xlsx"
        self.file.write_bytes(workbook(folders or [(DISCLOSURE, problems or (FIRST, SECOND))], AS_OF))
        self.book = openpyxl.load_workbook(self.file)
        self.sheet: Worksheet = self.book[ledger.SHEET]
        self.progress: Worksheet = self.book[ledger.PROGRESS_SHEET]

    def cell(self, heading: str, row: int = 4):
        return self.sheet.cell(row, next(cell.column for cell in self.sheet[3] if cell.value == heading))

    def read(self) -> Ledger:
        self.book.save(self.file)
        return read_ledger(self.file)


@pytest.fixture
def edited(tmp_path):
    return Edited(tmp_path)


def kinds(read: Ledger) -> list[str]:
    return [finding.kind for finding in read.findings]


def assert_untouched(read: Ledger, problems) -> None:
    assert read.findings == () and read.new == () and read.missing == ()
    assert [row.ref for row in read.rows] == [problem.ref for problem in problems]
    for row, problem in zip(read.rows, map(Problem.shown, problems)):
        assert row.values == row.base == ledger.values(problem)
        assert row.body is None
        assert row.base_body == problem.body


# Any text that sources may hold, the characters dear to spreadsheets among them.
texts = st.text(
    st.characters(blacklist_categories=("Cs",)) | st.sampled_from("=+-@'\"\n\r\t_x0D（）1.、*|\u3000\xa0"), max_size=30
)
dates = st.dates()
statuses = st.sampled_from([term.key for term in STATUSES])
names = st.lists(texts, max_size=3).map(tuple)
problems = st.builds(
    Problem,
    disclosure=st.just("2024-jia"),
    nn=st.just("01"),
    title=texts,
    status=statuses,
    status_wording=texts,
    group=texts,
    number=texts,
    category=texts,
    lead=texts,
    units=names,
    owner=texts,
    deadline=st.none() | dates,
    flags=st.lists(st.sampled_from([flag.key for flag in FLAGS]), unique=True, max_size=3).map(tuple),
    measures=st.lists(st.builds(Measure, texts, st.just("") | statuses), max_size=3).map(tuple),
    progress=st.lists(st.builds(Progress, dates, texts, st.just("") | statuses, names), max_size=4).map(tuple),
    closeout=st.none() | st.builds(Closeout, dates, texts, texts),
    withdrawn=st.none() | st.builds(Withdrawal, dates, texts),
    body=texts,
    priority=st.lists(st.sampled_from([one.key for one in PRIORITIES]), unique=True, max_size=2).map(tuple),
    earlier=st.lists(st.sampled_from(["2022-jia/01", "2021-jia/02"]), unique=True, max_size=2).map(tuple),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(problems, min_size=1, max_size=3))
@example([FIRST._replace(body="null")])
@example([FIRST._replace(deadline=date.max, progress=(Progress(date(9900, 1, 1), ""),), closeout=Closeout(date.min))])
def test_without_edits_every_value_comes_back(tmp_path, some):
    some = [problem._replace(nn=f"{n:02}") for n, problem in enumerate(some, start=1)]
    file = tmp_path / "台账.xlsx"
    file.write_bytes(workbook([(DISCLOSURE, some)], AS_OF))
    assert_untouched(read_ledger(file), some)
    # As every program saves it that knows the cells and nothing of how we wrote them.
    book = openpyxl.load_workbook(file)
    book.save(file)
    assert_untouched(read_ledger(file), some)


@needs_office
def test_saved_by_libreoffice_it_reads_the_same(tmp_path):
    nasty = FIRST._replace(
        nn="03", title="=1+1", lead="_x000D_", owner="'甲", body="行一\n\n\\*\\*局　尾 ", group=" 前后 ", number="007"
    )
    some = [FIRST, SECOND, nasty, FIRST._replace(nn="04", title="撤回", withdrawn=Withdrawal(AS_OF, "x"))]
    file = tmp_path / "台账.xlsx"
    file.write_bytes(workbook([(DISCLOSURE, some)], AS_OF))
    assert_untouched(read_ledger(converted(file, "xlsx:Calc MS Excel 2007 XML", tmp_path)), some)


@pytest.mark.parametrize(
    ("heading", "written", "key", "value"),
    [
        ("状态", "已完成", "status", "done"),
        ("牵头单位", "机关党委", "lead", "机关党委"),
        ("责任单位", "甲科，丙科；丁科", "units", ("甲科", "丙科", "丁科")),
        ("标记", "立行立改、反弹", "flags", ("immediate", "relapsed")),
        ("整改措施", "1.清点。（已完成）\n2.建账。", "measures", (Measure("清点。", "done"), Measure("建账。"))),
        ("整改措施", "2023.5万元以上的逐笔核对", "measures", (Measure("2023.5万元以上的逐笔核对"),)),
        ("整改时限", "2024.7.17", "deadline", date(2024, 7, 17)),
        ("整改时限", date(2024, 7, 17), "deadline", date(2024, 7, 17)),
        ("序号", 12, "number", "12"),
        ("重点", "资金、屡改屡犯", "priority", ("money", "repeated")),
        ("前次", "2022-jia/04\n2021-jia/11、2021-jia/12", "earlier", ("2022-jia/04", "2021-jia/11", "2021-jia/12")),
        (
            "销号",
            "2024年6月3日\n市委巡察办\n清巡办〔2024〕5号",
            "closeout",
            Closeout(date(2024, 6, 3), "市委巡察办", "清巡办〔2024〕5号"),
        ),
        ("销号", "2024-06-03", "closeout", Closeout(date(2024, 6, 3))),
    ],
)
def test_an_edited_cell_is_read(edited, heading, written, key, value):
    edited.cell(heading).value = written
    read = edited.read()
    assert read.findings == ()
    assert read.rows[0].values == read.rows[0].base | {key: value}
    assert read.rows[1].values == read.rows[1].base


def test_an_emptied_cell_is_a_key_that_only_the_base_has(edited):
    edited.cell("牵头单位").value = None
    row = edited.read().rows[0]
    assert row.base["lead"] == "办公室" and "lead" not in row.values


def test_a_deadline_that_becomes_long_term_sets_the_flag(edited):
    edited.cell("整改时限").value = "长期坚持"
    values = edited.read().rows[0].values
    assert "deadline" not in values and values["flags"] == ("long-term",)


def test_a_deadline_in_words_keeps_them(edited):
    edited.cell("整改时限").value = "2024年7月"
    values = edited.read().rows[0].values
    assert (values["deadline"], values["deadline_wording"]) == (date(2024, 7, 31), "2024年7月")


def test_a_status_in_other_words_keeps_them(edited):
    edited.cell("状态").value = "整改到位"
    values = edited.read().rows[0].values
    assert (values["status"], values["status_wording"]) == ("done", "整改到位")


def test_an_edited_account_comes_as_paragraphs(edited):
    edited.cell("整改情况").value = "第一段。\n第二段已改。\r\n\n第三段。"
    row = edited.read().rows[0]
    assert row.body == ("第一段。", "第二段已改。", "第三段。")
    assert row.base_body == FIRST.body and row.values == row.base


@pytest.mark.parametrize(
    ("heading", "written", "kind", "cell"),
    [
        ("状态", "差不多了", "unknown_value", "整改台账!K4"),
        ("标记", "立行立改、随便", "unknown_value", "整改台账!M4"),
        ("整改时限", "年底前", "unreadable_date", "整改台账!J4"),
        ("整改时限", "2024-02-30", "unreadable_date", "整改台账!J4"),
        ("销号", "巡察办", "unreadable_date", "整改台账!O4"),
        ("重点", "领导重视", "unknown_value", "整改台账!P4"),
        ("前次", "去年第4个", "unreadable_reference", "整改台账!Q4"),
    ],
)
def test_a_cell_that_cannot_be_read_is_reported_and_leaves_the_value(edited, heading, written, kind, cell):
    edited.cell(heading).value = written
    read = edited.read()
    assert kinds(read) == [kind]
    assert cell in read.findings[0].message() and read.findings[0].line == 4
    assert read.findings[0].fix() and not chinese_left(read.findings[0])
    assert read.rows[0].values == read.rows[0].base


UNREADABLE = {
    "状态": ["差不多了", "快好了", "见附件"],
    "整改时限": ["年底前", "2024-02-30", "春节前", "13月"],
    "标记": ["随便"],
    "销号": ["巡察办"],
    "重点": ["领导重视"],
    "前次": ["去年第4个"],
    "牵头单位": ["#REF!", "########", "=A1&B1"],
}
"""What a clerk or a program may leave in a column that is no value of it."""


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from([(heading, row) for heading in UNREADABLE for row in (4, 5)]), min_size=1, unique=True
    ).flatmap(lambda places: st.tuples(*(st.tuples(st.just(p), st.sampled_from(UNREADABLE[p[0]])) for p in places)))
)
def test_any_cells_that_cannot_be_read_are_all_told_and_nothing_is_written(tmp_path, written):
    edited = Edited(tmp_path)
    places = set()
    for (heading, row), text in written:
        cell = edited.cell(heading, row)
        cell.value = text
        places.add(f"整改台账!{cell.coordinate}")
    read = edited.read()
    assert {dict(one.values)["key_label"] for one in read.findings} == places
    assert {one.severity for one in read.findings} == {"error"}
    assert [row.values for row in read.rows] == [row.base for row in read.rows]
    (refused,) = update_from_ledger("台账.xlsx", read, {"2024-jia": tmp_path}, False, lambda diff, dry: True)
    assert isinstance(refused, RefusedImport) and not list(tmp_path.glob("*.md"))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.tuples(*[st.sampled_from(["1", "2", "9", "一", "2-1", 7, "第3项", ""])] * 2), st.booleans())
def test_whatever_the_printed_numbers_are_a_row_is_known_by_its_reference(tmp_path, numbers, turned):
    edited = Edited(tmp_path)
    for row, number in zip((4, 5), numbers):
        edited.cell("序号", row).value = number
    if turned:
        for column in range(1, edited.sheet.max_column + 1):
            above, below = edited.sheet.cell(4, column), edited.sheet.cell(5, column)
            above.value, below.value = below.value, above.value
    read = edited.read()
    assert read.findings == () and read.missing == () and read.new == ()
    known = {row.ref: row for row in read.rows}
    for nn, number in zip(("01", "02"), numbers):
        row = known[f"2024-jia/{nn}"]
        assert row.values.get("number", "") == str(number)
        assert row.values | {"number": ""} == row.base | {"number": ""}


def test_a_formula_error_is_reported(edited):
    edited.cell("问题").value = "#REF!"
    edited.cell("问题").data_type = "e"
    read = edited.read()
    assert kinds(read) == ["cell_error"] and read.rows[0].values["title"] == "台账不全"


def test_what_a_program_left_is_no_value_and_what_is_struck_out_no_text(edited):
    edited.cell("问题").value, edited.cell("牵头单位").value = "########", "=A1&B1"
    edited.cell("责任人", 5).value, edited.cell("责任人", 5).font = "王某", Font(strike=True)
    edited.progress.append(["2024-jia/01", None, "2024-05-20", None, "#N/A"])
    read = edited.read()
    assert [(one.kind, dict(one.values).get("key_label")) for one in read.findings] == [
        ("struck_text", None),
        ("cell_error", f"进展记录!E{edited.progress.max_row}"),
        ("cell_error", "整改台账!D4"),
        ("cell_error", "整改台账!G4"),
    ]
    assert [row.values for row in read.rows] == [row.base for row in read.rows]


def test_merged_cells_a_second_column_and_emptied_cells_are_read_as_they_look(edited):
    edited.sheet.merge_cells("G4:G5")
    edited.sheet.cell(3, 30).value, edited.sheet.cell(5, 30).value = "状态", "待整改"
    edited.cell("问题").value = edited.cell("状态", 5).value = None
    read = edited.read()
    assert read.rows[1].values == read.rows[1].base | {"lead": "办公室"} and read.rows[0].values == read.rows[0].base
    assert kinds(read) == ["unused_column", "emptied_cell", "emptied_cell"]


def test_a_renamed_sheet_is_known_by_its_headings_and_one_without_them_is_told(edited):
    edited.sheet.title = "Sheet1"
    edited.cell("牵头单位").value = "机关党委"
    assert edited.read().rows[0].values["lead"] == "机关党委"
    edited.sheet.delete_cols(1)
    assert kinds(edited.read()) == ["no_ledger_sheet"]


def test_a_ledger_with_cells_that_cannot_be_read_is_refused_with_every_address(edited, tmp_path):
    edited.cell("状态").value = edited.cell("状态", 5).value = "差不多了"
    edited.cell("整改时限", 5).value = "年底前"
    extra = edited.book.create_sheet("底稿")
    extra.append(["经办", "甲"])
    extra.sheet_state = "veryHidden"
    read = edited.read()
    assert [dict(one.values)["found"] for one in read.findings if one.rule == "I160"] == ["1"]
    (refused,) = update_from_ledger("台账.xlsx", read, {"2024-jia": tmp_path}, False, lambda diff, dry: True)
    assert isinstance(refused, RefusedImport)
    assert all(f"整改台账!{cell}" in refused.outcome() for cell in ("K4", "K5", "J5"))
    assert not list(tmp_path.glob("*.md"))


def test_rows_may_be_sorted_hidden_and_columns_moved(edited):
    rows = [[cell.value for cell in row] for row in edited.sheet.iter_rows(min_row=3, max_row=5)]
    moved = [[row[-1], *reversed(row[1:-1]), row[0]] for row in (rows[0], rows[2], rows[1])]
    for number, row in enumerate(moved, start=3):
        for column, value in enumerate(row, start=1):
            edited.sheet.cell(number, column).value = value
    edited.sheet.row_dimensions[4].hidden = True
    edited.sheet.column_dimensions["C"].hidden = True
    edited.sheet.insert_rows(1)
    read = edited.read()
    assert read.findings == ()
    assert [row.ref for row in read.rows] == ["2024-jia/02", "2024-jia/01"]
    assert all(row.values == row.base and row.body is None for row in read.rows)


def test_a_deleted_column_says_nothing(edited):
    edited.sheet.delete_cols(edited.cell("牵头单位").column)
    read = edited.read()
    assert read.rows[0].values == read.rows[0].base


def test_a_row_without_reference_is_a_new_problem(edited):
    edited.cell("问题", 6).value, edited.cell("状态", 6).value, edited.cell("整改情况", 6).value = (
        "新问题",
        "待整改",
        "说明。",
    )
    edited.cell("牵头单位", 8).value = "只有单位"
    read = edited.read()
    assert [(row.disclosure, row.ref, row.row, row.values, row.body) for row in read.new] == [
        ("2024-jia", "", 6, {"title": "新问题", "status": "pending"}, ("说明。",))
    ]
    assert kinds(read) == ["incomplete_row"]


def test_a_new_problem_among_several_disclosures_needs_the_name_of_its_own(tmp_path):
    other = DISCLOSURE._replace(id="2024-yi", unit="乙局")
    edited = Edited(tmp_path, folders=[(DISCLOSURE, [FIRST]), (other, [SECOND._replace(disclosure="2024-yi")])])
    edited.cell("问题", 6).value = "无主"
    edited.cell("编号", 7).value, edited.cell("问题", 7).value = "2024-yi", "有主"
    read = edited.read()
    assert [(row.disclosure, row.values["title"]) for row in read.new] == [("2024-yi", "有主")]
    assert kinds(read) == ["unclear_disclosure"]


def test_wrong_references_are_reported(edited):
    edited.cell("编号", 6).value, edited.cell("问题", 6).value = "2024-jia/01", "抄来的一行"
    edited.cell("编号", 7).value, edited.cell("问题", 7).value = "2023-yi/09", "别处的一行"
    read = edited.read()
    assert kinds(read) == ["duplicate_reference", "foreign_reference"]
    assert [row.values["title"] for row in read.rows] == ["台账不全", "制度不健全"] and read.new == ()


def test_a_deleted_row_is_missing_and_not_deleted(edited):
    edited.sheet.delete_rows(4)
    read = edited.read()
    assert read.missing == ("2024-jia/01",) and [row.ref for row in read.rows] == ["2024-jia/02"]
    assert kinds(read) == ["missing_rows"]


def test_a_foreign_column_is_reported(edited):
    edited.sheet.cell(3, 16).value = "备注"
    assert kinds(edited.read()) == ["unused_column"]


def test_new_progress_is_read_oldest_first(edited):
    for column, value in zip("ACDE", ("2024-jia/01", "2024年4月15日", "已完成", "插在中间。")):
        edited.progress[f"{column}6"].value = value
    for column, value in zip("ACE", ("2024-jia/02", date(2024, 6, 1), "第一条。")):
        edited.progress[f"{column}7"].value = value
    read = edited.read()
    assert read.findings == ()
    assert read.rows[0].values["progress"] == (
        FIRST.progress[0],
        Progress(date(2024, 4, 15), "插在中间。", "done"),
        FIRST.progress[1],
    )
    assert read.rows[1].values["progress"] == (Progress(date(2024, 6, 1), "第一条。"),)


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ({"A": "2024-jia/01", "C": "上月", "E": "内容。"}, "unreadable_date"),
        ({"A": "2024-jia/01", "C": "2024-05-02"}, "incomplete_row"),
        ({"A": "2024-jia/01", "E": "没有日期。"}, "incomplete_row"),
        ({"C": "2024-05-02", "E": "没有编号。"}, "incomplete_row"),
        ({"A": "2023-yi/01", "C": "2024-05-02", "E": "别处的。"}, "foreign_reference"),
        ({"A": "2024-jia/01", "C": "2024-05-02", "D": "还行", "E": "内容。"}, "unknown_value"),
    ],
)
def test_progress_that_cannot_be_read_is_reported(edited, cells, kind):
    for column, value in cells.items():
        edited.progress[f"{column}6"].value = value
    read = edited.read()
    assert kinds(read) == [kind]
    assert ledger.PROGRESS_SHEET in read.findings[0].message()
    assert read.rows[0].values["progress"] == FIRST.progress


def test_deleted_progress_is_reported(edited):
    edited.progress.delete_rows(4)
    read = edited.read()
    assert kinds(read) == ["missing_progress"]
    assert read.rows[0].values["progress"] == FIRST.progress[1:]


def test_without_the_sheet_of_progress_nothing_is_said_of_it(edited):
    del edited.book[ledger.PROGRESS_SHEET]
    assert edited.read().rows[0].values["progress"] == FIRST.progress


def test_a_text_over_several_columns_is_one_value(tmp_path):
    body = "\n\n".join(f"{'长' * 900}{n}" for n in range(60))
    problem = FIRST._replace(body=body)
    edited = Edited(tmp_path, problem)
    assert_untouched(edited.read(), [problem])
    edited.cell("整改情况（续2）").value += "补一句。"
    paragraphs = edited.read().rows[0].body
    assert "\n\n".join(paragraphs).replace("补一句。", "") == body and sum("补一句。" in p for p in paragraphs) == 1


def test_other_workbooks_are_not_ours(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = ledger.SHEET
    book.active.append(["编号", "问题", "状态"])
    book.save(tmp_path / "别的.xlsx")
    assert read_ledger(tmp_path / "别的.xlsx") is None
    (tmp_path / "文字.xlsx").write_text("不是表格", encoding="utf-8")
    assert read_ledger(tmp_path / "文字.xlsx") is None
    assert read_ledger(tmp_path / "没有.xlsx") is None


def test_a_damaged_copy_is_as_if_the_problem_had_not_been_exported(edited):
    edited.book[ledger.BASE_SHEET]["B2"].value = "{"
    read = edited.read()
    assert set(kinds(read)) == {"foreign_reference"} and [row.ref for row in read.rows] == ["2024-jia/02"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_damaged_file_never_raises(tmp_path, data):
    whole = workbook([(DISCLOSURE, [FIRST])], AS_OF)
    with zipfile.ZipFile(io.BytesIO(whole)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    at = data.draw(st.integers(0, len(parts[name])))
    parts[name] = (
        parts[name][:at] + data.draw(st.binary(max_size=8)) + parts[name][at + data.draw(st.integers(0, 40)) :]
    )
    file = tmp_path / "坏.xlsx"
    with zipfile.ZipFile(file, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    read = read_ledger(file)
    assert read is None or isinstance(read, Ledger)
