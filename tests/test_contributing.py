"""What CONTRIBUTING.md asks of an addition; a failure says in a sentence what was forgotten and where it goes."""

import re
from pathlib import Path
from posixpath import join, normpath
from urllib.parse import unquote, urlsplit

import click
import pytest

from helpers.project import files
from helpers.site import ROOT
from rectify.cli import main
from rectify.host.options import Options
from rectify.release.targets.destinations import KINDS

GENERATED = {"commands.md", "formats.md", "vocabulary.md"}
HANDWRITTEN = [path for path in sorted((ROOT / "docs").glob("*.md")) if path.name not in GENERATED]
COMMANDS = main.list_commands(click.Context(main))


def read(*names: str) -> str:
    return "\n".join((ROOT / name).read_text(encoding="utf-8") for name in names)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_documented(name):
    for readme in ("README.md", "README.zh-CN.md"):
        assert f"rectify {name}" in read(readme), f"{readme} does not show `rectify {name}`"
    manual = "\n".join(path.read_text(encoding="utf-8") for path in HANDWRITTEN)
    assert f"rectify {name}" in manual, f"no page of docs/ tells when to use `rectify {name}`"


def test_every_file_of_the_site_is_linked(built_site):
    """But for what pages load by themselves, the theme's files, the search index, the rows of the table; and what robots ask for."""
    output = built_site.output
    linked = set()
    for page in output.rglob("*.html"):
        folder = page.parent.relative_to(output).as_posix()
        for href in re.findall(r'href="([^"#]+)', page.read_text(encoding="utf-8")):
            linked.add(normpath(join(folder, unquote(urlsplit(href).path))))
    made = {path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file()}
    alone = {
        name
        for name in made - linked
        if not name.startswith(("assets/", "search/index/", "problems/table/", "robots.txt", "sitemap.xml."))
        and name[-5:] != ".html"
    }
    assert not alone, f"no page links to {sorted(alone)}; theme/pages/methodology.html lists the data"


def test_every_data_file_is_in_the_manual(built_site):
    manual = read("docs/data.md")
    for path in sorted((built_site.output / "data").iterdir()):
        name = f"{path.name}/<通报>.json" if path.is_dir() else path.name.removesuffix("index.html")
        assert f"`data/{name}`" in manual, f"docs/data.md does not name data/{name}"


@pytest.mark.parametrize("kind", KINDS)
def test_a_target_is_documented(kind):
    manual = read("docs/operations.md")
    assert f"| `{kind}:" in manual, f"docs/operations.md, 送往别处: no line for `{kind}:…`"
    with click.Context(main) as context:
        (also,) = (option for option in main.get_command(context, "publish").params if option.name == "also")
    assert f"{kind}:" in also.help, f"the help of `rectify publish --also` does not name `{kind}:…`"


def test_every_option_of_the_plugin_is_documented():
    manual = read("docs/configuration.md")
    missing = [name for name, _ in Options._schema if f"| `{name}` |" not in manual]
    assert not missing, f"docs/configuration.md does not tell of {missing}"


def test_what_the_documents_name_is_there():
    """Paths in code spans; `host/site.py` is short for the one in the package."""
    known = {path.relative_to(ROOT).as_posix() for path in files()}
    known |= {parent.as_posix() for name in known for parent in Path(name).parents}
    roots = ("plugins", "theme", "tests", "docs", "tools", "benchmarks", "locks")
    layers = ("core", "sources", "prose", "intake", "checks", "outputs", "host", "release", "cli")
    documents = ["CONTRIBUTING.md", "SECURITY.md", "README.md", "README.zh-CN.md"]
    wrong = []
    for document in documents:
        for name in re.findall(r"`([\w-]+/[\w./-]*)`", read(document)):
            full = f"plugins/rectify/{name}" if name.split("/")[0] in layers else name
            if full.split("/")[0] in roots and full.rstrip("/") not in known:
                wrong.append(f"{document}: {name}")
    assert not wrong, "no such file: " + ", ".join(wrong)
