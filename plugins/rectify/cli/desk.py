"""`rectify desk`: the clerk's page on this machine."""

from __future__ import annotations

import errno
from pathlib import Path

import click

from rectify.cli.build import CONFIG
from rectify.cli.serving import next_free, taken
from rectify.cli.site import CONTENT
from rectify.core.language import _
from rectify.sources.configuration import read_configuration

_PARTS = {"flask", "flask_wtf", "waitress", "wtforms", "itsdangerous", "werkzeug"}


@click.command(
    short_help=_("打开工作台：在浏览器里更新问题、提交。"),
    help=_(
        "打开工作台：在浏览器里看要办的事、更新问题、提交，与其他命令用同样的文件和规则。只在本机打开，别人看不到；Ctrl-C 结束，已保存的都在。"
    ),
)
@CONFIG
@CONTENT
@click.option("--port", type=click.IntRange(0, 65535), default=0, help=_("端口（默认由系统选一个空的）"))
@click.option("--open/--no-open", "open_browser", default=True, help=_("是否打开浏览器"))
@click.option(
    "--published",
    type=click.Path(path_type=Path, file_okay=False),
    help=_("公开的网站的文件夹，这台电脑读得到的（默认是配置里的 published）：提交以后写明是第几次公开"),
)
def desk(config: Path, content: Path | None, port: int, open_browser: bool, published: Path | None) -> None:
    try:
        from rectify.desk.serving import HOST, open_desk
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] in _PARTS:
            raise click.ClickException(_('没有安装工作台：pip install "rectify[desk]"')) from None
        raise
    try:
        site = read_configuration(config, content or Path.cwd())
        open_desk(site._replace(published=published or site.published), port, open_browser, _tell)
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        if error.errno != errno.EADDRINUSE or not (other := next_free(HOST, port)):
            raise
        raise click.ClickException(taken(port, f"--port {other}")) from None


def _tell(text: str) -> None:
    click.echo(text, err=True)
