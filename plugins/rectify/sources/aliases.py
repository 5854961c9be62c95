"""How much a few lines of YAML stand for: each alias of a list of aliases multiplies what whoever copies it has to write."""

from __future__ import annotations

import yaml

MOST = 100_000
"""Values of a document, each counted as often as it is referred to; the largest that we have seen has 2,000."""


_BRACKETS = 1_000
"""More than any configuration has; what it costs to read them grows with the square of their depth."""


def refuse_brackets(text: str) -> None:
    """Raise RecursionError for a text whose brackets could lie too deep in one another."""
    if text.count("[") + text.count("{") > _BRACKETS:
        raise RecursionError


def is_endless(node: yaml.Node | None) -> bool:
    """Return whether a document stands for more values than anybody writes, or holds itself; raises RecursionError."""
    return _values(node, {}) > MOST


def _values(node: yaml.Node | None, known: dict[int, float]) -> float:
    if id(node) not in known:
        known[id(node)] = float("inf")
        parts = node.value if isinstance(node, yaml.CollectionNode) else ()
        inner = (one for part in parts for one in (part if isinstance(part, tuple) else (part,)))
        known[id(node)] = 1 + sum(_values(one, known) for one in inner)
    return known[id(node)]
