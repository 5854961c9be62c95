"""Every way a clerk writes a date means that date, and nothing else does."""

import calendar
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rectify.core.language import language
from rectify.sources.dates import NoSuchDay, accepted_forms, parse_date

FULL_WIDTH = str.maketrans("0123456789-./", "０１２３４５６７８９－．／")
WRITTEN = (
    "{0}-{1}-{2}",
    "{0}.{1}.{2}",
    "{0}/{1}/{2}",
    "{0}年{1}月{2}日",
    " {0} 年 {1} 月 {2} 日 ",
    "{0}-{1:02}-{2:02}",
)
MONTHS = ("{0}年{1}月", "{0}年{1:02}月", "{0}-{1}", "{0}.{1}", "{0}/{1}")

days = st.dates(min_value=date(1000, 1, 1))


@settings(deadline=None)
@given(days, st.sampled_from(WRITTEN), st.booleans(), st.booleans())
def test_every_form_of_a_day_means_that_day(day: date, form: str, is_full_width: bool, month_end: bool):
    written = form.format(day.year, day.month, day.day)
    assert parse_date(written.translate(FULL_WIDTH) if is_full_width else written, month_end) == day


@settings(deadline=None)
@given(days, st.sampled_from(MONTHS))
def test_a_bare_month_is_its_last_day_and_for_deadlines_only(day: date, form: str):
    written = form.format(day.year, day.month)
    last = calendar.monthrange(day.year, day.month)[1]
    assert parse_date(written, month_end=True) == day.replace(day=last)
    with pytest.raises(ValueError, match=written):
        parse_date(written)


@pytest.mark.parametrize("form", language("zh").say(accepted_forms()).split("、"))
def test_the_forms_in_the_message_are_accepted(form: str):
    assert parse_date(form) == date(2024, 7, 17)


@pytest.mark.parametrize(
    "text", ["2024-02-30", "2024年2月30日", "2023.2.29", "2024/13/1", "2024-0-1", "0000-01-01", "2024-04-31"]
)
def test_a_day_that_does_not_exist_is_told_from_a_wrong_form(text: str):
    with pytest.raises(NoSuchDay):
        parse_date(text, month_end=True)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-07-16T16:00:00.000Z", 17),
        ("2024-07-16T15:59:59Z", 16),
        ("2024-07-17T00:00:00+08:00", 17),
        ("2024-07-16 23:00", 16),
        ("2024-07-16T20:00:00-07:00", 17),
        ("2024-07-17T00:30+0900", 16),
    ],
)
def test_a_time_with_its_zone_is_the_day_in_beijing(text: str, day: int):
    assert parse_date(text) == date(2024, 7, day)


@pytest.mark.parametrize("text", ["2024年13月", "0000年1月"])
def test_a_month_that_does_not_exist(text: str):
    with pytest.raises(NoSuchDay):
        parse_date(text, month_end=True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024",
        "24-7-17",
        "17/7/2024",
        "2024-7.17",
        "2024年7月17",
        "7月17日",
        "二〇二四年七月",
        "长期坚持",
    ],
)
def test_anything_else_is_no_date(text: str):
    with pytest.raises(ValueError) as caught:
        parse_date(text)
    assert caught.type is ValueError


@settings(deadline=None)
@given(
    st.text(alphabet=st.sampled_from("0123456789-./年月日 ０９－２③²٣"), max_size=14) | st.text(max_size=20),
    st.booleans(),
)
def test_any_text_is_a_date_or_a_value_error(text: str, month_end: bool):
    try:
        found = parse_date(text, month_end)
    except ValueError:
        return
    assert parse_date(found.isoformat()) == found
