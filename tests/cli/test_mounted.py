"""The commands in a site that is its owner's: which register is meant, and what its configuration says of it."""

import json
import shutil

import pytest

from helpers.cases import DISCLOSURE
from helpers.repository import committed, git
from helpers.site import Site

PROBLEM = DISCLOSURE["reports/2024-a/01.md"]
PRIVATE = PROBLEM.replace("逐日核对", "逐日核对，手机13800138000")


def _register(site: Site, path: str, name: str) -> None:
    for file, text in DISCLOSURE.items():
        place = site.root / "docs" / path / file.replace("2024-a", name)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")


@pytest.fixture
def site(tmp_path) -> Site:
    made = Site(tmp_path, tmp_path / "site")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# 首页\n", "utf-8")
    return made


@pytest.fixture
def two(site) -> Site:
    """A site with two registers."""
    plugins = ["search", *({"rectify": {"path": path, "language": "zh"}} for path in ("gov/xuncha", "shenji"))]
    told = {"site_name": "馆", "theme": {"name": "mkdocs", "highlightjs": False}, "plugins": plugins}
    (site.root / "mkdocs.yml").write_text(json.dumps(told), "utf-8")
    _register(site, "gov/xuncha", "2024-a")
    _register(site, "shenji", "2024-b")
    return site


def test_what_is_inherited_and_what_variables_say_is_what_mkdocs_builds(site):
    """A mapping of plugins over one that is inherited, and a path that the environment may give."""
    base = "plugins: {search: {}, rectify: {path: !ENV [PLACE, WHERE, zhenggai], words: office.toml}}\n"
    (site.root / "base.yml").write_text(f"theme: {{name: mkdocs, highlightjs: false}}\n{base}", "utf-8")
    own = "INHERIT: base.yml\nsite_name: !ENV [NAME, 馆]\nplugins: {rectify: {language: zh}}\n"
    (site.root / "mkdocs.yml").write_text(own, "utf-8")
    (site.root / "office.toml").touch()
    environment = {"WHERE": "gov"}
    _register(site, "gov", "2024-a")
    assert "1 份通报、2 个问题" in site.rectify("check", env=environment).ok().out
    site.rectify("update", "2024-a/01", "--status", "已完成", "--note", "补录完毕。", env=environment).ok()
    assert "补录完毕" in (site.root / "docs/gov/reports/2024-a/01.md").read_text("utf-8")
    assert "docs/gov：1 份通报" in site.rectify("doctor", env=environment).out
    refused = site.rectify("publish", "--to", "../live", env=environment)
    assert refused.exit == 1 and "path: gov/" in refused.out
    site.rectify("build", env=environment).ok()
    assert "补录完毕" in (site.output / "gov/reports/2024-a/01/index.html").read_text("utf-8")
    missing = site.rectify("check")
    assert missing.exit == 2 and "docs/zhenggai" in missing.out


def test_every_register_is_checked_and_built_and_what_is_wrong_is_told_with_its_folder(two):
    assert "2 份通报、4 个问题" in two.rectify("check").ok().out
    assert "2 份通报、4 个问题" in two.rectify("check", "docs").ok().out
    assert "2 个问题" in two.rectify("check", "2024-b").ok().out
    for register in ("gov/xuncha", "shenji"):
        assert f"docs/{register}：1 份通报" in two.rectify("doctor").out
    built = two.rectify("build").ok().out
    assert all(f"site/{register}/index.html" in built for register in ("gov/xuncha", "shenji"))
    # No `nav` says where they stand in the site's menu.
    menu = (two.output / "index.html").read_text("utf-8")
    assert 'href="gov/xuncha/"' in menu and 'href="shenji/"' in menu
    of_the_frame = two.rectify("check", "site")
    assert of_the_frame.exit == 2 and "rectify build" in of_the_frame.out
    (two.root / "docs/shenji/reports/2024-b/01.md").write_text(PRIVATE, "utf-8")
    assert "docs/shenji/reports/2024-b/01.md:" in two.rectify("check").out
    refused = two.rectify("build")
    assert refused.exit == 1 and "\nshenji/reports/2024-b/01.md:" in refused.out and "[P002]" in refused.out


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_a_commit_is_looked_at_in_every_register(two):
    committed(two)
    two.rectify("hook", "install").ok()
    (two.root / "docs/shenji/reports/2024-b/01.md").write_text(PRIVATE, "utf-8")
    git(two, "add", "-A").ok()
    refused = git(two, "commit", "-qm", "更新")
    assert refused.exit == 1 and "docs/shenji/reports/2024-b/01.md:" in refused.out and "[P002]" in refused.out
    linked = f"{PROBLEM}\n见[首页](../../../index.md)、[另一个](../../../gov/xuncha/reports/2024-a/02.md)。\n"
    (two.root / "docs/shenji/reports/2024-b/01.md").write_text(linked, "utf-8")
    git(two, "add", "-A").ok()
    git(two, "commit", "-qm", "更新").ok()
    git(two, "rm", "-q", "--cached", "docs/index.md").ok()
    (two.root / "docs/shenji/reports/2024-b/01.md").write_text(f"{linked}\n又一句。\n", "utf-8")
    git(two, "add", "docs/shenji").ok()
    assert "S041" in git(two, "commit", "-qm", "更新").out


@pytest.mark.parametrize(
    "command",
    (
        ("status",),
        ("show", "2024-b/01"),
        ("update", "2024-b/01", "--note", "一句"),
        ("new", "problem", "2024-b"),
        ("approve", "2024-b", "--by", "机关党委"),
        ("paper", "overdue"),
        ("export", "--xlsx"),
        ("withdraw", "2024-b/01", "--reason", "隐私", "--to", "live"),
        ("import", "docs/index.md"),
        ("desk", "--no-open"),
    ),
    ids=lambda command: command[0],
)
def test_a_command_for_one_register_asks_which(two, command):
    asked = two.rectify(*command)
    assert asked.exit in (1, 2) and "docs/gov/xuncha, docs/shenji" in asked.out and "Traceback" not in asked.out


def test_the_folder_that_one_stands_in_tells_which_register_is_meant(two):
    inside = Site(two.root / "docs" / "shenji", two.output)
    assert "2024-b/01" in inside.rectify("status").ok().out
    assert "2024-b/01" in two.rectify("status", "--content", "docs/shenji").ok().out
    inside.rectify("update", "2024-b/01", "--status", "已完成", "--note", "补录完毕。").ok()
    assert "补录完毕" in (inside.root / "reports/2024-b/01.md").read_text("utf-8")
    _register(two, "gov/xuncha", "2024-b")
    unclear = two.rectify("check", "2024-b")
    assert unclear.exit == 2 and "几个登记里都有" in unclear.out
