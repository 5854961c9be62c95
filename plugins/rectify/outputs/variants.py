"""Which characters stand for which: a reader who writes 檔案 finds 档案, and the other way round.

One file tells it to the search and the table, with the characters of the site alone. `variants.txt` has a class of characters
a line; tools/variants.py draws them from the dictionaries of OpenCC.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from rectify.outputs.search_index import Analysis

FILE = "variants.json"
"""Its name below search/index/."""


@cache
def _classes() -> tuple[str, ...]:
    return tuple(Path(__file__).with_name("variants.txt").read_text("utf-8").split())


@cache
def _with_variants() -> frozenset[str]:
    return frozenset("".join(_classes()))


def characters_of(analyses: Iterable[Analysis]) -> str:
    """Return the characters of some entries that others stand for, each once and in order."""
    found: set[str] = set()
    for analysis in analyses:
        found.update(*analysis.grids)
    return "".join(sorted(found & _with_variants()))


def variants_json(characters: Iterable[str]) -> bytes:
    """Return the file for the characters of a site: of each class those that the site has, a stroke, and the others."""
    own = set(characters)
    classes = []
    for chars in _classes():
        if here := "".join(char for char in chars if char in own):
            classes.append(f"{here}/{''.join(char for char in chars if char not in own)}")
    return (json.dumps({"classes": " ".join(classes)}, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
