"""`rectify emergency`: a page that stands in for the site, at once."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from rectify.cli.hold import UNTIL
from rectify.cli.publish import ALSO, TO, taken
from rectify.core.language import _
from rectify.release.emergency import show_notice
from rectify.release.folder import ReleaseFolder
from rectify.release.health import note_health
from rectify.release.holding import EMERGENCY, add_hold
from rectify.release.result import EXIT_CODES
from rectify.release.rollback import everything
from rectify.release.targets.destinations import Destination, deliver

_PATIENCE = 900.0
"""Seconds in which a run that must not switch any more comes to its next step."""


@click.command(
    short_help=_("用一页说明暂时代替整个网站。"),
    help=_(
        "立即用一页说明代替整个网站，一步切换。此后什么提交都不公开，直到 rectify rollback 退回原来的网站，"
        "或者 rectify unhold 放行，由下一次 publish 公开最新的提交。正在进行的公开不会再切换，等它结束。"
    ),
)
@TO
@ALSO
@click.option("--message", required=True, help=_("页面上的说明"))
@click.option("--contact", default="", help=_("页面上的联系方式"))
@UNTIL
@click.option("--dry-run", is_flag=True, help=_("只说明将要做什么"))
def emergency(
    place: Path, also: tuple[Destination, ...], message: str, contact: str, until: str, dry_run: bool
) -> None:
    if not message.strip():
        raise click.BadParameter(_("请写明说明"), param_hint="--message")
    target = ReleaseFolder(place)
    if target.live() is None:
        click.echo(_("注意：{place} 还没有公开过，请看 --to 写得对不对", place=place), err=True)
    if not dry_run:
        _hold_everything(target, message.strip().splitlines()[0], until)
    with taken(target, patience=_PATIENCE):
        notice, unread = show_notice(target, message, contact, dry_run)
        failures = [] if dry_run else deliver(target, also, target.work)
        if not dry_run:
            note_health(target)
    if dry_run:
        click.echo(_("将公开说明页 {notice}", notice=notice.id))
        return
    back, on = f"rectify rollback --to {place}", f"rectify unhold all --to {place}"
    click.echo(
        _(
            "已公开说明页 {notice}；退回原来的网站：{back}；改好以后公开最新的提交：{on}",
            notice=notice.id,
            back=back,
            on=on,
        )
    )
    if unread:
        click.echo(_("说明页已经公开，历史没有记全：{reason}", reason=unread), err=True)
    for failure in failures:
        click.echo(failure, err=True)
    sys.exit(EXIT_CODES["failed"] if failures else 0)


def _hold_everything(target: ReleaseFolder, why: str, until: str) -> None:
    """Decide first of all, and without waiting: whatever is being published now finds it before it switches."""
    try:
        add_hold(target.root, everything(EMERGENCY, why, until))
        click.echo(_("已记下：放行以前什么都不公开"), err=True)
    except ValueError as damaged:  # nothing is published either
        click.echo(str(damaged), err=True)
