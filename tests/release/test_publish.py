"""`rectify publish` as a timer runs it: what is live is always the old release or the new one, whole."""

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

import pytest

from helpers.cases import DISCLOSURE
from helpers.repository import commit, committed, git
from helpers.site import Result, Site, plain_environment

ONE, TWO = "reports/2024-a/01.md", "reports/2024-a/02.md"
PRIVATE = DISCLOSURE[ONE].replace("班组长逐日核对", "班组长身份证110101199003070070，逐日核对")
KILLS = 8
"""The benchmark does two hundred."""


@pytest.fixture
def site(make_site) -> Site:
    return committed(make_site(DISCLOSURE))


def publish(site: Site, *arguments: str, to: str = "live") -> Result:
    return site.rectify("publish", "--to", to, "--repo", ".", *arguments)


def live(site: Site, to: str = "live") -> Path:
    return (site.root / to / "current").resolve()


def edit(site: Site, old: str, new: str, path: str = ONE) -> Site:
    text = (site.root / "content" / path).read_text("utf-8")
    assert old in text
    site.write(path, text.replace(old, new))
    return commit(site)


def whole(site: Site, to: str = "live") -> None:
    site.rectify("verify", f"{to}/current").ok()


def test_published_then_nothing_changed_then_published_again(site):
    first = publish(site).ok()
    assert "已公开 0001-" in first.out and "2个问题：已完成（含已销号）1个，尚未完成1个" in first.out
    began = live(site)
    again = publish(site)
    assert (again.exit, live(site)) == (3, began) and "没有变化" in again.out
    edit(site, "逐日核对", "每日核对")
    publish(site).ok()
    assert live(site) != began and "每日核对" in (live(site) / "reports/2024-a/01/index.html").read_text("utf-8")
    whole(site)


def test_a_live_file_that_was_altered_is_not_taken_over(site):
    publish(site).ok()
    altered = live(site) / "about" / "index.html"
    altered.write_text("坏了", "utf-8")
    edit(site, "逐日核对", "每日核对")
    publish(site).ok()
    whole(site)


def test_a_commit_that_changes_nothing_on_the_site_is_not_published(site):
    publish(site).ok()
    before = live(site)
    (site.root / "README.txt").write_text("说明", "utf-8")
    commit(site)
    assert publish(site).exit == 3 and live(site) == before


def test_an_updated_package_is_a_reason_to_build(site, tmp_path):
    assert "构建网站" in publish(site).ok().out
    assert "构建网站" not in publish(site).out
    (tmp_path / "newer" / "jinja2-99.0.dist-info").mkdir(parents=True)
    (tmp_path / "newer" / "jinja2-99.0.dist-info" / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: Jinja2\nVersion: 99.0\n", "utf-8"
    )
    updated = site.rectify("publish", "--to", "live", "--repo", ".", env={"PYTHONPATH": str(tmp_path / "newer")})
    assert updated.exit == 3 and "构建网站" in updated.out


def test_the_chain_of_manifests(site):
    publish(site).ok()
    first = (live(site) / "manifest.json").read_bytes()
    edit(site, "逐日核对", "每日核对")
    edit(site, "状态: 持续推进\n序号", "状态: 已完成\n序号", TWO)
    site.write(
        TWO, (site.root / "content" / TWO).read_text("utf-8").replace("    状态: 持续推进\n", "    状态: 已完成\n")
    )
    site.write(
        "reports/2024-a/index.md",
        DISCLOSURE["reports/2024-a/index.md"]
        .replace("已完成: 1, 持续推进: 1", "已完成: 2")
        .replace("已完成1个，持续推进1个", "已完成2个"),
    )
    commit(site)
    publish(site).ok()
    manifest = json.loads((live(site) / "manifest.json").read_bytes())
    record = json.loads((live(site) / "release.json").read_bytes())
    assert record["previous"]["manifest"] == hashlib.sha256(first).hexdigest()
    assert record["commit"] == git(site, "rev-parse", "HEAD").out.strip() and record["declared"] == "2024-09-30"
    assert record["counts"] == {"disclosures": 1, "total": 2, "done": 2, "open": 0, "unstated": 0}
    assert [(change["ref"], change["kind"], change.get("field", "")) for change in record["changes"]] == [
        ("2024-a", "text", "declared.done"),
        ("2024-a", "text", "declared.ongoing"),
        ("2024-a", "text", "body"),
        ("2024-a/01", "text", "body"),
        ("2024-a/02", "done", ""),
        ("2024-a/02", "text", "progress"),
    ]
    assert manifest["release.json"] and set(manifest) == {
        path.relative_to(live(site)).as_posix()
        for path in live(site).rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }


