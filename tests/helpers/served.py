"""A site as its maintainer sees it while writing: `mkdocs serve`."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from helpers.site import Site, plain_environment

_ASKED = 900
"""Times, a fifth of a second apart."""


@contextmanager
def served(site: Site, under: str = "d/") -> Iterator[Callable[[str, str], str]]:
    """shows(page, text) -> the HTML of a page, as soon as it has the text; served below `under`, as in the site's address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "-q", "--livereload", "-a", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, cwd=site.root, env=plain_environment(), start_new_session=True) as serving:

        def shows(page: str, text: str) -> str:
            for _ask in range(_ASKED):
                assert serving.poll() is None
                try:
                    with urllib.request.urlopen(f"http://127.0.0.1:{port}/{under}{page}") as answer:
                        if text in (read := answer.read().decode()):
                            return read
                except OSError:
                    pass
                time.sleep(0.2)
            raise AssertionError(f"{page}: {text}")

        try:
            yield shows
        finally:
            os.killpg(serving.pid, signal.SIGTERM)
