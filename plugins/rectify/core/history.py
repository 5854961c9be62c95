"""The history of a site: a line for each publication and one for each change, every line bound to the one before it.

The hash of a line covers a salted hash of its texts, not the texts: these can be taken out later, the line and the chain stay.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from rectify.core.changes import BETWEEN, GAP, Change, pieces_of

PUBLICATION, CHANGE, ROLLBACK, NOTICE, PURGE = "publication", "change", "rollback", "notice", "purge"
"""What a line may tell: a release and its counts, one change of it, going back to an earlier one, a page in place of the site, and
which lines lost their texts, by their hashes, and of how many pieces these were: no text goes without one."""
_TEXTS = ("title", "before", "after")
_FACTS = {"before": "from", "after": "to"}
"""What a change that moves a problem, and edits no text, led from and to: it stays when texts are taken out."""
_EDITED = ("text", "progress")
"""Kinds of change whose texts are of the content."""
_APART = {*_TEXTS, "salt", "purged", "chain"}
"""What the hash of a line does not cover itself."""


class Broken(ValueError):
    """A history that is none, or that somebody has altered; the text is the number of the line."""


class History(NamedTuple):
    """The lines so far, oldest first."""

    lines: tuple[Mapping[str, Any], ...] = ()

    @property
    def end(self) -> str:
        """The hash of the last line, which stands for all of it."""
        return self.lines[-1]["chain"] if self.lines else ""

    def with_lines(self, told: Iterable[Mapping[str, Any]], secret: bytes) -> History:
        """Return a history to which lines are added; equal ones with an equal secret give equal bytes."""
        lines, end = list(self.lines), self.end
        for line in told:
            texts = {name: line[name] for name in _TEXTS if line.get(name)}
            bare = {name: value for name, value in line.items() if name not in _TEXTS}
            sealed = {}
            if texts:
                salt = hmac.new(secret, (end + _canonical(texts)).encode(), "sha256").hexdigest()[:32]
                bare["texts"], sealed = _hash_of_texts(texts, salt), {"salt": salt}
            end = _chained(end, bare)
            lines.append({**bare, **texts, **sealed, "chain": end})
        return History(tuple(lines))

    def without_texts(self, chains: Collection[str], on: str, release: str) -> History:
        """Return the history without the texts of the lines with these hashes, and with a line that says so; the rest stays.

        `release` is the one that shows them no more.
        """
        lost = [line for line in self.lines if line["chain"] in chains and _has_texts(line)]
        if not lost:
            return self
        told = {"lines": [line["chain"] for line in lost], "sizes": [_sizes(line) for line in lost]}
        kept = History(tuple(_purged(line, on) if line["chain"] in chains else line for line in self.lines))
        return kept.with_lines([{"event": PURGE, "release": release, "on": on, **told}], b"")

    def texts(self) -> Iterator[tuple[str, Change]]:
        """Yield the hash and the change of each line that has texts."""
        yield from ((line["chain"], change_of(line)) for line in self.lines if _has_texts(line))

    def data(self) -> bytes:
        """Return the file, a JSON object a line."""
        return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in self.lines).encode()

    def _lost(self) -> dict[str, Sequence[int]]:
        """Return how many pieces there were before and after, by the hashes of lines without texts."""
        purges = (line for line in self.lines if line["event"] == PURGE)
        return {chain: sizes for line in purges for chain, sizes in zip(line["lines"], line.get("sizes", ()))}

    def publications(self, gaps: bool = False) -> Iterator[tuple[Mapping[str, Any], list[Change]]]:
        """Yield each publication with what changed, oldest first; its `then` are the lines of what was shown instead later.

        With `gaps`, GAP stands in changes for each text that was taken out.
        """
        lost = self._lost() if gaps else {}
        head: Mapping[str, Any] | None = None
        found: list[Change] = []
        for line in self.lines:
            if line["event"] == PUBLICATION:
                if head is not None:
                    yield head, found
                head, found = line, []
            elif line["event"] == CHANGE:
                found.append(change_of(line, lost.get(line["chain"], ())))
            elif head is not None and line["event"] in (ROLLBACK, NOTICE):
                head = {**head, "then": [*head.get("then", ()), line]}
        if head is not None:
            yield head, found


def parse_history(data: bytes) -> History:
    """Return a history from its file; raises Broken where a line is none, or is not what was written after the one before."""
    lines, end = [], ""
    taken: dict[str, str] = {}
    for number, text in enumerate(data.split(b"\n")[:-1], start=1):
        try:
            line = json.loads(text)
            bare = {name: value for name, value in line.items() if name not in _APART}
            texts = {name: line[name] for name in _TEXTS if name in line}
            end = _chained(end, bare)
            is_whole = line["chain"] == end and isinstance(line["event"], str)
            if not is_whole or (texts and _hash_of_texts(texts, line["salt"]) != line["texts"]):
                raise Broken(number)
            if line["event"] == PURGE:
                taken.update(dict.fromkeys(line["lines"], line["on"]))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise Broken(number) from None
        lines.append(line)
    if data and not data.endswith(b"\n"):
        raise Broken(len(lines) + 1)
    for number, line in enumerate(lines, start=1):
        on = "" if _has_texts(line) or "texts" not in line else line.get("purged", "?")
        if line.get("purged", "") != on or taken.get(line["chain"], "") != on:
            raise Broken(number)
    return History(tuple(lines))


def lines_of(release: Mapping[str, Any], found: Sequence[Change]) -> Iterator[dict[str, Any]]:
    """Yield the lines of a publication: what its record says of it, then each change."""
    yield {"event": PUBLICATION, **release}
    for change in found:
        told = change.data()
        if change.kind not in _EDITED:
            told = {_FACTS.get(name, name): value for name, value in told.items()}
        yield {"event": CHANGE, "release": release["release"], **told}


def change_of(line: Mapping[str, Any], lost: Sequence[int] = ()) -> Change:
    """Return the change that a line tells; its texts are empty once they were taken out, or gaps where it is known how many there were."""
    change = Change(**{name: str(line.get(name, line.get(_FACTS.get(name, ""), ""))) for name in Change._fields})
    if len(lost) != 2 or change.kind not in _EDITED:
        return change
    before, after = (BETWEEN.join([GAP] * number) for number in lost)
    return change._replace(before=before, after=after)


def _sizes(line: Mapping[str, Any]) -> list[int]:
    """Return of how many pieces the texts of a line are that an edit took away and put in."""
    return [len(pieces) for pieces in pieces_of(line.get("before", ""), line.get("after", ""))]


def _has_texts(line: Mapping[str, Any]) -> bool:
    return any(name in line for name in _TEXTS)


def _purged(line: Mapping[str, Any], on: str) -> Mapping[str, Any]:
    kept = {name: value for name, value in line.items() if name not in (*_TEXTS, "salt")}
    return {**kept, "purged": on}


def _canonical(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _hash_of_texts(texts: Mapping[str, str], salt: str) -> str:
    return hashlib.sha256((salt + _canonical(texts)).encode()).hexdigest()


def _chained(before: str, bare: Mapping[str, Any]) -> str:
    return hashlib.sha256((before + _canonical(bare)).encode()).hexdigest()
