"""Attachments that are taken away again: out of the entries that have them, and the file where nothing else needs it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

from rectify.core.language import N_, Message
from rectify.desk.office import Office

GONE = "gone-"
"""What the names of boxes begin with that take an attachment away."""
_SAYS = ("附件", "见附", "attach")
"""By what an entry speaks of what comes with it."""


class TakenAway(NamedTuple):
    """What becomes of attachments that a problem is to have no more."""

    files: tuple[Path, ...]
    """Those that nothing refers to any more."""
    told: tuple[Message, ...]
    """What whoever takes them away should know."""


def unwanted(posted: Mapping[str, str], values: Mapping[str, Any]) -> set[str]:
    """Return the attachments of a problem that a form takes away."""
    held = {name for one in (*values.get("progress", ()), *values.get("course", ())) for name in one.files}
    return {name.removeprefix(GONE) for name in posted if name.startswith(GONE)} & held


def without(entries: tuple[Any, ...], gone: Collection[str]) -> tuple[Any, ...]:
    """Return entries or steps without these attachments."""
    return tuple(one._replace(files=tuple(name for name in one.files if name not in gone)) for one in entries)


def taken_away(office: Office, shown: str, text: str, values: Mapping[str, Any], gone: Collection[str]) -> TakenAway:
    """Return what becomes of attachments, of a problem in this file that had the values and gets this text."""
    folder = (office.content / shown).parent
    files, told = [], list[Message]()
    for name in sorted(gone):
        file = folder / name
        if user := next(_users(folder, shown, text, name), ""):
            told.append(N_("{file} 还用在 {place}，文件没有删去", file=name, place=user))
        elif file.is_file() and file.resolve().is_relative_to(office.content.resolve()):
            files.append(file)
            told.append(N_("附件 {file} 已去掉；去掉错了，在“提交”里撤销", file=name))
    if any(
        set(one.files) & set(gone) and any(word in one.text for word in (*_SAYS, *map(_stem, gone)))
        for one in values.get("progress", ())
    ):
        told.append(N_("进展的文字还提到附件，请改那一条"))
    return TakenAway(tuple(files), tuple(told))


def _users(folder: Path, shown: str, text: str, name: str) -> Iterator[str]:
    """Yield where a text of the disclosure still names a file."""
    for source in sorted(folder.glob("*.md")):
        is_this = source.name == shown.rpartition("/")[2]
        said = text if is_this else source.read_text("utf-8", "replace")
        if name in unquote(said):
            yield f"{folder.name}/{source.stem}" if source.stem != "index" else folder.name


def _stem(name: str) -> str:
    return name.rpartition("/")[2].rpartition(".")[0] or name
