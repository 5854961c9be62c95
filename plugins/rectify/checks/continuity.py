"""Continuity with the last publication: nothing that was public vanishes, goes backward or changes without a trace."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from rectify.checks.waivers import is_waived
from rectify.core.course import is_return
from rectify.core.finding import Finding, found
from rectify.core.language import N_, _, name_of
from rectify.core.model import Disclosure, Problem
from rectify.core.register import is_public
from rectify.core.site_map import REPORTS
from rectify.core.transitions import RELAPSED, is_step_back
from rectify.core.vocabulary import DONE, OPEN, STAGES, STATUSES

_LARGEST = 256 * 2**20
"""Bytes of a data file; ten thousand problems take about ten million."""
_SAME = 0.85
"""Similarity from which two titles name one problem."""
_MOST_PAIRS = 40_000
"""Titles compared by likeness within a disclosure; beyond, only equal ones are recognised."""

Record = Mapping[str, Any]


class Previous(NamedTuple):
    """What was public last time."""

    as_of: str
    """ISO date, which the published `overdue` was computed for."""
    problems: Mapping[str, Mapping[str, Record]]
    """By disclosure and reference, each as in `data/problems.json`."""
    disclosures: Mapping[str, Record]
    """By id, as in `data/disclosures.json`; empty where that file is not there."""


def read_previous(place: Path) -> Previous:
    """Return the data of a published site, of its data folder or of a problems.json.

    Raises ValueError with a plain reason when this is not such data.
    """
    if place.is_dir():
        place = next(
            (p for p in (place / "data" / "problems.json", place / "problems.json") if p.is_file()),
            place / "data" / "problems.json",
        )
    data, rows = _rows(
        place, "problems", {"ref": str, "disclosure": str, "title": str, "status": str, "progress": list}
    )
    problems: dict[str, dict[str, Record]] = {}
    for row in rows:
        if row["status"] not in STATUSES.labels() or not all(_is_entry(entry) for entry in row["progress"]):
            raise ValueError(_("{file}：{ref} 的状态或者进展无法识别", file=place.name, ref=row["ref"][:80]))
        problems.setdefault(row["disclosure"], {})[row["ref"]] = row
    beside = place.with_name("disclosures.json")
    disclosures = (
        _rows(beside, "disclosures", {"id": str, "published": str, "as_of": str})[1] if beside.is_file() else []
    )
    return Previous(str(data.get("as_of", "")), problems, {row["id"]: row for row in disclosures})


def _rows(path: Path, name: str, types: Mapping[str, type]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError(_("文件过大"))
        data = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ValueError(f"{path}: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{path.name}: {error}") from None
    rows = data.get(name) if isinstance(data, dict) else None
    if not isinstance(rows, list):
        raise ValueError(_("{file}：不是 rectify 的 {name} 数据", file=path.name, name=name))
    for number, row in enumerate(rows, start=1):
        wrong = [key for key, kind in types.items() if not isinstance(row, dict) or not isinstance(row.get(key), kind)]
        if wrong:
            raise ValueError(_("{file}：第 {entry} 条缺少 {key}", file=path.name, entry=number, key=wrong[0]))
    return data, rows


def _is_entry(entry: object) -> bool:
    return isinstance(entry, dict) and isinstance(entry.get("date"), str) and isinstance(entry.get("text"), str)


def continuity(
    previous: Previous, disclosures: Sequence[Disclosure], problems: Mapping[str, Sequence[Problem]]
) -> list[Finding]:
    """Return what contradicts the last publication, by disclosure; new disclosures and problems are none of it."""
    public = {disclosure.id: disclosure for disclosure in disclosures if is_public(disclosure)}
    findings: list[Finding] = []
    for rid in sorted({*previous.problems, *previous.disclosures}):
        if rid not in public:
            findings.append(found("H002", f"{REPORTS}/{rid}/index.md", found=len(previous.problems.get(rid, ()))))
            continue
        now = {problem.ref: problem for problem in problems.get(rid, ())}
        before = previous.problems.get(rid, {})
        if rid in previous.disclosures:
            findings += [
                one
                for one in _of_disclosure(public[rid], previous.disclosures[rid])
                if not is_waived(one, public[rid].waivers)
            ]
        kept, of_references = _references(before, now)
        findings += of_references
        findings += _counts(public[rid], before, now)
        for ref in kept:
            findings += [
                one
                for one in _of_problem(before[ref], now[ref], previous.as_of)
                if not is_waived(one, (*public[rid].waivers, *now[ref].waivers))
            ]
    return findings


def _of_disclosure(disclosure: Disclosure, before: Record) -> Iterator[Finding]:
    if before["published"] != disclosure.published.isoformat():
        yield found("H010", disclosure.path, found=disclosure.published, allowed=before["published"])
    if disclosure.as_of.isoformat() < before["as_of"]:
        yield found("H011", disclosure.path, found=disclosure.as_of, allowed=before["as_of"])
    if before.get("ended") and not disclosure.ended:
        yield found("H014", disclosure.path, found=before.get("until", ""))


def _references(before: Mapping[str, Record], now: Mapping[str, Problem]) -> tuple[list[str], list[Finding]]:
    """Return the references that stand for the same problem as before, and what is wrong with the others."""
    kept, lost, findings = [], [], []
    for ref, old in before.items():
        new = now.get(ref)
        if new is not None and (old.get("withdrawn") or new.withdrawn or _alike(old["title"], new.title)):
            kept.append(ref)
        elif new is not None or not old.get("withdrawn"):
            lost.append(ref)
        else:
            findings.append(found("H001", _file(ref), excerpt=old["title"]))
    fresh = [problem for ref, problem in now.items() if ref not in kept and not problem.withdrawn]
    by_title: dict[str, list[Problem]] = {}
    for problem in fresh:
        by_title.setdefault(_plain(problem.title), []).append(problem)
    by_likeness = len(lost) * len(fresh) <= _MOST_PAIRS
    moved: set[str] = set()
    for ref in lost:
        old = before[ref]
        equal = by_title.get(_plain(old["title"]), [])
        alike = (problem for problem in fresh if by_likeness and _alike(old["title"], problem.title))
        same = next(
            (problem for problem in chain(equal, alike) if problem.ref != ref and problem.ref not in moved), None
        )
        if same:
            moved.add(same.ref)
            findings.append(found("H003", same.path, excerpt=old["title"], found=same.ref, allowed=ref))
        elif ref not in now:
            findings.append(found("H001", _file(ref), excerpt=old["title"]))
        elif (old.get("lead") or "", old.get("group") or "") != (now[ref].lead, now[ref].group):
            findings.append(found("H004", now[ref].path, found=now[ref].title, allowed=old["title"]))
        else:
            kept.append(ref)
    return kept, findings


def _counts(disclosure: Disclosure, before: Mapping[str, Record], now: Mapping[str, Problem]) -> Iterator[Finding]:
    if len(now) < len(before):
        yield found("H007", disclosure.path, found=N_("总数 {count}", count=len(now)), allowed=len(before))
    done_before = sum(old["status"] in DONE for old in before.values())
    relapsed = sum(
        before[ref]["status"] in DONE and not p.done and _went_back(p) for ref, p in now.items() if ref in before
    )
    done_now = sum(problem.done for problem in now.values())
    if done_now + relapsed < done_before:
        yield found("H007", disclosure.path, found=N_("完成数 {count}", count=done_now), allowed=done_before)


def _of_problem(old: Record, new: Problem, as_of: str) -> Iterator[Finding]:
    if old.get("withdrawn") and not new.withdrawn:
        if not old.get("ended"):  # of a whole disclosure that is told once
            yield found("H013", new.path, found=old["withdrawn"])
        return
    newer = _newer(old, new) or bool(new.withdrawn)
    if is_step_back(old["status"], new.status) and not (_went_back(new) and newer):
        yield found(
            "H006",
            new.path,
            found=name_of(STATUSES[new.status]),
            allowed=name_of(STATUSES[old["status"]]),
        )
    deadline = str(old.get("deadline") or "")
    now = new.deadline.isoformat() if new.deadline else ""
    # A text such as 长期坚持 in place of a date was no promise of a day.
    if deadline[:1].isdigit() and deadline != now and not newer:
        overdue = deadline < as_of and old["status"] in OPEN
        shown = now or N_("（无）")
        if overdue:
            yield found("H009", new.path, found=shown, allowed=deadline)
        else:
            yield found("H008", new.path, found=shown, allowed=deadline)
    if old.get("withdrawn") or new.withdrawn:
        return
    if _plain(old["title"]) != _plain(new.title):
        yield found("H005", new.path, found=new.title, allowed=old["title"])
    kept = {(entry.date.isoformat(), _plain(entry.text)) for entry in new.progress}
    for entry in old["progress"]:
        if (entry["date"], _plain(entry["text"])) not in kept:
            yield found("H012", new.path, found=entry["date"], excerpt=entry["text"][:60])


def _newer(old: Record, new: Problem) -> bool:
    """Return whether there is an entry more: of a later day, or one beside those of the last day, none of which was only reworded."""
    last = max((entry["date"] for entry in old["progress"]), default="")
    said = {(entry.date.isoformat(), _plain(entry.text)) for entry in new.progress if entry.text.strip()}
    known = {_plain(entry["text"]) for entry in old["progress"] if entry["date"] == last}
    return any(day > last for day, _text in said) or len({text for day, text in said if day == last}) > len(known)


def _went_back(problem: Problem) -> bool:
    """Return whether it is said why a problem is less far than it was: a relapse, or the inspecting side returned it."""
    return RELAPSED in problem.flags or any(is_return(STAGES[step.stage]) for step in problem.course)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _alike(one: str, other: str) -> bool:
    one, other = _plain(one)[:400], _plain(other)[:400]
    if one == other:
        return True
    match = SequenceMatcher(None, one, other, autojunk=False)
    return match.real_quick_ratio() >= _SAME and match.quick_ratio() >= _SAME and match.ratio() >= _SAME


def _file(ref: str) -> str:
    return f"{REPORTS}/{ref}.md"
