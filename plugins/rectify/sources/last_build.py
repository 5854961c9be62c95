"""What a site was built from the last time: where nothing of it has changed since, there is nothing to build."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from rectify.core.language import spoken
from rectify.sources.configuration import read_registers
from rectify.sources.configuration_tree import Link, chain
from rectify.sources.made_with import MADE_WITH
from rectify.sources.store import Kept, Store, code_version, key_of

Signature = tuple[int, int]
"""Size and time of change in nanoseconds of a file."""

_EXTENSIONS = frozenset(
    "abbr admonition attr_list def_list fenced_code footnotes md_in_html nl2br sane_lists smarty tables toc".split()
)
"""Those of Markdown itself, which read nothing but the text."""
_VARIABLES = ("RECTIFY_", "SOURCE_DATE_EPOCH")
_THEME_OF_A_CHECKOUT = Path(__file__).parents[3] / "theme"


class Built(NamedTuple):
    """A build with a good verdict."""

    site: str
    """Checksum of the signatures of its files."""
    notes: tuple[str, ...]
    """What it had to say of the content."""


_BUILT = Kept[Built]("last-build", Built)


def remember(
    store: Store, site: Path, sources: str, files: Iterable[tuple[str, Signature]], notes: Iterable[str]
) -> None:
    """Keep a build with a good verdict; `files` are those of the site as they lie there now."""
    store.put(_BUILT, _name(site), sources, Built(key_of(sorted(files)), tuple(notes)))


def standing(file: Path, site: Path, sources: str) -> Built | None:
    """Return the last build of a site, where it was from the same sources and the site is as it left it."""
    if not sources:
        return None
    try:
        built = Store(read_registers(file)[0].cache_folder()).get(_BUILT, _name(site), sources)
        return built if built is not None and built.site == key_of(sorted(files_of(site))) else None
    except (OSError, ValueError):  # the build will tell it
        return None


def sources_of(file: Path, site: Path) -> str:
    """Return a checksum of everything that a site is built from as it is now: whatever changes later is not in it.

    It is empty where that cannot be told: of a site whose plugins, hooks, extensions or links could read anything.
    """
    try:
        configuration, links = read_registers(file)[0], list(chain(file))
        if configuration.published or configuration.path or not _are_told_by_their_files(links):
            return ""
        folders = [
            configuration.content,
            configuration.content.parent / "drafts",
            configuration.theme,
            _THEME_OF_A_CHECKOUT,
        ]
        looks = [_look(str(folder)) for folder in folders if folder is not None and folder.is_dir()]
        if None in looks:
            return ""
        return key_of(
            [(str(one.file), one.data) for one in links],
            looks,
            [_signature(one) for one in (configuration.words, configuration.units)],
            [_signature(one) for name in MADE_WITH.values() for one in _places(name)],
            code_version(),
            sys.version,
            sorted(pair for pair in os.environ.items() if pair[0].startswith(_VARIABLES)),
            spoken().key,
            configuration.today(),
            str(site.absolute()),
        )
    except (OSError, ValueError):
        return ""


def files_of(site: Path) -> Iterator[tuple[str, Signature]]:
    """Yield every file of a site, but for hidden ones at its top, such as `.git`, which are not ours."""
    return ((path, signature) for path, signature in files_below(str(site)) if not path.startswith("."))


def files_below(folder: str, prefix: str = "") -> Iterator[tuple[str, Signature]]:
    """Yield the files of a folder; nothing for one that is not there."""
    try:
        entries = list(os.scandir(folder))
    except FileNotFoundError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from files_below(entry.path, f"{prefix}{entry.name}/")
        else:
            status = entry.stat(follow_symlinks=False)
            yield prefix + entry.name, (status.st_size, status.st_mtime_ns)


def _name(site: Path) -> str:
    return key_of(str(site.resolve()))


def _are_told_by_their_files(links: Sequence[Link]) -> bool:
    """Return whether a site of these configurations is made from nothing but its folders and what is installed."""
    trees = [link.tree for link in links]
    return (
        {name for tree in trees for name in _names(tree.get("plugins"))} == {"rectify"}
        and all(_EXTENSIONS.issuperset(_names(tree.get("markdown_extensions"))) for tree in trees)
        and not any(tree.get("hooks") for tree in trees)
        # Else MkDocs may have said something that is not kept.
        and next((tree["strict"] for tree in trees if "strict" in tree), False) is True
        and any((tree.get("theme") or {}).get("name") == "rectify" for tree in trees)
        and not any(b"!" in link.data for link in links)  # a tag takes a value from elsewhere
    )


def _names(entries: Any) -> list[Any]:
    """Return the names in a list of names and of names with options, or of a mapping of these."""
    return [name for entry in entries or () for name in (entry if isinstance(entry, dict) else [entry])]


def _look(folder: str) -> list[Any] | None:
    """Return what a folder looks like from outside, folders without files included; None where it has a link to elsewhere."""
    look: list[Any] = []
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.is_symlink():
            return None
        if entry.is_dir():
            below = _look(entry.path)
            if below is None:
                return None
            look.append((entry.name, below))
        else:
            status = entry.stat()
            look.append((entry.name, status.st_mtime_ns, status.st_size))
    return look


def _signature(file: Path) -> Signature | None:
    try:
        status = os.stat(file)
    except FileNotFoundError:
        return None
    return status.st_size, status.st_mtime_ns


def _places(package: str) -> Iterator[Path]:
    """Yield the folder of an installed package and the one that it was put into, which changes with every installation."""
    found = find_spec(package)
    if found is not None and found.origin:
        yield from list(Path(found.origin).parents)[:2]
