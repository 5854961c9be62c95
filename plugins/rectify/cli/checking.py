"""What `rectify check` is asked to look at, and looking at it."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click

from rectify.checks.built_site import check_site
from rectify.checks.content import WHOLE, Checked, Progress, Scope, check_content
from rectify.checks.continuity import Previous, read_previous
from rectify.checks.leaks import needles_of
from rectify.cli.references import reference_of, register_of
from rectify.cli.site import caches_of, own_units, own_words, today_around, words_around
from rectify.core.finding import Finding
from rectify.core.language import _, _n
from rectify.core.site_map import REPORTS
from rectify.sources.configuration import find_configuration, read_configuration, read_registers
from rectify.sources.last_build import sources_of
from rectify.sources.store import Kept, Store, key_of

_CHECKED = Kept[Checked]("last-check", Checked)
"""What a check of the whole content said, for as long as nothing that it looks at changes."""


@dataclass(frozen=True)
class Target:
    """One thing to check."""

    kind: str
    """`content`, `disclosure`, `problem`, `page`, `document` or `site`."""
    path: Path
    content: Path = Path()
    """The content folder that it lies in."""
    inside: str = ""
    """Report id, for a problem the path below the content folder."""


@dataclass
class Totals:
    """What was looked at."""

    disclosures: int = 0
    problems: int = 0
    documents: int = 0
    sites: int = 0
    internal: int = 0
    """Of the disclosures, those that are not public."""
    waived: list[Finding] = field(default_factory=list)

    def what(self) -> str:
        parts = []
        if self.disclosures or not (self.documents or self.sites):
            parts.append(
                _(
                    "检查了 {disclosures}、{problems}",
                    disclosures=_n("{number} 份通报", self.disclosures),
                    problems=_n("{number} 个问题", self.problems),
                )
            )
        if self.documents:
            parts.append(_n("检查了 {number} 个文件", self.documents))
        if self.sites:
            parts.append(_("检查了网站成品"))
        if self.internal:
            parts.append(_n("其中 {number} 份不公开（文种或者公开范围）", self.internal))
        return _("，").join(parts)


def targets_of(paths: Sequence[Path]) -> list[Target]:
    """Return what the paths are; without any, the content of the site around. Raises ValueError with a sentence for people."""
    if not paths:
        file = find_configuration(Path.cwd())
        contents = [one.content for one in read_registers(file)] if file else [Path("content")]
        if missing := next((content for content in contents if not content.is_dir()), None):
            told = _("这里没有网站，也没有 content 文件夹；请写明要检查的文件夹或者文件")
            raise ValueError(_("没有 {path}", path=missing) if file else told)
        return [Target("content", content, content) for content in contents]
    return [target for path in paths for target in _targets(path)]


def _targets(path: Path) -> list[Target]:
    if not path.exists():
        file = find_configuration(Path.cwd())
        word = path.as_posix()
        content = register_of(word, read_registers(file)).content if file else Path("content")
        found = reference_of(word, content)
        if found is None or not (place := found.place(content)).exists():
            raise ValueError(_("没有 {path}", path=path))
        path = place
    if path.is_dir():
        return _folders(path)
    return [_target(path)]


def _folders(path: Path) -> list[Target]:
    """Return what a folder stands for: itself, or the registers in it, which share it with pages that are not theirs."""
    full = path.resolve()
    file = find_configuration(full)
    registers = read_registers(file) if file else []
    if any(one.path and full.is_relative_to(one.whole_site.resolve()) for one in registers):
        raise ValueError(
            _("{path} 是网站的成品，登记在里面，版面是网站自己的；运行 rectify build，它核验登记的每一页", path=path)
        )
    if (full / "data" / "problems.json").is_file() and (full / "index.html").is_file():
        return [Target("site", path)]
    inside = [one.content for one in registers if one.content.resolve().is_relative_to(full)]
    if file and (inside or file.parent == full):
        return [Target("content", content, content) for content in inside or [one.content for one in registers]]
    if file:
        read_configuration(file, full, Path.cwd())  # Whose words and rules are meant must be clear.
    return [_target(path)]


def _target(path: Path) -> Target:
    full = path.resolve()
    for folder in (full, *full.parents):
        if (
            folder.parent.name == REPORTS
            and folder.is_dir()
            and (folder.parent.parent / REPORTS).is_dir()
            and _is_disclosure(full, folder)
        ):
            content = folder.parent.parent
            inside = full.relative_to(content).as_posix()
            if full.suffix == ".md" and full.parent == folder:
                return Target("problem", path, content, inside)
            return Target("disclosure", path, content, folder.name)
    if full.is_dir():
        return Target("content", path, full)
    file = find_configuration(full.parent)
    for content in (one.content.resolve() for one in (read_registers(file) if file and full.suffix == ".md" else ())):
        if full.is_relative_to(content):
            return Target("page", path, content, full.relative_to(content).as_posix())
    return Target("document", path)


def _is_disclosure(path: Path, folder: Path) -> bool:
    return path == folder or (folder / "index.md").is_file() or path.parent == folder


def check_targets(
    targets: Sequence[Target], against: Path | None, no_cache: bool, progress: Progress | None
) -> tuple[list[Finding], Totals]:
    """Return everything found, named by paths as seen from here, and what was looked at."""
    totals = Totals()
    findings: list[Finding] = []
    for target in targets:
        if target.kind == "document":
            findings += _document(target.path, totals)
        elif target.kind == "site":
            findings += as_seen_from_here(
                check_built(target.path, find_configuration(target.path.resolve().parent), progress), target.path
            )
            totals.sites += 1
        else:
            findings += _content(target, totals, against, no_cache, progress)
    return findings, totals


def _document(path: Path, totals: Totals) -> list[Finding]:
    from rectify.intake.understanding import (
        understand,
    )  # the readers of Word and Excel, which the checks of a site need not

    totals.documents += 1
    folder = "" if path.parent == Path() else f"{path.parent.as_posix()}/"
    return [
        finding._replace(path=f"{folder}{finding.path}") for finding in understand(path, words=words_around(path))[1]
    ]


def _content(
    target: Target, totals: Totals, against: Path | None, no_cache: bool, progress: Progress | None
) -> list[Finding]:
    file = find_configuration(target.content.resolve())
    site = read_configuration(file, target.content, Path.cwd()) if file else None
    words, units = own_words(site), own_units(site)
    store = Store(caches_of(site)) if site and not no_cache else None
    place = against or (site.published if site else None)
    is_whole = target.kind == "content" and place is None
    sources = sources_of(file.absolute(), site.site) if is_whole and file and site and store else ""
    name = key_of(str(target.content.resolve()))
    checked = store.get(_CHECKED, name, sources) if sources and store else None
    if checked is None:
        checked = check_content(
            target.content,
            store,
            scope=_scope(target),
            words=words,
            units=units,
            today=today_around(target.content),
            previous=last_publication(place, against is not None),
            progress=progress,
            site=site,
        )
        if sources and store:
            store.put(_CHECKED, name, sources, checked)
    if target.kind == "page":
        totals.documents += 1
    mine = [one for one in checked.findings if target.kind != "problem" or one.path == target.inside]
    waived = [one for one in checked.waived if target.kind != "problem" or one.path == target.inside]
    totals.disclosures += checked.disclosures
    totals.problems += checked.problems
    totals.internal += checked.internal
    totals.waived += as_seen_from_here(waived, target.content)
    return as_seen_from_here(mine, target.content)


def _scope(target: Target) -> Scope:
    if target.kind == "content":
        return WHOLE
    if target.kind == "page":
        return Scope((), (target.inside,))
    return Scope((target.inside.split("/")[1] if target.kind == "problem" else target.inside,), ())


def last_publication(place: Path | None, wanted: bool) -> Previous | None:
    """Return the last publication; none where there has been none yet, unless it was asked for by name."""
    if place is None or not (wanted or place.exists()):
        return None
    try:
        return read_previous(place)
    except (OSError, ValueError) as error:
        raise click.ClickException(_("无法读取上一次公开的数据：{error}", error=error)) from None


def check_built(folder: Path, configuration: Path | None, progress: Progress | None = None) -> list[Finding]:
    """Return what is wrong with a built site, with the content of its configuration where there is one; ends the command where it cannot be read."""
    site = read_configuration(configuration, folder) if configuration else None
    try:
        words, units = own_words(site), own_units(site)
        if site is None or not site.content.is_dir():
            return check_site(folder, None, progress, words=words)
        store = Store(caches_of(site))
        checked = check_content(site.content, store, words=words, units=units, site=site)
        return check_site(
            folder,
            site.content,
            progress,
            words=words,
            decided=checked.decided,
            needles=needles_of(site.content, checked.kept_back),
            store=store,
        )
    except (OSError, ValueError) as error:
        raise click.ClickException(_("网站不完整：{error}", error=error)) from None


def as_seen_from_here(findings: Sequence[Finding], folder: Path) -> list[Finding]:
    """Return findings whose paths are seen from the working directory, where the folder lies below it."""
    full = os.path.realpath(folder)
    here = os.path.realpath(os.curdir)
    prefix = os.path.relpath(full, here) if Path(full).is_relative_to(here) else full
    prefix = "" if prefix == "." else f"{Path(prefix).as_posix()}/"
    # The theme and the configuration lie beside the folder.
    return [finding._replace(path=posixpath.normpath(f"{prefix}{finding.path}")) for finding in findings]
