"""One key of a source file's front matter changed, everything else byte for byte as it was: comments, order, quoting."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

import yaml

from rectify.core.finding import Finding
from rectify.core.language import Message, _
from rectify.core.vocabulary import LONG_TERM, Keys, fold, word_of
from rectify.sources import front_matter
from rectify.sources.values import BAD, Values
from rectify.sources.write import document

_FENCE = "---"
_INDENT = re.compile(r"\s*")
_DASH = re.compile(r"\s*-(?:\s|$)")
_SPELLED = re.compile(r"\s*+([^\s:：](?:[^:：]*[^\s:：])?)\s*[:：]")
_COMMENT = re.compile(r"(?<!\s)\s+#")
_MOST_COMMENTS = 20
"""Hashes of one line that are tried as the beginning of its comment; each costs one reading of the front matter."""
_ABSENT = object()


class CannotEdit(ValueError):
    """The file is not of a form that can be changed in one place only; the text says why."""


class Read(NamedTuple):
    """A source text as the reader understands it."""

    values: dict[str, Any]
    """Model values by English key; a key whose value cannot be read is absent."""
    body: str
    findings: tuple[Finding, ...]
    implied: tuple[str, ...] = ()
    """Flags among the values that a status alias or a deadline of 长期坚持 carries."""
    unread: Mapping[str, str] = {}
    """By key, what is written where the values have nothing: it cannot be read."""


class _Span(NamedTuple):
    """Where a key stands, in lines of the file counted from 0."""

    start: int
    end: int
    """The line after its last; comments and blank lines behind the value are not part of it."""
    node: yaml.Node


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
    unread = {
        key.name: value.value
        for name, value in parsed.node.value
        if isinstance(name, yaml.ScalarNode)
        and isinstance(value, yaml.ScalarNode)
        and (key := keys.find(name.value))
        and key.name not in values
    }
    return Read(values, parsed.body, (*parsed.findings, *reader.findings), reader.implied_flags, unread)


def set_value(text: str, keys: Keys, name: str, value: Any, others: Mapping[str, Any] | None = None) -> str:
    """Return the text with one key set to a value of the model; None, "" or () takes the key out.

    A key that is not there yet goes to its place in the order of the vocabulary; of a list written item by item the items
    that stay keep their lines. `others` are values that its form depends on (flags for a deadline). Raises CannotEdit when
    the result would read otherwise than wished.
    """
    before = read(text, keys)
    spans = _spans(text, keys)
    lines = text.split("\n")
    english = _is_english(lines, spans)
    block = _dumped(keys, name, value, others or {}, english)
    wished = _wished(block, keys, name)
    if _reads_as(before, name, wished):
        return text
    indent = _indent(lines[min(span.start for span in spans.values())]) if spans else ""
    span = spans.get(name)
    if span is None:
        at = _position(spans, keys, name)
        lines[at:at] = [indent + line for line in block]
    else:
        if keys[name].many and _length(span.node) != len(before.values.get(name, ())):
            raise CannotEdit(_("“{key}”里有一项读不出", key=word_of(keys[name])))
        lines[span.start : span.end] = _in_place(
            text, lines, span, block, keys, name, before.values.get(name), value, english
        )
    new = "\n".join(lines)
    _verify(new, before, keys, name, wished)
    return new


def append_item(text: str, keys: Keys, name: str, items: tuple, item: Any) -> str:
    """Return the text with one more item at the end of a list; `items` are the ones it has. Raises CannotEdit."""
    return set_value(text, keys, name, (*items, item))


def set_body(text: str, body: str) -> str:
    """Return the text with another body. Raises CannotEdit for a text without front matter."""
    lines = text.split("\n")
    end = next((i for i in range(1, len(lines)) if lines[i].rstrip() == _FENCE), None)
    if end is None or lines[0].rstrip() != _FENCE:
        raise CannotEdit(_("没有字段区"))
    return "\n".join(lines[: end + 1]) + "\n" + (f"\n{body.strip()}\n" if body.strip() else "")


def _is_english(lines: Sequence[str], spans: Mapping[str, _Span]) -> bool:
    """Return whether a file writes its keys in English, every one that it has."""
    spelled = {name: _SPELLED.match(lines[span.start]) for name, span in spans.items()}
    return bool(spelled) and all(match and fold(match[1]) == fold(name) for name, match in spelled.items())


def _spans(text: str, keys: Keys) -> dict[str, _Span]:
    """Return the place of each known key; of one that is written twice the first, which is the one that is read."""
    node = front_matter.parse(text, "").node
    if node is None:
        raise CannotEdit(_("字段区读不出"))
    if node.flow_style:
        raise CannotEdit(_("字段区写在一行里"))
    lines = text.split("\n")
    spans: dict[str, _Span] = {}
    for key_node, value_node in node.value:
        key = keys.find(key_node.value) if isinstance(key_node, yaml.ScalarNode) else None
        if key:
            start = key_node.start_mark.line + 1
            spans.setdefault(key.name, _Span(start, max(start + 1, _end(lines, value_node)), value_node))
    return spans


def _end(lines: Sequence[str], node: yaml.Node) -> int:
    """Return the line after a node's last; a block collection's own end mark lies behind the comments that follow it."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    end = node.end_mark.line + (2 if node.end_mark.column else 1)
    while not lines[end - 1].strip():
        end -= 1
    return end


def _position(spans: Mapping[str, _Span], keys: Keys, name: str) -> int:
    order = list(keys.entries)
    return max((spans[key].end for key in order[: order.index(name)] if key in spans), default=1)


