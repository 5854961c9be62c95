"""The register below a path of a site that is its owner's: nothing of the owner's changes, the register is whole and right."""

import base64
import hashlib
import json
import re
import shutil
from io import BytesIO

import pytest
from pypdf import PdfReader

from helpers.site import ROOT, Site

THEMES = {
    "material": {"name": "material", "font": False, "language": "zh", "features": ["navigation.tabs"]},
    "mkdocs": {"name": "mkdocs", "highlightjs": False},
    "readthedocs": {"name": "readthedocs", "highlightjs": False},
}
NAV = ["index.md", "about.md", {"检索": "search/index.md"}, "problems.md"]
SMALL = "2024-disan-gaozhong"
"""A report of six problems."""
COUNTS = "公开 7 份通报、109 个问题"
PIECES = "\n\n".join(f"{{{{ rectify.{name} }}}}" for name in ("counts", "chart", "disclosures", "updates", "search"))


def _site(
    root,
    theme,
    plugins=("search", {"rectify": {"path": "gov/zhenggai", "language": "zh"}}),
    nav=(),
    report="",
    **settings,
):
    """An owner's site with pages that are called like the register's, and the sample content below a path of it, or one report."""
    docs = root / "docs"
    for name in ("about", "search/index", "problems", "methodology", "pieces"):
        page = docs / f"{name}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"# 网站的{name}\n\n- 一\n- 二\n", "utf-8")
    (docs / "index.md").write_text("# 网站\n\n<p class='own'>自己的写法</p>\n", "utf-8")
    others = shutil.ignore_patterns("20*") if report else None
    shutil.copytree(ROOT / "content", docs / "gov" / "zhenggai", ignore=others)
    if report:
        shutil.copytree(ROOT / "content" / "reports" / report, docs / "gov" / "zhenggai" / "reports" / report)
    told = {"site_name": "清川市档案馆", "site_url": "https://example.org/dang/", "theme": theme}
    entries = [*NAV, *nav]
    file = root / "mkdocs.yml"
    file.write_text(json.dumps({**told, "plugins": list(plugins), "nav": entries, **settings}), "utf-8")
    return Site(root, root / "site")


def _files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module", params=THEMES)
def guest(request, tmp_path_factory):
    """The site, built and verified, in each theme."""
    root = tmp_path_factory.mktemp(request.param)
    site = _site(root, THEMES[request.param], nav=[{"整改公开": "gov/zhenggai/index.md"}])
    (root / "docs" / "pieces.md").write_text(f"# 别的页面\n\n{PIECES}\n\n`{{{{ rectify.counts }}}}`\n", "utf-8")
    site.rectify("build").ok()
    return site


def test_the_register_stands_in_the_frame_of_the_theme(guest):
    pages = _files(guest.output / "gov" / "zhenggai")
    home = pages["index.html"].decode()
    assert COUNTS in re.sub(r"<[^>]*>", "", home).replace("\n", "").replace("  ", " ").replace("\xa0", " ")
    for path in (
        "reports/2025-minzhengju/01/index.html",
        "problems/index.html",
        "about/index.html",
        "search/index.html",
    ):
        page = pages[path].decode()
        assert page.count('class="rf-guest"') == 1 and page.count("</html>") == 1, path
        assert page.count("<h1") == 1, path
        assert "清川市档案馆" in page and "\x1a" not in page
        assert re.search(r'<link rel="stylesheet" href="[./]*assets/stylesheets/site\.[0-9a-f]{8}\.css">', page), path
    assert '<h1 class="rf-hidden">整改公开</h1>' in home
    assert "robots.txt" not in pages and "404.html" not in pages
    assert b"https://example.org/dang/gov/zhenggai/reports/2025-minzhengju/01/" in pages["sitemap.xml"]


def test_pieces_stand_on_other_pages_where_they_are_asked_for(guest):
    page = (guest.output / "pieces" / "index.html").read_text("utf-8")
    assert page.count('class="rf-guest"') == 5
    assert 'href="../gov/zhenggai/reports/2025-minzhengju/"' in page
    assert 'action="../gov/zhenggai/search/"' in page
    assert "<code>{{ rectify.counts }}</code>" in page