def test_what_the_checks_refuse_changes_nothing(site):
    publish(site).ok()
    before = live(site)
    site.write(ONE, PRIVATE)
    commit(site)
    refused = publish(site)
    assert (refused.exit, live(site)) == (4, before) and "[P001]" in refused.out
    data = json.loads(
        site.run(sys.executable, "-c", _ONLY_OUTPUT, "publish", "--to", "live", "--repo", ".", "--format", "json").out
    )
    assert data["outcome"] == "refused" and data["findings"][0]["rule"] == "P001"
    site.write(ONE, DISCLOSURE[ONE])
    commit(site)
    assert publish(site).exit == 3, "what is live says the same already"


_ONLY_OUTPUT = "import sys; from rectify.cli import main; sys.stderr = open('/dev/null', 'w'); main(sys.argv[1:])"


def test_what_vanished_is_refused(site):
    publish(site).ok()
    (site.root / "content" / TWO).unlink()
    site.write(
        "reports/2024-a/index.md",
        DISCLOSURE["reports/2024-a/index.md"]
        .replace("总数: 2, 已完成: 1, 持续推进: 1", "总数: 1")
        .replace("的2个问题，已完成1个，持续推进1个", "的问题"),
    )
    commit(site)
    refused = publish(site)
    assert refused.exit == 4 and "[H0" in refused.out


def test_two_at_once(site):
    publish(site).ok()
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, time; from pathlib import Path; from rectify.sources.lock import take_lock\nwith take_lock(Path('live/.lock')): print('held', flush=True); time.sleep(60)",
        ],
        cwd=site.root,
        stdout=subprocess.PIPE,
        env=plain_environment(None),
    )
    try:
        assert holder.stdout.readline() == b"held\n"
        locked = publish(site)
        assert locked.exit == 5 and "另一次公开正在进行" in locked.out
        assert site.rectify("rollback", "--to", "live").exit == 5
    finally:
        holder.kill()
        holder.wait()
        holder.stdout.close()
    assert publish(site).exit == 3, "a lock ends with its process"


def test_back_and_held_until_the_source_changes(site):
    publish(site).ok()
    first = live(site)
    assert site.rectify("rollback", "--to", "live").exit == 1
    edit(site, "逐日核对", "每日核对")
    publish(site).ok()
    assert first.name in site.rectify("rollback", "--to", "live", "--dry-run").ok().out and live(site) != first
    assert first.name in site.rectify("rollback", "--to", "live").ok().out and live(site) == first
    assert publish(site).exit == 6 and live(site) == first
    listed = json.loads(site.rectify("releases", "--to", "live", "--format", "json").ok().out)
    assert [one["live"] for one in listed] == [True, False]
    edit(site, "每日核对", "逐日核对并签字")
    publish(site).ok()
    assert live(site).name.startswith("0003-")
    whole(site)


def test_only_so_many_are_kept(site):
    for number in range(4):
        edit(site, "统一格式", f"统一格式{number}")
        publish(site, "--keep", "2").ok()
    kept = [line[2:6] for line in site.rectify("releases", "--to", "live").ok().out.splitlines()]
    assert kept == ["0003", "0004"]
    whole(site)


def test_a_dry_run_publishes_nothing(site):
    result = publish(site, "--dry-run").ok()
    assert (
        "试运行" in result.out
        and not (site.root / "live" / "current").exists()
        and not (site.root / "live" / "releases").exists()
    )


