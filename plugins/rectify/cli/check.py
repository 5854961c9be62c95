"""`rectify check`: the rules before publication, on sources, documents and built sites."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from rectify.cli.checking import Target, Totals, check_targets, targets_of
from rectify.cli.fixing import fix
from rectify.cli.staged import check_staged
from rectify.cli.texts import say
from rectify.core.family import CHECKED, family_of
from rectify.core.finding import RULES, Finding, errors, rule_text
from rectify.core.vocabulary import nearest
from rectify.outputs.findings import FORMATS, ORDER
from rectify.outputs.rule_pages import listing, page

_SHOWN = 200
"""Findings shown as text; more than anyone reads at once."""


@click.command(
    short_help=say("公开之前的检查。", "Check before publication."),
    help=say(
        "公开之前的检查：结构、计数、隐私、密级、文字、附件、前后衔接。PATH 可以是内容文件夹、一份通报、一个文件、要导入的文档或者已构建的网站；"
        "不写则检查当前网站的全部内容。",
        "Check before publication: structure, counts, privacy, marks, wording, attachments, continuity. PATH is a content folder, a report, a "
        "file, a document to import or a built site; without one, the content of this site.",
    ),
)
@click.argument("paths", metavar="[PATH]…", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help=say(
        "输出格式；github、gitlab 在合并请求里逐行标注", "form of the output; github and gitlab annotate merge requests"
    ),
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help=say("写入文件（默认打印）", "write to a file"),
)
@click.option(
    "--severity",
    type=click.Choice(list(ORDER)),
    default="note",
    help=say("只列出这个程度及以上的", "list only findings of this severity and above"),
)
@click.option(
    "--against",
    type=click.Path(path_type=Path),
    help=say(
        "与上一次公开的数据比较：网站文件夹或者 problems.json",
        "compare with the last publication: a site or its problems.json",
    ),
)
@click.option("--waived", is_flag=True, help=say("同时列出已豁免的", "list waived findings too"))
@click.option(
    "--fix",
    "mend",
    is_flag=True,
    help=say(
        "改正编码、换行和字段区的全角写法，先显示差异；不动正文",
        "mend encoding, line ends and full-width spelling of the front matter, never prose",
    ),
)
@click.option(
    "--dry-run",
    is_flag=True,
    help=say("与 --fix 同用：只显示将要改什么", "with --fix: show what would be changed, change nothing"),
)
@click.option(
    "--staged",
    is_flag=True,
    help=say("检查 git 暂存区里的内容（提交钩子用）", "check what is staged in git (for hooks)"),
)
@click.option("--list", "list_rules", is_flag=True, help=say("列出全部规则", "list all rules"))
@click.option("--explain", metavar="RULE", help=say("说明一条规则，附正反例", "explain a rule, with examples"))
@click.option("--no-cache", is_flag=True, help=say("不用缓存，全部重新检查", "check everything anew"))
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
) -> None:
    if list_rules or explain:
        _document(form, explain)
        return
    if dry_run and not mend:
        raise click.UsageError(
            say("--dry-run 与 --fix 同用；检查本身不写任何文件", "--dry-run goes with --fix; a check writes nothing")
        )
    if staged:
        if paths or mend:
            raise click.UsageError(say("--staged 不能与 PATH、--fix 同用", "--staged goes without PATH and --fix"))
        findings, totals = check_staged(date.today())
    else:
        targets = _targets(paths)
        if mend:
            fix(targets, dry_run)
        findings, totals = check_targets(
            targets, date.today(), against, no_cache, _progress if form == "text" else None
        )
    findings = findings + (totals.waived if waived else [])
    shown = [finding for finding in findings if ORDER.index(finding.severity) <= ORDER.index(severity)]
    _print(shown, totals, form, output)
    sys.exit(1 if errors(finding for finding in findings if finding not in totals.waived) else 0)


def _targets(paths: Sequence[Path]) -> list[Target]:
    try:
        return targets_of(paths)
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def _document(form: str, explain: str | None) -> None:
    if explain:
        code = explain.upper()
        if code not in RULES:
            near = nearest(code, list(RULES))
            hint = say(f"，是不是 {near}？", f", did you mean {near}?") if near else ""
            raise click.BadParameter(
                say(f"没有规则“{explain}”{hint}", f"there is no rule '{explain}'{hint}"), param_hint="--explain"
            )
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
        click.echo(say(f"已写入 {output}", f"wrote {output}"), err=True)


def _rest(findings: list[Finding], output: Path | None) -> str:
    more = len(findings) - _SHOWN
    if output is not None or more <= 0:
        return ""
    return say(
        f"……另有 {more} 处；全部写入文件：rectify check -o 检查结果.txt",
        f"… and {more} more; for all of them: rectify check -o findings.txt",
    )


def _summary(findings: list[Finding], totals: Totals) -> str:
    wrong, doubtful, notes = (
        sum(finding.severity == severity for finding in findings if finding not in totals.waived) for severity in ORDER
    )
    verdict = (
        say("有错误，不能公开。", "There are errors; it cannot be published.")
        if wrong
        else say("没有错误；警告需要有人决定。", "No errors; somebody has to decide on the warnings.")
        if doubtful
        else say("可以公开。", "It can be published.")
    )
    waived = say(f"，已豁免 {len(totals.waived)} 处", f", {len(totals.waived)} waived") if totals.waived else ""
    return say(
        f"{totals.what()}：{wrong} 处错误，{doubtful} 处警告，{notes} 处提示{waived}。{verdict}",
        f"{totals.what()}: {wrong} errors, {doubtful} warnings, {notes} notes{waived}. {verdict}",
    )


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        click.echo(
            f"\r{say('检查', 'checking')} {done}/{total}{os.linesep if done >= total else ''}", err=True, nl=False
        )
