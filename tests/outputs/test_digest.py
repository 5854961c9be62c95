"""The digest's texts: what is in them, how long they get, and that no title can break out of them."""

import json
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify.core.language import language
from rectify.outputs import digest as texts
from rectify.outputs.digest import Publication, digest

ON = date(2024, 10, 1)
SITE = "https://zg.qingchuan.example"


def problem(ref: str, title: str = "巡检记录不完整", status: str = "ongoing", deadline: str = "", **values) -> dict:
    return {
        "ref": ref,
        "disclosure": ref.partition("/")[0],
        "title": title,
        "status": status,
        "deadline": deadline,
        "url": f"reports/{ref}/",
        "progress": [],
        **values,
    }


def made(before: list[dict] | None, now: list[dict], days: int = 14, **options) -> texts.Digest:
    units = {"2024-a": "清川市水务局"}
    earlier = None if before is None else Publication("0001-a", before, units)
    return digest(earlier, Publication("0002-b", now, units), ON, days, **options)


def keys(one: texts.Digest) -> dict[str, list[str]]:
    return {section.key: [row.ref for row in section.rows] for section in one.sections}


def test_sections_in_the_order_readers_want():
    before = [
        problem("2024-a/01"),
        problem("2024-a/02", status="done"),
        problem("2024-a/03", deadline="2024-12-31"),
        problem("2024-a/09"),
    ]
    now = [
        problem("2024-a/01", status="done"),
        problem("2024-a/02"),
        problem("2024-a/03", deadline="2025-06-30"),
        problem("2024-a/04"),
    ]
    one = made(before, now)
    assert list(keys(one).items()) == [
        ("done", ["2024-a/01"]),
        ("reopened", ["2024-a/02"]),
        ("added", ["2024-a/04"]),
        ("deadline", ["2024-a/03"]),
        ("gone", ["2024-a/09"]),
    ]
    text = texts.as_text(one)
    assert "4个问题：已完成1个，持续推进3个；0002-b 与 0001-a 相比。" in text
    assert "持续推进 → 已完成" in text and "2024年12月31日 → 2025年6月30日" in text and "清川市水务局：" in text


@pytest.mark.parametrize(
    ("deadline", "status", "section"),
    [
        ("2024-09-30", "ongoing", "overdue"),
        ("2024-10-01", "pending", "due"),
        ("2024-10-15", "staged", "due"),
        ("2024-10-16", "ongoing", None),
        ("2024-09-30", "done", None),
        ("2024-09-30", "closed-out", None),
        ("长期坚持", "ongoing", None),
        ("", "ongoing", None),
    ],
)
def test_overdue_and_due_by_the_day(deadline, status, section):
    now = [problem("2024-a/01", deadline=deadline, status=status)]
    assert keys(made(now, now)) == ({section: ["2024-a/01"]} if section else {})


def test_a_withdrawn_problem_is_neither_overdue_nor_due():
    now = [problem("2024-a/01", deadline="2024-09-01", withdrawn="2024-09-20")]
    assert made(now, now).empty


def test_the_earliest_deadline_first_with_its_days():
    now = [
        problem("2024-a/01", deadline="2024-09-28"),
        problem("2024-a/02", deadline="2024-01-31"),
        problem("2024-a/03", deadline="2024-10-11"),
    ]
    one = made(now, now)
    assert keys(one)["overdue"] == ["2024-a/02", "2024-a/01"]
    assert [row.detail for section in one.sections for row in section.rows] == [
        "时限 2024-01-31，已过 244 天",
        "时限 2024-09-28，已过 3 天",
        "时限 2024-10-11，还有 10 天",
    ]


def test_the_title_of_what_is_gone_is_gone_too():
    one = made([problem("2024-a/01", "某某村的旧题目")], [])
    assert "旧题目" not in json.dumps(texts.webhook(one), ensure_ascii=False) + texts.as_html(
        one
    ) and "2024-a/01" in texts.as_text(one)


