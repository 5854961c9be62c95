"""Names of officials and of private persons; words that begin like a surname are none."""

import pytest


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("由局党组书记林远舟任组长", "林远舟"),
        ("办公室主任郑川主持会议", "郑川"),
        ("副局长欧阳清出席并讲话", "欧阳清"),
        ("，对周小河同志批评教育", "周小河"),
        ("给予高原同志提醒", "高原"),
    ],
)
def test_named_officials_are_found(tokens, text: str, name: str):
    assert tokens("personal_name", text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "党组书记任组长，局长任副组长",
        "书记高度重视，局长高位主持",
        "主要负责同志、分管同志参加",
        "以习近平同志为核心的党中央",
        "局长于6月主持召开会议",
        "书记、局长安排部署",
        "毛泽东同志的著作",
        "支部书记严格主持组织生活",
        "主任周密部署，全程带队",
        "，严肃同志间的批评",
        "书记方可主持",
        "书记严厉指出，局长向大家通报",
        "主任于会后强调",
    ],
)
def test_posts_and_ordinary_words_are_no_names(tokens, text: str):
    assert tokens("personal_name", text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("举报人林小舟反映", "林小舟"),
        ("患者郑川，男", "郑川"),
        ("信访人：杨柳青来访", "杨柳青"),
        ("村民赵大河等3人", "赵大河"),
    ],
)
def test_named_private_persons_are_found(tokens, text: str, name: str):
    assert tokens("named_private_person", text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "举报人张某反映",
        "学生安全，居民高兴",
        "患者方面反映",
        "村民程度不一",
        "居民周边，学生万人",
        "信访群众反映强烈",
        "学生金额、学生管理在",
        "举报人信息保护",
        "居民张贴，村民林地",
    ],
)
def test_groups_and_masked_names_are_no_named_persons(tokens, text: str):
    assert tokens("named_private_person", text) == []
