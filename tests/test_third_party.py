"""THIRD_PARTY.md against what a built site and the wheel contain."""

import json
import re
from fnmatch import fnmatch
from importlib.util import find_spec
from pathlib import Path

import pytest

from helpers.site import ROOT
from rectify.core.site_map import at

TABLES = re.findall(r"^\|(.+?)\|", (ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8"), re.MULTILINE)
NAMED = [name for cell in TABLES for name in re.findall(r"`([^`]+)`", cell)]


@pytest.fixture(scope="module")
def output(built_site) -> Path:
    return built_site.output


def others(output: Path) -> list[str]:
    """The files of a built site below assets/ that are neither in theme/ nor made from the vocabulary."""
    names = (path.relative_to(output).as_posix() for path in (output / "assets").rglob("*") if path.is_file())
    return [
        name
        for name in names
        if name not in (at("status_styles"), at("theme_scripts")) and not (ROOT / "theme" / name).is_file()
    ]


def test_every_file_from_others_is_named(output):
    patterns = [name for name in NAMED if name.startswith("assets/")]
    unnamed = [name for name in others(output) if not any(fnmatch(name, pattern) for pattern in patterns)]
    assert not unnamed, f"THIRD_PARTY.md does not name {unnamed}"
    idle = [pattern for pattern in patterns if not any(fnmatch(name, pattern) for name in others(output))]
    assert not idle, f"THIRD_PARTY.md names what a site does not contain: {idle}"


def test_what_is_compiled_into_them_is_named(output):
    """Their source maps tell."""
    sources = [source for path in output.rglob("*.map") for source in json.loads(path.read_bytes())["sources"]]
    packages = {found[1] for source in sources if (found := re.search(r"node_modules/((?:@[^/]+/)?[^/]+)", source))}
    assert packages == {name for name in NAMED if "/" not in name}


def test_every_icon_is_named(output):
    """A drawing in a page is one of Material's icons, found by its path, or our own and built of simple forms."""
    icons = Path(find_spec("material").origin).parent / "templates" / ".icons"
    named = {
        name: (icons / f"{name}.svg").read_text(encoding="utf-8") for name in NAMED if name.startswith("material/")
    }
    used = set()
    for page in output.rglob("*.html"):
        for path in re.findall(r"<svg[^>]*>\s*<path d=\"([^\"]+)\"", page.read_text(encoding="utf-8")):
            found = [name for name, drawing in named.items() if path in drawing]
            assert found, f"{page.relative_to(output)}: THIRD_PARTY.md does not name the icon {path[:40]}…"
            used.update(found)
    assert used == set(named)


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
