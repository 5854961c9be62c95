"""`rectify update`: what was done about a problem, as one more dated entry."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import click

from rectify.checks.folder import check_folder
from rectify.cli.conditions import Condition, conditions
from rectify.cli.days import optional_day
from rectify.cli.edits import Edit, difference, edit_of, text_of
from rectify.cli.references import disclosure_of, problem_of
from rectify.cli.site import CONTENT, content_of, today_around, units_around, words_around
from rectify.cli.values import accepted, term_of
from rectify.core.counts import count, headline
from rectify.core.finding import errors
from rectify.core.language import N_, _, _n, spoken
from rectify.core.model import Closeout, Disclosure, Progress
from rectify.core.site_map import REPORTS
from rectify.core.transitions import CLOSED_OUT, refusal, untimely
from rectify.core.units import Units
from rectify.core.vocabulary import DISCLOSURE_KEYS, DONE, FLAGS, PRIORITIES, PROBLEM_KEYS, STATUSES
from rectify.prose import OfficeWords
from rectify.prose.figures import declared_counts
from rectify.sources.edit import read
from rectify.sources.folder import Folder, read_folder
from rectify.sources.program import ProgramError, run
from rectify.sources.safe_files import replace_file

_UNSAFE = re.compile(r"[^\w.\-]+")


class _Change(NamedTuple):
    """What is asked for, the same for every problem named."""

    status: str
    note: str
    day: date
    flags: tuple[str, ...]
    priority: tuple[str, ...]
    deadline: date | None
    closeout: Closeout | None
    earlier: tuple[str, ...]
    files: tuple[str, ...]


@click.command(
    short_help=_("登记一条进展，更新状态。"),
    help=_(
        "给问题登记一条进展并更新状态。REF 是问题的编号（2024-shuiwuju/04）或者文件，可以写几个；用 --where 时是通报，更新其中符合条件的全部问题。文件里其余的内容一个字节也不动。"
    ),
)
@click.argument("refs", metavar="REF…", nargs=-1, required=True)
@click.option(
    "--where",
    multiple=True,
    callback=conditions,
    help=_("只更新通报里符合的问题：字段=值，如 状态=未单独公布，可以写几个"),
)
@click.option("--status", required=True, help=_("新的状态：{allowed}", allowed=accepted(STATUSES)))
@click.option("--note", required=True, help=_("做了什么，写进“内容”"))
@click.option("--date", "day", callback=optional_day, help=_("日期（默认今天）"))
@click.option(
    "--attach",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    multiple=True,
    help=_("附件，复制到通报的 files/"),
)
@click.option("--flag", "flags", multiple=True, help=_("加标记：{allowed}", allowed=accepted(FLAGS)))
@click.option(
    "--priority", "priorities", multiple=True, help=_("列为重点，写明理由：{allowed}", allowed=accepted(PRIORITIES))
)
@click.option("--deadline", callback=optional_day, help=_("新的整改时限"))
@click.option("--earlier", multiple=True, help=_("同一件事在以前的通报里的编号，可以写几个"))
@click.option("--closeout-by", help=_("销号：由谁验收"))
@click.option("--closeout-doc", help=_("销号：验收文号"))
@click.option("--as-of", callback=optional_day, help=_("同时更新通报的截至日期"))
@CONTENT
@click.option("--dry-run", is_flag=True, help=_("只显示将要改什么"))
def update(
    refs: tuple[str, ...],
    where: tuple[Condition, ...],
    status: str,
    note: str,
    day: date | None,
    attach: tuple[Path, ...],
    flags: tuple[str, ...],
    priorities: tuple[str, ...],
    deadline: date | None,
    earlier: tuple[str, ...],
    closeout_by: str | None,
    closeout_doc: str | None,
    as_of: date | None,
    content: Path | None,
    dry_run: bool,
) -> None:
    content = content_of(content)
    today = today_around(content)
    day = day or today
    if not note.strip():
        raise click.BadParameter(_("请写明做了什么"), param_hint="--note")
    names = tuple(f"files/{_UNSAFE.sub('-', file.name).lstrip('.-') or 'file'}" for file in attach)
    closeout = Closeout(day, closeout_by or "", closeout_doc or "") if closeout_by or closeout_doc else None
    change = _Change(
        term_of(STATUSES, status, "--status").key,
        note.strip(),
        day,
        tuple(term_of(FLAGS, flag, "--flag").key for flag in flags),
        tuple(term_of(PRIORITIES, one, "--priority").key for one in priorities),
        deadline,
        closeout,
        tuple("/".join(problem_of(ref, content)) for ref in earlier),
        names,
    )
    if closeout and change.status != CLOSED_OUT:
        name = spoken().name(STATUSES[CLOSED_OUT])
        raise click.UsageError(_("写明验收的，状态应当是“{name}”", name=name))
    words = words_around(content)
    if where:
        disclosures = list(dict.fromkeys(disclosure_of(ref, content) for ref in refs))
        before = {rid: check_folder(content, rid, words).folder for rid in disclosures}
        problems = _chosen(before, where, units_around(content))
    else:
        problems = list(dict.fromkeys(problem_of(ref, content) for ref in refs))
        disclosures = list(dict.fromkeys(rid for rid, _ in problems))
        before = {rid: check_folder(content, rid, words).folder for rid in disclosures}
    edits = [_problem_edit(content, rid, nn, before[rid].disclosure, change, today) for rid, nn in problems]
    if as_of:
        _refuse_going_back(as_of, [folder.disclosure for folder in before.values() if folder.disclosure])
        edits += [_as_of_edit(content, rid, folder.disclosure, as_of) for rid, folder in before.items()]
    if where:
        click.echo("\n".join(_rows(before, problems, change.status)))
    else:
        for edit in edits:
            click.echo(difference(edit.shown, edit.before, edit.after), nl=False)
    copies = [(file, content / REPORTS / rid / name) for rid in disclosures for file, name in zip(attach, names)]
    _refuse_overwriting(copies)
    if dry_run:
        click.echo(_("试运行，没有写入。"))
        return
    _write(edits, copies, content, before)
    _tell(content, before, {edit.shown for edit in edits}, day, words)


def _chosen(before: Mapping[str, Folder], where: Sequence[Condition], units: Units) -> list[tuple[str, str]]:
    """Return id and number of the problems that all conditions hold for, those withdrawn aside."""
    chosen = [
        (rid, problem.nn)
        for rid, folder in before.items()
        for problem in folder.problems
        if not problem.withdrawn and all(condition.holds(problem, units) for condition in where)
    ]
    if not chosen:
        raise click.ClickException(_("没有符合条件的问题"))
    return chosen


def _rows(before: Mapping[str, Folder], chosen: Sequence[tuple[str, str]], status: str) -> Iterator[str]:
    """Yield a line for every problem that changes, and how many there are."""
    wanted, name = set(chosen), spoken().name
    for rid, folder in before.items():
        for problem in folder.problems:
            if (rid, problem.nn) in wanted:
                yield f"{problem.ref}  {name(problem.term)} → {name(STATUSES[status])}  {problem.title}"
    yield _n("共 {number} 个问题", len(chosen))


def _as_of_edit(content: Path, rid: str, disclosure: Disclosure | None, as_of: date) -> Edit:
    """Return the edit that moves the as-of date on; counts that the notice states stay those of their day."""
    values: dict[str, Any] = {"as_of": as_of}
    if disclosure and not disclosure.declared_as_of and disclosure.as_of < as_of:
        prose = declared_counts(enumerate(disclosure.body.split("\n"), start=1))
        if disclosure.declared or any(one.by_status for one in prose):
            values["declared_as_of"] = disclosure.as_of
    return edit_of(content / REPORTS / rid / "index.md", f"{REPORTS}/{rid}/index.md", values, DISCLOSURE_KEYS)


def _problem_edit(content: Path, rid: str, nn: str, disclosure, change: _Change, today: date) -> Edit:
    file, shown = content / REPORTS / rid / f"{nn}.md", f"{REPORTS}/{rid}/{nn}.md"
    values = read(text_of(file.read_bytes(), shown)[0], PROBLEM_KEYS).values
    progress = values.get("progress", ())
    old = values.get("status") or next((entry.status for entry in reversed(progress) if entry.status), "")
    flags = tuple(dict.fromkeys((*values.get("flags", ()), *change.flags)))
    closeout = change.closeout or (
        Closeout(change.day) if change.status == CLOSED_OUT and not values.get("closeout") else None
    )
    last = max((entry.date for entry in progress), default=None)
    no = untimely(change.day, last, disclosure.feedback if disclosure else None, today)
    no = no or (refusal(old, change.status, change.flags, bool(change.closeout)) if old else None)
    if values.get("withdrawn"):
        no = N_("这个问题已经撤回，不能再登记进展")
    if no:
        raise click.ClickException(_("{file}：{reason}", file=shown, reason=no))
    new: dict[str, Any] = {
        "progress": (*progress, Progress(change.day, change.note, change.status, change.files)),
        "status": change.status,
    }
    if flags != values.get("flags", ()):
        new["flags"] = flags
    for name in ("priority", "earlier"):
        before, more = values.get(name, ()), getattr(change, name)
        if set(more) - set(before):
            new[name] = tuple(dict.fromkeys((*before, *more)))
    if change.deadline:
        new["deadline"] = change.deadline
    if closeout and change.status == CLOSED_OUT:
        new["closeout"] = closeout
    drop = ["status_wording"] if old != change.status else []
    drop += ["deadline_wording"] if change.deadline else []
    # What is open again is no longer struck off the ledger; the entry that did so stays in its history.
    drop += ["closeout"] if change.status not in DONE else []
    return edit_of(file, shown, new, PROBLEM_KEYS, drop=drop)


def _refuse_overwriting(copies: Sequence[tuple[Path, Path]]) -> None:
    first: dict[Path, Path] = {}
    for source, target in copies:
        there = first.setdefault(target, source)
        if target.exists():
            there = target
        if not there.is_file() or there.read_bytes() != source.read_bytes():
            raise click.ClickException(_("{target} 已经存在，内容不同；请先改名", target=target))


def _refuse_going_back(as_of: date, disclosures: Sequence[Disclosure]) -> None:
    for disclosure in disclosures:
        if as_of < disclosure.as_of:
            raise click.ClickException(
                _(
                    "{path} 的截至日期已经是 {present}，不能退回 {wanted}",
                    path=disclosure.path,
                    present=disclosure.as_of,
                    wanted=as_of,
                )
            )


def _write(
    edits: Sequence[Edit],
    copies: Sequence[tuple[Path, Path]],
    content: Path,
    before: Mapping[str, Folder],
) -> None:
    """Write everything; where a file cannot be written, or the folder then has errors it had not, everything is as before."""
    made = [target for _, target in copies if not target.exists()]
    done: list[Edit] = []
    try:
        for source, target in copies:
            target.parent.mkdir(parents=True, exist_ok=True)
            replace_file(target, source.read_bytes())
        for edit in edits:
            replace_file(edit.file, edit.new)
            done.append(edit)
        for rid, folder in before.items():
            known = {(finding.rule, finding.path) for finding in folder.findings}
            for finding in errors(read_folder(content, rid).findings):
                if (finding.rule, finding.path) not in known:
                    raise click.ClickException(_("更新后会有错误，已还原：\n{finding}", finding=finding.text()))
    except BaseException as error:
        for edit in done:
            replace_file(edit.file, edit.old)
        for target in made:
            target.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise click.ClickException(_("无法写入，已还原：{error}", error=error)) from None
        raise


def _tell(content: Path, before: Mapping[str, Folder], changed: set[str], day: date, words: OfficeWords) -> None:
    for rid, folder in before.items():
        checked = check_folder(content, rid, words)
        known = {(finding.rule, finding.path) for finding in folder.findings}
        for finding in checked.folder.findings:
            new = finding.severity == "error" and (finding.rule, finding.path) not in known
            if new or (finding.path in changed and finding.severity != "note"):
                click.echo(finding.text(), err=True)
        disclosure = checked.folder.disclosure
        if disclosure:
            unread = len(list((content / REPORTS / rid).glob("[0-9]*.md"))) - len(checked.folder.problems)
            left_out = _n("（另有 {number} 个文件读不出，没有计入）", unread) if unread else ""
            click.echo(
                f"{rid}  {headline(count(checked.folder.problems, disclosure.as_of).data(), dict(disclosure.declared))}{left_out}"
            )
            if day > disclosure.as_of:
                click.echo(
                    _("通报的截至日期还是 {as_of}；用 --as-of {day} 一并更新", as_of=disclosure.as_of, day=day),
                    err=True,
                )
    try:
        run(["git", "rev-parse"], folder=content)
        click.echo(_("已写入；git diff 查看，git checkout -- 文件 还原。"))
    except ProgramError:  # no git, or no repository
        click.echo(_("已写入。"))
