"""The report of an import: what was understood, what was not, and every finding, for programs and for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from rectify.core.columns import columns_of, padded
from rectify.core.finding import SEVERITIES, Finding
from rectify.core.language import _, _n, listed, spoken
from rectify.core.model import Period
from rectify.core.vocabulary import DISCLOSURE_KEYS, FLAGS, GENRES, LONG_TERM, STATUSES
from rectify.intake.recognition.consistency import by_group, settle
from rectify.intake.recognition.found import FoundProblem
from rectify.intake.recognition.numbering import read_mark
from rectify.intake.recognition.problems import name_of_group
from rectify.intake.recognition.recognise import Recognition
from rectify.intake.understanding import Understanding
from rectify.prose.figures import counted

NOTHING: Mapping[str, Any] = MappingProxyType({})
_MOST_LINES = 12
"""Line numbers printed for one rule; the saved report has all."""
_MOST_TEXTS = 8
"""Entries of one rule that are printed; of the others only where they are."""


def as_data(understanding: Understanding, settings: Mapping[str, Any] = NOTHING) -> dict[str, Any]:
    """Return the report in JSON types: English keys, dates as ISO text; `settings` come before what the document states."""
    recognition = understanding.recognition
    values = {**recognition.values, **settings}
    genre = GENRES[values.get("genre", recognition.kind.genre)]
    return {
        "file": understanding.outline.name,
        "format": understanding.outline.format,
        "lines": understanding.outline.lines,
        "genre": genre.key,
        "genre_label": spoken().name(genre),
        "publishable": recognition.publishable,
        "title": values.get("title") or None,
        "report": _plain(values),
        "declared": _declared(recognition),
        "counts": _counts(recognition),
        "sections": [section._asdict() for section in recognition.sections],
        "problems": [_problem(problem, recognition.status_of(problem)) for problem in recognition.problems],
        "points": [
            {"problem": index, "title": title, "line": line}
            for index, problem in enumerate(recognition.problems, 1)
            for title, line in problem.points
        ],
        "not_stated": [key.name for key in DISCLOSURE_KEYS.required if key.name not in values],
        "findings": findings_data(understanding.findings),
    }


def findings_data(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """Return findings in JSON types, placeholders and characters with the token found."""
    records = []
    for one in findings:
        records.append(one.record() | ({"token": one.token} if one.token else {}))
    return records


def as_text(understanding: Understanding, settings: Mapping[str, Any] = NOTHING) -> str:
    """Return the report for a terminal: what will be written first, then what to look at, one entry a rule."""
    recognition, outline = understanding.recognition, understanding.outline
    values = {**recognition.values, **settings}
    language = spoken()
    about = _n("{name}（{format}，{number} 行）", outline.lines, name=outline.name, format=outline.format)
    rows = [
        (_("文件"), about),
        (language.name(DISCLOSURE_KEYS["genre"]), language.name(GENRES[values.get("genre", recognition.kind.genre)])),
        (language.name(DISCLOSURE_KEYS["title"]), values.get("title") or _("（无）")),
    ]
    for key in DISCLOSURE_KEYS:
        value = values.get(key.name)
        if value is not None and key.name not in ("title", "genre"):
            rows.append((language.name(key), _short(value)))
    rows.append((_("问题"), _headline(recognition)))
    for heading, number in by_group(recognition.problems).items():
        heading = heading or _("（没有分组）")
        rows.append(("", f"  {heading}  {number}"))
    if recognition.declared is not None:
        axes = _counts(recognition)["axes"]
        stated = _("，").join(f"{axis['label']} {axis['declared']}" for axis in axes)
        agrees = all(axis["agrees"] for axis in axes)
        declared = _("{stated}（一致）", stated=stated) if agrees else _("{stated}（不一致）", stated=stated)
        rows.append((language.name(DISCLOSURE_KEYS["declared"]), declared))
    width = max(columns_of(label) for label, _value in rows)
    lines = [f"{padded(label, width)}  {value}" for label, value in rows]
    return "\n".join([*lines, *findings_text(understanding.findings)])


def findings_text(findings: Sequence[Finding]) -> list[str]:
    """Return the findings for a terminal, errors first, each rule's together: what is told word for word alike is one entry with its lines."""
    lines = []
    for severity, label in SEVERITIES.items():
        rules: dict[str, dict[str, list[Finding]]] = {}
        for one in findings:
            if one.severity == severity:
                rules.setdefault(one.rule, {}).setdefault(one.message(), []).append(one)
        for rule, texts in rules.items():
            lines += _entries(f"{label} {rule}", list(texts.values()))
    return lines


def _entries(head: str, alike: Sequence[list[Finding]]) -> list[str]:
    """Return the entries of one rule, how to mend them once behind those that it is the same for."""
    lines = []
    told = alike if len(alike) <= _MOST_TEXTS + 1 else alike[:_MOST_TEXTS]
    for some, after in zip(told, [*told[1:], None]):
        place = _places(some)
        if len(some) > 1:
            place = _("共 {count} 处，{places}", count=len(some), places=place)
        lines.append(_("{head} {place}：{message}", head=head, place=place, message=some[0].message()))
        if after is None or after[0].fix() != some[0].fix():
            lines.append("    " + _("改法：{fix}", fix=some[0].fix()))
    if others := [one for some in alike[len(told) :] for one in some]:
        lines.append("    " + _("同样的还有：{places}", places=_places(others)))
    return lines


