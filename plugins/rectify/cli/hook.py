"""`rectify hook`: the check before every commit, as a plain git hook."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click

from rectify.core.language import _, spoken
from rectify.sources.program import ProgramError, run
from rectify.sources.safe_files import move, replace_file

_NAME = "pre-commit"
_OURS = "# rectify: check what is staged"


@click.group(help=_("提交前自动检查（git 钩子）。"))
def hook() -> None:
    pass


@hook.command(help=_("安装提交钩子：有错误的内容不能提交。"))
@click.option(
    "--force",
    is_flag=True,
    help=_("替换已有的钩子，旧的改名为 pre-commit.old"),
)
@click.option("--dry-run", is_flag=True, help=_("只显示将要写入的内容"))
def install(force: bool, dry_run: bool) -> None:
    file = _folder() / _NAME
    text = _script()
    if dry_run:
        click.echo(f"{file}\n\n{text}", nl=False)
        return
    if _is_foreign(file):
        if not force:
            raise click.ClickException(
                _(
                    "已经有钩子 {file}。把这一行加到它的末尾：\n"
                    "    {command}\n"
                    "或者用 --force 替换（旧的保留为 {name}.old）",
                    file=file,
                    command=_command(),
                    name=_NAME,
                )
            )
        move(file, file.with_name(f"{_NAME}.old"))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_file(file, text.encode())
        file.chmod(0o755)
    except OSError as error:
        raise click.ClickException(_("无法写入 {file}：{reason}", file=file, reason=error.strerror)) from None
    click.echo(_("已安装 {file}；提交时检查暂存的内容。", file=file))


@hook.command(help=_("取消提交钩子。"))
def uninstall() -> None:
    file = _folder() / _NAME
    if not file.exists():
        click.echo(_("没有安装提交钩子。"))
    elif _is_foreign(file):
        raise click.ClickException(_("{file} 不是由 rectify 安装的，没有改动", file=file))
    else:
        file.unlink()
        click.echo(_("已取消 {file}。", file=file))


def _folder() -> Path:
    try:
        return Path(run(["git", "rev-parse", "--git-path", "hooks"], in_hook=True))
    except ProgramError:
        raise click.ClickException(_("这里不是 git 仓库，或者没有安装 git")) from None


def _is_foreign(file: Path) -> bool:
    return file.exists() and _OURS not in file.read_text("utf-8", "replace")


def _command() -> str:
    # Git runs hooks with its own PATH, and on Windows in its own shell, which wants slashes.
    return f"{_python()} -P -m rectify --lang {spoken().key} check --staged --severity warning"


def _python() -> str:
    return shlex.quote(Path(sys.executable).as_posix())


def _script() -> str:
    gone = shlex.quote(_("rectify 的环境移走了或者删掉了；在新的环境里运行 rectify hook install，再提交。"))
    return f"#!/bin/sh\n{_OURS}\n[ -x {_python()} ] || {{ echo {gone} >&2; exit 1; }}\n{_command()}\n"
