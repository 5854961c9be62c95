"""An account below the last of some problems that is that of all of them: 2.甲不严。3.乙不畅。整改情况：对上述2个问题，… or …，以上2个问题均已完成。"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rectify.core.numerals import fold_digits, number_of
from rectify.intake.recognition.found import FoundProblem
from rectify.prose.statuses import Stated, heading_status

_OF_SEVERAL = re.compile(
    "(?:^|(?<=[，。；\n]))(?:对|针对|就|关于)?(?:以上|上述|前述|这)(\\d{1,2}|[两三四五六七八九十]{1,2})(?:个|项|条)(?:具体|反馈)?(?:问题|事项|任务)"
)
_CLAUSE = re.compile("[，。；\n]")
_SHARED = ("body", "measures", "deadline", "deadline_wording", "open_ended", "lead", "units", "owner")
"""What is said of the last of some problems and is then that of all of them."""


def with_accounts_shared(problems: Sequence[FoundProblem]) -> list[FoundProblem]:
    """Return the problems with such an account and its status given to each of those that it counts, which have none of their own."""
    found = list(problems)
    for last, problem in enumerate(found):
        match = _OF_SEVERAL.search(fold_digits("\n".join(line.text for line in problem.body)))
        first = last - (number_of(match[1]) or 1) + 1 if match else last
        others = found[max(first, 0) : last]
        if first < 0 or any(one.group != problem.group or one.body or one.measures or one.progress for one in others):
            continue
        if match and not problem.stated.status and (said := _status_behind(match)).status:
            problem = problem._replace(stated=said, status_source="body")
            found[last] = problem
        for at, one in enumerate(others, first):
            told = one if one.stated.status else problem
            shared = {field: getattr(one, field) or getattr(problem, field) for field in _SHARED}
            found[at] = one._replace(**shared, stated=told.stated, status_source=told.status_source)
    return found


def _status_behind(match: re.Match[str]) -> Stated:
    """Return the status that the words right behind 以上2个问题 are: 均已完成整改."""
    return heading_status(_CLAUSE.split(match.string[match.end() :], maxsplit=1)[0])
