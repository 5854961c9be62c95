import pytest

from rectify.intake.recognition.titles import problem_wording
from rectify.intake.recognition.tree import sentence_end


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("关于“内控制度不够细化”问题的整改", "内控制度不够细化"),
        ("关于“‘三会一课’落实不到位”问题的整改情况", "‘三会一课’落实不到位"),
        ("关于“甲不实”和“乙不严”问题的整改", "“甲不实”和“乙不严”"),
        ("针对“台账不全”的问题", "台账不全"),
        ('关于"档案审核滞后"问题的整改', "档案审核滞后"),
        ("关于「股室之间推诿」问题的整改", "股室之间推诿"),
        ("针对派遣单位年检走形式问题", "派遣单位年检走形式"),
        ("疑点数据核查不及时问题整改情况", "疑点数据核查不及时"),
        ("关于党费收缴不及时的问题整改进展情况", "党费收缴不及时"),
        ("反馈问题：欠薪线索首办责任不落实", "欠薪线索首办责任不落实"),
        ("“门难进”问题", "门难进"),
        ("调查研究不深入。", "调查研究不深入"),
        ("“一把手”监督乏力", "“一把手”监督乏力"),
        ("反馈指出“谈话代签”", "谈话代签"),
        ("县委巡察组指出“窗口推诿”的问题", "窗口推诿"),
        ("反馈意见指出：账实不符", "账实不符"),
        ("第三项：管网破损", "管网破损"),
        ("问题：年检走形式", "年检走形式"),
        ("反馈意见二：成果转化偏少", "成果转化偏少"),
        ("投诉处理不及时的问题基本解决", "投诉处理不及时"),
    ],
)
def test_the_bare_wording(heading, title):
    assert problem_wording(heading).title == title


def test_a_quotation_of_several_sentences_gives_title_and_facts():
    wording = problem_wording("关于“考官来源单一。近三年12次招聘有9次考官来自本系统”问题的整改")
    assert (wording.title, wording.facts) == ("考官来源单一", "近三年12次招聘有9次考官来自本系统")


def test_an_account_behind_the_heading_is_no_part_of_the_title():
    assert problem_wording("关于“值守脱岗”的整改情况：通报批评2人")[:4] == ("值守脱岗", "", "", "通报批评2人")
    assert problem_wording("针对“值守脱岗”问题，通报批评2人")[:4] == ("值守脱岗", "", "", "通报批评2人")
    assert problem_wording("整改情况不实：台账后补").title == "整改情况不实：台账后补"


def test_an_account_may_follow_the_problem_without_quotation_marks():
    wording = problem_wording("对泵房值守脱岗的问题，县水务站已增派2人，夜间每两小时巡查一次。已整改。")
    assert (wording.title, wording.account) == ("泵房值守脱岗", "县水务站已增派2人，夜间每两小时巡查一次。已整改。")


@pytest.mark.parametrize(
    "heading",
    [
        "对群众反映强烈的问题，推诿扯皮，久拖不决",
        "对上级交办的问题，未建立台账，底数不清",
        "对已经整改的问题，又反弹，群众不满意",
        "就群众反映的停车难问题，研究不深入，措施不具体",
    ],
)
def test_a_fault_that_speaks_of_problems_has_no_account(heading):
    assert problem_wording(heading)[:4] == (heading, "", "", "")


@pytest.mark.parametrize("heading", ["关于“台账不全”问题的整改（已完成）", "台账不全【已完成】", "台账不全——已完成"])
def test_a_status_behind_the_heading(heading):
    assert problem_wording(heading)[:3:2] == ("台账不全", "已完成")


def test_the_first_sentence_ends_outside_quotations():
    assert sentence_end("关于“甲。乙”的问题。丙") == 11
    assert sentence_end("“没有合上。后面") == 6
    assert sentence_end("没有句号") == 4
