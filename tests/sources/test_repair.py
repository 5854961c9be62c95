"""Mending a file: encoding and spelling change, what is read does not."""

import codecs

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from helpers.cases import DISCLOSURE
from rectify.core.vocabulary import DISCLOSURE_KEYS, PROBLEM_KEYS
from rectify.sources.edit import read
from rectify.sources.repair import repair
from rectify.sources.text import decode

TEXT = DISCLOSURE["reports/2024-a/01.md"]
INDEX = DISCLOSURE["reports/2024-a/index.md"]


def mended(data: bytes | str, keys=PROBLEM_KEYS) -> str:
    result = repair(data.encode() if isinstance(data, str) else data, keys)
    assert result is not None
    assert result.data == result.after.encode()
    return result.after


@pytest.mark.parametrize("text", [TEXT, INDEX, DISCLOSURE["about.md"], "正文。\n", "---\n问题: 甲\n"])
def test_a_file_in_order_is_left_alone(text: str):
    assert repair(text.encode(), PROBLEM_KEYS if text is TEXT else DISCLOSURE_KEYS) is None


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (TEXT.encode("gbk"), "GBK"),
        (TEXT.replace("\n", "\r\n").encode("gb18030"), "GBK"),
        (codecs.BOM_UTF8 + TEXT.encode(), "BOM"),
        (TEXT.encode("utf-16"), "UTF-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "UTF-16"),
        (TEXT.replace("\n", "\r\n").encode(), "CRLF"),
        (TEXT.replace("\n", "\r").encode(), "CRLF"),
        (codecs.BOM_UTF8 + TEXT.replace("\n", "\r\n").encode(), "CRLF"),
    ],
)
def test_encodings_and_line_ends_become_those_of_every_file(data: bytes, reason: str):
    result = repair(data, PROBLEM_KEYS)
    assert result.before == result.after == TEXT
    assert any(reason in one for one in result.reasons)
    assert decode(result.data, "01.md") == (TEXT, [])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("状态: 已完成\n序号", "状态：已完成\n序号"),
        ("状态: 已完成\n序号", "状态： 已完成\n序号"),
        ("序号: 1", "序号: １"),
        ("整改时限: 2024-06-30", "整改时限: ２０２４-06-30"),
        ("  - 日期: 2024-06-20", "  - 日期：2024-06-20"),
        ("    状态: 已完成\n    内容", "\u3000\u3000状态: 已完成\n    内容"),
        ("    状态: 已完成\n    内容", "\xa0\xa0\xa0\xa0状态: 已完成\n    内容"),
        ("整改措施:\n  - 统一", "整改措施:\n\t- 统一"),
        ("序号: 1\n", "序号: 1 \u3000\xa0\n"),
    ],
)
def test_slips_of_the_keyboard_are_mended(old: str, new: str):
    assert old in TEXT
    assert mended(TEXT.replace(old, new)) == TEXT


def test_everything_at_once():
    text = (
        TEXT.replace("状态: 已完成\n序号", "状态：已完成\n序号")
        .replace("序号: 1", "序号: １")
        .replace("  - 统一", "\t- 统一")
    )
    assert mended(text.replace("\n", "\r\n").encode("gbk")) == TEXT


def test_the_last_line_is_ended():
    assert mended(TEXT.rstrip("\n")) == TEXT


def test_prose_is_never_touched():
    body = "１．状态：已完成　\n\n\t缩进。\u00a0\n\n---\n序号: １\n"
    head = TEXT.rpartition("---\n")[0]
    assert mended(f"{head.replace('序号: 1', '序号: １')}---\n{body}") == f"{head}---\n{body}"


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("问题: 管网", "问题: [管网"),
        TEXT.replace("问题: 管网", '问题: "管网'),
        TEXT.replace("问题: 管网", "问题: - 管网"),
        TEXT.replace("问题: 管网", "问题: 甲: 分组: 管网"),
        TEXT.replace("问题: 管网", "问题: 甲: 管网 #2"),
        TEXT.replace("问题: 管网", "牵头单位: &a 甲\n责任单位: *a\n问题: 管网"),
        TEXT.replace("完整\n", "完整: 甲\n  乙\n", 1),
        TEXT.replace("序号: 1", "责任单位: [@甲, 乙]"),
        TEXT.replace("---\n\n巡检", "\n巡检"),
    ],
)
def test_broken_front_matter_stays_as_it_is(text: str):
    assert repair(text.encode(), PROBLEM_KEYS) is None
    assert mended(text.replace("\n", "\r\n")) == text


WRITTEN = [
    "关于: 采购",
    "时限:",
    "*管网",
    "&管网",
    "@全体职工",
    "%比例",
    "? 何处",
    "> 二十万元",
    "|表",
    "`表`",
    "!漏水",
    "[注] 管网",
    "{注} 管网",
    '"三重一大"制度未落实',
    "'三重一大'制度未落实",
    ", 管网",
    "a: 'b' \\c",
]


