"""`rectify releases`, `rectify rollback`, `rectify verify`: what is live, what was, and whether it is whole."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from rectify.cli.publish import FORM, TO, taken
from rectify.core.finding import Finding
from rectify.core.language import _, _n, listed
from rectify.release.folder import Release, ReleaseFolder
from rectify.release.verifying import verify as check_folder
from rectify.release.verifying import verify_address


@click.command(help=_("列出保留的各次公开，当前的标有 *。"))
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
        told = (
            _(
                "{problems}；{changes}",
                problems=_n("{number}个问题：已完成{done}个", counts["total"], done=counts["done"]),
                changes=_n("变化 {number} 处", len(release.record.get("changes", ()))),
            )
            if counts
            else "?"
        )
        click.echo(f"{mark} {release.id}  {release.record.get('declared', '')}  {told}")
    if not kept:
        click.echo(_("还没有公开过。"))


@click.command(help=_("退回上一次公开（或者 RELEASE）。退回的内容不会被定时任务再次公开，直到来源有新的提交。"))
@click.argument("release", required=False)
@TO
@click.option("--dry-run", is_flag=True, help=_("只说明将要退回哪一次"))
def rollback(release: str | None, place: Path, dry_run: bool) -> None:
    target = ReleaseFolder(place)
    with taken(target):
        chosen = _chosen(target, release)
        if wrong := _wrong(chosen):
            raise click.ClickException(_("{release} 不完整（{wrong}），没有退回", release=chosen.id, wrong=wrong))
        if dry_run:
            click.echo(_("将退回 {release}", release=chosen.id))
            return
        target.hold_live()
        target.switch(chosen.folder)
    click.echo(_("已退回 {release}", release=chosen.id))


def _chosen(target: ReleaseFolder, name: str | None) -> Release:
    kept, live = target.releases(), target.live()
    if name is None:
        index = next((index for index, release in enumerate(kept) if release.folder.resolve() == live), 0)
        if index == 0:
            raise click.ClickException(_("没有更早的公开可以退回"))
        return kept[index - 1]
    chosen = next((release for release in kept if release.id == name), None)
    if chosen is None:
        known = listed(release.id for release in kept)
        raise click.BadParameter(_("没有“{name}”；保留的有：{known}", name=name, known=known))
    return chosen


def _wrong(release: Release) -> str:
    try:
        findings = check_folder(release.folder)
    except (OSError, ValueError) as error:
        return str(error)
    return findings[0].text().partition("\n")[0] if findings else ""


@click.command(help=_("核验公开的网站：每个文件与清单的 SHA-256 一致，应有的页面和计数齐全。PLACE 是文件夹或者网址。"))
@click.argument("place", metavar="PLACE")
@click.option(
    "--signers",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help=_("允许的签名者文件，核对清单的签名"),
)
@FORM
def verify(place: str, signers: Path | None, form: str) -> None:
    try:
        findings = verify_address(place, signers) if "://" in place else check_folder(Path(place), signers)
    except (OSError, ValueError) as error:
        raise click.ClickException(_("无法核验 {place}：{error}", place=place, error=error)) from None
    _print(findings, place, form)
    sys.exit(1 if findings else 0)


def _print(findings: list[Finding], place: str, form: str) -> None:
    if form == "json":
        click.echo(json.dumps([finding.record() for finding in findings], ensure_ascii=False, indent=2))
        return
    for finding in findings:
        click.echo(finding.text(), err=True)
    if findings:
        click.echo(_n("{place}：{number} 处不符", len(findings), place=place), err=True)
    else:
        click.echo(_("{place}：完整，与清单一致", place=place))
