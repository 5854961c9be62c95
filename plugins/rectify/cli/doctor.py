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

_MARKS = {OK: _("正常"), WARNING: _("注意"), ERROR: _("错误")}


@click.command(
    short_help=_("体检：本机缺什么，怎样补上。"),
    help=_(
        "检查本机：Python 和依赖、git 等程序、时钟、编码、配置、缓存；写明 --to 则还有公开的位置。不改动任何内容。退出状态：0 没有错误，1 有错误。"
    ),
)
@click.option("--to", "place", type=click.Path(path_type=Path), help=_("公开的位置"))
@FORM
def doctor(place: Path | None, form: str) -> None:
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
