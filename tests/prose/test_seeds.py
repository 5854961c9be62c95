"""The defects and traps of real documents: exactly what was marked in them by hand, and nothing more."""

import json
from pathlib import Path

import pytest

from helpers.site import ROOT
from rectify.core.family import Family, family_of
from rectify.core.finding import RULES, Finding
from rectify.prose import examine_text

SEEDS = ROOT.parent / "shared" / "seeds"
TRUTH = json.loads((SEEDS / "truth.json").read_text("utf-8")) if SEEDS.is_dir() else {}
OF_PROSE = (Family.WORDING, Family.MARKS, Family.PRIVACY)
KINDS = {rule["kind"] for code, rule in RULES.items() if family_of(code) in OF_PROSE and rule.get("kind")}

pytestmark = pytest.mark.skipif(
    not TRUTH, reason="the documents with their marked defects lie beside the checkout only"
)


def scanned(name: str) -> tuple[list[tuple[int, str]], list[Finding]]:
    lines = list(enumerate(Path(SEEDS, name).read_text("utf-8").splitlines(), 1))
    return lines, examine_text(lines, name)


@pytest.mark.parametrize("name", TRUTH)
def test_the_marked_kinds_are_found_on_the_marked_lines_and_no_others(name: str):
    _, findings = scanned(name)
    marked = {(defect["kind"], defect["line"]) for defect in TRUTH[name]["defects"] if defect["kind"] in KINDS}
    assert {(found.kind, found.line) for found in findings} == marked


@pytest.mark.parametrize("name", TRUTH)
def test_every_placeholder_is_found_where_it_stands(name: str):
    _, findings = scanned(name)
    marked = [
        (defect["line"], defect["col"], defect["token"])
        for defect in TRUTH[name]["defects"]
        if defect["kind"] == "placeholder"
    ]
    found = [(f.line, f.column, dict(f.values)["token"]) for f in findings if f.kind == "placeholder"]
    assert found == sorted(marked)


@pytest.mark.parametrize("name", TRUTH)
def test_the_passage_marked_is_the_passage_found(name: str):
    """Except placeholders, of which the marks quote the words around."""
    _, findings = scanned(name)
    for defect in TRUTH[name]["defects"]:
        if defect["kind"] in KINDS - {"placeholder"}:
            on_line = [f for f in findings if (f.kind, f.line) == (defect["kind"], defect["line"])]
            word = defect["excerpt"]
            assert any(word in f.excerpt or dict(f.values)["token"] in word or f.excerpt in word for f in on_line), (
                defect
            )


@pytest.mark.parametrize("name", TRUTH)
def test_no_trap_is_reported(name: str):
    lines, findings = scanned(name)
    text = dict(lines)
    for trap in TRUTH[name]["traps"]:
        assert trap["excerpt"] in text[trap["line"]]
        if trap["kind"] in ("heading_behind_marker", "markdown_strong"):
            continue  # the marker and the mask at its start are defects; the rest of it is the trap
        begin = text[trap["line"]].index(trap["excerpt"]) + 1
        end = begin + len(trap["excerpt"])
        inside = [f for f in findings if f.line == trap["line"] and begin <= f.column < end]
        assert inside == [], trap
