"""What one part of a document says about another: results in a chapter of their own, deadlines in accounts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from rectify.core.vocabulary import DONE
from rectify.intake.recognition.days import ANY_PERIOD, deadline, due, tight
from rectify.intake.recognition.found import FoundProblem
from rectify.intake.recognition.likeness import only_lists, says_status
from rectify.intake.recognition.line import Line
from rectify.intake.recognition.titles import problem_wording
from rectify.intake.recognition.tree import Node

_AT_ONCE = re.compile("(?:^|[。；，：\n])(?:立行立改|即知即改)(?=[，。；])")
_HINT = re.compile("时限|期限|前|底|月|末|内|季度|半年|预计|计划|拟|力争|确保|争取|限|将于|将在|[期迟整延长]至")
_NO_END = re.compile("[时期]限[^，。；]{0,4}长期坚持")
_PERIOD_ALONE = re.compile(rf"(?:{ANY_PERIOD})(?:之?前)?(?:完成)?")
_SENTENCE_END = re.compile("[。；\n]")
_OF_THE_REST = re.compile("仅余|其余|剩余|余下|剩下|尚余|还有|尚有|另有|其中")
_FEWEST = 2
_REACH = 12
"""Chapters behind the one that lists problems, no more, among which their answers are looked for."""


def pair_answers(root: Node) -> None:
    """Give to each problem of a chapter that only lists them what a later chapter says under the same number.

    A chapter that repeats the problems before it answers them is left as it is: there they are found with their answers.
    """
    for node in root.walk():
        _pair_halves(node)
    chapters = [node for node in root.walk() if node.is_section and node.role in ("problems", "results", "measures")]
    if not any(node.role == "problems" for node in chapters):
        return
    leaves = [_leaves(chapter) for chapter in chapters]
    for index, (listing, asked) in enumerate(zip(chapters, leaves)):
        if listing.role != "problems":
            continue
        ahead = slice(index + 1, index + 1 + _REACH)
        for chapter, answers in zip(chapters[ahead], leaves[ahead]):
            if (whole := _headings(chapter)).keys() == asked.keys():
                # The steps below an answer are part of it.
                answers = whole
            sure = len(asked) > 1 or only_lists(listing, list(asked.values()))
            named = _counted_through(asked) if all(len(path) == 1 for path in answers) else asked
            if sure and answers.keys() == named.keys() and _answer(named.values(), answers.values()):
                for path, node in named.items():
                    _move(answers[path], node)
                _prune(chapter)
                for node in listing.walk():
                    node.role = "results"
                break


def _pair_halves(over: Node) -> None:
    """Give to each problem of a list what a second list with the same numbers, below the same heading, says of how it was put right."""
    listed = [child for child in over.children if child.mark and child.form != "run"]
    half = len(listed) // 2
    asked, answers = listed[:half], listed[half:]
    numbers = [(child.form, child.mark.value) for child in listed if child.mark]
    if half < _FEWEST or numbers[:half] != numbers[half:] or len(set(numbers)) > half:
        return
    if any(one.children or one.rest for one in asked) or any(one.lines for one in asked[:-1]):
        return
    if sum(map(says_status, map(_told, answers))) * 2 <= half or not _answer(asked, answers):
        return
    # What leads over to the answers belongs to no problem.
    for line in asked[-1].lines:
        asked[-1].items.remove(line)
        over.items.insert(over.items.index(answers[0]), line)
    for problem, answer in zip(asked, answers):
        _move(answer, problem)
    for node in over.walk():
        node.role = "results"


def _told(node: Node) -> str:
    return "\n".join([node.text, *(line.text for line in node.texts())])


def _leaves(chapter: Node) -> dict[tuple[int, ...], Node]:
    """Return the deepest numbered headings of a chapter by their numbers, those above them first."""
    found: dict[tuple[int, ...], Node] = {}

    def walk(node: Node, path: tuple[int, ...]) -> None:
        # Circles right below a chapter are its list, and below a heading its steps.
        steps = ("run", "circle") if path else ("run",)
        for child in node.children:
            if child.mark and child.form not in steps:
                own = (*path, child.mark.value)
                below = [one for one in child.children if one.mark and one.form not in ("run", "circle")]
                if below:
                    walk(child, own)
                else:
                    found[own] = child

    walk(chapter, ())
    return found


def _headings(chapter: Node) -> dict[tuple[int, ...], Node]:
    """Return the numbered headings right below a chapter by their numbers."""
    return {(child.mark.value,): child for child in chapter.children if child.mark and child.form != "run"}


def _counted_through(leaves: dict[tuple[int, ...], Node]) -> dict[tuple[int, ...], Node]:
    """Return problems by their own numbers where these are counted through all groups, else as they are."""
    last = {path[-1:]: node for path, node in leaves.items()}
    return last if len(last) == len(leaves) else leaves


def _answer(asked: Iterable[Node], answers: Iterable[Node]) -> bool:
    """Whether the second nodes answer the first: these say nothing but the problem, and those do not say it again."""
    pairs = list(zip(asked, answers))
    bare = sum(not one.rest and not any(line.text for line in one.lines) for one, _ in pairs)
    again = sum(_says_again(problem_wording(one.heading).title, answer.text) for one, answer in pairs)
    return bare * 2 > len(pairs) and again * 2 < len(pairs)


def _says_again(title: str, text: str) -> bool:
    return title[:8] in text[: len(title) + 30]


def _move(answer: Node, to: Node) -> None:
    to.items.append(Line(answer.text, answer.line))
    for item in answer.items:
        if isinstance(item, Node) and item.form not in ("run", "circle"):
            # Steps with numbers are no problems of their own, whatever the last of them ends in.
            to.items += [Line((item.mark.text if item.mark else "") + item.text, item.line), *item.texts()]
            continue
        if isinstance(item, Node):
            item.parent = to
        to.items.append(item)
    if answer.parent:
        answer.parent.items.remove(answer)


def _prune(node: Node) -> None:
    """Take out the headings below a node that hold nothing any more."""
    for child in node.children:
        _prune(child)
        if not child.items and not child.rest:
            node.items.remove(child)


def with_told_deadlines(
    problems: Sequence[FoundProblem], since: date | None, begun: date | None = None, year: int | None = None
) -> list[FoundProblem]:
    """Return the problems that are not done with the deadline that their account states: 2025年底前完成, 立行立改.

    A deadline of its own that names no year, 第四季度末, is of the `year` that the document states for all; else it is the first
    after work had `begun`, or after the document's own day for what is not done then.
    """
    return [_with_deadline(_dated(problem, since, begun, year), since) for problem in problems]


def _dated(problem: FoundProblem, since: date | None, begun: date | None, year: int | None) -> FoundProblem:
    said = problem.deadline_wording
    if not said:
        return problem
    if year and (day := deadline(said, date(year, 1, 1))):
        return problem._replace(deadline=day, deadline_wording="", deadline_said=said)
    after = begun or (since if problem.stated.status not in DONE else None)
    day = deadline(said, after) if after else None
    if day and since and not begun and not problem.stated.status and day.year > since.year:
        # What may be done may have been due as well.
        return problem
    return problem._replace(deadline=day, deadline_wording="", deadline_said=said) if day else problem


def _period(said: str, since: date | None) -> date | None:
    """Return the last day of a period that is all that a remark says: 推进中（5月底）."""
    remark = said.rpartition("（")[2].removesuffix("）")
    day = deadline(remark, since) if since and _PERIOD_ALONE.fullmatch(tight(remark)) else None
    return day if day and since and day >= since else None


def _with_deadline(problem: FoundProblem, since: date | None) -> FoundProblem:
    texts = [line.text for line in problem.body] + [measure.text for measure in problem.measures]
    told = "\n".join([*texts, *(entry.text for entry in problem.progress), problem.stated.wording])
    if "改" in told and _AT_ONCE.search(told) and not problem.flags:
        problem = problem._replace(flags=("immediate",))
    if (
        problem.deadline
        or problem.deadline_wording
        or problem.stated.status in DONE
        or not _HINT.search(told + problem.over)
    ):
        return problem
    if _NO_END.search(problem.over):
        return problem._replace(open_ended=True)
    in_table = problem.form == "table"
    # Above several problems, 仅余产权登记一项，4月底前完成 tells when one of them is due.
    over = "\n".join(said for said in _SENTENCE_END.split(problem.over) if not _OF_THE_REST.search(said))
    day = due(told, since, years_only=in_table) or due(problem.stated.wording, since) or due(over, since)
    day = day or _period(problem.stated.wording, since)
    return problem._replace(deadline=day)
