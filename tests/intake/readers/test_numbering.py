"""Numbers that Word generates; the expectations were compared with what LibreOffice prints for the same documents."""

import pytest

from rectify.intake.readers import read
from rectify.intake.readers.numerals import spell


def level(ilvl: int, text: str, form: str = "decimal", start: int = 1, extra: str = "") -> str:
    return f'<w:lvl w:ilvl="{ilvl}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{extra}<w:lvlText w:val="{text}"/></w:lvl>'


def abstract(number: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def num(number: int, of: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def paragraph(text: str, number: int | None = None, ilvl: int = 0, style: str = "") -> str:
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number is not None:
        properties += f'<w:numPr><w:ilvl w:val="{ilvl}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def numbers(docx, body: str, **parts: str) -> list[str]:
    outline, _ = read(docx(body, **parts))
    return [block.number for block in outline.blocks]


OFFICIAL = abstract(
    0, level(0, "%1、", "chineseCountingThousand"), level(1, "（%2）", "chineseCountingThousand"), level(2, "%3.")
) + num(1, 0)


def test_levels_restart_below_a_higher_one(docx):
    ilvls = [0, 1, 2, 2, 1, 2, 0, 2, 1]
    body = "".join(paragraph("事项", 1, ilvl) for ilvl in ilvls)
    assert numbers(docx, body, numbering=OFFICIAL) == [
        "一、",
        "（一）",
        "1.",
        "2.",
        "（二）",
        "1.",
        "二、",
        "1.",
        "（二）",
    ]


def test_the_number_stands_in_front_of_the_text(docx):
    outline, _ = read(docx(paragraph("整改进展", 1) + paragraph("普通段落"), numbering=OFFICIAL))
    first, second = outline.blocks
    assert (first.text, first.number) == ("一、整改进展", "一、")
    assert (second.text, second.number) == ("普通段落", "")


@pytest.mark.parametrize(
    ("pattern", "text", "shown"),
    [
        ("%1", "2023年", "1 2023年"),
        ("%1.", "5万元", "1. 5万元"),
        ("%1.", "关于", "1.关于"),
        ("（%1）", "5万元", "（1）5万元"),
    ],
)
def test_a_number_never_runs_into_the_text(docx, pattern, text, shown):
    outline, _ = read(docx(paragraph(text, 1), numbering=abstract(0, level(0, pattern)) + num(1, 0)))
    assert outline.blocks[0].text == shown


def test_lists_of_one_definition_go_on_counting_unless_they_restart(docx):
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = abstract(0, level(0, "%1.")) + num(1, 0) + num(2, 0) + num(3, 0, override)
    body = "".join(paragraph("事项", number) for number in (1, 2, 1, 3, 3, 1))
    assert numbers(docx, body, numbering=numbering) == ["1.", "2.", "3.", "1.", "2.", "3."]


def test_an_override_may_replace_a_level(docx):
    override = f'<w:lvlOverride w:ilvl="0">{level(0, "[%1]", "upperLetter", 3)}</w:lvlOverride>'
    numbering = abstract(0, level(0, "%1.")) + num(1, 0) + num(2, 0, override)
    body = "".join(paragraph("事项", number) for number in (1, 2, 2, 1))
    assert numbers(docx, body, numbering=numbering) == ["1.", "[B]", "[C]", "4."]


def test_a_level_without_restart_counts_through(docx):
    numbering = abstract(
        0, level(0, "%1、", "chineseCounting"), level(1, "%2.", extra='<w:lvlRestart w:val="0"/>')
    ) + num(1, 0)
    body = "".join(paragraph("事项", 1, ilvl) for ilvl in (0, 1, 1, 0, 1))
    assert numbers(docx, body, numbering=numbering) == ["一、", "1.", "2.", "二、", "3."]


def test_a_number_names_the_levels_above_it(docx):
    numbering = abstract(
        0, level(0, "%1、", "chineseCounting"), level(1, "%1.%2", extra="<w:isLgl/>"), level(2, "%1-%3")
    ) + num(1, 0)
    body = "".join(paragraph("事项", 1, ilvl) for ilvl in (0, 1, 2, 0, 1))
    assert numbers(docx, body, numbering=numbering) == ["一、", "1.1", "一-1", "二、", "2.1"]


def test_a_level_used_before_the_one_above_it_counts_that_as_begun(docx):
    numbering = abstract(0, level(0, "%1."), level(1, "%1.%2.")) + num(1, 0)
    body = "".join(paragraph("事项", 1, ilvl) for ilvl in (1, 1, 0, 1))
    assert numbers(docx, body, numbering=numbering) == ["1.1.", "1.2.", "2.", "2.1."]


STYLES = (
    '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="heading 2"/><w:basedOn w:val="A"/>'
    '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="C"><w:name w:val="plain"/><w:basedOn w:val="A"/>'
    '<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr><w:outlineLvl w:val="9"/></w:pPr></w:style>'
)


def test_numbering_by_style_is_inherited_and_can_be_switched_off(docx):
    body = (
        "".join(paragraph("事项", style=style) for style in "ABBCA")
        + paragraph("事项", 0, style="A")
        + paragraph("事项", style="B")
    )
    outline, _ = read(docx(body, numbering=OFFICIAL, styles=STYLES))
    assert [block.number for block in outline.blocks] == ["一、", "（一）", "（二）", "", "二、", "", "（一）"]
    assert [block.level for block in outline.blocks] == [1, 2, 2, 0, 1, 1, 2]


def test_a_style_is_bound_to_a_level_by_the_numbering(docx):
    styles = '<w:style w:type="paragraph" w:styleId="Z"><w:name w:val="Z"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    numbering = abstract(0, level(0, "%1、"), level(1, "（%2）", extra='<w:pStyle w:val="Z"/>')) + num(1, 0)
    assert numbers(docx, paragraph("事项", style="Z"), numbering=numbering, styles=styles) == ["（1）"]


def test_a_numbering_style_lends_its_levels(docx):
    styles = '<w:style w:type="numbering" w:styleId="L"><w:name w:val="L"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    numbering = abstract(0, level(0, "[%1]")) + abstract(1, '<w:numStyleLink w:val="L"/>') + num(1, 0) + num(2, 1)
    body = "".join(paragraph("事项", number) for number in (2, 2, 1))
    assert numbers(docx, body, numbering=numbering, styles=styles) == ["[1]", "[2]", "[3]"]


def test_numbering_that_points_to_itself_ends(docx):
    styles = '<w:style w:type="numbering" w:styleId="L"><w:name w:val="L"/><w:basedOn w:val="L"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    numbering = abstract(0, '<w:numStyleLink w:val="L"/>') + num(1, 0)
    assert numbers(docx, paragraph("事项", 1), numbering=numbering, styles=styles) == [""]


def test_bullets_are_dropped_and_empty_paragraphs_counted(docx):
    numbering = abstract(0, level(0, "\uf0b7", "bullet")) + num(1, 0) + abstract(1, level(0, "%1.")) + num(2, 1)
    body = paragraph("要点", 1) + paragraph("甲", 2) + paragraph("", 2) + paragraph("乙", 2)
    outline, _ = read(docx(body, numbering=numbering))
    assert [block.text for block in outline.blocks] == ["要点", "1.甲", "3.乙"]


@pytest.mark.parametrize(
    ("form", "values"),
    [
        (
            "chineseCountingThousand",
            {
                1: "一",
                10: "十",
                11: "十一",
                20: "二十",
                101: "一百零一",
                110: "一百一十",
                1001: "一千零一",
                9999: "九千九百九十九",
            },
        ),
        ("chineseCounting", {10: "十", 21: "二十一", 99: "九十九", 100: "一〇〇"}),
        ("japaneseCounting", {11: "十一", 100: "百", 110: "百十"}),
        ("chineseLegalSimplified", {1: "壹", 10: "壹拾", 105: "壹佰零伍"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "21"}),
        ("decimalFullWidth", {12: "１２"}),
        ("decimalZero", {3: "03", 12: "12"}),
        ("upperLetter", {1: "A", 26: "Z", 28: "BB", 0: "0"}),
        ("lowerRoman", {4: "iv", 1994: "mcmxciv", 0: "0", 5000: "5000"}),
        ("ideographDigital", {10: "一〇"}),
        ("none", {3: ""}),
        ("cardinalText", {3: "3"}),
    ],
)
def test_a_number_in_each_format(form, values):
    assert {value: spell(value, form) for value in values} == values


@pytest.mark.parametrize(
    "form", ["chineseCountingThousand", "chineseLegalSimplified", "upperLetter", "upperRoman", "ideographDigital"]
)
def test_no_two_numbers_are_spelled_alike(form):
    assert len({spell(value, form) for value in range(1, 3000)}) == 2999
