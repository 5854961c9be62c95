"""The language of the command line: Chinese, or English with `--lang en` or RECTIFY_LANG=en."""

from __future__ import annotations

import os
import sys

LANGUAGES = ("zh", "en")


def _chosen() -> str:
    # Help texts are needed before click has parsed anything, so the option is looked for by hand.
    arguments = sys.argv[1:]
    for i, argument in enumerate(arguments):
        if argument == "--lang" and i + 1 < len(arguments):
            return arguments[i + 1]
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
    return os.environ.get("RECTIFY_LANG", "zh")


LANG = _chosen() if _chosen() in LANGUAGES else "zh"


def say(zh: str, en: str) -> str:
    """Return the text in the chosen language."""
    return en if LANG == "en" else zh
