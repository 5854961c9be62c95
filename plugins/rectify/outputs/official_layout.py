"""The page of an official document after GB/T 9704-2012: paper, text block, grid of lines and characters, fonts, page numbers.

Millimetres and sizes are those of the standard: 5.2 (page), 6 (A4), 7.2 (text), 7.3.3 (levels), 7.5 (page number). A grid of
22 lines of 28 characters of size 3 (16 points) on a block of 156 by 225 mm needs characters set closer by 0.2 points.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import nsmap, qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from lxml import etree

from rectify.core.ledger import plain
from rectify.core.word_breaks import words_of
from rectify.outputs.blocks import Run

LINES, CHARACTERS = 22, 28
BODY_SIZE, TITLE_SIZE = 16.0, 22.0
"""Points: sizes 3 and 2."""
_UNEVEN = 4
"""By how many characters the last line of a title may be shorter than the others for these to end between words."""
_LINE_PITCH = 579
"""Twentieths of a point: 225 mm by 22 lines."""
_CHARACTER_SPACE = -850
"""4096ths of a point added to each character: 156 mm by 28, less 16 points."""
_CLOSER = -7
"""Twentieths of a point by which characters are set closer.

Hack: LibreOffice gives a character that is wider than its place of the grid two places, and a size 3 character is. So the
section declares the grid, the text does not snap to it, and pitch and spacing put characters and lines where it has them.
"""

TITLE, BODY, CHAPTER, GROUP, SIGNATURE = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
LATIN = "Times New Roman"
_FALLBACKS = {
    TITLE: "小标宋体,FZXiaoBiaoSong-B05S,华文中宋,SimSun,Noto Serif CJK SC,Source Han Serif SC",
    BODY: "仿宋,FangSong,FangSong_GB2312,华文仿宋,Noto Serif CJK SC,Source Han Serif SC",
    CHAPTER: "SimHei,华文黑体,Noto Sans CJK SC,Source Han Sans SC",
    GROUP: "楷体,KaiTi,KaiTi_GB2312,华文楷体,Noto Serif CJK SC,Source Han Serif SC",
    SIGNATURE: "SimSun,Noto Serif CJK SC,Source Han Serif SC",
}
"""Other names of each font and fonts of the same kind, in the order a program should try them."""


class Level(NamedTuple):
    """One kind of paragraph."""

    style: str
    """Name of a built-in style, by which word processors make the outline."""
    font: str
    size: float = BODY_SIZE
    bold: bool = False


_LEVELS = (
    Level("Title", TITLE, TITLE_SIZE),
    Level("Heading 1", CHAPTER),
    Level("Heading 2", GROUP),
    Level("Heading 3", BODY, bold=True),
    Level("Heading 4", BODY),
)


def new_document() -> DocumentObject:
    """Return an empty document with page, styles and page numbers set up."""
    document = Document()
    properties = document.core_properties
    properties.author = properties.comments = properties.last_modified_by = ""
    _set_normal(document.styles["Normal"])
    for level in _LEVELS:
        _set_level(document.styles[level.style], level)
    _set_page(document.sections[0])
    document.settings.odd_and_even_pages_header_footer = True
    _name_fallbacks(document)
    return document


def _set_normal(style: ParagraphStyle) -> None:
    set_font(style.element.get_or_add_rPr(), BODY)
    style.font.size = Pt(BODY_SIZE)
    for tag, name, value, before in (
        ("snapToGrid", "val", "0", ("color", "spacing", "sz", "szCs", "lang")),
        ("spacing", "val", str(_CLOSER), ("sz", "szCs", "lang")),
        ("lang", "eastAsia", "zh-CN", ()),
    ):
        element = OxmlElement(f"w:{tag}", {qn(f"w:{name}"): value})
        style.element.rPr.insert_element_before(element, *(f"w:{other}" for other in before))
    # Punctuation in the margin, and air between Chinese and figures, would make it other than 28 characters a line.
    for tag in ("overflowPunct", "autoSpaceDE", "autoSpaceDN", "snapToGrid"):
        off = OxmlElement(f"w:{tag}", {qn("w:val"): "0"})
        style.element.get_or_add_pPr().insert_element_before(off, "w:spacing", "w:ind", "w:jc")
    form = style.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(_LINE_PITCH / 20)
    form.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    # Two lines together would leave pages of 21 lines.
    form.widow_control = False


def _set_level(style: ParagraphStyle, level: Level) -> None:
    set_font(style.element.get_or_add_rPr(), level.font)
    style.font.size, style.font.bold, style.font.color.rgb = Pt(level.size), level.bold, RGBColor(0, 0, 0)
    style.font.italic = False
    borders = style.element.get_or_add_pPr().find(qn("w:pBdr"))
    if borders is not None:
        borders.getparent().remove(borders)
    form = style.paragraph_format
    form.space_before = form.space_after = Pt(0)
    if level.style == "Title":
        form.alignment = WD_ALIGN_PARAGRAPH.CENTER
        form.line_spacing = Pt(35)
    else:
        indent(form.element.get_or_add_pPr(), 2)


def set_font(properties: etree._Element, font: str) -> None:
    """Set a style's or run's font; ASCII letters and figures keep to one font, quotation marks go with the Chinese."""
    fonts = properties.get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for kind, name in (("ascii", LATIN), ("hAnsi", font), ("eastAsia", font), ("cs", LATIN)):
        fonts.set(qn(f"w:{kind}"), name)


def indent(properties: etree._Element, first: float = 0, left: float = 0, right: float = 0) -> None:
    """Set a paragraph's indents in characters of the body's size; `first` is that of its first line."""
    element = properties.get_or_add_ind()
    for name, characters in (("firstLine", first), ("left", left), ("right", right)):
        if characters:
            element.set(qn(f"w:{name}Chars"), str(round(characters * 100)))
            # For programs that do not know the unit of characters.
            element.set(qn(f"w:{name}"), str(round(characters * BODY_SIZE * 20)))


def add_runs(paragraph: Paragraph, runs: Sequence[Run], font: str = "") -> None:
    """Add a body's runs; links lead where they led, with their address behind them for readers on paper."""
    for run in runs:
        parent = paragraph._p
        if run.address:
            parent = OxmlElement("w:hyperlink")
            link = paragraph.part.relate_to(run.address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            parent.set(qn("r:id"), link)
            paragraph._p.append(parent)
        bare = run.address.removeprefix("mailto:")
        behind = f"（{bare}）" if run.address and bare not in run.text else ""
        made = paragraph.add_run(plain(run.text + behind))
        made.bold, made.italic = run.bold or None, run.italic or None
        if font:
            set_font(made._r.get_or_add_rPr(), font)
        if parent is not paragraph._p:
            parent.append(made._r)


def balance(title: Paragraph, text: str) -> None:
    """Indent a title that needs several lines from both sides, so that they are of one length and end between words; 7.3.1.

    No line breaks: they would cut the title in two for whoever reads the file.
    """
    room = CHARACTERS * BODY_SIZE / TITLE_SIZE
    lines = -(-len(text) // int(room))
    if lines > 1:
        shortest, ends = -(-len(text) // lines), set(accumulate(map(len, words_of(text))))
        lengths = range(shortest, min(int(room), shortest + _UNEVEN) + 1)
        length = next((one for one in lengths if ends.issuperset(range(one, len(text), one))), shortest)
        spare = (room - (length + 0.6)) / 2 * TITLE_SIZE / BODY_SIZE
        indent(title._p.get_or_add_pPr(), left=spare, right=spare)


def _set_page(section: Section) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.left_margin = Mm(37), Mm(28)
    section.right_margin, section.bottom_margin = Mm(210 - 28 - 156), Mm(297 - 37 - 225)
    # The page number's dash stands 7 mm below the text block; its line is about 5 mm high.
    section.footer_distance = Mm(35 - 7 - 5)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    for name, value in (
        ("type", "linesAndChars"),
        ("linePitch", str(_LINE_PITCH)),
        ("charSpace", str(_CHARACTER_SPACE)),
    ):
        grid.set(qn(f"w:{name}"), value)
    _page_number(section.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.RIGHT)
    _page_number(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT)


def _page_number(paragraph: Paragraph, side: WD_ALIGN_PARAGRAPH) -> None:
    """Write — 1 — in size 4 Song, a character in from the outer side."""
    paragraph.alignment = side
    right = side == WD_ALIGN_PARAGRAPH.RIGHT
    indent(paragraph._p.get_or_add_pPr(), right=int(right), left=int(not right))
    for kind in ("— ", "begin", "PAGE", "separate", "1", "end", " —"):
        run = paragraph.add_run()
        run.font.size = Pt(14)
        properties = run._r.get_or_add_rPr()
        set_font(properties, SIGNATURE)
        properties.get_or_add_rFonts().set(qn("w:ascii"), SIGNATURE)
        if kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif kind == "PAGE":
            code = OxmlElement("w:instrText")
            code.text = " PAGE "
            run._r.append(code)
        else:
            run.text = kind


def _name_fallbacks(document: DocumentObject) -> None:
    """Write the font table: what a program may take where it lacks a font."""
    part = next((p for p in document.part.package.iter_parts() if p.partname == "/word/fontTable.xml"), None)
    if part is None:
        return
    root = etree.Element(qn("w:fonts"), nsmap={"w": nsmap["w"]})
    for font, others in _FALLBACKS.items():
        entry = etree.SubElement(root, qn("w:font"), {qn("w:name"): font})
        for tag, value in (("altName", others), ("charset", "86"), ("family", "auto"), ("pitch", "variable")):
            etree.SubElement(entry, qn(f"w:{tag}"), {qn("w:val"): value})
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
