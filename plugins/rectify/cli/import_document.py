"""`rectify import`: a document as issued -> a disclosure in the content format."""

from __future__ import annotations

import json
import re
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from rectify.cli.days import optional_day
from rectify.cli.site import reports_here, today_around, words_around
from rectify.cli.written import left_to_mend, standing_in
from rectify.core.finding import found
from rectify.core.language import _, spoken
from rectify.core.transitions import untimely
from rectify.intake.importing import Result, read_documents, settings_from, target_of, write
from rectify.intake.ledger_update import LedgerResult, disclosures_of, update_from_ledger
from rectify.intake.ledger_workbook import Ledger, read_ledger
from rectify.intake.merge import Confirm
from rectify.intake.refused_import import RefusedImport

_DOUBTFUL = 3
"""Exit status of an import that is written and may lack a problem, or have one that is none."""
_NAME = re.compile(r"^[a-z0-9-]+$")


@click.command(
    "import",
    help=_(
        "把 Word、Excel、PDF、OFD、文本或者网页文件导入为一份整改公开。\n"
        "\n"
        "FILE 可以是 .docx .xlsx .pdf .ofd .txt .md .html，装有 LibreOffice 的还可以是 .doc .wps .xls .et .rtf。没有 --to 时按文件名放进 content/reports/；"
        "给出 --to 和几个文件时，合成一份公开。文种不是整改公开的，写成 drafts/ 里的内部草稿。\n"
        "\n"
        "退出状态：0 完成，3 已写入，但可能漏读或者错读了问题，报告里写明了哪一行；1 拒绝，2 用法不对。"
    ),
)
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@click.option(
    "--to",
    type=click.Path(path_type=Path, file_okay=False),
    help=_("目标文件夹，如 content/reports/2024-minzhengju"),
)
@click.option("--dry-run", is_flag=True, help=_("只显示读懂了什么，不写文件"))
@click.option(
    "--update",
    is_flag=True,
    help=_("更新已有的公开：按永久编号合并，先显示差异，保留手工修改和进展"),
)
@click.option(
    "--date", "day", callback=optional_day, help=_("导回台账时，状态有变化而“进展记录”里没有写日期的，是哪一天变的")
)
@click.option("-y", "--yes", is_flag=True, help=_("更新时不再询问"))
@click.option(
    "--set",
    "settings",
    metavar=_("字段=值"),
    multiple=True,
    help=_("补上文件里没有写明的字段，如 --set 截至日期=2024-03-01"),
)
@click.option(
    "--changes",
    type=click.Choice(["accept", "reject"]),
    default="accept",
    help=_("修订怎样读：接受全部（默认），或者拒绝全部"),
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help=_("报告的格式"),
)
def import_document(
    files: tuple[Path, ...],
    to: Path | None,
    dry_run: bool,
    update: bool,
    day: date | None,
    yes: bool,
    settings: tuple[str, ...],
    changes: str,
    form: str,
) -> None:
    values = _settings(settings)
    confirm = _confirm(yes, form)
    results: list[Result | LedgerResult | RefusedImport] = []
    ledgers = {file: read_ledger(file) for file in files}
    documents = [file for file, ledger in ledgers.items() if ledger is None]
    if day and documents:
        raise click.UsageError(_("--date 只用于导回台账"))
    if day and (no := untimely(day, None, None, today_around(reports_here()))):
        raise click.BadParameter(spoken().say(no), param_hint="--date")
    for file, ledger in ledgers.items():
        if ledger is not None:
            results += _from_ledger(file, ledger, to, update, dry_run, confirm, day)
    groups = [documents] if to is not None and documents else [[file] for file in documents]
    for group in groups:
        place = to if to is not None else _own_place(group[0])
        told = _progress if form == "text" else None
        result = read_documents(group, values, told, words_around(place), accepted=changes == "accept")
        if isinstance(result, Result):
            result = target_of(result, place)
            if form == "text":
                click.echo(result.text())
            result = write(result, update=update, dry_run=dry_run, confirm=confirm)
            if isinstance(result, Result) and result.state != "shown":
                result = result._replace(to_mend=left_to_mend(result))
        results.append(result)
    if form == "json":
        reports = [result.data() for result in results]
        click.echo(json.dumps(reports[0] if len(reports) == 1 else reports, ensure_ascii=False, indent=2))
    else:
        for one in results:
            click.echo(one.outcome(), err=isinstance(one, RefusedImport))
    if any(isinstance(result, RefusedImport) for result in results):
        sys.exit(1)
    sys.exit(_DOUBTFUL if any(isinstance(result, Result) and result.is_doubtful for result in results) else 0)


def _from_ledger(
    file: Path, ledger: Ledger, to: Path | None, update: bool, dry_run: bool, confirm: Confirm, day: date | None
) -> list[LedgerResult | RefusedImport]:
    """Return what a workbook that `rectify export` made changes in the disclosures it came from."""
    if not update and not dry_run:
        return [RefusedImport((found("I108", file.name),))]
    ids = disclosures_of(ledger)
    if to is not None and len(ids) > 1:
        raise click.UsageError(_("台账含有几份公开，不能用 --to 指定一个文件夹"))
    places = {one: to if to is not None else reports_here() / one for one in ids}
    results = update_from_ledger(file.name, ledger, places, dry_run, confirm, day)
    return [
        one._replace(to_mend=standing_in(one.to)) if isinstance(one, LedgerResult) and one.state == "updated" else one
        for one in results
    ]


def _settings(settings: tuple[str, ...]) -> dict[str, Any]:
    """Return the values of --set; a usage error names what is wrong."""
    values, wrong = settings_from(settings)
    if wrong:
        raise click.BadParameter(wrong, param_hint="--set")
    return values


def _own_place(file: Path) -> Path:
    """Return the report folder of this site that a file's name stands for."""
    name = file.stem.lower().replace("_", "-").replace(" ", "-")
    if not _NAME.match(name):
        raise click.UsageError(
            _(
                "文件名“{name}”不能直接用作公开的编号（只能有小写字母、数字、短横）。请写明：--to content/reports/年份-单位拼音",
                name=file.name,
            )
        )
    return reports_here() / name


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        end = "\n" if done >= total else ""
        click.echo("\r" + _("读取 {done}/{total}", done=done, total=total) + end, err=True, nl=False)


def _confirm(yes: bool, form: str) -> Confirm:
    """Return how a difference is shown and agreed to: asked for at a terminal, else agreed to by --update itself."""

    def ask(diff: str, dry_run: bool) -> bool:
        if form == "text":
            click.echo(diff)
        if dry_run:
            return False
        if yes or form == "json" or not sys.stdin.isatty():
            return True
        return click.confirm(_("写入以上修改？"), default=False)

    return ask
