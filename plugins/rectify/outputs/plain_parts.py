"""What the pages of plain Markdown show of the fields: tables and lists that every generator makes the same of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote

from rectify.core.counts import headline, sum_name
from rectify.core.language import Language
from rectify.core.model import Contact, Disclosure, Period, Problem
from rectify.core.vocabulary import DISCLOSURE_KEYS, FLAGS, PROBLEM_KEYS, RECORDS, STATES, STATUSES

_MARKUP = re.compile(r"[\\`*_{}\[\]#>]")
"""What a backslash takes its meaning from in every kind of Markdown; the others need an entity."""
_ENTITIES = str.maketrans({sign: f"&#{ord(sign)};" for sign in "&<|~"})
_BEGINNING = re.compile(r"([-+]|\d+[.)])|[=:]")
"""What begins a list, a heading or a definition where a line begins with it."""
_SHORTCODE = re.compile(r"\{\{(?=[<%])")


def escaped(text: str) -> str:
    """Return a text as one line of Markdown that says it and nothing else."""
    line = _MARKUP.sub(r"\\\g<0>", " ".join(text.split())).translate(_ENTITIES)
    beginning = _BEGINNING.match(line)
    if beginning is None:
        return line
    before, sign, rest = line[: beginning.end() - 1], line[beginning.end() - 1], line[beginning.end() :]
    return before + (f"\\{sign}" if beginning[1] else f"&#{ord(sign)};") + rest


def without_shortcodes(body: str) -> str:
    """Return the Markdown of a body in which Hugo finds nothing to run."""
    return _SHORTCODE.sub(r"{\\{", body)


def heading(text: str) -> str:
    """Return a heading below that of the page."""
    return f"## {text}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of cells that are Markdown already."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Return a table of names and values, the first pair its head; empty values are left out."""
    stated = [pair for pair in pairs if pair[1]]
    return table(stated[0], stated[1:])


def disclosure_facts(disclosure: Disclosure, language: Language) -> str:
    """Return who discloses what, since when and as of when."""
    return facts(
        (language.name(DISCLOSURE_KEYS[key]), _value(getattr(disclosure, key), language))
        for key in ("unit", "inspector", "inspection", "round", "inspected", "feedback", "published", "as_of")
    )


def problem_table(problems: Sequence[Problem], as_of: date, language: Language) -> str:
    """Return the problems of a disclosure in its order, each with its status in words and its deadline."""
    head = (language.text("序号"), *(language.name(PROBLEM_KEYS[key]) for key in ("title", "status", "deadline")))
    told = (
        (f"[{escaped(one.title)}]({one.nn}.md)", language.name(one.term), _deadline(one, as_of, language))
        for one in problems
    )
    return table(head, ((str(place), *cells) for place, cells in enumerate(told, start=1)))


def counts_table(rows: Sequence[tuple[str, Mapping[str, Any]]], language: Language) -> str:
    """Return how far the problems are, a row for each title with its counts, which are as `Counts.data` has them."""
    states = [
        (key, sum_name(state, language)) for key, state in STATES.entries.items() if any(one[key] for _, one in rows)
    ]
    head = (language.text("通报"), language.text("问题"), *(name for _, name in states))
    return table(head, ((title, str(one["total"]), *(str(one[key]) for key, _ in states)) for title, one in rows))


def status_table(by_status: Mapping[str, int], language: Language) -> str:
    """Return how many problems have which status, and what each means."""
    head = (language.name(PROBLEM_KEYS["status"]), language.text("问题"), language.text("含义"))
    rows = (
        (language.name(term), str(by_status[term.key]), escaped(language.either(term.definition, term.definition_en)))
        for term in STATUSES
        if by_status.get(term.key)
    )
    return table(head, rows)


def problem_facts(problem: Problem, as_of: date, language: Language) -> str:
    """Return the fields of a problem that say how it stands and who answers for it."""
    closeout = problem.closeout
    told = {
        "status": language.name(problem.term),
        "deadline": _deadline(problem, as_of, language),
        "closeout": "",
        "flags": language.text("、").join(language.name(FLAGS[one]) for one in problem.flags),
    }
    if closeout:
        parts = (language.date(closeout.date), escaped(closeout.by), escaped(closeout.doc_no))
        told["closeout"] = language.text("，").join(filter(None, parts))
    keys = ("status", "status_wording", "lead", "units", "owner", "deadline", "closeout", "group", "category", "flags")
    named = [
        (language.name(PROBLEM_KEYS[key]), told[key] if key in told else _value(getattr(problem, key), language))
        for key in keys
    ]
    return facts([*named, (language.text("永久编号"), problem.ref)])


def measures(problem: Problem, language: Language) -> str:
    """Return the measures under their heading; empty where there are none."""
    lines = [f"{place}. {escaped(one.text)}" for place, one in enumerate(problem.measures, start=1)]
    for place, one in enumerate(problem.measures):
        if one.status:
            lines[place] += f" **{language.name(STATUSES[one.status])}**"
    return "\n".join([heading(language.name(PROBLEM_KEYS["measures"])), "", *lines]) if lines else ""


def progress(problem: Problem, language: Language) -> str:
    """Return the dated entries under their heading, the newest first; empty where there are none."""
    lines = []
    for entry in reversed(problem.progress):
        status = [language.name(STATUSES[entry.status])] if entry.status else []
        when = language.text("，").join([language.date(entry.date), *status])
        files = "".join(f" [{escaped(name.rpartition('/')[2])}]({quote(name)})" for name in entry.files)
        lines.append(f"- **{when}** {escaped(entry.text)}{files}")
    return "\n".join([heading(language.text("整改进展")), "", *lines]) if lines else ""


def contact(whom: Contact | None, language: Language) -> str:
    """Return whom to turn to, under its heading; empty where nobody is named."""
    stated = {} if whom is None else {key: value for key, value in whom._asdict().items() if value}
    if not stated:
        return ""
    names = RECORDS["contact"]
    told = (
        language.text("{name}：{text}", name=language.name(names[key]), text=_value(value, language))
        for key, value in stated.items()
    )
    lines = (f"- {line}" for line in told)
    return "\n".join([heading(language.name(DISCLOSURE_KEYS["contact"])), "", *lines])


def sentence(counts: Mapping[str, Any], stated: Mapping[str, int] | None, language: Language) -> str:
    """Return the counts as one sentence."""
    return escaped(headline(counts, stated, language))


def _deadline(problem: Problem, as_of: date, language: Language) -> str:
    if not problem.deadline:
        return language.name(FLAGS["long-term"]) if problem.long_term else ""
    late = problem.days_overdue(as_of)
    told = language.plural("逾期{number}天", late)
    return language.text("，").join([language.date(problem.deadline), *([told] if late else [])])


def _value(value: Any, language: Language) -> str:
    return language.text("、").join(_values(value, language))


def _values(value: Any, language: Language) -> Iterator[str]:
    if isinstance(value, date):
        yield language.date(value)
    elif isinstance(value, str):
        yield escaped(value)
    elif isinstance(value, Period):
        yield language.text("{start}至{end}", start=language.date(value.start), end=language.date(value.end))
    elif value:
        yield from map(escaped, value)
