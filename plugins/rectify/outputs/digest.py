"""The digest: what changed between two publications, what is overdue and what is due soon, for people and for chat robots."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from rectify.core.changes import Record, changes, leading
from rectify.core.counts import headline
from rectify.core.language import Language, spoken
from rectify.core.retention import SOON
from rectify.core.vocabulary import OPEN, STATES, STATUSES
from rectify.outputs.change_texts import KINDS, from_to, read_day

WECOM_BYTES = 4096
"""企业微信群机器人: the longest content of a markdown message, in bytes of UTF-8."""
DINGTALK_BYTES = 20000
"""钉钉自定义机器人: the longest message, in bytes."""

_MARKUP = str.maketrans("<>[]*_`~#|\\", "＜＞［］＊＿｀～＃｜＼")
"""Neither robot documents an escape, so what would be markup becomes its full-width form."""


class Row(NamedTuple):
    """One problem, in one section of a digest."""

    ref: str
    title: str
    unit: str
    detail: str
    """What changed, or the deadline with the days since or until it."""
    url: str
    """Absolute; empty where the site's address is not known or the problem is no longer on it."""


class Section(NamedTuple):
    """Rows of one kind."""

    key: str
    """A kind of change, `overdue`, `due` or `ending`."""
    label: str
    rows: tuple[Row, ...]


class Digest(NamedTuple):
    """All that a digest says, in one language."""

    title: str
    lead: str
    """One sentence: counts, and what is compared with what."""
    sections: tuple[Section, ...]
    address: str
    """The site's address, ending in a slash; may be empty."""
    language: Language

    @property
    def empty(self) -> bool:
        return not self.sections


class Publication(NamedTuple):
    """What a digest is made from: one release's data."""

    name: str
    problems: Sequence[Record]
    units: Mapping[str, str]
    """Disclosing unit by disclosure."""
    disclosures: Sequence[Record] = ()
    """As in `data/disclosures.json`."""


def digest(
    before: Publication | None,
    now: Publication,
    on: date,
    days: int,
    address: str = "",
    language: Language | None = None,
) -> Digest:
    """Return the digest of `now` as of the day `on`; without `before`, only of what is overdue or due within `days`."""
    language = language or spoken()
    text = language.text
    address = f"{address.rstrip('/')}/" if address else ""
    records = {record["ref"]: record for record in now.problems}

    def row(ref: str, detail: str) -> Row:
        record = records.get(ref)
        if record is None:  # its text may be gone for a reason, so that the reference has to do
            return Row(ref, ref, "", detail, "")
        url = f"{address}{record.get('url', '')}" if address else ""
        return Row(ref, record["title"], now.units.get(record.get("disclosure", ""), ""), detail, url)

    found: dict[str, list[Row]] = {kind: [] for kind in KINDS}
    for change in leading(changes(before.problems, now.problems)) if before else ():
        found[change.kind].append(row(change.ref, from_to(change.kind, change.before, change.after, language)))
    sections = [Section(kind.key, language.say(kind.name), tuple(found[kind.key])) for kind in KINDS.values()]
    late, soon = _deadlines(now.problems, on, on + timedelta(days))
    sections += [
        Section("overdue", text("已逾期"), tuple(row(ref, _late(day, on, language)) for day, ref in late)),
        Section(
            "due",
            language.plural("{number} 天内到期", days),
            tuple(row(ref, _soon(day, on, language)) for day, ref in soon),
        ),
        Section("ending", text("公开期快到，内容将撤下"), tuple(_ending(now, on, address, language))),
    ]
    title = text("整改进展摘要 {day}", day=on.isoformat())
    shown = tuple(section for section in sections if section.rows)
    return Digest(title, _lead(before, now, language), shown, address, language)


def _deadlines(
    problems: Iterable[Record], on: date, until: date
) -> tuple[list[tuple[date, str]], list[tuple[date, str]]]:
    """Return deadline and reference of what is overdue on a day, and of what is due by another, earliest first."""
    late: list[tuple[date, str]] = []
    soon: list[tuple[date, str]] = []
    for record in problems:
        day = read_day(record.get("deadline"))
        if day and record["status"] in OPEN and not record.get("withdrawn") and day <= until:
            (late if day < on else soon).append((day, record["ref"]))
    return sorted(late), sorted(soon)


def _ending(now: Publication, on: date, address: str, language: Language) -> Iterator[Row]:
    """Yield the disclosures whose term of publication is over soon."""
    for one in now.disclosures:
        day = read_day(one.get("until"))
        if day and not one.get("ended") and day <= on + timedelta(SOON):
            detail = language.plural("{day} 公开期满，还有 {number} 天", max((day - on).days, 0), day=day.isoformat())
            yield Row(one["id"], one["title"], one["unit"], detail, f"{address}{one['url']}" if address else "")


def _late(day: date, on: date, language: Language) -> str:
    return language.plural("时限 {day}，已过 {number} 天", (on - day).days, day=day.isoformat())


def _soon(day: date, on: date, language: Language) -> str:
    return language.plural("时限 {day}，还有 {number} 天", (day - on).days, day=day.isoformat())


def _lead(before: Publication | None, now: Publication, language: Language) -> str:
    found = Counter(STATUSES[record["status"]].counts_as for record in now.problems)
    by_status = Counter(record["status"] for record in now.problems)
    states = {state: found[state] for state in STATES.entries}
    counts = headline({"total": len(now.problems), **states, "by_status": by_status}, language=language)
    if before:
        return language.text("{counts}；{now} 与 {before} 相比。", counts=counts, now=now.name, before=before.name)
    return language.text("{counts}；{now} 之前没有可以比较的公开。", counts=counts, now=now.name)


