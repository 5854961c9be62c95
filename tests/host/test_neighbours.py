"""Plugins that a site has which takes the register in: each does its work, the register is right, nothing of the output is lost."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.mounted import GUEST, REPORT, mounted, whole
from helpers.repository import commit, committed, git
from helpers.served import served

PAGE = f"zhenggai/reports/{REPORT}/01/"


def _serves(site):
    """`mkdocs serve` shows a page of the register with these neighbours."""
    if os.name == "posix":
        with served(site) as shows:
            assert "rf-guest" in shows(PAGE, "rf-problem")


@pytest.mark.parametrize("first", (False, True), ids=("register last", "register first"))
def test_those_that_get_along_with_one_another(tmp_path, first):
    """Search, tags, blog, macros, redirects, minify, dates of git, section-index, glightbox, exclude, meta, privacy and monorepo."""
    others = [
        "search",
        "tags",
        "blog",
        "macros",
        {"redirects": {"redirect_maps": {"old.md": f"zhenggai/reports/{REPORT}/01.md"}}},
        {"minify": {"minify_html": True}},
        {"git-revision-date-localized": {"fallback_to_build_date": True}},
        "section-index",
        "glightbox",
        {"exclude": {"glob": ["left-out.md"]}},
        "meta",
        "privacy",
        "monorepo",
    ]
    files = {
        "tags.md": "# 标签\n\n<!-- material/tags -->\n",
        "guan.md": "---\ntags: [馆藏]\n---\n# 馆藏\n\n{{ 6 * 7 }}\n\n{{ rectify.counts }}\n",
        "blog/index.md": "# 博客\n",
        "blog/posts/one.md": "---\ndate: 2025-01-02\n---\n# 一篇\n\n{{ rectify.chart }}\n",
        "left-out.md": "# 不公开\n",
        "zhenggai/.meta.yml": "description: 整改公开栏目\n",
        "../sub/mkdocs.yml": "site_name: sub\nnav:\n  - 首: index.md\n",
        "../sub/docs/index.md": "# 子站\n",
    }
    nav = ["index.md", "guan.md", {"整改": ["zhenggai/index.md", "zhenggai/about.md"]}, "tags.md", "blog/index.md"]
    site = mounted(
        tmp_path, [GUEST, *others] if first else [*others, GUEST], files, [*nav, {"子": "!include ./sub/mkdocs.yml"}]
    )
    for command in (
        ("init", "-q"),
        ("add", "-A"),
        ("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "x"),
    ):
        subprocess.run(["git", "-C", str(tmp_path), *command], check=True)
    site.rectify("build").ok()
    register, out = whole(site.output), site.output
    page = (out / "guan" / "index.html").read_text("utf-8")
    assert (
        "42" in page
        and re.search(r'class="?rf-guest', page)
        and "馆藏" in (out / "tags" / "index.html").read_text("utf-8")
    )
    assert any("rf-guest" in post.read_text("utf-8") for post in (out / "blog").rglob("one/index.html")) or any(
        "rf-guest" in post.read_text("utf-8") for post in (out / "blog").rglob("*/index.html")
    )
    assert f"zhenggai/reports/{REPORT}/01/" in (out / "old" / "index.html").read_text("utf-8")
    assert not (out / "left-out").exists() and "子站" in (out / "sub" / "index.html").read_text("utf-8")
    assert "整改公开栏目" in (register / "index.html").read_text("utf-8")
    assert json.loads((out / "search" / "search_index.json").read_bytes())["docs"]
    _serves(site)


def test_pages_of_the_register_that_a_plugin_makes_small(tmp_path):
    """It leaves out quotes and blanks; the navigation has a word that no disclosure may have."""
    theme = {"name": "material", "font": False, "features": ["navigation.tabs"]}
    nav = ["index.md", {"Internal": "guan.md"}, {"整改": "zhenggai/index.md"}]
    plugins = ["search", {"minify": {"minify_html": True}}, {"rectify": {"path": "zhenggai"}}]
    site = mounted(tmp_path, plugins, nav=nav, theme=theme)
    site.rectify("build").ok()
    assert "<html lang=en" in (whole(site.output) / "about" / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("plugin", "file", "text"),
    (
        ("awesome-nav", ".nav.yml", "nav:\n  - index.md\n  - 整改: zhenggai\n  - guan.md\n"),
        ({"literate-nav": {"nav_file": "SUMMARY.md"}}, "SUMMARY.md", "* [首页](index.md)\n* [整改](zhenggai/index.md)\n* [馆](guan.md)\n"),
    ),
    ids=("awesome-nav", "literate-nav"),
)  # fmt: skip
def test_those_that_make_the_navigation(tmp_path, plugin, file, text):
    site = mounted(tmp_path, [plugin, GUEST], {file: text}, nav=None, strict=True)
    site.build().ok()
    whole(site.output)
    menu = (site.output / "guan" / "index.html").read_text("utf-8")
    assert 'href="../zhenggai/"' in menu and f"{REPORT}/01" not in menu
    _serves(site)


LANGUAGES = {
    "docs_structure": "suffix",
    "languages": [
        {"locale": "zh", "default": True, "name": "中文", "build": True},
        {"locale": "en", "name": "English", "build": True},
    ],
}


@pytest.mark.parametrize("first", (False, True), ids=("register last", "register first"))
def test_a_site_in_several_languages(tmp_path, first):
    languages = {"i18n": LANGUAGES}
    files = {"index.en.md": "# Home\n"}
    site = mounted(tmp_path, [GUEST, languages] if first else [languages, GUEST], files)
    missing = site.build()
    assert missing.exit == 1 and "Traceback" not in missing.out
    assert all(f"zhenggai/{name}.md" in missing.out for name in ("index", "about", "methodology"))
    for name in ("index", "about", "methodology"):
        (tmp_path / "docs" / "zhenggai" / f"{name}.md").write_text(f"# {name}\n", "utf-8")
    site.rectify("build").ok()
    whole(site.output)
    assert "Home" in (site.output / "en" / "index.html").read_text("utf-8")
    _serves(site)


def test_a_register_that_is_the_whole_site_is_not_lost_with_one_that_builds_several_times(tmp_path):
    site = mounted(tmp_path, [{"i18n": LANGUAGES}, {"rectify": {}}], theme={"name": "rectify", "language": "zh"})
    result = site.build()
    assert result.exit == 1 and "path: zhenggai" in result.out and "Traceback" not in result.out


def test_a_theme_of_others(tmp_path):
    """Dark, without a word for programs, and with scripts of another host."""
    site = mounted(tmp_path, ["search", GUEST], theme={"name": "darkly"})
    told = site.rectify("build").ok().out
    assert told.count("cdnjs.cloudflare.com") == 1
    page = (whole(site.output) / f"reports/{REPORT}/01/index.html").read_text("utf-8")
    assert page.count("<h1") == 1 and 'class="navbar' in page
    _serves(site)


def test_pages_that_are_read_without_a_server(tmp_path):
    site = mounted(tmp_path, ["search", "offline", GUEST], use_directory_urls=False)
    site.build().ok()
    register = whole(site.output)
    links = re.findall(r'href="([^"#?:]*/)"', (register / f"reports/{REPORT}/01/index.html").read_text("utf-8"))
    assert links == []
    _serves(site)


def test_versions_of_a_site_side_by_side(tmp_path):
    """Each stays as it was when the next one is deployed."""
    provider = {"version": {"provider": "mike"}}
    site = committed(mounted(tmp_path, ["search", {"mike": {}}, GUEST], extra=provider))
    for key, value in {"user.name": "a", "user.email": "a@example.org"}.items():
        git(site, "config", key, value).ok()
    tools = str(Path(sys.executable).parent)
    path = {"PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"}

    def mike(*arguments):
        return site.run(f"{tools}/mike", arguments[0], "-F", "mkdocs.yml", *arguments[1:], env=path).ok().out

    def deployed(version):
        lines = git(site, "ls-tree", "-rz", "gh-pages", "--", f"{version}/").ok().out.rstrip("\0").split("\0")
        return {line.partition("\t")[2].removeprefix(f"{version}/"): line.split()[2] for line in lines}

    mike("deploy", "1.0", "latest")
    first = deployed("1.0")
    problem = tmp_path / "docs" / "zhenggai" / "reports" / REPORT / "01.md"
    problem.write_text(problem.read_text("utf-8") + "\n第二个版本的一句。\n", "utf-8")
    commit(site)
    mike("deploy", "--update-aliases", "2.0", "latest")
    mike("set-default", "latest")
    second, page = deployed("2.0"), f"zhenggai/reports/{REPORT}/01/index.html"
    assert deployed("1.0") == first and first.keys() == second.keys() and first[page] != second[page]
    assert "第二个版本的一句" in git(site, "show", f"gh-pages:2.0/{page}").ok().out
    assert (
        'href="https://example.org/d/1.0/zhenggai/"' in git(site, "show", "gh-pages:1.0/zhenggai/index.html").ok().out
    )
    versions = json.loads(git(site, "show", "gh-pages:versions.json").ok().out)
    assert [(one["version"], one["aliases"]) for one in versions] == [("2.0", ["latest"]), ("1.0", [])]
    assert "latest/" in git(site, "show", "gh-pages:index.html").ok().out
    assert git(site, "status", "--porcelain").out == ""


SOCIAL = {"social": {"cards_layout_options": {"font_family": "Kept"}}}


def test_pictures_for_those_who_pass_a_page_on(tmp_path):
    """Its fonts are those that it has kept; one that it has not, it asks another host for, which the build does not survive."""
    pytest.importorskip("cairosvg", exc_type=(ImportError, OSError), reason="mkdocs-material[imaging] is not installed")
    from mkdocs import themes

    fonts = Path(themes.__file__).parent / "readthedocs" / "css" / "fonts"
    kept = tmp_path / ".cache" / "plugin" / "social" / "fonts" / "Kept"
    kept.mkdir(parents=True)
    (kept / "Regular.ttf").write_bytes((fonts / "Roboto-Slab-Regular.woff").read_bytes())
    site = mounted(tmp_path, ["search", SOCIAL, GUEST])
    site.rectify("build").ok()
    register = whole(site.output)
    assert 'property="og:image"' in (register / "about" / "index.html").read_text("utf-8")
    pictures = site.output / "assets" / "images" / "social"
    assert (pictures / "zhenggai" / "about.png").read_bytes().startswith(b"\x89PNG")
    _serves(site)
    before = sorted(path for path in site.output.rglob("*") if path.is_file())
    shutil.rmtree(tmp_path / ".cache" / "plugin")
    lost = site.rectify("build", env={"HTTPS_PROXY": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"})
    assert lost.exit == 1
    assert sorted(path for path in site.output.rglob("*") if path.is_file()) == before
