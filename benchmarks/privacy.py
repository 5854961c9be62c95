"""Prints recall and false alarms of every kind of private data, on labelled made-up sentences and numbers.

Numbers are counted as found where an error or a warning overlaps them, by kind and by carrier, and in attachments of each
type; a false alarm is a line without anything private in which one of the kinds is reported in that carrier.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable
from operator import attrgetter
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from helpers import privacy_frames, private_lines
from helpers.attached import jpeg, open_document, pdf, png, repacked, sheet, slides, word, zipped
from helpers.privacy_corpus import POSITIVE, clean_lines, positives
from helpers.private_forms import CARRIERS, KINDS, is_found, samples
from rectify.checks.attachments.attachment import attachment_findings
from rectify.core.family import Family
from rectify.core.finding import Finding
from rectify.prose import examine_text

SENTENCES = 2_000
CLEAN = 5_000
FILES, CLEAN_FILES, LINES = 4, 10, 20
"""Of every kind and type, and how many lines one without anything private has."""
_NOTES = "<w:footnotes xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:footnote><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:footnote></w:footnotes>"


def _cells(text: str) -> bytes:
    return sheet(lambda book: [book.active.append(["", line]) for line in text.split("\n")])


def _comment(text: str) -> bytes:
    return sheet(lambda book: setattr(book.properties, "description", text))


ATTACHED: dict[str, Callable[[str], bytes]] = {
    "docx": lambda text: word(*text.split("\n")),
    "docx properties": lambda text: word(author=text[:200]),
    "docx notes": lambda text: repacked(word(), {"word/footnotes.xml": _NOTES.format(text)}),
    "xlsx": _cells,
    "xlsx properties": _comment,
    "pptx": slides,
    "odt": lambda text: open_document(f"<office:body><office:text><text:p>{text}</text:p></office:text></office:body>"),
    "pdf information": lambda text: pdf(lambda writer: writer.add_metadata({"/Subject": text})),
    "pdf outline": lambda text: pdf(lambda writer: writer.add_outline_item(text, 0)),
    "rtf": lambda text: ("{\\rtf1\\ansi " + "".join(f"\\u{ord(one)}?" for one in text) + "}").encode(),
    "zip": lambda text: zipped({"shuoming.txt": text}),
    "csv": lambda text: "\n".join(f"{number},{line}" for number, line in enumerate(text.split("\n"), 1)).encode(),
    "txt": lambda text: text.encode(),
    "html": lambda text: f"<!doctype html><title>说明</title><p>{text}</p>".encode(),
    "json": lambda text: json.dumps({"备注": text}).encode(),
    "svg": lambda text: f'<svg xmlns="http://www.w3.org/2000/svg"><desc>{text}</desc></svg>'.encode(),
    "jpg": lambda text: jpeg(description=text),
    "png": lambda text: png({"Comment": text}),
}
"""Where a sentence stands in an attachment."""


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


def _is_alarm(finding: Finding) -> bool:
    return finding.kind in POSITIVE


def _is_private(finding: Finding) -> bool:
    return finding.family is Family.PRIVACY and finding.severity in ("error", "warning")


def attachments() -> None:
    print("attachments by type")
    random, clean = Random(2), privacy_frames.clean(CLEAN_FILES * LINES, seed=3)
    drawn = [
        (kind, random.choice(made.frames[:-1]).replace("{}", token), token)
        for kind, made in KINDS.items()
        for token in [made.make(random) for _ in range(FILES)]
    ]
    with TemporaryDirectory() as folder:

        def found(name: str, text: str) -> list[Finding]:
            file = Path(folder) / f"fujian.{name.split()[0]}"
            file.write_bytes(ATTACHED[name](text))
            return [one for one in attachment_findings(file, f"2024-a/files/{file.name}") if _is_private(one)]

        for name in ATTACHED:
            missed = Counter(kind for kind, text, _ in drawn if not found(name, text))
            alarms = sum(
                sum(map(_is_alarm, found(name, "\n".join(clean[at : at + LINES]))))
                for at in range(0, len(clean), LINES)
            )
            print(
                f"{name:22} recall {1 - missed.total() / len(drawn):.4f}  of {len(drawn)}, "
                f"false alarms {alarms * 1000 / len(clean):.2f} in 1,000{f'  missed {dict(missed)}' if missed else ''}"
            )


def _alarms(carrier: str, clean: list[str]) -> int:
    texts = [CARRIERS[carrier]("{}", "备注").replace("{}", line) for line in clean]
    return sum(any(map(_is_alarm, examine_text(list(enumerate(text.split("\n"), 1)), "01.md"))) for text in texts)


def numbers() -> None:
    drawn = [sample for kind in KINDS for sample in samples(kind, SENTENCES // 4, seed=2)]
    clean = privacy_frames.clean(CLEAN // 5, seed=3)
    seen = {sample: is_found(sample) for sample in drawn}
    for title, label in (("by kind", attrgetter("kind")), ("by carrier", attrgetter("carrier"))):
        print(f"numbers {title}")
        for name in dict.fromkeys(map(label, drawn)):
            of_it = [seen[sample] for sample in drawn if label(sample) == name]
            alarms = (
                f", false alarms {_alarms(name, clean) * 1000 / len(clean):.2f} in 1,000" if name in CARRIERS else ""
            )
            print(f"{name:22} recall {sum(of_it) / len(of_it):.4f}  of {len(of_it)}{alarms}")


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
    attachments()
    by_hand()


if __name__ == "__main__":
    main()
