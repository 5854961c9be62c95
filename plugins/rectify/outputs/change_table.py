"""All changes of the publications as a table: what `history.jsonl` tells, for who opens it in WPS or Excel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rectify.core.changes import Change
from rectify.core.language import N_, Language
from rectify.outputs.change_texts import KINDS, read_day
from rectify.outputs.data_tables import Cell, Field, Table

CHANGES = Table(
    "changes",
    N_("改动"),
    N_("历次公开的每一处改动，一处一行，从早到晚"),
    (
        Field("on", N_("公开日期"), lambda row: read_day(row[0].get("on", "")), "date", required=True),
        Field("release", N_("公开编号"), lambda row: row[0].get("release", ""), required=True),
        Field(
            "ref", N_("编号"), lambda row: row[1].ref, about=N_("问题、通报的编号，网页的地址或者文件；整个网站的不写")
        ),
        Field("title", N_("题目"), lambda row: row[1].title),
        Field("kind_name", N_("改动的种类"), lambda row: row[2].say(KINDS[row[1].kind].name)),
        Field("field", N_("字段"), lambda row: row[1].field),
        Field("before", N_("原来"), lambda row: row[1].before),
        Field("after", N_("现在"), lambda row: row[1].after),
        Field("about", N_("对象"), lambda row: row[1].about),
        Field("kind", N_("种类代码"), lambda row: row[1].kind),
    ),
    (),
)


def change_rows(
    publications: Iterable[tuple[Mapping[str, Any], Sequence[Change]]], language: Language
) -> Iterator[list[Cell]]:
    """Yield a row for each change of publications, given with the line of each in the history."""
    for head, changes in publications:
        for change in changes:
            yield [field.of((head, change, language)) for field in CHANGES.fields]
