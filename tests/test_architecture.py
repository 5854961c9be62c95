"""The rules that keep the house standing: who may import whom, how long a file may get, what no file may say."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from helpers.project import files
from helpers.site import ROOT
from rectify.core.family import Family

PACKAGE = ROOT / "plugins" / "rectify"

MAY_IMPORT = {
    "core": set(),
    "prose": {"core"},
    "sources": {"core"},
    "intake": {"core", "sources", "prose"},
    "checks": {"core", "sources", "prose"},
    "outputs": {"core"},
    "host": {"core", "sources", "prose", "intake", "checks", "outputs"},
    "release": {"core", "sources", "prose", "intake", "checks", "outputs"},
    "desk": {"core", "sources", "prose", "intake", "checks", "outputs", "host", "release"},
    "cli": {"core", "sources", "prose", "intake", "checks", "outputs", "release", "desk"},
    # The package's own __init__.py is imported before any of them.
    "__init__": set(),
    "__main__": {"cli"},
}
"""core <- sources, prose <- intake, checks, outputs <- host, release <- desk <- cli; host and cli never meet."""

STANDARD_LIBRARY_ONLY = {"core", "outputs", "__init__"}
OFFICE_LIBRARIES = {"openpyxl", "docx", "lxml", "markdown"}
"""What outputs may import besides: a workbook and a Word file are outputs too, and the bodies in them are Markdown."""
PLAIN_OUTPUTS = {"data", "schema", "search_index", "search_postings", "search_text"}
"""Outputs that every build of the site makes; loading the office libraries would cost more than making them."""
HOST_ONLY = {"mkdocs", "properdocs", "material", "pymdownx", "jinja2", "markupsafe"}
MAX_LINES = 500
CODE = {".py", ".html", ".js", ".css", ".sh"}

# Written so that this file does not match itself.
FORBIDDEN = {
    "a path of one machine": r"(?<![\w.:/-])/(?:wor[k]|far[m]|tm[p]|roo[t]|hom[e]|User[s])/\w|[A-Z]:\\+User[s]\\",
    "what lies beside the project, seeds and cases aside": r"\"share[d]\" / \"(?!seeds|cases)",
    "a package registry's address": r"pypi\.or[g]|pythonhosted\.or[g]|registry\.npmj[s]|deb\.debia[n]\.org",
}


def modules() -> Iterator[tuple[str, Path]]:
    """(layer, file) of every module of the package; files at its root are layers named for themselves."""
    for path in sorted(PACKAGE.rglob("*.py")):
        inside = path.relative_to(PACKAGE).parts
        yield inside[0].removesuffix(".py"), path


def module_name(path: Path) -> str:
    """The dotted name of a module of the package."""
    return ".".join(("rectify", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_bytes(), str(path))


@cache
def code_of(path: Path) -> str:
    """A module's code without its comments, spelled as the parser spells it."""
    return ast.unparse(tree_of(path))


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of all a file imports, in functions and for type checking too; relative names resolved."""
    package = ("rectify", *path.relative_to(PACKAGE).parts[:-1])
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) + 1 - node.level] if node.level else ()
            name = ".".join((*base, *((node.module,) if node.module else ())))
            # `from rectify import host` and `from .. import host` import a layer as well.
            yield from ((node.lineno, f"{name}.{alias.name}" if name == "rectify" else name) for alias in node.names)


def layer_of(name: str) -> str | None:
    """The layer of a dotted name inside the package, None for anything else (`rectify.__version__` too)."""
    parts = name.split(".")
    return parts[1] if parts[0] == "rectify" and len(parts) > 1 and parts[1] in MAY_IMPORT else None


def test_every_folder_is_a_known_layer():
    assert {layer for layer, _ in modules()} <= set(MAY_IMPORT)


def test_the_drawing_is_the_house():
    """Every layer is in it once, above all that it may import."""
    drawing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rows = [re.findall(r"\w+", row) for row in re.findall(r"^│(.+)│$", drawing, re.MULTILINE)]
    level = {layer: len(rows) - number for number, row in enumerate(rows) for layer in row}
    assert set(level) == {layer for layer in MAY_IMPORT if not layer.startswith("__")}
    wrong = [(layer, below) for layer in level for below in MAY_IMPORT[layer] if level[below] >= level[layer]]
    assert not wrong


def test_imports_point_one_way():
    wrong = [
        f"{path.relative_to(ROOT)}:{line}: {layer} imports {name}"
        for layer, path in modules()
        for line, name in imports(path)
        if layer_of(name) not in (None, layer) and layer_of(name) not in MAY_IMPORT[layer]
    ]
    assert not wrong, "\n".join(wrong)


def test_host_libraries_stay_in_host():
    wrong = [
        f"{path.relative_to(ROOT)}:{line}: {name}"
        for layer, path in modules()
        for line, name in imports(path)
        if layer != "host" and name.split(".")[0] in HOST_ONLY
    ]
    assert not wrong, "\n".join(wrong)


def test_markdown_stays_in_host_and_outputs():
    wrong = [
        f"{path.relative_to(ROOT)}:{line}: {name}"
        for layer, path in modules()
        for line, name in imports(path)
        if layer not in ("host", "outputs") and name.split(".")[0] == "markdown"
    ]
    assert not wrong, "\n".join(wrong)


def test_core_and_outputs_need_the_standard_library_only():
    """But for the office formats among the outputs; see OFFICE_LIBRARIES."""
    wrong = [
        f"{path.relative_to(ROOT)}:{line}: {name}"
        for layer, path in modules()
        for line, name in imports(path)
        if layer in STANDARD_LIBRARY_ONLY
        and (top := name.split(".")[0]) not in sys.stdlib_module_names | {"rectify"}
        and not (layer == "outputs" and path.stem not in PLAIN_OUTPUTS and top in OFFICE_LIBRARIES)
    ]
    assert not wrong, "\n".join(wrong)


def test_every_import_is_a_declared_dependency():
    """What another package happens to bring may be gone with its next release."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    # A bucket, a cluster and a desk are for those who ask for them; their libraries are extras, imported where they are needed.
    requirements = [
        *project["dependencies"],
        *(one for extra in ("bucket", "cluster", "desk") for one in project["optional-dependencies"][extra]),
    ]
    declared = {canonical(re.match(r"[\w.-]+", requirement)[0]) for requirement in requirements}
    carriers = packages_distributions()
    wrong = [
        f"{path.relative_to(ROOT)}:{line}: {name}"
        for _, path in modules()
        for line, name in imports(path)
        if (top := name.split(".")[0]) not in sys.stdlib_module_names | {"rectify"}
        # Templates and Markdown are the hosts' own means, theirs to bring.
        and top not in HOST_ONLY
        and not {canonical(carrier) for carrier in carriers.get(top, ())} & declared
    ]
    assert not wrong, "\n".join(wrong)


