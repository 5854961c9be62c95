"""The search index of a portal: one over the texts of all sites, in the form that each of them has.

A query asks for one shard a term however many sites there are; asking each site's own index would be a hundred requests a term.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rectify.core.language import Language
from rectify.core.model import Disclosure, Problem
from rectify.core.portal import Portal
from rectify.core.site_map import at
from rectify.core.vocabulary import STATUSES
from rectify.outputs.search_entries import LABELS, disclosure_entry, problem_entry
from rectify.outputs.search_index import Analysis, analyse, assemble


def index_files(portal: Portal, language: Language) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of every file of the index."""
    labels = {
        "status": {status.key: language.name(status) for status in STATUSES},
        "field": {
            "ref": language.text("永久编号"),
            "site": language.text("网站"),
            **{name: language.name(key) for name, key in LABELS.items()},
        },
    }
    for path, content in assemble(list(_analyses(portal, language)), labels).items():
        yield at("search_part", file=path), content


def _analyses(portal: Portal, language: Language) -> Iterator[Analysis]:
    for disclosure in portal.disclosures:
        entry = disclosure_entry(disclosure, disclosure.body, language)
        yield analyse(entry)
        for problem in portal.of(disclosure):
            yield _analysis(disclosure, problem, language)


def _analysis(disclosure: Disclosure, problem: Problem, language: Language) -> Analysis:
    entry = problem_entry(disclosure, problem, problem.body, language)
    site = problem.site  # type: ignore[attr-defined]
    late = problem.overdue(site.as_of)
    # Without the deadline: for how long it is overdue is told on its own site, as of its own day.
    return analyse(replace(entry, overdue=late, deadline="", fields=(*entry.fields, ("site", site.listed.name))))
