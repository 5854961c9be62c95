"""Marks of origin and handling, and the text without them."""

import pytest

from rectify.prose import examine_text
from rectify.prose.marks import strip_marks


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("##paidbegin##（一）总体情况", "##paidbegin##"),
        ("## vip ##正文", "## vip ##"),
        ("正文##/PayEnd##", "##/PayEnd##"),
        ("【付费内容】", "【付费内容】"),
        ("（此处省略2000字，正式会员可完整阅读）", "（此处省略2000字，正式会员可完整阅读）"),
        ("剩余65%未读", "剩余65%未读"),
    ],
)
def test_paid_markers_are_found(tokens, text: str, token: str):
    assert tokens("paid_marker", text) == [token]


@pytest.mark.parametrize("text", ["## 总体情况", "#付费# 话题", "协会会员缴费情况", "省略不计", "还有三封信未读"])
def test_headings_and_members_are_no_paid_markers(tokens, text: str):
    assert tokens("paid_marker", text) == []


NOTICE = (
    "清溪文行\n海量范文、天天更新\n每日精选\n开通会员即可下载全部资料\n免费QQ群：\n\n清川市水务局整改情况报告\n"
    + "一、总体情况\n"
)


def test_the_lines_of_a_notice_are_found_up_to_the_title(held):
    found = [token for kind, token in held(NOTICE) if kind == "advertising"]
    assert found == ["清溪文行", "海量范文、天天更新", "每日精选", "开通会员即可下载全部资料", "免费QQ群："]


def test_a_notice_at_the_end_is_found(tokens):
    text = "一、总体情况\n（一）抓实整改。\n版权说明：本文档由用户提供并上传，收益归属内容提供方"
    assert tokens("advertising", text) == ["版权说明：本文档由用户提供并上传，收益归属内容提供方"]


@pytest.mark.parametrize(
    "text",
    [
        "协会现有会员120名，订阅报刊12种。\n通过QQ群、微信公众号推送信息。",
        "关注“清川水务”微信公众号，扫码反映意见。",
        "一是会员费收缴不规范。\n二是免费开放平台更新不及时。",
        "清川市水务局整改情况报告\n建立微信工作群，分享学习资料。",
        "加强笔杆子队伍建设\n查处倒卖车票案件\n业务咨询QQ群：12345678",
        "申请材料由用户上传至政务平台",
        "本轮通报后，查处倒卖苗木案件1起，" + "完善了管理办法，" * 20,
    ],
)
def test_what_an_office_says_of_members_and_groups_is_no_notice(tokens, text: str):
    assert tokens("advertising", text) == []


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("内部资料，注意保存", "内部资料，注意保存"),
        ("　　仅供参考　严禁转发", "仅供参考　严禁转发"),
        ("清川市水务局整改方案（征求意见稿）", "（征求意见稿）"),
        ("（此件不公开）", "（此件不公开）"),
        ("阅后收回", "阅后收回"),
        ("內 部 資 料　注 意 保 存", "內 部 資 料　注 意 保 存"),
        ("内部★1年", "内部★1年"),
        ("仅供领导参阅", "仅供领导参阅"),
        ("供县委常委会参阅，会后收回", "供县委常委会参阅，会后收回"),
        ("会议材料，会后请交回会务组", "会议材料，会后请交回会务组"),
        ("会后收回　编号：27", "会后收回　编号：27"),
        ("已完成整改。本材料仅供内部参考，不得外传。", "本材料仅供内部参考，不得外传"),
        ("此件发至县处级，不登报、不上网", "此件发至县处级，不登报、不上网"),
        ("公开类型：不公开", "公开类型：不公开"),
        ("信息公开选项：依申请公开（不予主动公开）", "（不予主动公开）"),
        ("| 公开方式 | 内容 |\n|---|---|\n| 不予公开 | 台账 |", "不予公开"),
        ("关于开展自查的通知（内部）", "（内部）"),
        ("整改台账-内部资料.docx", "内部资料"),
        ("整改台账　　　内部资料", "内部资料"),
        ("Internal Use Only", "Internal Use Only"),
        ("阅后即焚，请勿截屏，清川市专班", "阅后即焚，请勿截屏"),
        ("严禁外传：3月2日进驻安排", "严禁外传"),
        ("仅限班子成员传阅：民主测评情况", "仅限班子成员传阅"),
        ("限县处级以上领导阅", "限县处级以上领导阅"),
        ("限时收回，签收人须当场交回", "限时收回，签收人须当场交回"),
        ("原件三日内退回机要室", "原件三日内退回机要室"),
        ("领导讲话（根据录音整理，未经本人审阅）", "（根据录音整理，未经本人审阅）"),
        ("发至：各乡镇（共印60份，编号发放）", "（共印60份，编号发放）"),
        ("材料标题下注：内部掌握，不作公布。", "内部掌握，不作公布"),
        ("20260504内部资料勿外传.xlsx", "20260504内部资料勿外传"),
        ("[内部资料：台账名册](/fj/1.doc)", "内部资料"),
        ("open: 不公开", "open: 不公开"),
        ("本材料含敏感数据，注意保管", "本材料含敏感数据，注意保管"),
        ("Draft - not for circulation", "Draft - not for circulation"),
    ],
)
def test_internal_marks_are_found(tokens, text: str, token: str):
    assert tokens("internal_mark", text) == [token]


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("| 材料 | 备注 |\n|---|---|\n| 测算底稿 | 内部掌握 |", "内部掌握"),
        ("评审过程资料，不得对外提供", "不得对外提供"),
        ("此稿尚未定稿", "此稿尚未定稿"),
        ("谈话提纲（谈话前保密）", "谈话前保密"),
        ("致各县委书记（亲启）", "亲启"),
    ],
)
def test_what_is_only_likely_a_mark_is_a_warning(tokens, text: str, token: str):
    assert (tokens("likely_mark", text), tokens("internal_mark", text)) == ([token], [])


