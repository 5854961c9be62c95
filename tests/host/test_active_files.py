"""Files that a browser would run: refused wherever they lie in the content, and stopped by the server where one got past that."""

from __future__ import annotations

import contextlib
import os
import re
import shutil

import pytest

from helpers import nginx
from helpers.attacks import document
from helpers.site import Site
from rectify.core.vocabulary import DISCLOSURE_KEYS, PROBLEM_KEYS
from rectify.release.policy import write_policy
from rectify.release.ready import Settings, ready_files

HERE = {
    "reports/2024-a/index.md": document(DISCLOSURE_KEYS, "整改"),
    "reports/2024-a/01.md": document(PROBLEM_KEYS, "问题", leave=("withdrawn",)),
}
SCRIPT = "parent.pwned=window.pwned=1"
ACTIVE = {
    "svg": f"<svg xmlns='http://www.w3.org/2000/svg' onload='{SCRIPT}'><script>{SCRIPT}</script></svg>",
    "html": f"<!doctype html><title>x</title><body onload='{SCRIPT}'><script>{SCRIPT}</script>",
    "xml": f"<html xmlns='http://www.w3.org/1999/xhtml'><body onload='{SCRIPT}'><script>{SCRIPT}</script></body></html>",
}
ENDINGS = {
    "svg": ("svg", "SVG", "svgz", "svg.xml", "txt", "pdf.svg"),
    "html": (
        "html",
        "HTM",
        "shtml",
        "xhtml",
        "xht",
        "mhtml",
        "txt",
        "md",
        "json",
        "csv",
        "",
        "htm.",
        "js",
        "mjs",
        "hta",
        "php",
        "foo",
    ),
    "xml": ("xml", "XML", "xsl", "xslt", "rdf", "atom", "rss", "wsdl", "xsd", "mathml", "xul", "xht", "dtd", "xpdl"),
}
FILES_OF_ALL_KINDS = {
    f"files/a{number}{'.' if ending else ''}{ending}": ACTIVE[form]
    for form, endings in ENDINGS.items()
    for number, ending in enumerate(endings)
}


def _published(make_site, files: dict[str, str], folder: str) -> tuple[Site, list[str]]:
    """Return a site with as many of these files as the rules let through, and the names of these."""
    left = dict(files)
    for _ in range(2):
        site = make_site(HERE | {f"{folder}{name}": text for name, text in left.items()})
        result = site.build()
        if result.exit == 0:
            return site, sorted(left)
        left = {
            name: text
            for name, text in left.items()
            if f"{folder}{name} [" not in result.out and f"{folder}{name}:" not in result.out
        }
    raise AssertionError(result.out)


@pytest.mark.parametrize(
    "folder",
    ["reports/2024-a/", ""],
    ids=["attachment", "beside the pages"],
)
def test_no_file_of_the_content_runs_as_part_of_the_site(make_site, page, serve, folder: str):
    site, names = _published(make_site, FILES_OF_ALL_KINDS, folder)
    assert names, "nothing was let through"
    tab = page(f"{serve(site.output)}/", allow=("",))
    ran = []
    for name in names:
        other = tab.context.new_page()
        with contextlib.suppress(Exception):  # a download
            other.goto(f"{serve(site.output)}/{folder}{name}")
        if other.evaluate("() => window.pwned !== undefined"):
            ran.append(name)
        other.close()
    assert ran == []


def test_a_file_of_the_content_takes_no_place_of_the_themes(make_site):
    site = make_site(
        HERE
        | {
            "assets/javascripts/search.js": f"{SCRIPT}",
            "assets/stylesheets/rectify.css": "*{display:none}",
            "data.json": SCRIPT,
        }
    )
    result = site.build()
    assert result.exit == 1 and "与主题的文件同名" in result.out and not site.output.exists()


@pytest.fixture
def behind_nginx(make_site, tmp_path):
    """A site with a drawing that somebody has put into it after the build, served with the shipped configuration."""
    if os.environ.get("RECTIFY_NO_NGINX") or not nginx.find():
        (pytest.fail if os.environ.get("CI", "").lower() not in ("", "0", "false") else pytest.skip)(
            "nginx: none found; run.py test installs one"
        )
    site = make_site(HERE)
    site.build().ok()
    live, port = tmp_path / "live", nginx.free_port()
    release = live / "releases" / "0001-test"
    shutil.copytree(site.output, release)
    for form, text in ACTIVE.items():
        (release / f"handler.{form}").write_text(re.sub("<script>.*</script>", "", text), "utf-8")
        # Not the same text, for the policy allows scripts by what they say.
        (release / f"script.{form}").write_text(
            text.replace(f" onload='{SCRIPT}'", "").replace(SCRIPT, f"{SCRIPT}/*{form}*/"), "utf-8"
        )
    for ending in ("atom", "rss"):
        (release / f"script.{ending}").write_text((release / "script.xml").read_text("utf-8"), "utf-8")
    os.symlink("releases/0001-test", live / "current")
    write_policy(live, [release])
    with nginx.running(
        ready_files(["nginx"], Settings(live.as_posix(), "/srv/content", port=port))["nginx/rectify.conf"],
        tmp_path / "run",
        port,
    ):
        yield f"http://127.0.0.1:{port}"


@pytest.mark.parametrize(
    "name",
    [
        "handler.svg",
        "handler.html",
        "handler.xml",
        "script.xml",
        "script.svg",
        "script.html",
        "script.atom",
        "script.rss",
    ],
)
def test_the_shipped_server_stops_what_got_past_the_rules(behind_nginx, page, name: str):
    tab = page(f"{behind_nginx}/", allow=("",))
    answers = []
    tab.on("response", lambda answer: answers.append((answer.url, answer.status)))
    with contextlib.suppress(Exception):  # a download
        tab.goto(f"{behind_nginx}/{name}")
    assert (f"{behind_nginx}/{name}", 200) in answers
    assert tab.evaluate("window.pwned === undefined")
