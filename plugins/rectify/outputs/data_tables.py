"""The tables of the open data: problems, disclosures and progress entries, each with its columns and what they mean.

CSV files, sheets of the workbook, the descriptor of the data package and the page that explains the data are made from these.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from rectify.core.counts import Counts
from rectify.core.language import N_, Language, Message
from rectify.core.language import language as language_of
from rectify.core.model import Disclosure, Problem, Progress
from rectify.core.numerals import as_number
from rectify.core.vocabulary import (
    DISCLOSURE_KEYS,
    FLAGS,
    LONG_TERM,
    PRIORITIES,
    PROBLEM_KEYS,
    RECORDS,
    STATES,
    STATUSES,
    Key,
    Term,
)

Cell = str | int | date | None


class Row(NamedTuple):
    """What a row of a table is made from."""

    language: Language
    as_of: date
    disclosure: Disclosure
    problem: Problem | None = None
    entry: Progress | None = None
    place: int = 0
    """Of an entry among those of its problem, from 1."""
    counts: Counts | None = None


class Field(NamedTuple):
    """A column of a table."""

    key: str
    """Its name for programs."""
    label: Key | Term | Message
    of: Callable[[Any], Cell]
    """Makes a cell of a Row; nothing where it is not stated."""
    kind: str = "string"
    """`string`, `date`, `integer`."""
    about: Message | None = None
    """What it means, where its name does not say."""
    required: bool = False

    def name(self, language: Language) -> str:
        """Return the head of the column."""
        return language.say(self.label) if isinstance(self.label, Message) else language.name(self.label)

    def meaning(self, language: Language) -> str:
        """Return what the column means; empty where its name says it."""
        return language.say(self.about) if self.about else ""


class Table(NamedTuple):
    """One table."""

    key: str
    """The name of its file and of its resource."""
    title: Message
    about: Message
    fields: tuple[Field, ...]
    primary: tuple[str, ...]
    """The keys of the columns that tell its rows apart."""
    refers: tuple[str, str] | None = None
    """A column, and the table whose first column it refers to."""

    def head(self, language: Language) -> list[str]:
        return [field.name(language) for field in self.fields]

    def cells(self, row: Row) -> list[Cell]:
        return [field.of(row) for field in self.fields]

    def widths(self) -> list[int]:
        """Return how wide the columns of a sheet are, in characters."""
        return [_WIDTHS.get(field.key, 12 if field.kind == "string" else 11) for field in self.fields]


_WIDTHS = {
    "title": 44,
    "disclosure_title": 36,
    "text": 60,
    "progress": 44,
    "unit": 22,
    "group": 22,
    "units": 22,
    "url": 30,
}


def _status(row: Row) -> str:
    return row.language.name(row.problem.term)  # type: ignore[union-attr]


def _deadline(row: Row) -> Cell:
    problem = row.problem
    assert problem is not None
    return problem.deadline or (row.language.name(LONG_TERM) if problem.long_term else "")


def _named(terms: Any, keys: Iterable[str], language: Language) -> str:
    return language.text("、").join(language.name(terms[key]) for key in keys)


def _of(name: str) -> Callable[[Any], Cell]:
    """Return what takes a text of a problem."""
    return lambda row: getattr(row.problem, name)


def _with(name: str) -> Callable[[Any], Cell]:
    """Return what takes a text or a day of a disclosure."""
    return lambda row: getattr(row.disclosure, name)


def _last(name: str) -> Callable[[Any], Cell]:
    return lambda row: getattr(row.problem.last_progress, name) if row.problem.progress else None


def _closed(name: str) -> Callable[[Any], Cell]:
    return lambda row: getattr(row.problem.closeout, name) if row.problem.closeout else None


_REF, _STATUS_KEY, _PAGE = N_("编号"), N_("状态代码"), N_("网页")
_REF_ABOUT = N_("永久编号：通报编号和问题编号，状态、分组变化时不变，也不会重复使用")
_STATUS_ABOUT = N_("状态的英文代码，名称变了也不变")
_PAGE_ABOUT = N_("相对于网站的根")
_DISCLOSURE_REF = N_("通报编号")
_MANY = N_("有几项的用顿号隔开")

PROBLEMS = Table(
    "problems",
    N_("问题"),
    N_("全部问题，一个问题一行，按公开日期从新到旧、文件里的顺序排列"),
    (
        Field("ref", _REF, lambda row: row.problem.ref, about=_REF_ABOUT, required=True),
        Field("unit", DISCLOSURE_KEYS["unit"], _with("unit"), required=True),
        Field("disclosure_title", DISCLOSURE_KEYS["title"], _with("title"), about=N_("通报的标题"), required=True),
        Field("group", PROBLEM_KEYS["group"], _of("group")),
        Field(
            "number",
            PROBLEM_KEYS["number"],
            lambda row: as_number(row.problem.number),
            about=N_("原文的序号，在每个分组里重新开始"),
        ),
        Field("title", PROBLEM_KEYS["title"], _of("title"), required=True),
        Field("status", PROBLEM_KEYS["status"], _status, required=True),
        Field("lead", PROBLEM_KEYS["lead"], _of("lead")),
        Field("units", PROBLEM_KEYS["units"], lambda row: "、".join(row.problem.units), about=_MANY),
        Field("owner", PROBLEM_KEYS["owner"], _of("owner")),
        Field("deadline", PROBLEM_KEYS["deadline"], _deadline, about=N_("日期，或者“长期坚持”")),
        Field("category", PROBLEM_KEYS["category"], _of("category")),
        Field("flags", PROBLEM_KEYS["flags"], lambda row: _named(FLAGS, row.problem.flags, row.language), about=_MANY),
        Field(
            "overdue",
            N_("是否逾期"),
            lambda row: row.language.text("是") if row.problem.overdue(row.as_of) else "",
            about=N_("按数据的日期算；没有逾期的不写"),
        ),
        Field("progress_date", N_("最近进展日期"), _last("date"), "date"),
        Field("progress", N_("最近进展"), _last("text")),
        Field("overdue_days", N_("逾期天数"), lambda row: row.problem.days_overdue(row.as_of) or None, "integer"),
        Field("closeout_date", N_("销号日期"), _closed("date"), "date"),
        Field("closeout_by", N_("验收单位"), _closed("by")),
        Field("closeout_doc_no", N_("验收文号"), _closed("doc_no")),
        Field("as_of", N_("通报截至"), _with("as_of"), "date", N_("状态是截至这一天的"), required=True),
        Field(
            "earlier",
            PROBLEM_KEYS["earlier"],
            lambda row: "、".join(row.problem.earlier),
            about=N_("以前通报里同一件事的编号"),
        ),
        Field(
            "priority",
            PROBLEM_KEYS["priority"],
            lambda row: _named(PRIORITIES, row.problem.priority, row.language),
            about=_MANY,
        ),
        Field("disclosure", _DISCLOSURE_REF, lambda row: row.disclosure.id, required=True),
        Field("status_key", _STATUS_KEY, _of("status"), about=_STATUS_ABOUT, required=True),
        Field("url", _PAGE, _of("url"), about=_PAGE_ABOUT, required=True),
    ),
    ("ref",),
    ("disclosure", "disclosures"),
)


def _count(name: str) -> Callable[[Any], Cell]:
    return lambda row: getattr(row.counts, name)


def _by_status(key: str) -> Callable[[Any], Cell]:
    return lambda row: dict(row.counts.by_status)[key]


_STATED = ("issuer", "inspector", "inspection", "round", "index_no", "doc_no")
_DAYS = ("doc_date", "feedback", "published", "as_of", "until")

DISCLOSURES = Table(
    "disclosures",
    N_("通报"),
    N_("全部通报和各自的计数，一份通报一行，按公开日期从新到旧排列"),
    (
        Field("id", _DISCLOSURE_REF, _with("id"), required=True),
        Field("title", DISCLOSURE_KEYS["title"], _with("title"), required=True),
        Field("unit", DISCLOSURE_KEYS["unit"], _with("unit"), required=True),
        *(Field(name, DISCLOSURE_KEYS[name], _with(name)) for name in _STATED),
        *(
            Field(name, DISCLOSURE_KEYS[name], _with(name), "date", required=name in ("published", "as_of"))
            for name in _DAYS
        ),
        Field("total", N_("问题数"), _count("total"), "integer", required=True),
        *(
            Field(
                f"state_{state.key}",
                N_("合计：{state}", state=Message(state.label, (), state.english)),
                _count(state.key),
                "integer",
                required=True,
            )
            for state in STATES
        ),
        *(
            Field(f"status_{status.key}", status, _by_status(status.key), "integer", required=True)
            for status in STATUSES
        ),
        Field("overdue", N_("逾期"), _count("overdue"), "integer", N_("按数据的日期算"), required=True),
        Field("url", _PAGE, _with("url"), about=_PAGE_ABOUT, required=True),
    ),
    ("id",),
)

_PROGRESS_KEYS = RECORDS["progress"]
PROGRESS = Table(
    "progress",
    N_("进展"),
    N_("全部进展记录，一条一行，按问题的顺序，每个问题从早到晚"),
    (
        Field("ref", _REF, lambda row: row.problem.ref, about=_REF_ABOUT, required=True),
        Field("place", N_("第几条"), lambda row: row.place, "integer", required=True),
        Field("date", _PROGRESS_KEYS["date"], lambda row: row.entry.date, "date", required=True),
        Field(
            "status",
            _PROGRESS_KEYS["status"],
            lambda row: row.language.name(STATUSES[row.entry.status]) if row.entry.status else "",
            about=N_("这一条写明的状态；没有写明的，状态不变"),
        ),
        Field("text", _PROGRESS_KEYS["text"], lambda row: row.entry.text),
        Field("status_key", _STATUS_KEY, lambda row: row.entry.status, about=_STATUS_ABOUT),
        Field("files", _PROGRESS_KEYS["files"], lambda row: "、".join(row.entry.files), about=_MANY),
    ),
    ("ref", "place"),
    ("ref", "problems"),
)

TABLES = (PROBLEMS, DISCLOSURES, PROGRESS)


def rows_of(
    table: Table, disclosure: Disclosure, problems: Sequence[Problem], counts: Counts, as_of: date, language: Language
) -> Iterator[list[Cell]]:
    """Yield the rows of a table that are one disclosure's."""
    if table is DISCLOSURES:
        yield table.cells(Row(language, as_of, disclosure, counts=counts))
    for problem in problems if table is not DISCLOSURES else ():
        if table is PROBLEMS:
            yield table.cells(Row(language, as_of, disclosure, problem))
        else:
            for place, entry in enumerate(problem.progress, start=1):
                yield table.cells(Row(language, as_of, disclosure, problem, entry, place))


