"""What a repository may say about its site to somebody else who publishes it: texts, a language, the menu.

Read without making anything of the file: each value is taken as the characters that stand there, so that no tag, alias or
name of a module means anything. Every other setting is named and left aside.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from rectify.core.format_errors import yaml_reason
from rectify.core.language import _, language, nearest_language, spoken
from rectify.sources.aliases import refuse_brackets
from rectify.sources.configuration import MOST_YEARS, NAMES
from rectify.sources.starter import starter_files

CONTENT = "content"
_LARGEST = 64_000
"""Bytes; the longest that we have seen has 4,000."""
_LONGEST = 500
"""Characters of one text."""
_SHOWN = 120
_ENTRIES, _DEEPEST = 200, 4
"""Of the menu."""
_TEXTS = ("site_name", "site_description", "copyright")
_EXTRA = ("site_id_code", "undertaker", "icp", "police", "conac")
_OPTIONS = ("publisher", "as_of", "timezone", "require_approval", "retention")
_SWITCHES = ("require_approval",)
"""Of these, what is true or false."""
_PAGE = re.compile(r"(?!/)(?!.*(?:^|/)\.\.?(?:/|$))[^\\:\0]+\.md|(?:https?://|mailto:)[^\s\"'<>\\]+")
_YAML = "tag:yaml.org,2002:"
_PLAIN = {f"{_YAML}{name}" for name in ("str", "int", "float", "bool", "timestamp")}
_NOTHING = f"{_YAML}null"


class SiteSettings(NamedTuple):
    """The configuration that a site is built with where its repository is not trusted."""

    settings: dict[str, Any]
    """As MkDocs takes them: those that come with this program, and over them the texts of the repository."""
    language: str
    """The key of the site's language."""
    options: dict[str, str | bool | int]
    """Of our plugin."""
    ignored: tuple[str, ...]
    """Names of what the repository's file says besides and what differs from what is used: `hooks`, `theme.custom_dir`."""


def read_settings(root: Path) -> SiteSettings:
    """Return the settings of a folder's mkdocs.yml; raises ValueError with file and place, OSError."""
    file = next((root / name for name in NAMES if (root / name).is_file()), None)
    given = _Given(file)
    used = _installed(given.language)
    settings = {name: value for name, value in yaml.safe_load(used).items() if name not in (*_OURS, *_TEXTS)}
    settings |= {"site_name": language(given.language).text("整改公开"), **given.settings}
    return SiteSettings(settings, given.language, given.options, tuple(given.ignored(yaml.compose(used))))


_OURS = ("docs_dir", "site_dir", "nav", "plugins")
"""Where the site lies is for whoever builds it, what stands in the menu for whoever writes it."""


def _installed(key: str) -> str:
    return starter_files(language(key))["mkdocs.yml"]


