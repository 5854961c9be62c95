"""What the commands need of a site's mkdocs.yml, read without MkDocs."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from rectify.core.language import _
from rectify.core.retention import Retention
from rectify.sources import cache_folder, clock
from rectify.sources.configuration_tree import read_tree

NAMES = ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml")
WORDS = "words.toml"
"""The office's own words, beside the configuration."""
UNITS = "units.toml"
"""The names of units, likewise."""
ATTACHMENT_LIMIT = 20
"""Megabytes of a published file, where the configuration says nothing: what a telephone loads."""
PAST_DATA = 20
"""Megabytes of the data of earlier publications on a site."""
PAST_PAGES = 100
"""Megabytes of their pages."""
MOST_YEARS = 200
"""That the details of a disclosure may be public by a rule; more is a slip."""
_DRAFTS = "drafts"
_PLUGIN = "rectify"
_FOLDER = re.compile(r"[^\W_][\w-]*")


class Configuration(NamedTuple):
    """Folders of a site."""

    root: Path
    content: Path
    site: Path
    words: Path
    units: Path
    published: Path | None
    """Where the last publication lies, which continuity is checked against."""
    file: Path
    caches: str
    """The folder for caches as it is asked for."""
    timezone: str
    """The name of the zone whose day is today's."""
    theme: Path | None = None
    """The folder of templates and files that stand in for the theme's."""
    attachment_limit: int = ATTACHMENT_LIMIT
    """Megabytes of a published file."""
    require_approval: bool = False
    """Whether only what was approved as it is may be public."""
    years: int = 0
    """For how many years after its publication the details of a disclosure are public, 0 for good."""
    path: str = ""
    """Where in content and site the register lies, ending in a slash; empty where it is the whole site."""

    @property
    def whole_site(self) -> Path:
        """The folder of the built site, which the register is or lies in."""
        return self.site.parents[self.path.count("/") - 1] if self.path else self.site

    def cache_folder(self) -> Path:
        """Return the folder for caches; raises ValueError, with the remedy, for one that cannot be used."""
        return cache_folder.cache_folder(self.file, self.caches, (self.content, self.site))

    def retention(self) -> Retention:
        """Return what is over on the day that is declared, else today; raises ValueError for a zone that there is not."""
        return Retention(clock.declared_day(self.timezone) or self.today(), self.years)

    def today(self) -> date:
        """Return the day it is where the site is at home; raises ValueError for a zone that there is not."""
        return clock.today(self.timezone)


def find_configuration(start: Path) -> Path | None:
    """Return the configuration of the site that a folder belongs to, or None."""
    for folder in (start, *start.parents):
        for name in NAMES:
            if (folder / name).is_file():
                return folder / name
    return None


def read_configuration(file: Path, *places: Path) -> Configuration:
    """Return what a configuration says of its register, of several of the one that one of these places lies in.

    A place may be a path of the content or of the built site. Raises ValueError where the file cannot be read, or has several
    registers and no place tells which is meant.
    """
    registers = read_registers(file)
    if len(registers) == 1:
        return registers[0]
    for place in map(Path.resolve, places):
        for one in registers:
            if any(place.is_relative_to(folder.resolve()) for folder in (one.content, one.site)):
                return one
    raise ValueError(
        _(
            "{file} 里有几个登记：{folders}；进入其中一个的文件夹再运行，或者用 --content 写明",
            file=file.name,
            folders=", ".join(Path(os.path.relpath(one.content)).as_posix() for one in registers),
        )
    )


def read_registers(file: Path) -> list[Configuration]:
    """Return what a configuration says of each of its registers, one where it names none; raises ValueError where it cannot be read."""
    tree = read_tree(file)
    return [_register(file, tree, options) for options in list(_all_options(tree)) or [{}]]


def _register(file: Path, tree: dict[str, Any], options: dict[str, Any]) -> Configuration:
    root = file.parent
    path = folder_in_site(options.get("path", ""))
    published = options.get("published")
    theme = tree.get("theme")
    limit = options.get("attachment_limit", ATTACHMENT_LIMIT)
    if type(limit) is not int or limit < 1:
        raise ValueError(_("{file}：attachment_limit 写成大于零的整数，单位是 MB", file=file.name))
    if type(required := options.get("require_approval", False)) is not bool:
        raise ValueError(_("{file}：require_approval 写成 true 或者 false", file=file.name))
    if type(years := options.get("retention", 0)) is not int or not 0 <= years <= MOST_YEARS:
        raise ValueError(_("{file}：retention 写成公开几年，0 到 {most} 的整数", file=file.name, most=MOST_YEARS))
    for name in ("words", "units"):
        if options.get(name) and not (root / str(options[name])).is_file():
            raise ValueError(_("{file}：{name}: 没有文件 {path}", file=file.name, name=name, path=options[name]))
    return Configuration(
        root,
        root / str(tree.get("docs_dir") or "docs") / path,
        root / str(tree.get("site_dir") or "site") / path,
        root / str(options.get("words") or WORDS),
        root / str(options.get("units") or UNITS),
        root / str(published) if published else None,
        file,
        str(options.get("cache") or cache_folder.DEFAULT),
        str(options.get("timezone") or clock.DEFAULT_ZONE),
        root / str(theme["custom_dir"]) if isinstance(theme, dict) and theme.get("custom_dir") else None,
        limit,
        required,
        years,
        path,
    )


def folder_in_site(asked: object) -> str:
    """Return the folder below the root of content and site that a register lies in, with a slash behind it; empty for the root.

    Raises ValueError for what cannot be a folder of both.
    """
    path = str(asked or "").strip("/")
    if not path:
        return ""
    if not all(_FOLDER.fullmatch(part) for part in path.split("/")):
        raise ValueError(_("path: {path}：写网站里的一个文件夹，例如 zhenggai", path=repr(asked)))
    return f"{path}/"


def drafts_of(content: Path) -> Path:
    """Return the folder for what is no public text: beside the content, and outside all that a site around it publishes.

    Raises ValueError where the configuration of that site cannot be read.
    """
    file = find_configuration(content.absolute())
    paths = [folder_in_site(options.get("path", "")) for options in _all_options(read_tree(file))] if file else []
    inside = next((path for path in paths if path and f"{content.absolute().as_posix()}/".endswith(f"/{path}")), "")
    return Path(os.path.normpath(Path(content, *[os.pardir] * (inside.count("/") + 1), _DRAFTS)))


def options_of(tree: dict[str, Any]) -> dict[str, Any]:
    """Return the options of our plugin, of the first where a site has several registers."""
    return next(_all_options(tree), {})


def names_plugin(tree: dict[str, Any]) -> bool:
    """Return whether a configuration lists the plugin."""
    return any(name == _PLUGIN for name, _options in _plugins(tree))


def _all_options(tree: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (options for name, options in _plugins(tree) if name == _PLUGIN and isinstance(options, dict))


def _plugins(tree: dict[str, Any]) -> Iterator[tuple[object, object]]:
    """Yield the names of plugins with what stands behind them."""
    plugins = tree.get("plugins")
    for one in plugins if isinstance(plugins, list) else [plugins]:
        yield from one.items() if isinstance(one, dict) else [(one, None)]
