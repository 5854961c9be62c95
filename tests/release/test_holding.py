"""What was decided on the server outlasts every push: the manual's table, line by line, and who said what until when."""

import errno
import json
import os
import re
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from helpers.site import ROOT
from rectify.cli import main
from rectify.cli.withdraw import _clean
from rectify.core.finding import found
from rectify.core.retention import Retention
from rectify.prose import NO_WORDS
from rectify.release import holding, publishing
from rectify.release.chronicle import Found
from rectify.release.folder import ReleaseFolder
from rectify.release.holding import EMERGENCY, Hold, add_hold, holds_of
from rectify.release.mending import mend
from rectify.release.publishing import Options, publish
from rectify.release.result import EXIT_CODES
from rectify.release.source import Source
from rectify.sources.clock import DEFAULT_ZONE, now, today

PAGE = (ROOT / "docs" / "holding.md").read_text("utf-8")
ROWS = re.findall(r"^\| (提交.+?) \| (.+?) \| (\d) \|$", PAGE, re.MULTILINE)
WITHDRAWN = "（已撤回）"
REF = "2024-a/01"


class Office:
    """A server and a repository whose sites are one word each: everything that decides is real, checks and build are not."""

    def __init__(self, root: Path):
        self.target, self.log, self.last = ReleaseFolder(root / "live"), [], None

    def push(self, text: str) -> None:
        self.log.append((f"{len(self.log) + 1:040x}", text))

    def commit_of(self, text: str) -> str:
        return next(commit for commit, one in self.log if one == text)

    def timer(self) -> None:
        self.last = self.publish(*self.log[-1])

    def publish(self, commit: str, text: str, **options) -> int:
        source = Source(self.target.root / text, commit, "2024-10-18T08:00:00+08:00")
        work = self.target.work
        return EXIT_CODES[publish(lambda: source, self.target, work, Options(**options), lambda text: None).outcome]

    def withdraw(self, commit: str, text: str) -> None:
        if not self.publish(f"{commit}+", text.removesuffix(WITHDRAWN) + WITHDRAWN, withdrawing=True):
            with self.target.taken():
                _clean(self.target, (), {REF}, [self.target.work], f"{commit}+")

    def rectify(self, *arguments: str) -> str:
        return CliRunner().invoke(main, [*arguments, "--to", str(self.target.root)], catch_exceptions=False).output

    def release_of(self, text: str) -> str:
        return next(
            one.id for one in self.target.releases() if (one.folder / "index.html").read_text("utf-8").strip() == text
        )

    def sees(self) -> str:
        live = self.target.live()
        return "说明页" if "-notice-" in live.name else (live / "index.html").read_text("utf-8").strip()

    def do(self, step: str) -> None:
        """One word of the table."""
        if step == "定时":
            self.timer()
        elif step == "撤回":
            self.withdraw(*self.log[-1])
        elif step == "提交撤回":
            self.push(self.log[-1][1] + WITHDRAWN)
        elif step == "停站":
            self.rectify("emergency", "--message", "暂停访问")
        elif step == "放行":
            self.rectify("unhold", "all")
        elif step == "退回":
            self.rectify("rollback")
        elif step == "搁置":
            self.rectify("hold", "all", "--reason", "等待核对")
        elif text := re.fullmatch("提交(.)", step):
            self.push(text[1])
        elif text := re.fullmatch("退回到(.)", step):
            self.rectify("rollback", self.release_of(text[1]))
        elif text := re.fullmatch("搁置(.)", step):
            self.rectify("hold", self.release_of(text[1]), "--reason", "等待核对")
        elif text := re.fullmatch("重置到(.)", step):
            self.log.append((self.commit_of(text[1]), text[1]))
        elif text := re.fullmatch("在(.)撤回", step):
            self.withdraw(self.commit_of(text[1]), text[1])
        else:
            raise AssertionError(f"no such step: {step}")


def build(order, site: Path, *_) -> None:
    (site / "data").mkdir(parents=True, exist_ok=True)
    problem = {"ref": REF, "title": "问题", "status": "done"}
    problem |= {"withdrawn": "2024-10-18"} if WITHDRAWN in order.text else {}
    (site / "index.html").write_text(order.text, "utf-8")
    (site / "data/problems.json").write_text(json.dumps({"problems": [problem]}), "utf-8")
    (site / "data/pages.json").write_text(json.dumps(order.text), "utf-8")
    (site / "data/disclosures.json").write_text('{"as_of": "2024-09-30", "disclosures": []}', "utf-8")


