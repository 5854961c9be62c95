"""`rectify bundle`: everything for a machine without a network, in one folder."""

from __future__ import annotations

import re
from pathlib import Path

import click

from rectify.core.language import _, _n, listed
from rectify.release.bundle import PLATFORMS, BundleError, find_project, make_bundle


def _version(context: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    for one in given:
        if not re.fullmatch(r"3\.\d{1,2}", one):
            raise click.BadParameter(_("“{version}”应写成 3.11 这样", version=one))
    return given


@click.command(
    short_help=_("离线安装包：不联网的机器所需的一切。"),
    help=_(
        "把程序、内容和全部依赖收进一个文件夹，拷到不联网的机器上运行其中的 install.sh 或者 install.bat 即可。依赖从 pip 配置的软件源下载。"
        "平台：{platforms}，或者 wheel 的平台标签；不写则与本机相同。退出状态：0 完成，1 失败，2 用法错误。",
        platforms=listed(PLATFORMS),
    ),
)
@click.option(
    "-o",
    "--output",
    "out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help=_("新的文件夹"),
)
@click.option(
    "--python",
    "pythons",
    multiple=True,
    callback=_version,
    help=_("目标机器的 Python，如 3.11，可写多次"),
)
@click.option(
    "--platform",
    "platforms",
    multiple=True,
    help=_("目标机器的平台，可写多次"),
)
def bundle(out: Path, pythons: tuple[str, ...], platforms: tuple[str, ...]) -> None:
    project = find_project(Path.cwd())
    if project is None:
        raise click.UsageError(_("请在本项目的文件夹里运行（有 run.py 和 locks/）"))
    click.echo(_("正在收集安装包，需要几秒到几分钟…"), err=True)
    try:
        made = make_bundle(project, out, pythons, platforms)
    except BundleError as error:
        raise click.ClickException(_("没有做成：\n{error}", error=error)) from None
    size = f"{made.bytes / 1_000_000:.0f} MB"
    click.echo(
        _n(
            "{folder}：{number} 个安装包，共 {size}。拷到目标机器，运行 install.sh 或者 install.bat。",
            made.wheels,
            folder=made.folder,
            size=size,
        )
    )
