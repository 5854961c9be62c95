"""Reading the last publication distrustfully; the rules themselves are in cases/."""

import json
from datetime import date

import pytest

from helpers.cases import changed, write_disclosure
from rectify.checks.content import check_content
from rectify.checks.continuity import Previous, continuity, read_previous
from rectify.core.model import Disclosure

ROW = {"ref": "2024-a/01", "disclosure": "2024-a", "title": "台账不全", "status": "ongoing", "progress": []}


@pytest.mark.parametrize("inside", ["", "data", "data/problems.json"])
def test_a_site_its_data_folder_or_the_file(tmp_path, inside):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "problems.json").write_text(json.dumps({"as_of": "2024-09-30", "problems": [ROW]}), "utf-8")
    previous = read_previous(tmp_path / inside)
    assert previous.as_of == "2024-09-30" and list(previous.problems["2024-a"]) == ["2024-a/01"]
    assert [finding.rule for finding in continuity(previous, [], {})] == ["H002"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "[" * 100_000,
        '{"problems": 1}',
        '{"problems": [1]}',
        json.dumps({"problems": [ROW | {"status": "x"}]}),
        json.dumps({"problems": [ROW | {"progress": [{"date": 1}]}]}),
        json.dumps({"problems": [{"ref": "2024-a/01"}]}),
    ],
)
def test_what_is_no_such_file_is_refused(tmp_path, text):
    (tmp_path / "problems.json").write_text(text, "utf-8")
    with pytest.raises(ValueError, match=r"problems\.json"):
        read_previous(tmp_path)


def test_nothing_there(tmp_path):
    with pytest.raises(ValueError, match="nowhere"):
        read_previous(tmp_path / "nowhere")


def test_without_the_data_of_disclosures_the_problems_are_compared(tmp_path):
    (tmp_path / "problems.json").write_text(json.dumps({"as_of": "2024-09-30", "problems": [ROW]}), "utf-8")
    disclosure = Disclosure(
        "2024-a",
        "整改情况",
        "rectification",
        "水务局",
        date(2023, 9, 30),
        date(2023, 10, 18),
        path="reports/2024-a/index.md",
    )
    assert {finding.rule for finding in continuity(read_previous(tmp_path), [disclosure], {"2024-a": []})} == {
        "H001",
        "H007",
    }


@pytest.mark.parametrize(
    ("status", "rules"),
    [("已完工完", {"S020"}), ("持续推进", {"H006", "H007"})],
    ids=["a mistyped status", "a real one"],
)
def test_a_file_that_cannot_be_read_rightly_is_told_by_its_cause_alone(tmp_path, status, rules):
    one = "reports/2024-a/01.md"
    content = write_disclosure(
        tmp_path,
        changed(
            one,
            ("状态: 已完成\n序号", f"状态: {status}\n序号"),
            ("状态: 已完成\n    内容", f"状态: {status}\n    内容"),
        ),
    )
    row = {"ref": "2024-a/01", "disclosure": "2024-a", "title": "管网巡检记录不完整", "status": "done", "progress": []}
    previous = Previous("2024-09-30", {"2024-a": {"2024-a/01": row}}, {})
    found = {one.rule for one in check_content(content, previous=previous).findings if one.severity == "error"}
    assert found - {"C002"} == rules
