"""What a column or a label holds, told by its values, where its own words are not known: statuses, problems, accounts, groups."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from rectify.core.vocabulary import STATUSES
from rectify.intake.recognition.days import deadline
from rectify.intake.recognition.likeness import states_problem
from rectify.prose.statuses import is_not_done, is_plain_no, is_plain_yes, labelled_status

NAMES = {
    "number": "序号",
    "title": "问题",
    "progress": "整改情况",
    "status": "整改状态",
    "deadline": "整改时限",
    "group": "所属区域",
}
"""The label that stands for each field where a document's own is not known."""
_FEWEST = 2
_LONGEST_STATUS, _LONGEST_TITLE, _LONGEST_DAY, _LONGEST_GROUP = 16, 80, 24, 24
_ACCOUNT = 18
"""Characters of an account, on average at least."""
_UNTIL = re.compile("期|限|底前|何时|哪天|最[晚迟]|多久|(?:啥|什么)时候|计划|预计|承诺|节点|时间要求|⏰|📅|🗓")
_PLACE = re.compile("单位|部门|科室|责任|人|备注|说明|日期|时间|编号|编码|金额|数|序")
"""Words of labels whose values come again and again and group nothing."""
_NO_STATUS = re.compile("属实|问责|满意|公开|整改前|原")


def field_of(label: str, values: Sequence[str], taken: Sequence[str]) -> str:
    """Return the field that the values of a label show, none that is `taken`; empty where they show none."""
    texts = [text for value in values if (text := value.strip(" \t\n\u3000—-/／"))]
    if texts and not _NO_STATUS.search(label) and all(map(is_status, texts)):
        # Each sign may stand for one status: ✅已完成 ⏳正在推进
        return "status" if "status" not in taken or not label.isalnum() else ""
    if len(texts) < _FEWEST:
        return ""
    tests = {
        "deadline": bool(_UNTIL.search(label)) and all(len(t) <= _LONGEST_DAY and is_day(t) for t in texts),
        "title": _are_problems(texts, 3 if "status" in taken else 2),
        "progress": sum(map(len, texts)) >= _ACCOUNT * len(texts) and len(set(texts)) > 1,
        "group": not _PLACE.search(label) and are_groups(texts),
    }
    return next((field for field, shown in tests.items() if shown and field not in taken), "")


def is_status(text: str) -> bool:
    """Return whether a value is a status and nothing else; a yes or no is one."""
    text = text.strip()
    if STATUSES.find(text) is not None or is_plain_yes(text) or is_plain_no(text) or is_not_done(text):
        return True
    return len(text) <= _LONGEST_STATUS and bool(labelled_status(text).status)


def are_groups(texts: Sequence[str]) -> bool:
    """Return whether values gather the rows they stand in: short ones that come together, one run each."""
    runs = [value for value, _ in itertools.groupby(texts)]
    short = max(map(len, runs), default=0) <= _LONGEST_GROUP and not any(
        re.search(r"\d{2}|\d[.．年月/-]", r) for r in runs
    )
    return 1 < len(set(runs)) == len(runs) < len(texts) and short


def is_day(text: str) -> bool:
    """Return whether a value says by when: a date, at once, or without end."""
    return text in ("立行立改", "即知即改", "长期坚持", "长期") or deadline(text) is not None


def _are_problems(texts: Sequence[str], parts: int) -> bool:
    short = all(len(text) <= _LONGEST_TITLE and "。" not in text.rstrip("。") for text in texts)
    return short and sum(map(states_problem, texts)) * parts > len(texts) and len(set(texts)) == len(texts)
