"""Running other programs: git, rsync, ssh-keygen, pip and MkDocs."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from rectify.core.language import _

SECONDS = 3600
"""How long a program may take that brings something from or to another machine."""
_LAST_LINES = 12
_OF_A_HOOK = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY"}
"""Variables with which git tells a hook which repository is meant."""
_PLAIN = {
    "PATH",
    "HOME",
    "TMPDIR",
    "TEMP",
    "TMP",
    "TZ",
    "SOURCE_DATE_EPOCH",
    "LD_LIBRARY_PATH",
    "SYSTEMROOT",
    "USERPROFILE",
}
"""Variables without which programs do not start, or tell another time."""


class ProgramError(OSError):
    """A program is missing, failed or took too long; the text says so, in the program's own words where it had any."""


class NotInstalled(ProgramError):
    """A program is not on this machine."""


class TookTooLong(ProgramError):
    """A program was ended because it took too long."""


def run(
    command: Sequence[str],
    *,
    folder: Path | None = None,
    given: bytes = b"",
    environment: Mapping[str, str] | None = None,
    seconds: float = SECONDS,
    last_lines: int = _LAST_LINES,
    in_hook: bool = False,
    plain: bool = False,
    whole: bool = False,
) -> str:
    """Return what a program prints, without the line end that closes it unless the `whole` is asked for; raises ProgramError.

    Nobody is asked for anything: it reads what is `given` and no more. What is no UTF-8 comes as surrogates, so that it can
    be given back. Of what a failing program says the error holds the `last_lines`, or all with 0. `in_hook` keeps what git
    told this process about the repository and the index; else git finds the repository of its `folder`. `plain` hands on nothing of
    this process' variables but what every program needs: no tokens, no settings of Python or git.
    """
    inherited = {
        name: value
        for name, value in os.environ.items()
        if (name.upper() in _PLAIN if plain else in_hook or name not in _OF_A_HOOK)
    }
    variables = inherited | {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C.UTF-8", **(environment or {})}
    try:
        # A session of its own has no terminal at which ssh could ask, and is ended with all that it started.
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder, env=variables,
            start_new_session=os.name == "posix",
        )  # fmt: skip
    except FileNotFoundError:
        raise NotInstalled(_("没有找到 {program}", program=command[0])) from None
    with process:
        try:
            out, err = process.communicate(given, seconds)
        except subprocess.TimeoutExpired:
            _end_all(process)
            raise TookTooLong(
                _("{program} 运行了 {seconds} 秒还没有结束", program=command[0], seconds=round(seconds))
            ) from None
        except BaseException:
            _end_all(process)
            raise
    if process.returncode:
        said = (err.strip() or out.strip()).decode(errors="replace").splitlines()[-last_lines:]
        raise ProgramError(
            "\n".join(said) or _("{program} 失败，退出状态 {status}", program=command[0], status=process.returncode)
        )
    printed = out.decode(errors="surrogateescape")
    return printed if whole else printed.rstrip("\r\n")


def leave_variables() -> None:
    """Take from this process the variables that a `plain` program is not handed, but for those that say which language it speaks."""
    for name in set(os.environ):
        if name.upper() not in _PLAIN and not name.startswith(("RECTIFY_LANG", "LANG", "LC_")):
            del os.environ[name]


def run_bounded(command: Sequence[str], most: int, seconds: float, environment: Mapping[str, str] | None = None) -> str:
    """Return what a program prints, as `run` does, where that is at most so many bytes; raises TookTooLong beyond, ProgramError."""
    variables = {name: value for name, value in os.environ.items() if name not in _OF_A_HOOK} | dict(environment or {})
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=variables
    ) as process:
        alarm = threading.Timer(seconds, process.kill)
        alarm.start()
        data = b""
        try:
            assert process.stdout is not None
            data = process.stdout.read(most + 1)
        finally:
            late = not alarm.is_alive()
            alarm.cancel()
            process.kill() if len(data) > most else process.wait()
    if late or len(data) > most:
        raise TookTooLong(command[0])
    if process.returncode:
        raise ProgramError(_("{program} 失败，退出状态 {status}", program=command[0], status=process.returncode))
    return data.decode(errors="surrogateescape")


def hand_over(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run a program that has the terminal to itself, for as long as it likes; return its exit status.

    It is ended where this process is.
    """
    with subprocess.Popen(command, env=os.environ | environment) as process:
        try:
            return process.wait()
        finally:
            process.terminate()


def hand_over_for(command: Sequence[str], environment: Mapping[str, str], seconds: float) -> int:
    """Run a program as `hand_over` does, for some time; raises TookTooLong once it and all that it started are ended."""
    # A group of its own, so that what it has started can be ended with it.
    group = {"process_group": 0} if os.name == "posix" else {}
    with subprocess.Popen(command, env=os.environ | environment, **group) as process:  # type: ignore[call-overload]
        try:
            return process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise TookTooLong(command[0]) from None
        finally:
            if process.poll() is None:
                _end_all(process)


def _end_all(process: subprocess.Popen[bytes]) -> None:
    if os.name == "posix":
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
