"""The main flows in Firefox: what Chromium's tests look at closely works in another engine too."""

import os
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest

from helpers import firefox

PAGES = (
    "",
    "reports/2025-minzhengju/",
    "reports/2025-minzhengju/01/",
    "problems/",
    "problems/table/",
    "updates/",
    "search/",
)


@pytest.fixture(scope="module")
def window(tmp_path_factory):
    if os.environ.get("RECTIFY_NO_FIREFOX") or not firefox.find():
        reason = os.environ.get("RECTIFY_NO_FIREFOX") or "none found; run.py test installs one"
        if os.environ.get("CI", "").lower() not in ("", "0", "false"):
            pytest.fail(f"CI needs Firefox: {reason}", pytrace=False)
        pytest.skip(f"Firefox: {reason}")
    with firefox.session(tmp_path_factory.mktemp("firefox") / "profile") as session:
        yield session


def soon(ask: Callable[[], Any]) -> Any:
    """What is asked for, as soon as it is there; what was said last where it does not come."""
    end = time.monotonic() + 60
    while not (said := ask()) and time.monotonic() < end:
        time.sleep(0.1)
    return said


def test_from_home_to_a_problem_and_no_page_wider_than_the_window(window, built_site, serve):
    base = serve(built_site.output)
    run = window.run
    window.visit(f"{base}/")
    for link in (".rf-reports__title", "main a[href$='/01/']"):
        before = run("return location.href")
        press = "const one = document.querySelector(arguments[0]); one?.click(); return Boolean(one)"
        assert soon(lambda link=link, press=press: run(press, link)), link
        assert soon(lambda before=before: run("return location.href") != before), link
    titles = {one["title"] for one in built_site.data("problems")["problems"]}
    assert soon(lambda: run("return document.querySelector('h1')?.textContent.trim()") in titles)
    window.resize(450, 900)
    wide = {}
    for path in PAGES:
        window.visit(f"{base}/{path}")
        wide[path] = run("return document.documentElement.scrollWidth - innerWidth")
    window.resize(1300, 900)
    assert {path: over for path, over in wide.items() if over > 0} == {}


def test_search_table_and_tools(window, built_site, serve):
    base = serve(built_site.output)
    run = window.run
    problem = built_site.data("problems")["problems"][0]
    window.visit(f"{base}/search/?q={quote(problem['title'][2:6])}")
    assert soon(lambda: problem["title"] in run("return document.querySelector('main').textContent"))
    window.visit(f"{base}/problems/table/?status=ongoing")
    ongoing = sum(one["status"] == "ongoing" for one in built_site.data("problems")["problems"])
    assert soon(lambda: run("return document.querySelectorAll('main tbody tr').length") == ongoing)
    size = "return parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)"
    before = run(size)
    run("document.querySelector('[data-rf-tools]').click()")
    larger = "[...document.querySelectorAll('button')].find(one => one.textContent.trim() === arguments[0])"
    assert soon(lambda: run(f"const one = {larger}; one?.click(); return Boolean(one)", "放大文字"))
    assert soon(lambda: run(size) > before)
    window.visit(f"{base}/problems/table/")
    assert soon(lambda: run(size) > before)
    assert soon(lambda: run(f"const one = {larger}; one?.click(); return Boolean(one)", "恢复默认"))
    assert soon(lambda: run(size) == before)
