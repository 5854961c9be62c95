"""The ledger that comes back from Excel: a status moves on a day that somebody stated, and what then stands there is checked."""

from datetime import date

import pytest
from openpyxl import load_workbook

from helpers.cases import DISCLOSURE
from rectify.core import ledger
from rectify.sources.folder import read_folder

TWO = "2024-a/02"


@pytest.fixture
def site(make_site):
    site = make_site(DISCLOSURE)
    site.rectify("export", "--xlsx", "-o", "ledger.xlsx").ok()
    return site


def filled(site, status: str = "已完成", **entry: str) -> None:
    """Set the status of TWO in the workbook, and add an entry to the sheet of progress where there is one."""
    book = load_workbook(site.root / "ledger.xlsx")
    sheet, progress = book[ledger.SHEET], book[ledger.PROGRESS_SHEET]
    row = next(row for row in sheet.iter_rows(min_row=4) if row[0].value == TWO)
    next(cell for cell, head in zip(row, sheet[3]) if head.value == "状态").value = status
    if entry:
        free = next(row for row in progress.iter_rows(min_row=4) if not row[0].value)
        for cell, head in zip(free, progress[3]):
            cell.value = {"编号": TWO, **entry}.get(head.value)
    book.save(site.root / "ledger.xlsx")


def update(site, *options: str):
    return site.rectify("import", "ledger.xlsx", "--update", "--yes", *options)


def state(site):
    folder = read_folder(site.root / "content", "2024-a")
    return folder.disclosure, folder.problems[1]


def test_a_status_that_moves_on_no_stated_day_is_refused_with_its_cell(site):
    filled(site)
    before = state(site)
    told = update(site)
    assert told.exit == 1 and "整改台账!K5 的状态改成了“已完成”，没有写明是哪一天" in told.out
    assert f"编号 {TWO}、日期" in told.out and "--date" in told.out
    assert state(site) == before


def test_the_row_of_progress_dates_it_and_the_disclosure_is_of_that_day(site):
    filled(site, 日期="2024-11-20", 内容="其余小区全部移交。")
    update(site).ok()
    disclosure, problem = state(site)
    assert problem.status == "done"
    assert problem.progress[-1][:3] == (date(2024, 11, 20), "其余小区全部移交。", "done")
    # What the notice stated holds for the day it stated it for.
    assert (disclosure.as_of, disclosure.declared_as_of) == (date(2024, 11, 20), date(2024, 9, 30))
    assert site.rectify("check").ok()
    assert "没有改动" in update(site).ok().out


def test_a_day_may_be_given_for_all_but_not_one_to_come(site):
    filled(site)
    assert update(site, "--date", "2099-01-01").exit == 2
    update(site, "--date", "2024-11-20").ok()
    disclosure, problem = state(site)
    assert disclosure.as_of == problem.progress[-1].date == date(2024, 11, 20)
    assert problem.progress[-1].status == problem.status == "done"


def test_an_entry_of_before_the_as_of_date_leaves_that_and_what_contradicts_the_text_is_told(site):
    filled(site, 日期="2024-09-20", 内容="其余小区全部移交。", 状态="已完成")
    told = update(site).ok()
    assert state(site)[0].as_of == date(2024, 9, 30)
    assert "公开之前还要改" in told.out and "C002" in told.out


def test_a_date_for_a_document_is_wrong_usage(site):
    site.write("notice.txt", "某局整改情况\n")
    assert site.rectify("import", "notice.txt", "--date", "2024-11-20").exit == 2
