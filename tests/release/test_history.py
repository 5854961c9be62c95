"""What a site says of its own changes: exactly the edits that were made, on pages, in the record, in the history, and nothing else."""

import json
import os
import re
import shutil
from collections.abc import Callable
from html import unescape
from itertools import chain
from pathlib import Path

from helpers.cases import DISCLOSURE
from helpers.site import ROOT, Site

INDEX, ONE, TWO = "reports/2024-a/index.md", "reports/2024-a/01.md", "reports/2024-a/02.md"
FILES = DISCLOSURE | {"extra.md": "# 附则\n\n旧的说明。\n"}
NEW = {
    path.replace("2024-a", "2025-b"): text.replace("二次供水", "绿地").replace("水务局", "园林局")
    for path, text in DISCLOSURE.items()
    if path.startswith("reports/")
}

CHECKSUMS = ("attachments", "appearance")
"""Fields of which a page says that they changed, and nothing else can be read."""

Seen = tuple[str, str, str, str]
"""About, reference, kind, field."""


def swap(path: str, old: str, new: str) -> Callable[[Site], None]:
    def edit(site: Site) -> None:
        text = (site.root / "content" / path).read_text("utf-8")
        assert old in text
        site.write(path, text.replace(old, new))

    return edit


def write(path: str, text: str) -> Callable[[Site], None]:
    return lambda site: site.write(path, text)


def both(*edits: Callable[[Site], None]) -> Callable[[Site], None]:
    def edit(site: Site) -> None:
        for one in edits:
            one(site)

    return edit


def of_problem(kind: str, field: str = "", ref: str = "2024-a/01") -> Seen:
    return ("problem", ref, kind, field)


def of_disclosure(field: str) -> Seen:
    return ("disclosure", "2024-a", "text", field)


