"""Kinds of documents that are read wrongly by what stands around their problems, with any names, numbers, signs and order."""

import random
from datetime import date

import pytest

from helpers.notices import LAYOUTS, as_lines, half_width, notice
from rectify.intake.outline import Outline, Table
from rectify.intake.recognition.recognise import recognise
from rectify.intake.understanding import understand
from rectify.prose.examination import examine_text

TIMES = 40
UNITS = ["清川市审计局", "白苇县水务局", "云溪区教育局"]
PERIOD = "2024年8月19日至9月20日，县委第二巡察组进行了巡察。"


@pytest.fixture(params=range(TIMES))
def pick(request):
    return random.Random(f"{request.node.originalname} {request.param}").choice


def read(lines, pick=None):
    blocks = as_lines(lines)
    if pick:
        blocks = pick([list, half_width])(blocks)
    return recognise(Outline("a.txt", "text", tuple(blocks)), blocks)


def found(recognition):
    return [(problem.title, recognition.status_of(problem)) for problem in recognition.problems]


def wanted(one):
    return [(problem.title, problem.status) for problem in one.problems]


def test_a_title_that_comes_again_and_totals_alone_are_no_problems(pick):
    title = f"关于{pick(['2022', '2023'])}年度{pick(['市本级', '区级'])}预算执行审计查出问题整改情况的报告"
    portal = pick([[], ["关怀版 无障碍"], ["您当前所在位置： 首页 > 政务公开 > 审计公开"]])
    between = pick([[], ["访问量："], [f"来源：{pick(UNITS)}  访问量：12"]])
    said = pick(["——在区人大常委会第{}次会议上", "--在市人大常委会第{}次会议上"]).format(pick(["八", "二十"]))
    told = [
        f"{pick(['各部门', '财政部门'])}收回资金{pick([23, 180])}万元，{pick(['均已统筹使用', '调整账目67笔'])}。"
        for _ in range(2)
    ]
    body = ["一、财政部门预算执行问题的整改情况", told[0], "二、部门预算执行问题的整改情况", told[1]]
    lines = [
        *portal,
        title,
        *between,
        title,
        said,
        "主任、各位委员：",
        "受委托，报告整改情况，请予审议。",
        *body,
        pick(UNITS),
    ]
    assert found(read(lines, pick)) == []


def test_guiding_principles_are_no_problems(pick):
    guided = pick(
        [
            "坚持以新时代中国特色社会主义思想为指引，旗帜鲜明讲政治，",
            "坚定不移推进全面从严治党，",
            "不折不扣落实上级部署，",
        ]
    )
    chapter = f"一、{guided}切实抓紧抓实整改{pick(['政治责任', '工作'])}"
    lines = [
        f"中共{pick(UNITS)}党组关于巡察整改进展情况的通报",
        f"{PERIOD}现将整改进展情况予以公布。",
        chapter,
        f"局党组召开专题会议{pick('三四五')}次，带头认领任务。",
        pick(["二、下一步打算", "二、下一步工作安排"]),
        "继续抓好后续整改。",
    ]
    assert found(read(lines, pick)) == []


def test_one_problem_in_one_sentence(pick):
    one = notice(pick, 1, 1).problems[0]
    item = pick(["第{}项", "第{}号问题", "序号{}"]).format(pick([3, 11, 27]))
    lines = [
        f"关于{pick(['桐浦区', '石坪镇'])}督察反馈问题整改任务落实情况的公示",
        f"按照验收销号工作要求，现将督察反馈问题{item}关于“{one.title}”整改任务落实情况进行公示（详见附表）。"
        f"公示日期为2025年3月3日至3月14日。如有异议，请与{pick(UNITS)}联系。",
        "联系电话：0000-4471190",
        pick(UNITS),
        "2025年3月3日",
    ]
    assert found(read(lines)) == [(one.title, "unstated")]


def test_a_single_x_holds_the_place_of_a_number(pick):
    held = pick(["收回门面{}间，", "走访农户{}户，", "县委第{}巡察组进行了巡察，", "追缴租金{}万元，"])
    assert [one.line for one in examine_text([(7, held.format(pick("xX×")) + "已完成整改。")], "a.txt")] == [7]
    fine = pick(["安装3x5米灯箱，", "使用x光机，", "导出为xls文件，", "打印2x3张，"])
    assert not examine_text([(7, fine + "已完成整改。")], "a.txt")


def test_dates_that_lost_a_sign_are_told(pick):
    day = f"2023{pick(['1226日', '928日', '年1226日', '12月26', '0928日'])}"
    lines = [(3, f"--{day}{pick(['在区人大常委会会议上', '，区人大常委会听取了报告。'])}")]
    assert [(one.rule, one.line) for one in examine_text(lines, "a.txt")][:1] == [("W025", 3)]


def test_steps_of_one_problem_are_none(pick):
    one = notice(pick, 1, 1).problems[0]
    number = pick(["{}、", "（{}）", "{}."])
    steps = [pick(["新建围挡640米", "投用喷淋12套", "清运堆料3处", "每月检查两次"]) for _ in range(pick([2, 3, 4]))]
    done = [number.format(n) + f"{step}。" for n, step in enumerate(steps, 1)]
    labels = pick([["整改措施", "整改完成情况"], ["整改目标", "完成情况"], ["整改措施", "整改情况"]])
    end = {"done": pick(["该问题已完成整改。", "该项任务已完成。"]), "ongoing": "该问题正在整改。"}[one.status]
    lines = [
        f"关于{pick(UNITS)}督察反馈问题（序号{pick('三七')}）整改情况的公示",
        f"整改任务：{one.title}。",
        f"{labels[0]}：{pick(['建设围挡并加装喷淋', '逐户清理'])}。",
        f"{labels[1]}：",
        *done[:-1],
        done[-1] + end,
        *pick([["特此公示。"], ["公示时间：2024年11月1日至2024年11月7日，共7天。", "联系电话：0000-3515200"]]),
    ]
    assert found(read(lines, pick)) == [(one.title, one.status)]


