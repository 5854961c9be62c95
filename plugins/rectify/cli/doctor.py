"""`rectify doctor`: what this machine lacks, and what to do about it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from rectify.cli.publish import FORM
from rectify.cli.texts import LANG, say
from rectify.release.doctor.check import ERROR, OK, WARNING
from rectify.release.doctor.examination import examine

_MARKS = {OK: say("正常", "ok"), WARNING: say("注意", "warning"), ERROR: say("错误", "error")}


@click.command(
    short_help=say("体检：本机缺什么，怎样补上。", "What this machine lacks, and the remedy."),
    help=say(
        "检查本机：Python 和依赖、git 等程序、时钟、编码、配置、缓存；写明 --to 则还有公开的位置。不改动任何内容。退出状态：0 没有错误，1 有错误。",
        "Look at this machine: Python, packages, programs, clock, encoding, configuration, cache, and with --to the place of publication. "
        "Changes nothing. Exit status: 0 no errors, 1 errors.",
    ),
)
@click.option("--to", "place", type=click.Path(path_type=Path), help=say("公开的位置", "where it is published"))
@FORM
def doctor(place: Path | None, form: str) -> None:
    found = list(examine(Path.cwd(), place))
    index = 1 if LANG == "en" else 0
    if form == "json":
        rows = [{"name": c.name, "state": c.state, "text": c.text[index], "fix": c.fix[index]} for c in found]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for check in found:
            click.echo(f"[{_MARKS[check.state]}] {check.text[index]}")
            if check.fix[index]:
                click.echo(say("       办法：", "       remedy: ") + check.fix[index])
    sys.exit(any(check.state == ERROR for check in found))
