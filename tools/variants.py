"""Writes plugins/rectify/outputs/variants.txt: characters that stand for one another in simplified and traditional texts, a class a line.

    python tools/variants.py

Drawn from the dictionaries of OpenCC, which the environment of tests has. A class is everything that simplifying or restoring
one character can lead to, so that 里 finds 裏 and 裡, and 干 finds 乾 and 幹.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import opencc

DICTIONARIES = Path(opencc.__file__).parent / "dictionary"
WRITTEN = Path(__file__).resolve().parent.parent / "plugins/rectify/outputs/variants.txt"
PAIRS = ("TSCharacters", "STCharacters", "HKVariants", "TWVariants")
_LAST = "\uffff"
"""What is rarer than that is in no font of an office."""


def main() -> None:
    head: dict[str, str] = {}

    def head_of(char: str) -> str:
        while head.setdefault(char, char) != char:
            char = head[char]
        return char

    for name in PAIRS:
        for line in (DICTIONARIES / f"{name}.txt").read_text("utf-8").splitlines():
            char, _, others = line.partition("\t")
            for other in others.split():
                if max(char, other) <= _LAST and len(char) == len(other) == 1:
                    head[head_of(other)] = head_of(char)
    classes = defaultdict(list)
    for char in sorted(head):
        classes[head_of(char)].append(char)
    lines = sorted("".join(chars) for chars in classes.values() if len(chars) > 1)
    WRITTEN.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
