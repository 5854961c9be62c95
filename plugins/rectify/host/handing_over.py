"""Between the register's part of a site that is its owner's, which MkDocs fills, and the folder in which the register is built."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from rectify.core.language import _
from rectify.core.site_map import WRITTEN, generated_at
from rectify.host.ground import Ground
from rectify.sources.last_build import files_below


def written_by_host(folder: Path, ground: Ground) -> str:
    """Return the pages of the register that MkDocs has put into a frame which is its owner's; raises ValueError for those that it has not."""
    missing = [ground.path + source for name, source in WRITTEN.items() if not (folder / name).is_file()]
    if missing:
        raise ValueError(_("没有生成 {pages}：有插件不认默认的文字，把它们写进内容", pages=", ".join(missing)))
    return "".join(folder.joinpath(name).read_text("utf-8") for name in WRITTEN)


def made_by_host(folder: Path, attachments: Collection[str]) -> Iterator[str]:
    """Yield the files of the register's part that MkDocs and other plugins made: what may be left of an earlier build is not."""
    for path, _signature in files_below(str(folder)):
        if path in attachments or not generated_at(path):
            yield path


def hand_over(place: Path, folder: Path, built: Iterable[str]) -> None:
    """Put what was built where the site has the register, in place of what it had."""
    there = {path for path, _signature in files_below(str(folder))}
    for path in there.difference(built):
        (folder / path).unlink()
    shutil.copytree(place, folder, dirs_exist_ok=True)
