"""`rectify portal`: what is taken of which site, what stays, and what a hostile one can do, which is nothing."""

import gzip
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from helpers.cases import DISCLOSURE
from helpers.portals import LIST, RECORD, PortalPlace, copied, numbered, reseal
from helpers.site import plain_environment, write_site


@pytest.fixture(scope="module")
def release(tmp_path_factory) -> Path:
    """A release of a site with two problems, one of them done, one overdue on no day of its own."""
    root = tmp_path_factory.mktemp("published") / "site"
    root.mkdir()
    site = write_site(root, DISCLOSURE)
    site.rectify("publish", "--to", "live").ok()
    return (root / "live" / "current").resolve()


@pytest.fixture
def portal(tmp_path) -> PortalPlace:
    return PortalPlace(tmp_path)


def problem(change):
    """Return a change of the first problem of the record."""

    def changed(record):
        change(record["problems"][0])
        return record

    return {RECORD: changed}


def test_sites_are_added_up_and_what_is_gone_stays_with_its_date(portal, release, tmp_path):
    two = copied(release, tmp_path / "two")
    portal.lists("one", release, "一局").lists("two", two, "二局").lists("gone", "http://127.0.0.1:9/", "三局")
    first = portal.run()
    assert first.exit == 0, first.out
    assert "无法访问" in portal.told("gone", first.out) and "还没有取到过" in portal.told("gone", first.out)
    assert not portal.told("one", first.out)
    assert "3 个网站，取到 2 个" in first.out and "已公开 0001-portal" in first.out
    told = portal.data()
    assert [told[key]["total"] for key in ("one", "two", "gone")] == [2, 2, None]
    assert told["one"]["as_of"] == "2024-09-30"
    home = portal.text()
    assert "2 个网站公开 4 个问题，已完成 2 个，持续推进 2 个" in home
    assert "有 1 个网站的数字不是最新的" in home
    assert '"https://one.example/reports/2024-a/"' in portal.site.page("updates/")
    again = portal.run()
    assert "没有变化" in again.out
    # Both are gone one after the other; their figures stay.
    (two / "manifest.json").unlink()
    third = portal.run("--to", "live", "--strict")
    assert third.exit == 3 and "保留" in portal.told("two", third.out)
    assert portal.data()["two"]["total"] == 2 and portal.data()["two"]["state"] == "away"
    assert "4 个问题" in portal.text() and "取得的数字" in portal.text("sites/two/")
    portal.site.rectify("verify", "live/current").ok()


def test_the_same_problem_on_two_sites_is_told(portal, release, tmp_path):
    portal.lists("one", release, "一局").lists("two", copied(release, tmp_path / "two"), "二局").run().ok()
    assert "有 2 个问题在几个网站上都公开，在合计里各算一次" in portal.text()
    assert "管网巡检记录不完整 one整改公开，管网巡检记录不完整 two整改公开" in portal.text("methodology/")


ALTERED = {
    "file": lambda folder: (folder / RECORD).write_bytes((folder / RECORD).read_bytes() + b"\n"),
    "file-gone": lambda folder: (folder / RECORD).unlink(),
    "manifest-text": lambda folder: (folder / "manifest.json").write_bytes(b"{"),
    "manifest-list": lambda folder: (folder / "manifest.json").write_bytes(b"[]"),
    "manifest-twice": lambda folder: (folder / "manifest.json").write_bytes(b'{"a": "b", "a": "c"}'),
    "manifest-deep": lambda folder: (folder / "manifest.json").write_bytes(b'{"a":' * 100_000),
}


@pytest.mark.parametrize("kind", ALTERED)
def test_what_does_not_suit_its_manifest_is_not_taken(portal, release, tmp_path, kind):
    folder = copied(release, tmp_path / "site")
    portal.lists("a", folder).run().ok()
    ALTERED[kind](folder)
    told = portal.told("a", portal.run().out)
    assert "与清单不符" in told and "保留" in told
    assert portal.data()["a"]["total"] == 2


def dropped(key):
    return lambda record: {name: value for name, value in record.items() if name != key}


def counted(change):
    def changed(tree):
        change(tree["disclosures"][0]["counts"])
        return tree

    return {LIST: changed}


