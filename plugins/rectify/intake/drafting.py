"""What was recognised -> the draft of a disclosure, in the values of the content format."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from rectify.core.model import Disclosure
from rectify.core.numerals import chinese
from rectify.core.vocabulary import GENRES, LONG_TERM
from rectify.intake.draft import Draft, DraftProblem
from rectify.intake.recognition.consistency import settle
from rectify.intake.recognition.found import FoundProblem
from rectify.intake.recognition.recognise import Recognition
from rectify.intake.recognition.remainder import MARKDOWN
from rectify.sources.markdown_text import to_markdown

_CHAPTER = re.compile("[一二三四五六七八九十]{1,3}、")
_PASSED_ON = (
    "title",
    "number",
    "group",
    "category",
    "lead",
    "units",
    "owner",
    "deadline",
    "flags",
    "measures",
    "progress",
    "closeout",
    "course",
)


def draft_of(recognitions: Sequence[Recognition], settings: Mapping[str, Any]) -> Draft:
    """Return the draft of one or several documents that make one disclosure; `settings` come before what they state."""
    first = recognitions[0]
    values: dict[str, Any] = {}
    for recognition in recognitions:
        for key, value in recognition.values.items():
            values.setdefault(key, value)
    if values.get("scope") == Disclosure._field_defaults["scope"]:
        values.pop("scope")
    if len(recognitions) == 1 and (declared := _declared(first)):
        values["declared"] = declared
    if not GENRES[values["genre"]].publishable:
        # An internal document states no counts that a register would hold against its problems.
        values.pop("declared", None)
    body = "\n\n".join(part for recognition in recognitions for part in _body(recognition))
    problems = tuple(
        _problem(problem, recognition.status_of(problem))
        for recognition in recognitions
        for problem in recognition.problems
    )
    return Draft(values={**values, **settings}, body=body, problems=problems)


def _declared(recognition: Recognition) -> tuple[tuple[str, int], ...]:
    declared = recognition.declared
    if declared is None or declared.total is None:
        return ()
    settled, _ = settle(recognition)
    return (("total", declared.total), *((key, part.count) for part, key in settled))


def _body(recognition: Recognition) -> list[str]:
    """Return the prose as Markdown. The chapter that listed the problems is gone from it; those behind it move up."""
    parts = []
    chapter = 0
    for level, text, _ in recognition.body:
        if level > 0 and (match := _CHAPTER.match(text)):
            chapter += 1
            text = f"{chinese(chapter)}、{text[match.end() :]}"
        markdown = text if level == MARKDOWN else to_markdown([text])
        parts.append(f"{'#' * level} {markdown}" if level > 0 else markdown)
    return parts


def _problem(problem: FoundProblem, status: str) -> DraftProblem:
    values = {name: value for name in _PASSED_ON if (value := getattr(problem, name)) not in ("", (), None)}
    values["status"] = status or None
    if problem.stated.wording:
        values["status_wording"] = problem.stated.wording
    elif problem.unknown_status[0]:
        values["status_wording"] = problem.unknown_status[0]
    if problem.deadline_said:
        values["deadline_wording"] = problem.deadline_said
    if LONG_TERM.key in problem.flags:
        values.setdefault("deadline", None)
    return DraftProblem(
        values=_consistent(values),
        body="\n\n".join(line.text if line.markdown else to_markdown([line.text]) for line in problem.body),
        line=problem.line,
    )


def _consistent(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values with the last dated entry of a finished matter saying so, as the content format wants it.

    A status on an entry is kept only where the document put it there; one that an older entry states and the problem's own
    status outdates would contradict it.
    """
    progress = values.get("progress", ())
    last = next((entry.status for entry in reversed(progress) if entry.status), "")
    if last and values["status"] and last != values["status"]:
        values["progress"] = (*progress[:-1], progress[-1]._replace(status=values["status"]))
    return values
