"""`sitemap.xml`, with the dates of the records."""

from __future__ import annotations

import html
from collections.abc import Iterable

from rectify.core.register import Register
from rectify.core.site_map import SITE


def sitemap(register: Register, site_url: str, pages: Iterable[str], is_published: bool) -> bytes:
    """Return the sitemap: ordinary pages, then those that the site map lists, with the date of the records they show.

    Dates come from the records, never from the clock: a rebuild must not make anything look new.
    """
    base = site_url.rstrip("/") + "/"
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
