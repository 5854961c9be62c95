"""`rectify digest`: what changed, what is overdue, what is due soon; printed, or sent where it is asked to."""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime
from pathlib import Path

import click

from rectify.cli.publish import TO
from rectify.cli.site import today_around
from rectify.core.language import _
from rectify.outputs import digest as texts
from rectify.release import sending
from rectify.release.digest import NoRelease, publications
from rectify.release.folder import ReleaseFolder
from rectify.release.sending import Mail, SendError, shown

FORMS = ("text", "html", "json", "wecom", "dingtalk", "webhook")
_ADDRESS = "RECTIFY_DIGEST_TO"
_FROM_ENVIRONMENT = "env"


@click.command(
    short_help=_("摘要：有哪些变化，哪些逾期，哪些快到期。"),
    help=_(
        "与更早的一次公开相比有哪些变化，哪些问题已逾期、快到期。只打印；写明 --send 才发送。"
        "邮件密码和钉钉加签密钥只从环境变量 {password}、{secret} 读取。退出状态：0 完成，1 失败，2 用法错误。",
        password=sending.SMTP_PASSWORD,
        secret=sending.DINGTALK_SECRET,
    ),
)
@TO
@click.option(
    "--since",
    default="",
    help=_("与哪一次公开相比：编号、序号，或者日期（该日及以前的最近一次）；默认上一次"),
)
@click.option(
    "--due",
    type=click.IntRange(0, 3660),
    default=14,
    show_default=True,
    help=_("几天内到期的算快到期"),
)
@click.option(
    "--on",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help=_("按哪一天计算逾期（默认今天）"),
)
@click.option(
    "--site",
    default="",
    envvar="RECTIFY_SITE_URL",
    help=_("网站的地址，摘要里的链接用"),
)
@click.option(
    "--form",
    type=click.Choice(FORMS),
    default="text",
    show_default=True,
    help=_("形式；wecom 企业微信，dingtalk 钉钉"),
)
@click.option(
    "--send",
    "address",
    is_flag=False,
    flag_value=_FROM_ENVIRONMENT,
    metavar="[URL]",
    help=_(
        "发送到 URL：https://… 或者 smtp(s)://用户@主机:端口?from=…&to=…；不写 URL 则取环境变量 {variable}",
        variable=_ADDRESS,
    ),
)
@click.option("--dry-run", is_flag=True, help=_("只说明将要发送什么"))
def digest(
    place: Path, since: str, due: int, day: datetime | None, site: str, form: str, address: str | None, dry_run: bool
) -> None:
    if site and not site.startswith(("http://", "https://")):
        raise click.BadParameter(_("网址应以 http:// 或 https:// 开头"), param_hint="--site")
    address = _address(address, form)
    try:
        before, now = publications(ReleaseFolder(place), since)
    except NoRelease as missing:
        raise click.ClickException(
            _("没有可以比较的公开“{missing}”，rectify releases 列出保留的", missing=missing)
            if str(missing)
            else _("{place} 还没有公开过", place=place)
        ) from None
    except ValueError as error:
        raise click.ClickException(_("公开的数据无法读取：{error}", error=error)) from None
    made = texts.digest(before, now, day.date() if day else today_around(Path.cwd()), due, site)
    if not address or dry_run:
        if address:
            click.echo(_("试运行，没有发送到 {address}", address=shown(address)), err=True)
        click.echo(_printed(made, form), nl=False)
    elif made.empty:
        click.echo(_("没有要通知的，没有发送"))
    else:
        _send(made, form, address)


def _address(given: str | None, form: str) -> str:
    """Return where to send to, empty where nothing is to be sent; ends the command where it does not fit the form."""
    if given is None:
        return ""
    address = os.environ.get(_ADDRESS, "") if given == _FROM_ENVIRONMENT else given
    if not address:
        raise click.UsageError(_("没有地址：写在 --send 后面，或者设环境变量 {variable}", variable=_ADDRESS))
    try:
        mail = sending.is_mail(address)
    except SendError as allowed:
        raise click.UsageError(_("地址应以 {allowed} 之一开头", allowed=allowed)) from None
    if mail != (form in ("text", "html")):
        raise click.UsageError(_("邮件地址（smtp）用 --form text 或者 html，其他地址用 json、wecom、dingtalk、webhook"))
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
        click.echo(_("没有发送成功：{error}", error=error), err=True)
        sys.exit(1)
    click.echo(_("已发送到 {address}", address=shown(address)))
