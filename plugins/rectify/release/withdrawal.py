"""Taking back the text of problems: in the source, in what an import saved, and in everything that was published of it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import NamedTuple

from rectify.core.attachments import public_attachments
from rectify.core.line_ends import unify_line_ends
from rectify.core.model import Withdrawal
from rectify.core.site_map import REPORTS, at
from rectify.core.vocabulary import PROBLEM_KEYS
from rectify.intake import last_import
from rectify.release import manifest as manifests
from rectify.release.chronicle import forget_secret
from rectify.release.folder import NOTICE, Release, ReleaseFolder
from rectify.sources.clock import today
from rectify.sources.edit import CannotEdit, set_value
from rectify.sources.encoding import gb18030_text
from rectify.sources.folder import read_folder
from rectify.sources.safe_files import replace_file
from rectify.sources.write import encode

CHAIN = "chain"
_OVER = ".over"


class Edit(NamedTuple):
    """One file to be written."""

    file: Path
    old: bytes
    new: bytes


def edits(content: Path, problems: Iterable[tuple[str, str]], withdrawal: Withdrawal | None) -> list[Edit]:
    """Return what is to be written to withdraw problems, given as report and number, or, with None, to take that back.

    All else in the files stays byte for byte. Raises CannotEdit with the file's name, OSError.
    """
    result = []
    by_disclosure: dict[str, list[str]] = {}
    for rid, nn in problems:
        file = content / REPORTS / rid / f"{nn}.md"
        by_disclosure.setdefault(rid, []).append(file.name)
        data = file.read_bytes()
        try:
            result.append(Edit(file, data, _set(data, withdrawal)))
        except (CannotEdit, UnicodeDecodeError) as error:
            raise CannotEdit(f"{REPORTS}/{rid}/{file.name}: {error}") from None
    if withdrawal is not None:
        saved = (content / REPORTS / rid / last_import.NAME for rid in by_disclosure)
        result += [
            Edit(file, file.read_bytes(), last_import.without_texts(file.read_bytes(), by_disclosure[file.parent.name]))
            for file in saved
            if file.is_file()
        ]
    return [edit for edit in result if edit.old != edit.new]


def only_theirs(content: Path, rid: str, numbers: Collection[str], withdrawal: Withdrawal) -> list[str]:
    """Return the attachments of a report that leave the site with these problems."""
    folder = read_folder(content, rid)
    if folder.disclosure is None:
        return []
    now = set(public_attachments(folder.disclosure, folder.problems, folder.attachments))
    then = [problem._replace(withdrawn=withdrawal) if problem.nn in numbers else problem for problem in folder.problems]
    return sorted(now - set(public_attachments(folder.disclosure, then, folder.attachments)))


def purge(target: ReleaseFolder, refs: Collection[str], made: Iterable[Path]) -> list[str]:
    """Remove every release but the live one that holds the text of these problems; return their ids.

    `made` are folders of caches and built files, which are removed whole: they can be made again.
    What the chain of hashes needs of a removed release stays in `chain/<id>.json`. Raises OSError where something cannot be removed;
    running it again then goes on.
    """
    live = target.live()
    removed = []
    for release in target.releases():
        if release.folder.resolve() != live and holds_text(release, refs):
            keep_chain(target, release)
            target.remove(release)
            removed.append(release.id)
    for entry in target.releases_folder.glob(".*"):
        shutil.rmtree(entry)
    for folder in made:
        if folder.exists():
            shutil.rmtree(folder)
    return removed


def note_over(target: ReleaseFolder) -> None:
    """Note that older releases hold what the coming one shows no more, for the term of its disclosure is over."""
    replace_file(target.root / _OVER, b"")


def remove_over(target: ReleaseFolder) -> list[str]:
    """Remove the older releases that a run has noted, and what would confirm their texts; return their ids.

    A run that was killed before it had done so is made good by the next one. Raises OSError.
    """
    note = target.root / _OVER
    if not note.exists():
        return []
    removed = purge(target, withdrawn_now(target), ())
    forget_secret(target)
    note.unlink()
    return removed


def live_holds(target: ReleaseFolder, refs: Collection[str]) -> bool:
    """Return whether the text of any of these problems is live."""
    live = target.live()
    return live is not None and any(
        holds_text(release, refs) for release in target.releases() if release.folder.resolve() == live
    )


def withdrawn_now(target: ReleaseFolder) -> set[str]:
    """Return the references of the problems whose text the newest site has withdrawn."""
    sites = [release for release in target.releases() if not release.record.get(NOTICE)]
    try:
        problems = json.loads((sites[-1].folder / at("problem_data", ending="json")).read_bytes())["problems"]
        return {one["ref"] for one in problems if one.get("withdrawn")}
    except (IndexError, OSError, ValueError, KeyError, TypeError, AttributeError):
        return set()


def _set(data: bytes, withdrawal: Withdrawal | None) -> bytes:
    encoding = "utf-8"
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        decoded, encoding = gb18030_text(data), "gb18030"
        if decoded is None:
            raise
        text = decoded
    return encode(set_value(unify_line_ends(text), PROBLEM_KEYS, "withdrawn", withdrawal), data, encoding)


def holds_text(release: Release, refs: Collection[str]) -> bool:
    """Return whether a release shows one of these problems; one that cannot be read is taken to."""
    if release.record.get(NOTICE):
        return False
    try:
        problems = json.loads((release.folder / at("problem_data", ending="json")).read_bytes())["problems"]
        named = {change["ref"] for change in release.record.get("changes", ()) if change.get("title")}
        return any(one["ref"] in refs and not one.get("withdrawn") for one in problems) or bool(named & set(refs))
    except (OSError, ValueError, KeyError, TypeError):
        return True


def keep_chain(target: ReleaseFolder, release: Release) -> None:
    """Save the manifest, whose hash the next release names, and the record but for its changes, which hold titles."""
    record = {key: value for key, value in release.record.items() if key != "changes"}
    try:
        manifest = manifests.read_manifest(release.folder)
    except (OSError, ValueError):
        manifest = {}
    folder = target.root / CHAIN
    folder.mkdir(exist_ok=True)
    data = {"id": release.id, "removed": today().isoformat(), "record": record, "manifest": manifest}
    replace_file(folder / f"{release.id}.json", (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode())
