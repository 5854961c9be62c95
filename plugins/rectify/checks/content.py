"""All rules on a content folder, put together once for everyone: the checks, the build, the preview and the hook."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from rectify.checks.anchors import dead_anchors
from rectify.checks.approval import unapproved
from rectify.checks.attachments.strings import in_some_way
from rectify.checks.beside import Files, files_beside, of_site, pages_beside, referred, taken_for_another
from rectify.checks.checked_folder import CheckedFolder
from rectify.checks.checker import Checker, Progress, stamp_key
from rectify.checks.continuity import Previous, continuity
from rectify.checks.dates import ahead
from rectify.checks.earlier import earlier
from rectify.checks.leaks import KeptBack
from rectify.checks.links import dead_links
from rectify.checks.register import register
from rectify.core.attachments import public_attachments
from rectify.core.family import Family
from rectify.core.finding import Finding, errors, found
from rectify.core.language import N_
from rectify.core.register import is_public
from rectify.core.retention import Retention
from rectify.core.site_map import REPORTS
from rectify.core.units import NO_UNITS, Units
from rectify.prose import NO_WORDS, OfficeWords
from rectify.sources.configuration import ATTACHMENT_LIMIT, Configuration
from rectify.sources.content import Content, survey
from rectify.sources.folder import Folder
from rectify.sources.store import Store


class Scope(NamedTuple):
    """What of a content folder is looked at."""

    disclosures: Collection[str] | None = None
    """Ids; None for all."""
    pages: Collection[str] | None = None
    """Everything outside the report folders, relative to the content folder; None for all."""

    def stamps(self, surveyed: Content) -> dict[str, str]:
        """Return the report folders to look at, with the digests of their stamps."""
        return {rid: stamp_key(rid, stamp) for rid, stamp in surveyed.folders.items() if self._has(rid)}

    def holds(self, path: str) -> bool:
        """Return whether a file of the content folder is looked at."""
        top, _, rest = path.partition("/")
        return self._has(rest.partition("/")[0]) if top == REPORTS else self.pages is None or path in self.pages

    def _has(self, disclosure_id: str) -> bool:
        return self.disclosures is None or disclosure_id in self.disclosures


WHOLE = Scope()


class Checked(NamedTuple):
    """What was found in a content folder."""

    findings: list[Finding]
    """By file, line and column."""
    waived: list[Finding]
    disclosures: int
    problems: int
    left_out: frozenset[str] = frozenset()
    """Files beside the pages that nothing refers to, and that are not published."""
    kept_back: tuple[KeptBack, ...] = ()
    """Of each report folder looked at."""
    internal: int = 0
    """How many of the disclosures are not public, for what they are or whom they are for."""
    next_end: date | None = None
    """The first day to come on which the term of a disclosure is over."""

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
    scope: Scope = WHOLE,
    surveyed: Content | None = None,
    words: OfficeWords = NO_WORDS,
    units: Units = NO_UNITS,
    today: date | None = None,
    previous: Previous | None = None,
    progress: Progress | None = None,
    site: Configuration | None = None,
    others: Collection[str] | None = None,
) -> Checked:
    """Read and check a content folder, or what of it is in the scope; see `put_together` for the rest."""
    surveyed = surveyed or survey(content)
    retention = site.retention() if site is not None else Retention(today)
    folders = Checker(content, store, words, units, retention).folders(scope.stamps(surveyed), progress)
    return put_together(
        content,
        surveyed,
        folders,
        scope=scope,
        words=words,
        units=units,
        today=today,
        previous=previous,
        site=site,
        store=store,
        others=others,
    )


def put_together(
    content: Path,
    surveyed: Content,
    folders: Sequence[CheckedFolder],
    *,
    scope: Scope = WHOLE,
    words: OfficeWords = NO_WORDS,
    units: Units = NO_UNITS,
    today: date | None = None,
    previous: Previous | None = None,
    site: Configuration | None = None,
    store: Store | None = None,
    others: Collection[str] | None = None,
) -> Checked:
    """Return what was found in the folders of the scope, in its pages, and in what joins them.

    `units` are those that have several names, `today` is what no record may lie beyond, `previous` the last publication that nothing may vanish from,
    `site` whose theme and configuration are looked at as well, `store` what is known of files; `others` are as for `dead_links`.
    """
    findings = [finding for one in folders for finding in one.folder.findings]
    findings += [finding for finding in surveyed.findings if scope.holds(finding.path)]
    all_links = [link for one in folders for link in one.links]
    texts = [""] if site is None else [in_some_way(site.file.read_bytes())]
    files = Files(words, store)
    for path in pages_beside(content):
        if scope.holds(path):
            page = files.page(content, path)
            findings += page.findings
            all_links += page.links
            texts.append(page.text)
    taken = [(path, other) for path, other in taken_for_another(content) if scope.holds(path)]
    for path, other in taken:
        findings.append(found("A042", path, found=N_("与 {found} 只有大小写不同", found=other), excerpt=path))
    beside = [path for path in files_beside(content) if scope.holds(path)]
    for path in beside:
        findings += files.findings(content / path, path)
    # Only the whole tells whether something refers to a file.
    is_whole = scope.disclosures is None and scope.pages is None
    left_out = set(beside) - referred(content, beside, texts, {link.leads_to for link in all_links}) if is_whole else ()
    findings += [found("A031", path) for path in left_out]
    if site is not None and is_whole:
        for file, path in of_site(site):
            findings += files.findings(file, path)
        files.keep()
    findings += _too_large(content, surveyed, folders, beside, site.attachment_limit if site else ATTACHMENT_LIMIT)
    shown = _shown(surveyed, folders)
    findings += dead_links(all_links, content, shown, site.path if site else "", others)
    findings += dead_anchors(all_links, content, site)
    if today:
        findings += [finding for one in folders for finding in ahead(one.folder, today, content)]
    if site is not None and site.require_approval:
        findings += unapproved(folders)
    public = [one.folder for one in folders if one.folder.disclosure and is_public(one.folder.disclosure)]
    findings += register(public, units)
    findings += earlier(public, shown)
    if previous:
        broken = {one.path for folder in public for one in errors(folder.findings) if one.family is Family.STRUCTURE}
        against = [finding for finding in _against(previous, public) if scope.holds(finding.path)]
        findings += [finding for finding in against if not _follows(finding, broken)]
    problems = sum(len(one.folder.problems) for one in folders)
    waived = [finding for one in folders for finding in one.waived]
    internal = sum(folder.disclosure is not None for folder in (one.folder for one in folders)) - len(public)
    return Checked(
        sorted(findings, key=_place),
        waived,
        len(folders),
        problems,
        frozenset(left_out),
        tuple(one.kept_back for one in folders),
        internal,
        min((one.until for one in (f.disclosure for f in public) if one and one.until and not one.ended), default=None),
    )


def _too_large(
    content: Path, surveyed: Content, folders: Sequence[CheckedFolder], beside: Collection[str], limit: int
) -> Iterator[Finding]:
    """Yield the published files that are larger than the configuration allows."""
    read = {one.folder.id for one in folders}
    sizes = [
        (f"{REPORTS}/{rid}/{name}", size)
        for rid, stamp in surveyed.folders.items()
        if rid in read
        for name, _, size in stamp
        if name.startswith("files/")
    ]
    for path, size in [*sizes, *((path, (content / path).stat().st_size) for path in beside)]:
        if size > limit * 1_000_000:
            yield found("A024", path, found=round(size / 1e6, 1), allowed=limit)


def _shown(surveyed: Content, folders: Sequence[CheckedFolder]) -> set[str]:
    """Return the files below the report folders that are on the site; of a folder that was not read, or not wholly, all."""
    shown: set[str] = set()
    read = {one.folder.id: one.folder for one in folders}
    for rid, stamp in surveyed.folders.items():
        folder = read.get(rid)
        if folder is None or folder.disclosure is None or _is_broken(folder.findings):
            names: Collection[str] = [name for name, *_ in stamp]
        elif is_public(folder.disclosure):
            names = [path.rpartition("/")[2] for path in (folder.disclosure.path, *(p.path for p in folder.problems))]
            names += public_attachments(folder.disclosure, folder.problems, folder.attachments)
        else:
            names = []
        shown.update(f"{REPORTS}/{rid}/{name}" for name in names)
    return shown


def _is_broken(findings: Sequence[Finding]) -> bool:
    return any(finding.family is Family.STRUCTURE for finding in errors(findings))


def _follows(finding: Finding, broken: Collection[str]) -> bool:
    """Return whether a problem seems changed or gone because its file cannot be read rightly, which its own error says."""
    folder = finding.path.rpartition("/")[0] + "/"
    return finding.path in broken or (finding.rule == "H007" and any(path.startswith(folder) for path in broken))


def _against(previous: Previous, public: Sequence[Folder]) -> list[Finding]:
    disclosures = [folder.disclosure for folder in public if folder.disclosure]
    return continuity(previous, disclosures, {folder.id: folder.problems for folder in public})


def _place(finding: Finding) -> tuple[str, int, int, str]:
    return finding.path, finding.line, finding.column, finding.rule
