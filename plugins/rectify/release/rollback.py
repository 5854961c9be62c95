"""Going back to an earlier release, and seeing to it that what was left behind stays there."""

from __future__ import annotations

from rectify.release.chronicle import settle
from rectify.release.folder import NOTICE, Release, ReleaseFolder
from rectify.release.holding import ASKED, EMERGENCY, ROLLBACK, Hold, add_hold, content_of, drop_holds, holds_of
from rectify.release.withdrawal import holds_text, withdrawn_now


def earlier(target: ReleaseFolder) -> Release | None:
    """Return the release that a rollback leads to where none is named; None where there is none.

    From a notice that is the site in whose place it was put, otherwise the newest earlier site that was public, that nobody has
    taken back and that holds no text withdrawn since.
    Raises ValueError where nobody knows what is held or the history was altered, OSError.
    """
    live = target.live()
    if live is None:
        return None
    taken_back, withdrawn = {hold.release for hold in holds_of(target.root)}, withdrawn_now(target)
    # A run that was killed before the switch leaves a release that nobody ever saw.
    shown = {line.get("release") for line in settle(target).lines}
    kept = [
        one
        for one in target.releases()
        if not one.record.get(NOTICE)
        and one.id in shown
        and one.id not in taken_back
        and not (withdrawn and holds_text(one, withdrawn))
    ]
    behind = target.site_behind(live)
    if behind in kept and behind.folder.resolve() != live:
        return behind
    before = [one for one in kept if one.id < live.name]
    return before[-1] if before else None


def roll_back(target: ReleaseFolder, chosen: Release, why: str = "", until: str = "") -> list[Hold]:
    """Make a release live; every newer site that shows something else is held from now on, this one is not. Returns the new decisions. Raises OSError, ValueError.

    The caller holds the target's lock. Decisions come before the switch: a run that begins in between finds them.
    """
    shown = content_of(chosen.folder)

    def is_wanted(hold: Hold) -> bool:
        same = hold.release == chosen.id or (hold.cause == ROLLBACK and bool(shown) and hold.content == shown)
        return same or hold.cause == EMERGENCY

    settle(target)  # what a killed run has not told yet is told before it is left behind
    held = {hold.release for hold in holds_of(target.root)}
    newer = [one for one in target.releases() if one.id > chosen.id and not one.record.get(NOTICE)]
    left = [
        Hold(0, ROLLBACK, one.id, _source(target, one), content_of(one.folder), why=why, until=until)
        for one in newer
        if one.id not in held
    ]
    made = [add_hold(target.root, hold) for hold in left if not is_wanted(hold)]
    target.switch(chosen.folder)
    drop_holds(target.root, is_wanted)
    target.remember("", chosen.folder)
    settle(target)
    return made


def everything(cause: str = ASKED, why: str = "", until: str = "") -> Hold:
    """Return the decision that nothing is published."""
    return Hold(0, cause, why=why, until=until)


def _source(target: ReleaseFolder, release: Release) -> str:
    commit = str(release.record.get("commit", "")).rstrip("+")
    last = target.last()
    return commit or (last[0] if last[1:] == [release.id] and last[0] != "-" else "")
