"""Whatever the bytes are: an outline or an error, never an exception, and no line that the file does not have."""

import zipfile
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from helpers.cases import chinese_left
from rectify.intake.outline import Paragraph
from rectify.intake.readers import read

NAMES = st.sampled_from(["a.docx", "a.xlsx", "a.doc", "a.txt", "a.md", "a.html", "a.mht", "a.xls", "a"])
anything = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def holds(file: Path, data: bytes) -> None:
    file.write_bytes(data)
    outline, findings = read(file)
    if outline is None:
        assert [f.severity for f in findings] == ["error"]
    else:
        lines = [b.line for b in outline.blocks if isinstance(b, Paragraph)]
        assert outline.blocks
        assert all(1 <= line <= outline.lines for line in lines)
        assert outline.format == "html" or lines == sorted(lines)
    assert all(f.path == file.name and f.text() and not chinese_left(f) for f in findings)


@given(data=st.binary(max_size=3000), name=NAMES)
@anything
def test_any_bytes(tmp_path, data, name):
    holds(tmp_path / name, data)


@given(text=st.text(max_size=1500), codec=st.sampled_from(["utf-8", "gb18030", "utf-16", "utf-16-le"]), name=NAMES)
@anything
def test_any_text(tmp_path, text, codec, name):
    holds(tmp_path / name, text.encode(codec, "replace"))


TAGS = st.sampled_from(
    ["p", "div", "table", "tr", "td", "ol", "li", "h1", "b", "a", "br", "style", "pre", "span", "title", "ul", "body"]
)
PIECES = st.one_of(
    st.tuples(
        TAGS,
        st.sampled_from(["", ' id="zoom"', " colspan=3", " rowspan=2", " hidden", ' class="content"', " align=right"]),
    ).map("<{0[0]}{0[1]}>".format),
    TAGS.map("</{}>".format),
    st.sampled_from(["整改情况", "来源：县政府", "发布日期：2024-05-06", "\n", "&nbsp;", "<!--", "-->", "索引号"]),
)


@given(pieces=st.lists(PIECES, max_size=60))
@example(pieces=["<pre>", "\n", "整改情况"])
@anything
def test_any_page(tmp_path, pieces):
    holds(tmp_path / "a.html", "".join(pieces).encode())


@pytest.fixture(scope="module")
def office() -> dict[str, bytes]:
    document, workbook = BytesIO(), BytesIO()
    made = Document()
    made.add_heading("整改情况", 1)
    made.add_paragraph("第一项", style="List Number")
    made.add_table(2, 2).cell(0, 0).merge(made.tables[0].cell(1, 0)).text = "甲"
    made.save(document)
    book = openpyxl.Workbook()
    book.active.append(["问题", 1, "=1+1"])
    book.active.merge_cells("A1:A3")
    book.save(workbook)
    return {"a.docx": document.getvalue(), "a.xlsx": workbook.getvalue()}


@given(
    name=st.sampled_from(["a.docx", "a.xlsx"]),
    cuts=st.lists(st.tuples(st.floats(0, 0.999), st.binary(min_size=1, max_size=4)), min_size=1, max_size=6),
)
@anything
def test_a_damaged_package(tmp_path, office, name, cuts):
    data = bytearray(office[name])
    for place, new in cuts:
        at = int(place * len(data))
        data[at : at + len(new)] = new
    holds(tmp_path / name, bytes(data))


ATTRIBUTE_VALUES = st.sampled_from(
    [b'"0"', b'"-1"', b'"99999999999999999999"', b'"x"', b'""', b'"A1:XFD1048576"', b'"1.5"', b'"#"']
)


@given(data=st.data(), name=st.sampled_from(["a.docx", "a.xlsx"]))
@anything
def test_a_package_with_senseless_values(tmp_path, office, data, name):
    """Well-formed XML whose attributes say what they cannot mean."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(office[name])) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.namelist():
            content = old.read(member)
            if member.endswith(("document.xml", "sheet1.xml", "styles.xml", "numbering.xml", "workbook.xml", ".rels")):
                parts = content.split(b'"')
                for _ in range(data.draw(st.integers(0, 3))):
                    at = 2 * data.draw(st.integers(0, max(0, len(parts) // 2 - 1))) + 1
                    if at < len(parts) and not parts[at].startswith(b"http"):
                        parts[at] = data.draw(ATTRIBUTE_VALUES).strip(b'"')
                content = b'"'.join(parts)
            new.writestr(member, content)
    holds(tmp_path / name, out.getvalue())
