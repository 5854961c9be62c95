"""Text files: encodings, line ends, and what Markdown adds."""

from pathlib import Path

import pytest

from rectify.intake.outline import Table
from rectify.intake.readers import read

TEXT = "关于整改情况的通报\n\n　　截至2024年6月，已完成8个。\n"
SEEDS = Path(__file__).resolve().parents[3] / ".." / "shared" / "seeds"


@pytest.mark.parametrize(
    ("codec", "bom", "name"),
    [
        ("utf-8", b"", ""),
        ("utf-8", b"\xef\xbb\xbf", "UTF-8 BOM"),
        ("gb18030", b"", "GBK/GB18030"),
        ("utf-16-le", b"\xff\xfe", "UTF-16"),
        ("utf-16-be", b"\xfe\xff", "UTF-16"),
        ("utf-16-le", b"", "UTF-16"),
        ("utf-16-be", b"", "UTF-16"),
        ("utf-32-le", b"\xff\xfe\x00\x00", "UTF-32"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(written, codec, bom, name, end):
    outline, findings = read(written("a.txt", bom + TEXT.replace("\n", end).encode(codec)))
    assert [(b.text, b.line) for b in outline.blocks] == [
        ("关于整改情况的通报", 1),
        ("　　截至2024年6月，已完成8个。", 3),
    ]
    assert outline.lines == 3
    assert [(f.kind, f.severity, dict(f.values)["found"]) for f in findings] == (
        [("encoding", "note", name)] if name else []
    )


def test_nothing_is_stripped_but_the_line_end(written):
    outline, _ = read(written("a.txt", "\u00a0今年以来 \n##paidbegin##（三）其他\n# 不是标题\n".encode()))
    assert [(b.text, b.level) for b in outline.blocks] == [
        ("\u00a0今年以来 ", 0),
        ("##paidbegin##（三）其他", 0),
        ("# 不是标题", 0),
    ]


@pytest.mark.parametrize(("text", "lines"), [("甲", 1), ("甲\n", 1), ("甲\n\n", 2), ("\n甲\n\n\n", 4)])
def test_lines_are_counted_as_editors_do(written, text, lines):
    assert read(written("a.txt", text.encode()))[0].lines == lines


def test_control_characters_are_taken_out_and_breaks_kept(written):
    outline, findings = read(written("a.txt", "甲\x00乙\n丙\u2028丁\x0c戊\n\x01己\x02".encode()))
    assert [(b.text, b.line) for b in outline.blocks] == [("甲乙", 1), ("丙", 2), ("丁", 2), ("戊", 2), ("己", 3)]
    assert [(f.kind, f.line, dict(f.values)["found"]) for f in findings] == [("control_character", 1, "3")]


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_a_few_garbled_bytes_are_marked_not_fatal(written, codec):
    data = "整改情况的通报\n".encode(codec) * 40 + b"\xff" + "末行".encode(codec)
    outline, findings = read(written("a.txt", data))
    assert outline.blocks[-1].text.startswith("\ufffd")
    assert ("garbled_character", 41) in [(f.kind, f.line) for f in findings]


def test_markdown_headings_tables_and_front_matter(written):
    text = (
        "---\n标题: 甲\n---\n# 一、总体情况 ##\n#不是标题\n\n    缩进四格\n**局 `代码` <党组>\n####### 七个\n"
        "| 序号 | 问题 |\n|:--|---|\n| 1 | 甲\\|乙 |\n| 2 | 丙 |\n正文|竖线\n"
    )
    outline, findings = read(written("a.md", text.encode()))
    *paragraphs, table = list(outline.blocks)
    assert [(b.text, b.level, b.line) for b in paragraphs] == [
        ("一、总体情况", 1, 4),
        ("#不是标题", 0, 5),
        ("    缩进四格", 0, 7),
        ("**局 `代码` <党组>", 0, 8),
        ("####### 七个", 0, 9),
    ]
    assert isinstance(table, Table)
    assert [(r.line, [c.text for c in r.cells]) for r in table.rows] == [
        (10, ["序号", "问题"]),
        (12, ["1", "甲|乙"]),
        (13, ["2", "丙"]),
        (14, ["正文", "竖线"]),
    ]
    assert [f.kind for f in findings] == ["front_matter"]


def test_a_rule_at_the_beginning_is_no_front_matter_unless_it_is_closed(written):
    outline, findings = read(written("a.md", "---\n正文\n".encode()))
    assert ([b.text for b in outline.blocks], findings) == (["---", "正文"], [])


@pytest.mark.parametrize(
    "text",
    [" " * 500_000 + "|\n" + " " * 500_000 + "|x", "# " + " " * 900_000 + "x", "|" * 400_000 + "\n" + "|-" * 200_000],
)
def test_long_lines_take_no_long_time(written, text):
    assert read(written("a.md", text.encode())) is not None


@pytest.mark.skipif(not SEEDS.exists(), reason="the seeds are kept beside the project, not in it: no ../shared/seeds")
def test_real_documents_keep_their_lines():
    lines = {file.name[:3]: read(file)[0] for file in SEEDS.glob("*.txt")}
    assert {name: outline.lines for name, outline in lines.items()} == {
        "000": 33,
        "001": 64,
        "002": 16,
        "003": 18,
        "004": 41,
    }
    assert len(lines["004"].paragraphs()) == 31


def test_struck_out_words_of_markdown_are_none(written):
    outline, findings = read(
        written("a.md", "~~6月底~~9月底，<del>正在</del>已完成\n时间~~约~~\n\\~~不是~~，1~2~3\n".encode())
    )
    assert [block.text for block in outline.blocks] == ["9月底，已完成", "时间", "~~不是~~，1~2~3"]
    assert [(one.line, one.excerpt) for one in findings] == [(1, "6月底正在"), (2, "约")]


def test_emphasis_of_markdown_is_no_mask(written):
    outline, _ = read(
        written("a.md", "标注 **不得外借**，见下。\n0000\\*\\*\\*\\*567\n**局落实市委**会议要求\n".encode())
    )
    assert [block.text for block in outline.blocks] == [
        "标注 不得外借，见下。",
        "0000****567",
        "**局落实市委**会议要求",
    ]


def test_lines_of_markdown_go_on_in_the_middle_of_a_sentence(written):
    text = "整改情况：统一巡检记录格式，并把检查结果\n在支部公开。\n已完成。\n\n1. 台账不全\n补记台账，共12处。\n整改状态：已完成\n"
    outline, _ = read(written("a.md", text.encode()))
    assert [block.text for block in outline.blocks] == [
        "整改情况：统一巡检记录格式，并把检查结果在支部公开。",
        "已完成。",
        "1. 台账不全",
        "补记台账，共12处。",
        "整改状态：已完成",
    ]


def test_markdown_that_is_not_shown_and_signs_of_notes(written):
    text = "1. 甲不严[^1]\n<!-- 2. 乙不实\n已完成 -->\n3. 丙不清\n\n[^1]: 2023年的。\n"
    outline, findings = read(written("a.md", text.encode()))
    assert [(b.text.strip(), b.line) for b in outline.blocks] == [("1. 甲不严", 1), ("3. 丙不清", 4), ("2023年的。", 6)]
    assert [(f.kind, f.line) for f in findings] == [("hidden_element", 2), ("footnote", 6)]
    assert read(written("a.txt", text.encode()))[0].blocks[0].text == "1. 甲不严[^1]"


@pytest.mark.parametrize("sign", ["\u200b", "\u00ad", "\ufeff", "\u2060", "\u202e", "\u200e"])
def test_signs_that_nobody_sees_part_no_words_and_are_told(written, sign):
    outline, findings = read(written("a.txt", f"一、已{sign}完成\n".encode()))
    assert [b.text for b in outline.blocks] == ["一、已完成"]
    assert [(f.kind, f.line, dict(f.values)["found"]) for f in findings] == [("control_character", 1, "1")]
    kept = "\u0646\u06cc\u200c\u0645"
    assert read(written("a.txt", kept.encode()))[0].blocks[0].text == kept