def _length(node: yaml.Node) -> int:
    if isinstance(node, yaml.SequenceNode):
        return len(node.value)
    return int(bool(node.value))


def _dumped(keys: Keys, name: str, value: Any, others: Mapping[str, Any], english: bool) -> list[str]:
    """Return the lines of a key as a new file has them, none where there is nothing to write."""
    if value in (None, "") and not (name == "deadline" and LONG_TERM.key in (others.get("flags") or ())):
        return []
    flags = {"flags": others["flags"]} if name == "deadline" and "flags" in others else {}
    return document({name: value, **flags}, Keys({name: keys[name]}), "", english).split("\n")[1:-2]


def _wished(block: Sequence[str], keys: Keys, name: str) -> Any:
    return (
        read("\n".join([_FENCE, *block, _FENCE]), Keys({name: keys[name]})).values.get(name, _ABSENT)
        if block
        else _ABSENT
    )


def _in_place(
    text: str,
    lines: Sequence[str],
    span: _Span,
    block: Sequence[str],
    keys: Keys,
    name: str,
    old: Any,
    new: Any,
    english: bool,
) -> list[str]:
    """Return the lines of a key that has a value: the key as it was spelled, its comment, the items that stay."""
    if not block:
        return []
    in_blocks = _is_block(span.node)
    if isinstance(span.node, yaml.SequenceNode) and in_blocks and len(span.node.value) == len(old or ()):
        head = lines[span.start : _dash(lines, span.node.value[0])]
        return [*head, *_items(lines, span, old, new, keys, name, english)]
    indent = _indent(lines[span.start])
    spelled = _SPELLED.match(lines[span.start])
    label, colon, rest = block[0].partition(":")
    comment = _comment(text, keys, span.start if in_blocks else span.end - 1)
    had_an_end = isinstance(span.node, yaml.ScalarNode) and bool(span.node.style)
    if had_an_end and comment and len(block) == 1 and rest.lstrip()[:1] not in tuple("'\"[{"):
        # Behind a text that nothing ends, a comment would be taken for lost words of it.
        rest = f" {json.dumps(rest.strip(), ensure_ascii=False)}"
    return [f"{indent}{spelled[1] if spelled else label}{colon}{rest}{comment}", *(indent + line for line in block[1:])]


def _items(
    lines: Sequence[str], span: _Span, old: Sequence, new: Sequence, keys: Keys, name: str, english: bool
) -> list[str]:
    """Return the lines of a list's items, those that stay with the comments before them as they were."""
    starts = [_dash(lines, node) for node in span.node.value]
    ends = [_end(lines, node) for node in span.node.value]
    indent = _indent(lines[starts[0]])
    result: list[str] = []
    for same, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for i, j in enumerate(range(j1, j2), start=i1):
            if i < i2:
                result += lines[ends[i - 1] if i else starts[0] : starts[i]]
            result += lines[starts[i] : ends[i]] if same == "equal" else _item(new[j], keys, name, indent, english)
    return result


def _item(item: Any, keys: Keys, name: str, indent: str, english: bool) -> list[str]:
    block = _dumped(keys, name, (item,), {}, english)
    # A name alone is written as a list on one line.
    block = block[1:] if len(block) > 1 else [f"  - {block[0].partition(': [')[2][:-1]}"]
    return [indent + line[2:] if line else line for line in block]


def _dash(lines: Sequence[str], item: yaml.Node) -> int:
    """Return the line of an item's dash, which may stand above it alone."""
    at = item.start_mark.line + 1
    while not _DASH.match(lines[at]):
        at -= 1
    return at


def _is_block(node: yaml.Node) -> bool:
    """Return whether a value stands in lines of its own below its key, as opposed to behind it."""
    if isinstance(node, yaml.CollectionNode):
        return not node.flow_style
    return isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")


def _indent(line: str) -> str:
    """Return a line's indentation in the blanks that the reader takes for it."""
    indent = match[0] if (match := _INDENT.match(line)) else ""
    return indent.replace("\u3000", "  ").replace("\xa0", " ")


def _comment(text: str, keys: Keys, line: int) -> str:
    """Return the comment at the end of a line: what can be cut off there without changing what is read."""
    lines = text.split("\n")
    before = read(text, keys)
    for match in islice(_COMMENT.finditer(lines[line]), _MOST_COMMENTS):
        cut = read("\n".join([*lines[:line], lines[line][: match.start()], *lines[line + 1 :]]), keys)
        if cut.values == before.values and _errors(cut) == _errors(before):
            return lines[line][match.start() :]
    return ""


def _reads_as(one: Read, name: str, wished: Any) -> bool:
    value = one.values.get(name, _ABSENT)
    if name == "flags":
        return set(() if value is _ABSENT else value) == {*(() if wished is _ABSENT else wished), *one.implied}
    return value == wished


def _verify(new: str, before: Read, keys: Keys, name: str, wished: Any) -> None:
    after = read(new, keys)
    loose = {name, "flags"} if name in ("deadline", "status") else {name}
    same = [{key: value for key, value in one.values.items() if key not in loose} for one in (before, after)]
    if (
        same[0] != same[1]
        or before.body != after.body
        or _errors(after) - _errors(before)
        or not _reads_as(after, name, wished)
    ):
        raise CannotEdit(_("“{key}”不能单独修改", key=word_of(keys[name])))


def _errors(one: Read) -> set[tuple[str, str | Message]]:
    return {(finding.rule, finding.key) for finding in one.findings if finding.severity == "error"}
