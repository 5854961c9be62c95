"""The check before a commit, in real git repositories."""

import shutil
import sys

import pytest

from helpers.cases import DISCLOSURE, changed
from helpers.repository import committed, git
from helpers.site import Result, Site

ONE = "reports/2024-a/01.md"
PRIVATE = changed(ONE, ("班组长逐日核对", "班组长身份证110101199003070070，逐日核对"))[ONE]

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture
def site(make_site) -> Site:
    return committed(make_site(DISCLOSURE))


def commit(site: Site) -> Result:
    return git(site, "commit", "-qm", "更新")


def test_a_commit_with_errors_is_refused(site):
    assert "已安装" in site.rectify("hook", "install").ok().out
    site.write(ONE, PRIVATE)
    git(site, "add", "-A").ok()
    refused = commit(site)
    assert refused.exit == 1 and f"content/{ONE}:" in refused.out and "[P001]" in refused.out
    site.write(ONE, DISCLOSURE[ONE].replace("逐日核对", "每日核对"))
    git(site, "add", "-A").ok()
    commit(site).ok()


@pytest.mark.parametrize("copy", ["2023-z", "2025-b"])
def test_a_folder_copied_from_one_that_is_not_touched_is_refused(site, copy):
    site.rectify("hook", "install").ok()
    for name, text in DISCLOSURE.items():
        if name.startswith("reports/2024-a"):
            site.write(name.replace("2024-a", copy), text)
    git(site, "add", "-A").ok()
    refused = commit(site)
    assert refused.exit == 1 and refused.out.count("[S077]") == 1 and copy in refused.out
    index = DISCLOSURE["reports/2024-a/index.md"].replace("标题: ", "标题: 关于又一次")
    site.write(f"reports/{copy}/index.md", index)
    git(site, "add", "-A").ok()
    commit(site).ok()


def test_what_is_staged_counts_and_not_what_lies_in_the_folder(site):
    site.rectify("hook", "install").ok()
    site.write(ONE, DISCLOSURE[ONE].replace("逐日核对", "每日核对"))
    git(site, "add", "-A").ok()
    site.write(ONE, PRIVATE)
    commit(site).ok()
    git(site, "add", "-A").ok()
    site.write(ONE, DISCLOSURE[ONE])
    assert commit(site).exit == 1


def test_a_gbk_file_is_refused_mended_and_committed(site):
    site.rectify("hook", "install").ok()
    gbk = DISCLOSURE[ONE].replace("逐日", "每日").encode("gb18030").replace(b"\n", b"\r\n")
    file = site.write(ONE, gbk)
    (site.root / ".gitattributes").write_text("* -text\n", "utf-8")
    git(site, "add", "-A").ok()
    refused = commit(site)
    assert refused.exit == 1 and "[S001]" in refused.out and file.read_bytes() == gbk
    site.rectify("check", "--fix").ok()
    git(site, "add", "-A").ok()
    commit(site).ok()
    assert git(site, "show", f"HEAD:content/{ONE}").out == DISCLOSURE[ONE].replace("逐日", "每日")


def test_names_with_blanks_links_to_untouched_reports_and_deleted_files(site):
    other = {name.replace("2024-a", "2024-b"): text for name, text in DISCLOSURE.items() if name.startswith("reports")}
    for name, text in other.items():
        site.write(name, text)
    git(site, "add", "-A").ok()
    commit(site).ok()
    site.rectify("hook", "install").ok()
    site.write(
        ONE, DISCLOSURE[ONE].replace("逐日核对。", "逐日核对。见[另一份](../2024-b/01.md)和[附件](<files/说 明.txt>)。")
    )
    site.write("reports/2024-a/files/说 明.txt", "说明")
    git(site, "add", "-A").ok()
    commit(site).ok()
    (site.root / "content" / "reports" / "2024-a" / "files" / "说 明.txt").unlink()
    git(site, "add", "-A").ok()
    assert "[S041]" in commit(site).out


def test_an_environment_that_has_gone(site):
    site.rectify("hook", "install").ok()
    hook = site.root / ".git" / "hooks" / "pre-commit"
    hook.write_text(hook.read_text("utf-8").replace(sys.executable, "/no/such/python"), "utf-8")
    site.write(ONE, DISCLOSURE[ONE].replace("逐日核对", "每日核对"))
    git(site, "add", "-A").ok()
    refused = commit(site)
    assert refused.exit == 1 and "rectify hook install" in refused.out and refused.out.count("\n") == 1


def test_a_page_outside_the_reports(site):
    site.rectify("hook", "install").ok()
    site.write("about.md", "# 关于\n\n张工的手机是13800138000。\n")
    git(site, "add", "-A").ok()
    assert "content/about.md:3:" in commit(site).out
    site.write("about.md", "# 关于\n")
    (site.root / "README.txt").write_text("13800138000", "utf-8")
    git(site, "add", "-A").ok()
    commit(site).ok()


def test_a_hook_that_is_there_stays(site):
    file = site.root / ".git" / "hooks" / "pre-commit"
    file.parent.mkdir(exist_ok=True)
    file.write_text("#!/bin/sh\nexit 0\n", "utf-8")
    refused = site.rectify("hook", "install")
    assert refused.exit == 1 and "check --staged" in refused.out and "exit 0" in file.read_text("utf-8")
    assert site.rectify("hook", "uninstall").exit == 1
    site.rectify("hook", "install", "--force").ok()
    assert "exit 0" in file.with_name("pre-commit.old").read_text("utf-8")
    site.rectify("hook", "install").ok()
    site.rectify("hook", "uninstall").ok()
    assert not file.exists() and "没有安装" in site.rectify("hook", "uninstall").ok().out


def test_dry_run_and_no_repository(site, make_site):
    assert "check --staged" in site.rectify("hook", "install", "--dry-run").ok().out
    assert not (site.root / ".git" / "hooks" / "pre-commit").exists()
    result = make_site(DISCLOSURE).rectify("hook", "install", env={"GIT_CEILING_DIRECTORIES": "/"})
    assert result.exit == 1 and "git" in result.out and "Traceback" not in result.out


def test_the_hook_checks_what_is_touched_however_large_the_site(site):
    for number in range(40):
        for name, text in DISCLOSURE.items():
            if name.startswith("reports"):
                site.write(name.replace("2024-a", f"2023-{number:02d}"), text)
    git(site, "add", "-A").ok()
    commit(site).ok()
    site.rectify("hook", "install").ok()
    site.write(ONE, PRIVATE)
    git(site, "add", "-A").ok()
    refused = commit(site)
    assert refused.exit == 1 and "检查了 1 份通报、2 个问题" in refused.out
