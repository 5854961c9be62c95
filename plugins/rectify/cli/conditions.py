"""What problems have in common, as options say it: 状态=未单独公布, 牵头单位=办公室."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import click

from rectify.cli.texts import did_you_mean
from rectify.cli.values import term_of
from rectify.core.language import _, listed
from rectify.core.model import Problem
from rectify.core.units import Units
from rectify.core.vocabulary import FLAGS, PRIORITIES, PROBLEM_KEYS, STATUSES, Key, word_of

_KINDS = {"text", "names", "ordinal", "deadline", "status", "flags", "priorities"}
"""Kinds of values that are short enough to be named."""
_CLOSED = {"status": STATUSES, "flags": FLAGS, "priorities": PRIORITIES}


class Condition(NamedTuple):
    """A key and the value that problems must have there; empty for those that have none."""

    key: Key
    value: str

    def holds(self, problem: Problem, units: Units) -> bool:
        """Return whether a problem has the value; a unit by any of its names."""
        found, value = getattr(units.problem(problem), self.key.name), self.value
        if not value:
            return not found
        if self.key.name in ("lead", "units"):
            value = units.name(value)
        if isinstance(found, tuple):
            return value in found
        return (found.isoformat() if isinstance(found, date) else found or "") == value


def conditions(context: click.Context, parameter: click.Parameter, texts: Sequence[str]) -> tuple[Condition, ...]:
    """Return the conditions of an option's values; a usage error where one is none."""
    return tuple(_condition(text) for text in texts)


def _condition(text: str) -> Condition:
    name, sign, value = text.replace("＝", "=").partition("=")
    keys = [key for key in PROBLEM_KEYS if key.kind in _KINDS and not key.internal]
    key = PROBLEM_KEYS.find(name)
    if not sign or key is None or key not in keys:
        names = [word for one in keys for word in (one.name, one.label)]
        hint = did_you_mean(name, names) or _("。")
        allowed = listed(word_of(one) for one in keys)
        raise click.BadParameter(
            _("“{text}”不是条件{hint}写成 字段=值；可用的字段：{allowed}", text=text, hint=hint, allowed=allowed),
            param_hint="--where",
        )
    value = value.strip()
    return Condition(key, term_of(_CLOSED[key.kind], value, "--where").key if value and key.kind in _CLOSED else value)
