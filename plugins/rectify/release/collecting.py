"""Collecting the sites of a portal: of each what the portal needs, verified against its manifest, or else what was there before."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Container, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from rectify import __version__
from rectify.core.language import _
from rectify.core.portal import TAKEN, State
from rectify.outputs.collected_site import DISCLOSURES, Unreadable, figures_of, generator_of, parse, records_of
from rectify.release import manifest as manifests
from rectify.release.folder import NOTICE, RECORD
from rectify.release.signature import check as check_signature
from rectify.release.site_source import Read, source_of
from rectify.sources.collection import Collection
from rectify.sources.portal_settings import Listing, PortalSettings
from rectify.sources.program import ProgramError

_AT_ONCE = 8
_SECONDS = 300
"""For one site."""
_FILE, _SITE = 20_000_000, 80_000_000
"""Bytes."""
_RECORDS = 20_000
_READING = Lock()
"""Held while the data of a site are looked into: what they unfold to is in memory once at a time."""
OUR_VERSION = tuple(int(part) for part in __version__.split(".")[:2])


class NotTaken(Exception):
    """A site is not taken: `outcome` says in one word why, the text in a sentence."""

    def __init__(self, outcome: str, reason: str):
        super().__init__(reason)
        self.outcome = outcome


class Collected(NamedTuple):
    """A site as it was read."""

    release: str
    published: str
    manifest: str
    as_of: date
    files: Mapping[str, bytes]


def collect(
    settings: PortalSettings,
    kept: Collection,
    today: date,
    told: Callable[[Listing, State], None],
    seconds: float,
    accepted: Container[str] = (),
    dry: bool = False,
) -> dict[str, State]:
    """Collect every site, several at once; return what became of each, by its key. Raises OSError.

    No site may take longer than `seconds`. The `accepted` are taken as they are now, whatever was collected of them before; `dry` keeps nothing.
    """
    if not dry:
        kept.list(tuple(one.listed for one in settings.sites))

    def one(listing: Listing) -> tuple[Listing, State]:
        key = listing.listed.key
        before = State() if key in accepted else kept.state(key)
        return listing, _collect(listing, before, kept, today, settings.stale_after, min(seconds, _SECONDS), dry)

    states = {}
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for listing, state in pool.map(one, settings.sites):
            states[listing.listed.key] = state
            told(listing, state)
    return states


def _collect(
    listing: Listing, before: State, kept: Collection, today: date, stale_after: int, seconds: float, dry: bool
) -> State:
    key = listing.listed.key
    try:
        found = _read(listing, before, seconds)
    except NotTaken as error:
        since = before.since if before.outcome not in TAKEN and before.since else today.isoformat()
        state = before._replace(outcome=error.outcome, reason=str(error), asked=today.isoformat(), since=since)
        if not dry:
            if error.outcome == "closed":
                state = _figures_alone(key, state, kept)
            kept.note(key, state)
        return state
    is_stale = (today - found.as_of).days > stale_after
    reason = _("数据截至 {date}，已经超过 {days} 天", date=found.as_of, days=stale_after) if is_stale else ""
    day = today.isoformat()
    since = (before.since or day) if is_stale and before.outcome == "stale" else day if is_stale else ""
    outcome = "stale" if is_stale else "good"
    state = State(
        outcome, reason, day, since, day, found.release, found.published, found.as_of.isoformat(), found.manifest
    )
    if not dry:
        kept.keep(key, state, found.files)
    return state


def _figures_alone(key: str, state: State, kept: Collection) -> State:
    """Keep of a site that was closed what counts there were, and no text: what it took away may be what must not be seen."""
    if not state.taken or not state.manifest:
        return state
    shorter = state._replace(manifest=hashlib.sha256(f"closed {state.manifest}".encode()).hexdigest())
    try:
        kept.keep(key, shorter, {DISCLOSURES: kept.file(key, state, DISCLOSURES)})
    except OSError:
        return state._replace(taken="", manifest="")
    return shorter


def _read(listing: Listing, before: State, seconds: float) -> Collected:
    """Return a site; raises NotTaken."""
    # A site that is published while it is read shows files of two releases; the second time it is whole.
    for attempt in (1, 2):
        try:
            return _read_once(listing, before, seconds)
        except NotTaken as error:
            if attempt == 2 or error.outcome != "altered":
                raise
    raise AssertionError


def _read_once(listing: Listing, before: State, seconds: float) -> Collected:
    try:
        read = source_of(listing, seconds)
        data = read(manifests.NAME, _FILE)
    except OSError as error:
        raise NotTaken("away", str(error.strerror or error)) from None
    try:
        manifest = parse(data, manifests.NAME)
        if not isinstance(manifest, dict) or not all(isinstance(value, str) for value in manifest.values()):
            raise Unreadable(manifests.NAME)
    except Unreadable as error:
        raise NotTaken("altered", _("清单读不懂：{where}", where=error)) from None
    if listing.signers:
        _check_signature(data, read, listing.signers)
    digest = hashlib.sha256(data).hexdigest()
    files = _Files(read, manifest)
    record = _record(files)
    if record.get(NOTICE):
        raise NotTaken("closed", _("网站暂停公开，现在只有一页说明"))
    _refuse_older(record, digest, before)
    if DISCLOSURES not in manifest:
        raise NotTaken("other", _("没有 {file}，由别的版本生成", file=DISCLOSURES))
    paths = records_of(manifest)
    if len(paths) > _RECORDS:
        raise NotTaken("altered", _("通报超过 {limit} 份", limit=_RECORDS))
    try:
        disclosures = files.get(DISCLOSURES)
        if (version := generator_of(disclosures)) != OUR_VERSION:
            theirs, ours = (".".join(map(str, one)) for one in (version, OUR_VERSION))
            raise NotTaken("other", _("由 rectify {theirs} 生成，门户是 {ours}", theirs=theirs, ours=ours))
        records = {path: files.get(path) for path in paths}
        # What is as it was collected needs no second look inside.
        if digest == before.manifest and before.as_of:
            as_of = date.fromisoformat(before.as_of)
        else:
            with _READING:
                as_of = figures_of(disclosures, records).as_of
    except Unreadable as error:
        raise NotTaken("altered", _("数据自相矛盾或者不合规范：{where}", where=error)) from None
    return Collected(str(record["id"]), str(record["published"]), digest, as_of, files.all | {manifests.NAME: data})


class _Files:
    """The files of one site, each as its manifest says, all of them not larger than agreed."""

    def __init__(self, read: Read, manifest: Mapping[str, str]):
        self._read, self._manifest = read, manifest
        self._left = _SITE
        self.all: dict[str, bytes] = {}

    def get(self, path: str) -> bytes:
        """Return a file; raises NotTaken where the site has it not, or another one."""
        if path not in self._manifest:
            raise NotTaken("altered", _("清单里没有 {file}", file=path))
        try:
            data = self._read(path, min(_FILE, self._left))
        except FileNotFoundError:
            raise NotTaken("altered", _("清单里的 {file} 没有了", file=path)) from None
        except OSError as error:
            raise NotTaken("away", str(error.strerror or error)) from None
        if hashlib.sha256(data).hexdigest() != self._manifest[path]:
            raise NotTaken("altered", _("{file} 与清单不符", file=path))
        self._left -= len(data)
        self.all[path] = data
        return data


def _check_signature(manifest: bytes, read: Read, signers: Path) -> None:
    try:
        with tempfile.TemporaryDirectory(prefix="rectify-") as place:
            file = Path(place, manifests.NAME)
            file.write_bytes(manifest)
            signature = Path(place, manifests.SIGNATURE)
            signature.write_bytes(read(manifests.SIGNATURE, 100_000))
            check_signature(file, signature, signers)
    except FileNotFoundError:
        raise NotTaken("altered", _("清单没有签名")) from None
    except (OSError, ProgramError) as error:
        raise NotTaken("altered", _("清单的签名不对：{error}", error=str(error).splitlines()[-1])) from None


def _record(files: _Files) -> dict[str, Any]:
    """Return what a site says of its release; raises NotTaken."""
    try:
        record = parse(files.get(RECORD), RECORD)
        if not isinstance(record, dict):
            raise Unreadable(RECORD)
        if not record.get(NOTICE):
            number, _dash, _rest = str(record.get("id")).partition("-")
            if not (number.isascii() and number.isdigit() and len(number) <= 9):
                raise Unreadable(f"{RECORD}: id")
            date.fromisoformat(str(record.get("published")))
    except ValueError as error:
        raise NotTaken("altered", _("数据自相矛盾或者不合规范：{where}", where=error)) from None
    return record


def _refuse_older(record: Mapping[str, Any], digest: str, before: State) -> None:
    """Raise NotTaken where a site went back behind what was collected of it, or has another release by the same number."""
    if not before.release or not before.taken or before.outcome == "closed":
        return
    here, there = (int(one.partition("-")[0]) for one in (str(record["id"]), before.release))
    if here < there:
        told = _("现在是 {release}，上次取得的是 {before}", release=record["id"], before=before.release)
        raise NotTaken("older", told)
    if here == there and digest != before.manifest and record["id"] == before.release:
        raise NotTaken("altered", _("{release} 的内容与上次取得的不同", release=record["id"]))
