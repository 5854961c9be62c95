"""The words by which the parts of a saved page are told apart, read from `page.toml`."""

from __future__ import annotations

import tomllib
from importlib.resources import files

_data = tomllib.loads(files(__package__).joinpath("page.toml").read_text("utf-8"))

CONTAINERS: dict[str, int] = {name: rank for rank, name in enumerate(_data["containers"])}
LABELS = frozenset(_data["labels"])
META: tuple[str, ...] = tuple(_data["meta"])
FURNITURE: tuple[str, ...] = tuple(_data["furniture"])
FURNITURE_LABELS: tuple[str, ...] = tuple(_data["furniture_labels"])
FOOTER: tuple[str, ...] = tuple(_data["footer"])
RELATED = frozenset(_data["related"])
ATTACHMENTS: tuple[str, ...] = tuple(_data["attachments"])
