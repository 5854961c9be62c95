"""A site served on this machine: the address it is to be had at, and MkDocs as long as it serves."""

from __future__ import annotations

import errno
import os
import socket
import sys

import click

from rectify.core.language import _
from rectify.release.building import mkdocs

_NEXT = 20
"""Ports behind one that is taken, of which the first that is free is named."""


def _free(context: click.Context, option: click.Parameter, value: str) -> str:
    """Return an address as MkDocs takes it, for click to call; a usage error for one that cannot be served at."""
    host, sign, port = value.strip().replace("：", ":").rpartition(":")
    if not sign or not port.isdecimal() or int(port) > 65535:
        raise click.BadParameter(_("“{text}”不是地址；写成 127.0.0.1:8000", text=value))
    host = host.strip("[]") or "127.0.0.1"
    if reason := _refusal(host, int(port)):
        if reason == errno.EADDRINUSE and (other := next_free(host, int(port))):
            raise click.ClickException(taken(port, f"-a {host}:{other}"))
        raise click.ClickException(
            _(
                "不能用地址 {host}:{port}（{reason}）；写成 -a 127.0.0.1:8000",
                host=host,
                port=port,
                reason=_said(reason),
            )
        )
    return f"{host}:{int(port)}"


ADDRESS = click.option(
    "-a", "--address", default="127.0.0.1:8000", show_default=True, callback=_free, help=_("地址和端口")
)


def taken(port: int | str, other: str) -> str:
    """Return what is said of a port in use; `other` is the option with one that is free."""
    return _("端口 {port} 已经有程序在用（也许是另一个预览）；换一个：{other}", port=port, other=other)


def next_free(host: str, port: int) -> int | None:
    """Return the first port behind one where something can be served, if there is one near."""
    following = range(port + 1, min(port + _NEXT, 65535))
    return next((one for one in following if not _refusal(host, one)), None)


def serve_with(*arguments: str) -> None:
    """Let MkDocs serve until somebody ends it, then end the program."""
    try:
        sys.exit(mkdocs("serve", "--livereload", *arguments))
    except KeyboardInterrupt:
        sys.exit(0)


def _refusal(host: str, port: int) -> int | str:
    """Return why nothing can be served there: the number of the system's error or its words, 0 where it can."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as one:
            if sys.platform != "win32":
                one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            one.bind((host, port))
    except socket.gaierror as error:
        return str(error.strerror)
    except OSError as error:
        return error.errno or str(error)
    return 0


def _said(reason: int | str) -> str:
    return os.strerror(reason) if isinstance(reason, int) else reason
