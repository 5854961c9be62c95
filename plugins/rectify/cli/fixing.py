"""`rectify check --fix`: what can be mended without asking, shown before it is written."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from rectify.checks.attachments.inside import inside_findings
from rectify.checks.beside import files_beside
from rectify.checks.repairs import CARRIED, repaired
from rectify.cli.checking import Target
from rectify.core.language import _, _n
from rectify.core.site_map import REPORTS
from rectify.prose import NO_WORDS
from rectify.sources.content import survey
from rectify.sources.file_edit import difference
from rectify.sources.originals import ORIGINALS, keep_original, original_place
from rectify.sources.repair import Repaired
from rectify.sources.safe_files import replace_file
from rectify.sources.text import lies_inside

CLEANED = 100_000_000
"""Bytes of a file that is taken apart."""


def fix(targets: Sequence[Target], dry_run: bool) -> None:
    """Mend the source files among the targets, each whole or not at all, and say what was changed."""
    mended = 0
    for target, file in _files(targets):
        shown = file.relative_to(target.content).as_posix()
        one, pictures = repaired(target.content, file, shown)
        if one is None:
            continue
        click.echo(_difference(shown, one), nl=False)
        mended += 1
        if not dry_run:
            for name, data in pictures.items():
                (file.parent / name).parent.mkdir(exist_ok=True)
                replace_file(file.parent / name, data)
            replace_file(file, one.data)
    stripped = sum(_strip(target, path, dry_run) for target, path in _attachments(targets))
    if not mended and not stripped:
        click.echo(_("没有可以自动改正的写法。"))
    elif dry_run:
        click.echo(_n("以上 {number} 个文件可以改正；去掉 --dry-run 后写入。", mended + stripped))
    elif mended:
        click.echo(_n("已改正 {number} 个文件；用 git diff 查看，git checkout -- 文件 还原。", mended))


def _strip(target: Target, path: str, dry_run: bool) -> bool:
    """Take from a published file what it carries beside what it shows, after a copy was laid outside the content; return whether there was any.

    What could not be taken is told with what to do about it.
    """
    # With the readers of office documents and PDF, which a check of texts need not.
    from rectify.checks.attachments.cleaning import cleaned

    file = target.content / path
    data = file.read_bytes() if file.stat().st_size <= CLEANED else b""
    new = cleaned(data, file.suffix[1:].lower())
    before = list(inside_findings(data, path, NO_WORDS))
    after = before if new is None else list(inside_findings(new, path, NO_WORDS))
    if new is not None:
        gone = Counter(one.message() for one in before) - Counter(one.message() for one in after)
        for line in gone.elements() if gone else [_("不显示的内容")]:
            click.echo(_("{path}: 去掉 {what}", path=path, what=line))
    for one in after:
        if one.rule in CARRIED:
            click.echo(_("{path}: 没有去掉 {what}；{remedy}", path=path, what=one.message(), remedy=one.fix()))
    if new is not None and not dry_run:
        originals = target.content.resolve().parent / ORIGINALS
        copy = original_place(originals / path, data)
        keep_original(originals, copy, data)
        replace_file(file, new)
        click.echo(_("{path}: 原件在 {copy}", path=path, copy=os.path.relpath(copy)))
    return new is not None


def _attachments(targets: Sequence[Target]) -> Iterator[tuple[Target, str]]:
    """Yield each published file among the targets, by its path below the content folder."""
    for target in targets:
        if target.kind == "content":
            yield from ((target, path) for path in files_beside(target.content))
        for rid in _ids(target) if target.kind in ("content", "disclosure") else ():
            folder = target.content / REPORTS / rid / "files"
            for file in sorted(folder.rglob("*")):
                if file.is_file() and not file.is_symlink() and lies_inside(file, target.content):
                    yield target, file.relative_to(target.content).as_posix()


def _ids(target: Target) -> Iterable[str]:
    if target.kind == "content":
        return survey(target.content).folders
    return [target.inside.removeprefix(f"{REPORTS}/").split("/")[0]]


def _files(targets: Sequence[Target]) -> Iterator[tuple[Target, Path]]:
    """Yield each source file of a report folder among the targets; one too large may hold pictures."""
    for target in targets:
        if target.kind not in ("content", "disclosure", "problem"):
            click.echo(
                _("{path}：--fix 只改通报文件夹里的 .md 文件和公开的附件", path=target.path),
                err=True,
            )
            continue
        for rid in _ids(target):
            for file in sorted((target.content / REPORTS / rid).glob("*.md")):
                if target.kind == "problem" and file != target.content / target.inside:
                    continue
                if file.is_file() and lies_inside(file, target.content) and file.stat().st_size <= CLEANED:
                    yield target, file


def _difference(name: str, repaired: Repaired) -> str:
    reasons = "".join(f"{name}: {reason}\n" for reason in repaired.reasons)
    return reasons + difference(name, repaired.before, repaired.after)
