"""The documents of seeds/, in all formats and layouts, against what is written beside each of them."""

import json

import pytest

from helpers.site import ROOT
from rectify.core.numerals import number_of
from rectify.core.vocabulary import DISCLOSURE_KEYS
from rectify.intake.draft import files
from rectify.intake.import_report import as_data
from rectify.intake.importing import Result, read_documents
from rectify.intake.merge import plan
from rectify.intake.recognition.consistency import settle
from rectify.intake.understanding import understand
from rectify.sources.edit import set_value

SEEDS = ROOT / "seeds"
EXPECTED = {
    path.name.removesuffix(".expected.json"): json.loads(path.read_text("utf-8"))
    for path in sorted(SEEDS.glob("*.expected.json"))
}


@pytest.fixture(scope="module", params=sorted(EXPECTED))
def document(request):
    expected = EXPECTED[request.param]
    return (*understand(SEEDS / expected["file"]), expected)


def test_there_are_documents_of_every_format():
    assert {one["file"].rpartition(".")[2] for one in EXPECTED.values()} == {"docx", "xlsx", "txt", "md", "html"}
    assert len(EXPECTED) >= 8


def test_refused_or_not(document):
    understanding, findings, expected = document
    assert (understanding is None) == expected["refused"]
    if expected["refused"]:
        assert "no_problems" in [one.kind for one in findings if one.severity == "error"]


def test_genre_title_and_report(document):
    understanding, _, expected = document
    if understanding is None:
        return
    data = as_data(understanding)
    assert data["genre"] == expected["genre"]
    assert data["title"] == expected.get("title")
    report = dict(expected.get("report", {}))
    declared = report.pop("declared", None)
    if declared:
        settled, _ = settle(understanding.recognition)
        found = {"total": understanding.recognition.declared.total} | {key: part.count for part, key in settled}
        assert found == declared
    for outcome in report.get("outcomes", ()):
        outcome["count"] = str(outcome["count"])
    found = {key: data["report"].get(key) for key in report}
    assert {k: _plain(v) for k, v in found.items()} == {k: _plain(v) for k, v in report.items()}


def _plain(value):
    """Outcomes may leave out an empty unit; the order of keys says nothing."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {key: one for key, one in value.items() if one != ""}
    return value


def test_problems(document):
    understanding, _, expected = document
    if understanding is None:
        return
    problems = understanding.recognition.problems
    assert len(problems) == len(expected["problems"])
    wrong = []
    for problem, one in zip(problems, expected["problems"]):
        found = {
            "title": problem.title,
            "group": problem.group,
            "number": problem.number,
            "status": problem.stated.status,
            "status_wording": problem.stated.wording,
            "lead": problem.lead,
            "units": list(problem.units),
            "owner": problem.owner,
            "category": problem.category,
            "flags": list(problem.flags),
            "measures": len(problem.measures),
            "line": problem.line,
            "deadline": problem.deadline.isoformat()
            if problem.deadline
            else "长期坚持"
            if "long-term" in problem.flags
            else None,
            "progress": [
                {"date": e.date.isoformat()} | ({"status": e.status} if e.status else {}) for e in problem.progress
            ],
            "closeout": {
                k: v if isinstance(v, str) else v.isoformat()
                for k, v in (problem.closeout or ())._asdict().items()
                if v
            }
            if problem.closeout
            else None,
        }
        for key, value in one.items():
            if key == "number" and number_of(str(value)) is not None:
                value = str(number_of(str(value)))
            if found[key] != value:
                wrong.append(f"line {problem.line} {key}: {found[key]!r}, expected {value!r}")
    assert not wrong, "\n".join(wrong)


def test_findings(document):
    _understanding, findings, expected = document
    found = {(one.kind, one.line) for one in findings}
    missing = [
        (one["kind"], one["line"]) for one in expected.get("findings", ()) if (one["kind"], one["line"]) not in found
    ]
    assert not missing, sorted(found)
    assert not {one.kind for one in findings} & set(expected.get("absent", ()))


def test_points_of_the_finer_reading(document):
    understanding, _, expected = document
    if understanding is not None and "problems_fine" in expected:
        points = [title for problem in understanding.recognition.problems for title, _ in problem.points]
        assert points == [one["title"] for one in expected["problems_fine"]]


@pytest.mark.parametrize("name", ["2023-minzhengju", "2024-disan-gaozhong"])
def test_content_is_what_importing_gives(tmp_path, name):
    """All but the approval, which is decided after the document is written and stands in no document."""
    result = read_documents([SEEDS / f"{name}.docx"], {})
    assert isinstance(result, Result)
    content = ROOT / "content" / "reports" / name
    texts = {path.name: path.read_text("utf-8") for path in sorted(content.glob("*.md"))}
    texts["index.md"] = set_value(texts["index.md"], DISCLOSURE_KEYS, "approval", None)
    assert files(result.draft) == texts
    merged = plan(content, result.draft, None)
    assert (merged.changes, [one.kind for one in merged.findings]) == ((), []), "importing again changes nothing"
