"""A document file -> what was understood of it: the outline, the recognised disclosure and every finding."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import NamedTuple

from rectify.core.finding import Finding, found
from rectify.core.language import N_, Message, name_of
from rectify.core.vocabulary import GENRES
from rectify.intake import readers
from rectify.intake.outline import Outline, Paragraph, Table
from rectify.intake.recognition import consistency
from rectify.intake.recognition.recognise import Recognition, recognise
from rectify.prose import NO_WORDS, OfficeWords, examine_text
from rectify.prose.marks import strip_marks
from rectify.prose.program_words import without_program_words
from rectify.prose.together import settled
from rectify.sources.text import CONFLICT

Progress = Callable[[int, int], None]
_OTHER_EDITION = ("internal_mark",)
"""Marks that say a text is not the public edition."""


class Understanding(NamedTuple):
    outline: Outline
    recognition: Recognition
    findings: tuple[Finding, ...]
    """Everything found, in the order of the document."""

    @property
    def problems(self) -> int:
        return len(self.recognition.problems)

    def draft_reason(self) -> Message | None:
        """Return why the text may not join the public content, or None where it may."""
        if not self.recognition.publishable:
            return N_("文种不是整改公开")
        if marks := [one for one in self.findings if one.kind in _OTHER_EDITION]:
            return N_("带有内部标记“{mark}”", mark=marks[0].excerpt)
        return None


def understand(
    file: Path,
    progress: Progress | None = None,
    given: Collection[str] = (),
    words: OfficeWords = NO_WORDS,
    accepted: bool = True,
) -> tuple[Understanding | None, list[Finding]]:
    """Read and recognise one file. None where it is refused; the findings then say why.

    `given` are keys of the report that are stated besides the document; tracked changes are read as if all were accepted, or none.

    Refused are files that cannot be read, documents with a secrecy mark, and documents that list no problems.
    """
    outline, findings = readers.read(file, progress, accepted)
    if outline is None:
        return None, findings
    name = outline.name
    lines = text_lines(outline)
    findings = [*outline.findings, *examine_text(lines, name, words)]
    if mark := next((line for line in lines if CONFLICT.fullmatch(line[1].strip())), None):
        findings.append(found("S075", name, mark[0], 1, excerpt=mark[1].strip()))
    secret = next((one for one in findings if one.kind == "secrecy_mark"), None)
    if secret is not None:
        return None, [*findings, found("I071", name, secret.line, secret.column, excerpt=secret.excerpt)]
    recognition = recognise(outline, _without_marks(outline))
    unit, *names = (str(recognition.values.get(key, "")) for key in ("unit", "issuer", "title"))
    said = settled(findings, unit, names, (text for _, text in lines))
    found_here = consistency.findings(recognition, name, given, lines)
    findings = sorted([*said, *found_here], key=lambda one: (one.line, one.column))
    if not recognition.problems:
        kind = recognition.kind
        if kind.publishable or not outline.paragraphs():
            return None, [*findings, found("I070", name, kind.title_line)]
        return None, [*findings, found("I068", name, kind.line or kind.title_line, found=name_of(GENRES[kind.genre]))]
    return Understanding(outline, recognition, tuple(findings)), findings


def text_lines(outline: Outline) -> list[tuple[int, str]]:
    """Return every line of a document with its number, table rows as one line each, headers and footers first."""
    lines = [(0, text) for text in outline.margins]
    for block in outline.blocks:
        if isinstance(block, Paragraph):
            lines.append((block.line, block.text))
        elif not block.hidden:
            lines += [(row.line, "\t".join(cell.text for cell in row.cells if not cell.merged)) for row in block.rows]
    return lines


def _without_marks(outline: Outline) -> Sequence[Paragraph | Table]:
    """Return the blocks of an outline without paid-content markers, advertising, marks and words that programs wrote."""
    paragraphs = [block for block in outline.blocks if isinstance(block, Paragraph)]
    kept = iter(strip_marks([(block.line, block.text) for block in paragraphs], outline.name)[0])
    blocks: list[Paragraph | Table] = []
    after = next(kept, None)
    for block in outline.blocks:
        if isinstance(block, Table):
            # What a workbook hides is told and is no part of what it says.
            blocks += [] if block.hidden else [_without_prompts(block)]
        elif after is not None and after[0] == block.line and after[1] in block.text:
            blocks.append(block._replace(text=without_program_words(after[1])))
            after = next(kept, None)
    return blocks


def _without_prompts(table: Table) -> Table:
    rows = [
        row._replace(cells=tuple(cell._replace(text=without_program_words(cell.text)) for cell in row.cells))
        for row in table.rows
    ]
    return table._replace(rows=tuple(rows))
