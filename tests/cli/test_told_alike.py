"""Content as people really write it: the check, the hook and the build tell the same of it, and an import what it hands on."""

import json
import re
import unicodedata

import pytest

from helpers.attached import png
from helpers.cases import DISCLOSURE
from helpers.repository import git
from helpers.site import Site
from rectify.core.family import Family, family_of
from rectify.core.finding import RULES
from rectify.core.gate import Gate

SAMPLE = "reports/2024-a"
INDEX, ONE, TWO = (DISCLOSURE[f"{SAMPLE}/{name}.md"] for name in ("index", "01", "02"))
TITLE = "问题: 二次供水设施移交缓慢"
DEADLINE = "整改时限: 2024-12-31"
STATE = "状态: 持续推进\n序号"
ENTRY = "日期: 2024-08-15"
TEXT = "其余小区按计划移交。"
LEAD = "市委巡察反馈"
MERGE = "<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> b"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PICTURE = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
FILE = "见[核对表](<files/{}>)。"
NFD = unicodedata.normalize("NFD", "é.png")

Fault = tuple[str, str, str, dict[str, bytes]]
"""What is exchanged in the second problem, or in the index, the rules that tell it, and files beside them."""


def said(new: str, rules: str, old: str = TEXT, **files: bytes) -> Fault:
    return old, new, rules, files


def attached(name: str, data: bytes, rules: str) -> Fault:
    return TEXT, FILE.format(name), rules, {name: data}


FAULTS: dict[str, Fault] = {
    "cut": said("问题: 泵站 #2 巡检缺失", "S074", TITLE),
    "cut in the index": said("单位: 清川市水务局 #主管", "S074", "单位: 清川市水务局"),
    "merge in the text": said(MERGE.format("其余。", "按计划。"), "S075"),
    "merge in the head": said(MERGE.format("状态: 持续推进", "状态: 已完成") + "\n序号", "S012 S075", STATE),
    "merge in the index": said(MERGE.format("甲", "乙") + f"\n{LEAD}", "S075", LEAD),
    "no blank": said(STATE.replace(": ", ":"), "S014", STATE),
    "a wide colon": said(STATE.replace(": ", "："), "S014", STATE),
    "a wide blank": said(STATE.replace(": ", ":\u3000"), "S014", STATE),
    "a date with its time": said("整改时限: 2024-12-31T00:00:00+08:00", "S025", DEADLINE),
    "an empty mapping": said("整改时限: {}", "", DEADLINE),
    "an empty text": said('整改时限: ""', "", DEADLINE),
    **{f"status {one}": said(f"状态: {one}\n序号", "S020", STATE) for one in ("立行立改", "√", "100%", "×")},
    **{
        f"status {one}": said(f"状态: {one}\n序号", "S079", STATE)
        for one in ("达到序时进度", "部分整改", "部分完成", "进行中")
    },
    "status 基本完成": said("状态: 基本完成\n序号", "C002 S037 S079", STATE),
    **{
        f"by {one}": said(f"整改时限: {one}", "S025", DEADLINE)
        for one in ("2024年6月底", "2025年底前", "第三季度", "上半年", "20240705", "二〇二四年六月")
    },
    **{f"by {one}": said(f"整改时限: {one}", "", DEADLINE) for one in ("长期坚持", "立行立改")},
    "by no day": said("整改时限: 2024-02-30", "S021", DEADLINE),
    "by soon": said("整改时限: 尽快", "S022", DEADLINE),
    "a year long ago": said("整改时限: 1924-12-31", "S076", DEADLINE),
    "a year far away": said("公开日期: 2204-10-18", "S076", "公开日期: 2024-10-18"),
    "an entry long ago": said("日期: 0204-08-15", "S076", ENTRY),
    "a number of a document": said("文号: 清水发〔2024〕7号\n文种:", "", "文种:"),
    "the same number": said("文号: 清水发[2024]7号\n文种:", "S077", "文种:"),
    "another way to write a unit": said("单位: 市水务局\n", "S078", "单位: 清川市水务局\n"),
    "paragraphs without blank lines": said(f"{TEXT}\n第二批正在核对产权资料，预计年底完成。\n第三批尚未开始。", "S100"),
    "a table of tabs": said("小区\t户数\t状态\n安和\t120\t移交\n清河\t88\t未移交", "S101"),
    "wrapped lines": said("其余小区按计\n划移交，第二批正\n在核对。", ""),
    "a pasted picture": said(f"![核对表]({PICTURE})", "S107"),
    "a pasted picture in the index": said(f"![核对表]({PICTURE})\n\n{LEAD}", "S107", LEAD),
    "a picture nobody describes": said("![](files/a.png)", "S108", **{"a.png": png()}),
    "a heading of the first level": said(f"# 整改情况\n\n{TEXT}", "S103"),
    "a blank in a name": said("![核对](files/图 1.png)", "", **{"图 1.png": png()}),
    "a name in parts": said("![核对](files/é.png)", "A031 S041", **{NFD: png()}),
    "a program": attached("a.exe", b"MZ\x90\x00" + bytes(100), "A040"),
    "a program by another name": attached("a.pdf", b"MZ\x90\x00" + bytes(100), "A040"),
    "unknown bytes": attached("a.dat", bytes(range(256)), "A020"),
    "a name of Windows": attached("con.pdf", PDF, "A042"),
    "too large": attached("a.pdf", PDF + b"%" * 1_100_000, "A024"),
    "words of a program": said("单击或点击此处输入文字。", "W027"),
}
MENDED = {"S014", "S100", "S101", "S103", "S107", "S041"}
"""What `--fix` mends."""
BESIDE = {"A021"}
"""What is said of the bytes of an attachment, whatever its name."""