EDITS: dict[str, tuple[Callable[[Site], None], list[Seen]]] = {
    "title": (swap(ONE, "管网巡检记录不完整", "管网巡检记录不够完整"), [of_problem("text", "title")]),
    "deadline": (
        swap(TWO, "2024-12-31", "2025-03-31\n标记: [延期]"),
        [of_problem("deadline", ref="2024-a/02"), of_problem("text", "flags", "2024-a/02")],
    ),
    "owner": (swap(ONE, "序号: 1", "序号: 1\n责任人: 管网科科长"), [of_problem("text", "owner")]),
    "lead and units": (
        swap(ONE, "序号: 1", "序号: 1\n牵头单位: 管网科\n责任单位: 管网科、办公室"),
        [of_problem("text", "lead"), of_problem("text", "units")],
    ),
    "group and category": (
        swap(ONE, "序号: 1", "序号: 1\n分组: 管理方面\n类别: 民生保障"),
        [of_problem("text", "group"), of_problem("text", "category")],
    ),
    "a measure": (swap(ONE, "按月抽查。", "按周抽查。"), [of_problem("text", "measures")]),
    "a new entry": (
        swap(
            ONE,
            "    内容: 新的巡检记录全面使用。\n",
            "    内容: 新的巡检记录全面使用。\n  - 日期: 2024-08-01\n    内容: 复查一次。\n",
        ),
        [of_problem("progress")],
    ),
    "an old entry": (swap(ONE, "新的巡检记录全面使用", "新的巡检记录已经全面使用"), [of_problem("text", "progress")]),
    "a paragraph": (swap(ONE, "班组长逐日核对", "班组长每日核对"), [of_problem("text", "body")]),
    "a new paragraph": (
        swap(ONE, "每日核对。\n", "每日核对。\n\n抽查结果每月张贴在服务大厅。\n"),
        [of_problem("text", "body")],
    ),
    "a link": (swap(ONE, "抽查结果每月", "[抽查结果](../../about.md)每月"), [of_problem("text", "links")]),
    "prose": (swap(INDEX, "市委巡察反馈的", "市委巡察组反馈的"), [of_disclosure("body")]),
    "contact": (swap(INDEX, "0000-2345601", "0000-2345602"), [of_disclosure("contact.phone")]),
    "inspector": (swap(INDEX, "第二巡察组\n", "第三巡察组\n"), [of_disclosure("inspector")]),
    "period": (swap(INDEX, "止: 2024-03-08", "止: 2024-03-09"), [of_disclosure("inspected.end")]),
    "document number": (swap(INDEX, "联系方式:", "文号: 清水党〔2024〕8号\n联系方式:"), [of_disclosure("doc_no")]),
    "as of": (
        swap(INDEX, "截至日期: 2024-09-30", "截至日期: 2024-10-10\n公布数截至日期: 2024-09-30"),
        [of_disclosure("as_of"), of_disclosure("declared_as_of")],
    ),
    "an attachment": (
        both(
            write("reports/2024-a/files/表.csv", "甲,乙\n1,2\n"),
            swap(ONE, "每日核对。\n", "每日核对，见[表](files/表.csv)。\n"),
        ),
        [of_disclosure("attachments"), of_problem("text", "body"), of_problem("text", "links")],
    ),
    "another attachment of that name": (
        write("reports/2024-a/files/表.csv", "甲,乙\n1,3\n"),
        [of_disclosure("attachments")],
    ),
    "a page": (swap("extra.md", "旧的说明", "新的说明"), [("page", "extra/", "text", "body")]),
    "a page gone": (lambda site: (site.root / "content/extra.md").unlink(), [("page", "extra/", "gone", "")]),
    "a file that a page leads to": (
        both(write("map.csv", "1\n"), swap("index.md", "# 首页\n", "# 首页\n\n[分布](map.csv)\n")),
        [("file", "map.csv", "added", ""), ("page", "", "text", "body"), ("page", "", "text", "links")],
    ),
    "the name of the site": (
        lambda site: swap_configuration(site, "site_name:", "site_name: 新"),
        [("site", "", "text", "name")],
    ),
    "the theme": (lambda site: own_style(site), [("site", "", "text", "appearance")]),
    "a redaction": (
        swap(ONE, "每月张贴在服务大厅", "每月公布<!-- 每月张贴在服务大厅 -->"),
        [of_problem("text", "body")],
    ),
    "a status": (
        both(
            swap(TWO, "状态: 持续推进\n序号", "状态: 阶段性完成\n序号"),
            swap(TWO, "移交。\n---", "移交。\n  - {日期: 2024-10-05, 状态: 阶段性完成, 内容: 第二批移交。}\n---"),
        ),
        [of_problem("status", ref="2024-a/02"), of_problem("progress", ref="2024-a/02")],
    ),
    "a new disclosure": (
        both(*(write(path, text) for path, text in NEW.items())),
        [
            ("disclosure", "2025-b", "added", ""),
            of_problem("added", ref="2025-b/01"),
            of_problem("added", ref="2025-b/02"),
        ],
    ),
    "a comment": (swap(TWO, "其余小区按计划移交。", "其余小区按计划移交。\n\n<!-- 内部备注，不公开 -->"), []),
    "a withdrawal": (
        swap(TWO, "序号: 2", "序号: 2\n撤回: {日期: 2024-10-20, 理由: 涉及第三方信息}"),
        [of_problem("withdrawn", ref="2024-a/02")],
    ),
}
EDITED_TOGETHER = (
    ("title", "deadline", "prose"),
    ("owner", "contact", "a page"),
    ("lead and units", "inspector", "the name of the site"),
    ("group and category", "period", "a page gone"),
    ("a measure", "document number", "a file that a page leads to"),
    ("a new entry", "as of"),
    ("an old entry",),
    ("a paragraph", "the theme"),
    ("a new paragraph", "a status"),
    ("a link", "a new disclosure"),
    ("an attachment",),
    ("another attachment of that name", "a redaction"),
    ("a comment",),
    ("a withdrawal",),
)
"""What changes from one publication to the next: of one problem, disclosure, page or of the site itself never more than one edit."""


def swap_configuration(site: Site, old: str, new: str) -> None:
    file = site.root / "mkdocs.yml"
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")


def own_style(site: Site) -> None:
    """The site gets a theme of its own, with another colour."""
    shutil.copytree(ROOT / "theme", site.root / "theme")
    with open(site.root / "theme/assets/stylesheets/rectify.css", "a", encoding="utf-8") as style:
        style.write("\n.rf-title { color: #123456; }\n")
    swap_configuration(site, str(ROOT / "theme"), "theme")


def seen(changes: list[dict]) -> list[Seen]:
    return [(c["about"], c.get("ref", ""), c["kind"], c.get("field", "")) for c in changes]


def publish(site: Site, live: Path) -> int:
    return site.rectify("publish", "--to", str(live)).exit


