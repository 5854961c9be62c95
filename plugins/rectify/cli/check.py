"""`rectify check`: the rules before publication, on sources, documents and built sites."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from rectify.cli.checking import Target, Totals, check_targets, targets_of
from rectify.cli.fixing import fix
from rectify.cli.staged import check_staged
from rectify.cli.texts import did_you_mean
from rectify.cli.time_limit import TIME_LIMIT, ended_after
from rectify.core.family import CHECKED, family_of
from rectify.core.finding import RULES, Finding, rule_text
from rectify.core.gate import Gate
from rectify.core.language import _, _n
from rectify.outputs.findings import FORMATS, ORDER
from rectify.outputs.rule_pages import listing, page

_SHOWN = 200
"""Findings shown as text; more than anyone reads at once."""


@click.command(
    short_help=_("公开之前的检查。"),
    help=_(
        "公开之前的检查：结构、计数、隐私、密级、文字、附件、前后衔接。PATH 可以是内容文件夹、一份通报或者它的编号、一个文件、要导入的文档或者已构建的网站；不写则检查当前网站的全部内容。"
    ),
)
@click.argument("paths", metavar="[PATH]…", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help=_("输出格式；github、gitlab 在合并请求里逐行标注"),
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help=_("写入文件（默认打印）"),
)
@click.option(
    "--severity",
    type=click.Choice(list(ORDER)),
    default="note",
    help=_("只列出这个程度及以上的"),
)
@click.option(
    "--against",
    type=click.Path(path_type=Path),
    help=_("与上一次公开的数据比较：网站文件夹或者 problems.json"),
)
@click.option("--waived", is_flag=True, help=_("同时列出已豁免的"))
@click.option(
    "--fix",
    "mend",
    is_flag=True,
    help=_("改正编码、换行、字段区的全角写法和正文里不成段落、表格、链接的写法，清除附件的属性，先显示差异"),
)
@click.option(
    "--dry-run",
    is_flag=True,
    help=_("与 --fix 同用：只显示将要改什么"),
)
@click.option(
    "--staged",
    is_flag=True,
    help=_("检查 git 暂存区里的内容（提交钩子用）"),
)
@click.option("--list", "list_rules", is_flag=True, help=_("列出全部规则"))
@click.option("--explain", metavar="RULE", help=_("说明一条规则，附正反例"))
@click.option("--no-cache", is_flag=True, help=_("不用缓存，全部重新检查"))
@TIME_LIMIT
def check(
    paths: tuple[Path, ...],
    form: str,
    output: Path | None,
    severity: str,
    against: Path | None,
    waived: bool,
    mend: bool,
    dry_run: bool,
    staged: bool,
    list_rules: bool,
    explain: str | None,
    no_cache: bool,
    time_limit: int,
) -> None:
    if list_rules or explain:
        _document(form, explain)
        return
    if dry_run and not mend:
        raise click.UsageError(_("--dry-run 与 --fix 同用；检查本身不写任何文件"))
    if staged:
        if paths or mend:
            raise click.UsageError(_("--staged 不能与 PATH、--fix 同用"))
        with ended_after(time_limit, time_limit):
            findings, totals = check_staged()
    else:
        targets = _targets(paths)
        if mend:
            fix(targets, dry_run)
        with ended_after(time_limit, time_limit):
            findings, totals = check_targets(targets, against, no_cache, _progress if form == "text" else None)
    findings = findings + (totals.waived if waived else [])
    shown = [finding for finding in findings if ORDER.index(finding.severity) <= ORDER.index(severity)]
    _print(shown, totals, form, output)
    gate = Gate.HOOK if staged else Gate.CHECK
    sys.exit(1 if gate.refuses(finding for finding in findings if finding not in totals.waived) else 0)


def _targets(paths: Sequence[Path]) -> list[Target]:
    try:
        return targets_of(paths)
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def _document(form: str, explain: str | None) -> None:
    if explain:
        code = explain.upper()
        if code not in RULES:
            hint = did_you_mean(code, RULES)
            raise click.BadParameter(_("没有规则“{explain}”{hint}", explain=explain, hint=hint), param_hint="--explain")
        click.echo(page(code), nl=False)
    elif form == "json":
        rules = [
            {"rule": code, "severity": texts["severity"], "kind": texts.get("kind", ""), "message": rule_text(code)}
            for code, texts in sorted(RULES.items())
            if family_of(code) in CHECKED
        ]
        click.echo(json.dumps(rules, ensure_ascii=False, indent=2))
    else:
        click.echo(listing())


def _print(findings: list[Finding], totals: Totals, form: str, output: Path | None) -> None:
    if form != "text":
        text = FORMATS[form](findings)
    else:
        ordered = sorted(findings, key=lambda finding: ORDER.index(finding.severity))
        text = "\n".join(
            filter(
                None,
                (
                    FORMATS["text"](ordered[: _SHOWN if output is None else None]),
                    _rest(ordered, output),
                    _summary(findings, totals),
                ),
            )
        )
    if output is None:
        click.echo(text) if text else None
    else:
        output.write_text(text + "\n", encoding="utf-8")
        click.echo(_("已写入 {output}", output=output), err=True)


def _rest(findings: list[Finding], output: Path | None) -> str:
    more = len(findings) - _SHOWN
    if output is not None or more <= 0:
        return ""
    return _n("……另有 {number} 处；全部写入文件：rectify check -o 检查结果.txt", more)


def _summary(findings: list[Finding], totals: Totals) -> str:
    wrong, doubtful, notes = (
        sum(finding.severity == severity for finding in findings if finding not in totals.waived) for severity in ORDER
    )
    verdict = _verdict(wrong, doubtful, totals)
    waived = _n("，已豁免 {number} 处", len(totals.waived)) if totals.waived else ""
    return _(
        "{what}：{errors}，{warnings}，{notes}{waived}。{verdict}",
        what=totals.what(),
        errors=_n("{number} 处错误", wrong),
        warnings=_n("{number} 处警告", doubtful),
        notes=_n("{number} 处提示", notes),
        waived=waived,
        verdict=verdict,
    )


def _verdict(wrong: int, doubtful: int, totals: Totals) -> str:
    if wrong:
        return _("有错误，不能公开。")
    if totals.disclosures and totals.internal == totals.disclosures and not totals.sites:
        return _("没有错误，但是没有要公开的通报。")
    return _("没有错误；警告需要有人决定。") if doubtful else _("可以公开。")


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        click.echo(
            "\r" + _("检查 {done}/{total}", done=done, total=total) + (os.linesep if done >= total else ""),
            err=True,
            nl=False,
        )