def found_nothing(work):
    head = json.loads((work / "publication.json").read_bytes())["head"]
    return Found({**head, "declared": "2024-09-30", "counts": {"total": 1, "done": 0, "open": 1}}, [], [])


def check(site_of, live, store):
    """Only the rule that a withdrawn text does not come back, which the table speaks of."""
    back = live and WITHDRAWN in (live / "index.html").read_text("utf-8") and WITHDRAWN not in site_of.root.name
    return NO_WORDS, SimpleNamespace(
        findings=[found("H013", "01.md", found="2024-10-18")] if back else [], decided=(), kept_back=(), next_end=None
    )


@pytest.fixture
def make_office(monkeypatch, tmp_path):
    monkeypatch.setattr(publishing, "build", build)
    monkeypatch.setattr(publishing, "_check", check)
    monkeypatch.setattr(publishing, "check_site", lambda *_, **__: [])
    monkeypatch.setattr(publishing, "within", lambda limits, alone, work: work())
    monkeypatch.setattr(publishing, "source_key", lambda source, plan, place: f"{source.commit}:{source.root.name}")
    monkeypatch.setattr(publishing, "found_by_build", found_nothing)
    monkeypatch.setattr("rectify.cli.releases.check_folder", lambda folder: [])
    # The disk is not what is looked at, and waiting for it takes longer than all else.
    monkeypatch.setattr("rectify.release.folder.sync", lambda folder: None)
    monkeypatch.setattr(os, "fsync", lambda number: None)

    def plan(source, *_):
        order = SimpleNamespace(trusted=True, text=source.root.name)
        return SimpleNamespace(
            site=SimpleNamespace(
                root=source.root,
                content=source.root,
                timezone=DEFAULT_ZONE,
                today=today,
                retention=lambda: Retention(today()),
            ),
            order=order,
            ignored=(),
        )

    monkeypatch.setattr(publishing, "plan_of", plan)
    offices = iter(range(100))
    return lambda: Office(tmp_path / f"{next(offices)}")


def test_the_table_of_the_manual(make_office):
    wrong = []
    for course, sees, exit_code in ROWS:
        office = make_office()
        for step in course.split(" → "):
            office.do(step)
        if (office.sees(), office.last) != (sees, int(exit_code)):
            wrong.append(f"{course}: {office.sees()} {office.last}, not {sees} {exit_code}")
    assert len(ROWS) > 30 and not wrong, "\n".join(wrong)


def rolled_back(office: Office) -> Office:
    for step in ("提交甲", "定时", "提交乙", "定时"):
        office.do(step)
    office.rectify("rollback", "--reason", "第3个问题的责任单位写错")
    return office


def test_who_holds_what_why_since_and_until_when(make_office, monkeypatch):
    monkeypatch.setenv("SUDO_USER", "wangguan")
    office = rolled_back(make_office())
    office.timer()
    assert office.last == 6
    told = office.rectify("releases")
    for word in (
        "0002-",
        "退回",
        "wangguan",
        now().date().isoformat(),
        "第3个问题的责任单位写错",
        "rectify unhold 1 --to",
    ):
        assert word in told, word
    first, second = json.loads(office.rectify("releases", "--format", "json"))
    assert (first["live"], first["held"], second["live"]) == (True, [], False)
    assert [hold["why"] for hold in second["held"]] == ["第3个问题的责任单位写错"]
    assert "没有搁置“9”；现在搁置的：1" in office.rectify("unhold", "9")
    assert "--reason" in office.rectify("hold", "all") and len(holds_of(office.target.root)) == 1
    until = (now() + timedelta(days=3)).date().isoformat()
    assert f"到 {until} 23:59 为止" in office.rectify(
        "hold", office.log[0][0][:12], "--reason", "核对", "--until", until
    )
    assert [bool(hold["until"]) for hold in json.loads(office.rectify("hold", "--format", "json"))] == [False, True]


