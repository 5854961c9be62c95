"""The closed vocabulary of keys, statuses, genres, scopes and flags, read from `vocabulary.toml`."""

from __future__ import annotations

import difflib
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Mapping, NamedTuple


class Term(NamedTuple):
    """One closed value: a status, state, flag, genre or scope."""

    key: str
    label: str
    english: str
    definition: str = ""
    definition_en: str = ""
    aliases: tuple[str, ...] = ()
    counts_as: str = ""
    """`done` or `open`, for statuses."""
    mark: str = ""
    """The sign printed with a status, so that colour never carries it alone."""
    publishable: bool = False
    """For genres: whether documents of this genre may become part of the register."""


class Key(NamedTuple):
    """One front matter key of a report, a problem or a record inside them."""

    name: str
    label: str
    english: str
    kind: str
    """How the value is read; see the comment in `vocabulary.toml`."""
    required: bool = False
    many: bool = False
    short: bool = False
    internal: bool = False
    """Whether the value must never appear in any public output."""
    aliases: tuple[str, ...] = ()


class Vocabulary:
    """Terms of one kind, found by key, label or alias."""

    def __init__(self, terms: Mapping[str, Term]):
        self.terms = dict(terms)
        self._by_word = {}
        for term in terms.values():
            for word in (term.key, term.label, *term.aliases):
                self._by_word[fold(word)] = term

    def __iter__(self):
        return iter(self.terms.values())

    def __getitem__(self, key: str) -> Term:
        return self.terms[key]

    def find(self, word: str) -> Term | None:
        """Return the term that is written as `word`, or None."""
        return self._by_word.get(fold(word))

    def words(self) -> list[str]:
        """Return every accepted spelling: keys, labels and aliases."""
        return [w for t in self for w in (t.key, t.label, *t.aliases)]

    def labels(self) -> dict[str, str]:
        """Return the Chinese label of each key."""
        return {t.key: t.label for t in self}


class Keys:
    """The keys of one kind of front matter or record, found by English key, label or alias."""

    def __init__(self, keys: Mapping[str, Key]):
        self.keys = dict(keys)
        self._by_word = {}
        for key in keys.values():
            for word in (key.name, key.label, *key.aliases):
                self._by_word[fold(word)] = key
        self.required = tuple(k for k in self.keys.values() if k.required)
        self.short = next((k for k in self.keys.values() if k.short), None)

    def __iter__(self):
        return iter(self.keys.values())

    def __getitem__(self, name: str) -> Key:
        return self.keys[name]

    def find(self, word: str) -> Key | None:
        """Return the key that is written as `word`, or None."""
        return self._by_word.get(fold(word))

    def words(self) -> list[str]:
        """Return every accepted spelling: keys, labels and aliases."""
        return [w for k in self for w in (k.name, k.label, *k.aliases)]


@cache
def fold(word: str) -> str:
    """Return a word in the form that spellings are compared in: half-width, lower case, without spaces."""
    folded = unicodedata.normalize("NFKC", word).casefold().replace("_", "-")
    return "".join(folded.split())


def nearest(word: str, words: list[str]) -> str | None:
    """Return the accepted spelling that `word` was probably meant to be, or None."""
    close = difflib.get_close_matches(word, words, n=1, cutoff=0.5)
    if close:
        return close[0]
    return next((w for w in words if len(word) > 1 and (word in w or w in word)), None)


_data = tomllib.loads(files(__package__).joinpath("vocabulary.toml").read_text("utf-8"))


def _terms(kind: str) -> Vocabulary:
    return Vocabulary(
        {k: Term(k, **{**v, "aliases": tuple(v.get("aliases", ()))}) for k, v in _data[kind].items()}
    )


def _keys(table: Mapping[str, Mapping]) -> Keys:
    return Keys({k: Key(k, **{**v, "aliases": tuple(v.get("aliases", ()))}) for k, v in table.items()})


STATUSES = _terms("status")
STATES = _terms("state")
FLAGS = _terms("flag")
GENRES = _terms("genre")
SCOPES = _terms("scope")
REPORT_KEYS = _keys(_data["report"])
PROBLEM_KEYS = _keys(_data["problem"])
RECORDS = {name: _keys(table) for name, table in _data["record"].items()}
STATUS_ALIAS_FLAGS = {fold(alias): tuple(flags) for alias, flags in _data["status_alias_flags"].items()}

LONG_TERM = FLAGS["long-term"]
DONE = frozenset(term.key for term in STATUSES if term.counts_as == "done")
"""The statuses that count as done."""
