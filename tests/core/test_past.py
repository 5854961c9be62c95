"""What was said earlier is made again from what is said now and what was written down of the changes, exactly or not at all."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from rectify.core.changes import GAP, changes_of_disclosure, parts_of
from rectify.core.history import History, lines_of, parse_history
from rectify.core.language import language
from rectify.core.past import WITHHELD, Records, Ways
from rectify.outputs.past_register import past_register

WORDS = st.sampled_from(["甲。", "乙（已完成）", "丙 files/x", "丁，戊。", "（持续推进）己"])


def entries(**parts):
    """Lists of entries with some of these parts, in their order."""
    one = st.fixed_dictionaries({name: st.one_of(st.just(""), values) for name, values in parts.items()})
    named = one.map(lambda entry: {name: entry[name] for name in parts if entry[name]})
    return st.lists(named.filter(bool), max_size=4)


ENTRIES = entries(
    date=st.sampled_from(["2024-06-20", "2024-07-01"]),
    text=WORDS,
    status=st.sampled_from(["ongoing", "done"]),
    files=st.lists(st.sampled_from(["files/表 1.csv", "files/b.pdf"]), max_size=2),
)
PROBLEMS = st.fixed_dictionaries(
    {
        "title": WORDS,
        "status": st.sampled_from(["ongoing", "done", "staged"]),
        "group": WORDS,
        "units": st.lists(st.sampled_from(["管网科", "办公室", "财务科"]), unique=True),
        "deadline": st.sampled_from(["", "2024-09-30", "2025-03-31"]),
        "earlier": st.lists(st.sampled_from(["2023-b/01", "2022-c/07"]), unique=True),
        "flags": st.lists(st.sampled_from(["long-term", "extended"]), unique=True),
        "measures": entries(text=WORDS, status=st.just("done")),
        "progress": ENTRIES,
        "closeout": st.sampled_from(["", {"date": "2024-10-01", "by": "巡察办"}, {"date": "2024-10-02"}]),
        "body": st.lists(WORDS, max_size=6),
        "links": st.lists(st.sampled_from(["a", "b"]), max_size=3),
        "withdrawn": st.just(""),
    }
)
DISCLOSURES = st.builds(
    lambda title, declared, outcomes, body, problems: {
        "id": "2024-a",
        "title": title,
        "declared": declared,
        "outcomes": outcomes,
        "body": body,
        "problems": [{"ref": f"2024-a/{n:02}", **one} for n, one in enumerate(problems, start=1)],
    },
    WORDS,
    st.dictionaries(st.sampled_from(["total", "done"]), st.integers(0, 3)),
    entries(name=WORDS, count=st.just("8.56"), unit=st.just("万元")),
    st.lists(WORDS, max_size=6),
    st.lists(PROBLEMS, min_size=1, max_size=3),
)


def plain(record):
    """A record without what is empty: how nothing is written differs."""
    if isinstance(record, dict):
        return {k: plain(v) for k, v in record.items() if (v or v == 0) and k != WITHHELD}
    return [plain(one) for one in record] if isinstance(record, list) else record


def textual(record):
    """The same with the entries of lists as texts: 甲（已完成） is one text, whether or not a part of it is a status."""
    lists = {name: parts_of(name, record) for name in ("progress", "measures", "outcomes") if record.get(name)}
    problems = [textual(one) for one in record.get("problems", ())]
    return plain({**record, **lists, "problems": problems})


def chain(*steps):
    history = History()
    for number, found in enumerate(steps, start=1):
        head = {"release": f"{number:04}-a", "on": f"2024-0{number}-15"}
        history = history.with_lines(lines_of(head, found), b"secret")
    return parse_history(history.data())


@settings(max_examples=60)
@given(DISCLOSURES, DISCLOSURES, DISCLOSURES)
def test_what_was_said_before_any_edits_is_found_again(first, second, third):
    for later, earlier in ((second, first), (third, second)):
        later["problems"] = later["problems"][: len(earlier["problems"])] or later["problems"]
        later["problems"] += [
            {**later["problems"][0], "ref": one["ref"]} for one in earlier["problems"][len(later["problems"]) :]
        ]
    history = chain([], changes_of_disclosure(first, second), changes_of_disclosure(second, third))
    ways = Ways(history)
    for release, expected in (("0002-a", second), ("0001-a", first)):
        records = Records(["2024-a"], lambda rid: json.loads(json.dumps(third)))
        records.go(ways, "0003-a", release)
        found = records.record("2024-a")
        assert textual(found) == textual(expected) and not records.lost
        assert not any(one.get(WITHHELD) for one in (found, *found["problems"]))
    forth = Records(["2024-a"], lambda rid: json.loads(json.dumps(first)))
    forth.go(ways, "0001-a", "0003-a")
    there = {one["ref"] for one in first["problems"]}
    known = {**third, "problems": [one for one in third["problems"] if one["ref"] in there]}
    assert textual(forth.record("2024-a")) == textual(known)
    assert forth.lost == {one["ref"] for one in third["problems"]} - there


def test_what_was_taken_out_of_a_list_withholds_its_entry_alone():
    def told(*body, phone="1", progress=()):
        one = {"ref": "2024-a/01", "title": "甲", "status": "done", "progress": list(progress), "body": []}
        return {"id": "2024-a", "title": "乙", "contact": {"phone": phone}, "body": list(body), "problems": [one]}

    entry = {"date": "2024-01-02", "text": "秘。"}
    first = told("一", "二", "三")
    second = told("一", "秘", "三", "四", phone="秘", progress=[{"date": "2024-01-01", "text": "开。"}, entry])
    third = told("一", "明", "三", "四", phone="2", progress=[{"date": "2024-01-01", "text": "开。"}])
    history = chain([], changes_of_disclosure(first, second), changes_of_disclosure(second, third))
    gone = {checksum for checksum, change in history.texts() if "秘" in change.before + change.after}
    ways = Ways(parse_history(history.without_texts(gone, "2024-04-01", "0003-a").data()))

    def at(release):
        records = Records(["2024-a"], lambda rid: json.loads(json.dumps(third)))
        records.go(ways, "0003-a", release)
        return records.record("2024-a")

    second, first = at("0002-a"), at("0001-a")
    assert (second["body"], second[WITHHELD]) == (["一", GAP, "三", "四"], ["body", "contact.phone"])
    assert parts_of("progress", second["problems"][0]) == ["2024-01-01 开。", GAP]
    assert (first["body"], first["problems"][0]["progress"]) == (["一", GAP, "三"], [])
    assert not first["problems"][0][WITHHELD]
    past = past_register(
        Records(
            ["2024-a"],
            lambda rid: {
                **second,
                "genre": "rectification",
                "unit": "丙",
                "as_of": "2024-01-01",
                "published": "2024-01-01",
            },
        ),
        {},
        language("zh"),
    )
    assert [len(problem.progress) for problem in past.register.problems] == [1]
    assert past.withheld["2024-a/01"] == ("progress",)
