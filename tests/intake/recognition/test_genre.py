"""Kinds of documents that list points of their own and no problems."""

import pytest

from rectify.intake.understanding import understand

POINTS = "一是担当精神不足。二是统筹推进不力。三是基础工作薄弱。"


@pytest.mark.parametrize(
    ("title", "opening", "body"),
    [
        ("在全市作风建设推进会上的讲话", "同志们：", f"二、正视不足\n当前工作还存在以下问题：{POINTS}"),
        ("在巡察整改推进会上的讲话", "同志们：", "二、存在的问题\n（一）思想认识不到位。\n（二）整改措施不实。"),
        ("清川市水务局2024年工作总结和2025年工作计划", "2024年，局党组统筹推进。", f"二、存在的问题\n{POINTS}"),
        ("清川市水务局巡察反馈问题整改工作方案", "制定本方案。", f"四、工作要求\n一是防止敷衍整改不到位。{POINTS[8:]}"),
        (
            "清川市水务局2025年党风廉政建设工作计划",
            "制定本计划。",
            "一、存在的主要问题\n（一）制度执行不严格。\n（二）监管薄弱。",
        ),
        (
            "清川市水务局召开巡察整改专题会议",
            "会议指出，问题整改情况总体较好。",
            f"会议强调，还存在一些不足：{POINTS}\n会议要求，五月底前完成整改。",
        ),
        (
            "关于研究巡察反馈问题整改工作的专题会议纪要",
            "会议逐项研究了存在的问题。",
            "一、关于合同管理不规范问题。会议议定：7月底前完成。\n二、关于档案管理缺失问题。会议议定：9月底前完成。",
        ),
        (
            "清川市乡村振兴领域突出问题整改工作方案",
            "制定本方案。",
            "二、整改任务\n1.开展资金清查。责任单位：财政局。完成时限：6月底。\n2.完善拨付流程。责任单位：农业农村局。",
        ),
        (
            "清川市水务局：以巡察整改为契机推动作风转变",
            "近日，局党组书记带队督导巡察整改工作，对发现的问题现场交办：",
            "1.值班记录不规范。\n2.仓库管理松散。\n要求6月底前整改到位。（通讯员）",
        ),
        (
            "为什么加装电梯“卡”在最后一步",
            "记者近日走访了五个小区。",
            "问题一：意见难统一\n低层住户不同意。\n问题二：资金难筹措\n分摊不透明。",
        ),
        (
            "清川：做实“三个清单”推动巡察整改走深走实",
            "近年来探索推行清单。",
            "（一）解决责任不清问题。\n（二）解决推诿扯皮问题。\n主要启示\n坚持党委主责。",
        ),
        (
            "中共清川市委第四巡察组巡察市供销社公告",
            "主要受理反映下列问题的来信来电来访：",
            "一、责任落实不力的问题；\n二、组织建设薄弱的问题。",
        ),
        (
            "《清川市审计整改办法》政策解读",
            "近年来屡审屡犯。",
            "（一）责任不清晰问题。明确第一责任人。\n（二）标准不统一问题。分为三类。",
        ),
    ],
)
def test_a_speech_a_summary_and_a_plan_give_no_problems(tmp_path, title, opening, body):
    (tmp_path / "a.txt").write_text(f"{title}\n{opening}\n{body}\n", "utf-8")
    understanding, findings = understand(tmp_path / "a.txt")
    assert understanding is None
    assert findings[-1].rule == "I068", [one.message() for one in findings]


def test_units_before_what_each_of_them_did_are_no_problems(tmp_path):
    file = tmp_path / "通报.txt"
    file.write_text(
        "清川市审计整改情况通报\n2024年度审计查出问题整改情况如下，现予公开：\n市财政局：查出问题5个，已完成整改4个。\n"
        "市交通局：查出问题3个，已全部完成整改。\n市民政局：均已整改到位。",
        encoding="utf-8",
    )
    understanding, findings = understand(file)
    assert understanding is None
    assert findings[-1].rule == "I070"