@pytest.mark.parametrize("command", ["hold all --reason 核对", "emergency --message 停", "rollback"])
def test_a_last_day_that_is_over_is_wrong_use(make_office, command):
    office = make_office()
    for step in ("提交甲", "定时"):
        office.do(step)
    day = (now() - timedelta(days=1)).date().isoformat()
    done = CliRunner().invoke(main, [*command.split(), "--until", day, "--to", str(office.target.root)])
    assert done.exit_code == 2 and f"{day} 已经过去" in done.output
    assert office.sees() == "甲" and not holds_of(office.target.root)


@pytest.mark.parametrize("command", ["hold all --reason 核对", "emergency --message 停"])
def test_a_full_disk_is_told_with_what_to_do(make_office, monkeypatch, command):
    office = make_office()
    for step in ("提交甲", "定时"):
        office.do(step)

    def full(file, data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(holding, "replace_file", full)
    done = CliRunner().invoke(main, [*command.split(), "--to", str(office.target.root)])
    assert done.exit_code == 1 and "先停网页服务器" in done.output


def test_a_last_day_counts_to_its_end_and_then_no_more(make_office):
    office = make_office()
    for step in ("提交甲", "定时"):
        office.do(step)
    office.rectify("hold", "all", "--reason", "节假日", "--until", now().date().isoformat())
    office.do("提交乙")
    office.do("定时")
    assert (office.last, office.sees()) == (6, "甲")
    file = office.target.root / "held.json"
    data = json.loads(file.read_bytes())
    assert datetime.fromisoformat(data["held"][0]["until"]).strftime("%H:%M:%S%z") == "00:00:00+0800"
    data["held"][0]["until"] = (now() - timedelta(seconds=1)).isoformat()
    file.write_text(json.dumps(data), "utf-8")
    office.do("定时")
    assert (office.last, office.sees()) == (0, "乙") and json.loads(file.read_bytes())["held"] == []


@pytest.mark.parametrize(
    "text", ["", "[]", '{"held": [{}]}', '{"held": [{"number": 1, "cause": "rollback", "until": "2026"}]}']
)
def test_where_nobody_knows_what_is_held_nothing_is_published(make_office, text):
    office = rolled_back(make_office())
    (office.target.root / "held.json").write_text(text, "utf-8")
    office.do("提交丙")
    office.do("定时")
    assert (office.last, office.sees()) == (1, "甲")
    for command in (("releases",), ("rollback",), ("hold",), ("unhold", "1")):
        assert "unhold all" in office.rectify(*command), command
    office.do("停站")
    assert office.sees() == "说明页", "a site can be stopped all the same"
    office.do("放行")
    office.do("定时")
    assert (office.last, office.sees()) == (0, "丙")


def test_a_run_that_is_under_way_does_not_switch_after_an_emergency(make_office, monkeypatch):
    office = make_office()
    for step in ("提交甲", "定时", "提交乙"):
        office.do(step)

    def build_meanwhile(order, site, *rest):
        build(order, site)
        holding = Hold(0, EMERGENCY, why="停站")
        add_hold(office.target.root, holding)

    monkeypatch.setattr(publishing, "build", build_meanwhile)
    office.do("定时")
    assert (office.last, office.sees()) == (6, "甲") and len(office.target.releases()) == 1


def test_what_an_earlier_version_held_is_still_held(make_office):
    office = rolled_back(make_office())
    (office.target.root / "held.json").unlink()
    (office.target.root / ".held").write_text(f"{office.log[1][0]}\n", "utf-8")
    office.do("定时")
    assert (office.last, office.sees()) == (6, "甲") and "退回" in office.rectify("hold")
    office.do("放行")
    assert not (office.target.root / ".held").exists() and holds_of(office.target.root) == []


def test_a_slip_in_the_name_of_the_place_decides_nothing(tmp_path):
    for command in (("hold", "all", "--reason", "核对"), ("unhold", "all"), ("notify",), ("purge", "一句话")):
        done = CliRunner().invoke(main, [*command, "--to", str(tmp_path / "nowhere")])
        assert done.exit_code == 2 and "还没有公开过" in done.output
    assert (
        "--to 写得对不对"
        in CliRunner().invoke(main, ["emergency", "--message", "停", "--to", str(tmp_path / "x")]).output
    )
    assert not (tmp_path / "nowhere").exists()


def test_a_link_that_was_lost_leads_to_what_was_rolled_back_to(make_office):
    office = rolled_back(make_office())
    (office.target.root / "current").unlink()
    list(mend(office.target))
    assert office.sees() == "甲"