@pytest.mark.parametrize(
    "text",
    [
        "（此件公开发布）",
        "公开方式：主动公开",
        "加强内部控制和内部管理",
        "制度规定涉密文件严禁外传，违者追究责任。",
        "学习《清川市水务局信息公开办法（征求意见稿）》。",
        "形成方案的征求意见稿并印发各科室讨论。",
        "仅供参考。",
        "妥善保管档案",
        "依申请公开",
        "公开方式：依申请公开",
        "禁止传播谣言",
        "涉密文件阅后及时归还机要室，做好登记。",
        "会后收回意见表30份",
        "（内部审计科）",
        "不予公开决定书未按期送达",
        "是否公开：是",
        "内部资料：",
        "供群众查阅",
        "| 内部资料 | 12份 |",
        "三日内退还至专户。",
        "对涉密文件，严禁复制，严禁外传。",
        "严禁复制、严禁转发涉密文件，组织签订承诺书。",
        "提醒商户不要扩散不实消息，请勿聚集。",
        "内部资料：各类图纸3200份，已归档。",
        "不予公开：涉及个人隐私的2件，均告知理由。",
        "| 问题 | 措施 |\n|---|---|\n| 公物外借 | 严禁外借 |",
        "讲话稿未经本人审定，直接上报。",
        "食堂仅限职工使用问题已整改。",
    ],
)
def test_ordinary_words_are_no_internal_marks(tokens, text: str):
    assert tokens("internal_mark", text) == []


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("机密★3年", "机密★3年"),
        ("　绝　密", "绝　密"),
        ("秘密", "秘密"),
        ("文号附：秘密★2030.6到期", "秘密★2030.6"),
        ("机密*长期", "机密*长期"),
        ("密级：秘密", "密级：秘密"),
        ("密　级 : 秘　密", "密　级 : 秘　密"),
        ("密级：□绝密 □机密 ☑秘密", "密级：□绝密 □机密 ☑秘密"),
        ("［秘密］", "［秘密］"),
        ("〔絕密〕整改方案", "〔絕密〕"),
        ("機密★", "機密★"),
        ("秘密（1年）", "秘密（1年）"),
        ("附件为秘密（1年），另报", "秘密（1年）"),
        ("「秘密」1年", "「秘密」1年"),
        ("1年★秘密", "1年★秘密"),
        ("绝密★启用前", "绝密★启用前"),
        ("特急　机密", "特急　机密"),
        ("秘密级　份号：000012", "秘密级　份号：000012"),
        ("**秘密**", "**秘密**"),
        ("<b>秘</b>密★1年", "秘</b>密★1年"),
        ("秘&#23494;★1年", "秘&#23494;★1年"),
        ("秘\u200b密★２年", "秘\u200b密★２年"),
        ("机密\n★5年", "机密\n★5年"),
        ("工作秘密", "工作秘密"),
        ("核心商密★10年", "核心商密★10年"),
        ("本文件涉密。", "本文件涉密。"),
        ("涉密文件，严禁拍照", "涉密文件，严禁拍照"),
        ("保密期限：五年", "保密期限：五年"),
        ("| 序号 | 密级 |\n|---|---|\n| 1 | 机密 |", "机密"),
        ("| 等级 | 机密 | 份数 | 12 |", "等级 | 机密"),
        ("CONFIDENTIAL 内部审计底稿", "CONFIDENTIAL"),
        ("命题组内部：启封前绝密　数学卷", "启封前绝密"),
        ("机密（解密前） 样稿", "机密（解密前）"),
        ("security: 秘密", "security: 秘密"),
        ("/upload/机密_358148.wps", "机密_358148"),
        ("检察工作秘密　　审查报告", "检察工作秘密"),
        ("机要编号 734229　密件　收文日期2026-05-19", "机要编号 734229　密件"),
        ("商业秘密，仅限评标专家查阅", "商业秘密，仅限评标专家查阅"),
        ("印数：72份　绝密级事项见附页", "印数：72份　绝密级事项见附页"),
        ('<img alt="左上角标注“秘密”字样" src="a.jpg">', "秘密"),
        ("涉密文件，请通过机要渠道传递。", "涉密文件，请通过机要渠道传递。"),
    ],
)
def test_secrecy_marks_are_found(tokens, text: str, token: str):
    assert tokens("secrecy_mark", text)[:1] == [token]


