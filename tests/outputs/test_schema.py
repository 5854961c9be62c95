"""The JSON Schema that editors check front matter with says what the reader says."""

import json
from pathlib import Path
from typing import Any, ClassVar

import pytest
import yaml
from jsonschema import Draft202012Validator

from helpers.site import ROOT, Site
from rectify.core.finding import errors
from rectify.core.vocabulary import DISCLOSURE_KEYS, PROBLEM_KEYS
from rectify.outputs.schema import schema
from rectify.sources.front_matter import parse
from rectify.sources.values import Values

KEYS = {"disclosure": DISCLOSURE_KEYS, "problem": PROBLEM_KEYS}


class EditorLoader(yaml.SafeLoader):
    """YAML 1.2's types, as editors load it: a date is a string, a number is a number."""

    yaml_implicit_resolvers: ClassVar = {
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def validator(kind: str) -> Draft202012Validator:
    return Draft202012Validator(schema(kind))


def sources() -> list[Path]:
    return sorted((ROOT / "content" / "reports").glob("*/*.md"))


@pytest.mark.parametrize("kind", KEYS)
def test_the_command_prints_a_valid_schema(kind: str):
    printed = json.loads(Site(ROOT, ROOT / "site").rectify("schema", kind).ok().out)
    assert printed == schema(kind)
    assert printed["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(printed)


def test_the_command_writes_a_file(tmp_path: Path):
    file = tmp_path / "problem.json"
    Site(ROOT, ROOT / "site").rectify("schema", "problem", "-o", str(file)).ok()
    assert json.loads(file.read_text("utf-8")) == schema("problem")


def test_the_projects_own_front_matter_is_valid():
    validators = {kind: validator(kind) for kind in KEYS}
    wrong = []
    for path in sources():
        front = yaml.load(path.read_text("utf-8").split("---\n")[1], EditorLoader)
        kind = "disclosure" if path.name == "index.md" else "problem"
        wrong += [f"{path.parent.name}/{path.name}: {error.message}" for error in validators[kind].iter_errors(front)]
    assert len(sources()) > 25
    assert wrong == []


DISCLOSURE = "标题: 甲\n文种: 整改情况报告\n单位: 乙\n截至日期: 2024-05-31\n公开日期: 2024-06-10\n"
PROBLEM = "问题: 甲\n状态: 已完成\n"
RIGHT = {
    "disclosure": [
        "",
        "公开范围: 党内",
        "公布数: {总数: 25, 已完成: 8}",
        "联系方式: {邮编: '000000'}",
        "巡察时间: {自: 2024-05-01, 至: 2024-05-31}",
        "成效: [{名称: 追缴, 数量: 7.132, 单位: 万元}]",
        "成效: {名称: 处分, 数量: 0}",
        "审批: {批准: 甲, 日期: 2024.5.31}",
    ],
    "problem": [
        "",
        "序号: 4",
        "整改时限: 长期坚持",
        "整改时限: 2024年7月",
        "整改时限: 2024/7/17",
        "整改时限: 2024年第三季度末",
        "整改时限: 2024年底前",
        "整改时限: 2024年上半年",
        "整改时限: 2024年3月中旬",
        "整改时限: 立行立改",
        "标记: 反弹",
        "标记: [反弹, 长期坚持]",
        "责任单位: [甲, 乙]",
        "责任单位: 甲、乙",
        "整改措施: [甲, {内容: 乙, 状态: 已完成}]",
        "销号: {日期: 2024-7-17}",
        "进展: [{日期: 2024-07-17, 内容: 甲, 附件: files/a.pdf}]",
        "撤回: {日期: 2024-07-17, 理由: 隐私}",
    ],
}
WRONG = {
    "disclosure": [
        "公开范围: 全网",
        "公布数: {总数: 八}",
        "公布数: {办完: 8}",
        "标题: 甲\ntitle: 乙",
        "巡察时间: {起: 2024-05-01}",
        "联系方式: 电话",
        "截至日期: 昨天",
        "天气: 晴",
        "成效: [{名称: 追缴}]",
        "轮次: [一]",
        "审批: {批准人: 甲}",
        "豁免: [{规则: S001}]",
    ],
    "problem": [
        "状态: 完成了",
        "状态: [已完成]",
        "天气: 晴",
        "标题: 乙",
        "整改时限: 九月底",
        "标记: 长远",
        "进展: 已经办好",
        "进展: [{内容: 甲}]",
        "进展: [{日期: 2024-07, 内容: 甲}]",
        "进展: [{日期: 2024-07-17, 内容: 甲, 附件: ../a.pdf}]",
        "撤回: 隐私",
        "责任单位: {甲: 乙}",
    ],
}


def both(kind: str, line: str) -> tuple[bool, bool]:
    """Whether the schema and whether the reader accept a minimal front matter with a line more, or in place of its own."""
    minimal = {"disclosure": DISCLOSURE, "problem": PROBLEM}[kind]
    kept = [own for own in minimal.splitlines() if own.split(":")[0] != line.split(":")[0] or "\n" in line]
    front = "\n".join([*kept, line.split("\n")[-1]])
    node, reader = parse(f"---\n{front}\n---\n", "a.md").node, Values("a.md")
    reader.mapping(node, KEYS[kind], top=True)
    loaded: Any = yaml.load(front, EditorLoader)
    return validator(kind).is_valid(loaded), not errors(reader.findings)


@pytest.mark.parametrize(("kind", "line"), [(kind, line) for kind, lines in RIGHT.items() for line in lines])
def test_schema_and_reader_both_accept(kind: str, line: str):
    assert both(kind, line) == (True, True)


@pytest.mark.parametrize(("kind", "line"), [(kind, line) for kind, lines in WRONG.items() for line in lines])
def test_schema_and_reader_both_refuse(kind: str, line: str):
    assert both(kind, line) == (False, False)


@pytest.mark.parametrize(("kind", "key"), [(kind, key.label) for kind, keys in KEYS.items() for key in keys.required])
def test_a_missing_key_is_refused_however_it_would_be_spelt(kind: str, key: str):
    front = yaml.load({"disclosure": DISCLOSURE, "problem": PROBLEM}[kind], EditorLoader)
    assert validator(kind).is_valid(front)
    for word in (KEYS[kind].find(key).name, *KEYS[kind].find(key).aliases):
        assert validator(kind).is_valid({word if name == key else name: value for name, value in front.items()})
    del front[key]
    assert not validator(kind).is_valid(front)


def test_an_empty_value_is_the_same_as_none():
    assert both("problem", "责任人:") == (True, True)
