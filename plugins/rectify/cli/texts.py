"""The language of the command line: `--lang`, RECTIFY_LANG, else that of the locale; Chinese where none is named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rectify.core.language import LANGUAGES, _, wanted_language
from rectify.core.vocabulary import nearest


def chosen_language(arguments: Sequence[str]) -> str:
    """Return the key of the language that a command line asks for; help is put into words before click has read it."""
    for i, argument in enumerate(arguments):
        given = arguments[i + 1 : i + 2] if argument == "--lang" else [argument.removeprefix("--lang=")]
        if argument.startswith("--lang") and given and given[0] in LANGUAGES:
            return given[0]
    return wanted_language()


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return the question that ends a message about an unknown word, empty where none is near."""
    near = nearest(word, list(known))
    return _("，是不是“{nearest}”？", nearest=near) if near else ""
