"""`rectify check --fix`: what can be mended without asking, shown before it is written."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from rectify.cli.checking import Target
from rectify.core.language import _, _n
from rectify.core.vocabulary import DISCLOSURE_KEYS, PROBLEM_KEYS
from rectify.sources.content import survey
from rectify.sources.repair import Repaired, repair
from rectify.sources.safe_files import replace_file
from rectify.sources.text import LIMIT, lies_inside


def fix(targets: Sequence[Target], dry_run: bool) -> None:
    """Mend the source files among the targets, each whole or not at all, and say what was changed."""
    mended = 0
    for file, shown in _files(targets):
        data = file.read_bytes()
        repaired = repair(data, DISCLOSURE_KEYS if file.name == "index.md" else PROBLEM_KEYS)
        if repaired is None:
            continue
        click.echo(_difference(shown, repaired), nl=False)
        mended += 1
        if not dry_run:
            replace_file(file, repaired.data)
    if not mended:
        click.echo(_("没有可以自动改正的写法。"))
    elif dry_run:
        click.echo(_n("以上 {number} 个文件可以改正；去掉 --dry-run 后写入。", mended))
    else:
        click.echo(_n("已改正 {number} 个文件；用 git diff 查看，git checkout -- 文件 还原。", mended))


def _files(targets: Sequence[Target]) -> Iterator[tuple[Path, str]]:
    """Yield each source file of a report folder among the targets, with the name to show."""
    for target in targets:
        ids = (
            survey(target.content).folders
            if target.kind == "content"
            else [target.inside.removeprefix("reports/").split("/")[0]]
        )
        if target.kind not in ("content", "disclosure", "problem"):
            click.echo(
                _("{path}：--fix 只改通报文件夹里的 .md 文件", path=target.path),
                err=True,
            )
            continue
        for rid in ids:
            for file in sorted((target.content / "reports" / rid).glob("*.md")):
                if target.kind == "problem" and file != target.content / target.inside:
                    continue
                if file.is_file() and lies_inside(file, target.content) and file.stat().st_size <= LIMIT:
                    yield file, file.relative_to(target.content).as_posix()


def _difference(name: str, repaired: Repaired) -> str:
    reasons = "".join(f"{name}: {reason}\n" for reason in repaired.reasons)
    lines = difflib.unified_diff(
        repaired.before.splitlines(), repaired.after.splitlines(), name, name, n=1, lineterm=""
    )
    return reasons + "".join(f"{line}\n" for line in lines)
