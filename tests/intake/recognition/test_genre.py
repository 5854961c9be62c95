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
    ],
)
def test_a_speech_a_summary_and_a_plan_give_no_problems(tmp_path, title, opening, body):
    (tmp_path / "a.txt").write_text(f"{title}\n{opening}\n{body}\n", "utf-8")
    understanding, findings = understand(tmp_path / "a.txt")
    assert understanding is None
    assert findings[-1].rule == "I068", [one.message() for one in findings]
