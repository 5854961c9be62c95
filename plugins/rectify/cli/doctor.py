"""`rectify doctor`: what this machine lacks, and what to do about it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from rectify.cli.publish import FORM
from rectify.core.language import _
from rectify.release.doctor.check import ERROR, OK, WARNING
from rectify.release.doctor.examination import examine
from rectify.release.folder import ReleaseFolder
from rectify.release.mending import mend

_MARKS = {OK: _("正常"), WARNING: _("注意"), ERROR: _("错误")}


@click.command(
    short_help=_("体检：本机缺什么，怎样补上。"),
    help=_(
        "检查本机：Python 和依赖、git 等程序、时钟、编码、配置、缓存；写明 --to 则还有公开的位置。不写 --fix 不改动任何内容。退出状态：0 没有错误，1 有错误。"
    ),
)
@click.option("--to", "place", type=click.Path(path_type=Path), help=_("公开的位置"))
@click.option("--fix", "mend_it", is_flag=True, help=_("把公开位置里挡路的东西改名移开，不删除；与 --to 同用"))
@FORM
def doctor(place: Path | None, mend_it: bool, form: str) -> None:
    if mend_it:
        if place is None:
            raise click.UsageError(_("--fix 要与 --to 一起用"))
        _mend(place)
    found = list(examine(Path.cwd(), place))
    if form == "json":
        rows = [{"name": c.name, "state": c.state, "text": c.text, "fix": c.fix} for c in found]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for check in found:
            click.echo(f"[{_MARKS[check.state]}] {check.text}")
            if check.fix:
                click.echo(_("       办法：{fix}", fix=check.fix))
    sys.exit(any(check.state == ERROR for check in found))


def _mend(place: Path) -> None:
    try:
        for done in mend(ReleaseFolder(place)):
            click.echo(done, err=True)
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from None
