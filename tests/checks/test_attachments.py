"""Published files: their text is searched, hostile ones are survived."""

import subprocess
import sys
import threading
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.attached import W, heic, jpeg, open_document, pdf, png, repacked, sheet, slides, tiff, webp, word, zipped
from helpers.carriers import gif, ofd, placed, rtf
from helpers.cases import write_disclosure
from helpers.growth import assert_linear
from rectify.checks.attachments import attachment as attachments
from rectify.checks.attachments.attachment import attachment_findings
from rectify.checks.attachments.types import form_of, is_local
from rectify.checks.content import check_content
from rectify.core.finding import Finding
from rectify.core.language import language

PHONE = "13700005678"
HEADER = f"<w:hdr {W}><w:p><w:r><w:t>{PHONE}</w:t></w:r></w:p></w:hdr>"


def findings(folder: Path, name: str, data: bytes) -> list[Finding]:
    (folder / name).write_bytes(data)
    return attachment_findings(folder / name, f"files/{name}")


@pytest.mark.parametrize(
    ("name", "data", "line"),
    [
        ("a.docx", word("正文。", f"经手人{PHONE}。"), 2),
        (
            "页眉.docx",
            repacked(
                word(),
                {"word/header9.xml": HEADER},
                {"word/_rels/document.xml.rels": (("header", "header9.xml", False),)},
            ),
            0,
        ),
        ("分段.docx", word("<w:r><w:t>经手人137</w:t></w:r><w:r><w:t>00005678</w:t></w:r>"), 1),
        ("a.xlsx", sheet(lambda book: book.active.append([2, f"经手人{PHONE}", ""])), 3),
        ("数.xlsx", sheet(lambda book: book.active.append(["手机", int(PHONE)])), 3),
        ("a.pptx", slides(f"经手人{PHONE}"), 1),
        ("a.odt", open_document(f"<text:p>正文</text:p><text:p>经手人{PHONE}</text:p>"), 2),
        ("a.pdf", pdf(text=f"mobile {PHONE}"), 1),
        ("逐字.pdf", placed(), 1),
        ("倒序.pdf", placed(-1), 1),
        ("a.csv", f"序号,经手人\r\n1,{PHONE}\r\n".encode("gb18030"), 2),
        ("a.txt", f"\n\n经手人{PHONE}".encode("utf-16"), 3),
        ("a.md", f"经手人{PHONE}".encode("utf-8-sig"), 1),
        ("a.json", f'{{\n"手机": "{PHONE}"}}'.replace("1", "\\u0031").encode(), 2),
        ("a.rtf", rtf(f"正文\\par 经手人{PHONE}"), 2),
        ("a.ofd", ofd(f"经手人{PHONE}"), 1),
    ],
)
def test_a_number_inside_is_found_where_it_stands(tmp_path, name, data, line):
    (finding,) = [f for f in findings(tmp_path, name, data) if f.kind == "mobile_number"]
    assert (finding.path, finding.line) == (f"files/{name}", line)
    assert PHONE in finding.excerpt


def test_of_wording_only_placeholders_count(tmp_path):
    found = findings(tmp_path, "a.docx", word("XX局已完成3个“四风问题”，，整改。"))
    assert {f.rule for f in found} <= {"W001", "W003", "W004"}
    assert found


def test_a_row_of_a_word_table_is_read_with_the_heads_of_its_columns(tmp_path):
    rows = (("序号", "姓名", "密码"), ("1", "", "Lhx!2024"), ("2", "安静", "123456"))
    cells = "".join(
        f"<w:tr>{''.join(f'<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>' for cell in row)}</w:tr>"
        for row in rows
    )
    document = f"<w:document {W}><w:body><w:tbl>{cells}</w:tbl></w:body></w:document>"
    data = repacked(word("正文"), {"word/document.xml": document})
    told = {(one.rule, one.line, one.token) for one in findings(tmp_path, "a.docx", data)}
    assert told >= {("P027", 4, "Lhx!2024"), ("P009", 7, "安静"), ("P027", 7, "123456")}


def test_a_fraction_is_no_number_of_somebody(tmp_path):
    assert findings(tmp_path, "a.xlsx", sheet(lambda book: book.active.append([13700005678.25, 0.13700005678]))) == []


def test_the_check_of_the_content_reports_an_attachment(tmp_path):
    content = write_disclosure(tmp_path, {"reports/2024-a/files/a.docx": word(f"经手人{PHONE}。")})
    (finding,) = [f for f in check_content(content).findings if f.kind == "mobile_number"]
    assert (finding.rule, finding.path, finding.line) == ("P002", "reports/2024-a/files/a.docx", 1)


