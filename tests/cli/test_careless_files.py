"""Files as editors, office programs and content systems leave them: what is told of each, and what `--fix` makes of it."""

import json
import re

import pytest

from helpers.attached import png
from helpers.cases import DISCLOSURE
from helpers.site import Site
from rectify.core.vocabulary import likely_status

FOLDER = "reports/2024-a"
PROBLEM = DISCLOSURE[f"{FOLDER}/02.md"]
INDEX = re.sub(r"公布数.*\n|\n市委.*\n", "", DISCLOSURE[f"{FOLDER}/index.md"])
DEADLINE = "整改时限: 2024-12-31"
STATE = "状态: 持续推进\n序号"
ITEM = "  - 日期: "
TEXT = "其余小区按计划移交。"
FENCE = "---\n"

DOCUMENT = """清川市水务局关于巡察整改情况的通报

1.关于“理论学习不系统”问题的整改
整改情况：已完成。每月组织集中学习。
2.关于“采购程序不规范”问题的整改
整改情况：已完成。修订采购办法。

清川市水务局
2025年7月20日
"""

# name: what is exchanged in a problem, the rules that tell it, and those that still do when `--fix` is done
FAULTS: dict[str, tuple[str, str, str, str]] = {
    "a title that is a comment": ("问题: ", "问题: #3号楼", "S026 S074", "S026 S074"),
    "an item that is a comment": (DEADLINE, "责任单位:\n  - #2 泵站\n  - 办公室", "S074", "S074"),
    "a number behind its sign": ("问题: ", "问题: 泵站 # 2 ", "S074", "S074"),
    "a colon in a text": ("问题: ", "问题: 关于: ", "S012", ""),
    "a star first": ("内容: ", "内容: *", "S015", ""),
    "half-width quotes": ("问题: ", '问题: "三查"', "S012", ""),
    "an item with a colon": ("  - 逐个小区", "  - 采购: 逐个小区", "S017 S018", ""),
    "a blank that does not break": (STATE, STATE.replace(": ", ":\xa0", 1), "S014", ""),
    "dashes of Word": (FENCE, "———\n", "S010", ""),
    "dashes of a converter": (FENCE, "\\---\n", "S010", ""),
    "four dashes": (FENCE, "----\n", "S010", ""),
    "blank lines first": (f"{FENCE}问题", f"\n\n{FENCE}问题", "S010", ""),
    "the fence of another language": (FENCE, "+++\n", "S010", "S010"),
    "a wide dash": (ITEM, "  －日期: ", "S025", ""),
    "a dash without its blank": (ITEM, "  -日期: ", "S025", ""),
    "dots": (DEADLINE, "责任单位:\n  •办公室\n  •泵站", "S025", ""),
    "numbers": (DEADLINE, "责任单位:\n  1. 办公室\n  2. 泵站", "S025", ""),
    "one a line": (DEADLINE, "责任单位:\n  办公室\n  泵站", "S019", "S019"),
    "a block": (DEADLINE, "责任单位: |\n  办公室\n  泵站", "", ""),
    "beyond the calendar": (DEADLINE, "整改时限: 9999-12-31T23:59:59Z", "S021", "S021"),
    "eight digits": (DEADLINE, "整改时限: 20241231", "S025", "S025"),
    "a round nought": (DEADLINE, "整改时限: 二○二四年十二月", "S025", "S025"),
    "done by": (DEADLINE, "整改时限: 2024年12月底前完成", "S025", "S025"),
    "without its year": (DEADLINE, "整改时限: 第三季度", "S025", "S025"),
    "a dash first": ("问题: ", "问题: - ", "S012", "S012"),
    "a picture with a blank": (TEXT, '<img src="files/图 1.png" alt="核对表" style="zoom:50%;" />', "S060", ""),
    "a colon that is small": (STATE, STATE.replace(": ", "﹕", 1), "S014", ""),
    "a colon of ratios": (STATE, STATE.replace(": ", "∶ ", 1), "S014", ""),
    "a title that is underlined": (TEXT, f"整改情况\n====\n\n{TEXT}", "S103", ""),
    "a picture in an entry": ("内容: ", "内容: data:image/png;base64,iVBORw0KGgo= ", "S107", "S107"),
    "a day to come": (DEADLINE, f"{DEADLINE}\n销号: {{日期: 2099-01-04}}", "S056", "S056"),
    "words of programs": (
        TEXT,
        "见Error! Reference source not found.，编号4.40981E+17，Choose an item.",
        "W027",
        "W027",
    ),
}
TOLD = {rule for _, _, *rules in FAULTS.values() for rule in " ".join(rules).split()} | {"W025", "S100"}


@pytest.fixture
def site(make_site) -> Site:
    files = {
        f"{FOLDER}/{number:02}.md": PROBLEM.replace(old, new).replace("二次供水设施", f"第{number}处设施")
        for number, (old, new, _, _) in enumerate(FAULTS.values(), start=1)
    }
    assert all(PROBLEM.count(old) for old, *_ in FAULTS.values())
    site = make_site({**DISCLOSURE, f"{FOLDER}/index.md": INDEX, **files})
    site.write(f"{FOLDER}/files/图 1.png", png())
    return site


