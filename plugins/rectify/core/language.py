"""The languages that people are spoken to in, and the one catalogue of the words that are neither vocabulary nor rule.

A text stands in the code as it is said in Simplified Chinese; that is its id. `locale/` holds what it is in English, and,
made from it by OpenCC when the catalogue is compiled, in Traditional Chinese. A text with values has their names in braces.
"""

from __future__ import annotations

import gettext
import os
import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple, Protocol

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class Named(Protocol):
    """What the vocabulary and the tables beside it hold: a name in both languages."""

    @property
    def label(self) -> str: ...
    @property
    def english(self) -> str: ...


class Message(NamedTuple):
    """A text that is said later, in whichever language is then spoken."""

    id: str
    values: tuple[tuple[str, str | int | Message], ...] = ()
    """A value `number` chooses between singular and plural."""
    english: str = ""
    """What it is in English where that stands in a table beside the Chinese and not in the catalogue."""

    def __str__(self) -> str:
        return spoken().say(self)


class Language:
    """One language of the interface."""

    def __init__(self, key: str, tag: str, translations: gettext.NullTranslations):
        self.key = key
        """As in `--lang` and `theme.language`: `zh`, `en` or `zh-Hant`."""
        self.tag = tag
        """For `lang` attributes; BCP 47."""
        self._translations = translations

    @property
    def is_chinese(self) -> bool:
        return self.key != "en"

    def text(self, id: str, **values: object) -> str:
        """Return a text of the catalogue with its values filled in."""
        said = self._translations.gettext(id)
        return said.format_map(self._said(values)) if values else said

    def plural(self, id: str, number: int, **values: object) -> str:
        """Return the form of a text that goes with a number, which it may name as `{number}`."""
        said = self._translations.ngettext(id, id, number)
        return said.format_map(self._said({"number": number, **values}))

    def in_context(self, context: str, id: str, **values: object) -> str:
        """Return a text that means something else elsewhere."""
        said = self._translations.pgettext(context, id)
        return said.format_map(self._said(values)) if values else said

    def forms(self, id: str) -> tuple[str, str]:
        """Return the forms of a text for one and for other numbers, their values not filled in."""
        return self._translations.ngettext(id, id, 1), self._translations.ngettext(id, id, 2)

    def say(self, message: Message) -> str:
        """Return a message that was noted down earlier."""
        values = dict(message.values)
        if message.english:
            return self.either(message.id, message.english).format_map(self._said(values))
        number = values.pop("number", None)
        return (
            self.text(message.id, **values) if number is None else self.plural(message.id, int(str(number)), **values)
        )

    def name(self, entry: Named) -> str:
        """Return the name of an entry of the vocabulary."""
        return self._translations.gettext(entry.label) if self.is_chinese else entry.english

    def inside(self, name: str) -> str:
        """Return a name as it stands inside a sentence."""
        return name if self.is_chinese else name[:1].lower() + name[1:]

    def outside(self, name: str) -> str:
        """Return a name as it stands by itself, or at the beginning of a sentence."""
        return name if self.is_chinese else name[:1].upper() + name[1:]

    def either(self, chinese: str, english: str) -> str:
        """Return one of the texts that a table holds in both languages, a rule's for instance."""
        return self._translations.gettext(chinese) if self.is_chinese else english

    @property
    def date_form(self) -> str:
        """The form of a date, with `{year}`, `{month}` as one of `months`, and `{day}` in it."""
        return "{year}年{month}月{day}日" if self.is_chinese else "{day} {month} {year}"

    @property
    def months(self) -> tuple[str, ...]:
        """What the months are called in a date."""
        return tuple(map(str, range(1, 13))) if self.is_chinese else _MONTHS

    @property
    def short_months(self) -> tuple[str, ...]:
        """What they are called in a narrow column."""
        return tuple(month[:3] for month in self.months)

    def date(self, day: date, months: tuple[str, ...] = ()) -> str:
        """Return 2023年9月20日 or 20 September 2023; `months` are called otherwise."""
        return self.date_form.format(year=day.year, month=(months or self.months)[day.month - 1], day=day.day)

    def month(self, year: int, month: int) -> str:
        """Return 2023年9月 or September 2023."""
        return f"{year}年{month}月" if self.is_chinese else f"{_MONTHS[month - 1]} {year}"

    def _said(self, values: Mapping[str, object]) -> dict[str, object]:
        return {name: self.say(value) if isinstance(value, Message) else value for name, value in values.items()}


