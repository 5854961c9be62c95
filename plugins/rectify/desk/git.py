"""Running git so that nobody is asked for anything, here and with the other side."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

from rectify.sources.program import ProgramError, run

_SAFE = (
    "-c",
    "core.quotePath=false",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.safecrlf=false",
    "-c",
    "commit.gpgSign=false",
)
_LONG = 900
"""Seconds for what goes to the other side or comes from it: photographs over a slow line take their time."""
_OVER_HTTP = ("-c", "http.lowSpeedLimit=1", "-c", "http.lowSpeedTime=120")
_OVER_SSH = "-o BatchMode=yes -o ConnectTimeout=30 -o ServerAliveInterval=15 -o ServerAliveCountMax=3"
"""A line without a sign of life is taken for broken; what runs over there before it answers, as a hook does, may take longer over https."""
_NOBODY_ASKS = {"GIT_ASKPASS": "", "SSH_ASKPASS_REQUIRE": "never", "GCM_INTERACTIVE": "never"}
"""Nobody stands where git and ssh would ask: who is not let in is told so."""

_QUIET = {"LANGUAGE": "C", "GIT_OPTIONAL_LOCKS": "0"}
"""Its words are looked into, so they are in one language; what only looks takes no lock, which would stay if it were ended."""


class Git:
    """The commands of one repository; raises ProgramError, with git's words, for what git cannot do."""

    top: Path
    """The folder that they run in."""

    def _there(self, *arguments: str, seconds: float = _LONG) -> None:
        """Run a command that talks to the other side."""
        self._git(*_OVER_HTTP, *arguments, environment={**_NOBODY_ASKS, **self._ssh()}, seconds=seconds)

    def _ssh(self) -> dict[str, str]:
        """Return how git shall start ssh; nothing where the office has another program for it, which takes other options."""
        try:
            own = os.environ.get("GIT_SSH_COMMAND") or self._git("config", "core.sshCommand")
        except ProgramError:
            own = "" if os.environ.get("GIT_SSH") else "ssh"
        program = re.split(r"[\\/]", (shlex.split(own, posix=os.name == "posix") or [""])[0])[-1]
        return {"GIT_SSH_COMMAND": f"{own} {_OVER_SSH}"} if program.lower().removesuffix(".exe") == "ssh" else {}

    def _git(
        self,
        *arguments: str,
        folder: Path | None = None,
        environment: dict[str, str] | None = None,
        given: bytes = b"",
        seconds: float = 600,
        whole: bool = False,
    ) -> str:
        command = ["git", *_SAFE, "-C", str(folder or self.top), *arguments]
        return run(command, environment={**_QUIET, **(environment or {})}, given=given, seconds=seconds, whole=whole)