class _Given:
    """A repository's mkdocs.yml, read node by node; raises ValueError."""

    def __init__(self, file: Path | None):
        self._file = file
        self._tree = _mapping(self._root()) if file else {}
        if self._text("docs_dir", self._tree.get("docs_dir")) not in ("", CONTENT, f"{CONTENT}/"):
            raise self._wrong("docs_dir", _("内容放在 {folder}/ 里", folder=CONTENT), self._tree["docs_dir"])
        self._theme = _mapping(self._tree.get("theme"))
        self._plugins = dict(_plugins(self._tree.get("plugins")))
        self._extra = _mapping(self._tree.get("extra"))
        self._own = _mapping(self._plugins.get("rectify"))
        self.language = nearest_language(self._text("theme.language", self._theme.get("language")) or "zh")
        self.options: dict[str, str | bool | int] = dict(self._texts(self._own, _OPTIONS, "plugins.rectify."))
        for name in _SWITCHES:
            if name in self.options:
                self.options[name] = self._switch(f"plugins.rectify.{name}", self._own[name])
        if "retention" in self.options:
            self.options["retention"] = self._years("plugins.rectify.retention", self._own["retention"])
        self.settings: dict[str, Any] = dict(self._texts(self._tree, _TEXTS))
        if extra := self._texts(self._extra, _EXTRA, "extra."):
            self.settings["extra"] = extra
        if "copyright" in self.settings:
            self.settings["copyright"] = html.escape(self.settings["copyright"])
        if (menu := self._tree.get("nav")) is not None and menu.tag != _NOTHING:
            self._left = _ENTRIES
            self.settings["nav"] = self._menu(menu, _DEEPEST)

    def ignored(self, used: yaml.Node | None) -> Iterator[str]:
        """Yield what is said besides, unless `used` says the same."""
        ours = _mapping(used)
        for name, node in self._tree.items():
            if name in (*_TEXTS, "docs_dir", "nav") or _same(node, ours.get(name)):
                continue
            if name == "theme" and isinstance(node, yaml.MappingNode):
                theirs = _mapping(ours.get("theme"))
                yield from _others(f"{name}.", self._theme, ("language",), theirs)
            elif name == "theme" and _same(node, _mapping(ours.get("theme")).get("name")):
                continue
            elif name == "extra" and self._extra:
                yield from _others("extra.", self._extra, _EXTRA, {})
            elif name == "plugins":
                yield from _others("plugins.", self._plugins, ("rectify",), {})
                yield from _others("plugins.rectify.", self._own, _OPTIONS, {})
            else:
                yield printable(name)

    def _root(self) -> yaml.Node | None:
        assert self._file is not None
        with open(self._file, "rb") as stream:
            data = stream.read(_LARGEST + 1)
        if len(data) > _LARGEST:
            raise ValueError(f"{self._file.name}: > {_LARGEST} bytes")
        try:
            text = data.decode("utf-8-sig")
            refuse_brackets(text)
            root = yaml.compose(text, yaml.SafeLoader)
        except UnicodeDecodeError:
            raise ValueError(_("{file}：不是 UTF-8 编码，另存为 UTF-8", file=self._file.name)) from None
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            reason = spoken().say(yaml_reason(str(getattr(error, "problem", None) or error)))
            line = mark.line + 1 if mark else 1
            raise ValueError(f"{self._file.name}:{line}: {reason}") from None
        except RecursionError:
            raise ValueError(_("{file}：嵌套太深", file=self._file.name)) from None
        if root is not None and not isinstance(root, yaml.MappingNode):
            raise ValueError(f"{self._file.name}: YAML")
        return root

    def _texts(self, tree: dict[str, yaml.Node], names: tuple[str, ...], prefix: str = "") -> dict[str, str]:
        found = ((name, self._text(prefix + name, tree.get(name))) for name in names)
        return {name: text for name, text in found if text}

    def _text(self, name: str, node: yaml.Node | None) -> str:
        """Return a value as it is written, empty where there is none."""
        if node is None or node.tag == _NOTHING:
            return ""
        if not isinstance(node, yaml.ScalarNode) or node.tag not in _PLAIN:
            raise self._wrong(name, _("只能是一段文字"), node)
        text = " ".join(node.value.split())
        if len(text) > _LONGEST or not text.isprintable():
            raise self._wrong(name, _("只能是一段文字"), node)
        return text

    def _switch(self, name: str, node: yaml.Node) -> bool:
        if not isinstance(node, yaml.ScalarNode) or node.tag != f"{_YAML}bool":
            raise self._wrong(name, _("写成 true 或者 false"), node)
        return bool(yaml.SafeLoader("").construct_yaml_bool(node))

    def _years(self, name: str, node: yaml.Node) -> int:
        text = self._text(name, node)
        if not (text.isascii() and text.isdecimal() and len(text) <= 3 and int(text) <= MOST_YEARS):
            raise self._wrong(name, _("写成公开几年，0 到 {most} 的整数", most=MOST_YEARS), node)
        return int(text)

    def _menu(self, node: yaml.Node, depth: int) -> list[Any]:
        if not isinstance(node, yaml.SequenceNode) or not depth:
            raise self._wrong("nav", _("写成一列页面，例如 - 说明: methodology.md"), node)
        return [self._entry(entry, depth) for entry in node.value]

    def _entry(self, node: yaml.Node, depth: int) -> Any:
        self._left -= 1
        if self._left < 0:
            raise self._wrong("nav", f"> {_ENTRIES}", node)
        if isinstance(node, yaml.MappingNode) and len(node.value) == 1:
            title, target = node.value[0]
            name = self._text("nav", title)
            return {
                name: self._menu(target, depth - 1) if isinstance(target, yaml.SequenceNode) else self._page(target)
            }
        return self._page(node)

    def _page(self, node: yaml.Node) -> str:
        text = self._text("nav", node)
        if not _PAGE.fullmatch(text):
            raise self._wrong("nav", _("写成一列页面，例如 - 说明: methodology.md"), node)
        return text

    def _wrong(self, name: str, remedy: str, node: yaml.Node) -> ValueError:
        file = self._file.name if self._file else ""
        if node.tag.startswith("!"):
            remedy = _("标签 {tag} 在这里不起作用，写出值", tag=printable(node.tag))
        return ValueError(f"{file}:{node.start_mark.line + 1}: {name}: {remedy}")


def _mapping(node: yaml.Node | None) -> dict[str, yaml.Node]:
    """Return the values of a mapping by their keys, nothing for another node; of a key that stands twice the last counts."""
    if not isinstance(node, yaml.MappingNode):
        return {}
    return {key.value: value for key, value in node.value if isinstance(key, yaml.ScalarNode)}


def _plugins(node: yaml.Node | None) -> Iterator[tuple[str, yaml.Node | None]]:
    if isinstance(node, yaml.MappingNode):
        yield from _mapping(node).items()
    for entry in node.value if isinstance(node, yaml.SequenceNode) else ():
        if isinstance(entry, yaml.ScalarNode):
            yield entry.value, None
        else:
            yield from _mapping(entry).items()


def _others(prefix: str, tree: dict[str, Any], declared: tuple[str, ...], used: dict[str, yaml.Node]) -> Iterator[str]:
    return (
        printable(prefix + name)
        for name, node in tree.items()
        if name not in declared and not (name in used and _same(node, used[name]))
    )


def printable(name: str) -> str:
    """Return a name that somebody else chose as a line of a log can hold it."""
    return (name if name.isprintable() else ascii(name))[:_SHOWN]


def _same(node: yaml.Node | None, used: yaml.Node | None) -> bool:
    """Return whether two nodes say the same. It is as deep as what is used, whatever the other holds."""
    if node is None or used is None or node.tag != used.tag:
        return False
    if isinstance(used, yaml.ScalarNode):
        return bool(node.value == used.value)
    if len(node.value) != len(used.value):
        return False
    pairs = zip(node.value, used.value)
    if isinstance(used, yaml.MappingNode):
        return all(_same(one[0], other[0]) and _same(one[1], other[1]) for one, other in pairs)
    return all(_same(one, other) for one, other in pairs)
