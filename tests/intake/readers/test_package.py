"""Files that are not what they seem, and zip files built to do harm: refused with a message, and never held whole."""

import tracemalloc
import zipfile
from pathlib import Path

import pytest

from helpers.cases import chinese_left
from rectify.intake.readers import read

PLAIN = "<w:p><w:r><w:t>正文</w:t></w:r></w:p>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal(file: Path) -> tuple[str, str]:
    """(rule, message) of a file that must be refused."""
    outline, findings = read(file)
    assert outline is None
    (finding,) = findings
    assert finding.severity == "error"
    assert finding.path == file.name
    assert finding.fix() and not chinese_left(finding)
    return finding.rule, finding.message()


def wide(text: str) -> bytes:
    return text.encode("utf-16-le")


@pytest.mark.parametrize(
    ("name", "data", "rule", "says"),
    [
        ("a.doc", OLE + bytes(600) + wide("WordDocument"), "I004", ".doc"),
        ("a.wps", OLE + bytes(600), "I004", ".wps"),
        ("a.et", OLE + bytes(600), "I004", ".et"),
        ("a.docx", OLE + bytes(600) + wide("WordDocument"), "I004", ".doc"),
        ("a.dat", OLE + bytes(600) + wide("Workbook"), "I004", ".xls"),
        ("a.docx", OLE + bytes(600) + wide("EncryptedPackage"), "I005", "密码"),
        ("a.docx", b"%PDF-1.7\n%\xe2\xe3", "I011", "损坏"),
        ("a.rtf", rb"{\rtf1\ansi text}", "I007", "RTF"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(50), "I008", "图片"),
        ("a.heic", b"\0\0\0\x18ftypheic" + bytes(50), "I008", "图片"),
        ("a.mp4", b"\0\0\0\x18ftypisom" + bytes(50), "I113", ".mp4"),
        ("a.txt", b"MZ\x90\x00" + bytes(50), "I113", "程序"),
        ("a.rar", b"Rar!\x1a\x07\x01\x00" + bytes(50), "I009", "压缩包"),
        ("a.docx", b"PK\x03\x04" + b"\x00garbage" * 50, "I011", "损坏"),
        ("a.txt", b"", "I003", "空"),
        ("a.txt", b"\n \r\n\t", "I003", "空"),
        ("a.docx", bytes(range(128, 256)) * 40, "I017", "编码"),
    ],
)
def test_what_is_not_read_is_named_by_its_content(written, monkeypatch, name, data, rule, says):
    monkeypatch.setenv("PATH", "")  # no LibreOffice
    found, message = refusal(written(name, data))
    assert found == rule
    assert says in message


def test_a_folder_and_a_missing_file_are_refused(tmp_path):
    assert refusal(tmp_path)[0] == "I001"
    assert refusal(tmp_path / "missing.docx")[0] == "I001"


def test_too_large_a_file_is_not_even_opened(tmp_path, written):
    file = tmp_path / "a.docx"
    with file.open("wb") as out:
        out.truncate(101_000_000)
    assert refusal(file)[0] == "I002"
    assert refusal(written("a.txt", b"1234567890\n" * 1_000_000))[0] == "I002"


def test_a_docx_by_any_name_is_a_docx(docx):
    assert [read(docx(PLAIN, name))[0].format for name in ("a.doc", "a.xlsx", "a")] == ["docx"] * 3


@pytest.mark.parametrize(
    ("members", "rule"),
    [
        ({"readme.txt": "说明"}, "I009"),
        ({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}, "I007"),
        ({"[Content_Types].xml": "<Types/>"}, "I011"),
        ({}, "I011"),
    ],
)
def test_other_zip_files(tmp_path, members, rule, monkeypatch):
    monkeypatch.setenv("PATH", "")  # no LibreOffice
    file = tmp_path / "a.docx"
    with zipfile.ZipFile(file, "w") as out:
        for name, text in members.items():
            out.writestr(name, text)
    if not members:
        file.write_bytes(b"PK\x03\x04")
    assert refusal(file)[0] == rule


@pytest.mark.parametrize("name", ["/etc/a.xml", "../a.xml", "word/../../a.xml", "..\\a.xml", "C:/a.xml"])
def test_a_member_that_leads_outside(docx, name):
    rule, message = refusal(docx(PLAIN, raw={name: "x"}))
    assert (rule, "指向外面" in message) == ("I012", True)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", ["word/document.xml", "WORD/Document.XML"])
def test_a_member_that_appears_twice(docx, name):
    rule, message = refusal(docx(PLAIN, raw={name: "x"}))
    assert (rule, "重复" in message) == ("I012", True)


def test_an_encrypted_member(docx):
    file = docx(PLAIN)
    data = bytearray(file.read_bytes())
    place = data.index(b"PK\x01\x02")
    data[place + 8] |= 1
    file.write_bytes(data)
    assert refusal(file)[0] == "I005"


def entity(name: str) -> str:
    return f'<!DOCTYPE d [<!ENTITY e {name}>]><w:hdr xmlns:w="x">&e;</w:hdr>'


@pytest.mark.parametrize(
    ("xml", "rule"),
    [
        (entity('"文"'), "I012"),
        (entity('SYSTEM "file:///etc/passwd"'), "I012"),
        ("<!DOCTYPE hdr><hdr/>", "I012"),
        ("<a>" * 300 + "</a>" * 300, "I012"),
        ("<a>" + "<b/>" * 500_000 + "</a>", "I012"),
        ("<a><b></a>", "I013"),
        ('<?xml version="1.0" encoding="utf-7"?><a/>', "I013"),
        ("", "I013"),
        ("no xml", "I013"),
    ],
)
def test_xml_that_no_parser_is_given(docx, xml, rule):
    file = with_part(docx(PLAIN, styles=""), "word/styles.xml", xml)
    assert refusal(file)[0] == rule


def with_part(file: Path, name: str, text: str) -> Path:
    """Replace one part of a package."""
    with zipfile.ZipFile(file) as old:
        parts = {member: old.read(member) for member in old.namelist()} | {name: text.encode()}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for member, data in parts.items():
            new.writestr(member, data)
    return file


MAIN_RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)


def measured(file: Path) -> tuple[str, float]:
    """(rule, megabytes at the peak) of a refusal."""
    tracemalloc.start()
    rule, _ = refusal(file)
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return rule, peak


def test_a_hundred_megabytes_of_xml_are_refused_without_being_read_whole(tmp_path):
    file = tmp_path / "a.docx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("_rels/.rels", MAIN_RELATION)
        # Text that does not compress to nothing, so that the ratio is not what refuses it.
        out.writestr(
            "word/document.xml", b"<a>" + b"".join(b"<b>%d</b>" % (n * 7919) for n in range(7_000_000)) + b"</a>"
        )
    rule, peak = measured(file)
    assert rule == "I012"
    assert peak < 150


def test_a_bomb_is_refused_without_being_kept(docx):
    rule, peak = measured(docx(PLAIN, raw={"word/media/a.bin": bytes(290_000_000)}))
    assert (rule, peak < 50) == ("I012", True)


def test_the_sizes_in_the_directory_are_not_believed(docx):
    file = docx(PLAIN, raw={"word/media/a.bin": bytes(2_000_000)})
    data = bytearray(file.read_bytes())
    place = data.rindex(b"PK\x01\x02")
    data[place + 24 : place + 28] = (10).to_bytes(4, "little")
    file.write_bytes(data)
    assert refusal(file)[0] in ("I011", "I012")


def test_too_many_members(docx):
    assert refusal(docx(PLAIN, raw={f"word/media/{n}": "x" for n in range(5001)}))[0] == "I012"
