"""A site that was built, as far as it is compared with another: the records of its disclosures and of its other pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

from rectify.core.changes import Change, Record, changes_of_disclosure, changes_of_site
from rectify.core.plain_json import read_json
from rectify.core.site_map import at
from rectify.core.vocabulary import LONG_TERM
from rectify.sources.safe_files import read_file

_FOLDER, _ENDING = at("disclosure_record", disclosure="\0").split("\0")


def record_path(disclosure_id: str) -> str:
    """Return where a site has the record of a disclosure."""
    return at("disclosure_record", disclosure=disclosure_id)


def record_ids(manifest: Iterable[str]) -> list[str]:
    """Return the disclosures of which a site has the records, given its files."""
    return [path.removeprefix(_FOLDER).removesuffix(_ENDING) for path in manifest if path.startswith(_FOLDER)]


class Side(Protocol):
    """What is compared."""

    def checksums(self) -> Mapping[str, str]:
        """Return the SHA-256 of each disclosure's record, in the order of the site."""

    def record(self, disclosure_id: str) -> Record:
        """Return a disclosure's record."""

    def pages(self) -> Record | None:
        """Return the record of everything else, None where an older program left none."""


class PublishedSite:
    """A site in a folder, with the checksums of its files. Raises OSError or ValueError where it cannot be read."""

    def __init__(self, folder: Path, manifest: Mapping[str, str]):
        self._folder, self._manifest = folder, manifest
        self._old = None if at("page_data") in manifest else dict(self._without_records())

    def checksums(self) -> dict[str, str]:
        if self._old is not None:
            return dict.fromkeys(self._old, "")
        return {rid: self._manifest[record_path(rid)] for rid in record_ids(self._manifest)}

    def record(self, disclosure_id: str) -> Record:
        return self._json(record_path(disclosure_id)) if self._old is None else self._old[disclosure_id]

    def pages(self) -> Record | None:
        return self._json(at("page_data")) if self._old is None else None

    def _json(self, path: str) -> dict[str, Any]:
        return read_json(read_file(self._folder / path))

    def _without_records(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield what a site of an older program tells of each disclosure."""
        problems: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in self._json(at("problem_data", ending="json"))["problems"]:
            problems[row["disclosure"]].append(_as_recorded(row))
        for told in self._json(at("disclosure_data"))["disclosures"]:
            known = {name: told[name] for name in ("id", "title", "unit", "inspector", "published", "as_of")}
            yield told["id"], {**known, "problems": problems[told["id"]]}


def _as_recorded(row: dict[str, Any]) -> dict[str, Any]:
    """Return a problem of the problem data as its record would have it."""
    texts = {"title": "" if row.get("withdrawn") else row["title"]}
    return {**row, **texts, "deadline": "" if row.get("deadline") == LONG_TERM.label else row.get("deadline", "")}


def compare(before: Side, after: Side) -> list[Change]:
    """Return what changed from one site to another: disclosures in the order of the new one, those that are gone, then the rest."""
    old, new = before.checksums(), after.checksums()
    found: list[Change] = []
    for rid in (*new, *(rid for rid in old if rid not in new)):
        if old.get(rid) != new.get(rid) or not new.get(rid):
            found += changes_of_disclosure(
                before.record(rid) if rid in old else None, after.record(rid) if rid in new else None
            )
    pages, new_pages = before.pages(), after.pages()
    return found + (changes_of_site(pages, new_pages) if pages is not None and new_pages is not None else [])
