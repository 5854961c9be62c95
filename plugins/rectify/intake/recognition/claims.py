"""What single lines of a document say of a status, a deadline or a body, and whether a problem has it."""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from rectify.core.language import N_, Message, name_of
from rectify.core.numerals import number_of
from rectify.core.script import simplified
from rectify.core.vocabulary import DONE, LONG_TERM, STATUSES, UNSTATED
from rectify.intake.recognition.days import deadline
from rectify.intake.recognition.found import FoundProblem
from rectify.intake.recognition.labels import split_labels
from rectify.intake.recognition.line import Line
from rectify.intake.recognition.numbering import read_mark
from rectify.intake.recognition.sentences import first_status, numbers_said, speaks_of_several
from rectify.intake.recognition.table_heads import COUNTS, WHEN_DONE, column_field
from rectify.prose.choice import read_choice
from rectify.prose.statuses import last_words, told_status

_ALONE = re.compile("[（(【\\[“]?([\u4e00-\u9fff]{2,12})[）)】\\]”]?[。；]?")
_TAG = re.compile("[（(【\\[]([\u4e00-\u9fff]{2,12})[）)】\\]]")
_COUNTED = re.compile("(?:\\d|[一二两三四五六七八九十])(?:个|项|条|件)")
_BY = re.compile(
    "(?<!已)(?<!已于)(?<!年)(?:\\d{4}年)?(?:\\d{1,2}月(?:\\d{1,2}日|底|末|[上中下]旬)?|季度末?|年[底末]|半年)(?:之?前|内)?(?:全部|基本|可)?(?:完成|办结|到位|完工|前)"
)
"""By when a matter will be done, in a sentence."""
_DAY = re.compile("\\d{4}[-年./]\\d{1,2}(?:[-月./](?:\\d{1,2}日?)?)?底?前?")
_LEGEND = re.compile("图例|(?:符号|标识|标记|颜色)(?:说明|含义)")
"""Says what signs stand for, and nothing of any problem."""
_CELLS = re.compile(r"[\t|｜]")
_STATUS = {"status", "closed"}
_FEWEST_NAMED = 3
"""Columns whose words are known make a row their head."""
_STEPS = {"arabic-paren", "circle", "run"}
"""Forms of the numbers of steps, each of which may say how far it is."""
_BODY = {"lead", "units", "owner"}


class Claim(NamedTuple):
    field: str
    """`status`, `deadline` or `body`."""
    words: str
    """As printed."""
    status: str = ""
    numbers: tuple[int, ...] = ()
    """Of which problems it speaks, where it names them."""
    row: int = 0
    """The number that its row begins with."""
    sure: bool = True
    """Whether it speaks of a whole problem: the end of a sentence may speak of a step."""


def unread(
    problems: Sequence[FoundProblem], lines: Iterable[tuple[int, str]], outside: Iterable[int]
) -> Iterator[tuple[int, str, Message]]:
    """Yield line, words and what is doubtful of each claim that no problem has; `outside` are lines that belong to none."""
    about, below = _speakers(problems, outside)
    numbered: dict[int | None, list[FoundProblem]] = {}
    for problem in problems:
        numbered.setdefault(number_of(problem.number), []).append(problem)
    over = {line.strip() for problem in problems for line in (*problem.over.split("\n"), problem.group_heading)} - {""}
    for number, text in lines:
        text = simplified(text.strip())
        mark = read_mark(text)
        if text in over or (mark and text[mark.length :].strip() in over):
            continue
        found = list(_claims(text))
        for claim in found:
            named = [numbered[nth] for nth in claim.numbers if nth in numbered]
            others = [some for some in named if not _is_read(claim, some)]
            if named and not others:
                continue
            meant = others[0] if others else about(number) or numbered.get(claim.row, [])
            if mark and mark.form in _STEPS and any(one.stated.status for one in meant):
                continue
            if not meant and _is_read(claim, below(number)):
                # A heading says it of what stands below it.
                continue
            if claim.row and claim.field == "status" and any(map(partial(_told_beside, claim, meant), found)):
                continue
            if not _is_read(claim, meant) and (meant or claim.field == "status"):
                yield number, claim.words, _doubt(claim, meant)


def _speakers(
    problems: Sequence[FoundProblem], outside: Iterable[int]
) -> tuple[Callable[[int], list[FoundProblem]], Callable[[int], list[FoundProblem]]]:
    """Return what tells whose a line is, and which begin next below it.

    It is of those that have it, else of the last that begins before it, unless something else does.
    """
    held: dict[int, list[FoundProblem]] = {}
    for problem in problems:
        body = (line.number for line in problem.body)
        for line in {problem.line, *problem.read_at, *body, *(line for _, line in problem.points)}:
            held.setdefault(line, []).append(problem)
    begun: dict[int, FoundProblem | None] = dict.fromkeys(outside)
    begun |= dict.fromkeys(problem.group_line for problem in problems)
    begun |= {problem.line: problem for problem in problems}
    starts, first = sorted(begun), sorted({problem.line for problem in problems})

    def about(line: int) -> list[FoundProblem]:
        if line in held:
            return held[line]
        at = bisect.bisect_right(starts, line)
        last = begun[starts[at - 1]] if at else None
        return held[last.line] if last else []

    def below(line: int) -> list[FoundProblem]:
        at = bisect.bisect_right(first, line)
        return held[first[at]] if at < len(first) else []

    return about, below


