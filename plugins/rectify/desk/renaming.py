"""Two people each made a new file of the same name: ours gets another one, for they are two problems, or two pieces of evidence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from rectify.core.vocabulary import PROBLEM_KEYS
from rectify.desk.merging import is_problem
from rectify.desk.repository import Repository
from rectify.sources.edit import CannotEdit, read
from rectify.sources.file_edit import text_of
from rectify.sources.write import encode


class Named(NamedTuple):
    """Our files by the names that they can have."""

    held: dict[str, bytes | None]
    renamed: dict[str, str]
    """The new name of each that got another one."""


def apart(repository: Repository, held: Mapping[str, bytes | None], base: str, theirs: str) -> Named:
    """Return our files, those that are new here and there under another name, and what refers to them with it."""
    result, renamed = dict(held), dict[str, str]()
    if base == theirs:
        return Named(result, renamed)
    for path, ours in held.items():
        other = repository.file(theirs, path)
        if ours is None or other is None or ours == other or repository.file(base, path) is not None:
            continue
        if is_problem(path):
            if _title(ours, path) != _title(other, path):
                renamed[path] = _next_number(repository, path, ours, theirs, set(result))
        elif "/files/" in path:
            renamed[path] = _another_name(repository, path, ours, theirs, set(result))
    for path, name in renamed.items():
        result[name] = result.pop(path)
        if "/files/" in path:
            _refer(result, path, name)
    return Named(result, renamed)


def _title(data: bytes, path: str) -> str:
    try:
        return str(read(text_of(data, path)[0], PROBLEM_KEYS).values.get("title", ""))
    except CannotEdit:
        return ""


def _next_number(repository: Repository, path: str, ours: bytes, theirs: str, own: set[str]) -> str:
    """Return the name after the last one of a disclosure, here and there: a number is never used again."""
    folder, _slash, name = path.rpartition("/")
    names = {*repository.names(theirs, f"{folder}/"), *(one.rpartition("/")[2] for one in own if is_problem(one))}
    names |= {file.name for file in (repository.content / folder).glob("*.md")}
    for one in sorted(names):
        if one != name and repository.file(theirs, f"{folder}/{one}") == ours:
            return f"{folder}/{one}"  # it came there before, by a desk that was ended
    last = max(int(one[:-3]) for one in names if one[:-3].isdigit())
    return f"{folder}/{last + 1:0{len(name) - 3}d}.md"


def _another_name(repository: Repository, path: str, ours: bytes, theirs: str, own: set[str]) -> str:
    stem, dot, ending = path.rpartition(".")
    stem, ending = (stem, dot + ending) if dot and "/" not in ending else (path, "")
    number = 2
    while True:
        name = f"{stem}-{number}{ending}"
        there = repository.file(theirs, name)
        if there == ours or (there is None and name not in own and not (repository.content / name).exists()):
            return name
        number += 1


def _refer(held: dict[str, bytes | None], path: str, name: str) -> None:
    """Let our texts of the same disclosure name a file as it is called now."""
    folder, _slash, old = path.partition("/files/")
    new = name.removeprefix(f"{folder}/")
    word = re.compile(rf"files/{re.escape(old)}(?![\w.\-])")
    for one, data in held.items():
        if data is None or not one.startswith(f"{folder}/") or not one.endswith(".md"):
            continue
        try:
            text, encoding = text_of(data, one)
        except CannotEdit:
            continue
        if word.search(text):
            held[one] = encode(word.sub(lambda _found: new, text), data, encoding)
