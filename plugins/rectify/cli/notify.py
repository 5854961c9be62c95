"""`rectify notify`: somebody hears of a run that was refused or failed, and that all is well again."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

import click

from rectify.cli.hold import published_place
from rectify.cli.publish import TO
from rectify.core.language import _
from rectify.outputs import notice as forms
from rectify.release import sending
from rectify.release.notifying import ENDED, FAILED, News, news, note_told
from rectify.release.sending import Mail, SendError, shown

_ADDRESS = "RECTIFY_NOTIFY_TO"
_FROM_ENVIRONMENT = "env"
_ROBOTS = {"qyapi.weixin.qq.com": forms.wecom, "oapi.dingtalk.com": forms.dingtalk}
"""Hosts whose messages have a form of their own."""


@click.command(
    short_help=_("通知：没有公开成功的，告诉人。"),
    help=_(
        "上一次公开被拒绝、失败或者中途断了，告诉人；恢复正常也告诉。同一件事只说一次，一天以后再说；搁置一周说一次。"
        "由 systemd 的 OnFailure=、cron 在公开以后运行；不写 --send 只打印。发送到企业微信、钉钉的机器人、别的网址、smtp(s)://，"
        "或者由本机的 sendmail 寄出：sendmail:邮箱,邮箱。密码、密钥与 rectify digest 相同。退出状态：0 完成或者没有要说的，1 没有送到，2 用法错误。"
    ),
)
@TO
@click.option(
    "--send",
    "address",
    is_flag=False,
    flag_value=_FROM_ENVIRONMENT,
    metavar="[URL]",
    help=_("发送到 URL；不写 URL 则取环境变量 {variable}", variable=_ADDRESS),
)
@click.option(
    "--run",
    "word",
    type=click.Choice([FAILED, ENDED]),
    default=ENDED,
    show_default=True,
    help=_("运行公开的人怎样说：failed 失败了，连记录也没有写成的也算；ended 以记录为准"),
)
@click.option("--test", "trial", is_flag=True, help=_("发一条试验的通知，看能不能送到"))
def notify(place: Path, address: str | None, word: str, trial: bool) -> None:
    target = published_place(place)
    if address == _FROM_ENVIRONMENT:
        address = os.environ.get(_ADDRESS, "")
        if not address:
            raise click.UsageError(_("没有地址：写在 --send 后面，或者设环境变量 {variable}", variable=_ADDRESS))
    try:
        said = _trial(place) if trial else news(target, word)
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    if said is None:
        click.echo(_("没有要通知的。"))
        return
    if not address:
        click.echo(forms.as_text(said.notice), nl=False)
        return
    try:
        _send(said, address)
    except SendError as error:
        # Whoever keeps the log still finds what was to be told.
        click.echo(forms.as_text(said.notice), err=True)
        click.echo(_("没有发送成功：{error}", error=error), err=True)
        sys.exit(1)
    if not trial:
        note_told(place, said)
    click.echo(_("已发送到 {address}", address=shown(address)))


def _trial(place: Path) -> News:
    return News(forms.Notice(_("试验：公开失败时，会像这样通知"), [str(place.absolute())], "test"), "")


def _send(said: News, address: str) -> None:
    if sending.is_mail(address):
        sending.send_mail(address, Mail(f"[rectify] {said.notice.title}", forms.as_text(said.notice)))
    else:
        form = _ROBOTS.get(urlsplit(address).hostname or "", forms.webhook)
        sending.send_json(address, form(said.notice))
