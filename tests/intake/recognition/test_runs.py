from hypothesis import given
from hypothesis import strategies as st

from rectify.intake.recognition.runs import runs


def values(text, start=0):
    return [[point.value for point in run] for run in runs(text, start)]


def test_a_run_is_its_points_in_order():
    found = runs("一是建账。逐项登记。二是对账；三是销账。")
    assert [[(point.value, point.text) for point in run] for run in found] == [
        [(1, "建账。逐项登记。"), (2, "对账；"), (3, "销账。")]
    ]


def test_a_fresh_start_is_another_run_and_a_gap_ends_one():
    assert values("一是甲。二是乙。一是丙。二是丁。三是戊。") == [[1, 2], [1, 2, 3]]
    assert values("一是甲。二是乙。四是丁。") == [[1, 2]]


def test_what_only_looks_like_a_point():
    assert values("统一是前提。唯一是他。一是孤立的说法。") == []
    assert values("要求“一是甲。二是乙。”照办") == [], "inside a quotation"
    assert values("首先明确一是甲，二是乙") == [], "in the middle of a clause"


def test_a_heading_of_the_same_form_is_left_out():
    text = "三是在履职上还有差距。一是畏难。二是求稳。"
    assert values(text, 2) == [[1, 2]]


def test_a_quotation_mark_that_is_never_closed_hides_nothing():
    assert values("印发“方案。一是甲。二是乙。") == [[1, 2]]


@given(st.text(alphabet="一二三是。“”《》；甲\n", max_size=200))
def test_points_rise_by_one_and_lie_in_the_text(text):
    for run in runs(text):
        assert [point.value for point in run] == list(range(1, len(run) + 1))
        assert all(point.text in text for point in run)
