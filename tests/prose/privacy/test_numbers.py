"""Private numbers in lines by hand and in forms by machine; `benchmarks/privacy.py` prints the same at length."""

from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest

from helpers.patterns import digits_together
from helpers.private_forms import CARRIERS, KINDS, is_found, numbers, samples
from rectify.prose import OfficeWords
from rectify.prose.privacy import RECOGNISERS
from rectify.prose.privacy.recogniser import DIGITS_APART

LINES = Path(__file__).with_name("numbers.txt").read_text("utf-8").splitlines()
HELD = 0.97
SAMPLES = 60


def test_lines_by_hand():
    private = [line[2:] for line in LINES if line.startswith("+ ")]
    missed = [line for line in private if not numbers(line)]
    assert len(missed) <= (1 - HELD) * len(private), missed
    assert [line for line in LINES if line.startswith("- ") and numbers(line[2:])] == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_form_of_a_kind_is_found(kind: str):
    missed = [sample for sample in samples(kind, SAMPLES) if not is_found(sample)]
    assert len(missed) <= (1 - HELD) * SAMPLES, missed[:5]


def test_numbers_are_found_wherever_they_stand():
    missed, made = Counter(), Counter()
    for kind in KINDS:
        for sample in samples(kind, 40, seed=2):
            made[sample.carrier] += 1
            missed[sample.carrier] += not is_found(sample)
    assert set(made) == set(CARRIERS)
    assert {
        carrier: missed[carrier] / made[carrier] for carrier in made if missed[carrier] > 0.03 * made[carrier]
    } == {}


def test_every_row_of_the_table_finds_what_no_other_does(monkeypatch: pytest.MonkeyPatch):
    texts = [line[2:] for line in LINES if line.startswith("+ ")]
    texts += [sample.text for kind in KINDS for sample in samples(kind, 40)]
    # `rectify.prose` gives the name of the package to its function.
    table = import_module("rectify.prose.privacy")
    found = {text: numbers(text) for text in texts}
    for place, recogniser in enumerate(RECOGNISERS):
        rest = (*RECOGNISERS[:place], *RECOGNISERS[place + 1 :])
        monkeypatch.setattr(table, "RECOGNISERS", rest)
        assert any(numbers(text) != found[text] for text in texts), recogniser.form.pattern


def test_the_rows_say_how_many_digits_stand_together_in_their_forms():
    assert [(one.form.pattern, one.digits) for one in RECOGNISERS] == [
        (one.form.pattern, digits_together(one.form, DIGITS_APART)) for one in RECOGNISERS
    ]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("举报电话：13800001234", "P003"),
        ("监督电话：0571-82345601、13800001234", "P003"),
        ("联系电话：13800001234，邮箱：qcxcb@qingchuan.gov.cn", "P003"),
        ("举报人电话：13800001234", "P002"),
        ("接到举报后，服务中心回访信访人13800001234。", "P002"),
        ("反映人联系电话：13800001234", "P002"),
        ("| 姓名 | 联系电话 |\n|---|---|\n| 王某 | 13800001234 |", "P002"),
        ("值班电话82345601，值班员李某13800001234", "P002"),
    ],
)
def test_a_channel_of_an_office_is_labelled_directly(text: str, rule: str):
    assert [one.rule for one in numbers(text) if one.rule in ("P002", "P003")] == [rule]


def test_what_an_office_allows_is_allowed_however_it_is_written():
    office = OfficeWords(allowed=frozenset(["13800001234"]))
    assert numbers("经手人138 0000 1234，１３８００００１２３４", office) == []
    assert numbers("经手人13800001235", office)


def test_a_number_over_two_lines_is_one_finding_with_what_the_source_holds():
    (one,) = numbers("证件号码330102\n199003071230。")
    assert (one.line, one.column, one.token) == (1, 5, "330102\n199003071230")
    assert one.masked().token == "330102*********230"


def test_a_masked_number_is_none():
    assert numbers("手机138****1234，身份证330102\\*\\*\\*\\*\\*\\*\\*\\*\\*230，卡号6222 **** **** 4567") == []


def test_the_head_of_a_column_tells_what_stands_below():
    assert [one.token for one in numbers("姓名 参合号\n王某 1234567890")] == ["1234567890"]
    assert [one.token for one in numbers("残疾人证号3301\n0219900307")] == ["3301\n0219900307"]


def test_counts_beside_the_name_of_a_paper_are_none():
    assert (
        numbers(
            "| 指标 | 2022年 | 2023年 |\n|---|---|---|\n| 居住证 | 123456 | 234567 |\n| 社会保障卡 | 1234567 | 7654321 |"
        )
        == []
    )
