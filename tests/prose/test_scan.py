"""What holds for any text: nothing raises, and every token stands where it is said to."""

from hypothesis import given
from hypothesis import strategies as st

from rectify.core.language import language
from rectify.prose import examine_text
from rectify.prose.marks import strip_marks

# Pieces that the rules look for, so that random texts come near them.
PIECES = [
    "*",
    "**",
    r"\*",
    "X",
    "XX",
    "某",
    "□",
    "__",
    "市",
    "局",
    "党委",
    "年",
    "月",
    "日",
    "个",
    "问题",
    "巡察",
    "《",
    "》",
    "“",
    "”",
    "（",
    "）",
    "，",
    "。",
    "：",
    "；",
    "\n",
    " ",
    "\u3000",
    "\xa0",
    "1",
    "2024",
    "13800001234",
    "##",
    "paid",
    "会员",
    "文行",
    "密",
    "★",
    "内部",
    "资料",
    "比如",
    "书记",
    "林",
    "同志",
    "处分",
    "未",
    "中心",
    "党支部",
    "习近平",
    "新时代中国特色社会主义思想",
    "家住",
    "路",
    "号",
    "@qq.com",
    "\\",
    "http://10.",
    "D:",
    "８",
    "％",
    "一、",
    "（一）",
    "1.",
    "关于",
    "按照",
    "要求",
    "电话",
    "\ufffd",
    "复旦大学",
    "省委",
    "中央和区、市",
    "形态",
]
TEXT = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=60).map("".join)


def lines_of(text: str) -> list[tuple[int, str]]:
    return list(enumerate(text.split("\n"), 1))


@given(TEXT)
def test_any_text_is_scanned_and_every_token_stands_in_its_place(text: str):
    lines = dict(lines_of(text))
    findings = examine_text(lines_of(text), "a.txt")
    for found in findings:
        token = dict(found.values)["token"]
        assert token
        assert lines[found.line][found.column - 1 : found.column - 1 + len(token)] == token
        assert token in found.excerpt or len(found.excerpt) == 60
        assert found.kind and found.message() and found.fix(language("en"))
    assert [(f.line, f.column) for f in findings] == sorted((f.line, f.column) for f in findings)
    assert len({(f.rule, f.line, f.column) for f in findings}) == len(findings)


@given(TEXT)
def test_stripping_reports_what_scanning_does_and_invents_no_lines(text: str):
    kept, taken = strip_marks(lines_of(text), "a.txt")
    every = examine_text(lines_of(text), "a.txt")
    assert all(every.count(found) == 1 for found in taken)
    assert {number for number, _ in kept} <= {number for number, _ in lines_of(text)}


def test_lines_keep_their_numbers_and_nothing_is_found_in_no_lines():
    assert examine_text([], "a.txt") == []
    assert strip_marks([], "a.txt") == ([], [])
    assert [found.line for found in examine_text([(10, "共*人"), (30, "共*项")], "a.txt")] == [10, 30]


def test_a_line_may_hold_line_breaks_as_cells_of_tables_do():
    (found,) = examine_text([(4, "办公室\n共*人")], "a.txt")
    assert (found.line, found.column) == (4, 6)


def test_a_flood_is_cut_off():
    assert 0 < len(examine_text([(1, "*个" * 50_000)], "a.txt")) <= 70_000
