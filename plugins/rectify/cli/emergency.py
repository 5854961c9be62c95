"""`rectify emergency`: a page that stands in for the site, at once."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from rectify.cli.publish import ALSO, TO
from rectify.cli.texts import say
from rectify.release.emergency import show_notice
from rectify.release.folder import ReleaseFolder
from rectify.release.publishing import EXIT_CODES
from rectify.release.targets.destinations import Destination, deliver
from rectify.sources.lock import Locked, take_lock


@click.command(
    short_help=say("用一页说明暂时代替整个网站。", "Put one page in place of the whole site."),
    help=say(
        "立即用一页说明代替整个网站，一步切换。rectify rollback 退回原来的网站；来源有新的提交以后，rectify publish 照常公开。",
        "Put one page in place of the whole site, in one step. `rectify rollback` leads back; `rectify publish` replaces it once the source has changed.",
    ),
)
@TO
@ALSO
@click.option("--message", required=True, help=say("页面上的说明", "what the page says"))
@click.option("--contact", default="", help=say("页面上的联系方式", "whom to ask, shown on the page"))
@click.option("--dry-run", is_flag=True, help=say("只说明将要做什么", "say what would be done"))
def emergency(place: Path, also: tuple[Destination, ...], message: str, contact: str, dry_run: bool) -> None:
    if not message.strip():
        raise click.BadParameter(say("请写明说明", "say something"), param_hint="--message")
    target = ReleaseFolder(place)
    try:
        with take_lock(target.lock):
            notice = show_notice(target, message, contact, dry_run)
            failures = [] if dry_run else deliver(target, also, target.work)
    except Locked:
        click.echo(say("另一次公开正在进行", "another publication is running"), err=True)
        sys.exit(EXIT_CODES["locked"])
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from None
    if dry_run:
        click.echo(say(f"将公开说明页 {notice.id}", f"the notice {notice.id} would become live"))
        return
    back = f"rectify rollback --to {place}"
    click.echo(say(f"已公开说明页 {notice.id}；退回：{back}", f"the notice {notice.id} is live; to go back: {back}"))
    for failure in failures:
        click.echo(failure, err=True)
    sys.exit(EXIT_CODES["failed"] if failures else 0)