def on_day(number: int) -> dict[str, str]:
    """The variables of a run on a day of its own, after those with lower numbers."""
    return {"SOURCE_DATE_EPOCH": str(1727625600 + 86400 * number)}  # 1 is 2024-10-01 in Beijing


def rows(file: Path) -> list[dict]:
    return json.loads(file.read_bytes())["problems"]


def current(live: Path) -> Path:
    return (live / "current").resolve()


def test_publications_tell_exactly_what_was_edited(make_site, tmp_path):
    site, live = make_site(FILES), tmp_path / "live"
    assert site.rectify("publish", "--to", str(live), env=on_day(1)).exit == 0
    said = [rows(current(live) / "data/problems.json")]
    assert sorted(chain(*EDITED_TOGETHER)) == sorted(EDITS)
    for name in EDITED_TOGETHER:
        both(*(EDITS[one][0] for one in name))(site)
        expected = [seen for one in name for seen in EDITS[one][1]]
        done = site.rectify("publish", "--to", str(live), env=on_day(len(said) + bool(expected)))
        if not expected:
            assert done.exit == 3, (name, done.out)
            continue
        assert done.exit == 0, (name, done.out)
        record = json.loads((current(live) / "release.json").read_bytes())
        assert sorted(seen(record["changes"])) == sorted(expected), name
        page = (current(live) / "releases" / record["id"] / "index.html").read_text("utf-8")
        told = re.findall('<dl class="rf-change-rows">(.*?)</dl>', page, re.DOTALL)
        assert sum(one.count("<dt>") for one in told) == len(expected), name
        for change in record["changes"]:
            if change["kind"] == "text" and change["about"] != "file" and change["field"] not in CHECKSUMS:
                assert shows(page, change.get("before", ""), "ins") and shows(page, change.get("after", ""), "del"), (
                    name
                )
        lines = [json.loads(line) for line in (current(live) / "history.jsonl").read_bytes().splitlines()]
        own = [line for line in lines if line.get("release") == record["id"] and line["event"] == "change"]
        assert seen(own) == seen(record["changes"]), name
        assert (live / "history.jsonl").read_bytes() == (current(live) / "history.jsonl").read_bytes()
        said.append(rows(current(live) / "data/problems.json"))
    site.rectify("verify", str(live / "current")).ok()
    problem = (current(live) / "reports/2024-a/01/index.html").read_text("utf-8")
    steps = sum(
        any(seen[1:3] == ("2024-a/01", "text") for one in name for seen in EDITS[one][1]) for name in EDITED_TOGETHER
    )
    assert shows(problem, "管网巡检记录不完整", "ins") and problem.count('class="rf-change-rows"') == steps
    withdrawn_everywhere(live)
    said_then(site, live, said)
    rolled_back_and_on(site, live)


def shows(page: str, text: str, without: str) -> bool:
    """Return whether a page shows a text when what is marked as the other wording's is left out of it."""
    one_side = re.sub(rf'<span class="rf-hidden">.*?</span>|<{without}>.*?</{without}>', "", page, flags=re.DOTALL)
    return text in unescape(re.sub("<[^>]+>", "", one_side))


def withdrawn_everywhere(live: Path) -> None:
    """The texts of the withdrawn problem and of the redaction are in nothing of what is live; that they changed, and when, is."""
    texts = [path for path in current(live).rglob("*") if path.is_file()]
    for gone in ("二次供水设施移交缓慢", "张贴在服务大厅"):
        assert not [path for path in texts if gone.encode() in path.read_bytes()], gone
    lines = [json.loads(line) for line in (live / "history.jsonl").read_bytes().splitlines()]
    own = [line for line in lines if line.get("ref") == "2024-a/02"]
    assert [line["kind"] for line in own] == ["deadline", "text", "status", "progress", "withdrawn"] and all(
        "purged" in line or "title" not in line for line in own
    )


