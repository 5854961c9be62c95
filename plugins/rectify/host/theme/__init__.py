"""The MkDocs theme `rectify`: Material, without the advertising that it prints when it is loaded."""

import os
from collections.abc import Sequence
from pathlib import Path

# MkDocs imports this package before Material, which then keeps silent; the variable is Material's own switch.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")


def templates() -> str:
    """Return the folder of our own templates and styles: in an installed package beside this file, in a checkout `theme/`."""
    here = Path(__file__).parent / "templates"
    return str(here if here.is_dir() else Path(__file__).parents[4] / "theme")


def own_folders(folders: Sequence[str]) -> list[str]:
    """Return those of a theme's folders that are ours or the site's own, without Material's below them."""
    ours = os.path.realpath(templates())
    number = next((n for n, folder in enumerate(folders) if os.path.realpath(folder) == ours), len(folders) - 1)
    return list(folders[: number + 1])
