"""The office's own course of things: what is out of order in it, and what is not."""

from helpers.cases import Case, changed, file_case

INDEX, ONE = "reports/2024-a/index.md", "reports/2024-a/01.md"
BEGUN = "{日期: 2024-04-08, 环节: 交办, 单位: 市委巡察办, 内容: 统一记录。}"
APPLIED = "{日期: 2024-06-21, 环节: 销号申请, 内容: 记录已统一。}"
EVIDENCE = "{日期: 2024-06-21, 环节: 销号申请, 内容: 记录已统一。, 附件: [files/a.txt]}"
RETURNED = "{日期: 2024-07-01, 环节: 退回, 单位: 市委巡察办, 内容: 补齐一季度的。}"
CLOSED = "{日期: 2024-07-20, 环节: 同意销号, 单位: 市委巡察办}"
ASKED = "{日期: 2024-05-06, 环节: 延期申请, 内容: 设备未到。, 办结时限: 2024-07-31}"
GRANTED = "{日期: 2024-05-16, 环节: 延期批准, 单位: 市委巡察办, 办结时限: 2024-07-31}"
DECLINED = "{日期: 2024-05-16, 环节: 延期不批准, 单位: 市委巡察办, 内容: 能够完成。}"
ONGOING = ("状态: 已完成\n序号", "状态: 持续推进\n序号"), ("    状态: 已完成\n", "    状态: 持续推进\n")
VERIFIED = ("状态: 已完成\n序号", "状态: 已销号\n序号"), ("    状态: 已完成\n", "    状态: 已销号\n")
WITHDRAWN = ("序号: 1", "序号: 1\n撤回: {日期: 2024-11-02, 理由: 涉及第三方}")


def course(rule: str, fires: bool, name: str, *steps: str, also: tuple[tuple[str, str], ...] = ()) -> Case:
    """A case of the first problem with these steps."""
    lines = "".join(f"  - {step}\n" for step in steps)
    files = changed(ONE, ("---\n\n巡检", f"办理:\n{lines}---\n\n巡检"), *also)
    files |= {"reports/2024-a/files/a.txt": "验收单\n"} if EVIDENCE in steps else {}
    return file_case(rule, fires, files, name)


def without(step: str, part: str) -> str:
    return step.replace(part, "")


CASES: list[Case] = [
    course("S090", True, "closed without an application", BEGUN, CLOSED),
    course("S090", True, "returned twice", APPLIED, RETURNED, RETURNED),
    course("S090", True, "granted what was not asked for", GRANTED),
    course("S090", True, "the answer to another question", ASKED, CLOSED),
    course("S090", True, "asked twice", ASKED, ASKED),
    course("S090", False, "in order", BEGUN, ASKED, DECLINED, APPLIED, RETURNED, APPLIED, CLOSED),
    course("S090", False, "declined, asked again, granted", ASKED, DECLINED, ASKED, GRANTED),
    course("S090", False, "applied for while an extension waits", ASKED, APPLIED),
    course("S090", False, "withdrawn", CLOSED, also=(WITHDRAWN,)),
    course("S091", True, "who returned it", APPLIED, without(RETURNED, ", 单位: 市委巡察办")),
    course("S091", True, "what is required", APPLIED, without(RETURNED, ", 内容: 补齐一季度的。")),
    course("S091", True, "until when", without(ASKED, ", 办结时限: 2024-07-31")),
    course("S091", False, "an application names nobody", APPLIED),
    course("S091", False, "a decision without a number", APPLIED, CLOSED),
    course("S091", False, "a refusal without a day", ASKED, DECLINED),
    course("S092", True, "returned and done", APPLIED, RETURNED),
    course("S092", True, "closed out and done", APPLIED, CLOSED),
    course("S092", True, "applied for and ongoing", APPLIED, also=(ONGOING)),
    course("S092", False, "returned and ongoing", APPLIED, RETURNED, also=ONGOING),
    course("S092", False, "closed out", APPLIED, CLOSED, also=VERIFIED),
    course("S092", False, "waits", APPLIED),
    course("S092", False, "closed out in another way", APPLIED, also=VERIFIED),
    course("S092", False, "gone on since", APPLIED.replace("06-21", "05-21"), also=ONGOING),
    course("S092", False, "nothing that sets a status", BEGUN, ASKED),
    course("S093", True, "nothing attached", APPLIED),
    course("S093", True, "the second time", EVIDENCE.replace("[files/a.txt]", "[]"), RETURNED, APPLIED),
    course("S093", True, "in English", APPLIED.replace("环节: 销号申请", "stage: application")),
    course("S093", False, "with the step", EVIDENCE),
    course("S093", False, "an extension", ASKED),
    course("S093", False, "handed over", BEGUN),
    course("S094", True, "a name alone", BEGUN.replace("市委巡察办", "王小川")),
    course("S094", True, "a name behind the body", BEGUN.replace("市委巡察办", "市委巡察办主任王小川")),
    course(
        "S094", True, "in the second step, in brackets", APPLIED, RETURNED.replace("市委巡察办", "巡察办（王小川）")
    ),
    course("S094", False, "a body that begins like a name", BEGUN.replace("市委巡察办", "金山镇党委")),
    course("S094", False, "a post", BEGUN.replace("市委巡察办", "市委巡察办主任")),
    course("S094", True, "a name in what is required", BEGUN.replace("统一记录。", "请王小川同志核对。")),
    course("S094", False, "a post in what is required", BEGUN.replace("统一记录。", "请管网科科长核对。")),
    course("S039", True, "steps in disorder", APPLIED, BEGUN),
    course("S035", True, "a step's file is not there", APPLIED.replace("}", ", 附件: [files/none.pdf]}")),
    course("S054", True, "handed over before the feedback", BEGUN.replace("04-08", "02-08")),
    course("S055", False, "a step after the as-of date is not public", BEGUN.replace("04-08", "11-08")),
    file_case(
        "S093",
        False,
        changed(
            ONE,
            ("    内容: 新的", "    附件: [files/a.txt]\n    内容: 新的"),
            ("---\n\n巡检", f"办理: [{APPLIED}]\n---\n\n巡检"),
        )
        | {"reports/2024-a/files/a.txt": "验收单\n"},
        "with an entry",
    ),
]
