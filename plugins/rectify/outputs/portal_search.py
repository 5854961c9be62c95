"""The search index of a portal: one over the texts of all sites, in the form that each of them has.

A query asks for one shard a term however many sites there are; asking each site's own index would be a hundred requests a term.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from rectify.core.language import Language
from rectify.core.model import Disclosure, Problem
from rectify.core.portal import Portal
from rectify.core.site_map import at
from rectify.outputs.search_entries import disclosure_entry, labels, problem_entry
from rectify.outputs.search_index import Analysis, analyse, assemble
from rectify.outputs.variants import FILE, characters_of, variants_json


def index_files(portal: Portal, language: Language, words: Callable[[str], str]) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of every file of the index; `words` gives the packed lengths of the words of a title or a name."""
    told = labels(language, (one.unit for one in portal.disclosures), words)
    analyses = list(_analyses(portal, language, words))
    for path, content in assemble(analyses, told, portal.unit_names).items():
        yield at("search_part", file=path), content
    yield at("search_part", file=FILE), variants_json(characters_of(analyses))


def _analyses(portal: Portal, language: Language, words: Callable[[str], str]) -> Iterator[Analysis]:
    for disclosure in portal.disclosures:
        yield analyse(disclosure_entry(disclosure, disclosure.body, language, words(disclosure.title)))
        for problem in portal.of(disclosure):
            yield _analysis(disclosure, problem, language, words(problem.title))


def _analysis(disclosure: Disclosure, problem: Problem, language: Language, words: str) -> Analysis:
    entry = problem_entry(disclosure, problem, problem.body, language, words)
    site = problem.site  # type: ignore[attr-defined]
    late = problem.overdue(site.as_of)
    # Without the deadline: for how long it is overdue is told on its own site, as of its own day.
    return analyse(replace(entry, overdue=late, deadline="", fields=(*entry.fields, ("site", site.listed.name))))
