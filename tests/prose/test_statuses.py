import pytest

from rectify.prose.statuses import (
    bracketed_status,
    closing_status,
    heading_status,
    labelled_status,
    opening_status,
    read_closed,
    told_status,
)


@pytest.mark.parametrize(
    ("text", "status", "wording", "flags"),
    [
        ("已完成", "done", "", ()),
        ("完成", "done", "完成", ()),
        ("阶段性完成", "staged", "", ()),
        ("已完成并长期坚持", "done", "已完成并长期坚持", ("long-term",)),
        ("已完成（立行立改）", "done", "", ("immediate",)),
        ("阶段性完成（已完成首轮核查，转入按季核查）", "staged", "已完成首轮核查，转入按季核查", ()),
        ("正在整改", "ongoing", "正在整改", ()),
        ("未完成", "ongoing", "未完成", ()),
        ("未启动", "pending", "未启动", ()),
        ("已完成，未通过验收", "ongoing", "已完成，未通过验收", ()),
        ("已完成（未通过验收）", "ongoing", "已完成（未通过验收）", ()),
        ("未能按期完成", "ongoing", "未能按期完成", ()),
        ("√已销号", "closed-out", "", ()),
        ("已完成并销号", "closed-out", "已完成并销号", ()),
        ("申请延期", "ongoing", "申请延期", ("extended",)),
        ("部分完成", "ongoing", "部分完成", ()),
        ("已经县委巡察办审核销号", "closed-out", "已经县委巡察办审核销号", ()),
        ("已申请县委巡察办销号", "", "", ()),
        ("☑已完成 □持续推进", "done", "☑已完成 □持续推进", ()),
        ("□已完成 ☑持续推进", "ongoing", "□已完成 ☑持续推进", ()),
        ("□已完成 □持续推进", "", "", ()),
        ("已完成√/持续推进", "done", "已完成√/持续推进", ()),
        ("已完成/持续推进", "", "", ()),
        ("已完成 持续推进", "", "", ()),
        ("已完成（2025.8）", "done", "已完成（2025.8）", ()),
        ("已完成 长期坚持", "done", "已完成 长期坚持", ("long-term",)),
    ],
)
def test_values_after_a_label(text, status, wording, flags):
    assert labelled_status(text) == (status, wording, flags)


@pytest.mark.parametrize("text", ["良好", "较好", "", "详见附件", "A类", "一般问题"])
def test_words_that_say_nothing_stay_empty(text):
    assert labelled_status(text).status == ""


@pytest.mark.parametrize(
    ("heading", "status"),
    [
        ("集中整改期内已完成的整改事项", "done"),
        ("按计划持续推进的整改事项", "ongoing"),
        ("需长期坚持的问题", "ongoing"),
        ("基本完成的问题（3个）", "staged"),
        ("未完成的整改事项", "ongoing"),
        ("履行监管职责方面", ""),
        ("完善制度机制方面", ""),
        ("整改完成情况", ""),
        ("已完成情况", "done"),
    ],
)
def test_headings_of_groups(heading, status):
    assert heading_status(heading).status == status


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("该问题已完成整改。一是补录台账。", "done"),
        ("该问题已销号。卡片全部注销。", "closed-out"),
        ("该问题已阶段性完成。余款按月调度。", "staged"),
        ("已完成。台账补齐。", "done"),
        ("正在整改。方案已报批。", "ongoing"),
        ("组织完成了三轮学习，人员全部到场。", ""),
        ("一是加强学习。", ""),
        ("完成制度修订3项，印发执行。", ""),
    ],
)
def test_first_words_of_a_body(body, status):
    assert opening_status(body).status == status


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("回函后即可办结。", ""),
        ("考试合格后上岗，当场办结率升到82%，已完成整改。", "done"),
        ("制度刚运行三个月，效果还要看，持续推进。", "ongoing"),
        ("年度考核在1月进行，目前正在推进，尚不能评价结果。", "ongoing"),
        ("试行期满后再推开，目前为阶段性完成。", "staged"),
        ("修订制度。正在按计划完成整改。", "ongoing"),
        ("修订制度。已按计划完成整改。", "done"),
        ("全部组织人员培训完成。", ""),
    ],
)
def test_last_words_of_a_body(body, status):
    assert closing_status(body).status == status


def test_tasks_of_one_problem():
    assert told_status("该项任务已完成。修复机井11眼，其余5眼需要移址，列入长期整改任务。").status == "ongoing"
    assert told_status("甲。该项任务已完成。乙。该项任务已完成。").status == "done"
    assert told_status("制度已完成修订。").status == ""


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("逐一补录。（已完成）", "done"),
        ("启用新系统【整改状态：持续推进】", "ongoing"),
        ("修订办法（试行）", ""),
        ("（已完成）补录在前。", ""),
    ],
)
def test_a_status_in_brackets_at_the_end(body, status):
    assert bracketed_status(body).status == status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("是", "closed-out"),
        ("√", "closed-out"),
        ("否", ""),
        ("—", ""),
        ("2024年8月已销号", "closed-out"),
        ("未销号", ""),
        ("正在申请销号", ""),
        ("", ""),
        ("合格", "closed-out"),
        ("予以销号", "closed-out"),
        ("暂不予销号", "ongoing"),
        ("不同意销号", "ongoing"),
        ("验收未通过", "ongoing"),
        ("不合格，继续整改", "ongoing"),
    ],
)
def test_the_column_closed(text, status):
    assert read_closed(text).status == status
