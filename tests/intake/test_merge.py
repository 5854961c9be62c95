"""Updating a disclosure from a newer document: what each side changed is kept, and nothing written is broken."""

import itertools
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.drafts import DAY, draft, edit, imported, numbered, problem, rules, values
from rectify.core.model import Measure, Progress
from rectify.core.vocabulary import PROBLEM_KEYS
from rectify.intake.draft import Draft, DraftProblem, files
from rectify.intake.merge import plan
from rectify.sources.edit import read
from rectify.sources.folder import read_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "content" / "reports" / "2024-a"


def broken(folder: Path) -> list[str]:
    return [
        finding.text()
        for finding in read_folder(folder.parent.parent, folder.name).findings
        if finding.severity == "error"
    ]


def updated(folder: Path, one: Draft, base: dict[str, str] | None):
    """Apply an update, see that nothing is broken and that the same once more changes and reports no conflict."""
    made = plan(folder, one, base)
    made.apply()
    assert broken(folder) == []
    again = plan(folder, one, made.base)
    assert again.changes == () and not {"I101", "I103", "I104", "I105"} & set(rules(again))
    return made


def test_the_same_document_changes_nothing(folder: Path):
    one = draft(
        problem(measures=(Measure("补录"),), progress=(Progress(date(2024, 5, 1), "启动"),)),
        problem(title="乙", number="2"),
    )
    base = imported(folder, one)
    made = plan(folder, one, base)
    assert (made.changes, made.findings, made.base.keys()) == ((), (), base.keys())
    assert plan(folder, one, None).changes == ()


FIELDS = {
    "lead": ("办公室", "财务科", "人事科"),
    "deadline": (date(2024, 6, 30), date(2024, 9, 30), date(2024, 12, 31)),
    "units": (("甲科",), ("甲科", "乙科"), ("丙科",)),
    "measures": ((Measure("补录"),), (Measure("补录"), Measure("抽查")), (Measure("另法"),)),
    "number": ("1", "2", "3"),
    "flags": (("immediate",), ("immediate", "extended"), ("relapsed",)),
}
REQUIRED = {
    "title": ("日常台账登记不完整", "日常台账登记不够完整", "日常台账登记很不完整"),
    "status": ("ongoing", "done", "staged"),
}
"""What a problem always has."""


WAYS = [(FIELDS, *way) for way in itertools.product(range(4), repeat=3)] + [
    (REQUIRED, *way) for way in itertools.product(range(3), repeat=3)
]


@pytest.mark.parametrize(("fields", "said", "hand", "doc"), WAYS)
def test_each_field_by_three_ways(folder: Path, fields: dict, said: int, hand: int, doc: int):
    sides = [{name: (*some, None)[side] for name, some in fields.items()} for side in (said, hand, doc)]
    base = files(draft(problem(**sides[0])))
    imported(folder, draft(problem(**sides[1])))
    made = updated(folder, draft(problem(**sides[2])), base)
    expected = sides[2] if hand == said else sides[1]
    assert {name: values(folder).get(name) for name in fields} == expected
    assert rules(made) == (["I103"] * len(fields) if len({said, hand, doc}) == 3 else [])


@pytest.mark.parametrize(
    ("said", "hand", "doc", "expected", "found"),
    [
        ("甲", "甲", "乙", "乙", []), ("甲", "乙", "甲", "乙", []), ("甲", "乙", "乙", "乙", []), ("甲", "乙", "丙", "乙", ["I104"]),
        ("甲", "", "甲", "", []), ("甲", "甲", "", "甲", []), ("", "", "甲", "甲", []),
    ],
)  # fmt: skip
def test_the_body_by_three_ways(folder: Path, said: str, hand: str, doc: str, expected: str, found: list[str]):
    base = files(draft(problem(said)))
    imported(folder, draft(problem(hand)))
    made = updated(folder, draft(problem(doc)), base)
    assert read((folder / "01.md").read_text("utf-8"), PROBLEM_KEYS).body == expected and rules(made) == found