def test_styles_hide_text_through_what_they_are_based_on(tmp_path):
    styles = (
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:style w:styleId="a"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>'
        '<w:style w:styleId="c"><w:basedOn w:val="b"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
        '<w:style w:styleId="d"><w:basedOn w:val="e"/></w:style><w:style w:styleId="e"><w:basedOn w:val="d"/></w:style></w:styles>'
    )
    paragraphs = [f'<w:pPr><w:pStyle w:val="{name}"/></w:pPr><w:r><w:t>样式{name}</w:t></w:r>' for name in "abcd"]
    found = findings(tmp_path, "a.docx", repacked(word(*paragraphs), {"word/styles.xml": styles}))
    assert [(f.rule, f.line, f.excerpt) for f in found] == [("A003", 1, "样式a"), ("A003", 2, "样式b")]


def test_what_older_programs_are_shown_instead_is_not_read_twice(tmp_path):
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    inner = f"<w:r><w:t>经手人{PHONE}</w:t></w:r>"
    both = f'<mc:AlternateContent {mc}><mc:Choice Requires="wps">{inner}</mc:Choice><mc:Fallback>{inner}</mc:Fallback></mc:AlternateContent>'
    assert len(findings(tmp_path, "a.docx", word(both))) == 1


def test_a_long_list_of_the_same_is_cut(tmp_path):
    change = '<w:ins w:id="1" w:author="a"><w:r><w:t>加</w:t></w:r></w:ins>'
    assert len(findings(tmp_path, "a.docx", word(change * 200))) == 20


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("file:///C:/a", True),
        ("\\\\server\\share", True),
        ("D:\\a.xlsx", True),
        ("http://10.1.2.3/", True),
        ("http://localhost:8000/", True),
        ("http://oa/", True),
        ("https://wiki.lan/", True),
        ("http://[::1]/", True),
        ("https://www.example.com/", False),
        ("mailto:a@example.com", False),
        ("", False),
        ("#top", False),
        ("sheet2.xlsx", False),
        ("http://8.8.8.8/", False),
        ("http://[bad", False),
        ("../media/a.png", False),
    ],
)
def test_inner_addresses(address, local):
    assert is_local(address) == local


def test_a_missing_file_and_a_folder_are_findings(tmp_path):
    assert [f.rule for f in attachment_findings(tmp_path / "no.pdf", "no.pdf")] == ["A021"]
    assert [f.rule for f in attachment_findings(tmp_path, "files")] == ["A021"]


def test_a_zip_bomb_is_not_unpacked(tmp_path):
    file = tmp_path / "a.docx"
    file.write_bytes(repacked(word(), {"word/media/a.png": bytes(150_000_000)}))
    tracemalloc.start()
    found = attachment_findings(file, "files/a.docx")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [f.rule for f in found] == ["A020"]
    assert peak < 150_000_000


def test_entities_are_not_expanded(tmp_path):
    bomb = '<!DOCTYPE a [<!ENTITY b "bbbb">]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">&b;</w:document>'
    assert [f.rule for f in findings(tmp_path, "a.docx", repacked(word(), {"word/document.xml": bomb}))] == ["A020"]


def test_a_pdf_that_takes_too_long_is_given_up(tmp_path, monkeypatch):
    from rectify.checks.attachments import pdf as attachments_pdf

    monkeypatch.setattr(attachments_pdf, "SECONDS", 0)
    left, ended = threading.Event(), []

    def read(*_, **__) -> None:
        left.wait(60)
        ended.append(True)

    monkeypatch.setattr(attachments_pdf.pypdf, "PdfReader", read)
    assert [f.rule for f in findings(tmp_path, "a.pdf", pdf())] == ["A020"]
    assert not ended
    left.set()


def test_a_pdf_whose_pages_run_in_a_ring_is_survived(tmp_path):
    ring = b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Count 9/Kids[2 0 R]>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"
    assert {f.rule for f in findings(tmp_path, "a.pdf", ring)} <= {"A020", "A021"} != set()


def test_what_one_broken_page_hides_does_not_hide_the_rest(tmp_path):
    broken = pdf(lambda writer: writer.add_metadata({"/Author": "wangmou"})).replace(b"/Contents", b"/Contentz")
    assert "A010" in {f.rule for f in findings(tmp_path, "a.pdf", broken)}


