"""`rectify serve`: the site on this machine, rebuilt on every change."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from rectify.cli.build import CONFIG
from rectify.cli.texts import say
from rectify.release.building import mkdocs


@click.command(help=say("本机预览，保存后自动刷新，Ctrl-C 结束。", "Serve with live reload; Ctrl-C ends it."))
@CONFIG
@click.option(
    "-a", "--address", default="127.0.0.1:8000", show_default=True, help=say("地址和端口", "address and port")
)
@click.option("--open", "open_browser", is_flag=True, help=say("打开浏览器", "open the browser"))
def serve(config: Path, address: str, open_browser: bool) -> None:
    arguments = ["serve", "-f", str(config), "-a", address, "--livereload"]
    try:
        sys.exit(mkdocs(*arguments, *(["--open"] if open_browser else [])))
    except KeyboardInterrupt:
        sys.exit(0)
