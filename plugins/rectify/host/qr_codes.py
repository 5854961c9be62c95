"""QR codes of the addresses of pages, as drawings that stand in the page: no request more, and on paper too.

Making a code takes a library most of a millisecond, ten thousand times. With version and mask settled a code is linear
(ISO/IEC 18004: the error correction is a Reed-Solomon code over GF(2⁸), and a mask is added, as is all that does not
depend on the text): where two addresses of one length differ in some bits, their codes differ by what each of these bits
changes. So one code of each length is made, and what a bit changes is made once.
"""

from __future__ import annotations

import re
from functools import lru_cache

import segno
from markupsafe import Markup

_ERROR = "m"
"""A sixth of it may be dirty or torn."""
_MASK = 2
"""Any does; readers find in the code which it is."""
_QUIET = 4
"""Modules of white that the standard asks for around a code."""
_RUN = re.compile("(?<!0)0*1+")


class QrCodes:
    """Draws the codes of addresses that have most of their letters in common."""

    def __init__(self) -> None:
        self._first: dict[int, tuple[bytes, int, int]] = {}
        """By the length of an address, the first of it, its size and its modules."""

    def drawing(self, address: str, label: str) -> Markup:
        """Return the drawing of an address of ASCII characters; `label` says to whoever cannot see it what it is."""
        text = address.encode("ascii")
        if len(text) not in self._first:
            self._first[len(text)] = (text, *_modules(text))
        first, size, code = self._first[len(text)]
        for place, (one, other) in enumerate(zip(first, text)):
            for bit in _bits(one ^ other):
                code ^= _change(len(text), place, bit)
        whole = size + 2 * _QUIET
        return Markup(
            f'<svg class="rf-qr" role="img" aria-label="{{}}" viewBox="0 0 {whole} {whole}">'
            f'<path class="rf-qr__dots" d="{_path(size, code)}"/></svg>'
        ).format(label)


def _bits(number: int) -> list[int]:
    return [bit for bit in range(8) if number >> bit & 1]


@lru_cache(10_000)
def _change(length: int, place: int, bit: int) -> int:
    """Return which modules of a code of so many letters one bit of one letter changes."""
    plain = bytearray(b"0" * length)
    _, before = _modules(bytes(plain))
    plain[place] ^= 1 << bit
    return before ^ _modules(bytes(plain))[1]


@lru_cache(100)
def _modules(text: bytes) -> tuple[int, int]:
    """Return the size of a code and its modules, row by row, as the bits of a number."""
    made = segno.make_qr(text, error=_ERROR, mode="byte", mask=_MASK, boost_error=False)
    rows = ["".join("1" if module else "0" for module in row) for row in made.matrix]
    return len(rows), int("".join(rows), 2)


def _path(size: int, code: int) -> str:
    """Return the path along the dark modules of every row."""
    modules = f"{code:0{size * size}b}"
    rows = (modules[start : start + size] for start in range(0, size * size, size))
    return "".join(
        [
            f"M{_QUIET} {y}.5{''.join(map(_STEPS.__getitem__, _RUN.findall(row)))}"
            for y, row in enumerate(rows, start=_QUIET)
        ]
    )


class _Steps(dict[str, str]):
    """By the light modules and the dark ones after them, the way along them; a few hundred, made when they are first met."""

    def __missing__(self, run: str) -> str:
        dark = run.lstrip("0")
        light = len(run) - len(dark)
        self[run] = f"{f'm{light} 0' if light else ''}h{len(dark)}"
        return self[run]


_STEPS = _Steps()
