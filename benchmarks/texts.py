"""Feeds random hostile texts to everything that a text goes through; prints the worst times, and what failed.

python benchmarks/texts.py [INPUTS] [SEED]
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from helpers.slow_texts import ENDS, FIELDS, HEADS, MARKDOWN, PASSES, PROSE, TookTooLong, converted, cost, repeated

INPUTS = 50_000
SIZES = (300, 1_000, 3_000)
MOST = 60
"""Seconds after which a text is given up."""
_CHUNK = 50
_UNITS = (*MARKDOWN, *PROSE, *FIELDS)
_WORK = {**PASSES, "converter": converted}


class Worst(NamedTuple):
    seconds: float
    text: str


def texts(seed: int, count: int) -> Iterator[str]:
    """Yield texts of one piece or a few, again and again, with something before and behind."""
    chance = random.Random(seed)
    for _ in range(count):
        unit = "".join(chance.choices(_UNITS, k=chance.randint(1, 4)))
        yield repeated(unit, chance.choice(HEADS), chance.choice(ENDS))(chance.choice(SIZES))


def tried(chunk: tuple[int, int]) -> tuple[dict[str, Worst], list[str]]:
    """Return the worst time of each pass for some texts, and what failed."""
    worst: dict[str, Worst] = {}
    failed = []
    for text in texts(*chunk):
        for name, work in _WORK.items():
            try:
                one = Worst(cost(work, text, MOST), text)
            except (Exception, TookTooLong) as error:
                failed.append(f"{name}: {error!r} for {text[:60]!r}, {len(text)} characters")
                continue
            worst[name] = max(one, worst.get(name, one))
    return worst, failed


def main(inputs: int, seed: int) -> int:
    chunks = [(seed + start, min(_CHUNK, inputs - start)) for start in range(0, inputs, _CHUNK)]
    worst: dict[str, Worst] = {}
    failures = 0
    with ProcessPoolExecutor() as pool:
        for ones, failed in pool.map(tried, chunks):
            failures += len(failed)
            for line in failed:
                print(line, flush=True)
            for name, one in ones.items():
                worst[name] = max(one, worst.get(name, one))
    print(f"{inputs} texts of up to {SIZES[-1]} characters, {failures} failures; the worst of each pass:")
    for name, one in sorted(worst.items(), key=lambda item: -item[1].seconds):
        print(f"{one.seconds * 1000:8.0f} ms  {name:22} {one.text[:40]!r}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, [*sys.argv[1:], *map(str, (INPUTS, 1)[len(sys.argv) - 1 :])])))