CONTRADICTIONS = {
    "status": problem(lambda one: one.update(status="ongoing")),
    "total": counted(lambda counts: counts.update(total=3)),
    "overdue": counted(lambda counts: counts.update(overdue=1)),
    "moved": counted(lambda counts: counts["by_status"].update(done=0, ongoing=2)),
    "fewer": {RECORD: lambda record: {**record, "problems": record["problems"][:1]}},
    "another": {RECORD: lambda record: {**record, "id": "2024-b"}},
    "none": {LIST: lambda tree: {**tree, "disclosures": []}},
    "nan": {LIST: b'{"disclosures": NaN}'},
    "huge": counted(lambda counts: counts.update(total=10**30)),
    "huge-digits": {LIST: b'{"as_of": ' + b"9" * 5000 + b"}"},
    "negative": counted(lambda counts: counts["by_status"].update(done=-1)),
    "boolean": counted(lambda counts: counts["by_status"].update(done=True)),
    "deep": {RECORD: b"[" * 100_000},
    "status-unknown": problem(lambda one: one.update(status="<script>")),
    "status-list": problem(lambda one: one.update(status=["done"])),
    "ref": problem(lambda one: one.update(ref="2024-a/../../x")),
    "ref-other": problem(lambda one: one.update(ref="2023-b/01")),
    "flag": problem(lambda one: one.update(flags=["x"])),
    "title-list": problem(lambda one: one.update(title=["x"])),
    "title-long": problem(lambda one: one.update(title="长" * 2_000)),
    "title-turned": problem(lambda one: one.update(title="正常\u202e的题目")),
    "title-piled": problem(lambda one: one.update(title="正\u0301\u0301\u0301\u0301\u0301文")),
    "flags-mapping": problem(lambda one: one.update(flags={"long-term": 1})),
    "progress-mapping": problem(lambda one: one.update(progress={"a": 1})),
    "nn-other-digits": problem(lambda one: one.update(ref="2024-a/٠١")),
    "title-control": problem(lambda one: one.update(title="一\x1abase\x1a二")),
    "deadline": problem(lambda one: one.update(deadline="9999-99-99")),
    "deadline-far": problem(lambda one: one.update(deadline="9998-01-01")),
    "progress": problem(lambda one: one.update(progress=[{"date": "2024-06-20", "text": {"a": 1}}])),
    "progress-key": problem(lambda one: one.update(progress=[{"date": "2024-06-20", "text": "一", "x": 1}])),
    "earlier": problem(lambda one: one.update(earlier=["javascript:alert(1)"])),
    "body": {RECORD: lambda record: {**record, "body": {"a": "b"}}},
    "internal": {RECORD: lambda record: {**record, "scope": "party"}},
    "no-unit": {RECORD: dropped("unit")},
    "release": {"release.json": b'{"id": "x"}'},
}


@pytest.mark.parametrize("kind", CONTRADICTIONS)
def test_data_that_contradict_themselves_or_are_of_another_form_are_not_taken(portal, release, tmp_path, kind):
    portal.lists("a", copied(release, tmp_path / "site", CONTRADICTIONS[kind]))
    run = portal.run("--check")
    assert run.exit == 0 and "与清单不符" in portal.told("a", run.out), run.out
    assert "Traceback" not in run.out and "取到 0 个" in run.out


def test_another_version_an_older_release_and_one_changed_in_silence(portal, release, tmp_path):
    folder = tmp_path / "site"
    copied(release, folder, numbered(5))
    portal.lists("a", folder).run().ok()

    def replaced(changes):
        for path, change in changes.items():
            (folder / path).write_text(json.dumps(change(json.loads((folder / path).read_bytes()))), "utf-8")
        reseal(folder)
        return portal.told("a", portal.run().out)

    assert "与上次取得的不同" in replaced(problem(lambda one: one.update(category="换了")))
    assert "0004-folder" in (told := replaced(numbered(4))) and "退回旧版" in told and "0005-folder" in told
    assert "由 rectify 0.0 生成" in replaced(numbered(6, {LIST: lambda tree: {**tree, "generator": "rectify 0.0.1"}}))
    assert portal.data()["a"] | {"state": "other", "release": "0005-folder"} == portal.data()["a"]
    # Whoever knows that a site went back on purpose says so.
    replaced({LIST: lambda tree: {**tree, "generator": json.loads((release / LIST).read_bytes())["generator"]}})
    assert "退回旧版" in replaced(numbered(3))
    assert portal.run("--to", "live", "--accept", "a").exit == 0
    assert portal.data()["a"]["release"] == "0003-folder"


