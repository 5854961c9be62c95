"""Sending a message to one address: JSON to a robot or another program over HTTP, or a mail, by a server or by this machine's own
sendmail. Nothing is kept of the address."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import json
import os
import shutil
import smtplib
import socket
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid
from getpass import getuser
from http.client import HTTPException
from typing import Any, NamedTuple
from urllib.parse import SplitResult, parse_qs, quote_plus, unquote, urlsplit

from rectify.core.language import _
from rectify.sources.program import ProgramError, run

SECONDS = 20
"""How long one answer is waited for."""
DINGTALK_SECRET, SMTP_PASSWORD = "RECTIFY_DINGTALK_SECRET", "RECTIFY_SMTP_PASSWORD"
"""Environment variables of what must not stand on a command line."""
_LONGEST_ANSWER = 65536
_SENDMAIL = "sendmail"
_PROGRAMS = os.pathsep.join(("/usr/sbin", "/usr/lib", "/usr/local/sbin"))
"""Where systems keep it, outside the paths of ordinary accounts."""


class SendError(Exception):
    """The message did not arrive; the text says why, without the part of an address that is a secret."""


class Mail(NamedTuple):
    """A mail in both forms; `html` may be empty."""

    subject: str
    text: str
    html: str = ""


def shown(address: str) -> str:
    """Return the part of an address that may be shown: robots are trusted with whoever knows the rest."""
    parts = _split(address)
    if parts.scheme == _SENDMAIL:
        return f"{_SENDMAIL}:{unquote(parts.path)}"
    return f"{parts.scheme}://{parts.hostname}" + (f":{parts.port}" if parts.port else "")


def is_mail(address: str) -> bool:
    """Return whether an address is one of a mail server; raises SendError for what is neither that nor HTTP."""
    return _split(address).scheme in ("smtp", "smtps", _SENDMAIL)


def _split(address: str) -> SplitResult:
    with contextlib.suppress(ValueError):
        parts = urlsplit(address)
        port = parts.port  # raises where it is no number
        if parts.scheme in ("http", "https", "smtp", "smtps") and parts.hostname and port != 0:
            return parts
        if parts.scheme == _SENDMAIL and "@" in parts.path:
            return parts
    raise SendError(f"http://, https://, smtp://, smtps://, {_SENDMAIL}:")


def send_json(address: str, message: Mapping[str, Any], environment: Mapping[str, str] = os.environ) -> None:
    """Post a message; raises SendError unless it is accepted. Robots answer 200 with an error code where they refuse."""
    secret = environment.get(DINGTALK_SECRET)
    url = sign_address(address, secret, round(time.time() * 1000)) if secret and message.get("msgtype") else address
    head = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "rectify"}
    request = urllib.request.Request(url, json.dumps(message, ensure_ascii=False).encode(), head, method="POST")
    try:
        with urllib.request.build_opener(_Stay).open(request, timeout=SECONDS) as answer:
            body = answer.read(_LONGEST_ANSWER)
    except urllib.error.HTTPError as error:
        with error:
            raise SendError(f"{shown(address)}: HTTP {error.code}") from None
    except (OSError, ValueError) as error:  # URLError is an OSError too
        raise SendError(f"{shown(address)}: {getattr(error, 'reason', error)}") from None
    except HTTPException as error:
        raise SendError(f"{shown(address)}: {type(error).__name__}") from None
    if message.get("msgtype"):
        _check_accepted(address, body)


def _check_accepted(address: str, body: bytes) -> None:
    try:
        said = json.loads(body)
        code, text = said["errcode"], said.get("errmsg", "")
    except (ValueError, KeyError, TypeError, AttributeError):
        raise SendError(f"{shown(address)}: {body[:80].decode(errors='replace')}") from None
    if code != 0:
        raise SendError(f"{shown(address)}: {code} {text}")


def sign_address(address: str, secret: str, milliseconds: int) -> str:
    """Return the address of a robot of 钉钉 with time and signature, as its 加签 asks: HMAC-SHA256 of time, newline, secret."""
    made = hmac.new(secret.encode(), f"{milliseconds}\n{secret}".encode(), hashlib.sha256).digest()
    joint = "&" if "?" in address else "?"
    return f"{address}{joint}timestamp={milliseconds}&sign={quote_plus(base64.b64encode(made))}"


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: what was to be posted here is not for another host."""

    def redirect_request(self, *arguments: Any, **named: Any) -> None:
        return None


