"""The ledger at the desk: narrowed in its heads, typed into like a spreadsheet, taken away as a workbook and brought back."""

import os
import re
import threading
import zipfile
from io import BytesIO

import pytest
from openpyxl import load_workbook

from helpers.attached import OLE, repacked
from helpers.cases import DISCLOSURE
from helpers.desks import Clerk, desk_of, fields, served, source
from helpers.repository import committed, git
from rectify.core.vocabulary import PROBLEM_KEYS
from rectify.desk import filled_ledger
from rectify.sources.edit import read

ONE, TWO = "2024-a/01", "2024-a/02"
FILES = {
    **DISCLOSURE,
    "reports/2024-a/02.md": DISCLOSURE["reports/2024-a/02.md"].replace(
        "序号: 2", "序号: 2\n牵头单位: 供水科\n分组: 供水服务方面"
    ),
}


@pytest.fixture
def clerk(make_site) -> Clerk:
    return Clerk(make_site(FILES))


def values(clerk: Clerk, ref: str = TWO) -> dict:
    return read(source(clerk.site, ref).read_text("utf-8"), PROBLEM_KEYS).values


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ("lead=供水科", [TWO]),
        ("lead=-", [ONE]),
        ("group=供水服务方面", [TWO]),
        ("status=done", [ONE]),
        ("due=2024", [ONE, TWO]),
        ("due=2025", []),
        ("flag=-&words=移交", [TWO]),
        ("unit=清川市水务局&view=late", [TWO]),
    ],
)
def test_the_heads_of_columns_narrow_the_ledger_and_what_is_printed(clerk, asked, left):
    page = clerk.text(f"/ledger?{asked}")
    assert [ref for ref in (ONE, TWO) if f'data-ref="{ref}"' in page] == left
    # A head offers what is there, also where nothing is left, so that one comes back.
    assert 'name="lead"' in page and (bool(left) or "没有符合条件的问题" in page)
    told = clerk.get(f"/papers/workbook?{asked}")
    if left:
        sheet = load_workbook(BytesIO(told.data)).worksheets[0]
        text = "\n".join(str(cell.value) for row in sheet for cell in row)
        assert [ref for ref in (ONE, TWO) if ref in text] == left
    else:
        assert "没有符合条件的问题" in told.get_data(as_text=True)


def test_what_is_typed_into_a_row_goes_before_what_is_set_for_all(clerk):
    asked = {
        **clerk.form("/ledger?lead=供水科", "/ledger/together"),
        "ref": [ONE, TWO],
        "entry_text": "复核。",
        f"cell|{TWO}|entry_text": "第二批移交。",
        f"cell|{TWO}|lead": "规划科",
        f"cell|{TWO}|title": "不能在这里改",
        "cell|2024-a/99|lead": "没有这个问题",
    }
    shown = clerk.post("/ledger/together", asked).get_data(as_text=True)
    assert "将要改 2 个问题" in shown and "没有这个问题，或者" in shown
    form = {**fields(shown, "/ledger/together"), "apply": "1", "ref": [ONE, TWO]}
    done = clerk.post("/ledger/together", form)
    assert "已保存 2 个问题" in done.get_data(as_text=True) and done.request.args["lead"] == "供水科"
    assert [values(clerk, ref)["progress"][-1].text for ref in (ONE, TWO)] == ["复核。", "第二批移交。"]
    assert (values(clerk)["lead"], values(clerk)["title"]) == ("规划科", "二次供水设施移交缓慢")


def test_a_cell_with_a_line_break_is_one_cell(clerk):
    pasted = '"第一句，\n第二句""试点""。"\r\n"三公"经费已核对。\r\n'
    asked = {**clerk.form("/ledger", "/ledger/together"), "ref": [ONE, TWO], "pasted": pasted, "apply": "1"}
    asked["entry_status"] = ""
    clerk.post("/ledger/together", asked)
    assert values(clerk, ONE)["progress"][-1].text == '第一句，第二句"试点"。'
    assert values(clerk, TWO)["progress"][-1].text == '"三公"经费已核对。'


