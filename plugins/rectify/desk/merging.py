"""One file that two changed: by its fields where it has some, else line by line, else one of the two is chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from rectify.core.language import _
from rectify.core.site_map import REPORTS
from rectify.core.vocabulary import Keys
from rectify.desk.choices import OURS, THEIRS, WRITTEN, Choice
from rectify.desk.fields import BODY
from rectify.desk.reconcile import Clash, keys_of, reconcile
from rectify.sources.edit import CannotEdit, read
from rectify.sources.file_edit import text_of
from rectify.sources.program import ProgramError, run
from rectify.sources.write import encode


def merged(
    path: str, was: bytes | None, ours: bytes | None, theirs: bytes | None, chosen: Mapping[str, Choice]
) -> tuple[bytes | None, Sequence[Clash]]:
    """Return a file that both changed, and where they contradict each other; `chosen` says what a field shall hold."""
    if ours is not None and theirs is not None and path.endswith(".md"):
        try:
            (mine, _mine), (other, encoding) = text_of(ours, path), text_of(theirs, path)
            base = text_of(was, path)[0] if was is not None else "---\n---\n"
            text, clashes = _merged_text(path, base, mine, other, chosen)
            return encode(text, theirs, encoding), clashes
        except CannotEdit:
            pass
    clash = Clash(BODY, _shown(was), _shown(ours), _shown(theirs), choice=chosen.get(BODY))
    typed = _is_typed(path, ours, theirs)
    if clash.choice and clash.choice.is_of(clash.theirs):
        if clash.choice.whose in (OURS, THEIRS):
            return (ours if clash.choice.whose == OURS else theirs), ()
        if clash.choice.whose == WRITTEN and typed and theirs is not None:
            return encode(f"{clash.choice.text}\n", theirs, text_of(theirs, path)[1]), ()
    return theirs, [clash._replace(text=clash.ours if typed else None)]


def _is_typed(path: str, ours: bytes | None, theirs: bytes | None) -> bool:
    """Return whether a third wording can be typed: of a page of text, whose form is nobody's but its writer's."""
    if ours is None or theirs is None or not path.endswith(".md") or has_fields(path):
        return False
    try:
        return all(text_of(data, path) for data in (ours, theirs))
    except CannotEdit:
        return False


def has_fields(path: str) -> bool:
    """Return whether a file of the content is a problem or the head of a disclosure."""
    parts = path.split("/")
    return len(parts) == 3 and parts[0] == REPORTS and (parts[2] == "index.md" or is_problem(path))


def is_problem(path: str) -> bool:
    """Return whether a file of the content is a problem."""
    parts = path.split("/")
    return len(parts) == 3 and parts[0] == REPORTS and path.endswith(".md") and parts[2][:-3].isdigit()


def _merged_text(
    path: str, base: str, ours: str, theirs: str, chosen: Mapping[str, Choice]
) -> tuple[str, Sequence[Clash]]:
    lines = _by_lines(base, ours, theirs)
    if not has_fields(path):
        if lines is None:
            raise CannotEdit(path)
        return lines, ()
    made = reconcile(base, ours, theirs, keys_of(path), chosen)
    # Line by line keeps our comments too; it is taken where it says the same.
    if lines is not None and not made.clashes and _same(lines, made.text, keys_of(path)):
        return lines, ()
    return made


def _same(one: str, other: str, keys: Keys) -> bool:
    first, second = read(one, keys), read(other, keys)
    return first.values == second.values and first.body.strip() == second.body.strip()


def _by_lines(base: str, ours: str, theirs: str) -> str | None:
    """Return their text with the lines that we changed, None where both changed the same ones."""
    with TemporaryDirectory() as folder:
        files = [Path(folder, name) for name in ("ours", "base", "theirs")]
        for file, text in zip(files, (ours, base, theirs)):
            file.write_bytes(text.encode())
        try:
            return run(["git", "merge-file", "-p", "--quiet", *map(str, files)], whole=True)
        except ProgramError:
            return None


def _shown(data: bytes | None) -> str:
    if data is None:
        return ""
    return _("文件，{size} 字节", size=len(data)) if b"\0" in data else data.decode("utf-8", "replace")
