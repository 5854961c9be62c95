"""Files inside an office document: pictures, charts' workbooks, documents, drawings of older kinds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rectify.sources.office_package import Package

_BYTES = 100_000_000
_READ_ELSEWHERE = re.compile(r"(?i).+\.(?:xml|rels|vml|xhtml|html?)|mimetype|.+/vbaProject\.bin|.+/")
"""What belongs to the document itself, folders, and macros, which are a finding wherever they are."""


def embedded(package: Package) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of each file inside, in order of the names; raises Refused where one cannot be read."""
    names = sorted(name for name in package.names if not _READ_ELSEWHERE.fullmatch(name))
    return ((name, package.read(name, _BYTES)) for name in names)
