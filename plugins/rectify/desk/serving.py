"""Serving a desk: on this machine only, one for each site."""

from __future__ import annotations

import os
import secrets
import socket
import time
import webbrowser
from collections.abc import Callable

from waitress.server import create_server

from rectify.core.language import _
from rectify.desk.entrance import LARGEST, Running, address, write_for_owner
from rectify.desk.office import Office
from rectify.sources.configuration import Configuration
from rectify.sources.lock import Locked, take_lock

HOST = "127.0.0.1"
_THREADS = 6


def open_desk(site: Configuration, port: int, in_browser: bool, tell: Callable[[str], None]) -> None:
    """Serve until somebody ends it; where a desk of this site runs already, open that one. Raises ValueError, OSError."""
    office = Office(site)
    running = Running(office.state / "running.json")
    try:
        with take_lock(office.state / "lock"):
            _serve(office, running, port, in_browser, tell)
    except Locked as locked:
        known = running.read()
        if locked.is_elsewhere or known is None:
            raise ValueError(_("这个网站的工作台已经在别处打开（{holder}）", holder=str(locked))) from None
        _show(office, address(*known), in_browser, tell)


def _serve(office: Office, running: Running, port: int, in_browser: bool, tell: Callable[[str], None]) -> None:
    # A page that was open when the desk was ended goes on where the desk comes back with its key, at its place.
    key, before = running.read() or (secrets.token_hex(32), 0)
    since = time.time()
    # The port is known once it is open, and the application must know it.
    server = create_server(
        _Later(),
        host=HOST,
        port=port or (before if _is_free(before) else 0),
        threads=_THREADS,
        clear_untrusted_proxy_headers=True,
        ident=None,
        # What is larger than the application takes is refused before it lies on the disk.
        max_request_body_size=2 * LARGEST,
    )
    running.write(key, server.effective_port)
    _show(office, address(key, server.effective_port), in_browser, tell)
    # A browser takes its time to start; meanwhile the application is loaded, and whoever asks waits for it.
    from rectify.desk.application import Desk, create_app

    desk = Desk(office)
    desk.read()
    server.application = create_app(desk, key, server.effective_port, since)
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()


def _is_free(port: int) -> bool:
    with socket.socket() as one:
        if os.name == "posix":
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind((HOST, port))
        except OSError:
            return False
    return True


class _Later:
    """Stands for the application until there is one."""

    def __call__(self, environ, start):
        start("503 Service Unavailable", [])
        return []


def _show(office: Office, url: str, in_browser: bool, tell: Callable[[str], None]) -> None:
    tell(_("工作台（地址只能用一次；Ctrl-C 结束）：{url}", url=url))
    if in_browser:
        webbrowser.open(_unseen(office, url) if os.name == "posix" else url)


def _unseen(office: Office, url: str) -> str:
    """Return the address of a page that leads there: what a browser is started with can be seen by everybody on the machine."""
    file = office.state / "enter.html"
    write_for_owner(file, f'<!doctype html><meta http-equiv="refresh" content="0; url={url}">\n')
    return file.resolve().as_uri()
