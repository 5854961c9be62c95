"""Feeds, calendar and badge, read by what others wrote."""

import json
from datetime import date
from xml.etree import ElementTree as xml

import feedparser
import icalendar
from hypothesis import given
from hypothesis import strategies as st

from rectify.outputs.badge import badge
from rectify.outputs.feeds import Deadline, Feed, Item, atom, calendar, json_feed

SITE = "https://zg.example/"
TEXT = st.text(st.sampled_from("整改问题<>&\"'\\;, aé\x0b\ud800") | st.characters(exclude_characters="\r"), max_size=90)
LINE = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), max_size=90)
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def feed(drawn: list[tuple[str, date]]) -> Feed:
    items = [Item(f"{SITE}#{n}", SITE, f"{text}！", text, day, "done") for n, (text, day) in enumerate(drawn)]
    return Feed("清川市整改公开", SITE, "办公室", "zh-CN", date(2025, 9, 25), items)


def printable(text: str) -> str:
    return "".join(
        c for c in text if c in "\t\n" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )


@given(st.lists(st.tuples(TEXT, st.dates()), max_size=4))
def test_an_atom_feed_says_what_happened_whatever_that_is(drawn):
    root = xml.fromstring(atom(feed(drawn), f"{SITE}feed.xml"))
    assert all(root.find(f"a:{name}", ATOM) is not None for name in ("title", "id", "updated", "author/a:name"))
    found = [(e.find("a:id", ATOM).text, e.find("a:summary", ATOM).text or "") for e in root.findall("a:entry", ATOM)]
    assert found == [(f"{SITE}#{n}", printable(text)) for n, (text, _) in enumerate(drawn)]


@given(st.lists(st.tuples(LINE, st.dates()), max_size=4))
def test_a_json_feed_has_what_its_version_asks_for(drawn):
    data = json.loads(json_feed(feed(drawn), f"{SITE}feed.json"))
    assert (data["version"], data["feed_url"]) == ("https://jsonfeed.org/version/1.1", f"{SITE}feed.json")
    assert [one["content_text"] for one in data["items"]] == [text or "！" for text, _ in drawn]
    assert all(one["id"] and one["url"] and len(one["date_published"]) == 20 for one in data["items"])


@given(st.lists(st.tuples(LINE, st.dates(date(2000, 1, 1))), max_size=3))
def test_a_calendar_has_a_day_for_each_deadline_in_lines_of_its_form(drawn):
    some = [Deadline(f"2025-a/{n}", f"{SITE}{n}/", title, "局", day) for n, (title, day) in enumerate(drawn)]
    made = calendar("整改时限", SITE, date(2025, 9, 25), some)
    assert all(len(line) <= 75 for line in made.split(b"\r\n")) and made.endswith(b"END:VCALENDAR\r\n")
    whole = made.decode().replace("\r\n ", "").split("\r\n")
    said = [line.removeprefix("SUMMARY:") for line in whole if line.startswith("SUMMARY:")]
    plain = [text.replace("\\\\", "\0").replace("\\", "").replace("\0", "\\") for text in said]
    assert plain == [one.title for one in some]
    assert [line[-8:] for line in whole if line.startswith("DTSTART")] == [f"{one.day:%Y%m%d}" for one in some]


def test_a_badge_names_itself():
    root = xml.fromstring(badge("已完成", "9/16"))
    assert root.attrib["aria-label"] == root[0].text == "已完成 9/16"
    assert [one.text for one in root if one.tag.endswith("}text")] == ["已完成", "9/16"]


SAID = [("第3项：管网“漏损”<30%> & 治理；其他，等\\n", date(2025, 9, 1)), ("完成" * 40, date(2024, 12, 31))]


def test_readers_of_others_understand_the_feed_and_the_calendar():
    read = feedparser.parse(atom(feed(SAID), f"{SITE}feed.xml"))
    assert (read.bozo, read.version, read.feed.title, read.feed.author) == (False, "atom10", "清川市整改公开", "办公室")
    days = [date(*entry.updated_parsed[:3]) for entry in read.entries]
    assert days == [day for _, day in SAID] and read.entries[1].title == f"{SAID[1][0]}！"
    some = [Deadline(f"2025-a/{n}", f"{SITE}{n}/", title, "局", day) for n, (title, day) in enumerate(SAID)]
    events = icalendar.Calendar.from_ical(calendar("整改时限", SITE, date(2025, 9, 25), some)).walk("VEVENT")
    assert [(str(one["summary"]), one["dtstart"].dt, one.errors) for one in events] == [(*said, []) for said in SAID]