def test_without_a_base_what_stands_stays_and_what_is_empty_is_filled(folder: Path):
    imported(folder, draft(problem(lead="办公室")))
    for base in (None, {}, {"index.md": "坏", "01.md": "---\n[", "x": "y"}):
        made = plan(folder, draft(problem(lead="财务科", owner="科长")), base)
        assert rules(made) == ["I103"] and [change.name for change in made.changes] == ["01.md"]
        assert "办公室" in made.findings[0].message() and "财务科" in made.findings[0].message()
    made.apply()
    assert (values(folder)["lead"], values(folder)["owner"]) == ("办公室", "科长")


HAND = "---\n# 科室自己的备注\nowner: '科长'   # 兼任\n状态： 持续推进\n问题:   \"台账不全\"\n分组: 一\n序号: 1\n\n牵头单位: 办公室  # 说明\n---\n\n正文。\n"


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_only_the_line_of_the_field_changes(folder: Path, ends: str, mark: bytes):
    base = imported(folder, draft(problem(lead="办公室")))
    (folder / "01.md").write_bytes(mark + HAND.replace("\n", ends).encode())
    updated(folder, draft(problem(lead="财务科")), base)
    assert (folder / "01.md").read_bytes() == mark + HAND.replace("办公室", "财务科").replace("\n", ends).encode()


def test_mixed_line_ends_stay_where_they_were(folder: Path):
    base = imported(folder, draft(problem(lead="办公室")))
    old = HAND.encode().replace(b"\n\n", b"\r\n\r\n")
    (folder / "01.md").write_bytes(old)
    updated(folder, draft(problem(lead="财务科")), base)
    assert (folder / "01.md").read_bytes() == old.replace("办公室".encode(), "财务科".encode())


def entry(day: int, text: str, status: str = "", month: int = 3) -> Progress:
    return Progress(date(2024, month, day), text, status)


A, B, C, HANDMADE = entry(1, "启动"), entry(10, "印发通知"), entry(20, "逐项核对"), entry(15, "现场检查")
HISTORIES = {
    "the document adds": ((A,), (A,), (A, B), (A, B)),
    "the document adds in the middle": ((A, C), (A, C), (A, B, C), (A, B, C)),
    "added by hand": ((A,), (A, HANDMADE), (A,), (A, HANDMADE)),
    "both add": ((A,), (A, HANDMADE), (A, B, C), (A, B, HANDMADE, C)),
    "deleted by hand": ((A, B), (A,), (A, B), (A,)),
    "deleted by hand, another added": ((A, B), (A,), (A, B, C), (A, C)),
    "no longer in the document": ((A, B), (A, B), (A,), (A, B)),
    "reworded in the document": ((B,), (B,), (B._replace(text="印发通知书"),), (B._replace(text="印发通知书"),)),
    "reworded by hand": ((B,), (B._replace(text="印发通知书"),), (B,), (B._replace(text="印发通知书"),)),
    "two alike on one day": ((B,), (B,), (B, B._replace(text="印发通知书")), (B, B._replace(text="印发通知书"))),
    "entered by hand before": ((), (B,), (B,), (B,)),
    "attachment by hand": ((B,), (B._replace(files=("files/a.pdf",)),), (B,), (B._replace(files=("files/a.pdf",)),)),
}


@pytest.mark.parametrize(("said", "hand", "doc", "expected"), HISTORIES.values(), ids=HISTORIES)
def test_entries_are_merged(folder: Path, said: tuple, hand: tuple, doc: tuple, expected: tuple):
    base = files(draft(problem(progress=said)))
    imported(folder, draft(problem(progress=hand)))
    (folder / "files").mkdir()
    (folder / "files" / "a.pdf").write_bytes(b"a")
    made = updated(folder, draft(problem(progress=doc)), base)
    assert values(folder).get("progress", ()) == expected and rules(made) == []


def test_an_entry_reworded_on_both_sides_stays_and_is_reported(folder: Path):
    base = files(draft(problem(progress=(entry(1, "印发管理办法一项"),))))
    imported(folder, draft(problem(progress=(entry(1, "印发管理办法二项"),))))
    made = updated(folder, draft(problem(progress=(entry(1, "印发管理办法三项"),))), base)
    assert rules(made) == ["I103"] and [one.text for one in values(folder)["progress"]] == ["印发管理办法二项"]


