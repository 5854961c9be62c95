"""`rectify withdraw`: the text of a problem goes, its entry and every count stay."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import click

from rectify.cli.days import optional_day
from rectify.cli.publish import ALSO
from rectify.cli.references import any_of
from rectify.cli.site import CONTENT, caches_of, content_of, today_around
from rectify.core.language import _, listed
from rectify.core.model import Withdrawal
from rectify.core.site_map import REPORTS
from rectify.intake.last_import import NAME
from rectify.release.folder import ReleaseFolder
from rectify.release.holding import WITHDRAWAL, Hold, add_hold
from rectify.release.publishing import Options, publish
from rectify.release.result import EXIT_CODES
from rectify.release.source import from_folder
from rectify.release.targets.destinations import Destination, deliver
from rectify.release.withdrawal import CHAIN, edits, live_holds, only_theirs, purge
from rectify.sources.configuration import find_configuration, read_configuration
from rectify.sources.edit import CannotEdit
from rectify.sources.lock import Locked
from rectify.sources.safe_files import replace_file

_REST = _(
    "还要手工做的：\n"
    "1. git：提交并推送这次改动。来源文件里仍有原文，历史里也有，清除办法见 rectify withdraw --purge-history-help。\n"
    "2. 备份、其他副本和邮件里的原文：删除或者封存。\n"
    "3. 搜索引擎：向各家申请删除快照；转载的门户网站：去函要求撤下。\n"
    "4. 没有用 --also 写明的其他公开位置；Pages 分支的历史、开了版本控制的存储桶里还有旧版本。"
)
_HISTORY = _(
    "从 git 历史里清除原文（先备份整个仓库，通知所有有副本的人，之后大家重新克隆）：\n"
    "1. 把来源文件里的问题改为“（内容已撤回）”，删去其余各项和正文（状态、撤回保留），提交。\n"
    "2. 有 git filter-repo：git filter-repo --invert-paths --path content/reports/ID/NN.md，然后把第 1 步的文件重新提交；\n"
    "   有 BFG：bfg --delete-files NN.md（各通报的同名文件都会从历史里删去；最新的提交不动）；\n"
    '   只有 git：git filter-branch --index-filter "git rm -q --cached --ignore-unmatch content/reports/ID/NN.md content/reports/ID/{name}" '
    "--tag-name-filter cat -- --all，然后把文件重新提交。附件同样处理。\n"
    '3. git for-each-ref --format="delete %(refname)" refs/original | git update-ref --stdin；\n'
    "   git reflog expire --expire=now --all；git gc --prune=now。\n"
    "4. 强制推送全部分支和标签；在托管平台上请管理员清理缓存、合并请求和派生仓库。",
    name=NAME,
)


def _history(context: click.Context, option: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(_HISTORY)
        context.exit()


@click.command(
    short_help=_("撤回问题的内容，条目和计数保留。"),
    help=_(
        "撤回问题的内容：来源里写入“撤回”，条目和计数保留。REF 是问题的编号（2024-shuiwuju/04）或者整个通报。"
        "写明 --to 时随即从当前文件夹公开，切换以后删除仍有原文的旧版本。退出状态同 rectify publish。"
    ),
)
@click.argument("ref")
@click.option("--reason", help=_("理由，会公开，不要写出撤回的内容"))
@click.option("--date", "day", callback=optional_day, help=_("日期（默认今天）"))
@click.option("--undo", is_flag=True, help=_("取消撤回"))
@click.option(
    "--to",
    "place",
    type=click.Path(path_type=Path, file_okay=False),
    help=_("随即公开到这里"),
)
@ALSO
@CONTENT
@click.option("--dry-run", is_flag=True, help=_("只说明将要做什么"))
@click.option(
    "--purge-history-help",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_history,
    help=_("怎样清除 git 历史里的原文"),
)
def withdraw(
    ref: str,
    reason: str | None,
    day: date | None,
    undo: bool,
    place: Path | None,
    also: tuple[Destination, ...],
    content: Path | None,
    dry_run: bool,
) -> None:
    if not undo and not (reason or "").strip():
        raise click.UsageError(_("请用 --reason 写明理由"))
    if also and not place:
        raise click.UsageError(_("--also 要与 --to 一起用"))
    content = content_of(content)
    problems = _problems(ref, content)
    withdrawal = None if undo else Withdrawal(day or today_around(content), (reason or "").strip())
    _write(content, problems, withdrawal, dry_run)
    if dry_run:
        click.echo(_("试运行，没有写入。"))
    elif place:
        _publish(ReleaseFolder(place), also, content, set() if undo else {f"{rid}/{nn}" for rid, nn in problems})
    elif not undo:
        click.echo(_("还没有公开：已公开的网站上仍有原文。"))
        click.echo(_REST)


def _problems(ref: str, content: Path) -> list[tuple[str, str]]:
    rid, number = any_of(ref, content)
    if number:
        return [(rid, number)]
    return [(rid, file.stem) for file in sorted((content / REPORTS / rid).glob("*.md")) if file.stem.isdecimal()]


def _write(content: Path, problems: Iterable[tuple[str, str]], withdrawal: Withdrawal | None, dry_run: bool) -> None:
    by_disclosure: dict[str, set[str]] = {}
    for rid, nn in problems:
        by_disclosure.setdefault(rid, set()).add(nn)
    try:
        wanted = edits(content, problems, withdrawal)
        files = [
            f"{REPORTS}/{rid}/{name}"
            for rid, numbers in by_disclosure.items()
            if withdrawal
            for name in only_theirs(content, rid, numbers, withdrawal)
        ]
        for edit in wanted:
            click.echo(_("改动 {file}", file=edit.file.relative_to(content).as_posix()))
            if not dry_run:
                replace_file(edit.file, edit.new)
    except CannotEdit as error:
        raise click.ClickException(_("写法不便自动修改，请手工修改：{error}", error=error)) from None
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from None
    for name in files:
        click.echo(_("只有它用到的附件，不再公开（文件还在来源里）：{name}", name=name))


def _publish(target: ReleaseFolder, also: tuple[Destination, ...], content: Path, refs: set[str]) -> None:
    """Publish from the folder around, then remove what still holds the text; ends the program with the outcome's status."""
    file = find_configuration(content.resolve())
    if file is None:
        raise click.UsageError(_("这里没有网站，没有公开"))
    work, made = target.work, [target.work, caches_of(site := read_configuration(file, content)), site.site]
    result = publish(
        lambda: from_folder(file.parent),
        target,
        work,
        Options(withdrawing=True),
        lambda text: click.echo(text, err=True),
    )
    for finding in result.findings:
        click.echo(finding.text(), err=True)
    if result.reason:
        click.echo(result.reason, err=True)
    if live_holds(target, refs):
        command = f'rectify emergency --to {target.root} --message "…"'
        told = _("没有公开成功，原文仍然公开着！可以先用说明页代替网站：{command}", command=command)
        click.echo(told, err=True)
        sys.exit(EXIT_CODES[result.outcome] if result.outcome != "unchanged" else EXIT_CODES["failed"])
    if result.outcome not in ("published", "unchanged"):
        click.echo(_("没有公开"), err=True)
        sys.exit(EXIT_CODES[result.outcome])
    click.echo(_("当前公开的是 {release}", release=result.release))
    try:
        with target.taken():
            failures = _clean(target, also, refs, made, result.commit)
    except Locked:
        raise click.ClickException(_("另一次公开正在进行，旧版本还没有删除；请再运行一次")) from None
    except OSError as error:
        raise click.ClickException(_("旧版本没有删净（{error}）；请再运行一次", error=error)) from None
    for failure in failures:
        click.echo(failure, err=True)
    if refs:
        click.echo(_REST)
    sys.exit(EXIT_CODES["failed"] if failures else 0)


def _clean(
    target: ReleaseFolder, also: tuple[Destination, ...], refs: set[str], made: list[Path], commit: str
) -> list[str]:
    """Remove what holds the text here, bring the live release elsewhere; return what could not be delivered."""
    if refs:
        removed = purge(target, refs, made)
        if removed:
            names = listed(removed)
            click.echo(_("已删除仍有原文的旧版本：{names}；清单留在 {folder}/", names=names, folder=CHAIN))
        if commit.endswith("+"):
            # A timer that publishes from the repository would bring the text back before the withdrawal is committed.
            add_hold(target.root, Hold(0, WITHDRAWAL, commit=commit.rstrip("+"), why=str(listed(sorted(refs)))))
    return deliver(target, also, target.work)
