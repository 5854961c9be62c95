"""A disclosure in the values of the content format before it is written; what the source does not state is absent."""

from __future__ import annotations

from typing import Any, NamedTuple

from rectify.core.vocabulary import DISCLOSURE_KEYS, GENRES, PROBLEM_KEYS
from rectify.sources.write import document


class DraftProblem(NamedTuple):
    values: dict[str, Any]
    """Model values by the English names of PROBLEM_KEYS."""
    body: str
    """Markdown."""
    line: int = 0
    ref: str = ""
    """The permanent reference where the source states it."""


class Draft(NamedTuple):
    values: dict[str, Any]
    """Model values by the English names of REPORT_KEYS."""
    body: str
    problems: tuple[DraftProblem, ...]


def file_names(number: int) -> list[str]:
    """Return the file names of so many problems, in the order of the document: two digits, or as many as are needed."""
    width = max(2, len(str(number)))
    return [f"{nth:0{width}}.md" for nth in range(1, number + 1)]


def files(draft: Draft) -> dict[str, str]:
    """Return the files of a draft's folder by name. Required keys that nothing states are written empty."""
    required = {key.name: None for key in DISCLOSURE_KEYS.required} if GENRES[draft.values["genre"]].publishable else {}
    texts = {"index.md": document(required | draft.values, DISCLOSURE_KEYS, draft.body)}
    for name, problem in zip(file_names(len(draft.problems)), draft.problems):
        texts[name] = problem_text(problem)
    return texts


def problem_text(problem: DraftProblem) -> str:
    """Return a problem's file."""
    return document({"status": None} | problem.values, PROBLEM_KEYS, problem.body)
