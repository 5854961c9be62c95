"""Nothing of a document is dropped in silence: each line is in the draft, or in the report with the reason."""

from pathlib import Path

import pytest

from helpers.site import ROOT
from rectify.intake.accounting import left_out
from rectify.intake.importing import Result, read_documents

FOLDERS = [
    Path(__file__).parent / "layouts",
    ROOT / "seeds",
    ROOT.parent / "shared" / "seeds",
    ROOT.parent / "shared" / "cases",
]
DOCUMENTS = [path for folder in FOLDERS for path in sorted(folder.glob("*.*")) if path.suffix not in (".json", ".py")]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_what_is_left_out_is_little_and_reported(path):
    result = read_documents([path], {})
    if isinstance(result, Result):
        gone = [one for one in result.extra if one.kind == "line_left_out"]
        lines = result.understandings[0].outline.lines or 1
        assert len(gone) <= max(3, lines // 10), [(one.line, one.excerpt) for one in gone]


@pytest.mark.parametrize("name", ["2023-minzhengju.docx", "2025-baiwei-huanbao.html", "2024-yunxi-renshe.md"])
def test_a_problem_that_got_lost_would_be_told(name):
    result = read_documents([ROOT / "seeds" / name], {})
    assert isinstance(result, Result)
    understanding, draft = result.understandings[0], result.draft
    longest = max(draft.problems, key=lambda problem: len(problem.body))
    without = draft._replace(problems=tuple(one for one in draft.problems if one is not longest))
    lines = understanding.recognition.problems[draft.problems.index(longest)].body
    assert {one.line for one in left_out(understanding, without)} & {line.number for line in lines}
