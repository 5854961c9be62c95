"""Masks and what they harm; ordinary signs, emphasis and properly masked numbers are none."""

import pytest

from rectify.core.finding import Finding
from rectify.core.language import language
from rectify.prose import examine_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("清川市*局党委召开会议。", ["*"]),
        ("现有编制**个，在编*人。", ["**", "*"]),
        ("XX市水务局于X月X日印发通知。", ["XX", "X", "X"]),
        ("20XX年度预算", ["XX"]),
        ("第XXX号文件", ["XXX"]),
        ("由×××同志负责", ["×××"]),
        ("某市某局的经验", ["某", "某"]),
        ("会议在某某街道召开", ["某某"]),
        ("共□□个支部", ["□□"]),
        ("第□季度完成□项", ["□", "□"]),
        ("○○单位已整改", ["○○"]),
        ("经____会议研究", ["____"]),
        ("联系xx局办公室", ["xx"]),
        (r"由\*局牵头，会同\*\*处", [r"\*", r"\*\*"]),
        ("占比*%，增长＊倍", ["*", "＊"]),
        ("《*活动方案》已印发", ["*"]),
        ("Ｘ月Ｘ日", ["Ｘ", "Ｘ"]),
    ],
)
def test_each_run_of_a_mask_is_found(tokens, text: str, expected: list[str]):
    assert tokens("placeholder", text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "电话138****1234，证号110101********0011。",
        "**牵头单位**：办公室",
        "一、**总体要求**\n二、*重点*工作按**时间节点**推进。",
        "请**务必**在月底前报送。",
        "* 第一项\n* 第二项",
        "*注：数据截至月底",
        "面积3×4米，长×宽×高",
        "拍摄X光片，采购X射线设备，画出X轴",
        "使用APEC X平台，购置SUV X5一辆，XML文件，PX项目",
        "X、附则",
        "某些单位、某种程度、某个环节、某项工作",
        "举报人张某某反映，王某已退休",
        "二○二四年，二○○八年",
        "□是 □否",
        "四星级党支部★，评为★★★",
        "__重点内容__：抓好落实",
        "import __init__，变量__name__",
        "每人打×，画√",
        "机密*1年",
    ],
)
def test_what_only_looks_like_a_mask_is_none(tokens, text: str):
    assert tokens("placeholder", text) == []


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("现将情况报告如下。\n由*局负责。", "error"),
        ("XX局整改情况报告", "error"),
        ("说明。\n于X月完成整改，并形成了一整套比较完备的工作办法。", "error"),
        ("说明。\n召开了XX协会座谈会，听取了各方面的意见建议，形成会议纪要。", "warning"),
    ],
)
def test_a_masked_date_count_or_title_is_an_error(text: str, severity: str):
    findings = [
        found for found in examine_text(list(enumerate(text.split("\n"), 1)), "a.txt") if found.kind == "placeholder"
    ]
    assert [found.severity for found in findings] == [severity]


@pytest.mark.parametrize(
    "text",
    [
        "巡察发现问题**个，制定整改措施**条",
        "审计反馈X个方面的X个问题",
        "市委巡察组移交问题线索*件",
        "反馈意见指出XX个具体问题",
    ],
)
def test_a_masked_count_of_the_inspection_is_found(tokens, text: str):
    assert len(tokens("masked_count", text)) in (1, 2)


@pytest.mark.parametrize(
    "text", ["内设科室*个，党员*名", "自查发现苗头性问题*条", "巡察反馈问题25个", "开展培训*次，覆盖*人"]
)
def test_other_masked_numbers_are_placeholders_only(tokens, text: str):
    assert tokens("masked_count", text) == []


def test_a_mask_of_another_length_stands_out(tokens):
    habit = "**局召开会议，" * 12
    assert tokens("inconsistent_mask", habit + "成立*个小组") == ["*"]
    assert tokens("inconsistent_mask", habit) == []
    assert tokens("inconsistent_mask", "**局与*科，" * 8) == []
    assert tokens("inconsistent_mask", "XX局，XXX处，X月，" * 8) == []


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("落实**形态责任制", "**形态"),
        ("做好*情防控", "*情防控"),
        ("优化XX商环境", "XX商环境"),
        ("抓好*风廉政建设", "*风廉政建设"),
    ],
)
def test_a_mask_that_took_part_of_a_word_is_found(tokens, text: str, token: str):
    assert tokens("over_redaction", text) == [token]


@pytest.mark.parametrize("text", ["做好**防控工作", "落实意识形态责任制", "第*种形态", "优化**环境"])
def test_a_mask_before_a_whole_word_took_nothing(tokens, text: str):
    assert tokens("over_redaction", text) == []


@pytest.mark.parametrize("text", ["印发《*活动方案》", "依据《XX办法》", "制定《**方案》"])
def test_a_title_of_which_nothing_is_left_is_found(tokens, text: str):
    assert len(tokens("placeholder_in_book_marks", text)) == 1


@pytest.mark.parametrize(
    "text", ["印发《**党务公开实施方案》", "《2023年度XX市满意度评价细则》", "《条例》和*办法", "《办法》"]
)
def test_a_title_that_still_tells_the_document_is_none(tokens, text: str):
    assert tokens("placeholder_in_book_marks", text) == []


@pytest.mark.parametrize("text", ["进度不快。比如，*。", "例如：XX。", "存在短板，如*；", "主要有：等。"])
def test_an_emptied_example_is_found(tokens, text: str):
    assert len(tokens("emptied_example", text)) == 1


@pytest.mark.parametrize("text", ["比如，*领域方案没有出台。", "如实填报。", "比如，台账不全。"])
def test_an_example_with_content_is_none(tokens, text: str):
    assert tokens("emptied_example", text) == []


@pytest.mark.parametrize(
    ("text", "token"),
    [("于2024年  月  日印发", "2024年  月  日"), ("　年　月　日", "年　月　日"), ("公开日期：年月日", "年月日")],
)
def test_a_blank_date_is_found_once(tokens, text: str, token: str):
    assert tokens("date_placeholder", text) == [token]
    assert tokens("placeholder", text) == []


@pytest.mark.parametrize("text", ["2024年7月17日", "按年、月、日统计", "X月X日", "年月日均余额"])
def test_other_dates_are_not_blank(tokens, text: str):
    assert tokens("date_placeholder", text) == []


def test_a_finding_tells_where_and_how_to_mend_it():
    (found,) = examine_text([(7, "共有党员*名")], "b.md")
    assert isinstance(found, Finding)
    assert (found.path, found.line, found.column, found.excerpt) == ("b.md", 7, 5, "共有党员*名")
    assert "“*”" in found.message() and "'*'" in found.message(language("en"))
