"""`rectify serve`: the site on this machine, rebuilt on every change."""

from __future__ import annotations

from pathlib import Path

import click

from rectify.cli.build import CONFIG
from rectify.cli.serving import ADDRESS, serve_with
from rectify.core.language import _


@click.command(help=_("本机预览，保存后自动刷新，Ctrl-C 结束。"))
@CONFIG
@ADDRESS
@click.option("--open", "open_browser", is_flag=True, help=_("打开浏览器"))
def serve(config: Path, address: str, open_browser: bool) -> None:
    serve_with("-f", str(config), "-a", address, *(["--open"] if open_browser else []))
