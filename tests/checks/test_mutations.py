"""The cases of the rules against the rules: a report that is taken out or made without condition must be noticed.

A mutant is a module of the package with one change; the code of its functions takes the place of theirs. Two kinds of change are made at
every place of the layers below that reports a rule: the finding goes out under a rule that no case asks for, and each
condition around the place is taken for true.
"""

import ast
import importlib
import inspect
import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from functools import cache
from pathlib import Path
from types import CodeType, FunctionType
from typing import NamedTuple

import pytest

import rectify
from helpers.cases import Case, all_cases, write_disclosure
from rectify.checks.content import check_content
from rectify.core.family import CHECKED, family_of
from rectify.core.finding import RULES

PACKAGE = Path(rectify.__file__).parent
LAYERS = ("sources", "prose", "checks")
"""What `rectify check` runs; importing and building report some of the same rules and have tests of their own."""
NOBODY = "S999"
"""A rule that no case asks for."""


class Place(NamedTuple):
    """A call that reports a rule."""

    file: Path
    line: int
    column: int
    rule: str
    words: str
    """The call as written."""

    def where(self) -> str:
        return f"{self.file.relative_to(PACKAGE).as_posix()}:{self.line}"

    def key(self) -> tuple[str, str, str]:
        return self.file.relative_to(PACKAGE).as_posix(), self.rule, self.words


class Guard(NamedTuple):
    """A condition, or one of several joined by `and`, that stands around a place."""

    place: Place
    line: int
    column: int
    words: str
    holds: bool
    """False where the place is in the other branch."""

    def key(self) -> tuple[str, str, str]:
        return self.place.file.relative_to(PACKAGE).as_posix(), self.place.rule, self.words


_QUICK = "a quick look before the search: whatever the pattern matches has this"
_NO_LINK = "what is no link lies inside its folder"
_TWICE = "what lies outside is found again file by file"
_TYPED = "the type allows None, the function that makes it does not"
_NO_SUCH_WORD = "no confusion of the list lies within a set phrase as long as nobody adds one"
_OWNED = "a case is a site of the register's own; what an owner's theme ships is tried in tests/host/test_guest.py"
_LINKED_DISCLOSURES = "disclosures.is_symlink() and (not lies_inside(disclosures, content))"

EQUIVALENT: dict[tuple[str, str, str], str] = {
    ("checks/bodies/addresses.py", "S111", "'[[' in line"): _QUICK,
    ("checks/bodies/signs.py", "S113", "any((sign in text.whole for sign in _HINTS))"): _QUICK,
    ("checks/counting.py", "C001", "stated.total is not None"): _TYPED,
    ("checks/counting.py", "C003", "stated.total is not None"): _TYPED,
    ("checks/structure.py", "S060", "'<' in line"): _QUICK,
    ("checks/built_site.py", "B009", "path not in owners"): _OWNED,
    ("prose/pointed_marks.py", "M007", "_GAPS.search(line)"): _QUICK,
    ("prose/handling.py", "M004", "not signs.isdisjoint(_DATE_SIGNS)"): _QUICK,
    ("prose/handling.py", "M004", "not signs.isdisjoint(_QUOTES)"): _QUICK,
    ("prose/identification.py", "P013", "'区' in text"): _QUICK,
    ("prose/identification.py", "P015", "is_about_security"): _QUICK,
    ("prose/marks.py", "M005", r"'\\' in text or _FILE.search(text)"): _QUICK,
    ("prose/marks.py", "M006", "'//' in text"): _QUICK,
    ("prose/placeholders.py", "W003", "_NO_DAY.search(passage.text)"): _QUICK,
    ("prose/program_words.py", "W027", "_HINT.search(passage.text)"): _QUICK,
    ("prose/program_words.py", "W027", "_LEFT_HINT.search(passage.text)"): _QUICK,
    ("prose/typography.py", "W014", "not habit or match[0] not in told"): "only how often it is told differs",
    ("prose/wording.py", "W024", "not _TYPO.search(near)"): _NO_SUCH_WORD,
    ("prose/wording.py", "W023", "_HINTS.search(text)"): _QUICK,
    ("prose/wording.py", "W024", "_HINTS.search(text)"): _QUICK,
    ("sources/content.py", "S005", "disclosures.is_symlink()"): _NO_LINK,
    ("sources/content.py", "S005", "entry.is_symlink()"): _NO_LINK,
    ("sources/content.py", "S005", "file.is_symlink()"): _NO_LINK,
    ("sources/folder.py", "S005", "full.is_symlink()"): _NO_LINK,
    ("sources/markup.py", "S043", "len(one) > _DEEPEST"): _QUICK,
    ("sources/text.py", "S005", "stat.S_ISLNK(status.st_mode)"): _NO_LINK,
    ("sources/content.py", "S005", _LINKED_DISCLOSURES): _TWICE,
    ("sources/content.py", "S032", _LINKED_DISCLOSURES): _TWICE,
    ("sources/content.py", "S032", "entry.is_symlink() and (not lies_inside(Path(entry.path), content))"): _TWICE,
    ("sources/front_matter.py", "S015", "'*' in text"): _QUICK,
    (
        "sources/front_matter.py",
        "S012",
        "found('S012', path, 2, found=N_('方括号或者花括号没有配对'))",
    ): "libyaml does not get that deep below the limit; only its slow twin does",
}
"""Places and guards (file, rule, words) that may be changed without any difference in what is found, and why."""


