"""Words, set phrases, dates and fields."""

import tomllib
from importlib.resources import files

import pytest

from rectify.prose import examine_text

DATA = files("rectify.prose").joinpath("data")


@pytest.mark.parametrize(
    ("text", "token", "right"),
    [
        ("工作部暑不细", "部暑", "部署"),
        ("核定领导指数3名", "领导指数", "领导职数"),
        ("使用Exce表格", "Exce", "Excel"),
        ("市委第一巡查组反馈", "市委第一巡查", "巡察"),
        ("截止2024年6月底，完成", "截止", "截至"),
        ("台帐不全", "台帐", "台账"),
    ],
)
def test_confusions_are_found_with_what_is_meant(text: str, token: str, right: str):
    (found,) = [found for found in examine_text([(1, text)], "a.txt") if found.kind == "typo"]
    assert (dict(found.values)["token"], dict(found.values)["allowed"]) == (token, right)


@pytest.mark.parametrize(
    "text",
    [
        "评价指数体系",
        "Excel表格",
        "日常巡查组织有序",
        "报名截止2024年6月底",
        "征求意见建设性强",
        "深入思想实际",
        "研究解决对策",
        "毕竟争取到位",
        "按装修标准验收",
    ],
)
def test_correct_words_are_no_typos(tokens, text: str):
    assert tokens("typo", text) == []


def test_no_confusion_is_part_of_what_another_one_should_be():
    words = tomllib.loads(DATA.joinpath("typos.toml").read_text("utf-8"))["words"]
    assert [wrong for wrong in words for right in words.values() if wrong in right] == []


@pytest.mark.parametrize(
    ("text", "token"), [("2021年召开3次，2022召开1次", "2022"), ("截至2023底", "2023"), ("于2024上半年完成", "2024")]
)
def test_a_year_without_its_word_is_found(tokens, text: str, token: str):
    assert tokens("missing_character", text) == [token]


@pytest.mark.parametrize(
    "text", ["2022年召开", "2000余人", "2021-2023年", "清水〔2023〕5号", "GB/T 9704-2012制定", "第2024组织"]
)
def test_other_numbers_of_four_digits_are_complete(tokens, text: str):
    assert tokens("missing_character", text) == []


@pytest.mark.parametrize(
    "text", ["按照省市关于要求做好", "落实上级关于的部署", "会议在的领导下召开", "由担任组长的小组"]
)
def test_a_lost_word_is_found(tokens, text: str):
    assert len(tokens("missing_word", text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "按照关于安全生产的要求",
        "根据关于要求报送台账的通知办理",
        "在市委的领导下",
        "存在的领导责任",
        "由局长担任组长",
        "所在的领导小组",
    ],
)
def test_complete_phrases_lost_nothing(tokens, text: str):
    assert tokens("missing_word", text) == []


@pytest.mark.parametrize("text", ["存在“四风问题”", "落实“三会一课制度”", "压缩“三公经费”"])
def test_misplaced_quotes_are_found(tokens, text: str):
    assert len(tokens("misplaced_quotes", text)) == 1


@pytest.mark.parametrize("text", ["“四风”问题", "“四风问题突出”的整改", "“三会一课”制度", "四风问题"])
def test_quotes_in_their_place_are_right(tokens, text: str):
    assert tokens("misplaced_quotes", text) == []


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("学习新时代中国特色社会主义思想", "error"),
        ("中国人民共和国", "error"),
        ("中华人民共合国", "error"),
        ("增强“三个意识”", "warning"),
        ("做到“四个维护”", "warning"),
        ("违反中央九项规定", "warning"),
        ("铸牢中华民族共同题意识", "warning"),
        ("实现中华民族大复兴", "warning"),
        ("全心全意为人名服务", "warning"),
        ("惩前毙后、治病救人", "warning"),
    ],
)
def test_wrong_set_phrases_are_found(text: str, severity: str):
    found = [found for found in examine_text([(1, text)], "a.txt") if found.kind == "wrong_formulation"]
    assert [f.severity for f in found] == [severity]


@pytest.mark.parametrize(
    "text",
    [
        "习近平新时代中国特色社会主义思想",
        "坚持和发展新时代中国特色社会主义",
        "中国特色社会主义理论体系",
        "“四个意识”“四个自信”“两个维护”“两个确立”",
        "中央八项规定精神",
        "把权力关进“制度的笼子”",
        "全心全意为群众服务",
        "学习进平台、登录进度",
        "实现中华民族的伟大复兴",
        "习近平主席",
        "社会主义现代化强国",
        "社会主义核心价值体系",
        "不忘初心牢记使命",
    ],
)
def test_set_phrases_and_their_neighbours_are_right(tokens, text: str):
    assert tokens("wrong_formulation", text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("自2024717日至914日", ["2024717", "914"]),
        ("落款\n201941", ["201941"]),
        ("于20231130日完成", ["20231130"]),
        ("清川市水务局\n2024630", ["2024630"]),
    ],
)
def test_dates_that_lost_characters_are_found(tokens, text: str, expected: list[str]):
    assert tokens("lost_date_characters", text) == expected


@pytest.mark.parametrize("text", ["2024年7月17日", "到365日内", "100日攻坚", "服务器编号201941", "满914日"])
def test_whole_dates_and_other_numbers_lost_nothing(tokens, text: str):
    assert tokens("lost_date_characters", text) == []


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("联系电话：", "联系电话："),
        ("责任人：    完成时限：6月", "责任人："),
        ("会员群：    QQ群：123", "会员群："),
        ("文号：\n日期：6月", "文号："),
    ],
)
def test_empty_fields_are_found(tokens, text: str, token: str):
    assert tokens("empty_field", text) == [token]


@pytest.mark.parametrize(
    "text",
    [
        "市委巡察组：",
        "联系电话：0571-1234567",
        "责任单位：\n办公室",
        "联系方式:\n  电话: 1",
        "主要表现在：",
        "通信地址：\n清川市清河路1号",
    ],
)
def test_labels_with_a_value_and_salutations_are_not_empty(tokens, text: str):
    assert tokens("empty_field", text) == []
