"""Where the caches of a site lie: in its own folder, outside what git controls, or where whoever runs the command says."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from rectify.core.language import N_, Message, _
from rectify.sources.program import ProgramError, run

DEFAULT = ".cache/rectify"
VARIABLE = "RECTIFY_CACHE"
"""Names another folder, whatever the configuration says: a publisher keeps the caches of a site that others write."""


def cache_folder(configuration: Path, asked: str, taken: Iterable[Path]) -> Path:
    """Return the folder for caches that a configuration asks for, or that of the environment.

    What comes with a site must not be taken for what was computed here, and nothing is to be written elsewhere: raises
    ValueError, with the remedy, for a folder that is not wholly the site's own, is reached by a link, overlaps one of the
    `taken` or is tracked by git.
    """
    if given := os.environ.get(VARIABLE):
        return Path(given).absolute()
    root, parts = configuration.parent, Path(asked).parts
    folder = root / asked
    if not parts or folder == root or Path(asked).is_absolute() or ".." in parts:
        raise _refused(configuration, asked, N_("要在网站文件夹之内，写成相对路径"))
    for other in taken:
        if folder.is_relative_to(other) or other.is_relative_to(folder):
            raise _refused(configuration, asked, N_("与 {other} 重叠", other=other))
    steps = [root.joinpath(*parts[:count]) for count in range(1, len(parts) + 1)]
    for step in (*steps, *(folder.iterdir() if folder.is_dir() else ())):
        if step.is_symlink():
            raise _refused(configuration, asked, N_("{path} 是链接", path=step.relative_to(root)))
        if step in steps and step.exists() and not step.is_dir():
            raise _refused(configuration, asked, N_("{path} 是文件，请删去或者改名", path=step.relative_to(root)))
        if (step / ".git").exists():
            raise _refused(configuration, asked, N_("{path} 是另一个 git 仓库", path=step.relative_to(root)))
    if folder.exists() and _is_tracked(folder, root):
        remedy = f"git rm -r --cached {asked}"
        raise _refused(configuration, asked, N_("由 git 跟踪；运行 {remedy} 并写进 .gitignore", remedy=remedy))
    return folder


def _refused(configuration: Path, asked: str, reason: Message) -> ValueError:
    return ValueError(
        _(
            "{file}: plugins: rectify: cache: 缓存文件夹 {asked} 不能用：{reason}；或者删去这一项，用默认的 {default}",
            file=configuration,
            asked=asked,
            reason=reason,
            default=DEFAULT,
        )
    )


def _is_tracked(folder: Path, root: Path) -> bool:
    """Return whether git has a file of a folder; where there is no repository, or no git, nothing is."""
    if not any((one / ".git").exists() for one in (root, *root.absolute().parents)):
        return False
    # The repository may be another user's, and its settings name no program to be run.
    safe = ["-c", "safe.directory=*", "-c", "core.fsmonitor=false"]
    try:
        return bool(run(["git", *safe, "-C", str(root), "ls-files", "-z", "--", os.path.relpath(folder, root)]))
    except ProgramError:
        return False
