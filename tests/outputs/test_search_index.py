"""The index, read the way docs/search-index.md describes it."""

import dataclasses
import json
import pickle
import struct
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rectify.outputs import search_postings as postings
from rectify.outputs.search_index import SLOT, SearchEntry, analyse, assemble, patch
from rectify.outputs.search_text import fold, tidy

LABELS = {"status": {"done": "已完成", "ongoing": "持续推进"}}
HAN = "整改问题内控制度采购管理落实不到位细化责任清单资金项目监督检查台账巡察反馈通报单位办公室组织处财务"
WORDS = st.text(st.sampled_from(HAN + "12ab３Ａ，、。“” ."), max_size=30)


def entry(
    n: int, title: str, body: str = "", bodies: str = "", unit: str = "市直机关工委", status: str = "done"
) -> SearchEntry:
    day = (date(2023, 1, 1) + timedelta(days=n)).isoformat()
    return SearchEntry(
        f"2023-xx/{n:02d}",
        f"reports/2023-xx/{n:02d}/",
        "problem",
        title,
        unit,
        status,
        False,
        "2023",
        day,
        body,
        fields=(("units", bodies),),
    )


ENTRIES = st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=8).map(
    lambda texts: [entry(n, title or "题", body, bodies) for n, (title, body, bodies) in enumerate(texts)]
)


def build(entries):
    return assemble([analyse(one) for one in entries], LABELS)


def places(files, index, term, is_word):
    number = postings.shard_of(term, is_word, index["shards"], index["spread"])
    found = postings.unpack(files[f"terms/{number}.bin"]).get(term)
    return postings.decode(found) if found else []


