"""The forms of a web editor: every key with the values that it may have, and what such an editor writes is read."""

import json
import re

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.cases import DISCLOSURE
from rectify.core.vocabulary import DISCLOSURE_KEYS, FLAGS, PROBLEM_KEYS, STATUSES
from rectify.sources.edit import read

EMPTY = {
    "string": "",
    "text": "",
    "list": [],
    "object": {},
    "select": "",
    "datetime": "",
    "markdown": "",
    "number": None,
}
"""What an editor writes of a field that nobody has filled in."""


def collections(make_site, editor: str = "decap") -> dict[str, dict]:
    site = make_site(DISCLOSURE)
    site.rectify("ready", editor, "--to", ".").ok()
    told = yaml.safe_load((site.root / "admin/config.yml").read_text("utf-8"))
    assert told["backend"]["branch"] == "main" and told["media_folder"] == "content/images"
    return {one["name"]: one for one in told["collections"]}


def shown(editor: str, rule: dict[str, str], entry: dict) -> bool:
    """Whether an editor lists an entry: Decap compares with the value, whatever that is, Sveltia knows patterns too, of which `null` is nothing."""
    stated = entry.get(rule["field"])
    if editor == "sveltia" and "pattern" in rule:
        return re.search(rule["pattern"], stated or "null") is not None
    return stated == rule.get("value")


@pytest.mark.parametrize("editor", ["decap", "sveltia"])
def test_each_kind_of_file_is_listed_under_its_own_name(make_site, editor):
    forms = collections(make_site, editor)
    entries = {
        path.rpartition("/")[2]: yaml.safe_load(text.split("---")[1])
        for path, text in DISCLOSURE.items()
        if "reports/" in path
    }
    listed = {
        name: [file for file, entry in entries.items() if shown(editor, form["filter"], entry)]
        for name, form in forms.items()
    }
    assert listed == {"disclosures": ["index.md"], "problems": ["01.md", "02.md"]}
    assert not any(form["create"] or form["delete"] for form in forms.values())
    # Decap asks for required parts of a record that is not there; what is a text stays one.
    problem = {one["name"]: one for one in forms["problems"]["fields"]}
    assert not any(part["required"] for part in problem["销号"]["fields"])
    assert problem["整改措施"]["field"]["widget"] == "text" and "fields" not in problem["整改措施"]


def test_every_key_has_a_field_with_the_values_of_the_vocabulary(make_site):
    forms = collections(make_site)
    for form, keys in (("disclosures", DISCLOSURE_KEYS), ("problems", PROBLEM_KEYS)):
        names = [one["name"] for one in forms[form]["fields"]]
        assert names == [*(key.label for key in keys if key.kind != "fingerprints"), "body"]
        assert {one["name"] for one in forms[form]["fields"] if one["required"]} == {
            key.label for key in keys if key.required
        }
    problem = {one["name"]: one for one in forms["problems"]["fields"]}
    assert [one["value"] for one in problem["状态"]["options"]] == [term.label for term in STATUSES]
    assert problem["标记"]["multiple"] and len(problem["标记"]["options"]) == len(FLAGS.entries)
    assert [one["name"] for one in problem["进展"]["fields"]] == ["日期", "状态", "内容", "附件"]
    assert not forms["problems"]["delete"]


def test_what_the_editor_writes_is_read(make_site):
    """Every field is there, those that nobody filled in empty; days as the form has them."""
    problem = {one["name"]: EMPTY[one["widget"]] for one in collections(make_site)["problems"]["fields"]}
    problem.pop("body")
    problem |= {
        "问题": "二次供水设施移交缓慢",
        "状态": "持续推进",
        "整改时限": "2025年3月底前",
        "标记": ["立行立改"],
        "责任单位": ["供水科", "规划科"],
        "进展": [{"日期": "2024-08-15", "内容": "第一批7个小区完成移交。", "状态": "持续推进", "附件": []}],
    }
    text = f"---\n{yaml.safe_dump(problem, allow_unicode=True, sort_keys=False)}---\n其余小区按计划移交。\n"
    site = make_site({**DISCLOSURE, "reports/2024-a/02.md": text})
    told = site.rectify("check").ok().out
    assert "0 处错误" in told, told


