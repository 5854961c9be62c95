"""The office's own words, read from its file."""

from __future__ import annotations

import tomllib
from pathlib import Path

from rectify.prose import NO_WORDS, OfficeWords
from rectify.prose.office import office_words


def read_words(file: Path) -> OfficeWords:
    """Return the words of a TOML file, none where there is no such file; raises ValueError naming file and place."""
    try:
        return office_words(tomllib.loads(file.read_text("utf-8-sig")))
    except FileNotFoundError:
        return NO_WORDS
    except (OSError, ValueError) as error:
        raise ValueError(f"{file}: {error}") from None
