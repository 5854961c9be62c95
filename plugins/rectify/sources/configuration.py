"""What the commands need of a site's mkdocs.yml, read without MkDocs."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from rectify.sources import cache_folder, clock

NAMES = ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml")
WORDS = "words.toml"
"""The office's own words, beside the configuration."""
UNITS = "units.toml"
"""The names of units, likewise."""
_DEEPEST = 8
"""Configurations that inherit from one another."""


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

    def cache_folder(self) -> Path:
        """Return the folder for caches; raises ValueError, with the remedy, for one that cannot be used."""
        return cache_folder.cache_folder(self.file, self.caches, (self.content, self.site))

    def today(self) -> date:
        """Return the day it is where the site is at home; raises ValueError for a zone that there is not."""
        return clock.today(self.timezone)


class _Loader(yaml.SafeLoader):
    """Reads what has a tag of MkDocs or Python as nothing."""


_Loader.add_constructor(None, lambda loader, node: None)


def find_configuration(start: Path) -> Path | None:
    """Return the configuration of the site that a folder belongs to, or None."""
    for folder in (start, *start.parents):
        for name in NAMES:
            if (folder / name).is_file():
                return folder / name
    return None


def read_configuration(file: Path) -> Configuration:
    """Return the folders that a configuration names; raises ValueError where it cannot be read."""
    tree = read_tree(file)
    options = options_of(tree)
    root = file.parent
    published = options.get("published")
    theme = tree.get("theme")
    return Configuration(
        root,
        root / str(tree.get("docs_dir") or "docs"),
        root / str(tree.get("site_dir") or "site"),
        root / str(options.get("words") or WORDS),
        root / str(options.get("units") or UNITS),
        root / str(published) if published else None,
        file,
        str(options.get("cache") or cache_folder.DEFAULT),
        str(options.get("timezone") or clock.DEFAULT_ZONE),
        root / str(theme["custom_dir"]) if isinstance(theme, dict) and theme.get("custom_dir") else None,
    )


def read_tree(file: Path, depth: int = 0) -> dict[str, Any]:
    """Return what a configuration says, with what it inherits, and nothing for what has a tag; raises ValueError."""
    try:
        tree = yaml.load(file.read_text("utf-8-sig"), _Loader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ValueError(f"{file}: {error}") from None
    if not isinstance(tree, dict):
        raise ValueError(f"{file}: YAML")
    if isinstance(tree.get("INHERIT"), str) and depth < _DEEPEST:
        tree = {**read_tree(file.parent / tree["INHERIT"], depth + 1), **tree}
    return tree


def options_of(tree: dict[str, Any]) -> dict[str, Any]:
    """Return the options of our plugin."""
    plugins = tree.get("plugins")
    entries = (
        plugins.items()
        if isinstance(plugins, dict)
        else [pair for one in plugins or () if isinstance(one, dict) for pair in one.items()]
    )
    return next((options for name, options in entries if name == "rectify" and isinstance(options, dict)), {})
