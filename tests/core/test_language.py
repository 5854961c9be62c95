"""The languages of the interface: every text has its translation, values stay, dates and numbers are written as there."""

import ast
import re
import string
import sys
from datetime import date

import pytest
from opencc import OpenCC

from helpers.site import ROOT
from rectify.core.language import LANGUAGES, N_n, language, listed, name_of, nearest_language, wanted_language
from rectify.core.vocabulary import DISCLOSURE_KEYS, FLAGS, GENRES, PROBLEM_KEYS, RECORDS, SCOPES, STATUSES, fold

sys.path.insert(0, str(ROOT / "tools"))
import catalogue

HAN = re.compile("[\u3400-\u9fff]")
CALLS = {"_", "N_", "_n", "N_n", "_p"}


def test_every_text_is_in_the_english_catalogue_with_a_translation():
    wanted = {(one.id, one.context) for one in catalogue.taken() if one.id}
    kept = {(one.id, one.context): one for one in catalogue.kept() if one.id}
    assert wanted - kept.keys() == set(), "python tools/catalogue.py update, then translate"
    assert kept.keys() - wanted == set(), "python tools/catalogue.py update: no longer said anywhere"
    for one in kept.values():
        said = one.string if isinstance(one.string, tuple) else (one.string,)
        assert all(said), f"not translated: {one.id}"
        assert not HAN.search("".join(said)) or HAN.search(_quoted(said)), f"Chinese in the translation of {one.id}"


def test_no_text_is_said_inside_an_f_string():
    """Before Python 3.12 the extraction does not see it there."""
    hidden = [
        f"{path.relative_to(ROOT)}:{call.lineno}: {argument.value}"
        for path in sorted((ROOT / "plugins").rglob("*.py"))
        for text in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and getattr(call.func, "id", getattr(call.func, "attr", "")) in catalogue.KEYWORDS
        for argument in call.args[:2]
        if isinstance(argument, ast.Constant) and HAN.search(str(argument.value))
    ]
    assert not hidden, "\n".join(hidden)


def _quoted(said: tuple[str, ...]) -> str:
    """What the translations quote: a Chinese key that has to be written as it is."""
    return "".join(re.findall("[“'\"‘`](.*?)[”'\"’`]", " ".join(said)))


def test_a_translation_names_the_same_values():
    for one in catalogue.kept():
        ids, strings = ((part,) if isinstance(part, str) else part for part in (one.id, one.string))
        for said in strings if one.id else ():
            # A plural may leave out the number, in "one problem".
            assert _names(said) | {"number"} == _names(ids[0]) | {"number"}, one.id


def _names(text: str) -> set[str]:
    percent = set(re.findall(r"%\((\w+)\)s", text))
    return percent | ({name for _, name, _, _ in string.Formatter().parse(text) if name} if not percent else set())