def said_then(site: Site, live: Path, said: list[list[dict]]) -> None:
    """What each publication said is at its address and told for its day, but for what was withdrawn."""
    for number, then in enumerate(said, start=1):
        (file,) = (current(live) / "releases").glob(f"{number:04}-*/problems.json")
        found = rows(file)
        assert [one for one in found if one["ref"] != "2024-a/02"] == [one for one in then if one["ref"] != "2024-a/02"]
        of_withdrawn = [(one["status"], one["deadline"], one["title"]) for one in found if one["ref"] == "2024-a/02"]
        known = [(one["status"], one["deadline"], "（内容已撤回）") for one in then if one["ref"] == "2024-a/02"]
        assert of_withdrawn == known, number
    on = ("--on", "2024-10-03", "--published", str(live))
    told = json.loads(site.rectify("status", *on, "--format", "json").ok().out)
    assert told["release"].startswith("0003-") and told["problems"] == rows(
        next((current(live) / "releases").glob("0003-*/problems.json"))
    )
    body = "班组长逐日核对"
    assert (
        body in site.rectify("show", "2024-a/1", *on).ok().out
        and "2025-03-31" in site.rectify("show", "2024-a/02", *on).out
    )
    assert body not in site.rectify("show", "2024-a/01", "--on", "2024-12-31", "--published", str(live)).ok().out
    early = site.rectify("status", "--on", "2024-09-30", "--published", str(live))
    assert early.exit == 1 and "第一次公开是 2024-10-01" in early.out
    page = (current(live) / "reports/2024-a/01/index.html").read_text("utf-8")
    line = unescape(re.sub("<[^>]+>", "", re.search('rf-cite__line">(.*?)</p>', page, re.DOTALL)[1]))
    for cited, exit, sentence in (
        (line, 0, "以后没有改动"),
        ("\n".join(line), 0, "以后没有改动"),
        (line[:-2] + ("00" if line[-2:] != "00" else "11"), 1, "不是这些文字"),
        (re.sub(r":(00..)-", ":0001-", line), 1, "历史被改写过，或者引用有误"),
        (re.sub(r":(00..)-", ":0900-", line), 1, "没有 0900-"),
        ("没有校验值", 2, "整行抄下"),
    ):
        found = site.rectify("verify", str(live), "--cited", cited)
        assert (found.exit, sentence in found.out) == (exit, True), found.out


def rolled_back_and_on(site: Site, live: Path) -> None:
    """The next publication is compared with what was shown last."""
    swap(ONE, "抽查结果", "检查结果")(site)
    assert publish(site, live) == 0
    before = current(live).name
    site.rectify("rollback", "--to", str(live)).ok()
    lines = [json.loads(line) for line in (live / "history.jsonl").read_bytes().splitlines()]
    assert (lines[-1]["event"], lines[-1]["release"]) == ("rollback", current(live).name)
    swap(ONE, "管网巡检记录不够完整", "管网巡检记录不全")(site)
    assert publish(site, live) == 0 and current(live).name > before
    record = json.loads((current(live) / "release.json").read_bytes())
    assert seen(record["changes"]) == [of_problem("text", "title"), of_problem("text", "body")]
    page = (current(live) / "releases/index.html").read_text("utf-8")
    assert re.search(rf"退回到第\s{int(lines[-1]['release'][:4])}\s次公开。", page)
    swap(
        TWO,
        "\n撤回: {日期: 2024-10-20, 理由: 涉及第三方信息}",
        "\n豁免: [{规则: H013, 理由: 复核, 审批人: 书记, 日期: 2024-10-25}]",
    )(site)
    swap(TWO, "其余小区按计划移交", "其余小区按期移交")(site)
    done = site.rectify("publish", "--to", str(live))
    assert done.exit == 0, done.out
    record = json.loads((current(live) / "release.json").read_bytes())
    assert seen(record["changes"]) == [of_problem("restored", "other", "2024-a/02")]
    assert "文字与撤回以前不同" in (current(live) / "reports/2024-a/02/index.html").read_text("utf-8")


def test_an_altered_history_is_found_and_the_one_that_is_live_taken(make_site, tmp_path):
    site, live = make_site(DISCLOSURE), tmp_path / "live"
    assert publish(site, live) == 0
    file = live / "history.jsonl"
    file.write_bytes(file.read_bytes().replace(b"0001", b"0007"))
    swap(ONE, "逐日核对", "每日核对")(site)
    refused = site.rectify("publish", "--to", str(live))
    assert refused.exit == 1 and "history.jsonl 第 1 行" in refused.out
    assert "history.jsonl 第 1 行" in site.rectify("doctor", "--to", str(live)).out
    file.unlink()
    assert publish(site, live) == 0 and len(file.read_bytes().splitlines()) == 3
    os.truncate(current(live) / "history.jsonl", 50)
    wrong = site.rectify("verify", str(live / "current"))
    assert wrong.exit == 1 and "R008" in wrong.out


