"""What changed between two publications: every public text, field by field and paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any, NamedTuple

from rectify.core.vocabulary import DISCLOSURE_KEYS, DONE, FLAGS, PROBLEM_KEYS, STATUSES

Record = Mapping[str, Any]
"""A disclosure or a problem as its record holds it; a problem also as `data/problems.json` does."""

BODY, LINKS, FORM, ATTACHMENTS, APPEARANCE = "body", "links", "form", "attachments", "appearance"
"""What may change besides the keys of front matter."""

SAME, OTHER = "same", "other"
"""How the text of a problem that is public again compares with that from before it was withdrawn."""

_PROBLEM_FIELDS = (*(key.name for key in PROBLEM_KEYS if not key.internal), BODY, LINKS, FORM)
_DISCLOSURE_FIELDS = (*(key.name for key in DISCLOSURE_KEYS if not key.internal), BODY, LINKS, FORM, ATTACHMENTS)
_PAGE_FIELDS = ("title", "description", BODY, LINKS, FORM)
_TOLD_APART = {"status", "deadline", "progress", "withdrawn"}
SHORT_LISTS = {"units", "flags", "priority", "earlier"}
"""Lists of short words, which are told as one text."""
STAY = ("group", "number", "earlier")
"""What a withdrawn problem still shows, besides its status and deadline."""
LISTED = (*STAY, "category", "flags", "priority")
"""What one still shows whose term is over: all that it is listed by."""
DETAILS = (BODY, LINKS, FORM, ATTACHMENTS, "outcomes")
"""What a disclosure shows no more once its term is over."""
MOST_PARTS = 300
"""Paragraphs of a text that are matched one by one; a longer text is compared from both ends."""
BETWEEN = "\n\n"
"""Stands between the paragraphs of a text that is too long for that."""
GAP = "█████"
"""Stands for a text that is not known any more, where it is known that there was one."""


class Change(NamedTuple):
    """One thing that changed."""

    ref: str
    """Reference of the problem, id of the disclosure, address of the page or path of the file; empty for the site."""
    title: str
    kind: str
    """`added`, `done`, `reopened`, `status`, `deadline`, `progress`, `withdrawn`, `ended`, `restored`, `text` or `gone`.

    `ended` is a disclosure with all of its problems.
    """
    before: str = ""
    after: str = ""
    field: str = ""
    """What of it, where the kind is `text`: a key of front matter, with a dot and one of its record's, or one of those above.

    Where it is `restored`: SAME or OTHER for the text from before the withdrawal, empty where nobody knows.
    """
    about: str = "problem"
    """`problem`, `disclosure`, `page`, `file` or `site`."""
    place: str = ""
    """Of a paragraph or an entry, how many stand before it in the new text; empty for what is no list."""

    def data(self) -> dict[str, str]:
        """Return the change for programs, without what is empty."""
        return {name: value for name, value in self._asdict().items() if value}


class _Edit(NamedTuple):
    """What differs of one key."""

    before: str
    after: str
    field: str
    place: str = ""

    def of(self, ref: str, title: str, about: str = "problem") -> Change:
        return Change(ref, title, "text", self.before, self.after, self.field, about, self.place)


def changes(before: Iterable[Record], after: Iterable[Record]) -> list[Change]:
    """Return what changed of problems, in the order of the new data; what is gone comes last, without its title.

    What only one side knows is not compared: an older program recorded less.
    """
    old = {record["ref"]: record for record in before}
    new = {record["ref"]: record for record in after}
    found = [change for ref, record in new.items() for change in _of_problem(old.get(ref), record)]
    return found + [Change(ref, "", "gone") for ref in old if ref not in new]


def changes_of_disclosure(before: Record | None, after: Record | None) -> list[Change]:
    """Return what changed of a disclosure and its problems, given its records; None where there was or is none."""
    problems = changes((before or {}).get("problems", ()), (after or {}).get("problems", ()))
    if after is None:
        return [Change((before or {})["id"], "", "gone", about="disclosure"), *problems]
    rid, title = after["id"], after["title"]
    if before is None:
        return [Change(rid, title, "added", about="disclosure"), *problems]
    was, now = (text_of(one.get("ended")) for one in (before, after))
    course = [Change(rid, title, "ended" if now else "restored", was, now, about="disclosure")] if was != now else []
    edits = _of_fields(before, after, [name for name in _DISCLOSURE_FIELDS if not (course and name in DETAILS)])
    return [*course, *(edit.of(rid, title, "disclosure") for edit in edits), *problems]


def changes_of_site(before: Record, after: Record) -> list[Change]:
    """Return what changed of the pages and files that are no disclosure's, and of what stands on every page."""
    found = [edit.of("", "", "site") for edit in _of_fields(before["site"], after["site"], tuple(after["site"]))]
    for path, old, new in _pairs(before["pages"], after["pages"]):
        title = (new or {}).get("title", "")
        if new is None:
            found.append(Change(path, "", "gone", about="page"))
        elif old is None:
            found.append(Change(path, title, "added", about="page"))
        else:
            found += [edit.of(path, title, "page") for edit in _of_fields(old, new, _PAGE_FIELDS)]
    for path, old, new in _pairs(before["files"], after["files"]):
        if old is None or new is None:
            found.append(Change(path, "", "gone" if new is None else "added", about="file"))
        elif old != new:
            found.append(Change(path, "", "text", old, new, about="file"))
    return found


def is_detail(change: Change) -> bool:
    """Return whether a change of a disclosure is one of what it shows no more once its term is over."""
    return change.kind == "text" and change.field.partition(".")[0] in DETAILS