def test_nothing_of_the_owner_changes(guest, tmp_path):
    """Every file outside the register is what MkDocs makes of the same site without the plugin."""
    file = guest.root / "mkdocs.yml"
    told = json.loads(file.read_text("utf-8"))
    alone = tmp_path / "mkdocs.yml"
    docs = tmp_path / "docs"
    shutil.copytree(guest.root / "docs", docs, ignore=shutil.ignore_patterns("reports", "pieces.md"))
    (docs / "pieces.md").write_text("# 别的页面\n", "utf-8")
    alone.write_text(json.dumps({**told, "plugins": ["search"]}), "utf-8")
    Site(tmp_path, tmp_path / "site").build().ok()
    own = {path: data for path, data in _files(tmp_path / "site").items() if not path.startswith(("gov/", "pieces/"))}
    there = {path: data for path, data in _files(guest.output).items() if not path.startswith(("gov/", "pieces/"))}
    changing = {"sitemap.xml", "sitemap.xml.gz", "404.html", "search/search_index.json"}  # the hour, and all pages
    assert own.keys() == there.keys()
    dates = re.compile(rb"Build Date UTC : [^\n]*")
    different = [
        path for path in own if path not in changing and dates.sub(b"", own[path]) != dates.sub(b"", there[path])
    ]
    assert different == []


def test_a_second_build_makes_again_only_what_changed(guest):
    before = {path: data for path, data in _files(guest.output).items() if path.startswith("gov/")}
    guest.build().ok()
    after = {path: data for path, data in _files(guest.output).items() if path.startswith("gov/")}
    assert before.keys() == after.keys()
    assert [path for path in before if before[path] != after[path]] == []


def test_nothing_is_left_of_what_is_public_no_more(tmp_path):
    """MkDocs empties the site before a build, unless it is told not to."""
    site = _site(tmp_path, THEMES["mkdocs"])
    site.build().ok()
    folder = site.output / "gov" / "zhenggai" / "reports" / "2024-disan-gaozhong"
    other = site.output / "gov" / "zhenggai" / "of-another-plugin.html"
    other.write_text("", "utf-8")
    assert (folder / "01" / "index.html").is_file()
    shutil.rmtree(tmp_path / "docs" / "gov" / "zhenggai" / "reports" / "2024-disan-gaozhong")
    site.build("--dirty").ok()
    assert not (folder / "01" / "index.html").exists() and other.is_file()


def test_a_site_whose_build_goes_wrong_stays_as_it_was(tmp_path):
    """It lies where its owner says; what is hidden at its top is not MkDocs'."""
    site = _site(tmp_path, THEMES["mkdocs"], report=SMALL, site_dir="out/public", hooks=["late.py"])
    late, about, public = tmp_path / "late.py", tmp_path / "docs/gov/zhenggai/about.md", tmp_path / "out" / "public"
    late.write_text("", "utf-8")
    site.rectify("build").ok()
    assert (public / "gov/zhenggai/problems/index.html").is_file() and not site.output.exists()
    (public / ".git").mkdir()
    (public / ".git" / "config").write_text("", "utf-8")
    before, text = _files(public), about.read_text("utf-8")
    about.write_text(f"{text}\n<a href='../reports/nowhere/'>别处</a>\n", "utf-8")
    (tmp_path / "docs" / "about.md").write_text("# 改过\n", "utf-8")
    refused = site.rectify("build")
    assert refused.exit == 1 and "B004" in refused.out and "网站没有改动" in refused.out
    about.write_text(text, "utf-8")
    late.write_text("def on_post_build(config):\n    raise OSError('full')\n", "utf-8")
    assert site.rectify("build").exit == 1
    assert _files(public) == before
    late.write_text("", "utf-8")
    site.rectify("build").ok()
    after = _files(public)
    assert after.keys() == before.keys() and "改过" in after["about/index.html"].decode()
    assert [path.name for path in public.parent.iterdir()] == ["public"]
    around = site.rectify("build", "-d", ".")
    assert around.exit == 1 and "docs" in around.out and (tmp_path / "mkdocs.yml").is_file()


@pytest.mark.parametrize("event", ("on_files", "on_env", "on_page_markdown", "on_post_page", "on_post_build"))
def test_a_build_that_does_not_come_to_its_end_says_so(tmp_path, event):
    """MkDocs itself empties the site first; whoever publishes asks for the exit status."""
    site = _site(tmp_path, THEMES["mkdocs"], report=SMALL, hooks=["hook.py"])
    what = "files" if event == "on_files" else "env" if event == "on_env" else "output"
    (tmp_path / "hook.py").write_text(f"def {event}({what}=None, **rest):\n    raise OSError('full')\n", "utf-8")
    done = site.build()
    assert done.exit == 1 and "full" in done.out and "built in" not in done.out
    (tmp_path / "hook.py").write_text("", "utf-8")
    site.build().ok()
    assert (site.output / f"gov/zhenggai/reports/{SMALL}/01/index.html").is_file()


