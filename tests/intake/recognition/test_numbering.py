import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify.core.numerals import number_of
from rectify.intake.recognition.numbering import FORMS, read_mark


@pytest.mark.parametrize(
    ("text", "form", "value", "rest"),
    [
        ("一、总体情况", "cn", 1, "总体情况"),
        ("一、2022年工作情况", "cn", 1, "2022年工作情况"),
        ("二十五、附则", "cn", 25, "附则"),
        ("（三）党建方面", "cn-paren", 3, "党建方面"),
        ("(十一) 方面", "cn-paren", 11, "方面"),
        ("　（一）缩进", "cn-paren", 1, "缩进"),
        ("1.关于“甲”问题", "arabic", 1, "关于“甲”问题"),
        ("１２．全角", "arabic", 12, "全角"),
        ("3、顿号", "arabic", 3, "顿号"),
        ("（2）小点", "arabic-paren", 2, "小点"),
        ("2)半括号", "arabic-paren", 2, "半括号"),
        ("⑤圈码", "circle", 5, "圈码"),
        ("一是加强学习", "run", 1, "加强学习"),
        ("其二，压实责任", "run", 2, "压实责任"),
        ("第三部分 整改", "chapter", 3, "整改"),
        ("反馈问题一：资金滞留", "item", 1, "资金滞留"),
        ("问题12：台账缺页", "item", 12, "台账缺页"),
        ("【问题3】台账缺页", "item", 3, "台账缺页"),
        ("【二】台账缺页", "item", 2, "台账缺页"),
    ],
)
def test_numbers_at_the_start_of_a_paragraph(text, form, value, rest):
    mark = read_mark(text)
    assert (mark.form, mark.value, text[mark.length :]) == (form, value, rest)


@pytest.mark.parametrize(
    "text",
    [
        "3.5万元已追回",
        "9.13事件",
        "2023.5.1印发",
        "一把手监督",
        "统一是关键",
        "十分重要",
        "一是否可行",
        "12345热线",
        "1.5",
        "（略）",
        "【整改情况】已补",
        "",
        "2024年",
    ],
)
def test_what_is_no_number(text):
    assert read_mark(text) is None


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("十", 10),
        ("二十", 20),
        ("一百零五", 105),
        ("两", 2),
        ("〇", 0),
        ("25", 25),
        ("㉑", 21),
        ("㊿", 50),
        ("一十百", None),
        ("甲", None),
    ],
)
def test_values(word, value):
    assert number_of(word) == value


@given(st.text())
def test_any_text_is_read_without_error(text):
    mark = read_mark(text)
    assert mark is None or (mark.form in FORMS and 0 < mark.length <= len(text))
