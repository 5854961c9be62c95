"""`rectify emergency`: a page that stands in for the site, at once."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from rectify.cli.publish import ALSO, TO, taken
from rectify.core.language import _
from rectify.release.emergency import show_notice
from rectify.release.folder import ReleaseFolder
from rectify.release.publishing import EXIT_CODES
from rectify.release.targets.destinations import Destination, deliver


@click.command(
    short_help=_("用一页说明暂时代替整个网站。"),
    help=_(
        "立即用一页说明代替整个网站，一步切换。rectify rollback 退回原来的网站；来源有新的提交以后，rectify publish 照常公开。"
    ),
)
@TO
@ALSO
@click.option("--message", required=True, help=_("页面上的说明"))
@click.option("--contact", default="", help=_("页面上的联系方式"))
@click.option("--dry-run", is_flag=True, help=_("只说明将要做什么"))
def emergency(place: Path, also: tuple[Destination, ...], message: str, contact: str, dry_run: bool) -> None:
    if not message.strip():
        raise click.BadParameter(_("请写明说明"), param_hint="--message")
    target = ReleaseFolder(place)
    with taken(target):
        notice = show_notice(target, message, contact, dry_run)
        failures = [] if dry_run else deliver(target, also, target.work)
    if dry_run:
        click.echo(_("将公开说明页 {notice}", notice=notice.id))
        return
    back = f"rectify rollback --to {place}"
    click.echo(_("已公开说明页 {notice}；退回：{back}", notice=notice.id, back=back))
    for failure in failures:
        click.echo(failure, err=True)
    sys.exit(EXIT_CODES["failed"] if failures else 0)
