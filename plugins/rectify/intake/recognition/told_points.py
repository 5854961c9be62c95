"""Points of a paragraph that are problems, each with its answer and status: （一）甲方面。一是乙不严。补登记，此问题已整改完成。二是…

Or numbered ones, most with a label: （一）甲方面。1.乙不严。整改情况：补登记。2.丙不畅。整改情况：…
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rectify.intake.outline import Paragraph, Table
from rectify.intake.recognition.likeness import says_status, states_problem
from rectify.intake.recognition.lists_in_runs import numbers_inside
from rectify.intake.recognition.numbering import read_mark
from rectify.intake.recognition.runs import Point, runs
from rectify.intake.recognition.tree import sentence_end
from rectify.prose.statuses import told_status

_LABEL = re.compile("(?<=[。；])整改(?:落实|完成)?(?:情况|措施|进展|结果)[：:]")
_FEWEST = 2


def with_points_apart(blocks: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the blocks with paragraphs of such points a line a point, the words before the first on a line of their own.

    Every point of them says how far it is, and most begin with a deficiency.
    """
    blocks = _labelled_apart(blocks)
    found = {
        index: run[0]
        for index, block in enumerate(blocks)
        if isinstance(block, Paragraph) and len(run := runs(block.text, fewest=1)) == 1 and all(map(_is_told, run[0]))
    }
    points = [point for run in found.values() if len(run) >= _FEWEST for point in run]
    worded = sum(states_problem(_first(point)) for point in points)
    if not points or worded * 2 < len(points):
        return list(blocks)
    # One alone is none but beside others, and where it says so.
    found = {index: run for index, run in found.items() if len(run) >= _FEWEST or states_problem(_first(run[0]))}
    result: list[Paragraph | Table] = []
    for index, block in enumerate(blocks):
        if index not in found or not isinstance(block, Paragraph):
            result.append(block)
            continue
        starts = [point.start for point in found[index]]
        ends = [*starts[1:], len(block.text)]
        if before := block.text[: starts[0]].strip():
            result.append(block._replace(text=before, lead=0))
        result += [block._replace(text=block.text[at:end].strip(), lead=0) for at, end in zip(starts, ends)]
    return result


def _labelled_apart(blocks: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the blocks with the numbered points of numbered paragraphs a line a point, where most have a label of what was done."""
    cuts = {
        index: some
        for index, block in enumerate(blocks)
        if isinstance(block, Paragraph)
        and _LABEL.search(block.text)
        and (mark := read_mark(block.text))
        and (some := [at for at in numbers_inside(block.text) if at >= mark.length and block.text[at].isdigit()])
    }
    parts = {
        index: _cut(block.text, cuts[index])
        for index, block in enumerate(blocks)
        if index in cuts and isinstance(block, Paragraph)
    }
    points = [part for some in parts.values() for part in some[1:]]
    if len(points) < _FEWEST or sum(bool(_LABEL.search(part)) for part in points) * 2 <= len(points):
        return list(blocks)
    result: list[Paragraph | Table] = []
    for index, block in enumerate(blocks):
        result += (
            [block._replace(text=part, lead=0) for part in parts[index]]
            if index in parts and isinstance(block, Paragraph)
            else [block]
        )
    return result


def _cut(text: str, cuts: Sequence[int]) -> list[str]:
    return [text[at:end].strip() for at, end in zip([0, *cuts], [*cuts, len(text)])]


def _is_told(point: Point) -> bool:
    """Whether a point says how far the matter is: 该问题已完成。 or, behind a deficiency, with its last words."""
    rest = point.text[sentence_end(point.text) :]
    return bool(told_status(rest).status) or (states_problem(_first(point)) and says_status(rest))


def _first(point: Point) -> str:
    return point.text[: sentence_end(point.text)].rstrip("。；")
