"""One key of a source file's front matter changed, everything else byte for byte as it was: comments, order, quoting."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import yaml

from rectify.core.finding import Finding
from rectify.core.vocabulary import Keys
from rectify.sources import front_matter
from rectify.sources.values import BAD, Values
from rectify.sources.write import document

_FENCE = "---"
_BLANK = re.compile(r"^\s*(?:#.*)?$")


class CannotEdit(ValueError):
    """The file is not of a form that can be changed in one place only; the text says why."""


class Read(NamedTuple):
    """A source text as the reader understands it."""

    values: dict[str, Any]
    """Model values by English key; a key whose value cannot be read is absent."""
    body: str
    findings: tuple[Finding, ...]


def read(text: str, keys: Keys, path: str = "") -> Read:
    """Return the values of a source text, whatever required keys it lacks."""
    parsed = front_matter.parse(text, path)
    if parsed.node is None:
        return Read({}, parsed.body, tuple(parsed.findings))
    reader = Values(path)
    values = reader.mapping(parsed.node, keys, top=True)
    values = {key: value for key, value in values.items() if value is not BAD}
    if reader.implied_flags and "flags" in keys.entries:
        values["flags"] = tuple(dict.fromkeys((*values.get("flags", ()), *reader.implied_flags)))
    return Read(values, parsed.body, (*parsed.findings, *reader.findings))


def set_value(text: str, keys: Keys, name: str, value: Any, others: dict[str, Any] | None = None) -> str:
    """Return the text with one key set to a value of the model; None or () takes the key out.

    A key that is not there yet goes to its place in the order of the vocabulary. `others` are values that its form depends
    on (flags for a deadline). Raises CannotEdit when the result would read otherwise than wished.
    """
    lines = text.split("\n")
    places = _places(text, keys)
    block = _dumped(keys, name, value, others or {})
    if name in places:
        start, end = places[name]
        lines[start:end] = _in_place(lines[start:end], block)
    elif block:
        at = _position(places, keys, name)
        lines[at:at] = block
    return _verified("\n".join(lines), text, keys, name)


def append_item(text: str, keys: Keys, name: str, items: tuple, item: Any) -> str:
    """Return the text with one more item at the end of a list; `items` are the ones it has.

    A list written item by item keeps every line it has; any other is written anew.
    """
    node = _node(text, keys, name)
    if not isinstance(node, yaml.SequenceNode) or node.flow_style or not node.value:
        return set_value(text, keys, name, (*items, item))
    lines = text.split("\n")
    _, end = _places(text, keys)[name]
    indent = re.match(r"\s*", lines[node.value[-1].start_mark.line + 1])[0]
    block = _dumped(keys, name, (item,), {})[1:]
    lines[end:end] = [indent + line[2:] for line in block]
    return _verified("\n".join(lines), text, keys, name)


def set_body(text: str, body: str) -> str:
    """Return the text with another body."""
    lines = text.split("\n")
    end = _fence(lines)
    return "\n".join(lines[: end + 1]) + "\n" + (f"\n{body.strip()}\n" if body.strip() else "")


def _fence(lines: list[str]) -> int:
    end = next((i for i in range(1, len(lines)) if lines[i].rstrip() == _FENCE), None)
    if end is None or lines[0].rstrip() != _FENCE:
        raise CannotEdit("no front matter")
    return end


def _mapping(text: str) -> yaml.MappingNode:
    parsed = front_matter.parse(text, "")
    if parsed.node is None:
        raise CannotEdit("the front matter cannot be read")
    return parsed.node


def _node(text: str, keys: Keys, name: str) -> yaml.Node | None:
    for key_node, value_node in _mapping(text).value:
        if (key := keys.find(key_node.value)) and key.name == name:
            return value_node
    return None


def _places(text: str, keys: Keys) -> dict[str, tuple[int, int]]:
    """Return first line and line after the last of each key, counted from 0 in the file, comments behind it left out."""
    lines = text.split("\n")
    node = _mapping(text)
    if node.flow_style:
        raise CannotEdit("the front matter is written on one line")
    starts = [(key_node.value, key_node.start_mark.line + 1) for key_node, _ in node.value]
    ends = [start for _, start in starts[1:]] + [_fence(lines)]
    places = {}
    for (word, start), end in zip(starts, ends):
        while end > start + 1 and _BLANK.match(lines[end - 1]):
            end -= 1
        if key := keys.find(word):
            places[key.name] = (start, end)
    return places


def _position(places: dict[str, tuple[int, int]], keys: Keys, name: str) -> int:
    order = [key.name for key in keys]
    before = [places[key][1] for key in order[: order.index(name)] if key in places]
    return max(before) if before else 1


def _dumped(keys: Keys, name: str, value: Any, others: dict[str, Any]) -> list[str]:
    if value is None and not (name == "deadline" and "long-term" in others.get("flags", ())):
        return []
    only = Keys({name: keys[name]})
    written = document({name: value, **({"flags": others["flags"]} if name == "deadline" and "flags" in others else {})}, only, "")
    return written.split("\n")[1:-2]


def _in_place(old: list[str], new: list[str]) -> list[str]:
    """Return the new lines of a key with the key as it was spelled and the comment that stood behind a short value."""
    if not new:
        return []
    spelled = re.match(r"\s*([^:：]+?)\s*[:：]", old[0])
    label, colon, rest = new[0].partition(":")
    comment = re.search(r"\s+#[^'\"]*$", old[0]) if len(old) == 1 and len(new) == 1 else None
    return [f"{spelled[1] if spelled else label}{colon}{rest}{comment[0] if comment else ''}", *new[1:]]


def _verified(new: str, old: str, keys: Keys, name: str) -> str:
    before, after = read(old, keys), read(new, keys)
    loose: set[str] = {name, "flags"} if name in ("deadline", "status") else {name}
    same = {key: value for key, value in before.values.items() if key not in loose} == {
        key: value for key, value in after.values.items() if key not in loose
    }
    if not same or before.body != after.body or _errors(after) - _errors(before):
        raise CannotEdit(f"the key {keys[name].label} cannot be changed alone")
    return new


def _errors(one: Read) -> set[tuple[str, str]]:
    return {(finding.rule, finding.key) for finding in one.findings if finding.severity == "error"}

