"""Any key of any front matter set to any value: it reads as set and every other byte stays, or it is refused."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from rectify.core.model import Closeout, Measure, Progress
from rectify.core.vocabulary import PROBLEM_KEYS
from rectify.sources.edit import CannotEdit, append_item, read, set_value

_BLOCK = "%s%s |\n    首行\n    # 不是注释\n\n    末行\n"
_LINES = {
    "title": [
        '%s%s 台账不全 # 注"一"\n',
        "%s%s '甲: 乙 # 丙'   # 注\n",
        '%s%s "甲 #\n    乙" # 注\n',
        "%s%s 甲\n    乙\n",
        _BLOCK,
        "%s%s > # 注\n    折叠\n",
    ],
    "status": ["%s%s 持续推进\n", "%s%s 申请延期  # 注\n", "%s%s '已完成'\n", "%s%s\n"],
    "lead": ["%s%s 办公室#一 # 二 # 三\n", "%s%s\n\n\n"],
    "units": [
        "%s%s [甲科, 乙科] # 注\n",
        "%s%s [甲科,\n  # 中\n    乙科]\n",
        "%s%s # 头\n  # 前\n  - 甲科 # 一\n  # 后\n  -  '乙科'\n",
        "%s%s 甲科、乙科\n",
    ],
    "deadline": ["%s%s 2024年7月\n", "%s%s 长期坚持 # 注\n", "%s%s 2024-07-17\n"],
    "flags": ["%s%s [立行立改]\n", "%s%s\n- 立行立改\n- 反弹 # 注\n", "%s%s 立行立改、反弹\n"],
    "measures": [
        "%s%s\n- 补录\n# 间\n- 内容: 抽查 # 注\n  状态: 已完成\n",
        "%s%s 补录\n",
        "%s%s [补录, {内容: 抽查}]\n",
        "%s%s\n   -\n     内容: |\n       一\n       # 二\n\n   - 三\n",
    ],
    "progress": [
        '%s%s # 每月\n  # 先\n  - 日期：2024.1.2 # 注\n    内容: |\n      启动\n      # 说明\n\n  # 后\n  -   日期: 2024-02-03\n      内容: "印发"\n      附件:\n        - files/a.pdf\n  # 尾\n',
        "%s%s [{日期: 2024-01-02, 内容: 启动}]\n",
        "%s%s []\n",
        "%s%s\n  -\n    日期: 2024-01-02\n    内容: 甲\n      乙\n",
    ],
    "closeout": ["%s%s {日期: 2024-03-04}\n", "%s%s\n  日期: 2024-03-04 # 注\n  单位: 甲组\n"],
}
_COLONS = st.sampled_from([":", ":", "："])
_BETWEEN = st.sampled_from(["", "", "\n", "# 手写\n", "  # 缩进的\n\n"])
_text = st.sampled_from(
    [
        "甲",
        "甲: 乙",
        "甲 # 乙",
        "'",
        '"甲',
        "- 甲",
        "状态：甲",
        "甲\n乙",
        "甲\n\n# 乙",
        "a\tb",
        "[甲",
        "007",
        "null",
        "---",
        "甲\n---\n乙",
        "…",
    ]
)
_day = st.dates(date(2000, 1, 1), date(2050, 1, 1))
_status = st.sampled_from(["pending", "ongoing", "staged", "done", "closed-out"])
_entry = st.tuples(_day, _text, st.just("") | _status).map(lambda one: Progress(*one))
_VALUES = {
    "title": _text,
    "status": _status,
    "lead": _text | st.none(),
    "units": st.lists(_text, max_size=3, unique=True).map(tuple),
    "deadline": _day | st.none(),
    "flags": st.sampled_from([(), ("relapsed",), ("immediate", "relapsed"), ("extended",)]),
    "owner": _text,
    "measures": st.lists(st.tuples(_text, st.just("") | _status).map(lambda one: Measure(*one)), max_size=3).map(tuple),
    "progress": st.lists(_entry, max_size=3).map(tuple),
    "closeout": st.none() | _day.map(Closeout),
}


@st.composite
def _matter(draw) -> dict[str, str]:
    """The parts of a text in order: each key with what stands before it, beginning and end by other names."""
    names = ["title", *draw(st.lists(st.sampled_from(sorted(set(_LINES) - {"title"})), unique=True))]
    parts = {"begin": "---\n"}
    for name in draw(st.permutations(names)):
        key = PROBLEM_KEYS[name]
        word = draw(st.sampled_from([key.label, name, *key.aliases]))
        parts[f"before {name}"] = draw(_BETWEEN)
        parts[name] = draw(st.sampled_from(_LINES[name])) % (word, draw(_COLONS))
    return parts | {"end": draw(_BETWEEN) + draw(st.sampled_from(["---\n\n正文。\n", "---", "---\n# 甲\n---\n"]))}


def assert_rest_stays(parts: dict[str, str], name: str, new: str) -> None:
    """All bytes before and behind the key are as they were; of a key that was not there, before and behind one place."""
    names, text = list(parts), "".join(parts.values())
    if name in parts:
        before = len("".join(parts[one] for one in names[: names.index(name)]))
        behind = len(text) - before - len(parts[name])
    else:
        before = next((at for at, (a, b) in enumerate(zip(text, new)) if a != b), min(len(text), len(new)))
        behind = len(text) - before
    assert new[:before] == text[:before] and new[len(new) - behind :] == text[len(text) - behind :]


def would_swallow(text: str, value) -> bool:
    """Whether a text of several lines would take an indented comment behind it for its own."""
    return r"\n" in repr(value) and "  # 缩进的" in text


@settings(max_examples=400, deadline=None)
@given(_matter(), st.data())
def test_any_key_to_any_value(parts: dict[str, str], data):
    text = "".join(parts.values())
    name = data.draw(st.sampled_from(sorted(_VALUES)))
    value = data.draw(_VALUES[name])
    before = read(text, PROBLEM_KEYS)
    assert before.values["title"], "the samples are readable"
    try:
        new = set_value(text, PROBLEM_KEYS, name, value)
    except CannotEdit:
        assert would_swallow(text, value)
        return
    after = read(new, PROBLEM_KEYS)
    wished = {*value, *after.implied} if name == "flags" else value or None
    now = after.values.get(name) or None
    assert (set(now or ()) if name == "flags" else now) == wished
    assert_rest_stays(parts, name, new)
    assert {key: one for key, one in after.values.items() if key not in (name, "flags")} == {
        key: one for key, one in before.values.items() if key not in (name, "flags")
    }
    assert set_value(new, PROBLEM_KEYS, name, value) == new


@settings(max_examples=200, deadline=None)
@given(_matter(), st.data())
def test_an_item_more_keeps_the_lines_of_a_list(parts: dict[str, str], data):
    text = "".join(parts.values())
    name = data.draw(st.sampled_from(["progress", "measures"]))
    item = data.draw(_entry if name == "progress" else _text.map(Measure))
    items = read(text, PROBLEM_KEYS).values.get(name, ())
    try:
        new = append_item(text, PROBLEM_KEYS, name, items, item)
    except CannotEdit:
        assert would_swallow(text, item)
        return
    assert read(new, PROBLEM_KEYS).values[name] == (*items, item)
    assert_rest_stays(parts, name, new)
    if "[" not in text and "补录\n" not in text:
        left = new.split("\n")
        assert all(line in left for line in text.split("\n")), "only lines added"


@settings(max_examples=200, deadline=None)
@given(
    st.text(alphabet="-:：#|>[]{}'\"&*!?, \n甲状态进展问题\u3000\xa0", max_size=60),
    st.sampled_from(sorted(_VALUES)),
    st.data(),
)
def test_any_text_is_edited_or_refused(head: str, name: str, data):
    text = f"---\n问题: 甲\n{head}\n---\n正文\n"
    try:
        new = set_value(text, PROBLEM_KEYS, name, data.draw(_VALUES[name]))
    except CannotEdit:
        return
    assert read(new, PROBLEM_KEYS).body == read(text, PROBLEM_KEYS).body
