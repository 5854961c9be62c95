"""Python-Markdown's inline patterns, without those that cannot match: they take most of its time on plain Chinese text."""

from __future__ import annotations

from functools import cache
from typing import Any

from markdown import Markdown
from markdown.util import Registry

_BRACKET = ("[",)
_NEEDS: dict[str, tuple[str, ...]] = {
    "backtick": ("`",),
    "escape": ("\\",),
    "reference": _BRACKET,
    "link": _BRACKET,
    "image_link": _BRACKET,
    "image_reference": _BRACKET,
    "short_reference": _BRACKET,
    "short_image_ref": _BRACKET,
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  ",),
    "entity": ("&",),
    "em_strong": ("*", "_"),
    "em_strong2": ("_",),
}
"""What a text must contain one of for a pattern to match; patterns that are not named here always stay."""

_TRIGGERS = tuple(dict.fromkeys(trigger for needs in _NEEDS.values() for trigger in needs))


class InlinePatterns:
    """Chooses the patterns of one converter for each text."""

    def __init__(self, md: Markdown):
        self._inline: Any = md.treeprocessors["inline"]
        needs = {id(md.inlinePatterns[name]): some for name, some in _NEEDS.items() if name in md.inlinePatterns}
        patterns = list(md.inlinePatterns)

        @cache
        def choose(present: tuple[bool, ...]) -> Registry:
            found = {trigger for trigger, there in zip(_TRIGGERS, present) if there}
            chosen: Registry = Registry()
            for place, pattern in enumerate(patterns):
                if not (some := needs.get(id(pattern))) or found.intersection(some):
                    chosen.register(pattern, str(place), -place)
            return chosen

        self._choose = choose

    def fit(self, text: str) -> None:
        """Make the converter use only the patterns that may match in this text."""
        self._inline.inlinePatterns = self._choose(tuple(trigger in text for trigger in _TRIGGERS))
