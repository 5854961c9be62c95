"""The language of the command line: `--lang`, RECTIFY_LANG, else that of the locale; Chinese where none is named."""

from __future__ import annotations

import sys

from rectify.core.language import LANGUAGES, speak, wanted_language


def _chosen() -> str:
    # Help texts are needed before click has parsed anything, so the option is looked for by hand.
    arguments = sys.argv[1:]
    for i, argument in enumerate(arguments):
        if argument == "--lang" and i + 1 < len(arguments):
            return arguments[i + 1]
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
    return wanted_language()


LANG = _chosen() if _chosen() in LANGUAGES else wanted_language()
speak(LANG)


def say(zh: str, en: str) -> str:
    """Return the text in the chosen language."""
    return en if LANG == "en" else zh
