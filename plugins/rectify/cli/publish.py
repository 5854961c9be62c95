"""`rectify publish`: what a timer runs."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import click

from rectify.cli.texts import say
from rectify.release.folder import ReleaseFolder
from rectify.release.publishing import EXIT_CODES, Options, Result
from rectify.release.publishing import publish as run
from rectify.release.source import Source, from_folder, from_repository
from rectify.release.targets.destinations import Destination, parse

TO = click.option(
    "--to",
    "place",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help=say(
        "公开的位置；网页服务器的根目录设为它里面的 current", "where to publish; a web server's root is `current` in it"
    ),
)
ALSO = click.option(
    "--also",
    multiple=True,
    metavar="KIND:PLACE",
    callback=lambda context, option, texts: tuple(destination(text) for text in texts),
    help=say(
        "同时送到：rsync:用户@主机:/文件夹、branch:远程#分支、fsspec:s3://桶/前缀；可以写几个",
        "bring it there too: rsync:user@host:/folder, branch:remote#branch, fsspec:s3://bucket/prefix; any number",
    ),
)
FORM = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help=say("输出格式", "form of the output")
)


def destination(text: str) -> Destination:
    """Return the place that an option names; a usage error where it is none."""
    try:
        return parse(text)
    except ValueError as error:
        raise click.BadParameter(say(f"“{text}”应写成 {error}", f"'{text}' should be written {error}")) from None


@click.command(
    short_help=say("公开：检查、构建、核验、一步切换。", "Publish: check, build, verify, switch in one step."),
    help=say(
        "公开网站，供定时任务运行：读取、检查、构建、核验、与上一次比较、写清单、一步切换。任何一步失败，已经公开的内容都不变。"
        "退出状态：0 已公开，3 没有变化，4 有错误不公开，5 另一次公开正在进行，1 失败，2 用法错误。",
        "Publish the site, as a timer does: read, check, build, verify, compare, write the manifest, switch in one step. Whatever fails, what is "
        "live stays as it was. Exit status: 0 published, 3 nothing changed, 4 refused by checks, 5 locked, 1 failed, 2 usage.",
    ),
)
@TO
@ALSO
@click.option(
    "--repo",
    help=say("git 仓库（路径或者地址）；不写则用当前文件夹", "a git repository; without it, the folder around"),
)
@click.option("--branch", default="main", show_default=True, help=say("仓库的分支", "branch of the repository"))
@click.option("--inside", default="", help=say("网站在仓库里的文件夹", "the site's folder in the repository"))
@click.option(
    "--keep", type=click.IntRange(1), default=10, show_default=True, help=say("保留几次公开", "releases to keep")
)
@click.option(
    "--work",
    type=click.Path(path_type=Path, file_okay=False),
    help=say(
        "工作文件夹（默认在公开位置里的 .work）", "folder for the work between runs (default: .work in the target)"
    ),
)
@click.option(
    "--sign-key",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help=say("给清单签名的 ssh 私钥", "ssh private key to sign the manifest with"),
)
@click.option("--dry-run", is_flag=True, help=say("做完检查和构建，不公开", "check and build, publish nothing"))
@FORM
def publish(
    place: Path,
    also: tuple[Destination, ...],
    repo: str | None,
    branch: str,
    inside: str,
    keep: int,
    work: Path | None,
    sign_key: Path | None,
    dry_run: bool,
    form: str,
) -> None:
    target = ReleaseFolder(place)
    work = work or target.work
    source: Callable[[], Source] = (
        (lambda: from_repository(repo, branch, work, inside)) if repo else (lambda: from_folder(Path.cwd()))
    )
    result = run(source, target, work, Options(keep, dry_run, sign_key, also), _log)
    if form == "json":
        click.echo(json.dumps(result.data(), ensure_ascii=False, indent=2))
    else:
        _print(result, dry_run)
    sys.exit(EXIT_CODES[result.outcome])


def _log(zh: str, en: str) -> None:
    click.echo(f"rectify publish: {say(zh, en)}", err=True)


def _print(result: Result, dry_run: bool) -> None:
    for finding in result.findings:
        click.echo(finding.text(), err=True)
    counts = result.counts
    told = {
        "published": say("试运行，没有公开：", "dry run, not published: ") if dry_run else say("已公开 ", "published "),
        "unchanged": say("没有变化", "nothing changed"),
        "refused": say(
            f"有 {len(result.findings)} 处错误，没有公开", f"{len(result.findings)} errors, nothing was published"
        ),
        "locked": say("另一次公开正在进行", "another publication is running"),
        "failed": (
            say(
                f"没有全部送到；本机已公开 {result.release}", f"not delivered everywhere; live here is {result.release}"
            )
            if result.release
            else say("失败，已经公开的内容没有变", "failed; what is live has not changed")
        ),
    }[result.outcome]
    head = f"{told}{result.release if result.outcome == 'published' else ''}"
    if counts:
        head += say(
            f"：{counts['disclosures']}份通报，{counts['total']}个问题：已完成{counts['done']}个，持续推进{counts['open']}个；变化 {len(result.changes)} 处",
            f": {counts['disclosures']} disclosures, {counts['total']} problems: {counts['done']} done, {counts['open']} ongoing; {len(result.changes)} changes",
        )
    click.echo(head, err=result.outcome not in ("published", "unchanged"))
    if result.reason:
        click.echo(result.reason, err=True)
