"""`rectify update`: what was done about a problem, as one more dated entry."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import click

from rectify.checks.folder import check_folder
from rectify.cli.conditions import Condition, conditions
from rectify.cli.days import optional_day
from rectify.cli.edits import edit_of, text_of
from rectify.cli.references import disclosure_of, problem_of
from rectify.cli.site import CONTENT, content_of, today_around, units_around, words_around
from rectify.cli.values import accepted, term_of
from rectify.core.counts import count, headline
from rectify.core.course import CourseEntry
from rectify.core.dated_entry import DatedEntry, Refused
from rectify.core.finding import errors
from rectify.core.language import _, _n, spoken
from rectify.core.model import Closeout, Disclosure, Step
from rectify.core.site_map import REPORTS
from rectify.core.transitions import CLOSED_OUT
from rectify.core.units import Units
from rectify.core.vocabulary import DISCLOSURE_KEYS, FLAGS, PRIORITIES, PROBLEM_KEYS, STAGES, STATUSES
from rectify.outputs.findings import as_text
from rectify.prose import OfficeWords
from rectify.prose.figures import moved_on
from rectify.sources.edit import read
from rectify.sources.file_edit import Edit, difference
from rectify.sources.folder import Folder, read_folder
from rectify.sources.program import ProgramError, run
from rectify.sources.safe_files import replace_file

Entry = DatedEntry | CourseEntry
_UNSAFE = re.compile(r"[^\w.\-]+")


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
@click.option("--status", help=_("新的状态：{allowed}", allowed=accepted(STATUSES)))
@click.option("--note", default="", help=_("做了什么，写进“内容”"))
@click.option("--step", help=_("办理的一步，不公开，状态和时限随着它变：{allowed}", allowed=accepted(STAGES)))
@click.option("--by", default="", help=_("这一步由哪个单位决定、办理，不写个人"))
@click.option("--doc", default="", help=_("这一步的文号"))
@click.option("--public", "said", default="", help=_("这一步使状态、时限改变的，公开的进展怎样写；不写用通常的说法"))
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
    status: str | None,
    note: str,
    step: str | None,
    by: str,
    doc: str,
    said: str,
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
    names = tuple(f"files/{_UNSAFE.sub('-', file.name).lstrip('.-') or 'file'}" for file in attach)
    closeout = Closeout(day, closeout_by or "", closeout_doc or "") if closeout_by or closeout_doc else None
    entry: Entry
    if step:
        if status or flags or priorities or earlier or closeout:
            raise click.UsageError(
                _(
                    "写了 --step 的，状态和时限随着这一步变；{others} 另外登记",
                    others="--status --flag --priority --earlier --closeout-by --closeout-doc",
                )
            )
        stage = term_of(STAGES, step, "--step").key
        entry = CourseEntry(Step(day, stage, by.strip(), doc.strip(), note.strip(), deadline, names), said.strip())
    else:
        if by or doc or said:
            raise click.UsageError(_("--by、--doc、--public 与 --step 一起用"))
        if not status:
            raise click.UsageError(_("请写新的状态（--status），或者办理的一步（--step）"))
        if not note.strip():
            raise click.BadParameter(_("请写明做了什么"), param_hint="--note")
        entry = DatedEntry(
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
        if closeout and entry.status != CLOSED_OUT:
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
    edits = [_problem_edit(content, rid, nn, before[rid].disclosure, entry, today) for rid, nn in problems]
    if as_of:
        _refuse_going_back(as_of, [folder.disclosure for folder in before.values() if folder.disclosure])
        edits += [_as_of_edit(content, rid, folder.disclosure, as_of) for rid, folder in before.items()]
    if where:
        click.echo("\n".join(_rows(before, problems, entry)))
    else:
        for edit in edits:
            click.echo(difference(edit.shown, edit.before, edit.after), nl=False)
    if not attach and all(edit.old == edit.new for edit in edits):
        click.echo(_("这一条已经登记过，没有改动。"))
        return
    copies = [(file, content / REPORTS / rid / name) for rid in disclosures for file, name in zip(attach, names)]
    _refuse_overwriting(copies)
    if dry_run:
        click.echo(_("试运行，没有写入。"))
        return
    _write(edits, copies, content, before)
    _tell(content, before, {edit.shown for edit in edits}, day if any(map(_tells, edits)) else None, words)


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


def _rows(before: Mapping[str, Folder], chosen: Sequence[tuple[str, str]], entry: Entry) -> Iterator[str]:
    """Yield a line for every problem that changes, and how many there are."""
    wanted, name = set(chosen), spoken().name
    for rid, folder in before.items():
        for problem in folder.problems:
            if (rid, problem.nn) in wanted:
                then = entry.status_after(problem.status)
                yield f"{problem.ref}  {name(problem.term)} → {name(STATUSES[then])}  {problem.title}"
    yield _n("共 {number} 个问题", len(chosen))


def _tells(edit: Edit) -> bool:
    """Return whether readers are told something new of a problem."""
    before, after = (read(text, PROBLEM_KEYS).values.get("progress") for text in (edit.before, edit.after))
    return before != after


def _as_of_edit(content: Path, rid: str, disclosure: Disclosure | None, as_of: date) -> Edit:
    """Return the edit that moves the as-of date of a disclosure on."""
    values = moved_on(disclosure, as_of) if disclosure else {"as_of": as_of}
    return edit_of(content / REPORTS / rid / "index.md", f"{REPORTS}/{rid}/index.md", values, DISCLOSURE_KEYS)


def _problem_edit(content: Path, rid: str, nn: str, disclosure: Disclosure | None, entry: Entry, today: date) -> Edit:
    file, shown = content / REPORTS / rid / f"{nn}.md", f"{REPORTS}/{rid}/{nn}.md"
    values = read(text_of(file.read_bytes(), shown)[0], PROBLEM_KEYS).values
    try:
        new, drop = entry.changes(values, disclosure.feedback if disclosure else None, today)
    except Refused as reason:
        raise click.ClickException(_("{file}：{reason}", file=shown, reason=reason)) from None
    return edit_of(file, shown, new, PROBLEM_KEYS, drop)


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


def _tell(content: Path, before: Mapping[str, Folder], changed: set[str], day: date | None, words: OfficeWords) -> None:
    for rid, folder in before.items():
        checked = check_folder(content, rid, words)
        known = {(finding.rule, finding.path) for finding in folder.findings}
        told = [
            one
            for one in checked.folder.findings
            if (one.severity == "error" and (one.rule, one.path) not in known)
            or (one.path in changed and one.severity != "note")
        ]
        if told:
            click.echo(as_text(told), err=True)
        disclosure = checked.folder.disclosure
        if disclosure:
            unread = len(list((content / REPORTS / rid).glob("[0-9]*.md"))) - len(checked.folder.problems)
            left_out = _n("（另有 {number} 个文件读不出，没有计入）", unread) if unread else ""
            click.echo(
                f"{rid}  {headline(count(checked.folder.problems, disclosure.as_of).data(), dict(disclosure.declared))}{left_out}"
            )
            if day and day > disclosure.as_of:
                click.echo(
                    _("通报的截至日期还是 {as_of}；用 --as-of {day} 一并更新", as_of=disclosure.as_of, day=day),
                    err=True,
                )
    try:
        run(["git", "rev-parse"], folder=content)
        click.echo(_("已写入；git diff 查看，git checkout -- 文件 还原。"))
    except ProgramError:  # no git, or no repository
        click.echo(_("已写入。"))
