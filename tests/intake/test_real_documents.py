"""Five real documents, against what a careful reader found in them: problems, counts, genre, every defect, no trap."""

import json
from collections import Counter

import pytest

from helpers.site import ROOT
from rectify.core.vocabulary import STATUSES
from rectify.intake.understanding import understand

SEEDS = ROOT.parent / "shared" / "seeds"
TRUTH = json.loads((SEEDS / "truth.json").read_text("utf-8")) if (SEEDS / "truth.json").exists() else {}
GENRES = {
    "inspection_briefing": "briefing",
    "rectification_disclosure": "rectification",
    "party_building_report": "work-report",
    "political_ecology_assessment": "assessment",
    "self_criticism_material": "self-criticism",
}

pytestmark = pytest.mark.skipif(
    not TRUTH, reason="../shared/seeds is not beside this checkout: the real documents cannot be read"
)


@pytest.fixture(scope="module", params=sorted(TRUTH))
def document(request):
    understanding, findings = understand(SEEDS / request.param)
    assert understanding is not None, [one.text() for one in findings]
    return understanding, TRUTH[request.param], (SEEDS / request.param).read_text("utf-8").split("\n")


def test_genre_and_title(document):
    understanding, truth, _ = document
    recognition = understanding.recognition
    assert recognition.kind.genre == GENRES[truth["type"]]
    assert recognition.publishable == bool(truth["publishable"])
    assert (recognition.kind.title or None) == truth["title"]


def test_problems(document):
    understanding, truth, _ = document
    found = [
        (p.title, p.line, p.number, p.group_heading, STATUSES[p.stated.status].label if p.stated.status else None)
        for p in understanding.recognition.problems
    ]
    assert found == [(p["title"], p["line"], str(p["no"]), p["group"], p["status"]) for p in truth["problems"]]


def test_points_and_bodies(document):
    understanding, truth, _ = document
    for problem, expected in zip(understanding.recognition.problems, truth["problems"], strict=True):
        assert "points" not in expected or len(problem.points) == expected["points"], expected
        assert "body_line" not in expected or problem.body[0].number == expected["body_line"]
    if "problems_fine" in truth:
        fine = [point for problem in understanding.recognition.problems for point in problem.points]
        assert fine == [(p["title"], p["line"]) for p in truth["problems_fine"]]


def test_declared_counts(document):
    understanding, truth, _ = document
    recognition, stated = understanding.recognition, truth["declared_counts"]
    if "total" in stated:
        declared = recognition.declared
        assert (declared.total, declared.line) == (stated["total"], stated["line"])
        assert [part.count for part in declared.by_status] == [stated["completed"], stated["continuing"]]
        assert not [one for one in understanding.findings if one.kind == "counts_disagree"]
    else:
        assert recognition.declared is None
    masked = Counter(one.line for one in recognition.masked)
    for line, number in Counter(one["line"] for one in stated.get("masked", [])).items():
        assert masked[line] == number


def test_every_defect_is_found_at_its_line_and_nothing_else_of_its_kind(document):
    understanding, truth, _ = document
    kinds = {defect["kind"] for one in TRUTH.values() for defect in one["defects"]}
    found = Counter((one.kind, one.line) for one in understanding.findings if one.kind in kinds)
    expected = Counter((defect["kind"], defect["line"]) for defect in truth["defects"])
    assert found == expected, {"missing": expected - found, "false": found - expected}


def test_every_placeholder_at_its_column(document):
    understanding, truth, _ = document
    found = {
        (one.line, one.column, dict(one.values)["token"]) for one in understanding.findings if one.kind == "placeholder"
    }
    assert found == {
        (one["line"], one["col"], one["token"]) for one in truth["defects"] if one["kind"] == "placeholder"
    }


def test_excerpts_lie_in_their_lines(document):
    understanding, _, lines = document
    for one in understanding.findings:
        if one.column:
            assert one.excerpt.strip("…") in lines[one.line - 1], one


def test_no_trap_is_reported(document):
    understanding, truth, lines = document
    expected = {(defect["kind"], defect["line"]) for defect in truth["defects"]}
    for trap in truth["traps"]:
        start = lines[trap["line"] - 1].index(trap["excerpt"])
        inside = range(start + 1, start + 1 + len(trap["excerpt"]))
        wrong = [
            one
            for one in understanding.findings
            if one.line == trap["line"] and one.column in inside and (one.kind, one.line) not in expected
        ]
        assert not wrong, (trap, wrong)


def test_nothing_from_sections_that_are_no_problems(document):
    understanding, truth, _ = document
    allowed = {p["line"] for p in truth["problems"]}
    assert {p.line for p in understanding.recognition.problems} == allowed
