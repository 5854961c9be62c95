"""The verdict of a publication on a site that was built, before it takes the place of the one before."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from rectify.checks.built_files import Looker
from rectify.checks.built_site import check_site
from rectify.checks.changed_part import ChangedPart, Vouched, conditions_of
from rectify.checks.frame import NO_FRAME, read_frame
from rectify.checks.leaks import needles_of
from rectify.core.language import _n
from rectify.host.cluster.rendering import Lookout
from rectify.host.guest import GuestShell
from rectify.host.pieces import Last, Workshop
from rectify.host.reading import Reading
from rectify.host.shell import Shell
from rectify.sources.last_build import Signature
from rectify.sources.store import Store

VERIFY = "RECTIFY_VERIFY"
"""The variable by which `rectify build` wants the verdict of a publication, on the content and on what was built.

It holds the checksum of what the site is built from, or a dash where that cannot be told.
"""


class Verdict:
    """Looks at what is made while it is made, then at the whole."""

    def __init__(self, content: Path, reading: Reading, shell: Shell, scripts: frozenset[str], is_said: bool):
        """`scripts` are those of the theme that may stand in a page; `is_said` as for a `Looker`."""
        self._content, self._reading, self._shell, self._scripts = content, reading, shell, scripts
        self._needles = needles_of(content, reading.checked.kept_back)
        register = reading.register
        self._ids = [one.id for one in register.disclosures]
        self._counts = {
            one.id: {key: number for key, number in register.counts_of(one).by_status if number}
            for one in register.disclosures
        }
        self._conditions = conditions_of(reading.words, self._needles, reading.checked.decided, scripts, is_said)
        self.looker = Looker(self._needles, reading.words, self._ids, scripts, is_said)
        self.lookout = Lookout(tuple(self._needles), reading.words, tuple(self._ids), scripts, is_said)
        """What looks at files elsewhere, likewise."""

    def pass_on(
        self, folder: Path, place: Path, workshop: Workshop, store: Store, owners: Collection[str], before: Last
    ) -> tuple[str, ...]:
        """Return the other hosts that a frame which is its owner's loads from; raises ValueError with every finding.

        In `folder` lies what is to take its place; for `owners` see `check_site`, `before` is the last build.
        """
        if before.vouched and before.vouched.conditions == self._conditions:
            verified = before.vouched.files | before.files()
            part = ChangedPart(folder, place, workshop.kept, workshop.published, verified, before.vouched.counts)
            looker = Looker(self._needles, self._reading.words, self._ids, self._scripts)
            if part.is_good(workshop.seen, looker, self._ids, self._counts):
                return ()
        frame, is_guest = NO_FRAME, isinstance(self._shell, GuestShell)
        if isinstance(self._shell, GuestShell):
            frame = read_frame(self._shell.frames(), self._reading.words, self._ids, self._scripts)
        findings = check_site(
            folder,
            self._content,
            words=self._reading.words,
            decided=self._reading.checked.decided,
            needles=self._needles,
            store=store,
            below=place,
            kept={path: workshop.published[path] for path in workshop.kept},
            seen=workshop.seen,
            is_whole=not is_guest,
            frame=frame,
            owners=owners,
        )
        if findings:
            head = _n("核验发现 {number} 处问题，网站没有改动：", len(findings))
            raise ValueError("\n\n".join([head, *(one.text() for one in findings)]))
        return frame.hosts

    def vouched(self, made: Last, files: Mapping[str, Signature]) -> Vouched:
        """Return what the next build may rely on, once the site lies there; its pieces remember the most of its files."""
        known = made.files()
        beside = {path: signature for path, signature in files.items() if path not in known}
        return Vouched(self._conditions, beside, self._counts)