def test_what_its_owner_says_and_shows_is_not_judged_and_pages_lead_there(tmp_path):
    """A word that no disclosure may have stands in the configuration and the theme, which publishes sources of pages too."""
    theme = {"name": "mkdocs", "highlightjs": False, "custom_dir": "own"}
    internal = {"配置": "about.md", "config/internal": "problems.md"}
    site = _site(
        tmp_path,
        theme,
        report=SMALL,
        nav=[{key: name} for key, name in internal.items()],
        strict=True,
        hooks=["sources.py"],
    )
    copied = "shutil.copy(f'{config.docs_dir}/gov/zhenggai/about.md', f'{config.site_dir}/gov/zhenggai/about.md')"
    (tmp_path / "sources.py").write_text(f"import shutil\ndef on_post_build(config):\n    {copied}\n", "utf-8")
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "note.html").write_text("内部资料，联系 13800138000", "utf-8")
    about = tmp_path / "docs" / "gov" / "zhenggai" / "about.md"
    about.write_text("# 监督方式\n\n[首页](../../index.md) [另一页](../../problems.md)\n", "utf-8")
    site.rectify("build").ok()
    page = (tmp_path / "site" / "gov" / "zhenggai" / "about" / "index.html").read_text("utf-8")
    assert 'href="../../../problems/"' in page and (tmp_path / "site" / "gov" / "zhenggai" / "about.md").is_file()
    (tmp_path / "docs" / "gov" / "zhenggai" / "note.toml").write_text("a = 1\n", "utf-8")
    about.write_text("# 监督方式\n\n[一个文件](note.toml)\n", "utf-8")
    assert "note.toml [B009]" in site.rectify("build").out
    about.write_text("# 监督方式\n\n[别处](../../nowhere.md)\n", "utf-8")
    assert "S041" in site.rectify("check").out


def test_a_disclosure_links_to_the_site_and_to_another_register(tmp_path):
    """Each address is what the site gives the page; what it does not publish is no target."""
    plugins = [{"rectify": {"path": path, "language": "zh"}} for path in ("gov/zhenggai", "shenji")]
    site = _site(tmp_path, THEMES["mkdocs"], plugins, report=SMALL)
    shutil.copytree(tmp_path / "docs/gov/zhenggai/reports", tmp_path / "docs/shenji/reports")
    folder = tmp_path / "docs" / "gov" / "zhenggai" / "reports" / SMALL
    (tmp_path / "docs" / "sub").mkdir()
    (tmp_path / "docs" / "sub" / "README.md").write_text("# 子页\n\n## Part\n", "utf-8")
    added = f"\n[网站](../../../../about.md) [子页](../../../../sub/README.md#part) [另一个](../../../../shenji/reports/{SMALL}/02.md)\n"
    for name in ("index.md", "01.md"):
        (folder / name).write_text((folder / name).read_text("utf-8") + added, "utf-8")
    pages = f"gov/zhenggai/reports/{SMALL}"
    for directories, address in ((True, "{}/"), (False, "{}.html")):
        told = json.loads((tmp_path / "mkdocs.yml").read_text("utf-8")) | {"use_directory_urls": directories}
        (tmp_path / "mkdocs.yml").write_text(json.dumps(told), "utf-8")
        site.rectify("build").ok()
        index = "" if directories else "index.html"
        for page in (f"{pages}/index.html", f"{pages}/01/index.html", f"{pages}/full/index.html"):
            text, up = (site.output / page).read_text("utf-8"), "../" * page.count("/")
            assert f'href="{up}{address.format("about")}">网站<' in text, page
            assert f'href="{up}sub/{index}#part">子页<' in text, page
            assert f'href="{up}shenji/reports/{SMALL}/02/{index}">另一个<' in text, page
    assert [path for path, data in _files(site.output).items() if b"\x1aaround" in data] == []
    told["exclude_docs"] = "about.md"
    (tmp_path / "mkdocs.yml").write_text(json.dumps(told), "utf-8")
    refused = site.rectify("build")
    assert refused.exit == 1 and "../../../../about.md" in refused.out and "Traceback" not in refused.out
    (tmp_path / "docs" / "about.md").unlink()
    checked = site.rectify("check")
    assert checked.exit == 1 and f"{SMALL}/01.md:" in checked.out and "S041" in checked.out


