"""A document of which a problem may be missing or read wrongly says so: at which line, and why."""

import pytest

from rectify.intake.outline import Outline, Paragraph
from rectify.intake.recognition.doubts import findings
from rectify.intake.recognition.recognise import recognise

HEAD = "关于巡察整改情况的通报\n现将整改情况公布如下。\n"
LISTS = {
    "no number before a title": (
        "1.台账不全\n已补登记。\n收费标准不公开\n已公示。\n2.设备闲置\n已调剂使用。",
        [(5, "正文")],
    ),
    "title and status without a number": (
        "1.台账不全。补登记。已完成。\n2.设备失灵。更换设备。已完成。\n电线裸露。已整改。\n3.通道堵塞。清理通道。已完成。",
        [(5, "正文")],
    ),
    "two problems under one heading": (
        "1.台账不全\n整改情况：补登记。\n整改状态：已完成\n整改情况：公示收费。\n整改状态：正在推进\n2.设备闲置\n整改状态：已完成",
        [(5, "不一样"), (6, "标签"), (7, "标签")],
    ),
    "the first is missing": ("2.台账不全。已完成。\n3.收费不公开。已完成。", [(3, "序号是 2")]),
    "a heading of groups as a problem": (
        "一、整改情况\n（一）财政方面\n该问题已整改到位。\n（二）资产方面\n1.设备闲置。该问题已整改到位。"
        "\n2.账实不符。该问题已整改到位。\n（三）采购方面\n该问题已整改到位。\n（四）人事方面\n1.编制混用。该问题已整改到位。",
        [(4, "分组"), (9, "分组")],
    ),
    "the same title twice": (
        "1.台账不全。已完成。\n2.台账不全。正在推进。\n3.收费不公开。已完成。",
        [(3, "相同"), (4, "相同")],
    ),
    "half a title": (
        "1.1预算不细。已完成。\n1.2个单位未公开预算。已完成。\n1.3账实不符。已完成。",
        [(4, "不像一个问题")],
    ),
    "more are announced": ("检查发现8处隐患。\n1.通道堵塞。已完成。\n2.电线裸露。已完成。", [(3, "项数是 8")]),
    "several statuses on a line": (
        "1.台账不全（已完成）。补登记。2.收费不公开（正在推进）。公示。3.电线裸露（已完成）。更换。\n2.设备闲置（已完成）。调剂。\n3.账实不符（已完成）。调账。",
        [(3, "一行里不止一个状态")],
    ),
    "a status that is another than the one read": (
        "1.台账不全\n补登记。该问题正在推进。\n2.收费不公开\n整改状态：已完成\n整改情况：公示。（持续推进）",
        [(7, "不一样")],
    ),
    "numbers that say another than the problem itself": (
        "1.台账不全。已完成。\n2.收费不公开。已完成。\n3.电线裸露。已完成。\n以上问题中，第1、2项已完成，第3项正在推进。",
        [(6, "读出的“已完成”不一样")],
    ),
    "deadline and body of a problem that has none": (
        "1.台账不全。正在推进，力争12月底前完成。\n2.收费不公开\n整改状态：已完成\n3.电线裸露。已完成。",
        [(3, "没有读作问题的整改时限")],
    ),
    "a deadline of several below the last of them": (
        "1.台账不全。正在推进。\n2.收费不公开。正在推进。\n3.电线裸露。正在推进。\n其余2项力争2025年12月底前完成整改。",
        [(6, "不只是这个问题的")],
    ),
    "a deadline of one that is named by its title": (
        "1.台账登记不全。正在推进。\n2.收费不公开。正在推进。\n目前，台账登记计划2025年8月底前完成，收费9月底前完成。",
        [(5, "不只是这个问题的")],
    ),
    "by when those are due that their numbers name": (
        "1.台账不全。正在推进。\n2.收费不公开。正在推进。\n上述1、2两项，列入2025年第三季度任务。",
        [(5, "没有读作问题的整改时限")],
    ),
    "a sum says it": (
        "共3个问题，已完成3个。\n1.台账不全\n补登记\n2.收费不公开\n公示\n3.电线裸露\n更换",
        [(3, "从总数推出")],
    ),
    "what a heading or a note says of those that have it": (
        "一、已完成的问题\n1.台账不全。补登记。\n2.收费不公开。公示。\n二、正在推进的问题\n3.电线裸露。第1、2项已完成。\n全部工作已经部署。",
        [],
    ),
    "a status of nothing": ("一、整改情况\n已完成\n1.台账不全。补登记。\n2.收费不公开。退费。", [(4, "写着状态")]),
}


@pytest.mark.parametrize("text, doubts", LISTS.values(), ids=LISTS)
def test_what_the_problems_do_not_explain_is_told(text, doubts):
    lines = (HEAD + text).split("\n")
    blocks = [Paragraph(line, number) for number, line in enumerate(lines, 1)]
    recognition = recognise(Outline("kind.txt", "text", tuple(blocks)), blocks)
    told = [(one.line, one.message()) for one in findings(recognition, "kind.txt", list(enumerate(lines, 1)))]
    assert [line for line, _ in told] == [line for line, _ in doubts], told
    assert all(word in message for (_, message), (_, word) in zip(told, doubts)), told
