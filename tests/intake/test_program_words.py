"""What a program wrote into a document is found, and is no content."""

import pytest

from rectify.intake.importing import Result, read_documents

HEAD = "序号\t存在问题\t整改措施\t责任单位\t整改状态\n"


@pytest.mark.parametrize(
    "words",
    ["单击或点击此处输入文字。", "选择一项。", "#REF!", "#N/A", "########", "错误！未定义书签。", "null", "undefined"],
)
def test_words_of_a_program_are_a_finding_and_no_content(tmp_path, words):
    path = tmp_path / "a.txt"
    rows = f"1\t台账更新不及时\t逐项核对\t{words}\t已完成\n2\t合同到期未续签\t重新签订\t办公室\t{words}\n"
    path.write_text(f"清川市档案馆整改情况公示表\n{HEAD}{rows}清川市档案馆\n2025年3月1日\n", "utf-8")
    result = read_documents([path], {})
    assert isinstance(result, Result)
    first, second = result.draft.problems
    assert "units" not in first.values
    assert second.values["status"] == "unstated"
    assert words not in first.body + second.body
    assert [one.line for one in result.understandings[0].findings if one.kind == "program_words"] == [3, 4]
