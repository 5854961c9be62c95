"""A release as a reader can check it: every file against the manifest, every page and count that its data promise."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

from rectify.checks.built_site import BuiltSite
from rectify.core.finding import Finding, found
from rectify.core.history import CHANGE, Broken, parse_history
from rectify.core.language import N_
from rectify.release import manifest as manifests
from rectify.release.chronicle import FILE as HISTORY
from rectify.release.fetching import base_of, fetch
from rectify.release.folder import NOTICE, RECORD, record_of
from rectify.release.modes import wrong_modes
from rectify.release.portal_publishing import PORTAL
from rectify.release.signature import check as check_signature
from rectify.sources.safe_files import read_file

_AT_ONCE = 8


def verify(folder: Path, signers: Path | None = None) -> list[Finding]:
    """Return what is wrong with a release on this machine; raises OSError or ValueError where it has no manifest."""
    manifest = manifests.read_manifest(folder)
    return [
        *_signature(folder, signers),
        *manifests.differences(folder, manifest),
        *wrong_modes(folder),
        *_history(folder),
        *_whole(folder),
    ]


def verify_address(address: str, signers: Path | None = None) -> list[Finding]:
    """Return what is wrong with a release behind a web server; raises OSError or ValueError where it has no manifest.

    Every file is fetched and kept until the check is done, in a temporary folder.
    """
    base = base_of(address)
    with tempfile.TemporaryDirectory(prefix="rectify-") as place:
        folder = Path(place)
        data = fetch(base, manifests.NAME)
        manifest = manifests.parse_manifest(data)
        (folder / manifests.NAME).write_bytes(data)
        if signers:
            with contextlib.suppress(FileNotFoundError):
                (folder / manifests.SIGNATURE).write_bytes(_signature_of(base))
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            missing = [
                finding for finding in pool.map(lambda path: _keep(base, path, folder), sorted(manifest)) if finding
            ]
        lost = {finding.path for finding in missing}
        rest = [finding for finding in manifests.differences(folder, manifest) if finding.path not in lost]
        return [
            *_signature(folder, signers),
            *missing,
            *rest,
            *([] if lost else _whole(folder)),
            *_history(folder),
        ]


def _signature_of(base: str) -> bytes:
    try:
        return fetch(base, manifests.SIGNATURE)
    except HTTPError as error:
        if error.code in (404, 410):
            raise FileNotFoundError from None
        raise


def _signature(folder: Path, signers: Path | None) -> Iterator[Finding]:
    if signers is not None:
        try:
            check_signature(folder / manifests.NAME, folder / manifests.SIGNATURE, signers)
        except FileNotFoundError:
            yield found("R004", manifests.NAME, found=N_("没有签名，公开时没有用 --sign-key，或者签名被删去"))
        except OSError as error:
            yield found("R004", manifests.NAME, found=error)


def _history(folder: Path) -> Iterator[Finding]:
    try:
        history = parse_history(read_file(folder / HISTORY))
    except FileNotFoundError:
        return  # what an older program published, and a notice, has none
    except Broken as line:
        yield found("R008", HISTORY, found=line)
        return
    record = record_of(folder)
    own = [line for line in history.lines if line["event"] == CHANGE and line.get("release") == record.get("id")]
    if [_about(line) for line in own] != [_about(change) for change in record.get("changes", ())]:
        yield found("R009", RECORD)


def _about(change: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(change.get(name, "") for name in ("about", "ref", "kind", "field"))


def _whole(folder: Path) -> list[Finding]:
    record = record_of(folder)
    if record.get(NOTICE) or record.get(PORTAL):  # which are no sites of a register
        return []
    try:
        return BuiltSite(folder).findings()
    except (OSError, ValueError) as error:
        return [found("R005", "data", found=error)]


def _keep(base: str, path: str, folder: Path) -> Finding | None:
    target = folder / path
    if not target.resolve().is_relative_to(folder.resolve()):
        return found("R006", path, found=path)
    try:
        data = fetch(base, path)
    except OSError as error:
        return found("R001", path, excerpt=getattr(error, "reason", error))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    return None
