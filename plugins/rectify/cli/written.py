"""What a check would tell of a disclosure that an import has just written, told while whoever imports still looks."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from rectify.checks.content import Scope, check_content
from rectify.cli.checking import as_seen_from_here
from rectify.cli.site import today_around, units_around, words_around
from rectify.core.finding import Finding
from rectify.core.site_map import REPORTS
from rectify.core.vocabulary import DISCLOSURE_KEYS, fold
from rectify.intake.importing import Result

_SAID_OTHERWISE = {
    "C001": {"C002"},
    "S026": {"I062"},
    "S038": {"I057", "I058", "I067"},
    "S040": {"C001", "C002"},
    "S050": {"I053"},
    "S057": {"I055"},
}
"""Rules on a disclosure, and what an import says of its document in their place."""
_UNIT_KEY = DISCLOSURE_KEYS["unit"]
_UNIT = re.compile(f"^(?:{_UNIT_KEY.label}|{_UNIT_KEY.name})[:：]([^\n]*)", re.MULTILINE)


def left_to_mend(result: Result) -> tuple[Finding, ...]:
    """Return the errors and warnings on the disclosure that an import wrote that its report does not tell; none outside a content folder."""
    told = {one["rule"] for one in result.data()["findings"]}
    to = result.to.absolute()
    standing = standing_in(to, _alike(result, to)) if to.parent.name == REPORTS else ()
    return tuple(one for one in standing if not {one.rule, *_SAID_OTHERWISE.get(one.rule, ())} & told)


def standing_in(to: Path, others: Collection[str] = ()) -> tuple[Finding, ...]:
    """Return the errors and warnings on the disclosure in a folder, looked at beside these others; none outside a content folder."""
    to = to.absolute()
    content = to.parent.parent
    if to.parent.name != REPORTS or not (to / "index.md").is_file():
        return ()
    scope = Scope({to.name, *others}, ())
    checked = check_content(
        content, scope=scope, words=words_around(to), units=units_around(to), today=today_around(to)
    )
    folder = f"{REPORTS}/{to.name}/"
    own = [
        one
        for one in checked.findings
        if one.severity != "note" and (one.path.startswith(folder) or _other(one) == folder)
    ]
    return tuple(as_seen_from_here(own, content))


def _other(finding: Finding) -> str:
    """Return the folder of the disclosure that a finding names beside its own: which of two is told may be the other one."""
    named = {"S077": "found", "S078": "excerpt"}.get(finding.rule)
    return str(dict(finding.values)[named]).removesuffix("index.md") if named else ""


def _alike(result: Result, to: Path) -> Collection[str]:
    """Return the disclosures beside it that may be the same one, and one for each unit that may be its own by another name."""
    values = result.draft.values
    said = [str(value).encode() for key in ("title", "doc_no") if (value := values.get(key))]
    unit = fold(str(values.get("unit", "")))
    found = []
    others: dict[str, str] = {}
    for file in sorted(to.parent.glob("*/index.md")):
        if file.parent == to:
            continue
        text = file.read_bytes()
        if any(one in text for one in said):
            found.append(file.parent.name)
        elif match := _UNIT.search(text.decode("utf-8", "replace")):
            others.setdefault(match[1].strip(), file.parent.name)
    return found + [name for other, name in others.items() if fold(other) in unit or unit in fold(other)]