def test_many_changes_at_once_are_counted_beyond_what_a_page_shows(make_site, tmp_path):
    site, live = make_site(DISCLOSURE), tmp_path / "live"
    assert publish(site, live) == 0
    paragraphs = "".join(f"第{n}段。\n\n" for n in range(1, 260)).replace("段。", "段，逐项核对。")
    write(ONE, DISCLOSURE[ONE] + "\n" + paragraphs)(site)
    write(TWO, DISCLOSURE[TWO] + "\n" + paragraphs)(site)
    done = site.rectify("publish", "--to", str(live))
    assert done.exit == 0, done.out
    (page,) = (current(live) / "releases").glob("0002-*/index.html")
    assert "另有 18\u00a0处" in page.read_text("utf-8")


def test_what_cannot_be_compared_is_not_said_to_be_unchanged(make_site, tmp_path):
    site, live = make_site(DISCLOSURE), tmp_path / "live"
    assert publish(site, live) == 0
    (current(live) / "data/pages.json").unlink()
    swap(ONE, "逐日核对", "每日核对")(site)
    assert publish(site, live) == 0
    (page,) = (current(live) / "releases").glob("0002-*/index.html")
    assert "没有比较" in page.read_text("utf-8") and "没有变化" not in page.read_text("utf-8")


def test_a_text_that_came_by_an_edit_and_is_private_leaves_the_history_too(make_site, tmp_path):
    site, live = make_site(FILES), tmp_path / "live"
    assert publish(site, live) == 0
    secret, note, gone = "110101199003070070", "这一句原来公开过后来改为注释", "这一句“只是”删去"
    waiver = f"豁免:\n  - {{规则: P001, 理由: 本人同意, 审批人: 书记, 日期: 2024-10-15, 原文: '{secret}'}}\n序号: 1"
    both(swap(ONE, "序号: 1", waiver), swap(ONE, "逐日核对", f"逐日核对，身份证{secret}"))(site)
    swap(INDEX, "持续推进1个。\n", f"持续推进1个。\n\n{note}。\n\n{gone}。\n")(site)
    assert publish(site, live) == 0
    both(swap(ONE, waiver, "序号: 1"), swap(ONE, f"，身份证{secret}", ""))(site)
    assert "还公开着（data/disclosures/2024-a.json）" in site.rectify("purge", gone, "--to", str(live)).out
    swap(INDEX, f"\n{note}。\n\n{gone}。\n", f"\n<!-- {note}。 -->\n")(site)
    done = site.rectify("publish", "--to", str(live))
    assert done.exit == 0, done.out
    held = [p for p in current(live).rglob("*") if p.is_file()]
    assert not [p for p in held if secret.encode() in p.read_bytes() or note.encode() in p.read_bytes()]
    assert [p for p in held if gone in p.read_text("utf-8", "replace")]
    assert "2 行删去了原文" in site.rectify("purge", gone, "--to", str(live)).ok().out
    assert publish(site, live) == 0 and publish(site, live) == 3
    assert not [p for p in current(live).rglob("*") if p.is_file() and gone in p.read_text("utf-8", "replace")]
    assert "旧版本：0003-" in site.rectify("purge", gone, "--to", str(live)).ok().out
    assert "都没有这句话" in site.rectify("purge", gone, "--to", str(live)).ok().out
    site.rectify("verify", str(live / "current")).ok()


def test_private_data_that_an_edit_takes_away_are_not_published_again(make_site, tmp_path):
    """It had passed as a waived finding, or before a rule knew it."""
    waiver = "豁免:\n  - {规则: P001, 理由: 本人同意, 审批人: 机关党委书记, 日期: 2024-10-15, 原文: '110101199003070070'}\n序号: 1"
    private = (
        DISCLOSURE[ONE].replace("班组长逐日核对", "班组长身份证110101199003070070，逐日核对").replace("序号: 1", waiver)
    )
    site, live = make_site(DISCLOSURE | {ONE: private}), tmp_path / "live"
    assert publish(site, live) == 0, site.rectify("check").out
    site.write(ONE, DISCLOSURE[ONE])
    assert publish(site, live) == 0
    assert not [p for p in current(live).rglob("*") if p.is_file() and b"110101199003070070" in p.read_bytes()]
    assert "█" in (current(live) / "history.jsonl").read_text("utf-8")