def test_nothing_to_tell():
    one = made([], [])
    assert one.empty and one.sections == ()
    for text in (texts.as_text(one), texts.as_html(one), texts.wecom(one)["markdown"]["content"]):
        assert "没有变化" in text
    assert "没有可以比较的公开" in made(None, [problem("2024-a/01")]).lead


def test_links_only_where_the_address_is_known():
    now = [problem("2024-a/01")]
    assert "http" not in texts.as_text(made([], now))
    assert f"{SITE}/reports/2024-a/01/" in texts.as_text(made([], now, address=SITE))
    assert f'href="{SITE}/reports/2024-a/01/"' in texts.as_html(made([], now, address=f"{SITE}/"))


def test_english():
    one = made([problem("2024-a/01")], [problem("2024-a/01", status="done", deadline="")], language=language("en"))
    text = texts.as_text(one)
    assert "1 problem: 1 done, 0 ongoing" in text and "done (1)" in text


class _Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen, self.text = [], []

    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)
        assert not {name for name, _ in attrs} & {"src", "class", "onclick", "onerror"}

    def handle_data(self, data):
        self.text.append(data)


TRAPS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=y>',
    "[内部](http://evil.example)",
    "**全部**@所有人 `码`",
    "<@all>",
    '<font color="red">x</font>',
    "# 一行\n# 二行",
]


@pytest.mark.parametrize("title", TRAPS)
def test_no_title_becomes_markup(title):
    one = made([], [problem("2024-a/01", title)], address=SITE)
    tags = _Tags()
    tags.feed(texts.as_html(one))
    assert (
        "script" not in tags.seen and "img" not in tags.seen and "font" not in tags.seen and title in "".join(tags.text)
    )
    for line in texts.wecom(one)["markdown"]["content"].split("\n\n")[3:]:
        inside, _, url = line.removeprefix("- [").partition("](")
        assert not set(inside) & set("<>[]*_`~#\n") and url == f"{SITE}/reports/2024-a/01/)"


@pytest.mark.parametrize(
    ("count", "form", "limit"), [(2000, "wecom", 4096), (2000, "dingtalk", 20000), (2, "wecom", 4096)]
)
def test_a_message_is_never_longer_than_the_robot_takes(count, form, limit):
    now = [problem(f"2024-a/{n:02d}", "管网巡检记录不完整" * 5) for n in range(1, count + 1)]
    message = {"wecom": texts.wecom, "dingtalk": texts.dingtalk}[form](made([], now, address=SITE))
    text = message["markdown"]["content" if form == "wecom" else "text"]
    size = len(text.encode()) if form == "wecom" else len(json.dumps(message, ensure_ascii=False).encode())
    assert size <= limit
    shown = text.count("- [")
    assert (f"另有 {count - shown} 项，见网站。 {SITE}/" in text) == (count > shown) and shown > 1
    if count > shown:
        assert size > limit * 0.8, "the room is used"


@given(
    st.lists(st.tuples(st.text(max_size=400), st.sampled_from(["ongoing", "done"])), max_size=30),
    st.integers(400, 4096),
)
def test_any_limit_is_kept_and_every_row_is_told_or_counted(rows, limit):
    now = [problem(f"2024-a/{n:02d}", title, status) for n, (title, status) in enumerate(rows)]
    text = texts.as_markdown(made([], now, address=SITE), limit)
    assert len(text.encode()) <= limit
    shown = text.count(f"]({SITE}/reports/")
    assert (
        shown + sum(int(part.partition(" ")[0]) for part in text.split("另有 ")[1:] if "项，见网站" in part) == len(now)
        or not now
    )


def test_a_mail_needs_nothing_from_elsewhere():
    page = texts.as_html(made([], [problem("2024-a/01")], address=SITE))
    assert (
        "<style" not in page and "<link" not in page and "url(" not in page and "src=" not in page and "<table" in page
    )
