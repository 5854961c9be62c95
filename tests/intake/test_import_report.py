"""What an import prints of its findings: alike ones together, others each in their own words."""

from rectify.core.finding import found
from rectify.intake.import_report import findings_by_rule, findings_text


def lacking(key, line=1):
    return found("I062", "a.docx", line, found=key)


def test_only_what_is_told_alike_is_one_entry():
    told = findings_text([lacking("单位"), lacking("截至日期"), lacking("单位", 7)])
    assert [line for line in told if not line.startswith(" ")] == [
        "错误 I062 共 2 处，第 1、7 行：文件里没有写明“单位”，已留空，发布前必须填写",
        "错误 I062 第 1 行：文件里没有写明“截至日期”，已留空，发布前必须填写",
    ]
    assert "--set 单位=" in "".join(told) and "--set 截至日期=" in "".join(told)


def test_how_to_mend_what_differs_in_words_only_is_told_once():
    told = findings_text(
        [found("I057", "a.docx", n, found="未单独公布", allowed="", excerpt=f"问题{n}") for n in (3, 5)]
    )
    assert ["问题3" in told[0], "问题5" in told[1], "改法" in told[2], len(told)] == [True, True, True, 3]


def test_of_very_many_the_first_are_told_and_where_the_others_are():
    many = [found("I057", "a.docx", n, found="未单独公布", allowed="", excerpt=f"问题{n}") for n in range(1, 40)]
    told = findings_text(many)
    assert len(told) < 14 and "第 9、10、11" in told[-1]
    assert len(findings_by_rule(many)) < 40


def test_written_files_lack_each_what_they_lack():
    told = "\n".join(findings_by_rule([found("S026", "a/index.md", 1, found=key) for key in ("单位", "截至日期")]))
    assert "单位" in told and "截至日期" in told
