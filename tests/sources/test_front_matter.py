"""Front matter is read with its line numbers, tolerant of full-width punctuation and of nothing else."""

import re

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rectify.core.finding import Finding, errors
from rectify.core.language import language
from rectify.core.vocabulary import PROBLEM_KEYS
from rectify.sources import front_matter
from rectify.sources.front_matter import parse
from rectify.sources.values import Values

PIECES = (
    "问题",
    "状态",
    "进展",
    "整改措施",
    "title",
    "unknown",
    "甲",
    ": ",
    "：",
    "- ",
    "  ",
    "\t",
    "　",
    "\xa0",
    "|",
    ">-",
    '"',
    "'",
    "[",
    "]",
    "{",
    "}",
    ",",
    "#",
    "&a",
    "*a",
    "<<",
    "!!python/object:os.system",
    "%",
    "@",
    "`",
    "?",
    "---",
    "...",
    "\n",
    "\n",
    "\n",
    "2024-02-30",
    "\x07",
)
heads = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
# Characters that YAML, but no editor, takes for line ends have a test of their own below.
lines = st.characters(exclude_categories=["Cs"], exclude_characters="\x85\u2028\u2029")
texts = (
    st.text(lines)
    | heads.map(lambda head: f"---\n{head}\n---\n正文")
    | st.text(lines).map(lambda head: f"---\n{head}\n---\n")
)


def head(*lines: str) -> str:
    return "\n".join(["---", *lines, "---", "正文"])


def values(text: str) -> dict:
    parsed = parse(text, "a.md")
    assert not errors(parsed.findings), parsed.findings
    return {key.value: value.value for key, value in parsed.node.value}


@pytest.mark.parametrize(
    "loader",
    ["CSafeLoader", "SafeLoader"],
)
def test_any_text_gives_a_tree_or_an_error_and_never_raises(loader: str, monkeypatch: pytest.MonkeyPatch):
    """`SafeLoader` is what a machine without libyaml has."""
    if loader == "CSafeLoader" and not hasattr(yaml, loader):
        pytest.skip("PyYAML is built without libyaml here")
    untyped = type(loader, (front_matter._Untyped, getattr(yaml, loader)), {})
    monkeypatch.setattr(front_matter, "_Loader", untyped)

    @settings(deadline=None)
    @given(texts)
    @example(head("问题: 甲\x07"))
    @example(head("? 标题"))
    def check(text: str) -> None:
        parsed = parse(text, "a.md")
        assert (parsed.node is None) == bool(errors(parsed.findings))
        last = text.count("\n") + 1
        assert all(1 <= finding.line <= last for finding in parsed.findings)
        if parsed.node is not None:
            reader = Values("a.md")
            reader.mapping(parsed.node, PROBLEM_KEYS, top=True)
            assert all(2 <= finding.line <= last for finding in reader.findings)
            assert all(finding.text(language(lang)) for finding in reader.findings for lang in ("zh", "en"))

    check()


@pytest.mark.parametrize("line_end", ["\x85", "\u2028", "\u2029"])
def test_line_ends_of_other_systems_do_not_shift_the_lines(line_end: str):
    """Text copied from web pages and layout programs has them."""
    (finding,) = parse(head(f"分组: 甲{line_end}乙{line_end}丙", "问题: 关于: 甲"), "a.md").findings
    assert finding.where() == "a.md:3:7"


MISTAKES = {
    "nothing": ("正文", "S010", "a.md:1"),
    "blank line first": ("\n---\n状态: 已完成\n---\n", "S010", "a.md:1"),
    "not closed": ("---\n状态: 已完成\n正文", "S011", "a.md:3"),
    "only comments": (head("# 说明"), "S010", "a.md:1"),
    "a list": (head("- 甲"), "S012", "a.md:2"),
    "a word": (head("甲"), "S012", "a.md:2"),
    "second colon": (head("状态: 已完成", "问题: 关于: 甲"), "S012", "a.md:3:7"),
    "bracket": (head("责任单位: [甲, 乙", "状态: 已完成"), "S012", "a.md:3:3"),
    "leading at": (head("问题: @甲"), "S012", "a.md:2:5"),
    "two documents": (head("问题: 甲", "...", "状态: 已完成"), "S012", "a.md:4:1"),
    "control character": (head("问题: 甲\x07"), "S012", "a.md:2"),
    "tab": (head("进展:", "\t- 日期: 2024-01-01"), "S013", "a.md:3:1"),
    "tab after blanks": (head("进展:", "  \t- 日期: 2024-01-01"), "S013", "a.md:3:3"),
    "alias of nothing": (head("问题: *a"), "S015", "a.md:2:5"),
}


