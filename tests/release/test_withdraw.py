"""`rectify withdraw`: the text is nowhere below the place of publication afterwards, the entry and every count are."""

import hashlib
import json
import os
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from helpers.cases import DISCLOSURE
from helpers.repository import commit, committed, git
from helpers.site import Site
from rectify.cli.withdraw import withdraw
from rectify.core.model import Withdrawal
from rectify.release.withdrawal import edits

ONE, TWO = "reports/2024-a/01.md", "reports/2024-a/02.md"
CANARIES = ("管网巡检记录不完整", "新的巡检记录全面使用", "班组长逐日核对")
REASON = ("--reason", "内容需要更正", "--date", "2024-10-20")


@pytest.fixture
def site(make_site) -> Site:
    saved = {
        "written": True,
        "findings": [{"file": "01.md", "excerpt": CANARIES[0]}],
        "texts": {"01.md": DISCLOSURE[ONE], "02.md": DISCLOSURE[TWO]},
    }
    return committed(make_site({**DISCLOSURE, "reports/2024-a/.import.json": json.dumps(saved, ensure_ascii=False)}))


def live(site: Site) -> Path:
    return (site.root / "live" / "current").resolve()


def published_twice(site: Site) -> Site:
    site.rectify("publish", "--to", "live", "--repo", ".").ok()
    path = site.root / "content" / TWO
    site.write(TWO, path.read_text("utf-8").replace("第一批7个", "第一批8个"))
    commit(site).rectify("publish", "--to", "live", "--repo", ".").ok()
    return site


def holding(folder: Path) -> list[str]:
    """Every file below a folder, hidden ones too, that holds one of the canaries, in UTF-8 or as JSON escapes."""
    needles = [form for word in CANARIES for form in (word.encode(), json.dumps(word)[1:-1].encode())]
    files = (Path(parent, name) for parent, _, names in os.walk(folder) for name in names)
    return sorted(str(file) for file in files if any(needle in file.read_bytes() for needle in needles))


def test_the_text_is_nowhere_and_the_entry_stays(site):
    published_twice(site)
    before = sorted(os.listdir(site.root / "live" / "releases"))
    hashes = {
        name: hashlib.sha256((site.root / "live/releases" / name / "manifest.json").read_bytes()).hexdigest()
        for name in before
    }
    assert len(before) == 2 and holding(site.root / "live")
    result = site.rectify("withdraw", "2024-a/01", *REASON, "--to", "live").ok()
    assert "已删除仍有原文的旧版本" in result.out and "搜索引擎" in result.out
    assert [holding(site.root / place) for place in ("live", ".cache", "site")] == [[], [], []]
    assert [name for name in before if (site.root / "live/releases" / name).exists()] == []
    record = json.loads((live(site) / "release.json").read_bytes())
    assert record["counts"] == {"disclosures": 1, "total": 2, "done": 1, "open": 1, "unstated": 0}
    assert record["previous"]["manifest"] == hashes[record["previous"]["id"]]
    for name in before:
        kept = json.loads((site.root / "live" / "chain" / f"{name}.json").read_bytes())
        data = (json.dumps(kept["manifest"], ensure_ascii=False, indent=1) + "\n").encode()
        assert hashlib.sha256(data).hexdigest() == hashes[name], "the chain can be checked without the releases"
    problem = json.loads((live(site) / "data" / "problems.json").read_bytes())["problems"][0]
    assert (problem["ref"], problem["withdrawn"]) == ("2024-a/01", "2024-10-20")
    site.rectify("verify", "live/current").ok()


def test_a_timer_does_not_bring_it_back_before_the_commit(site):
    published_twice(site)
    site.rectify("withdraw", "2024-a/01", *REASON, "--to", "live").ok()
    after = live(site)
    assert site.rectify("publish", "--to", "live", "--repo", ".").exit == 6 and live(site) == after
    commit(site)
    assert site.rectify("publish", "--to", "live", "--repo", ".").exit in (0, 3)
    assert holding(live(site)) == []