def told(site: Site) -> dict[str, str]:
    """The rules that a check tells, by the fault."""
    found = json.loads(site.rectify("check", "--format", "json").out)
    assert not any(
        re.search("[A-Za-z]{4,} [a-z]{2,} [a-z]{2,}", one["message"]) for one in found if one["rule"] != "W027"
    )
    assert all(one["line"] for one in found if one["rule"] == "S056")
    rules = {
        name: {one["rule"] for one in found if one["file"].endswith(f"/{number:02}.md")} & TOLD
        for number, name in enumerate(FAULTS, start=1)
    }
    return {name: " ".join(sorted(one)) for name, one in rules.items()}


def test_each_is_told_and_what_is_certain_is_mended(site: Site):
    assert told(site) == {name: before for name, (_, _, before, _) in FAULTS.items()}
    site.rectify("check", "--fix")
    assert told(site) == {name: after for name, (_, _, _, after) in FAULTS.items()}
    shown = site.rectify("check").out
    assert "“第三季度”按“2024年第三季度”读取" in shown
    texts = [file.read_text("utf-8") for file in sorted((site.root / "content" / FOLDER).glob("[0-9]*.md"))]
    assert "没有可以自动改正" in site.rectify("check", "--fix").out
    mended = dict(zip(FAULTS, texts))
    for name in ("dashes of Word", "dashes of a converter", "four dashes", "blank lines first", "a wide dash"):
        number = list(FAULTS).index(name) + 1
        assert mended[name] == PROBLEM.replace("二次供水设施", f"第{number}处设施")
    assert "![核对表](<files/图 1.png>)" in mended["a picture with a blank"]


@pytest.mark.parametrize(
    ("said", "day"),
    [("第三季度", "2024-09-30"), ("上半年", "2024-06-30"), ("3月底前", "2024-03-31"), ("2月底", "2025-02-28")],
)
def test_a_deadline_without_a_year_is_the_first_after_the_feedback(make_site, said: str, day: str):
    files = {**DISCLOSURE, f"{FOLDER}/02.md": PROBLEM.replace(DEADLINE, f"整改时限: {said}")}
    site = make_site(files)
    site.rectify(
        "update", "2024-a/2", "--status", "持续推进", "--note", "又有3个小区移交。", "--date", "2024-09-10"
    ).ok()
    assert f"整改时限: {said}\n" in (site.root / "content" / FOLDER / "02.md").read_text("utf-8")
    site.build().ok()
    problem = json.loads((site.output / "data/problems.json").read_text("utf-8"))["problems"][1]
    assert (problem["deadline"], problem["deadline_wording"]) == (day, said)
    page = (site.output / FOLDER / "02/index.html").read_text("utf-8")
    assert f"原文：{said}" in re.sub("<[^>]*>", "", page)


def test_without_a_day_that_does_not_move_a_year_is_asked_for(make_site):
    index = INDEX.replace("反馈日期: 2024-03-29\n", "").replace("巡察时间: {起: 2024-01-08, 止: 2024-03-08}\n", "")
    problem = PROBLEM.replace(DEADLINE, "整改时限: 第三季度")
    site = make_site({**DISCLOSURE, f"{FOLDER}/index.md": index, f"{FOLDER}/02.md": problem})
    checked = site.rectify("check")
    assert checked.exit == 1 and "S022" in checked.out and "带上年份，如 2024年第三季度" in checked.out


def test_marks_of_a_merge_in_a_document_and_in_the_configuration_are_told(site: Site):
    document = site.write("../通报.txt", f"{DOCUMENT}\n<<<<<<< HEAD\n甲\n=======\n乙\n>>>>>>> b\n".encode())
    told = site.rectify("import", str(document), "--to", "content/reports/2025-a", "--set", "标题=关于 #3 楼的通报")
    assert "S075" in told.out and "冲突标记" in told.out
    assert "标题: '关于 #3 楼的通报'" in (site.root / "content/reports/2025-a/index.md").read_text("utf-8")
    site.write(f"{FOLDER}/files/表.csv", "甲,乙\n<<<<<<< HEAD\n1,2\n=======\n1,3\n>>>>>>> b\n".encode())
    assert re.search(r"表\.csv:2:1 \[S075\]", site.rectify("check").out)
    file = site.root / "mkdocs.yml"
    file.write_text(f"{file.read_text('utf-8')}\n<<<<<<< HEAD\n=======\n", "utf-8")
    refused = site.rectify("check")
    assert refused.exit == 2 and re.search("mkdocs.yml:[0-9]+：写法有误", refused.out) and "冲突标记" in refused.out


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("完成80%", "持续推进"),
        ("已完成/持续推进", None),
        ("✔", "已完成"),
        ("In progress", "持续推进"),
        ("100%", "已完成"),
    ],
)
def test_the_status_that_was_meant_is_named_and_none_where_it_is_not_plain(word: str, hint: str | None):
    assert likely_status(word) == hint
