"""`rectify completion`: what a shell needs to complete commands and options."""

from __future__ import annotations

from typing import Any

import click
from click.shell_completion import get_completion_class

from rectify.core.language import _

_WHERE = {"bash": "~/.bashrc", "zsh": "~/.zshrc", "fish": "~/.config/fish/completions/rectify.fish"}


@click.command(
    short_help=_("输出命令补全脚本。"),
    help=_("输出命令补全脚本。bash：rectify completion bash >> ~/.bashrc，重开终端后按 Tab 补全。"),
)
@click.argument("shell", type=click.Choice(list(_WHERE)))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    made: Any = get_completion_class(shell)
    script = made(context.find_root().command, {}, "rectify", "_RECTIFY_COMPLETE")
    click.echo(f"# rectify: {_WHERE[shell]}")
    click.echo(script.source())
