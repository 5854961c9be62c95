"""`rectify publish`: what a timer runs."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from rectify.core.counts import headline
from rectify.core.language import _, _n
from rectify.release.folder import ReleaseFolder
from rectify.release.publishing import Options
from rectify.release.publishing import publish as run
from rectify.release.result import EXIT_CODES, Result
from rectify.release.source import Source, from_folder, from_repository
from rectify.release.targets.destinations import Destination, parse
from rectify.sources.configuration import find_configuration
from rectify.sources.confinement import Limits
from rectify.sources.lock import Locked

TO = click.option(
    "--to",
    "place",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help=_("公开的位置；网页服务器的根目录设为它里面的 current"),
)
ALSO = click.option(
    "--also",
    multiple=True,
    metavar="KIND:PLACE",
    callback=lambda context, option, texts: tuple(destination(text) for text in texts),
    help=_("同时送到：rsync:用户@主机:/文件夹、branch:远程#分支、fsspec:s3://桶/前缀；可以写几个"),
)
_SHOWN = 20
"""Warnings that a run prints."""
FORM = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help=_("输出格式"))


def destination(text: str) -> Destination:
    """Return the place that an option names; a usage error where it is none."""
    try:
        return parse(text)
    except ValueError as error:
        raise click.BadParameter(_("“{text}”应写成 {error}", text=text, error=error)) from None


@click.command(
    short_help=_("公开：检查、构建、核验、一步切换。"),
    help=_(
        "公开网站，供定时任务运行：读取、检查、构建、核验、与上一次比较、写清单、一步切换。任何一步失败，已经公开的内容都不变。"
        "从仓库公开，只取其中的文字：content/、words.toml、units.toml、mkdocs.yml 里的名称、语言和菜单；主题、插件用本机的。"
        "退出状态：0 已公开，3 没有变化，4 有错误不公开，5 另一次公开正在进行，6 搁置、放行以前不公开，1 失败，2 用法错误。"
    ),
)
@TO
@ALSO
@click.option(
    "--repo",
    help=_("git 仓库（路径或者地址）；不写则用当前文件夹"),
)
@click.option("--branch", default="main", show_default=True, help=_("仓库的分支"))
@click.option("--inside", default="", help=_("网站在仓库里的文件夹"))
@click.option(
    "--config",
    "configuration",
    type=click.Path(path_type=Path, dir_okay=False, exists=True, resolve_path=True),
    help=_("公开的人自己的 mkdocs.yml，先于仓库里的设置；放在仓库之外"),
)
@click.option(
    "--trust-repository",
    is_flag=True,
    help=_("照用仓库里的配置、主题、插件：谁能提交，谁就能在本机运行程序。不写则只取文字"),
)
@click.option(
    "--time-limit",
    type=click.IntRange(1),
    default=Limits().seconds,
    show_default=True,
    metavar="SECONDS",
    help=_("检查、构建、核验成品每一步最多几秒"),
)
@click.option(
    "--memory-limit",
    type=click.IntRange(256),
    default=Limits().megabytes,
    show_default=True,
    metavar="MB",
    help=_("每个进程最多多少内存"),
)
@click.option("--keep", type=click.IntRange(1), default=10, show_default=True, help=_("保留几次公开"))
@click.option(
    "--work",
    type=click.Path(path_type=Path, file_okay=False),
    help=_("工作文件夹（默认在公开位置里的 .work）"),
)
@click.option(
    "--sign-key",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help=_("给清单签名的 ssh 私钥"),
)
@click.option("--dry-run", is_flag=True, help=_("做完检查和构建，不公开"))
@FORM
def publish(
    place: Path,
    also: tuple[Destination, ...],
    repo: str | None,
    branch: str,
    inside: str,
    configuration: Path | None,
    trust_repository: bool,
    time_limit: int,
    memory_limit: int,
    keep: int,
    work: Path | None,
    sign_key: Path | None,
    dry_run: bool,
    form: str,
) -> None:
    target = ReleaseFolder(place)
    work = (work or target.work).absolute()
    if (configuration or trust_repository) and not repo:
        raise click.UsageError(_("--config 和 --trust-repository 与 --repo 一起用"))
    if configuration and trust_repository:
        raise click.UsageError(_("--config 和 --trust-repository 只能用一个"))
    if configuration and repo and os.path.isdir(repo) and configuration.is_relative_to(os.path.realpath(repo)):
        raise click.UsageError(_("{file} 在仓库里；公开的人自己的配置放在仓库之外", file=configuration))
    source: Callable[[], Source] = (
        (lambda: from_repository(repo, branch, work, inside, trust_repository))
        if repo
        else (lambda: from_folder(file.parent if (file := find_configuration(Path.cwd())) else Path.cwd()))
    )
    limits = Limits(time_limit, memory_limit)
    options = Options(keep, dry_run, sign_key, also, configuration, trust_repository, limits)
    result = run(source, target, work, options, _log)
    if form == "json":
        click.echo(json.dumps(result.data(), ensure_ascii=False, indent=2))
    else:
        _print(result, dry_run)
    sys.exit(EXIT_CODES[result.outcome])


@contextmanager
def taken(target: ReleaseFolder, patience: float = 0) -> Iterator[None]:
    """Hold the place of publication, after at most so many seconds; ends the command where another one has it."""
    try:
        with target.taken(patience):
            yield
    except Locked as other:
        click.echo(_("另一次公开正在进行：{other}", other=other), err=True)
        sys.exit(EXIT_CODES["locked"])


def _log(text: str) -> None:
    click.echo(f"rectify publish: {text}", err=True)


def _print(result: Result, dry_run: bool) -> None:
    for finding in result.findings:
        click.echo(finding.text(), err=True)
    warnings = result.warnings()
    for finding in warnings[:_SHOWN]:
        click.echo(finding.text(), err=True)
    if warnings:
        click.echo(_n("有 {number} 处警告，不妨碍公开；rectify check 列出全部", len(warnings)), err=True)
    counts = result.counts
    told = {
        "published": _("试运行，没有公开：{release}", release=result.release)
        if dry_run
        else _("已公开 {release}", release=result.release),
        "unchanged": _("没有变化"),
        "refused": _n("有 {number} 处错误，没有公开", len(result.findings) or 1),
        "locked": _("另一次公开正在进行"),
        "held": _("搁置，没有公开"),
        "failed": (
            _("没有全部送到；本机已公开 {release}", release=result.release)
            if result.release
            else _("失败，已经公开的内容没有变")
        ),
    }[result.outcome]
    if counts:
        told += _(
            "：{disclosures}，{headline}；{changes}",
            disclosures=_n("{number}份通报", counts["disclosures"]),
            headline=headline(counts),
            changes=_n("变化 {number} 处", len(result.changes)),
        )
    click.echo(told, err=result.outcome not in ("published", "unchanged"))
    if result.reason:
        click.echo(result.reason, err=True)
