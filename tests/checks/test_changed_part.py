"""What is new of a site that was verified, looked at alone: never good where the reading of the whole site finds something."""

import json
from pathlib import Path

import pytest

from helpers.built import DISCLOSURE, PROBLEMS, page, site_files, write_site
from rectify.checks.built_files import Looker
from rectify.checks.built_site import check_site
from rectify.checks.changed_part import ChangedPart
from rectify.checks.leaks import Needle
from rectify.core.finding import Finding
from rectify.prose import NO_WORDS
from rectify.sources.last_build import files_of

KEPT = "此句只供内部核对时参阅"
NEEDLE = Needle(KEPT, "index.md", frozenset(KEPT))
COUNTS = {"2024-a": dict.fromkeys(PROBLEMS.values(), 1)}
INDEX, FULL, ONE = f"{DISCLOSURE}index.html", f"{DISCLOSURE}full/index.html", f"{DISCLOSURE}01/index.html"
NAMED = {"methodology/index.html": page('<a href="../reports/2024-a/full/#text-整改情况">整改情况</a>')}
"""What was verified has a page that names a place in another."""
TABLE = json.loads(site_files()["problems/table/index.json"])
DATA = json.loads(site_files()["data/problems.json"])

HARMLESS = {
    "a text": {ONE: page('<a href="../">返回</a>\n<p>逐日核对。</p>')},
    "a page and a link to it": {"about/more/index.html": page(), "about/index.html": page('<a href="more/">更多</a>')},
    "a link to a place": {ONE: page('<a href="../full/#text-整改情况">全文</a>')},
    "a place": {FULL: page('<h2 id="text-整改情况">整改情况</h2>\n<h2 id="text-附件">附件</h2>')},
    "a text around the rows": {INDEX: site_files()[INDEX].replace("<table>", "<p>说明</p>\n<table>")},
    "a file as it was": {FULL: site_files()[FULL]},
}
FAULTS = {
    "B004": {ONE: page('<a href="../nowhere/">甲</a>')},
    "B005": {ONE: page('<a href="../full/#nowhere">乙</a>')},
    "B005, of a page that stays": {FULL: page("<h2>整改情况</h2>")},
    "B005, behind a quote that is left open": {FULL: page('<p>写成 a="b 的</p>\n<h2>整改情况</h2>')},
    "B006": {ONE: page('<img src="https://cdn.example/a.png" alt="丙">')},
    "B007": {"data/pages.json": json.dumps({"text": KEPT}, ensure_ascii=False)},
    "B009": {"data/a.py": ""},
    "B010": {ONE: page('<p onclick="x()">丁</p>')},
    "P002": {ONE: page("<p>联系人手机 13912345678</p>")},
    "B003": {"reports/2024-b/index.html": page()},
    "B002, rows": {INDEX: site_files()[INDEX].replace("completed", "ongoing")},
    "B002, data": {"data/problems.json": json.dumps({"problems": DATA["problems"][:1]})},
    "B002, table": {"problems/table/index.json": json.dumps({**TABLE, "disclosures": [{"id": "2024-a", "rows": 1}]})},
    "B002, part of the table": {"problems/table/rows-1.json": json.dumps({"stamp": "B", "rows": []})},
}


def looked_at(tmp_path: Path, new: dict[str, str], gone: str = "", touched: str = "") -> tuple[bool, list[Finding]]:
    """Return whether the new part of a site is good, and what the reading of the whole finds."""
    site, stage = write_site(tmp_path, NAMED), tmp_path / "stage"
    verified = dict(files_of(site))
    if touched:
        (site / touched).write_text(page("<p>别人改的</p>"), "utf-8")
    for path, text in new.items():
        (stage / path).parent.mkdir(parents=True, exist_ok=True)
        (stage / path).write_text(text, "utf-8")
    stage.mkdir(exist_ok=True)
    published = dict(files_of(site))
    kept = published.keys() - new.keys() - {gone}
    looker = Looker([NEEDLE], NO_WORDS, COUNTS, frozenset())
    is_good = ChangedPart(stage, site, kept, published, verified, COUNTS).is_good({}, looker, list(COUNTS), COUNTS)
    return is_good, check_site(stage, needles=[NEEDLE], below=site, kept={path: published[path] for path in kept})


@pytest.mark.parametrize("new", HARMLESS)
def test_what_is_good_is_known_from_the_new_part(tmp_path: Path, new: str):
    assert looked_at(tmp_path, HARMLESS[new]) == (True, [])


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_left_to_the_reading_of_the_whole(tmp_path: Path, fault: str):
    is_good, findings = looked_at(tmp_path, FAULTS[fault])
    rules = {finding.rule for finding in findings}
    # What leaks is told where it is known from which content.
    assert not is_good and (fault[:4] in rules or fault == "B007")


def test_what_is_gone_or_was_touched_is_read_with_the_whole(tmp_path: Path):
    assert not looked_at(tmp_path / "a", {}, gone=FULL)[0]
    assert not looked_at(tmp_path / "b", {}, touched="about/index.html")[0]
    assert not looked_at(tmp_path / "c", HARMLESS["a text"], touched=ONE)[0]


def test_what_the_register_says_otherwise_is_read_with_the_whole(tmp_path: Path):
    site, stage = write_site(tmp_path), tmp_path / "stage"
    stage.mkdir()
    files = dict(files_of(site))
    part = ChangedPart(stage, site, files, files, files, COUNTS)
    looker = Looker([], NO_WORDS, COUNTS, frozenset())
    assert part.is_good({}, looker, list(COUNTS), COUNTS)
    assert not part.is_good({}, looker, list(COUNTS), {"2024-a": {"ongoing": 2}})
