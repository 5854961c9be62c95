"""The MkDocs theme `rectify`: where its templates lie."""

import os
from collections.abc import Sequence
from pathlib import Path


def templates() -> str:
    """Return the folder of our own templates and styles: in an installed package beside this file, in a checkout `theme/`."""
    here = Path(__file__).parent / "templates"
    return str(here if here.is_dir() else Path(__file__).parents[4] / "theme")


def own_folders(folders: Sequence[str]) -> list[str]:
    """Return those of a theme's folders that are ours or the site's own, without those of a theme below them."""
    ours = os.path.realpath(templates())
    number = next((n for n, folder in enumerate(folders) if os.path.realpath(folder) == ours), len(folders) - 1)
    return list(folders[: number + 1])


def are_ours(folders: Sequence[str]) -> bool:
    """Return whether the templates in these folders are the ones that came with this program, none of them changed."""
    ours = templates()
    return all(
        (there := Path(ours, file.relative_to(folder))).is_file() and there.read_bytes() == file.read_bytes()
        for folder in folders
        if os.path.realpath(folder) != os.path.realpath(ours)
        for file in Path(folder).rglob("*.html")
    )
