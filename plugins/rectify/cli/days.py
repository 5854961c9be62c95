"""Days as options give them."""

from __future__ import annotations

from datetime import date

import click

from rectify.core.language import _
from rectify.sources.dates import NoSuchDay, parse_date


def day_of(text: str, option: str | None = None, month_end: bool = False) -> date:
    """Return the day that a text names, of a month its last with `month_end`; a usage error where it names none."""
    try:
        return parse_date(text, month_end)
    except (NoSuchDay, ValueError):
        raise click.BadParameter(_("不是日期：{text}；写成 2024-07-17", text=text), param_hint=option) from None


def optional_day(context: click.Context, option: click.Parameter, value: str | None) -> date | None:
    """Return the day of an option, for click to call."""
    return day_of(value) if value else None
