"""Layouts in which units really publish their rectification, each in a short invented text beside what is in it."""

import json
from datetime import date
from pathlib import Path

import pytest

from rectify.intake.draft import files
from rectify.intake.import_report import as_data
from rectify.intake.importing import Result, read_documents
from rectify.intake.recognition.consistency import settle
from rectify.intake.understanding import understand
from rectify.sources.folder import read_folder

LAYOUTS = {path.stem: path for path in sorted((Path(__file__).parent / "layouts").iterdir()) if path.suffix != ".json"}


DAYS = {"as_of": date(2025, 12, 31), "published": date(2025, 12, 31)}
UNIT = "清川市水务局"


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


@pytest.mark.parametrize("name", LAYOUTS)
def test_what_is_written_is_read_without_an_error(name: str, tmp_path: Path):
    result = read_documents([LAYOUTS[name]], {"title": name, "unit": UNIT, **DAYS})
    assert isinstance(result, Result)
    if not result.understandings[0].recognition.publishable or not result.draft.problems:
        return
    folder = tmp_path / "reports" / "2025-a"
    folder.mkdir(parents=True)
    for file, text in files(result.draft).items():
        (folder / file).write_text(text, "utf-8")
    found = [one for one in read_folder(tmp_path, "2025-a").findings if one.severity == "error"]
    # What a status says that is none, a box that is not ticked, is left for a person to decide.
    undecided = [one for one in result.draft.problems if not one.values.get("status")]
    assert [one.rule for one in found] == ["S038"] * len(undecided), [one.text() for one in found]