def test_every_other_byte_stays_and_undo_restores_the_file(site):
    file = site.root / "content" / ONE
    file.write_bytes(
        DISCLOSURE[ONE].replace("状态: 已完成\n序号", "状态: 已完成   # 核对过\n序号").replace("\n", "\r\n").encode()
    )
    old = file.read_bytes()
    dry = site.rectify("withdraw", "2024-a/01", *REASON, "--dry-run").ok()
    assert "试运行" in dry.out and file.read_bytes() == old
    result = site.rectify("withdraw", "2024-a/01", *REASON).ok()
    assert "仍有原文" in result.out and "撤回:" in file.read_text("utf-8")
    assert set(old.split(b"\r\n")) < set(file.read_bytes().split(b"\r\n")) and b"\n" not in file.read_bytes().replace(
        b"\r\n", b""
    )
    site.rectify("withdraw", "2024-a/01", "--undo").ok()
    assert file.read_bytes() == old


def test_what_the_import_saved_is_cleared_of_this_problem_only(site):
    site.rectify("withdraw", "2024-a/01", *REASON).ok()
    saved = json.loads((site.root / "content/reports/2024-a/.import.json").read_bytes())
    assert saved["texts"] == {"02.md": DISCLOSURE[TWO]} and saved["findings"] == [{"file": "01.md", "excerpt": ""}]


def test_a_whole_disclosure(site):
    site.rectify("withdraw", "2024-a", *REASON).ok()
    assert all("撤回:" in (site.root / "content" / name).read_text("utf-8") for name in (ONE, TWO))


def test_attachments_that_only_it_used_are_named(site):
    text = DISCLOSURE[ONE].replace(
        "    内容: 新的巡检记录全面使用。", "    内容: 新的巡检记录全面使用。\n    附件: [files/a.txt, files/b.txt]"
    )
    site.write(ONE, text)
    site.write(TWO, DISCLOSURE[TWO].rstrip() + "\n\n[办法](files/b.txt)\n")
    for name in "ab":
        site.write(f"reports/2024-a/files/{name}.txt", "办法")
    out = site.rectify("withdraw", "2024-a/01", *REASON, "--dry-run").ok().out
    assert "files/a.txt" in out and "files/b.txt" not in out


def test_where_publishing_is_refused_it_says_that_the_text_is_live(site):
    published_twice(site)
    before = live(site)
    site.write(TWO, DISCLOSURE[TWO].replace("第一批7个", "联系人身份证110101199003070070，第一批7个"))
    result = site.rectify("withdraw", "2024-a/01", *REASON, "--to", "live")
    assert result.exit == 4 and "原文仍然公开着" in result.out and "rectify emergency --to live" in result.out
    assert live(site) == before and len(os.listdir(site.root / "live" / "releases")) == 2


def test_other_places_get_it_too(site):
    published_twice(site).rectify(
        "withdraw", "2024-a/01", *REASON, "--to", "live", "--also", f"fsspec:file://{site.root}/live-bucket"
    ).ok()
    assert (site.root / "live-bucket" / "manifest.json").is_file() and holding(site.root / "live-bucket") == []


@pytest.mark.parametrize(
    "arguments",
    [["2024-a/01"], ["2024-a/77", *REASON], ["2024-b", *REASON], ["2024-a/01", "--reason", "x", "--date", "immer"]],
)
def test_wrong_use(site, arguments):
    result = site.rectify("withdraw", *arguments)
    assert result.exit == 2 and "Traceback" not in result.out and git(site, "status", "--porcelain").out == ""


def test_the_procedure_for_the_history():
    out = CliRunner().invoke(withdraw, ["--purge-history-help"])
    assert out.exit_code == 0 and all(
        word in out.output for word in ("filter-repo", "bfg", "filter-branch", "reflog expire")
    )


def test_a_file_in_gbk_stays_in_gbk(tmp_path):
    file = tmp_path / "reports" / "2024-a" / "01.md"
    file.parent.mkdir(parents=True)
    file.write_bytes(DISCLOSURE[ONE].encode("gb18030"))
    (edit,) = edits(tmp_path, [("2024-a", "01")], Withdrawal(date(2024, 10, 20), "内容需要更正"))
    assert "理由: 内容需要更正" in edit.new.decode("gb18030") and CANARIES[0] in edit.new.decode("gb18030")
