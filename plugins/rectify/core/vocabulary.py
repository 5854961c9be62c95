"""The closed vocabulary of keys, statuses, genres, scopes and flags, read from `vocabulary.toml`."""

from __future__ import annotations

import difflib
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from rectify.core.language import Message, listed, written
from rectify.core.results import tells_completion
from rectify.core.script import simplified


class Colours(NamedTuple):
    """How a status is coloured: CSS colours, and for the ledger RRGGBB."""

    light: str = "#6b7078"
    dark: str = "#9aa0a8"
    forced: str = "CanvasText"
    """A CSS system colour, for who has chosen colours of their own."""
    print: str = "#000"
    ledger: str = "FFFFFF"


class Term(NamedTuple):
    """One closed value: a status, state, flag, genre or scope."""

    key: str
    label: str
    english: str
    definition: str = ""
    definition_en: str = ""
    aliases: tuple[str, ...] = ()
    counts_as: str = ""
    """The state of a status, a key of STATES."""
    status: str = ""
    """Of a state, the status that stands for it; a sentence that counts by states need not name that one again."""
    mark: str = ""
    """The sign printed with a status, so that colour never carries it alone."""
    verified: bool = False
    """Whether a status says that the inspecting side has verified the matter."""
    fill: int = 0
    """How much of a status's square is filled, per cent."""
    ring: bool = False
    dashed: bool = False
    """Whether the square is drawn with a broken line."""
    shade: float = 1
    """How much ink a status has in a bar, of 1."""
    colours: Colours = Colours()
    in_texts: tuple[str, ...] = ()
    """Regular expressions for how texts say a status besides label and aliases."""
    text_rank: int = 0
    """Which status is looked for first."""
    publishable: bool = False
    """For genres: whether documents of this genre may become part of the register."""
    side: str = ""
    """For stages, as all below: who takes it, `unit` or `inspector`."""
    after: tuple[str, ...] = ()
    """The statuses in which it may be taken."""
    opens: str = ""
    """What waits for a decision from then on."""
    answers: str = ""
    """What it decides."""
    sets: str = ""
    """The status that follows; empty where it stays."""
    sets_deadline: bool = False
    asks: tuple[str, ...] = ()
    """What must be given besides the day."""
    public: str = ""
    """What readers are told where the status or the deadline changes."""
    public_en: str = ""


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


Entry = TypeVar("Entry", Term, Key)


class _Index(Generic[Entry]):
    """Entries of one kind in the order of the file, found by key, label or alias."""

    def __init__(self, entries: Mapping[str, Entry]):
        self.entries: dict[str, Entry] = dict(entries)
        self._by_word: dict[str, Entry] = {
            fold(word): entry for entry in entries.values() for word in _spellings(entry)
        }

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries.values())

    def __getitem__(self, key: str) -> Entry:
        return self.entries[key]

    def find(self, word: str) -> Entry | None:
        """Return the entry that is written as `word`, or None."""
        return self._by_word.get(fold(word))

    def words(self) -> list[str]:
        """Return every accepted spelling: keys, labels and aliases."""
        return [word for entry in self for word in _spellings(entry)]

    def choice(self) -> str | Message:
        """Return the words to choose from, to be said later: the labels in Chinese, the keys in English."""
        return self._choice

    @cached_property
    def _choice(self) -> str | Message:
        return listed(word_of(entry) for entry in self)

    def labels(self) -> dict[str, str]:
        """Return the Chinese label of each key."""
        return {key: entry.label for key, entry in self.entries.items()}


class Vocabulary(_Index[Term]):
    """Closed values of one kind."""


class Keys(_Index[Key]):
    """The keys of one kind of front matter or record."""

    def __init__(self, entries: Mapping[str, Key]):
        super().__init__(entries)
        self.required = tuple(key for key in self if key.required)
        self.short = next((key for key in self if key.short), None)


def _spellings(entry: Term | Key) -> tuple[str, ...]:
    return (entry[0], entry.label, *entry.aliases)


def word_of(entry: Term | Key) -> Message:
    """Return the word by which content names an entry, to be said later: its label in Chinese, its key in English."""
    return written(entry.label, entry[0])


