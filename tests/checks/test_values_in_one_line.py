"""A mark of secrecy that is one value among several in a line of the fields stands alone on its page: told in the sources."""

import json

import pytest

from helpers.cases import DISCLOSURE, changed

ONE = "reports/2024-a/01.md"
NUMBER = "序号: 1\n"


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        (NUMBER, f"{NUMBER}责任单位: [办公室, 内部资料，注意保存]\n", "M003"),
        (NUMBER, f'{NUMBER}责任单位: ["内部资料，注意保存", 办公室]\n', "M003"),
        (NUMBER, f"{NUMBER}责任单位: [办公室, 秘密★1年]\n", "M004"),
        (
            "  - 日期: 2024-06-20\n    状态: 已完成\n    内容: 新的巡检记录全面使用。\n",
            '  - {日期: 2024-06-20, 状态: 已完成, 内容: "内部资料，注意保存"}\n',
            "M003",
        ),
    ],
)
def test_a_mark_between_commas_is_found_before_anything_is_built(make_site, old, new, rule):
    site = make_site(changed(ONE, (old, new)))
    found = json.loads(site.rectify("check", "--format", "json").out)
    assert (rule, "error", f"content/{ONE}") in {(one["rule"], one["severity"], one["file"]) for one in found}


def test_what_is_no_mark_may_stand_there(make_site):
    units = changed(ONE, (NUMBER, f"{NUMBER}责任单位: [办公室, 保密委员会办公室, 机要和保密科]\n"))
    assert make_site(DISCLOSURE | units).rectify("check").exit == 0