def test_a_site_that_closes_takes_its_texts_with_it(portal, release, tmp_path):
    folder = copied(release, tmp_path / "site")
    portal.lists("a", folder).lists("b", copied(release, tmp_path / "other")).run().ok()
    (folder / "release.json").write_text('{"id": "0009-folder", "notice": true}', "utf-8")
    reseal(folder)
    assert "暂停公开" in portal.told("a", portal.run().out)
    assert portal.data()["a"]["total"] == 2 and portal.data()["a"]["state"] == "closed"
    problems = portal.site.data("problems")["problems"]
    assert {one["site"] for one in problems} == {"b"}
    kept = portal.site.root / "live" / ".sites" / "a"
    assert not [file for file in kept.rglob("*") if file.is_file() and "管网巡检" in file.read_text("utf-8")]


def test_the_first_page_of_many_sites_shows_the_units_above_them(portal, release, tmp_path):
    for number in range(31):
        portal.lists(f"s{number}", copied(release, tmp_path / f"s{number}"), f"第{number}局")
    portal.lists("gone", "http://127.0.0.1:9/", "第31局")
    units = [f'[[unit]]\nname = "第{number}局"\nparent = "清川市"\n' for number in range(32)]
    top = '[[unit]]\nname = "全省"\n[[unit]]\nname = "清川市"\nparent = "全省"\n'
    (portal.site.root / "units.toml").write_text(top + "".join(units), "utf-8")
    portal.run().ok()
    rows = re.findall('<th scope="row">.*?>([^<>]+)</', portal.site.page())
    assert rows == ["全省", "清川市", "gone整改公开"]
    assert portal.site.page("sites/").count('<th scope="row">') == 34


def test_stale(portal, release):
    run = portal.lists("a", release)
    out = run.run(stale_after=30)
    assert out.exit == 0 and "久未更新" in portal.told("a", out.out)
    assert portal.data()["a"]["state"] == "stale" and "截至的日期已经很早" in portal.text("sites/a/")


def test_signatures(portal, release, tmp_path):
    folder = copied(release, tmp_path / "site")
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    subprocess.run(["ssh-keygen", "-q", "-Y", "sign", "-f", key, "-n", "rectify", folder / "manifest.json"], check=True)
    (tmp_path / "signers").write_text("schools@qingchuan " + key.with_suffix(".pub").read_text("utf-8"), "utf-8")
    portal.lists("a", folder, signers=str(tmp_path / "signers"))
    portal.run().ok()
    assert portal.data()["a"]["state"] == "good"
    signature = folder / "manifest.json.sig"
    signature.write_text(signature.read_text("utf-8").replace("A", "B"), "utf-8")
    assert "签名不对" in portal.told("a", portal.run().out)
    signature.unlink()
    assert "没有签名" in portal.told("a", portal.run().out)


HOSTILE = '"><img src=x onerror=alert(1)>javascript:alert(2){{7*7}}</script>'


def test_words_of_a_hostile_site_stay_words(portal, release, tmp_path):
    hostile = problem(
        lambda one: one.update(title=HOSTILE, category=HOSTILE, progress=[{"date": "2024-06-20", "text": HOSTILE}])
    )
    portal.lists("a", copied(release, tmp_path / "a", hostile)).lists("b", release).run().ok()
    assert portal.data()["a"]["state"] == "good"
    for file in Path(portal.site.output).rglob("*.html"):
        text = file.read_text("utf-8")
        assert "<img src=x" not in text and 'href="javascript' not in text, file
    rows = (portal.site.output / "data/problems.csv").read_text("utf-8-sig").splitlines()
    assert len(rows) == 5


class _Server(BaseHTTPRequestHandler):
    """Answers as a test says: by path, a function that gets the handler."""

    answers: ClassVar[dict] = {}

    def do_GET(self):
        answer = self.answers.get(self.path.rpartition("/site")[2], self.answers.get("*"))
        answer(self)

    def log_message(self, format, *args):
        pass