def test_a_status_that_moves_leaves_a_dated_entry(folder: Path):
    base = imported(folder, draft(problem(progress=(entry(1, "启动", "ongoing"),))))
    updated(folder, draft(problem(status="done", progress=(entry(1, "启动", "ongoing"),))), base)
    last = values(folder)["progress"][-1]
    assert (last.date, last.status) == (DAY, "done") and "持续推进" in last.text and "已完成" in last.text


def test_an_entry_of_the_document_that_says_it_is_enough(folder: Path):
    base = imported(folder, draft(problem(progress=(A,))))
    new = (A, C._replace(status="done"))
    updated(folder, draft(problem(status="done", progress=new)), base)
    assert values(folder)["progress"] == new


def test_a_status_is_not_moved_behind_later_entries_made_by_hand(folder: Path):
    base = imported(folder, draft(problem()))
    later = Progress(date(2024, 8, 1), "回访发现反弹", "ongoing")
    imported(folder, draft(problem(progress=(later,))))
    made = updated(folder, draft(problem(status="done")), base)
    assert rules(made) == ["I103"] and values(folder)["status"] == "ongoing" and values(folder)["progress"] == (later,)


def test_a_status_kept_by_hand_is_not_contradicted_by_new_entries(folder: Path):
    base = imported(folder, draft(problem()))
    edit(folder, "持续推进", "阶段性完成")
    made = updated(folder, draft(problem(status="done", progress=(C._replace(status="done"),))), base)
    assert rules(made) == ["I103"] and values(folder)["status"] == "staged" and values(folder)["progress"] == (C,)


def test_a_status_told_by_the_entries_alone(folder: Path):
    imported(folder, draft(problem(status=None, progress=(A._replace(status="ongoing"),))))
    edit(folder, "状态:\n", "")
    base = files(draft(problem(progress=(A._replace(status="ongoing"),))))
    updated(folder, draft(problem(status="done", progress=(A._replace(status="ongoing"),))), base)
    assert values(folder)["progress"][-1].status == "done" and "status" not in values(folder)


def test_a_status_the_document_no_longer_tells_stays(folder: Path):
    base = imported(folder, draft(problem()))
    updated(folder, draft(problem(status=None)), base)
    assert values(folder)["status"] == "ongoing"


def test_a_deadline_for_good(folder: Path):
    base = imported(folder, draft(problem(deadline=date(2024, 6, 30))))
    long = draft(problem(flags=("long-term",)))
    long.problems[0].values["deadline"] = None
    made = updated(folder, long, base)
    assert "整改时限: 长期坚持\n" in (folder / "01.md").read_text("utf-8")
    updated(folder, draft(problem(deadline=date(2025, 1, 1), flags=("long-term",))), made.base)
    assert (values(folder)["deadline"], values(folder)["flags"]) == (date(2025, 1, 1), ("long-term",))


def test_a_deadline_that_is_gone_is_not_one_for_good(folder: Path):
    base = files(draft(problem(deadline=date(2024, 6, 30))))
    imported(folder, draft(problem(deadline=date(2024, 6, 30), flags=("immediate",))))
    made = updated(folder, draft(problem(flags=("long-term",))), base)
    assert rules(made) == ["I103"] and "deadline" not in values(folder) and values(folder)["flags"] == ("immediate",)


def titles(folder: Path) -> dict[str, str]:
    return {path.name: values(folder, path.name)["title"] for path in sorted(folder.glob("[0-9]*.md"))}


