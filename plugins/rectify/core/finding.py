"""What is wrong with a source file, where, and how to mend it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from importlib.resources import files
from typing import NamedTuple

from rectify.core.family import Family, family_of

RULES: dict[str, dict[str, str]] = {
    rule: texts
    for file in sorted(files(__package__).joinpath("rules").iterdir(), key=lambda file: file.name)
    for rule, texts in tomllib.loads(file.read_text("utf-8")).items()
}


class Finding(NamedTuple):
    """One finding of a rule in `rules/`, at a place in a source file."""

    rule: str
    path: str
    """Relative to the content folder, or the imported document as it was named."""
    line: int = 0
    column: int = 0
    key: str = ""
    """The front matter key as the file writes it."""
    values: tuple[tuple[str, str], ...] = ()
    """Values for the braces of the rule's texts; a value named `found_en` takes the place of `found` in English."""

    @property
    def severity(self) -> str:
        """`error`, `warning` or `note`."""
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
        return dict(self.values).get("excerpt", "")

    def record(self, lang: str = "zh") -> dict[str, object]:
        """Return the finding in the form that outside programs read."""
        return {
            "rule": self.rule,
            "kind": self.kind,
            "severity": self.severity,
            "file": self.path,
            "line": self.line,
            "column": self.column,
            "excerpt": self.excerpt,
            "message": self.message(lang),
            "fix": self.fix(lang),
        }

    def message(self, lang: str = "zh") -> str:
        return RULES[self.rule][lang].format_map(self._values(lang))

    def fix(self, lang: str = "zh") -> str:
        return RULES[self.rule][f"{lang}_fix"].format_map(self._values(lang))

    def _values(self, lang: str) -> dict[str, str]:
        values = dict.fromkeys(("found", "allowed", "nearest", "example", "excerpt", "token"), "")
        values |= {"key_label": self.key, **dict(self.values)}
        if lang != "zh":
            values.update({k.removesuffix("_en"): v for k, v in self.values if k.endswith("_en")})
        if values["nearest"]:
            hint = "，是不是“{}”？" if lang == "zh" else ", did you mean '{}'?"
            values["nearest"] = hint.format(values["nearest"])
        return values

    def masked(self) -> Finding:
        """Return the finding as logs may hold it: private data that has a masked form is in that form."""
        values = dict(self.values)
        token, example = values.get("token", ""), values.get("example", "")
        if self.family is not Family.PRIVACY or not token or not example:
            return self
        excerpt = self.excerpt.replace(token, example) if token in self.excerpt else example
        return self._replace(values=tuple({**values, "token": example, "excerpt": excerpt}.items()))

    def where(self) -> str:
        """Return `path:line:column`, leaving out what is not known."""
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part)

    def text(self, lang: str = "zh") -> str:
        """Return two lines for a terminal: place, key and message; then the fix."""
        key = f"{self.key}: " if self.key else ""
        fix = "改法：" if lang == "zh" else "fix: "
        return f"{self.where()} [{self.rule}] {key}{self.message(lang)}\n    {fix}{self.fix(lang)}"


def found(rule: str, path: str, line: int = 0, column: int = 0, key: str = "", **values: object) -> Finding:
    """Return a finding; keyword values fill the braces of the rule's texts."""
    return Finding(rule, path, line, column, key, tuple((k, str(v)) for k, v in values.items() if v is not None))


def errors(findings: Iterable[Finding]) -> list[Finding]:
    return [f for f in findings if f.severity == "error"]


class RefusedDocument(Exception):
    """A reader gives up on a document; the one finding says why and how to go on."""

    def __init__(self, finding: Finding):
        super().__init__(finding.message("en"))
        self.finding = finding