def mail_message(address: str, mail: Mail) -> EmailMessage:
    """Return the mail for an address such as `smtp://user@host:587?from=a@b&to=c@d,e@f`; raises SendError without both.

    One such as `sendmail:c@d,e@f` is sent by the account on this machine unless it says `?from=a@b`.
    """
    parts = urlsplit(address)
    query = parse_qs(parts.query)
    sender, to = query.get("from", [""])[0], ",".join(query.get("to", []))
    if parts.scheme == _SENDMAIL:
        sender, to = sender or f"{getuser()}@{socket.getfqdn()}", unquote(parts.path)
    if "@" not in sender or "@" not in to:
        raise SendError(f"{shown(address)}?from=…&to=…")
    message = EmailMessage()
    try:
        message["From"], message["To"], message["Subject"] = sender, to, mail.subject
    except ValueError as error:
        raise SendError(f"from, to: {error}") from None
    message["Date"] = formatdate(localtime=True)
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2].strip("> "))
    # Base64, so that no server on the way has to know UTF-8 or breaks a long line.
    message.set_content(mail.text, cte="base64")
    if mail.html:
        message.add_alternative(mail.html, subtype="html", cte="base64")
    return message


def send_mail(address: str, mail: Mail, environment: Mapping[str, str] = os.environ) -> None:
    """Send a mail; raises SendError unless every receiver is accepted. A password goes over an encrypted connection only."""
    message, parts = mail_message(address, mail), _split(address)
    if parts.scheme == _SENDMAIL:
        _hand_over(message)
        return
    context = ssl.create_default_context()
    user, password = unquote(parts.username or ""), environment.get(SMTP_PASSWORD, "")
    try:
        host = parts.hostname or ""
        if parts.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, timeout=SECONDS, context=context)
        else:
            server = smtplib.SMTP(host, parts.port or 25, timeout=SECONDS)
        with server:
            encrypted = parts.scheme == "smtps"
            server.ehlo()
            if not encrypted and server.has_extn("starttls"):
                server.starttls(context=context)
                encrypted = True
            if user and not encrypted:
                raise SendError(f"{shown(address)}: STARTTLS")
            if user:
                server.login(user, password)
            if refused := server.send_message(message):
                raise SendError(f"{shown(address)}: {', '.join(refused)}")
    except smtplib.SMTPResponseException as error:
        raise SendError(f"{shown(address)}: {error.smtp_code} {_decoded(error.smtp_error)}") from None
    except (OSError, ValueError) as error:  # smtplib's other errors are OSErrors
        raise SendError(f"{shown(address)}: {error}") from None


def _hand_over(message: EmailMessage) -> None:
    """Give a mail to the program that this machine sends mails with; raises SendError unless it takes it."""
    program = shutil.which(_SENDMAIL) or shutil.which(_SENDMAIL, path=_PROGRAMS)
    if program is None:
        raise SendError(_("本机没有 sendmail：安装 postfix、exim4 或者 msmtp-mta，或者用 smtp://"))
    try:
        # Receivers are read from the message; a line with a single dot does not end it.
        run([program, "-t", "-i"], given=message.as_bytes(policy=SMTP.clone(linesep="\n")), seconds=SECONDS)
    except ProgramError as error:
        raise SendError(f"{program}: {error}") from None


def _decoded(said: bytes | str) -> str:
    return said.decode(errors="replace") if isinstance(said, bytes) else said
