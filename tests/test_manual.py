"""docs/ as a site of its own: built by plain MkDocs, strictly, asking no other host; its generated pages say what the code says."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.site import ROOT
from rectify.host.options import Options
from rectify.host.plugin import RectifyPlugin


@pytest.fixture(scope="module")
def manual(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("manual") / "site"
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", str(ROOT / "docs.yml"), "-d", str(out)],
        cwd=ROOT,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return out


def test_the_generated_pages_are_what_the_code_says():
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "manual.py"), "--check"], stdout=subprocess.PIPE, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_it_builds_strictly_with_every_page(manual):
    written = [path.relative_to(ROOT / "docs").with_suffix("") for path in (ROOT / "docs").rglob("*.md")]
    for page in written:
        folder = page.parent if page.name in ("index", "README") else page
        assert (manual / folder / "index.html").is_file(), page


def test_it_loads_nothing_from_elsewhere(manual):
    """Links may lead away; nothing is fetched that a reader did not ask for."""
    loading = re.compile(
        r"""<\w[^>]+\s(?:src|srcset)="(?:https?:)?//|<link(?![^>]+rel="canonical")[^>]+href="(?:https?:)?//"""
    )
    wrong = [
        str(page.relative_to(manual)) for page in manual.rglob("*.html") if loading.search(page.read_text("utf-8"))
    ]
    wrong += [
        str(style.relative_to(manual))
        for style in manual.rglob("*.css")
        if re.search(r"url\([\"']?(https?:)?//|@import", style.read_text("utf-8"))
    ]
    assert not wrong


def test_what_it_includes_is_included(manual):
    assert "六种增加" in (manual / "contributing/index.html").read_text("utf-8")
    assert "--8&lt;--" not in (manual / "security/index.html").read_text("utf-8")


def _rows(page: str) -> dict[str, list[str]]:
    """Return the other columns of the tables of a page by every name in code that stands in the first."""
    lines = (ROOT / "docs" / page).read_text("utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| `")]
    return {name: others for first, *others in cells for name in re.findall("`([^`]+)`", first)}


def test_every_option_is_told_with_its_kind_and_its_default():
    rows = _rows("configuration.md")
    for name, option in Options._schema:
        kind, otherwise, meaning = rows[name]
        assert kind and meaning
        if option.default not in (None, ""):
            assert str(option.default).lower() in otherwise.lower() or (option.default == 0 and otherwise), name


def test_every_event_is_told_with_its_place():
    told = {name: int(others[0]) for name, others in _rows("guest.md").items() if name.startswith("on_")}
    own = {name: method for name, method in vars(RectifyPlugin).items() if name.startswith("on_")}
    assert told == {name: getattr(method, "mkdocs_priority", 0) for name, method in own.items()}
