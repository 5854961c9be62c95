"""Stated counts against the listed problems, and statuses against what stands around them."""

from helpers.cases import DISCLOSURE, Case, changed, file_case

INDEX, ONE, TWO = (f"reports/2024-a/{name}.md" for name in ("index", "01", "02"))
TEXT = DISCLOSURE[ONE]
SENTENCE = "市委巡察反馈的2个问题，已完成1个，持续推进1个。"
DECLARED = "公布数: {总数: 2, 已完成: 1, 持续推进: 1}"
PROGRESS = "进展:\n  - 日期: 2024-06-20\n    状态: 已完成\n    内容: 新的巡检记录全面使用。\n"
ACCOUNT = "新的巡检记录全面使用。"
LATER = (
    "    内容: 第一批7个小区完成移交。",
    "    内容: 第一批7个小区完成移交。\n  - {日期: 2024-11-20, 状态: 已完成, 内容: 全部移交。}",
)
UNKNOWN = (
    ("状态: 持续推进\n序号", "状态: 已完成\n序号"),
    ("日期: 2024-08-15\n    状态: 持续推进", "日期: 2024-11-20\n    状态: 已完成"),
)
"""Nothing is told of the second problem up to the as-of date."""
SECOND_PROGRESS = ("进展:\n  - 日期: 2024-08-15\n    状态: 持续推进\n    内容: 第一批7个小区完成移交。\n", "")
OTHER_BODY = "其余小区按计划移交。"
MONEY = "应退款项已全部退回，三个账户已注销。"


def index(rule: str, fires: bool, sentence: str, declared: str = "") -> Case:
    """A case of the overview's text, with declared counts only where given."""
    text = changed(INDEX, (SENTENCE, sentence), (f"{DECLARED}\n", f"公布数: {{{declared}}}\n" if declared else ""))
    return file_case(rule, fires, text, f"{sentence[:40]} {declared}")


def one(rule: str, fires: bool, *pairs: tuple[str, str], name: str = "") -> Case:
    return file_case(rule, fires, changed(ONE, *pairs), name or f"{pairs[0][1][:24]!r}")


def two(rule: str, fires: bool, *pairs: tuple[str, str], name: str = "") -> Case:
    return file_case(rule, fires, changed(TWO, *pairs), name or f"{pairs[0][1][:24]!r}")


def many(done: int, ongoing: int, sentence: str) -> dict[str, str]:
    """Return a disclosure of so many problems, its text and no declared counts."""
    files = changed(INDEX, (SENTENCE, sentence), (f"{DECLARED}\n", ""))
    for place in range(1, done + ongoing + 1):
        text = DISCLOSURE[ONE if place <= done else TWO].replace("序号: 1", "序号: 0").replace("序号: 2", "序号: 0")
        files[f"reports/2024-a/{place:02d}.md"] = text.replace("序号: 0", f"序号: {place}").replace(
            "\n状态:", f"之{place}\n状态:", 1
        )
    return files


