"""What happened, as feeds: Atom (RFC 4287) and JSON Feed 1.1; deadlines as a calendar (RFC 5545)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple
from urllib.parse import urlsplit
from xml.etree import ElementTree as xml

_ATOM = "http://www.w3.org/2005/Atom"
UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold."""
_LINE = 74
"""Octets of a line of a calendar; a longer one goes on in the next."""


class Item(NamedTuple):
    """One thing that happened."""

    id: str
    """An address that is this item's for good."""
    url: str
    title: str
    text: str
    day: date
    kind: str
    """In one word: progress, or what publications call it."""
    language: str = ""
    """Of its texts, where that is not the feed's."""


class Feed(NamedTuple):
    """Items, the newest first."""

    title: str
    url: str
    """Of the page that shows the same."""
    author: str
    language: str
    updated: date
    items: Sequence[Item]


class Deadline(NamedTuple):
    """The last day for one problem."""

    ref: str
    url: str
    title: str
    unit: str
    day: date


def atom(feed: Feed, url: str) -> bytes:
    """Return the Atom file of a feed, which lies at `url`. Days begin at midnight UTC, which is the same day in China."""
    xml.register_namespace("", _ATOM)
    root = xml.Element(f"{{{_ATOM}}}feed", {"xml:lang": feed.language})
    _text(root, "title", feed.title)
    _text(root, "id", url)
    _text(root, "updated", _moment(feed.updated))
    xml.SubElement(root, f"{{{_ATOM}}}link", {"rel": "self", "type": "application/atom+xml", "href": url})
    xml.SubElement(root, f"{{{_ATOM}}}link", {"rel": "alternate", "type": "text/html", "href": feed.url})
    _text(xml.SubElement(root, f"{{{_ATOM}}}author"), "name", feed.author)
    for item in feed.items:
        entry = xml.SubElement(root, f"{{{_ATOM}}}entry", {"xml:lang": item.language} if item.language else {})
        _text(entry, "title", item.title)
        _text(entry, "id", item.id)
        xml.SubElement(entry, f"{{{_ATOM}}}link", {"rel": "alternate", "type": "text/html", "href": item.url})
        _text(entry, "updated", _moment(item.day))
        xml.SubElement(entry, f"{{{_ATOM}}}category", {"term": item.kind})
        _text(entry, "summary", item.text)
    xml.indent(root)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + xml.tostring(root, "utf-8") + b"\n"


def json_feed(feed: Feed, url: str) -> bytes:
    """Return the JSON file of a feed, which lies at `url`."""
    data = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.url,
        "feed_url": url,
        "language": feed.language,
        "authors": [{"name": feed.author}],
        "items": [
            {
                "id": item.id,
                "url": item.url,
                "title": item.title,
                "content_text": item.text or item.title,
                "date_published": _moment(item.day),
                "tags": [item.kind],
                **({"language": item.language} if item.language else {}),
            }
            for item in feed.items
        ],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1).replace("<", "\\u003c") + "\n").encode()


def calendar(title: str, site_url: str, on: date, deadlines: Iterable[Deadline]) -> bytes:
    """Return the calendar of deadlines, a whole day each; `on` is the day that the data are of."""
    host = urlsplit(site_url).netloc
    stamp = f"{on:%Y%m%d}T000000Z"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//rectify//deadlines//ZH", f"X-WR-CALNAME:{_escaped(title)}"]
    for one in deadlines:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{one.ref}@{host}",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}",
            "TRANSP:TRANSPARENT",
            f"SUMMARY:{_escaped(one.title)}",
            f"DESCRIPTION:{_escaped(one.unit)}",
            f"URL:{one.url}",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _text(parent: xml.Element, name: str, text: str) -> None:
    xml.SubElement(parent, f"{{{_ATOM}}}{name}").text = UNPRINTABLE.sub("", text)


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _escaped(text: str) -> str:
    return re.sub(r"([\\;,])", r"\\\1", text).replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Yield a line in parts, each but the first after a blank, none cut within a character."""
    part, size = "", 0
    for char in line:
        octets = len(char.encode("utf-8", "replace"))
        if size + octets > _LINE:
            yield part
            part, size = " ", 1
        part, size = part + char, size + octets
    yield part
