"""The file of a history on disk."""

from __future__ import annotations

from pathlib import Path

from rectify.core.history import Broken, History, parse_history
from rectify.core.language import _


def read_history(file: Path) -> History:
    """Return a history from its file, an empty one where there is none; raises OSError, or ValueError where it was altered."""
    try:
        return parse_history(file.read_bytes())
    except FileNotFoundError:
        return History()
    except Broken as line:
        raise ValueError(_("{file} 第 {line} 行被改动过或者损坏", file=file, line=line)) from None