@pytest.mark.parametrize(("text", "rule", "place"), MISTAKES.values(), ids=MISTAKES)
def test_mistake_is_found_where_it_is(text: str, rule: str, place: str):
    parsed = parse(text, "a.md")
    assert parsed.node is None
    assert [(finding.rule, finding.where()) for finding in parsed.findings] == [(rule, place)]


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("问题: 办公楼 #3 电梯", 9),
        ("  - 检修 #2 泵", 8),
        ("牵头单位: 甲 #乙  # 丙", 9),
        ("  内容: 甲\t#乙", 9),
        ("问题: 办公楼 # 3 电梯", 9),
        ("问题: 办公楼  # 3 电梯", 10),
        ("问题: 办公楼 # 电梯", 9),
        ('问题: "办公楼" # 3 电梯', 11),
        ('问题: "办公楼" #电梯', 11),
        ("  - # 2 泵", 5),
        ("  - 内容: 检修 # 2 泵", 12),
        ("  - {日期: 2024-01-02, 内容: 检修 # 2 泵}", 29),
        ("责任单位: [甲, 乙 # 2 组]", 13),
        ("责任单位: [甲, 乙] # 2 组", 14),
        ("责任单位:\n  甲\n  乙 # 2 组", 5),
        ("序号: # 2", 5),
    ],
)
def test_words_behind_a_number_sign_are_not_lost_in_silence(line: str, column: int):
    found = parse(head("进展:", line) if line.startswith(" ") else head(line), "a.md").findings
    assert [(one.rule, one.column) for one in found] == [("S074", column)]
    assert found[0].excerpt == line[line.index("#") :] and "双引号" in found[0].fix()


@pytest.mark.parametrize(
    "line",
    [
        "问题: 甲  # 注",
        '问题: "甲 # 3" # 注',
        "责任单位: [甲, 乙] # 注",
        "责任单位: [甲, # 注\n  乙]",
        "分组: # 待定",
        "整改时限: 2024-06-30 #2",
        "问题: |  # 3 行\n  甲 # 3",
    ],
)
def test_what_stands_apart_is_a_comment(line: str):
    assert not parse(head(line), "a.md").findings


@pytest.mark.parametrize(("line", "rule"), [("问题: ! 甲", "S012"), ("问题: !x 甲", "S012"), ("问题: &a 甲", "S015")])
def test_words_that_yaml_takes_for_its_own_are_not_lost_in_silence(line: str, rule: str):
    assert [(one.rule, one.column) for one in parse(head(line), "a.md").findings] == [(rule, 5)]


def test_a_list_is_told_from_a_missing_colon():
    told = {text: parse(head(text), "a.md").findings[0].message() for text in ("- 甲", "甲")}
    assert "这里是列表" in told["- 甲"] and "缺少冒号" in told["甲"]


@pytest.mark.parametrize("quote", ['"', "'"])
def test_quote_without_end_is_found_where_it_begins(quote: str):
    parsed = parse(head("状态: 已完成", f"问题: {quote}甲", "分组: 乙", "序号: 3"), "a.md")
    assert parsed.findings[0].where() == "a.md:3:5"


@pytest.mark.parametrize("line", ["问题: *市*局党组", "问题: &市局"])
def test_star_of_a_masked_name_is_told_from_wrong_indentation(line: str):
    assert [finding.rule for finding in parse(head(line), "a.md").findings] == ["S015"]


TOLERATED = {
    "full-width colon": (head("状态：已完成"), {"状态": "已完成"}, [("S014", 2, 3)]),
    "colon without a blank": (
        head("状态:已完成", "牵头单位 :甲"),
        {"状态": "已完成", "牵头单位": "甲"},
        [("S014", 2, 3), ("S014", 3, 5)],
    ),
    "colon with a wide blank": (head("状态:　已完成"), {"状态": "已完成"}, [("S014", 2, 3)]),
    "address of the web": (head("问题: 见http://a.example/b#c"), {"问题": "见http://a.example/b#c"}, []),
    "comment set apart": (head("问题: 甲  # 原文如此", "状态: 已完成 # 已核"), {"问题": "甲", "状态": "已完成"}, []),
    "number sign inside": (head('问题: "3 #楼"', "牵头单位: C#组"), {"问题": "3 #楼", "牵头单位": "C#组"}, []),
    "and space": (
        head("状态：　已完成", "问题 ：甲"),
        {"状态": "已完成", "问题": "甲"},
        [("S014", 2, 3), ("S014", 3, 3)],
    ),
    "colons in the value": (head("问题：办公时间：8:30—12:00"), {"问题": "办公时间：8:30—12:00"}, [("S014", 2, 3)]),
    "no known key": (
        head("问题: |", "  说明", "  其他：甲", "状态: 已完成"),
        {"问题": "说明\n其他：甲\n", "状态": "已完成"},
        [],
    ),
    "key inside a block": (
        head("问题: |", "  状态：甲", "", "  单位：乙", "状态: 已完成"),
        {"问题": "状态：甲\n\n单位：乙\n", "状态": "已完成"},
        [],
    ),
    "key inside quotes": (head('问题: "状态：甲"'), {"问题": "状态：甲"}, []),
}


@pytest.mark.parametrize(("text", "expected", "notes"), TOLERATED.values(), ids=TOLERATED)
def test_full_width_colon_is_read_after_a_key_and_nowhere_else(text: str, expected: dict, notes: list):
    assert values(text) == expected
    assert [(f.rule, f.line, f.column) for f in parse(text, "a.md").findings] == notes