def leading(found: Iterable[Change]) -> list[Change]:
    """Return of each problem, disclosure or page what a summary names: its course first, an edited text only where that is all."""
    by_ref: dict[tuple[str, str], list[Change]] = {}
    for change in found:
        by_ref.setdefault((change.about, change.ref), []).append(change)
    return [change for some in by_ref.values() for change in _leading(some)]


def _leading(some: Sequence[Change]) -> Iterator[Change]:
    moved = [change for change in some if change.kind not in ("progress", "text")]
    yield from moved
    states = [change for change in moved if change.kind != "deadline"]
    entries = [change for change in some if change.kind == "progress"]
    if entries and not states:
        yield entries[-1]
    elif not moved and not entries:
        yield some[0]


def _pairs(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for path in sorted({*before, *after}):
        yield path, before.get(path), after.get(path)


def _of_problem(old: Record | None, new: Record) -> Iterator[Change]:
    ref, title = new["ref"], new["title"]
    if old is None:
        yield Change(ref, title, "added", "", new["status"])
        return
    is_withdrawn, was_withdrawn = bool(new.get("withdrawn")), bool(old.get("withdrawn"))
    by_hand, was_by_hand = _day_by_hand(new), _day_by_hand(old)
    if by_hand and not was_by_hand:
        yield Change(ref, title, "withdrawn", "", by_hand)
    elif was_by_hand and not is_withdrawn:
        yield Change(ref, title, "restored", was_by_hand, "")
    if old["status"] != new["status"]:
        done = (old["status"] in DONE, new["status"] in DONE)
        kind = {(False, True): "done", (True, False): "reopened"}.get(done, "status")
        yield Change(ref, title, kind, old["status"], new["status"])
    if old.get("deadline") != new.get("deadline"):
        yield Change(ref, title, "deadline", old.get("deadline") or "", new.get("deadline") or "")
    if is_withdrawn or was_withdrawn:
        # Of what else there was or is, one side knows nothing.
        both = ("withdrawn",) if by_hand and was_by_hand else ()
        names = STAY if by_hand or was_by_hand else LISTED
        yield from (edit.of(ref, title) for edit in _of_fields(old, new, (*names, *both)))
        return
    for edit in _of_fields(old, new, ("progress",)):
        if edit.before:
            yield edit.of(ref, title)
        else:
            yield Change(ref, title, "progress", "", edit.after, place=edit.place)
    for edit in _of_fields(old, new, [name for name in _PROBLEM_FIELDS if name not in _TOLD_APART]):
        yield edit.of(ref, title)


def _day_by_hand(problem: Record) -> str:
    """Return the day on which somebody withdrew a problem; that its term is over is told by its disclosure."""
    withdrawn = problem.get("withdrawn") or ""
    over = problem.get("ended") or (isinstance(withdrawn, Mapping) and withdrawn.get("ended"))
    return "" if over else text_of(withdrawn)[:10]


def _of_fields(old: Record, new: Record, names: Iterable[str]) -> Iterator[_Edit]:
    """Yield whatever differs of what both sides know."""
    for name in names:
        if name not in old or name not in new or old[name] == new[name]:
            continue
        if name == FORM and any(old.get(part) != new.get(part) for part in (BODY, LINKS)):
            continue
        if isinstance(old[name] or new[name], Mapping):
            for part, before, after in _pairs(old[name] or {}, new[name] or {}):
                if before != after:
                    yield _Edit(text_of(before), text_of(after), f"{name}.{part}")
        else:
            is_list = name not in SHORT_LISTS and isinstance(old[name] or new[name], (list, tuple))
            for before, after, place in _of_list(parts_of(name, old), parts_of(name, new)):
                yield _Edit(before, after, name, str(place) if is_list else "")


def parts_of(name: str, record: Record) -> list[str]:
    """Return a value in the pieces that are compared: the paragraphs of a text, the entries of a list, else the value."""
    value = record.get(name)
    if not value and value != 0:
        return []
    if not isinstance(value, (list, tuple)):
        return [text_of(value)]
    texts = [text_of(one) for one in value]
    if name == "flags":
        texts = [FLAGS[text].label for text in texts]
    return ["、".join(texts)] if name in SHORT_LISTS else texts


def pieces_of(before: str, after: str) -> tuple[list[str], list[str]]:
    """Return the pieces of a list that a change tells, before and after."""
    long = max(before.count(BETWEEN), after.count(BETWEEN)) >= MOST_PARTS
    return tuple((text.split(BETWEEN) if long else [text]) if text else [] for text in (before, after))  # type: ignore[return-value]


def text_of(value: Any) -> str:
    """Return a value as one text; an entry of a list as its parts in their order, a status in its word."""
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return "、".join(map(text_of, value))
    if not isinstance(value, Mapping):
        return str(value)
    text, apart = "", ""
    for key, part in value.items():
        if part and key == "status":
            text, apart = f"{text}（{STATUSES[part].label}）", ""
        elif part:
            text, apart = f"{text}{apart}{text_of(part)}", " "
    return text


def _of_list(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str, int]]:
    """Yield the pieces that differ as pairs with their place in the new list; one side is empty where a piece was put in or taken out."""
    start = next((i for i, (one, other) in enumerate(zip(old, new)) if one != other), min(len(old), len(new)))
    rest = min(len(old), len(new)) - start
    pairs = enumerate(zip(reversed(old), reversed(new)))
    end = next((i for i, (one, other) in pairs if i >= rest or one != other), rest)
    old, new = old[start : len(old) - end], new[start : len(new) - end]
    if max(len(old), len(new)) > MOST_PARTS:
        yield BETWEEN.join(old), BETWEEN.join(new), start
        return
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            both = zip_longest(old[i:j], new[k:m], fillvalue="")
            yield from ((one, other, start + min(k + n, m)) for n, (one, other) in enumerate(both))
