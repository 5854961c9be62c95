"""What the commands need of a site's mkdocs.yml, read without MkDocs."""

from __future__ import annotations

import os
import re
from collections import ChainMap
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from rectify.core.format_errors import yaml_reason
from rectify.core.language import _, spoken
from rectify.core.retention import Retention
from rectify.sources import cache_folder, clock
from rectify.sources.aliases import MOST, is_endless, refuse_brackets
from rectify.sources.text import own_file

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
_FOLDER = re.compile(r"[^\W_][\w-]*")
_DEEPEST = 8
"""Configurations that inherit from one another."""
_SHORT, _LARGEST = 10_000, 1_000_000
"""Bytes; the longest that we have seen has 60,000."""


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


def read_tree(file: Path) -> dict[str, Any]:
    """Return what a configuration says, with what it inherits, and nothing for what has a tag; raises ValueError."""
    return dict(ChainMap(*(one.tree for one in chain(file))))


class Link(NamedTuple):
    """A configuration by itself."""

    file: Path
    data: bytes
    tree: dict[str, Any]


def chain(file: Path) -> Iterator[Link]:
    """Yield a configuration and those that it inherits from; raises ValueError."""
    for _depth in range(_DEEPEST + 1):
        try:
            data = own_file(file, _LARGEST)
            tree = _loaded(data)
        except UnicodeDecodeError:
            raise ValueError(_("{file}：不是 UTF-8 编码，另存为 UTF-8", file=file)) from None
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            problem = spoken().say(yaml_reason(f"{error.context or ''} {error.problem or ''}".strip()))
            raise ValueError(
                _(
                    "{file}:{line}：写法有误（{problem}）；检查这一行和上一行的冒号、引号、缩进，有 git 冲突标记的先合并",
                    file=file,
                    line=mark.line + 1 if mark else 1,
                    problem=problem,
                )
            ) from None
        except (OSError, yaml.YAMLError) as error:
            raise ValueError(f"{file}: {error}") from None
        except RecursionError:
            raise ValueError(_("{file}：嵌套太深", file=file)) from None
        if not isinstance(tree, dict):
            raise ValueError(f"{file}: YAML")
        yield Link(file, data, tree)
        if not isinstance(tree.get("INHERIT"), str):
            return
        file = file.parent / tree["INHERIT"]


def _loaded(data: bytes) -> Any:
    text = data.decode("utf-8-sig")
    refuse_brackets(text)
    loader = _Loader(text)
    node = loader.get_single_node()
    if node is None:
        return None
    if is_endless(node):
        raise yaml.YAMLError(_("别名代表的值多于 {limit} 个", limit=MOST))
    return loader.construct_document(node)


def refuse_endless(file: Path) -> None:
    """Raise ValueError for a configuration that would keep whoever reads it busy; short ones without aliases are not looked into."""
    try:
        data = own_file(file, _LARGEST)
    except OSError as error:
        raise ValueError(f"{file}: {error}") from None
    if len(data) > _SHORT or b"*" in data:
        read_tree(file)


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


def _all_options(tree: dict[str, Any]) -> Iterator[dict[str, Any]]:
    plugins = tree.get("plugins")
    entries = (
        plugins.items()
        if isinstance(plugins, dict)
        else [pair for one in _listed(plugins) if isinstance(one, dict) for pair in one.items()]
    )
    return (options for name, options in entries if name == "rectify" and isinstance(options, dict))


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