PLACES = {
    "reordered": (("甲", "乙", "丙"), ("丙", "甲", "乙"), ("甲", "乙", "丙"), []),
    "renamed": (("台账登记不完整不规范", "乙"), ("乙", "台账登记不完整、不规范"), ("台账登记不完整、不规范", "乙"), []),
    "split": (("台账不全和账实不符", "乙"), ("台账不全", "账实不符", "乙"), ("台账不全和账实不符", "乙", "台账不全", "账实不符"), ["I101", "I101", "I102", "I112"]),
    "one more": (("甲", "乙"), ("甲", "丁", "乙"), ("甲", "乙", "丁"), ["I101"]),
    "one less": (("甲", "乙"), ("乙",), ("甲", "乙"), ["I102", "I112"]),
    "same wording twice": (("甲", "甲"), ("甲", "乙", "甲"), ("甲", "甲", "乙"), ["I101"]),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected", "found"), PLACES.values(), ids=PLACES)
def test_problems_keep_their_references(folder: Path, old: tuple, new: tuple, expected: tuple, found: list[str]):
    base = imported(folder, numbered(*old))
    made = updated(folder, numbered(*new), base)
    assert tuple(titles(folder).values()) == expected and rules(made) == found


def test_regrouped_problems_take_over_their_group(folder: Path):
    base = imported(folder, numbered("甲", "乙"))
    updated(folder, draft(problem(title="乙", group="二", number="1"), problem(title="甲", number="1")), base)
    assert [(values(folder, name)["group"], values(folder, name)["number"]) for name in ("01.md", "02.md")] == [
        ("一", "1"),
        ("二", "1"),
    ]


def test_a_title_edited_by_hand_is_found_by_what_the_document_said(folder: Path):
    base = imported(folder, numbered("甲", "乙"))
    edit(folder, "问题: 甲", "问题: 完全另一种说法")
    assert plan(folder, numbered("乙", "甲"), base).findings == ()
    updated(folder, numbered("乙", "甲"), base)
    assert titles(folder) == {"01.md": "完全另一种说法", "02.md": "乙"}


WITHDRAWN = "撤回: {日期: 2024-07-01, 理由: 涉及个人隐私}\n---\n"


def test_a_withdrawn_problem_is_never_touched_nor_its_number_given_again(folder: Path):
    base = imported(folder, numbered("甲", "乙"))
    edit(folder, "---\n\n正文。", WITHDRAWN, "02.md")
    edit(folder, "问题: 乙", "问题: 已撤回", "02.md")
    kept = (folder / "02.md").read_bytes()
    for said in (base, None):
        made = plan(folder, numbered("甲", "乙", "丙"), said)
        assert sorted(rules(made)) == ["I101", "I110"] and [change.name for change in made.changes] == ["03.md"]
    made = updated(folder, draft(problem(title="甲"), problem(title="丙", number="5")), base)
    assert "03.md" in titles(folder) and (folder / "02.md").read_bytes() == kept and rules(made) == ["I101"]


def test_a_problem_deleted_by_hand_stays_away_and_its_number_too(folder: Path):
    base = imported(folder, numbered("甲", "乙"))
    (folder / "02.md").unlink()
    made = updated(folder, numbered("甲", "乙", "丙"), base)
    assert sorted(rules(made)) == ["I101", "I111"] and list(titles(folder)) == ["01.md", "03.md"]


def test_a_reference_that_is_not_there_is_reported_not_added(folder: Path):
    base = imported(folder, numbered("甲"))
    made = plan(folder, draft(problem(title="甲", ref="2024-a/01"), problem(title="乙", ref="2024-a/09")), base)
    assert (rules(made), made.changes) == (["I111"], ())
    twice = plan(
        folder,
        draft(problem(title="甲", ref="2024-a/01", lead="一"), problem(title="甲", ref="2024-a/01", lead="二")),
        base,
    )
    assert [change.name for change in twice.changes] == ["01.md"] and rules(twice) == ["I111"]


def test_numbers_of_a_damaged_base_are_not_given_again(folder: Path):
    base = imported(folder, numbered("甲"))
    made = plan(folder, numbered("甲", "乙"), {**base, "07.md": "坏", f"{'9' * 5000}.md": "坏", "../08.md": "坏"})
    assert [change.name for change in made.changes] == ["08.md"]


@pytest.mark.parametrize(
    ("names", "expected"), [(["099.md"], "100.md"), (["007.md"], "008.md"), (["99.md"], "100.md"), (["07.md"], "08.md")]
)
def test_a_new_number_is_as_wide_as_the_others(folder: Path, names: list[str], expected: str):
    imported(folder, draft())
    for name in names:
        (folder / name).write_text("---\n问题: 甲\n状态: 已完成\n---\n", "utf-8")
    made = updated(folder, numbered("甲", "乙"), None)
    assert expected in [change.name for change in made.changes]


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"\xff\xfe\x00",
        b"\x00" * 9,
        "没有字段区".encode(),
        "---\n问题: [甲\n---\n".encode(),
        "---\n问题: 甲\n未知: 乙\n---\n".encode(),
        b"---\n" + b"a" * 2_100_000,
    ],
)
def test_a_folder_that_cannot_be_read_is_left_alone(folder: Path, bad: bytes):
    base = imported(folder, numbered("甲", "乙"))
    (folder / "02.md").write_bytes(bad)
    made = plan(folder, numbered("甲", "丙"), base)
    assert made.changes == () and made.base == base
    assert {finding.severity for finding in made.findings} == {"error"} and made.findings[0].path.endswith("02.md")