def find(files, run):
    """Numbers of the entries that hold a folded run of letters, by the index alone."""
    index = json.loads(files["index.json"])
    begins = None
    # The last character of a run starts no term: what follows it is anyone's guess.
    for at in range(len(run) - 1):
        here = {place - at for place in places(files, index, run[at : at + 2], False)}
        begins = here if begins is None else begins & here
    if begins is None:
        shards = (postings.unpack(data) for path, data in files.items() if path.startswith("terms/"))
        begins = {
            p
            for shard in shards
            for term, found in shard.items()
            if term[0] == run and len(term) < 3
            for p in postings.decode(found)
        }
    return {place // SLOT for place in begins}


@settings(max_examples=60, deadline=None)
@given(ENTRIES, st.data())
def test_every_fragment_of_a_title_is_found(entries, data):
    files = build(entries)
    chosen = data.draw(st.sampled_from(entries))
    title = fold(tidy(chosen.title))
    start = data.draw(st.integers(0, max(0, len(title) - 2)))
    run = title[start : start + data.draw(st.integers(1, 8))]
    assume(run.isalnum())
    texts = [
        "\n".join((tidy(one.title), f"{one.ref} {one.unit} {one.fields[0][1]}", tidy(one.body))) for one in entries
    ]
    assert find(files, run) == {n for n, text in enumerate(texts) if run in fold(text)}


@settings(max_examples=60, deadline=None)
@given(ENTRIES)
def test_the_same_entries_give_the_same_bytes(entries):
    again = [pickle.loads(pickle.dumps(analyse(one))) for one in entries]
    assert assemble(again, LABELS) == build(entries)


@settings(max_examples=100, deadline=None)
@given(ENTRIES, st.data())
def test_patch_equals_rebuild(entries, data):
    before = [analyse(one) for one in entries]
    files = assemble(before, LABELS)
    after = list(before)
    for n in data.draw(st.sets(st.integers(0, len(entries) - 1), max_size=3)):
        field = data.draw(st.sampled_from(["title", "body", "fields", "unit", "status", "overdue"]))
        value = {"overdue": True, "status": "ongoing"}.get(field) or data.draw(WORDS) * data.draw(
            st.sampled_from([1, 1, 60])
        )
        value = (("units", value), ("owner", value)) if field == "fields" else value or "空"
        after[n] = analyse(dataclasses.replace(entries[n], **{field: value}))
    old = {n: before[n] for n in range(len(entries)) if before[n] is not after[n]}
    rebuilt = assemble(after, LABELS)
    assert patch(files.__getitem__, after, old, LABELS) == {
        path: data for path, data in rebuilt.items() if files.get(path) != data
    }


def test_patch_of_a_body_leaves_the_other_files_alone():
    entries = [
        entry(n, f"{a}{b}管理不到位", f"{a}{b}台账共{n}项，{b}{a}检查。")
        for n, (a, b) in enumerate(zip(HAN * 20, HAN[3:] * 20))
    ]
    before = [analyse(one) for one in entries]
    files = assemble(before, LABELS)
    after = [*before]
    after[40] = analyse(dataclasses.replace(entries[40], body=entries[40].body + "另行公布。"))
    changed = patch(files.__getitem__, after, {40: before[40]}, LABELS)
    assert "index.json" in changed and any(path.startswith("cards/") for path in changed)
    assert len(changed) < 12 < len(files)


def test_patch_of_nothing_is_nothing():
    analyses = [analyse(entry(1, "内控制度不细化"))]
    files = assemble(analyses, LABELS)
    assert patch(files.__getitem__, analyses, {0: analyses[0]}, LABELS) == {}


def test_what_is_too_long_for_its_range_is_found_whole():
    title, bodies = HAN * 4, " ".join(HAN[n : n + 3] for n in range(len(HAN) - 3)) + " 最末一处"
    files = build([entry(1, "别的"), entry(2, title, "正文", bodies)])
    assert find(files, fold(title)) == find(files, "最末一处") == find(files, "正文") == {1}


def test_a_long_body_takes_more_slots_and_the_next_entry_stays_itself():
    files = build([entry(1, "甲", HAN * 100), entry(2, "乙", "丙丁")])
    index = json.loads(files["index.json"])
    slots = index["long"][1]
    assert index["long"] == [0, slots] and slots > 3
    assert find(files, "丙丁") == {slots}


def test_phrases_do_not_cross_fields_or_marks():
    files = build([entry(1, "内控", "制度、采购", "管理", unit="单位")])
    assert find(files, "内控制度") == find(files, "制度采购") == find(files, "单位管理") == set()
    assert find(files, "制度") == find(files, "采购") == {0}


def test_what_the_filters_count():
    entries = [entry(1, "甲"), entry(2, "乙", status="ongoing"), entry(3, "丙", unit="县财政局")]
    entries[1] = dataclasses.replace(entries[1], overdue=True)
    entries[2] = dataclasses.replace(entries[2], priority=True, flags=("extended", "long-term"))
    index = json.loads(build(entries)["index.json"])
    kinds = len(index["states"])
    numbers = [number for letter in index["state"] for number in divmod(ord(letter) - 35, kinds)]
    states = [tuple(index["states"][number]) for number in numbers[: index["size"]]]
    assert states == [
        ("problem", "done", False, False, []),
        ("problem", "ongoing", True, False, []),
        ("problem", "done", False, True, ["extended", "long-term"]),
    ]
    assert index["units"] == ["县财政局", "市直机关工委"] and index["years"] == ["2023"]
    assert index["runs"] == [1, 0, 2, 0, 0, 1]
    assert index["labels"] == LABELS


def test_cards_dates_and_disclosures():
    disclosure = SearchEntry(
        "2023-yy", "reports/2023-yy/", "disclosure", "关于…的报告", "乙", "", False, "2023", "", ""
    )
    files = build([entry(1, "甲<b>&"), entry(2, "乙", "正文\n续行"), disclosure])
    stamp = json.loads(files["index.json"])["stamp"]
    assert json.loads(files["cards/0.bin"].decode("utf-16-le")) == [
        stamp,
        0,
        ["reports/2023-xx/01/", "甲<b>&", "2023-01-02", "", "", ["ref", "2023-xx/01", "units", ""], ""],
        ["reports/2023-xx/02/", "乙", "2023-01-03", "正文续行", "", ["ref", "2023-xx/02", "units", ""], ""],
    ]
    assert struct.unpack("<I3H", files["dates.bin"]) == (
        stamp,
        *((date(2023, 1, d) - date(1970, 1, 1)).days for d in (2, 3)),
        0,
    )
    assert json.loads(files["disclosures.json"]) == [stamp, "2023-xx", 2, "2023-yy", 1]


def test_an_empty_register_has_an_index():
    assert json.loads(build([])["index.json"])["state"] == ""


def test_names_say_neither_content_nor_machine():
    assert set(build([entry(1, "甲")])) == {"index.json", "terms/0.bin", "cards/0.bin", "dates.bin", "disclosures.json"}


PLACES = st.lists(st.integers(0, 40_000_000) | st.integers(0, 3000), min_size=1, max_size=80, unique=True).map(sorted)


@given(PLACES)
def test_postings_come_back(places):
    assert postings.decode(postings.encode(places)) == places


def test_frequent_terms_take_two_bytes_and_rare_ones_three():
    assert postings.encode(range(0, 10_000, 10))[0] == 2
    assert postings.encode([5_000_000, 10_000_000])[0] == 3


@settings(max_examples=300)
@given(
    st.sets(st.integers(0, 400_000), min_size=1, max_size=300),
    st.integers(0, 400),
    st.sets(st.integers(0, 999), max_size=20),
)
def test_replacing_equals_encoding_anew(places, slot, now):
    start, end = slot * 1000, slot * 1000 + 1000
    wanted = sorted({place for place in places if not start <= place < end} | {start + place for place in now})
    replaced = postings.replace(
        postings.encode(sorted(places)), start, end, sorted(start + place for place in now), 401_000
    )
    assert replaced == (postings.encode(wanted) if wanted else None)


@given(st.dictionaries(st.text(st.sampled_from(HAN + "ab1."), min_size=1, max_size=4), PLACES.map(postings.encode)))
def test_shards_come_back(found):
    assert postings.unpack(postings.pack(7, found)) == found


@pytest.mark.parametrize("spread", [1, 4, 16])
def test_one_first_character_lies_in_few_shards(spread):
    used = {postings.shard_of("整" + second, False, 2000, spread) for second in HAN}
    assert len(used) <= spread
