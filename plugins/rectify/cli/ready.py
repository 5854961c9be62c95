"""`rectify ready`: files for web servers, timers, pipelines, filled in for this site."""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path

import click

from rectify.core.language import _, listed
from rectify.release.folder import ReleaseFolder
from rectify.release.policy import CADDY, NGINX, write_policy
from rectify.release.reachable import closed_to
from rectify.release.ready import READY, Settings, places, ready_files
from rectify.sources.configuration import find_configuration, read_configuration
from rectify.sources.safe_files import replace_file


@click.command(
    short_help=_("现成的配置：网页服务器、定时任务、流水线。"),
    help=_("写出现成的配置文件，路径已经填好。不写名称时列出可选的名称。已有的文件不覆盖，除非写明 --force。"),
)
@click.argument("names", nargs=-1, type=click.Choice(list(READY)), metavar=_("[名称…]"))
@click.option("--to", "folder", type=click.Path(path_type=Path, file_okay=False), help=_("写到哪个文件夹"))
@click.option(
    "--site",
    "site",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("/srv/rectify"),
    show_default=True,
    help=_("公开的位置，即 publish 的 --to"),
)
@click.option(
    "--repo",
    default="",
    help=_("publish 的来源：git 仓库的路径或者地址（默认当前文件夹）"),
)
@click.option("--domain", default="_", show_default=True, help=_("网站的域名"))
@click.option(
    "--under",
    default="",
    help=_("网站在域名下的路径，如 /zhenggai"),
)
@click.option("--port", type=click.IntRange(1, 65535), default=80, show_default=True, help=_("监听的端口"))
@click.option(
    "--user",
    default=getpass.getuser,
    show_default=_("当前用户"),
    help=_("执行公开的用户"),
)
@click.option(
    "--embed",
    default="'self'",
    show_default=True,
    metavar="ORIGINS",
    help=_("谁可以把网页嵌入框架：'none'、'self'，或者门户网站的地址"),
)
@click.option(
    "--name",
    default="",
    help=_("一台机器上有几个网站时，这一个的名称：写进文件和服务的名称，如 rectify-名称-publish.service"),
)
@click.option(
    "--program",
    type=click.Path(path_type=Path),
    help=_("定时任务里运行的 rectify，绝对路径（默认现在这一个的 Python）"),
)
@click.option("--force", is_flag=True, help=_("覆盖已有的文件"))
@click.option("--dry-run", is_flag=True, help=_("只显示将要写入的内容"))
def ready(
    names: tuple[str, ...],
    folder: Path | None,
    site: Path,
    repo: str,
    domain: str,
    under: str,
    port: int,
    user: str,
    embed: str,
    name: str,
    program: Path | None,
    force: bool,
    dry_run: bool,
) -> None:
    if not names:
        for choice, one in READY.items():
            click.echo(f"{choice:<12}{one.about}: {', '.join(places(choice))}")
        return
    if folder is None:
        raise click.UsageError(_("请用 --to 写明写到哪个文件夹"))
    under = f"/{under.strip('/')}" if under.strip("/") else ""
    settings = Settings(
        site.absolute().as_posix(), repo or Path.cwd().as_posix(), domain, user, under, port, embed, name=name
    )
    if {"decap", "sveltia"} & set(names):
        settings = settings._replace(content=_content())
    if program:
        settings = settings._replace(command=program.absolute().as_posix())
    try:
        made = {folder / place: text for place, text in ready_files(names, settings).items()}
    except ValueError as error:
        raise click.UsageError(
            _("这些设置有配置文件不能直接写的字符（如空格、引号、百分号）：{error}", error=error)
        ) from None
    if {"systemd", "crontab"} & set(names):
        _refuse_closed(user, program)
    if dry_run:
        for file, text in made.items():
            click.echo(f"# ==> {file}\n{text}")
        return
    if there := [str(file) for file in made if file.exists() and not force]:
        raise click.ClickException(_("已经存在，没有写入任何文件（覆盖用 --force）：{files}", files=listed(there)))
    try:
        _write(made)
        if {"nginx", "caddy"} & set(names):
            _first_policy(site)
    except OSError as error:
        raise click.ClickException(_("无法写入：{error}", error=error)) from None


def _content() -> str:
    """Return the content folder of the site around as its repository has it, the usual one where there is no site."""
    file = find_configuration(Path.cwd())
    if file is None:
        return Settings("", "").content
    try:
        return Path(os.path.relpath(read_configuration(file, Path.cwd()).content, file.parent)).as_posix()
    except ValueError as error:
        raise click.ClickException(str(error)) from None


def _refuse_closed(user: str, program: Path | None) -> None:
    """End the command where the account that is to publish cannot run what would be written into its timer."""
    # The package may lie elsewhere than the interpreter: in a checkout that it was installed from in place.
    needed = [program.absolute()] if program else [Path(sys.executable), Path(__file__).absolute().parent]
    if closed := closed_to(user, needed):
        raise click.ClickException(
            _(
                "{user} 不能运行 {program}：进不了 {closed}。没有写入。装到各账户都能进入的文件夹，例如 /opt/rectify，在那里运行 ready；"
                "或者用 --program 写明另一份",
                user=user,
                program=needed[0],
                closed=listed(map(str, closed)),
            )
        )


def _write(made: dict[Path, str]) -> None:
    for file, text in made.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_file(file, text.encode())
        click.echo(_("已写入 {file}", file=file))


def _first_policy(site: Path) -> None:
    """Write the policy that the servers' files include, where a site was published before there was one."""
    releases = [release.folder for release in ReleaseFolder(site).releases()]
    if releases and not all((site / name).is_file() for name in (NGINX, CADDY)):
        write_policy(site, releases)
        click.echo(_("已写入 {first}、{second}", first=site / NGINX, second=site / CADDY))
