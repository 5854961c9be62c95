"""The words of one office: what it misspells, how it writes its set phrases, what it may publish."""

from __future__ import annotations

import re
import stat
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from rectify.core.family import Family
from rectify.core.finding import Finding
from rectify.core.format_errors import read_toml, toml_reason
from rectify.core.language import _, listed, spoken
from rectify.core.patterns import compiled
from rectify.prose.passage import Passage
from rectify.prose.word_lists import any_of

_BESIDE = compiled(r"[\s+()\-.]")
_LONG = compiled(r"\d[\d \-]{6,}\d")
SAID = 20
"""Passages that a log names; a list that is longer is read as a file."""
TABLES = ("allowed", "typos", "phrases")
LARGEST = 500_000
"""Bytes; some ten thousand words."""


class OfficeWords(NamedTuple):
    """Additions to the lists in `data/`; all texts are taken as written, not as patterns."""

    allowed: frozenset[str] = frozenset()
    """Passages that are never reported: a duty telephone, the name of the head of the office."""
    typos: tuple[tuple[str, str], ...] = ()
    """Pairs of wrong and right."""
    phrases: tuple[tuple[str, str], ...] = ()
    """Pairs of a wrong and the right form of a set phrase."""

    def allows(self, finding: Finding) -> bool:
        """Return whether a finding is of an allowed passage, a number however it is written."""
        if not self.allowed:
            return False
        if finding.token in self.allowed:
            return True
        return finding.family is Family.PRIVACY and _bare(finding.token) in _bare_all(self.allowed)

    def told(self) -> list[str]:
        """Return the allowed passages as a log may hold them, long numbers masked, at most SAID of them."""
        shown = [_LONG.sub(_masked, passage) for passage in sorted(self.allowed)]
        return shown if len(shown) <= SAID else [*shown[: SAID - 1], "…"]

    def findings(self, passage: Passage) -> Iterator[Finding]:
        """Yield the words of the lists that a passage has."""
        for match, right in _hits(passage, self.typos):
            yield passage.found("W020", match.start(), token=match[0], allowed=right)
        for match, right in _hits(passage, self.phrases):
            yield passage.found("W023", match.start(), token=match[0], allowed=right)


NO_WORDS = OfficeWords()


def _masked(match: re.Match[str]) -> str:
    return f"{match[0][:3]}{'*' * (len(match[0]) - 7)}{match[0][-4:]}"


def _bare(text: str) -> str:
    """Return a number without what may stand between its digits; other texts stay as they are."""
    bare = _BESIDE.sub("", unicodedata.normalize("NFKC", text))
    return bare if bare.isascii() and bare.isdigit() else text


@cache
def _bare_all(texts: frozenset[str]) -> frozenset[str]:
    return frozenset(map(_bare, texts))


def _hits(passage: Passage, pairs: tuple[tuple[str, str], ...]) -> Iterator[tuple[re.Match[str], str]]:
    if pairs:
        right = dict(pairs)
        for match in re.finditer(any_of(right), passage.text):
            yield match, right[match[0]]


def parse_words(tables: Mapping[str, Any]) -> OfficeWords:
    """Return the words of a parsed file; raises ValueError, with what to write, where it is of another form."""
    unknown = sorted(set(tables) - set(TABLES))
    if unknown:
        raise ValueError(_("[{table}]：只能有 {tables}", table=unknown[0], tables=listed(TABLES)))
    allowed = tables.get("allowed", [])
    if not isinstance(allowed, list) or not all(isinstance(one, str) and one for one in allowed):
        raise ValueError('allowed = ["…", "…"]')
    pairs = {name: tables.get(name, {}) for name in ("typos", "phrases")}
    for name, table in pairs.items():
        if not isinstance(table, dict) or not all(
            isinstance(right, str) and wrong and wrong != right for wrong, right in table.items()
        ):
            raise ValueError(_('[{table}] "错" = "对"', table=name))
    return OfficeWords(frozenset(allowed), tuple(pairs["typos"].items()), tuple(pairs["phrases"].items()))


def read_words(file: Path) -> OfficeWords:
    """Return the words of a TOML file, none where there is no such file; raises ValueError naming file and place."""
    try:
        status = file.stat()
        # A pipe would keep the reader waiting for ever.
        if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST:
            raise ValueError(_("只能是不大于 {limit} KB 的文件", limit=LARGEST // 1000))
        text = file.read_text("utf-8-sig")
        return parse_words(read_toml(text))
    except FileNotFoundError:
        return NO_WORDS
    except RecursionError:
        raise ValueError(_("{file}：嵌套太深", file=file)) from None
    except tomllib.TOMLDecodeError as error:
        line, reason = toml_reason(error, text)
        raise ValueError(
            _(
                "{file}:{line}：{reason}；例如 {example}",
                file=file,
                line=line,
                reason=spoken().say(reason),
                example='"贯彻洛实" = "贯彻落实"',
            )
        ) from None
    except UnicodeDecodeError:
        raise ValueError(_("{file}：不是 UTF-8 编码，另存为 UTF-8", file=file)) from None
    except (OSError, ValueError) as error:
        raise ValueError(f"{file}: {error}") from None
