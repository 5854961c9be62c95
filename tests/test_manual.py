"""docs/ as a site of its own: built by plain MkDocs, strictly, asking no other host; its generated pages say what the code says."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.site import ROOT


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
