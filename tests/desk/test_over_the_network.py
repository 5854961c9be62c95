"""Handing in over ssh and https, to real servers: what arrives, what is said where nothing does, and that nothing is lost or given away."""

import logging
import subprocess
from collections.abc import Callable, Iterator

import pytest

from helpers.cases import DISCLOSURE
from helpers.desks import Clerk, Together, fields, source
from helpers.git_servers import ACCOUNT, TOKEN, by_https, by_ssh, sshd
from helpers.repository import git
from rectify.core.vocabulary import PROBLEM_KEYS
from rectify.sources.edit import read

ONE, TWO = "2024-a/01", "2024-a/02"
SERVERS = {"ssh": by_ssh, "https": by_https}


@pytest.fixture(params=list(SERVERS))
def office(request, make_site, tmp_path) -> Iterator[Together]:
    if request.param == "ssh" and not sshd():
        pytest.skip("sshd: this machine has none")
    made = Together(make_site(DISCLOSURE), tmp_path)
    with SERVERS[request.param](made.there, tmp_path / "server") as way:
        made.reach(way)
        yield made


@pytest.fixture(autouse=True)
def _own_certificates(monkeypatch):
    """What this machine trusts in general says nothing of a server of the test."""
    monkeypatch.delenv("GIT_SSL_CAINFO", raising=False)
    for name in ("http_proxy", "https_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


def said(clerk: Clerk, **changes: str) -> str:
    """What the desk tells of handing in."""
    page = clerk.submit(**changes).get_data(as_text=True)
    assert TOKEN not in page
    return page.partition('role="status">')[2].partition("</div>")[0]


def owners(office: Together) -> dict:
    return read(office.newest(TWO), PROBLEM_KEYS).values


def hook(office: Together, name: str, text: str) -> Callable[[], None]:
    file = office.there / "hooks" / name
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(0o755)
    return file.unlink


def test_two_clerks_hand_in_and_both_have_it(office):
    office.one.problem(TWO, lead="供水科")
    office.other.problem(TWO, lead="规划科", owner="科长")
    assert "单位的仓库已经收到" in said(office.one)
    asked = office.other.submit().get_data(as_text=True)
    assert "供水科" in asked and "规划科" in asked
    form = {**fields(asked, "/changes/submit"), f"choose|reports/{TWO}.md|lead": "ours"}
    assert "单位的仓库已经收到" in office.other.post("/changes/submit", form).get_data(as_text=True)
    assert (owners(office)["lead"], owners(office)["owner"]) == ("规划科", "科长")
    assert "已经是最新的" in office.one.post(
        "/changes/submit", office.one.form("/changes", "/changes/submit")
    ).get_data(as_text=True)
    for clerk in (office.one, office.other):
        assert git(clerk.site, "status", "--porcelain").ok().out == ""


def test_what_a_hook_over_there_refuses_is_told_in_its_words(office):
    allow = hook(office, "pre-receive", "echo 月底封账，下月再交 >&2; exit 1")
    office.one.problem(TWO, lead="供水科")
    assert "没有接受：月底封账，下月再交" in said(office.one)
    assert office.one.desk.journal.entries()
    allow()
    assert "单位的仓库已经收到" in said(office.one)


@pytest.mark.parametrize("moment", ["pre-receive", "post-receive"])
def test_a_line_that_breaks_in_the_middle_loses_nothing(office, moment):
    """Before the other side has it, or after, when nobody here was told."""
    mend = hook(office, moment, "kill -9 $PPID; sleep 0.1; exit 1")
    office.one.problem(TWO, lead="供水科")
    told = said(office.one)
    assert "联网后再提交" in told, told
    assert "供水科" in source(office.one.site, TWO).read_text("utf-8") and office.one.desk.journal.entries()
    mend()
    for lock in office.there.rglob("*.lock"):
        lock.unlink()
    again = said(office.one)
    assert "单位的仓库已经收到" in again or "已经是最新的" in again, again
    assert owners(office)["lead"] == "供水科"
    assert git(office.one.site, "status", "--porcelain").ok().out == ""
    count = ["git", "--git-dir", str(office.there), "rev-list", "--count", "main"]
    assert subprocess.run(count, check=True, capture_output=True).stdout.strip() == b"2"


def lock_out(office: Together) -> None:
    """Whoever keeps the server takes our key, or our token, off the list."""
    folder = office.way.folder
    (folder / "authorized").write_text("") if office.way.url.startswith("ssh") else (folder / "accounts").write_text(
        (folder / "accounts").read_text().replace(TOKEN, f"{TOKEN}-old")
    )


def forget(office: Together) -> None:
    """Nobody has been let in from here yet: over https there is no token, over ssh the key is wanted with a passphrase."""
    folder = office.way.folder
    if office.way.url.startswith("ssh"):
        subprocess.run(
            ["ssh-keygen", "-q", "-p", "-P", "", "-N", "a passphrase", "-f", str(folder / "clerk")], check=True
        )
    else:
        (folder / "accounts").write_text("")


@pytest.mark.parametrize("luck", [lock_out, forget])
def test_who_is_not_let_in_is_told_so_and_asked_for_nothing(office, luck, caplog):
    luck(office)
    office.one.problem(TWO, lead="供水科")
    with caplog.at_level(logging.DEBUG):
        assert "不让这台电脑进入" in said(office.one)  # a prompt would wait for ever
    assert TOKEN not in caplog.text
    assert "供水科" in source(office.one.site, TWO).read_text("utf-8")


@pytest.mark.parametrize("office", ["https"], indirect=True)  # addresses of ssh hold none
def test_a_token_in_the_address_is_shown_nowhere(office, caplog):
    server = office.way.url.partition("//")[2]
    git(office.one.site, "config", "--unset", "credential.helper").ok()
    office.one.problem(TWO, lead="供水科")
    git(office.one.site, "remote", "set-url", "origin", f"https://{ACCOUNT}:{TOKEN}x@{server}").ok()
    with caplog.at_level(logging.DEBUG):
        assert "不让这台电脑进入" in said(office.one)
        git(office.one.site, "remote", "set-url", "origin", f"https://{ACCOUNT}:{TOKEN}@{server}x").ok()
        said(office.one)
        allow = hook(office, "pre-receive", f"echo https://{ACCOUNT}:{TOKEN}@{server} >&2; exit 1")
        git(office.one.site, "remote", "set-url", "origin", f"https://{ACCOUNT}:{TOKEN}@{server}").ok()
        assert "没有接受" in said(office.one)
        allow()
    assert TOKEN not in caplog.text and TOKEN not in office.one.text("/changes")
    assert "单位的仓库已经收到" in said(office.one)
    assert TOKEN not in git(office.one.site, "log", "-1", "--format=%B").ok().out


def test_a_server_that_is_not_who_it_was_is_not_trusted(make_site, tmp_path):
    made = Together(make_site(DISCLOSURE), tmp_path)
    made.one.problem(TWO, lead="供水科")
    with by_https(made.there, tmp_path / "out of date", days=-1) as way:
        made.reach(way)
        assert "认不出" in said(made.one)
    if not sshd():
        return
    with by_ssh(made.there, tmp_path / "unknown") as way:
        made.reach(way)
        known = way.folder / "known"
        told, other = known.read_text(), (way.folder / "clerk.pub").read_text()
        for text in ("", f"{told.split()[0]} {other}"):
            known.write_text(text)
            assert "认不出" in said(made.one)
        known.write_text(told)
        assert "单位的仓库已经收到" in said(made.one)


def test_a_server_that_is_away_is_told_and_the_rest_goes_later(office, tmp_path):
    office.one.problem(TWO, lead="供水科")
    git(office.one.site, "remote", "set-url", "origin", office.way.url.replace("127.0.0.1:", "127.0.0.1:1")).ok()
    assert "联网后再提交" in said(office.one)
    git(office.one.site, "remote", "set-url", "origin", office.way.url).ok()
    assert "单位的仓库已经收到" in said(office.one)
