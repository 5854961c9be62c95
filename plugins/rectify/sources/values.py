"""YAML nodes -> values of the model, by the kinds that the vocabulary gives each key. Collects findings, never raises."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Any

import yaml

from rectify.core import model
from rectify.core.finding import Finding, found
from rectify.core.language import N_, Message, listed, written
from rectify.core.script import simplified
from rectify.core.vocabulary import (
    FLAGS,
    GENRES,
    IMMEDIATE,
    LONG_TERM,
    PRIORITIES,
    RECORDS,
    REPEATED,
    SCOPES,
    STAGES,
    STATUS_ALIAS_FLAGS,
    STATUSES,
    Key,
    Keys,
    Term,
    Vocabulary,
    fold,
    likely_status,
    nearest,
    reads_as,
    word_of,
)
from rectify.sources.dates import FIRST_YEAR, LAST_YEAR, NoSuchDay, accepted_forms, is_period, parse_date, with_year
from rectify.sources.text import CONTROL

_RECORD_TYPES = {
    "period": model.Period,
    "outcome": model.Outcome,
    "contact": model.Contact,
    "approval": model.Approval,
    "waiver": model.Waiver,
    "measure": model.Measure,
    "progress": model.Progress,
    "closeout": model.Closeout,
    "step": model.Step,
    "withdrawal": model.Withdrawal,
}
_SEPARATORS = re.compile(r"[、，,；;\n]")
_REFERENCE = re.compile(r"[a-z0-9-]+/[0-9]{2,4}")
_NUMBER = re.compile(r"\d{1,18}(\.\d{1,18})?")
_TOTAL = {fold("total"), fold("总数"), fold("合计"), fold("问题总数")}

_MOST_NEAREST = 100
_NULL = ("~", "null")

BAD = object()
"""Stands for a value that could not be read; its finding is already recorded."""


class Values:
    """Reads one front matter tree."""

    def __init__(self, path: str, begun: date | None = None):
        self.path = path
        self.begun = begun
        """When the problems of the disclosure were told, after which a deadline without a year lies."""
        self.findings: list[Finding] = []
        self.lines: dict[str, int] = {}
        """Line of each top-level key, by its English name."""
        self.implied_flags: tuple[str, ...] = ()
        """Flags that a status alias or a deadline of 长期坚持 carries."""
        self.alias_wording = ""
        self.deadline_wording = ""
        """A deadline in words, such as 2024年底前."""
        self._seen: set[int] = set()

    def mapping(self, node: yaml.MappingNode, keys: Keys, top: bool = False) -> dict[str, Any]:
        """Return the readable values of a mapping by English key, with findings for the rest."""
        values: dict[str, Any] = {}
        lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            word = key_node.value if isinstance(key_node, yaml.ScalarNode) else "[…]"
            line = key_node.start_mark.line + 2
            key = keys.find(word)
            if key is None:
                self._add(
                    "S017", key_node, "", found=word, allowed=keys.choice(), nearest=self._nearest(word, keys.words())
                )
            elif key.name in lines:
                self._add("S016", key_node, word, found=lines[key.name])
            else:
                if word != key.label:
                    self._note_script(key_node, word, word)
                lines[key.name] = line
                if self._is_empty(value_node) or _is_left_blank(key, value_node):
                    if key.required:
                        self._add("S026", key_node, word, found=word)
                        values[key.name] = BAD
                    continue
                value = self._value(key, word, value_node)
                if value == "":
                    value = self._add("S026", value_node, word, found=word)
                values[key.name] = value
                if top and key.name == "status":
                    self._note_alias(value_node, values[key.name])
        for key in keys.required:
            if key.name not in lines:
                self._add("S018", node, "", found=word_of(key))
        if top:
            self.lines = lines
        return {name: value for name, value in values.items() if value is not BAD}

    def _value(self, key: Key, word: str, node: yaml.Node) -> Any:
        if id(node) in self._seen:
            return self._add("S015", node, word)
        self._seen.add(id(node))
        if key.many:
            items = node.value if isinstance(node, yaml.SequenceNode) else [node]
            records = [
                self._record(key, word, item) for item in items if not (self._is_empty(item) or _is_blank(key, item))
            ]
            return tuple(r for r in records if r is not BAD)
        if key.kind in RECORDS:
            return self._record(key, word, node)
        return getattr(self, f"_{key.kind}")(word, node)

    def _record(self, key: Key, word: str, node: yaml.Node) -> Any:
        keys = RECORDS[key.kind]
        if isinstance(node, yaml.MappingNode):
            count = len(self.findings)
            values = self.mapping(node, keys)
            if any(f.severity == "error" for f in self.findings[count:]):
                return BAD
            record = _RECORD_TYPES[key.kind](**values)
            if key.kind == "period" and record.end < record.start:
                return self._add("S024", node, word, found=f"{record.start} — {record.end}")
            return record
        if isinstance(node, yaml.ScalarNode) and keys.short:
            return _RECORD_TYPES[key.kind](**{keys.short.name: self._text(word, node)})
        inner = [k for k in keys if k.required or not keys.required]
        example = written(
            _example(key, key.label, [k.label for k in inner]), _example(key, key.name, [k.name for k in inner])
        )
        return self._shape(word, node, N_("几个下级字段"), example)

    def _text(self, word: str, node: yaml.Node) -> Any:
        if not isinstance(node, yaml.ScalarNode):
            return self._shape(word, node, N_("一段文字"), f"{word}: …")
        if CONTROL.search(node.value):
            return self._add("S042", node, word)
        return node.value.strip()

    def _ordinal(self, word: str, node: yaml.Node) -> Any:
        text = self._text(word, node)
        return text if text is BAD else self._folded(word, node, text)

    def _folded(self, word: str, node: yaml.Node, text: str) -> str:
        """Return a text with half-width digits, noting where they were full-width."""
        folded = "".join(unicodedata.normalize("NFKC", c) if "０" <= c <= "９" else c for c in text)
        if folded != text:
            self._add("S025", node, word, found=text, allowed=folded)
        return folded

    def _names(self, word: str, node: yaml.Node) -> Any:
        texts = self._texts(word, node)
        if texts is BAD or not isinstance(node, yaml.ScalarNode):
            return texts
        if node.start_mark.line < node.end_mark.line and not node.style and not _SEPARATORS.search(node.value):
            # One a line, which YAML makes one of.
            return self._shape(word, node, N_("一个或者几个文字"), N_("{word}: [甲, 乙]", word=word))
        return tuple(name.strip() for name in _SEPARATORS.split(node.value) if name.strip())

    def _texts(self, word: str, node: yaml.Node) -> Any:
        if isinstance(node, yaml.ScalarNode):
            text = self._text(word, node)
            return BAD if text is BAD else (text,)
        if isinstance(node, yaml.SequenceNode) and all(isinstance(i, yaml.ScalarNode) for i in node.value):
            texts = [self._text(word, i) for i in node.value if not self._is_empty(i)]
            return BAD if BAD in texts else tuple(filter(None, texts))
        return self._shape(word, node, N_("一个或者几个文字"), N_("{word}: [甲, 乙]", word=word))

    _fingerprints = _texts

    def _refs(self, word: str, node: yaml.Node) -> Any:
        texts = self._texts(word, node)
        if texts is BAD:
            return BAD
        refs = [part.strip() for text in texts for part in _SEPARATORS.split(text) if part.strip()]
        for ref in refs:
            if not _REFERENCE.fullmatch(ref):
                return self._add("S083", node, word, found=ref)
        return tuple(dict.fromkeys(refs))

    def _files(self, word: str, node: yaml.Node) -> Any:
        paths = self._texts(word, node)
        if paths is BAD:
            return BAD
        for path in paths:
            parts = path.split("/")
            if parts[0] != "files" or len(parts) < 2 or "\\" in path or any(p in ("", ".", "..") for p in parts):
                return self._add("S036", node, word, found=path)
        return paths

    def _number(self, word: str, node: yaml.Node) -> Any:
        text = self._text(word, node)
        if text is BAD:
            return BAD
        folded = self._folded(word, node, text).replace("．", ".").replace(",", "")
        if not _NUMBER.fullmatch(folded):
            return self._add("S023", node, word, found=text)
        return folded

    def _counts(self, word: str, node: yaml.Node) -> Any:
        if not isinstance(node, yaml.MappingNode):
            example = written(f"{word}: {{总数: 25, 已完成: 8}}", f"{word}: {{total: 25, done: 8}}")
            return self._shape(word, node, N_("总数和各状态的数"), example)
        counts: dict[str, int] = {}
        lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            name = str(key_node.value)
            term = STATUSES.find(name)
            key = "total" if fold(name) in _TOTAL else term.key if term else None
            number = self._number(name, value_node)
            if key is None:
                words = ["总数", *STATUSES.words()]
                allowed = listed([written("总数", "total"), STATUSES.choice()])
                self._add("S017", key_node, word, found=name, allowed=allowed, nearest=self._nearest(name, words))
            elif key in lines:
                self._add("S016", key_node, name, found=lines[key])
            elif isinstance(number, str) and "." in number:
                self._add("S023", value_node, name, found=number)
            elif isinstance(number, str):
                counts[key] = int(number)
            if key is not None:
                lines.setdefault(key, key_node.start_mark.line + 2)
        return tuple(counts.items())

    def _date(self, word: str, node: yaml.Node, month_end: bool = False) -> Any:
        text = self._text(word, node)
        if text is BAD:
            return BAD
        try:
            value = parse_date(text, month_end)
        except NoSuchDay:
            return self._add("S021", node, word, found=text)
        except ValueError:
            return self._add("S022", node, word, found=text, allowed=accepted_forms(month_end, text))
        if not FIRST_YEAR <= value.year <= LAST_YEAR:
            return self._add("S076", node, word, found=text, allowed=f"{FIRST_YEAR}—{LAST_YEAR}")
        if text != value.isoformat():
            self._add("S025", node, word, found=text, allowed=value.isoformat())
        return value

    def _deadline(self, word: str, node: yaml.Node) -> date | Any | None:
        if isinstance(node, yaml.ScalarNode) and (flag := FLAGS.find(node.value)) in (LONG_TERM, IMMEDIATE):
            self.implied_flags += (flag.key,)
            return None
        if self.begun and isinstance(node, yaml.ScalarNode) and (dated := with_year(node.value, self.begun)):
            self._add("S025", node, word, found=node.value, allowed=dated)
            self.deadline_wording = node.value.strip()
            return parse_date(dated, month_end=True)
        value = self._date(word, node, month_end=True)
        if value is not BAD and is_period(node.value):
            self.deadline_wording = node.value.strip()
        return value

    def _term(self, word: str, node: yaml.Node, vocabulary: Vocabulary) -> Any:
        text = self._text(word, node)
        if text is BAD:
            return BAD
        term = vocabulary.find(text)
        if term is not None and text == term.label:
            return term.key
        if term is None:
            hint = likely_status(text[:40]) if vocabulary is STATUSES else self._nearest(text, vocabulary.words())
            return self._add("S020", node, word, found=text, allowed=vocabulary.choice(), nearest=hint)
        self._note_script(node, word, text)
        if vocabulary is STATUSES and reads_as(text, term):
            self._add("S079", node, word, found=text, allowed=word_of(term))
        return term.key

    def _note_script(self, node: yaml.Node, word: str, text: str) -> None:
        """Note a word in traditional characters, which is understood."""
        if (plain := simplified(text)) != text:
            self._add("S025", node, word, found=text, allowed=plain)

    def _status(self, word: str, node: yaml.Node) -> Any:
        return self._term(word, node, STATUSES)

    def _note_alias(self, node: yaml.Node, key: Any) -> None:
        """Keep the words of a status that is written as an alias, and the flags that they imply."""
        if key is not BAD and simplified(alias := node.value.strip()) not in (key, STATUSES[key].label):
            self.alias_wording = alias
            self.implied_flags += STATUS_ALIAS_FLAGS.get(fold(alias), ())

    def _genre(self, word: str, node: yaml.Node) -> Any:
        return self._term(word, node, GENRES)

    def _scope(self, word: str, node: yaml.Node) -> Any:
        return self._term(word, node, SCOPES)

    def _stage(self, word: str, node: yaml.Node) -> Any:
        return self._term(word, node, STAGES)

    def _flags(self, word: str, node: yaml.Node) -> Any:
        return self._terms(word, node, FLAGS, LONG_TERM)

    def _priorities(self, word: str, node: yaml.Node) -> Any:
        return self._terms(word, node, PRIORITIES, REPEATED)

    def _terms(self, word: str, node: yaml.Node, vocabulary: Vocabulary, example: Term) -> Any:
        if isinstance(node, yaml.ScalarNode):
            parts = [part.strip() for part in _SEPARATORS.split(node.value) if part.strip()]
            nodes = [yaml.ScalarNode(node.tag, part, node.start_mark) for part in parts]
        elif isinstance(node, yaml.SequenceNode):
            nodes = [item for item in node.value if not self._is_empty(item)]
        else:
            return self._shape(
                word,
                node,
                N_("一个或者几个标记"),
                written(f"{word}: [{example.label}]", f"{word}: [{example.key}]"),
            )
        keys = [self._term(word, item, vocabulary) for item in nodes]
        return BAD if BAD in keys else tuple(dict.fromkeys(keys))

    def _shape(self, word: str, node: yaml.Node, allowed: Message, example: str | Message) -> Any:
        kinds = {"scalar": N_("一段文字"), "sequence": N_("列表"), "mapping": N_("下级字段")}
        kind = kinds[str(getattr(node, "id", ""))]
        return self._add("S019", node, word, allowed=allowed, found=kind, example=example)

    def _is_empty(self, node: yaml.Node) -> bool:
        if isinstance(node, yaml.ScalarNode):
            return not node.style and node.value.strip() in ("", *_NULL)
        return not node.value

    def _nearest(self, word: str, words: list[str]) -> str | None:
        """Return what a word was meant to be, for the first of many that are wrong; comparing takes its time."""
        return nearest(word, words) if len(self.findings) < _MOST_NEAREST else None

    def _add(self, rule: str, node: yaml.Node, key: str, **values: object) -> Any:
        mark = node.start_mark
        self.findings.append(found(rule, self.path, mark.line + 2, mark.column + 1, key, **values))
        return BAD


def _is_left_blank(key: Key, node: yaml.Node) -> bool:
    """Return whether an editor wrote a field that nobody filled in: a text of nothing, a record or a list of such.

    Half a withdrawal is told: whoever began one wants something to go.
    """
    return not key.required and key.kind != "withdrawal" and _is_blank(key, node)


def _is_blank(key: Key, node: yaml.Node) -> bool:
    if isinstance(node, yaml.ScalarNode):
        return not node.value.strip() or (not node.style and node.value.strip() in _NULL)
    if isinstance(node, yaml.SequenceNode):
        return all(not isinstance(part, yaml.SequenceNode) and _is_blank(key, part) for part in node.value)
    # A text with a colon at its end is no record.
    parts = [(RECORDS[key.kind].find(str(word.value)), part) for word, part in node.value if key.kind in RECORDS]
    return len(parts) == len(node.value) and all(
        inner is not None and inner.kind not in RECORDS and _is_blank(inner, part) for inner, part in parts
    )


def _example(key: Key, name: str, inner: list[str]) -> str:
    fields = "{" + ", ".join(f"{one}: …" for one in inner) + "}"
    return f"{name}: [{fields}]" if key.many else f"{name}: {fields}"
