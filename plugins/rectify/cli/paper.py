"""`rectify paper`: the papers that an office signs, and lists for a meeting, as Word files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from rectify.cli.references import any_of
from rectify.cli.site import CONTENT, content_of, today_around, units_around
from rectify.core.finding import errors
from rectify.core.language import _, _n, listed
from rectify.outputs.paper_columns import COLUMNS, SHEETS
from rectify.sources.content import survey
from rectify.sources.folder import read_folder
from rectify.sources.safe_files import replace_file
from rectify.sources.units import named

KINDS = ("handover", "closeout", "overdue", "ledger")


@click.command(
    short_help=_("纸质材料：交办单、销号审批表、逾期清单、台账。"),
    help=_(
        "由登记生成要签字、上会的材料（Word）：handover 问题整改交办单，closeout 销号审批表，每个问题一页；overdue 逾期问题清单；ledger 打印用的台账，"
        "字不小于 9 磅，每页有表头。REF 是问题的编号或者通报，不写则是全部通报。"
    ),
)
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("refs", metavar="[REF]…", nargs=-1)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help=_("写到这个文件"))
@click.option("--columns", default="", help=_("台账的列，用逗号隔开，如 编号,问题,牵头单位,整改时限,状态,最近进展"))
@click.option("--sheet", type=click.Choice(list(SHEETS)), default="A4", show_default=True, help=_("台账的纸张"))
@click.option("--force", is_flag=True, help=_("覆盖已有的文件"))
@CONTENT
def paper(
    kind: str,
    refs: tuple[str, ...],
    output: Path | None,
    columns: str,
    sheet: str,
    force: bool,
    content: Path | None,
) -> None:
    from rectify.outputs import papers  # the office libraries take their time to load

    content = content_of(content)
    target = output or Path(_names()[kind])
    if target.exists() and not force:
        raise click.ClickException(_("{target} 已经存在，没有导出；要覆盖请加 --force", target=target))
    rows = _rows(content, refs)
    if not rows:
        raise click.ClickException(_("没有符合条件的问题"))
    day = today_around(content)
    chosen = _columns(columns, COLUMNS)
    make: dict[str, Callable[[], bytes]] = {
        "handover": lambda: papers.handover(rows, day),
        "closeout": lambda: papers.closeout(rows, day),
        "overdue": lambda: papers.overdue(rows, day),
        "ledger": lambda: papers.ledger_on_paper(rows, chosen, day, sheet),
    }
    replace_file(target, make[kind]())
    number = sum(problem.overdue(day) for _disclosure, problem in rows) if kind == "overdue" else len(rows)
    click.echo(_n("已写入 {target}：{number} 个问题", number, target=target))


def _names() -> dict[str, str]:
    return {
        "handover": _("问题整改交办单.docx"),
        "closeout": _("销号审批表.docx"),
        "overdue": _("逾期问题清单.docx"),
        "ledger": _("整改台账（打印）.docx"),
    }


def _rows(content: Path, refs: tuple[str, ...]) -> list:
    """Return each problem that is named, with its disclosure; of all disclosures where none is. Ends the command for broken ones."""
    wanted = [any_of(ref, content) for ref in refs]
    ids = list(dict.fromkeys(one.disclosure for one in wanted)) or list(survey(content).folders)
    units = units_around(content)
    folders = [named(read_folder(content, rid), units) for rid in ids]
    if wrong := [finding for folder in folders for finding in errors(folder.findings)]:
        for finding in wrong:
            click.echo(finding.text(), err=True)
        raise click.ClickException(_n("内容有 {number} 处错误，没有导出", len(wrong)))
    return [
        (folder.disclosure, problem)
        for folder in folders
        for problem in folder.problems
        if folder.disclosure
        and not problem.withdrawn
        and (not wanted or any(one.disclosure == folder.id and one.number in ("", problem.nn) for one in wanted))
    ]


def _columns(text: str, known: dict[str, str]) -> list[str]:
    """Return the columns that are asked for, by key; a usage error names those that there are."""
    by_word = {**{label: key for key, label in known.items()}, **{key: key for key in known}}
    words = [word.strip() for word in text.replace("，", ",").replace("、", ",").split(",") if word.strip()]
    if wrong := [word for word in words if word not in by_word]:
        allowed = listed(known.values())
        raise click.BadParameter(
            _("没有列“{word}”；有：{allowed}", word=wrong[0], allowed=allowed), param_hint="--columns"
        )
    return [by_word[word] for word in words]
