"""An account below the last of some problems that is that of all of them: 2.甲不严。3.乙不畅。整改情况：对上述2个问题，…"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rectify.core.numerals import fold_digits, number_of
from rectify.intake.recognition.found import FoundProblem

_OF_SEVERAL = re.compile(
    "(?:对|针对|就|关于)?(?:以上|上述|前述|这)(\\d{1,2}|[两三四五六七八九十]{1,2})(?:个|项|条)(?:具体|反馈)?(?:问题|事项|任务)"
)


def with_accounts_shared(problems: Sequence[FoundProblem]) -> list[FoundProblem]:
    """Return the problems with such an account and its status given to each of those that it counts, which have none of their own."""
    found = list(problems)
    for last, problem in enumerate(found):
        match = _OF_SEVERAL.match(fold_digits(problem.body[0].text)) if problem.body else None
        first = last - (number_of(match[1]) or 1) + 1 if match else last
        others = found[max(first, 0) : last]
        if first < 0 or any(one.group != problem.group or one.body or one.measures or one.progress for one in others):
            continue
        for at, one in enumerate(others, first):
            told = one if one.stated.status else problem
            found[at] = one._replace(body=problem.body, stated=told.stated, status_source=told.status_source)
    return found
