"""The register holds what is public, counts it once, and loses no entry whatever axis it is seen along."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rectify.core.model import Disclosure, Problem, Progress, Withdrawal
from rectify.core.register import Register
from rectify.core.units import Unit, Units
from rectify.core.vocabulary import GENRES, SCOPES, STATUSES

DAY = date(2024, 5, 31)
days = st.dates(date(2023, 12, 1), date(2025, 2, 1))
names = st.sampled_from(["", "甲", "乙", "丙"])
WITHDRAWN = Withdrawal(DAY, "个人隐私")


def disclosure(rid: str = "2024-jia", **values) -> Disclosure:
    return Disclosure(
        **{"id": rid, "title": "标题", "genre": "rectification", "unit": "甲局", "as_of": DAY, "published": DAY}
        | values
    )


def problem(rid: str = "2024-jia", nn: str = "01", **values) -> Problem:
    return Problem(**{"disclosure": rid, "nn": nn, "title": "问题", "status": "ongoing"} | values)


@st.composite
def contents(draw: st.DrawFn) -> tuple[list[Disclosure], dict[str, list[Problem]]]:
    disclosures, problems = [], {}
    for number in range(draw(st.integers(0, 5))):
        rid = f"r-{number}"
        genre = draw(st.sampled_from(["rectification"] * 3 + ["work-report"]))
        scope = draw(st.sampled_from(["society"] * 3 + ["party"]))
        disclosures.append(
            disclosure(
                rid, genre=genre, scope=scope, unit=draw(names.filter(bool)), as_of=draw(days), published=draw(days)
            )
        )
        problems[rid] = [
            problem(
                rid,
                f"{nn:02}",
                status=draw(st.sampled_from(list(STATUSES.entries))),
                group=draw(names),
                category=draw(names),
                deadline=draw(st.none() | days),
                withdrawn=draw(st.sampled_from([None, None, WITHDRAWN])),
                progress=tuple(Progress(day, "甲") for day in sorted(draw(st.lists(days, max_size=2)))),
            )
            for nn in range(1, draw(st.integers(1, 7)))
        ]
    return disclosures, problems


@settings(deadline=None)
@given(contents())
def test_every_axis_holds_every_problem_once(content: tuple):
    register = Register(*content)
    assert (
        sum(register.counts_of(r).total for r in register.disclosures)
        == register.counts.total
        == len(register.problems)
    )
    axes = {"by_status": "status", "by_unit": None, "by_year": None, "by_group": "group", "by_category": "category"}
    for axis, field in axes.items():
        index = getattr(register, axis)
        listed = [p for rows in index.values() for p in rows]
        expected = [p for p in register.problems if field not in ("group", "category") or getattr(p, field)]
        assert sorted(p.ref for p in listed) == sorted(p.ref for p in expected)
        for value, rows in index.items():
            own = {
                getattr(p, field)
                if field
                else {"by_unit": register.disclosure_of(p).unit, "by_year": register.disclosure_of(p).year}[axis]
                for p in rows
            }
            assert own == {value}
            assert [p for p in register.problems if p in rows] == list(rows)
    assert list(register.by_year) == sorted(register.by_year, reverse=True)


@settings(deadline=None)
@given(contents(), st.none() | days)
def test_overdue_is_of_the_declared_day_or_the_newest(content: tuple, declared: date | None):
    register = Register(*content, declared)
    assert register.as_of == (declared or max((r.as_of for r in register.disclosures), default=date(1970, 1, 1)))
    assert {p.ref for p in register.overdue} == {p.ref for p in register.problems if p.overdue(register.as_of)}
    assert [p.deadline for p in register.overdue] == sorted(p.deadline for p in register.overdue)
    assert (
        len(register.overdue)
        == register.counts.overdue
        == sum(register.counts_of(r).overdue for r in register.disclosures)
    )


@settings(deadline=None)
@given(contents(), st.randoms())
def test_the_order_of_reading_does_not_matter(content: tuple, random):
    disclosures, problems = content
    shuffled = random.sample(disclosures, len(disclosures))
    assert Register(shuffled, problems).problems == Register(disclosures, problems).problems
    published = [r.published for r in Register(shuffled, problems).disclosures]
    assert published == sorted(published, reverse=True)


@pytest.mark.parametrize("genre", list(GENRES.entries))
@pytest.mark.parametrize("scope", list(SCOPES.entries))
def test_only_a_rectification_report_for_society_is_there(genre: str, scope: str):
    register = Register(
        [disclosure(genre=genre, scope=scope, as_of=DAY)], {"2024-jia": [problem(progress=(Progress(DAY, "甲"),))]}
    )
    public = (genre, scope) == ("rectification", "society")
    assert (len(register.disclosures), len(register.problems), len(register.updates)) == (
        (1, 1, 1) if public else (0, 0, 0)
    )
    assert register.as_of == (DAY if public else date(1970, 1, 1))


def test_a_withdrawn_problem_keeps_its_place_and_count_and_loses_its_text():
    secret = problem(
        nn="02",
        title="密",
        status="done",
        status_wording="密",
        group="一组",
        number="7",
        category="密",
        lead="密",
        units=("密",),
        owner="密",
        body="密",
        measures=("密",),
        progress=(Progress(DAY, "密", "done", ("files/密",)),),
        withdrawn=WITHDRAWN,
    )
    register = Register([disclosure()], {"2024-jia": [problem(), secret, problem(nn="03")]})
    kept = register.problems[1]
    assert (kept.ref, kept.status, kept.group, kept.number, kept.withdrawn) == (
        "2024-jia/02",
        "done",
        "一组",
        "7",
        WITHDRAWN,
    )
    assert "密" not in repr(kept) and "密" not in repr(register.updates)
    assert register.counts.data()["by_status"]["done"] == 1
    assert (register.counts.total, register.counts.done) == (3, 1)


def test_withdrawing_a_problem_does_not_make_the_figures_better():
    late = problem(deadline=DAY - timedelta(days=1))
    before = Register([disclosure()], {"2024-jia": [late]}).counts
    assert Register([disclosure()], {"2024-jia": [late._replace(withdrawn=WITHDRAWN)]}).counts == before


def test_a_units_other_disclosures_are_newest_first():
    disclosures = [
        disclosure(f"r-{n}", published=DAY + timedelta(days=n), unit="甲局" if n != 2 else "乙局") for n in range(4)
    ]
    register = Register(disclosures, {})
    assert [r.id for r in register.others_of_unit(register.by_id["r-1"])] == ["r-3", "r-0"]
    assert register.of(register.by_id["r-1"]) == ()


def test_declared_units_stand_as_they_are_declared_and_the_others_after_them_by_name():
    units = Units((Unit("政府办公室"), Unit("水务局")))
    names = ["水务局", "安平镇", "政府办公室", "第二中学", "第一中学"]
    disclosures = [disclosure(f"r-{n}", unit=name) for n, name in enumerate(names)]
    problems = {one.id: [problem(one.id)] for one in disclosures}
    register = Register(disclosures, problems, DAY, units=units)
    assert register.unit_names == ("政府办公室", "水务局", "安平镇", "第一中学", "第二中学") == tuple(register.by_unit)


def test_updates_are_newest_first():
    entries = (Progress(DAY, "早"), Progress(DAY + timedelta(days=2), "晚"))
    rows = {
        "2024-jia": [problem(progress=entries), problem(nn="02", progress=(Progress(DAY + timedelta(days=1), "中"),))]
    }
    assert [entry.text for entry, _ in Register([disclosure()], rows).updates] == ["晚", "中", "早"]


def test_what_is_the_same_matter_counts_once():
    """However it was split, put together or named again, and though what it names may not be there."""
    old, new = disclosure("2023-jia", published=date(2023, 5, 31)), disclosure("2024-jia")
    before = [problem("2023-jia", nn) for nn in ("01", "02", "03", "04")]
    after = [
        problem(nn="01", earlier=("2023-jia/01",)),  # split
        problem(nn="02", earlier=("2023-jia/01",)),
        problem(nn="03", earlier=("2023-jia/02", "2023-jia/03")),  # put together
        problem(nn="04", earlier=("2019-jia/01",), withdrawn=WITHDRAWN),
        problem(nn="05"),
    ]
    register = Register([old, new], {"2023-jia": before, "2024-jia": after})
    assert [[p.ref for p in matter] for matter in register.repeated] == [
        ["2023-jia/01", "2024-jia/01", "2024-jia/02"],
        ["2023-jia/02", "2023-jia/03", "2024-jia/03"],
    ]
    assert register.matters["2023-jia/03"] is register.matters["2024-jia/03"] and "2024-jia/04" not in register.matters
    assert (len(register.problems), register.matter_count) == (9, 5)
    assert register.counts_of(new).total == 5


def test_a_disclosure_of_which_nothing_was_said_for_long_says_so():
    later = disclosure("2025-jia", as_of=DAY + timedelta(days=181), published=DAY)
    done, open_, untold = (disclosure(f"2024-{name}", published=DAY) for name in ("yi", "jia", "bing"))
    problems = {
        "2024-yi": [problem("2024-yi", status="done")],
        "2024-bing": [problem("2024-bing", status="unstated")],
        "2024-jia": [problem()],
        "2025-jia": [problem("2025-jia")],
    }
    register = Register([later, done, open_, untold], problems)
    assert [d.id for d in register.stale] == ["2024-jia"]
    assert (register.first_as_of, register.last_as_of) == (DAY, later.as_of)
    day_before = Register([later._replace(as_of=DAY + timedelta(days=180)), open_], problems)
    assert not day_before.stale


def test_a_unit_says_since_when_a_problem_is_done():
    steps = [("ongoing", 1), ("done", 3), ("", 4), ("closed-out", 9)]
    entries = tuple(Progress(date(2024, 5, day), "甲", status) for status, day in steps)
    assert problem(status="closed-out", progress=entries).done_on == date(2024, 5, 3)
    assert problem(status="ongoing", progress=entries).done_on is None
    assert problem(status="done").done_on is None
    late = problem(deadline=DAY)
    assert [late.days_overdue(DAY + timedelta(days=n)) for n in (-1, 0, 25)] == [0, 0, 25]
