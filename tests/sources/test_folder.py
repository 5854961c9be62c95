"""One report folder: its problems in order, what contradicts itself in it, and whatever else may lie there."""

import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rectify.core.finding import errors
from rectify.sources.folder import Folder, read_folder

DISCLOSURE = "---\n标题: 甲局整改情况\n文种: 整改情况报告\n单位: 甲局\n截至日期: 2024-05-31\n公开日期: 2024-06-10\n---\n\n通报正文。\n"
HEAD = "---\n问题: 台账不全\n"
PROBLEM = f"{HEAD}状态: 持续推进\n---\n\n问题正文。\n"


def front(*lines: str) -> str:
    return HEAD + "".join(f"{line}\n" for line in lines) + "---\n"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return tmp_path / "content"


def read(content: Path, files: dict[str, str | bytes], disclosure_id: str = "2024-jia") -> Folder:
    for name, body in {"index.md": DISCLOSURE, **files}.items():
        path = content / "reports" / disclosure_id / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body.encode() if isinstance(body, str) else body)
    return read_folder(content, disclosure_id)


def rules(folder: Folder) -> list[tuple[str, str]]:
    return [(finding.rule, finding.path.removeprefix("reports/2024-jia/")) for finding in folder.findings]


def test_problems_come_in_the_order_of_their_numbers(content: Path):
    names = ["100.md", "99.md", "02.md", "01.md", "10.md"]
    folder = read(content, dict.fromkeys(names, PROBLEM))
    assert [p.nn for p in folder.problems] == ["01", "02", "10", "99", "100"]
    assert folder.problems[0].ref == "2024-jia/01"
    assert folder.problems[0].body == "问题正文。"
    assert (folder.disclosure.id, folder.disclosure.body, folder.disclosure.published) == (
        "2024-jia",
        "通报正文。",
        date(2024, 6, 10),
    )
    assert folder.findings == ()


def test_attachments_are_found_at_any_depth_without_what_systems_leave(content: Path):
    folder = read(content, {"files/b.pdf": "b", "files/图/a.png": "a", "files/.DS_Store": "", ".git/x": ""})
    assert folder.attachments == ("files/b.pdf", "files/图/a.png")
    assert folder.findings == ()


@pytest.mark.parametrize(
    "name", ["1.md", "one.md", "01.markdown", "01.txt", "notes.docx", "readme.md", "old/01.md", "attachments/a.pdf"]
)
def test_what_has_no_place_in_the_folder_is_an_error(content: Path, name: str):
    assert rules(read(content, {name: PROBLEM})) == [("S032", name.split("/")[0])]


@pytest.mark.parametrize("disclosure_id", ["2024_jia", "2024-Jia", "甲局", "2024 jia", "2024.jia"])
def test_the_folders_name_is_part_of_the_address(content: Path, disclosure_id: str):
    assert [f.rule for f in read(content, {}, disclosure_id).findings] == ["S030"]


TWO = {
    "same group": (
        front("状态: done", "分组: 一", "序号: 1"),
        front("状态: done", "分组: 一", "序号: 1"),
        [("S034", "02.md")],
    ),
    "other group": (front("状态: done", "分组: 一", "序号: 1"), front("状态: done", "分组: 二", "序号: 1"), []),
    "no group": (front("状态: done", "序号: 1"), front("状态: done", "序号: 1"), [("S034", "02.md")]),
    "no number": (front("状态: done", "分组: 一"), front("状态: done", "分组: 一"), []),
}


@pytest.mark.parametrize(("first", "second", "found"), TWO.values(), ids=TWO)
def test_a_printed_number_stands_once_in_a_group(content: Path, first: str, second: str, found: list):
    assert rules(read(content, {"01.md": first, "02.md": second})) == found


