"""`rectify update --step`: whole stories of a problem inside the offices, and that nothing of them is seen from outside."""

import random
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook

from helpers.cases import DISCLOSURE
from helpers.repository import commit, committed
from helpers.site import Site, write_site
from rectify.core.course import possible
from rectify.core.vocabulary import PROBLEM_KEYS, STAGES
from rectify.sources.edit import read

TWO = "2024-a/02"
BY = "中共清川市委巡察工作领导小组办公室"
NEEDLE = "金丝雀在井下巡检"


@pytest.fixture
def site(make_site) -> Site:
    return make_site(DISCLOSURE)


def text(site: Site, ref: str = TWO) -> str:
    return (site.root / f"content/reports/{ref}.md").read_text("utf-8")


def values(site: Site, ref: str = TWO) -> dict:
    return read(text(site, ref), PROBLEM_KEYS).values


def step(site: Site, stage: str, day: str, *more: str, by: str = BY, note: str = "见材料。"):
    return site.rectify("update", TWO, "--step", stage, "--date", day, "--by", by, "--note", note, *more)


def tell_a_story(site: Site) -> None:
    """Handed over, put off once and refused once, applied for, returned, applied for again, closed out."""
    step(site, "交办", "2024-09-02", note=f"逐个小区移交。{NEEDLE}一").ok()
    step(site, "延期申请", "2024-10-08", "--deadline", "2025-03-31", note=f"{NEEDLE}二").ok()
    step(site, "延期批准", "2024-10-15", "--deadline", "2025-02-28", note=f"{NEEDLE}三").ok()
    step(site, "延期申请", "2025-01-06", "--deadline", "2025-06-30", note=f"{NEEDLE}四").ok()
    step(site, "不同意延期", "2025-01-10", note=f"{NEEDLE}五").ok()
    step(site, "销号申请", "2025-02-20", "--public", "全部小区完成移交。", note=f"{NEEDLE}六").ok()
    step(site, "退回", "2025-03-03", note=f"还差三个小区的移交单。{NEEDLE}七").ok()
    step(site, "销号申请", "2025-03-20", note=f"{NEEDLE}八").ok()
    step(site, "销号", "2025-03-28", "--doc", "清巡销〔2025〕31号", note=f"{NEEDLE}九").ok()


def test_a_whole_story_is_in_the_file_and_its_effects_in_the_public_entries(site):
    tell_a_story(site)
    now = values(site)
    assert [one.stage for one in now["course"]] == [
        "handover", "extension", "granted", "extension", "declined", "application", "returned", "application", "closeout",
    ]  # fmt: skip
    assert (now["status"], str(now["deadline"]), now["flags"]) == ("closed-out", "2025-02-28", ("extended",))
    assert [f"{one.date} {one.status} {one.text}" for one in now["progress"][1:]] == [
        f"2024-10-15 ongoing 经{BY}同意，整改时限由2024年12月31日调整为2025年2月28日。",
        "2025-02-20 done 全部小区完成移交。",
        f"2025-03-03 ongoing 经{BY}核查，尚未达到整改要求，继续整改。",
        "2025-03-20 done 整改要求已经全部落实。",
        f"2025-03-28 closed-out 经{BY}验收，同意销号。",
    ]
    assert now["closeout"][1:] == (BY, "清巡销〔2025〕31号")
    assert step(site, "报送", "2025-04-01").exit == 1
    assert "0 处错误" in site.rectify("check").ok().out


def test_a_step_is_shown_before_it_is_written_and_can_be_for_many(site):
    before = text(site)
    shown = step(site, "交办", "2024-09-02", "--dry-run").ok().out
    assert "+  - 日期: 2024-09-02" in shown and "+    环节: 交办" in shown and text(site) == before
    many = ("--step", "整改方案", "--date", "2024-09-10", "--note", "方案已报送。")
    told = site.rectify("update", "2024-a", "--where", "状态=持续推进", *many).ok().out
    assert f"{TWO}  持续推进 → 持续推进" in told and "截至日期" not in told
    assert "course" not in values(site, "2024-a/01") and len(values(site)["course"]) == 1