def test_a_feedback_without_its_year_is_the_first_after_the_inspection(pick):
    month, day = pick([(10, 24), (12, 3), (1, 15), (3, 8), (9, 30)])
    one = notice(pick, 2, 5)
    said = pick(["{}，巡察组反馈了巡察意见。", "{}，县委第二巡察组向局党组反馈了意见。"])
    body = [
        line for n, p in enumerate(one.problems, 1) for line in (f"{n}.关于“{p.title}”的问题", f"整改情况：{p.words}。")
    ]
    lines = [one.title, PERIOD + said.format(f"{month}月{day}日") + "现将整改情况报告如下：", *body]
    recognition = read(lines, pick)
    assert recognition.values["feedback"] == date(2024 if month > 8 else 2025, month, day)
    assert found(recognition) == wanted(one)


@pytest.mark.parametrize("name", ["table", "lists in cells"])
def test_a_plan_publishes_nothing_whatever_table_it_has(name, pick):
    from helpers.notice_forms import FORMS

    one = notice(pick, 2, 10)
    plan = one._replace(
        title=f"{pick(UNITS)}巡察反馈问题整改{pick(['工作方案', '方案', '实施方案'])}",
        opening="为抓好整改，制定本方案。",
    )
    blocks = (LAYOUTS | FORMS)[name].write(plan, pick)
    assert any(isinstance(block, Table) for block in blocks)
    assert not recognise(Outline("a.docx", "docx", tuple(blocks)), blocks).kind.publishable


def written(one):
    return [
        line
        for n, p in enumerate(one.problems, 1)
        for line in (f"{n}.关于“{p.title}”的问题", f"{p.account}，{p.words}。")
    ]


def from_file(lines, folder):
    path = folder / "a.txt"
    path.write_text("\n".join(lines), "utf-8")
    return understand(path)[0]


def test_the_shell_of_a_document_library_is_no_text(pick, tmp_path):
    one = notice(pick, 1, 5)
    name = one.title + pick([".docx", ".doc", ".pdf"])
    first = pick(
        [
            f"《{name}》由会员分享，可在线阅读，更多相关《{name}（13页珍藏版）》请在{{}}上搜索。",
            f"{name}由会员上传分享，更多相关文档请在{{}}上搜索",
            "下载此文档请登录{}，本文档由网友分享",
        ]
    ).format(pick(["某某文档", "某某文库"]))
    last = pick([[], ["下载文档到电脑，方便使用"], [f"资源描述：《{name}（珍藏版）》由会员分享"]])
    understanding = from_file(
        [first, one.title, one.opening, *written(one), pick(UNITS), "2025年3月3日", *last], tmp_path
    )
    recognition = understanding.recognition
    assert found(recognition) == wanted(one) and recognition.kind.title == one.title
    kept = "\n".join(text for _, text, _ in recognition.body)
    kept += "".join(line.text for problem in recognition.problems for line in problem.body)
    assert not any(word in kept for word in ("会员", "网友", "珍藏版", "下载", "搜索"))


def test_what_is_masked_by_an_x_moves_no_problem(pick):
    one = notice(pick, 2, 5)
    held = pick(["收回门面{}间，", "走访农户{}户，", "追缴租金{}万元，", "由镇宣传委员{}负责，"]).format(pick("xX"))
    one = one._replace(problems=[problem._replace(account=held + problem.account) for problem in one.problems])
    opening = "县委第x巡察组于2024年x月x日至x月x日进行了巡察。现将整改情况予以公布。"
    recognition = read([one.title, opening, *written(one), pick(UNITS), "2024年12月9日"])
    assert found(recognition) == wanted(one)
    assert "inspected" not in recognition.values


def test_dates_that_lost_a_sign_move_no_problem_and_give_no_day(pick):
    one = notice(pick, 2, 5)
    day = f"2023{pick(['1226日', '928日', '年1226日', '0928日'])}"
    opening = pick(["{}，巡察组反馈了意见。现报告整改情况。", "{}，区人大常委会听取了报告。现报告整改情况。"]).format(
        day
    )
    recognition = read([one.title, f"--{day}在区人大常委会会议上", opening, *written(one)])
    assert found(recognition) == wanted(one)
    assert not {"feedback", "doc_date"} & recognition.values.keys()


def test_what_is_named_below_its_count_and_what_the_counts_leave(pick):
    one = notice(pick, 2, 6)
    going = [problem for problem in one.problems if problem.status == "ongoing"]
    done = len(one.problems) - len(going)
    if not going or not done:
        return
    named = "；".join(f"{problem.title}，{pick(['力争', '预计'])}2026年6月底前完成" for problem in going)
    count = f"反馈问题{len(one.problems)}个，已完成{done}个、持续推进{len(going)}个"
    lines = [
        "清川市档案馆党组关于巡察整改情况的通报",
        f"{count}。{pick(['未完成', '正在推进', '持续推进'])}的{len(going)}个问题{pick(['是', '为', '分别是'])}：{named}。",
        *[f"{number}.{problem.title}" for number, problem in enumerate(one.problems, 1)],
    ]
    recognition = read(lines)
    assert found(recognition) == wanted(one)
    assert {problem.deadline for problem in recognition.problems if problem.stated.status == "ongoing"} == {
        date(2026, 6, 30)
    }
