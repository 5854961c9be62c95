"""The counts that a document states in words: 反馈的25个问题，已完成8个，持续推进17个; 诫勉谈话2人次."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from rectify.core.model import Outcome
from rectify.intake.recognition.days import fold_digits
from rectify.intake.recognition.numbering import number_of
from rectify.intake.recognition.statuses import Stated, heading_status
from rectify.intake.recognition.tree import Line
from rectify.intake.recognition.words import OUTCOME

_NUMBER = r"(\d{1,4}|[一二两三四五六七八九十百]{1,5})"
_SOFT = re.compile("(?:近|约|多达|超过|不少于|逾)$")
"""Words that make a number no exact statement."""
_TOTAL = re.compile(
    rf"(?:反馈|发现|指出|提出|移交|查摆|梳理|涉及|列出|交办|共|共计|共有|反映|巡[察视]|审计|督察|整改)[^。；]{{0,40}}?{_NUMBER}(?:个|项|条|类)?(?:具体|突出|主要|反馈|整改)?(?:的)?问题(?!线索)"
    rf"|(?:反馈|发现|指出|提出|移交|列入|共有?|涉及)(?:的)?(?:具体|整改)?问题(?:共|共计|总数|合计)?(?:为|有)?{_NUMBER}(?:个|项|条)"
    rf"|{_NUMBER}(?:个|项|条)(?:具体|反馈|突出)?(?:的)?问题"
)
_COUNT = re.compile(rf"{_NUMBER}(?:个|项|条|件)(?!方面|大方面|月|工作日|小组)")
_MASK = "[XＸ×*]{1,4}"
_MASKED = re.compile(
    rf"(?:问题|措施|报告|任务){_MASK}(?:个|项|条|件|份)|{_MASK}(?:个|项|条)(?:具体|突出|主要|整改)?(?:的)?(?:问题|任务|措施)|(?<=反馈)[^，。]{{0,6}}{_MASK}个(?:大)?方面"
)
_APART = re.compile("立行立改|即知即改|边巡边改|信访|线索|方面|制度|机制|措施|任务(?!中)")
_CLAUSE = re.compile("[，、；。：]|其中|分别")
_RATE = re.compile(r"(?:整改)?(?:总体)?(?:完成|整改)率(?:达到?|为)?(\d+(?:\.\d+)?)[%％]")


class StatedCount(NamedTuple):
    stated: Stated
    count: int
    words: str
    """The clause as printed."""


class Declared(NamedTuple):
    """What one counts sentence states."""

    total: int | None
    by_status: tuple[StatedCount, ...]
    line: int
    rate: str = ""
    """The completion rate as printed, without the sign."""


class Masked(NamedTuple):
    """A count whose number was masked away."""

    words: str
    line: int


def declared_counts(lines: Iterable[Line]) -> Declared | None:
    """Return the counts sentence of an overview: the first that states a total and how many are in which status.

    Only problems are counted; aspects, tasks, letters and items mended at once are other axes.
    """
    totals_only = None
    for line in lines:
        text = fold_digits(line.text)
        for match in _TOTAL.finditer(text):
            group = next(i for i in (1, 2, 3) if match[i])
            total = number_of(match[group])
            if total is None or _SOFT.search(text[: match.start(group)]):
                continue
            parts = _by_status(text[match.end() : match.end() + 160])
            rate = _RATE.search(text, match.end(), match.end() + 200)
            found = Declared(total, tuple(parts), line.number, rate[1] if rate else "")
            if parts:
                return found
            totals_only = totals_only or found
    return totals_only


def masked_counts(lines: Iterable[Line]) -> list[Masked]:
    """Return the counts of problems, aspects or measures whose number is a placeholder."""
    return [Masked(match[0], line.number) for line in lines for match in _MASKED.finditer(line.text)]


def outcomes(lines: Iterable[Line]) -> tuple[Outcome, ...]:
    """Return the figures of the accountability sentences in the order printed; zeros are stated too."""
    found: dict[tuple[str, str], Outcome] = {}
    for line in lines:
        for match in OUTCOME.finditer(fold_digits(line.text)):
            outcome = Outcome(match[1], match["count"].replace(",", ""), match["unit"])
            found.setdefault((outcome.name, outcome.unit), outcome)
    return tuple(found.values())


def _by_status(text: str) -> list[StatedCount]:
    """Return the counts per status in the clauses after a total; the first clause without one ends the list."""
    result: list[StatedCount] = []
    for clause in _CLAUSE.split(text):
        if not clause.strip():
            continue
        match = _COUNT.search(clause)
        count = number_of(match[1]) if match else None
        stated = heading_status(clause)
        if count is None or not stated.status or _SOFT.search(clause[: match.start()]):
            if result and not re.search(r"截至|目前|问题|占|率", clause):
                break
            continue
        if _APART.search(clause) and "问题" not in clause:
            continue
        if any(part.stated.status == stated.status for part in result):
            continue
        result.append(StatedCount(stated, count, clause.strip()))
    return result
