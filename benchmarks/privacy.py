"""Prints recall and false alarms per 1,000 clean lines of every kind of personal detail, on labelled made-up sentences."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from helpers.privacy_corpus import POSITIVE, clean_lines, positives  # noqa: E402
from rectify.prose import scan  # noqa: E402

SENTENCES = 2_000
CLEAN = 5_000


def kinds(text: str) -> set[str]:
    return {finding.kind for finding in scan([(1, text)], "01.md")}


def main() -> None:
    alarms = Counter(kind for text in clean_lines(CLEAN, seed=2) for kind in kinds(text))
    for kind in POSITIVE:
        missed = [text for text in positives(kind, SENTENCES, seed=2) if kind not in kinds(text)]
        print(f"{kind:22} recall {1 - len(missed) / SENTENCES:.4f}  false alarms {alarms[kind] * 1000 / CLEAN:.2f} in 1,000")
        for text in missed[:3]:
            print(f"    missed: {text}")


if __name__ == "__main__":
    main()
