"""What a check of one report folder says."""

from __future__ import annotations

from typing import NamedTuple

from rectify.checks.leaks import KeptBack
from rectify.checks.links import Link
from rectify.core.finding import Finding
from rectify.sources.folder import Folder


class CheckedFolder(NamedTuple):
    """A report folder with everything that was found in it by itself."""

    folder: Folder
    """Its findings are those that stand."""
    waived: tuple[Finding, ...]
    links: tuple[Link, ...]
    """Links of its texts; what they lead to may change while this folder does not."""
    kept_back: KeptBack = ()
    clean: tuple[str, ...] = ()
    """Files whose `prose_lines` were each looked at as they stand, with nothing private and no mark in the whole file."""
