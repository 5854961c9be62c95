"""The `rectify` command: one subcommand per file."""

from __future__ import annotations

import os

import click

from rectify import __version__
from rectify.cli.build import build
from rectify.cli.export import export
from rectify.cli.import_document import import_document
from rectify.cli.schema import schema
from rectify.cli.serve import serve
from rectify.cli.texts import LANG, LANGUAGES, say


@click.group(
    help=say("整改公开网站：由 Markdown 通报构建公开登记。", "Builds the public register from Markdown disclosures."),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option("--lang", type=click.Choice(LANGUAGES), default=LANG, help=say("提示语言", "language of the messages"))
@click.version_option(__version__)
def main(lang: str) -> None:
    os.environ["RECTIFY_LANG"] = lang


for command in (build, serve, import_document, export, schema):
    main.add_command(command)
