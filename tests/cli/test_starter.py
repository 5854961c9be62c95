"""The example of a new site may be looked at, checked and built, and goes public by a decision only."""

import json

import pytest

from helpers.site import Site
from rectify.core.language import language
from rectify.sources import starter

WAIVER = "豁免:\n  - {规则: S096, 理由: 演示网站, 审批人: 办公室主任, 日期: 2025-07-02}\n---"


@pytest.mark.parametrize("key", ["zh", "en"])
def test_the_example_is_known_by_its_titles(key):
    texts = starter.starter_files(language(key))
    titles = {
        line.partition(": ")[2].strip('"')
        for path, text in texts.items()
        if "/reports/" in path
        for line in text.split("\n")
        if line.startswith(("标题: ", "问题: ", "title: "))
    }
    assert len(titles) == 4 and titles < {*starter.EXAMPLE, *starter.EXAMPLE_PROBLEMS}


def test_a_new_site_is_published_when_the_example_is_gone_or_meant(tmp_path):
    site = Site(tmp_path / "new", tmp_path / "new" / "site")
    Site(tmp_path, tmp_path).rectify("init", "new").ok()
    told = site.rectify("check").ok().out
    assert "[S096]" in told and "删去 reports/2025-shili" in told and "警告需要有人决定" in told
    refused = site.rectify("publish", "--to", str(tmp_path / "live"))
    assert refused.exit == 4 and "[S096]" in refused.out and "有 1 处错误" in refused.out
    run = json.loads((tmp_path / "live" / "last-run.json").read_text("utf-8"))
    assert run["severities"]["error"] == 1 and run["findings"][0]["severity"] == "error"
    index = site.root / "content/reports/2025-shili/index.md"
    index.write_text(index.read_text("utf-8").replace("\n---\n", f"\n{WAIVER}\n", 1), "utf-8")
    site.rectify("publish", "--to", str(tmp_path / "live"), "--dry-run").ok()