def test_what_is_not_for_the_public_is_written_where_the_site_does_not_publish_it(tmp_path):
    site = _site(tmp_path, THEMES["mkdocs"], report=SMALL)
    notice = "清川市水务局关于巡察整改情况的通报\n关于“河道巡查记录不完整”问题的整改\n补录巡查记录240条。\n"
    (tmp_path / "2024-shuiwu.txt").write_text(notice, "utf-8")
    (tmp_path / "2024-inner.txt").write_text(f"（征求意见稿）\n{notice}", "utf-8")
    site.rectify("import", "2024-shuiwu.txt").ok()
    assert (tmp_path / "docs/gov/zhenggai/reports/2024-shuiwu/index.md").is_file()
    site.rectify("import", "2024-inner.txt").ok()
    assert (tmp_path / "drafts/2024-inner/index.md").is_file() and not list((tmp_path / "docs").rglob("*inner*"))


def test_a_theme_that_wants_what_a_hook_gives_to_every_page_is_told(tmp_path):
    site = _site(tmp_path, {"name": "mkdocs", "custom_dir": "own"}, report=SMALL, hooks=["hook.py"])
    (tmp_path / "hook.py").write_text(
        "def on_page_context(context, page, config, nav):\n    return {**context, 'reading': {'time': 3}}\n", "utf-8"
    )
    own = tmp_path / "own" / "main.html"
    own.parent.mkdir()
    block = "{%% extends 'base.html' %%}{%% block footer %%}%s{%% endblock %%}"
    own.write_text(block % "{{ reading.time }}", "utf-8")
    told = site.build()
    assert told.exit == 1 and "main.html" in told.out and "'reading'" in told.out and "Traceback" not in told.out
    own.write_text(block % "{% if reading is defined %}{{ reading.time }}{% endif %}", "utf-8")
    site.build().ok()


def test_faults_are_told_in_a_sentence(tmp_path):
    theme = THEMES["mkdocs"]
    for number, (options, text, told) in enumerate(
        (
            ({"path": "../elsewhere"}, "", "path"),
            ({"path": "gov/mistyped"}, "", "gov/mistyped"),
            ({"path": "gov/zhenggai", "language": "fr"}, "", "language"),
            ({"path": "gov/zhenggai", "past_data": -3}, "", "past_data"),
            ({"path": "gov/zhenggai", "words": "nofile.toml"}, "", "nofile.toml"),
            ({"path": "gov/zhenggai"}, "{{ rectify.nothing }}", "{{ rectify.nothing }}"),
            ({"path": "gov/zhenggai"}, "共 {{ rectify.counts }}。", "单独成一段"),
        )
    ):
        site = _site(tmp_path / str(number), theme, [{"rectify": options}])
        (site.root / "docs" / "pieces.md").write_text(f"# 页\n\n{text}\n", "utf-8")
        result = site.build()
        assert result.exit == 1 and told in result.out and "Traceback" not in result.out, (options, text, result.out)


@pytest.mark.parametrize("paths", [("a/b", "a/b"), ("a", "a/b"), ("a/b", "")])
def test_two_registers_share_no_folder(tmp_path, paths):
    (tmp_path / "docs").mkdir()
    plugins = [{"rectify": {"path": path}} for path in paths]
    (tmp_path / "mkdocs.yml").write_text(json.dumps({"site_name": "馆", "plugins": plugins}), "utf-8")
    refused = Site(tmp_path, tmp_path / "site").build()
    assert refused.exit == 1 and "两个登记各用一个文件夹" in refused.out and "Traceback" not in refused.out
    assert not (tmp_path / "site").exists()


def test_what_the_theme_does_is_its_owners_and_told_once(tmp_path):
    """The theme loads a script from another host, and its frame has a button with a script of its own."""
    site = _site(tmp_path, {"name": "mkdocs", "custom_dir": "own"}, hooks=["hook.py"])
    (tmp_path / "hook.py").write_text("import logging\n\nlogging.basicConfig()\n", "utf-8")
    own = tmp_path / "own" / "main.html"
    own.parent.mkdir()
    button = '<button onclick="print()">打印</button><a href="nowhere/">别处</a>'
    own.write_text(
        f'{{% extends "base.html" %}}{{% block content %}}{button}{{{{ super() }}}}{{% endblock %}}', "utf-8"
    )
    built = site.rectify("build").ok()
    assert built.out.count("\nrectify: 网站的主题") == built.out.count("cdnjs.cloudflare.com") == 1
    assert "onclick" in (site.output / "gov/zhenggai/problems/index.html").read_text("utf-8")