def canonical(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


def test_everything_but_host_imports_without_mkdocs():
    """Read from the running modules, not from the text: an import behind an import counts too. A desk shows pages, and makes them by the host."""
    names = sorted(module_name(path) for layer, path in modules() if layer not in ("host", "desk", "__main__"))
    script = f"import sys\nfor name in {sorted(HOST_ONLY)}: sys.modules[name] = None\n"
    script += "".join(f"import {name}\n" for name in names)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr


def test_the_letter_of_a_rule_is_read_in_one_place():
    """Everything else asks for the family of a rule, which has a name."""
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node)}"
        for path in (*PACKAGE.rglob("*.py"), *(ROOT / "tests").rglob("*.py"), *(ROOT / "tools").rglob("*.py"))
        if path != PACKAGE / "core" / "family.py"
        for node in ast.walk(tree_of(path))
        if _reads_a_letter(node)
    ]
    assert not wrong, "\n".join(wrong)


def _reads_a_letter(node: ast.AST) -> bool:
    """Whether a piece of code takes a rule's code apart, or looks for a first character among the letters of families."""
    if isinstance(node, ast.Subscript):
        return _is_a_rule(node.value) and ast.unparse(node.slice) in ("0", ":1", "slice(1)")
    if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "startswith":
        return _is_a_rule(node.func.value)
    if isinstance(node, ast.Compare) and isinstance(node.left, ast.Subscript):
        letters = {family.letter for family in Family}
        first = ast.unparse(node.left.slice) in ("0", ":1")
        return first and any(getattr(one, "value", None) and set(str(one.value)) <= letters for one in node.comparators)
    return False


def _is_a_rule(node: ast.AST) -> bool:
    """Whether an expression is called a rule or a code: `code`, `finding.rule`, `place.waiver.rule.upper()`."""
    while isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("upper", "strip"):
        node = node.func.value
    return getattr(node, "attr", getattr(node, "id", "")) in ("rule", "code")


