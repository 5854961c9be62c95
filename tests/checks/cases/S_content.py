"""What a disclosure lacks, and what in its dates, numbers, links and waivers is out of order."""

from datetime import date
from pathlib import Path

from helpers.cases import DISCLOSURE, Case, changed, file_case, text_case, write_disclosure
from rectify.checks.content import check_content
from rectify.core.finding import Finding
from rectify.sources.starter import EXAMPLE

INDEX, ONE, TWO = (f"reports/2024-a/{name}.md" for name in ("index", "01", "02"))
TEXT = DISCLOSURE[ONE]
PHONE = "联系方式:\n  电话: 0000-2345601\n  地址: 清川市安和路6号\n"
DECLARED = "公布数: {总数: 2, 已完成: 1, 持续推进: 1}"
APPROVAL = "审批: {提出: 机关党委, 审核: 办公室, 保密审查: 办公室, 批准: 党组, 日期: 2024-10-15}\n"
MEASURES = "整改措施:\n  - 统一巡检记录格式，按月抽查。\n"
PROGRESS = "进展:\n  - 日期: 2024-06-20\n    状态: 已完成\n    内容: 新的巡检记录全面使用。\n"
BODY = "\n巡检记录改为统一格式，班组长逐日核对。\n"
WITHDRAWN = ("---\n\n巡检", "撤回: {日期: 2024-11-02, 理由: 涉及第三方}\n---\n\n巡检")
INTERNAL = ("文种: 整改情况报告", "文种: 对照检查材料")
VERIFIED = ("状态: 已完成", "状态: 已销号")
CLOSEOUT = "{日期: 2024-06-25, 单位: 市委巡察办, 文号: 清巡销〔2024〕5号}"
TODAY = date(2024, 12, 1)


def one(rule: str, fires: bool, *pairs: tuple[str, str], name: str = "") -> Case:
    return file_case(rule, fires, changed(ONE, *pairs), name or f"{pairs[0][1][:24]!r}")


def index(rule: str, fires: bool, *pairs: tuple[str, str], name: str = "") -> Case:
    return file_case(rule, fires, changed(INDEX, *pairs), name or f"{pairs[0][1][:24]!r}")


def today(fires: bool, name: str, files: dict[str, str], rule: str = "S056") -> Case:
    """A case of S056, or of another rule, on a fixed day."""

    def run(root: Path) -> list[Finding]:
        return check_content(write_disclosure(root, files), today=TODAY).findings

    return Case(rule, fires, run, name)


def term(rule: str, fires: bool, until: str, *files: str, name: str = "") -> Case:
    """A case of a disclosure with a term of publication, and with files, on a fixed day."""
    (index,) = changed(INDEX, ("公开日期: 2024-10-18", f"公开日期: 2024-10-18\n公开截止: {until}")).values()
    attached = {f"reports/2024-a/{path}": "项目,数量\n小区,7\n" for path in files}
    return today(fires, name or f"{until!r} {len(files)}", {INDEX: index} | attached, rule)


def numbered(*numbers: str, group: str = "") -> dict[str, str]:
    """Return a problem file for each printed number; `甲1` is number 1 of group 甲."""
    files = {}
    for place, number in enumerate(numbers, start=1):
        group, plain = (number[0], number[1:]) if number[0] in "甲乙" else ("", number)
        text = TEXT.replace("记录不完整", f"记录不完整之{place}").replace(
            "序号: 1", f"序号: {plain}" + (f"\n分组: {group}" if group else "")
        )
        files[f"reports/2024-a/{place:02d}.md"] = text
    return files


def waived(rule: str, words: str = "") -> tuple[str, str]:
    """Return the change that adds a waiver to the first problem."""
    extra = f", 原文: {words}" if words else ""
    waiver = f"豁免: [{{规则: {rule}, 理由: 原文如此, 审批人: 办公室, 日期: 2024-10-15{extra}}}]\n"
    return "---\n\n巡检", f"{waiver}---\n\n巡检"


TITLED = ("标题: 清川市水务局党组关于", "标题: 清川市水务局党组再次关于")
NUMBERED = ("联系方式:", "文号: 清水党组〔2024〕12号\n联系方式:")


