"""The forms of a web editor: every key with the values that it may have, and what such an editor writes is read."""

import yaml

from helpers.cases import DISCLOSURE
from rectify.core.vocabulary import DISCLOSURE_KEYS, FLAGS, PROBLEM_KEYS, STATUSES

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


def collections(make_site) -> dict[str, dict]:
    site = make_site(DISCLOSURE)
    site.rectify("ready", "decap", "--to", ".").ok()
    told = yaml.safe_load((site.root / "admin/config.yml").read_text("utf-8"))
    assert told["backend"]["branch"] == "main" and told["media_folder"] == "content/images"
    return {one["name"]: one for one in told["collections"]}


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
