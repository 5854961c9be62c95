"""What the owner of a site may have in its configuration and around it: the register is right with each."""

import json
import os
import shutil
import subprocess

import pytest
import yaml

from helpers.mounted import GUEST, REPORT, mounted, whole
from helpers.repository import commit, committed, git
from helpers.served import served
from helpers.site import Site

PROBLEM = f"reports/{REPORT}/01.md"


def _add(site, text):
    """Add to the configuration what no JSON has."""
    file = site.root / "mkdocs.yml"
    file.write_text(yaml.safe_dump(json.loads(file.read_text("utf-8")), allow_unicode=True) + text, "utf-8")


@pytest.mark.parametrize(
    ("folders", "included"),
    (("!relative", "beside"), ("[!relative $docs_dir/zhenggai, !relative $config_dir/parts]", "kept")),
    ids=("page", "others"),
)
def test_folders_that_a_tag_names_are_those_of_mkdocs(tmp_path, folders, included):
    text = f'# 一页\n\n--8<-- "{included}.txt"\n'
    files = {
        "guan.md": text,
        "beside.txt": "馆旁边的一句\n",
        "zhenggai/about.md": text,
        "zhenggai/beside.txt": "登记旁边的一句\n",
        "../parts/kept.txt": "配置旁边的一句\n",
    }
    site = mounted(tmp_path, ["search", GUEST], files)
    _add(site, f"markdown_extensions:\n  - pymdownx.snippets:\n      base_path: {folders}\n")
    site.rectify("check").ok()
    site.rectify("build").ok()
    about = (whole(site.output) / "about" / "index.html").read_text("utf-8")
    owners = (site.output / "guan" / "index.html").read_text("utf-8")
    if included == "beside":
        assert "登记旁边的一句" in about and "馆旁边的一句" in owners
    else:
        assert "配置旁边的一句" in about and "配置旁边的一句" in owners


def test_pages_that_somebody_wrote_can_be_edited_where_the_site_says_so(tmp_path):
    files = {"zhenggai/about.md": "# 监督方式\n"}
    theme = {"name": "material", "font": False, "language": "zh", "features": ["content.action.edit"]}
    edit = {"repo_url": "https://git.example/dang", "edit_uri": "edit/main/docs/"}
    site = mounted(tmp_path, ["search", GUEST], files, theme=theme, **edit)
    site.rectify("build").ok()
    register, link = whole(site.output), 'href="https://git.example/dang/edit/main/docs/'
    assert f'{link}guan.md"' in (site.output / "guan" / "index.html").read_text("utf-8")
    assert f'{link}zhenggai/about.md"' in (register / "about" / "index.html").read_text("utf-8")
    for page in ("methodology", f"reports/{REPORT}", f"reports/{REPORT}/01", "problems"):
        assert link not in (register / page / "index.html").read_text("utf-8"), page


@pytest.mark.parametrize(
    "address", ("", "https://example.org", "https://example.org/a/b/"), ids=("none", "host", "path")
)
def test_addresses_are_those_of_the_site(tmp_path, address):
    site = mounted(tmp_path, ["search", GUEST], site_url=address, theme={"name": "mkdocs", "highlightjs": False})
    site.rectify("build").ok()
    register, problem = whole(site.output), f"zhenggai/reports/{REPORT}/01/"
    page, there = (register / f"reports/{REPORT}/01/index.html").read_text("utf-8"), f"{address.rstrip('/')}/{problem}"
    assert (f'<link rel="canonical" href="{there}">' in page) is bool(address)
    assert 'href="../../../reports/' in page and (site.output / "sitemap.xml").is_file()
    if address:
        assert f"<loc>{there}</loc>" in (register / "sitemap.xml").read_text("utf-8")
        assert f"{address.rstrip('/')}/guan/" in (site.output / "sitemap.xml").read_text("utf-8")