def test_addresses_spell_their_files_where_the_site_asks_for_it_and_two_registers_stand_side_by_side(tmp_path):
    plugins = [{"rectify": {"path": path, "language": "zh"}} for path in ("gov/zhenggai", "shenji")]
    site = _site(
        tmp_path, THEMES["readthedocs"], plugins, [{"整改": "gov/zhenggai/index.md"}], use_directory_urls=False
    )
    reports = tmp_path / "docs" / "shenji" / "reports"
    reports.mkdir(parents=True)
    shutil.copytree(ROOT / "content" / "reports" / "2024-disan-gaozhong", reports / "2024-disan-gaozhong")
    (tmp_path / "docs" / "shenji" / "about.md").write_text("# 说明\n\n{{ rectify.counts }}\n", "utf-8")
    links = "[甲](gov/zhenggai/reports/2025-minzhengju/01.md) [乙](shenji/reports/2024-disan-gaozhong/01.md)\n"
    (tmp_path / "docs" / "pieces.md").write_text(links, "utf-8")
    (tmp_path / "docs" / "problems.md").write_text('# 别的\n\n<a href="folder/">文件夹</a>\n', "utf-8")
    site.build("--strict").ok()
    pages = _files(site.output)
    said = re.sub(r"<[^>]*>|\s", "", pages["shenji/about/index.html"].decode())
    assert "公开1份通报、6个问题" in said and "109个问题" not in said
    problem = pages["gov/zhenggai/reports/2025-minzhengju/01/index.html"].decode()
    assert 'href="../../../about/index.html"' in problem and "gov/zhenggai/about/index.html" in pages
    owners = pages["problems.html"].decode()
    assert 'href="gov/zhenggai/index.html"' in owners and 'href="folder/"' in owners
    (tmp_path / "docs" / "pieces.md").write_text("{{ rectify.counts }}\n", "utf-8")
    unclear = site.build()
    assert unclear.exit == 1 and "pieces.md" in unclear.out and "Traceback" not in unclear.out
    numbers = [len(json.loads(pages[f"{path}/data/problems.json"])["problems"]) for path in ("gov/zhenggai", "shenji")]
    assert numbers == [109, 6]


def test_commands_find_the_content_and_a_publication_wants_a_site_of_its_own(tmp_path):
    site = _site(tmp_path, THEMES["mkdocs"])
    checked = site.rectify("check", "2025-minzhengju")
    assert checked.exit == 0 and "2025-minzhengju" in site.rectify("status").out
    refused = site.rectify("publish", "--to", str(tmp_path / "public"))
    assert refused.exit != 0 and "path" in refused.out and "Traceback" not in refused.out
    assert not (tmp_path / "public" / "current").exists()


PAGES = (
    "",
    "reports/2025-minzhengju/",
    "reports/2025-minzhengju/01/",
    "problems/table/",
    "search/?find=整改",
    "updates/",
)


def test_the_register_fits_and_is_accessible_in_the_frame(guest, serve, page, axe):
    base = f"{serve(guest.output, 'dang')}/gov/zhenggai/"
    tab = page(base, viewport=(390, 900))
    for path in PAGES:
        tab.goto(base + path)
        # What the theme itself makes too wide, by a long title in its header for instance, is the theme's.
        assert tab.evaluate("document.querySelector('.rf-guest').getBoundingClientRect().right") <= 390, path
        assert tab.evaluate("(at => at.scrollWidth - at.clientWidth)(document.querySelector('.rf-guest'))") <= 8, path
    tab.set_viewport_size({"width": 1440, "height": 900})
    for path in PAGES[1:4]:
        tab.goto(base + path)
        ours = [
            (one["id"], node["html"])
            for one in axe(tab)
            for node in one["nodes"]
            if tab.evaluate("at => Boolean(document.querySelector(at)?.closest('.rf-guest'))", node["target"])
        ]
        assert ours == [], path