@pytest.mark.parametrize(
    "text",
    [
        "保密工作还有短板。",
        "未设保密室，国家秘密管理不严。",
        "特急",
        "秘密级文件由专人保管",
        "商业秘密",
        "四星级★",
        "秘密窗口",
        "保守工作秘密",
        "涉密人员管理",
        "秘密窃取",
        "保密教育",
        "国家秘密分为三级（绝密、机密、秘密）。",
        "要保守**秘密**，不得外泄。",
        "密级：□绝密 □机密 □秘密 ■公开",
        "密级：无",
        "绝密不超过三十年（绝密（30年）、机密（20年））",
        "是否涉密：否",
        "涉密不上网、上网不涉密",
        "| 机密 | 3份 |",
        "设计使用年限★50年，抗震设防烈度7度",
        "机要件收发登记不规范。",
        "涉密人员名单未及时更新。",
        "试题启封前绝密管理要求落实不到位，培训2次。",
    ],
)
def test_secrecy_as_a_subject_is_no_mark(tokens, text: str):
    assert tokens("secrecy_mark", text) == []


def test_a_line_in_other_forms_is_read_so_wherever_it_stands(held):
    """The words of marks are looked for as they stand; a line in other forms is read by itself."""
    lines = ["内 部 资 料", "內部資料，請勿外傳", "机 密★长期", "絕密★10年", "绝 \n 密", "（內 部 資 料）"]
    plain = "清川市水务局整改情况的报告 附 件 一\n一、已经完成整改，公开了第 21 个问题。\n"
    alone = [found for line in lines for found in held(line)]
    assert len(alone) == len(lines)
    assert held(plain + plain.join(f"{line}\n" for line in lines) + plain) == alone


