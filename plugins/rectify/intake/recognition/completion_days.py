"""Days on which matters were finished, told from those by which they are to be.

完成时间 says the one in some documents and the other in others: what stands beside it decides.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date

from rectify.core.vocabulary import DONE
from rectify.intake.recognition.days import deadline
from rectify.intake.recognition.found import FoundProblem
from rectify.prose.statuses import Stated

_FINISHED = {"实际完成时间", "实际完成日期", "完成日期", "办结日期"}


def with_days_of_completion(problems: Sequence[FoundProblem], since: date | None) -> list[FoundProblem]:
    """Return the problems without those deadlines that are days on which they were finished.

    What was finished by the document's own day, and has no status in words, is done.
    """
    if since is None:
        return list(problems)
    if _tells_when_done(problems, since):
        problems = [
            problem._replace(deadline=None, deadline_wording="", body=(*problem.body, problem.when_done))
            if problem.when_done
            else problem
            for problem in problems
        ]
    return [_done(problem, since) for problem in problems]


def _tells_when_done(problems: Sequence[FoundProblem], since: date) -> bool:
    """Whether 完成时间 says when: others are told by when in other words, or all of its days are past and few end a month."""
    meant = [problem for problem in problems if problem.when_done]
    if any(problem.stated.status and problem.stated.status not in DONE for problem in meant):
        return False
    found = [problem.deadline or _this_year(problem.deadline_wording, since) for problem in meant]
    days = [day for day in found if day and day <= since]
    if not days or len(days) < len(found):
        return False
    planned = any(problem.deadline and not problem.when_done for problem in problems)
    within = [day for day in days if day.day < calendar.monthrange(day.year, day.month)[1]]
    return planned or (len(days) > 1 and len(within) * 2 > len(days))


def _this_year(said: str, since: date) -> date | None:
    return deadline(said, date(since.year, 1, 1))


def _done(problem: FoundProblem, since: date) -> FoundProblem:
    if problem.stated.status or problem.unknown_status[0]:
        return problem
    for line in problem.body:
        label, _, said = line.text.partition("：")
        day = _this_year(said, since) if label in _FINISHED or line == problem.when_done else None
        if day and day <= since:
            return problem._replace(stated=Stated("done", line.text), status_source="label")
    return problem
