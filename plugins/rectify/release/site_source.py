"""Where a portal gets a site from: a web server or a folder, one file at a time, none larger than agreed, nothing run."""

from __future__ import annotations

import socket
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from http.client import HTTPException
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
    return _of_address(listing.address, time.monotonic() + seconds)


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


def _of_address(base: str, ends: float) -> Read:
    opener = urllib.request.build_opener(_SameHost(base))

    def read(path: str, most: int) -> bytes:
        request = urllib.request.Request(base + quote(path), headers={"Accept-Encoding": "identity"})
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
                    if time.monotonic() > ends:
                        raise OSError(_("用时太久"))
                return b"".join(parts)
        except urllib.error.HTTPError as error:
            error.close()
            raise (FileNotFoundError if error.code in (404, 410) else OSError)(f"{path}: HTTP {error.code}") from None
        except urllib.error.URLError as error:
            raise OSError(_sentence(error.reason)) from None
        except TimeoutError as error:
            raise OSError(_sentence(error)) from None
        except (HTTPException, ValueError) as error:
            raise OSError(f"{path}: {type(error).__name__}") from None

    return read


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
