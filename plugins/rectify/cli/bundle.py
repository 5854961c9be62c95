"""`rectify bundle`: everything for a machine without a network, in one folder."""

from __future__ import annotations

import re
from pathlib import Path

import click

from rectify.cli.texts import say
from rectify.release.bundle import PLATFORMS, BundleError, find_project, make_bundle


def _version(context: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    for one in given:
        if not re.fullmatch(r"3\.\d{1,2}", one):
            raise click.BadParameter(say(f"“{one}”应写成 3.11 这样", f"'{one}': write it like 3.11"))
    return given


@click.command(
    short_help=say("离线安装包：不联网的机器所需的一切。", "Everything for a machine without a network."),
    help=say(
        "把程序、内容和全部依赖收进一个文件夹，拷到不联网的机器上运行其中的 install.sh 或者 install.bat 即可。依赖从 pip 配置的软件源下载。"
        f"平台：{'、'.join(PLATFORMS)}，或者 wheel 的平台标签；不写则与本机相同。退出状态：0 完成，1 失败，2 用法错误。",
        "Collect the program, the content and all packages in one folder; install.sh or install.bat in it needs no network. Packages come "
        f"from the index pip is configured with. Platforms: {', '.join(PLATFORMS)}, or tags of wheels; default: this machine's.",
    ),
)
@click.option(
    "-o",
    "--output",
    "out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help=say("新的文件夹", "a new folder"),
)
@click.option(
    "--python",
    "pythons",
    multiple=True,
    callback=_version,
    help=say("目标机器的 Python，如 3.11，可写多次", "Python of the target, such as 3.11; may be repeated"),
)
@click.option(
    "--platform",
    "platforms",
    multiple=True,
    help=say("目标机器的平台，可写多次", "platform of the target; may be repeated"),
)
def bundle(out: Path, pythons: tuple[str, ...], platforms: tuple[str, ...]) -> None:
    project = find_project(Path.cwd())
    if project is None:
        raise click.UsageError(
            say(
                "请在本项目的文件夹里运行（有 run.py 和 locks/）",
                "run it inside the project's folder, with run.py and locks/",
            )
        )
    click.echo(say("正在收集安装包，需要几秒到几分钟…", "collecting packages, seconds to minutes …"), err=True)
    try:
        made = make_bundle(project, out, pythons, platforms)
    except BundleError as error:
        raise click.ClickException(say(f"没有做成：\n{error}", f"no bundle:\n{error}")) from None
    size = f"{made.bytes / 1_000_000:.0f} MB"
    click.echo(
        say(
            f"{made.folder}：{made.wheels} 个安装包，共 {size}。拷到目标机器，运行 install.sh 或者 install.bat。",
            f"{made.folder}: {made.wheels} packages, {size}. Copy it and run install.sh or install.bat.",
        )
    )
