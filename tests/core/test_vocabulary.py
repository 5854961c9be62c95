"""The closed vocabulary: one label for everything, nothing said twice, and the same keys as the model and the contract."""

import re
from collections import Counter

import pytest

from helpers.site import ROOT
from rectify.core import model
from rectify.core.vocabulary import (
    DISCLOSURE_KEYS,
    FLAGS,
    GENRES,
    PRIORITIES,
    PROBLEM_KEYS,
    RECORDS,
    SCOPES,
    STAGES,
    STATES,
    STATUS_ALIAS_FLAGS,
    STATUSES,
    Keys,
    Vocabulary,
    fold,
    nearest,
)
from rectify.sources.front_matter import parse
from rectify.sources.values import Values

TERMS = {
    "status": STATUSES,
    "stage": STAGES,
    "state": STATES,
    "flag": FLAGS,
    "priority": PRIORITIES,
    "genre": GENRES,
    "scope": SCOPES,
}
KEYS = {"disclosure": DISCLOSURE_KEYS, "problem": PROBLEM_KEYS, **RECORDS}
KINDS = {
    "text",
    "ordinal",
    "names",
    "number",
    "date",
    "deadline",
    "status",
    "genre",
    "scope",
    "stage",
    "flags",
    "fingerprints",
    "priorities",
    "refs",
    "counts",
    "files",
    *RECORDS,
}
CONTRACT = ROOT / "docs" / "content-format.md"
SETS = [pytest.param(vocabulary, id=name) for name, vocabulary in {**TERMS, **KEYS}.items()]


def is_chinese(text: str) -> bool:
    return bool(re.search("[\u4e00-\u9fff]", text))


@pytest.mark.parametrize("vocabulary", SETS)
def test_every_value_has_one_chinese_label_and_an_english_name(vocabulary: Vocabulary | Keys):
    for term in vocabulary:
        assert is_chinese(term.label), term
        assert term.english and not is_chinese(term.english), term


@pytest.mark.parametrize("vocabulary", SETS)
def test_no_spelling_means_two_things(vocabulary: Vocabulary | Keys):
    spellings = Counter(fold(word) for word in vocabulary.words())
    assert [word for word, times in spellings.items() if times > 1] == []
    for term in vocabulary:
        key = getattr(term, "key", None) or term.name
        assert all(vocabulary.find(word) is term for word in (key, term.label, *term.aliases))


@pytest.mark.parametrize("word", ["已完成", " 已 完 成　", "DONE", "ｄｏｎｅ", "Done"])
def test_a_word_is_found_however_it_is_spaced_and_wide(word: str):
    assert STATUSES.find(word) is STATUSES["done"]


def test_a_status_counts_as_a_state_and_has_a_mark_and_definitions():
    assert {status.counts_as for status in STATUSES} == set(STATES.entries)
    for term in (*STATUSES, *STATES, *FLAGS, *STAGES):
        assert is_chinese(term.definition) and term.definition_en
    assert all(len(status.mark) == 1 for status in STATUSES)


def test_only_the_rectification_report_may_be_published():
    assert [genre.key for genre in GENRES if genre.publishable] == ["rectification"]


def test_flags_that_an_alias_implies_are_flags_of_aliases_of_a_status():
    assert STATUS_ALIAS_FLAGS
    for alias, flags in STATUS_ALIAS_FLAGS.items():
        assert STATUSES.find(alias)
        assert set(flags) <= set(FLAGS.entries)


@pytest.mark.parametrize("keys", KEYS.values(), ids=KEYS)
def test_every_key_is_read_as_a_known_kind(keys: Keys):
    assert {key.kind for key in keys} <= KINDS


TYPES = {
    "period": model.Period,
    "outcome": model.Outcome,
    "contact": model.Contact,
    "approval": model.Approval,
    "waiver": model.Waiver,
    "measure": model.Measure,
    "progress": model.Progress,
    "closeout": model.Closeout,
    "step": model.Step,
    "withdrawal": model.Withdrawal,
    "disclosure": model.Disclosure,
    "problem": model.Problem,
}
NOT_WRITTEN = {
    "disclosure": {"id", "body", "path", "ended"},
    "problem": {"disclosure", "nn", "body", "path"},
    "withdrawal": {"ended"},
}


@pytest.mark.parametrize("name", KEYS)
def test_the_models_fields_are_the_vocabularys_keys(name: str):
    fields = set(TYPES[name]._fields) - NOT_WRITTEN.get(name, set())
    assert fields == set(KEYS[name].entries)
    derived = {"status"} if name == "problem" else set()
    required = fields - set(TYPES[name]._field_defaults) - derived
    assert required == {key.name for key in KEYS[name].required}


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("状太", "状态"),
        ("责任单位人", "责任单位"),
        ("整改期限", "整改时限"),
        ("deadlin", "deadline"),
        ("天气", None),
        ("", None),
    ],
)
def test_the_nearest_key_is_named_or_none(word: str, expected: str | None):
    assert nearest(word, PROBLEM_KEYS.words()) == expected


def contract(heading: str) -> list[list[str]]:
    """The rows below a heading of content-format.md, by cell, without heading and rule."""
    section = CONTRACT.read_text("utf-8").split(f"\n### {heading}\n")[1].split("\n#")[0]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line.startswith("|")
    ]
    return rows[2:]


@pytest.mark.parametrize(("heading", "name"), [("Disclosure", "disclosure"), ("Problem", "problem")])
def test_the_contract_has_every_key_and_no_other(heading: str, name: str):
    listed = [(key, label, required == "yes") for key, label, required, _ in contract(heading)]
    assert listed == [(key.name, key.label, key.required) for key in KEYS[name]]


def test_the_contract_has_every_key_of_every_record():
    written = {
        name: ", ".join(f"**{key.name} {key.label}**" if key.required else f"{key.name} {key.label}" for key in keys)
        for name, keys in RECORDS.items()
    }
    assert dict(contract("Records")) == written


def test_the_values_of_the_contract_stay():
    for key, label, counts_as in contract("Status"):
        assert (STATUSES[key].label, STATUSES[key].counts_as) == (label, counts_as)
    values = dict(contract("Other values"))
    for name, vocabulary in {"flags": FLAGS, "scope": SCOPES, "genre": GENRES}.items():
        for key, label in (value.split(" ") for value in values[name].split(", ")):
            assert vocabulary[key].label == label


def test_the_problem_in_the_contract_is_read_without_a_finding():
    parsed = parse(CONTRACT.read_text("utf-8").split("```yaml\n")[1].split("```")[0], "01.md")
    reader = Values("01.md")
    assert reader.mapping(parsed.node, PROBLEM_KEYS, top=True)["number"] == "4"
    assert [*parsed.findings, *reader.findings] == []
