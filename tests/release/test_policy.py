"""The Content-Security-Policy: a hash for each script that runs, none for data, the same file while nothing changes."""

import base64
import hashlib
import os
import re
from pathlib import Path

import pytest

from rectify.checks.active_page import inline_scripts, listed
from rectify.core.site_map import at
from rectify.release.policy import CADDY, NGINX, NGINX_BEFORE, policy, script_hashes, write_policy

RUN = {
    "plain": "<script>a()</script>",
    "attributes": '<script data-base="../..">a()</script>',
    "upper case": "<SCRIPT>a()</SCRIPT >",
    "module": '<script type="module">a()</script>',
    "old type": "<script type=text/javascript async>a()</script>",
    "single quotes": "<script type='application/javascript'>a()</script>",
    "bracket in an attribute": '<script data-x="a>b">a()</script>',
    "attribute that only looks like a type": '<script data-type="application/json">a()</script>',
    "attribute that only looks like a source": '<script data-src="x.js">a()</script>',
    "import map": '<script type="importmap">a()</script>',
}
NOT_RUN = {
    "data": '<script id="__config" type="application/json">a()</script>',
    "linked data": "<script type='application/ld+json'>a()</script>",
    "file": '<script src="a.js"></script>',
    "file as module": '<script type="module" src="a.js"></script>',
    "no script": "<p>a()</p>",
}


def checksum(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@pytest.mark.parametrize("name", RUN)
def test_what_runs_has_a_hash(name):
    assert inline_scripts(f"<head>{RUN[name]}</head>".encode()) == [b"a()"]


@pytest.mark.parametrize("name", NOT_RUN)
def test_what_does_not_run_has_none(name):
    assert inline_scripts(NOT_RUN[name].encode()) == []


def let(site: Path, *scripts: str) -> None:
    """A site whose theme has these scripts."""
    (site / at("theme_scripts")).parent.mkdir(parents=True)
    (site / at("theme_scripts")).write_bytes(listed(frozenset(map(checksum, scripts))))


def test_line_ends_count_as_a_browser_reads_them(tmp_path):
    (tmp_path / "index.html").write_bytes("<script>\r\n甲()\r\n</script>".encode())
    let(tmp_path, "\n甲()\n", "not used")
    assert script_hashes([tmp_path]) == {checksum("\n甲()\n")}


def test_a_script_that_is_not_the_themes_has_no_hash(tmp_path):
    (tmp_path / "index.html").write_text("<script>theirs()</script>", "utf-8")
    assert script_hashes([tmp_path]) == set()
    let(tmp_path, "ours()")
    assert script_hashes([tmp_path]) == set()


def test_the_policy_names_hashes_in_one_order_and_nothing_unsafe():
    line = policy({"sha256-b=", "sha256-a="})
    assert "script-src 'self' 'sha256-a=' 'sha256-b=';" in line
    assert line.startswith("default-src 'none'; ") and "unsafe" not in line


def test_the_union_of_all_releases_is_written_once(tmp_path):
    old, new = tmp_path / "releases" / "0001-a", tmp_path / "releases" / "0002-b"
    for folder, script in ((old, "旧()"), (new, "新()")):
        (folder / "reports").mkdir(parents=True)
        (folder / "reports" / "index.html").write_text(f"<script>{script}</script>", "utf-8")
        let(folder, script)
    os.link(old / "reports" / "index.html", new / "shared.html")
    assert write_policy(tmp_path, [old, new])
    for name in (NGINX_BEFORE, NGINX, CADDY):
        assert set(re.findall(r"'(sha256-[^']+)'", (tmp_path / name).read_text("utf-8"))) == {
            checksum("旧()"),
            checksum("新()"),
        }
    before = os.stat(tmp_path / NGINX)
    assert not write_policy(tmp_path, [old, new])
    assert os.stat(tmp_path / NGINX).st_ino == before.st_ino
    assert write_policy(tmp_path, [old])
    assert sorted(os.listdir(tmp_path)) == [CADDY, NGINX_BEFORE, NGINX, "releases"]


def test_the_site_has_no_script_and_no_style_in_its_pages(built_site):
    assert script_hashes([built_site.output]) == set()
    styled = [
        file
        for file in built_site.files()
        if file.endswith(".html") and re.search(r"<style|\sstyle=|\son[a-z]+=\"", built_site.page(file))
    ]
    assert styled == []
