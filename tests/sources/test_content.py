"""The content folder as a whole: its report folders, their stamps, and what can never become a page."""

import os
from pathlib import Path

import pytest

from rectify.sources.content import survey


@pytest.fixture
def content(tmp_path: Path) -> Path:
    root = tmp_path / "content"
    for name in (
        "index.md",
        "about.md",
        "reports/2024-jia/index.md",
        "reports/2024-jia/files/a.pdf",
        "reports/2023-yi/01.md",
    ):
        write(root, name)
    return root


def write(root: Path, name: str, body: str = "正文") -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(body, encoding="utf-8")
    return path


def found(content: Path) -> list[tuple[str, str]]:
    return [(finding.rule, finding.path) for finding in survey(content).findings]


def test_report_folders_are_found_in_order_and_hidden_ones_left_out(content: Path):
    write(content, "reports/.trash/01.md")
    write(content, ".obsidian/x.md")
    result = survey(content)
    assert list(result.folders) == ["2023-yi", "2024-jia"]
    assert [name for name, _, _ in result.folders["2024-jia"]] == ["files/a.pdf", "index.md"]
    assert result.findings == ()


def test_a_content_folder_without_reports_is_fine(tmp_path: Path):
    write(tmp_path, "index.md")
    assert survey(tmp_path) == ({}, ())


CHANGES = {
    "edited": lambda folder: os.utime(write(folder, "index.md", "新的"), ns=(1, 1)),
    "same size, other time": lambda folder: os.utime(folder / "index.md", ns=(1, 1)),
    "added": lambda folder: write(folder, "02.md"),
    "removed": lambda folder: (folder / "files" / "a.pdf").unlink(),
    "renamed": lambda folder: (folder / "files" / "a.pdf").rename(folder / "files" / "b.pdf"),
    "attachment edited": lambda folder: write(folder, "files/a.pdf", "长一些的附件"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_any_change_of_a_folder_changes_its_stamp_and_no_others(content: Path, change):
    before = survey(content).folders
    change(content / "reports" / "2024-jia")
    after = survey(content).folders
    assert after["2024-jia"] != before["2024-jia"]
    assert after["2023-yi"] == before["2023-yi"]


def test_a_change_behind_a_link_changes_the_stamp(content: Path):
    (content / "reports/2024-jia/01.md").symlink_to(content / "about.md")
    before = survey(content).folders
    write(content, "about.md", "改过的正文")
    assert survey(content).folders != before


@pytest.mark.parametrize(
    ("first", "second", "page"),
    [
        ("more.md", "more/index.md", "more/index.html"),
        ("more/README.md", "more/index.md", "more/index.html"),
        ("more.markdown", "more.md", "more/index.html"),
        ("README.md", "index.md", "index.html"),
    ],
)
def test_two_files_of_one_page_are_told_with_the_page(content: Path, first: str, second: str, page: str):
    write(content, first)
    write(content, second)
    (finding,) = survey(content).findings
    assert {finding.path, dict(finding.values)["found"]} == {first, second}
    assert dict(finding.values)["allowed"] == page


@pytest.mark.parametrize(
    "name",
    ["problems.md", "problems/x.md", "data/x.csv", "search/index/index.json", "releases/index.md", "sitemap.xml"],
)
def test_a_file_where_the_register_puts_its_own_is_an_error(content: Path, name: str):
    write(content, name)
    assert found(content) == [("S045", name)]


def test_a_file_beside_the_report_folders_is_an_error(content: Path):
    write(content, "reports/index.md")
    assert found(content) == [("S032", "reports/index.md")]


@pytest.mark.parametrize("place", ["x.md", "x", "more/x.png", "reports/2024-bing", "reports/2024-bing.md"])
def test_a_link_may_stay_inside_and_not_leave(content: Path, place: str):
    inside, outside = write(content, "notes/a.md").parent, write(content.parent, "outside/a.md").parent
    (content / place).parent.mkdir(exist_ok=True)
    (content / place).symlink_to(outside)
    assert ("S005", place) in found(content)
    (content / place).unlink()
    (content / place).symlink_to(inside)
    assert "S005" not in [rule for rule, _ in found(content)]


@pytest.mark.parametrize(("place", "target"), [("files/again", ".."), ("01.md", "01.md")])
def test_a_link_that_leads_to_itself_does_not_stop_the_scan(content: Path, place: str, target: str):
    (content / "reports/2024-jia" / place).symlink_to(target)
    assert survey(content).folders
