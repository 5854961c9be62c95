"""Every regular expression of the package, and the texts that each of them would be slowest on."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from re import _constants as op  # type: ignore[attr-defined] # what the standard library compiles them from
from re import _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

import rectify
from rectify.prose.late import Late

ANCHORED = {"match", "fullmatch"}
"""Methods that look at one place only."""
_METHODS = {"search", "finditer", "findall", "sub", "subn", "split", *ANCHORED}
_ROOT = Path(rectify.__file__).parent
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_LONG = 20
"""A repetition of at most so many costs no more than that much."""
_BRANCHES = 3
_UNIT = 60
"""Characters of a piece that is repeated."""
_CLASSES = {
    op.CATEGORY_DIGIT: "1",
    op.CATEGORY_SPACE: " ",
    op.CATEGORY_WORD: "市",
    op.CATEGORY_NOT_DIGIT: "市",
    op.CATEGORY_NOT_SPACE: "市",
    op.CATEGORY_NOT_WORD: "，",
}
_ANY = "市a1 ，.-\"'<>[(：\n"


class Named(NamedTuple):
    """A pattern and where it stands."""

    place: str
    pattern: re.Pattern[Any]
    anchored: bool
    """Whether it is never searched for, only looked at one place for."""

    def run(self, text: str) -> None:
        """Do with a text what the package does."""
        given: Any = text.encode("utf-8", "replace") if isinstance(self.pattern.pattern, bytes) else text
        if self.anchored:
            self.pattern.match(given)
            self.pattern.fullmatch(given)
        else:
            for _ in self.pattern.finditer(given):
                pass


@cache
def every_pattern() -> list[Named]:
    """Return the patterns that the modules of the package hold, or give to a function of `re` where they use it."""
    found: dict[tuple[Any, int], Named] = {}
    for module in pkgutil.walk_packages(rectify.__path__, "rectify."):
        if module.name.endswith("__main__"):
            continue
        loaded = importlib.import_module(module.name)
        for name, value in vars(loaded).items():
            for pattern in _patterns_in(value):
                used = _uses(module.name, name)
                one = Named(f"{module.name}.{name}", pattern, bool(used) and used <= ANCHORED)
                found.setdefault((pattern.pattern, pattern.flags), one)
    for place, method, pattern in _written_in_place():
        found.setdefault((pattern.pattern, pattern.flags), Named(place, pattern, method in ANCHORED))
    return list(found.values())


def hostile_texts(pattern: re.Pattern[Any], size: int) -> Iterator[str]:
    """Yield texts of about a size that a pattern fails on as late as can be.

    Each is made of what the pattern begins with, or of what may be repeated in it, again and again.
    """
    source = pattern.pattern.decode("latin-1") if isinstance(pattern.pattern, bytes) else pattern.pattern
    tree = _parser.parse(source, pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags)
    for before, unit in dict.fromkeys(_pumps(list(tree), "")):
        if unit:
            yield before + unit * (size // len(unit)) + "\0"


class _Run(NamedTuple):
    """Of what a part of a pattern matches, the digits that are there for certain, and the most characters around them."""

    before: int
    digits: int
    apart: int
    """Between two of them."""
    behind: int

    def then(self, other: _Run) -> _Run:
        if not self.digits:
            return other._replace(
                before=self.before + other.before, behind=other.behind + self.behind * (not other.digits)
            )
        if not other.digits:
            return self._replace(behind=self.behind + other.before)
        apart = max(self.apart, other.apart, self.behind + other.before)
        return _Run(self.before, self.digits + other.digits, apart, other.behind)


def digits_together(pattern: re.Pattern[str], apart: int) -> int:
    """Return how many digits whatever a pattern matches has at least, none of them further apart than that; else 1, if any."""
    run = _run(list(_parser.parse(pattern.pattern, pattern.flags)))
    return run.digits if run.apart <= apart else 1


def _run(items: list[Any]) -> _Run:
    run = _Run(0, 0, 0, 0)
    for place, (kind, value) in enumerate(items):
        if kind is op.ASSERT and value[0] > 0:
            # Both what is looked at and what is taken begin here; either of them will do.
            return run.then(max(_run(list(value[1])), _run(items[place + 1 :]), key=lambda one: one.digits))
        run = run.then(_run_of(kind, value))
    return run


def _run_of(kind: Any, value: Any) -> _Run:
    if kind in (op.ASSERT, op.ASSERT_NOT, op.AT):
        return _Run(0, 0, 0, 0)
    if kind is op.SUBPATTERN:
        return _run(list(value[-1]))
    if kind in _REPEATS and value[0] and (one := _run(list(value[2]))).digits:
        return one._replace(
            digits=value[0] * one.digits, apart=max(one.apart, (one.behind + one.before) * (value[1] > 1))
        )
    if kind is op.BRANCH:
        before, digits, apart, behind = zip(*(_run(list(branch)) for branch in value[1]))
        if all(digits):
            return _Run(max(before), min(digits), max(apart), max(behind))
    width = _others([(kind, value)])
    return _Run(0, 1, 0, 0) if not width and kind in (op.LITERAL, op.IN) else _Run(width, 0, 0, width)


def _others(items: Iterable[Any]) -> int:
    """Return how many characters besides digits the parts of a pattern match at most."""
    number = 0
    for kind, value in items:
        if kind is op.LITERAL:
            number += not chr(value).isdecimal()
        elif kind is op.IN:
            number += not all(map(_is_digit, value))
        elif kind in _REPEATS:
            number += int(value[1]) * _others(value[2])
        elif kind is op.SUBPATTERN:
            number += _others(value[-1])
        elif kind is op.BRANCH:
            number += max(map(_others, value[1]))
        elif kind not in (op.ASSERT, op.ASSERT_NOT, op.AT):
            number += 1
    return number


def _is_digit(part: Any) -> bool:
    """Return whether a part of a class holds nothing but digits."""
    kind, value = part
    if kind is op.LITERAL:
        return chr(value).isdecimal()
    if kind is op.RANGE:
        return all(chr(one).isdecimal() for one in value) and value[1] - value[0] < 10
    return value is op.CATEGORY_DIGIT


def _patterns_in(value: Any, depth: int = 3) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Late):
        yield value.compiled
    elif depth and isinstance(value, dict):
        yield from _patterns_in([*value.keys(), *value.values()], depth - 1)
    elif depth and isinstance(value, (list, tuple, set, frozenset)):
        for one in value:
            yield from _patterns_in(one, depth - 1)


@cache
def _sources() -> dict[Path, str]:
    return {file: file.read_text("utf-8") for file in sorted(_ROOT.rglob("*.py"))}


@cache
def _nodes() -> list[tuple[Path, ast.ImportFrom | ast.Call]]:
    return [
        (file, node)
        for file, source in _sources().items()
        for node in ast.walk(ast.parse(source))
        if isinstance(node, (ast.ImportFrom, ast.Call))
    ]


@cache
def _imported() -> dict[tuple[str, str], list[Path]]:
    """Return the files that take a name from a module, by both."""
    files: dict[tuple[str, str], list[Path]] = defaultdict(list)
    for file, node in _nodes():
        for taken in node.names if isinstance(node, ast.ImportFrom) else ():
            files[node.module or "", taken.name].append(file)
    return files


@cache
def _without_imports(file: Path) -> str:
    return re.sub(r"(?m)^from [^\n(]*(?:\([^)]*\))?", "", _sources()[file])


def _uses(module: str, name: str) -> set[str]:
    """Return the methods of a pattern that are used, among them an empty one where it is handed on."""
    own = Path(importlib.import_module(module).__file__ or "")
    shape = re.compile(rf"\b{name}\b(?! =)(?:\.(\w+))?")
    return {use for file in {own, *_imported()[module, name]} for use in shape.findall(_without_imports(file))}


def _written_in_place() -> Iterator[tuple[str, str, re.Pattern[Any]]]:
    for file, node in _nodes():
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr in _METHODS
            and isinstance(node.args[0], ast.Constant)
        ):
            place = f"{file.relative_to(_ROOT)}:{node.lineno}"
            yield place, node.func.attr, re.compile(node.args[0].value)


def _pumps(items: list[Any], before: str) -> Iterator[tuple[str, str]]:
    """Yield beginnings, and what to repeat after them, for a sequence of the parts of a pattern."""
    seen = before
    for kind, value in items:
        if kind in _REPEATS:
            _, most, body = value
            unit = _example(list(body))
            if most > _LONG:
                yield seen[-_UNIT:], unit[:_UNIT]
                yield "", (seen + unit)[-_UNIT:]
                yield "", f"{unit}\n"[-_UNIT:]
                for one in _alternatives(list(body)):
                    yield seen[-_UNIT:], one[:_UNIT]
            yield from _pumps(list(body), seen)
        elif kind is op.SUBPATTERN:
            yield from _pumps(list(value[-1]), seen)
        elif kind is op.ATOMIC_GROUP:
            yield from _pumps(list(value), seen)
        elif kind is op.BRANCH:
            for branch in value[1][:_BRANCHES]:
                yield from _pumps(list(branch), seen)
        elif kind in (op.ASSERT, op.ASSERT_NOT):
            yield from _pumps(list(value[1]), seen)
        seen += _example([(kind, value)])
    yield "", seen[-_UNIT:]


def _alternatives(items: list[Any]) -> Iterator[str]:
    for kind, value in items:
        if kind is op.IN and value[0][0] is op.NEGATE:
            yield _of_class(value)
        elif kind is op.IN:
            for part, what in value[:_BRANCHES]:
                yield _example([(op.IN, [(part, what)])])
        elif kind is op.BRANCH:
            yield from (_example(list(branch)) for branch in value[1][:_BRANCHES])


def _example(items: Iterable[Any]) -> str:
    """Return a short text that the parts of a pattern match, but for what looks around."""
    return "".join(map(_one, items))


def _one(item: Any) -> str:
    kind, value = item
    if kind is op.LITERAL:
        return chr(value)
    if kind is op.NOT_LITERAL:
        return next(one for one in _ANY if ord(one) != value)
    if kind is op.ANY:
        return "市"
    if kind is op.IN:
        return _of_class(value)
    if kind in _REPEATS:
        return _example(list(value[2])) * max(1, min(value[0], _LONG))
    if kind is op.SUBPATTERN:
        return _example(list(value[-1]))
    if kind is op.ATOMIC_GROUP:
        return _example(list(value))
    if kind is op.BRANCH:
        return _example(list(value[1][0]))
    return ""


def _of_class(parts: list[Any]) -> str:
    if parts[0][0] is op.NEGATE:
        shape = re.compile(f"[^{''.join(map(_written, parts[1:]))}]")
        return next((one for one in _ANY if shape.match(one)), "市")
    kind, value = parts[0]
    return _CLASSES[value] if kind is op.CATEGORY else chr(value[0] if kind is op.RANGE else value)


def _written(part: Any) -> str:
    kind, value = part
    if kind is op.CATEGORY:
        return {op.CATEGORY_DIGIT: r"\d", op.CATEGORY_SPACE: r"\s", op.CATEGORY_WORD: r"\w"}.get(value, r"\W")
    if kind is op.RANGE:
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    return re.escape(chr(value))