SAMPLES = {
    "a.docx": word("正文。"),
    "a.xlsx": sheet(),
    "a.pptx": slides(),
    "a.odt": open_document("<text:p>正文</text:p>"),
    "a.pdf": pdf(),
    "a.jpg": jpeg(artist="a", gps=True),
    "a.png": png({"Author": "a"}, tiff(gps=True)),
    "a.tif": tiff(owner="a", gps=True),
    "a.webp": webp(tiff(gps=True)),
    "a.heic": heic(tiff(owner="a")),
    "a.gif": gif("a"),
    "a.rtf": rtf("正文", "{\\info{\\author a}}"),
    "a.zip": zipped({"a.docx": word("正文。")}),
    "a.ofd": ofd("正文"),
}


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(SAMPLES)), st.integers(0, 10_000), st.binary(max_size=40), st.booleans())
def test_no_damage_is_a_traceback(tmp_path_factory, name, place, noise, cut):
    data = SAMPLES[name]
    place %= len(data)
    damaged = data[:place] + noise + (b"" if cut else data[place + len(noise) :])
    for finding in findings(tmp_path_factory.getbasetemp(), name, damaged):
        assert finding.message() and finding.message(language("en")) and finding.fix() and finding.fix(language("en"))


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([*sorted(SAMPLES), "a.doc", "a.txt", "a.ofd", "a", "a.zip", "a.mp4"]), st.binary(max_size=300))
def test_no_bytes_are_a_traceback(tmp_path_factory, name, data):
    found = findings(tmp_path_factory.getbasetemp(), name, data)
    assert all(finding.path == f"files/{name}" for finding in found)
    assert isinstance(form_of(data), str)


def test_a_long_document_takes_longer_in_proportion(tmp_path):
    def long_document(size: int) -> bytes:
        picture = jpeg()[:-2] + bytes(range(256)) * (size // 4)
        return repacked(word(*["巡检记录改为统一格式，班组长逐日核对。"] * size), {"word/media/image1.jpg": picture})

    def check(data: bytes) -> None:
        assert findings(tmp_path, "a.docx", data) == []

    assert_linear(long_document, check, 8_000, pairs=1)


def test_libraries_are_loaded_when_a_file_needs_them():
    heavy = ("lxml", "pypdf")
    script = f"import sys, {attachments.__name__}; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "[]"


def test_an_author_in_the_metadata_stream_of_a_pdf_is_found(tmp_path):
    packet = b"<x:xmpmeta><dc:creator><rdf:Seq><rdf:li>A &amp; B</rdf:li></rdf:Seq></dc:creator></x:xmpmeta>"
    (finding,) = findings(tmp_path, "a.pdf", pdf(lambda writer: setattr(writer, "xmp_metadata", packet)))
    assert (finding.rule, finding.excerpt) == ("A010", "A & B")


@pytest.mark.parametrize(
    ("bomb", "rule"),
    [
        (zipped({"a.txt": bytes(150_000_000)}), "A020"),
        (zipped({f"{number}.docx": zipped({"a.txt": "甲"}) for number in range(110)}), "A020"),
        (zipped({"../a.txt": "a"}), "A020"),
        (zipped({"a.zip": zipped({"b.zip": zipped({"c.txt": PHONE})})}), "A020"),
        (zipped({"a.txt": PHONE}).replace(b"\x08\x00", b"\x63\x00"), "A021"),
    ],
    ids=["inflates", "many", "outside", "nested", "method"],
)
def test_an_archive_that_cannot_be_gone_through_is_not_published(tmp_path, bomb, rule):
    assert rule in {f.rule for f in findings(tmp_path, "a.zip", bomb)}


def test_a_number_in_an_archive_is_found_under_the_name_of_its_file(tmp_path):
    (finding,) = findings(tmp_path, "a.zip", zipped({"清单.docx": word("正文。", f"经手人{PHONE}")}))
    assert (finding.rule, finding.path, finding.line) == ("P002", "files/a.zip/清单.docx", 2)


@pytest.mark.parametrize("depth", [30, 3_000])
def test_groups_of_rtf_within_groups(tmp_path, depth):
    data = b"{\\rtf1 " + b"{" * depth + f"mobile {PHONE}".encode() + b"}" * depth + b"}"
    assert [f.rule for f in findings(tmp_path, "a.rtf", data)] == (["P002"] if depth < 100 else ["A020"])


@pytest.mark.parametrize(
    ("group", "rule"),
    [
        ("{\\info{\\author wangmou}}", "A010"),
        ("{\\*\\annotation check this\\par}", "A002"),
        ("{\\v hidden}", "A003"),
        ("{\\deleted gone}", "A001"),
        ("{\\object{\\*\\objdata 00}}", "A014"),
    ],
)
def test_what_rtf_carries_beside_its_text(tmp_path, group, rule):
    assert [f.rule for f in findings(tmp_path, "a.rtf", rtf("正文", group))] == [rule]
