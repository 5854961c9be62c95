"""The report of an import: what was understood, what was not, and every finding, for programs and for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from rectify.core.columns import columns_of, padded
from rectify.core.finding import Finding
from rectify.core.model import Period
from rectify.core.vocabulary import DISCLOSURE_KEYS, FLAGS, GENRES, STATUSES
from rectify.intake.recognition.consistency import by_group, settle
from rectify.intake.recognition.found import FoundProblem
from rectify.intake.recognition.recognise import Recognition
from rectify.intake.understanding import Understanding

_MOST_LINES = 12
"""Line numbers printed for one rule; the saved report has all."""


def as_data(understanding: Understanding, lang: str = "zh") -> dict[str, Any]:
    """Return the report in JSON types: English keys, dates as ISO text."""
    recognition = understanding.recognition
    genre = GENRES[recognition.kind.genre]
    return {
        "file": understanding.outline.name,
        "format": understanding.outline.format,
        "lines": understanding.outline.lines,
        "genre": genre.key,
        "genre_label": genre.label,
        "publishable": recognition.publishable,
        "title": recognition.kind.title or None,
        "report": _plain(recognition.values),
        "declared": _declared(recognition),
        "counts": _counts(recognition),
        "sections": [section._asdict() for section in recognition.sections],
        "problems": [_problem(problem) for problem in recognition.problems],
        "points": [
            {"problem": index, "title": title, "line": line}
            for index, problem in enumerate(recognition.problems, 1)
            for title, line in problem.points
        ],
        "not_stated": [key.name for key in DISCLOSURE_KEYS.required if key.name not in recognition.values],
        "findings": findings_data(understanding.findings, lang),
    }


def findings_data(findings: Sequence[Finding], lang: str) -> list[dict[str, Any]]:
    """Return findings in JSON types, placeholders and characters with the token found."""
    records = []
    for one in findings:
        token = dict(one.values).get("token")
        records.append(one.record(lang) | ({"token": token} if token else {}))
    return records


def as_text(understanding: Understanding, lang: str = "zh") -> str:
    """Return the report for a terminal: what was understood first, then what to look at, one entry a rule."""
    recognition, outline = understanding.recognition, understanding.outline
    zh = lang == "zh"
    genre = GENRES[recognition.kind.genre]
    rows = [
        (
            "文件" if zh else "file",
            f"{outline.name}（{outline.format}，{outline.lines} 行）"
            if zh
            else f"{outline.name} ({outline.format}, {outline.lines} lines)",
        ),
        ("文种" if zh else "genre", genre.label if zh else genre.english),
        ("标题" if zh else "title", recognition.kind.title or ("（无）" if zh else "(none)")),
    ]
    for key in DISCLOSURE_KEYS:
        value = recognition.values.get(key.name)
        if value is not None and key.name not in ("title", "genre"):
            rows.append((key.label if zh else key.english, _short(value, zh)))
    rows.append(("问题" if zh else "problems", _headline(recognition, zh)))
    width = max(columns_of(label) for label, _ in rows)
    lines = [f"{padded(label, width)}  {value}" for label, value in rows]
    for heading, number in by_group(recognition.problems).items():
        lines.append(f"{' ' * width}    {heading or ('（没有分组）' if zh else '(no group)')}  {number}")
    if recognition.declared is not None:
        agrees = all(axis["agrees"] for axis in _counts(recognition)["axes"])
        words = ("一致" if agrees else "不一致") if zh else ("agrees" if agrees else "differs")
        stated = ("，" if zh else ", ").join(
            f"{axis['label' if zh else 'axis']} {axis['declared']}" for axis in _counts(recognition)["axes"]
        )
        label = "公布数" if zh else "declared"
        lines.append(
            f"{padded(label, width)}  {stated}（{words}）"
            if zh
            else f"{label}{' ' * (width - len(label))}  {stated} ({words})"
        )
    return "\n".join([*lines, *findings_text(understanding.findings, lang)])


def findings_text(findings: Sequence[Finding], lang: str = "zh") -> list[str]:
    """Return the findings for a terminal, errors first, one entry a rule with its lines."""
    zh = lang == "zh"
    lines = []
    names = {"error": ("错误", "error"), "warning": ("提醒", "warning"), "note": ("说明", "note")}
    for severity, (label, english) in names.items():
        rules: dict[str, list[Finding]] = {}
        for one in findings:
            if one.severity == severity:
                rules.setdefault(one.rule if len(one.message(lang)) < 200 else f"{one.rule}{one.line}", []).append(one)
        for some in rules.values():
            first = some[0]
            places = _places(some, zh)
            head = f"{label if zh else english} {first.rule}"
            if len(some) > 1:
                lines.append(
                    f"{head} {f'共 {len(some)} 处' if zh else f'{len(some)} times'}，{places}：{first.message(lang)}"
                    if zh
                    else f"{head} {len(some)} times, {places}: {first.message(lang)}"
                )
            else:
                lines.append(
                    f"{head} {places}：{first.message(lang)}" if zh else f"{head} {places}: {first.message(lang)}"
                )
            lines.append(f"    {'改法：' if zh else 'fix: '}{first.fix(lang)}")
    return lines


def _places(findings: Sequence[Finding], zh: bool) -> str:
    numbers = [str(number) for number in dict.fromkeys(one.line for one in findings) if number]
    shown = "、".join(numbers[:_MOST_LINES]) + ("…" if len(numbers) > _MOST_LINES else "")
    if not numbers:
        return findings[0].path
    return f"第 {shown} 行" if zh else f"line {shown.replace('、', ', ')}"


def _headline(recognition: Recognition, zh: bool) -> str:
    by_status = Counter(problem.stated.status for problem in recognition.problems)
    parts = [f"{term.label if zh else term.english} {by_status[term.key]}" for term in STATUSES if by_status[term.key]]
    if by_status[""]:
        parts.append(f"{'没有写明状态' if zh else 'no status'} {by_status['']}")
    number = len(recognition.problems)
    return f"{number} 个：{'，'.join(parts)}" if zh else f"{number}: {', '.join(parts)}"


def _problem(problem: FoundProblem) -> dict[str, Any]:
    status = problem.stated.status
    return {
        "title": problem.title,
        "group": problem.group_heading,
        "number": problem.number,
        "status": status or None,
        "status_label": STATUSES[status].label if status else None,
        "status_wording": problem.stated.wording or problem.unknown_status[0],
        "status_source": problem.status_source,
        "flags": [FLAGS[flag].label for flag in problem.flags],
        "lead": problem.lead,
        "units": list(problem.units),
        "owner": problem.owner,
        "deadline": problem.deadline.isoformat() if problem.deadline else None,
        "measures": len(problem.measures),
        "progress": [_plain(entry._asdict()) for entry in problem.progress],
        "line": problem.line,
        "body_line": problem.body[0].number if problem.body else None,
        "level": problem.form,
        "points": len(problem.points),
    }


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
    by_status = Counter(problem.stated.status for problem in recognition.problems)
    axes = []
    declared = recognition.declared
    if declared is not None:
        number = len(recognition.problems)
        axes.append(
            {
                "axis": "total",
                "label": "总数",
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
                    "label": STATUSES[key].label,
                    "declared": part.count,
                    "found": found,
                    "agrees": part.count == found,
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


def _short(value: Any, zh: bool) -> str:
    if isinstance(value, Period):
        return f"{value.start} {'至' if zh else 'to'} {value.end}"
    plain = _plain(value)
    apart = "；" if zh else "; "
    if isinstance(plain, dict):
        return apart.join(str(one) for one in plain.values())
    if isinstance(plain, list):
        return apart.join(" ".join(map(str, one.values())) if isinstance(one, dict) else str(one) for one in plain)
    return str(plain)
