"""words.toml, the office's own words, holds for whatever is read: each way in through its public command."""

import json

import pytest

from helpers.attached import word
from helpers.cases import DISCLOSURE, changed
from helpers.repository import commit, committed, git
from helpers.site import Result, Site

ONE, FILE = "reports/2024-a/01.md", "reports/2024-a/files/shuoming.docx"
MOBILE = "13800138000"
WORDS = f'allowed = ["{MOBILE}"]\n[phrases]\n"逐日核对" = "每日核对"\n'
SENTENCE = f"经手人{MOBILE}，逐日核对。"
DOCUMENT = f"清川市水务局关于巡察整改情况的通报\n\n一、整改落实情况\n（一）已完成的事项\n1.关于“记录不全”问题的整改\n{SENTENCE}\n"


@pytest.fixture
def site(make_site) -> Site:
    """A mobile number wherever one can stand, allowed, and a phrase that this office does not want."""
    text = changed(ONE, ("，班组长逐日核对。", f"。{SENTENCE}"))[ONE]
    files = DISCLOSURE | {
        ONE: text.replace("内容: 新的", "附件: [files/shuoming.docx]\n    内容: 新的"),
        "about.md": f"# 监督方式\n\n{SENTENCE}\n",
        "../given.txt": DOCUMENT,
        "../words.toml": WORDS,
        FILE: word(SENTENCE),
    }
    return make_site(files)


def rules(result: Result) -> set[tuple[str, str]]:
    """Rule and file of all that is found."""
    read = json.loads(result.out)
    findings = read["findings"] if isinstance(read, dict) else read
    return {(one["rule"], one["file"]) for one in findings if one["rule"] in ("P002", "W023")}


def test_a_folder_a_file_and_a_page_are_checked_by_them(site):
    unwanted = {("W023", f"content/{ONE}"), ("W023", "content/about.md")}
    assert rules(site.rectify("check", "--format", "json")) == unwanted
    for name in (ONE, "about.md"):
        assert rules(site.rectify("check", "--format", "json", f"content/{name}")) == {("W023", f"content/{name}")}


def test_a_document_is_checked_by_them(site, tmp_path):
    assert rules(site.rectify("check", "--format", "json", "given.txt")) == {("W023", "given.txt")}
    elsewhere = tmp_path / "elsewhere.txt"
    elsewhere.write_text(DOCUMENT, "utf-8")
    found = rules(site.rectify("check", "--format", "json", str(elsewhere)))
    assert found == {("W023", elsewhere.as_posix())}, "a document from elsewhere: by those of the site one works in"


def test_a_document_is_imported_by_them(site):
    result = site.rectify("import", "given.txt", "--format", "json", "--to", "content/reports/2024-new")
    assert rules(result) == {("W023", "given.txt")}


def test_what_is_staged_is_checked_by_them(site):
    committed(site)
    site.write(ONE, (site.root / "content" / ONE).read_text("utf-8").replace("统一格式", "统一的格式"))
    git(site, "add", "-A").ok()
    assert rules(site.rectify("check", "--staged", "--format", "json")) == {("W023", f"content/{ONE}")}


def test_an_update_tells_by_them(site):
    arguments = [
        "update",
        "2024-a/01",
        "--status",
        "已销号",
        "--note",
        "验收通过",
        "--date",
        "2024-09-20",
    ]
    said = site.rectify(*arguments).ok().out
    assert "[W023]" in said and "[P002]" not in said


def test_a_site_is_built_checked_and_published_by_them(site):
    site.build().ok()
    assert rules(site.rectify("check", "--format", "json", "site")) == set()
    site.write("../words.toml", WORDS.partition("\n[")[0])
    committed(site)
    site.rectify("publish", "--to", "live", "--repo", ".").ok()
    site.write("../words.toml", "")
    commit(site)
    refused = site.rectify("publish", "--to", "live", "--repo", ".")
    assert refused.exit == 4 and all(name in refused.out for name in (ONE, FILE, "about.md"))
    assert site.build().exit == 1
    built = rules(site.rectify("check", "--format", "json", "site"))
    assert {("P002", f"site/{FILE}"), ("P002", "site/about/index.html")} <= built


@pytest.mark.parametrize(
    "command",
    [["check"], ["check", "given.txt"], ["import", "given.txt", "--to", "content/reports/2024-new"], ["build"],
     ["update", "2024-a/02", "--status", "已完成", "--note", "全部移交。", "--date", "2024-09-20"]],
    ids=" ".join,
)  # fmt: skip
def test_words_of_another_form_end_every_command(site, command):
    site.write("../words.toml", "allowed = 3\n")
    result = site.rectify(*command)
    assert result.exit == 1 and "words.toml" in result.out and "allowed" in result.out
    assert "Traceback" not in result.out and not (site.root / "content/reports/2024-new").exists()


@pytest.mark.parametrize("name", ["words.toml", "units.toml"])
@pytest.mark.parametrize("text", [".".join(["a"] * 50_000) + " = 1", "a = " + "[" * 20_000], ids=["parts", "brackets"])
def test_a_list_that_is_nested_too_deep_is_refused_at_once(make_site, name, text):
    site = make_site(DISCLOSURE | {f"../{name}": text})
    result = site.rectify("check")
    assert result.exit == 1 and f"{name}" in result.out and "嵌套太深" in result.out
