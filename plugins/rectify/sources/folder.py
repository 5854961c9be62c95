"""One report folder on disk -> its disclosure, its problems and every finding."""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from rectify.core.finding import Finding, found
from rectify.core.language import N_, name_of
from rectify.core.leftovers import is_leftover
from rectify.core.model import Disclosure, Problem
from rectify.core.site_map import REPORTS
from rectify.core.vocabulary import DISCLOSURE_KEYS, PROBLEM_KEYS, STATUSES, Keys, word_of
from rectify.sources import front_matter
from rectify.sources.active import is_active_attachment
from rectify.sources.markup import unconvertible
from rectify.sources.public_text import PublicText, public_text
from rectify.sources.text import lies_inside, read_text
from rectify.sources.values import Values

ID = re.compile("[a-z0-9-]+")
_PROBLEM_FILE = re.compile(r"[0-9]{2,4}\.md\Z")
_OTHER = {"index.md", "files"}

Lines = Mapping[str, Mapping[str, int]]
"""By source file, the line of each top-level key."""


class Folder(NamedTuple):
    """What a report folder holds; `report` is None when its `index.md` cannot be used."""

    id: str
    disclosure: Disclosure | None
    problems: tuple[Problem, ...]
    attachments: tuple[str, ...]
    """Paths of published files, relative to the folder: `files/a.pdf`."""
    findings: tuple[Finding, ...]


def read_folder(content: Path, disclosure_id: str) -> Folder:
    """Read `reports/<report_id>/` below the content folder, in the order of the document."""
    return read_texts(content, disclosure_id)[0]


def read_texts(content: Path, disclosure_id: str) -> tuple[Folder, list[PublicText]]:
    """Read a report folder, with the public text of every file that could be read."""
    folder = content / REPORTS / disclosure_id
    path = f"{REPORTS}/{disclosure_id}"
    findings: list[Finding] = []
    if not ID.fullmatch(disclosure_id):
        findings.append(found("S030", path, found=disclosure_id))
    names = sorted(entry for entry in os.listdir(folder) if not entry.startswith("."))
    problem_names = sorted((n for n in names if _PROBLEM_FILE.match(n)), key=lambda n: (int(n[:-3]), n))
    others = [name for name in names if name not in _OTHER and name not in problem_names]
    findings += [found("A025", f"{path}/{name}", found=name) for name in others if is_leftover(name)]
    findings += [found("S032", f"{path}/{name}", found=name) for name in others if not is_leftover(name)]
    attachments = _attachments(folder, path, content, findings)
    disclosure = None
    texts: list[PublicText] = []
    if "index.md" in names:
        disclosure = _read_disclosure(folder, path, content, findings, texts)
    else:
        findings.append(found("S031", f"{path}/index.md"))
    begun = _begun(disclosure)
    problems = [
        _read_problem(folder, name, path, content, attachments, findings, texts, begun) for name in problem_names
    ]
    present = tuple(p for p in problems if p is not None)
    _check_folder(disclosure, present, problem_names, path, findings, {text.path: text.keys for text in texts})
    return Folder(disclosure_id, disclosure, present, attachments, tuple(findings)), texts


def _read(
    folder: Path,
    name: str,
    path: str,
    content: Path,
    keys: Keys,
    findings: list[Finding],
    texts: list[PublicText],
    begun: date | None = None,
) -> tuple[Values, dict, str] | None:
    """Return a file's reader, values and body, or None when it is not readable at all."""
    file_path = f"{path}/{name}"
    text, problems = read_text(folder / name, file_path, content)
    findings += problems
    if text is None:
        return None
    parsed = front_matter.parse(text, file_path)
    findings += parsed.findings
    findings += unconvertible(parsed.body, file_path, parsed.body_line)
    reader = Values(file_path, begun)
    values = reader.mapping(parsed.node, keys, top=True) if parsed.node is not None else {}
    texts.append(public_text(text, file_path, parsed, keys, reader.lines))
    if parsed.node is None:
        return None
    findings += reader.findings
    return reader, values, parsed.body


def _begun(disclosure: Disclosure | None) -> date | None:
    """Return when the problems were told: a day that does not move, as those of publication and of statuses may."""
    if disclosure is None:
        return None
    return disclosure.feedback or (disclosure.inspected.end if disclosure.inspected else None)


def _read_disclosure(
    folder: Path, path: str, content: Path, findings: list[Finding], texts: list[PublicText]
) -> Disclosure | None:
    read = _read(folder, "index.md", path, content, DISCLOSURE_KEYS, findings, texts)
    if read is None:
        return None
    _reader, values, body = read
    if any(key.name not in values for key in DISCLOSURE_KEYS.required):
        return None
    return Disclosure(**values, id=path.split("/")[1], body=body, path=f"{path}/index.md")


