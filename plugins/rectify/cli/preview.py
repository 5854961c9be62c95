"""`rectify preview`: one disclosure in the browser, before it is finished and whatever the others are like."""

from __future__ import annotations

import os
import sys
import threading
import time
import urllib.request
import webbrowser
from pathlib import Path

import click

from rectify.cli.build import CONFIG
from rectify.cli.texts import did_you_mean
from rectify.core.language import _
from rectify.release.building import mkdocs
from rectify.sources.configuration import read_configuration
from rectify.sources.content import survey

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
@click.option("-a", "--address", default="127.0.0.1:8000", show_default=True, help=_("地址和端口"))
@click.option("--open/--no-open", "open_browser", default=True, help=_("是否打开浏览器"))
def preview(disclosure: str, config: Path, address: str, open_browser: bool) -> None:
    try:
        content = read_configuration(config).content
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    rid = _id(disclosure, content)
    page = f"http://{address}/reports/{rid}/"
    click.echo(_("预览 {page}，Ctrl-C 结束", page=page), err=True)
    os.environ["RECTIFY_ONLY"] = rid
    if open_browser:
        threading.Thread(target=_open, args=(page,), daemon=True).start()
    try:
        sys.exit(mkdocs("serve", "-q", "-f", str(config), "-a", address, "--livereload", "--no-strict"))
    except KeyboardInterrupt:
        sys.exit(0)


def _id(word: str, content: Path) -> str:
    """Return the report id that a word names: the id itself, its folder or a file in it."""
    known = survey(content).folders
    for part in (word, *reversed(Path(word).resolve().parts)):
        if part in known:
            return part
    hint = did_you_mean(Path(word).name, sorted(known))
    raise click.BadParameter(_("没有通报“{word}”{hint}", word=word, hint=hint))


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
