"""Who can be recognised without a name: heuristics, so the cases that must stay silent outnumber the others."""

import pytest

OWN = "清川市水务局整改情况报告\n"


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("5家逾期党组织中，柳河中学党支部于6月换届，市供水公司党委正在筹备。", ["柳河中学党支部", "市供水公司党委"]),
        ("柳河镇党委落实责任不力，已约谈。", ["柳河镇党委"]),
        ("市殡葬服务中心党支部未按期换届。", ["市殡葬服务中心党支部"]),
    ],
)
def test_party_bodies_named_with_blame_are_found(tokens, text: str, bodies: list[str]):
    assert tokens("third_party_named", OWN + text) == bodies


@pytest.mark.parametrize(
    "text",
    [
        "各支部未按期换届。",
        "局党组对此重视不够，落实不力。",
        "有关单位党委落实不到位。",
        "柳河镇党委按期完成换届。",
        "加强对市供水公司党委的指导，解决换届滞后问题。",
        "清川市水务局党组研究不及时。",
        "责任在于局党组前期协调不力。",
        "个别基层党支部记录不规范。",
        "柳河镇党委未来将继续推进。",
        "柳河镇党委开展自查，未发现同类问题。",
        "市委办公室机关党委书记到会指导，督促逾期未换届的支部。",
    ],
)
def test_general_and_own_bodies_and_praise_are_silent(tokens, text: str):
    assert tokens("third_party_named", OWN + text) == []


@pytest.mark.parametrize(
    "text",
    [
        "一是调整照顾性岗位，市图书馆党支部专职副书记改任他职。",
        "柳河镇党委书记受到党内警告处分。",
        "市城投公司董事长因违规发放津贴被诫勉。",
    ],
)
def test_a_post_of_one_person_with_something_adverse_is_found(tokens, text: str):
    assert len(tokens("identifiable_person_by_post", OWN + text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "柳河镇党委书记带队整改。",
        "市城投公司董事长约谈违规人员。",
        "对1名科级干部给予党内警告处分。",
        "各单位党组织书记对违规问题作出检讨。",
        "局长主持召开警示教育会，通报处分决定。",
        "清川市水务局局长对违规问题负总责。",
        "市城投公司董事长信箱收到违规线索2条。",
    ],
)
def test_posts_at_work_and_groups_are_silent(tokens, text: str):
    assert tokens("identifiable_person_by_post", OWN + text) == []


@pytest.mark.parametrize(
    ("text", "tell"),
    [
        ("*局党委高度重视。推动水利事业发展。", "水利事业"),
        ("*市*局召开会议。学习关于文旅工作重要论述。", "文旅工作"),
        ("XX市XX局整改报告。赴绍兴机关工委学习。", "绍兴机关工委"),
        ("XX市机关工委。在浙江大学举办培训班。", "浙江大学"),
        ("*局落实省委部署，完成中央和区、市巡视反馈整改。", "中央和区、市"),
        ("**系统推进。加快交通运输发展。", "交通运输发展"),
    ],
)
def test_what_tells_the_masked_unit_is_found(tokens, text: str, tell: str):
    assert tell in tokens("incomplete_anonymisation", text)


@pytest.mark.parametrize(
    "text",
    [
        "清川市水利局。推动水利事业发展，在浙江大学培训。",
        "共有党员*名，推动水利事业发展。",
        "*局组织学习。推动各项事业发展，做好各项工作。",
        "*局学习遵义会议精神，传承延安精神。",
        "*局落实自治区党委和市委部署。",
        "*局组织老年大学学员参观。",
        "*局推动城市建设和经济发展。",
        "*局到上海合作组织相关活动现场服务。",
        "*局在长治久安上下功夫，到新乡村看变化。",
    ],
)
def test_open_documents_and_common_words_are_silent(tokens, text: str):
    assert tokens("incomplete_anonymisation", text) == []


@pytest.mark.parametrize("text", ["市区委巡察第三组反馈", "市县委巡察组进驻", "区县委第二巡察组开展巡察"])
def test_two_levels_in_one_inspecting_body_are_found(tokens, text: str):
    assert len(tokens("inconsistent_level", text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "中央和省市委决策部署",
        "市委、区委巡察机构联动",
        "市委巡察组",
        "省市县委三级联动",
        "配合省市委巡视巡察",
        "市县委巡察机构联动",
    ],
)
def test_lists_of_committees_are_silent(tokens, text: str):
    assert tokens("inconsistent_level", text) == []


@pytest.mark.parametrize(
    "text",
    [
        "涉密资料存放点没有安装防盗门窗。",
        "机房门禁损坏，无人值守。",
        "业务信息系统存在弱口令。",
        "档案室未按规定配备监控设备。",
    ],
)
def test_a_told_weakness_of_protection_is_found(tokens, text: str):
    assert len(tokens("sensitive_detail", text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "保密工作还有漏洞。",
        "还没有单独设置保密室。",
        "小区没有安装监控。",
        "机房已安装门禁和监控。",
        "网络安全意识不强，未开展培训。",
    ],
)
def test_general_words_and_mended_things_are_silent(tokens, text: str):
    assert tokens("sensitive_detail", text) == []
