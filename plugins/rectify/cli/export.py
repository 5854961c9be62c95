"""`rectify export`: disclosures as ledger workbook, official documents or plain Markdown."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from rectify.cli.references import disclosure_of
from rectify.cli.site import content_of, units_around
from rectify.core.attachments import public_attachments
from rectify.core.finding import errors
from rectify.core.language import _, _n, spoken
from rectify.core.model import Disclosure, Problem
from rectify.core.register import is_public
from rectify.core.site_map import REPORTS
from rectify.core.vocabulary import GENRES, SCOPES
from rectify.outputs.data import GENERATOR
from rectify.sources.content import survey
from rectify.sources.folder import Folder, read_folder
from rectify.sources.safe_files import new_folder, replace_file
from rectify.sources.units import named

Folders = list[tuple[Disclosure, tuple[Problem, ...]]]


@click.command(
    short_help=_("导出台账、公文或者通用 Markdown。"),
    help=_(
        "导出整改台账（Excel）、公文（Word）或者通用 Markdown。DISCLOSURE 是通报的文件夹名或者路径，不写则导出全部公开的通报。"
    ),
)
@click.argument("disclosures", metavar="[DISCLOSURE]…", nargs=-1)
@click.option(
    "--xlsx",
    "form",
    flag_value="xlsx",
    help=_("整改台账，一个工作簿，可以填写后导回"),
)
@click.option(
    "--docx",
    "form",
    flag_value="docx",
    help=_("公文格式（GB/T 9704），每份通报一个文件"),
)
@click.option(
    "--markdown",
    "form",
    flag_value="markdown",
    help=_("通用 Markdown 和 JSON，一个文件夹"),
)
@click.option("--course", is_flag=True, help=_("台账另加一张“办理”表：交办、申请、审核各步，内部使用，不公开"))
@click.option("-o", "--output", type=click.Path(path_type=Path), help=_("写到这个文件或者文件夹"))
@click.option(
    "--content",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help=_("内容文件夹（默认是 DISCLOSURE 所在的，或者 content）"),
)
@click.option("--dry-run", is_flag=True, help=_("只说明将要写什么，不写"))
@click.option("--force", is_flag=True, help=_("覆盖已有的文件"))
def export(
    disclosures: tuple[str, ...],
    form: str | None,
    course: bool,
    output: Path | None,
    content: Path | None,
    dry_run: bool,
    force: bool,
) -> None:
    if form is None:
        raise click.UsageError(_("请写明导出什么：--xlsx、--docx 或者 --markdown"))
    if course and form != "xlsx":
        raise click.UsageError(_("--course 要与 --xlsx 一起用"))
    content = content or _content_of(disclosures)
    folders = _read(content, [disclosure_of(word, content) for word in disclosures])
    chosen = _pairs(folders)
    as_of = max(disclosure.as_of for disclosure, _ in chosen)
    try:
        if form == "xlsx":
            name = _("整改台账.xlsx")
            target = output or Path(f"{chosen[0][0].id}-{name}" if len(chosen) == 1 else name)
            _export_files({target / name if target.is_dir() else target: chosen}, form, dry_run, force, course)
        elif form == "docx":
            one = output is not None and len(chosen) == 1 and output.suffix.lower() == ".docx" and not output.is_dir()
            parent = output or Path()
            targets = {output if output and one else parent / f"{pair[0].id}.docx": [pair] for pair in chosen}
            _export_files(targets, form, dry_run, force)
        else:
            _export_folder(output or Path("rectify-markdown"), folders, as_of, content, dry_run, force)
    except OSError as error:
        raise click.ClickException(_("无法写入：{error}", error=error)) from None


def _content_of(disclosures: Sequence[str]) -> Path:
    """Return the content folder that the first path among the arguments lies in, else that of the site around."""
    paths = (Path(word).resolve() for word in disclosures if len(Path(word).parts) > 1)
    folders = (one for path in paths for one in (path, *path.parents))
    return content_of(next((one.parents[1] for one in folders if one.parent.name == REPORTS and one.is_dir()), None))


def _read(content: Path, ids: Sequence[str]) -> list[Folder]:
    """Return the disclosures to export; all public ones when none is named. Ends the program where any has errors."""
    units = units_around(content)
    folders = [named(read_folder(content, one), units) for one in dict.fromkeys(ids or survey(content).folders)]
    wrong = [finding for folder in folders for finding in errors(folder.findings)]
    for finding in wrong:
        click.echo(finding.text(), err=True)
    if wrong:
        raise click.ClickException(_n("内容有 {number} 处错误，没有导出", len(wrong)))
    if ids:
        for disclosure in (disclosure for disclosure, _problems in _pairs(folders) if not is_public(disclosure)):
            kind = _("，").join(map(spoken().name, (GENRES[disclosure.genre], SCOPES[disclosure.scope])))
            told = _(
                "注意：{disclosure} 不向社会公开（{kind}），导出的文件只供内部使用", disclosure=disclosure.id, kind=kind
            )
            click.echo(told, err=True)
        return folders
    public = [folder for folder in folders if folder.disclosure and is_public(folder.disclosure)]
    if hidden := len(folders) - len(public):
        click.echo(_n("注意：{number} 份不公开的材料没有导出", hidden), err=True)
    if not public:
        raise click.ClickException(_("没有可以导出的通报"))
    return public


def _pairs(folders: Sequence[Folder]) -> Folders:
    """Return each disclosure with its problems; folders that could not be read have ended the program before."""
    return [(folder.disclosure, folder.problems) for folder in folders if folder.disclosure]


def _export_files(
    targets: dict[Path, Folders], form: str, dry_run: bool, force: bool, with_course: bool = False
) -> None:
    """Write one file for each target, none when one of them exists already."""
    for target in targets:
        if target.exists() and not force:
            _refuse(target)
    for target, chosen in targets.items():
        if not dry_run:
            target.parent.mkdir(parents=True, exist_ok=True)
            replace_file(target, _document(form, chosen, with_course))
        _tell(target, chosen, dry_run)


def _document(form: str, chosen: Folders, with_course: bool) -> bytes:
    # Loading the office libraries takes longer than most commands run.
    if form == "xlsx":
        from rectify.outputs.ledger import workbook

        return workbook(chosen, max(disclosure.as_of for disclosure, _ in chosen), with_course)
    from rectify.outputs.official_document import official_document

    return official_document(*chosen[0])


def _export_folder(
    target: Path, folders: Sequence[Folder], as_of: date, content: Path, dry_run: bool, force: bool
) -> None:
    """Write the Markdown folder whole or not at all; only an earlier export is ever replaced."""
    from rectify.outputs.plain_markdown import plain_markdown

    taken = target.exists() and not (target.is_dir() and not any(target.iterdir()))
    if taken and not force:
        _refuse(target)
    if taken and not _is_ours(target):
        raise click.ClickException(_("{target} 不是导出的文件夹，--force 也不覆盖；请换一个文件夹", target=target))
    chosen = _pairs(folders)
    if not dry_run:
        with new_folder(target, over=True) as new:
            for name, data in plain_markdown(chosen, as_of).items():
                (new / name).parent.mkdir(parents=True, exist_ok=True)
                (new / name).write_bytes(data)
            for folder, (disclosure, problems) in zip(folders, chosen):
                for name in public_attachments(disclosure, problems, folder.attachments):
                    copy = new / REPORTS / folder.id / name
                    copy.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(content / REPORTS / folder.id / name, copy)
    _tell(target, chosen, dry_run)


def _is_ours(folder: Path) -> bool:
    try:
        data = json.loads((folder / "problems.json").read_text("utf-8"))
        return str(data["generator"]).startswith(GENERATOR.split()[0])
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _refuse(target: Path) -> None:
    click.echo(_("{target} 已经存在，没有导出；要覆盖请加 --force", target=target), err=True)
    sys.exit(1)


def _tell(target: Path, chosen: Folders, dry_run: bool) -> None:
    values = {
        "target": target,
        "disclosures": _n("{number} 份通报", len(chosen)),
        "problems": _n("{number} 个问题", sum(len(problems) for disclosure, problems in chosen)),
    }
    click.echo(
        _("将写入 {target}：{disclosures}，{problems}", **values)
        if dry_run
        else _("已写入 {target}：{disclosures}，{problems}", **values)
    )
