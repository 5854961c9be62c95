"""Commands run by a process that has loaded their code already and forks for each: most take less time than Python's start.

What runs is the command's own entrance, in a process of its own, with its own folder, environment and output. Where the
interpreter itself would begin otherwise, one is begun. RECTIFY_TESTS_COLD=1 begins one for every command.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import inspect
import json
import os
import runpy
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from functools import partialmethod
from pathlib import Path
from typing import Any

_BEGINNING = ("PYTHON", "LC_", "LANG")
"""How variables are called that an interpreter reads when it begins."""

_LOADED = (
    *("mkdocs.commands.build", "mkdocs.config.defaults"),
    *("jinja2.ext", "markdown.extensions.toc", "pymdownx.superfences", "yaml"),
)
"""Modules of others that nearly every command loads."""

_CONFINED = "rectify.host.confined_build"
_BUILDING = {"publish", "withdraw", "emergency", "build", "portal"}
"""Commands that run MkDocs in a process of its own."""

_ENTRANCES = ("rectify.cli.", _CONFINED)


class Warm:
    """The process, begun with the first command and ended with the tests."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._env = dict(env)
        self._lock = threading.Lock()
        self._out = tempfile.NamedTemporaryFile()
        self._templates = tempfile.TemporaryDirectory()
        self._process: subprocess.Popen | None = None

    def run(
        self, command: tuple[str, ...], folder: Path, env: Mapping[str, str], timeout: float
    ) -> tuple[int, str] | None:
        """Return exit status and output of a command, as a process of its own would give them; None where it needs one."""
        kind = self._kind(command)
        if kind is None or not self._begins_alike(env) or not self._lock.acquire(blocking=False):
            return None
        try:
            order = {"kind": kind, "argv": command, "folder": str(folder), "env": dict(env), "out": self._out.name}
            return self._ask(order, timeout)
        finally:
            self._lock.release()

    def _kind(self, command: tuple[str, ...]) -> str | None:
        if not hasattr(os, "fork") or os.environ.get("RECTIFY_TESTS_COLD"):
            return None
        if command[0] == str(Path(sys.executable).with_name("rectify")):
            return "rectify"
        # Not ProperDocs: which of the two a plugin belongs to, is settled by the one that is loaded first.
        return "mkdocs" if command[:3] == (sys.executable, "-m", "mkdocs") else None

    def _begins_alike(self, env: Mapping[str, str]) -> bool:
        names = [name for name in env.keys() | self._env.keys() if name.startswith(_BEGINNING)]
        return all(env.get(name) == self._env.get(name) for name in names)

    def _ask(self, order: dict[str, object], timeout: float) -> tuple[int, str]:
        if self._process is None:
            self._begin()
        self._out.truncate(0)
        self._socket.settimeout(timeout)
        try:
            self._socket.sendall(json.dumps(order).encode("utf-8", "surrogateescape") + b"\n")
            status = int(self._answers.readline())
        except TimeoutError:
            self._end()
            raise subprocess.TimeoutExpired(order["argv"], timeout) from None
        return status, Path(self._out.name).read_text("utf-8")

    def _begin(self) -> None:
        ours, its = socket.socketpair()
        with its:
            command = [sys.executable, __file__, str(its.fileno()), self._templates.name]
            self._process = subprocess.Popen(command, env=self._env, pass_fds=[its.fileno()], start_new_session=True)
        self._socket, self._answers = ours, ours.makefile("r")

    def _end(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, 9)
        self._process.wait()
        self._answers.close()
        self._socket.close()
        self._process = None


