"""Which attachments of a disclosure may leave it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from urllib.parse import unquote

from rectify.core.model import Disclosure, Problem


def public_attachments(
    disclosure: Disclosure, problems: Sequence[Problem], attachments: Collection[str]
) -> Iterator[str]:
    """Yield the attachments to publish, in their order: those that the disclosure or a problem refers to.

    What a withdrawn problem refers to is withdrawn with it, and so is that of a disclosure whose term is over. Takes the problems as written, not as shown.
    """
    if not attachments:
        return
    texts = [disclosure.shown().body]
    named: set[str] = set()
    for problem in problems:
        if not problem.withdrawn:
            texts += (problem.body, *(measure.text for measure in problem.measures))
            texts += (entry.text for entry in problem.progress)
            named.update(name for entry in problem.progress for name in entry.files)
    said = _without_signs("\n".join(texts))
    yield from (name for name in attachments if name in named or name in said)


def _without_signs(text: str) -> str:
    """Return a text followed by itself without the signs of Markdown and the codes of addresses, as names in it are written."""
    plain = text.replace("\\", "")
    plain = unquote(plain) if "%" in plain else plain
    return text if plain == text else f"{text}\n{plain}"
