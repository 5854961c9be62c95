"""A document of a disclosure that is there already: what it says otherwise, problem by problem, and what of that is taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from flask import flash, render_template

from rectify.core.dated_entry import present_status
from rectify.core.finding import Finding, errors
from rectify.core.language import _, _n, spoken
from rectify.core.site_map import REPORTS
from rectify.desk.changed_files import Change, changes_of
from rectify.desk.fields import BODY
from rectify.desk.reconcile import keys_of
from rectify.desk.refusals import sentence_of
from rectify.desk.told import told, told_apart
from rectify.intake import last_import
from rectify.intake.draft import Draft
from rectify.intake.importing import Result
from rectify.intake.merge import Plan, plan
from rectify.sources.edit import read
from rectify.sources.file_edit import Edit, text_of
from rectify.sources.store import key_of

if TYPE_CHECKING:
    from rectify.desk.application import Desk

_INDEX = "index.md"
_NOT_LISTED, _SAID = "I102", ("I101", "I102", "I103", "I104")
"""Rules about what the page shows itself."""
_OWN = ("csrf_token", "shown")
_TAKE, _WHOSE, _AS = "take", "whose", "as"


class Contested(NamedTuple):
    """A field that was changed here and differs in the document."""

    name: str
    label: str
    here: str
    there: str


class Piece(NamedTuple):
    """What a document says otherwise of one file."""

    name: str
    """What its box is called."""
    number: int
    """Which of the problems that were read it is; 0 for the head, and for a problem that the document does not have."""
    ref: str
    title: str
    is_new: bool
    lacks_status: bool
    """Whether the document does not say how far it is."""
    changes: tuple[Change, ...]
    contested: tuple[Contested, ...]
    findings: tuple[Finding, ...]


def revised(desk: Desk, mark: str, name: str, result: Result, rid: str, form: Mapping[str, str]) -> str | None:
    """Return the page of what a document changes in a disclosure, None where that is written now as the page was answered."""
    folder = desk.office.content / REPORTS / rid
    draft = _told_which(result.draft, rid, form)
    base = last_import.saved_base(folder)
    with desk.writing:
        made = plan(folder, draft, base, is_document=True)
        if refused := errors(made.findings):
            return render_template("import.html", wrong=refused, name=name)
        pieces = list(_pieces(made, draft, _numbers(draft, form), rid))
        # What is new comes from the document alone, which does not change behind the page.
        shown = key_of([(one.name, one.new.hex()) for one in made.changes if one.old], made.contested, made.names)
        lacking = [one.number for one in pieces if one.is_new and one.lacks_status]
        if form.get("shown") == shown and not lacking:
            try:
                number = _write(desk, result, draft, made, base, pieces, form)
            except OSError as no:
                flash(_("没有保存：{reason}", reason=sentence_of(no)))
            else:
                flash(_n("已更新 {number} 个问题", number) if number else _("已保存"))
                return None
        elif form.get("shown"):
            flash(_("打开这一页以后有改动，请看过现在的再保存"))
    for place in lacking:
        flash(_("第{place}个：{reason}", place=place, reason=_("请选择状态")))
    listed = {one.name for one in pieces}
    return render_template(
        "revised.html", mark=mark, name=name, rid=rid, pieces=pieces, shown=shown, is_first=base is None, form=form,
        title=_titles(folder).get(_INDEX, rid), posted=[(key, text) for key, text in form.items() if _is_passed_on(key, lacking)],
        unchanged=[file for file in made.names if file and file not in listed and file in _titles(folder)],
        unlisted=_unlisted(folder, made, rid), lacking=lacking, asked=_asked(form),
    )  # fmt: skip


def _numbers(draft: Draft, form: Mapping[str, str]) -> list[int]:
    """Return which of the problems that were read those are that were not dropped."""
    kept = (number for number in count(1) if not form.get(f"drop-{number}"))
    return list(islice(kept, len(draft.problems)))


def _told_which(draft: Draft, rid: str, form: Mapping[str, str]) -> Draft:
    """Return a draft in which the problems are those that the clerk says they are."""
    problems = [
        problem._replace(ref=f"{rid}/{form[key]}") if form.get(key := f"{_AS}-{number}") else problem
        for number, problem in zip(_numbers(draft, form), draft.problems)
    ]
    return draft._replace(problems=tuple(problems))


def _asked(form: Mapping[str, str]) -> dict[int, str]:
    """Return which problem the clerk says that one of the document is, by its place."""
    return {int(key.rpartition("-")[2]): text for key, text in form.items() if key.startswith(f"{_AS}-") and text}


def _is_passed_on(key: str, lacking: Sequence[int]) -> bool:
    """Return whether a field of the form before is part of this one without being shown."""
    own = (*_OWN, *(f"status-{number}" for number in lacking))
    return key not in own and not key.startswith((f"{_TAKE}|", f"{_WHOSE}|", f"{_AS}-"))


def _pieces(made: Plan, draft: Draft, numbers: Sequence[int], rid: str) -> Iterator[Piece]:
    """Yield what differs: the head, the problems in the order of the document, then those that it has no more."""
    changes = {one.name: one for one in made.changes}
    told_of: dict[str, list[Finding]] = {}
    for finding in made.findings:
        if finding.rule not in _SAID:
            told_of.setdefault(Path(finding.path).name, []).append(finding)
    problems = {number: (name, one) for number, name, one in zip(numbers, made.names, draft.problems)}
    numbered = [(0, _INDEX), *((number, name) for number, (name, _one) in problems.items())]
    numbered += [(0, name) for name in sorted({*changes, *told_of} - {_INDEX, *made.names})]
    for number, name in numbered:
        change = changes.get(name)
        file = made.folder / name
        old = file.read_bytes() if name and file.is_file() else None
        path = f"{REPORTS}/{rid}/{name}"
        said_of = problems[number][1] if number else draft
        wanted, body = said_of.values, said_of.body
        contested = tuple(_contested(made, name, old, path, wanted, body)) if old is not None else ()
        findings = tuple(told_of.get(name, ()))
        if not change and not contested and not findings:
            continue
        title = str(wanted.get("title") or "")
        fields: tuple[Change, ...] = ()
        if change:
            fields, title, _status = changes_of(change.old, change.new, path)
        is_new = bool(change) and old is None
        box = f"new-{number}" if is_new else name
        ref = "" if is_new else rid if name == _INDEX else f"{rid}/{name.removesuffix('.md')}"
        title = title or _titles(made.folder).get(name, name)
        lacks = bool(number) and not wanted.get("status")
        yield Piece(box, number, ref, title, is_new, lacks, fields, contested, findings)


def _contested(
    made: Plan, name: str, old: bytes, path: str, wanted: Mapping[str, Any], body: str
) -> Iterator[Contested]:
    one = read(text_of(old, path)[0], keys_of(path))
    for key in [key for file, key in made.contested if file == name]:
        if key == BODY:
            yield Contested(key, _("正文"), one.body.strip(), body.strip())
            continue
        now, new = (values.get(key) for values in (one.values, wanted))
        if key == "status":
            now, new = present_status(one.values), present_status(wanted)
        here, there = told_apart(key, now, new) if key == "progress" else (told(key, now), told(key, new))
        yield Contested(key, spoken().name(keys_of(path)[key]), here, there)


def _titles(folder: Path) -> dict[str, str]:
    """Return what the files of a disclosure are called."""
    titles = {}
    for file in sorted(folder.glob("*.md")):
        path = f"{REPORTS}/{folder.name}/{file.name}"
        one = read(file.read_text("utf-8", "replace"), keys_of(path))
        if "withdrawn" not in one.values:
            titles[file.name] = str(one.values.get("title") or file.stem)
    return titles


def _unlisted(folder: Path, made: Plan, rid: str) -> list[tuple[str, str]]:
    """Return number and title of the problems that the document does not list."""
    titles = _titles(folder)
    names = [Path(one.path).name for one in made.findings if one.rule == _NOT_LISTED]
    return [(name.removesuffix(".md"), titles.get(name, "")) for name in names]


def _write(
    desk: Desk,
    result: Result,
    draft: Draft,
    seen: Plan,
    base: Mapping[str, str] | None,
    pieces: Sequence[Piece],
    form: Mapping[str, str],
) -> int:
    """Write what was taken, and what the next document is compared with; return of how many problems. Raises OSError."""
    left = {one.name for one in pieces if not form.get(f"{_TAKE}|{one.name}")}
    numbered = zip(_numbers(draft, form), draft.problems)
    taken = draft._replace(problems=tuple(one for number, one in numbered if f"new-{number}" not in left))
    decided = [(file, key) for file, key in seen.contested if form.get(f"{_WHOSE}|{file}|{key}") == "there"]
    made = plan(seen.folder, taken, base, decided=decided, is_document=True)
    changes = [one for one in made.changes if one.old is None or one.name not in left]
    # Of what was left as it is the next document is compared with what the last one said, and asks again.
    texts = {name: text for name, text in made.base.items() if name not in left}
    texts |= {name: text for name, text in (base or {}).items() if name in left}
    names = tuple(one.name for one in changes)
    done = result._replace(draft=taken, to=seen.folder, state="updated", changed=names, extra=made.findings)
    edits = [_edit(desk, seen.folder / one.name, one.old, one.new) for one in changes]
    note = seen.folder / last_import.NAME
    data = last_import.saved_text(done.data(), texts).encode()
    edits.append(_edit(desk, note, note.read_bytes() if note.is_file() else None, data))
    desk.journal.write(_("更新 {disclosure}", disclosure=seen.folder.name), edits)
    return sum(name != _INDEX for name in names)


def _edit(desk: Desk, file: Path, old: bytes | None, new: bytes) -> Edit:
    return Edit(file, file.relative_to(desk.office.content).as_posix(), old or b"", new, "", "")
