"""Patterns as this Python has compiled them, kept beside its bytecode of this package.

A rule is a pattern, and there are a thousand: compiling them is most of what a short command would wait for. What Python
makes of a pattern is kept as what it makes of a module is, in the same folder, for the same version, under the same
switches (PYTHONDONTWRITEBYTECODE, PYTHONPYCACHEPREFIX) and trusted as much. Entries are found by the pattern's text.
"""

from __future__ import annotations

import atexit
import json
import os
import re
import sys
import zlib
from array import array
from contextlib import suppress
from functools import cache
from importlib.util import cache_from_source
from itertools import accumulate
from pathlib import Path

from rectify.core.first_signs import sooner

try:
    import _sre  # type: ignore[import-not-found]

    _parse, _code_of = re._parser.parse, re._compiler._code
    _FOR = [sys.version, _sre.MAGIC, _sre.CODESIZE, "first signs"]
    """A Python with the same makes the same of a pattern."""
except (ImportError, AttributeError):  # Not the Python that these are of: everything is compiled anew.
    _sre = None
_ENOUGH = 16
"""Patterns compiled by one command that are worth a new file."""
_MOST = 4_000
"""Kept at most; by then most are of rules that are no more."""

_Code = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""Flags, the code, the number of groups, and their names."""

_new: dict[str, _Code] = {}


def compiled(pattern: str) -> re.Pattern[str]:
    """Return what `re.compile` returns; raises re.error likewise."""
    if _sre is None:
        return re.compile(pattern)
    code = _kept().get(pattern)
    if code is None:
        code = _compile(pattern)
        if not _new:
            atexit.register(_keep)
        _new[pattern] = code
    flags, packed, groups, names, numbers = code
    found: re.Pattern[str] = _sre.compile(pattern, flags, array("I", packed).tolist(), groups, names, numbers)
    return found


def _compile(pattern: str) -> _Code:
    # As `re._compiler.compile` does, but for the signs in front; a test compares all.
    parsed = _parse(pattern)
    code = sooner(parsed, _code_of(parsed, 0))
    state = parsed.state
    numbers: list[str | None] = [None] * state.groups
    for name, number in state.groupdict.items():
        numbers[number] = name
    return state.flags, array("I", code).tobytes(), state.groups - 1, state.groupdict, tuple(numbers)


def _file() -> Path:
    return Path(cache_from_source(__file__)).with_suffix(".patterns.pyc")


@cache
def _kept() -> dict[str, _Code]:
    with suppress(OSError, ValueError, TypeError, zlib.error):
        listed, _end, codes = zlib.decompress(_file().read_bytes()).partition(b"\n")
        made_for, kept = json.loads(listed)
        if made_for == _FOR:
            return {
                pattern: (flags, codes[start:end], groups, names, tuple(numbers))
                for pattern, flags, start, end, groups, names, numbers in kept
            }
    return {}


def _keep() -> None:
    if sys.dont_write_bytecode or len(_new) < _ENOUGH:
        return
    kept = (_kept() if len(_kept()) < _MOST else {}) | _new
    ends = accumulate(len(code) for _flags, code, *_rest in kept.values())
    listed = [
        (pattern, flags, end - len(code), end, groups, names, numbers)
        for end, (pattern, (flags, code, groups, names, numbers)) in zip(ends, kept.items())
    ]
    data = json.dumps([_FOR, listed]).encode() + b"\n" + b"".join(code for _flags, code, *_rest in kept.values())
    file = _file()
    beside = file.with_name(f"{file.name}.{os.getpid()}")
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(zlib.compress(data, 1))
        beside.replace(file)
