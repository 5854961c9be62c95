"""Labelled values -> the fields of a problem. Shared by headings with labels and by the columns of a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from rectify.core.model import Closeout, Measure, Progress, Step
from rectify.core.numerals import fold_digits
from rectify.core.vocabulary import DONE, FLAGS, LONG_TERM, STATUSES
from rectify.intake.recognition.days import days, deadline
from rectify.intake.recognition.found import Undecided
from rectify.intake.recognition.labels import Labelled
from rectify.intake.recognition.line import Line
from rectify.intake.recognition.numbering import read_mark
from rectify.intake.recognition.runs import runs
from rectify.intake.recognition.table_heads import WHEN_DONE, unbracketed
from rectify.intake.recognition.tree import sentence_end
from rectify.prose.choice import read_choice
from rectify.prose.statuses import (
    Stated,
    bracketed_status,
    closing_status,
    flags_in,
    is_not_done,
    is_plain_no,
    is_plain_yes,
    labelled_status,
    last_sentence,
    last_words,
    opening_status,
    percent_status,
    read_closed,
    told_status,
    unreached,
)

_NAMES = re.compile(r"[、，,；;/／\n]| {2,}|\u3000")
_DATED = re.compile(
    r"\s*(\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|\d{4}[-./]\d{1,2}[-./]\d{1,2})(?:[（(]([^（()）]{2,10})[）)])?\s*+(?:[：:，,]\s*+)?(?=\S)"
)
_SENTENCE = re.compile(r"(?<=[。；])(?=\s*\d{4}年\d{1,2}月\d{1,2}日)")
_BRACKET_AT_END = re.compile(r"[（(【]([^（()）【】]{2,10})[）)】]。?$")
_DAY_BEHIND = re.compile(r"[，,；; （(](\d{4}[年.-][^，。；（()）]{2,12})[）)]?$")
"""正在推进，2025年9月30日"""
_BY = re.compile("[前底末内]")
_LONGEST_STATUS, _LONGEST_RESULT = 16, 14
_ENDS = "。；;，, \u3000"
_CHOSEN = {"status", "closed", "deadline", "flags", "category", "group", "lead", "units", "owner", "progress"}
"""Fields in whose place a form may offer options with boxes."""


def read_fields(labelled: Sequence[Labelled], with_heading: bool = False) -> dict[str, Any]:
    """Return the values of FoundProblem that labels state, `body` being the lines of accounts and targets.

    Below a heading that names the problem, 整改任务 is one of its steps; elsewhere it is the problem.
    """
    values: dict[str, Any] = {"body": (), "read_at": tuple({line.number for one in labelled for line in one.lines})}
    flags: list[str] = []
    planned = any(one.field == "deadline" and one.label not in WHEN_DONE and one.text.strip(_ENDS) for one in labelled)
    for one in labelled:
        cell = text = one.text.strip(_ENDS)
        choice = read_choice(text) if one.field in _CHOSEN else None
        if choice and len(choice.ticked) != 1:
            values["undecided"] = (
                *values.get("undecided", ()),
                Undecided(one.label, text, len(choice.ticked), one.line),
            )
            if one.field in ("status", "closed"):
                values["unknown_status"] = (text, one.line)
            continue
        if choice:
            text = choice.ticked[0]
        if not text:
            continue
        match one.field:
            case "status":
                stated = labelled_status(text)
                if not stated.status:
                    stated = percent_status(text)
                if not stated.status and is_plain_yes(text):
                    stated = Stated("done", text)
                elif not stated.status and is_not_done(text):
                    stated = Stated("ongoing", text)
                if stated.status:
                    values["stated"], values["status_source"] = _as_printed(stated, choice and cell), "label"
                    if (
                        stated.status not in DONE
                        and (match := _DAY_BEHIND.search(text))
                        and (day := deadline(match[1]))
                    ):
                        values.setdefault("deadline", day)
                elif len(text) > _LONGEST_STATUS and re.search("[，。；]", text):
                    # 整改进度：修补坑槽420处，此项完成。 The account stands where its result is looked for.
                    values["body"] += one.lines
                elif not is_plain_no(text):
                    values["unknown_status"] = (text, one.line)
            case "closed":
                if (stated := read_closed(text)).status:
                    values["stated"], values["status_source"] = _as_printed(stated, choice and cell), "label"
                    if stated.status in DONE and (found := days(text)):
                        values["closeout"] = Closeout(found[0].day)
                elif not is_plain_no(text):
                    values["body"] += (Line(f"{one.label}：{text}", one.line),)
            case "lead":
                values["lead"] = text
            case "units":
                values["units"] = (*values.get("units", ()), *names(text))
            case "owner" | "number" | "category":
                values[one.field] = text
            case "group":
                values["category"] = text
            case "deadline" if planned and one.label in WHEN_DONE:
                values["body"] += (Line(f"{one.label}：{text}", one.line),)
            case "deadline":
                # （整改时限：2025年3月31日，已完成）
                before, _, last = text.rpartition("，")
                if before and STATUSES.find(last) and not flags_in(last) and "stated" not in values:
                    values["stated"], values["status_source"], text = labelled_status(last), "label", before
                day = deadline(text)
                flags += [LONG_TERM.key] if text == "长期" else flags_in(text)
                if day:
                    values["deadline"] = day
                    values["deadline_said"] = cell if choice else ""
                elif LONG_TERM.key in flags:
                    values["open_ended"] = True
                elif not flags_in(text):
                    values["deadline_wording"] = text
                if one.label in WHEN_DONE and not flags_in(text) and not _BY.search(text):
                    values["when_done"] = Line(f"{one.label}：{text}", one.line)
            case "flags":
                flags += [flag.key for part in names(text) if (flag := FLAGS.find(part))]
            case "measures":
                values["measures"] = (*values.get("measures", ()), *map(_measure, steps(one.lines)))
            case "progress" if "stated" not in values and _is_status(text):
                values["stated"], values["status_source"] = _as_printed(labelled_status(text), choice and cell), "label"
            case "progress" if "stated" not in values and (is_plain_yes(text) or is_not_done(text)):
                values["stated"] = Stated("done" if is_plain_yes(text) else "ongoing", text)
                values["status_source"] = "label"
            case "progress":
                entries, rest = split_dated(one.lines, sentences=True)
                values["progress"] = (*values.get("progress", ()), *entries)
                values["body"] += tuple(rest)
            case "note" if flags_in(text):
                flags += flags_in(text)
            case "target" | "note" | "date":
                first, *more = one.lines
                values["body"] += (Line(f"{one.label}：{first.text}", first.number), *more)
            case "title" if "任务" in one.label and with_heading:
                values["measures"] = (*values.get("measures", ()), Measure(text, told_status(text).status))
            case "title":
                values.setdefault("title", text)
            case "closeout":
                values["closeout"] = _closeout(text)
            case "application" | "extension" if found := days(text):
                steps_so_far = (*values.get("course", ()), Step(found[0].day, one.field))
                values["course"] = tuple(sorted(steps_so_far, key=lambda step: step.date))
            case "application" | "extension":
                values["body"] += (Line(f"{one.label}：{text}", one.line),)
    values["flags"] = tuple(dict.fromkeys(flags))
    return values


def status_of(values: dict[str, Any], body: Sequence[Line], bracket: Stated, group: Stated) -> dict[str, Any]:
    """Return the values with the status that stands nearest to the problem: its label, its heading, its body, its group."""
    if "stated" in values or values.get("unknown_status"):
        return values
    progress = values.get("progress", ())
    if progress and progress[-1].status:
        stated = Stated(progress[-1].status)
        return values | {"stated": stated, "status_source": "progress"}
    measures = [measure.text for measure in values.get("measures", ())]
    text = "\n".join([*measures, *(line.text for line in body)])
    candidates = [("heading", bracket)]
    candidates += [("body", bracketed_status(line.text)) for line in body[-1:]]
    candidates += [("body", last_sentence(line.text)) for line in body[-1:]]
    candidates += [("body", stated) for line in body[:2] if (stated := opening_status(line.text)).status]
    candidates += [
        ("body", told_status(text)),
        *(("body", last_words(line.text)) for line in body[-1:]),
        ("group", group),
    ]
    candidates += [("body", stated) for line in reversed(body) if (stated := closing_status(line.text)).status]
    candidates += [("progress", closing_status(entry.text)) for entry in progress[-1:]]
    if not body and len(measures) == 1:
        # The account stands under the label of the measures.
        candidates += [("body", closing_status(measures[0]))]
    for source, stated in candidates:
        if stated.status:
            return values | {"stated": stated, "status_source": source}
    last = [(said, line.number) for line in body[-1:] if (said := unreached(line.text))]
    return values | {"unreached": last[0]} if last else values


def _as_printed(stated: Stated, cell: str | None) -> Stated:
    """Return a status with the words of the whole cell that it was ticked in."""
    return stated._replace(wording=cell) if cell else stated


def _is_status(text: str) -> bool:
    """Whether the value of 完成情况： is a status and no account: 已完成; 未完成，达到序时进度; 正在办理（2025年6月底前办结）."""
    word = unbracketed(text)
    short = len(word) <= _LONGEST_RESULT and "。" not in text
    return short and bool(opening_status(word).status and labelled_status(text).status)


def _measure(text: str) -> Measure:
    """Return a measure, its status where one stands in brackets at its end."""
    match = _BRACKET_AT_END.search(text)
    term = STATUSES.find(match[1]) if match else None
    if not match or not term:
        return Measure(text)
    return Measure(text[: match.start()].rstrip() + "。" * match[0].endswith("。"), term.key)


def _closeout(text: str) -> Closeout | None:
    """Return 2024年8月15日，市审计局，清审销〔2024〕41号 as a close-out, or None without a date."""
    found = days(text)
    if not found:
        return None
    rest = [part.strip(_ENDS) for part in re.split("[，,；;]", text[found[0].end :]) if part.strip(_ENDS)]
    doc_no = next((part for part in rest if re.search(r"\d\s*号$", part)), "")
    return Closeout(found[0].day, next((part for part in rest if part != doc_no), ""), doc_no)


def names(text: str) -> tuple[str, ...]:
    """Return the bodies that a list of them names."""
    return tuple(dict.fromkeys(part for name in _NAMES.split(text) if (part := name.strip(_ENDS))))


def steps(lines: Iterable[Line]) -> list[str]:
    """Return the single measures of a text: its paragraphs, its run 一是…二是…, or its numbered sentences."""
    result: list[str] = []
    for line in lines:
        found = runs(line.text)
        if len(found) == 1 and not line.text[: found[0][0].start].strip():
            result += [point.text.rstrip(_ENDS) + "。" for point in found[0]]
            continue
        parts = _numbered(line.text)
        result += parts if len(parts) > 1 else [line.text[read_length(line.text) :].strip()]
    return [part for part in result if part]


def read_length(text: str) -> int:
    mark = read_mark(text)
    return mark.length if mark else 0


def _numbered(text: str) -> list[str]:
    """Return the parts of `1.…；2.…；` or `（1）…（2）…`, numbers rising from 1."""
    cuts: list[tuple[int, int]] = []
    for match in re.finditer(r"(?:^|(?<=[。；;\s]))(?=\d{1,2}[.．、]|[（(]\d{1,2}[）)]|[①-⑳])", text):
        mark = read_mark(text[match.start() :])
        if mark and mark.value == len(cuts) + 1:
            cuts.append((match.start(), mark.length))
    ends = [start for start, _ in cuts[1:]] + [len(text)]
    if not cuts or text[: cuts[0][0]].strip():
        return [text]
    return [text[start + length : end].strip() for (start, length), end in zip(cuts, ends)]


def split_dated(lines: Iterable[Line], sentences: bool) -> tuple[list[Progress], list[Line]]:
    """Return the entries of lines that begin with a full date, oldest first, and the other lines.

    With `sentences`, under a label that announces progress, every sentence that begins with a date is an entry. Without,
    only `2023年8月10日：…` counts: a date before a comma is part of the account.
    """
    entries: list[Progress] = []
    rest: list[Line] = []
    for line in lines:
        text = fold_digits(line.text)
        if not (match := _DATED.match(text)) or not (sentences or match[0].rstrip().endswith(("：", ":"))):
            rest.append(line)
            continue
        for piece in _SENTENCE.split(line.text) if sentences else [line.text]:
            match = _DATED.match(fold_digits(piece))
            found = days(match[1]) if match else []
            if not match or not found:
                rest.append(Line(piece.strip(), line.number))
                continue
            told = piece[match.end() :].strip()
            stated = labelled_status(match[2]) if match[2] else Stated()
            if not stated.status and (head := re.match(r"[【（(]([^【】（()）]{2,10})[】）)]\s*", told)):
                stated = labelled_status(head[1])
                told = told[head.end() :] if stated.status else told
            if not stated.status:
                stated = labelled_status(told[: sentence_end(told)].rstrip("。"))
                stated = stated if STATUSES.find(told[: sentence_end(told)].rstrip("。；")) else Stated()
            entries.append(Progress(found[0].day, told, stated.status))
    return sorted(entries, key=lambda entry: entry.date), rest


def deadline_flags(values: dict[str, Any]) -> tuple[str, ...]:
    """Return the flags of a problem, those that its status implies included."""
    stated = values.get("stated", Stated())
    return tuple(dict.fromkeys((*values.get("flags", ()), *stated.flags)))
