"""What changed: every public field, nothing else, and with it the new is made from the old again."""

from hypothesis import given
from hypothesis import strategies as st

from rectify.core.changes import changes, changes_of_disclosure, changes_of_site, leading

PROBLEM = {
    "ref": "2024-a/01",
    "title": "管网巡检记录不完整",
    "status": "ongoing",
    "deadline": "2024-09-30",
    "owner": "科长",
    "units": ["管网科", "办公室"],
    "measures": [{"text": "按月抽查", "status": "ongoing"}, {"text": "统一格式"}],
    "progress": [{"date": "2024-06-20", "status": "ongoing", "text": "全面使用"}],
    "closeout": "",
    "withdrawn": "",
    "body": ["第一段。", "第二段。", "第三段。"],
    "links": [],
}


def changed(**values):
    return [(c.kind, c.field, c.before, c.after) for c in changes([PROBLEM], [PROBLEM | values])]


def test_each_field_is_told_by_name():
    assert changed() == []
    assert changed(title="管网巡检有缺失") == [("text", "title", "管网巡检记录不完整", "管网巡检有缺失")]
    assert changed(status="done") == [("done", "", "ongoing", "done")]
    assert changed(status="staged") == [("status", "", "ongoing", "staged")]
    assert changed(deadline="") == [("deadline", "", "2024-09-30", "")]
    assert changed(units=["管网科"]) == [("text", "units", "管网科、办公室", "管网科")]
    assert changed(closeout={"date": "2024-10-01", "by": "巡察办"}) == [
        ("text", "closeout.by", "", "巡察办"),
        ("text", "closeout.date", "", "2024-10-01"),
    ]


def test_lists_and_paragraphs_are_told_piece_by_piece():
    assert changed(body=["第一段。", "第二段，改。", "第三段。", "第四段。"]) == [
        ("text", "body", "第二段。", "第二段，改。"),
        ("text", "body", "", "第四段。"),
    ]
    assert changed(measures=[{"text": "统一格式"}]) == [("text", "measures", "按月抽查（持续推进）", "")]
    more = [*PROBLEM["progress"], {"date": "2024-08-01", "text": "复核"}]
    assert changed(progress=more) == [("progress", "", "", "2024-08-01 复核")]
    other = [{"date": "2024-06-21", "status": "ongoing", "text": "全面使用"}]
    assert changed(progress=other) == [
        ("text", "progress", "2024-06-20（持续推进）全面使用", "2024-06-21（持续推进）全面使用")
    ]


def test_a_withdrawal_tells_no_text():
    gone = PROBLEM | {
        "title": "",
        "withdrawn": {"date": "2024-10-01", "reason": "涉及第三方"},
        "body": [],
        "progress": [],
    }
    assert [(c.kind, c.title, c.before) for c in changes([PROBLEM], [gone])] == [("withdrawn", "", "")]
    assert [c.kind for c in changes([gone], [PROBLEM])] == ["restored"]
    (lost,) = changes([PROBLEM], [])
    assert (lost.kind, lost.title) == ("gone", "")


def test_what_only_one_side_knows_is_not_compared():
    """An older program recorded less."""
    assert changes([{name: PROBLEM[name] for name in ("ref", "title", "status", "deadline")}], [PROBLEM]) == []


def test_a_disclosure_and_the_pages_beside_it():
    one = {"id": "2024-a", "title": "报告", "contact": {"phone": "1"}, "body": ["a"], "problems": [PROBLEM]}
    found = changes_of_disclosure(one, one | {"contact": {"phone": "2"}, "body": ["a", "b"]})
    assert [(c.about, c.field, c.before, c.after) for c in found] == [
        ("disclosure", "contact.phone", "1", "2"),
        ("disclosure", "body", "", "b"),
    ]
    assert [(c.about, c.kind) for c in changes_of_disclosure(None, one)] == [
        ("disclosure", "added"),
        ("problem", "added"),
    ]
    assert [(c.about, c.kind) for c in changes_of_disclosure(one, None)] == [
        ("disclosure", "gone"),
        ("problem", "gone"),
    ]
    page = {"title": "监督方式", "body": ["甲"], "links": []}
    before = {"site": {"name": "旧"}, "pages": {"about/": page, "old/": page}, "files": {"a.png": "1", "b.png": "1"}}
    after = {
        "site": {"name": "新"},
        "pages": {"about/": page | {"body": ["乙"]}},
        "files": {"a.png": "2", "c.png": "1"},
    }
    assert [(c.about, c.ref, c.kind) for c in changes_of_site(before, after)] == [
        ("site", "", "text"),
        ("page", "about/", "text"),
        ("page", "old/", "gone"),
        ("file", "a.png", "text"),
        ("file", "b.png", "gone"),
        ("file", "c.png", "added"),
    ]


def test_a_summary_names_the_course_before_the_wording():
    def kinds(**values):
        return [c.kind for c in leading(changes([PROBLEM], [PROBLEM | values]))]

    more = [*PROBLEM["progress"], {"date": "2024-08-01", "text": "复核"}]
    assert kinds(status="done", progress=more, title="别的") == ["done"]
    assert kinds(progress=more, title="别的") == ["progress"]
    assert kinds(deadline="2025-01-01", progress=more) == ["deadline", "progress"]
    assert kinds(title="别的", owner="处长") == ["text"]


WORDS = st.lists(st.sampled_from(["甲。", "乙。", "丙。", "丁。"]), max_size=6)


@given(WORDS, WORDS)
def test_the_paragraphs_that_stay_are_the_same_on_both_sides(before, after):
    found = changes([PROBLEM | {"body": before}], [PROBLEM | {"body": after}])
    out, put = [c.before for c in found if c.before], [c.after for c in found if c.after]
    assert bool(found) == (before != after)
    for text in set(before + after):
        assert before.count(text) - out.count(text) == after.count(text) - put.count(text) >= 0
