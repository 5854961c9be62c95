"""Marks of origin and handling, and the ordinary words and Markdown that look like them."""

from helpers.cases import DISCLOSURE, Case, file_case, text_case

_NOTICE = "更多材料请加微信领取"

FIRING = {
    "M001": ["##paidbegin##三是完善台账。", "台账已建立。##vip_end##", "三是完善台账。【付费内容】"],
    "M002": [f"{_NOTICE}\n\n台账已建立。", "台账已建立。\n\n公文网", "严禁倒卖本站资料\n\n台账已建立。"],
    "M003": ["内部资料 严禁外传", "整改台账（征求意见稿）", "公开方式：不予公开", "仅供领导参阅", "内部★1年"],
    "M004": ["秘密★10年", "机密", r"秘密\*5年", "密级：秘密", "［秘密］"],
    "M005": [
        r"附件见 D:\整改\台账.xlsx。",
        "附件见[台账](file:///data/a.xlsx)。",
        r"台账存放在\\10.1.2.3\share\台账.xlsx。",
    ],
    "M007": [
        "（此件依申请公开）",
        "公开属性：依申请公开",
        "关于换届工作的函（密）",
        "仅限省厅内部使用",
        "阅件后请退办公室",
        "评审过程资料，不得对外提供",
        "评审过程资料不得对外提供",
        "附件头上留着一行 内部资料 注意保存 一起发了出来。",
        "通报页脚印有“发至县团级”，被原样转载到门户网站。",
        "| 材料 | 备注 |\n|---|---|\n| 谈话笔录 | 阅后退还 |",
    ],
    "M006": [
        "系统见<http://192.168.1.20/oa>。",
        "接口http://10.8.1.2:8080/api已停用。",
        "[台账](http://172.16.3.4/tz)",
    ],
}
SILENT = {
    "M001": ["## 付费项目清理", "会员费收支已公示。", "清理付费停车位12个。"],
    "M002": ["通过本局公众号公布结果。", "协会会员大会已召开。", "建立工作微信群、QQ群。"],
    "M003": ["此件公开发布", "健全内部控制和内部管理制度。", "修订《清川市供水条例（征求意见稿）》的反馈意见台账。"],
    "M004": ["开展国家秘密和商业秘密保护培训。", "加急", "评为★★★★级食堂。"],
    "M005": ["附件见[台账](files/taizhang.pdf)。", "见<https://www.qingchuan.gov.cn/a>。", r"遮盖处写作\*\*。"],
    "M007": [
        "内部资料管理",
        "工作秘密管理制度不健全",
        "会后收回意见表35份。",
        "严禁外传。各科室",
        "通报页脚印有“办事指南”，被原样转载到门户网站。",
        "机要科",
        "绝密、机密、秘密",
    ],
    "M006": ["见<https://www.qingchuan.gov.cn/a>。", "服务器地址10.8.1.2已更换。", "版本10.2.9.18已升级。"],
}
CASES: list[Case] = [
    text_case(rule, fires, body)
    for fires, table in ((True, FIRING), (False, SILENT))
    for rule, bodies in table.items()
    for body in bodies
]
_LONG = (
    "台账由各科室按月更新，科室负责人签字后报办公室汇总，办公室每季度抽查一次，抽查结果在局务会上逐项通报，对不按时更新的科室当月提醒，"
    * 2
)
CASES += [
    file_case("M004", True, {"juemi.md": "# 说明\n"}, "the address of a page"),
    file_case("M004", True, {"reports/2024-secret/index.md": DISCLOSURE["reports/2024-a/index.md"]}, "of a disclosure"),
    file_case("M004", False, {"secretary.md": "# 说明\n", "jimifuwu.md": "# 说明\n"}, "words that begin like it"),
    text_case("M004", True, "封面标有秘密★10年字样。"),
    text_case("M004", True, "附件为秘密（1年），另报。"),
    text_case("M004", True, "台账已建立。本文件涉密，不得外传。"),
    text_case("M004", True, "| 台账 | 密级 |\n|---|---|\n| 管网 | 秘密 |"),
    text_case("M003", True, "| 台账 | 公开方式 |\n|---|---|\n| 管网 | 不予公开 |"),
    text_case("M003", True, "整改台账　　　内部资料"),
    text_case("M004", False, "保密期限分别为绝密（30年）、机密（20年）、秘密（10年）。"),
    text_case("M004", True, "![左上角标注“秘密”字样](files/a.png)"),
    text_case("M003", False, "评审过程资料，不得对外提供"),
    text_case("M003", True, "请各位群友阅完删除本条，不要外传，明早检查名单如下"),
    text_case("M003", False, "提醒商户不要扩散不实消息，严禁传播。"),
    text_case("M003", False, f"{_LONG}并印发了管理办法（征求意见稿）。"),
]
