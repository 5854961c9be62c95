"""Getting out of a publication's way what keeps it from running, when somebody asks for it. Nothing is deleted."""

from __future__ import annotations

import os
from collections.abc import Iterator

from rectify.core.language import _
from rectify.release.folder import CURRENT, ReleaseFolder
from rectify.release.obstacles import move_aside, obstacles
from rectify.sources.lock import Locked, take_lock


def mend(target: ReleaseFolder) -> Iterator[str]:
    """Move aside what is of the wrong kind, and the lock of another machine; yield what was done. Raises OSError.

    Where the link to the live release was lost, what was live after the last run is live again.
    """
    for one in obstacles(target.root):
        yield _("{path} 已改名为 {new}", path=one.path, new=move_aside(one.path).name)
    if target.lock.is_file():
        try:
            with take_lock(target.lock):
                pass
        except Locked as other:
            if other.is_elsewhere:
                yield _("{path} 已改名为 {new}", path=target.lock, new=move_aside(target.lock).name)
    if not os.path.lexists(target.root / CURRENT):
        last = target.last()[1:]
        for release in target.releases():
            if [release.id] == last:
                target.switch(release.folder)
                yield _("{link} 重新指向 {release}", link=target.root / CURRENT, release=release.id)
