"""`rectify hook`: the check before every commit, as a plain git hook."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click

from rectify.cli.texts import LANG, say
from rectify.sources.program import ProgramError, run
from rectify.sources.safe_files import move, replace_file

_NAME = "pre-commit"
_OURS = "# rectify: check what is staged"


@click.group(help=say("提交前自动检查（git 钩子）。", "Check before every commit (git hook)."))
def hook() -> None:
    pass


@hook.command(
    help=say("安装提交钩子：有错误的内容不能提交。", "Install the hook: content with errors cannot be committed.")
)
@click.option(
    "--force",
    is_flag=True,
    help=say("替换已有的钩子，旧的改名为 pre-commit.old", "replace an existing hook, kept as pre-commit.old"),
)
@click.option("--dry-run", is_flag=True, help=say("只显示将要写入的内容", "show what would be written"))
def install(force: bool, dry_run: bool) -> None:
    file = _folder() / _NAME
    text = _script()
    if dry_run:
        click.echo(f"{file}\n\n{text}", nl=False)
        return
    if _is_foreign(file):
        if not force:
            raise click.ClickException(
                say(
                    f"已经有钩子 {file}。把这一行加到它的末尾：\n    {_command()}\n或者用 --force 替换（旧的保留为 {_NAME}.old）",
                    f"there is a hook already: {file}. Add this line at its end:\n    {_command()}\nor replace it with --force (kept as {_NAME}.old)",
                )
            )
        move(file, file.with_name(f"{_NAME}.old"))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_file(file, text.encode())
        file.chmod(0o755)
    except OSError as error:
        raise click.ClickException(
            say(f"无法写入 {file}：{error.strerror}", f"cannot write {file}: {error.strerror}")
        ) from None
    click.echo(
        say(f"已安装 {file}；提交时检查暂存的内容。", f"installed {file}; what is staged is checked at every commit.")
    )


@hook.command(help=say("取消提交钩子。", "Take the hook away."))
def uninstall() -> None:
    file = _folder() / _NAME
    if not file.exists():
        click.echo(say("没有安装提交钩子。", "No hook is installed."))
    elif _is_foreign(file):
        raise click.ClickException(
            say(f"{file} 不是由 rectify 安装的，没有改动", f"{file} was not installed by rectify; it stays")
        )
    else:
        file.unlink()
        click.echo(say(f"已取消 {file}。", f"removed {file}."))


def _folder() -> Path:
    try:
        return Path(run(["git", "rev-parse", "--git-path", "hooks"], in_hook=True))
    except ProgramError:
        raise click.ClickException(
            say("这里不是 git 仓库，或者没有安装 git", "this is no git repository, or git is not installed")
        ) from None


def _is_foreign(file: Path) -> bool:
    return file.exists() and _OURS not in file.read_text("utf-8", "replace")


def _command() -> str:
    # Git runs hooks with its own PATH, and on Windows in its own shell, which wants slashes.
    return f"{shlex.quote(Path(sys.executable).as_posix())} -m rectify --lang {LANG} check --staged --severity warning"


def _script() -> str:
    return f"#!/bin/sh\n{_OURS}\n{_command()}\n"
