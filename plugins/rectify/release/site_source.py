"""Where a portal gets a site from: a web server or a folder, one file at a time, none larger than agreed, nothing run."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from rectify.core.language import N_, Message, _, spoken
from rectify.release.folder import CURRENT
from rectify.release.manifest import NAME
from rectify.sources.portal_settings import Listing
from rectify.sources.safe_files import read_file

_PATIENCE = 20
"""Seconds without a byte."""
_CHUNK = 1 << 16

Read = Callable[[str, int], bytes]
"""Returns a file of a site of at most so many bytes. Raises FileNotFoundError for one that there is not, OSError otherwise."""


def source_of(listing: Listing, seconds: float) -> Read:
    """Return what reads a site's files, all of them within so many seconds. Raises OSError."""
    if listing.folder is not None:
        return _of_folder(listing.folder)
    return _of_address(listing.address, seconds)


def _of_folder(folder: Path) -> Read:
    place = folder / CURRENT if not (folder / NAME).exists() and (folder / CURRENT).is_dir() else folder
    root = place.resolve()  # once, so that a publication meanwhile does not mix two releases

    def read(path: str, most: int) -> bytes:
        file = root / path
        if not file.resolve().is_relative_to(root):
            raise OSError(_("{file} 指到了网站文件夹之外", file=path))
        data = read_file(file, most + 1)
        if len(data) > most:
            raise OSError(_too_large(path, most))
        return data

    return read


def _of_address(base: str, seconds: float) -> Read:
    limit = _Limit(seconds)
    opener = urllib.request.build_opener(_SameHost(base), _Http(limit), _Https(limit))

    def read(path: str, most: int) -> bytes:
        request = urllib.request.Request(base + quote(path), headers={"Accept-Encoding": "identity"})
        limit.check()
        try:
            with opener.open(request, timeout=_PATIENCE) as answer:
                if answer.headers.get("Content-Encoding", "identity") != "identity":
                    raise OSError(_("{file} 是压缩过的", file=path))
                parts, size = [], 0
                while part := answer.read1(_CHUNK):
                    parts.append(part)
                    size += len(part)
                    if size > most:
                        raise OSError(_too_large(path, most))
                limit.check()
                return b"".join(parts)
        except urllib.error.HTTPError as error:
            error.close()
            raise (FileNotFoundError if error.code in (404, 410) else OSError)(f"{path}: HTTP {error.code}") from None
        except urllib.error.URLError as error:
            limit.check()
            raise OSError(_sentence(error.reason)) from None
        except TimeoutError as error:
            raise OSError(_sentence(error)) from None
        except (HTTPException, ValueError) as error:
            limit.check()
            raise OSError(f"{path}: {type(error).__name__}") from None

    return read


class _Limit:
    """How long everything that is asked of one site may take: then its connection is closed, however slowly it drips."""

    def __init__(self, seconds: float):
        self._ends = time.monotonic() + seconds
        self._socket: socket.socket | None = None
        timer = threading.Timer(seconds, self._end)
        timer.daemon = True
        timer.start()

    def holds(self, connected: socket.socket) -> None:
        self._socket = connected

    def check(self) -> None:
        """Raise OSError once the time is over."""
        if time.monotonic() >= self._ends:
            raise OSError(_("用时太久"))

    def _end(self) -> None:
        with contextlib.suppress(OSError, AttributeError):
            self._socket.shutdown(socket.SHUT_RDWR)  # type: ignore[union-attr]


def _limited(kind: Any, limit: _Limit) -> Any:
    """Return a kind of connection that the limit can close."""

    class Limited(kind):
        def connect(self) -> None:
            super().connect()
            limit.holds(self.sock)

    return Limited


class _Http(urllib.request.HTTPHandler):
    def __init__(self, limit: _Limit):
        super().__init__()
        self._kind = _limited(HTTPConnection, limit)

    def http_open(self, req: urllib.request.Request) -> Any:
        return self.do_open(self._kind, req)


class _Https(urllib.request.HTTPSHandler):
    def __init__(self, limit: _Limit):
        super().__init__()
        self._kind = _limited(HTTPSConnection, limit)

    def https_open(self, req: urllib.request.Request) -> Any:
        return self.do_open(self._kind, req)


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows no redirection to another host, nor away from https."""

    max_redirections = 3

    def __init__(self, base: str):
        self._here = urlsplit(base)

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        there = urlsplit(newurl)
        if there.hostname != self._here.hostname or (self._here.scheme == "https" and there.scheme != "https"):
            raise urllib.error.URLError(_("转向了别的主机"))
        return super().redirect_request(req, fp, code, msg, headers, newurl)


_SENTENCES: tuple[tuple[type[OSError], Message], ...] = (
    (TimeoutError, N_("没有回答")),
    (ConnectionRefusedError, N_("拒绝连接")),
    (socket.gaierror, N_("找不到这个域名")),
    (ssl.SSLError, N_("证书不对")),
)


def _sentence(reason: object) -> str:
    known = next((told for kind, told in _SENTENCES if isinstance(reason, kind)), None)
    return spoken().say(known) if known else str(reason)


def _too_large(path: str, most: int) -> str:
    return _("{file} 超过 {limit} MB", file=path, limit=round(most / 1e6))