_TAGS = {"zh": "zh-CN", "en": "en", "zh-Hant": "zh-Hant"}
LANGUAGES = tuple(_TAGS)


@cache
def language(key: str) -> Language:
    """Return a language by its key; raises KeyError for one that there is not."""
    tag = _TAGS[key]
    if key == "zh":
        return Language(key, tag, gettext.NullTranslations())
    catalogue = Path(__file__).parents[1].joinpath("locale", key.replace("-", "_"), "LC_MESSAGES", "rectify.mo")
    with catalogue.open("rb") as stream:
        return Language(key, tag, gettext.GNUTranslations(stream))


def nearest_language(code: str) -> str:
    """Return the key for a language as locales, themes and browsers write it: zh_TW.UTF-8, zh-Hant, en-US, pt_BR."""
    parts = code.partition(".")[0].replace("_", "-").lower().split("-")
    if parts[0] != "zh":
        return "en"
    return "zh-Hant" if {"hant", "tw", "hk", "mo"} & set(parts) else "zh"


def wanted_language(environment: Mapping[str, str] = os.environ) -> str:
    """Return the key for the language that messages are wanted in: RECTIFY_LANG, else the locale's where it names one."""
    if (asked := environment.get("RECTIFY_LANG", "")) in LANGUAGES:
        return asked
    named = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := environment.get(name))), "")
    return "zh" if named.partition(".")[0] in ("", "C", "POSIX") else nearest_language(named)


_spoken: Language | None = None


def speak(key: str) -> None:
    """Let this process speak a language from now on."""
    global _spoken
    _spoken = language(key)


def spoken() -> Language:
    """Return the language that this process speaks to whoever runs it; the site it builds may be in another one."""
    return _spoken or language(wanted_language())


def _(id: str, **values: object) -> str:
    """Return a text of the catalogue in the language that is spoken."""
    return spoken().text(id, **values)


def _n(id: str, number: int, **values: object) -> str:
    """Return the form of a text that goes with a number, in the language that is spoken."""
    return spoken().plural(id, number, **values)


def _p(context: str, id: str, **values: object) -> str:
    """Return a text that means something else elsewhere, in the language that is spoken."""
    return spoken().in_context(context, id, **values)


def N_(id: str, **values: object) -> Message:
    """Return a text to be said later."""
    return Message(id, _noted(values))


def N_n(id: str, number: int, **values: object) -> Message:
    """Return a text to be said later in the form that goes with a number."""
    return Message(id, (("number", number), *_noted(values)))


def _noted(values: Mapping[str, object]) -> tuple[tuple[str, str | int | Message], ...]:
    """Return values as they are kept: a date or a path is what it is when noted, only words wait for the language."""
    return tuple((name, one if isinstance(one, (str, int, Message)) else str(one)) for name, one in values.items())


def name_of(entry: Named) -> Message:
    """Return the name of an entry of the vocabulary, to be said later."""
    return Message(entry.label, (), entry.english)


def name_within(entry: Named) -> Message:
    """Return the name of an entry as it stands inside a sentence, to be said later."""
    return Message(entry.label, (), entry.english[:1].lower() + entry.english[1:])


def written(chinese: str, english: str) -> Message:
    """Return what is to be typed as it stands: Traditional characters would not be understood."""
    return Message("{chinese}", (("chinese", chinese), ("english", english)), "{english}")


def is_unicode(text: str) -> bool:
    """Return whether a text can be written in UTF-8; the name of a file need not be Unicode."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def as_unicode(text: str) -> str:
    """Return a text as it can be kept: what is no Unicode as escapes."""
    return text if is_unicode(text) else text.encode("utf-8", "backslashreplace").decode()


def printable(text: str) -> str:
    """Return a text as it can be shown: as escapes, what is no Unicode and what a terminal obeys instead of showing it."""
    return _OBEYED.sub(lambda match: ascii(match[0])[1:-1], as_unicode(text))


def in_one_line(text: str) -> str:
    """Return a text as a message can name it, line ends and tabs as escapes too: nothing after one passes for a line of ours."""
    return _LINE_ENDS.sub(lambda match: ascii(match[0])[1:-1], printable(text))


_LINE_ENDS = re.compile("[\t\n\u2028\u2029]")
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def listed(texts: Iterable[str | Message]) -> str | Message:
    """Return texts as a list inside a sentence, to be said later; empty for none."""
    parts = tuple(texts)
    if len(parts) < 2:
        return parts[0] if parts else ""
    half = len(parts) // 2
    return N_("{first}、{others}", first=listed(parts[:half]), others=listed(parts[half:]))
