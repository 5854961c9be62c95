"""A refused or failed run reaches somebody: the health file, the metrics, and the message that is sent once and not ninety-six times a day."""

import json
import os
import re
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from helpers.cases import DISCLOSURE
from rectify.cli import main
from rectify.release import last_run
from rectify.release.doctor.course import check_course
from rectify.release.folder import ReleaseFolder
from rectify.release.health import note_health
from rectify.release.holding import Hold, add_hold
from rectify.release.result import Result
from rectify.sources.clock import now
from rectify.sources.lock import take_lock

FINDING = {"file": "reports/2024-a/01.md", "line": 7, "rule": "P001", "message": "身份证号码", "fix": "改为 1101**"}
LINE = re.compile(r'rectify_[a-z_]+\{place="(?:[^"\\\n]|\\.)*"(?:,[a-z]+="(?:[^"\\\n]|\\.)*")*\} -?[0-9.e+]+')


class Place:
    """A place of publication with reports of runs, none of which took place."""

    def __init__(self, root: Path):
        self.root, self.target = root, ReleaseFolder(root)
        release = root / "releases" / "0001-abc"
        release.mkdir(parents=True)
        (release / "release.json").write_text('{"id": "0001-abc", "commit": "abc", "declared": "2024-09-30"}', "utf-8")
        (root / "current").symlink_to("releases/0001-abc")

    def ended(self, outcome: str, ago: timedelta = timedelta(), **report) -> "Place":
        last_run.note_begin(self.root)
        last_run.note_end(self.root, {**Result(outcome).data(), **report})
        run = last_run.read(self.root)
        moment = (now() - ago).isoformat(timespec="seconds")
        (self.root / last_run.NAME).write_text(json.dumps({**run, "ended": moment}), "utf-8")
        note_health(self.target)
        return self

    def health(self) -> dict:
        return json.loads((self.root / "health.json").read_bytes())

    def metric(self, name: str) -> list[float]:
        lines = (self.root / "health.prom").read_text("utf-8").splitlines()
        return [float(line.rpartition(" ")[2]) for line in lines if re.match(rf"rectify_{name}\{{", line)]

    def notify(self, *arguments: str, env: dict[str, str] | None = None):
        return CliRunner().invoke(
            main, ["notify", "--to", str(self.root), *arguments], env=env or {}, catch_exceptions=False
        )


@pytest.fixture
def place(tmp_path, monkeypatch) -> Place:
    monkeypatch.setattr(os, "fsync", lambda number: None)
    return Place(tmp_path / '公开 "甲"')


@pytest.fixture
def mail(tmp_path, monkeypatch) -> Path:
    """What a sendmail of this machine was given, one mail behind the other."""
    program, given = tmp_path / "bin" / "sendmail", tmp_path / "mails"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho "args: $@" >> "{given}"; cat >> "{given}"\n', "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)
    return given


def test_what_programs_that_look_after_it_read(place):
    place.ended("published", severities={"error": 0, "warning": 3, "note": 1})
    place.ended("unchanged")
    data = place.health()
    assert (data["live"]["release"], data["live"]["notice"]) == ("0001-abc", False)
    assert data["findings"] == {"error": 0, "warning": 3, "note": 1}, "a run that checked nothing leaves what was found"
    assert data["last_good"] and data["failing_since"] == "" and data["held"] == []
    assert place.metric("last_run_outcome") == [0, 1, 0, 0, 0, 0] and place.metric("findings") == [0, 3, 1]
    assert not place.metric("failing_since_timestamp_seconds") and place.metric("held") == [0, 0, 0, 0]
    text = (place.root / "health.prom").read_text("utf-8")
    assert text.endswith("\n") and all(line.startswith("# ") or LINE.fullmatch(line) for line in text.splitlines()), (
        text
    )
    names = re.findall(r"# TYPE (\w+) gauge", text)
    assert len(names) == len(set(names)) > 5, "a family stands together, once"


def test_since_when_it_fails_and_what_is_held(place):
    place.ended("published", ago=timedelta(hours=3))
    good = place.health()["last_good"]
    place.ended("refused", ago=timedelta(hours=2), findings=[FINDING], severities={"error": 1, "warning": 0, "note": 0})
    since = place.health()["failing_since"]
    place.ended("failed", reason="没有空间")
    add_hold(place.root, Hold(0, "emergency", why="停站"))
    note_health(place.target)
    data = place.health()
    assert (data["last_good"], data["failing_since"]) == (good, since) and data["held"][0]["everything"]
    assert place.metric("held") == [0, 1, 0, 0] and place.metric("failing_since_timestamp_seconds")
    place.ended("held")
    assert place.health()["failing_since"] == "", "what somebody decided is no failure"


@pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")
def test_any_account_may_read_it_whatever_the_umask(place):
    before = os.umask(0o077)
    try:
        place.ended("published").ended("published")
    finally:
        os.umask(before)
    for name in ("health.json", "health.prom"):
        assert stat.S_IMODE((place.root / name).stat().st_mode) == 0o644
    assert not list(place.root.glob(".*.tmp-*"))


def test_a_report_that_is_damaged_or_cannot_be_written_breaks_nothing(place):
    for name in ("health.json", "last-run.json", "held.json", "notified.json"):
        (place.root / name).write_text("{", "utf-8")
    note_health(place.target)
    assert place.health()["held_unreadable"] and place.metric("held_unreadable") == [1]
    (place.root / "health.prom").unlink()
    (place.root / "health.prom").mkdir()
    note_health(place.target)


