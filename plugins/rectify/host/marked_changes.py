"""Two wordings of a text as one, with what was taken out and what was put in: sentence by sentence, then by characters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from diff_match_patch import diff_match_patch

KEPT, OUT, IN = 0, -1, 1
_SENTENCE = re.compile(r"[^。；！？;!?\n]*[。；！？;!?\n]*")
_WORD = re.compile(r"[0-9０-９][0-9０-９.,，:：%％年月日时分/-]*(?<![,，:：/-])|[A-Za-z]+|.", re.DOTALL)
_FIRST = 0xF0000
"""The first of the characters that stand for words; nobody else's."""
_LONGEST = 300
"""Characters of a passage that are compared one by one: beyond, both wordings are shown whole."""
_MOST = 400
"""Sentences of a text that are matched; beyond, likewise."""
_ALIKE = 0.3
"""Share of common characters below which marks within a passage would hide what it says."""


class Part(NamedTuple):
    """A stretch of text."""

    mark: int
    """KEPT, OUT or IN."""
    text: str


def marked(before: str, after: str) -> list[Part]:
    """Return both wordings as one text; those with mark KEPT or OUT make up the old, KEPT or IN the new."""
    old, new = _sentences(before), _sentences(after)
    if max(len(old), len(new)) > _MOST:
        return _joined([Part(OUT, before), Part(IN, after)])
    return _joined(_parts(old, new))


def _parts(old: Sequence[str], new: Sequence[str]) -> Iterator[Part]:
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        before, after = "".join(old[i:j]), "".join(new[k:m])
        if kind == "equal":
            yield Part(KEPT, before)
        elif kind == "replace" and max(len(before), len(after)) <= _LONGEST:
            yield from _by_characters(before, after)
        else:
            yield from (Part(OUT, before), Part(IN, after))


def _by_characters(before: str, after: str) -> Iterator[Part]:
    # A number or a word is one character to the matcher: nobody reads 2145 as 214 made 215.
    pieces = _WORD.findall(before), _WORD.findall(after)
    words = list(dict.fromkeys(pieces[0] + pieces[1]))
    signs = {word: chr(_FIRST + number) for number, word in enumerate(words)}
    old, new = ("".join(signs[word] for word in piece) for piece in pieces)
    matcher = diff_match_patch()
    matcher.Diff_Timeout = 0  # Else what is found would depend on how busy the machine is.
    found = matcher.diff_main(old, new, False)
    matcher.diff_cleanupSemantic(found)
    common = sum(len(text) for mark, text in found if mark == KEPT)
    if common < _ALIKE * min(len(old), len(new)):
        yield from (Part(OUT, before), Part(IN, after))
    else:
        yield from (Part(mark, "".join(words[ord(one) - _FIRST] for one in text)) for mark, text in found)


def _joined(parts: Iterator[Part] | Sequence[Part]) -> list[Part]:
    """Return the parts without empty ones, neighbours of one kind put together."""
    joined: list[Part] = []
    for part in parts:
        if joined and joined[-1].mark == part.mark:
            joined[-1] = Part(part.mark, joined[-1].text + part.text)
        elif part.text:
            joined.append(part)
    return joined


def _sentences(text: str) -> list[str]:
    return [match[0] for match in _SENTENCE.finditer(text) if match[0]]
