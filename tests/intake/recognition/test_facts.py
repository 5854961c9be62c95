from datetime import date

import pytest

from rectify.intake.recognition.facts import opening_values
from rectify.intake.recognition.line import Line


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("2024年1月9日，区委第二巡察组反馈了巡察意见。", date(2024, 1, 9)),
        ("2024年3月至5月开展巡察，7月2日反馈意见。", date(2024, 7, 2)),
        ("2024年10月8日至11月22日开展了巡察，并反馈了意见。", None),
        ("2024年2月30日反馈意见。", None),
        ("收到反馈后于2024年5月1日印发方案。", None),
    ],
)
def test_the_day_of_feedback(sentence, day):
    assert opening_values("", [Line(sentence, 1)]).get("feedback") == day


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("中共清川市司法局党组关于巡察整改情况的通报", "清川市司法局"),
        ("清川市妇联党组关于巡察整改情况的通报", "清川市妇联"),
        ("中共清川市司法局委员会关于巡视整改情况的通报", "中共清川市司法局委员会"),
        ("关于区委巡察组反馈意见整改情况的公示", None),
    ],
)
def test_the_unit_in_the_title(title, unit):
    assert opening_values(title, []).get("unit") == unit


@pytest.mark.parametrize(
    ("sentence", "body"),
    [
        ("2024年3月，县委巡察三组对县司法局党组开展了巡察。", "县委巡察三组"),
        ("按照安排，县委巡察第四组对我局开展了巡察。", "县委巡察第四组"),
        ("根据第三巡察组2024年5月20日反馈意见，逐项整改。", "第三巡察组"),
        ("2023年10月，国家局党组第一巡视组对市局开展了巡视。", "国家局党组第一巡视组"),
        ("县委第一、第二巡察组联合巡察。", None),
    ],
)
def test_the_inspecting_body(sentence, body):
    assert opening_values("", [Line(sentence, 1)]).get("inspector") == body


@pytest.mark.parametrize("apart", ["    ", " ", "\u3000", "；"])
def test_several_labels_in_one_line_each_have_their_own_value(apart):
    values = opening_values("台账", [Line(f"填报单位：清川市水务局{apart}截至日期：2025年10月31日", 2)])
    assert (values["unit"], values["as_of"]) == ("清川市水务局", date(2025, 10, 31))
