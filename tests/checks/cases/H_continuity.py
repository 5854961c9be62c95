"""What may and may not change between two publications."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from helpers.cases import Case
from rectify.checks.continuity import continuity, read_previous
from rectify.core.finding import Finding
from rectify.core.language import language
from rectify.core.model import Disclosure, Problem, Progress, Step, Waiver, Withdrawal
from rectify.core.register import Register
from rectify.outputs.data import disclosures_json, problems_fragment, problems_json

DISCLOSURE = Disclosure(
    "2024-a",
    "清川市水务局整改情况",
    "rectification",
    "清川市水务局",
    date(2024, 9, 30),
    date(2024, 10, 18),
    path="reports/2024-a/index.md",
)
RETURNED = (Step(date(2024, 11, 20), "returned", "市委巡察办"),)
GONE = Withdrawal(date(2024, 10, 1), "涉及个人隐私")
NEWER = Progress(date(2024, 11, 20), "复查发现反复，重新安排。")
ENDED = DISCLOSURE._replace(until=date(2024, 11, 1), ended=True)


def problem(nn: str, title: str, status: str, **values) -> Problem:
    first = Progress(date(2024, 8, 15), f"{title}的首批措施落实。")
    return Problem("2024-a", nn, title, status, progress=(first,), path=f"reports/2024-a/{nn}.md", **values)


ONE = problem("01", "管网巡检记录不完整", "done", group="供水", deadline=date(2024, 6, 30))
TWO = problem("02", "二次供水设施移交缓慢", "ongoing", group="移交", deadline=date(2024, 12, 31))
LATE = problem("03", "车辆调度台账长期缺页", "staged", group="车辆", deadline=date(2024, 7, 31))
BEFORE = (ONE, TWO, LATE)
OVER = tuple(one._replace(withdrawn=Withdrawal(date(2024, 11, 1), "", ended=True)) for one in BEFORE)


def after(old: Problem, *, newer: bool = False, **values) -> Problem:
    return old._replace(**{"progress": (*old.progress, NEWER) if newer else old.progress, **values})


def with_entries(*texts: str) -> Problem:
    """Return the overdue one with entries of one day, its deadline moved where there are several or other ones."""
    moved = {} if texts == ("部分补齐",) else {"deadline": date(2025, 1, 31)}
    return LATE._replace(progress=tuple(Progress(date(2024, 9, 30), text) for text in texts), **moved)


def case(
    rule: str,
    fires: bool,
    name: str,
    now: tuple[Problem, ...] = BEFORE,
    before: tuple[Problem, ...] = BEFORE,
    was: Disclosure = DISCLOSURE,
    **of_disclosure,
) -> Case:
    disclosures = [] if of_disclosure.pop("without_disclosure", False) else [DISCLOSURE._replace(**of_disclosure)]

    def run(root: Path) -> list[Finding]:
        register = Register([was], {"2024-a": before})
        (root / "data").mkdir()
        fragment = problems_fragment(register.problems, register.as_of, language("zh"))
        (root / "data" / "problems.json").write_bytes(problems_json([fragment], register.as_of))
        (root / "data" / "disclosures.json").write_bytes(disclosures_json(register))
        return continuity(read_previous(root), disclosures, {"2024-a": now})

    return Case(rule, fires, run, name)


WITHDRAWN = (ONE, TWO._replace(withdrawn=GONE), LATE)
OTHER = problem("02", "食堂采购询价流于形式", "ongoing", group="后勤", deadline=date(2024, 12, 31))
NEW = problem("04", "食堂采购询价流于形式", "ongoing")
BACK = ("relapsed",)

CASES: list[Case] = [
    case("H001", True, "last", (ONE, TWO)),
    case("H001", True, "first", (TWO, LATE)),
    case("H001", True, "trace of a withdrawal", (ONE, LATE), WITHDRAWN),
    case("H001", False, "unchanged"),
    case("H001", False, "withdrawn", WITHDRAWN),
    case("H001", False, "moved", (ONE, TWO, LATE._replace(nn="09"))),
    case("H002", True, "gone", without_disclosure=True),
    case("H002", True, "for the unit", scope="unit"),
    case("H002", True, "for the party", scope="party"),
    case("H002", False, "unchanged"),
    case("H002", False, "all withdrawn", tuple(p._replace(withdrawn=GONE) for p in BEFORE)),
    case("H002", False, "title changed", title="清川市水务局党组整改情况"),
    case("H003", True, "renamed", (ONE, TWO, LATE._replace(nn="04"))),
    case("H003", True, "two changed places", (ONE._replace(nn="02"), TWO._replace(nn="01"), LATE)),
    case("H003", True, "renamed and retouched", (ONE, LATE, TWO._replace(nn="04", title="二次供水设施移交较缓慢"))),
    case("H003", False, "other order of the same", (LATE, ONE, TWO)),
    case("H003", False, "a new problem", (*BEFORE, NEW)),
    case("H003", False, "a new problem of the same title", (*BEFORE, LATE._replace(nn="04"))),
    case("H004", True, "other group", (ONE, OTHER, LATE)),
    case("H004", True, "other lead", (ONE, OTHER._replace(group="移交", lead="后勤处"), LATE)),
    case("H004", True, "first", (ONE._replace(title="印章借用没有登记", group="后勤"), TWO, LATE)),
    case("H004", False, "reworded in its group", (ONE, OTHER._replace(group="移交"), LATE)),
    case("H004", False, "regrouped", (ONE, TWO._replace(group="后勤"), LATE)),
    case("H004", False, "withdrawn", (ONE, TWO._replace(withdrawn=GONE).shown(), LATE)),
    case("H005", True, "milder", (ONE._replace(title="管网巡检记录不够完整"), TWO, LATE)),
    case("H005", True, "other words", (ONE, OTHER._replace(group="移交"), LATE)),
    case("H005", True, "shorter", (ONE, TWO, LATE._replace(title="车辆调度台账缺页"))),
    case("H005", False, "unchanged"),
    case("H005", False, "a space", (ONE._replace(title="管网 巡检记录不完整"), TWO, LATE)),
    case("H005", False, "withdrawn", (ONE._replace(withdrawn=GONE).shown(), TWO, LATE)),
    case("H006", True, "done to ongoing", (after(ONE, status="ongoing"), TWO, LATE)),
    case("H006", True, "flag without a reason", (after(ONE, status="ongoing", flags=BACK), TWO, LATE)),
    case("H006", True, "reason without the flag", (ONE, TWO, after(LATE, newer=True, status="ongoing"))),
    case("H006", False, "relapse with a reason", (after(ONE, newer=True, status="ongoing", flags=BACK), TWO, LATE)),
    case("H006", False, "returned", (after(ONE, newer=True, status="ongoing", course=RETURNED), TWO, LATE)),
    case("H006", True, "returned and not told", (after(ONE, status="ongoing", course=RETURNED), TWO, LATE)),
    case("H007", False, "returned", (after(ONE, newer=True, status="ongoing", course=RETURNED), TWO, LATE)),
    case("H006", False, "forward", (ONE, after(TWO, status="staged"), after(LATE, status="closed-out"))),
    case("H006", False, "done and long-term", (after(ONE, flags=("long-term",)), TWO, LATE)),
    case("H007", True, "total", (ONE, TWO)),
    case("H007", True, "done", (after(ONE, status="ongoing"), TWO, LATE)),
    case("H007", True, "withdrawn and deleted", (ONE, LATE), WITHDRAWN),
    case("H007", False, "withdrawn and kept", WITHDRAWN),
    case("H007", False, "relapse", (after(ONE, newer=True, status="ongoing", flags=BACK), TWO, LATE)),
    case("H007", False, "more", (*BEFORE, NEW)),
    case("H008", True, "later", (ONE, after(TWO, deadline=date(2025, 6, 30)), LATE)),
    case("H008", True, "none", (ONE, after(TWO, deadline=None), LATE)),
    case("H008", True, "earlier", (ONE, after(TWO, deadline=date(2024, 11, 30)), LATE)),
    case("H008", False, "explained", (ONE, after(TWO, newer=True, deadline=date(2025, 6, 30)), LATE)),
    case("H008", False, "unchanged"),
    case("H008", False, "the first deadline", (ONE, TWO, LATE), (ONE, TWO._replace(deadline=None), LATE)),
    case(
        "H008",
        False,
        "for good, then a day",
        (ONE, TWO, LATE),
        (ONE, TWO._replace(deadline=None, flags=("long-term",)), LATE),
    ),
    case(
        "H009",
        False,
        "for good, then a day",
        (ONE, TWO, LATE),
        (ONE, TWO, LATE._replace(deadline=None, flags=("long-term",))),
    ),
    case("H009", True, "later", (ONE, TWO, after(LATE, deadline=date(2025, 1, 31)))),
    case("H009", True, "none", (ONE, TWO, after(LATE, deadline=None))),
    case("H009", True, "done meanwhile", (ONE, TWO, after(LATE, status="done", deadline=date(2024, 12, 31)))),
    case("H009", False, "explained", (ONE, TWO, after(LATE, newer=True, deadline=date(2025, 1, 31)))),
    case(
        "H009",
        False,
        "another of the same day",
        (ONE, TWO, with_entries("部分补齐", "经批准延期")),
        (ONE, TWO, with_entries("部分补齐")),
    ),
    case("H009", True, "only reworded", (ONE, TWO, with_entries("部分已补齐")), (ONE, TWO, with_entries("部分补齐"))),
    case("H009", False, "not yet overdue", (ONE, after(TWO, deadline=date(2025, 6, 30)), LATE)),
    case("H009", False, "was done", (after(ONE, deadline=date(2024, 7, 31)), TWO, LATE)),
    case("H010", True, "later", published=date(2025, 1, 10)),
    case("H010", True, "earlier", published=date(2024, 10, 8)),
    case("H010", True, "other year", published=date(2023, 10, 18)),
    case("H010", False, "unchanged"),
    case("H010", False, "as-of moved", as_of=date(2024, 12, 31)),
    case("H010", False, "date of the document", doc_date=date(2024, 12, 31)),
    case("H011", True, "a month", as_of=date(2024, 8, 31)),
    case("H011", True, "a day", as_of=date(2024, 9, 29)),
    case("H011", True, "a year", as_of=date(2023, 9, 30)),
    case("H011", False, "unchanged"),
    case("H011", False, "later", as_of=date(2024, 12, 31)),
    case("H011", False, "next year, earlier month", as_of=date(2025, 1, 31)),
    case("H012", True, "removed", (ONE, after(TWO, progress=()), LATE)),
    case("H012", True, "rewritten", (ONE, after(TWO, progress=(Progress(date(2024, 8, 15), "全部移交。"),)), LATE)),
    case(
        "H012",
        True,
        "other date",
        (ONE, after(TWO, progress=(TWO.progress[0]._replace(date=date(2024, 8, 16)),)), LATE),
    ),
    case("H012", False, "added", (ONE, after(TWO, newer=True), LATE)),
    case("H012", False, "withdrawn", (ONE, TWO._replace(withdrawn=GONE).shown(), LATE)),
    case(
        "H012",
        False,
        "a line break",
        (ONE, after(TWO, progress=(TWO.progress[0]._replace(text=TWO.progress[0].text + "\n"),)), LATE),
    ),
    case("H013", True, "same text", BEFORE, WITHDRAWN),
    case("H013", True, "other text", (ONE, OTHER, LATE), WITHDRAWN),
    case("H013", True, "done meanwhile", (ONE, after(TWO, status="done"), LATE), WITHDRAWN),
    case(
        "H013",
        False,
        "approved",
        (ONE, TWO._replace(waivers=(Waiver("H013", "核实后可以公开", "党组", date(2024, 12, 1)),)), LATE),
        (ONE, TWO._replace(withdrawn=GONE), LATE),
    ),
    case("H013", False, "still withdrawn", WITHDRAWN, WITHDRAWN),
    case("H013", False, "under a new number", (*WITHDRAWN, TWO._replace(nn="04")), WITHDRAWN),
    case("H013", False, "newly withdrawn", WITHDRAWN),
    case("H014", True, "for good", before=OVER, was=ENDED),
    case("H014", True, "longer", before=OVER, was=ENDED, until=date(2026, 1, 1)),
    case("H014", True, "some of it withdrawn by hand", WITHDRAWN, before=OVER, was=ENDED),
    case("H014", False, "never over"),
    case("H014", False, "still over", OVER, before=OVER, was=ENDED, until=ENDED.until, ended=True),
    case("H014", False, "over now", OVER, until=ENDED.until, ended=True),
    case(
        "H014",
        False,
        "approved",
        before=OVER,
        was=ENDED,
        waivers=(Waiver("H014", "经研究继续公开", "党组", date(2024, 12, 1)),),
    ),
    case("H013", False, "over before", before=OVER, was=ENDED),
]
