"""Every rule has its texts in both languages, is used somewhere, and is given what its texts ask for."""

import ast
import pickle
import re
import string
from collections.abc import Iterator

import pytest

from helpers.site import ROOT
from rectify.core.finding import RULES, Finding, errors, found
from rectify.core.language import LANGUAGES, N_, language
from rectify.core.vocabulary import SCOPES

TEXTS = ("zh", "zh_fix", "en", "en_fix")
PACKAGE = ROOT / "plugins" / "rectify"
ALWAYS = {"key_label"}
"""Braces that a finding fills by itself."""


def braces(text: str) -> set[str]:
    """The values a text asks for."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def uses() -> Iterator[tuple[str, str, set[str]]]:
    """(rule, place, names of the values given) of every call `found("S001", …)` or `self._add("S001", …)`."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in ("found", "_add") and isinstance(node.args[0].value, str):
                    yield node.args[0].value, f"{path.name}:{node.lineno}", {word.arg for word in node.keywords}


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_has_a_severity_and_four_texts_that_can_be_filled(rule: str):
    assert set(RULES[rule]) - {"kind", "waiver", "source", "bad", "good"} == {"severity", *TEXTS}
    assert RULES[rule].get("waiver", "never") in ("never", "named")
    assert re.fullmatch("[a-z]+(_[a-z]+)*", RULES[rule].get("kind", "form"))
    assert RULES[rule]["severity"] in ("error", "warning", "note")
    values = {"found": "A", "allowed": "B", "nearest": "C", "example": "D"}
    values |= dict.fromkeys(braces("".join(RULES[rule][name] for name in TEXTS)) - ALWAYS - set(values), "E")
    finding = found(rule, "a.md", 3, 5, "key", **values)
    for lang in LANGUAGES:
        text = finding.text(language(lang))
        assert text.startswith(f"a.md:3:5 [{rule}] key: ")
        assert "{" not in text
        assert lang != "en" or not re.search("[\u3400-\u9fff]", text)
    for name in TEXTS:
        assert RULES[rule][name].strip() == RULES[rule][name] != ""
    # The two languages say the same: a value that one shows and the other hides would be half a message.
    assert braces(RULES[rule]["zh"] + RULES[rule]["zh_fix"]) == braces(RULES[rule]["en"] + RULES[rule]["en_fix"])


def test_every_rule_is_used_and_every_used_rule_is_there():
    texts = {
        node.value
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert {rule for rule, _, _ in uses()} <= set(RULES) <= texts


def test_every_use_gives_what_the_texts_ask_for():
    missing = [
        (place, rule, sorted(wanted))
        for rule, place, given in uses()
        if (wanted := set().union(*(braces(RULES[rule][name]) for name in TEXTS)) - given - ALWAYS)
    ]
    assert missing == []


def test_values_that_are_words_are_said_in_the_language_of_the_finding():
    finding = found("S012", "a.md", found=N_("缺少冒号"))
    assert "缺少冒号" in finding.message() and "a colon is missing" in finding.message(language("en"))
    assert "缺少冒號" in finding.message(language("zh-Hant"))
    assert pickle.loads(pickle.dumps(finding)) == finding and len({finding, finding._replace()}) == 1


def test_what_is_to_be_typed_stays_as_content_is_read():
    finding = found("S020", "a.md", found="好", allowed=SCOPES.choice())
    said = [finding.fix(language(key)) for key in LANGUAGES]
    assert said == ["可用的值：社会、党内、单位", "accepted values: society, party, unit", "可用的值：社会、党内、单位"]


def test_a_value_that_looks_like_braces_is_only_text():
    finding = found("S017", "a.md", found="{key}", allowed="{0}", nearest="{x}")
    assert "“{key}”，是不是“{x}”？" in finding.message()
    assert "{0}" in finding.fix(language("en"))


def test_the_nearest_word_is_asked_for_only_where_there_is_one():
    assert found("S020", "a.md", found="好", nearest=None).message() == "不认识的值“好”"
    assert (
        found("S020", "a.md", found="done?", nearest="done").message(language("en"))
        == "unknown value 'done?', did you mean 'done'?"
    )


@pytest.mark.parametrize(("place", "text"), [((), "a.md"), ((3,), "a.md:3"), ((3, 5), "a.md:3:5")])
def test_a_place_leaves_out_what_is_not_known(place: tuple, text: str):
    assert Finding("S003", "a.md", *place).where() == text


def test_errors_leave_out_notes():
    findings = [found("S006", "a.md"), found("S003", "b.md"), found("S014", "c.md")]
    assert [f.path for f in errors(findings)] == ["b.md"]