ENTRY = "  - {日期: 2024-05-01, 内容: 甲%s}"
PROBLEMS = {
    "status of the last entry": (front("进展:", ENTRY % ", 状态: 已完成"), "done", []),
    "status of the last entry that has one": (front("进展:", ENTRY % ", 状态: 已销号", ENTRY % ""), "closed-out", []),
    "both agree": (front("状态: 整改到位", "进展:", ENTRY % ", 状态: 已完成"), "done", ["S079"]),
    "both differ": (front("状态: 已完成", "进展:", ENTRY % ", 状态: 整改中"), "done", ["S079", "S037"]),
    "none at all": (front("进展:", ENTRY % ""), None, ["S038"]),
    "left empty": (front("状态:"), None, ["S038"]),
    "unknown": (front("状态: 好了"), None, ["S020"]),
    "not in order": (front("状态: 已完成", "进展:", ENTRY % "", "  - {日期: 2024-04-30, 内容: 乙}"), "done", ["S039"]),
    "same day": (front("状态: 已完成", "进展:", ENTRY % "", ENTRY % ""), "done", []),
    "attachment": (front("状态: 已完成", "进展:", ENTRY % ", 附件: [files/a.pdf]"), "done", []),
    "attachment missing": (front("状态: 已完成", "进展:", ENTRY % ", 附件: [files/A.pdf]"), "done", ["S035"]),
    "attachment elsewhere": (front("状态: 已完成", "进展:", ENTRY % ", 附件: [files/../index.md]"), "done", ["S036"]),
}


@pytest.mark.parametrize(("text", "status", "found"), PROBLEMS.values(), ids=PROBLEMS)
def test_status_and_progress_agree(content: Path, text: str, status: str | None, found: list[str]):
    folder = read(content, {"01.md": text, "files/a.pdf": "a"})
    assert [finding.rule for finding in folder.findings] == found
    assert [problem.status for problem in folder.problems] == ([status] if status else [])


def test_an_alias_keeps_the_documents_words_and_flags(content: Path):
    files = {
        "01.md": front("状态: 申请延期", "标记: 立行立改"),
        "02.md": front("状态: 长期坚持", "状态原文: 需要长期坚持", "整改时限: 长期坚持"),
        "03.md": front("状态: 已完成", "整改时限: 长期坚持"),
    }
    facts = [(p.status, p.status_wording, p.flags, p.deadline) for p in read(content, files).problems]
    assert facts == [
        ("ongoing", "申请延期", ("immediate", "extended"), None),
        ("ongoing", "需要长期坚持", ("long-term",), None),
        ("done", "", ("long-term",), None),
    ]


def test_the_declared_total_is_held_against_the_files(content: Path):
    folder = read(content, {"index.md": DISCLOSURE.replace("单位:", "公布数: {总数: 2}\n单位:"), "01.md": PROBLEM})
    (found,) = folder.findings
    assert (found.rule, str(found.key)) == ("S040", "公布数")
    assert "公布 2，登记 1" in found.message()


def test_a_folder_without_its_report_still_has_its_problems_checked(content: Path):
    folder = read(content, {"index.md": "", "01.md": front("状态: 好了"), "02.md": ""})
    assert folder.disclosure is None
    assert rules(folder) == [("S003", "index.md"), ("S020", "01.md"), ("S003", "02.md")]


noise = (
    st.binary(max_size=60)
    | st.text(max_size=60).map(str.encode)
    | st.sampled_from([PROBLEM.encode(), DISCLOSURE.encode(), PROBLEM.encode("gbk")])
)
names = st.sampled_from(["index.md", "01.md", "001.md", "02.md", "x.md", "files/a.pdf", "files/.x"])


@settings(deadline=None, max_examples=60)
@given(st.dictionaries(names, noise))
def test_any_bytes_in_any_file_are_read_or_reported(files: dict[str, bytes]):
    with tempfile.TemporaryDirectory() as place:
        content = Path(place)
        (content / "reports" / "2024-jia").mkdir(parents=True)
        for name, body in files.items():
            path = content / "reports" / "2024-jia" / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(body)
        folder = read_folder(content, "2024-jia")
    unread = {name for name in files if name[0] == "0"} - {f"{problem.nn}.md" for problem in folder.problems}
    blamed = {finding.path.split("/", 2)[2] for finding in errors(folder.findings)}
    assert unread <= blamed
    assert folder.disclosure or "index.md" in blamed
