from datetime import date

import pytest

from rectify.core.model import Progress
from rectify.core.vocabulary import PROBLEM_KEYS
from rectify.sources.edit import CannotEdit, append_item, read, set_body, set_value

TEXT = """\
---
# 由办公室维护
问题:   "台账不全"   # 引号留着
状态： 持续推进 # 全角冒号
lead: 办公室

# 时限说明
整改时限: 2024-09-30
整改措施:
  - 补录。
  # 第二条
  - 抽查。
进展:
    -   日期: 2024-08-01
        内容: |
          启动。
          第二行
    -   日期: 2024-09-01   # 注
        内容: "印发"
---

正文。
"""


def changed(old, new):
    """The lines taken out and put in, everything else being the same in the same order."""
    import difflib

    diff = list(difflib.ndiff(old.split("\n"), new.split("\n")))
    return [line[2:] for line in diff if line.startswith("- ")], [line[2:] for line in diff if line.startswith("+ ")]


def test_a_short_value_keeps_key_and_comment():
    new = set_value(TEXT, PROBLEM_KEYS, "lead", "财务科")
    assert changed(TEXT, new) == (["lead: 办公室"], ["lead: 财务科"])
    new = set_value(TEXT, PROBLEM_KEYS, "title", "台账: 不全")
    assert changed(TEXT, new) == (['问题:   "台账不全"   # 引号留着'], ["问题: '台账: 不全'   # 引号留着"])
    assert read(set_value(TEXT, PROBLEM_KEYS, "status", "done"), PROBLEM_KEYS).values["status"] == "done"


@pytest.mark.parametrize("written", ('"甲 #\n    乙" # 注', "> # 注\n    折叠", "'甲' # 注"))
def test_a_comment_behind_what_had_an_end_takes_no_words_of_a_new_value(written: str):
    new = set_value(f"---\n问题: {written}\n---\n", PROBLEM_KEYS, "title", "丙丁")
    assert new == '---\n问题: "丙丁" # 注\n---\n'


def test_a_new_key_stands_where_the_vocabulary_has_it():
    new = set_value(TEXT, PROBLEM_KEYS, "owner", "科长")
    assert changed(TEXT, new) == ([], ["责任人: 科长"])
    assert new.index("责任人") > new.index("lead") and new.index("责任人") < new.index("# 时限说明")
    new = set_value(TEXT, PROBLEM_KEYS, "closeout", None)
    assert new == TEXT


def test_a_key_is_taken_out_with_its_lines_only():
    assert changed(TEXT, set_value(TEXT, PROBLEM_KEYS, "measures", ())) == (
        ["整改措施:", "  - 补录。", "  # 第二条", "  - 抽查。"],
        [],
    )


def test_an_item_is_appended_in_the_indentation_used():
    entries = read(TEXT, PROBLEM_KEYS).values["progress"]
    new = append_item(TEXT, PROBLEM_KEYS, "progress", entries, Progress(date(2024, 10, 1), "完成", "done"))
    removed, added = changed(TEXT, new)
    assert removed == [] and added == ["    - 日期: 2024-10-01", "      状态: 已完成", "      内容: 完成"]
    assert read(new, PROBLEM_KEYS).values["progress"] == (*entries, Progress(date(2024, 10, 1), "完成", "done"))


@pytest.mark.parametrize("written", ["进展: []", "进展:", "", "进展: [{日期: 2024-08-01, 内容: 甲}]"])
def test_lists_of_other_forms(written):
    text = f"---\n问题: 甲\n状态: 已完成\n{written}\n---\n" if written else "---\n问题: 甲\n状态: 已完成\n---\n"
    entries = read(text, PROBLEM_KEYS).values.get("progress", ())
    new = append_item(text, PROBLEM_KEYS, "progress", entries, Progress(date(2024, 10, 1), "乙"))
    assert read(new, PROBLEM_KEYS).values["progress"] == (*entries, Progress(date(2024, 10, 1), "乙"))


def test_the_body_alone():
    assert changed(TEXT, set_body(TEXT, "新的。")) == (["正文。"], ["新的。"])


@pytest.mark.parametrize(
    "text", ["没有字段区", "---\n问题: 甲\n", "---\n{问题: 甲, 状态: 已完成}\n---\n", "---\n问题: [甲\n---\n"]
)
def test_what_cannot_be_edited_is_said(text):
    with pytest.raises(CannotEdit):
        set_value(text, PROBLEM_KEYS, "lead", "乙")
