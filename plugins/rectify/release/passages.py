"""Taking a passage out of the history that is public no more, and out of everything that was published with it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from rectify.core.language import _, listed
from rectify.core.site_map import at
from rectify.release.chronicle import save, settle
from rectify.release.folder import Release, ReleaseFolder
from rectify.release.manifest import files_of
from rectify.release.withdrawal import keep_chain
from rectify.sources.clock import today
from rectify.sources.published_site import record_ids, record_path


class Purged(NamedTuple):
    """What a passage was taken out of."""

    lines: int
    """Of the history; the next publication shows them no more."""
    removed: tuple[str, ...]
    """Earlier releases that had it anywhere."""


def purge_passage(target: ReleaseFolder, passage: str) -> Purged:
    """Take a passage out of the history of a place, and remove the earlier releases that hold it.

    The texts of a line that has it go as a whole. Raises ValueError in a sentence where the passage is still public or the
    history was altered, OSError. The caller holds the target's lock.
    """
    live = target.last_site()
    if live is None:
        raise ValueError(_("{place} 还没有公开过", place=target.root))
    if places := sorted(_public_with(live, passage)):
        raise ValueError(_("这句话现在还公开着（{places}）；先从内容里删去，公开，再运行一次", places=listed(places)))
    history = settle(target)
    chains = {
        chain for chain, change in history.texts() if any(passage in text for text in (change.title, *change[3:5]))
    }
    if chains:
        save(target, history.without_texts(chains, today().isoformat(), live.name))
        target.remember("", live)  # the next run has something to publish, whatever its source
    now = target.live()
    held = [one for one in target.releases() if one.folder.resolve() not in (now, live) and _holds(one, passage)]
    for release in held:
        keep_chain(target, release)
        target.remove(release)
    if chains or held:
        shutil.rmtree(target.work, ignore_errors=True)  # caches, and what the hashes of texts were salted with
    return Purged(len(chains), tuple(one.id for one in held))


def _public_with(live: Path, passage: str) -> Iterator[str]:
    """Yield what of the live site's records has a passage."""
    paths = [*map(record_path, record_ids(files_of(live))), at("page_data")]
    for path in paths:
        if (live / path).is_file() and any(passage in text for text in _texts(json.loads((live / path).read_bytes()))):
            yield path


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)


def _holds(release: Release, passage: str) -> bool:
    """Return whether any file of a release has a passage, as it is or as JSON or a page writes it."""
    written = {
        passage,
        json.dumps(passage, ensure_ascii=False)[1:-1],
        passage.replace("&", "&amp;").replace("<", "&lt;"),
    }
    wanted = [one.encode() for one in written]
    for path in files_of(release.folder):
        data = (release.folder / path).read_bytes()
        if any(one in data for one in wanted):
            return True
    return False
