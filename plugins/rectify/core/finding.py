"""What is wrong with a source file, where, and how to mend it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from rectify.core.family import Family, family_of
from rectify.core.language import N_, Language, Message, as_unicode, in_one_line, spoken


class _Rules(Mapping[str, Mapping[str, str]]):
    """The rules with their texts, read when somebody asks for one: a command that finds nothing has no need of them."""

    @cached_property
    def _all(self) -> dict[str, dict[str, str]]:
        return {
            rule: texts
            for file in sorted((Path(__file__).parent / "rules").iterdir())
            for rule, texts in tomllib.loads(file.read_text("utf-8")).items()
        }

    def __getitem__(self, rule: str) -> Mapping[str, str]:
        return self._all[rule]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)


RULES = _Rules()

SEVERITIES = {"error": N_("错误"), "warning": N_("警告"), "note": N_("提示")}
"""What each severity is called, the gravest first."""


def rule_text(rule: str, part: str = "", language: Language | None = None) -> str:
    """Return a rule's message, or with the part `_fix` how to mend it, its values not filled in."""
    texts = RULES[rule]
    return (language or spoken()).either(texts[f"zh{part}"], texts[f"en{part}"])


_OPTIONAL = ("found", "allowed", "nearest", "example", "excerpt", "token")
"""Values that a finding need not have."""


class Finding(NamedTuple):
    """One finding of a rule in `rules/`, at a place in a source file."""

    rule: str
    path: str
    """Relative to the content folder, or the imported document as it was named."""
    line: int = 0
    column: int = 0
    key: str | Message = ""
    """The front matter key as the file writes it, or could write it."""
    values: tuple[tuple[str, str | Message], ...] = ()
    """Values for the braces of the rule's texts; words of ours are messages, said when the finding is told."""

    @property
    def severity(self) -> str:
        """A key of SEVERITIES."""
        return RULES[self.rule]["severity"]

    @property
    def family(self) -> Family:
        """What the rule looks at."""
        return family_of(self.rule)

    @property
    def kind(self) -> str:
        """The name of what was found, `placeholder` for instance; empty for rules about the form of a file."""
        return RULES[self.rule].get("kind", "")

    @property
    def excerpt(self) -> str:
        """The passage that the finding is about, as written."""
        return str(dict(self.values).get("excerpt", ""))

    @property
    def token(self) -> str:
        """The characters that the finding is about, as written; empty where it is not about some."""
        return str(dict(self.values).get("token", ""))

    def record(self, language: Language | None = None) -> dict[str, object]:
        """Return the finding in the form that outside programs read."""
        language = language or spoken()
        excerpt = dict(self.values).get("excerpt", "")
        return {
            "rule": self.rule,
            "kind": self.kind,
            "severity": self.severity,
            "file": self.path,
            "line": self.line,
            "column": self.column,
            "excerpt": language.say(excerpt) if isinstance(excerpt, Message) else excerpt,
            "message": self.message(language),
            "fix": self.fix(language),
        }

    def message(self, language: Language | None = None) -> str:
        """Return what is wrong, in the language that is spoken unless another one is given."""
        return (language or spoken()).say(self.reason())

    def fix(self, language: Language | None = None) -> str:
        """Return how to mend it."""
        return (language or spoken()).say(self._told("_fix"))

    def reason(self) -> Message:
        """Return the message to be said later, as a value of another finding for instance."""
        return self._told("")

    def _told(self, part: str) -> Message:
        texts = RULES[self.rule]
        shown = {name: in_one_line(value) if isinstance(value, str) else value for name, value in self.values}
        values = {**dict.fromkeys(_OPTIONAL, ""), "key_label": self.key, **shown}
        if values["nearest"]:
            values["nearest"] = N_("，是不是“{nearest}”？", nearest=values["nearest"])
        return Message(texts[f"zh{part}"], tuple(values.items()), texts[f"en{part}"])

    def masked(self) -> Finding:
        """Return the finding as logs may hold it: private data that has a masked form is in that form."""
        values = dict(self.values)
        token, example = self.token, str(values.get("example", ""))
        if self.family is not Family.PRIVACY or not token or not example:
            return self
        excerpt = self.excerpt.replace(token, example) if token in self.excerpt else example
        return self._replace(values=tuple({**values, "token": example, "excerpt": excerpt}.items()))

    def where(self) -> str:
        """Return `path:line:column`, leaving out what is not known."""
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part)

    def text(self, language: Language | None = None) -> str:
        """Return two lines for a terminal: place, key and message; then the fix."""
        language = language or spoken()
        key = language.say(self.key) if isinstance(self.key, Message) else self.key
        key = f"{key}: " if key else ""
        fix = language.text("改法：{fix}", fix=self.fix(language))
        return f"{self.where()} [{self.rule}] {key}{self.message(language)}\n    {fix}"


def found(rule: str, path: str, line: int = 0, column: int = 0, key: str | Message = "", **values: object) -> Finding:
    """Return a finding; keyword values fill the braces of the rule's texts."""
    said = ((k, v if isinstance(v, Message) else as_unicode(str(v))) for k, v in values.items() if v is not None)
    return Finding(rule, in_one_line(path), line, column, key, tuple(said))


def errors(findings: Iterable[Finding]) -> list[Finding]:
    return [f for f in findings if f.severity == "error"]


class RefusedDocument(Exception):
    """A reader gives up on a document; the one finding says why and how to go on."""

    def __init__(self, finding: Finding):
        super().__init__(finding.message())
        self.finding = finding
