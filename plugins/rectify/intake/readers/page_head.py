"""What a saved page says about itself: its title, the pairs of its head block, the names of its attachments."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import unquote

from lxml import etree

from rectify.intake.readers.page_words import ATTACHMENTS, FOOTER, FURNITURE, FURNITURE_LABELS, LABELS, META

JOINT = "\x02"
"""Stands between texts of one line that belong to different elements: a label and its value, or parts of one value."""

_LONGEST_VALUE = 120
_LABEL = "|".join(r"\s*".join(label) for label in sorted(LABELS, key=len, reverse=True))
_PAIR = re.compile(rf"(?<!\w)({_LABEL})[\s{JOINT}]*[：:]")
_OTHER_LABEL = re.compile(r"\s{2,}|[\[【|]|(?:浏览|访问|阅读|点击)[量次数]|字体|字号|打印|分享")
_SITE = re.compile("[-_—–|｜]")


def squeeze(text: str) -> str:
    """Return a text in the form that titles and labels are compared in: NFKC, without spaces."""
    return "".join(unicodedata.normalize("NFKC", text.replace(JOINT, "")).split())


_SHORT = 80
_BUTTONS = re.compile("|".join(sorted(map(squeeze, FURNITURE), key=len, reverse=True)))
_BUTTON_LABELS = re.compile(rf"[【(\[]?(?:{'|'.join(FURNITURE_LABELS)}):")
_FOOTER = tuple(map(squeeze, FOOTER))
_BAR = re.compile("[【(\\[]?(?:发布日期|发布时间|更新时间|信息来源|来源|日期|时间):")
_CRUMBS = re.compile("(?:首页|位置).{0,60}[>＞»›]")
STAMP = re.compile(r"20\d\d[-./年]\d{1,2}[-./月]\d{1,2}(?:日|(?!\d))")
_STAMPED = re.compile(
    rf"{STAMP.pattern}.{{0,24}}(?:来源|作者|浏览|阅读|点击|编辑|字[体号])[^，。]{{0,6}}[：:]|(?:来源|作者)[：:][^，。]{{0,30}}{STAMP.pattern}"
)


def is_furniture(text: str) -> bool:
    """Return whether a line is the site's and not the article's: buttons, counters, crumbs, the bar with date and source."""
    if is_button(text) or _CRUMBS.search(text[: 2 * _SHORT]):
        return True
    plain = squeeze(text[: 4 * _SHORT])
    if "。" in plain or len(plain) > 2 * _SHORT:
        return False
    return (_BAR.match(plain) is not None and pairs_of([text]) != []) or _STAMPED.search(text) is not None


def is_button(text: str) -> bool:
    """Return whether a line holds only what a site puts around its articles, wherever on the page it stands."""
    plain = squeeze(text[: 4 * _SHORT])
    if len(plain) > _SHORT:
        return False
    if any(word in plain for word in _FOOTER) or _BUTTON_LABELS.match(plain):
        return True
    rest = _BUTTONS.sub("", plain)
    return rest != plain and not any(character.isalpha() for character in rest)


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
        if label := label_of(text):
            waiting = label
        elif waiting and text.strip():
            pairs.append((waiting, _value(text)[:_LONGEST_VALUE]))
            waiting = ""
        else:
            pairs += _pairs_in(text)
    return pairs


def label_of(text: str) -> str:
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
    return first or (_SITE.split(page)[0].rstrip(), next((e.sourceline or 1 for e in root.iter("title")), 1))


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
