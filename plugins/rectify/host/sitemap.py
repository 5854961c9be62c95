"""`sitemap.xml`, with the dates of the records."""

from __future__ import annotations

import html
from collections.abc import Iterable

from rectify.core.register import Register


def sitemap(register: Register, site_url: str, pages: Iterable[str], lists: Iterable[str]) -> bytes:
    """Return the sitemap: ordinary pages and lists by their addresses, then every page of the register with its date.

    Dates come from the records, never from the clock: a rebuild must not make anything look new.
    """
    base = site_url.rstrip("/") + "/"
    rows: list[tuple[str, str]] = [(url, "") for url in pages]
    rows += [(url, register.as_of.isoformat()) for url in lists]
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
