"""The import of documents, from files to a folder of content: read, understood, reported, written."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from rectify.core.finding import Finding, errors, found
from rectify.core.language import _, _n, listed, name_within
from rectify.core.site_map import REPORTS
from rectify.core.vocabulary import DISCLOSURE_KEYS, RECORDS, nearest
from rectify.intake import accounting, import_report, last_import
from rectify.intake.draft import Draft, files
from rectify.intake.drafting import draft_of
from rectify.intake.merge import Confirm, Plan, plan
from rectify.intake.refused_import import RefusedImport
from rectify.intake.understanding import Progress, Understanding, understand
from rectify.prose import NO_WORDS, OfficeWords
from rectify.sources.configuration import drafts_of
from rectify.sources.safe_files import replace_file, write_folder
from rectify.sources.values import BAD, Values

_DOUBTS = ("C001", "C002", "C003", "C004", "I069")
_SIGNED = [key for key in RECORDS["approval"] if key.name != "form_no"]


class Result(NamedTuple):
    """One disclosure, read from one or several documents."""

    understandings: tuple[Understanding, ...]
    draft: Draft
    settings: dict[str, Any]
    """Values stated besides the documents, which come before what these state."""
    to: Path = Path()
    extra: tuple[Finding, ...] = ()
    state: str = "shown"
    """`shown`, `written`, `updated` or `unchanged`."""
    changed: tuple[str, ...] = ()
    """Names of the files written."""
    to_mend: tuple[Finding, ...] = ()
    """What a check tells of what was written, where nothing else here says it."""

    def data(self) -> dict[str, Any]:
        """Return the report in JSON types: of one document flat, of several with `documents`."""
        parts = [import_report.as_data(one, self.settings) for one in self.understandings]
        head = parts[0] if len(parts) == 1 else {"documents": parts}
        reason = self.understandings[0].draft_reason()
        return head | {
            "written": self.state in ("written", "updated"),
            "refused": False,
            "state": self.state,
            "draft": reason is not None,
            "to": _path(self.to),
            "files": list(self.changed),
            "findings": [one for part in parts for one in part["findings"]]
            + import_report.findings_data([*self.extra, *self.to_mend]),
        }

    @property
    def is_doubtful(self) -> bool:
        """Whether it is written, and a document of it may have other problems or statuses than were read."""
        return self.state != "shown" and any(
            one.rule in _DOUBTS for each in self.understandings for one in each.findings
        )

    def text(self) -> str:
        return "\n\n".join(import_report.as_text(one, self.settings) for one in self.understandings)

    def outcome(self) -> str:
        to, number = self.to, len(self.draft.problems)
        said = {
            "shown": lambda: _n("只作演示，没有写入。将写入 {to}（{number} 个问题）", number, to=to),
            "written": lambda: _n(
                "已写入 {to}：index.md 和 {number} 个问题；报告存为 {report}",
                number,
                to=to,
                report=to / last_import.NAME,
            ),
            "updated": lambda: _("已更新 {to}：{names}", to=to, names=listed(self.changed)),
            "unchanged": lambda: _("{to} 已是最新，没有改动", to=to),
            "declined": lambda: _("没有写入，{to} 保持原样", to=to),
        }[self.state]
        return "\n".join([*import_report.findings_text(self.extra), said(), *import_report.left_to_mend(self.to_mend)])


def read_documents(
    paths: Sequence[Path],
    settings: dict[str, Any],
    progress: Progress | None = None,
    words: OfficeWords = NO_WORDS,
    accepted: bool = True,
) -> Result | RefusedImport:
    """Read files that make one disclosure; refused as a whole where one of them is refused.

    Tracked changes are read as if all were accepted, or none of them.
    """
    understandings = []
    for path in paths:
        understanding, findings = understand(path, progress, settings, words, accepted)
        if understanding is None:
            return RefusedImport(tuple(findings))
        understandings.append(understanding)
    draft = draft_of([one.recognition for one in understandings], settings)
    gone = [one for each in understandings for one in accounting.left_out(each, draft)]
    if understandings[0].draft_reason() is None and "approval" not in settings:
        # No document states its own approval: said once, whatever number of documents the disclosure is read from.
        gone.append(found("S051", understandings[0].outline.name, found=listed(map(name_within, _SIGNED))))
    return Result(tuple(understandings), draft, settings, extra=tuple(gone))


def target_of(result: Result, to: Path) -> Result:
    """Return the result with its place: `to`, or for what is no public text a folder of drafts beside the content."""
    reason = result.understandings[0].draft_reason()
    if reason is None:
        return result._replace(to=to)
    place = to
    if to.parent.name == REPORTS:
        place = drafts_of(to.parent.parent) / to.name
    note = found("I072", result.understandings[0].outline.name, found=reason)
    return result._replace(to=place, extra=(*result.extra, note))


def write(result: Result, update: bool, dry_run: bool, confirm: Confirm) -> Result | RefusedImport:
    """Write the folder, or merge into it; the report is saved with it. Never overwrites, never leaves half a folder."""
    to = result.to
    if to.exists() and not (to.is_dir() and not any(to.iterdir())):
        if not update:
            return RefusedImport((found("I073", str(to)),), to)
        return _update(result, dry_run, confirm)
    if dry_run:
        return result
    texts = files(result.draft)
    done = result._replace(state="written", changed=tuple(texts))
    try:
        write_folder(to, {**texts, last_import.NAME: last_import.saved_text(done.data(), texts)})
    except OSError as error:
        return RefusedImport((found("I109", str(to), found=error.strerror or error),), to, error)
    return done


def settings_from(settings: Sequence[str]) -> tuple[dict[str, Any], str]:
    """Return the values of `字段=值` settings for the report, and what is wrong with them, empty where nothing is."""
    values: dict[str, Any] = {}
    for setting in settings:
        word, equals, text = setting.partition("=")
        key = DISCLOSURE_KEYS.find(word.strip())
        if not equals or key is None:
            close = nearest(word.strip(), DISCLOSURE_KEYS.words())
            hint = _("（是不是“{nearest}”？）", nearest=close) if close else ""
            return {}, _("没有“{word}”这个字段{hint}", word=word, hint=hint)
        reader = Values("--set")
        try:
            written = json.dumps(text, ensure_ascii=False) if "#" in text else text
            node = yaml.compose(f"{key.label}: {written}", yaml.SafeLoader)
        except yaml.YAMLError:  # a colon or a bracket in a text: as it is written, then
            node = yaml.compose(f"{key.label}: {json.dumps(text, ensure_ascii=False)}", yaml.SafeLoader)
        read = reader.mapping(node, DISCLOSURE_KEYS) if isinstance(node, yaml.MappingNode) else {}
        if read.get(key.name) in (BAD, None):
            errors = _("；").join(
                _("{message}，{fix}", message=one.message(), fix=one.fix()) for one in reader.findings
            )
            return {}, f"{word}={text}: {errors}"
        values[key.name] = read[key.name]
    return values, ""


def _path(path: Path | None) -> str | None:
    return None if path is None else path.as_posix()


def _update(result: Result, dry_run: bool, confirm: Confirm) -> Result | RefusedImport:
    """Merge into an existing folder, the difference shown first."""
    merged = plan(result.to, result.draft, last_import.saved_base(result.to), is_document=True)
    if errors(merged.findings):
        return RefusedImport(merged.findings, result.to)
    done = result._replace(
        extra=(*result.extra, *merged.findings), changed=tuple(change.name for change in merged.changes)
    )
    if not merged.changes:
        return done._replace(state="unchanged")
    if not confirm(merged.diff(), dry_run):
        return done._replace(state="shown" if dry_run else "declined")
    return apply(done, merged)


def apply(result: Result, merged: Plan) -> Result | RefusedImport:
    """Write the changes of a plan, and the report with what the next update compares with."""
    try:
        merged.apply()
    except OSError as error:
        return RefusedImport((*merged.findings, found("I106", str(result.to), found=error)), result.to)
    done = result._replace(state="updated")
    replace_file(result.to / last_import.NAME, last_import.saved_text(done.data(), merged.base).encode())
    return done
