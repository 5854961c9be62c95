"""A .txt or .md as an outline: physical lines keep their numbers, and nothing is stripped but the line ends."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

from rectify.core.comments import replace_comments
from rectify.core.finding import Finding, RefusedDocument, found
from rectify.core.language import N_
from rectify.core.soft_breaks import join_lines
from rectify.intake.outline import LIST_LEVEL, Cell, Outline, Paragraph, Row, Table
from rectify.intake.readers.encoding import read_text
from rectify.prose.masks import without_emphasis
from rectify.sources.text import CONTROL

LINES = 300_000
CELLS = 300_000
_BREAKS = re.compile("[\x0b\x0c\x85\u2028\u2029]")
"""Breaks inside a line: an editor goes on counting the same line."""
_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.*)$")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])(?<!\\\|)")
"""A sign that Markdown is told to show as it is; a bar keeps its backslash until the cells of a table are cut."""
_STRUCK = re.compile(
    r"(?<![~\\])~~(?!~)(\S(?:[^~]{0,2000}?\S)?)~~(?!~)|(?i:<(?:s|del|strike)>([^<]{0,2000})</(?:s|del|strike)>)"
)
_BOLD = re.compile(
    r"\*\*(?![\s*])([^*\n]{1,2000}?)(?<!\s)\*\*(?:(?!\w)|(?<=[。：；，！？]\*\*))|(?<!\w)__(?![\s_])([^_\n]{1,2000}?)(?<!\s)__(?!\w)"
)
_LEAD = re.compile(
    r"^(\s*(?:[^*\s]{1,8}[.．、）)]\s*)?)\*\*(?![\s*])([^*\n]{1,2000}?)(?<!\s)\*\*(?:(?!\w)|(?<=[。：；，！？]\*\*))(.*)$"
)
_QUOTED = re.compile(r"^ {0,3}(?:>[ \t]?){1,9}")
"""Before what is set as a quotation, which is text like any other."""
_NOTE = re.compile(r"\[\^[^\]\s]{1,40}\](:\s?)?")
"""The sign of a footnote, and with a colon the note itself."""
_TITLE = re.compile(r"^(?:title|标题)\s*[:：]\s*(\S.*)$")
_BULLET = re.compile(r"^\s{0,12}[-*+]\s{1,4}(?=\S)")
_ITEM = re.compile(r"^([ \t]{0,40})(?:[-*+]|\d{1,3}[.)])[ \t]+\S")
_NUMBER = re.compile(r"^\s*(?:\d{1,3}[.．、)）]|[一二三四五六七八九十]{1,3}[、是]|[（(【])")
_BEGINS = re.compile(rf"{_NUMBER.pattern}|^\s*(?:[-*+>#|~=_]|[\u4e00-\u9fff]{{2,12}}[：:]|$)")
"""How a line begins that is a paragraph of its own."""
_STOPS = "。！？；：…”）】.!?;:\\"
_SHORTEST, _LONGEST = 14, 5000
"""Characters of a line that may have been broken, and of a paragraph that lines are still joined to."""
_EXCERPT = 40
_BAR = re.compile(r"(?<!\\)\|")


def read_plain(data: bytes, path: str, progress: Callable[[int, int], None]) -> Outline:
    """Return the outline of a text file; the ending of its name says whether it is Markdown."""
    text, findings = read_text(data, path)
    lines = text.removesuffix("\n").split("\n")
    if len(lines) > LINES:
        raise RefusedDocument(found("I015", path, found=N_("行"), allowed=LINES))
    if text.count("|") > CELLS:
        raise RefusedDocument(found("I015", path, found=N_("竖线"), allowed=CELLS))
    findings += _clean(lines, path)
    blocks: list[Paragraph | Table] = []
    if path.lower().endswith((".csv", ".tsv")) and (table := _separated(text, path)):
        blocks.append(table)
    elif path.lower().endswith((".md", ".markdown")):
        start = _front_matter(lines)
        if start:
            findings.append(found("I019", path, 1, found=start))
            blocks += _title(lines, start)
        findings += _without_comments(lines, path)
        findings += _without_struck(lines, path)
        findings += _without_notes(lines, path)
        written = lines
        if "*" in text or "__" in text:
            lines = without_emphasis("\n".join(lines)).split("\n")
        blocks += _markdown([_ESCAPE.sub(r"\1", line) for line in lines], written, start)
    else:
        blocks += [p for number, line in enumerate(lines, 1) for p in _paragraphs(line, number)]
    progress(len(lines), len(lines))
    return Outline(path, "text", tuple(blocks), tuple(findings), lines=len(lines))


def _separated(text: str, path: str) -> Table | None:
    """Return the rows of values that commas or tabs part, None where they are too many or no such rows."""
    rows = []
    head = text.partition("\n")[0]
    sign = "\t" if path.lower().endswith(".tsv") else max(",;", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    before = 0
    try:
        for values in reader:
            rows.append(Row(tuple(Cell(CONTROL.sub("", value).strip()) for value in values), before + 1))
            before = reader.line_num
    except csv.Error:
        return None
    return (
        Table(tuple(row for row in rows if any(cell.text for cell in row.cells)))
        if sum(len(row.cells) for row in rows) <= CELLS
        else None
    )


def _clean(lines: list[str], path: str) -> list[Finding]:
    """Take control characters out of the lines; return one finding about them."""
    count = first = 0
    for index, line in enumerate(lines):
        clean = CONTROL.sub("", _BREAKS.sub("\u2028", line))
        if "\u2028" in clean or clean != line:
            lines[index] = clean
            lost = sum(map(len, CONTROL.findall(_BREAKS.sub("", line))))
            count += lost
            first = first or (index + 1 if lost else 0)
    return [found("I018", path, first, found=count)] if count else []


def _without_struck(lines: list[str], path: str) -> list[Finding]:
    """Take struck-out text out of the lines; return one finding for each line that had it."""
    findings = []
    for index, line in enumerate(lines):
        if ("~~" in line or "</" in line) and (struck := "".join(one or other for one, other in _STRUCK.findall(line))):
            findings.append(found("I035", path, index + 1, excerpt=struck[:_EXCERPT]))
            lines[index] = _STRUCK.sub("", line)
    return findings


def _without_comments(lines: list[str], path: str) -> list[Finding]:
    """Take out what a page of Markdown does not show; return one finding for each place."""
    text = "\n".join(lines)
    findings: list[Finding] = []

    def lines_only(match: re.Match[str]) -> str:
        if words := " ".join(match[1].split()):
            line = text.count("\n", 0, match.start()) + 1
            findings.append(found("I027", path, line, found=1, excerpt=words[:_EXCERPT]))
        return "\n" * match[0].count("\n")

    lines[:] = replace_comments(text, lines_only).split("\n")
    return findings


def _without_notes(lines: list[str], path: str) -> list[Finding]:
    """Take the signs of footnotes out of the lines; the notes stay where they stand, which one finding says."""
    noted = [index for index, line in enumerate(lines) if (match := _NOTE.match(line)) and match[1]]
    for index, line in enumerate(lines):
        if "[^" in line:
            lines[index] = _NOTE.sub("", line)
    return [found("I020", path, noted[0] + 1, found=len(noted))] if noted else []


def _paragraphs(line: str, number: int) -> list[Paragraph]:
    return [Paragraph(part, number) for part in line.split("\u2028") if part.strip()]


def _front_matter(lines: list[str]) -> int:
    """Return how many lines a block of front matter takes at the beginning, 0 without one."""
    if lines[0].rstrip() != "---":
        return 0
    return next((index + 1 for index, line in enumerate(lines) if index and line.rstrip() in ("---", "...")), 0)


def _title(lines: list[str], start: int) -> list[Paragraph]:
    """Return the title that the front matter gives to a page that has no heading of the first level."""
    if any(re.match(r"# |=+\s*$", line) for line in lines[start:]):
        return []
    named = ((number, _TITLE.match(line)) for number, line in enumerate(lines[:start], 1))
    return [Paragraph(match[1].strip().strip("\"'"), number, level=1) for number, match in named if match][:1]


def _markdown(lines: list[str], written: list[str], start: int) -> list[Paragraph | Table]:
    blocks: list[Paragraph | Table] = []
    lines, written = ([_QUOTED.sub("", line) for line in some] for some in (lines, written))
    levels = _levels(lines)
    index = start
    while index < len(lines):
        line = lines[index]
        if "|" in line and index + 1 < len(lines) and _is_rule(lines[index + 1]):
            rows = [_row(line, index + 1)]
            index += 2
            while index < len(lines) and "|" in lines[index]:
                rows.append(_row(lines[index], index + 1))
                index += 1
            blocks.append(Table(tuple(rows)))
            continue
        if heading := _HEADING.match(line):
            shown = _BOLD.sub(r"\1\2", _unclosed(heading[2]))
            blocks += [p._replace(level=len(heading[1])) for p in _paragraphs(shown, index + 1)]
        else:
            own = _shown(line, _ESCAPE.sub(r"\1", written[index]), index + 1)
            if index > start and len(own) == 1 and blocks and _goes_on(lines[index - 1], line):
                before = blocks[-1]
                if isinstance(before, Paragraph) and len(before.text) < _LONGEST:
                    own = [before._replace(text=join_lines(f"{before.text.rstrip()}\n{own[0].text.strip()}"))]
                    blocks.pop()
            blocks += [one._replace(level=levels.get(index, one.level)) for one in own]
        index += 1
    return blocks


def _levels(lines: list[str]) -> dict[int, int]:
    """Return the levels of the items of lists that stand over other items, where lists are three deep: aspects, problems, steps."""
    levels: dict[int, int] = {}
    path: list[tuple[int, int]] = []
    deepest = 0
    for index, line in enumerate(lines):
        match = _ITEM.match(line)
        if not match:
            if line.strip() and not line[:1].isspace():
                path.clear()
            continue
        indent = len(match[1].expandtabs(4))
        while path and path[-1][0] >= indent:
            path.pop()
        if path:
            levels[path[-1][1]] = LIST_LEVEL + len(path)
        path.append((indent, index))
        deepest = max(deepest, len(path))
    return levels if deepest > 2 else {}


def _goes_on(before: str, line: str) -> bool:
    """Whether a line of Markdown goes on with the paragraph of the line before: that one stops in the middle of a sentence."""
    if before != before.rstrip() or len(before.strip()) < _SHORTEST or _HEADING.match(before) or "|" in before:
        return False
    if before.endswith(("，", "、")):
        return not _BEGINS.match(line)
    sentence = re.search("[，。；]", before) and not _NUMBER.match(before) and not _BOLD.search(before)
    return bool(sentence) and before[-1] not in _STOPS and not _BEGINS.match(line)


def _shown(line: str, written: str, number: int) -> list[Paragraph]:
    """Return a line of Markdown as it is printed: without the signs of a list with bullets and of bold words.

    As it was `written` says which words are bold: only what was set by an author is taken out of `line`.
    """
    bare = _BULLET.sub("", line)
    first = _LEAD.match(_BULLET.sub("", written))
    paragraphs = _paragraphs(_BOLD.sub(r"\1\2", bare), number)
    lead = (first[1] + first[2]).strip() if first else ""
    if first and paragraphs and paragraphs[0].text.strip().startswith(lead):
        whole = not first[3].strip()
        paragraphs[0] = paragraphs[0]._replace(bold=whole, lead=0 if whole else len(lead))
    return paragraphs


def _is_rule(line: str) -> bool:
    """Return whether a line is the `|---|---|` below the head of a table."""
    return "|" in line and all(
        cell.strip(" \t:").strip("-") == "" and "-" in cell for cell in line.strip().strip("|").split("|")
    )


def _unclosed(heading: str) -> str:
    """Return the text of a heading without the hashes that may close it."""
    text = heading.rstrip().rstrip("#")
    return text.rstrip() if text != heading.rstrip() and (not text or text[-1] in " \t") else heading


def _row(line: str, number: int) -> Row:
    cells = _BAR.split(line.strip().removeprefix("|"))
    if cells and not cells[-1].strip():
        cells.pop()
    return Row(tuple(Cell(cell.strip().replace("\\|", "|")) for cell in cells), number)
