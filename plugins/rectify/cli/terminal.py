"""What is around a command: a terminal, a pipe, a locale that is not UTF-8, somebody who ends it."""

from __future__ import annotations

import codecs
import os
import signal
import sys

_UNSHOWN = "rectify-unshown"
_HAN = "整改"


def speak_anywhere() -> None:
    """Let whatever is printed reach the terminal or the file: what its encoding lacks as `\\uXXXX`, as JSON writes it too.

    An encoding without Chinese says nothing of who reads it; UTF-8 is what it nearly always is.
    """
    codecs.register_error(_UNSHOWN, _escaped)
    for stream in (sys.stderr, sys.stdout):
        if hasattr(stream, "reconfigure"):
            encoding = stream.encoding if _holds(stream.encoding) else "utf-8"
            stream.reconfigure(encoding=encoding, errors=_UNSHOWN)
            # For MkDocs, which has the terminal while it builds and serves.
            os.environ["PYTHONIOENCODING"] = f"{encoding}:backslashreplace"


def run_in_utf8() -> None:
    """Begin this process anew where Python takes names of files for something else than UTF-8; what is printed stays as it was.

    Content, its files and the names that git and the site know them by are UTF-8 on every machine.
    """
    encoding = sys.getfilesystemencoding()
    if os.name != "posix" or codecs.lookup(encoding).name == "utf-8":
        return
    said = {
        "PYTHONUTF8": "1",
        "PYTHONIOENCODING": os.environ.get("PYTHONIOENCODING") or sys.stdout.encoding or encoding,
    }
    given = [_readable(os.fsencode(argument), encoding).encode("utf-8", "surrogateescape") for argument in sys.argv[1:]]
    command = [os.fsencode(sys.executable), b"-P", b"-m", b"rectify", *given]
    os.execve(sys.executable, command, {**os.environ, **said})


def end_in_order() -> None:
    """Let a command that is told to end go the way of Ctrl-C: what it began is undone, what it started ends too."""
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))


def _holds(encoding: str) -> bool:
    try:
        return bool(_HAN.encode(encoding))
    except (UnicodeEncodeError, LookupError):
        return False


def _escaped(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i : i + 2].hex()}" for i in range(0, len(units), 2)), error.end


def _readable(argument: bytes, encoding: str) -> str:
    for name in ("utf-8", encoding):
        try:
            return argument.decode(name)
        except UnicodeDecodeError:
            continue
    return argument.decode("utf-8", "surrogateescape")