def workbook(clerk: Clerk, **cells: str) -> bytes:
    """The ledger as it is taken away, with another text in the cell of a column in the row of TWO."""
    book = load_workbook(BytesIO(clerk.get("/papers/workbook").data))
    sheet = book.worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(number for number, row in enumerate(rows) if "牵头单位" in row)
    row = next(number for number, row in enumerate(rows) if TWO in row)
    for name, text in cells.items():
        sheet.cell(row + 1, rows[head].index(name) + 1).value = text
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def dropped(clerk: Clerk, data: bytes):
    return clerk.post("/import", {**clerk.form("/import", "/import"), "file": (BytesIO(data), "台账.xlsx")})


def test_a_ledger_that_was_filled_in_is_looked_at_field_by_field_and_written(clerk):
    before = source(clerk.site, TWO).read_bytes()
    came = dropped(clerk, workbook(clerk, 牵头单位="规划科", 整改时限="2025-03-31"))
    page = came.get_data(as_text=True)
    for part in (TWO, "二次供水设施移交缓慢", "供水科", "规划科", "2025-03-31", "将要改 1 个文件"):
        assert part in page, part
    assert ONE not in page and source(clerk.site, TWO).read_bytes() == before
    form = fields(page, came.request.path)
    # Somebody changes the problem while the page is open: it is looked at again.
    clerk.problem(TWO, owner="科长")
    assert "看过现在的" in clerk.post(came.request.path, form).get_data(as_text=True)
    assert values(clerk)["lead"] == "供水科"
    again = fields(clerk.text(came.request.path.removeprefix(clerk.below)), came.request.path)
    assert "已保存 1 个问题" in clerk.post(came.request.path, again).get_data(as_text=True)
    assert (values(clerk)["lead"], values(clerk)["owner"]) == ("规划科", "科长")
    assert str(values(clerk)["deadline"]) == "2025-03-31"
    newest = clerk.desk.journal.entries()[-1]
    clerk.post("/changes/undo", {**clerk.form("/changes", "/changes/undo"), "id": newest.id})
    assert values(clerk)["lead"] == "供水科"
    same = workbook(clerk)
    assert "没有要改的" in dropped(clerk, same).get_data(as_text=True)
    assert "宏程序" in dropped(clerk, repacked(same, {"xl/vbaProject.bin": OLE})).get_data(as_text=True)


def test_while_a_long_ledger_is_gone_through_the_page_says_how_far_and_nothing_is_written(clerk, monkeypatch):
    before, go_on, plans = source(clerk.site, TWO).read_bytes(), threading.Event(), filled_ledger.plans
    data = workbook(clerk, 牵头单位="规划科")

    def slow(*told, progress):
        progress(3, 40)
        go_on.wait(60)
        return plans(*told)

    monkeypatch.setattr(filled_ledger, "plans", slow)
    monkeypatch.setattr(filled_ledger, "_MOMENT", 0)
    came = dropped(clerk, data)
    way = came.request.path.removeprefix(clerk.below)
    for _time in range(2):
        page = clerk.text(way)
        assert "正在对照台账 台账.xlsx" in page and 'http-equiv="refresh"' in page and "将要改" not in page
    assert source(clerk.site, TWO).read_bytes() == before
    # Others go on with their work meanwhile.
    assert "已保存" in clerk.problem(ONE, owner="科长").get_data(as_text=True)
    go_on.set()
    assert clerk.desk.ledgers[way.rpartition("/")[2]].is_done(60)
    monkeypatch.setattr(filled_ledger, "_MOMENT", 60)
    page = clerk.text(way)
    assert "将要改 1 个文件" in page and source(clerk.site, TWO).read_bytes() == before
    assert "已保存 1 个问题" in clerk.post(way, fields(page, way)).get_data(as_text=True)


