"""`rectify init`: a new site in an empty folder."""

from __future__ import annotations

import os
from pathlib import Path

import click

from rectify.core.language import _, listed, spoken
from rectify.sources.safe_files import write_folder
from rectify.sources.starter import starter_files

_NAME, _PUBLISHER = _("整改公开"), _("整改公开工作办公室")


@click.command(help=_("在空文件夹里新建一个网站，带一份示例通报。DIR 不写就是当前文件夹。"))
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path, file_okay=False), default=".")
@click.option("--name", default=_NAME, show_default=True, help=_("网站的名称"))
@click.option("--publisher", default=_PUBLISHER, show_default=True, help=_("主办单位"))
@click.option("--dry-run", is_flag=True, help=_("只列出将要写入的文件"))
def init(folder: Path, name: str, publisher: str, dry_run: bool) -> None:
    if any(sign in '"\\' or not sign.isprintable() for sign in name + publisher):
        raise click.UsageError(_("名称里不能有英文双引号、反斜杠、换行和控制字符"))
    made = {
        path: text.replace("{name}", name).replace("{publisher}", publisher)
        for path, text in starter_files(spoken()).items()
    }
    present = sorted(entry.name for entry in os.scandir(folder) if entry.name != ".git") if folder.is_dir() else []
    if present:
        shown = listed([*present[:5], *(["…"] if len(present) > 5 else [])])
        raise click.ClickException(_("{folder} 不是空文件夹（有 {shown}），没有写入", folder=folder, shown=shown))
    if dry_run:
        click.echo("\n".join(str(folder / path) for path in made))
        return
    try:
        _write(folder, made)
    except OSError as error:
        raise click.ClickException(_("无法写入 {folder}：{error}", folder=folder, error=error.strerror)) from None
    go = "" if folder == Path() else f'cd "{folder}"; ' if " " in str(folder) else f"cd {folder}; "
    click.echo(_("已新建网站。接着运行：{go}rectify serve", go=go))


def _write(folder: Path, made: dict[str, str]) -> None:
    """Write a new site; a folder that was not there appears complete or not at all."""
    if not folder.exists():
        write_folder(folder, made)
        return
    for path, text in made.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
