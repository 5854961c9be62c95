"""Feeds random hostile texts to everything that a text goes through, in a page and in files; prints the worst times, and what failed.

python benchmarks/texts.py [--inputs 50000] [--seed 1] [--processes 2]

Each text goes through every pass over a text, and through one form of file after the other.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from helpers.slow_files import FILE_PASSES
from helpers.slow_texts import ENDS, FIELDS, HEADS, MARKDOWN, PASSES, PROSE, TookTooLong, converted, cost, repeated

SIZES = (200, 500, 1_500)
"""Characters. How times grow from these on is what the tests measure."""
MOST = 60
"""Seconds after which a text is given up."""
_CHUNK = 50
_UNITS = (*MARKDOWN, *PROSE, *FIELDS)
_WORK = {**PASSES, "converter": converted}
_FILES = list(FILE_PASSES.items())


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
    for number, text in enumerate(texts(*chunk), chunk[0]):
        for name, work in (*_WORK.items(), _FILES[number % len(_FILES)]):
            try:
                one = Worst(cost(work, text, MOST), text)
            except (Exception, TookTooLong) as error:
                failed.append(f"{name}: {error!r} for {text[:60]!r}, {len(text)} characters")
                continue
            worst[name] = max(one, worst.get(name, one))
    return worst, failed


def main(inputs: int, seed: int, processes: int) -> int:
    chunks = [(seed + start, min(_CHUNK, inputs - start)) for start in range(0, inputs, _CHUNK)]
    worst: dict[str, Worst] = {}
    failures = done = 0
    with ProcessPoolExecutor(processes) as pool:
        for chunk, (ones, failed) in zip(chunks, pool.map(tried, chunks), strict=True):
            done += chunk[1]
            failures += len(failed)
            for line in failed:
                print(line, flush=True)
            for name, one in ones.items():
                worst[name] = max(one, worst.get(name, one))
            print(f"\r{done} of {inputs}", end="", file=sys.stderr, flush=True)
    print(f"\n{inputs} texts of up to {SIZES[-1]} characters, {failures} failures; the worst of each pass:")
    for name, one in sorted(worst.items(), key=lambda item: -item[1].seconds):
        print(f"{one.seconds * 1000:8.0f} ms  {name:22} {one.text[:40]!r}")
    return 1 if failures else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--inputs", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int)
    sys.exit(main(**vars(parser.parse_args())))
