"""`rectify schema`: JSON Schema of the front matter, for editors."""

from __future__ import annotations

import json
from pathlib import Path

import click

from rectify.core.language import _
from rectify.outputs.schema import KINDS
from rectify.outputs.schema import schema as make


@click.command(help=_("输出字段区的 JSON Schema，供编辑器提示和校验。"))
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help=_("写入文件（默认打印）"),
)
def schema(kind: str, output: Path | None) -> None:
    text = json.dumps(make(kind), ensure_ascii=False, indent=2) + "\n"
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")
        click.echo(_("已写入 {output}", output=output))