def test_a_ledger_is_read_however_large_its_parts_are(clerk):
    name, data = "xl/worksheets/sheet1.xml", workbook(clerk, 牵头单位="规划科")
    sheet = zipfile.ZipFile(BytesIO(data)).read(name).decode()
    # As large as ten thousand rows are, in one remark.
    full = sheet.replace("</worksheet>", f"<!--{os.urandom(1 << 16).hex() * 300}--></worksheet>")
    assert "将要改 1 个文件" in dropped(clerk, repacked(data, {name: full})).get_data(as_text=True)


def test_a_cell_that_cannot_be_read_is_named_by_its_address_and_nothing_is_written(clerk):
    before = source(clerk.site, TWO).read_bytes()
    came = dropped(clerk, workbook(clerk, 牵头单位="规划科", 整改时限="过几天", 状态="差不多了"))
    page = came.get_data(as_text=True)
    assert "2 处读不懂" in page and "过几天" in page and "差不多了" in page
    assert len(re.findall(r"整改台账![A-Z]\d+ 的", page)) == 2
    clerk.post(came.request.path, {**clerk.form("/import", "/import"), "shown": "x"})
    assert source(clerk.site, TWO).read_bytes() == before


def paste(tab, text: str) -> None:
    """What Ctrl+V does in the place that has the focus."""
    tab.evaluate(
        """text => {
            const held = new DataTransfer();
            held.setData("text/plain", text);
            const paste = new ClipboardEvent("paste", { clipboardData: held, bubbles: true, cancelable: true });
            document.activeElement.dispatchEvent(paste);
        }""",
        text,
    )


def test_forty_problems_are_brought_up_to_date_and_handed_in_with_six_clicks(make_site, page):
    files = {name: text for name, text in DISCLOSURE.items() if name != f"reports/{ONE}.md"}
    index = files["reports/2024-a/index.md"].replace("{总数: 2, 已完成: 1, 持续推进: 1}", "{总数: 40, 持续推进: 40}")
    files["reports/2024-a/index.md"] = index.replace("2个问题，已完成1个，持续推进1个", "40个问题，持续推进40个")
    for number in range(1, 41):
        text = DISCLOSURE[f"reports/{TWO}.md"].replace("序号: 2", f"序号: {number}")
        files[f"reports/2024-a/{number:02}.md"] = text.replace("二次供水设施移交", f"第{number}处泵房移交")
    site = committed(make_site(files))
    git(site, "config", "user.name", "办公室科员").ok()
    clicks = 0

    def click(place) -> None:
        nonlocal clicks
        place.click()
        clicks += 1

    with served(desk_of(site)) as way:
        tab = page(way, viewport=(1440, 900))
        click(tab.get_by_role("link", name="台账", exact=True))
        click(tab.locator(f'[data-cell="cell|{ONE}|entry_text"]'))
        paste(tab, "".join(f"第{number}处已经移交。\r\n" for number in range(1, 41)))
        click(tab.get_by_role("button", name="先看改动"))
        click(tab.get_by_role("button", name="保存 40 个"))
        click(tab.get_by_role("link", name=re.compile("^提交")))
        click(tab.get_by_role("button", name="提交", exact=True))
        tab.get_by_text("已提交 40 个问题、1 份通报").wait_for()
    assert clicks == 6
    assert "第40处已经移交。" in git(site, "show", "HEAD:content/reports/2024-a/40.md").ok().out


