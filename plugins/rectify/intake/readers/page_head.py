"""What a saved page says about itself: its title, the pairs of its head block, the names of its attachments."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import unquote

from lxml import etree

from rectify.intake.readers.page_words import ATTACHMENTS, LABELS, META

JOINT = "\x02"
"""Stands between texts of one line that belong to different elements: a label and its value, or parts of one value."""

_LONGEST_VALUE = 120
_LABEL = "|".join(r"\s*".join(label) for label in sorted(LABELS, key=len, reverse=True))
_PAIR = re.compile(rf"(?<!\w)({_LABEL})[\s{JOINT}]*[：:]")
_OTHER_LABEL = re.compile(r"\s{2,}|[\[【|]|(?:浏览|访问|阅读|点击)[量次数]|字体|字号|打印|分享")
_SITE = re.compile(r"\s*[-_—–|｜]+\s*")


def squeeze(text: str) -> str:
    """Return a text in the form that titles and labels are compared in: NFKC, without spaces."""
    return "".join(unicodedata.normalize("NFKC", text.replace(JOINT, "")).split())


def metadata(root: etree._Element) -> list[tuple[str, str]]:
    """Return name and content of the page's own meta elements."""
    names = {name.lower(): name for name in META}
    pairs = []
    for element in root.iter("meta"):
        name, content = names.get(element.get("name", "").lower()), element.get("content", "").strip()
        if name and content:
            pairs.append((name, content[:_LONGEST_VALUE]))
    return pairs


def pairs_of(texts: Iterable[str]) -> list[tuple[str, str]]:
    """Return the label and value pairs in texts that follow each other: `发布日期：2024-01-05`, or label and value apart."""
    pairs, waiting = [], ""
    for text in texts:
        if label := _label(text):
            waiting = label
        elif waiting and text.strip():
            pairs.append((waiting, _value(text)[:_LONGEST_VALUE]))
            waiting = ""
        else:
            pairs += _pairs_in(text)
    return pairs


def _label(text: str) -> str:
    """Return the label that a text is, else nothing; a short one, an ordinary word too, needs its colon."""
    plain = squeeze(text[:40])
    label = plain.rstrip(":")
    return label if label in LABELS and (len(label) > 2 or plain != label) else ""


def _pairs_in(text: str) -> Iterator[tuple[str, str]]:
    found = list(_PAIR.finditer(text[:2000]))
    for match, following in zip(found, [*found[1:], None]):
        value = text[match.end() : following.start() if following else match.end() + _LONGEST_VALUE]
        value = _value(_OTHER_LABEL.split(value.strip(JOINT + " \n\t\u00a0"))[0])
        if value:
            yield squeeze(match[1]), value


def _value(text: str) -> str:
    return " ".join(text.replace(JOINT, "").split())


def title_of(root: etree._Element, meta: Iterable[tuple[str, str]]) -> tuple[str, int]:
    """Return the title of the article and its line: by its meta element, its heading or the page's own title."""
    page = next((_words(e) for e in root.iter("title")), "")
    stated = dict(meta).get("ArticleTitle", "")
    headings = [(_words(e), e.sourceline or 1) for e in root.iter("h1", "h2", "h3")]
    titled = (
        e for e in root.iter("div", "p", "td", "span") if "title" in f"{e.get('class', '')} {e.get('id', '')}".lower()
    )
    headings += [(_words(e), e.sourceline or 1) for e in titled if len(e) < 5]
    whole = squeeze(stated or page)
    named = [h for h in headings if len(squeeze(h[0])) > 5 and squeeze(h[0]) in whole]
    if named:
        return max(named, key=lambda h: len(h[0]))
    if stated:
        return stated, 1
    first = next(((text, line) for text, line in headings if len(text) > 5), None)
    return first or (_SITE.split(page)[0], next((e.sourceline or 1 for e in root.iter("title")), 1))


def attachments(root: etree._Element) -> list[str]:
    """Return the words of the links to documents, each once."""
    names: dict[str, None] = {}
    for link in root.iter("a"):
        address = link.get("href", "").split("?")[0].split("#")[0]
        if address.lower().endswith(ATTACHMENTS):
            words = _words(link)
            names[words[:60] or unquote(address.rpartition("/")[2])[:60]] = None
    return list(names)


def _words(element: etree._Element) -> str:
    """Return an element's text on one line; of a long one its beginning."""
    return " ".join("".join(islice(element.itertext(), 20)).split())[:300]