ONE_PLACE = {
    r"os\.(replace|rename)|shutil\.move|tempfile\.(mkstemp|mkdtemp)": ("sources/safe_files.py", "host/stage.py"),
    r"subprocess": ("sources/program.py",),
    r"年\{(?!_GAP)": ("core/language.py",),
    r"east_asian_width|\\u2e7f": ("core/columns.py",),
    r"(replace|compile|sub)\('\\r\\n": ("core/line_ends.py",),
    r"\.import\.json": ("intake/last_import.py",),
    r"fcntl\.\w+|msvcrt\.\w+": ("sources/lock.py",),
}
"""Words of the code, and the only files that may have them: everything else goes through what these offer."""


@pytest.mark.parametrize("words", ONE_PLACE)
def test_what_is_done_in_one_place_is_done_nowhere_else(words):
    pattern = re.compile(words)
    found = {
        path.relative_to(PACKAGE).as_posix(): line
        for _, path in modules()
        for line in code_of(path).splitlines()
        if pattern.search(line)
    }
    assert found and set(found) <= set(ONE_PLACE[words]), found


def test_no_file_outgrows_its_noun():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in files()
        if path.suffix in CODE and (lines := path.read_bytes().count(b"\n")) > MAX_LINES
    }
    assert not long, f"over {MAX_LINES} lines: {long}"


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what):
    pattern = re.compile(FORBIDDEN[what])
    wrong = []
    for path in files():
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue  # a picture or an office document
        found = [(number, line) for number, line in enumerate(lines, 1) if pattern.search(line)]
        wrong += [f"{path.relative_to(ROOT)}:{number}: {line[:120]}" for number, line in found]
    assert not wrong, f"{what}:\n" + "\n".join(wrong)


def test_the_checks_see_what_they_look_for(tmp_path, monkeypatch):
    """The import reader on the ways an import can be written."""
    monkeypatch.setattr(f"{__name__}.PACKAGE", tmp_path)
    path = tmp_path / "core" / "deep" / "model.py"
    path.parent.mkdir(parents=True)
    path.write_text(
        "import rectify.host.plugin\nfrom rectify import cli, __version__\nfrom ... import release\n"
        "from ...sources.store import read\nfrom ..counts import total\ndef late():\n    import mkdocs.plugins\n",
        encoding="utf-8",
    )
    found = [(layer_of(name), name) for _, name in imports(path)]
    assert found == [
        ("host", "rectify.host.plugin"),
        ("cli", "rectify.cli"),
        (None, "rectify.__version__"),
        ("release", "rectify.release"),
        ("sources", "rectify.sources.store"),
        ("core", "rectify.core.counts"),
        (None, "mkdocs.plugins"),
    ]


def takes_words() -> dict[tuple[str, str], int]:
    """(module, name) of every function and class that is given the office's own words, and their place among its arguments."""
    found = {}
    for _, path in modules():
        for node in tree_of(path).body:
            function = node
            if isinstance(node, ast.ClassDef):
                function = next((one for one in node.body if getattr(one, "name", "") == "__init__"), None)
            if isinstance(function, ast.FunctionDef):
                arguments = [*function.args.args[function is not node :], *function.args.kwonlyargs]
                for place, argument in enumerate(arguments):
                    if argument.annotation and ast.unparse(argument.annotation) == "OfficeWords":
                        found[module_name(path), node.name] = place
    return found


def test_the_offices_words_reach_every_reader():
    takers = takes_words()
    assert len(takers) > 10
    forgotten = []
    for _, path in modules():
        tree = tree_of(path)
        known = {name: (module, name) for module, name in takers if module == module_name(path)}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                known |= {one.asname or one.name: (node.module, one.name) for one in node.names}
        for node in ast.walk(tree):
            place = takers.get(known.get(getattr(getattr(node, "func", None), "id", "")))
            if (
                place is not None
                and len(node.args) <= place
                and not any("words" in (one.arg or "") for one in node.keywords)
            ):
                forgotten.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.func.id}")
    assert forgotten == [], "the office's own words (words.toml) are not passed on"


def test_the_folder_of_the_disclosures_is_named_once():
    """In the site map; a text for people may name it too."""
    for _layer, path in modules():
        tree = tree_of(path)
        if path.name != "site_map.py":
            texts = [
                node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
            ]
            assert not [text for text in texts if re.match(r"reports(?:/|$)", text)], (
                f"{path}: write REPORTS of core/site_map"
            )