def second(
    rule: str, fires: bool, *pairs: tuple[str, str], first: tuple[str, str] | None = None, name: str = ""
) -> Case:
    """A case of a second disclosure, which is the first with some words exchanged."""
    own = changed(INDEX, *pairs) if pairs else {INDEX: DISCLOSURE[INDEX]}
    files = {"reports/2024-b/index.md": own[INDEX]}
    files |= {place.replace("2024-a", "2024-b"): DISCLOSURE[place] for place in (ONE, TWO)}
    return file_case(rule, fires, files | (changed(INDEX, first) if first else {}), name)


def earlier(refs: str) -> tuple[str, str]:
    """Return the change that names what the first problem was before."""
    return "序号: 1", f"序号: 1\n前次: {refs}"


def again(rule: str, fires: bool, refs: str, *pairs: tuple[str, str], name: str, published: str = "2023-10-18") -> Case:
    """A case of a matter that was in a disclosure before, which is the first with some words exchanged."""
    index = changed(
        INDEX,
        ("公开日期: 2024-10-18", f"公开日期: {published}"),
        *pairs,
        ("关于市委巡察整改情况", "关于上轮市委巡察整改情况"),
    )[INDEX]
    files = {"reports/2023-b/index.md": index}
    files |= {place.replace("2024-a", "2023-b"): DISCLOSURE[place] for place in (ONE, TWO)}
    return file_case(rule, fires, files | changed(ONE, earlier(refs)), name)


PHONE_IN_TEXT = ("班组长逐日核对", "班组长逐日核对，有事拨打13800000000")

