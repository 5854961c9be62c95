"""Findings for people, programs and the pages of a merge request."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Sequence
from typing import Any
from urllib.parse import quote

from rectify import __version__
from rectify.core.finding import RULES, SEVERITIES, Finding, rule_text

ORDER = tuple(SEVERITIES)
_SARIF_LEVEL = {"error": "error", "warning": "warning", "note": "note"}
_GITHUB_COMMAND = {"error": "error", "warning": "warning", "note": "notice"}
_GITLAB_SEVERITY = {"error": "blocker", "warning": "minor", "note": "info"}


def as_text(findings: Collection[Finding]) -> str:
    """Return two lines a finding, errors first."""
    ordered = sorted(findings, key=lambda finding: ORDER.index(finding.severity))
    return "\n".join(f"{SEVERITIES[finding.severity]}  {finding.text()}" for finding in ordered)


def as_json(findings: Collection[Finding]) -> str:
    """Return the list of records that outside programs read."""
    return json.dumps([finding.record() for finding in findings], ensure_ascii=False, indent=2)


def as_sarif(findings: Collection[Finding]) -> str:
    """Return a log of SARIF 2.1.0 (OASIS), with the rules that have findings. Private data are masked, as a forge shows it to many."""
    used = sorted({finding.rule for finding in findings})
    run = {
        "tool": {"driver": {"name": "rectify", "version": __version__, "rules": [_sarif_rule(rule) for rule in used]}},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(finding, used.index(finding.rule)) for finding in findings],
    }
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _sarif_rule(rule: str) -> dict[str, Any]:
    texts = RULES[rule]
    return {
        "id": rule,
        "name": texts.get("kind", "form"),
        "shortDescription": {"text": plain(rule_text(rule))},
        "help": {"text": plain(rule_text(rule, "_fix"))},
        "defaultConfiguration": {"level": _SARIF_LEVEL[texts["severity"]]},
    }


def _sarif_result(finding: Finding, index: int) -> dict[str, Any]:
    fingerprint, finding = _fingerprint(finding), finding.masked()
    region: dict[str, Any] = {
        "startLine": max(finding.line, 1),
        **({"startColumn": finding.column} if finding.column else {}),
    }
    if finding.excerpt:
        region["snippet"] = {"text": finding.excerpt}
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _SARIF_LEVEL[finding.severity],
        "message": {"text": f"{finding.message()}\n{finding.fix()}"},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": quote(finding.path)}, "region": region}}],
        "partialFingerprints": {"rectify/v1": fingerprint},
    }


def as_github(findings: Collection[Finding]) -> str:
    """Return workflow commands, which GitHub shows beside the lines they are about. Private data are masked."""
    lines = []
    for finding in (one.masked() for one in findings):
        place = f"file={_property(finding.path)},line={max(finding.line, 1)}"
        place += f",col={finding.column}" if finding.column else ""
        text = f"{finding.message()}\n{finding.fix()}".replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        lines.append(f"::{_GITHUB_COMMAND[finding.severity]} {place},title={finding.rule}::{text}")
    return "\n".join(lines)


def _property(text: str) -> str:
    for sign, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"), (":", "%3A"), (",", "%2C")):
        text = text.replace(sign, code)
    return text


def as_gitlab(findings: Collection[Finding]) -> str:
    """Return a report of GitLab's code quality format. Private data are masked."""
    entries = [
        {
            "description": f"{finding.masked().message()} {finding.masked().fix()}",
            "check_name": finding.rule,
            "fingerprint": _fingerprint(finding),
            "severity": _GITLAB_SEVERITY[finding.severity],
            "location": {"path": finding.path, "lines": {"begin": max(finding.line, 1)}},
        }
        for finding in findings
    ]
    return json.dumps(entries, ensure_ascii=False, indent=2)


def _fingerprint(finding: Finding) -> str:
    """Return what tells a finding from others and stays when lines above it come and go."""
    return hashlib.sha256(repr((finding.rule, finding.path, finding.key, finding.values)).encode()).hexdigest()[:32]


def plain(text: str) -> str:
    """Return a rule's text with dots where a finding has its own values."""
    return text.format_map(_Dots())


class _Dots(dict):
    def __missing__(self, key: str) -> str:
        return "…"


FORMATS: dict[str, Callable[[Sequence[Finding]], str]] = {
    "text": as_text,
    "json": as_json,
    "sarif": as_sarif,
    "github": as_github,
    "gitlab": as_gitlab,
}
