"""The verdict of a publication on a site that was built, before it takes the place of the one before."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from rectify.checks.built_files import Looker
from rectify.checks.built_site import check_site
from rectify.checks.frame import NO_FRAME, read_frame
from rectify.checks.leaks import needles_of
from rectify.core.language import _n
from rectify.host.cluster.rendering import Lookout
from rectify.host.guest import GuestShell
from rectify.host.pieces import Workshop
from rectify.host.reading import Reading
from rectify.host.shell import Shell
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
        self._ids = [one.id for one in reading.register.disclosures]
        self.looker = Looker(self._needles, reading.words, self._ids, scripts, is_said)
        self.lookout = Lookout(tuple(self._needles), reading.words, tuple(self._ids), scripts, is_said)
        """What looks at files elsewhere, likewise."""

    def pass_on(
        self, folder: Path, place: Path, workshop: Workshop, store: Store, owners: Collection[str]
    ) -> tuple[str, ...]:
        """Return the other hosts that a frame which is its owner's loads from; raises ValueError with every finding.

        In `folder` lies what is to take its place; for `owners` see `check_site`.
        """
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