def as_data(made: Digest) -> dict[str, Any]:
    """Return a digest for programs."""
    sections = [{"key": s.key, "label": s.label, "rows": [row._asdict() for row in s.rows]} for s in made.sections]
    return {"title": made.title, "lead": made.lead, "address": made.address, "sections": sections}


def as_text(made: Digest) -> str:
    """Return a digest as plain text."""
    lines = [made.title, made.lead]
    for section in made.sections:
        lines += ["", _heading(section, made.language)]
        for row in section.rows:
            lines.append("- " + "  ".join(part for part in (_named(row, made.language), row.detail, row.url) if part))
    return "\n".join([*lines, *([] if made.sections else ["", _nothing(made.language)])]) + "\n"


def as_markdown(made: Digest, limit: int) -> str:
    """Return a digest in the Markdown that chat robots understand, not longer than `limit` bytes; the rest is counted.

    `limit` must leave room for title and lead, which are never cut.
    """
    lines = [f"### {made.title}", made.lead.translate(_MARKUP)]
    if not made.sections:
        return "\n\n".join([*lines, _nothing(made.language)])
    size = _size("\n\n".join(lines))
    omitted = 0
    spare = _size(_rest(10**6, made)) + 2
    for section in made.sections:
        pending = f"**{_heading(section, made.language)}**"
        for row in section.rows:
            line = f"- {_linked(row, made.language)}" + (f" {row.detail.translate(_MARKUP)}" if row.detail else "")
            added = [pending, line] if pending else [line]
            # Once a row is left out all the others are, so that what is shown is the beginning.
            if omitted or size + sum(_size(one) + 2 for one in added) + spare > limit:
                omitted += 1
                continue
            lines += added
            size += sum(_size(one) + 2 for one in added)
            pending = ""
    return "\n\n".join([*lines, *([_rest(omitted, made)] if omitted else [])])


def as_html(made: Digest) -> str:
    """Return a digest as HTML for mail: tables and inline styles, nothing from elsewhere."""
    parts = [
        f'<!doctype html>\n<html lang="{made.language.tag}"><head><meta charset="utf-8"><title>{html.escape(made.title)}</title></head>',
        f'<body style="{_BODY}"><table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">',
        '<table role="presentation" width="640" cellpadding="0" cellspacing="0" style="max-width:640px;text-align:left"><tr><td>',
        f'<h1 style="{_H1}">{html.escape(made.title)}</h1>\n<p style="margin:0 0 16px">{html.escape(made.lead)}</p>',
    ]
    for section in made.sections:
        parts.append(f'<h2 style="{_H2}">{html.escape(_heading(section, made.language))}</h2>')
        parts.append('<table width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse">')
        for row in section.rows:
            title = html.escape(row.title)
            name = f'<a href="{html.escape(row.url)}" style="color:#9c1b20">{title}</a>' if row.url else title
            unit = f'<br><span style="color:#5a6069">{html.escape(row.unit)}</span>' if row.unit else ""
            parts.append(f'<tr><td style="{_CELL}">{name}{unit}</td>')
            parts.append(f'<td width="200" style="{_CELL};color:#5a6069">{html.escape(row.detail)}</td></tr>')
        parts.append("</table>")
    if not made.sections:
        parts.append(f"<p>{_nothing(made.language)}</p>")
    return "\n".join([*parts, "</td></tr></table></td></tr></table></body></html>"]) + "\n"


_FONT = "font-family:'PingFang SC','Microsoft YaHei',sans-serif;font-size:15px;line-height:1.7"
_BODY = f"margin:0;padding:16px;background:#ffffff;color:#1d2025;{_FONT}"
_H1 = "margin:0 0 8px;font-size:20px;border-top:4px solid #9c1b20;padding-top:12px"
_H2 = "margin:20px 0 6px;font-size:16px"
_CELL = "padding:6px 8px 6px 0;border-bottom:1px solid #ddd8d0;vertical-align:top"


def wecom(made: Digest) -> dict[str, Any]:
    """Return the message for a robot of 企业微信."""
    return {"msgtype": "markdown", "markdown": {"content": as_markdown(made, WECOM_BYTES)}}


def dingtalk(made: Digest) -> dict[str, Any]:
    """Return the message for a robot of 钉钉."""
    # The limit is of the whole message, which repeats the title and has names and quotation marks around.
    text = as_markdown(made, DINGTALK_BYTES - 2000)
    return {"msgtype": "markdown", "markdown": {"title": made.title, "text": text}}


def webhook(made: Digest) -> dict[str, Any]:
    """Return the message for any other program: title, plain text and the data."""
    return {"title": made.title, "text": as_text(made), "digest": as_data(made)}


def _heading(section: Section, language: Language) -> str:
    return language.text("{name}（{count}）", name=section.label, count=len(section.rows))


def _named(row: Row, language: Language) -> str:
    return language.text("{name}：{text}", name=row.unit, text=row.title) if row.unit else row.title


def _linked(row: Row, language: Language) -> str:
    named = " ".join(_named(row, language).translate(_MARKUP).split())
    return f"[{named}]({row.url})" if row.url else named


def _rest(count: int, made: Digest) -> str:
    rest = made.language.text("另有 {count} 项，见网站。", count=count)
    return f"{rest} {made.address}".rstrip()


def _nothing(language: Language) -> str:
    return language.text("没有变化，也没有逾期或者即将到期的问题。")


def _size(text: str) -> int:
    return len(text.encode())