CASES: list[Case] = [
    index("C001", True, "市委巡察反馈的3个问题，已完成1个，持续推进2个。"),
    index("C001", True, "反馈问题共25个，其中已完成8个、持续推进17个。"),
    file_case("C001", True, many(2, 1, "市委巡察反馈的十三个问题，已完成十二个，持续推进一个。"), "Chinese numerals"),
    file_case(
        "C001",
        True,
        {**changed(INDEX, (SENTENCE, "督察反馈的3个问题，已完成2个，持续推进1个。"), (DECLARED, "公布数: {总数: 2}"))},
        "text against the register",
    ),
    index("C001", False, "巡察指出4个方面2个问题，已完成1个，持续推进1个。"),
    index("C001", False, "巡察反馈的两个问题分解为6项整改任务，已完成1个，持续推进1个。"),
    index("C001", False, "反馈的近30个问题，已完成1个，持续推进1个。"),
    index("C001", False, "反馈的2个问题，已完成1个，持续推进1个；另有立行立改3个，已全部完成。"),
    index("C001", False, "移交信访件9件，办结9件。反馈的2个问题，已完成1个，持续推进1个。"),
    index("C001", False, "反馈问题2个，已完成1个，持续推进1个。上轮审计反馈的5个问题，已完成5个。"),
    file_case(
        "C001",
        False,
        many(13, 12, "市委巡察反馈的二十五个问题，已完成十三个，持续推进十二个。"),
        "twenty-five in words",
    ),
    file_case(
        "C001",
        False,
        changed(ONE, ("---\n\n巡检", "撤回: {日期: 2024-11-02, 理由: 涉及第三方}\n---\n\n巡检")),
        "withdrawn ones count",
    ),
    file_case("C001", False, {TWO: "草稿\n"}, "a file that cannot be read"),
    index("C002", True, "反馈的2个问题，已完成2个，持续推进0个。", "总数: 2"),
    index("C002", True, "", "总数: 2, 已完成: 2"),
    index("C002", True, "", "已销号: 1, 持续推进: 1"),
    file_case("C002", True, many(3, 1, "反馈的4个问题，已完成2个，持续推进2个。"), "status entered wrongly"),
    index("C002", False, "反馈的2个问题，已完成1个，取得明显成效1个。"),
    index("C002", False, "反馈的2个问题，整改到位一个，正在推进一个。"),
    index("C002", False, "", "总数: 2, 已完成: 1, 持续推进: 1"),
    file_case(
        "C002", False, changed(TWO, ("状态: 持续推进\n序号", "状态: 已完成\n序号"), LATER), "done after the as-of date"
    ),
    file_case("C002", False, changed(TWO, *UNKNOWN), "status on the as-of date not known"),
    file_case("C002", False, {TWO: "草稿\n"}, "a file that cannot be read"),
    index("C002", False, "反馈的2个问题，约1个已完成，其余近5个持续推进。"),
    index("C003", True, "", "总数: 2, 已完成: 2, 持续推进: 2"),
    index("C003", True, "", "总数: 1, 已完成: 1, 持续推进: 1"),
    index("C003", True, "反馈的2个问题，已完成2个，持续推进1个。"),
    index("C003", False, "", "总数: 2, 已完成: 1"),
    index("C003", False, "反馈的2个问题，已完成1个，持续推进1个，制定制度12项。"),
    index("C003", False, "反馈的2个问题，立行立改1个，已完成1个，持续推进1个。"),
    index("C003", False, "", "已完成: 1, 持续推进: 1"),
    index("C004", True, "反馈的2个问题，已完成1个，持续推进1个，整改完成率80%。"),
    index("C004", True, "反馈的2个问题，已完成1个，持续推进1个，完成率达100％。"),
    file_case("C004", True, many(1, 2, "反馈的3个问题，已完成1个，持续推进2个，完成率33.4%。"), "decimal"),
    index("C004", False, "反馈的2个问题，已完成1个，持续推进1个，整改完成率50%。"),
    file_case("C004", False, many(1, 2, "反馈的3个问题，已完成1个，持续推进2个，完成率33.3%。"), "rounded as printed"),
    index("C004", False, "反馈的2个问题，已完成1个，持续推进1个，群众满意率98%。"),
    file_case(
        "C004",
        False,
        {
            **changed(INDEX, (SENTENCE, "反馈的2个问题，已完成1个，持续推进1个，完成率50%。")),
            **changed(TWO, ("状态: 持续推进\n序号", "状态: 已完成\n序号"), LATER),
        },
        "rate of the as-of date",
    ),
    file_case(
        "C004",
        False,
        {**changed(INDEX, (SENTENCE, "反馈的2个问题，已完成1个，持续推进1个，完成率80%。")), **changed(TWO, *UNKNOWN)},
        "status on the as-of date not known",
    ),
    file_case(
        "C004",
        False,
        {**changed(INDEX, (SENTENCE, "反馈的2个问题，已完成1个，持续推进1个，完成率50%。")), ONE: None, TWO: None},
        "no problem yet",
    ),
    index("C009", True, "巡察反馈的问题均已整改到位。"),
    index("C009", True, "整改完成率100%。"),
    index("C009", True, "反馈的2个问题，已完成1个，持续推进1个。\n\n截至目前，反馈问题已全部销号。"),
    file_case("C009", False, many(2, 0, "巡察反馈的问题均已整改到位，整改完成率100%。"), "true"),
    index("C009", False, "立行立改的4项已全部办结。反馈的2个问题，已完成1个，持续推进1个，完成率50%。"),
    index("C009", False, "移交的信访件均已办结，确保反馈问题全部整改到位。"),
    file_case(
        "C009",
        False,
        {**changed(INDEX, (SENTENCE, "巡察反馈的问题均已整改到位。")), **changed(TWO, *UNKNOWN)},
        "status on the as-of date not known",
    ),
    file_case(
        "C009",
        True,
        {
            **changed(INDEX, (SENTENCE, "整改完成率100%。"), (f"{DECLARED}\n", "")),
            **changed(TWO, ("状态: 持续推进\n序号", "状态: 已完成\n序号"), LATER),
        },
        "done after the as-of date",
    ),
    index("C005", True, "反馈的2个问题，已完成1个，持续推进1个。", "总数: 2, 已完成: 2"),
    index("C005", True, "反馈的2个问题，已完成1个，持续推进1个。", "已完成: 0"),
    index("C005", True, "反馈的2个问题，已完成2个，持续推进0个。", "已完成: 1, 持续推进: 1"),
    index("C005", False, "反馈的2个问题，已完成1个，持续推进1个。", "总数: 2, 已完成: 1, 持续推进: 1"),
    index("C005", False, "反馈的2个问题，已完成1个，持续推进1个。", "总数: 2"),
    index("C005", False, "反馈的2个问题，整改到位1个，持续推进1个。", "已完成: 1"),
    one("C006", True, ("状态: 已完成\n序号: 1", "状态: 已完成\n分组: 持续推进的整改事项\n序号: 1")),
    two("C006", True, ("序号: 2", "分组: 集中整改期内已完成的整改事项\n序号: 2")),
    two("C006", True, ("序号: 2", "分组: 二、已办结事项\n序号: 2")),
    one("C006", False, ("状态: 已完成\n序号: 1", "状态: 已完成\n分组: 一、已完成的整改事项\n序号: 1")),
    two("C006", False, ("序号: 2", "分组: 阶段性完成的事项\n序号: 2"), name="both are open"),
    one("C006", False, ("状态: 已完成\n序号: 1", "状态: 已完成\n分组: 分阶段整改类\n序号: 1"), name="way of mending"),
    one("C006", False, ("状态: 已完成\n序号: 1", "状态: 已完成\n分组: 坚持问题导向\n序号: 1"), name="no status at all"),
    two(
        "C006",
        False,
        ("状态: 持续推进\n序号: 2", "状态: 已完成\n分组: 持续推进的整改事项\n序号: 2"),
        LATER,
        name="done after the as-of date",
    ),
    one(
        "C006",
        False,
        ("状态: 已完成\n序号: 1", "状态: 持续推进\n分组: 已完成的整改事项\n序号: 1"),
        (PROGRESS, ""),
        ("---\n\n巡检", "撤回: {日期: 2024-11-02, 理由: 涉及第三方}\n---\n\n巡检"),
        name="withdrawn",
    ),
    two("C006", False, *UNKNOWN, ("序号: 2", "分组: 已办结事项\n序号: 2"), name="status on the as-of date not known"),
    one("C007", True, (ACCOUNT, "新的巡检办法已初步拟定。")),
    one("C007", True, (ACCOUNT, "巡检系统正在施工，力争年底启用。")),
    one(
        "C007",
        True,
        (PROGRESS, ""),
        ("巡检记录改为统一格式，班组长逐日核对。", "巡检记录尚未完成补登。"),
        name="text without progress",
    ),
    two("C007", True, SECOND_PROGRESS, (OTHER_BODY, MONEY), name="ongoing, all of it finished"),
    one(
        "C007",
        False,
        (ACCOUNT, "新的巡检记录全面使用，今后坚持按月抽查，健全长效机制。"),
        name="lasting rules follow completion",
    ),
    one("C007", False, (ACCOUNT, "整改前设备正在施工，现已全部启用。"), name="before it was mended"),
    one(
        "C007",
        False,
        ("巡检记录改为统一格式", "计划于6月启用新系统，巡检记录改为统一格式"),
        name="older text overtaken by the progress",
    ),
    one(
        "C007",
        False,
        (ACCOUNT, "新办法正在修订。"),
        ("状态: 已完成\n序号", "状态: 已完成并长期坚持\n序号"),
        name="done and kept up",
    ),
    two("C007", False, ("第一批7个小区完成移交。", MONEY), name="one step of an ongoing matter"),
    two("C007", False, SECOND_PROGRESS, (OTHER_BODY, f"{MONEY}其余款项持续追缴。"), name="goes on in words"),
    two(
        "C007", False, SECOND_PROGRESS, (OTHER_BODY, f"{MONEY}\n\n办法另行印发，逐户验收。"), name="several paragraphs"
    ),
    one("C007", False, (ACCOUNT, "印发《关于正在施工工地供水的规定》。"), name="title of a document"),
    one(
        "C007",
        False,
        (PROGRESS, ""),
        ("巡检记录改为统一格式，班组长逐日核对。", "巡检记录尚未完成补登。"),
        ("---\n\n巡检", "撤回: {日期: 2024-11-02, 理由: 涉及第三方}\n---\n\n巡检"),
        name="withdrawn",
    ),
    index("C008", True, "市委巡察反馈的7个问题，本报告逐一说明。"),
    index("C008", True, "本次共列出3个问题，整改情况如下。"),
    index("C008", True, "巡察反馈问题共11个。"),
    index("C008", False, "市委巡察反馈的2个问题，本报告逐一说明。"),
    index("C008", False, "巡察指出5个方面的不足，移交信访件7件。"),
    index("C008", False, "市委巡察反馈的7个问题，本报告公开其中可以公开的。", "总数: 2"),
    index("C008", False, "巡察反馈近30个问题，整改情况如下。"),
    index("C008", False, "上年度发现7个问题，本次反馈2个问题。"),
]