def _read_problem(
    folder: Path,
    name: str,
    path: str,
    content: Path,
    attachments: tuple[str, ...],
    findings: list[Finding],
    texts: list[PublicText],
    begun: date | None,
) -> Problem | None:
    read = _read(folder, name, path, content, PROBLEM_KEYS, findings, texts, begun)
    if read is None:
        return None
    reader, values, body = read
    file_path = f"{path}/{name}"
    line = reader.lines.get("progress", 1)
    _check_entries("progress", values, attachments, file_path, line, findings)
    _check_entries("course", values, attachments, file_path, reader.lines.get("course", 1), findings)
    last = next((entry.status for entry in reversed(values.get("progress", ())) if entry.status), "")
    status = values.setdefault("status", last)
    if not status:
        if not any(f.line == reader.lines.get("status") for f in reader.findings):
            findings.append(found("S038", file_path, reader.lines.get("status", 1), allowed=STATUSES.choice()))
        return None
    if last and status != last:
        status_line = reader.lines.get("status", line)
        findings.append(
            found(
                "S037",
                file_path,
                status_line,
                1,
                word_of(PROBLEM_KEYS["status"]),
                found=name_of(STATUSES[status]),
                allowed=name_of(STATUSES[last]),
            )
        )
    values.setdefault("status_wording", reader.alias_wording)
    values.setdefault("deadline_wording", reader.deadline_wording)
    values["flags"] = tuple(dict.fromkeys((*values.get("flags", ()), *reader.implied_flags)))
    if "title" not in values:
        return None
    return Problem(**values, disclosure=path.split("/")[1], nn=name.removesuffix(".md"), body=body, path=file_path)


def _check_entries(
    name: str, values: dict[str, Any], attachments: tuple[str, ...], path: str, line: int, findings: list[Finding]
) -> None:
    label = word_of(PROBLEM_KEYS[name])
    entries = values.get(name, ())
    for before, after in itertools.pairwise(entries):
        if after.date < before.date:
            findings.append(found("S039", path, line, 1, label, found=after.date, allowed=before.date))
    for file in (file for entry in entries for file in entry.files):
        if file not in attachments:
            findings.append(found("S035", path, line, 1, label, found=file))


def _check_folder(
    disclosure: Disclosure | None,
    problems: tuple[Problem, ...],
    names: list[str],
    path: str,
    findings: list[Finding],
    lines: Lines,
) -> None:
    by_number: dict[int, str] = {}
    for name in names:
        first = by_number.setdefault(int(name[:-3]), name)
        if first != name:
            findings.append(found("S033", f"{path}/{name}", found=f"{path}/{first}", allowed=int(name[:-3])))
    # Below a heading that a group is divided by, which is the category then, numbers may begin again.
    printed: dict[tuple[str, str, str], str] = {}
    for problem in problems:
        if problem.number:
            first = printed.setdefault((problem.group, problem.category, problem.number), problem.path)
            if first != problem.path:
                label = word_of(PROBLEM_KEYS["number"])
                findings.append(
                    found(
                        "S034",
                        problem.path,
                        lines[problem.path]["number"],
                        0,
                        label,
                        found=problem.number,
                        allowed=first,
                    )
                )
    declared = dict(disclosure.declared).get("total") if disclosure else None
    if declared is not None and declared != len(names):
        label = word_of(DISCLOSURE_KEYS["declared"])
        findings.append(
            found(
                "S040",
                f"{path}/index.md",
                lines[f"{path}/index.md"]["declared"],
                0,
                label,
                key_label=N_("总数"),
                found=declared,
                allowed=len(names),
            )
        )


def _attachments(folder: Path, path: str, content: Path, findings: list[Finding]) -> tuple[str, ...]:
    """Return the files below `files/`, sorted; a link that leaves the content folder is an error."""
    result = []
    if not lies_inside(folder / "files", content):
        findings.append(found("S005", f"{path}/files"))
        return ()
    for parent, dirs, names in os.walk(folder / "files"):
        dirs.sort()
        links = [d for d in dirs if os.path.islink(os.path.join(parent, d))]
        for name in sorted(n for n in [*names, *links] if not n.startswith(".")):
            full = Path(parent, name)
            relative = full.relative_to(folder).as_posix()
            if full.is_symlink() and not lies_inside(full, content):
                findings.append(found("S005", f"{path}/{relative}"))
            elif not full.is_file():
                # A pipe, a device, a link to nothing or to a folder: whoever put it there believes that it is published.
                findings.append(found("S007", f"{path}/{relative}", found=N_("不是普通文件")))
            elif is_active_attachment(full):
                findings.append(found("S044", f"{path}/{relative}", found=full.suffix))
            else:
                result.append(relative)
    return tuple(result)
