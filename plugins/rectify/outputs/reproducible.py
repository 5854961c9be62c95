"""Office files that are the same bytes for the same content: no clock, no names in the properties."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

_CORE = "docProps/core.xml"
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_PEOPLE = re.compile(rb"(<(?:dc:creator|cp:lastModifiedBy)\b[^>]*>)[^<]+(?=</)")
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip archive can hold."""


def make_reproducible(data: bytes, day: date) -> bytes:
    """Return an office file with `day` as the time it was made and with fixed times in its archive."""
    out = io.BytesIO()
    stamp = f"{day.isoformat()}T00:00:00Z".encode()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == _CORE:
                part = _PEOPLE.sub(rb"\1", _TIMES.sub(rb"\g<1>" + stamp, part))
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # else Windows and Unix would differ
            new.writestr(entry, part)
    return out.getvalue()
