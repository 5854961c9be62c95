"""What search engines ask for: `sitemap.xml` with the dates of the records, the same packed, and `robots.txt`."""

from __future__ import annotations

import html
import struct
import zlib
from collections.abc import Iterable

from rectify.core.register import Register
from rectify.core.site_map import SITE, at


def sitemap(register: Register, site_url: str, pages: Iterable[str], is_published: bool) -> bytes:
    """Return the sitemap: ordinary pages, then those that the site map lists, with the date of the records they show.

    Dates come from the records, never from the clock: a rebuild must not make anything look new. Without the site's address
    there are paths only, from the root of its host.
    """
    base = f"{site_url.rstrip('/')}/"
    rows: list[tuple[str, str]] = [(url, "") for url in pages]
    rows += [
        (place.path, register.as_of.isoformat())
        for place in SITE.values()
        if place.in_sitemap and place.is_generated and not place.names and (is_published or not place.published)
    ]
    for disclosure in register.disclosures:
        rows.append((disclosure.url, disclosure.as_of.isoformat()))
        for problem in register.of(disclosure):
            last = problem.last_progress
            rows.append((problem.url, (last.date if last else disclosure.published).isoformat()))
    urls = "".join(
        f"<url><loc>{html.escape(base + url)}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>\n"
        for url, day in rows
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{urls}</urlset>\n".encode()


def robots(site_url: str) -> bytes:
    """Return `robots.txt`: every robot may read everything, and is told of the sitemap where the site knows its address."""
    told = f"\nSitemap: {site_url.rstrip('/')}/{at('sitemap')}\n" if site_url else ""
    return f"User-agent: *\nDisallow:\n{told}".encode()


_BLOCK = 0xFFFF


def packed(data: bytes) -> bytes:
    """Return a gzip file of some bytes, stored as they are: what a compressor makes of them is its version's own (RFC 1951, 1952)."""
    parts = [b"\x1f\x8b\x08" + bytes(6) + b"\xff"]
    for start in range(0, len(data) or 1, _BLOCK):
        part = data[start : start + _BLOCK]
        is_last = start + _BLOCK >= len(data)
        parts += [struct.pack("<BHH", is_last, len(part), len(part) ^ _BLOCK), part]
    return b"".join([*parts, struct.pack("<II", zlib.crc32(data), len(data) & 0xFFFFFFFF)])
