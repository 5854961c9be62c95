"""A build in a process of its own, within limits and with what `release` says of whose the settings are.

Run as `python -m rectify.host.confined_build` with an order as JSON on standard input.
"""

from __future__ import annotations

import json
import logging
import sys
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import click

from rectify.core.language import _
from rectify.sources.confinement import Limits, confine, leave_network


def main() -> int:
    """Carry out the order; return the exit status. What is wrong stands on standard error."""
    order = json.load(sys.stdin)
    limits = Limits(*order["limits"])
    confine(limits)
    if not order["trusted"]:
        leave_network()
    try:
        _build(order)
    except (MemoryError, BrokenProcessPool):
        print(limits.told_of_memory(), file=sys.stderr)
        return 1
    except click.ClickException as error:
        error.show(sys.stderr)
        return 1
    return 0


def _build(order: dict[str, Any]) -> None:
    # Only now, within the limits: what MkDocs loads, the plugins and hooks of a configuration among it, is its own affair.
    from mkdocs.__main__ import State
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    host = State(level=logging.ERROR)
    # What goes wrong is told in messages and records, where MkDocs' colours are noise.
    host.stream.setFormatter(logging.Formatter("%(message)s"))
    config = load_config(order["configuration"], **order["settings"])
    plugin = config.plugins.get("rectify")
    if plugin is None:
        file = Path(order["configuration"])
        raise click.ClickException(_("{file} 没有启用 rectify 插件", file=file))
    for name, value in order["theme"].items():
        config.theme[name] = value
    for name, value in order["options"].items():
        plugin.config[name] = value
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    finally:
        config.plugins.on_shutdown()
        del host


if __name__ == "__main__":
    sys.exit(main())