CASES: list[Case] = [
    one("S095", True, ("状态: 已完成\n序号", f"状态: 已完成\n销号: {CLOSEOUT}\n序号")),
    one("S095", True, ("状态: 已完成\n序号", "状态: 已完成\n销号: {日期: 2024-06-25}\n序号"), name="a day alone"),
    file_case("S095", True, changed(TWO, ("序号: 2", f"销号: {CLOSEOUT}\n序号: 2")), "work goes on"),
    one(
        "S095",
        False,
        ("状态: 已完成\n序号", f"状态: 已销号\n销号: {CLOSEOUT}\n序号"),
        ("    状态: 已完成", "    状态: 已销号"),
    ),
    one("S095", False, ("状态: 已完成\n序号", "状态: 已完成\n序号"), name="no verification"),
    one(
        "S095",
        False,
        ("状态: 已完成\n序号", f"状态: 已完成\n销号: {CLOSEOUT}\n撤回: {{日期: 2024-11-02, 理由: 涉及第三方}}\n序号"),
        name="withdrawn",
    ),
    *(index("S096", True, ("清川市水务局党组关于市委巡察整改情况的报告", f'"{title}"')) for title in sorted(EXAMPLE)),
    file_case(
        "S096",
        True,
        {
            **changed(ONE, ("问题: 管网巡检记录不完整", "问题: 查阅登记不完整")),
            **changed(TWO, ("问题: 二次供水设施移交缓慢", "问题: 到期档案移交不及时")),
        },
        "its problems under another title",
    ),
    one("S096", False, ("问题: 管网巡检记录不完整", "问题: 查阅登记不完整"), name="one problem alike"),
    index("S096", False, ("清川市水务局党组关于市委巡察整改情况的报告", "清川市档案馆关于巡察整改情况的报告")),
    index("S096", False, ("单位: 清川市水务局", "单位: 清川市档案馆"), name="the same body"),
    one("S083", True, earlier("第4个问题"), name="words"),
    one("S083", True, earlier("2023-a/4"), name="one digit"),
    one("S083", True, earlier("reports/2023-a/04/"), name="an address"),
    one("S083", False, earlier("2023-a/04"), name="a reference"),
    one("S083", False, earlier("2023-a/04、2023-a/05"), name="two in a line"),
    one("S083", False, earlier("[2023-a/04, 2023-a/05]"), name="two"),
    again("S084", True, "2023-b/03", name="no such problem"),
    again("S084", True, "2019-b/01", name="no such disclosure"),
    again("S084", True, "2023-b/01", INTERNAL, name="not public"),
    again("S084", False, "2023-b/01", name="there"),
    again("S084", False, "[2023-b/01, 2023-b/02]", name="two become one"),
    again("S084", False, "2023-b/01", name="of the same day", published="2024-10-18"),
    again("S085", True, "2023-b/01", name="published later", published="2024-11-18"),
    again("S085", True, "2024-a/02", name="another of the same disclosure"),
    again("S085", True, "2024-a/01", name="itself"),
    again("S085", False, "2023-b/01", name="published before"),
    again("S085", False, "2023-b/01", name="on the same day", published="2024-10-18"),
    one("S085", False, ("序号: 1", "序号: 1"), name="none"),
    one("S086", True, ("序号: 1", "序号: 1\n重点: 屡改屡犯"), name="alone"),
    one("S086", True, ("序号: 1", "序号: 1\n重点: [资金资产, 反复出现]"), name="one of two"),
    one("S086", True, ("序号: 1", "序号: 1\npriority: repeated"), name="in English"),
    one("S086", False, ("序号: 1", "序号: 1\n重点: [资金资产, 挂牌督办]"), name="other criteria"),
    one("S086", False, ("序号: 1", "序号: 1\n重点: 屡改屡犯\n前次: 2023-b/01"), name="named"),
    one("S086", False, ("序号: 1", "序号: 1\n重点: 屡改屡犯"), WITHDRAWN, name="withdrawn"),
    one("S082", True, VERIFIED),
    one("S082", True, VERIFIED, ("---\n\n巡检", "销号: {日期: 2024-06-25}\n---\n\n巡检"), name="day alone"),
    one(
        "S082",
        True,
        VERIFIED,
        ("---\n\n巡检", "销号: {日期: 2024-06-25, 单位: 市委巡察办}\n---\n\n巡检"),
        name="no number",
    ),
    one("S082", False, VERIFIED, ("---\n\n巡检", f"销号: {CLOSEOUT}\n---\n\n巡检"), name="complete"),
    one("S082", False, VERIFIED, WITHDRAWN, name="withdrawn"),
    one("S082", False, ("---\n\n巡检", f"销号: {CLOSEOUT}\n---\n\n巡检"), name="done"),
    index("S050", True, (PHONE, "")),
    index("S050", True, (PHONE, "联系方式: {时间: 工作日9时至17时}\n"), name="hours alone"),
    index("S050", True, (PHONE, "联系方式: {邮编: '000000', 截止: 2024-12-31}\n"), name="postcode alone"),
    index("S050", False, (PHONE, "联系方式: {电话: 0000-2345601}\n"), name="telephone"),
    index("S050", False, (PHONE, "联系方式: {地址: 清川市安和路6号}\n"), name="address"),
    index("S050", False, (PHONE, "联系方式: {邮箱: shuiwu@qingchuan.example}\n"), name="e-mail"),
    index("S050", False, (PHONE, ""), INTERNAL, name="internal text"),
    index("S051", True, (APPROVAL, "")),
    index("S051", True, ("保密审查: 办公室, ", "")),
    index("S051", True, (", 日期: 2024-10-15", "")),
    index("S051", False, ("日期: 2024-10-15", "日期: 2024-10-15, 表号: 2024-7"), name="form number"),
    index("S051", False, ("日期: 2024-10-15}", "日期: 2024-10-15}\n公开范围: 社会"), name="complete"),
    index("S051", False, (APPROVAL, "公开范围: 党内\n"), name="inside the Party"),
    *(
        file_case("S080", True, {ONE: None, TWO: None} | changed(INDEX, (f"{DECLARED}\n", told)), name)
        for told, name in (
            ("", "nothing declared"),
            ("公布数: {总数: 2}\n", "two declared"),
            ("公开范围: 社会\n", "scope"),
        )
    ),
    file_case(
        "S080",
        False,
        {ONE: None, TWO: None} | changed(INDEX, (f"{DECLARED}\n", "公布数: {总数: 0}\n")),
        "none, and says so",
    ),
    file_case("S080", False, {ONE: "---\n问题\n---\n", TWO: None}, "one that cannot be read"),
    file_case("S080", False, {TWO: None}, "one"),
    file_case("S080", False, {}, "both"),
    one("S052", True, (MEASURES, ""), (PROGRESS, ""), (BODY, "")),
    one("S052", True, (MEASURES, "整改措施: []\n"), (PROGRESS, ""), (BODY, "\n  \n")),
    one("S052", True, (MEASURES, "责任单位: 管网科\n"), (PROGRESS, ""), (BODY, "")),
    one("S052", False, (PROGRESS, ""), (BODY, ""), name="measures"),
    one("S052", False, (MEASURES, ""), (BODY, ""), name="progress"),
    one("S052", False, (MEASURES, ""), (PROGRESS, ""), name="text"),
    one(
        "S052",
        False,
        (MEASURES, ""),
        (PROGRESS, ""),
        (BODY, ""),
        ("---\n", "---\n"),
        ("状态: 已完成", "状态: 已完成\n撤回: {日期: 2024-11-02, 理由: 涉及第三方}"),
        name="withdrawn",
    ),
    index("S053", True, ("反馈日期: 2024-03-29", "反馈日期: 2024-02-29"), name="feedback during the inspection"),
    index("S053", True, ("截至日期: 2024-09-30", "截至日期: 2023-09-30"), name="as-of date before feedback"),
    index("S053", True, ("公开日期: 2024-10-18", "公开日期: 2024-01-18"), name="published before feedback"),
    index(
        "S053",
        True,
        ("公开日期: 2024-10-18", "公开日期: 2024-10-18\n成文日期: 2024-10-20"),
        name="written after it was published",
    ),
    index("S053", False, ("反馈日期: 2024-03-29", "反馈日期: 2024-03-08"), name="all on one day"),
    index("S053", False, ("截至日期: 2024-09-30", "截至日期: 2024-12-31"), name="statuses moved on after publication"),
    index(
        "S053",
        False,
        ("公开日期: 2024-10-18", "公开日期: 2024-10-18\n成文日期: 2024-10-18"),
        name="written and published on one day",
    ),
    index(
        "S053",
        False,
        ("反馈日期: 2024-03-29\n", ""),
        ("公开日期: 2024-10-18", "公开日期: 2024-10-01"),
        name="no feedback date",
    ),
    one("S054", True, ("整改时限: 2024-06-30", "整改时限: 2023-06-30"), name="deadline before feedback"),
    one("S054", True, ("日期: 2024-06-20", "日期: 2024-02-20"), name="progress before feedback"),
    one("S054", True, ("---\n\n巡检", "销号: {日期: 2024-03-01}\n---\n\n巡检"), name="close-out before feedback"),
    index(
        "S054",
        False,
        ("日期: 2024-10-15}", "日期: 2024-12-01, 指纹: [index.md 0]}"),
        name="approved again as it is now",
    ),
    index("S054", True, ("日期: 2024-10-15", "日期: 2024-10-25"), name="approved after publication"),
    index("S054", True, ("  地址", "  截止: 2024-10-01\n  地址"), name="opinions end before publication"),
    one(
        "S054",
        False,
        ("日期: 2024-06-20", "日期: 2024-02-20"),
        ("状态: 已完成\n序号", "状态: 已完成\n标记: 立行立改\n序号"),
        name="mended during the inspection",
    ),
    one("S054", False, ("整改时限: 2024-06-30", "整改时限: 长期坚持"), name="no end date"),
    one("S054", False, ("整改时限: 2024-06-30", "整改时限: 2026-06-30"), name="deadline in the future"),
    index("S054", False, ("  地址", "  截止: 2024-11-30\n  地址"), name="term for opinions"),
    index("S054", False, (PHONE, ""), name="no contact"),
    index("S054", False, (APPROVAL, ""), name="no approval"),
    text_case("S054", False, "2022年8月的巡检台账已补登。"),
    one("S055", True, ("日期: 2024-06-20", "日期: 2024-10-20")),
    one("S055", True, ("---\n\n巡检", "销号: {日期: 2024-10-11}\n---\n\n巡检"), name="close-out"),
    index("S055", True, ("截至日期: 2024-09-30", "截至日期: 2024-06-19"), name="as-of date forgotten"),
    index("S055", False, ("截至日期: 2024-09-30", "截至日期: 2024-08-15"), name="the same day"),
    one("S055", False, ("整改时限: 2024-06-30", "整改时限: 2025-12-31"), name="a deadline is a plan"),
    text_case("S055", False, "计划2024年12月下旬组织复查，拟于次年1月汇总。"),
    today(True, "progress", changed(TWO, ("日期: 2024-08-15", "日期: 2025-08-15"))),
    today(True, "publication", changed(INDEX, ("公开日期: 2024-10-18", "公开日期: 2034-10-18"))),
    today(True, "as-of date", changed(INDEX, ("截至日期: 2024-09-30", "截至日期: 2024-12-31"))),
    today(True, "withdrawal", changed(ONE, (WITHDRAWN[0], WITHDRAWN[1].replace("2024-11", "2025-11")))),
    today(True, "close-out", changed(ONE, ("---\n\n巡检", "销号: {日期: 2025-02-01}\n---\n\n巡检"))),
    today(True, "step", changed(ONE, ("---\n\n巡检", "办理: [{日期: 2025-02-01, 环节: 交办}]\n---\n\n巡检"))),
    today(False, "deadline", changed(TWO, ("整改时限: 2024-12-31", "整改时限: 2029-12-31"))),
    today(False, "the day itself", changed(TWO, ("日期: 2024-08-15", "日期: 2024-12-01"))),
    today(False, "term for opinions", changed(INDEX, ("  地址", "  截止: 2025-01-31\n  地址"))),
    today(False, "plan in the text", changed(TWO, ("其余小区", "计划2025年6月前，其余小区"))),
    file_case("S057", True, numbered("1", "3"), "two is missing"),
    file_case("S057", True, numbered("甲1", "甲2", "甲4", "乙1"), "in the first group"),
    file_case("S057", True, numbered("1", "2", "12"), "a digit too many"),
    file_case("S057", False, numbered("甲1", "甲2", "乙1", "乙2"), "restart in every group"),
    file_case(
        "S057",
        False,
        numbered("1", "2", "3")
        | {"reports/2024-a/02.md": numbered("1", "2")["reports/2024-a/02.md"].replace("状态: ", "状态: 坏")},
        "the one between has a status that is none",
    ),
    file_case("S057", False, numbered("9", "10", "11"), "ten after nine, beginning with nine"),
    file_case("S057", False, numbered("（一）", "（三）"), "Chinese numerals are left alone"),
    file_case("S057", False, numbered("1", "2", "1", "2"), "restart without a group"),
    file_case("S057", False, numbered("甲1", "乙2", "甲2", "乙3"), "groups that alternate"),
    one("S059", True, ("问题: 管网巡检记录不完整", "问题: 二次供水设施移交缓慢")),
    one("S059", True, ("问题: 管网巡检记录不完整", "问题: ' 二次供水设施移交缓慢 '"), name="blanks around it"),
    file_case("S059", True, {"reports/2024-a/03.md": TEXT.replace("序号: 1", "序号: 1\n分组: 乙")}, "in another group"),
    one("S059", False, ("问题: 管网巡检记录不完整", "问题: 二次供水设施移交缓慢且不完整"), name="longer title"),
    one("S059", False, ("问题: 管网巡检记录不完整", "问题: 二次供水设施移交缓慢"), WITHDRAWN, name="withdrawn"),
    file_case(
        "S059",
        False,
        {f"reports/2024-b/{Path(path).name}": text for path, text in DISCLOSURE.items() if "2024-a" in path},
        "same title in another report",
    ),
    text_case("S060", True, "记录统一为<b>一本</b>。"),
    text_case("S060", True, "换行<br/>后续行。"),
    text_case("S060", True, "<党组>负总责。"),
    text_case("S060", True, '见<a href="a.html">附表</a>。'),
    file_case("S060", True, {"about.md": '# 监督\n\n<div class="note">来信</div>\n'}, "page"),
    text_case("S060", False, "网址 <https://shuiwu.example/a>，邮箱 <xinfang@shuiwu.example>。"),
    text_case("S060", False, "水压 3<5，流量 a<b 且 c>d。"),
    text_case("S060", False, "字段写作 `<b>`。\n\n```\n<table>\n```"),
    text_case("S060", False, "<!-- 待核 <b> -->\n\n流程：登记→核对→归档。"),
    text_case("S060", False, "温度<五十度，湿度>八十。"),
    text_case("S061", True, "见[首页](/index.md)。"),
    text_case("S061", True, "见[第二个问题](/reports/2024-a/02/)。"),
    text_case("S061", True, "见[说明]。\n\n[说明]: /about.md"),
    text_case("S061", False, "见[第二个问题](02.md)。"),
    text_case("S061", False, "见[省平台](https://pt.example/a)和[镜像](//pt.example/a)。"),
    text_case("S061", False, "路径写作 `](/index.md)`。"),
    text_case("S041", True, "见[第九个问题](09.md)。"),
    text_case("S041", True, "见[附件](files/guifan.pdf)。"),
    text_case("S041", True, "见[规范][1]。\n\n[1]: ../2023-a/01.md"),
    text_case("S041", True, "![图](files/tu.png)"),
    file_case("S041", True, {"about.md": "# 监督\n\n[登记](reports/2024-b/index.md)\n"}, "page"),
    text_case("S041", False, "见[第二个问题](02.md#进展)和[说明](../../about.md)。"),
    file_case(
        "S041",
        False,
        {
            ONE: TEXT + "\n[规范](<files/采购 规范.txt>)、[同上](files/%E9%87%87%E8%B4%AD%20规范.txt)\n",
            "reports/2024-a/files/采购 规范.txt": "甲",
        },
        "blank in a name",
    ),
    text_case("S041", False, "写法是 `[甲](none.md)`，见[页内](#a)、[电邮](mailto:a@shuiwu.example)。"),
    text_case("S041", False, "```\n[甲](none.md)\n```"),
    file_case("S041", False, {"about.md": "# 监督\n\n说明理由[^1]。\n\n[^1]: 理由可以简短。\n"}, "footnote"),
    text_case("S089", True, "见[第二个问题](02.md#nowhere)。"),
    text_case("S089", True, "见[统计方法](../../methodology.md#nowhere)。"),
    text_case("S089", True, "见[下文](#progress)。"),
    text_case("S089", True, "见[附注][1]。\n\n[1]: 02.md#%E9%99%84%E6%B3%A8"),
    file_case("S089", True, {"about.md": "# 监督\n\n## 电话\n\n[地址](#_3)、[电话](#_2)\n"}, "page"),
    file_case("S089", True, {INDEX: DISCLOSURE[INDEX] + "\n## 做法\n\n见[成效](#text-成效)。\n"}, "prose"),
    file_case("S089", False, {INDEX: DISCLOSURE[INDEX] + "\n## **做法**\n\n见[做法](#text-做法)。\n"}, "prose"),
    text_case("S089", False, "见[第二个问题](02.md#progress)、[附件](files/a.pdf#page=2)、[回到开头](#content)。"),
    text_case("S089", False, "见[统计方法](../../methodology.md#counting)、[通报](index.md#overdue)。"),
    file_case(
        "S089",
        False,
        {"about.md": "# 监督\n\nFAQ &amp; more\n---\n\n## FAQ *more*\n\n[甲](#faq-more)、[乙](#faq-more_1)\n"},
        "named alike",
    ),
    text_case("S089", False, "写法是 `[甲](#none)`，见[网页](https://a.example/#b)、[划出](02.md#:~:text=登记)。"),
    file_case("S062", True, changed(TWO, ("整改时限: 2024-12-31", "整改时限: 2024-08-31")), "nothing since"),
    file_case("S062", True, changed(TWO, ("整改时限: 2024-12-31", "整改时限: 2024-08-15")), "nothing since that day"),
    file_case(
        "S062",
        True,
        changed(
            TWO,
            ("整改时限: 2024-12-31", "整改时限: 2024年6月"),
            ("进展:\n  - 日期: 2024-08-15\n    状态: 持续推进\n    内容: 第一批7个小区完成移交。\n", ""),
        ),
        "no progress at all",
    ),
    file_case("S062", False, changed(TWO, ("整改时限: 2024-12-31", "整改时限: 2024-06-30")), "told of since"),
    one("S062", False, ("整改时限: 2024-06-30", "整改时限: 2024-07-30"), name="done"),
    file_case("S062", False, changed(TWO, ("整改时限: 2024-12-31", "整改时限: 2024-09-30")), "the as-of date itself"),
    file_case(
        "S062",
        False,
        changed(TWO, ("整改时限: 2024-12-31", "整改时限: 2024-08-31\n撤回: {日期: 2024-09-02, 理由: 涉及第三方}")),
        "withdrawn",
    ),
    one("S070", True, waived("W020"), name="nothing of the rule"),
    one("S070", True, waived("P002", "13800000001"), PHONE_IN_TEXT, name="other words"),
    index(
        "S070",
        True,
        ("审批:", "豁免: [{规则: C001, 理由: 原文如此, 审批人: 办公室, 日期: 2024-10-15}]\n审批:"),
        name="disclosure",
    ),
    one("S070", False, waived("H013"), name="what only the last publication can tell"),
    one("S070", False, waived("P002", "'13800000000'"), PHONE_IN_TEXT, name="words found"),
    file_case(
        "S070",
        False,
        {
            **changed(TWO, ("整改时限: 2024-12-31", "整改时限: 2024-08-31")),
            **changed(INDEX, ("审批:", "豁免: [{规则: s062, 理由: 已报告, 审批人: 办公室, 日期: 2024-10-15}]\n审批:")),
        },
        "needed by a problem",
    ),
    one("S070", False, waived("W999"), name="unknown rule is named as such"),
    one("S071", True, waived("W999")),
    one("S071", True, waived("错别字")),
    index("S071", True, ("审批:", "豁免: [{规则: C1, 理由: 原文如此, 审批人: 办公室, 日期: 2024-10-15}]\n审批:")),
    one("S071", False, waived("w020"), name="lower case"),
    one("S071", False, waived("C007"), name="not needed"),
    one("S071", False, waived("S012"), name="not waivable"),
    one("S072", True, waived("S018")),
    one("S072", True, waived("B001")),
    one("S072", True, waived("S070")),
    one("S072", False, waived("S059"), name="warning of form"),
    one("S072", False, waived("C001"), name="count"),
    one("S072", False, waived("P002", "'13800000000'"), name="privacy with words"),
    one("S073", True, waived("P002"), PHONE_IN_TEXT),
    one("S073", True, waived("M001")),
    index("S073", True, ("审批:", "豁免: [{规则: P001, 理由: 原文如此, 审批人: 办公室, 日期: 2024-10-15}]\n审批:")),
    one("S073", False, waived("P002", "'13800000000'"), PHONE_IN_TEXT, name="with words"),
    one("S073", False, waived("P009"), name="warnings need no words"),
    one("S073", False, waived("C001"), name="counts need no words"),
    one("S073", False, waived("W020"), name="wording needs no words"),
    second("S077", True, name="but for the folder"),
    second("S077", True, ("市委巡察反馈的2个问题", "反馈的2个问题"), name="with another text"),
    second(
        "S077",
        True,
        ("联系方式:", "文号: 清水党组〔2024〕12号\n联系方式:"),
        TITLED,
        first=NUMBERED,
        name="document number",
    ),
    second(
        "S077",
        True,
        ("联系方式:", "文号: 清水党组[2024] 12号\n联系方式:"),
        TITLED,
        first=NUMBERED,
        name="document number in other brackets",
    ),
    second("S077", False, TITLED, name="title of its own"),
    file_case(
        "S077",
        False,
        {"reports/2024-b/index.md": DISCLOSURE[INDEX], "reports/2024-b/01.md": TEXT.replace("管网巡检", "泵站检修")},
        "other problems",
    ),
    second("S077", False, ("截至日期: 2024-09-30", "截至日期: 2024-12-31"), name="a later day"),
    second("S077", False, ("反馈日期: 2024-03-29", "反馈日期: 2024-04-29"), name="another inspection in one document"),
    second("S077", False, INTERNAL, name="not public"),
    second("S078", True, TITLED, ("单位: 清川市水务局", "单位: 市水务局"), name="without its place"),
    second("S078", True, TITLED, ("单位: 清川市水务局", "单位: 水务局"), name="without its place and level"),
    second("S078", True, TITLED, ("单位: 清川市水务局", "单位: 南桥省清川市水务局"), name="with its province"),
    second("S078", True, TITLED, ("单位: 清川市水务局", "单位: 清川市 水务局"), name="with a blank"),
    second("S078", True, TITLED, ("单位: 清川市水务局", "单位: 中共清川市水务局党组"), name="its party group"),
    second("S078", False, TITLED, name="one name"),
    second("S078", False, TITLED, ("单位: 清川市水务局", "单位: 川市水务局"), name="a part of a name"),
    second("S078", False, TITLED, ("单位: 清川市水务局", "单位: 云溪县水务局"), name="another place"),
    second("S078", False, TITLED, ("单位: 清川市水务局", "单位: 清川市水务局机关党委"), name="a part of it"),
    term("S087", True, "2024-10-18"),
    term("S087", True, "2024-10-17"),
    term("S087", True, "2019年1月1日"),
    term("S087", False, "2024-10-19"),
    term("S087", False, "2034-10-18"),
    term("S087", False, ""),
    term("S088", True, "2024-11-20", "files/清单.csv"),
    term("S088", True, "2024-12-01", "files/清单.csv"),
    term("S088", True, "2024-10-19", "files/a.csv", "files/b.csv"),
    term("S088", False, "2024-12-02", "files/清单.csv"),
    term("A031", False, "2024-11-20", "files/清单.csv", name="over"),
    term("S088", False, "2024-11-20"),
    term("S088", False, "", "files/清单.csv"),
]
