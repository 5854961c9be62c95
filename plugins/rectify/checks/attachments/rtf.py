"""Text of a published RTF file, and what it carries beside it (Rich Text Format 1.9.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from rectify.checks.attachments.types import Contents, Unseen, uninspected_finding
from rectify.core.finding import Finding, found
from rectify.core.language import N_, Message

_TOKEN = re.compile(
    rb"\\([A-Za-z]{1,32})(-?\d{1,10})? ?|\\'([0-9A-Fa-f]{2})|\\([^A-Za-z'])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\"
)
_DEEPEST = 2_000
_EXCERPT = 40
_BODY = ""
_NAMES: dict[str, Message] = {
    "author": N_("作者"),
    "operator": N_("最后修改者"),
    "manager": N_("主管"),
    "company": N_("单位"),
    "revtbl": N_("批注和修订的作者"),
    "atnauthor": N_("批注和修订的作者"),
}
_PROPERTY = N_("文件属性")
_PROPERTIES = "title subject category keywords comment doccomm hlinkbase propname staticval".split()
_PLACES: dict[str, Message] = {
    **dict.fromkeys(_PROPERTIES, _PROPERTY),
    "fldinst": N_("域代码"),
    "bkmkstart": N_("书签"),
    "formfield": N_("表单"),
}
_BESIDE = frozenset("header headerl headerr headerf footer footerl footerr footerf footnote".split())
"""Text that readers see without its standing in the body."""
_SHOWN = frozenset("rtf fldrslt shptxt listtext pntext nonshppict shprslt".split()) | _BESIDE
_CODED = ("pict", "objdata", "themedata", "colorschememapping", "datastore")
"""What holds a file in figures."""
_DROPPED = frozenset(("colortbl", "rsidtbl", "result", "fontemb", "panose", "blipuid", *_CODED))
"""What holds no words: colours, pictures in figures, and what an object shows once more."""
_UNREAD = frozenset(
    "fonttbl stylesheet listtable listoverridetable latentstyles xmlnstbl generator bkmkend mmathPr pgdsctbl filetbl"
    " background".split()
)
"""What readers do not see, whose names somebody may have given."""
_NO_FIGURE = re.compile(rb"[^0-9A-Fa-f]+")
_FILE = re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1|PK\x03\x04|%PDF-|\xff\xd8\xff|\x89PNG")
_NAMED = _UNREAD | _PLACES.keys() | _NAMES.keys() | {"annotation", "info"} | _SHOWN | _DROPPED
_CHANGED = {"revised": N_("插入"), "deleted": N_("删除")}
_SIGNS = {"emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•"}
_BREAKS = frozenset(("par", "row", "sect", "page"))
_GAPS = {"tab": "\t", "cell": "\t", "line": " "}


class _State(NamedTuple):
    """What holds until the end of a group."""

    place: str = _BODY
    """The destination that text goes to; see the tables above."""
    change: str = ""
    hidden: bool = False
    skipped: int = 1
    """Characters behind a Unicode character that are for older programs."""
    starred: bool = False


def rtf_contents(data: bytes, path: str) -> Contents:
    """Return what an RTF file carries, and its text by paragraphs."""
    reader = _Reader(path)
    if not reader.read(data):
        return Contents([uninspected_finding(path, N_("套得太深"))])
    return Contents(reader.findings(), reader.lines(), reader.unseen, reader.inner())


class _Reader:
    def __init__(self, path: str):
        self.path = path
        self.unseen: list[Unseen] = []
        self._codec = "gb18030"
        self._state = _State()
        self._bytes = bytearray()
        self._paragraph = 1
        self._texts: dict[tuple[str, int], list[str]] = {}
        """By destination and paragraph, in order."""
        self._changed: dict[tuple[str, int], list[str]] = {}
        self._hidden: dict[int, list[str]] = {}
        self._closed: list[tuple[str, str]] = []
        """Destination and text of the groups beside the text that have ended."""
        self._holds_objects = False
        self._coded: list[bytearray] = []
        """The figures of each picture and object."""

    def read(self, data: bytes) -> bool:
        """Go once through the file; return whether it was gone through to its end."""
        stack: list[_State] = []
        at, skip = 0, 0
        while at < len(data) and (match := _TOKEN.match(data, at)):
            at = match.end()
            word, number, code, sign, brace, text = match.groups()
            if brace == b"{":
                self._flush()
                stack.append(self._state)
                if len(stack) > _DEEPEST:
                    return False
                self._state = self._state._replace(starred=False)
            elif brace == b"}":
                self._flush()
                if self._state.place not in (_BODY, *_BESIDE):
                    self._say(" ")
                    if stack and stack[-1].place != self._state.place:
                        self._close(self._state.place)
                self._state = stack.pop() if stack else _State()
            elif word == b"bin":
                end = at + max(int(number or 0), 0)
                self._coded.append(bytearray(data[at:end].hex().encode("ascii")))
                at = end
            elif word:
                skip = self._word(word.decode("ascii"), int(number) if number else None)
            elif code:
                skip = self._add(bytes.fromhex(code.decode("ascii")), skip)
            elif text and self._state.place in _CODED:
                self._coded[-1] += text
            elif text:
                skip = self._add(text, skip)
            elif sign == b"*":
                self._state = self._state._replace(starred=True)
            elif sign in (b"\\", b"{", b"}"):
                skip = self._add(sign, skip)
            elif sign == b"~":
                self._say("\xa0")
        self._flush()
        return True

    def _word(self, word: str, number: int | None) -> int:
        """Take a control word; return how many characters behind it are for older programs."""
        self._flush()
        state = self._state
        if word == "u" and number is not None:
            self._say(chr(number % 65536))
            return state.skipped
        if word == "uc":
            self._state = state._replace(skipped=min(max(number or 0, 0), 9))
        elif word == "ansicpg" and number:
            self._codec = {936: "gb18030", 54936: "gb18030", 950: "big5hkscs"}.get(number, self._codec)
        elif word == "v":
            self._state = state._replace(hidden=number != 0)
        elif word in _CHANGED:
            self._state = state._replace(change=word if number != 0 else "")
        elif word == "plain":
            self._state = state._replace(hidden=False, change="")
        elif word in ("object", "objemb"):
            self._holds_objects = True
        elif word in _NAMED or (state.starred and state.place not in _DROPPED):
            place = _BODY if word in _SHOWN - _BESIDE else word
            # Once a thing is dropped, so is all that is in it.
            if state.place not in _DROPPED:
                self._state = state._replace(place=place, starred=False)
            if place in _CODED:
                self._coded.append(bytearray())
        elif word in _BREAKS:
            self._paragraph += state.place == _BODY
        elif word in _GAPS or word in _SIGNS:
            self._say(_GAPS.get(word) or _SIGNS[word])
        return 0

    def _add(self, data: bytes, skip: int) -> int:
        """Take text as bytes, but for the first ones that are to be left out; return how many more these are."""
        self._bytes += data[skip:]
        return max(skip - len(data), 0)

    def _flush(self) -> None:
        if self._bytes:
            text = bytes(self._bytes).decode(self._codec, "replace")
            self._bytes.clear()
            self._say(text)

    def _say(self, text: str) -> None:
        state = self._state
        if state.place in _DROPPED:
            return
        is_read = state.place == _BODY or state.place in _BESIDE
        self._texts.setdefault((state.place, self._paragraph if is_read else 0), []).append(text)
        if is_read:
            if state.change:
                self._changed.setdefault((state.change, self._paragraph), []).append(text)
            if state.hidden:
                self._hidden.setdefault(self._paragraph, []).append(text)

    def _close(self, place: str) -> None:
        """Note what a group beside the text held; its words are one text."""
        if text := "".join(self._texts.pop((place, 0), ())).strip(" ;\r\n\x00"):
            self.unseen.append((_PLACES.get(place, _NAMES.get(place, place)), text))
            self._closed.append((place, text))

    def findings(self) -> list[Finding]:
        return list(self._found())

    def _found(self) -> Iterator[Finding]:
        for place, text in dict.fromkeys(self._closed):
            if place in _NAMES:
                yield found("A010", self.path, found=_NAMES[place], excerpt=text[:_EXCERPT])
            elif place == "annotation":
                yield found("A002", self.path, excerpt=text[:_EXCERPT])
        for (change, number), texts in self._changed.items():
            yield found("A001", self.path, number, found=_CHANGED[change], excerpt="".join(texts)[:_EXCERPT])
        for number, texts in self._hidden.items():
            if text := "".join(texts).strip():
                yield found("A003", self.path, number, excerpt=text[:_EXCERPT])
        if self._holds_objects:
            yield found("A014", self.path, excerpt="object")

    def inner(self) -> Iterator[tuple[str, bytes]]:
        """Yield the pictures and objects, with the names that they have here."""
        for number, figures in enumerate(self._coded, start=1):
            code = _NO_FIGURE.sub(b"", figures)
            data = bytes.fromhex(code[: len(code) // 2 * 2].decode("ascii"))
            # An object has a head of its own in front of its file.
            file = _FILE.search(data)
            yield f"{number}.object", data[file.start() :] if file else data

    def lines(self) -> list[tuple[int, str]]:
        """Return the text of the body by paragraphs, headers and the like with the number 0."""
        shown = sorted(((place, number), texts) for (place, number), texts in self._texts.items())
        return [(0 if place else number, "".join(texts)) for (place, number), texts in shown]
