"""`rectify build`: build the site, verify it, print what it says."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from pathlib import Path

import click

from rectify.cli.time_limit import TIME_LIMIT, told
from rectify.core.counts import headline
from rectify.core.language import _
from rectify.core.site_map import at
from rectify.release.building import verified_build
from rectify.sources.configuration import NAMES, Configuration, find_configuration, read_registers
from rectify.sources.configuration_faults import refuse_faults
from rectify.sources.configuration_tree import refuse_endless
from rectify.sources.last_build import sources_of, standing
from rectify.sources.program import TookTooLong
from rectify.sources.safe_files import new_entries


def _of_this_site() -> Path:
    file = find_configuration(here := Path.cwd())
    return Path(NAMES[0]) if file is None else Path(file.name) if file.parent == here else file


CONFIG = click.option(
    "-f",
    "--config",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    default=_of_this_site,
    show_default=NAMES[0],
    # Every way to one file is one site, whose cache and last build are known by its path.
    callback=lambda context, option, file: Path(os.path.abspath(file)) if ".." in file.parts else file,
    help=_("网站配置文件；这里没有时，用上层文件夹里的"),
)


@click.command(help=_("构建网站、核验并打印各通报的要点。"))
@CONFIG
@click.option(
    "-d",
    "--site-dir",
    type=click.Path(path_type=Path, file_okay=False),
    help=_("网站输出到这里（默认 site_dir 写的，没有写是 site）"),
)
@click.option(
    "--executor",
    metavar="dask://HOST:PORT",
    default="",
    help=_("在 Dask 集群的各台机器上构建；写调度进程的地址，加密的写 dask+tls://"),
)
@TIME_LIMIT
def build(config: Path, site_dir: Path | None, executor: str, time_limit: int) -> None:
    try:
        refuse_endless(config)
        refuse_faults(config)
        registers = read_registers(config)
        site = site_dir or registers[0].whole_site
        for one in registers:
            if one.path:
                _refuse_around(site, one)
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    sources = sources_of(config.absolute(), site)
    last = standing(config.absolute(), site, sources)
    if last is None:
        click.echo(_("正在构建网站…"), err=True)
        _build(registers[0], site, time_limit, sources, executor)
    else:
        for note in last.notes:
            click.echo(f"rectify: {note}", err=True)
        click.echo(_("上次构建以来没有变化"), err=True)
    for place in (site / one.path for one in registers):
        for disclosure in json.loads((place / at("disclosure_data")).read_bytes())["disclosures"]:
            click.echo(
                f"{disclosure['id']}  {disclosure['title']}\n    {headline(disclosure['counts'], disclosure['stated']['counts'])}"
            )
        click.echo(_("网站已构建并核验：{file}", file=place / "index.html"))


def _build(settings: Configuration, site: Path, time_limit: int, sources: str, executor: str) -> None:
    # MkDocs empties the folder of a site that is its owner's before anything is verified.
    place = new_entries(site) if settings.path else contextlib.nullcontext(site)
    try:
        with place as folder:
            status = verified_build(
                time_limit, sources, executor, "-f", str(settings.file), "-d", str(folder.absolute())
            )
            if status:
                sys.exit(status)
    except TookTooLong:
        raise click.ClickException(told(time_limit)) from None
    except OSError as error:
        raise click.ClickException(str(error)) from None


def _refuse_around(site: Path, settings: Configuration) -> None:
    """Raise ValueError for a folder whose files would make way for the site and are what it is made from."""
    for source in (settings.file, settings.content):
        if source.resolve().is_relative_to(site.resolve()):
            raise ValueError(
                _("网站不能输出到 {site}：{source} 在里面；换一个文件夹，例如 site", site=site, source=source)
            )