@pytest.mark.parametrize("blank", ["　", "\xa0\xa0"])
def test_full_width_indentation_is_read_as_blanks(blank: str):
    text = head("进展:", f"{blank}- 日期: 2024-01-01", f"{blank}{blank}内容: 甲")
    assert [[(k.value, v.value) for k, v in item.value] for item in values(text)["进展"]] == [
        [("日期", "2024-01-01"), ("内容", "甲")]
    ]
    assert [f.rule for f in parse(text, "a.md").findings] == ["S025", "S025"]


def test_body_is_what_follows_the_second_fence():
    parsed = parse("---\n问题: 甲\n---\n\n正文\n\n---\n\n第二段\n\n", "a.md")
    assert (parsed.body, parsed.body_line) == ("正文\n\n---\n\n第二段", 4)


def test_two_files_pasted_into_one_are_told():
    """A rule and a list of terms are text; keys of ours right below the head are a second head."""
    text = "---\n问题: 甲\n---\n\n---\n问题: 乙\n状态: 已完成\n---\n正文"
    assert [(f.rule, f.line) for f in parse(text, "a.md").findings] == [("S012", 5)]
    assert not parse("---\n问题: 甲\n---\n\n---\n\n正文: 乙\n", "a.md").findings
    assert not parse("---\n问题: 甲\n---\n正文\n---\n问题: 乙\n", "a.md").findings


def billion_laughs(depth: int) -> str:
    lines = ["整改措施: &a0 [哈, 哈]"] + [f"甲{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, depth)]
    return head(*lines, f"进展: [{', '.join([f'*a{depth - 1}'] * 10)}]", f"责任单位: *a{depth - 1}", "问题: 甲")


@pytest.mark.parametrize(
    "text",
    [
        billion_laughs(40),
        head("进展: &a [*a, *a]"),
        head("进展: &a {日期: *a}"),
        head("整改措施: &a [甲]", "进展: *a"),
        head("<<: &a {问题: 甲}"),
    ],
    ids=["billion laughs", "list in itself", "record in itself", "list used twice", "merge key"],
)
def test_aliases_are_refused_and_not_expanded(text: str):
    parsed, reader = parse(text, "a.md"), Values("a.md")
    found: list[Finding] = parsed.findings
    if parsed.node is not None:
        reader.mapping(parsed.node, PROBLEM_KEYS, top=True)
        found = reader.findings
    assert errors(found)
    assert len(found) < 100


LINES = (
    *(
        "问题: 甲",
        "状态: 已完成",
        "状态:",
        "进展:",
        "  - 日期: 2024-01-02",
        "    内容: 乙：丙",
        "- 丁",
        "  - 戊，12:30。",
        "单位: [甲, 乙]",
    ),
    *(
        "状态：已完成",
        "- 状态:甲",
        "- 状态：甲",
        "**状态**: 甲",
        "_状态_: 甲",
        "- `状态`: 甲",
        "状态:\u3000甲",
        "状态: \u3000甲",
        "\u3000状态: 甲",
    ),
    *(
        "\t甲: 乙",
        " \xa0甲: 乙",
        "问题: 甲 #1",
        "- 甲 # 乙",
        "  内容: |",
        "  内容: >-",
        "- |",
        "   甲 | 乙",
        "甲: 'a: b'",
        "- -",
        "- 甲: |2",
        "",
        "  ",
    ),
    *("数: 12", "数: 1.5", "是: yes", "无: ~", "- 2024-01-02", "- 甲\u2028乙", "- &a 甲", "- *a", "<<: *a"),
)


@settings(deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=8).map("\n".join) | heads)
def test_what_is_quick_reads_the_same(head: str):
    """Lines in which nothing is to be mended are told at one look, and no value is taken for a number or a date."""
    text = f"---\n{head}\n---\n正文"
    quick = parse(text, "a.md")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(front_matter, "_SOUND", re.compile("(?!)"))
        patch.setattr(front_matter, "_Loader", getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        slow = parse(text, "a.md")
    assert (quick.findings, quick.head, quick.body) == (slow.findings, slow.head, slow.body)
    assert [told(node) for node in nodes(quick.node)] == [told(node) for node in nodes(slow.node)]


def nodes(node: yaml.Node | None) -> list[yaml.Node]:
    """Every node below one, each once."""
    found: dict[int, yaml.Node] = {}
    waiting = [node] if node is not None else []
    while waiting:
        one = waiting.pop()
        if id(one) not in found:
            found[id(one)] = one
            if isinstance(one, yaml.CollectionNode):
                waiting += [part for item in one.value for part in (item if isinstance(item, tuple) else (item,))]
    return list(found.values())


def told(node: yaml.Node) -> tuple:
    """What of a node anybody asks for."""
    text = (node.value, node.style) if isinstance(node, yaml.ScalarNode) else len(node.value)
    start, end = node.start_mark, node.end_mark
    return type(node), text, (start.line, start.column), (end.line, end.column)