def _is_disclosure(node: ast.AST) -> bool:
    first = node.args[0] if isinstance(node, ast.Call) and node.args else None
    return (
        isinstance(first, ast.Constant)
        and isinstance(first.value, str)
        and first.value in RULES
        and family_of(first.value) in CHECKED
    )


@cache
def _tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"))


def _files() -> list[Path]:
    """Return the files that name a rule."""
    files = sorted(file for layer in LAYERS for file in (PACKAGE / layer).rglob("*.py"))
    return [file for file in files if re.search(r"""["'][A-Z]\d{3}["']""", file.read_text("utf-8"))]


def _places() -> Iterator[Place]:
    for file in _files():
        for node in ast.walk(_tree(file)):
            if _is_disclosure(node):
                yield Place(file, node.args[0].lineno, node.args[0].col_offset, node.args[0].value, ast.unparse(node))


def _guards(place: Place) -> Iterator[Guard]:
    """Yield every condition between a place and the function that it stands in."""

    def around(node: ast.AST, tests: list[tuple[ast.expr, bool]]) -> list[tuple[ast.expr, bool]] | None:
        if isinstance(node, ast.Constant) and (node.lineno, node.col_offset) == (place.line, place.column):
            return tests
        for name, value in ast.iter_fields(node):
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    inner = tests
                    if isinstance(node, (ast.If, ast.IfExp)) and name in ("body", "orelse"):
                        inner = [*tests, (node.test, name == "body")]
                    elif isinstance(node, (ast.ListComp, ast.GeneratorExp, ast.SetComp)) and name == "elt":
                        inner = [*tests, *((test, True) for generator in node.generators for test in generator.ifs)]
                    if (result := around(child, inner)) is not None:
                        return result
        return None

    for test, holds in around(_tree(place.file), []) or ():
        parts = test.values if holds and isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And) else [test]
        for part in parts:
            yield Guard(place, part.lineno, part.col_offset, ast.unparse(part), holds)


class _Dropped(ast.NodeTransformer):
    def __init__(self, place: Place):
        self.place = place

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        at = (node.lineno, node.col_offset, node.value) == (self.place.line, self.place.column, self.place.rule)
        return ast.copy_location(ast.Constant(NOBODY), node) if at else node


class _Weakened(ast.NodeTransformer):
    """Evaluates the condition, so that what it binds is bound, and goes on as if it held."""

    def __init__(self, guard: Guard):
        self.guard = guard

    def visit(self, node: ast.AST) -> ast.AST:
        if (
            isinstance(node, ast.expr)
            and (node.lineno, node.col_offset) == self.guard[1:3]
            and ast.unparse(node) == self.guard.words
        ):
            operator = ast.Or() if self.guard.holds else ast.And()
            return ast.fix_missing_locations(
                ast.copy_location(ast.BoolOp(operator, [node, ast.Constant(self.guard.holds)]), node)
            )
        return self.generic_visit(node)