def _claims(text: str) -> Iterator[Claim]:
    """Yield what a line says, cell by cell."""
    if _LEGEND.search(text):
        return
    cells = [cell.strip() for cell in _CELLS.split(text)]
    if len(cells) > 1 and _is_head([cell for cell in cells if cell.strip()]):
        return
    if named := [(one, stated) for one in numbers_said(text) if (stated := first_status(one.words).status)]:
        yield from (Claim("status", text, stated, one.numbers) for one, stated in named)
    elif not speaks_of_several(text):
        row = number_of(cells[0]) if len(cells) > 1 else None
        for cell in cells:
            yield from (claim._replace(row=row or 0) for claim in _in_cell(cell.strip(), len(cells) > 1))


def _is_head(cells: Sequence[str]) -> bool:
    """Whether cells are the head of columns, of some of which one is ticked."""
    named = sum(bool(column_field(cell)) for cell in cells)
    told = sum(STATUSES.find(cell) is not None or bool(COUNTS.search(cell)) for cell in cells)
    return named + told == len(cells) or (named >= _FEWEST_NAMED and named * 2 > len(cells))


def _in_cell(text: str, in_row: bool) -> Iterator[Claim]:
    if choice := read_choice(text):
        text = choice.ticked[0] if len(choice.ticked) == 1 else ""
    labelled, free = split_labels([Line(text, 0)])
    if any(_BY.search(line.text) for line in free) or (in_row and _DAY.fullmatch(text)):
        yield Claim("deadline", text, sure=in_row)
    for one in labelled:
        if one.field in _STATUS and (term := STATUSES.find(one.text.strip("。；"))):
            yield Claim("status", text, term.key)
        elif one.field == "deadline" and deadline(one.text):
            yield Claim("deadline", text)
        elif one.field in _BODY and one.text:
            yield Claim("body", text)
    told_in = [line for one in labelled if one.field == "progress" for line in one.lines]
    for line in (*free, *told_in):
        alone = _ALONE.fullmatch(line.text)
        words = [alone[1]] if alone else [match[1] for match in _TAG.finditer(line.text)]
        yield from (Claim("status", line.text, term.key) for word in words if (term := STATUSES.find(word)))
        if not words and not _COUNTED.search(line.text):
            told = told_status(line.text).status
            if stated := told or last_words(line.text).status:
                yield Claim("status", line.text, stated, sure=bool(told))


def _told_beside(claim: Claim, meant: Sequence[FoundProblem], other: Claim) -> bool:
    """Whether another cell of the row holds the status that was read: this one was so before, 上期状态 beside 本期状态."""
    return other.field == "status" and other.status != claim.status and bool(meant) and _is_read(other, meant)


def _is_read(claim: Claim, meant: Sequence[FoundProblem]) -> bool:
    if claim.field == "deadline":
        open_ones = meant if claim.sure else [one for one in meant if one.stated.status not in DONE]
        return not open_ones or any(
            one.deadline
            or one.open_ended
            or one.deadline_wording
            or one.flags
            or one.closeout
            or _finished(one, claim.words)
            for one in meant
        )
    if claim.field == "body":
        return any(one.lead or one.units or one.owner for one in meant)
    return any(_has(one, claim) for one in meant)


def _finished(problem: FoundProblem, words: str) -> bool:
    """Whether words are kept as a day that is no deadline: 更新日期：2025-03-01; of what is finished, 完成时间：2025年2月."""
    labels = [line.text.removesuffix(f"：{words}") for line in problem.body if line.text.endswith(f"：{words}")]
    if any(column_field(label) in ("date", "day") for label in labels):
        return True
    return problem.stated.status in DONE and any(
        line.text in {words, *(f"{word}：{words}" for word in WHEN_DONE)} for line in problem.body
    )


def _has(problem: FoundProblem, claim: Claim) -> bool:
    """Whether a problem has a status, or a step of it, or a person is asked for it already."""
    stated = problem.stated.status
    told = {stated, *(entry.status for entry in problem.progress), *(step.status for step in problem.measures)}
    kept_up = LONG_TERM.label in claim.words and (LONG_TERM.key in problem.flags or problem.open_ended)
    further = stated in DONE and claim.status == "done"
    alike = bool(stated) and not claim.sure and (stated in DONE) == (claim.status in DONE)
    # A stage is completed where the rest goes on.
    rest = stated == "staged" and claim.status == "ongoing"
    return bool(problem.unknown_status[0]) or claim.status in told or kept_up or further or alike or rest


def _doubt(claim: Claim, meant: Sequence[FoundProblem]) -> Message:
    if claim.field == "deadline":
        return N_("这里写着时限，没有读作问题的整改时限")
    if claim.field == "body":
        return N_("这里写着责任单位或者责任人，没有读作问题的")
    if not meant:
        return N_("这一行写着状态，不知道是哪个问题的")
    return N_("这里写的状态，和读出的“{found}”不一样", found=name_of(STATUSES[meant[0].stated.status or UNSTATED]))