def csv_rows(rows: Iterable[Sequence[Cell]]) -> str:
    """Return rows as lines of a CSV file."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([_text(cell) for cell in row] for row in rows)
    return out.getvalue()


def _text(cell: Cell) -> str:
    if isinstance(cell, str):
        # A spreadsheet would run a cell that begins like a formula; where people write Chinese, a full-width sign begins one too.
        return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r") else cell
    return "" if cell is None else str(cell)


def csv_file(table: Table, parts: Iterable[str], language: Language) -> bytes:
    """Return a CSV file: UTF-8 with a byte order mark, which WPS and Excel need to show Chinese."""
    return ("\ufeff" + csv_rows([table.head(language)]) + "".join(parts)).encode()


def field_rows(tables: Iterable[Table], language: Language) -> Iterator[list[Cell]]:
    """Yield a head and a row for each column of the tables: what it is called in both languages, its key and what it means."""
    chinese, english = (language_of(key) for key in ("zh", "en"))
    yield [
        language.text("表"),
        language.text("列"),
        language.text("另一种语言"),
        language.text("代码"),
        language.text("含义"),
    ]
    for table in tables:
        for field in table.fields:
            own, other = field.name(language), field.name(english if language.is_chinese else chinese)
            yield [language.say(table.title), own, other, field.key, field.meaning(language)]
