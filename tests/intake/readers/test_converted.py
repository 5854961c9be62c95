"""Documents of older programs, as far as LibreOffice opens them."""

import openpyxl

from helpers.converted import converted, needs_office
from rectify.intake.outline import Table
from rectify.intake.readers import read

NOTICE = ("关于巡察整改情况的通报", "（一）关于“台账不全”问题的整改", "整改情况：补齐台账，已完成。")
RTF = (
    "{\\rtf1\\ansi\\ansicpg936 "
    + "\\par ".join(
        "".join(f"\\u{ord(one) if ord(one) < 32768 else ord(one) - 65536}?" for one in line) for line in NOTICE
    )
    + "\\par}"
)


@needs_office
def test_rich_text_is_converted_and_that_is_told(written):
    outline, findings = read(written("a.rtf", RTF.encode("ascii")))
    assert tuple(block.text for block in outline.blocks) == NOTICE
    assert findings[0].rule == "I038"


@needs_office
def test_an_old_workbook_is_a_table(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["序号", "问题"])
    book.active.append([1, "台账不全"])
    book.save(tmp_path / "a.xlsx")
    outline, _ = read(converted(tmp_path / "a.xlsx", "xls", tmp_path).rename(tmp_path / "a.et"))
    (table,) = outline.blocks
    assert isinstance(table, Table) and [cell.text for cell in table.rows[1].cells] == ["1", "台账不全"]


@needs_office
def test_what_libreoffice_cannot_open_is_refused_in_a_sentence(written):
    outline, findings = read(
        written("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "Workbook".encode("utf-16-le"))
    )
    assert outline is None and [one.rule for one in findings] == ["I037"]
    assert "Traceback" not in findings[0].message() and ".xlsx" in findings[0].fix()
