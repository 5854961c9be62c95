"""`rectify approve`: somebody has approved exactly this text."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from rectify.checks.approval import approved
from rectify.checks.folder import check_folder
from rectify.cli.days import optional_day
from rectify.cli.edits import edit_of
from rectify.cli.references import disclosure_of
from rectify.cli.site import CONTENT, content_of, today_around, words_around
from rectify.core.gate import Gate
from rectify.core.language import _, _n
from rectify.core.register import is_public
from rectify.core.vocabulary import DISCLOSURE_KEYS
from rectify.sources.file_edit import difference
from rectify.sources.safe_files import replace_file


@click.command(
    short_help=_("登记批准，以后的改动使它失效。"),
    help=_(
        "登记一份通报已经批准公开：在“审批”里写入批准单位、日期、表号，以及现在的文字和附件的指纹。以后读者看得见的改动使批准失效，rectify check 逐件指出；"
        "mkdocs.yml 里写明 require_approval: true 的，没有批准的不能公开。DISCLOSURE 是通报的文件夹名或者路径。"
    ),
)
@click.argument("disclosure")
@click.option("--by", required=True, help=_("批准单位"))
@click.option("--form", help=_("审批表的编号"))
@click.option("--date", "day", callback=optional_day, help=_("日期（默认今天）"))
@CONTENT
@click.option("--dry-run", is_flag=True, help=_("只显示将要改什么"))
def approve(disclosure: str, by: str, form: str | None, day: date | None, content: Path | None, dry_run: bool) -> None:
    content = content_of(content)
    rid = disclosure_of(disclosure, content)
    if not by.strip():
        raise click.BadParameter(_("请写明批准单位"), param_hint="--by")
    if day and day > today_around(content):
        raise click.BadParameter(_("{day} 还没有到", day=day), param_hint="--date")
    folder = check_folder(content, rid, words_around(content)).folder
    if wrong := Gate.PUBLISH.refuses(folder.findings):
        told = "\n".join(finding.text() for finding in wrong)
        raise click.ClickException(_("有错误，改正以后再批准：\n{findings}", findings=told))
    one = folder.disclosure
    if one is None or not is_public(one):
        raise click.ClickException(_("{disclosure} 不公开（文种或者公开范围），不需要批准", disclosure=rid))
    new, changes = approved(folder, content, by.strip(), day or today_around(content), form and form.strip())
    edit = edit_of(content / one.path, one.path, {"approval": new}, DISCLOSURE_KEYS)
    for change in changes:
        click.echo(_("上次批准以后：{part} {what}", part=change.part, what=change.what))
    click.echo(difference(edit.shown, edit.before, edit.after), nl=False)
    if dry_run:
        click.echo(_("试运行，没有写入。"))
        return
    replace_file(edit.file, edit.new)
    click.echo(
        _n("已批准 {disclosure}，{number} 件；提交以后有效，改动任何一件即失效", len(new.fingerprints), disclosure=rid)
    )
