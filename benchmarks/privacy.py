"""Prints recall and false alarms per 1,000 clean lines of every kind of personal detail, on labelled made-up sentences."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from helpers import privacy_frames
from helpers.privacy_corpus import POSITIVE, clean_lines, positives
from rectify.prose import examine_text

SENTENCES = 2_000
CLEAN = 5_000


def kinds(text: str) -> set[str]:
    return {finding.kind for finding in examine_text([(1, text)], "01.md")}


def disclosure(found: dict[str, list[str]], clean: list[str]) -> None:
    alarms = Counter(kind for text in clean for kind in kinds(text))
    for kind, texts in found.items():
        missed = [text for text in texts if kind not in kinds(text)]
        print(
            f"{kind:22} recall {1 - len(missed) / len(texts):.4f}  false alarms {alarms[kind] * 1000 / len(clean):.2f} in 1,000"
        )
        for text in missed[:3]:
            print(f"    missed: {text}")


def main() -> None:
    print("corpus written with the rules")
    disclosure({kind: list(positives(kind, SENTENCES, seed=2)) for kind in POSITIVE}, list(clean_lines(CLEAN, seed=2)))
    print("frames by another hand, since used for mending the rules")
    frames = privacy_frames.positives
    disclosure(
        {kind: [text for text, _ in frames(kind, SENTENCES, seed=2)] for kind in POSITIVE},
        privacy_frames.clean(CLEAN, seed=2),
    )


if __name__ == "__main__":
    main()
