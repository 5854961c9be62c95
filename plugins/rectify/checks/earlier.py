"""Whether what a problem names as the same matter before is there, and was before."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from rectify.core.finding import Finding, found
from rectify.core.site_map import REPORTS
from rectify.core.vocabulary import PROBLEM_KEYS, word_of
from rectify.sources.folder import Folder

_KEY = word_of(PROBLEM_KEYS["earlier"])


def earlier(folders: Sequence[Folder], shown: Collection[str]) -> Iterator[Finding]:
    """Yield the references that lead to no public problem, or to one that is not in an earlier disclosure.

    `shown` has every file of a report folder that is on the site, those of folders that were not read too.
    """
    published = {folder.id: folder.disclosure.published for folder in folders if folder.disclosure}
    for folder in folders:
        for problem in folder.problems:
            for ref in problem.earlier:
                other = ref.partition("/")[0]
                if f"{REPORTS}/{ref}.md" not in shown:
                    yield found("S084", problem.path, 1, 0, _KEY, found=ref)
                elif other == folder.id or (other in published and published[other] > published[folder.id]):
                    yield found("S085", problem.path, 1, 0, _KEY, found=ref)
