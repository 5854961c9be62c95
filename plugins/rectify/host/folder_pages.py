"""The pages of one disclosure: itself, its full text for print, and its problems."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from rectify.core.counts import Counts, headline, is_overtaken, stated_counts
from rectify.core.language import Language
from rectify.core.model import Disclosure, Problem, Progress
from rectify.core.register import Register
from rectify.core.site_map import PARTS, SITE, at
from rectify.core.vocabulary import DISCLOSURE_KEYS, STATES
from rectify.host.axes import CATEGORY, GROUP, UNIT
from rectify.host.bodies import BASE
from rectify.host.cards import card_of
from rectify.host.change_rows import Row, rows
from rectify.host.citations import Cited
from rectify.host.compile import Parts
from rectify.host.courses import Course, Step, entry_text, told
from rectify.host.fragments import Fragments
from rectify.host.month_charts import month_chart
from rectify.host.page_heads import Heads
from rectify.host.qr_codes import QrCodes
from rectify.host.shell import Page
from rectify.host.site_texts import SiteTexts, amount
from rectify.outputs.card import WIDTH as CARD_WIDTH
from rectify.outputs.card import frame_height

_LIST = SITE["disclosures"]
_NAMED = frozenset(state.status for state in STATES)

_REF = "\x1aref\x1a"
"""Stands for a problem's reference where the rest is the same for all problems of a disclosure."""


class Beside(NamedTuple):
    """What the pages of a disclosure show besides the register."""

    parts: Parts
    sizes: dict[str, int]
    """Bytes of each attachment."""
    course: dict[str, tuple[Step, ...]]
    """What publications changed, by reference or id."""
    cited: dict[str, tuple[Cited, str]]
    """By which publication each problem is cited, and the mark for it."""
    late: dict[str, dict[str, date]]
    """By reference, which entries were registered late."""


def folder_files(
    disclosure: Disclosure,
    register: Register,
    beside: Beside,
    fragments: Fragments,
    heads: Heads,
    fill: Callable[[Page], bytes],
) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of every page of a disclosure and of its record."""
    for page in folder_pages(disclosure, register, beside, fragments, heads):
        yield page.path, fill(page)
    yield at("disclosure_record", disclosure=disclosure.id), beside.parts.record.encode()


def folder_pages(
    disclosure: Disclosure, register: Register, beside: Beside, fragments: Fragments, heads: Heads
) -> Iterator[Page]:
    """Yield every page of a disclosure."""
    parts, sizes, course, cited, late = beside
    yield _disclosure(disclosure, register, parts, fragments, course, heads)
    yield _full(disclosure, register, parts, fragments, heads)
    problems = register.of(disclosure)
    objection = Markup(fragments.render("objection", disclosure=disclosure, ref=_REF))
    texts, language = fragments.texts, fragments.texts.language
    above = _above(disclosure, texts)
    all_problems = texts.figure(len(problems), f"{BASE}{disclosure.url}#problems", language.text("问题"))
    about, unit = language.text("{unit}：{title}。状态：{status}。"), texts.as_written(disclosure.unit)
    attachments = {name: _type_and_size(name, size, language) for name, size in sizes.items()}
    codes, code_name = QrCodes(), language.text("这个问题网址的二维码")
    for i, (problem, body) in enumerate(zip(problems, parts.bodies)):
        previous, following = problems[i - 1] if i else None, problems[i + 1] if i + 1 < len(problems) else None
        content = fragments.render(
            "problem",
            disclosure=disclosure,
            problem=problem,
            body=Markup(body.html),
            seq=i + 1,
            all=all_problems,
            previous=previous,
            next=following,
            attachments=attachments,
            since=_since(problem),
            links=_links(disclosure, problem),
            matter=register.matters.get(problem.ref, ()),
            course=_course(problem.ref, course, texts),
            cited=cited.get(problem.ref),
            code=codes.drawing(whole, code_name) if (whole := heads.address_of(problem.url)) else "",
            registered=_registered(problem, late.get(problem.ref)),
            objection=objection.replace(_REF, problem.ref),
            trail=[*above, (problem.ref, None)],  # which no printed number can be taken for
        )
        title = texts.as_written(problem.title)
        description = texts.filled(about, {"unit": unit, "title": title, "status": language.name(problem.term)})
        head = heads.of_problem(problem, disclosure, title, problem.days_overdue(register.as_of))
        yield Page(problem.url, title, content, description, _LIST.section, head)


def _above(disclosure: Disclosure, texts: SiteTexts) -> list[tuple[str, Markup]]:
    """Return label and address of the pages above a problem's."""
    return [
        (texts.language.text("公开通报"), Markup(BASE + _LIST.path)),
        (texts.as_written(disclosure.unit), Markup(BASE + disclosure.url)),
    ]


def _links(disclosure: Disclosure, problem: Problem) -> dict[str, str]:
    return {
        "unit": UNIT.value_url(disclosure.unit),
        "group": GROUP.value_url(problem.group),
        "category": CATEGORY.value_url(problem.category),
    }


def _registered(problem: Problem, late: Mapping[str, date] | None) -> dict[Progress, date]:
    """Return the day of registration of each entry that was registered late."""
    return {entry: late[text] for entry in problem.progress if (text := entry_text(entry)) in late} if late else {}


def _since(problem: Problem):
    """Return the date from which the problem has had its present status without a break."""
    since = None
    for entry in reversed(problem.progress):
        if entry.status not in ("", problem.status):
            break
        since = entry.date
    return since or (problem.last_progress and problem.last_progress.date)


