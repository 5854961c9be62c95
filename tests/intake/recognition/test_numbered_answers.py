"""A list of problems, and behind it what was done about each, told only by the number of its problem."""

import pytest

from rectify.intake.importing import Result, read_documents

FIGURES = "零一二三四"
TITLES = ["渡口救生器材配备不足", "村级账目核对不及时", "水库巡查记录代签", "公务加油卡保管不严"]
ACCOUNTS = ["添置救生圈24只", "已核对11个村", "更换电子巡查终端", "印发管理办法"]
STATED = ["已全部完成", "其余正在推进", "该问题已整改到位", "正在持续推进"]
WANTED = ["done", "ongoing", "done", "ongoing"]
LISTED = {"label": "问题{cn}：", "arabic": "{n}.", "brackets": "（{cn}）", "digits": "（{n}）", "circle": "{circle}"}
ANSWERS = (
    "第{cn}项问题，",
    "对应问题{n}：",
    "针对问题{cn}，",
    "对“问题{n}”的整改：",
    "针对第{n}个问题。",
    "问题{cn}整改情况：",
    "整改{cn}：",
    "关于第（{cn}）项问题，",
    "第{n}个问题的整改落实情况。",
    "就第{n}点，",
    "对照问题清单第{n}项，",
    "针对区委巡察组指出的第{n}个问题：",
    "序号{n}：",
    "【问题{n}】",
    "（针对问题{n}）",
    "{n}号问题：",
    "问题{n}→",
    "针对问题{circle}，",
)
HEADS = {
    "问题序号": "{n}",
    "对应问题": "问题{n}",
    "反馈问题序号": "{cn}",
    "对应反馈问题": "第{n}个问题",
    "整改问题": "第{cn}项问题",
    "序号": "{n}",
    "问题项": "（{cn}）",
}


def notice(listed, *rest, lead="二、整改情况"):
    opening = "2025年3月，区委第三巡察组反馈了4个问题。现将整改情况公开如下。"
    problems = [numbered(LISTED[listed], n) + title for n, title in enumerate(TITLES, 1)]
    lines = ["枫溪区水务局党组关于巡察整改情况的通报", opening, "一、反馈的主要问题", *problems, lead, *rest]
    return "\n".join(lines) + "\n"


def numbered(form, n):
    return form.format(n=n, cn=FIGURES[n], circle=chr(ord("①") + n - 1))


def told(text, tmp_path, name="a.txt"):
    (tmp_path / name).write_text(text, "utf-8")
    result = read_documents([tmp_path / name], {})
    assert isinstance(result, Result)
    return [(one.values["title"], one.values["status"]) for one in result.draft.problems]


@pytest.mark.parametrize("listed", LISTED)
@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_is_read_with_the_problem_whose_number_it_names(answer, listed, tmp_path):
    given = [numbered(answer, n) + f"{a}，{s}。" for n, (a, s) in enumerate(zip(ACCOUNTS, STATED), 1)]
    wanted = list(zip(TITLES, WANTED))
    assert told(notice(listed, *given), tmp_path) == wanted
    assert told(notice(listed, *given, lead="以上问题，整改情况如下："), tmp_path) == wanted


SEVERAL = (
    "针对问题{}：",
    "针对问题{}，",
    "第{}项：",
    "对第{}个问题，",
    "问题{}整改情况：",
    "（一）问题{}：",
    "关于第{}项问题。",
)


@pytest.mark.parametrize("listed", LISTED)
@pytest.mark.parametrize("answer", SEVERAL)
@pytest.mark.parametrize(
    ("numbers", "wanted"),
    [
        (("1、3", "2", "4"), ["done", "ongoing", "done", "done"]),
        (("1", "2至4"), ["done", "ongoing", "ongoing", "ongoing"]),
        (("2和3", "1、4"), ["ongoing", "done", "done", "ongoing"]),
        (("一、三", "二、四"), ["done", "ongoing", "done", "ongoing"]),
        (("1—2", "3—4"), ["done", "done", "ongoing", "ongoing"]),
    ],
)
def test_an_answer_to_several_problems_is_read_with_each_of_them(answer, listed, numbers, wanted, tmp_path):
    given = [answer.format(one) + f"{a}，{s}。" for one, a, s in zip(numbers, ACCOUNTS, STATED)]
    assert told(notice(listed, *given), tmp_path) == list(zip(TITLES, wanted))


def test_so_is_a_row_that_names_several(tmp_path):
    rows = ["问题序号\t整改情况\t完成状态", "1、3\t添置救生圈24只\t已完成", "2和4\t已核对11个村\t正在推进"]
    assert told(notice("arabic", *rows), tmp_path) == list(zip(TITLES, WANTED))


@pytest.mark.parametrize("answer", ANSWERS)
def test_the_number_may_stand_on_a_line_of_its_own(answer, tmp_path):
    given = [line for n in range(1, 5) for line in (numbered(answer, n), f"{ACCOUNTS[n - 1]}，{STATED[n - 1]}。")]
    assert told(notice("arabic", *given), tmp_path) == list(zip(TITLES, WANTED))


@pytest.mark.parametrize("listed", LISTED)
@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("kind", ["a.txt", "a.html"])
def test_so_is_the_row_of_a_table(kind, head, listed, tmp_path):
    states = ["已完成", "正在推进", "已完成", "正在推进"]
    rows = [[numbered(HEADS[head], n), ACCOUNTS[n - 1], states[n - 1]] for n in range(1, 5)]
    rows.insert(0, [head, "整改情况", "完成状态"])
    if kind == "a.txt":
        text = notice(listed, *("\t".join(row) for row in rows))
    else:
        title, *lines = notice(listed).splitlines()
        table = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
        text = f"<html><body><h1>{title}</h1>{''.join(f'<p>{one}</p>' for one in lines)}<table>{table}</table></body></html>"
    assert told(text, tmp_path, kind) == list(zip(TITLES, WANTED))


@pytest.mark.parametrize(
    "rest",
    [
        ["第一，压实责任。", "第二，补齐短板。", "第三，建立机制。", "第四，持续发力，全部完成。"],
        [
            "序号\t制度名称\t完成情况",
            "1\t巡查办法\t已完成",
            "2\t账目规定\t已完成",
            "3\t用车细则\t已完成",
            "4\t档案办法\t已完成",
        ],
    ],
    ids=["next steps", "a list of rules"],
)
def test_what_counts_something_else_is_given_to_no_problem(rest, tmp_path):
    assert told(notice("arabic", *rest, lead="二、下一步打算"), tmp_path) == [(title, "unstated") for title in TITLES]
