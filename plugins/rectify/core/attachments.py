"""Which attachments of a disclosure may leave it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rectify.core.model import Disclosure, Problem


def public_attachments(
    disclosure: Disclosure, problems: Sequence[Problem], attachments: Iterable[str]
) -> Iterator[str]:
    """Yield the attachments to publish, in their order: all but those that only withdrawn problems refer to.

    Takes the problems as written, not as shown.
    """
    for name in attachments:
        users = [p for p in problems if name in p.body or any(name in e.files or name in e.text for e in p.progress)]
        if name in disclosure.body or not users or any(not p.withdrawn for p in users):
            yield name
