"""`rectify build`: build the site, verify it, print what it says."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from rectify.cli.time_limit import TIME_LIMIT, told
from rectify.core.counts import headline
from rectify.core.language import _
from rectify.core.site_map import at
from rectify.release.building import verified_build
from rectify.sources.configuration import read_configuration, refuse_endless
from rectify.sources.configuration_faults import refuse_faults
from rectify.sources.last_build import sources_of, standing
from rectify.sources.program import TookTooLong

CONFIG = click.option(
    "-f",
    "--config",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    default="mkdocs.yml",
    show_default=True,
    help=_("网站配置文件"),
)


@click.command(help=_("构建网站、核验并打印各通报的要点。"))
@CONFIG
@click.option(
    "-d",
    "--site-dir",
    type=click.Path(path_type=Path, file_okay=False),
    help=_("网站输出到这里（默认 site）"),
)
@click.option(
    "--executor",
    metavar="dask://HOST:PORT",
    default="",
    help=_("在 Dask 集群的各台机器上构建；写调度进程的地址，加密的写 dask+tls://"),
)
@TIME_LIMIT
def build(config: Path, site_dir: Path | None, executor: str, time_limit: int) -> None:
    site = site_dir or config.parent / "site"
    try:
        refuse_endless(config)
        refuse_faults(config)
        place = site / read_configuration(config).path
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    sources = sources_of(config.absolute(), site)
    last = standing(config.absolute(), site, sources)
    if last is None:
        click.echo(_("正在构建网站…"), err=True)
        try:
            status = verified_build(time_limit, sources, executor, "-f", str(config), "-d", str(site.absolute()))
        except TookTooLong:
            raise click.ClickException(told(time_limit)) from None
        if status:
            sys.exit(status)
    else:
        for note in last.notes:
            click.echo(f"rectify: {note}", err=True)
        click.echo(_("上次构建以来没有变化"), err=True)
    for disclosure in json.loads((place / at("disclosure_data")).read_bytes())["disclosures"]:
        click.echo(
            f"{disclosure['id']}  {disclosure['title']}\n    {headline(disclosure['counts'], disclosure['stated']['counts'])}"
        )
    click.echo(_("网站已构建并核验：{file}", file=place / "index.html"))
