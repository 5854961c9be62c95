"""Where the register stands: it is the whole site, or lies below a path of a site that is its owner's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from mkdocs.config.defaults import MkDocsConfig

from rectify.core.language import _, language, nearest_language
from rectify.host.theme import own_folders, templates
from rectify.sources.configuration import folder_in_site


class Ground(NamedTuple):
    """One place for a register."""

    path: str = ""
    """Below the root of content and site, ending in a slash; empty where the register is the whole site."""
    language: str = "zh"
    others: tuple[str, ...] = ()
    """Paths of the other registers of the site, likewise."""

    @property
    def is_whole(self) -> bool:
        return not self.path

    def name_of_all(self, config: MkDocsConfig) -> str:
        """Return what the register is called: as the site, or as a part of one that is its owner's."""
        return config.site_name if self.is_whole else language(self.language).text("整改公开")

    def inside(self, path: str) -> str | None:
        """Return a path of the site as the register calls it, None for one outside."""
        return path.removeprefix(self.path) if path.startswith(self.path) else None

    def templates(self, config: MkDocsConfig) -> Sequence[str]:
        """Return the folders with the register's templates: those of a site of our own may be the site's."""
        return own_folders(config.theme.dirs) if self.is_whole else [templates()]


def ground_of(path: str, language: str, config: MkDocsConfig, registers: Iterable[str]) -> Ground:
    """Return the place that the options name; without a language there, the theme's. `registers` are the paths of all.

    Raises ValueError for a path that is none, or lies in that of another register.
    """
    theme = config.theme
    asked = language or theme.get("language") or theme.get("locale") or ""
    own = folder_in_site(path)
    every = list(map(folder_in_site, registers))
    others = tuple(other for other in every if other != own)
    if every.count(own) > 1 or any(own.startswith(other) for other in others):
        raise ValueError(_("path: {path}：两个登记各用一个文件夹，一个不能在另一个里面", path=repr(path)))
    return Ground(own, nearest_language(str(asked)), others)