def test_the_register_reads_in_a_narrow_column_of_a_dark_theme_that_does_not_say_so(guest, serve, page):
    tab = page(f"{serve(guest.output, 'dang')}/gov/zhenggai/reports/2025-minzhengju/01/", viewport=(1440, 900))
    columns = "getComputedStyle(document.querySelector('.rf-guest .rf-columns')).gridTemplateColumns.split(' ').length"
    beside = "document.querySelector('.rf-about').getBoundingClientRect().left - document.querySelector('.rf-columns__main').getBoundingClientRect().left"  # fmt: skip
    style = ".rf-guest { width: %dpx !important }"
    tab.add_style_tag(content=style % 900)
    assert tab.evaluate(columns) == 2 and tab.evaluate(beside) > 300
    tab.add_style_tag(
        content=style % 600 + "html, body { --bs-body-bg: #111; background: #111 !important; color: #eee }"
    )
    assert tab.evaluate(beside) < 10
    paper = "getComputedStyle(document.querySelector('.rf-guest')).backgroundColor"
    assert tab.evaluate(paper) == "rgb(255, 255, 255)"


def test_no_column_beside_the_register_is_kept_for_nothing(guest, serve, page):
    """One that MkDocs' own theme has for the headings of a page."""
    root = serve(guest.output, "dang")
    for width in (390, 1440):
        tab = page(f"{root}/gov/zhenggai/reports/2025-minzhengju/01/", viewport=(width, 900))
        assert tab.locator(".bs-sidebar").filter(visible=True).count() == 0
        tab.goto(f"{root}/problems/")
        assert tab.locator(".bs-sidebar").count() == tab.locator(".bs-sidebar").filter(visible=True).count()
        tab.close()


def test_a_problem_begins_on_the_first_sheet(guest, serve, page):
    tab = page(f"{serve(guest.output, 'dang')}/gov/zhenggai/reports/2025-minzhengju/01/")
    first = PdfReader(BytesIO(tab.pdf(format="A4"))).pages[0].extract_text()
    assert "救助对象动态核查再度滞后" in first and "牵头单位" in first


def test_search_and_table_find_in_the_frame(guest, serve, page):
    base = f"{serve(guest.output, 'dang')}/gov/zhenggai/"
    tab = page(f"{base}search/?find=救助对象")
    tab.wait_for_selector("[data-search-results] a")
    assert "救助对象" in tab.inner_text("[data-search-results]")
    tab.goto(f"{base}problems/table/?find=救助对象")
    tab.wait_for_function("document.querySelectorAll('[data-register] tbody tr').length < 10")
    assert "救助对象" in tab.inner_text("[data-register] tbody")


_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.S)
_STYLE = re.compile(r"""<style[^>]*>(.*?)</style>|\sstyle="([^"]*)\"""", re.S)


def _under_the_policy(route, theme):
    """Answer with the policy of the manual, and in it what it leaves to the theme: hashes of its scripts and styles.

    The scripts are those of this page, for they say how deep it lies; the styles those of `theme`, a page without the register.
    """
    if route.request.resource_type != "document":
        route.continue_()  # it may be left behind by the next page
        return
    answer = route.fetch()
    policy = re.search(r"`(default-src 'none';[^`]*)`", (ROOT / "docs" / "guest.md").read_text("utf-8"))[1]
    styles = ["".join(pair) for pair in _STYLE.findall(theme)]
    for kind, texts in (("script-src", _SCRIPT.findall(answer.text())), ("style-src", styles)):
        sums = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts)
        hashes = "".join(f" 'sha256-{one}'" for one in sums)
        policy = policy.replace(f"{kind} 'self'", f"{kind} 'self' 'unsafe-hashes'{hashes}")
    route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": policy})


def test_everything_works_under_the_policy_of_the_manual(guest, serve, page):
    """The browser complains of what breaks it, and the test fails."""
    from playwright.sync_api import expect  # what asks by a script of its own is refused too

    root = serve(guest.output, "dang")
    tab = page("about:blank", viewport=(1440, 900))
    theme = (guest.output / "problems" / "index.html").read_text("utf-8")
    tab.route("**/*", lambda route: _under_the_policy(route, theme))
    for path in ("", "reports/2025-minzhengju/", "reports/2025-minzhengju/01/", "updates/", "about/"):
        assert tab.goto(f"{root}/gov/zhenggai/{path}").headers["content-security-policy"]
    tab.goto(f"{root}/gov/zhenggai/search/?find=救助对象")
    tab.wait_for_selector("[data-search-results] a")
    tab.goto(f"{root}/gov/zhenggai/problems/table/?find=救助对象")
    expect(tab.locator("[data-register] tbody tr").filter(has_not_text="救助对象")).to_have_count(0)
    tab.goto(f"{root}/pieces/")
    tab.fill(".rf-guest input[type=search]", "救助对象")
    tab.press(".rf-guest input[type=search]", "Enter")
    tab.wait_for_selector("[data-search-results] a")
