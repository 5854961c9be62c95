"""The end of a term of publication: a timer finds it, the details are nowhere any more, entry, counts and trace are."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

from click.testing import CliRunner

from helpers.cases import DISCLOSURE
from helpers.site import Site
from rectify.cli.doctor import doctor

INDEX, ONE, TWO = (f"reports/2024-a/{name}.md" for name in ("index", "01", "02"))
CANARIES = ("管网巡检", "按月抽查", "按季抽查", "逐日核对", "二次供水", "市委巡察反馈的", "小区名单", "清退资金")
FILES = DISCLOSURE | {
    INDEX: DISCLOSURE[INDEX].replace("公开日期: 2024-10-18", "公开日期: 2024-10-18\n成效: {清退资金: 3 万元}"),
    TWO: DISCLOSURE[TWO].replace("其余小区", "[小区名单](files/xq.csv)以外，其余小区"),
    "reports/2024-a/files/xq.csv": "小区,户数\n安和里,7\n",
}
FILES[INDEX] = FILES[INDEX].replace("{清退资金: 3 万元}", "[{名称: 清退资金, 数量: 3, 单位: 万元}]")


def on(site: Site, day: str, *args: str) -> str:
    noon = datetime.fromisoformat(f"{day}T04:00").replace(tzinfo=UTC)
    result = site.rectify(*args, env={"SOURCE_DATE_EPOCH": str(int(noon.timestamp()))})
    assert result.exit in (0, 3, 4), result.out
    return result.out


def swap(site: Site, path: str, old: str, new: str) -> None:
    text = (site.root / "content" / path).read_text("utf-8")
    assert old in text
    site.write(path, text.replace(old, new))


def holding(folder: Path) -> list[str]:
    """The files below a folder, but for what runs keep, that hold any of the canaries."""
    files = [path for path in folder.rglob("*") if path.is_file() and ".work" not in path.parts]
    return [str(path) for path in files if any(canary in path.read_text("utf-8", "replace") for canary in CANARIES)]


def test_a_term_ends_by_itself_and_leaves_the_entry(make_site):
    site = make_site(FILES, plugins=[{"rectify": {"retention": 1, "as_of": "2025-10-01"}}])
    place, live = site.root / "live", site.root / "live" / "current"
    publish = ("publish", "--to", "live")
    on(site, "2025-01-10", *publish)
    swap(site, ONE, "按月抽查", "按季抽查")
    swap(site, INDEX, "已完成1个，持续", "其中已完成1个，持续")
    on(site, "2025-03-01", *publish)
    before = json.loads((live / "data/disclosures.json").read_bytes())["disclosures"][0]
    assert (before["until"], before["ended"]) == ("2025-10-18", False)
    assert "2024-a  2025-10-18 公开期满" in on(site, "2025-09-20", "status")
    assert "没有变化" in on(site, "2025-10-17", *publish)

    # The day comes, and nothing was edited.
    told = CliRunner().invoke(doctor, ["--to", str(place), "--format", "json"]).output
    assert [one["text"] for one in json.loads(told) if one["name"] == "terms"] == ["公开期已满，内容还公开着：2024-a"]
    assert "已公开 0003" in on(site, "2025-10-18", *publish)
    assert holding(place) == []
    after = json.loads((live / "data/disclosures.json").read_bytes())["disclosures"][0]
    assert after == before | {"ended": True}
    for address in ("", "01/", "02/", "full/"):
        assert "2025年10月18日" in (live / f"reports/2024-a/{address}index.html").read_text("utf-8")
    assert not (live / "reports/2024-a/files").exists()
    assert [one.name for one in (place / "releases").iterdir()] == ["0003-folder"]
    record = json.loads((live / "release.json").read_bytes())
    assert [(change["kind"], change["ref"]) for change in record["changes"]] == [("ended", "2024-a")]
    assert "只留条目，内容不再公开" in (live / "releases/0003-folder/index.html").read_text("utf-8")
    assert "没有变化" in on(site, "2025-10-19", *publish)
    assert '"terms"' not in CliRunner().invoke(doctor, ["--to", str(place), "--format", "json"]).output
    assert "完整" in on(site, "2025-10-19", "verify", "live/current")

    # What is cited is the entry; what was said before is told to be withheld.
    page = (live / "reports/2024-a/01/index.html").read_text("utf-8")
    mark = re.search(r"rectify:2024-a/01:0003-folder[^<]*", page)[0]
    assert "相符" in site.rectify("verify", "live", "--cited", mark).ok().out
    assert "没有问题 2024-a/99" in site.rectify("verify", "live", "--cited", mark.replace("a/01", "a/99")).out
    then = site.rectify("show", "2024-a/01", "--on", "2025-03-05", "--published", "live").ok().out
    assert "（公开期满，内容不再公开）" in then and not any(canary in then for canary in CANARIES)

    # Nobody brings it back by moving the date alone; with a decision it comes back, and that is told.
    swap(site, INDEX, "公开日期: 2024-10-18\n", "公开日期: 2024-10-18\n公开截止: 2027-01-01\n")
    assert "H014" in on(site, "2025-10-20", *publish)
    swap(site, INDEX, "审批:", "豁免: [{规则: H014, 理由: 研究决定, 审批人: 党组, 日期: 2025-10-20}]\n审批:")
    assert "已公开 0004" in on(site, "2025-10-20", *publish)
    changes = json.loads((live / "release.json").read_bytes())["changes"]
    assert [(change["kind"], change.get("field", "")) for change in changes] == [("restored", ""), ("text", "until")]
    assert "按季抽查" in (live / "reports/2024-a/01/index.html").read_text("utf-8")


def test_a_run_that_was_killed_while_it_removed_is_made_good(make_site):
    site = make_site(DISCLOSURE, plugins=[{"rectify": {"retention": 1, "as_of": "2025-10-01"}}])
    on(site, "2025-01-10", "publish", "--to", "live")
    on(site, "2025-10-18", "publish", "--to", "live")
    old = site.root / "live" / "releases" / "0001-folder"
    (old / "data").mkdir(parents=True)
    (old / "data" / "problems.json").write_text("", "utf-8")  # what cannot be read is taken to hold the text
    (site.root / "live" / ".over").touch()
    assert "没有变化" in on(site, "2025-10-18", "publish", "--to", "live")
    assert not old.exists() and not (site.root / "live" / ".over").exists()
