"""What would be refused of a disclosure that an import has just written, told while whoever imports still looks."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from rectify.checks.content import Scope, check_content
from rectify.cli.checking import as_seen_from_here
from rectify.cli.site import today_around, units_around, words_around
from rectify.core.finding import Finding, errors
from rectify.core.site_map import REPORTS
from rectify.intake.importing import Result

_SAID_OTHERWISE = {"S026": "I062", "C001": "C002"}
"""Rules on a disclosure, and what an import says of its document in their place."""


def refused_of(result: Result) -> tuple[Finding, ...]:
    """Return the errors of the disclosure that an import wrote that its report does not tell; none outside a content folder."""
    to = result.to.absolute()
    content = to.parent.parent
    if to.parent.name != REPORTS or not (to / "index.md").is_file():
        return ()
    scope = Scope({to.name, *_alike(result, to)}, ())
    checked = check_content(
        content, scope=scope, words=words_around(to), units=units_around(to), today=today_around(to)
    )
    folder = f"{REPORTS}/{to.name}/"
    told = {one["rule"] for one in result.data()["findings"]}
    own = [
        one
        for one in errors(checked.findings)
        if (one.path.startswith(folder) or _other(one) == folder)
        and not {one.rule, _SAID_OTHERWISE.get(one.rule)} & told
    ]
    return tuple(as_seen_from_here(own, content))


def _other(finding: Finding) -> str:
    """Return the folder of the disclosure that a finding says is copied, which may come after the copy."""
    named = str(dict(finding.values).get("found", "")) if finding.rule == "S077" else ""
    return named.removesuffix("index.md")


def _alike(result: Result, to: Path) -> Collection[str]:
    """Return the disclosures beside it that may be the same one: they have its title, or its number."""
    values = result.draft.values
    said = [str(value).encode() for key in ("title", "doc_no") if (value := values.get(key))]
    indexes = (file for file in to.parent.glob("*/index.md") if file.parent != to)
    return [file.parent.name for file in indexes if any(one in file.read_bytes() for one in said)]