@pytest.mark.parametrize("written", WRITTEN)
def test_a_text_that_looks_like_yaml_is_put_in_quotes_as_it_was_written(written: str):
    text = TEXT.replace("管网巡检记录不完整", written, 1)
    after = mended(text.replace("统一巡检记录格式，按月抽查。", written).replace("新的巡检记录全面使用。", written))
    values = read(after, PROBLEM_KEYS).values
    assert [values["title"], values["measures"][0].text, values["progress"][0].text] == [written] * 3
    assert repair(after.encode(), PROBLEM_KEYS) is None


@pytest.mark.parametrize("written", ["2025.10", "001", "1e5", "2025-1-5", "yes", "off", "是", "0x1F", "1_000", "12:30"])
def test_figures_and_words_of_yaml_stay_text(written: str):
    text = TEXT.replace("管网巡检记录不完整", written, 1)
    assert read(text, PROBLEM_KEYS).values["title"] == written
    assert repair(text.encode(), PROBLEM_KEYS) is None


@given(
    st.text(st.sampled_from("甲1 :：,*&@%!?>|[]{}`'\"-\\"), min_size=1, max_size=8),
    st.sampled_from(["问题: ", "分组: "]),
)
def test_a_text_is_never_mended_to_another(written: str, key: str):
    text = f"---\n问题: 乙\n{key}{written}\n---\n" if key != "问题: " else f"---\n{key}{written}\n---\n"
    result = repair(text.encode(), PROBLEM_KEYS)
    refused = [one for one in read(text, PROBLEM_KEYS).findings if one.severity == "error"]
    values = read(result.after if result else text, PROBLEM_KEYS).values
    if result and refused and "title" in values:
        assert values["title" if key == "问题: " else "group"] == written.strip()


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(128, 255)) * 4,
        codecs.BOM_UTF16_LE + b"\x00\xd8\x00",
        codecs.BOM_UTF8 + b"\xff",
        "status: done".encode("utf-16-le"),
        "été à Genève".encode("latin-1"),
    ],
)
def test_what_cannot_be_decoded_for_certain_is_left_alone(data: bytes):
    assert repair(data, PROBLEM_KEYS) is None


_LINES = st.sampled_from(
    [
        "问题: 台账不全",
        "问题：台账不全　",
        "标题: '台账: 不全'",
        "状态：已完成",
        "状态: 持续推进 ",
        "序号：１２",
        "序号: （一）",
        "整改时限: ２０２４年６月",
        "整改时限: 2024.6.3",
        "整改措施:",
        "\t- 补登",
        "  - 补登：全部",
        "　　- 补登１次",
        "进展:",
        "  - 日期：２０２４-06-20",
        "\t- {日期: 2024-06-20, 内容: 甲}",
        "    内容: |",
        "      第一行  ",
        "\t\t状态：已完成",
        "    内容：补登完成",
        "# 注释：甲",
        "",
        "备注：甲",
        "分组: 甲\xa0",
        "标记：[立行立改]",
        "- 甲",
        "责任单位: 甲、乙",
        "状态原文: ‘完成’",
    ]
)
_HEADS = st.lists(_LINES, max_size=9).map(lambda lines: "\n".join(["---", *lines, "---"]))
_BODIES = st.text(st.sampled_from("甲乙，。：１ \t\u3000\xa0\n-#|"), max_size=40)


@given(_HEADS, _BODIES)
def test_what_is_read_stays_and_a_second_repair_finds_nothing(head: str, body: str):
    text = f"{head}\n{body}"
    result = repair(text.encode(), PROBLEM_KEYS)
    after = result.after if result else text
    old, new = read(text, PROBLEM_KEYS), read(after, PROBLEM_KEYS)
    assert {key: value for key, value in new.values.items() if key in old.values} == old.values
    assert {finding.rule for finding in new.findings if finding.severity == "error"} <= {
        finding.rule for finding in old.findings
    } | {"S010"}
    assert repair(after.encode(), PROBLEM_KEYS) is None


@given(_HEADS, _BODIES)
def test_the_body_is_kept_to_the_character(head: str, body: str):
    result = repair(f"{head}\n{body}".encode(), PROBLEM_KEYS)
    assume(result is not None)
    kept = result.after.split("---\n", 2)[2]
    assert kept == body or kept == f"{body}\n"


@given(
    _HEADS, _BODIES, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]), st.sampled_from(["\n", "\r\n", "\r"])
)
def test_the_encoding_makes_no_difference(head: str, body: str, encoding: str, end: str):
    text = f"{head}\n{body}{'关于整改情况的说明，其余内容另行公布。' * 60}\n"
    plain = repair(text.encode(), PROBLEM_KEYS)
    result = repair(text.replace("\n", end).encode(encoding), PROBLEM_KEYS)
    assert (result.after if result else text) == (plain.after if plain else text)


@given(st.binary(max_size=200))
def test_any_bytes_are_answered(data: bytes):
    result = repair(data, PROBLEM_KEYS)
    found = [finding.rule for finding in decode(result.data, "01.md")[1]] if result else []
    assert set(found) <= {"S003", "S042"}
