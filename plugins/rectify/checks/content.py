"""All rules on a content folder: every report folder, and what joins them."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from rectify.checks.checker import Checker, Progress, stamp_key
from rectify.checks.continuity import Previous, continuity
from rectify.checks.dates import ahead
from rectify.checks.folder import CheckedFolder
from rectify.checks.links import Link, dead_links, links
from rectify.checks.structure import tags
from rectify.core.finding import Finding
from rectify.core.model import Disclosure
from rectify.core.register import is_public
from rectify.prose import NO_WORDS, OfficeWords, examine_text
from rectify.sources.content import Stamp, survey
from rectify.sources.public_text import PublicText
from rectify.sources.store import Store
from rectify.sources.text import read_text


class Checked(NamedTuple):
    """What was found in a content folder."""

    findings: list[Finding]
    """By file, line and column."""
    waived: list[Finding]
    disclosures: int
    problems: int

    @property
    def decided(self) -> frozenset[str]:
        """The passages that may stand, and files with their rules: somebody waived them, or was warned of them."""
        known = [*self.waived, *(finding for finding in self.findings if finding.severity != "error")]
        tokens = frozenset(finding.token for finding in known if finding.token)
        return tokens | {f"{finding.rule} {finding.path}" for finding in self.waived}


def check_content(
    content: Path,
    store: Store | None = None,
    *,
    only: Collection[str] | None = None,
    words: OfficeWords = NO_WORDS,
    today: date | None = None,
    previous: Previous | None = None,
    progress: Progress | None = None,
) -> Checked:
    """Check a content folder, or the report folders named by `only`.

    `today` is what no record may lie beyond, `previous` the last publication that nothing may vanish from.
    """
    found = survey(content)
    chosen = {rid: stamp_key(rid, stamp) for rid, stamp in found.folders.items() if only is None or rid in only}
    folders = Checker(content, store, words).folders(chosen, progress)
    findings = [finding for one in folders for finding in one.folder.findings]
    all_links = [link for one in folders for link in one.links]
    if only is None:
        findings += found.findings
        for path in pages(content):
            page_findings, page_links = check_page(content, path, words)
            findings += page_findings
            all_links += page_links
    findings += dead_links(all_links, content, _sources(found.folders))
    if today:
        findings += [finding for one in folders for finding in ahead(one.folder, today)]
    if previous:
        findings += _against(previous, folders, only)
    problems = sum(len(one.folder.problems) for one in folders)
    waived = [finding for one in folders for finding in one.waived]
    return Checked(sorted(findings, key=_place), waived, len(folders), problems)


def pages(content: Path) -> Iterator[str]:
    """Yield the ordinary pages, relative to the content folder."""
    for parent, dirs, names in os.walk(content):
        relative = Path(parent).relative_to(content)
        dirs[:] = sorted(d for d in dirs if not d.startswith(".") and (relative / d).as_posix() != "reports")
        yield from (
            (relative / name).as_posix() for name in sorted(names) if name.endswith(".md") and not name.startswith(".")
        )


def check_page(content: Path, path: str, words: OfficeWords = NO_WORDS) -> tuple[list[Finding], list[Link]]:
    """Return the findings and links of an ordinary page; what reading it finds, `sources.content` reports."""
    text, _ = read_text(content / path, path, content)
    if text is None:
        return [], []
    lines = list(enumerate(text.split("\n"), start=1))
    return [*examine_text(lines, path, words), *tags(PublicText(path, tuple(lines), {}, 1))], list(links(lines, path))


def _sources(folders: Mapping[str, Stamp]) -> frozenset[str]:
    return frozenset(f"reports/{rid}/{name}" for rid, stamp in folders.items() for name, _, _ in stamp)


def _against(previous: Previous, folders: list[CheckedFolder], only: Collection[str] | None) -> list[Finding]:
    disclosures: list[Disclosure] = [
        one.folder.disclosure for one in folders if one.folder.disclosure and is_public(one.folder.disclosure)
    ]
    findings = continuity(previous, disclosures, {one.folder.id: one.folder.problems for one in folders})
    if only is None:
        return findings
    kept = tuple(f"reports/{rid}/" for rid in only)
    return [finding for finding in findings if finding.path.startswith(kept)]


def _place(finding: Finding) -> tuple:
    return finding.path, finding.line, finding.column, finding.rule
