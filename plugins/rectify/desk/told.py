"""A value of the model as a person reads it on a page of the desk."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from rectify.core.course import step_line
from rectify.core.finding import Finding
from rectify.core.language import _, spoken
from rectify.core.vocabulary import CLOSED, DISCLOSURE_KEYS, PROBLEM_KEYS, RECORDS, STATUSES, Key, Vocabulary

_FIRST = {"date": 0, "status": 1}
"""Parts of a record that stand at the beginning of its line."""
_MENDING = re.compile("(?:运行 )?rectify check --fix(?: (?![a-z]))?")
_COMMANDS = (
    re.compile(r"（[^（）]{0,200}rectify [^（）]{0,200}）| ?\([^()]{0,200}rectify [^()]{0,200}\)"),
    re.compile("^[^；，;,]{0,200}rectify [^；，;,]{0,200}[；，;,] ?"),
    re.compile(" ?[；，：;:,][^；，：;:,]{0,200}rectify [^；，;,]{0,200}"),
)
"""What a remedy says of commands of the terminal: in brackets, before something else, and behind it.

No clause of a remedy is longer, and what a file brings into one must not hold the search.
"""


def remedy(finding: Finding) -> str:
    """Return how to mend what was found, by what there is on the pages."""
    return plain(finding.fix())


def plain(said: str) -> str:
    """Return a remedy without the commands that it names; where one mends, the page that does."""
    said = _MENDING.sub(_("“提交”里的“代为改正”"), said)
    for words in _COMMANDS:
        said = words.sub("", said)
    return said


def told(name: str, value: Any) -> str:
    """Return the value of a key in words, empty for nothing."""
    if value in (None, "", ()):
        return ""
    if name == "course":
        return "\n".join(map(step_line, value))
    if name == "declared":
        total = _("总数")
        return _("，").join(f"{_term(STATUSES, key) or total} {number}" for key, number in value)
    if (key := _key(name)) and key.kind in CLOSED:
        return "、".join(_term(CLOSED[key.kind], one) for one in (value if isinstance(value, tuple) else (value,)))
    if hasattr(value, "_asdict"):
        return _("，").join(_parts(name, value._asdict()))
    if isinstance(value, tuple):
        records = [one for one in value if hasattr(one, "_asdict")]
        return "\n".join(map(_line, records)) if records else "、".join(value)
    return str(value)


def told_apart(name: str, before: Any, after: Any) -> tuple[str, str]:
    """Return what a key had and has, in words; of records what only one of the two has."""
    if hasattr(before, "_asdict") and hasattr(after, "_asdict"):
        return tuple(_("，").join(_parts(name, _only(*pair))) for pair in ((before, after), (after, before)))  # type: ignore[return-value]
    if all(value is None or isinstance(value, tuple) for value in (before, after)):
        old, new = before or (), after or ()
        if any(hasattr(one, "_asdict") for one in (*old, *new)) and not hasattr(before or after, "_asdict"):
            gone, come = ([one for one in some if one not in other] for some, other in ((old, new), (new, old)))
            # Those that only changed their places are told with the rest.
            before, after = (tuple(gone), tuple(come)) if gone or come else (old, new)
    return told(name, before), told(name, after)


def _only(one: Any, other: Any) -> dict[str, Any]:
    """Return the parts of a record that another one does not have so."""
    return {part: said for part, said in one._asdict().items() if said != getattr(other, part)}


def _key(name: str) -> Key | None:
    return PROBLEM_KEYS.entries.get(name) or DISCLOSURE_KEYS.entries.get(name)


def _term(terms: Vocabulary, key: str) -> str:
    return spoken().name(terms[key]) if key in terms.entries else ""


def _parts(name: str, record: Mapping[str, Any]) -> list[str]:
    """Return the parts of a record that are stated, each with what it is called."""
    key = _key(name)
    labels = RECORDS[key.kind].entries if key else {}
    return [
        f"{spoken().name(labels[part])} {said}"
        for part, said in record.items()
        if said and part in labels and not isinstance(said, tuple)
    ]


def _line(record: Any) -> str:
    """Return one record of several in a line, its parts in their order."""
    parts = [(part, said) for part, said in record._asdict().items() if said]
    parts.sort(key=lambda one: _FIRST.get(one[0], len(_FIRST)))
    told = (_term(STATUSES, said) if part == "status" else said for part, said in parts)
    return " ".join("、".join(said) if isinstance(said, tuple) else str(said) for said in told)
