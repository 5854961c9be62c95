"""Who may come to the desk: whoever has the address that the command printed, in a browser on this machine, from no other site's page."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, abort, redirect, request, session, url_for
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response as AnyResponse

from rectify.core.language import _

_SECONDS = 600
"""How long an address can be used that the command has printed."""
LARGEST = 64_000_000
"""Bytes of one request: some photographs."""
_FREE = {"enter", "static", "look_styles"}
_COME_IN = (
    '<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url={url}"><a href="{url}">{url}</a>'
)
_POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self'; font-src 'self'; "
    "form-action 'self'; frame-src 'self'; frame-ancestors 'self'; base-uri 'none'"
)


def not_by_this_address() -> str:
    """Return what is said to whoever comes without the key."""
    return _("请再打开一次工作台（双击图标，或者运行 rectify desk）；这个地址只能用一次。")


class _Below:
    """Answers below one folder only.

    A browser sends a cookie to every port of a machine, and so to whatever else runs on it, but only to the folder that the
    cookie is for, which nobody else knows.
    """

    def __init__(self, inside: Callable[..., Iterable[bytes]], folder: str):
        self._inside, self._folder = inside, folder

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
        if not path.startswith(f"{self._folder}/"):
            start("403 Forbidden", [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store")])
            return [not_by_this_address().encode()]
        environ["SCRIPT_NAME"], environ["PATH_INFO"] = self._folder, path.removeprefix(self._folder)
        return self._inside(environ, start)


class Entrance:
    """Lets in who has a one-time token, and keeps out every other page and every other name of this machine."""

    def __init__(self, app: Flask, key: str, port: int, since: float | None = None):
        self._tokens = URLSafeTimedSerializer(key, salt="rectify-desk")
        self._used: set[str] = set()
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        app.before_request(self._check)
        app.after_request(self._guard)
        app.add_url_rule("/enter", "enter", self._enter)
        self._since = int(since or time.time())
        app.config.update(
            SECRET_KEY=hmac.digest(key.encode(), b"sessions", hashlib.sha256).hex(),
            SESSION_COOKIE_NAME=f"rectify-desk-{port}",
            SESSION_COOKIE_PATH=folder(key),
        )
        app.wsgi_app = _Below(app.wsgi_app, folder(key))  # type: ignore[method-assign, assignment]

    def _enter(self) -> AnyResponse:
        token = request.args.get("token", "")
        try:
            nonce, made = self._tokens.loads(token, max_age=_SECONDS, return_timestamp=True)
        except BadSignature:
            abort(403)
        # What was used with a desk that has ended is used too.
        if nonce in self._used or made.timestamp() < self._since:
            abort(403)
        self._used.add(nonce)
        session.clear()
        session["in"] = True
        if _is_from_here():
            return redirect(url_for("today"))
        # A browser keeps the cookie back as long as it follows what another page led it to; this page begins anew.
        return Response(_COME_IN.format(url=url_for("today")), mimetype="text/html")

    def _check(self) -> None:
        # A name that leads to this machine by somebody else's DNS is not ours.
        if request.host not in self._hosts:
            abort(403)
        if request.endpoint != "enter" and not _is_from_here():
            # Coming in is following a link, wherever that stands; all else comes from our own pages.
            abort(403)
        if request.method not in ("GET", "HEAD"):
            origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
            if urlsplit(origin).netloc != request.host or urlsplit(origin).scheme != "http":
                abort(403)
        if request.endpoint not in _FREE and not session.get("in"):
            abort(403)

    def _guard(self, response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", _POLICY)
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        if request.endpoint != "static":
            headers["Cache-Control"] = "no-store"
        return response


def _is_from_here() -> bool:
    return request.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none")


def folder(key: str) -> str:
    """Return the folder below which a desk answers, `/3f…`."""
    return f"/{hmac.digest(key.encode(), b'folder', hashlib.sha256).hex()[:32]}"


def address(key: str, port: int) -> str:
    """Return an address by which one browser comes in, once."""
    token = URLSafeTimedSerializer(key, salt="rectify-desk").dumps(secrets.token_hex(8))
    return f"http://127.0.0.1:{port}{folder(key)}/enter?token={token}"


class Running:
    """Where a desk that runs says so, for a second one that is asked for: nobody else can read it."""

    def __init__(self, file: Path):
        self._file = file

    def read(self) -> tuple[str, int] | None:
        """Return key and port of the desk that runs, as far as is said."""
        try:
            told = json.loads(self._file.read_text("utf-8"))
            return str(told["key"]), int(told["port"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, key: str, port: int) -> None:
        write_for_owner(self._file, json.dumps({"key": key, "port": port}))


def write_for_owner(file: Path, text: str) -> None:
    """Write a file anew that nobody else on the machine can read. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    number = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(number, "w", encoding="utf-8") as stream:
        stream.write(text)