def _serve(asked: socket.socket) -> dict[str, str] | None:
    """Fork for every order; return it in the fork, and None when nobody asks any more."""
    with asked.makefile("rb") as orders:
        for line in orders:
            if (child := os.fork()) == 0:
                return json.loads(line.decode("utf-8", "surrogateescape"))
            asked.sendall(b"%d\n" % os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    return None


class _Spare:
    """A process that has loaded what commands load, begun before the command whose build it will be."""

    def __init__(self) -> None:
        ours, its = socket.socketpair()
        if (child := os.fork()) == 0:
            ours.close()
            _build_what_comes(its)
        its.close()
        self.pid, self.asked = child, ours

    def become(self, how: Mapping[str, Any]) -> None:
        order = {
            "command": list(map(os.fspath, how["args"])),
            "folder": os.fspath(how["cwd"] or os.getcwd()),
            "env": dict(how["env"]),
            "session": how["start_new_session"],
            "group": how["process_group"],
        }
        streams = [how["p2cread"], how["c2pwrite"], how["errwrite"]]
        given = [own if own >= 0 else number for number, own in enumerate(streams)]
        socket.send_fds(self.asked, [json.dumps(order).encode("utf-8", "surrogateescape") + b"\n"], given)
        self.asked.recv(1)  # It stands in its own session, and may be ended.
        self.asked.close()


def _build_what_comes(asked: socket.socket) -> None:
    """Wait for what to build and be that process; end at once where nothing comes."""
    said, streams, _flags, _address = socket.recv_fds(asked, 1, 3)
    if not said:
        os._exit(0)
    order = json.loads((said + asked.makefile("rb").readline()).decode("utf-8", "surrogateescape"))
    if order["session"]:
        os.setsid()
    elif order["group"] >= 0:
        os.setpgid(0, order["group"])
    asked.send(b".")
    asked.close()
    _stand(order["folder"], order["env"], streams)
    command = order["command"]
    name = command.index("-m") + 1
    sys.argv[:] = command[name:]
    sys.path[:1] = [] if "-P" in command else [os.getcwd()]
    runpy.run_module(command[name], run_name="__main__", alter_sys=True)
    sys.exit()


def _builds(command: Sequence[Any]) -> bool:
    return (
        command[0] == sys.executable and "-m" in command and command[command.index("-m") + 1] in ("mkdocs", _CONFINED)
    )


class _Programs:
    """Stands for `subprocess` where the package runs programs: the first build is the process that was kept for it."""

    def __init__(self) -> None:
        spares, ask = [_Spare()], inspect.signature(subprocess.Popen._execute_child)

        class Popen(subprocess.Popen):
            def _execute_child(self, *values: Any) -> None:
                how = ask.bind(self, *values).arguments
                if not spares or not _builds(how["args"]):
                    return super()._execute_child(*values)
                self.pid, self._child_created = spares[-1].pid, True
                spares.pop().become(how)
                for end in ("p2cread", "c2pwrite", "errwrite"):
                    if how[end] >= 0:
                        os.close(how[end])

        self.Popen = Popen

    def __getattr__(self, name: str) -> Any:
        return getattr(subprocess, name)


def _stand(folder: str, env: Mapping[str, str], streams: Sequence[int]) -> None:
    """Stand where a new process would stand, with these for input, output and errors."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(env)
    time.tzset()
    for number, opened in enumerate(streams):
        os.dup2(opened, number)
    for opened in {*streams} - {0, 1, 2}:
        os.close(opened)


def _cache_of_templates(folder: str) -> Any:
    from jinja2 import FileSystemBytecodeCache

    class Templates(FileSystemBytecodeCache):
        def get_bucket(self, environment: Any, name: str, filename: str | None, source: str) -> Any:
            # A template is compiled with the words of a language in it.
            said = getattr(environment, "language", None), getattr(environment, "constants", None)
            return super().get_bucket(environment, name, filename, f"{source}{said[0] and said[0].key}{said[1]}")

    return Templates(folder)


def _load(templates: str) -> None:
    """Load what commands load, but for their own entrance: what it says is made in the language of the day.

    Patterns are compiled, and a template that one command has compiled lies in the folder `templates` for the next.
    """
    import jinja2

    import rectify
    from rectify.prose.late import Late

    package = Path(rectify.__file__).parent
    files = (file.relative_to(package.parent).with_suffix("") for file in package.rglob("*.py") if file.stem[0] != "_")
    names = (".".join(file.parts) for file in files)
    for name in (*(name for name in names if not name.startswith(_ENTRANCES)), *_LOADED):
        importlib.import_module(name)
    for thing in gc.get_objects():
        if isinstance(thing, Late):
            thing.compiled  # noqa: B018
    cache = _cache_of_templates(templates)
    jinja2.Environment.__init__ = partialmethod(jinja2.Environment.__init__, bytecode_cache=cache)
    gc.collect()
    gc.freeze()


def _main() -> None:
    asked = socket.socket(fileno=int(sys.argv[1]))
    _load(sys.argv[2])
    order = _serve(asked)
    asked.close()
    if order is None:
        return
    if order["kind"] == "rectify" and _BUILDING.intersection(order["argv"]):
        importlib.import_module("rectify.sources.program").subprocess = _Programs()
    out = os.open(order["out"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    _stand(order["folder"], order["env"], [os.open(os.devnull, os.O_RDONLY), out, out])
    sys.argv[:] = order["argv"] if order["kind"] == "rectify" else order["argv"][2:]
    if order["kind"] == "rectify":
        sys.path[0] = str(Path(sys.executable).parent)
        from rectify.__main__ import run

        sys.exit(run())
    sys.path[0] = os.getcwd()
    runpy.run_module("mkdocs", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    _main()
