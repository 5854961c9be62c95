"""`rectify serve`: the site on this machine, rebuilt on every change."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from rectify.cli.build import CONFIG
from rectify.core.language import _
from rectify.release.building import mkdocs


@click.command(help=_("本机预览，保存后自动刷新，Ctrl-C 结束。"))
@CONFIG
@click.option("-a", "--address", default="127.0.0.1:8000", show_default=True, help=_("地址和端口"))
@click.option("--open", "open_browser", is_flag=True, help=_("打开浏览器"))
def serve(config: Path, address: str, open_browser: bool) -> None:
    arguments = ["serve", "-f", str(config), "-a", address, "--livereload"]
    try:
        sys.exit(mkdocs(*arguments, *(["--open"] if open_browser else [])))
    except KeyboardInterrupt:
        sys.exit(0)
