"""What is read of texts in many encodings, some of them damaged: rightly, with a word on it, not at all, or wrongly.

python benchmarks/encodings.py [NUMBER OF TEXTS A KIND]
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from helpers.encoded import KINDS, texts
from rectify.sources.encoding import Undecodable, decode


def outcome(data: bytes, text: str) -> str:
    got = decode(data)
    if isinstance(got, Undecodable):
        return "refused"
    if got.text == text:
        return "right"
    return "told" if got.broken or got.strange else "wrong"


def main(number: int) -> None:
    words = ("right", "told", "refused", "wrong")
    print(f"| kind, {number} texts each | {' | '.join(words)} |\n|---|{'---|' * len(words)}")
    for kind in KINDS:
        count = Counter(outcome(*one) for one in texts(kind, number))
        print(f"| {kind} | {' | '.join(str(count[word]) for word in words)} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
