"""The day it is where a site is at home, whatever zone the machine is in: at seven in Beijing it is yesterday on a runner in UTC."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from rectify.core.language import _

DEFAULT_ZONE = "Asia/Shanghai"
_BEIJING = timezone(timedelta(hours=8), DEFAULT_ZONE)
"""Without summer time since 1991; a system without a table of zones needs none for it."""


def zone_of(name: str) -> tzinfo:
    """Return a time zone by its name in the IANA table; raises ValueError, with what to write, for one that there is not."""
    if name == DEFAULT_ZONE:
        return _BEIJING
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError(_("没有时区“{name}”；写成 timezone: {default}", name=name, default=DEFAULT_ZONE)) from None


def now(zone: str = DEFAULT_ZONE) -> datetime:
    """Return the moment it is, told in a time zone; raises ValueError for one that there is not."""
    return datetime.now(UTC).astimezone(zone_of(zone))


def end_of(day: date, zone: str = DEFAULT_ZONE) -> datetime:
    """Return the moment at which a day is over in a time zone; raises ValueError for a zone that there is not."""
    return datetime.combine(day + timedelta(days=1), time.min, zone_of(zone))


def today(zone: str = DEFAULT_ZONE) -> date:
    """Return the day it is in a time zone; raises ValueError for one that there is not."""
    return now(zone).date()


def declared_day(zone: str) -> date | None:
    """Return the day that SOURCE_DATE_EPOCH names in a time zone, or None where it is not set; raises ValueError."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        return datetime.fromtimestamp(int(epoch), UTC).astimezone(zone_of(zone)).date() if epoch else None
    except (ValueError, OverflowError, OSError):
        raise ValueError(_("SOURCE_DATE_EPOCH 应当是 1970 年以来的秒数：{epoch}", epoch=epoch)) from None
