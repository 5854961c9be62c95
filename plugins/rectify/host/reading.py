"""Reading the content for a build: all of it at once, with what its rules say, before anything is written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from rectify import __version__
from rectify.checks.checker import Checker
from rectify.checks.content import WHOLE, Checked, Scope, put_together
from rectify.checks.continuity import Previous, read_previous
from rectify.core.attachments import public_attachments
from rectify.core.finding import Finding, errors
from rectify.core.gate import Gate
from rectify.core.language import Language, _, _n
from rectify.core.model import Disclosure, Problem, Titles
from rectify.core.register import Register
from rectify.core.site_map import at
from rectify.host.cluster.cluster import Cluster
from rectify.host.cluster.compiling import compile_elsewhere
from rectify.host.compile import Compiled, Compiler
from rectify.host.options import Options, declared_date, retention_of
from rectify.prose import OfficeWords
from rectify.prose.own_words import read_words
from rectify.sources.clock import today
from rectify.sources.configuration import Configuration, folder_in_site, read_registers
from rectify.sources.content import survey
from rectify.sources.store import Store, code_version, key_of
from rectify.sources.units import read_units

_SHOWN_NOTES = 10


class ContentErrors(Exception):
    """The content cannot be published; the text lists every finding. `path` is where the register lies in a site that has taken it in."""

    def __init__(self, wrong: list[Finding], path: str = ""):
        files = len({f.path for f in wrong})
        head = _n("内容有 {number} 处错误，涉及 {files} 个文件，网站没有改动：", len(wrong), files=files)
        super().__init__("\n\n".join([head, *(_text(f, path) for f in wrong), _("改正后重新运行。")]))


def _text(finding: Finding, path: str) -> str:
    return finding._replace(path=path + finding.path).text()


class Reading(NamedTuple):
    """What was read."""

    path: str
    """Where the register lies in a site that has taken it in, ending in a slash."""
    register: Register
    compiler: Compiler
    compiled: dict[str, Compiled]
    sizes: dict[str, dict[str, int]]
    """Of the files of each disclosure, in bytes."""
    attachments: set[str]
    """Paths of those to publish."""
    words: OfficeWords
    checked: Checked
    """What its rules say of it."""

    def notes(self) -> Iterator[str]:
        """Yield the warnings, and the notes on spellings that were understood but are not the standard ones."""
        notes = sorted(self.checked.findings, key=lambda finding: ("error", "warning", "note").index(finding.severity))
        if unfinished := len(errors(notes)):
            yield _n("草稿：有 {number} 处错误，不能公开，运行 rectify check 查看", unfinished)
        for finding in notes[:_SHOWN_NOTES]:
            yield _text(finding, self.path).partition("\n")[0]
        if len(notes) > _SHOWN_NOTES:
            yield _n("……另有 {number} 处，运行 rectify check 查看", len(notes) - _SHOWN_NOTES)

    def clean_records(self) -> list[Disclosure | Problem]:
        """Return the public records whose texts were looked at before anything was made of them, with nothing found."""
        clean = {path for one in self.compiled.values() for path in one.checked.clean}
        records: list[Disclosure | Problem] = [*self.register.disclosures, *self.register.problems]
        return [one for one in records if one.path in clean]


def read(
    options: Options,
    file: Path,
    folder: Path,
    store: Store,
    language: Language,
    gate: Gate,
    preview: str,
    cluster: Cluster | None,
) -> Reading:
    """Return the content of this folder, of a site with this configuration file; of one disclosure alone for a preview.

    Raises ContentErrors for what does not pass the gate, ValueError for what cannot be read.
    """
    root, path = file.parent, folder_in_site(options.path)
    words, units = read_words(root / options.words), read_units(root / options.units)
    retention = retention_of(options)
    checker = Checker(folder, store, words, units, retention)
    compiled_by = key_of(__version__, code_version(), words, units, language.key, retention.years)
    compiler = Compiler(folder, store, compiled_by, checker, language.key, options.processes)
    content = survey(folder)
    scope = Scope(disclosures={preview}) if preview else WHOLE
    stamps = scope.stamps(content)
    if cluster:
        common = (compiled_by, checker.version, language.key, words, units, retention)
        compile_elsewhere(cluster, compiler, folder, stamps, common)
    compiled = compiler.folders(stamps)
    checked = put_together(
        folder,
        content,
        [one.checked for one in compiled],
        scope=scope,
        words=words,
        units=units,
        today=today(options.timezone),
        previous=_last_publication(root / options.published if options.published else None),
        site=_said_of(path, file) if file.is_file() else None,
        store=store,
    )
    if wrong := gate.refuses(checked.findings):
        raise ContentErrors(wrong, path)
    folders = [one.folder for one in compiled]
    register = Register(
        (f.disclosure for f in folders if f.disclosure),
        {f.id: f.problems for f in folders},
        declared_date(options),
        Titles.said(language),
        units,
    )
    return Reading(
        path,
        register,
        compiler,
        {one.folder.id: one for one in compiled},
        {rid: {name: size for name, _, size in stamp} for rid, stamp in content.folders.items()},
        _public_attachments(register, {f.id: (f.attachments, f.problems) for f in folders}),
        words,
        checked,
    )


def _said_of(path: str, file: Path) -> Configuration:
    """Return what a configuration says of the register at a path, of the first where the path is from elsewhere."""
    registers = read_registers(file)
    return next((one for one in registers if one.path == path), registers[0])


def _last_publication(place: Path | None) -> Previous | None:
    """Return the last publication; nothing before the first one."""
    return read_previous(place) if place is not None and place.exists() else None


def _public_attachments(register: Register, folders: dict[str, tuple]) -> set[str]:
    """Return the attachments to publish: of public disclosures, without those that only withdrawn problems refer to."""
    return {
        at("disclosure", disclosure=disclosure.id) + name
        for disclosure in register.disclosures
        for name in public_attachments(disclosure, folders[disclosure.id][1], folders[disclosure.id][0])
    }
