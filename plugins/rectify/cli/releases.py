"""`rectify releases`, `rectify rollback`, `rectify verify`: what is live, what was, and whether it is whole."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from rectify.cli.publish import FORM, TO
from rectify.cli.texts import say
from rectify.core.finding import Finding
from rectify.release.folder import Release, ReleaseFolder
from rectify.release.publishing import EXIT_CODES
from rectify.release.verifying import verify as check_folder
from rectify.release.verifying import verify_address
from rectify.sources.lock import Locked, take_lock


@click.command(
    help=say("列出保留的各次公开，当前的标有 *。", "List the releases that are kept; the live one is marked *.")
)
@TO
@FORM
def releases(place: Path, form: str) -> None:
    target = ReleaseFolder(place)
    live = target.live()
    kept = target.releases()
    if form == "json":
        click.echo(
            json.dumps(
                [{**release.record, "live": release.folder.resolve() == live} for release in kept],
                ensure_ascii=False,
                indent=2,
            )
        )
        return
    for release in kept:
        counts = release.record.get("counts", {})
        mark = "*" if release.folder.resolve() == live else " "
        told = say(
            f"{counts.get('total', '?')}个问题：已完成{counts.get('done', '?')}个；变化 {len(release.record.get('changes', ()))} 处",
            f"{counts.get('total', '?')} problems: {counts.get('done', '?')} done; {len(release.record.get('changes', ()))} changes",
        )
        click.echo(f"{mark} {release.id}  {release.record.get('declared', '')}  {told}")
    if not kept:
        click.echo(say("还没有公开过。", "Nothing has been published yet."))


@click.command(
    help=say(
        "退回上一次公开（或者 RELEASE）。退回的内容不会被定时任务再次公开，直到来源有新的提交。",
        "Go back to the release before (or RELEASE). A timer does not publish what was taken back until its source has changed.",
    )
)
@click.argument("release", required=False)
@TO
@click.option("--dry-run", is_flag=True, help=say("只说明将要退回哪一次", "say what would become live"))
def rollback(release: str | None, place: Path, dry_run: bool) -> None:
    target = ReleaseFolder(place)
    try:
        with take_lock(target.lock):
            chosen = _chosen(target, release)
            if wrong := _wrong(chosen):
                raise click.ClickException(
                    say(
                        f"{chosen.id} 不完整（{wrong}），没有退回",
                        f"{chosen.id} is not whole ({wrong}); nothing was done",
                    )
                )
            if dry_run:
                click.echo(say(f"将退回 {chosen.id}", f"{chosen.id} would become live"))
                return
            target.hold_live()
            target.switch(chosen.folder)
    except Locked:
        click.echo(say("另一次公开正在进行", "another publication is running"), err=True)
        sys.exit(EXIT_CODES["locked"])
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from None
    click.echo(say(f"已退回 {chosen.id}", f"{chosen.id} is live"))


def _chosen(target: ReleaseFolder, name: str | None) -> Release:
    kept, live = target.releases(), target.live()
    if name is None:
        index = next((index for index, release in enumerate(kept) if release.folder.resolve() == live), 0)
        if index == 0:
            raise click.ClickException(say("没有更早的公开可以退回", "there is no earlier release"))
        return kept[index - 1]
    chosen = next((release for release in kept if release.id == name), None)
    if chosen is None:
        known = "、".join(release.id for release in kept)
        raise click.BadParameter(say(f"没有“{name}”；保留的有：{known}", f"there is no '{name}'; kept are: {known}"))
    return chosen


def _wrong(release: Release) -> str:
    try:
        findings = check_folder(release.folder)
    except (OSError, ValueError) as error:
        return str(error)
    return findings[0].text().partition("\n")[0] if findings else ""


@click.command(
    help=say(
        "核验公开的网站：每个文件与清单的 SHA-256 一致，应有的页面和计数齐全。PLACE 是文件夹或者网址。",
        "Verify a published site, a folder or an address: every file against the manifest, every expected page and count.",
    )
)
@click.argument("place", metavar="PLACE")
@click.option(
    "--signers",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help=say("允许的签名者文件，核对清单的签名", "a file of allowed signers, to check the manifest's signature"),
)
@FORM
def verify(place: str, signers: Path | None, form: str) -> None:
    try:
        findings = verify_address(place, signers) if "://" in place else check_folder(Path(place), signers)
    except (OSError, ValueError) as error:
        raise click.ClickException(say(f"无法核验 {place}：{error}", f"cannot verify {place}: {error}")) from None
    _print(findings, place, form)
    sys.exit(1 if findings else 0)


def _print(findings: list[Finding], place: str, form: str) -> None:
    if form == "json":
        click.echo(json.dumps([finding.record() for finding in findings], ensure_ascii=False, indent=2))
        return
    for finding in findings:
        click.echo(finding.text(), err=True)
    if findings:
        click.echo(say(f"{place}：{len(findings)} 处不符", f"{place}: {len(findings)} differences"), err=True)
    else:
        click.echo(say(f"{place}：完整，与清单一致", f"{place}: whole, as its manifest says"))