@cache
def fold(word: str) -> str:
    """Return a word in the form that spellings are compared in: simplified, half-width, lower case, without spaces."""
    folded = simplified(unicodedata.normalize("NFKC", word)).casefold().replace("_", "-")
    return "".join(folded.split())


def reads_as(word: str, term: Term) -> bool:
    """Return whether a word that stands for a term says something else than its label: 基本完成 for 阶段性完成."""
    said, label = fold(word), fold(term.label)
    return said != fold(term.key) and said not in label and label not in said


def nearest(word: str, words: list[str]) -> str | None:
    """Return the accepted spelling that `word` was probably meant to be, or None."""
    close = difflib.get_close_matches(word, words, n=1, cutoff=0.5)
    if close:
        return close[0]
    return next((w for w in words if len(word) > 1 and (word in w or w in word)), None)


_data = tomllib.loads(Path(__file__).with_name("vocabulary.toml").read_text("utf-8"))


def _entries(kind: type[Entry], table: Mapping[str, Mapping[str, Any]]) -> dict[str, Entry]:
    return {
        key: kind(key, **{name: _frozen(name, value) for name, value in values.items()})
        for key, values in table.items()
    }


def _frozen(name: str, value: Any) -> Any:
    if name == "colours":
        return Colours(**value)
    return tuple(value) if isinstance(value, list) else value


STATUSES = Vocabulary(_entries(Term, _data["status"]))
STATES = Vocabulary(_entries(Term, _data["state"]))
FLAGS = Vocabulary(_entries(Term, _data["flag"]))
PRIORITIES = Vocabulary(_entries(Term, _data["priority"]))
GENRES = Vocabulary(_entries(Term, _data["genre"]))
STAGES = Vocabulary(_entries(Term, _data["stage"]))
"""What the office and the inspecting side do with a problem."""
SCOPES = Vocabulary(_entries(Term, _data["scope"]))
CLOSED = {
    "status": STATUSES,
    "stage": STAGES,
    "genre": GENRES,
    "scope": SCOPES,
    "flags": FLAGS,
    "priorities": PRIORITIES,
}
"""By the kind of a key the terms that its value is one or several of."""
DISCLOSURE_KEYS = Keys(_entries(Key, _data["disclosure"]))
PROBLEM_KEYS = Keys(_entries(Key, _data["problem"]))
RECORDS = {name: Keys(_entries(Key, table)) for name, table in _data["record"].items()}
STATUS_ALIAS_FLAGS = {fold(alias): tuple(flags) for alias, flags in _data["status_alias_flags"].items()}

_STATUS_HINTS = {fold(word): key for word, key in _data["status_hints"].items()}

REPEATED = PRIORITIES["repeated"]
LONG_TERM = FLAGS["long-term"]
IMMEDIATE = FLAGS["immediate"]
DONE = frozenset(term.key for term in STATUSES if term.counts_as == "done")
"""The statuses that count as done."""
OPEN = frozenset(term.key for term in STATUSES if term.counts_as == "open")
"""The statuses that count as not done yet; one that is in neither set says nothing of how far the work is."""
UNSTATED = STATES["unstated"].status
"""The status of a problem whose notice states none."""
VERIFIED = next(term for term in STATUSES if term.verified)
"""The status that the inspecting side has verified."""


_PART = re.compile(r"(?<![\d.])\d{1,2}(?:\.\d+)?\s?[%％]")
"""A share of the work that is done."""
_ALTERNATIVES = re.compile("[/／、或和及|]")


def likely_status(word: str) -> str | None:
    """Return the label of the status that a word probably means, by how forms and texts say it, or None.

    What only names a completion means none: 确保年底前整改到位.
    """
    if key := _STATUS_HINTS.get(fold(word)):
        return STATUSES[key].label
    if _PART.search(word):
        return STATUSES["ongoing"].label
    several = {term for part in _ALTERNATIVES.split(word) if (term := STATUSES.find(part.strip()))}
    if len(several) > 1:
        return None
    told = sorted(STATUSES, key=lambda term: term.text_rank)
    likely = next((term for term in told if any(re.search(pattern, word) for pattern in term.in_texts)), None)
    spelling = likely.label if likely else nearest(word, STATUSES.words()) or ""
    likely = STATUSES.find(spelling)
    if likely is None or (likely.key in DONE and not tells_completion(word)):
        return None
    return likely.label if spelling in likely.aliases else spelling