def test_doctor_tells_of_runs_that_fail_or_do_not_come(place):
    def said() -> dict[str, str]:
        return {check.name: check.state for check in check_course(place.target)}

    place.ended("published", severities={"error": 0, "warning": 3, "note": 0})
    assert said() == {"health": "ok", "findings": "ok"}
    place.ended("published", ago=timedelta(days=2))
    assert said()["quiet"] == "warning"
    place.ended("failed", reason="没有空间")
    add_hold(place.root, Hold(0, "asked", why="核对"))
    assert (said()["failing"], said()["held"]) == ("error", "warning")
    (place.root / "held.json").write_text("{", "utf-8")
    assert said()["held"] == "error"


def test_each_trouble_is_told_once_then_daily_and_that_it_is_over(place, mail):
    def told(*arguments: str) -> str:
        mail.unlink(missing_ok=True)
        done = place.notify("--send", "sendmail:a@qc.example,b@qc.example?from=gk@qc.example", *arguments)
        assert done.exit_code == 0, done.output
        return done.output if mail.exists() else ""

    assert told() == "" and place.ended("published") and told() == ""
    place.ended("refused", findings=[FINDING], commit="a" * 40)
    assert "sendmail:a@qc.example" in told("--run", "failed")
    text = mail.read_text("utf-8")
    assert "args: -t -i\n" in text and "To: a@qc.example,b@qc.example" in text and "From: gk@qc.example" in text
    assert "\r" not in text and text.count("\n\n") == 1
    place.ended("refused", findings=[FINDING], commit="b" * 40)
    assert told("--run", "failed") == "", "another commit with the same mistake"
    place.ended("refused", findings=[{**FINDING, "rule": "P002"}])
    assert told("--run", "failed") and told("--run", "failed") == ""
    file = place.root / "notified.json"
    data = json.loads(file.read_bytes())
    file.write_text(json.dumps({**data, "at": (now() - timedelta(hours=25)).isoformat()}), "utf-8")
    assert told("--run", "failed") and told("--run", "failed") == ""
    place.ended("unchanged")
    assert told() and told() == ""
    add_hold(place.root, Hold(0, "rollback", release="0002-def", commit="def", why="写错"))
    place.ended("held")
    assert told() and told() == ""
    place.ended("published")
    assert told() == "", "who lets it go knows that"


def test_a_run_whose_report_was_not_written_or_that_was_cut_off(place):
    place.ended("published")
    assert "原因没有记下来" in place.notify("--run", "failed").output
    assert "搁置" in place.ended("held").notify("--run", "failed").output, "a timer that does not know 6"
    last_run.note_begin(place.root)
    assert "中途断了" in place.notify("--run", "failed").output
    with take_lock(place.target.lock):
        assert "没有要通知的" in place.notify().output, "it is still under way"


@pytest.mark.parametrize(
    ("outcome", "report", "words"),
    [
        ("refused", {"findings": [FINDING] * 12}, ["12 处错误", "01.md:7 [P001]", "1101**", "另有 2 处", "0001-abc"]),
        (
            "refused",
            {"findings": [{**FINDING, "line": 0, "message": "没有新的说明", "fix": "写一条"}]},
            ["01.md [P001] 没有新的说明。改法：写一条"],
        ),
        ("refused", {"reason": "仓库里有链接"}, ["仓库里有链接"]),
        ("failed", {"reason": "磁盘没有空间"}, ["公开失败", "磁盘没有空间", "rectify doctor --to"]),
    ],
)
def test_what_is_told(place, outcome, report, words):
    said = place.ended(outcome, **report).notify().output
    assert all(word in said for word in words), said


def test_robots_and_other_programs_in_their_own_forms(place, monkeypatch):
    sent = []
    monkeypatch.setattr("rectify.release.sending.send_json", lambda address, message: sent.append(message))
    place.ended("refused", findings=[{**FINDING, "message": "很长" * 400}] * 10)
    for address in (
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k",
        "https://oapi.dingtalk.com/robot/send",
        "https://watch.example/in",
    ):
        (place.root / "notified.json").unlink(missing_ok=True)
        done = place.notify("--send", env={"RECTIFY_NOTIFY_TO": address})
        assert done.exit_code == 0 and "key=k" not in done.output
    wecom, dingtalk, other = sent
    assert len(wecom["markdown"]["content"].encode()) <= 4096 and dingtalk["markdown"]["title"]
    assert other["outcome"] == "refused" and "P001" in other["text"]


def test_what_cannot_be_sent_is_told_and_told_again(place, monkeypatch, tmp_path):
    place.ended("failed", reason="没有空间")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("rectify.release.sending._PROGRAMS", str(tmp_path))
    for _ in range(2):
        done = place.notify("--send", "sendmail:a@qc.example")
        assert done.exit_code == 1 and "postfix" in done.output and "没有空间" in done.output
    assert place.notify("--send").exit_code == 2 and place.notify("--send", "ftp://a").exit_code == 1
    assert "试验" in place.notify("--test").output and not (place.root / "notified.json").exists()


def test_a_build_that_fails_is_told_in_plain_words(make_site, tmp_path):
    site, live = make_site(DISCLOSURE | {"page.md": "---\ntemplate: nowhere.html\n---\n\n页。\n"}), tmp_path / "live"
    assert site.rectify("publish", "--to", str(live)).exit == 1
    reason = last_run.read(live)["reason"]
    assert "rectify: page.md: template: 没有模板“nowhere.html”" in reason and "\x1b" not in reason
