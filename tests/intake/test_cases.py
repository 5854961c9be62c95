"""Small documents, each of a kind that was once read wrongly, against what a careful reader finds in them."""

import json
import re

import pytest

from helpers.site import ROOT
from rectify.intake.importing import Result, read_documents

CASES = ROOT.parent / "shared" / "cases"
EXPECTED = {path.name.removesuffix(".expected.json"): path for path in sorted(CASES.glob("*.expected.json"))}

pytestmark = pytest.mark.skipif(
    not EXPECTED, reason="../shared/cases is not beside this checkout: the documents of each kind cannot be read"
)


def bare(text):
    """A title or heading without blanks and number."""
    text = (text or "").replace(" ", "")
    return re.sub(
        r"^(（?[一二三四五六七八九十]+[）、]|\(?[一二三四五六七八九十]+\)|\d+[.．、]|[（(]\d+[)）])", "", text
    )


@pytest.fixture(params=sorted(EXPECTED) or ["none"])
def case(request):
    expected = json.loads(EXPECTED[request.param].read_text("utf-8"))
    result = read_documents([CASES / expected["file"]], {})
    return result, expected


def test_problems_are_those_of_a_careful_reader(case):
    result, expected = case
    if not expected["problems"]:
        assert not isinstance(result, Result)
        assert "no_problems" in [one.kind for one in result.findings]
        return
    assert isinstance(result, Result), [one.message() for one in result.findings]
    data = result.data()
    assert data["genre"] == expected["genre"]
    found = [(bare(p["title"]), bare(p["group"]), p["status"], p["deadline"]) for p in data["problems"]]
    wanted = [(bare(p["title"]), bare(p["group"]), p["status"], p["deadline"]) for p in expected["problems"]]
    assert [
        (title, group, None if status == "unstated" else status, day) for title, group, status, day in found
    ] == wanted


def test_counts_values_and_findings(case):
    result, expected = case
    if not isinstance(result, Result):
        return
    data = result.data()
    declared = data["declared"] or {}
    stated = {"total": declared.get("total"), **declared.get("by_status", {})}
    assert {key: stated.get(key) for key in expected["declared"]} == expected["declared"]
    wanted = expected.get("report", {})
    assert {key: data["report"].get(key) for key in wanted} == wanted
    lines = {one["line"] for one in data["findings"]}
    assert {one["line"] for one in expected.get("findings", ())} <= lines
    bodies = "".join(problem.body for problem in result.draft.problems)
    assert not [word for word in ("特此公示", "公示时间", "联系电话", "附表") if word in bodies]