@pytest.mark.skipif(os.name != "posix", reason="elsewhere no signal is sent")
def test_a_site_that_is_served_shows_what_is_saved(tmp_path):
    site = mounted(tmp_path, ["search", "tags", GUEST], site_url="")
    problem, page = tmp_path / "docs/zhenggai" / PROBLEM, f"zhenggai/{PROBLEM[:-3]}/"
    text = problem.read_text("utf-8")
    with served(site, under="") as shows:
        shows(page, "rf-problem")
        for saved in ("后来补的一句", "又补的一句"):
            problem.write_text(f"{text}\n{saved}。\n", "utf-8")
            shows(page, saved)
        shows("guan/", "馆藏")


def test_what_theme_and_plugins_have_to_say_of_mkdocs_is_not_told_with_every_build(tmp_path, monkeypatch):
    redirects = {"redirects": {"redirect_maps": {"old.md": "guan.md"}}}
    site = mounted(tmp_path, ["search", redirects, GUEST])
    monkeypatch.setenv("RECTIFY_TESTS_COLD", "1")  # They say it when they are loaded.
    loud = {"NO_MKDOCS_2_WARNING": ""}
    assert "MkDocs" in site.build(env=loud).ok().out
    assert "MkDocs" not in site.rectify("build", env=loud).ok().out


def test_content_and_site_lie_elsewhere(tmp_path):
    site = mounted(tmp_path, ["search", GUEST])
    (tmp_path / "configuration").mkdir()
    told = json.loads((tmp_path / "mkdocs.yml").read_text("utf-8")) | {"docs_dir": "../pages", "site_dir": "../public"}
    (tmp_path / "configuration" / "mkdocs.yml").write_text(json.dumps(told), "utf-8")
    (tmp_path / "mkdocs.yml").unlink()
    (tmp_path / "docs").rename(tmp_path / "pages")
    inside = Site(tmp_path / "configuration", tmp_path / "public")
    assert "6 个问题" in inside.rectify("check").ok().out
    inside.rectify("build").ok()
    whole(tmp_path / "public")
    shutil.rmtree(tmp_path / "public")
    inside.build().ok()
    whole(site.root / "public")


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
@pytest.mark.parametrize("below", ("site", "content"))
def test_a_repository_below_a_repository(tmp_path, below):
    """The whole site is a submodule of another repository, or the register's content is one of the site's."""
    dates = {"git-revision-date-localized": {"type": "iso_date", "fallback_to_build_date": True}}
    site = mounted(tmp_path / "outer" / "dang", ["search", dates, GUEST])
    inner = site.root if below == "site" else site.root / "docs" / "zhenggai"
    inner.rename(tmp_path / "theirs")
    theirs = committed(Site(tmp_path / "theirs", tmp_path / "theirs" / "site"))
    outer = Site(tmp_path / "outer", site.output)
    (outer.root / "README.md").write_text("# 外\n", "utf-8")
    committed(outer)
    where = inner.relative_to(outer.root).as_posix()
    git(outer, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(theirs.root), where).ok()
    commit(outer)
    assert (inner / ".git").is_file()
    site.rectify("build").ok()
    whole(site.output)
    lower = Site(inner, site.output)
    lower.rectify("hook", "install").ok()
    problem = next(inner.rglob(PROBLEM))
    text = problem.read_text("utf-8")
    problem.write_text(f"{text}\n联系13800138000。\n", "utf-8")
    git(lower, "add", "-A").ok()
    refused = git(lower, "commit", "-qm", "更新")
    assert refused.exit == 1 and f"{PROBLEM}:" in refused.out and "[P002]" in refused.out
    problem.write_text(f"{text}\n[首页](../../../index.md)\n", "utf-8")
    git(lower, "add", "-A").ok()
    git(lower, "commit", "-qm", "更新").ok()
    done = subprocess.run(["git", "-C", inner, "status", "--porcelain"], capture_output=True, text=True, check=True)
    assert done.stdout == ""
