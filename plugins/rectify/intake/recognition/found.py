"""What recognition makes of a document, before it is a draft: each problem with the place it was read from."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from rectify.core.language import Message
from rectify.core.model import Closeout, Measure, Progress, Step
from rectify.intake.recognition.line import Line
from rectify.prose.statuses import Stated


class Undecided(NamedTuple):
    """A form's options of which none is ticked, or several: nothing is taken from it."""

    column: str
    """The label, as printed."""
    text: str
    """All of it, as printed."""
    ticked: int
    line: int


class FoundProblem(NamedTuple):
    title: str
    line: int
    number: str = ""
    group: str = ""
    """The heading it stands under, without its number."""
    group_heading: str = ""
    """The same as printed."""
    group_line: int = 0
    over: str = ""
    """What all the headings and sentences say that it stands under, and the name of its worksheet."""
    counted: Line | None = None
    """The heading above it that says how many have its status: 已完成（8个）."""
    series_line: int = 0
    """Line of the heading within which its number counts, where that is another than its group's."""
    group_is_section: bool = False
    """Whether that heading is the part of the document about problems as such, and groups nothing."""
    stated: Stated = Stated()
    unknown_status: tuple[str, int] = ("", 0)
    """A status that is no word of the vocabulary, and its line."""
    unreached: tuple[str, int] = ("", 0)
    """Words at the end of its account that name a completion and tell none, and their line: 12月底前全部完成."""
    status_source: str = ""
    """Where the status stands: label, heading, body, progress, group, numbers, total; empty when nothing says."""
    lead: str = ""
    units: tuple[str, ...] = ()
    owner: str = ""
    category: str = ""
    deadline: date | None = None
    open_ended: bool = False
    """Whether its deadline is 长期坚持."""
    deadline_wording: str = ""
    """A deadline that could not be read as a date or 长期坚持."""
    when_done: Line | None = None
    """The words out of which a deadline was read, where they may say as well when it was done: 完成时间：2024年9月15日."""
    deadline_said: str = ""
    """The whole wording out of which a deadline was read, where that is more than its date."""
    undecided: tuple[Undecided, ...] = ()
    flags: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    progress: tuple[Progress, ...] = ()
    closeout: Closeout | None = None
    course: tuple[Step, ...] = ()
    body: tuple[Line, ...] = ()
    points: tuple[tuple[str, int], ...] = ()
    """First sentence and line of each point of its runs 一是…二是…"""
    repeated: tuple[Line, ...] = ()
    """Labels of fields that a problem has one of, where they come again, and their lines."""
    read_at: tuple[int, ...] = ()
    """Lines whose labelled values it has."""
    sign: str = ""
    """The sign that its heading bears: ★."""
    form: str = ""
    """How it was announced: a form of heading, `inline` or `table`."""
    doubt: Message | None = None
    """Why it may have been read wrongly, where the reading itself shows it."""
