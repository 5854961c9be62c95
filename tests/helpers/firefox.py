"""Where Firefox is, how a machine without it gets it, and a session with it: the main flows are tried in a second engine.

Standard library only: run.py calls this before any test package need be importable. A session speaks Marionette, the
protocol that every Firefox brings along; Mozilla's client for it would bring a dozen packages and their deprecations.
"""

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from helpers import debian
from helpers.debian import Pick, Step
from helpers.nginx import free_port

SECONDS = 90
"""How long a start may take on a busy machine."""
_SETTINGS = {
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "toolkit.telemetry.server": "",
    "intl.accept_languages": "zh-CN",
}


def find() -> str | None:
    """Firefox, where it is on the path."""
    return shutil.which("firefox-esr") or shutil.which("firefox")


def get(step: Step, pick: Pick) -> tuple[str | None, str]:
    """(path, "") of a Firefox found or installed, or (None, why there is none)."""
    if reason := os.environ.get("RECTIFY_NO_FIREFOX"):
        return None, reason
    if found := find():
        return found, ""
    tried = debian.install(["firefox-esr"], step, pick)
    return find(), "" if find() else pick("没有可用的 Firefox（", "no Firefox to use (") + tried + pick("）", ")")


class Session:
    """One window of a Firefox that runs."""

    def __init__(self, connection: socket.socket):
        self._connection, self._stream, self._number = connection, connection.makefile("rb"), 0
        self._read()  # who it is
        self._ask("NewSession", {})

    def visit(self, url: str) -> None:
        """Load a page."""
        self._ask("Navigate", {"url": url})

    def run(self, script: str, *arguments: Any) -> Any:
        """Return what a script returns in the page; None where the page is left meanwhile."""
        return (self._ask("ExecuteScript", {"script": script, "args": arguments}) or {}).get("value")

    def resize(self, width: int, height: int) -> None:
        """Give the window a size; Firefox has none narrower than 450 pixels."""
        self._ask("SetWindowRect", {"width": width, "height": height})

    def close(self) -> None:
        """Let go of the stream that is read."""
        self._stream.close()

    def _ask(self, command: str, parameters: dict[str, Any]) -> Any:
        self._number += 1
        said = json.dumps([0, self._number, f"WebDriver:{command}", parameters]).encode()
        self._connection.sendall(b"%d:%s" % (len(said), said))
        _, _, error, result = self._read()
        if error and "AbortError" in error["message"]:
            return None
        assert error is None, error
        return result

    def _read(self) -> Any:
        length = b""
        while (one := self._stream.read(1)) != b":":
            if not one:
                raise OSError("Firefox has ended")
            length += one
        return json.loads(self._stream.read(int(length)))


@contextmanager
def session(folder: Path) -> Iterator[Session]:
    """Run Firefox with a new profile in the folder while the block runs."""
    port = free_port()
    settings = _SETTINGS | {"marionette.port": port}
    folder.mkdir(parents=True)
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in settings.items()]
    (folder / "user.js").write_text("".join(lines), "utf-8")
    command = [
        find() or "firefox",
        "--headless",
        "--marionette",
        "--no-remote",
        "--profile",
        str(folder),
        "about:blank",
    ]
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "HOME": str(folder)}
    )
    try:
        end = time.monotonic() + SECONDS
        while True:
            try:
                connection = socket.create_connection(("127.0.0.1", port), SECONDS)
                break
            except OSError:
                if process.poll() is not None or time.monotonic() > end:
                    raise
                time.sleep(0.2)
        with connection:
            one = Session(connection)
            yield one
            one.close()
    finally:
        process.kill()
        process.wait()