def test_notices_are_read_whoever_may_read_and_whatever_must_not_be_done(tokens):
    told = [
        "内部讲义，看完删掉，别往外发",
        "@所有人 这份名单只在本群内部看，不要截图",
        "只发到各支部书记，不往下传",
        "（仅班子成员掌握）",
        "线索处置表（内部使用，不上网）",
        "举报材料——严格保密，不得转交被举报单位",
        "本光盘为秘密级载体，使用后交机要室统一销毁。",
        "未正式印发前请勿传播",
        "商业敏感信息，未获授权不得披露",
        "请领导审阅，暂未对外公布",
        "阅后30秒删除：行动安排",
        "仅限纸质流转，严禁拍照",
        "此件按机密级管理",
        '{"密级":"秘密"}',
        "公开形式：免予公开　校对：办公室",
        "公开类别：①主动公开 ②不予公开（选②）",
        "不予公开（公开属性）",
        "安全级别：L3-机密数据",
        "03-内部-谈话记录.docx",
        "neibu ziliao",
        "Strictly confidential. Do not distribute",
        "For Official Use Only (FOUO)",
    ]
    unread = [
        text
        for text in told
        if not any(tokens(kind, text) for kind in ("likely_mark", "internal_mark", "secrecy_mark"))
    ]
    assert unread == []


def test_what_is_told_of_readers_and_of_doings_is_no_notice(tokens):
    free = [
        "会议强调，涉密文件不得通过微信传输，违者严肃处理。",
        "请勿转发未经核实的信息，避免造成恐慌。",
        "禁止拍照的标识不清晰",
        "未经批准，不得擅自改变规划用途。",
        "尚未定稿的制度共3项，责任科室已明确时限。",
        "名单尚未公布的，由各镇补报。",
        "传达到每个支部",
        "仅限工作日使用",
        "看完警示片后，大家撰写心得42篇。",
        "文件阅后未及时退回。",
        "本网站所载地图仅供参考，审图号：GS(2024)0650号。",
        "本机关决定不予公开，并已书面告知理由。",
        "解密日期：2019年5月1日（已公开）",
        "保密审查栏：☑主动公开　□依申请公开　□不予公开",
        "阅览室周一闭馆，图书不得带走。",
        "Internal Audit Department",
        "Public notice: confidential data has been removed",
    ]
    assert [
        (kind, text) for text in free for kind in ("likely_mark", "internal_mark", "secrecy_mark") if tokens(kind, text)
    ] == []


@pytest.mark.parametrize(
    ("text", "token"),
    [
        (r"附件见D:\文件\台账.xlsx。", r"D:\文件\台账.xlsx"),
        ("打开file:///C:/a.docx", "file:///C:/a.docx"),
        (r"共享在\\server01\share\a", r"\\server01\share\a"),
        ("系统http://192.168.1.20:8080/oa登录", "http://192.168.1.20:8080/oa"),
        ("http://10.2.3.4/x", "http://10.2.3.4/x"),
    ],
)
def test_inner_paths_are_found(tokens, text: str, token: str):
    assert tokens("intranet_path", text) + tokens("intranet_address", text) == [token]


@pytest.mark.parametrize(
    "text", ["https://www.example.gov.cn/a", "比例为1:2", r"星号写作\*，不是\\", "IP地址规划", "http://100.1.1.1/"]
)
def test_public_addresses_are_no_inner_paths(tokens, text: str):
    assert tokens("intranet_path", text) + tokens("intranet_address", text) == []


def test_stripping_leaves_the_text_and_tells_what_went():
    lines = list(
        enumerate(
            ("内部资料\n" + NOTICE + "##paidbegin##（一）抓实整改。##paidend##\n##paidend##\n\n由*局负责。").split(
                "\n"
            ),
            1,
        )
    )
    kept, findings = strip_marks(lines, "a.txt")
    assert [(number, text) for number, text in kept if text] == [
        (8, "清川市水务局整改情况报告"),
        (9, "一、总体情况"),
        (10, "（一）抓实整改。"),
        (13, "由*局负责。"),
    ]
    every = examine_text(lines, "a.txt")
    assert findings and all(every.count(found) == 1 for found in findings)
    assert {found.kind for found in findings} == {"internal_mark", "advertising", "paid_marker"}


def test_stripping_a_clean_text_changes_nothing():
    lines = [(1, "清川市水务局整改情况报告"), (2, ""), (3, "一、总体情况"), (4, "（此件公开发布）")]
    assert strip_marks(lines, "a.txt") == (lines, [])


def test_a_mark_beside_other_text_stays_and_is_reported_by_scanning_only():
    lines = [(1, "清川市水务局整改方案（送审稿）")]
    assert strip_marks(lines, "a.txt") == (lines, [])
    assert [found.kind for found in examine_text(lines, "a.txt")] == ["internal_mark"]