def test_places_that_are_no_disclosure_are_refused(tmp_path: Path):
    (tmp_path / "notes.txt").write_text("甲", "utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "index.md").mkdir()
    for place, rule in [
        (tmp_path, "S031"),
        (tmp_path / "notes.txt", "S007"),
        (tmp_path / "nowhere", "S007"),
        (tmp_path / "folder", "S007"),
    ]:
        made = plan(place, numbered("甲"), None)
        assert (rules(made)[:1], made.changes) == ([rule], ())


def test_a_folder_of_drafts_outside_any_content(tmp_path: Path):
    one = Draft({"title": "汇报", "genre": "briefing"}, "", (problem(),))
    base = imported(tmp_path / "drafts", one)
    made = plan(tmp_path / "drafts", Draft({"title": "汇报", "genre": "briefing"}, "", (problem(status="done"),)), base)
    assert [change.name for change in made.changes] == ["01.md"] and rules(made) == []


def test_the_report_is_merged_and_what_people_decide_stays(folder: Path):
    base = imported(folder, draft(inspector="市委巡察组", declared=(("total", 1), ("done", 0))))
    edit(folder, "公开日期: 2024-06-10", "公开日期: 2024-06-12", "index.md")
    made = plan(folder, draft(body="新通报。", as_of=date(2024, 9, 30), published=date(2024, 10, 1)), base)
    made.apply()
    text = (folder / "index.md").read_text("utf-8")
    assert (
        "2024-06-12" in text
        and "截至日期: 2024-09-30" in text
        and "巡察机构: 市委巡察组" in text
        and "新通报。" in text
    )
    later = plan(folder, draft(body="再报。", as_of=date(2024, 12, 31)), made.base)
    assert rules(later) == [] and b"2024-12-31" in later.changes[0].new and b"2024-09-30" in later.changes[0].old


def test_other_files_are_not_touched(folder: Path):
    base = imported(folder, numbered("甲"))
    others = {"files/a.pdf": b"a", "notes.txt": b"b", "²³.md": b"c", "readme.md": b"d", ".hidden": b"e"}
    for name, data in others.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    plan(folder, numbered("甲", "乙"), base).apply()
    assert {name: (folder / name).read_bytes() for name in others} == others
    assert {path.name for path in folder.iterdir()} == {"index.md", "01.md", "02.md", "files", *others} - {
        "files/a.pdf"
    }


def test_a_file_changed_meanwhile_stops_all(folder: Path):
    base = imported(folder, numbered("甲", "乙"))
    made = plan(folder, numbered("甲", "乙", status="done"), base)
    assert len(made.changes) == 2
    edit(folder, "正文。", "刚改过。", "02.md")
    before = {path: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(OSError):
        made.apply()
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
    (folder / "02.md").unlink()
    with pytest.raises(OSError):
        made.apply()


def test_an_interrupted_update_is_finished_by_the_next(folder: Path, monkeypatch):
    base = imported(folder, numbered("甲", "乙", "丙"))
    one = numbered("甲", "乙", "丙", "丁", status="done")
    made = plan(folder, one, base)
    whole, replace = [], os.replace

    def once(*names):
        if whole:
            raise OSError("disk full")
        whole.append(names)
        replace(*names)

    monkeypatch.setattr(os, "replace", once)
    with pytest.raises(OSError):
        made.apply()
    monkeypatch.undo()
    states = [
        (folder / change.name).read_bytes() if (folder / change.name).exists() else None for change in made.changes
    ]
    assert all(state in (change.old, change.new) for state, change in zip(states, made.changes))
    assert sum(state == change.new for state, change in zip(states, made.changes)) == 1
    updated(folder, one, base)
    assert {change.name: (folder / change.name).read_bytes() for change in made.changes} == {
        change.name: change.new for change in made.changes
    }
    made.apply()
    assert plan(folder, one, made.base).changes == ()


_statuses = st.sampled_from(["pending", "ongoing", "staged", "done"])
_wording = st.sampled_from(
    ["台账不全", "台账不够全", "制度执行不严", "制度执行不够严格", "账实不符", "学习不深入", "x: 'y' # z"]
)
_entry = st.tuples(st.dates(date(2024, 1, 1), date(2024, 1, 6)), _wording, st.just("") | _statuses).map(
    lambda one: Progress(*one)
)


@st.composite
def _problem(draw) -> DraftProblem:
    entries = tuple(
        sorted(draw(st.lists(_entry, max_size=3, unique_by=lambda one: (one.date, one.text))), key=lambda one: one.date)
    )
    stated = next((one.status for one in reversed(entries) if one.status), "")
    some = {
        "lead": draw(st.none() | _wording), "deadline": draw(st.none() | st.dates(date(2024, 1, 1), date(2025, 1, 1))),
        "flags": draw(st.sampled_from([None, ("immediate",), ("long-term",)])), "group": draw(st.sampled_from(["一", "二"])),
        "measures": draw(st.lists(_wording.map(Measure), max_size=3).map(tuple)) or None, "progress": entries or None,
    }  # fmt: skip
    return problem(draw(_wording | st.just("")), title=draw(_wording), status=stated or draw(_statuses), **some)


def _printed(problems: list[DraftProblem]) -> Draft:
    return draft(*(one._replace(values={**one.values, "number": str(at)}) for at, one in enumerate(problems, 1)))


_draft = st.lists(_problem(), min_size=1, max_size=4).map(_printed)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(_draft, _draft, _draft, st.booleans(), st.sampled_from([DAY, date(2023, 12, 1), None]))
def test_no_update_loses_breaks_or_repeats_anything(
    tmp_path_factory, said: Draft, hand: Draft, doc: Draft, based: bool, day: date | None
):
    folder = tmp_path_factory.mktemp("any") / "content" / "reports" / "2024-a"
    imported(folder, hand)
    doc = doc._replace(values={**doc.values, "as_of": day})
    base = files(said) if based else None
    before = {path.name: values(folder, path.name) for path in folder.glob("[0-9]*.md")}
    made = plan(folder, doc, base)
    assert "I105" not in rules(made)
    made.apply()
    # Printed numbers that were changed by hand stay, and may be another problem's in the document.
    assert [one for one in broken(folder) if "[S034]" not in one] == []
    for name, old in before.items():
        new = values(folder, name)
        for key in ("lead", "deadline", "flags", "measures", "group"):
            if old.get(key) and new.get(key) != old[key]:
                assert based and name in base and read(base[name], PROBLEM_KEYS).values.get(key) == old[key], (
                    "only what was not edited by hand"
                )
        said_of = read(base[name], PROBLEM_KEYS).values.get("progress", ()) if based and name in base else ()
        kept = {(one.date, one.text) for one in new.get("progress", ())}
        assert {(one.date, one.text) for one in old.get("progress", ()) if one not in said_of} <= kept, (
            "what was entered by hand"
        )
        assert len(new.get("progress", ())) >= len(old.get("progress", ())), "no entry is lost"
    assert len(titles(folder)) >= len(before)
    again = plan(folder, doc, made.base)
    assert again.changes == () and "I103" not in rules(again)
    by_hand = [name for name in before if name in made.base and "I102" not in rules(made)]
    for name in by_hand:
        edit(folder, "\n---\n", "\n责任人: 科长 # 手工\n---\n", name)
    assert plan(folder, doc, made.base).changes == ()
