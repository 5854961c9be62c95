"""`rectify check` as a clerk, a hook and a pipeline use it."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from helpers.cases import DISCLOSURE, changed
from helpers.site import Site
from rectify.core.family import CHECKED, Family, family_of
from rectify.core.finding import RULES

ONE = "reports/2024-a/01.md"
TWO = "reports/2024-a/02.md"
MOBILE = changed(ONE, ("班组长逐日核对", "联系人手机13800138000，班组长逐日核对"))
PRIVATE = changed(ONE, ("班组长逐日核对", "班组长身份证110101199003070070，逐日核对"))
ID = "110101199003070070"
TYPO = changed(TWO, ("其余小区按计划移交", "其余小区的职数按Exce应用登记"))


@pytest.fixture
def site(make_site) -> Site:
    return make_site(DISCLOSURE)


def put(site: Site, files: dict) -> None:
    for name, text in files.items():
        site.write(name, text)


def records(site: Site, *arguments: str) -> list[dict]:
    return json.loads(site.rectify("check", "--format", "json", *arguments).out)


def rules(site: Site, *arguments: str) -> list[str]:
    return [record["rule"] for record in records(site, *arguments)]


def test_clean_content(site):
    assert site.rectify("check").ok().out == "检查了 1 份通报、2 个问题：0 处错误，0 处警告，0 处提示。可以公开。\n"
    assert (
        site.rectify("--lang", "en", "check").ok().out
        == "1 disclosure, 2 problems checked: 0 errors, 0 warnings, 0 notes. It can be published.\n"
    )


def test_what_has_not_changed_is_told_the_same_and_an_edit_is_seen(site):
    put(site, TYPO)
    first = rules(site)
    assert first and rules(site) == first
    put(site, {**TYPO, **MOBILE})
    assert {"P002", *first} == {*rules(site)}
    put(site, DISCLOSURE)
    assert rules(site) == [] == rules(site)
    (site.root / "words.toml").write_text('[typos]\n"逐日核对" = "每日核对"\n', "utf-8")
    assert rules(site) == ["W020"]


def test_what_is_not_public_is_not_told_to_be(site):
    """A plan has no errors, and nothing that could be published."""
    put(site, changed("reports/2024-a/index.md", ("文种: 整改情况报告", "文种: 整改方案")))
    told = site.rectify("check").ok().out
    assert "其中 1 份不公开" in told and "可以公开" not in told and "没有要公开的通报" in told
    listed = site.rectify("status").ok().out
    assert "另有 1 份不公开" in listed and "没有要公开的通报" in listed and "1970" not in listed


def test_a_status_in_other_words_is_told(site):
    put(site, changed(TWO, ("状态: 持续推进", "状态: 未完成")))
    assert set(rules(site, "2024-a/02")) == {"S079"}
    arguments = ("update", "2024-a/02", "--note", "又办", "--dry-run", "--status")
    assert "“基本完成”读作“阶段性完成”" in site.rectify(*arguments, "基本完成").ok().out
    for plain in ("阶段性完成", "階段性完成", "staged", "Stage completed"):
        assert "读作" not in site.rectify(*arguments, plain).ok().out, plain


def test_an_error_is_named_with_place_reason_and_fix(site):
    put(site, PRIVATE)
    result = site.rectify("check")
    assert result.exit == 1
    line = DISCLOSURE[ONE].split("\n").index("巡检记录改为统一格式，班组长逐日核对。") + 1
    assert (
        f"错误  content/{ONE}:{line}:18 [P001] 身份证号码：{ID}\n    改法：删去，或者改为 110101*********070"
        in result.out
    )
    assert result.out.endswith("1 处错误，0 处警告，0 处提示。有错误，不能公开。\n")


def test_the_build_refuses_what_the_check_finds(site):
    put(site, PRIVATE)
    result = site.build()
    assert result.exit == 1 and f"{ONE}:" in result.out and "[P001]" in result.out
    assert not site.output.exists()


def test_warnings_are_no_failure(site):
    put(site, TYPO)
    result = site.rectify("check").ok()
    assert "提示" in result.out and "[W020]" in result.out
    assert "W020" not in site.rectify("check", "--severity", "warning").ok().out


def test_the_record_that_programs_read(site):
    put(site, PRIVATE)
    [record] = records(site)
    assert {"rule": "P001", "severity": "error", "file": f"content/{ONE}", "column": 18}.items() <= record.items()
    assert ID in record["excerpt"] and record["message"] and record["fix"]
    assert (
        json.loads(site.rectify("--lang", "en", "check", "--format", "json").out)[0]["message"]
        == f"an identity number: {ID}"
    )


def test_sarif(site):
    put(site, PRIVATE)
    log = json.loads(site.rectify("check", "--format", "sarif").out)
    [run] = log["runs"]
    [result] = run["results"]
    assert (
        log["version"] == "2.1.0"
        and run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "P001"
    )
    [place] = result["locations"]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == f"content/{ONE}"
    assert place["physicalLocation"]["region"]["startLine"] > 1 and result["level"] == "error"
    # The parts of the schema of SARIF 2.1.0 that readers of these logs insist on.
    Draft202012Validator(
        {
            "type": "object",
            "required": ["version", "runs"],
            "properties": {
                "runs": {
                    "items": {
                        "required": ["tool", "results"],
                        "properties": {"results": {"items": {"required": ["message", "ruleId"]}}},
                    }
                }
            },
        }
    ).validate(log)


def test_annotations(site):
    put(site, PRIVATE)
    text = site.rectify("check", "--format", "github").out
    assert text.startswith(f"::error file=content/{ONE},line=") and "title=P001::" in text and "%0A" in text
    [entry] = json.loads(site.rectify("check", "--format", "gitlab").out)
    assert (
        entry["check_name"] == "P001"
        and entry["severity"] == "blocker"
        and entry["location"]["path"] == f"content/{ONE}"
    )
    before = entry["fingerprint"]
    put(site, {ONE: site.root.joinpath("content", ONE).read_text("utf-8").replace("---\n\n巡检", "---\n\n\n\n巡检")})
    [entry] = json.loads(site.rectify("check", "--format", "gitlab").out)
    assert entry["fingerprint"] == before, "a line that moved is the same finding"


@pytest.mark.parametrize("form", ["sarif", "github", "gitlab"])
def test_what_a_forge_shows_to_many_is_masked(site, form):
    put(site, PRIVATE)
    text = site.rectify("check", "--format", form).out
    assert ID not in text and f"{ID[:6]}*********{ID[-3:]}" in text


def test_paths(site, tmp_path):
    put(site, {**PRIVATE, **TYPO, "about.md": "# 关于\n\n一位居民的手机是13800138000。\n"})
    assert set(rules(site)) == {"P001", "P002", "W020"}
    assert rules(site, "content/reports/2024-a") == ["P001", "W020"]
    assert rules(site, f"content/{TWO}") == ["W020"]
    assert rules(site, "content/about.md") == ["P002"]
    assert set(rules(site, "content")) == {"P001", "P002", "W020"}
    assert set(rules(site, ".")) == {"P001", "P002", "W020"}
    missing = site.rectify("check", "content/reports/2024-b")
    assert missing.exit == 2 and "没有 content/reports/2024-b" in missing.out
    elsewhere = Site(tmp_path / "leer", tmp_path / "leer")
    elsewhere.root.mkdir()
    assert elsewhere.rectify("check").exit == 2


def test_a_document_before_it_is_imported(site):
    file = site.root / "gao.txt"
    file.write_bytes(
        "关于X局整改情况的报告\n一、整改情况\n1.关于台账不全问题的整改\n已于2024年**月完成。\n".encode("gbk")
    )
    result = site.rectify("check", "gao.txt")
    assert result.exit == 1 and "gao.txt:1:" in result.out and "[W001]" in result.out


def test_an_unchanged_folder_is_not_checked_again(site):
    put(site, PRIVATE)
    assert rules(site) == ["P001"]
    cache = site.root / ".cache" / "rectify" / "checks" / "2024-a"
    stamp = cache.stat().st_mtime_ns
    assert rules(site) == ["P001"] and cache.stat().st_mtime_ns == stamp
    site.write(ONE, DISCLOSURE[ONE])
    assert rules(site) == [] and cache.stat().st_mtime_ns != stamp
    cache.write_bytes(b"broken")
    assert rules(site) == []


def test_a_waiver_lets_one_passage_stand(site):
    put(site, PRIVATE)
    waiver = f"豁免:\n  - {{规则: P001, 理由: 当事人书面同意, 审批人: 党组书记, 日期: 2024-10-10, 原文: '{ID}'}}\n"
    put(site, {ONE: site.root.joinpath("content", ONE).read_text("utf-8").replace("进展:\n", f"{waiver}进展:\n")})
    result = site.rectify("check").ok()
    assert "已豁免 1 处" in result.out and "P001" not in result.out
    assert "[P001]" in site.rectify("check", "--waived").ok().out
    site.build().ok()
    site.write(ONE, DISCLOSURE[ONE].replace("进展:\n", f"{waiver}进展:\n"))
    assert rules(site) == ["S070"]


def test_continuity_against_the_last_publication(site):
    site.build().ok()
    site.write(ONE, DISCLOSURE[ONE].replace("管网巡检记录不完整", "毫不相干的另一件事"))
    (site.root / "content" / TWO).unlink()
    site.write(
        "reports/2024-a/index.md",
        DISCLOSURE["reports/2024-a/index.md"]
        .replace("总数: 2, 已完成: 1, 持续推进: 1", "总数: 1")
        .replace("的2个问题，已完成1个，持续推进1个", "的问题"),
    )
    found = set(rules(site, "--against", "site"))
    assert found and set(map(family_of, found)) == {Family.CONTINUITY}
    assert rules(site) == []
    assert site.rectify("check", "--against", "nirgends").exit == 1


def test_continuity_is_part_of_the_build_where_it_is_configured(make_site):
    site = make_site(DISCLOSURE, plugins=[{"rectify": {"published": "live"}}])
    site.build("-d", "live").ok()
    site.build().ok()
    (site.root / "content" / TWO).unlink()
    site.write(
        "reports/2024-a/index.md",
        DISCLOSURE["reports/2024-a/index.md"]
        .replace("总数: 2, 已完成: 1, 持续推进: 1", "总数: 1")
        .replace("的2个问题，已完成1个，持续推进1个", "的问题"),
    )
    result = site.build()
    assert result.exit == 1 and "[H0" in result.out


def test_the_built_site(site):
    site.build().ok()
    assert site.rectify("check", "site").ok().out.startswith("检查了网站成品：0 处错误")
    page = site.output / "reports" / "2024-a" / "01" / "index.html"
    page.write_text(page.read_text("utf-8").replace("管网巡检", f"{ID}，管网巡检"), "utf-8")
    result = site.rectify("check", "site")
    assert result.exit == 1 and "reports/2024-a/01/index.html" in result.out


@pytest.mark.parametrize(
    ("before", "reason"),
    [
        (
            DISCLOSURE[ONE]
            .replace("状态: 已完成\n序号: 1", "状态：已完成\n序号：１")
            .encode("gb18030")
            .replace(b"\n", b"\r\n"),
            "编码 GBK/GB18030 → UTF-8",
        ),
        (b"\xef\xbb\xbf" + DISCLOSURE[ONE].encode(), "去掉 BOM"),
        (DISCLOSURE[ONE].encode("utf-16"), "编码 UTF-16 → UTF-8"),
        (DISCLOSURE[ONE].replace("\n", "\r\n").encode(), "换行 CRLF → LF"),
    ],
)
def test_fix_mends_spelling_and_nothing_else(site, before, reason):
    file = site.write(ONE, before)
    shown = site.rectify("check", "--fix", "--dry-run", f"content/{ONE}")
    assert reason in shown.out and file.read_bytes() == before
    mended = site.rectify("check", "--fix").ok()
    assert reason in mended.out and "已改正 1 个文件" in mended.out and "可以公开" in mended.out
    assert file.read_bytes() == DISCLOSURE[ONE].encode()
    assert "没有可以自动改正的写法" in site.rectify("check", "--fix").ok().out


def test_fix_leaves_prose_alone(site):
    body = "正文里的全角１２３：和  空格,不动。  \n"
    site.write(
        ONE,
        DISCLOSURE[ONE]
        .replace("巡检记录改为统一格式，班组长逐日核对。\n", body)
        .replace("状态: 已完成\n序号", "状态：已完成\n序号"),
    )
    site.rectify("check", "--fix").ok()
    after = site.root.joinpath("content", ONE).read_text("utf-8")
    assert after.endswith(f"\n{body}") and "状态: 已完成\n序号" in after


def test_every_rule_can_be_listed_and_explained(site):
    listed = site.rectify("check", "--list").ok().out
    assert all(f"  {rule}  " in listed for rule in RULES if family_of(rule) in CHECKED)
    page = site.rectify("check", "--explain", "p001").ok().out
    assert page.startswith("# P001 身份证号码") and "依据：" in page and "## 会报告" in page and "## English" in page
    wrong = site.rectify("check", "--explain", "P01")
    assert wrong.exit == 2 and "P0" in wrong.out
    assert {entry["rule"] for entry in json.loads(site.rectify("check", "--list", "--format", "json").out)} == {
        rule for rule in RULES if family_of(rule) in CHECKED
    }


@pytest.mark.parametrize(
    "arguments", [["--dry-run"], ["--staged", "content"], ["--format", "xml"], ["--explain", "x1"]]
)
def test_wrong_use(site, arguments):
    result = site.rectify("check", *arguments)
    assert result.exit == 2 and "Traceback" not in result.out


def test_output_to_a_file(site):
    put(site, PRIVATE)
    result = site.rectify("check", "--format", "json", "-o", "jieguo.json")
    assert result.exit == 1 and "已写入" in result.out
    assert json.loads(Path(site.root, "jieguo.json").read_text("utf-8"))[0]["rule"] == "P001"
