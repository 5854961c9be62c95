"""`rectify schema`: JSON Schema of the front matter, for editors."""

from __future__ import annotations

import json
from pathlib import Path

import click

from rectify.cli.texts import say
from rectify.outputs.schema import KINDS
from rectify.outputs.schema import schema as make


@click.command(help=say("输出字段区的 JSON Schema，供编辑器提示和校验。", "Print the JSON Schema of the front matter."))
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help=say("写入文件（默认打印）", "write to a file"),
)
def schema(kind: str, output: Path | None) -> None:
    text = json.dumps(make(kind), ensure_ascii=False, indent=2) + "\n"
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")
        click.echo(say(f"已写入 {output}", f"wrote {output}"))
