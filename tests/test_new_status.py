"""A status that is added to the vocabulary, and to nothing else, is right wherever statuses are shown, counted or checked."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from helpers.site import ROOT, Result, Site, plain_environment, write_site
from rectify.core.family import Family, family_of
from rectify.core.vocabulary import STATUSES

ENTRY = """
[status.reviewing]
label = "整改复核中"
english = "Under review"
counts_as = "open"
mark = "◒"
definition = "已经报送整改结果，等待复核意见。"
definition_en = "The result is reported and the review goes on."
aliases = ["待复核"]
fill = 60
shade = 0.6
colours = { light = "#123456", dark = "#abcdef", forced = "LinkText", print = "#222", ledger = "ABCDE1" }

[status.done]
"""
HEAD = "---\n标题: 清川市某局整改情况\n文种: 整改情况报告\n单位: 清川市某局\n截至日期: 2024-06-30\n公开日期: 2024-07-15\n公布数: {总数: 3, 整改复核中: 1}\n---\n"
FILES = {
    "reports/2024-jia/index.md": HEAD,
    "reports/2024-jia/01.md": "---\n问题: 台账登记不全\n状态: 待复核\n整改时限: 2024-12-31\n---\n\n已报送结果。\n",
    "reports/2024-jia/02.md": "---\n问题: 档案归集不齐\n状态: 已完成\n---\n\n档案已补齐。\n",
    "reports/2024-jia/03.md": "---\n问题: 公示栏更新不及时\n状态: 待整改\n---\n\n尚未启动。\n",
    "methodology.md": "# 状态与计数说明\n",
    "about.md": "# 监督方式\n",
}


class Added(Site):
    """A site built by a copy of the package, whose vocabulary has one more status."""

    def run(self, *command: str, env: dict[str, str] | None = None, timeout: float = 300) -> Result:
        name, *rest = command
        command = [sys.executable, "-m", "rectify", *rest] if Path(name).name == "rectify" else list(command)
        paths = {"PYTHONPATH": str(self.root.parent / "plugins")}
        done = subprocess.run(
            command, cwd=self.root, env=plain_environment(paths), timeout=timeout, encoding="utf-8",
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
        return Result(done.returncode, done.stdout)


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Site:
    """The site; nothing of the copied package is touched but vocabulary.toml."""
    folder = tmp_path_factory.mktemp("status")
    shutil.copytree(ROOT / "plugins", folder / "plugins", ignore=shutil.ignore_patterns("*.egg-info", "__pycache__"))
    (folder / "theme").symlink_to(ROOT / "theme")
    vocabulary = folder / "plugins" / "rectify" / "core" / "vocabulary.toml"
    text = vocabulary.read_text("utf-8")
    assert text.count("\n[status.done]\n") == 1
    vocabulary.write_text(text.replace("\n[status.done]\n", ENTRY), "utf-8")
    made = write_site(folder / "site", FILES)
    added = Added(made.root, made.output)
    added.build().ok()
    return added


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("reports/2024-jia/01/", ["rf-status--reviewing", "◒", "整改复核中", "methodology/#status-reviewing"]),
        ("reports/2024-jia/", ["rf-sq--reviewing", 'data-status="reviewing"', 'id="status-reviewing"', "整改复核中"]),
        ("", ["rf-fill--reviewing", "problems/status/reviewing/"]),
        ("problems/", ["整改复核中", "problems/status/reviewing/"]),
        ("problems/status/", ["整改复核中"]),
        ("problems/status/reviewing/", ["台账登记不全"]),
        ("problems/state/open/", ["台账登记不全", "公示栏更新不及时"]),
        ("methodology/", ['id="status-reviewing"', "等待复核意见", "“整改复核中”"]),
        ("search/", ['value="reviewing"', "◒", "整改复核中"]),
    ],
)
def test_pages_show_it(site, address: str, parts: list[str]):
    html = site.page(address)
    assert [part for part in parts if part not in html] == []


def test_counts_hold(site):
    (disclosure,) = site.data("disclosures")["disclosures"]
    counts = disclosure["counts"]
    assert (counts["total"], counts["done"], counts["open"], counts["by_status"]["reviewing"]) == (3, 1, 2, 1)
    assert [p["status_label"] for p in site.data("problems")["problems"]] == ["整改复核中", "已完成", "待整改"]


def test_the_stylesheet_has_its_look_in_every_medium(site):
    css = next((site.output / "assets/stylesheets").glob("site.*.css")).read_text("utf-8")
    both = "var(--rf-light, #123456) var(--rf-dark, #abcdef)"
    assert re.findall(r"--rf-reviewing: ([^;]+);", css) == [both, "var(--rf-ink)", "LinkText", "#222"]
    assert "transparent 60%" in css and re.search(
        r"\.rf-fill--reviewing,[^}]+fill: var\(--rf-reviewing\);[^}]+opacity: 0\.6; }", css
    )
    assert '#status-reviewing:target ~ * [data-status]:not([data-status="reviewing"])' in css


def test_the_search_index_filters_by_it(site):
    index = json.loads((site.output / "search/index/index.json").read_text("utf-8"))
    assert "reviewing" in {state[1] for state in index["states"]}


def test_the_ledger_offers_and_colours_it(site, tmp_path):
    site.rectify("export", "--xlsx", "--content", "content", "-o", str(tmp_path / "a.xlsx")).ok()
    sheet = load_workbook(tmp_path / "a.xlsx").worksheets[0]
    choices = [one.formula1 for one in sheet.data_validations.dataValidation]
    assert any("整改复核中" in str(one) for one in choices)
    rules = [rule for area in sheet.conditional_formatting for rule in area.rules]
    assert any('"整改复核中"' in rule.formula and rule.dxf.fill.bgColor.rgb.endswith("ABCDE1") for rule in rules)


def test_a_problem_goes_to_it_and_not_back_without_a_relapse(site):
    copy = Added(site.root.parent / "moved", site.root.parent / "moved" / "site")
    shutil.copytree(site.root, copy.root)
    forward = ["update", "2024-jia/03", "--status", "待复核", "--note", "报送结果。", "--date", "2024-06-20"]
    copy.rectify(*forward).ok()
    assert "状态: 整改复核中" in (copy.root / "content/reports/2024-jia/03.md").read_text("utf-8")
    back = copy.rectify("update", "2024-jia/01", "--status", "持续推进", "--note", "退回。", "--date", "2024-06-21")
    assert back.exit == 1 and "不能退回" in back.out and "整改复核中" in back.out


def test_going_back_from_it_since_the_last_publication_is_found(site):
    before = site.root.parent / "before"
    shutil.copytree(site.output, before)
    copy = Added(site.root.parent / "back", site.root.parent / "back" / "site")
    shutil.copytree(site.root, copy.root)
    copy.write("reports/2024-jia/01.md", FILES["reports/2024-jia/01.md"].replace("待复核", "持续推进"))
    copy.write("reports/2024-jia/index.md", HEAD.replace("整改复核中: 1", "整改复核中: 0"))
    found = json.loads(copy.rectify("check", "--against", os.fspath(before), "--format", "json").out)
    assert [
        (one["rule"], "整改复核中" in one["message"]) for one in found if family_of(one["rule"]) is Family.CONTINUITY
    ] == [("H006", True)]
    same = json.loads(site.rectify("check", "--against", os.fspath(before), "--format", "json").out)
    assert [one["rule"] for one in same if family_of(one["rule"]) is Family.CONTINUITY] == []


def test_editors_are_offered_it(site):
    schema = site.rectify("schema", "problem").ok().out
    assert "整改复核中" in schema and "reviewing" in schema and "待复核" in schema


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_readmes_name_every_status_in_order(name):
    text = (ROOT / name).read_text("utf-8")
    places = [text.find(f"{term.label} {term.key}") for term in STATUSES]
    missing = [f"{term.label} {term.key}" for term, place in zip(STATUSES, places) if place < 0]
    assert not missing, f"{name} lists the statuses without {missing}"
    assert places == sorted(places), f"{name} lists the statuses in another order"
