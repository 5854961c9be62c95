"""What THIRD_PARTY.md says of a built site, against what it contains."""

import re
from pathlib import Path

import pytest

from helpers.site import ROOT
from rectify.core.site_map import at


@pytest.fixture(scope="module")
def output(built_site) -> Path:
    return built_site.output


def test_a_site_holds_no_file_from_others(output):
    """Below assets/ is what lies in theme/, and what is made from it and the vocabulary."""
    names = {path.relative_to(output).as_posix() for path in (output / "assets").rglob("*") if path.is_file()}
    made = {name for name in names if re.search(r"\.[0-9a-f]{8}\.(?:css|js)$", name)} | {at("theme_scripts")}
    assert len(made) > 2 and [name for name in names - made if not (ROOT / "theme" / name).is_file()] == []


def test_nothing_is_shipped_that_only_a_reader_of_licences_would_notice(output):
    fonts = [path for path in output.rglob("*") if path.suffix in (".woff", ".woff2", ".ttf", ".otf", ".eot")]
    assert not fonts


def test_what_the_project_itself_holds_is_its_own():
    """A file that others wrote begins with their notice; in theme/ and in the package there is none."""
    wrong = [
        path.relative_to(ROOT).as_posix()
        for folder in ("theme", "plugins")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".py", ".js", ".css", ".html", ".svg", ".toml")
        and re.search(rb"(?i)copyright (\(c\)|\xc2\xa9|\d)|\(c\) (19|20)\d\d|@license|SPDX-", path.read_bytes())
    ]
    assert not wrong, f"name in THIRD_PARTY.md whose it is: {wrong}"
