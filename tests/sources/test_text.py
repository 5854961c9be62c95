"""Bytes on disk are UTF-8 text or named for what they are; nothing is guessed silently."""

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rectify.core.finding import errors
from rectify.core.language import language
from rectify.sources.text import LIMIT, decode, read_text

CHINESE = "---\n问题: 内控制度不够细化\n状态: 已完成\n---\n\n规范印发，明确两档采购限额的办理方式。\n"
plain = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\n", exclude_characters="\ufeff")
).filter(str.strip)


def rules(data: bytes) -> list[str]:
    return [finding.rule for finding in decode(data, "a.md")[1]]


@settings(deadline=None)
@given(st.binary() | st.text(max_size=40).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_give_a_text_or_an_error_never_both(data: bytes):
    text, findings = decode(data, "a.md")
    assert (text is None) == bool(errors(findings))
    for lang in ("zh", "en"):
        assert all(finding.text(language(lang)).startswith("a.md") for finding in findings)


@settings(deadline=None)
@given(plain, st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_text_comes_back_with_line_feeds_whatever_the_editor_wrote(text: str, line_end: str, has_bom: bool):
    data = b"\xef\xbb\xbf" * has_bom + text.replace("\n", line_end).encode()
    assert decode(data, "a.md")[0] == text
    assert rules(data) == ["S006"] * has_bom


@pytest.mark.parametrize(
    ("data", "rule", "named"),
    [
        (CHINESE.encode("gbk"), "S001", "GBK/GB18030"),
        (CHINESE.encode("gb18030"), "S001", "GBK/GB18030"),
        (CHINESE.encode("utf-16"), "S001", "UTF-16"),
        (CHINESE.encode("utf-16-be"), "S001", "UTF-16"),
        ("整改情況：制度不夠細化，已經修訂完善。\n".encode("big5"), "S001", "Big5"),
        ("title: abc".encode("utf-16-le"), "S001", "UTF-16"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xde", "S002", ""),
        (b"", "S003", ""),
        (b" \r\n\t\n", "S003", ""),
        (b"\xef\xbb\xbf", "S003", ""),
        ("带零字节\0的正文，其余都是正常文字".encode(), "S002", ""),
    ],
    ids=[
        "GBK",
        "GB18030",
        "UTF-16",
        "UTF-16BE bare",
        "Big5",
        "UTF-16LE bare",
        "picture",
        "empty",
        "blank",
        "BOM only",
        "NUL",
    ],
)
def test_what_is_not_utf_8_is_named(data: bytes, rule: str, named: str):
    text, findings = decode(data, "a.md")
    last = findings[-1]
    assert (text, last.rule) == (None, rule)
    assert named in last.message()


def test_the_line_of_the_first_foreign_byte_is_told():
    data = "---\n标题: 甲\n".encode() + "单位: 乙局\n".encode("gbk")
    assert decode(data, "a.md")[1][0].where() == "a.md:3"


@pytest.mark.parametrize(("size", "rule"), [(LIMIT, []), (LIMIT + 1, ["S004"])])
def test_the_limit_is_on_bytes(tmp_path: Path, size: int, rule: list[str]):
    file = tmp_path / "a.md"
    file.write_bytes(b"a" * size)
    assert [finding.rule for finding in read_text(file, "a.md", tmp_path)[1]] == rule


@pytest.mark.parametrize(
    ("target", "rule"),
    [("inside.md", []), ("../outside.md", ["S005"]), ("../missing.md", ["S005"]), ("missing.md", ["S007"])],
)
def test_a_link_may_not_leave_the_root(tmp_path: Path, target: str, rule: list[str]):
    root = tmp_path / "content"
    root.mkdir()
    (tmp_path / "outside.md").write_text("外")
    (root / "inside.md").write_text("内")
    (root / "a.md").symlink_to(target)
    text, findings = read_text(root / "a.md", "a.md", root)
    assert [finding.rule for finding in findings] == rule
    assert text == (None if rule else "内")


def test_what_cannot_be_opened_is_an_error_with_the_systems_words(tmp_path: Path):
    text, findings = read_text(tmp_path / ("a" * 300), "a.md", tmp_path)
    assert text is None
    assert findings[0].rule == "S007"
    assert os.strerror(errno.ENAMETOOLONG) in findings[0].message()


def test_what_is_no_file_is_an_error(tmp_path: Path):
    text, [finding] = read_text(tmp_path, "a.md", tmp_path)
    assert text is None and finding.rule == "S007" and "不是普通文件" in finding.message()
