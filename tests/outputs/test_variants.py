"""Characters that stand for one another: the file of a site has its own alone, in the same bytes however they are told."""

import json

import opencc
from hypothesis import given
from hypothesis import strategies as st

from rectify.outputs.search_index import SearchEntry, analyse
from rectify.outputs.variants import characters_of, variants_json

OTHERS = [opencc.OpenCC(name).convert for name in ("s2t", "s2hk", "s2tw", "t2s")]
PLAIN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=30)


def classes(characters):
    told = json.loads(variants_json(characters))["classes"]
    return [tuple(one.split("/")) for one in told.split(" ") if one]


@given(PLAIN)
def test_a_site_has_the_classes_of_its_own_characters(text):
    analysis = analyse(SearchEntry("a/01", "", "problem", text, "", "", False, "2024", "", text))
    found = classes(characters_of([analysis]))
    assert all(own and set(own) <= set(text) and not set(others) & set(text) for own, others in found)
    for char in text:
        around = next(("".join(one) for one in found if char in one[0]), char)
        assert {convert(char) for convert in OTHERS if convert(char) <= "\uffff"} <= set(around)


def test_the_bytes_depend_on_the_characters_alone():
    assert variants_json("档后干") == variants_json("干干后档") != variants_json("档后")
    assert classes("") == [] and classes("档") == [("档", "檔")]
