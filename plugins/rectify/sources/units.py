"""`units.toml` beside the configuration: units that documents name in several ways."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rectify.core.format_errors import read_toml, toml_reason
from rectify.core.language import _, spoken
from rectify.core.units import NO_UNITS, Unit, Units
from rectify.core.vocabulary import fold
from rectify.sources.folder import Folder
from rectify.sources.text import CONTROL, read_text

_TABLE, _KEYS = "unit", ("name", "aliases", "parent")
_HEADER = re.compile(r"\s*\[\[\s*unit\s*\]\]")
_LONGEST = 100
"""Characters of a name; the longest real ones have fifty."""


def read_units(file: Path) -> Units:
    """Return the units of a file, none where there is no such file; raises ValueError naming file, line and remedy."""
    if not file.is_symlink() and (not file.exists() or (file.is_file() and not file.stat().st_size)):
        return NO_UNITS
    text, findings = read_text(file, file.name, file.parent)
    if wrong := next((finding for finding in findings if finding.severity == "error"), None):
        raise ValueError(wrong.text())
    assert text is not None
    return _Reader(text, file.name).units()


def named(folder: Folder, units: Units) -> Folder:
    """Return a report folder with its units under their names."""
    if not units.declared:
        return folder
    disclosure = units.disclosure(folder.disclosure) if folder.disclosure else None
    return folder._replace(disclosure=disclosure, problems=tuple(map(units.problem, folder.problems)))


class _Reader:
    def __init__(self, text: str, name: str):
        self._lines = text.split("\n")
        self._name = name
        self._headers = [number for number, line in enumerate(self._lines, start=1) if _HEADER.match(line)]
        try:
            self._tree = read_toml(text)
        except tomllib.TOMLDecodeError as error:
            line, reason = toml_reason(error, text)
            raise self._wrong(line, spoken().say(reason)) from None
        except RecursionError:
            raise self._wrong(1, _("嵌套太深")) from None

    def units(self) -> Units:
        """Return what the file declares; raises ValueError where a unit is declared twice or belongs to itself."""
        for key in self._tree:
            if key != _TABLE:
                raise self._wrong(self._line(-1, key), _("只能有 [[unit]]，没有“{key}”", key=key))
        entries = self._tree.get(_TABLE, [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise self._wrong(self._line(-1, _TABLE), _("写成 [[unit]]，两层方括号"))
        found = [self._unit(index, entry) for index, entry in enumerate(entries)]
        self._refuse_twice(found)
        self._refuse_circles(found)
        return Units(tuple(found))

    def _unit(self, index: int, entry: dict[str, Any]) -> Unit:
        for key in entry:
            if key not in _KEYS:
                raise self._wrong(self._line(index, key), _("只能写 name、aliases、parent，没有“{key}”", key=key))
        if "name" not in entry:
            raise self._wrong(self._line(index, ""), _("缺少 name"))
        aliases = entry.get("aliases", [])
        if not isinstance(aliases, list):
            raise self._wrong(self._line(index, "aliases"), _('写成 aliases = ["…", "…"]'))
        name = self._text(index, "name", entry["name"])
        parent = self._text(index, "parent", entry["parent"]) if "parent" in entry else ""
        return Unit(name, tuple(self._text(index, "aliases", alias) for alias in aliases), parent)

    def _text(self, index: int, key: str, value: Any) -> str:
        if not isinstance(value, str) or not value.strip() or CONTROL.search(value) or len(value) > _LONGEST:
            raise self._wrong(self._line(index, key), _("{key} 应当是单位的名称，用英文双引号括起来", key=key))
        return " ".join(value.split())

    def _refuse_twice(self, found: list[Unit]) -> None:
        first: dict[str, int] = {}
        for index, unit in enumerate(found):
            for word in (unit.name, *unit.aliases):
                if (other := first.setdefault(fold(word), index)) != index:
                    line = self._line(index, f'"{word}"')
                    raise self._wrong(
                        line, _("“{word}”已经是“{unit}”的名称或者别名", word=word, unit=found[other].name)
                    )

    def _refuse_circles(self, found: list[Unit]) -> None:
        # Made once: whoever is asked for one parent after the other looks at all units each time.
        names = {fold(word): unit.name for unit in found for word in (unit.name, *unit.aliases)}
        parents = {unit.name: names.get(fold(unit.parent), unit.parent) for unit in found}
        passed: set[str] = set()
        for index, unit in enumerate(found):
            seen, above = {unit.name}, parents[unit.name]
            while above and above not in passed:
                if above in seen:
                    raise self._wrong(self._line(index, "parent"), _("“{unit}”归到了自己名下", unit=unit.name))
                seen.add(above)
                above = parents.get(above, "")
            passed |= seen

    def _line(self, index: int, word: str) -> int:
        """Return the line of a key or a name in the table of that number, else that of the table."""
        start = self._headers[index] if 0 <= index < len(self._headers) else 1
        end = self._headers[index + 1] if 0 <= index < len(self._headers) - 1 else len(self._lines) + 1
        return next(self._naming(start, end, word), start)

    def _naming(self, start: int, end: int, word: str) -> Iterator[int]:
        return (number for number in range(start, end) if word and word in self._lines[number - 1])

    def _wrong(self, line: int, reason: str) -> ValueError:
        example = '[[unit]] name = "清川市档案馆" aliases = ["市档案馆"]'
        return ValueError(
            _("{file}:{line}：{reason}；例如 {example}", file=self._name, line=line, reason=reason, example=example)
        )
