"""`rectify init`: a new site in an empty folder."""

from __future__ import annotations

import os
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import click

from rectify.cli.texts import say
from rectify.sources.safe_files import write_folder

_NAME, _PUBLISHER = "整改公开", "整改公开工作办公室"
_RENAMED = {"gitignore": ".gitignore"}


@click.command(
    help=say(
        "在空文件夹里新建一个网站，带一份示例通报。DIR 不写就是当前文件夹。",
        "Make a new site in an empty folder, with an example disclosure; in this one without DIR.",
    )
)
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path, file_okay=False), default=".")
@click.option("--name", default=_NAME, show_default=True, help=say("网站的名称", "the site's name"))
@click.option("--publisher", default=_PUBLISHER, show_default=True, help=say("主办单位", "the publishing body"))
@click.option("--dry-run", is_flag=True, help=say("只列出将要写入的文件", "list what would be written"))
def init(folder: Path, name: str, publisher: str, dry_run: bool) -> None:
    if any(sign in '"\\' or not sign.isprintable() for sign in name + publisher):
        raise click.UsageError(
            say(
                "名称里不能有英文双引号、反斜杠、换行和控制字符",
                "names hold no quotation mark, backslash, line break or control character",
            )
        )
    made = {
        path: text.replace("{name}", name).replace("{publisher}", publisher)
        for path, text in _starter(files("rectify") / "starter")
    }
    present = sorted(entry.name for entry in os.scandir(folder) if entry.name != ".git") if folder.is_dir() else []
    if present:
        shown = "、".join(present[:5]) + ("…" if len(present) > 5 else "")
        raise click.ClickException(
            say(
                f"{folder} 不是空文件夹（有 {shown}），没有写入",
                f"{folder} is not empty (it has {shown}); nothing was written",
            )
        )
    if dry_run:
        click.echo("\n".join(str(folder / path) for path in made))
        return
    try:
        _write(folder, made)
    except OSError as error:
        raise click.ClickException(say(f"无法写入 {folder}：{error}", f"cannot write to {folder}: {error}")) from None
    go = "" if folder == Path() else f"cd {folder}; "
    click.echo(say(f"已新建网站。接着运行：{go}rectify serve", f"The site is made. Next: {go}rectify serve"))


def _starter(folder: Traversable, prefix: str = "") -> list[tuple[str, str]]:
    """Return path and text of every file that a new site begins with."""
    found = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        path = f"{prefix}{_RENAMED.get(entry.name, entry.name)}"
        found += _starter(entry, f"{path}/") if entry.is_dir() else [(path, entry.read_text("utf-8"))]
    return found


def _write(folder: Path, made: dict[str, str]) -> None:
    """Write a new site; a folder that was not there appears complete or not at all."""
    if not folder.exists():
        write_folder(folder, made)
        return
    for path, text in made.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
