"""Changes as pages show them: what it is called, and from what to what, with words taken out and put in marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from markupsafe import Markup

from rectify.core.changes import APPEARANCE, ATTACHMENTS, BODY, FORM, LINKS, OTHER, SAME, Change
from rectify.core.language import N_, Language, Message
from rectify.core.vocabulary import CLOSED, DISCLOSURE_KEYS, PROBLEM_KEYS, RECORDS, STATUSES, Keys
from rectify.host.marked_changes import IN, OUT, marked
from rectify.host.site_texts import SiteTexts
from rectify.outputs.change_texts import KINDS, from_to

_NAMES: dict[str, Message] = {
    BODY: N_("正文"),
    LINKS: N_("链接"),
    FORM: N_("格式"),
    ATTACHMENTS: N_("附件"),
    APPEARANCE: N_("网站外观"),
    "name": N_("网站名称"),
    "publisher": N_("网站的公开机关"),
    "address": N_("网址"),
    "description": N_("说明"),
    "overdue_on": N_("按哪一天计算逾期"),
    "copyright": N_("版权说明"),
    "language": N_("网站语言"),
    "program": N_("程序版本"),
}
_RESTORED: dict[str, Message] = {
    SAME: N_("文字与撤回以前相同"),
    OTHER: N_("文字与撤回以前不同，以前的没有公开"),
    "": N_("与撤回以前的文字没有比较"),
}
_SHORT = 12
"""Digits of a checksum that are shown."""
_AROUND = 40
"""Characters of unchanged text that are shown beside a change."""


class Row(NamedTuple):
    """One change on a page."""

    name: str
    text: Markup


def rows(changes: Iterable[Change], texts: SiteTexts) -> list[Row]:
    """Return the changes of one thing."""
    return [Row(_name(change, texts.language), _text(change, texts)) for change in changes]


def _name(change: Change, language: Language) -> str:
    if change.kind == "text" and change.about == "file":
        return language.text("内容更换")
    if change.kind != "text":
        return language.outside(language.say(KINDS[change.kind].name))
    field, _, part = change.field.partition(".")
    keys = _keys(change)
    if (field in _NAMES and change.about != "problem") or field not in keys.entries:
        return language.outside(language.say(_NAMES[field])) if field in _NAMES else field
    name = language.name(keys[field])
    if field == "declared":
        counted = language.name(STATUSES[part]) if part in STATUSES.entries else language.text("总数")
        return language.text("{name}：{text}", name=name, text=counted)
    record = RECORDS.get(keys[field].kind)
    if part and record and part in record.entries:
        return language.text("{name}：{text}", name=name, text=language.name(record[part]))
    return name


def _text(change: Change, texts: SiteTexts) -> Markup:
    if change.kind != "text":
        if change.kind == "restored":
            return Markup.escape(texts.language.say(_RESTORED[change.field]))
        if change.kind == "ended":
            return Markup.escape(texts.language.text("只留条目，内容不再公开"))
        told = from_to(change.kind, change.before, change.after, texts.language)
        return Markup("{}").format(texts.as_written(told))
    if change.field in (APPEARANCE, FORM):
        return Markup("{}").format(texts.language.text("有改动"))
    if (key := _keys(change).entries.get(change.field)) and key.kind in CLOSED:
        before, after = (_named(key.kind, text, texts.language) for text in (change.before, change.after))
        return Markup().join(_marked(before, after, texts))
    before, after = (_readable(change, text) for text in (change.before, change.after))
    return Markup("<span{}>{}</span>").format(
        texts.lang_of(before + after), Markup().join(_marked(before, after, texts))
    )


def _keys(change: Change) -> Keys:
    return PROBLEM_KEYS if change.about == "problem" else DISCLOSURE_KEYS


def _named(kind: str, text: str, language: Language) -> str:
    """Return the vocabulary's words in a text as the site calls them."""
    words = text.split("、") if text else []
    terms = [(word, CLOSED[kind].find(word)) for word in words]
    return language.text("、").join(language.name(term) if term else word for word, term in terms)


def _readable(change: Change, text: str) -> str:
    """Return a text with checksums shortened to what can be compared by eye."""
    if change.about == "file":
        return text[:_SHORT]
    if change.field == ATTACHMENTS and text:
        name, _, checksum = text.rpartition(" ")
        return f"{name} {checksum[:_SHORT]}"
    return text


def _marked(before: str, after: str, texts: SiteTexts) -> Iterator[Markup]:
    parts = marked(before, after)
    for number, part in enumerate(parts):
        if part.mark == OUT:
            yield Markup('<del><span class="rf-hidden">{}</span>{}</del>').format(
                texts.language.text("删去："), part.text
            )
        elif part.mark == IN:
            yield Markup('<ins><span class="rf-hidden">{}</span>{}</ins>').format(
                texts.language.text("新加："), part.text
            )
        else:
            yield Markup("{}").format(_around(part.text, number > 0, number + 1 < len(parts)))


def _around(text: str, follows: bool, goes_on: bool) -> str:
    """Return what is shown of unchanged text: its end after which a change comes, its beginning after one."""
    start = _AROUND if follows else 0
    end = _AROUND if goes_on else 0
    if len(text) <= start + end + 2:
        return text
    return f"{text[:start]}……{text[len(text) - end :] if end else ''}"
