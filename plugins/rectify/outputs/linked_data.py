"""What a page is, said to programs: JSON-LD in the words of schema.org, to stand in the head of the page.

A data block is no script: nothing runs it, and no policy of a server keeps it out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from rectify.core.language import Language
from rectify.core.model import Disclosure, Problem
from rectify.core.site_map import at

_CONTEXT = "https://schema.org"
_ESCAPED = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"})


class Publisher(NamedTuple):
    """The site that pages are of."""

    name: str
    body: str
    """Who publishes it, empty where that is not said."""
    address: str
    """Ends in a slash."""


def of_site(site: Publisher, language: Language, about: str) -> str:
    """Return the script element of the first page."""
    return _element(
        {
            "@type": "WebSite",
            "@id": site.address,
            "url": site.address,
            "name": site.name,
            "description": about,
            "inLanguage": language.tag,
            "publisher": _body(site.body or site.name),
        }
    )


def of_disclosure(disclosure: Disclosure, site: Publisher, written: str) -> str:
    """Return the script element of a disclosure's page; `written` is the language tag of the content."""
    return _element(
        {
            **_report(disclosure, site),
            "url": site.address + disclosure.url,
            "headline": disclosure.title,
            "identifier": disclosure.id,
            "inLanguage": written,
            "datePublished": disclosure.published.isoformat(),
            "dateModified": max(disclosure.published, disclosure.as_of).isoformat(),
            "author": _body(disclosure.issuer or disclosure.unit),
            "publisher": _body(site.body or site.name),
        }
    )


def of_problem(problem: Problem, disclosure: Disclosure, site: Publisher, written: str, status: str) -> str:
    """Return the script element of a problem's page, with the name of its status."""
    last = problem.last_progress.date if problem.last_progress else disclosure.published
    return _element(
        {
            "@type": "Article",
            "@id": site.address + problem.url,
            "url": site.address + problem.url,
            "headline": problem.title,
            "identifier": problem.ref,
            "creativeWorkStatus": status,
            "inLanguage": written,
            "datePublished": disclosure.published.isoformat(),
            "dateModified": max(disclosure.published, last).isoformat(),
            "author": _body(disclosure.issuer or disclosure.unit),
            "publisher": _body(site.body or site.name),
            "isPartOf": _report(disclosure, site),
        }
    )


def of_data(
    site: Publisher, files: Iterable[tuple[str, str]], licence: str, day: str, language: Language, about: str
) -> str:
    """Return the script element of the page of the open data; `files` are addresses within the site and media types, `licence` is
    an address, empty where there is none."""
    told = {
        "@type": "Dataset",
        "@id": f"{site.address}{at('data')}",
        "url": f"{site.address}{at('data')}",
        "name": site.name,
        "description": about,
        "inLanguage": language.tag,
        "dateModified": day,
        "isAccessibleForFree": True,
        "license": licence,
        "creator": _body(site.body or site.name),
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": site.address + path} for path, kind in files
        ],
    }
    return _element({name: value for name, value in told.items() if value})


def _report(disclosure: Disclosure, site: Publisher) -> dict[str, Any]:
    return {
        "@type": "Report",
        "@id": site.address + disclosure.url,
        "name": disclosure.title,
    }


def _body(name: str) -> dict[str, Any]:
    return {"@type": "GovernmentOrganization", "name": name}


def _element(data: dict[str, Any]) -> str:
    told = json.dumps({"@context": _CONTEXT, **data}, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)
    return f'<script type="application/ld+json">{told}</script>'
