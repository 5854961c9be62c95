"""`rectify purge`: a passage that is public no more leaves the record of changes too."""

from __future__ import annotations

from pathlib import Path

import click

from rectify.cli.hold import published_place
from rectify.cli.publish import TO, taken
from rectify.core.language import _, _n, listed
from rectify.release.passages import purge_passage
from rectify.release.withdrawal import CHAIN

_SHORTEST = 2


@click.command(
    short_help=_("从改动记录里清除已经删去的一句话。"),
    help=_(
        "从改动记录里清除一句已经从内容里删去的话：历史里有 PASSAGE 的各行删去原文，改动的事实、日期和校验值留下，并写明删去过；"
        "有这句话的旧版本一并删除。下一次 rectify publish 以后，网站上也没有了。"
    ),
)
@click.argument("passage")
@TO
def purge(passage: str, place: Path) -> None:
    if len(passage.strip()) < _SHORTEST:
        raise click.BadParameter(_("写出要清除的那句话"))
    target = published_place(place)
    with taken(target):
        try:
            done = purge_passage(target, passage.strip())
        except (OSError, ValueError) as error:
            raise click.ClickException(str(error)) from None
    if not done.lines and not done.removed:
        click.echo(_("改动记录和旧版本里都没有这句话"))
        return
    if done.lines:
        click.echo(
            _n(
                "历史里的 {number} 行删去了原文；运行 rectify publish，网站上也就没有了，再运行一次本命令，删去现在的这一版",
                done.lines,
            )
        )
    if done.removed:
        click.echo(_("已删除仍有原文的旧版本：{names}；清单留在 {folder}/", names=listed(done.removed), folder=CHAIN))
