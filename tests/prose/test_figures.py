import pytest

from rectify.prose.figures import declared_counts, masked_counts, outcomes


def read(text):
    return [
        (one.total, {part.stated.status: part.count for part in one.by_status}) for one in declared_counts([(1, text)])
    ]


@pytest.mark.parametrize(
    ("text", "total", "parts"),
    [
        ("反馈的25个问题中，已完成8个，持续推进17个。", 25, {"done": 8, "ongoing": 17}),
        ("巡察反馈的25个具体问题，已完成的整改事项有8个，已取得明显成效的17个。", 25, {"done": 8, "staged": 17}),
        ("反馈4个方面19个问题，已完成整改16个、正在整改3个，整改完成率84.2%。", 19, {"done": 16, "ongoing": 3}),
        (
            "共反馈三个方面二十五个问题。截至3月底，已完成整改20个，基本完成3个，未完成2个。",
            25,
            {"done": 20, "staged": 3, "ongoing": 2},
        ),
        ("反馈3个方面7个问题,已整改到位5个,正在推进2个。", 7, {"done": 5, "ongoing": 2}),
        ("反馈的１２个问题，已销号4个，已完成8个。", 12, {"closed-out": 4, "done": 8}),
    ],
)
def test_counts_sentences(text, total, parts):
    assert read(text)[0] == (total, parts)


@pytest.mark.parametrize(
    "text",
    [
        "分解整改任务106个，已完成100个。",
        "移交立行立改7个、信访件8件，均已办结。",
        "近30个问题已整改。",
        "涉及5个方面。",
        "召开会议8次。",
    ],
)
def test_other_axes_are_no_counts_of_problems(text):
    assert not [one for one in read(text) if one[1]]


def test_classes_of_problems_are_no_statuses():
    text = "16个问题分为三类：立行立改类6个，持续整改类10个。截至10月，已完成6个，持续推进10个。"
    assert read("审计指出的" + text)[0] == (16, {"done": 6, "ongoing": 10})


def test_two_inspections_are_stated_apart_and_together():
    text = "县委巡察反馈的18个问题，已完成15个、持续推进3个；专项巡察反馈的8个问题，已完成6个、阶段性完成2个。"
    assert read(text) == [
        (18, {"done": 15, "ongoing": 3}),
        (8, {"done": 6, "staged": 2}),
        (26, {"done": 21, "ongoing": 3, "staged": 2}),
    ]


def test_masked_counts():
    assert [one.words for one in masked_counts([(8, "发现问题**个，制定措施**条，反馈了X个方面的X个问题。")])] == [
        "问题**个",
        "措施**条",
        "了X个方面",
        "X个问题",
    ]
    assert not masked_counts([(1, "开展XX活动，走访X户。")])


def test_outcomes_with_zeros_and_decimals():
    found = outcomes([(1, "制定修订制度9项，诫勉谈话2人次，政务处分0人，追缴资金7.132万元，收回资金1,240万元。")])
    assert [tuple(one) for one in found] == [
        ("制定修订制度", "9", "项"),
        ("诫勉谈话", "2", "人次"),
        ("政务处分", "0", "人"),
        ("追缴资金", "7.132", "万元"),
        ("收回资金", "1240", "万元"),
    ]
