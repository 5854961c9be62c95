"""Where Caddy is, and running it as an ordinary process."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from helpers.nginx import SECONDS, wait_for

OPTIONS = "{\nadmin off\nauto_https off\nlog {\noutput file %s\nformat json\nlevel ERROR\n}\n}\nimport %s\n"
"""Nothing listens but the site itself, so that tests do not stand in the way of a Caddy of the machine."""


def find() -> str | None:
    return shutil.which("caddy")


@contextmanager
def running(site: str, folder: Path, port: int) -> Iterator[Path]:
    """Run Caddy with `site` as its Caddyfile while the block runs; gives its log of errors.

    All that it writes is below `folder`, and it needs no rights.
    """
    folder.mkdir(parents=True, exist_ok=True)
    log, said = folder / "error.log", folder / "said.log"
    log.touch()
    (folder / "site.caddy").write_text(site, "utf-8")
    (folder / "Caddyfile").write_text(OPTIONS % (log, folder / "site.caddy"), "utf-8")
    places = {name: str(folder) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    command = [str(find()), "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]
    with said.open("wb") as out:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, env=os.environ | places
        )
    try:
        wait_for(process, port, said)
        yield log
    finally:
        process.terminate()
        process.wait(SECONDS)
