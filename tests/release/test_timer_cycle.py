"""From a clerk's push to a reader's screen: a bare repository, the line of the timer, a web server, and everything that happens to a site."""

import json
import os
import subprocess
import urllib.request
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import pytest

from helpers import nginx
from helpers.cases import DISCLOSURE
from helpers.repository import commit, committed, git
from helpers.site import Site, plain_environment

CI = os.environ.get("CI", "").lower() not in ("", "0", "false")
ONE = "reports/2024-a/01.md"
PAGE = "reports/2024-a/01/"
NUMBER = "110101199003070070"


class Office(NamedTuple):
    """Who takes part: a clerk with a clone, the repository they push to, a machine that publishes and serves."""

    clerk: Site
    forge: Path
    live: Path
    timer: str
    """The command of the shipped crontab."""
    address: str

    def push(self, old: str, new: str) -> None:
        """The clerk changes a sentence, commits without the hook, and pushes."""
        text = (self.clerk.root / "content" / ONE).read_text("utf-8")
        assert old in text
        self.clerk.write(ONE, text.replace(old, new))
        commit(self.clerk)
        git(self.clerk, "push", "-q", "origin", "main").ok()

    def run_timer(self) -> str:
        """What cron would mail."""
        done = subprocess.run(
            ["/bin/sh", "-c", self.timer],
            cwd="/",
            env=plain_environment(None),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.stderr == ""
        return done.stdout

    def read(self, path: str) -> str:
        with urllib.request.urlopen(f"{self.address}/{quote(path)}", timeout=60) as answer:
            return answer.read().decode("utf-8", "replace")

    def counts(self) -> tuple[int, int, int]:
        """Total, done and ongoing, as the open data tell them."""
        (disclosure,) = json.loads(self.read("data/disclosures.json"))["disclosures"]
        return tuple(disclosure["counts"][name] for name in ("total", "done", "open"))

    def release(self) -> str:
        return (self.live / "current").resolve().name

    def verify(self) -> None:
        self.clerk.rectify("verify", f"{self.address}/").ok()

    def served(self) -> str:
        """Everything that a reader can fetch."""
        files = [
            path.relative_to(self.live / "current") for path in (self.live / "current").rglob("*") if path.is_file()
        ]
        return "\n".join(self.read(path.as_posix()) for path in files)


@pytest.fixture
def office(make_site, tmp_path):
    if os.environ.get("RECTIFY_NO_NGINX") or not nginx.find():
        (pytest.fail if CI else pytest.skip)(
            "nginx: " + (os.environ.get("RECTIFY_NO_NGINX") or "none found; run.py test installs one")
        )
    clerk, forge, live, port = (
        committed(make_site(DISCLOSURE)),
        tmp_path / "forge.git",
        tmp_path / "live",
        nginx.free_port(),
    )
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(forge)], check=True)
    git(clerk, "remote", "add", "origin", str(forge)).ok()
    git(clerk, "push", "-q", "origin", "main").ok()
    options = ("--site", str(live), "--repo", str(forge), "--port", str(port), "--user", "root")
    clerk.rectify("ready", "crontab", "nginx", "--to", str(tmp_path / "conf"), *options).ok()
    timer = (tmp_path / "conf" / "crontab").read_text("utf-8").splitlines()[-1].split(maxsplit=5)[5]
    made = Office(clerk, forge, live, timer, f"http://127.0.0.1:{port}")
    assert (
        made.run_timer() == ""
    )  # before the server is started: its configuration includes the policy of what is published
    with nginx.running((tmp_path / "conf" / "nginx" / "rectify.conf").read_text("utf-8"), tmp_path / "run", port):
        yield made


def test_the_whole_cycle(office):
    assert office.release().startswith("0001-")
    office.verify()
    assert "班组长逐日核对" in office.read(PAGE) and office.counts() == (2, 1, 1)
    assert office.run_timer() == "" and office.release().startswith("0001-"), "nothing new, nothing said"

    office.push("班组长逐日核对", "值班人员每日核对")
    assert office.run_timer() == "" and office.release().startswith("0002-")
    assert "值班人员每日核对" in office.read(PAGE)
    office.verify()

    refused_commit(office)
    mail = office.run_timer()
    assert f"{ONE}:" in mail and "没有公开" in mail and NUMBER not in mail
    assert office.release().startswith("0002-") and NUMBER not in office.served()
    office.verify()
    assert "处错误，没有公开" in office.clerk.rectify("doctor", "--to", str(office.live)).out

    office.push(f"班组长身份证{NUMBER}，每日核对", "值班人员每周核对")
    assert office.run_timer() == "" and office.release().startswith("0003-")
    assert "值班人员每周核对" in office.read(PAGE)

    office.clerk.rectify("rollback", "--to", str(office.live)).ok()
    assert office.release().startswith("0002-") and "值班人员每日核对" in office.read(PAGE)
    assert office.run_timer() == "" and office.release().startswith("0002-"), "what was taken back stays away"
    office.verify()
    office.push("值班人员每周核对", "值班人员每班核对")
    assert office.run_timer() == "" and office.release().startswith("0004-")
    assert "值班人员每班核对" in office.read(PAGE)

    withdrawn(office)


def refused_commit(office: Office) -> None:
    """The hook stops an identity number; somebody goes round it."""
    office.clerk.rectify("hook", "install").ok()
    text = (office.clerk.root / "content" / ONE).read_text("utf-8")
    office.clerk.write(ONE, text.replace("值班人员每日核对", f"班组长身份证{NUMBER}，每日核对"))
    git(office.clerk, "add", "-A").ok()
    stopped = git(office.clerk, "commit", "-q", "-m", "更新")
    assert stopped.exit and f"{ONE}:" in stopped.out
    commit(office.clerk)
    git(office.clerk, "push", "-q", "origin", "main").ok()


def withdrawn(office: Office) -> None:
    """The clerk's clone lies on the machine that publishes: withdrawn at once, committed afterwards."""
    before = office.counts()
    done = office.clerk.rectify("withdraw", "2024-a/01", "--reason", "内容需要更正", "--to", str(office.live)).ok()
    assert "已删除仍有原文的旧版本" in done.out
    for _ in range(2):
        text = office.served()
        assert "值班人员" not in text and "班组长" not in text and "管网巡检记录不完整" not in text
        assert "内容需要更正" in office.read(PAGE) and office.counts() == before
        office.verify()
        assert office.run_timer() == "", "the source has not been committed yet"
    commit(office.clerk)
    git(office.clerk, "push", "-q", "origin", "main").ok()
    assert office.run_timer() == ""
    assert "值班人员" not in office.served()
    kept = [
        path
        for path in (office.live / "releases").rglob("*")
        if path.is_file() and "值班人员".encode() in path.read_bytes()
    ]
    assert kept == []
    office.verify()
