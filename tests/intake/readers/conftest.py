"""Documents made for the tests: packages written part by part, so that every detail of the markup is theirs."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"

MakeDocx = Callable[..., Path]
MakeXlsx = Callable[..., Path]


def related(pairs: Mapping[str, str], external: tuple[tuple[str, str], ...] = ()) -> str:
    """The XML of relationships: target -> type; the ids are r1, r2, … in order."""
    items = [(kind, target, "") for target, kind in pairs.items()]
    items += [(kind, target, ' TargetMode="External"') for kind, target in external]
    inner = "".join(
        f'<Relationship Id="r{index}" Type="{RELATIONS}/{kind}" Target="{escape(target)}"{mode}/>'
        for index, (kind, target, mode) in enumerate(items, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'


def content_types(main: str, kind: str) -> str:
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/{main}" ContentType="application/vnd.openxmlformats-officedocument.{kind}"/></Types>'
    )


@pytest.fixture
def docx(tmp_path: Path) -> MakeDocx:
    """A function that writes a .docx: the body's XML, and the XML inside the root element of further parts."""

    def make(
        body: str,
        name: str = "a.docx",
        *,
        external: tuple[tuple[str, str], ...] = (),
        raw: Mapping[str, str | bytes] = {},
        relations: str = "",
        **parts: str,
    ) -> Path:
        roots = {
            "numbering": "numbering",
            "styles": "styles",
            "comments": "comments",
            "footnotes": "footnotes",
            "header": "hdr",
            "footer": "ftr",
        }
        file = tmp_path / name
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
            out.writestr(
                "[Content_Types].xml", content_types("word/document.xml", "wordprocessingml.document.main+xml")
            )
            out.writestr(
                "_rels/.rels",
                related({"word/document.xml": "officeDocument", "docProps/core.xml": "core-properties"}),
            )
            own = relations or related({f"{part}.xml": part for part in parts}, external)
            out.writestr("word/_rels/document.xml.rels", own)
            out.writestr("word/document.xml", f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>")
            for part, inner in parts.items():
                out.writestr(f"word/{part}.xml", f"<w:{roots[part]} {NAMESPACES}>{inner}</w:{roots[part]}>")
            for path, data in raw.items():
                out.writestr(path, data)
        return file

    return make


@pytest.fixture
def xlsx(tmp_path: Path) -> MakeXlsx:
    """A function that writes a .xlsx: the XML inside the root element of each sheet, by its name."""

    def make(
        sheets: Mapping[str, str],
        *,
        styles: str = "",
        strings: str = "",
        hidden: tuple[str, ...] = (),
        workbook: str = "",
        raw: Mapping[str, str] = {},
    ) -> Path:
        file = tmp_path / "a.xlsx"
        names = [f"worksheets/sheet{index}.xml" for index, _ in enumerate(sheets, 1)]
        listed = "".join(
            f'<sheet name="{name}" sheetId="{index}" r:id="r{index}"{" state=" + chr(34) + "hidden" + chr(34) if name in hidden else ""}/>'
            for index, name in enumerate(sheets, 1)
        )
        parts = dict.fromkeys(names, "worksheet") | {"styles.xml": "styles", "sharedStrings.xml": "sharedStrings"}
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
            out.writestr("[Content_Types].xml", content_types("xl/workbook.xml", "spreadsheetml.sheet.main+xml"))
            out.writestr("_rels/.rels", related({"xl/workbook.xml": "officeDocument"}))
            out.writestr("xl/_rels/workbook.xml.rels", related(parts))
            out.writestr(
                "xl/workbook.xml",
                f'<workbook xmlns="{SHEET}" xmlns:r="{RELATIONS}">{workbook}<sheets>{listed}</sheets></workbook>',
            )
            out.writestr("xl/styles.xml", f'<styleSheet xmlns="{SHEET}">{styles}</styleSheet>')
            out.writestr("xl/sharedStrings.xml", f'<sst xmlns="{SHEET}">{strings}</sst>')
            for path, text in raw.items():
                out.writestr(path, text)
            for path, inner in zip(names, sheets.values()):
                out.writestr(f"xl/{path}", f'<worksheet xmlns="{SHEET}">{inner}</worksheet>')
        return file

    return make


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str, bytes], Path]:
    """A function that writes bytes to a file of a name."""

    def make(name: str, data: bytes) -> Path:
        file = tmp_path / name
        file.write_bytes(data)
        return file

    return make
