"""The `rectify` command: one subcommand per file, read when it is asked for."""

from __future__ import annotations

import atexit
import errno
import gc
import os
import sys
from importlib import import_module
from typing import Any

import click

from rectify import __version__
from rectify.cli.click_texts import translate_click
from rectify.cli.texts import chosen_language
from rectify.core.language import LANGUAGES, _, speak, spoken

_MODULES = {"import": "import_document", "rollback": "releases", "verify": "releases", "unhold": "hold"}
"""Where a command is not in the file of its name."""
_COMMANDS = (
    "init",
    "build",
    "serve",
    "preview",
    "desk",
    "new",
    "update",
    "approve",
    "status",
    "show",
    "check",
    "import",
    "export",
    "paper",
    "schema",
    "hook",
    "completion",
    "publish",
    "releases",
    "rollback",
    "verify",
    "withdraw",
    "purge",
    "emergency",
    "hold",
    "unhold",
    "digest",
    "notify",
    "ready",
    "doctor",
    "bundle",
    "portal",
)

# A command that ends would go through all that it has made, to find what is not needed any more.
atexit.register(gc.freeze)
speak(chosen_language(sys.argv[1:]))
if spoken().is_chinese:
    translate_click(spoken())


class Commands(click.Group):
    """Loads a command when it is run: one needs the reader of Word files, most do not."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name, if there is one."""
        if cmd_name not in self.commands:
            return None
        module = _MODULES.get(cmd_name, cmd_name)
        return getattr(import_module(f"rectify.cli.{module}"), module if cmd_name == "import" else cmd_name)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what the system refuses it and no command knows better, is told in one line."""
        try:
            return super().invoke(ctx)
        except ModuleNotFoundError as error:
            raise click.ClickException(_("安装不完整，缺少 {name}；请重新安装", name=error.name)) from None
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise  # whoever reads has seen enough, which click knows
            raise click.ClickException(_reason(error)) from None


def _reason(error: OSError) -> str:
    if error.errno is None:
        return str(error)
    told = ": ".join(
        str(part) for part in (error.filename, error.strerror or os.strerror(error.errno)) if part is not None
    )
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        told += "\n" + _(
            "磁盘满了，没有写成：删去不用的文件，或者加大配额，再运行一次；要立即停站而停不了的，先停网页服务器"
        )
    return told


@click.group(
    cls=Commands,
    commands=dict.fromkeys(_COMMANDS),  # the names, for the list and for what a slip may have meant
    help=_("整改公开网站：由 Markdown 通报构建公开登记。"),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option("--lang", type=click.Choice(LANGUAGES), default=spoken().key, help=_("提示语言"))
@click.version_option(__version__)
def main(lang: str) -> None:
    os.environ["RECTIFY_LANG"] = lang