def _grouped(problems: tuple[Problem, ...]) -> list[tuple[str, list[Problem]]]:
    return [(group, list(rows)) for group, rows in groupby(problems, key=lambda p: p.group)]


def _course(ref: str, course: Course, texts: SiteTexts) -> list[tuple[Step, list[Row]]]:
    """Return each publication that changed it, with what it changed."""
    return [(step, rows(step.changes, texts)) for step in told(course.get(ref, ()))]


def _disclosure(
    disclosure: Disclosure, register: Register, parts: Parts, fragments: Fragments, course: Course, heads: Heads
) -> Page:
    problems, counts = register.of(disclosure), register.counts_of(disclosure)
    groups = _grouped(problems)
    texts = fragments.texts
    *above, (name, _) = _above(disclosure, texts)
    content = fragments.render(
        "disclosure",
        disclosure=disclosure,
        full=at("full_text", disclosure=disclosure.id),
        record=at("disclosure_record", disclosure=disclosure.id),
        whole_address=heads.address_of(disclosure.url),
        told_in_code=html.escape(disclosure.title),
        card_width=CARD_WIDTH,
        card_height=frame_height(card_of(disclosure, counts, register.as_of, texts.language, heads.name)),
        problems=problems,
        counts=counts,
        detail=needs_detail(counts),
        parts={part: f"#{part}" for part in PARTS},
        stated=_notice(disclosure, counts, texts.language),
        trail=[*above, (name, None)],
        groups=groups,
        columns={
            "lead": any(p.lead for p in problems),
            "deadline": any(p.deadline or p.long_term for p in problems),
            "progress": any(p.last_progress for p in problems),
        },
        prose=Markup(parts.prose.html),
        headings=parts.prose.headings,
        course=_course(disclosure.id, course, texts),
        months=month_chart(register, (disclosure,), min(disclosure.as_of, register.as_of)),
        head_rows=_head_rows(disclosure, texts),
        others=[(other, register.counts_of(other)) for other in register.others_of_unit(disclosure)],
    )
    description = texts.quoting(
        "{unit}整改公开：{counts}。",
        unit=texts.as_written(disclosure.unit),
        counts=headline(counts.data(), dict(disclosure.declared), texts.language),
    )
    title = texts.as_written(disclosure.title)
    head = heads.of_disclosure(disclosure, title, counts)
    return Page(disclosure.url, title, content, description, _LIST.section, head)


def _notice(disclosure: Disclosure, counts: Counts, language: Language) -> str:
    """Return the counts that the notice states where they are not those of the register, or are of another day."""
    stated = dict(disclosure.declared)
    is_other = disclosure.stated_on != disclosure.as_of or is_overtaken(stated, counts)
    return stated_counts(stated, language) if is_other else ""


def _full(disclosure: Disclosure, register: Register, parts: Parts, fragments: Fragments, heads: Heads) -> Page:
    problems = register.of(disclosure)
    texts = fragments.texts
    bodies = dict(zip((p.nn for p in problems), (Markup(b.html) for b in parts.bodies)))
    counts = register.counts_of(disclosure)
    content = fragments.render(
        "full",
        disclosure=disclosure,
        counts=counts,
        parts={state.key: f"{BASE}{disclosure.url}#{state.key}" for state in STATES},
        stated=_notice(disclosure, counts, texts.language),
        prose=Markup(parts.prose.html),
        groups=[(group, [(p, bodies[p.nn]) for p in rows]) for group, rows in _grouped(problems)],
        head_rows=_head_rows(disclosure, texts),
    )
    title = texts.as_written(disclosure.title)
    name = texts.quoting("{title}（全文）", title=title)
    url = at("full_text", disclosure=disclosure.id)
    about = texts.quoting("{title}：通报全文，可以打印。", title=title)
    return Page(url, name, content, about, _LIST.section, heads.of_text(disclosure, title, url))


def _type_and_size(name: str, size: int, language: Language) -> str:
    ending = name.rsplit(".", 1)[-1].upper() if "." in name else language.text("文件")
    return language.text("{type}，{size}", type=ending, size=amount(size))


def needs_detail(counts) -> bool:
    """Return whether the sentence must name statuses besides those that its states are named for."""
    return any(key not in _NAMED for key, _ in counts.shown)


def _head_rows(disclosure: Disclosure, texts: SiteTexts) -> list[tuple[str, str]]:
    """Return label and text of the head block of a government page, as far as given."""
    language, period = texts.language, disclosure.inspected
    rows = {
        "index_no": disclosure.index_no,
        "doc_no": disclosure.doc_no,
        "issuer": disclosure.issuer,
        "doc_date": language.date(disclosure.doc_date) if disclosure.doc_date else "",
        "published": language.date(disclosure.published),
        "until": language.date(disclosure.until) if disclosure.until else "",
        "unit": disclosure.unit,
        "inspector": disclosure.inspector,
        "inspection": disclosure.occasion,
        "inspected": language.text("{start}至{end}", start=language.date(period.start), end=language.date(period.end))
        if period
        else "",
        "feedback": language.date(disclosure.feedback) if disclosure.feedback else "",
        "as_of": language.date(disclosure.as_of),
    }
    return [
        (language.name(DISCLOSURE_KEYS[name]), texts.between_words(texts.as_written(text)))
        for name, text in rows.items()
        if text
    ]