@pytest.fixture
def site(make_site) -> Site:
    files: dict[str, str | bytes] = dict(DISCLOSURE)
    for number, (old, new, _, more) in enumerate(FAULTS.values(), start=1):
        folder = f"reports/2024-{number:02}"
        own = INDEX.replace("关于市委巡察", f"关于市委第{number}轮巡察")
        assert (old in TWO) + (old in own) == 1, old
        files |= {f"{folder}/index.md": own.replace(old, new, 1), f"{folder}/01.md": ONE}
        files[f"{folder}/02.md"] = TWO.replace(old, new, 1)
        files |= {f"{folder}/files/{name}": data for name, data in more.items()}
    return make_site(files, plugins=[{"rectify": {"attachment_limit": 1}}])


def by_fault(pairs) -> dict[str, set[str]]:
    found = {name: set() for name in FAULTS}
    for file, rule in pairs:
        if match := re.search(r"reports/2024-(\d\d)/", file):
            found[[*FAULTS][int(match[1]) - 1]].add(rule)
    return found


def checked(site: Site, *arguments: str) -> dict[str, set[str]]:
    out = site.rectify("check", "--format", "json", *arguments).out
    rows = json.loads(out[out.index("[") :])
    assert all(
        row["fix"] and row["message"] and (row["line"] or family_of(row["rule"]) is Family.ATTACHMENTS) for row in rows
    )
    return by_fault((row["file"], row["rule"]) for row in rows)


def test_of_each_the_check_the_hook_and_the_build_say_the_same(site: Site):
    git(site, "init", "-q").ok()
    git(site, "add", "-A").ok()
    told = checked(site)
    assert {name: rules - BESIDE for name, rules in told.items()} == {
        name: set(rules.split()) for name, (_, _, rules, _) in FAULTS.items()
    }
    assert checked(site, "--staged") == told
    refused = {
        name: {one for one in rules if RULES[one]["severity"] == "error" and family_of(one) not in Gate.BUILD.passed}
        for name, rules in told.items()
    }
    lines = re.findall(r"^(?:rectify: )?(\S.*?) \[([A-Z]\d{3})\]", site.build().out, re.M)
    assert by_fault(lines) == refused
    site.rectify("check", "--fix")
    assert {name: rules & MENDED for name, rules in checked(site).items()} == {name: set() for name in FAULTS}


def test_a_unit_written_another_way_is_told_by_the_hook_whichever_of_the_two_is_new(make_site):
    for first, second in (("清川市水务局", "市水务局"), ("市水务局", "清川市水务局")):
        site = make_site(
            {**DISCLOSURE, f"{SAMPLE}/index.md": INDEX.replace("单位: 清川市水务局\n", f"单位: {first}\n")}
        )
        git(site, "init", "-q").ok()
        git(site, "add", "-A").ok()
        git(site, "commit", "-qm", "1").ok()
        own = INDEX.replace("关于市委巡察", "关于市委第2轮巡察").replace("单位: 清川市水务局\n", f"单位: {second}\n")
        for name, text in (("index", own), ("01", ONE), ("02", TWO)):
            site.write(f"reports/2024-b/{name}.md", text.encode())
        git(site, "add", "-A").ok()
        rows = json.loads(site.rectify("check", "--staged", "--format", "json").out)
        assert "S078" in {row["rule"] for row in rows}


def test_marks_of_a_merge_in_the_configuration_end_every_command_with_one_line(make_site):
    site = make_site(DISCLOSURE)
    git(site, "init", "-q").ok()
    file = site.root / "mkdocs.yml"
    file.write_text(f"{file.read_text('utf-8')}\n{MERGE.format('甲', '乙')}\n", "utf-8")
    git(site, "add", "-A").ok()
    for command in (("check",), ("check", "--staged"), ("build",)):
        said = site.rectify(*command)
        assert said.exit in (1, 2) and "Traceback" not in said.out and "mkdocs.yml:" in said.out


