"""Running MkDocs in a process of its own, so that whatever happens to it happens to nobody else."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, NamedTuple

from rectify.core.language import spoken
from rectify.sources import cache_folder
from rectify.sources.confinement import Limits
from rectify.sources.program import ProgramError, TookTooLong, hand_over, hand_over_for, run

ENVIRONMENT = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true", "PYTHONUTF8": "1"}
"""Without the theme's notices."""
MKDOCS = (sys.executable, "-P", "-m", "mkdocs")
_FROM_NOWHERE = ("-P", "-E", "-X", "utf8")
"""What Python is told so that no file of the folder it runs in, and no variable, stands for a module."""


class Order(NamedTuple):
    """What is built, and whose word it is built by."""

    configuration: Path
    settings: dict[str, Any]
    """What stands in place of the settings of that file."""
    theme: dict[str, Any]
    """Settings of the theme, likewise."""
    options: dict[str, Any]
    """Of our plugin, likewise."""
    trusted: bool
    """Whether what the configuration names may be run; else no network, no variables, nothing beside it."""


def mkdocs(*arguments: str) -> int:
    """Run MkDocs with its output where ours goes; return its exit status."""
    return hand_over([*MKDOCS, *arguments], ENVIRONMENT)


def verified_build(seconds: float, sources: str, executor: str, *arguments: str) -> int:
    """Build a site likewise, for some time, on the cluster at an address, empty for this machine; raises TookTooLong.

    What a publication would refuse ends the build before the site is touched. A good verdict is remembered for the `sources`.
    """
    return hand_over_for(
        [*MKDOCS, "build", "-q", *arguments],
        {**ENVIRONMENT, "RECTIFY_VERIFY": sources or "-", "RECTIFY_EXECUTOR": executor},
        seconds,
    )


def build(order: Order, site: Path, publication: Path, caches: Path, limits: Limits, work: Path) -> None:
    """Build a site with what the file `publication` tells of releases; raises ProgramError with what MkDocs said.

    `work` is the folder that the process stands in, none of the repository's.
    """
    command = [sys.executable, *(() if order.trusted else _FROM_NOWHERE), "-m", "rectify.host.confined_build"]
    told = order._replace(configuration=str(order.configuration))._asdict()  # type: ignore[arg-type]
    told["settings"] = {**order.settings, "site_dir": str(site.absolute())}
    try:
        run(
            command,
            folder=None if order.trusted else work,
            given=json.dumps({**told, "limits": limits}).encode(),
            environment={
                **ENVIRONMENT,
                "PYTHONIOENCODING": "utf-8",
                "RECTIFY_LANG": spoken().key,
                "RECTIFY_RELEASE": str(publication.absolute()),
                cache_folder.VARIABLE: str(caches.absolute()),
            },
            seconds=limits.seconds,
            last_lines=0,
            plain=not order.trusted,
        )
    except TookTooLong:
        raise ProgramError(limits.told_of_time()) from None
