"""`rectify preview`: one disclosure in the browser, before it is finished and whatever the others are like."""

from __future__ import annotations

import os
import threading
import time
import urllib.request
import webbrowser
from pathlib import Path
from urllib.parse import urlsplit

import click

from rectify.cli.build import CONFIG
from rectify.cli.references import any_of, register_of
from rectify.cli.serving import ADDRESS, serve_with
from rectify.core.language import _
from rectify.core.site_map import at
from rectify.sources.configuration import read_registers
from rectify.sources.configuration_tree import read_tree

_PATIENCE = 60
"""Seconds in which a preview must have begun."""


@click.command(
    short_help=_("预览一份通报，保存后自动刷新。"),
    help=_(
        "只预览一份通报，保存后自动刷新，Ctrl-C 结束。DISCLOSURE 是通报的文件夹名或者路径。还有占位符等错误时也能预览，但不能公开。"
    ),
)
@click.argument("disclosure")
@CONFIG
@ADDRESS
@click.option("--open/--no-open", "open_browser", default=True, help=_("是否打开浏览器"))
def preview(disclosure: str, config: Path, address: str, open_browser: bool) -> None:
    try:
        settings, below = (
            register_of(disclosure, read_registers(config)),
            urlsplit(str(read_tree(config).get("site_url") or "")).path,
        )
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    rid, number = any_of(disclosure, settings.content)
    page = (
        f"http://{address}/{below.strip('/')}/".rstrip("/")
        + f"/{settings.path}{at('disclosure', disclosure=rid)}{f'{number}/' if number else ''}"
    )
    click.echo(_("预览 {page}，Ctrl-C 结束", page=page), err=True)
    os.environ["RECTIFY_ONLY"] = rid
    if open_browser:
        threading.Thread(target=_open, args=(page,), daemon=True).start()
    serve_with("-q", "-f", str(config), "-a", address, "--no-strict")


def _open(page: str) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(page, timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            webbrowser.open(page)
            return
