"""What the fixtures promise: a checker that finds nothing is worse than none."""

import contextlib
import re
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from helpers.browser import Visits
from helpers.cases import DISCLOSURE
from helpers.growth import assert_linear
from helpers.site import WARM, Site, merged, plain_environment

POLICY = "<meta http-equiv=Content-Security-Policy content=\"default-src 'self'; style-src 'self' 'unsafe-inline'\">"
HEAD = f"<meta charset=utf-8>{POLICY}<title>页</title><link rel=icon href=/icon.svg>"
GOOD = f"<!doctype html><html lang=zh>{HEAD}<main><h1>整改</h1></main>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "index.html").write_text(GOOD, encoding="utf-8")
    (tmp_path / "404.html").write_text(GOOD.replace("整改", "没有这一页"), encoding="utf-8")
    (tmp_path / "icon.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "index.html").write_text(GOOD, encoding="utf-8")
    return tmp_path


def fetch(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_server_serves_below_a_sub_path_and_nothing_else(serve, folder):
    base = serve(folder, under="gongkai/zhenggai")
    root = base.removesuffix("/gongkai/zhenggai")
    assert fetch(f"{base}/") == (200, GOOD)
    assert fetch(f"{base}/deeper") == (200, GOOD)
    assert fetch(f"{root}/index.html")[0] == 404
    status, body = fetch(f"{base}/none/")
    assert status == 404 and "没有这一页" in body


def test_good_page_has_no_trouble_and_no_violation(page, serve, folder, axe):
    tab = page(serve(folder) + "/", viewport=(360, 740))
    assert tab.locator("h1").inner_text() == "整改"
    assert tab.evaluate("innerWidth") == 360
    assert axe(tab) == []


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        ("<script src=none.js></script>", "failed"),
        ("<img alt='' src=https://example.org/a.png>", "foreign"),
        ("<script>1</script>", "console"),
        ("<script src=throws.js></script>", "exception"),
    ],
)
def test_troubles_are_reported(browser, serve, folder, html, kind):
    (folder / "bad.html").write_text(GOOD + html, encoding="utf-8")
    (folder / "throws.js").write_text("throw new Error('x')", encoding="utf-8")
    visits = Visits(browser)
    visits.open(serve(folder) + "/bad.html").wait_for_load_state("networkidle")
    visits.close()
    assert kind in {trouble.partition(":")[0] for trouble in visits.troubles()}


def test_allowed_trouble_is_left_out(page, serve, folder):
    page(serve(folder) + "/none/", allow=("404",))


@pytest.mark.parametrize(
    ("html", "rule"),
    [
        ("<img src=icon.svg>", "image-alt"),
        ("<p style='color:#aaa;background:#fff'>看不清</p>", "color-contrast"),
        (
            "<button style='width:9px;height:9px;padding:0'>a</button><button style='width:9px;height:9px'>b</button>",
            "target-size",
        ),
    ],
)
def test_axe_finds_violations_under_a_strict_policy(page, serve, folder, axe, html, rule):
    (folder / "bad.html").write_text(GOOD + html, encoding="utf-8")
    assert rule in {violation["id"] for violation in axe(page(serve(folder) + "/bad.html"))}


def test_configuration_is_merged_key_by_key():
    assert merged({"theme": {"a": 1, "b": 2}, "x": [1]}, {"theme": {"b": 3}, "x": []}) == {
        "theme": {"a": 1, "b": 3},
        "x": [],
    }


@pytest.mark.parametrize("host", ["mkdocs", "properdocs"])
def test_miniature_site_builds_on_both_hosts(make_site, host):
    site = make_site({"about.md": "# 关于\n\n说明。\n"}, site_name="小站")
    result = site.build("--strict", host=host).ok()
    assert "关于" in site.page("about/")
    assert "小站" in site.page()
    assert "about/index.html" in site.files()
    assert "Zensical" not in result.out


@pytest.mark.parametrize(("pattern", "linear"), [("a*b", False), ("(?<!a)a*b", True)])
def test_work_that_grows_with_the_square_is_noticed(pattern: str, linear: bool):
    def search(text: str) -> None:
        re.search(pattern, text)

    with contextlib.nullcontext() if linear else pytest.raises(AssertionError, match="times as much"):
        assert_linear(lambda size: "a" * size, search, 80_000)


COMMANDS = (
    ("rectify", "--version"),
    ("rectify", "status"),
    ("rectify", "no-such-command"),
    ("rectify", "--lang", "en", "check", "no/such"),
    (sys.executable, "-m", "mkdocs", "build", "-f", "no-such.yml"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_warm_command_answers_as_a_cold_one(tmp_path, monkeypatch, command):
    if command[0] == "rectify":
        command = (str(Path(sys.executable).with_name("rectify")), *command[1:])
    warm = WARM.run(command, tmp_path, plain_environment(), 60)
    monkeypatch.setenv("RECTIFY_TESTS_COLD", "1")
    cold = Site(tmp_path, tmp_path).run(*command)
    assert warm == (cold.exit, cold.out) and cold.out


def test_a_warm_publication_is_that_of_a_cold_one(make_site, tmp_path, monkeypatch):
    site, on = make_site(DISCLOSURE), {"SOURCE_DATE_EPOCH": "1727712000"}
    manifests = []
    for cold in ("", "1"):
        monkeypatch.setenv("RECTIFY_TESTS_COLD", cold)
        site.rectify("publish", "--to", str(tmp_path / f"live{cold}"), env=on).ok()
        manifests.append((tmp_path / f"live{cold}" / "current" / "manifest.json").read_bytes())
    assert manifests[0] == manifests[1]


@pytest.mark.parametrize("command", [("publish", "--to", "live"), ("build",)], ids=" ".join)
def test_a_build_that_a_warm_command_begins_is_warm_itself(make_site, tmp_path, command):
    site, begun = make_site(DISCLOSURE, hooks=["begun.py"]), tmp_path / "begun"
    site.write(
        "../begun.py", f"import pathlib, sys\npathlib.Path({str(begun)!r}).write_text(' '.join(sys.orig_argv))\n"
    )
    site.rectify(*command).ok()
    assert "warm.py" in begun.read_text()


def test_what_the_interpreter_begins_with_needs_a_cold_one(tmp_path):
    command = (str(Path(sys.executable).with_name("rectify")), "--version")
    for variable in ("PYTHONHASHSEED", "LC_ALL"):
        assert WARM.run(command, tmp_path, plain_environment({variable: "0"}), 60) is None
    assert WARM.run(("git", "--version"), tmp_path, plain_environment(), 60) is None


def test_a_warm_command_sees_its_own_environment(tmp_path):
    command = (sys.executable, "-m", "mkdocs", "build", "-f", "mkdocs.yml")
    (tmp_path / "mkdocs.yml").write_text("site_name: !ENV NAME_OF_IT\nsite_dir: out\n", "utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# 一\n", "utf-8")
    for name in ("甲", "乙"):
        assert Site(tmp_path, tmp_path).run(*command, env={"NAME_OF_IT": name}).ok()
        assert f"<title>{name}</title>" in (tmp_path / "out" / "index.html").read_text("utf-8")
