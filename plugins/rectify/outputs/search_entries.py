"""What of a disclosure and of a problem is to be found: everything that stands on its page, each value under its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from rectify.core.language import Language
from rectify.core.model import Disclosure, Problem, Progress
from rectify.core.vocabulary import DISCLOSURE_KEYS, FLAGS, PRIORITIES, PROBLEM_KEYS, STATUSES, Keys, Vocabulary
from rectify.outputs.search_index import SearchEntry

_KEYS = {key.name: key for keys in (DISCLOSURE_KEYS, PROBLEM_KEYS) for key in keys}
"""What the names of fields stand for."""

_ELSEWHERE = frozenset(("title", "unit", "genre", "scope", "declared", "status", "measures", "progress", "number"))
"""Fields that an entry has as such, that are a filter, or that say nothing by themselves."""
_TERMS: dict[str, Vocabulary] = {"flags": FLAGS, "priority": PRIORITIES}


def labels(language: Language, units: Iterable[str], words: Callable[[str], str]) -> dict[str, dict[str, str]]:
    """Return how an index calls statuses and fields, and how long the words of the units are, packed, where they are known."""
    fields = {"ref": language.text("永久编号"), "site": language.text("网站")}
    return {
        "status": {status.key: language.name(status) for status in STATUSES},
        "field": {**fields, **{name: language.name(key) for name, key in _KEYS.items()}},
        "words": {unit: packed for unit in sorted(set(units)) if (packed := words(unit))},
    }


def disclosure_entry(disclosure: Disclosure, text: str, language: Language, words: str = "") -> SearchEntry:
    """Return the entry of a disclosure with its prose; `words` are the packed lengths of the words of its title, where they are known."""
    return SearchEntry(
        ref=disclosure.id,
        url=disclosure.url,
        kind="disclosure",
        title=disclosure.title,
        unit=disclosure.unit,
        status="",
        overdue=False,
        year=disclosure.year,
        date=disclosure.published.isoformat(),
        body=text,
        fields=tuple(_fields(disclosure, DISCLOSURE_KEYS, language)),
        words=words,
    )


def problem_entry(
    disclosure: Disclosure, problem: Problem, text: str, language: Language, words: str = ""
) -> SearchEntry:
    """Return the entry of a problem with its body, and likewise."""
    texts = [text, *(m.text for m in problem.measures), *(_entry(e, language) for e in problem.progress)]
    last = problem.last_progress
    return SearchEntry(
        ref=problem.ref,
        url=problem.url,
        kind="problem",
        title=problem.title,
        unit=disclosure.unit,
        status=problem.status,
        overdue=False,
        year=disclosure.year,
        date=last.date.isoformat() if last else "",
        body="\n\n".join(text for text in texts if text),
        priority=bool(problem.priority),
        flags=tuple(sorted(problem.flags)),
        deadline=problem.deadline.isoformat() if problem.deadline else "",
        fields=tuple(_fields(problem, PROBLEM_KEYS, language)),
        words=words,
    )


def _entry(entry: Progress, language: Language) -> str:
    files = [name.rpartition("/")[2] for name in entry.files]
    return " ".join([language.date(entry.date), entry.text, *files])


def _fields(source: Disclosure | Problem, keys: Keys, language: Language) -> Iterator[tuple[str, str]]:
    for key in keys:
        if key.internal or key.name in _ELSEWHERE:
            continue
        value, terms = getattr(source, key.name), _TERMS.get(key.name)
        if text := _said([language.name(terms[one]) for one in value] if terms else value, language):
            yield key.name, text


def _said(value: object, language: Language) -> str:
    """Return a value as it is printed, the parts of a record apart."""
    if isinstance(value, date):
        return language.date(value)
    if isinstance(value, (tuple, list)):
        return " ".join(filter(None, (_said(part, language) for part in value)))
    return str(value) if value else ""
