"""What a form says about one problem -> the edit of its file, and what is wrong with it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from rectify.checks.attachments.cleaning import cleaned
from rectify.checks.repairs import CARRIED
from rectify.core.dated_entry import DatedEntry, Refused, present_status
from rectify.core.finding import Finding
from rectify.core.language import _
from rectify.core.line_ends import unify_line_ends
from rectify.core.model import Closeout, Progress
from rectify.core.site_map import REPORTS
from rectify.core.vocabulary import DISCLOSURE_KEYS, PROBLEM_KEYS, STATUSES, Keys
from rectify.desk.choices import Choice
from rectify.desk.fields import BODY, PROBLEM, day_of, meant, texts_in
from rectify.desk.office import Office
from rectify.desk.reconcile import Clash, reconcile
from rectify.desk.taking_away import TakenAway, taken_away, unwanted, without
from rectify.desk.told import remedy
from rectify.desk.uploads import Upload, placed
from rectify.prose.figures import moved_on
from rectify.sources import front_matter
from rectify.sources.dates import FIRST_YEAR, LAST_YEAR
from rectify.sources.edit import Read, read, set_body, set_value
from rectify.sources.file_edit import Edit, edit_of, text_of
from rectify.sources.safe_files import cache_file
from rectify.sources.write import encode

ENTRY, REASON = "entry", "reason"
WAS = "was-"
"""What the names of entries begin with that are there."""
_FIELD_OF = {"progress": "history", "status": ENTRY, "deadline_wording": "deadline"}
_PLACES = {*PROBLEM.names, ENTRY, "history", BODY}
"""The fields of the form at which something can be said; what belongs to none stands at its top."""
_EXTENDED = "extended"


class Remark(NamedTuple):
    """Something that is wrong at a field."""

    severity: str
    text: str
    fix: str = ""
    excerpt: str = ""


class Draft(NamedTuple):
    """What a form says."""

    edits: tuple[Edit, ...]
    """Nothing where the form says nothing new, or a field of it cannot be read."""
    remarks: dict[str, tuple[Remark, ...]]
    """By field, those of the form itself first."""
    clashes: tuple[Clash, ...]
    """The fields that somebody else has changed in the meantime, in another way."""
    is_readable: bool
    """Whether every field can be read."""
    taken: TakenAway = TakenAway((), ())
    """The attachments that it takes away."""


class Bases:
    """The texts that forms were made from, so that one which lay open for long still says only what was changed in it."""

    def __init__(self, folder: Path):
        self._folder = folder

    def keep(self, text: str) -> str:
        """Return the mark of a text, which is kept."""
        mark = hashlib.sha256(text.encode()).hexdigest()[:32]
        file = self._folder / mark
        if not file.exists():
            self._folder.mkdir(parents=True, exist_ok=True)
            cache_file(file, text.encode())
        return mark

    def get(self, mark: str) -> str | None:
        """Return the text of a mark, None where it is not known any more."""
        if not re.fullmatch("[0-9a-f]{32}", mark):
            return None
        file = self._folder / mark
        return file.read_text("utf-8") if file.is_file() else None


def draft(
    office: Office,
    ref: str,
    base: str,
    posted: Mapping[str, str],
    uploads: Sequence[Upload] = (),
    chosen: Mapping[str, Choice] | None = None,
) -> Draft:
    """Return what a form says that was made from the text `base`, for the file as it is now.

    Raises CannotEdit for a file that is not written so that a program can change it, OSError for one that is not there.
    """
    shown, disclosure = office.file(ref)
    file = office.content / shown
    data = file.read_bytes()
    now, encoding = text_of(data, shown)
    was = read(base, PROBLEM_KEYS)
    says = meant(texts_in(was), posted, was.values)
    remarks: dict[str, list[Remark]] = {name: [*map(remark_of, found)] for name, found in says.findings.items()}
    values, drop = dict(says.values), list(says.drop)
    names = placed(office.content / REPORTS / disclosure, uploads)
    gone = unwanted(posted, was.values)
    for field, reason in (
        *_mended(was, posted, values, gone),
        *_entries(office, ref, was, posted, values, drop, tuple(names)),
    ):
        remarks.setdefault(field, []).append(Remark("error", reason))
    if remarks:
        return Draft((), _frozen(remarks), (), False)
    ours = applied(base, PROBLEM_KEYS, values, drop, says.body)
    merged = reconcile(base, ours, now, PROBLEM_KEYS, chosen) if now != base else None
    after = merged.text if merged else ours
    edits = [Edit(office.content / REPORTS / disclosure / name, f"{REPORTS}/{disclosure}/{name}", b"", one.data, "", "")
             for name, one in names.items()]  # fmt: skip
    if after != now:
        edits.append(Edit(file, shown, data, encode(after, data, encoding), now, after))
    if posted.get("as_of"):
        edits += _as_of(office, ref, values.get("progress", ()))
    taken = taken_away(office, shown, after, was.values, gone) if gone else TakenAway((), ())
    return Draft(tuple(edits), {}, merged.clashes if merged else (), True, taken)


def examined(office: Office, ref: str, made: Draft, content: Path) -> dict[str, tuple[Remark, ...]]:
    """Return by field what the checks say of a problem with these edits, which are made in this content folder.

    The key of what belongs to no field is empty.
    """
    shown, disclosure = office.file(ref)
    checked = office.checked(content, disclosure)
    text = text_of((content / shown).read_bytes(), shown)[0]
    uploaded = {edit.shown: edit.new for edit in made.edits if edit.shown != shown}
    remarks: dict[str, list[Remark]] = {}
    old = next((read(edit.before, PROBLEM_KEYS).values for edit in made.edits if edit.shown == shown), None)
    entries = len((old or read(text, PROBLEM_KEYS).values).get("progress", ()))
    places = _places(text, entries)
    for finding in checked.folder.findings:
        if finding.path == shown and finding.severity != "note":
            field = _field(finding, places)
            remarks.setdefault(field if field in _PLACES else "", []).append(remark_of(finding))
        elif finding.path in uploaded:
            one = remark_of(finding)
            if finding.rule in CARRIED and _cleaned(uploaded[finding.path], finding.path):
                one = one._replace(fix=_("勾上“去掉附件里看不见的信息”就去掉了"))
            remarks.setdefault("files", []).append(one)
    return _frozen(remarks)


def clean(upload: Upload) -> Upload:
    """Return a file without what it carries beside what it shows: where a picture was taken, who wrote a text."""
    return upload._replace(data=_cleaned(upload.data, upload.name) or upload.data)


def _cleaned(data: bytes, name: str) -> bytes | None:
    return cleaned(data, name.rpartition(".")[2].lower())


def was_named(number: int, part: str) -> str:
    """Return what a part of an entry that is there is called in the form, by its place among them."""
    return f"{WAS}{number}-{part}"


def _mended(
    was: Read, posted: Mapping[str, str], values: dict[str, Any], gone: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Put entries that the form words anew, or of another day, or without a file, into the values.

    Yield field and reason for what does not do.

    What they say of the status stays: that it was another one is an entry of its own.
    """
    before: tuple[Progress, ...] = was.values.get("progress", ())
    after = []
    for number, entry in enumerate(before):
        text = unify_line_ends(posted.get(was_named(number, "text"), entry.text)).strip()
        typed = posted.get(was_named(number, "date"), "").strip() or str(entry.date)
        day = day_of(typed)
        if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
            yield "history", _("“{text}”不是日期；写成 2025-09-30", text=typed)
        if not text:
            yield "history", _("请写明做了什么")
        after.append(entry._replace(date=day or entry.date, text=entry.text if text == entry.text.strip() else text))
    if (kept := without(tuple(after), gone)) != before:
        values["progress"] = tuple(sorted(kept, key=lambda entry: entry.date))
    steps = was.values.get("course", ())
    if (taken := without(steps, gone)) != steps:
        values["course"] = taken


