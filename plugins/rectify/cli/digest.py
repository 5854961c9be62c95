"""`rectify digest`: what changed, what is overdue, what is due soon; printed, or sent where it is asked to."""

from __future__ import annotations

import json
import os
import sys
from datetime import date, datetime
from pathlib import Path

import click

from rectify.cli.publish import TO
from rectify.cli.texts import say
from rectify.outputs import digest as texts
from rectify.release import sending
from rectify.release.digest import NoRelease, publications
from rectify.release.folder import ReleaseFolder
from rectify.release.sending import Mail, SendError, shown

FORMS = ("text", "html", "json", "wecom", "dingtalk", "webhook")
_ADDRESS = "RECTIFY_DIGEST_TO"
_FROM_ENVIRONMENT = "env"


@click.command(
    short_help=say("摘要：有哪些变化，哪些逾期，哪些快到期。", "What changed, what is overdue, what is due soon."),
    help=say(
        "与更早的一次公开相比有哪些变化，哪些问题已逾期、快到期。只打印；写明 --send 才发送。"
        f"邮件密码和钉钉加签密钥只从环境变量 {sending.SMTP_PASSWORD}、{sending.DINGTALK_SECRET} 读取。退出状态：0 完成，1 失败，2 用法错误。",
        "What changed since an earlier publication, what is overdue or due soon. Prints; sends only with --send. "
        f"Secrets are read from {sending.SMTP_PASSWORD} and {sending.DINGTALK_SECRET}. Exit status: 0 done, 1 failed, 2 usage.",
    ),
)
@TO
@click.option(
    "--since",
    default="",
    help=say(
        "与哪一次公开相比：编号、序号，或者日期（该日及以前的最近一次）；默认上一次",
        "release to compare with: id, number or date; default: the one before",
    ),
)
@click.option(
    "--due",
    type=click.IntRange(0, 3660),
    default=14,
    show_default=True,
    help=say("几天内到期的算快到期", "days ahead that count as due soon"),
)
@click.option(
    "--on",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help=say("按哪一天计算逾期（默认今天）", "the day to compute overdue for (default: today)"),
)
@click.option(
    "--site",
    default="",
    envvar="RECTIFY_SITE_URL",
    help=say("网站的地址，摘要里的链接用", "the site's address, for links"),
)
@click.option(
    "--form",
    type=click.Choice(FORMS),
    default="text",
    show_default=True,
    help=say("形式；wecom 企业微信，dingtalk 钉钉", "form of the digest"),
)
@click.option(
    "--send",
    "address",
    is_flag=False,
    flag_value=_FROM_ENVIRONMENT,
    metavar="[URL]",
    help=say(
        f"发送到 URL：https://… 或者 smtp(s)://用户@主机:端口?from=…&to=…；不写 URL 则取环境变量 {_ADDRESS}",
        f"send to URL: https://… or smtp(s)://user@host:port?from=…&to=…; without URL, to what {_ADDRESS} says",
    ),
)
@click.option("--dry-run", is_flag=True, help=say("只说明将要发送什么", "say what would be sent"))
def digest(
    place: Path, since: str, due: int, day: datetime | None, site: str, form: str, address: str | None, dry_run: bool
) -> None:
    if site and not site.startswith(("http://", "https://")):
        raise click.BadParameter(
            say("网址应以 http:// 或 https:// 开头", "must begin with http:// or https://"), param_hint="--site"
        )
    address = _address(address, form)
    try:
        before, now = publications(ReleaseFolder(place), since)
    except NoRelease as missing:
        raise click.ClickException(
            say(
                f"没有可以比较的公开“{missing}”，rectify releases 列出保留的",
                f"there is no release '{missing}' to compare with; see rectify releases",
            )
            if str(missing)
            else say(f"{place} 还没有公开过", f"nothing has been published in {place}")
        ) from None
    except ValueError as error:
        raise click.ClickException(say(f"公开的数据无法读取：{error}", f"cannot read a release: {error}")) from None
    made = texts.digest(before, now, day.date() if day else date.today(), due, site)
    if not address or dry_run:
        if address:
            click.echo(say(f"试运行，没有发送到 {shown(address)}", f"dry run, not sent to {shown(address)}"), err=True)
        click.echo(_printed(made, form), nl=False)
    elif made.empty:
        click.echo(say("没有要通知的，没有发送", "nothing to tell, nothing was sent"))
    else:
        _send(made, form, address)


def _address(given: str | None, form: str) -> str:
    """Return where to send to, empty where nothing is to be sent; ends the command where it does not fit the form."""
    if given is None:
        return ""
    address = os.environ.get(_ADDRESS, "") if given == _FROM_ENVIRONMENT else given
    if not address:
        raise click.UsageError(
            say(
                f"没有地址：写在 --send 后面，或者设环境变量 {_ADDRESS}",
                f"no address: write it behind --send or set {_ADDRESS}",
            )
        )
    try:
        mail = sending.is_mail(address)
    except SendError as allowed:
        raise click.UsageError(
            say(f"地址应以 {allowed} 之一开头", f"an address begins with one of {allowed}")
        ) from None
    if mail != (form in ("text", "html")):
        raise click.UsageError(
            say(
                "邮件地址（smtp）用 --form text 或者 html，其他地址用 json、wecom、dingtalk、webhook",
                "smtp addresses take --form text or html; others json, wecom, dingtalk, webhook",
            )
        )
    return address


def _message(made: texts.Digest, form: str) -> dict:
    if form == "json":
        return texts.as_data(made)
    return {"wecom": texts.wecom, "dingtalk": texts.dingtalk, "webhook": texts.webhook}[form](made)


def _printed(made: texts.Digest, form: str) -> str:
    if form in ("text", "html"):
        return texts.as_text(made) if form == "text" else texts.as_html(made)
    return json.dumps(_message(made, form), ensure_ascii=False, indent=2) + "\n"


def _send(made: texts.Digest, form: str, address: str) -> None:
    try:
        if form in ("text", "html"):
            sending.send_mail(
                address,
                Mail(made.title, texts.as_text(made), texts.as_html(made) if form == "html" else ""),
            )
        else:
            sending.send_json(address, _message(made, form))
    except SendError as error:
        click.echo(say(f"没有发送成功：{error}", f"not sent: {error}"), err=True)
        sys.exit(1)
    click.echo(say(f"已发送到 {shown(address)}", f"sent to {shown(address)}"))
