"""What a disclosure or a problem says in public, as plain data: all of its fields but the internal ones."""

from __future__ import annotations

from datetime import date
from typing import Any

from rectify.core.model import Disclosure, Problem
from rectify.core.vocabulary import Keys


def public_fields(source: Disclosure | Problem, keys: Keys) -> dict[str, Any]:
    """Return the public fields by English key in the order of the vocabulary, what is not stated as an empty value."""
    return {key.name: _plain(getattr(source, key.name)) for key in keys if not key.internal}


def _plain(value: Any) -> Any:
    """Return a value of the model as JSON has it; of a record inside, what is stated."""
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "_asdict"):
        return {name: _plain(part) for name, part in value._asdict().items() if part}
    if isinstance(value, tuple):
        pairs = value and all(isinstance(one, tuple) and not hasattr(one, "_asdict") for one in value)
        return dict(value) if pairs else [_plain(one) for one in value]
    return "" if value is None else value
