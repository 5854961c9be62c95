"""What click itself says, in Chinese. click asks gettext, whose catalogues it finds by the system's language only."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import click
import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.types

from rectify.core.language import Language


def translate_click(language: Language) -> None:
    """Let click speak a Chinese language in this process; a text of a newer click that the table lacks stays English."""
    table = tomllib.loads(Path(__file__).with_name("click_texts.toml").read_text("utf-8"))
    told = {text: language.either(chinese, text) for text, chinese in table.items()}
    for module in (click.core, click.decorators, click.exceptions, click.formatting, click.parser, click.types):
        _replace(module, told)
    click.Context.formatter_class = _Formatter


class _Formatter(click.HelpFormatter):
    """Help with the colons of Chinese."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how a command is called."""
        super().write_usage(f"{prefix or click.formatting._('Usage:')}{prog}", args, "")

    def write_heading(self, heading: str) -> None:
        """Write what stands above a list."""
        self.write(f"{heading}：\n")


def _replace(module: Any, told: dict[str, str]) -> None:
    if hasattr(module, "_"):
        module._ = lambda text: told.get(text, text)
    if hasattr(module, "ngettext"):
        module.ngettext = lambda one, many, number: told.get(text := one if number == 1 else many, text)
