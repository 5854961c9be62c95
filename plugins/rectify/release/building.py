"""Running MkDocs in a process of its own, so that whatever happens to it happens to nobody else."""

from __future__ import annotations

import sys
from pathlib import Path

from rectify.core.language import spoken
from rectify.sources import cache_folder
from rectify.sources.program import hand_over, run

ENVIRONMENT = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true", "PYTHONUTF8": "1"}
"""Without the theme's notices."""


def mkdocs(*arguments: str) -> int:
    """Run MkDocs with its output where ours goes; return its exit status."""
    return hand_over([sys.executable, "-m", "mkdocs", *arguments], ENVIRONMENT)


def build(configuration: Path, site: Path, history: Path, caches: Path) -> None:
    """Build a site with its page of earlier releases; raises ProgramError with what MkDocs said."""
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(configuration), "-d", str(site.absolute())]
    environment = {
        **ENVIRONMENT,
        "RECTIFY_LANG": spoken().key,
        "RECTIFY_HISTORY": str(history.absolute()),
        cache_folder.VARIABLE: str(caches.absolute()),
    }
    run(command, environment=environment, last_lines=0)
