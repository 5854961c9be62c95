"""Layouts in which units really publish their rectification, each in a short invented text beside what is in it."""

import json
from pathlib import Path

import pytest

from rectify.intake.import_report import as_data
from rectify.intake.recognition.consistency import settle
from rectify.intake.understanding import understand

LAYOUTS = {path.stem: path for path in sorted((Path(__file__).parent / "layouts").iterdir()) if path.suffix != ".json"}


@pytest.fixture(scope="module", params=LAYOUTS)
def layout(request):
    path = LAYOUTS[request.param]
    understanding, findings = understand(path)
    assert understanding is not None, [one.message() for one in findings]
    return understanding, json.loads(path.with_suffix(".json").read_text("utf-8"))


def test_genre_and_title(layout):
    understanding, expected = layout
    data = as_data(understanding)
    assert (data["genre"], data["title"]) == (expected["genre"], expected["title"])


def test_problems(layout):
    understanding, expected = layout
    found = [
        [one.title, one.group, one.number, one.stated.status or None] for one in understanding.recognition.problems
    ]
    assert found == expected["problems"]


def test_deadlines(layout):
    understanding, expected = layout
    found = [one.deadline and one.deadline.isoformat() for one in understanding.recognition.problems]
    assert "deadlines" not in expected or found == expected["deadlines"]


def test_declared_counts(layout):
    understanding, expected = layout
    declared = understanding.recognition.declared
    settled, _ = settle(understanding.recognition)
    assert (declared and {"total": declared.total} | {key: part.count for part, key in settled}) == expected["declared"]


def test_what_the_report_says_of_itself(layout):
    understanding, expected = layout
    stated = as_data(understanding)["report"]
    wanted = expected.get("report", {})
    assert {key: stated.get(key) for key in wanted} == wanted


def test_nothing_is_contradicted_that_agrees(layout):
    understanding, _ = layout
    wrong = ("counts_disagree", "numbering_gap", "heading_unused", "problem_doubtful")
    assert not [(one.kind, one.line, one.excerpt) for one in understanding.findings if one.kind in wrong]