def test_a_text_of_the_catalogue_is_never_put_together_before_it_is_looked_up():
    wrong = []
    for file in sorted((ROOT / "plugins" / "rectify").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS and node.args:
                first = node.args[: 2 if node.func.id == "_p" else 1]
                if not all(isinstance(one, ast.Constant) and isinstance(one.value, str) for one in first):
                    wrong.append(f"{file.relative_to(ROOT)}:{node.lineno}")
    assert wrong == []


def test_a_text_with_a_number_is_noted_down_as_one_that_has_a_plural():
    for file in sorted((ROOT / "plugins" / "rectify").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("N_", "_"):
                assert "number" not in {word.arg for word in node.keywords}, f"{file}:{node.lineno}: N_n"


INNER = ("core", "sources", "prose", "checks", "intake", "outputs", "release")
PLACES_OF_WORDS = ("core/language.py", "core/vocabulary.py")
"""Where both languages stand beside each other, or are told apart."""


def _is_parameter_of_a_language(node: ast.AST) -> bool:
    names = [getattr(node, "arg", None)] if isinstance(node, (ast.arg, ast.keyword)) else [getattr(node, "id", None)]
    return any(name in ("zh", "en", "lang") or str(name).endswith("_en") for name in names)


def _compares_languages(node: ast.AST) -> bool:
    sides = [node.left, *node.comparators] if isinstance(node, ast.Compare) else []
    return any(isinstance(side, ast.Constant) and side.value in ("zh", "en") for side in sides)


def _chooses_by_language(node: ast.AST) -> bool:
    """Chinese or something else, as `x if zh else y` or as a pair."""
    if isinstance(node, ast.IfExp):
        pair = [node.body, node.orelse]
    else:
        pair = node.elts if isinstance(node, ast.Tuple) and len(node.elts) == 2 else []
    texts = [ast.unparse(side) for side in pair if isinstance(side, (ast.Constant, ast.JoinedStr))]
    return (
        len(texts) == 2
        and bool(HAN.search(texts[0]))
        and bool(re.fullmatch("[^\u3000-\u9fff]*[a-z]{3}[^\u3000-\u9fff]*", texts[1]))
    )


def _says_it_twice(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and bool(re.search("[\u3400-\u9fff。] / [A-Za-z]", str(node.value)))


def _finds_a_word_of_ours(node: ast.AST) -> bool:
    """A value of a finding that would be told in Chinese whatever is spoken."""
    if not isinstance(node, ast.Call) or getattr(node.func, "id", getattr(node.func, "attr", "")) not in (
        "found",
        "_add",
    ):
        return False
    waiting: list[ast.AST] = [*node.args[1:], *(one.value for one in node.keywords)]
    while waiting:
        one = waiting.pop()
        if isinstance(one, ast.Call) and getattr(one.func, "id", "") in ("N_", "N_n", "written"):
            continue
        # A single character, such as 某 or 年, is one that content should have.
        if isinstance(one, ast.Constant) and HAN.search(str(one.value)[:-1]):
            return True
        if isinstance(one, ast.Attribute) and one.attr in ("label", "english"):
            return True
        waiting += ast.iter_child_nodes(one)
    return False


SAID_TWICE = {
    "a parameter, an argument or a name of one language": _is_parameter_of_a_language,
    "a comparison of languages": _compares_languages,
    "a choice between Chinese and English": _chooses_by_language,
    "both languages in one text": _says_it_twice,
    "a word in a finding that is no message": _finds_a_word_of_ours,
}
"""Idioms that the catalogue replaces."""


@pytest.mark.parametrize("idiom", SAID_TWICE)
def test_the_inner_layers_leave_languages_to_the_catalogue(idiom: str):
    package = ROOT / "plugins" / "rectify"
    files = [file for layer in INNER for file in sorted((package / layer).rglob("*.py"))]
    wrong = [
        f"{file.relative_to(package)}:{node.lineno}"
        for file in files
        if file.relative_to(package).as_posix() not in PLACES_OF_WORDS
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if SAID_TWICE[idiom](node)
    ]
    assert wrong == [], f"{idiom}: {wrong}"


@pytest.mark.parametrize(
    ("key", "day", "month", "counts"),
    [
        ("zh", "2025年9月5日", "2025年9月", "逾期1天，时限x"),
        ("zh-Hant", "2025年9月5日", "2025年9月", "逾期1天，時限x"),
        ("en", "5 September 2025", "September 2025", "1 day late, due x"),
    ],
)
def test_each_language_in_its_own_way(key: str, day: str, month: str, counts: str):
    spoken = language(key)
    assert (spoken.date(date(2025, 9, 5)), spoken.month(2025, 9)) == (day, month)
    assert spoken.plural("逾期{number}天，时限{date}", 1, date="x") == counts


def test_every_word_of_the_format_is_known_in_traditional_characters():
    """As OpenCC writes it for either side of the strait, whatever variant that is."""
    words = [
        word
        for entries in (STATUSES, FLAGS, GENRES, SCOPES, DISCLOSURE_KEYS, PROBLEM_KEYS, *RECORDS.values())
        for word in entries.words()
    ]
    for variant in ("s2t", "s2tw", "s2hk"):
        convert = OpenCC(variant).convert
        assert [word for word in words if fold(convert(word)) != fold(word)] == [], variant


def test_every_label_of_the_vocabulary_and_rule_has_its_traditional_form():
    traditional = language("zh-Hant")
    texts = {text for text in catalogue.table_texts() if "责" in text or "问" in text}
    assert len(texts) > 50
    assert [text for text in texts if re.search("[责问]", traditional.either(text, ""))] == []


def test_a_message_is_said_later_in_any_language():
    message = N_n("逾期{number}天，时限{date}", 2, date="x")
    assert language("zh").say(message) == "逾期2天，时限x"
    assert language("en").say(message) == "2 days late, due x"
    assert language("en").say(listed([name_of(STATUSES["done"]), message, "x"])) == "Done, 2 days late, due x, x"
    assert set(LANGUAGES) == {"zh", "en", "zh-Hant"}


@pytest.mark.parametrize(
    ("environment", "key"),
    [
        ({}, "zh"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LANG": "POSIX"}, "zh"),
        ({"LANG": "zh_CN.GB18030"}, "zh"),
        ({"LANG": "zh_TW.UTF-8"}, "zh-Hant"),
        ({"LANG": "zh_HK"}, "zh-Hant"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_DE@euro"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LC_ALL": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, "zh"),
        ({"RECTIFY_LANG": "zh", "LC_ALL": "en_US.UTF-8"}, "zh"),
        ({"RECTIFY_LANG": "fr", "LC_ALL": "en_US.UTF-8"}, "en"),
    ],
)
def test_the_locale_is_asked_where_nothing_is_said(environment: dict[str, str], key: str):
    assert wanted_language(environment) == key


@pytest.mark.parametrize(("code", "key"), [("zh", "zh"), ("zh-CN", "zh"), ("zh-Hant-HK", "zh-Hant"), ("pt-BR", "en")])
def test_codes_of_themes_and_browsers(code: str, key: str):
    assert nearest_language(code) == key
