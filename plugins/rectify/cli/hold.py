"""`rectify hold`, `rectify unhold`: what is not published until somebody says so."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click

from rectify.cli.days import optional_day
from rectify.cli.publish import FORM, TO
from rectify.cli.site import zone_around
from rectify.core.language import _, listed
from rectify.release.folder import NOTICE, Release, ReleaseFolder, record_of
from rectify.release.health import note_health
from rectify.release.holding import ASKED, Hold, add_hold, clear_damaged, content_of, drop_holds, holds_of, told
from rectify.release.rollback import everything
from rectify.sources.clock import end_of, now

_ALL = "all"
_COMMIT = re.compile(r"[0-9a-f]{7,64}")
REASON = click.option("--reason", default="", help=_("理由，写给以后来看的人；不公开"))


def _end(context: click.Context, option: click.Parameter, value: str | None) -> str:
    """Return the moment at which a decision's last day is over, empty where it has none; a usage error where it is over already."""
    day = optional_day(context, option, value)
    if day is None:
        return ""
    end = end_of(day, zone_around(Path.cwd()))
    if end <= now():
        raise click.BadParameter(_("{day} 已经过去，什么也不会搁置；写今天或者以后的日期", day=day))
    return end.isoformat()


UNTIL = click.option("--until", metavar="DATE", callback=_end, help=_("到哪一天为止（含当天）；不写则由命令放行"))


@click.command(
    short_help=_("搁置：某个提交、某次公开或者一切，不再公开。"),
    help=_(
        "WHAT 是提交（7 位以上）、一次公开的编号，或者 all（一切）：此后 rectify publish 不公开它，退出状态 6，"
        "直到 rectify unhold 放行，或者过了 --until。正在公开的不变。不写 WHAT 时列出现在搁置的。"
    ),
)
@click.argument("what", required=False)
@TO
@REASON
@UNTIL
@FORM
def hold(what: str | None, place: Path, reason: str, until: str, form: str) -> None:
    target = published_place(place)
    if what is None:
        _list(holds_in(target), place, form)
        return
    if not reason.strip():
        raise click.UsageError(_("请用 --reason 写明理由"))
    holds_in(target)
    made = add_hold(target.root, _wanted(target, what)._replace(why=reason.strip(), until=until))
    note_health(target)
    _list([made], place, form)


@click.command(
    short_help=_("放行：不再搁置。"),
    help=_(
        "放行 WHAT：rectify hold 列出的序号、一次公开的编号，或者 all（全部）。放行以后，下一次 rectify publish 照常公开最新的提交。"
    ),
)
@click.argument("what")
@TO
def unhold(what: str, place: Path) -> None:
    target = published_place(place)
    try:
        dropped = drop_holds(target.root, lambda one: what in (_ALL, str(one.number), one.release))
    except ValueError as error:
        if what != _ALL:
            raise click.ClickException(str(error)) from None
        clear_damaged(target.root)
        dropped = []
    else:
        if not dropped:
            known = listed(str(one.number) for one in holds_of(target.root)) or "-"
            raise click.BadParameter(_("没有搁置“{what}”；现在搁置的：{known}", what=what, known=known))
    for one in dropped:
        click.echo(_("已放行 {hold}", hold=one.text()))
    live = target.live()
    if live is not None and record_of(live).get(NOTICE):
        click.echo(_("现在公开的仍是说明页；下一次 rectify publish 公开最新的提交。"))
    note_health(target)


def holds_in(target: ReleaseFolder) -> list[Hold]:
    """Return what is held; ends the command where nobody knows."""
    try:
        return holds_of(target.root)
    except ValueError as error:
        raise click.ClickException(str(error)) from None


def published_place(place: Path) -> ReleaseFolder:
    """Return the publication at a place; a usage error where there is none: a slip in its name would decide nothing."""
    if not place.is_dir():
        raise click.BadParameter(_("{place} 还没有公开过", place=place), param_hint="--to")
    return ReleaseFolder(place)


def _wanted(target: ReleaseFolder, what: str) -> Hold:
    if what == _ALL:
        return everything()
    release = next((one for one in target.releases() if one.id == what), None)
    if release is not None:
        return Hold(0, ASKED, what, _commit(release), content_of(release.folder))
    if _COMMIT.fullmatch(what.lower()):
        return Hold(0, ASKED, commit=what.lower())
    known = listed(one.id for one in target.releases()) or "-"
    raise click.BadParameter(_("“{what}”不是提交，也不是公开的编号；保留的有：{known}", what=what, known=known))


def _commit(release: Release) -> str:
    return str(release.record.get("commit", "")).rstrip("+")


def _list(holds: list[Hold], place: Path, form: str) -> None:
    if form == "json":
        click.echo(json.dumps([one.data() for one in holds], ensure_ascii=False, indent=2))
    elif holds:
        click.echo(told(holds, place))
    else:
        click.echo(_("没有搁置什么。"))