def left_to_mend(findings: Sequence[Finding]) -> list[str]:
    """Return what a check tells of what was written, errors first, each kind below its head."""
    lines = []
    for head, errors_only in ((_("公开之前还要改："), True), (_("公开之前还要核对："), False)):
        some = [one for one in findings if (one.severity == "error") == errors_only]
        lines += [head, *findings_by_rule(some)] if some else []
    return lines


def findings_by_rule(findings: Sequence[Finding]) -> list[str]:
    """Return findings on written files for a terminal: of what is told word for word alike the first, and where the others are."""
    alike: dict[tuple[str, str], list[Finding]] = {}
    texts: dict[str, int] = {}
    for one in findings:
        text = one.message() if texts.get(one.rule, 0) < _MOST_TEXTS else ""
        texts[one.rule] = texts.get(one.rule, 0) + ((one.rule, text) not in alike)
        alike.setdefault((one.rule, text), []).append(one)
    lines = []
    for first, *others in alike.values():
        lines.append(first.text())
        places = [f"{one.path.rpartition('/')[2]}:{one.line}" for one in others]
        if places:
            more = "…" if len(places) > _MOST_LINES else ""
            lines.append("    " + _("同样的还有：{places}", places=f"{listed(places[:_MOST_LINES])}{more}"))
    return lines


def _places(findings: Sequence[Finding]) -> str:
    cells = [str(cell) for one in findings if (cell := dict(one.values).get("key_label"))]
    if len(cells) > 1:
        return f"{listed(cells)}"
    numbers = [str(number) for number in dict.fromkeys(one.line for one in findings) if number]
    if not numbers:
        return findings[0].path
    more = "…" if len(numbers) > _MOST_LINES else ""
    return _n("第 {lines} 行", len(numbers), lines=f"{listed(numbers[:_MOST_LINES])}{more}")


def _headline(recognition: Recognition) -> str:
    by_status = Counter(map(recognition.status_of, recognition.problems))
    parts = [f"{spoken().name(term)} {by_status[term.key]}" for term in STATUSES if by_status[term.key]]
    if by_status[""]:
        parts.append(_("没有写明状态 {count}", count=by_status[""]))
    return _("{count} 个：{parts}", count=len(recognition.problems), parts=_("，").join(parts))


def _problem(problem: FoundProblem, status: str) -> dict[str, Any]:
    return {
        "title": problem.title,
        "group": _group(problem),
        "number": problem.number,
        "status": status or None,
        "status_label": spoken().name(STATUSES[status]) if status else None,
        "status_wording": problem.stated.wording or problem.unknown_status[0],
        "status_source": problem.status_source,
        "flags": [spoken().name(FLAGS[flag]) for flag in problem.flags],
        "lead": problem.lead,
        "units": list(problem.units),
        "owner": problem.owner,
        "deadline": problem.deadline.isoformat()
        if problem.deadline
        else FLAGS[LONG_TERM.key].label
        if problem.open_ended
        else None,
        "measures": len(problem.measures),
        "progress": [_plain(entry._asdict()) for entry in problem.progress],
        "line": problem.line,
        "body_line": problem.body[0].number if problem.body else None,
        "level": problem.form,
        "points": len(problem.points),
    }


def _group(problem: FoundProblem) -> str:
    """Return the heading that a problem stands under without its number, also where it groups nothing."""
    heading, mark = problem.group_heading, read_mark(problem.group_heading)
    bare = heading[mark.length :] if mark else heading
    return problem.group if problem.group and problem.group in heading else name_of_group(bare)


def _declared(recognition: Recognition) -> dict[str, Any] | None:
    masked = [{"line": one.line, "what": one.words, "value": None} for one in recognition.masked]
    declared = recognition.declared
    if declared is None:
        return {"masked": masked} if masked else None
    settled, _ = settle(recognition)
    return {
        "total": declared.total,
        "by_status": {key: part.count for part, key in settled},
        "line": declared.line,
        "wording": {key: part.words for part, key in settled},
        "rate": declared.rate or None,
        **({"masked": masked} if masked else {}),
    }


def _counts(recognition: Recognition) -> dict[str, Any]:
    by_status = Counter(map(recognition.status_of, recognition.problems))
    axes = []
    declared = recognition.declared
    if declared is not None:
        number = len(recognition.problems)
        axes.append(
            {
                "axis": "total",
                "label": _("总数"),
                "declared": declared.total,
                "found": number,
                "agrees": declared.total == number,
            }
        )
        for part, key in settle(recognition)[0]:
            found = by_status[key]
            axes.append(
                {
                    "axis": key,
                    "label": spoken().name(STATUSES[key]),
                    "declared": part.count,
                    "found": found,
                    "agrees": part.count in counted(key, by_status),
                }
            )
    return {
        "problems": len(recognition.problems),
        "by_status": {key or "none": count for key, count in by_status.items()},
        "by_group": by_group(recognition.problems),
        "points": sum(len(problem.points) for problem in recognition.problems),
        "axes": axes,
    }


def _plain(value: Any) -> Any:
    """Return a value of the model in JSON types."""
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "_asdict"):
        return {key: _plain(one) for key, one in value._asdict().items() if one not in ("", None, ())}
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, (tuple, list)) else value


def _short(value: Any) -> str:
    if isinstance(value, Period):
        return _("{start} 至 {end}", start=value.start, end=value.end)
    plain = _plain(value)
    apart = _("；")
    if isinstance(plain, dict):
        return apart.join(str(one) for one in plain.values())
    if isinstance(plain, list):
        return apart.join(" ".join(map(str, one.values())) if isinstance(one, dict) else str(one) for one in plain)
    return str(plain)
