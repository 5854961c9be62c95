from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify.intake.recognition.days import days, deadline, due, span


def test_dates_stated_in_full():
    text = "2023年8月3日启动，2023-09-20印发，二〇二四年一月十五日验收，２０２４年２月１日公开，2月30日、2024年2月30日不算。"
    assert [one.day for one in days(text)] == [date(2023, 8, 3), date(2023, 9, 20), date(2024, 1, 15), date(2024, 2, 1)]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2023年5月8日至6月30日开展巡察", (2023, 5, 8), (2023, 6, 30)),
        ("2023年12月1日至2024年1月20日", (2023, 12, 1), (2024, 1, 20)),
        ("2024年9月2日—20日", (2024, 9, 2), (2024, 9, 20)),
    ],
)
def test_spans(text, start, end):
    assert span(text) == (date(*start), date(*end))


def test_a_span_that_runs_backward_is_none():
    assert span("2024年9月20日至9月2日") is None
    assert span("X月26日至X月9日") is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024年9月30日前", (2024, 9, 30)),
        ("2024年9月底", (2024, 9, 30)),
        ("2024年2月", (2024, 2, 29)),
        ("2024.7.17", (2024, 7, 17)),
        ("2024年12月，长期坚持", (2024, 12, 31)),
        ("2024年6月中旬", (2024, 6, 20)),
        ("2024年底", (2024, 12, 31)),
        ("2024-07", (2024, 7, 31)),
        ("2024年11月30日（经批准延期，原定2024年8月31日）", (2024, 11, 30)),
        ("原定2024年8月底，现为2024年11月底", (2024, 11, 30)),
        ("按原计划2024年9月底", (2024, 9, 30)),
    ],
)
def test_deadlines(text, day):
    assert deadline(text) == date(*day)


@pytest.mark.parametrize("text", ["长期坚持", "立行立改", "三个月内", "13月底", "2024年13月", ""])
def test_no_deadline(text):
    assert deadline(text) is None


def test_what_a_part_will_be_by_then_is_no_deadline_of_the_whole():
    since = date(2025, 1, 10)
    assert due("党支部覆盖率提高到88%，剩余2家年底前覆盖。", since) is None
    assert due("已修复58处，其余3处将于2025年3月底前完成。", since) == date(2025, 3, 31)


@given(st.text(alphabet="0123456789年月日-./至前底 ２", max_size=40))
def test_any_text(text):
    days(text), span(text), deadline(text)