def _entries(
    office: Office,
    ref: str,
    was: Read,
    posted: Mapping[str, str],
    values: dict[str, Any],
    drop: list[str],
    files: tuple[str, ...],
) -> list[tuple[str, str]]:
    """Put the entries of a form into the values; return field and reason for what does not do."""
    row = office.row(ref)
    feedback = row.disclosure.feedback if row else None
    present = {**was.values, **values}
    old = present_status(present)
    text, status = posted.get("entry_text", "").strip(), posted.get("entry_status", "") or old
    typed = posted.get("entry_date", "").strip()
    day = day_of(typed) if typed else office.today
    wrong: list[tuple[str, str]] = []
    if day is None:
        return [(ENTRY, _("“{text}”不是日期；写成 2025-09-30", text=typed))]
    if (term := STATUSES.find(status)) is None:
        return [(ENTRY, _("请选择状态"))]
    status = term.key
    flag = ("relapsed",) if posted.get("entry_relapsed") else ()
    closeout = None
    if posted.get("closeout_by", "").strip() or posted.get("closeout_doc", "").strip():
        closeout = Closeout(day, posted.get("closeout_by", "").strip(), posted.get("closeout_doc", "").strip())
    entries = []
    if text:
        entries.append(DatedEntry(status, text, day, flags=flag, closeout=closeout, files=files))
    elif status != old or files or closeout or flag:
        wrong.append((ENTRY, _("请写明做了什么")))
    if values.get("deadline") and was.values.get("deadline") and values["deadline"] != was.values["deadline"]:
        reason = posted.get(REASON, "").strip()
        if not reason:
            wrong.append((REASON, _("改了整改时限，请写明原因")))
        before, after = was.values["deadline"], values["deadline"]
        said = _("整改时限由{before}调整为{after}：{reason}", before=before, after=after, reason=reason)
        longer = (_EXTENDED,) if after > before else ()
        entries.insert(0, DatedEntry(old, said, day, flags=longer))
    for entry in entries:
        if any(
            (one.date, one.text, one.status) == (day, entry.text, entry.status) for one in present.get("progress", ())
        ):
            wrong.append((ENTRY, _("这一天已经登记过同样的进展")))
            break
        try:
            new, gone = entry.changes(present, feedback, office.today)
        except Refused as no:
            wrong.append((ENTRY, str(no)))
            break
        values |= new
        present |= new
        drop += [name for name in gone if name not in values]
        for name in gone:
            present.pop(name, None)
    return wrong


