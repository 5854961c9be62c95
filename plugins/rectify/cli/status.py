"""`rectify status`: the register in the terminal."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import click

from rectify.cli.days import optional_day
from rectify.cli.earlier import ON, PUBLISHED, Earlier, earlier
from rectify.cli.references import Reference, any_of
from rectify.cli.site import CONTENT, content_of, declared_around, retention_around, units_around
from rectify.cli.values import term_of
from rectify.core.columns import columns_of, padded
from rectify.core.counts import headline
from rectify.core.course import standing
from rectify.core.finding import errors
from rectify.core.language import _, _n, spoken
from rectify.core.model import Disclosure, Problem
from rectify.core.register import Register, is_public
from rectify.core.retention import SOON, Retention
from rectify.core.units import NO_UNITS, Units
from rectify.core.vocabulary import STATUSES
from rectify.outputs.data import problem_data
from rectify.outputs.past_register import past_row
from rectify.sources.content import survey
from rectify.sources.folder import read_folder
from rectify.sources.units import named

_TITLE_AT_LEAST = 20
"""Columns left for titles on the narrowest terminal."""
_LABEL = max(columns_of(spoken().name(term)) for term in STATUSES)


@click.command(
    help=_(
        "在终端里看登记：每份通报的计数，每个问题的状态、时限、牵头单位。DISCLOSURE 是通报的文件夹名，也可以是一个问题的编号，不写则是全部公开的通报。"
    )
)
@click.argument("disclosures", metavar="[DISCLOSURE]…", nargs=-1)
@click.option("--overdue", is_flag=True, help=_("只列逾期的"))
@click.option("--priority", is_flag=True, help=_("只列重点"))
@click.option("--waiting", is_flag=True, help=_("只列销号待审、延期待批、被退回的"))
@click.option("--status", "status", help=_("只列这个状态的"))
@click.option(
    "--unit",
    help=_("只列这个单位的（通报单位、牵头或者责任单位，可以只写一部分）"),
)
@click.option("--as-of", callback=optional_day, help=_("按这一天计算逾期"))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help=_("输出格式"))
@ON
@PUBLISHED
@CONTENT
def status(
    disclosures: tuple[str, ...],
    overdue: bool,
    priority: bool,
    waiting: bool,
    status: str | None,
    unit: str | None,
    as_of: date | None,
    form: str,
    on: date | None,
    published: str | None,
    content: Path | None,
) -> None:
    wanted = _Wanted(
        overdue, priority, term_of(STATUSES, status, "--status").key if status else "", unit, is_waiting=waiting
    )
    if on is not None and waiting:
        raise click.UsageError(_("办理各步不公开，以前的一天没有；--waiting 不能与 --on 一起用"))
    if on is not None and as_of is not None:
        raise click.UsageError(_("--on 按那次公开的日期计算逾期，不能与 --as-of 一起用"))
    if on is not None:
        _on(earlier(on, published, content), disclosures, wanted, form)
    elif published:
        raise click.UsageError(_("--published 要与 --on 一起用"))
    else:
        _now(content_of(content), disclosures, wanted, as_of, form)


class _Wanted(NamedTuple):
    """Which problems are listed."""

    overdue: bool
    priority: bool
    status: str
    unit: str | None
    units: Units = NO_UNITS
    is_waiting: bool = False
    stands: Mapping[str, str] = {}
    """Where problems stand between the offices, by reference."""

    @property
    def is_some(self) -> bool:
        return bool(self.overdue or self.priority or self.status or self.unit or self.is_waiting)

    def of(self, register: Register, named: Collection[Reference]) -> dict[str, list[Problem]]:
        """Return the problems of each disclosure among those that are named, all where none is."""
        ids = {one.disclosure for one in named}
        return {
            disclosure.id: [
                p
                for p in register.of(disclosure)
                if (not ids or {Reference(disclosure.id), Reference(disclosure.id, p.nn)} & set(named))
                and self._fits(p, disclosure.unit, register)
            ]
            for disclosure in register.disclosures
            if not ids or disclosure.id in ids
        }

    def _fits(self, problem: Problem, owner: str, register: Register) -> bool:
        answering = [name for name in (owner, problem.lead, *problem.units) if name]
        answering += filter(None, map(self.units.parent, answering))
        return (
            (not self.overdue or problem.overdue(register.as_of))
            and (not self.priority or bool(problem.priority))
            and (not self.is_waiting or problem.ref in self.stands)
            and (not self.status or problem.status == self.status)
            and (not self.unit or any(self.unit in name or self.units.name(self.unit) == name for name in answering))
        )


def _now(content: Path, disclosures: tuple[str, ...], wanted: _Wanted, as_of: date | None, form: str) -> None:
    units = units_around(content)
    folders = [named(read_folder(content, rid), units) for rid in survey(content).folders]
    register = Register(
        (f.disclosure for f in folders if f.disclosure),
        {f.id: f.problems for f in folders},
        as_of or declared_around(content),
    )
    named_ones = {any_of(word, content) for word in disclosures}
    ids = {one.disclosure for one in named_ones}
    wrong = sum(len(errors(folder.findings)) for folder in folders if not ids or folder.id in ids)
    stands = {
        one.ref: spoken().say(word)
        for folder in folders
        for one in folder.problems
        if not one.withdrawn and (word := standing(one.course, one.status))
    }
    chosen = wanted._replace(units=units, stands=stands).of(register, named_ones)
    if form == "json":
        _print_json(register, chosen, {}, lambda problem, seq: problem_data(problem, seq, register.as_of, spoken()))
    else:
        _print(register, chosen, wanted.is_some, stands)
        _print_terms([d for d in register.disclosures if d.id in chosen], retention_around(content))
    internal = sum(f.disclosure is not None and not is_public(f.disclosure) for f in folders if not ids or f.id in ids)
    if internal:
        click.echo(_n("另有 {number} 份不公开（文种或者公开范围），没有列出", internal), err=True)
    if wrong:
        click.echo(
            _n("内容有 {number} 处错误，可能没有列全；运行 rectify check 查看", wrong),
            err=True,
        )
        sys.exit(1)


def _print_terms(disclosures: Iterable[Disclosure], retention: Retention) -> None:
    """Print which terms of publication are over, and which soon are."""
    for one in disclosures:
        if retention.is_over(one):
            day = retention.end_of(one)
            click.echo(_("{disclosure}  {day} 公开期满，网站上只留条目", disclosure=one.id, day=day))
        elif day := retention.ends_within(one, SOON):
            told = _(
                "{disclosure}  {day} 公开期满，那一天起网站上只留条目；要延长的，改“公开截止”",
                disclosure=one.id,
                day=day,
            )
            click.echo(told)


def _on(then: Earlier, disclosures: tuple[str, ...], wanted: _Wanted, form: str) -> None:
    chosen = wanted.of(then.register, {then.named(word) for word in disclosures})
    if form == "json":
        head = {"release": then.shown.release, "published": then.shown.head.get("on", "")}
        head |= {"counts": then.shown.head.get("counts", {}), "lost": list(then.past.lost)}
        _print_json(then.register, chosen, head, lambda problem, seq: past_row(then.past, problem, seq, spoken()))
        return
    click.echo(then.sentence())
    _print(then.register, chosen, wanted.is_some)
    for sentence in then.gaps():
        click.echo(sentence, err=True)


def _print_json(
    register: Register,
    chosen: Mapping[str, Collection[Problem]],
    head: Mapping[str, Any],
    row: Callable[[Problem, int], dict[str, Any]],
) -> None:
    rows = [
        row(problem, seq)
        for disclosure in register.disclosures
        for seq, problem in enumerate(register.of(disclosure), 1)
        if problem in chosen.get(disclosure.id, ())
    ]
    told = {**head, "as_of": register.as_of.isoformat(), "problems": rows}
    click.echo(json.dumps(told, ensure_ascii=False, indent=1))


def _print(
    register: Register, chosen: dict[str, list[Problem]], filtered: bool, stands: Mapping[str, str] | None = None
) -> None:
    shown = 0
    columns = max((len(problem.ref) for problems in chosen.values() for problem in problems), default=0)
    for disclosure in register.disclosures:
        problems = chosen.get(disclosure.id)
        if problems is None or (filtered and not problems):
            continue
        click.echo(
            f"{disclosure.id}  {disclosure.title}\n    {headline(register.counts_of(disclosure).data(), dict(disclosure.declared))}"
        )
        for problem in problems:
            click.echo(_row(problem, register.as_of, columns, (stands or {}).get(problem.ref, "")))
            shown += 1
    total = _n("共 {number} 个问题，逾期按 {day} 计算", shown, day=register.as_of)
    if not register.disclosures:
        total = _("没有要公开的通报")
    click.echo(total if shown or not filtered else _("没有符合条件的问题"))


def _row(problem: Problem, as_of: date, columns: int, stands: str) -> str:
    term = problem.term
    label = spoken().name(term)
    late = (as_of - problem.deadline).days if problem.deadline and problem.overdue(as_of) else 0
    due = problem.deadline.isoformat() if problem.deadline else _("长期坚持") if problem.long_term else ""
    overdue = _n("逾期{number}天", late) if late else ""
    head = f"  {padded(problem.ref, columns)} {term.mark} {padded(label, _LABEL)} {padded(due, 10)} {padded(overdue, 12)} {padded(problem.lead, 16)} "
    if stands:
        head += _("〔{text}〕", text=stands)
    if not sys.stdout.isatty():
        return head + problem.title
    return head + _cut(problem.title, max(shutil.get_terminal_size().columns - columns_of(head), _TITLE_AT_LEAST))


def _cut(text: str, columns: int) -> str:
    if columns_of(text) <= columns:
        return text
    while text and columns_of(text) > columns - 1:
        text = text[:-1]
    return f"{text}…"
