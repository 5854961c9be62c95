"""Prints recall and false alarms of every kind of private data, on labelled made-up sentences and numbers.

Numbers are counted as found where an error or a warning overlaps them, by kind and by carrier; a false alarm is a line
without anything private in which a kind is reported.
"""

from __future__ import annotations

import sys
from collections import Counter
from operator import attrgetter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from helpers import privacy_frames, private_lines
from helpers.privacy_corpus import POSITIVE, clean_lines, positives
from helpers.private_forms import KINDS, is_found, samples
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


def numbers() -> None:
    drawn = [sample for kind in KINDS for sample in samples(kind, SENTENCES // 4, seed=2)]
    seen = {sample: is_found(sample) for sample in drawn}
    for title, label in (("by kind", attrgetter("kind")), ("by carrier", attrgetter("carrier"))):
        print(f"numbers {title}")
        for name in dict.fromkeys(map(label, drawn)):
            of_it = [seen[sample] for sample in drawn if label(sample) == name]
            print(f"{name:22} recall {sum(of_it) / len(of_it):.4f}  of {len(of_it)}")


def by_hand() -> None:
    print("lines by hand")
    for kind in private_lines.KINDS:
        private, clean = private_lines.lines(kind)
        seen = sum(bool(private_lines.found(kind, line)) for line in private)
        alarms = sum(bool(private_lines.found(kind, line)) for line in clean)
        print(f"{kind:22} recall {seen / len(private):.4f}  of {len(private)}, false alarms {alarms} of {len(clean)}")


def main() -> None:
    print("corpus written with the rules")
    disclosure({kind: list(positives(kind, SENTENCES, seed=2)) for kind in POSITIVE}, list(clean_lines(CLEAN, seed=2)))
    print("frames by another hand, since used for mending the rules")
    frames = privacy_frames.positives
    disclosure(
        {kind: [text for text, _ in frames(kind, SENTENCES, seed=2)] for kind in POSITIVE},
        privacy_frames.clean(CLEAN, seed=2),
    )
    numbers()
    by_hand()


if __name__ == "__main__":
    main()