def _as_of(office: Office, ref: str, progress: Sequence[Progress]) -> list[Edit]:
    """Return the edit that lets the disclosure be as of its newest entry, where it is of an earlier day."""
    row = office.row(ref)
    newest = max((entry.date for entry in progress), default=None)
    if row is None or newest is None or newest <= row.disclosure.as_of:
        return []
    path = row.disclosure.path
    return [edit_of(office.content / path, path, moved_on(row.disclosure, newest), DISCLOSURE_KEYS)]


def applied(text: str, keys: Keys, values: Mapping[str, Any], drop: Sequence[str], body: str | None) -> str:
    """Return a source text with these keys set, those taken out, and another body where there is one. Raises CannotEdit."""
    for name, value in values.items():
        text = set_value(text, keys, name, value, values)
    for name in drop:
        text = set_value(text, keys, name, None)
    return text if body is None else set_body(text, body)


def _places(text: str, old_entries: int) -> list[tuple[int, str]]:
    """Return where the fields of a source text begin, by line: each key, the entries that are new, and the body."""
    parsed = front_matter.parse(text, "")
    if parsed.node is None:
        return []
    places = [(parsed.body_line, BODY)]
    for word, value in parsed.node.value:
        key = PROBLEM_KEYS.find(word.value)
        if key:
            places.append((word.start_mark.line + 2, _FIELD_OF.get(key.name, key.name)))
        if key and key.name == "progress" and isinstance(value, yaml.SequenceNode):
            places += [(entry.start_mark.line + 2, ENTRY) for entry in value.value[old_entries:]]
    return sorted(places)


def _field(finding: Finding, places: Sequence[tuple[int, str]]) -> str:
    """Return the field at which a finding stands: that of its line, for a key may have old entries and new ones."""
    return next((name for line, name in reversed(places) if line <= finding.line), "")


def remark_of(finding: Finding) -> Remark:
    """Return a finding as it stands at a field."""
    return Remark(finding.severity, finding.message(), remedy(finding), finding.excerpt)


def _frozen(remarks: Mapping[str, Sequence[Remark]]) -> dict[str, tuple[Remark, ...]]:
    return {name: tuple(some) for name, some in remarks.items()}
