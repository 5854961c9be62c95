"""Values of the model -> the text and bytes of a source file, in Chinese words or English ones."""

from __future__ import annotations

import codecs
import difflib
import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

import yaml

from rectify.core.vocabulary import (
    FLAGS,
    GENRES,
    LONG_TERM,
    PRIORITIES,
    RECORDS,
    SCOPES,
    STAGES,
    STATUSES,
    Key,
    Keys,
    Term,
)

_TERMS = {"status": STATUSES, "genre": GENRES, "scope": SCOPES, "stage": STAGES}
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_FIGURE = re.compile(r"(?:0|[1-9]\d*)(?:\.\d+)?")
_LINE_END = re.compile("(\r\n|\r|\n)")
_KEY_LIKE = re.compile(r"^[^:：'\"\n]*：", re.M)
"""A value that reads like `内容：…`, which the reader would take for a key with a full-width colon."""


def document(values: Mapping[str, Any], keys: Keys, body: str, english: bool = False) -> str:
    """Return a source file: front matter in the order of the vocabulary, then the body.

    Keys and closed values are written by their Chinese labels, or as their keys with `english`. A key that `values` lacks is
    not written; one whose value is None is written empty, for staff to fill in.
    """
    tree = {_word(key, english): _plain(key, values[key.name], values, english) for key in keys if key.name in values}
    tree = {word: value for word, value in tree.items() if value != ()}
    return f"---\n{_dump(tree)}---\n" + (f"\n{body.strip()}\n" if body.strip() else "")


def encode(text: str, old: bytes, encoding: str = "utf-8") -> bytes:
    """Return a text's bytes with the byte order mark and, line by line, the line ends of the file that it replaces."""
    mark = codecs.BOM_UTF8 if old.startswith(codecs.BOM_UTF8) else b""
    lines = _LINE_END.split(old.removeprefix(mark).decode(encoding))
    before, ends = lines[::2], lines[1::2]
    usual = Counter(ends).most_common(1)[0][0] if ends else "\n"
    after = text.split("\n")
    result = [usual] * (len(after) - 1)
    if len(set(ends)) > 1:
        for block in difflib.SequenceMatcher(None, before, after).get_matching_blocks():
            for i, j in zip(range(block.a, block.a + block.size), range(block.b, block.b + block.size)):
                if i < len(ends) and j < len(result):
                    result[j] = ends[i]
    for j in range(len(result) - 1):
        # Side by side with nothing between them they would be one line end.
        if result[j] == "\r" and not after[j + 1] and result[j + 1].startswith("\n"):
            result[j] = result[j + 1]
    return mark + "".join(line + end for line, end in zip(after, [*result, ""])).encode(encoding)


def plain(key: Key, value: Any, values: Mapping[str, Any]) -> Any:
    """Return a value as it stands in the front matter, in YAML's own types; () for nothing to write."""
    return _plain(key, value, values, False)


def _word(entry: Key | Term, english: bool) -> str:
    return entry[0] if english else entry.label


def _plain(key: Key, value: Any, values: Mapping[str, Any], english: bool) -> Any:
    if key.kind == "deadline" and value is None and LONG_TERM.key in (values.get("flags") or ()):
        return _word(LONG_TERM, english)
    if value is None:
        return None
    if key.many:
        return [_record(key.kind, one, english) for one in value] or ()
    if key.kind in RECORDS:
        return _record(key.kind, value, english) or ()
    if key.kind in _TERMS:
        return _word(_TERMS[key.kind][value], english)
    if key.kind == "flags":
        # A deadline of 长期坚持 says it already.
        said = (LONG_TERM.key,) if "deadline" in values and values["deadline"] is None else ()
        return _Flow(_word(FLAGS[flag], english) for flag in value if flag not in said) or ()
    if key.kind == "priorities":
        return _Flow(_word(PRIORITIES[criterion], english) for criterion in value) or ()
    if key.kind == "counts":
        words = {term.key: _word(term, english) for term in STATUSES} | {"total": "total" if english else "总数"}
        return {words[name]: number for name, number in value} or ()
    if key.kind in ("names", "fingerprints"):
        return list(value) or ()
    if key.kind in ("files", "refs"):
        return _Flow(value) or ()
    if key.kind in ("ordinal", "number") and _FIGURE.fullmatch(value):
        return _Figure(value)
    return value


def _record(kind: str, record: Any, english: bool) -> Any:
    keys = RECORDS[kind]
    stated = {key: value for key in keys if (value := getattr(record, key.name)) not in ("", (), None)}
    if keys.short and list(stated) == [keys.short]:
        return stated[keys.short]
    return {_word(key, english): _plain(key, value, {}, english) for key, value in stated.items()}


class _Flow(list):
    """A list written on one line."""


class _Figure(str):
    """A number kept as it was written, without quotation marks."""


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:
        return super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    text = _CONTROL.sub(" ", text)
    lines = text.split("\n")
    if len(lines) > 1 and all(line == line.rstrip() for line in lines) and text[:1].strip():
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|")
    style = "'" if _KEY_LIKE.match(text) and len(lines) == 1 else '"' if len(lines) > 1 else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(
    _Figure,
    lambda dumper, text: dumper.represent_scalar(
        "tag:yaml.org,2002:float" if "." in text else "tag:yaml.org,2002:int", text
    ),
)
_Dumper.add_representer(
    _Flow, lambda dumper, items: dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=True)
)
_Dumper.add_representer(type(None), lambda dumper, _: dumper.represent_scalar("tag:yaml.org,2002:null", ""))
_Dumper.add_representer(
    date, lambda dumper, day: dumper.represent_scalar("tag:yaml.org,2002:timestamp", day.isoformat())
)


def _dump(tree: Mapping[str, Any]) -> str:
    if not tree:
        return ""
    return yaml.dump(
        tree, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=float("inf"), default_flow_style=False
    )