def _codes(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _codes(constant)


@contextmanager
def mutant(place: Place, change: ast.NodeTransformer) -> Iterator[None]:
    """Give the functions of the module that a place stands in the changed code, and take it back."""
    tree = change.visit(deepcopy(_tree(place.file)))
    name = ".".join(("rectify", *place.file.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")
    module = importlib.import_module(name)
    codes = {(code.co_qualname, code.co_firstlineno): code for code in _codes(compile(tree, str(place.file), "exec"))}
    kept = [(function, function.__code__) for function in _functions(module)]
    for function, code in kept:
        function.__code__ = codes[function.__qualname__, code.co_firstlineno]
    try:
        yield
    finally:
        for function, code in kept:
            function.__code__ = code


def _functions(module) -> Iterator[FunctionType]:
    """Yield the functions and methods that are written out in a module."""
    for value in vars(module).values():
        if getattr(value, "__module__", "") == module.__name__:
            members = vars(value).values() if inspect.isclass(value) else [value]
            plain = (one for one in map(_plain, members) if isinstance(one, FunctionType))
            yield from (one for one in plain if one.__code__.co_filename == module.__file__)


def _plain(value: object) -> object:
    if isinstance(value, property):
        value = value.fget
    return inspect.unwrap(value) if callable(value) else getattr(value, "__func__", value)


CASES: dict[str, list[Case]] = defaultdict(list)
for case in all_cases():
    CASES[case.rule].append(case)
PLACES = list(_places())
DISCLOSURES = [place for place in PLACES if place.key() not in EQUIVALENT]
GUARDS = [guard for place in PLACES for guard in _guards(place) if guard.key() not in EQUIVALENT]


@pytest.fixture(autouse=True)
def rule_of_nobody(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(RULES._all, NOBODY, {"severity": "note", "zh": "", "zh_fix": "", "en": "", "en_fix": ""})


def _right(case: Case, folder: Path) -> bool:
    """Return whether a case holds; a mutant that raises is noticed."""
    folder.mkdir()
    try:
        return (case.rule in {finding.rule for finding in case.run(folder)}) == case.fires
    except Exception:
        return False


def _noticed(cases: list[Case], folder: Path) -> bool:
    return any(not _right(case, folder / f"{number}") for number, case in enumerate(cases))


def _named(one: Place | Guard) -> str:
    place = one.place if isinstance(one, Guard) else one
    return f"{place.where()} {place.rule}" + (f" {one.words[:60]}" if isinstance(one, Guard) else "")


@pytest.mark.parametrize("place", DISCLOSURES, ids=_named)
def test_a_report_taken_out_is_noticed(place: Place, tmp_path: Path):
    cases = [case for case in CASES.get(place.rule, ()) if case.fires]
    if not cases:
        pytest.skip(f"{place.rule} has no cases")
    with mutant(place, _Dropped(place)):
        assert _noticed(cases, tmp_path), f"{place.where()}: {place.rule} can be taken out and no case notices"


@pytest.mark.parametrize("guard", GUARDS, ids=_named)
def test_a_condition_taken_for_true_is_noticed(guard: Guard, tmp_path: Path):
    place = guard.place
    if place.rule not in CASES:
        pytest.skip(f"{place.rule} has no cases")
    beside = {other.rule for other in PLACES if other.file == place.file}
    cases = sorted(
        (case for rule in beside for case in CASES.get(rule, ())),
        key=lambda case: (case.rule != place.rule, case.fires),
    )
    with mutant(place, _Weakened(guard)):
        noticed = _noticed(cases, tmp_path) or _clean_no_more(tmp_path / "clean")
    assert noticed, f"{place.where()}: {place.rule} can be reported without “{guard.words}” and no case notices"


def _clean_no_more(folder: Path) -> bool:
    """Return whether something is found in the disclosure that cases start from."""
    folder.mkdir()
    return bool(check_content(write_disclosure(folder)).findings)


def test_every_exception_still_stands_somewhere():
    keys = {one.key() for place in PLACES for one in (place, *_guards(place))}
    assert set(EQUIVALENT) <= keys
