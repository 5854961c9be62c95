"""`rectify releases`, `rectify rollback`, `rectify verify`: what is live, what was, and whether it is whole."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from rectify.cli.hold import REASON, UNTIL, holds_in
from rectify.cli.publish import FORM, TO, taken
from rectify.core.citation import find_citation
from rectify.core.finding import Finding
from rectify.core.language import _, _n, listed
from rectify.release.cited import check_citation
from rectify.release.folder import NOTICE, Release, ReleaseFolder
from rectify.release.health import note_health
from rectify.release.holding import Hold
from rectify.release.holding import told as told_of
from rectify.release.past_site import PastSite
from rectify.release.rollback import earlier, roll_back
from rectify.release.verifying import verify as check_folder
from rectify.release.verifying import verify_address
from rectify.release.withdrawal import holds_text, withdrawn_now


@click.command(help=_("列出保留的各次公开，当前的标有 *。"))
@TO
@FORM
def releases(place: Path, form: str) -> None:
    target = ReleaseFolder(place)
    live = target.live()
    kept = target.releases()
    held = holds_in(target)
    if form == "json":
        click.echo(
            json.dumps(
                [
                    {
                        **release.record,
                        "live": release.folder.resolve() == live,
                        "held": [hold.data() for hold in held if _is_about(hold, release)],
                    }
                    for release in kept
                ],
                ensure_ascii=False,
                indent=2,
            )
        )
        return
    for release in kept:
        counts = release.record.get("counts", {})
        mark = "*" if release.folder.resolve() == live else " "
        told = (
            _(
                "{problems}；{changes}",
                problems=_n("{number}个问题：已完成{done}个", counts["total"], done=counts["done"]),
                changes=_n("变化 {number} 处", len(release.record.get("changes", ()))),
            )
            if counts
            else _("说明页")
            if release.record.get(NOTICE)
            else "?"
        )
        told += "".join(_("；搁置：第 {which} 号", which=hold.number) for hold in held if _is_about(hold, release))
        click.echo(f"{mark} {release.id}  {release.record.get('declared', '')}  {told}")
    if not kept:
        click.echo(_("还没有公开过。"))
    if held:
        click.echo(_("搁置，不再公开："))
        click.echo(told_of(held, place))


def _is_about(hold: Hold, release: Release) -> bool:
    commit = str(release.record.get("commit", "")).rstrip("+")
    return hold.release == release.id or hold.holds_source(*filter(None, [commit]))


@click.command(
    short_help=_("退回以前的一次公开。"),
    help=_(
        "退回上一次公开（或者 RELEASE）；从说明页退回它代替的网站，被退回过的不算。比它新的各次连同提交和内容一并搁置："
        "不会再公开，直到 rectify unhold 放行，或者再退回到那一次。来源有别的新提交，照常公开。"
    ),
)
@click.argument("release", required=False)
@TO
@REASON
@UNTIL
@click.option("--dry-run", is_flag=True, help=_("只说明将要退回哪一次"))
def rollback(release: str | None, place: Path, reason: str, until: str, dry_run: bool) -> None:
    target = ReleaseFolder(place)
    with taken(target):
        chosen = _chosen(target, release)
        if wrong := _wrong(chosen):
            raise click.ClickException(_("{release} 不完整（{wrong}），没有退回", release=chosen.id, wrong=wrong))
        if dry_run:
            click.echo(_("将退回 {release}", release=chosen.id))
            return
        made = roll_back(target, chosen, reason, until)
        note_health(target)
    click.echo(_("已退回 {release}", release=chosen.id))
    if made:
        click.echo(_("搁置，不再公开："))
        click.echo(told_of(made, place))


def _chosen(target: ReleaseFolder, name: str | None) -> Release:
    kept = target.releases()
    try:
        before = earlier(target)
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    if name is None:
        if before is None:
            raise click.ClickException(_("没有更早的公开可以退回（被退回过的、有后来撤回的原文的不算）"))
        return before
    chosen = next((release for release in kept if release.id == name), None)
    if chosen is None:
        known = listed(release.id for release in kept)
        raise click.BadParameter(_("没有“{name}”；保留的有：{known}", name=name, known=known))
    if chosen.record.get(NOTICE):
        raise click.BadParameter(_("{name} 是说明页；要停站用 rectify emergency", name=name))
    if (refs := withdrawn_now(target)) and holds_text(chosen, refs):
        raise click.ClickException(
            _(
                "{name} 里有后来撤回的原文（{refs}），没有退回；可以先停站：rectify emergency，改好以后公开新的提交",
                name=name,
                refs=listed(sorted(refs)),
            )
        )
    return chosen


def _wrong(release: Release) -> str:
    try:
        findings = check_folder(release.folder)
    except (OSError, ValueError) as error:
        return str(error)
    return findings[0].text().partition("\n")[0] if findings else ""


@click.command(
    help=_(
        "核验公开的网站：每个文件与清单的 SHA-256 一致，应有的页面和计数齐全。PLACE 是文件夹或者网址。"
        "写 --cited，只核对问题网页上“引用本条”的一行：当时公开的是不是这样，以后改过没有；相符退出状态是 0。"
    )
)
@click.argument("place", metavar="PLACE")
@click.option(
    "--signers",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help=_("允许的签名者文件，核对清单的签名"),
)
@click.option("--cited", metavar="LINE", help=_("一行引用，连同末尾的 rectify:…"))
@FORM
def verify(place: str, signers: Path | None, cited: str | None, form: str) -> None:
    if cited is not None:
        _verify_citation(place, cited, form)
    try:
        findings = verify_address(place, signers) if "://" in place else check_folder(Path(place), signers)
    except FileNotFoundError as error:
        raise click.ClickException(
            _(
                "无法核验 {place}：没有 {file}。公开的网站都有；不见了的，从备份恢复，或者 rectify rollback 退回完整的一次；"
                "还没有公开、只是构建出来的网站用 rectify check",
                place=place,
                file=error.filename,
            )
        ) from None
    except (OSError, ValueError) as error:
        raise click.ClickException(_("无法核验 {place}：{error}", place=place, error=error)) from None
    _print(findings, place, form)
    sys.exit(1 if findings else 0)


def _verify_citation(place: str, line: str, form: str) -> None:
    citation = find_citation(line)
    if citation is None:
        raise click.BadParameter(
            _("这一行里没有 rectify: 开头的校验值；整行抄下网页上“引用本条”的内容"), param_hint="--cited"
        )
    try:
        verdict = check_citation(PastSite(place), citation)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise click.ClickException(_("无法核验 {place}：{error}", place=place, error=error)) from None
    if form == "json":
        since = [{"number": one[0], "on": one[1], "changes": [c.data() for c in one[2]]} for one in verdict.since]
        told = {**citation._asdict(), "confirmed": verdict.is_confirmed, "reason": str(verdict.reason), "since": since}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        click.echo(verdict.text(), err=not verdict.is_confirmed)
    sys.exit(0 if verdict.is_confirmed else 1)


def _print(findings: list[Finding], place: str, form: str) -> None:
    if form == "json":
        click.echo(json.dumps([finding.record() for finding in findings], ensure_ascii=False, indent=2))
        return
    for finding in findings:
        click.echo(finding.text(), err=True)
    if findings:
        click.echo(_n("{place}：{number} 处不符", len(findings), place=place), err=True)
    else:
        click.echo(_("{place}：完整，与清单一致", place=place))
