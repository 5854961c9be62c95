"""Texts of an office as bytes, in the encodings and with the damage that they come with; made from a seed."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from helpers.site import ROOT

_LAYOUTS = ROOT / "tests" / "intake" / "layouts"
_WIDE = {sign: sign + 0xFEE0 for sign in range(0x21, 0x7F)}


class Encoded(NamedTuple):
    data: bytes
    text: str
    """What was written; empty where the bytes are no text."""


def texts(kind: str, number: int) -> Iterator[Encoded]:
    """Return so many texts of a kind of KINDS, the same every time."""
    chance = random.Random(kind)
    return (KINDS[kind](chance) for _ in range(number))


def _lines(name: str) -> list[str]:
    found = [line for file in sorted(_LAYOUTS.glob(name)) for line in file.read_text("utf-8").splitlines()]
    return [line[:200] for line in found if len(re.findall("[\u4e00-\u9fff]", line)) > 4]


_SIMPLIFIED, _TRADITIONAL = _lines("*.txt"), _lines("traditional-script.txt")


def _long(chance: random.Random, lines: list[str]) -> str:
    return "\n".join(chance.choice(lines) for _ in range(chance.randint(2, 30)))


def _short(chance: random.Random, lines: list[str]) -> str:
    line = "".join(chance.choice(lines).split())
    start = chance.randrange(max(len(line) - 12, 1))
    return line[start : start + chance.randint(4, 12)]


def _wide(chance: random.Random, lines: list[str]) -> str:
    """Return rows of full-width letters and digits with few characters between."""
    rows = []
    for number in range(chance.randint(2, 30)):
        digits = "".join(chance.choice("0123456789ABXYZ") for _ in range(chance.randint(6, 20)))
        rows.append(f"{number + 1}.{_short(chance, lines)[:3]}{digits}({2019 + chance.randrange(7)}-{number % 12 + 1})")
    return "\n".join(rows).translate(_WIDE)


def _in(codec: str, write: Callable[..., str], lines: list[str], mark: bytes = b"") -> Callable[..., Encoded]:
    def make(chance: random.Random) -> Encoded:
        text = write(chance, lines).encode(codec, "ignore").decode(codec)
        return Encoded(mark + text.encode(codec), text)

    return make


def _broken(make: Callable[..., Encoded], lost: bool = False) -> Callable[..., Encoded]:
    """Return texts with one byte of a character changed, lost or added; with `lost` always lost."""

    def spoil(chance: random.Random) -> Encoded:
        data, text = make(chance)
        at = chance.choice([place for place, byte in enumerate(data) if byte > 127 and place > 1])
        instead = b"" if lost else chance.choice([bytes([chance.randrange(128, 256)]), b"", data[at : at + 1] * 2])
        return Encoded(data[:at] + instead + data[at + 1 :], text)

    return spoil


def _mixed(chance: random.Random) -> Encoded:
    parts = [_long(chance, _SIMPLIFIED), _long(chance, _SIMPLIFIED)]
    return Encoded(parts[0].encode() + b"\n" + parts[1].encode("gb18030"), "\n".join(parts))


KINDS: dict[str, Callable[[random.Random], Encoded]] = {
    "GBK": _in("gb18030", _long, _SIMPLIFIED),
    "GBK, short": _in("gb18030", _short, _SIMPLIFIED),
    "GBK, full-width": _in("gb18030", _wide, _SIMPLIFIED),
    "GBK, traditional": _in("gb18030", _long, _TRADITIONAL),
    "Big5": _in("cp950", _long, _TRADITIONAL),
    "Big5, short": _in("cp950", _short, _TRADITIONAL),
    "UTF-16LE": _in("utf-16-le", _long, _SIMPLIFIED),
    "UTF-16LE, short": _in("utf-16-le", _short, _SIMPLIFIED),
    "UTF-16BE": _in("utf-16-be", _long, _SIMPLIFIED),
    "UTF-16BE, full-width": _in("utf-16-be", _wide, _SIMPLIFIED),
    "UTF-8 with a mark": _in("utf-8", _long, _SIMPLIFIED, b"\xef\xbb\xbf"),
    "UTF-8, short": _in("utf-8", _short, _SIMPLIFIED),
    "UTF-8, one byte broken": _broken(_in("utf-8", _long, _SIMPLIFIED)),
    "GBK, one byte broken": _broken(_in("gb18030", _long, _SIMPLIFIED)),
    "Big5, one byte broken": _broken(_in("cp950", _long, _TRADITIONAL)),
    "GBK, one byte lost": _broken(_in("gb18030", _long, _SIMPLIFIED), lost=True),
    "Big5, one byte lost": _broken(_in("cp950", _long, _TRADITIONAL), lost=True),
    "UTF-16LE, one byte broken": _broken(_in("utf-16-le", _long, _SIMPLIFIED)),
    "UTF-16 with a mark, one byte broken": _broken(_in("utf-16-le", _long, _SIMPLIFIED, b"\xff\xfe")),
    "half UTF-8, half GBK": _mixed,
    "random bytes": lambda chance: Encoded(chance.randbytes(chance.randint(20, 3000)), ""),
}