@pytest.mark.parametrize(
    ("arguments", "exit", "word"),
    [
        (("--step", "退回", "--note", "补齐。"), 1, "先登记“销号申请”"),
        (("--step", "提级办理"), 2, "提级办理"),
        (("--step", "报送", "--status", "已完成", "--note", "好了"), 2, "状态和时限随着这一步变"),
        (("--status", "已完成", "--note", "好了", "--by", BY), 2, "与 --step 一起用"),
        (("--note", "好了"), 2, "--step"),
        (("--step", "报送", "--note", "好了", "--public", "好了"), 1, "不需要公开的话"),
        (("--step", "报送", "--date", "2134-01-01", "--note", "好了"), 1, "还没有到"),
        (("--step", "交办", "--date", "2024-01-01", "--note", "好了", "--by", BY), 1, "早于反馈日期"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_written(site, arguments, exit, word):
    before = text(site)
    result = site.rectify("update", TWO, *arguments)
    assert result.exit == exit and word in result.out and text(site) == before


def test_random_courses_change_only_what_they_say(site):
    """Whatever is tried: what the vocabulary offers is taken, the rest is refused, and other lines of the file stay."""
    rng, day = random.Random(20), 1
    for _turn in range(16):
        was, before = values(site), text(site)
        offered = {stage.key for stage in possible(was.get("course", ()), was["status"])}
        stage = (
            rng.choice(sorted(offered) or sorted(STAGES.entries))
            if rng.random() < 0.7
            else rng.choice(sorted(STAGES.entries))
        )
        later = (
            ("--deadline", f"{was['deadline'].year + 1}-{rng.randint(1, 12):02d}-28")
            if "deadline" in STAGES[stage].asks
            else ()
        )
        result = step(site, stage, f"2025-{1 + day // 28:02d}-{1 + day % 28:02d}", *later)
        now = values(site)
        assert (result.exit == 0) == (stage in offered), result.out
        if result.exit:
            assert text(site) == before
            continue
        day += rng.randint(0, 9)
        changed = {key for key in {*was, *now} if was.get(key) != now.get(key)}
        assert changed <= {"course", "progress", "status", "deadline", "flags", "closeout"}
        assert (
            now["course"][:-1] == was.get("course", ()) and now["progress"][: len(was["progress"])] == was["progress"]
        )
        same = [
            line for line in before.splitlines() if not line.startswith(("状态:", "整改时限:", "标记:", "销号:", "  "))
        ]
        assert [line for line in text(site).splitlines() if line in same] == same
    assert "错误，" in site.rectify("check").ok().out


def test_days_of_applications_in_a_ledger_of_the_office_become_steps_and_no_public_text(make_site):
    site = make_site(DISCLOSURE)
    book = Workbook()
    book.active.append(["序号", "问题", "整改措施", "责任单位", "整改时限", "整改状态", "销号申请时间", "延期申请日期"])
    for row in (
        [1, "管网巡检记录不完整", "统一格式。", "供水科", "2024-06-30", "已完成", "2024-06-21", "2024-05-06"],
        [2, "二次供水设施移交缓慢", "逐个移交。", "供水科", "2024-12-31", "持续推进", "", "说不准"],
    ):
        book.active.append(row)
    book.save(site.root / "ledger.xlsx")
    told = ("公开日期=2024-10-10", "截至日期=2024-09-30", "单位=清川市水务局", "标题=整改情况", "文种=整改情况报告")
    settings = [part for one in told for part in ("--set", one)]
    site.rectify("import", "ledger.xlsx", "--to", "content/reports/2024-l", *settings).ok()
    assert [(one.stage, str(one.date)) for one in values(site, "2024-l/01")["course"]] == [
        ("extension", "2024-05-06"), ("application", "2024-06-21"),
    ]  # fmt: skip
    assert "销号申请时间" not in text(site, "2024-l/01")
    assert "延期申请日期：说不准" in text(site, "2024-l/02"), "what is no day is lost from nowhere"


def outputs(site: Site, folder: Path) -> dict[str, bytes]:
    """Everything that goes out of the office: the site, what is published of it, and what is exported for others."""
    site.rectify("build").ok()
    site.rectify("export", "2024-a", "--docx", "-o", str(folder / "a.docx")).ok()
    site.rectify("export", "--markdown", "-o", str(folder / "plain")).ok()
    made = {f"site/{name}": (site.output / name).read_bytes() for name in site.files()}
    made |= {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    return made


def test_the_site_and_all_that_goes_out_are_the_same_to_the_byte_with_and_without_steps(make_site, tmp_path):
    with_steps = make_site(DISCLOSURE)
    tell_a_story(with_steps)
    whole = text(with_steps)
    head, _, rest = whole.partition("办理:\n")
    without = write_site(tmp_path / "without", {**DISCLOSURE, f"reports/{TWO}.md": head + rest[rest.index("---\n") :]})
    assert NEEDLE in whole and NEEDLE not in text(without)
    made = []
    for site, name in ((with_steps, "one"), (without, "other")):
        (tmp_path / name).mkdir()
        made.append(outputs(site, tmp_path / name))
    assert {name for name in made[0] if made[0][name] != made[1].get(name)} == set() and made[0].keys() == made[
        1
    ].keys()
    said = "\n".join(p.text for p in Document(str(tmp_path / "one/a.docx")).paragraphs)
    assert "同意销号" in said and NEEDLE not in said


def test_publications_and_their_history_tell_of_the_effects_alone(site, tmp_path):
    live = tmp_path / "live"
    committed(site).rectify("publish", "--to", str(live)).ok()
    tell_a_story(site)
    assert NEEDLE not in commit(site).rectify("publish", "--to", str(live)).ok().out
    site.rectify("update", "2024-a/01", "--step", "核查", "--by", BY, "--note", f"{NEEDLE}十").ok()
    again = commit(site).rectify("publish", "--to", str(live))
    assert again.exit == 3 and "没有变化" in again.out, "a step that readers are not told of is nothing to publish"
    files = [file for file in live.rglob("*") if file.is_file() and ".work" not in file.parts]
    assert [str(file) for file in files if NEEDLE.encode() in file.read_bytes()] == []
    assert "尚未达到整改要求" in (live / "history.jsonl").read_text("utf-8")


def test_show_and_status_tell_the_offices_and_the_data_of_readers_do_not(site):
    step(site, "销号申请", "2024-11-20", note=f"全部移交。{NEEDLE}").ok()
    assert "〔销号待审〕" in site.rectify("status", "--waiting").ok().out
    step(site, "退回", "2024-11-28", note=f"还差移交单。{NEEDLE}").ok()
    listed = site.rectify("status", "--waiting").ok().out
    assert "〔被退回〕" in listed and "2024-a/01" not in listed
    assert "没有符合条件的问题" in site.rectify("status", "--waiting", "--status", "已完成").ok().out
    shown = site.rectify("show", TWO).ok().out
    assert "办理（内部，不公开）" in shown and f"2024-11-28 退回 {BY} 还差移交单。{NEEDLE}" in shown
    for command in (("show", TWO, "--format", "json"), ("status", "--format", "json"), ("show", "2024-a")):
        assert NEEDLE not in site.rectify(*command).ok().out
    assert site.rectify("status", "--waiting", "--on", "2024-11-29").exit == 2


def test_the_workbook_of_offices_has_a_sheet_of_steps_that_is_looked_at_only(site):
    tell_a_story(site)
    site.rectify("export", "--xlsx", "-o", "public.xlsx").ok()
    assert "办理" not in load_workbook(site.root / "public.xlsx").sheetnames
    site.rectify("export", "--xlsx", "--course", "-o", "office.xlsx").ok()
    book = load_workbook(site.root / "office.xlsx")
    rows = [[cell.value for cell in row] for row in book["办理"].iter_rows(min_row=4)]
    assert rows[0] == [
        TWO,
        "二次供水设施移交缓慢",
        "2024-09-02",
        "交办",
        BY,
        None,
        f"逐个小区移交。{NEEDLE}一",
        None,
        None,
    ]
    assert len(rows) == 9 and rows[-1][5] == "清巡销〔2025〕31号"
    again = site.rectify("import", "office.xlsx", "--update", "--dry-run").ok()
    assert "I160" not in again.out and "没有改动" in again.out
    book["办理"]["G4"] = "改过的。"
    book.save(site.root / "office.xlsx")
    told = site.rectify("import", "office.xlsx", "--update", "--dry-run")
    assert "办理" in told.out and "I160" in told.out
    assert site.rectify("export", "--docx", "--course").exit == 2