def test_the_table_is_typed_into_like_a_spreadsheet(make_site, page):
    site = make_site(FILES)
    with served(desk_of(site)) as way:
        tab = page(way, viewport=(1440, 900))
        tab.goto(f"{tab.url}ledger")
        # As long as a list is being made that is said; what there is nothing of is told once.
        making = tab.locator("[data-making]")
        with tab.expect_download() as made:
            tab.get_by_role("link", name="下载 Excel").click()
        assert made.value.suggested_filename == "ledger.xlsx"
        tab.locator("[data-making]:empty").wait_for(state="attached")
        tab.evaluate("() => { window.fetch = () => new Promise(() => {}) }")
        tab.locator("summary", has_text="打印这些").click()
        tab.get_by_role("button", name="下载 Word").click()
        assert "正在准备“打印这些”" in making.inner_text()
        tab.goto(f"{tab.url.partition('?')[0]}?words=没有的")
        tab.get_by_role("link", name="逾期清单").click()
        tab.locator(".desk-said", has_text="没有符合条件的问题").wait_for()
        assert tab.locator(".desk-said p").count() == 1
        tab.goto(tab.url.partition("?")[0])
        cell = tab.locator(f'[data-cell="cell|{ONE}|entry_text"]')
        cell.focus()
        paste(tab, '"复核，\n无误。"\r\n第二批移交。\r\n多出的。\r\n')
        told = tab.locator("[data-told]")
        assert "改了 2 处" in told.inner_text() and "多出 1 行" in told.inner_text()
        assert cell.input_value() == "复核，无误。"
        where = "document.activeElement.dataset.cell ?? document.activeElement.name"
        tab.keyboard.press("Enter")
        assert tab.evaluate(where) == f"cell|{TWO}|entry_text"
        tab.keyboard.type("第三批移交。")  # over what was there
        for _step in range(3):
            tab.keyboard.press("ArrowUp")
        assert tab.evaluate(where) == f"cell|{ONE}|entry_text"
        for key in ("ArrowDown", "ArrowLeft", "ArrowLeft", "ArrowLeft"):
            tab.keyboard.press(key)
        assert tab.evaluate(where) == f"cell|{TWO}|lead"
        tab.keyboard.type("规划")
        tab.keyboard.press("Escape")
        assert tab.locator(f'[data-cell="cell|{TWO}|lead"]').input_value() == "供水科"
        tab.keyboard.press("ArrowDown")  # there is no row
        tab.keyboard.insert_text("管网科\n")
        assert tab.locator(f'[data-cell="cell|{TWO}|lead"]').input_value() == "管网科"
        # A day is picked as well, and the arrows pass the calendar by.
        until = tab.locator(f'[data-cell="cell|{TWO}|deadline"]')
        stood = until.input_value()
        for day in ("2025-01-31", stood):
            until.hover()
            tab.locator(f'[data-cell="cell|{TWO}|deadline"] + .desk-pick').fill(day)
            assert until.input_value() == day
            assert ("is-typed" in (until.locator("..").get_attribute("class") or "")) == (day != stood)
        until.focus()
        tab.keyboard.press("ArrowRight")
        assert tab.evaluate(where) == f"cell|{TWO}|entry_text"
        # What was typed is still there after a reload, and on another page.
        tab.locator("thead [name=status]").select_option("done")
        tab.wait_for_url("**status=done**")
        assert "改了 3 处" in told.inner_text()
        tab.get_by_role("button", name="先看改动").click()
        tab.get_by_text("将要改 2 个问题").wait_for()
        tab.get_by_role("button", name="保存 2 个").click()
        tab.get_by_text("已保存 2 个问题").wait_for()
        assert not told.is_visible()
    kept = Clerk(site, comes_in=False)
    assert [values(kept, ref)["progress"][-1].text for ref in (ONE, TWO)] == ["复核，无误。", "第三批移交。"]
    assert values(kept)["lead"] == "管网科"


def test_the_page_prints_the_whole_table_and_a_file_is_had_as_often_as_asked(make_site, page):
    more = {f"reports/2024-a/{one:02}.md": DISCLOSURE["reports/2024-a/02.md"] for one in range(3, 30)}
    with served(desk_of(make_site(DISCLOSURE | more))) as way:
        tab = page(way)
        tab.goto(f"{tab.url}ledger")
        tab.locator("summary", has_text="打印这些").click()
        for _time in range(2):
            with tab.expect_download() as file:
                tab.get_by_role("button", name="下载 Word").click()
            assert file.value.suggested_filename == "ledger.docx"
        tab.emulate_media(media="print")
        held, shown, across = tab.locator(".desk-scroll").evaluate(
            "one => [one.scrollHeight, one.clientHeight, one.scrollWidth - one.clientWidth]"
        )
        assert held <= shown + 1 and across <= 1
        assert tab.locator(".desk-together").is_hidden() and tab.locator("tr[data-ref]").nth(28).is_visible()
