"""`rectify portal`: the entrance of a city or a province, made from the published sites of its units."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import click

from rectify.cli.time_limit import TIME_LIMIT, told
from rectify.core.language import _, _n, spoken
from rectify.core.portal import OUTCOMES, TAKEN, State
from rectify.release.collecting import collect
from rectify.release.folder import ReleaseFolder
from rectify.release.portal_publishing import COLLECTED, NotBuilt, publish_portal
from rectify.sources.collection import Collection
from rectify.sources.configuration import read_configuration
from rectify.sources.lock import Locked
from rectify.sources.portal_settings import NAME, Listing, read_portal
from rectify.sources.program import TookTooLong
from rectify.sources.safe_files import write_folder
from rectify.sources.starter import starter_files

_PAGES = ("content/about.md", "content/index.md", "content/methodology.md")


@click.command(
    short_help=_("门户：汇总各单位已经公开的网站。"),
    help=_(
        "门户：从 portal.toml 列出的各单位网站（网址或者文件夹）取回公开的数据，逐个文件按清单核对，汇总成一个网站，一步切换。"
        "无法访问、久未更新、被改动、版本不同的网站保留上一次取得的数字，并注明日期。"
        "退出状态：0 已公开或者没有变化，3 加了 --strict 而有网站没有取到，1 失败，2 用法错误。"
    ),
)
@click.option(
    "--to",
    "place",
    type=click.Path(path_type=Path, file_okay=False),
    help=_("公开的位置；网页服务器的根目录设为它里面的 current"),
)
@click.option(
    "-f",
    "--config",
    "configuration",
    type=click.Path(path_type=Path, dir_okay=False),
    default="mkdocs.yml",
    show_default=True,
    help=_("门户的网站配置，旁边是 portal.toml、units.toml"),
)
@click.option("--check", is_flag=True, help=_("只取回、核对、说明，不保存，不公开"))
@click.option("--strict", is_flag=True, help=_("有网站没有取到时，退出状态为 3"))
@click.option("--accept", multiple=True, metavar="KEY", help=_("这个网站退回了旧版，照现在的取"))
@click.option("--keep", type=click.IntRange(1), default=3, show_default=True, help=_("保留几次公开"))
@click.option(
    "--init", "new", type=click.Path(path_type=Path, file_okay=False), help=_("在这个文件夹里新建一个门户的配置")
)
@TIME_LIMIT
def portal(
    place: Path | None,
    configuration: Path,
    check: bool,
    strict: bool,
    accept: tuple[str, ...],
    keep: int,
    new: Path | None,
    time_limit: int,
) -> None:
    if new is not None:
        _begin(new)
        return
    if place is None and not check:
        raise click.UsageError(_("写 --to 公开的位置，或者 --check"))
    if not configuration.is_file():
        raise click.ClickException(_("没有 {file}；新建一个：rectify portal --init 文件夹", file=configuration))
    try:
        settings = read_portal(configuration.parent / NAME)
        site = read_configuration(configuration)
        day = site.today()
    except FileNotFoundError:
        raise click.ClickException(_("{file} 旁边没有 {name}", file=configuration, name=NAME)) from None
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    if unknown := set(accept) - {one.listed.key for one in settings.sites}:
        raise click.ClickException(_("--accept：{name} 里没有 {key}", name=NAME, key=min(unknown)))
    target = ReleaseFolder(place if place is not None else Path("portal-check"))
    kept = Collection(target.root / COLLECTED)
    if check:
        states = collect(settings, kept, day, _tell, time_limit, accept, dry=True)
        _sum_up(states)
        sys.exit(3 if strict and _left(states) else 0)
    try:
        with target.taken():
            click.echo(_n("正在取回 {number} 个网站…", len(settings.sites)), err=True)
            states = collect(settings, kept, day, _tell, time_limit, accept)
            _sum_up(states)
            if not any(one.taken for one in states.values()):
                raise click.ClickException(_("一个网站也没有取到，门户没有改动"))
            click.echo(_("正在构建网站…"), err=True)
            done = publish_portal(configuration, site.content, target, states, day, keep, time_limit)
    except Locked as other:
        raise click.ClickException(_("另一次公开正在进行（{who}）", who=other)) from None
    except TookTooLong:
        raise click.ClickException(told(time_limit)) from None
    except NotBuilt:
        raise click.ClickException(_("没有构建成功，已经公开的没有改动")) from None
    if done.is_new:
        click.echo(_("已公开 {release}", release=done.release))
    else:
        click.echo(_("没有变化，公开的仍是 {release}", release=done.release))
    sys.exit(3 if strict and _left(states) else 0)


def _tell(listing: Listing, state: State) -> None:
    """Say what became of a site, where anything is to be done about it."""
    if state.outcome == "good":
        return
    name = spoken().say(OUTCOMES[state.outcome])
    kept = (
        _("；保留 {date} 取得的 {release}", date=state.taken, release=state.release)
        if state.taken
        else _("；还没有取到过")
    )
    said = "" if state.outcome in TAKEN else kept
    click.echo(f"{listing.listed.key} {listing.listed.name}: {name}, {state.reason}{said}", err=True)


def _sum_up(states: Mapping[str, State]) -> None:
    click.echo(_n("{number} 个网站", len(states)) + _("，取到 {taken} 个", taken=len(states) - _left(states)), err=True)


def _left(states: Mapping[str, State]) -> int:
    return sum(one.outcome not in TAKEN for one in states.values())


def _begin(folder: Path) -> None:
    language = spoken()
    starter = files("rectify") / "starter-portal"
    made = {
        "mkdocs.yml": starter_files(language)["mkdocs.yml"],
        "portal.toml": (starter / "portal.toml").read_text("utf-8"),
        "units.toml": (starter / "units.toml").read_text("utf-8"),
    }
    pages = starter / ("zh" if language.is_chinese else "en")
    made |= {path: (pages / Path(path).name).read_text("utf-8") for path in _PAGES}
    names = {"{name}": _("整改公开门户"), "{publisher}": _("整改公开工作办公室")}
    for path, text in made.items():
        for place, said in names.items():
            text = text.replace(place, said)
        made[path] = text
    try:
        write_folder(folder, made)
    except FileExistsError:
        raise click.ClickException(_("{folder} 不是空文件夹，没有写入", folder=folder)) from None
    click.echo(
        _(
            "已新建门户。在 portal.toml 里列出网站，然后运行：rectify portal --check -f {file}",
            file=folder / "mkdocs.yml",
        )
    )