HEAD = "清川市水务局关于巡察整改情况的通报\n\n2024年1月8日至3月8日，市委第二巡察组进行了巡察，3月29日反馈了意见。\n\n"
ACCOUNT = "1.关于“理论学习不系统”问题的整改\n整改情况：已完成。{}\n2.关于“采购程序不规范”问题的整改\n整改情况：已完成。修订采购办法。\n"
LEDGER = "序号\t问题\t整改措施\t整改时限\t完成情况\n1\t台账登记不全\t补登记\t{}\t{}\n2\t巡查记录代签\t更换终端\t2024年6月底\t已完成\n"
SIGNED = "\n清川市水务局\n2024年7月20日\n"
DOCUMENTS = {
    "a year that is none": (HEAD + LEDGER.format("2204年12月31日", "正在推进") + SIGNED, {"S076"}),
    "a deadline that is none": (HEAD + LEDGER.format("尽快", "正在推进") + SIGNED, {"I059"}),
    "a status that is none": (HEAD + LEDGER.format("2024年6月底", "已上报") + SIGNED, {"I057"}),
    "both statuses": (HEAD + LEDGER.format("2024年6月底", "已完成/持续推进") + SIGNED, {"I057"}),
    "a status read as another": (HEAD + LEDGER.format("2024年6月底", "达到序时进度") + SIGNED, {"S079"}),
    "marks of a merge": (HEAD + MERGE.format("甲", "乙") + "\n" + ACCOUNT.format("") + SIGNED, {"S075"}),
    "a pasted picture": (HEAD + ACCOUNT.format(f"\n![核对表]({PICTURE})") + SIGNED, {"S107"}),
    "a picture of a page": (
        f"<h1>清川市水务局关于巡察整改情况的通报</h1><p>{HEAD}</p>"
        + "".join(f"<p>{line}</p>" for line in ACCOUNT.format("").splitlines())
        + f"<img src='{PICTURE}'><p>清川市水务局</p><p>2024年7月20日</p>",
        {"A007"},
    ),
    "words of a program": (HEAD + ACCOUNT.format("见错误！未定义书签。") + SIGNED, {"W027"}),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_an_import_says_what_a_check_of_it_would_refuse(make_site, name: str):
    text, wanted = DOCUMENTS[name]
    site = make_site(DISCLOSURE)
    file = f"a.{'html' if text.startswith('<') else 'md' if PICTURE in text else 'txt'}"
    (site.root / file).write_text(text, "utf-8")
    days = ("--set", "公开日期=2024-08-01", "--set", "截至日期=2024-07-20")
    result = site.rectify("import", file, "--to", "content/reports/2024-b", "--format", "json", *days)
    told = {one["rule"] for one in json.loads(result.out)["findings"]}
    assert result.exit in (0, 3) and wanted <= told
    checked = json.loads(site.rectify("check", "content/reports/2024-b", "--format", "json").out)
    # No contact: an import says it of its document.
    assert {one["rule"] for one in checked if one["severity"] != "note"} <= told | {"S050"}


def test_an_import_says_what_a_person_must_still_look_at(make_site):
    site = make_site(DISCLOSURE)
    bare = "1.关于“理论学习不系统”问题的整改\n2.关于“采购程序不规范”问题的整改\n9.关于“台账登记不全”问题的整改\n已完成。补登记。\n"
    (site.root / "a.txt").write_text(HEAD + bare + SIGNED, "utf-8")
    given = ("--set", "公开日期=2024-08-01", "--set", "截至日期=2024-07-20", "--set", "单位=市水务局")
    said = site.rectify("import", "a.txt", "--to", "content/reports/2024-b", *given).out.partition("公开之前还要核对")[
        2
    ]
    assert "01.md:1 [S052]" in said and "02.md:1" in said
    assert "[S078]" in said and "清川市水务局" in said and "[S050]" not in said and "[S057]" not in said


def test_an_import_says_that_a_disclosure_is_there_already(make_site):
    site = make_site(DISCLOSURE)
    (site.root / "a.txt").write_text(HEAD + ACCOUNT.format("每月学习。") + SIGNED, "utf-8")
    days = ("--set", "公开日期=2024-08-01", "--set", "截至日期=2024-07-20")
    for name in ("2024-c", "2024-b", "2024-d"):
        result = site.rectify("import", "a.txt", "--to", f"content/reports/{name}", *days)
        assert result.exit == 0
        assert ("[S077]" in result.out) == (name != "2024-c"), result.out
    assert "reports/2024-b" in result.out and "公开之前还要改" in result.out
