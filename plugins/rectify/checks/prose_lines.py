"""What a check of the sources has read already, so that a page that says the same need not be asked again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from rectify.checks.screening import SHORTEST
from rectify.core.family import Family
from rectify.core.finding import Finding
from rectify.core.model import Disclosure, Problem
from rectify.prose import NO_WORDS, OfficeWords, screen
from rectify.sources.folder import Folder
from rectify.sources.public_text import PublicText

_BETWEEN = re.compile(r"""[\[\]{},"']|:\s|：""")
"""What parts the values that stand in one line."""
_BOLD = re.compile(r"^\*\*((?:[一二三四五六七八九十]{1,3}是|[^*]{1,60}[。：]))\*\*(?=[^*]*$)")
"""What ends so is no part of a word or number that goes on behind it."""
_KEY = re.compile("[a-z-]*")
"""Of the vocabulary; nothing else is written so."""
_LABEL = re.compile(r"^(?:- +)*(?:[^\s:：]+(?:: |：))?")
"""What stands in front of a value in a line of its own."""
_POSTCODE = re.compile("[0-9]{6}|")
_SCREENED = (Family.PRIVACY, Family.MARKS)
"""Of these rules some are looked for in a built site as well."""


def prose_lines(record: Disclosure | Problem) -> Iterator[str]:
    """Yield the lines of the texts of a record that are sentences, whatever label they stand behind; no numbers and names."""
    texts = [record.title, record.body]
    if isinstance(record, Problem):
        texts += [measure.text for measure in record.measures]
        texts += [entry.text for entry in record.progress]
    return (line for text in texts for whole in text.split("\n") if len(line := whole.strip()) >= SHORTEST)


def shown_lines(record: Disclosure | Problem) -> Iterator[str]:
    """Yield these lines as pages have them, without the stars around what begins them."""
    return (_BOLD.sub(r"\1", line) if line.startswith("**") else line for line in prose_lines(record))


def names(record: Disclosure | Problem) -> Iterator[str]:
    """Yield what a record calls its matter and those whose matter it is, which pages put together with other texts."""
    yield record.title
    yield from (
        (record.group, record.category, record.lead, *record.units) if isinstance(record, Problem) else (record.unit,)
    )


Unread = Mapping[str, Sequence[str]]
"""By source file, the lines that a record says and that do not stand in its file as they are."""


def unread_lines(folder: Folder, texts: Iterable[PublicText]) -> Unread:
    """Return what the records of a folder say that nobody has read who has read these texts.

    A value that goes over several lines of its file, or has codes in it, is put together only when it is shown.
    """
    read = {text.path: text for text in texts}
    records: list[Disclosure | Problem] = [*folder.problems, *filter(None, [folder.disclosure])]
    return {one.path: tuple(_unread(one.shown(), read[one.path])) for one in records if one.path in read}


def _unread(record: Disclosure | Problem, text: PublicText) -> Iterator[str]:
    lines = {line.strip() for _, line in text.lines}
    yield from (line for line in prose_lines(record) if line not in lines)
    pieces = {piece.strip() for _, line in text.lines for piece in _BETWEEN.split(line)}
    ends = {_LABEL.sub("", line).strip("\"' ") for line in lines}
    # What stands between commas or brackets of its file has been read as a part of a sentence; on a page it stands alone.
    yield from (line for line in _values(record) if line not in ends and (line not in pieces or _is_mark(line)))
    # Its label excuses a number, but only one that is what it is called.
    if isinstance(record, Disclosure) and record.contact and not _POSTCODE.fullmatch(record.contact.postcode):
        yield record.contact.postcode


@lru_cache(8192)
def _is_mark(line: str) -> bool:
    """Return whether a text that stands alone is a mark of secrecy; whether the office allows it, the reading of it says."""
    return any(one.family is Family.MARKS for one in screen([(1, line)], "", NO_WORDS))


def _values(record: Disclosure | Problem) -> Iterator[str]:
    """Yield what the public values of a record say, a line each, but for its body and for keys of the vocabulary."""
    if isinstance(record, Disclosure):
        record = record._replace(id="", path="", body="", approval=None, waivers=())
    else:
        record = record._replace(disclosure="", nn="", path="", body="", course=(), waivers=())
    waiting: list[object] = [record]
    while waiting:
        value = waiting.pop()
        if isinstance(value, tuple):
            waiting.extend(value)
        elif isinstance(value, str) and not _KEY.fullmatch(value):
            yield from filter(None, map(str.strip, value.split("\n")))


def clean_files(unread: Unread, findings: Iterable[Finding]) -> tuple[str, ...]:
    """Return the files that were read line for line, and in which nothing private and no mark was found.

    `findings` are all that were found in them, before anything was waived.
    """
    dirty = {one.path for one in findings if one.family in _SCREENED}
    return tuple(path for path, lines in unread.items() if not lines and path not in dirty)


def put_together(unread: Unread, said: Iterable[Finding], words: OfficeWords) -> Iterator[Finding]:
    """Yield what must not be public in lines that nobody has read, but for what is `said` already."""
    # A mark that in its sentence is worth a warning may be an error where it stands alone.
    told = (one for one in said if one.family is not Family.MARKS or one.severity == "error")
    known = {(one.path, "".join(one.token.split())) for one in told}
    for path, lines in unread.items():
        # What is not one after the other must not be read in one breath.
        apart = [part for line in lines for part in (line, "")]
        for one in screen(list(enumerate(apart, start=1)), path, words) if apart else ():
            if (path, "".join(one.token.split())) not in known:
                yield one._replace(line=1, column=1)
