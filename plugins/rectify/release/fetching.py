"""A file of a published site, from a web server."""

from __future__ import annotations

import urllib.request
from urllib.parse import quote, urlsplit

_LIMIT = 200_000_000
"""Bytes of one file."""


def base_of(address: str) -> str:
    """Return the address of a site with a slash at its end; raises ValueError for one that is no web address."""
    if urlsplit(address).scheme not in ("http", "https"):
        raise ValueError(address)
    return address if address.endswith("/") else f"{address}/"


def fetch(base: str, path: str) -> bytes:
    """Return a file below an address of `base_of`; raises OSError."""
    request = urllib.request.Request(base + quote(path), headers={"Accept-Encoding": "identity"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        data = answer.read(_LIMIT + 1)
    if len(data) > _LIMIT:
        raise OSError(f"{base}{path}: > {_LIMIT} bytes")
    return data
