"""`rectify withdraw`: the text of a problem goes, its entry and every count stay."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import click

from rectify.cli.publish import ALSO
from rectify.cli.site import CONTENT, content_of, disclosure_of, problem_of
from rectify.cli.texts import say
from rectify.core.model import Withdrawal
from rectify.intake.last_import import NAME
from rectify.release.folder import ReleaseFolder
from rectify.release.publishing import EXIT_CODES, Options, publish
from rectify.release.source import from_folder
from rectify.release.targets.destinations import Destination, deliver
from rectify.release.withdrawal import CHAIN, edits, live_holds, only_theirs, purge
from rectify.sources.configuration import Configuration, find_configuration, read_configuration
from rectify.sources.dates import NoSuchDay, parse_date
from rectify.sources.edit import CannotEdit
from rectify.sources.lock import Locked, take_lock
from rectify.sources.safe_files import replace_file

_REST = say(
    "还要手工做的：\n"
    "1. git：提交并推送这次改动。来源文件里仍有原文，历史里也有，清除办法见 rectify withdraw --purge-history-help。\n"
    "2. 备份、其他副本和邮件里的原文：删除或者封存。\n"
    "3. 搜索引擎：向各家申请删除快照；转载的门户网站：去函要求撤下。\n"
    "4. 没有用 --also 写明的其他公开位置；Pages 分支的历史、开了版本控制的存储桶里还有旧版本。",
    "What remains to be done by hand:\n"
    "1. git: commit and push this change. The source still holds the text, and so does its history; see rectify withdraw --purge-history-help.\n"
    "2. Backups, other copies and mail: delete or seal them.\n"
    "3. Search engines: ask for removal of cached pages; portals that took the text over: write to them.\n"
    "4. Places of publication not named by --also; the history of a Pages branch and buckets with versions keep older states.",
)
_HISTORY = say(
    "从 git 历史里清除原文（先备份整个仓库，通知所有有副本的人，之后大家重新克隆）：\n"
    "1. 把来源文件里的问题改为“（内容已撤回）”，删去其余各项和正文（状态、撤回保留），提交。\n"
    "2. 有 git filter-repo：git filter-repo --invert-paths --path content/reports/ID/NN.md，然后把第 1 步的文件重新提交；\n"
    "   有 BFG：bfg --delete-files NN.md（各通报的同名文件都会从历史里删去；最新的提交不动）；\n"
    f'   只有 git：git filter-branch --index-filter "git rm -q --cached --ignore-unmatch content/reports/ID/NN.md content/reports/ID/{NAME}" '
    "--tag-name-filter cat -- --all，然后把文件重新提交。附件同样处理。\n"
    '3. git for-each-ref --format="delete %(refname)" refs/original | git update-ref --stdin；\n'
    "   git reflog expire --expire=now --all；git gc --prune=now。\n"
    "4. 强制推送全部分支和标签；在托管平台上请管理员清理缓存、合并请求和派生仓库。",
    "To clear the text from git's history (back up first, tell everybody with a copy; all clone again afterwards):\n"
    "1. In the source, put （内容已撤回） in place of the problem's title and delete its other keys but status and withdrawal, and its body; commit.\n"
    "2. With git filter-repo: git filter-repo --invert-paths --path content/reports/ID/NN.md, then commit the file of step 1 again;\n"
    "   with BFG: bfg --delete-files NN.md (files of that name in every report go from the history; the newest commit stays);\n"
    f'   with git alone: git filter-branch --index-filter "git rm -q --cached --ignore-unmatch content/reports/ID/NN.md content/reports/ID/{NAME}" '
    "--tag-name-filter cat -- --all, then commit the file again. Attachments likewise.\n"
    '3. git for-each-ref --format="delete %(refname)" refs/original | git update-ref --stdin;\n'
    "   git reflog expire --expire=now --all; git gc --prune=now.\n"
    "4. Force-push every branch and tag; ask the forge to clear caches, merge requests and forks.",
)


def _day(context: click.Context, option: click.Parameter, value: str | None) -> date:
    try:
        return parse_date(value) if value else date.today()
    except (NoSuchDay, ValueError):
        raise click.BadParameter(
            say(f"不是日期：{value}；写成 2024-07-17", f"no date: {value}; write 2024-07-17")
        ) from None


def _history(context: click.Context, option: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(_HISTORY)
        context.exit()


@click.command(
    short_help=say("撤回问题的内容，条目和计数保留。", "Withdraw a problem's text; its entry and the counts stay."),
    help=say(
        "撤回问题的内容：来源里写入“撤回”，条目和计数保留。REF 是问题的编号（2024-shuiwuju/04）或者整个通报。写明 --to 时随即从当前文件夹公开，"
        "切换以后删除仍有原文的旧版本。退出状态同 rectify publish。",
        "Withdraw the text of a problem (2024-shuiwuju/04) or of every problem of a report: the source gets the key, entry and counts stay. With --to it is "
        "published from this folder at once and, after the switch, older releases with the text are removed. Exit status as of `rectify publish`.",
    ),
)
@click.argument("ref")
@click.option(
    "--reason", help=say("理由，会公开，不要写出撤回的内容", "why; this is published, so do not repeat the text")
)
@click.option("--date", "day", callback=_day, help=say("日期（默认今天）", "its date (default: today)"))
@click.option("--undo", is_flag=True, help=say("取消撤回", "take the withdrawal back"))
@click.option(
    "--to",
    "place",
    type=click.Path(path_type=Path, file_okay=False),
    help=say("随即公开到这里", "publish here at once"),
)
@ALSO
@CONTENT
@click.option("--dry-run", is_flag=True, help=say("只说明将要做什么", "say what would be done"))
@click.option(
    "--purge-history-help",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_history,
    help=say("怎样清除 git 历史里的原文", "how to clear the text from git's history"),
)
def withdraw(
    ref: str,
    reason: str | None,
    day: date,
    undo: bool,
    place: Path | None,
    also: tuple[Destination, ...],
    content: Path | None,
    dry_run: bool,
) -> None:
    if not undo and not (reason or "").strip():
        raise click.UsageError(say("请用 --reason 写明理由", "give a --reason"))
    if also and not place:
        raise click.UsageError(say("--also 要与 --to 一起用", "--also goes with --to"))
    content = content_of(content)
    problems = _problems(ref, content)
    withdrawal = None if undo else Withdrawal(day, reason.strip())
    _write(content, problems, withdrawal, dry_run)
    if dry_run:
        click.echo(say("试运行，没有写入。", "Dry run; nothing was written."))
    elif place:
        _publish(ReleaseFolder(place), also, content, set() if undo else {f"{rid}/{nn}" for rid, nn in problems})
    elif not undo:
        click.echo(say("还没有公开：已公开的网站上仍有原文。", "Not published yet: what is live still holds the text."))
        click.echo(_REST)


def _problems(ref: str, content: Path) -> list[tuple[str, str]]:
    if Path(ref).stem.isdecimal():
        return [problem_of(ref, content)]
    rid = disclosure_of(ref, content)
    return [(rid, file.stem) for file in sorted((content / "reports" / rid).glob("*.md")) if file.stem.isdecimal()]


def _write(content: Path, problems: Iterable[tuple[str, str]], withdrawal: Withdrawal | None, dry_run: bool) -> None:
    by_disclosure: dict[str, set[str]] = {}
    for rid, nn in problems:
        by_disclosure.setdefault(rid, set()).add(nn)
    try:
        wanted = edits(content, problems, withdrawal)
        files = [
            f"reports/{rid}/{name}"
            for rid, numbers in by_disclosure.items()
            if withdrawal
            for name in only_theirs(content, rid, numbers, withdrawal)
        ]
        for edit in wanted:
            click.echo(
                say(
                    f"改动 {edit.file.relative_to(content).as_posix()}",
                    f"changed: {edit.file.relative_to(content).as_posix()}",
                )
            )
            if not dry_run:
                replace_file(edit.file, edit.new)
    except CannotEdit as error:
        raise click.ClickException(
            say(f"写法不便自动修改，请手工修改：{error}", f"cannot be changed in one place, edit it by hand: {error}")
        ) from None
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from None
    for name in files:
        click.echo(
            say(
                f"只有它用到的附件，不再公开（文件还在来源里）：{name}",
                f"attachment of nothing else, no longer published (the source keeps it): {name}",
            )
        )


def _publish(target: ReleaseFolder, also: tuple[Destination, ...], content: Path, refs: set[str]) -> None:
    """Publish from the folder around, then remove what still holds the text; ends the program with the outcome's status."""
    file = find_configuration(content.resolve())
    if file is None:
        raise click.UsageError(say("这里没有网站，没有公开", "there is no site here; nothing was published"))
    work = target.work
    result = publish(
        lambda: from_folder(file.parent), target, work, Options(), lambda zh, en: click.echo(say(zh, en), err=True)
    )
    for finding in result.findings:
        click.echo(finding.text(), err=True)
    if result.reason:
        click.echo(result.reason, err=True)
    if live_holds(target, refs):
        command = f'rectify emergency --to {target.root} --message "…"'
        told = (
            f"没有公开成功，原文仍然公开着！可以先用说明页代替网站：{command}",
            f"Not published: the text IS STILL LIVE. Put a notice in its place: {command}",
        )
        click.echo(say(*told), err=True)
        sys.exit(EXIT_CODES[result.outcome] if result.outcome != "unchanged" else EXIT_CODES["failed"])
    if result.outcome not in ("published", "unchanged"):
        click.echo(say("没有公开", "nothing was published"), err=True)
        sys.exit(EXIT_CODES[result.outcome])
    click.echo(say(f"当前公开的是 {result.release}", f"live is {result.release}"))
    try:
        with take_lock(target.lock):
            failures = _clean(target, also, refs, read_configuration(file), result.commit)
    except Locked:
        raise click.ClickException(
            say(
                "另一次公开正在进行，旧版本还没有删除；请再运行一次",
                "another publication is running and older releases remain; run this again",
            )
        ) from None
    except OSError as error:
        raise click.ClickException(
            say(
                f"旧版本没有删净（{error}）；请再运行一次",
                f"not all older releases could be removed ({error}); run this again",
            )
        ) from None
    for failure in failures:
        click.echo(failure, err=True)
    if refs:
        click.echo(_REST)
    sys.exit(EXIT_CODES["failed"] if failures else 0)


def _clean(
    target: ReleaseFolder, also: tuple[Destination, ...], refs: set[str], site: Configuration, commit: str
) -> list[str]:
    """Remove what holds the text here, bring the live release elsewhere; return what could not be delivered."""
    if refs:
        removed = purge(target, refs, [target.work, site.cache, site.site])
        if removed:
            names = "、".join(removed)
            click.echo(
                say(
                    f"已删除仍有原文的旧版本：{names}；清单留在 {CHAIN}/",
                    f"removed, as they held the text: {names}; their manifests are in {CHAIN}/",
                )
            )
        if commit.endswith("+"):
            # A timer that publishes from the repository would bring the text back before the withdrawal is committed.
            target.hold(commit.rstrip("+"))
    return deliver(target, also, target.work)
