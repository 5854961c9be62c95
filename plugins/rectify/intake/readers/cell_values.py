"""Numbers of a spreadsheet as its reader sees them: dates, percentages, decimals, by the cell's number format."""

from __future__ import annotations

import math
import operator
import re
from datetime import date, datetime, timedelta

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from rectify.core.language import language
from rectify.intake.outline import Cell

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LOCALE_DATES = {
    27: "yyyy年m月",
    28: "m月d日",
    29: "m月d日",
    30: "m-d-yy",
    31: "yyyy年m月d日",
    32: "h时mm分",
    33: "h时mm分ss秒",
    36: "yyyy年m月",
    50: "yyyy年m月",
    51: "m月d日",
    52: "yyyy年m月",
    53: "m月d日",
    54: "m月d日",
    57: "yyyy年m月",
    58: "m月d日",
}
"""Built-in formats of Chinese programs, which no file spells out (ECMA-376 part 1, 18.8.30)."""
_LONGEST_FORMAT = 255
_LITERAL = re.compile(r'"[^"]{0,255}"|\\.|\[[^\]]{0,255}\]')
_SECTION = re.compile(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;"])+|(?<=;)(?=;|$)|^(?=;)')
_CONDITION = re.compile(r"\[(<=|>=|<>|=|<|>)(-?\d{1,15}(?:\.\d{1,15})?)\]")
_COMPARED = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}
_DIGITS = re.compile("[0#?]")


class Formats:
    """The number format codes of a workbook by the index of a cell's style."""

    def __init__(self, styles: etree._Element | None, since_1904: bool):
        self.since_1904 = since_1904
        self._codes: list[str] = []
        if styles is None:
            return
        own = {f.get("numFmtId"): f.get("formatCode", "")[:_LONGEST_FORMAT] for f in styles.iter(_S + "numFmt")}
        cells = styles.find(_S + "cellXfs")
        for style in () if cells is None else cells.iterchildren(_S + "xf"):
            number = style.get("numFmtId", "0")
            index = int(number) if number.isdecimal() and len(number) < 6 else 0
            self._codes.append(own.get(number) or _LOCALE_DATES.get(index) or BUILTIN_FORMATS.get(index, "General"))

    def __getitem__(self, index: int) -> str:
        return self._codes[index] if 0 <= index < len(self._codes) else "General"


def shown(content: str, kind: str, code: str, since_1904: bool) -> Cell:
    """Return the cell of a stored number (`n`) or ISO date (`d`) with its format code."""
    if kind == "d":
        try:
            return _dated(datetime.fromisoformat(content.strip()).replace(tzinfo=None), code)
        except ValueError:
            return Cell(content)
    try:
        number = float(content)
    except ValueError:
        return Cell(content)
    if not math.isfinite(number):
        return Cell(content)
    if is_date_format(code) and (moment := _moment(number, since_1904)):
        return _dated(moment, code)
    return Cell(_number(number, code), value=number)


def _moment(number: float, since_1904: bool) -> datetime | None:
    """Return the moment of a serial number of days, None outside the calendar.

    Counting from 30 December 1899 makes up for 29 February 1900, which spreadsheets count and which never was.
    """
    start = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)
    try:
        return start + timedelta(seconds=round(number * 86400)) if number >= 0 else None
    except OverflowError:
        return None


def _dated(moment: datetime, code: str) -> Cell:
    letters = _LITERAL.sub("", code).lower()
    if "y" not in letters and "d" not in letters:
        return Cell(f"{moment:%H:%M}")
    if "d" not in letters:
        # The day is not part of what the cell says: a deadline in this month is no deadline on its first day.
        return Cell(language("zh").month(moment.year, moment.month))
    day = date(moment.year, moment.month, moment.day)
    time = f" {moment:%H:%M}" if "h" in letters else ""
    return Cell(day.isoformat() + time, value=day)


def _number(number: float, code: str) -> str:
    section = _section(number, code)
    literal = "".join(_words(part[0]) for part in _LITERAL.finditer(section))
    plain = _LITERAL.sub("", section)
    if not _DIGITS.search(plain) and "general" not in plain.lower():
        # A format may say in words what a number stands for: [=1]"已完成";[=2]"持续推进".
        return literal if literal.strip() else _plain(number)
    at = _DIGITS.search(plain)
    before, _, after = section.partition(at[0]) if at else ("", "", "")
    words = ["".join(_words(part[0]) for part in _LITERAL.finditer(side)) for side in (before, _DIGITS.sub("", after))]
    decimals = re.search(r"\.([0#?]+)", plain)
    places = len(decimals[1]) if decimals else 0
    if "%" in plain:
        return f"{number * 100:.{places}f}%"
    if decimals and "e" not in plain.lower():
        shown_number = f"{number:.{places}f}"
    elif (zeros := re.fullmatch("0+", plain.strip())) and number == int(number):
        shown_number = f"{int(number):0{len(zeros[0])}d}"
    else:
        shown_number = _plain(number)
    return f"{words[0]}{shown_number}{words[1]}"


def _plain(number: float) -> str:
    return str(int(number)) if number == int(number) and abs(number) < 1e18 else f"{number:.15g}"


def _section(number: float, code: str) -> str:
    """Return the part of a format code that is for a number: by its condition, else for positive, negative and zero ones."""
    sections = [match[0] for match in _SECTION.finditer(code)] or [""]
    conditions = [_CONDITION.search(section) for section in sections]
    if any(conditions):
        for section, condition in zip(sections, conditions):
            if condition is None or _COMPARED[condition[1]](number, float(condition[2])):
                return section
        return ""
    place = 1 if number < 0 else 2 if number == 0 else 0
    return sections[place] if place < min(len(sections), 3) else sections[0]


def _words(literal: str) -> str:
    """Return what a literal part of a format code prints: words in quotes, an escaped sign, a currency; not a colour or a condition."""
    if literal[0] == '"':
        return literal[1:-1]
    if literal[0] == "\\":
        return literal[1:]
    return literal[2:].partition("-")[0].rstrip("]") if literal.startswith("[$") else ""