@contextmanager
def _served(answers):
    handler = type("Handler", (_Server,), {"answers": answers})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/site/"
        server.shutdown()


def _answer(body, status=200, **headers):
    def answer(handler):
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (_answer(b"", 302, Location="http://localhost:9/x"), "转向了别的主机"),
        (_answer(b"", 302, Location="file:///etc/passwd"), ""),
        (_answer(b"", 302, Location="/site/again"), ""),
        (_answer(gzip.compress(b"0" * 1_000_000), Content_Encoding="gzip"), "是压缩过的"),
        (_answer(b" " * 21_000_000), "超过 20 MB"),
        (_answer(b"x", 500), "HTTP 500"),
    ],
)
def test_servers_that_lead_astray(portal, answer, said):
    with _served({"*": answer}) as address:
        run = portal.lists("a", address).run("--check")
    assert "无法访问" in portal.told("a", run.out) and said in run.out and "Traceback" not in run.out


def _dripping(handler):
    """Send a header a letter at a time, for ever."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    try:
        while True:
            handler.wfile.write(b"x")
            time.sleep(0.05)
    except OSError:
        handler.close_connection = True


def test_a_server_that_drips_for_ever_is_left(portal):
    with _served({"*": _dripping}) as address:
        run = portal.lists("a", address).run("--check", "--time-limit", "2")
    assert "无法访问" in portal.told("a", run.out) and "用时太久" in run.out


def test_a_site_behind_a_server_is_asked_for_what_the_portal_needs(portal, release, serve):
    portal.lists("a", f"{serve(release)}/").run().ok()
    assert portal.data()["a"]["total"] == 2
    kept = portal.site.root / "live" / ".sites" / "a"
    assert {file.name for file in kept.rglob("*.json")} >= {"state.json", "manifest.json", "2024-a.json"}
    assert not list(kept.rglob("*.html"))


def test_a_folder_that_leads_elsewhere(portal, release, tmp_path):
    folder = copied(release, tmp_path / "site")
    (tmp_path / "elsewhere.json").write_bytes((folder / RECORD).read_bytes())
    (folder / RECORD).unlink()
    (folder / RECORD).symlink_to(tmp_path / "elsewhere.json")
    run = portal.lists("a", folder).run("--check")
    assert "文件夹之外" in portal.told("a", run.out)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"key": "A b"}, "key 用小写字母"),
        ({"address": "javascript:alert(1)"}, "应写成 https://"),
        ({"address": "https://user@host/"}, "应写成 https://"),
        ({"unit": ""}, "unit 写成一句话"),
        ({"colour": "red"}, "没有“colour”"),
        ({"folder": "x"}, "写一个"),
    ],
)
def test_a_slip_in_the_list_is_told(portal, change, said):
    portal.lists("a", "https://a.example/")
    portal.sites[0] |= change
    run = portal.run("--check")
    assert run.exit == 1 and "portal.toml" in run.out and said in run.out


def test_nothing_taken_publishes_nothing(portal):
    run = portal.lists("a", "http://127.0.0.1:9/").run()
    assert run.exit == 1 and "一个网站也没有取到" in run.out
    assert not (portal.site.root / "live" / "current").exists()


@pytest.mark.skipif(os.name != "posix", reason="kills a group of processes")
def test_killed_at_any_moment_the_last_portal_stays(portal, release, tmp_path):
    folder = copied(release, tmp_path / "site")
    portal.lists("a", folder).run().ok()
    command = [str(Path(sys.executable).with_name("rectify")), "portal", "--to", "live"]
    for number, pause in enumerate((0.3, 0.9, 1.6), start=2):
        for path, change in numbered(number).items():
            (folder / path).write_text(json.dumps(change(json.loads((folder / path).read_bytes()))), "utf-8")
        reseal(folder)
        run = subprocess.Popen(
            command, cwd=portal.site.root, env=plain_environment(), start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(pause)
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        portal.site.rectify("verify", "live/current").ok()
        assert portal.data()["a"]["total"] == 2
    portal.run().ok()
    portal.site.rectify("verify", "live/current").ok()
