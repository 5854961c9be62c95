"""The `rectify` command: one subcommand per file."""

from __future__ import annotations

import os

import click

from rectify import __version__
from rectify.cli.build import build
from rectify.cli.bundle import bundle
from rectify.cli.check import check
from rectify.cli.click_texts import speak_chinese
from rectify.cli.completion import completion
from rectify.cli.digest import digest
from rectify.cli.doctor import doctor
from rectify.cli.emergency import emergency
from rectify.cli.export import export
from rectify.cli.hook import hook
from rectify.cli.import_document import import_document
from rectify.cli.init import init
from rectify.cli.new import new
from rectify.cli.preview import preview
from rectify.cli.publish import publish
from rectify.cli.ready import ready
from rectify.cli.releases import releases, rollback, verify
from rectify.cli.schema import schema
from rectify.cli.serve import serve
from rectify.cli.status import status
from rectify.cli.texts import LANG, LANGUAGES, say
from rectify.cli.update import update
from rectify.cli.withdraw import withdraw

if LANG == "zh":
    speak_chinese()


@click.group(
    help=say("整改公开网站：由 Markdown 通报构建公开登记。", "Builds the public register from Markdown disclosures."),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option("--lang", type=click.Choice(LANGUAGES), default=LANG, help=say("提示语言", "language of the messages"))
@click.version_option(__version__)
def main(lang: str) -> None:
    os.environ["RECTIFY_LANG"] = lang


for command in (
    init, build, serve, preview, new, update, status, check, import_document, export, schema, hook, completion,
    publish, releases, rollback, verify, withdraw, emergency, digest, ready, doctor, bundle,
):  # fmt: skip
    main.add_command(command)