def test_same_commit_same_bytes(site):
    publish(site, to="live").ok()
    publish(site, to="live2").ok()
    one, two = (
        {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
        for root in (live(site), live(site, "live2"))
    )
    assert one == two


def test_the_working_tree(site):
    run = [site.rectify("publish", "--to", "../live-outside") for _ in range(2)]
    assert [result.exit for result in run] == [0, 3]
    site.write(ONE, DISCLOSURE[ONE].replace("逐日核对", "每日核对"))
    site.rectify("publish", "--to", "../live-outside").ok()
    record = json.loads((site.root.parent / "live-outside/current/release.json").read_bytes())
    assert record["commit"].endswith("+")


@pytest.mark.parametrize(
    "arguments", [["--repo", "nirgends"], ["--repo", ".", "--branch", "anders"], ["--repo", ".", "--inside", "leer"]]
)
def test_a_source_that_cannot_be_read(site, arguments):
    result = site.rectify("publish", "--to", "live", *arguments)
    assert result.exit == 1 and "Traceback" not in result.out and "已经公开的内容没有变" in result.out
    assert "anders" not in arguments or "没有分支“anders”；有：main" in result.out


def test_verify_sees_every_difference(site, serve):
    publish(site).ok()
    address = serve(live(site))
    site.rectify("verify", address).ok()
    page = live(site) / "about" / "index.html" if (live(site) / "about").exists() else live(site) / "index.html"
    data = page.read_bytes()
    page.unlink()
    page.write_bytes(data + b" ")
    (live(site) / "zusatz.txt").write_text("x", "utf-8")
    (live(site) / "data" / "problems.csv").unlink()
    for place in ("live/current", address):
        result = site.rectify("verify", place)
        assert result.exit == 1 and "[R002]" in result.out and "[R001]" in result.out
    assert "[R003]" in site.rectify("verify", "live/current").out
    refused = site.rectify("verify", "live/nirgends")
    assert refused.exit == 1 and "无法核验" in refused.out


def test_a_signed_manifest(site, serve):
    site.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "key", "-C", "x").ok()
    (site.root / "signers").write_text("office@qingchuan,other " + (site.root / "key.pub").read_text("utf-8"), "utf-8")
    publish(site, "--sign-key", "key").ok()
    site.rectify("verify", "live/current", "--signers", "signers").ok()
    signature = live(site) / "manifest.json.sig"
    signature.write_text(signature.read_text("utf-8").replace("A", "B"), "utf-8")
    assert "[R004]" in site.rectify("verify", "live/current", "--signers", "signers").out
    signature.unlink()
    for place in ("live/current", serve(site.root / "live" / "current") + "/"):
        unsigned = site.rectify("verify", place, "--signers", "signers")
        assert unsigned.exit == 1 and "[R004]" in unsigned.out and "没有签名" in unsigned.out, place


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_killed_at_any_moment(site):
    publish(site).ok()

    def begun() -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [str(Path(sys.executable).with_name("rectify")), "publish", "--to", "live", "--repo", "."],
            cwd=site.root,
            env=plain_environment(None),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    edit(site, "统一格式", "统一格式乙")
    began = time.monotonic()
    assert begun().wait() == 0
    duration = time.monotonic() - began
    chance = random.Random(7)
    for number in range(KILLS):
        before = live(site)
        edit(site, "统一格式", f"统一格式{number}")
        run = begun()
        time.sleep(chance.uniform(0.2, duration))
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        after = live(site)
        assert after == before or int(after.name[:4]) > int(before.name[:4])
        whole(site)
    assert publish(site).exit in (0, 3)
    whole(site)
    assert not [name for name in os.listdir(site.root / "live" / "releases") if name.startswith(".")]


def test_a_reader_during_publications_sees_whole_sites_only(site, serve):
    publish(site).ok()
    # The link itself is what the server follows at every request.
    base = serve(site.root / "live")
    texts, stop = [], threading.Event()

    def read() -> None:
        while not stop.is_set():
            with urllib.request.urlopen(f"{base}/current/reports/2024-a/01/index.html", timeout=60) as answer:
                texts.append(answer.read().decode())

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for number in range(5):
            edit(site, "逐日核对", f"逐日核对{number}号")
            publish(site).ok()
    finally:
        stop.set()
        reader.join()
    assert len(set(texts)) > 2 and all("逐日核对" in text and text.rstrip().endswith("</html>") for text in texts)


def test_the_policy_of_the_scripts_is_there_for_the_server(site):
    publish(site).ok()
    policy = (site.root / "live" / "csp.conf").read_text("utf-8")
    assert "script-src 'self';" in policy and "unsafe-inline" not in policy
    assert not (live(site) / "csp.conf").exists()