HEAD = "问题: 二次供水设施移交缓慢\n状态: 持续推进\n"
BODY = "其余小区按计划移交。\n"


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("整改时限: ''\n", {"deadline": ""}),
        ("整改时限: 2024-12-31T00:00:00.000Z\n", {"deadline": "2024-12-31"}),
        ('整改时限: "2024-12-31 00:00"\n', {"deadline": "2024-12-31"}),
        ("序号: null\n牵头单位: ~\n标记: null\n进展: null\n销号: null\n", {"lead": "", "flags": []}),
        ("销号: {}\n撤回: {}\n标记: []\n进展: []\n办理: []\n", {"flags": []}),
        ("销号:\n  日期: ''\n  单位: ''\n  文号: null\n", {}),
        ("整改措施:\n  - ''\n责任单位:\n  - ''\n前次:\n  - \"\"\n", {"units": []}),
        ("进展:\n  - 日期: 2024-08-15\n    状态: ''\n    内容: 移交。\n    附件:\n      - ''\n", {}),
        ("整改措施:\n  - 内容: 逐个核对。\n    状态: ''\n  - 分批移交。\n", {}),
        ("责任人: >-\n  供水科\n  科长\n序号: 2\n分组: 2024\n", {"number": "2", "group": "2024"}),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_what_editors_leave_empty_says_nothing(make_site, written, says, ends):
    text = f"---\n{HEAD}{written}---\n\n{BODY}".replace("\n", ends)
    site = make_site({**DISCLOSURE, "reports/2024-a/02.md": text})
    told = site.rectify("check").ok().out
    assert "0 处错误" in told, told
    one = json.loads(site.rectify("show", "2024-a/02", "--format", "json").ok().out)
    assert {key: one[key] for key in says} == says


def blank(kind: str, is_many: bool) -> st.SearchStrategy:
    """What an editor may write of a key that nobody has filled in: nothing of it, or something empty."""
    lists = [[], [""]] if is_many or kind in ("names", "flags", "priorities", "refs") else []
    records = [{}] if kind in ("closeout", "withdrawal", "contact", "approval", "counts", "period") else []
    texts = [] if kind == "withdrawal" else [""]  # whoever writes one wants something to go: half a one is told
    return st.sampled_from([None, "null", *texts, *lists, *records])


FILLED = {
    PROBLEM_KEYS: {"问题": "二次供水设施移交缓慢", "序号": "2", "整改时限": "2024-12-31", "状态": "持续推进"},
    DISCLOSURE_KEYS: {
        "标题": "整改情况的报告", "文种": "整改情况报告", "单位": "清川市水务局", "截至日期": "2024-09-30",
        "公开日期": "2024-10-18", "索引号": "0012", "文号": "2024",
    },
}  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.data())
@pytest.mark.parametrize("keys", FILLED, ids=["problem", "disclosure"])
def test_whatever_an_editor_leaves_out_or_empty_is_not_there(keys, data):
    """Quoted or not: days, numbers with a zero in front; the keys in any order; optional ones left out, or empty."""
    filled = FILLED[keys]
    rest = {key.label: key for key in keys if key.label not in filled}
    empty = data.draw(st.fixed_dictionaries({}, optional={n: blank(k.kind, k.many) for n, k in rest.items()}))
    lines = [f"{name}: {'' if value == 'null' else json.dumps(value)}" for name, value in empty.items()]
    for name, value in filled.items():
        mark = data.draw(st.sampled_from(["", "'", '"'])) if value[0] != "0" else "'"
        lines.append(f"{name}: {mark}{value}{mark}")
    text = "---\n{}\n---\n\n正文。\n".format("\n".join(data.draw(st.permutations(lines))))
    plain = read("---\n{}\n---\n\n正文。\n".format("\n".join(f"{n}: '{v}'" for n, v in filled.items())), keys)
    one = read(text, keys)
    assert [finding.message() for finding in one.findings if finding.severity == "error"] == []
    assert one.values == plain.values and one.values["index_no" if keys is DISCLOSURE_KEYS else "number"]


def test_half_a_withdrawal_is_told(make_site):
    text = f"---\n{HEAD}撤回:\n  日期: ''\n  理由: ''\n---\n\n{BODY}"
    told = make_site({**DISCLOSURE, "reports/2024-a/02.md": text}).rectify("check")
    assert told.exit == 1 and "必填字段“理由”是空的" in told.out
