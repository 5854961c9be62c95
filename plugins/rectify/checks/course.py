"""The office's own course of things: steps in a sane order, nothing missing, and in agreement with the status."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from rectify.core.course import KEYS, missing, out_of_order
from rectify.core.finding import Finding, found
from rectify.core.language import N_, Message, listed, name_of, name_within
from rectify.core.model import Problem, Step
from rectify.core.vocabulary import STAGES, STATUSES
from rectify.prose import OfficeWords, examine_text


def course(problem: Problem, keys: Mapping[str, int]) -> Iterator[Finding]:
    """Yield what is wrong with the steps of a problem; `keys` has the lines of its keys."""
    if not problem.course:
        return
    at = (problem.path, keys.get("course", 1))
    for step, first in out_of_order(problem.course):
        yield found("S090", *at, found=_named(step), allowed=first)
    for step in problem.course:
        if names := missing(step):
            yield found("S091", *at, found=_named(step), allowed=listed(name_within(KEYS[name]) for name in names))
        if STAGES[step.stage].opens == "closeout" and not _evidence(problem, step):
            yield found("S093", *at, found=_named(step))
    last = next((step for step in reversed(problem.course) if STAGES[step.stage].sets), None)
    later = last and any(entry.date > last.date and entry.status for entry in problem.progress)
    # What was applied for may have been closed out without a step of its own.
    fits = last and (problem.status == STAGES[last.stage].sets or (STAGES[last.stage].opens and problem.done))
    if last and not later and not fits:
        wanted = name_of(STATUSES[STAGES[last.stage].sets])
        yield found("S092", *at, found=name_of(problem.term), allowed=wanted, label=_named(last))


def persons_in_course(
    problems: Iterable[Problem], lines: Mapping[str, Mapping[str, int]], words: OfficeWords
) -> Iterator[Finding]:
    """Yield the steps that name a person, as their body or in their text; `lines` has the lines of the keys of each file."""
    steps = [(problem.path, step) for problem in problems if not problem.withdrawn for step in problem.course]
    texts = {text for _path, step in steps for text in (step.by, step.text) if text}
    named = {text: _persons(text, words) for text in texts}
    for path, step in steps:
        if names := dict.fromkeys(name for text in (step.by, step.text) for name in named.get(text, ())):
            yield found("S094", path, lines[path].get("course", 1), found=_named(step), token="、".join(names))


def _persons(text: str, words: OfficeWords) -> list[str]:
    found_in = examine_text(list(enumerate(text.split("\n"), start=1)), "", words)
    return [str(dict(one.values)["token"]) for one in found_in if one.rule in ("P009", "P010")]


def _evidence(problem: Problem, step: Step) -> bool:
    return bool(step.files or any(entry.files for entry in problem.progress if entry.date <= step.date))


def _named(step: Step) -> Message:
    return N_("{day} 的“{stage}”", day=step.date, stage=name_of(STAGES[step.stage]))
