"""The other places of a publication: whatever breaks on the way, what is live there is the old release or the new one."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import fsspec
import pytest

from helpers.cases import DISCLOSURE
from helpers.repository import committed
from helpers.site import plain_environment
from rectify.release import manifest as manifests
from rectify.release.folder import ReleaseFolder
from rectify.release.targets import bucket, pages_branch, rsync
from rectify.release.targets.delivery import Delivery, DeliveryError
from rectify.release.targets.destinations import deliver, parse
from rectify.release.verifying import verify
from rectify.sources.program import ProgramError

ONE = {"index.html": "首页", "about/index.html": "监督方式", "data/problems.json": "{}", "a.css": "b{}"}
TWO = {**ONE, "index.html": "首页，更新", "new.html": "新页"} | {"data/problems.json": '{"problems": []}'}
del TWO["a.css"]

needs_rsync = pytest.mark.skipif(not shutil.which("rsync"), reason="rsync is not installed")


def release(root: Path, number: int, files: dict[str, str], link: bool = True) -> Path:
    """A release of a folder, complete and live."""
    target = ReleaseFolder(root)
    coming = target.begin()
    name = f"{number:04d}-abc{number}"
    record = {
        "id": name,
        "committed": "2024-10-18T09:00:00+08:00",
        "commit": f"abc{number}",
        "counts": {"total": 2, "done": 1, "open": 1},
    }
    for path, text in {**files, "release.json": json.dumps(record)}.items():
        (coming / path).parent.mkdir(parents=True, exist_ok=True)
        (coming / path).write_text(text, "utf-8")
    (coming / "manifest.json").write_bytes(manifests.as_bytes(manifests.manifest_of(coming)))
    done = target.complete(coming, name)
    target.switch(done)
    return done


def whole(folder: Path) -> bool:
    return not list(manifests.differences(folder, manifests.read_manifest(folder)))


@pytest.fixture
def shell(tmp_path, monkeypatch) -> Path:
    """A file that stands in for ssh: runs the command here; where `broken` lies beside it, it fails."""
    script = tmp_path / "ssh"
    script.write_text(
        '#!/bin/sh\n[ "$1" = -l ] && shift 2\nshift\n[ -e "$(dirname "$0")/broken" ] && { echo "no route" >&2; exit 255; }\nexec sh -c "$*"\n'
    )
    script.chmod(0o755)
    monkeypatch.setenv("RSYNC_RSH", str(script))
    return script


@pytest.mark.parametrize(
    "text",
    [
        "rsync:/srv/site",
        "rsync:host:/srv/a b",
        "rsync:-oProxy=x:/srv",
        "rsync:h:/s;id",
        "branch:origin",
        "branch:#x",
        "fsspec:bucket",
        "ftp:x",
        "",
    ],
)
def test_what_is_no_destination(text):
    with pytest.raises(ValueError, match=":"):
        parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "rsync:web@host.example:/srv/site",
        "branch:origin#gh-pages",
        "branch:https://git.example/a.git#pages",
        "fsspec:s3://bucket/prefix",
    ],
)
def test_a_destination(text):
    assert str(parse(text)) == text


@needs_rsync
def test_rsync_switches_links_and_prunes(tmp_path, shell):
    there = tmp_path / "srv" / "site"
    names = [f"{number:04d}-abc{number}" for number in range(1, 5)]
    for number in range(1, 5):
        made = release(tmp_path / "here", number, {**ONE, "index.html": f"首页{number}"})
        rsync.deliver(Delivery(made, f"web@host:{there}", tuple(names[number - 2 : number]), tmp_path))
        assert (there / "current").resolve().name == made.name and whole(there / "current")
    assert sorted(os.listdir(there / "releases")) == ["0003-abc3", "0004-abc4"]
    assert (there / "releases/0003-abc3/a.css").stat().st_ino == (there / "releases/0004-abc4/a.css").stat().st_ino


@needs_rsync
def test_rsync_back_to_an_older_release_and_over_a_damaged_one(tmp_path, shell):
    there, place = tmp_path / "srv", f"web@host:{tmp_path}/srv"
    one, two = release(tmp_path / "here", 1, ONE), release(tmp_path / "here", 2, TWO)
    for made in (one, two, one):
        rsync.deliver(Delivery(made, place, ("0001-abc1", "0002-abc2"), tmp_path))
        assert (there / "current").resolve().name == made.name and whole(there / "current")
    (there / "current" / "index.html").write_text("改动", "utf-8")
    rsync.deliver(Delivery(one, place, ("0001-abc1", "0002-abc2"), tmp_path))
    assert whole(there / "current") and sorted(os.listdir(there / "releases")) == ["0001-abc1", "0002-abc2"]


@needs_rsync
def test_what_is_gone_here_goes_there_with_the_next_delivery(tmp_path, shell):
    target, there = ReleaseFolder(tmp_path / "here"), tmp_path / "srv"
    destination = parse(f"rsync:web@host:{there}")
    for number in (1, 2):
        release(tmp_path / "here", number, {**ONE, "index.html": f"首页{number}"})
        assert deliver(target, (destination,), tmp_path) == []
    assert sorted(os.listdir(there / "releases")) == ["0001-abc1", "0002-abc2"]
    release(tmp_path / "here", 3, TWO)
    for old in target.releases()[:2]:
        target.remove(old)
    (tmp_path / "broken").touch()
    assert len(deliver(target, (destination,), tmp_path)) == 1
    (tmp_path / "broken").unlink()
    assert deliver(target, (destination,), tmp_path) == []
    assert os.listdir(there / "releases") == ["0003-abc3"] and whole(there / "current")


@needs_rsync
def test_rsync_that_fails_or_is_killed_leaves_the_live_release(tmp_path, shell):
    there, place = tmp_path / "srv", f"web@host:{tmp_path}/srv"
    rsync.deliver(Delivery(release(tmp_path / "here", 1, ONE), place, ("0001-abc1",), tmp_path))
    large = {f"data/{number}.json": "x" * 2_000_000 for number in range(20)}
    two = release(tmp_path / "here", 2, {**TWO, **large})
    (tmp_path / "broken").touch()
    with pytest.raises(ProgramError, match="no route"):
        rsync.deliver(Delivery(two, place, ("0001-abc1",), tmp_path))
    (tmp_path / "broken").unlink()
    code = (
        "from pathlib import Path; from rectify.release.targets.delivery import Delivery\n"
        f"from rectify.release.targets.rsync import deliver; deliver(Delivery(Path({str(two)!r}), {place!r}, (), Path()))"
    )
    child = subprocess.Popen([sys.executable, "-c", code], env=plain_environment(None), start_new_session=True)
    for _ in range(2000):
        if list((there / "releases").glob(".coming/**/*.json")):
            break
        time.sleep(0.005)
    os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    assert (there / "current").resolve().name in ("0001-abc1", "0002-abc2") and whole(there / "current")
    rsync.deliver(Delivery(two, place, ("0001-abc1",), tmp_path))
    assert (there / "current").resolve().name == "0002-abc2" and whole(there / "current")
    assert not [name for name in os.listdir(there / "releases") if name.startswith(".")]


@pytest.fixture
def forge(tmp_path) -> Path:
    """A repository to push to."""
    run("git", "init", "-q", "--bare", "-b", "main", str(tmp_path / "forge.git"))
    return tmp_path / "forge.git"


def run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout.strip()


def test_a_branch_holds_the_release_and_nothing_changed_is_no_commit(tmp_path, forge):
    one, place = (
        release(tmp_path / "here", 1, {**ONE, ".gitignore": "*.css\n", "crlf.txt": "a\r\nb\n"}),
        f"{forge}#gh-pages",
    )
    pages_branch.deliver(Delivery(one, place, (), tmp_path))
    first = run("git", "-C", str(forge), "rev-parse", "gh-pages")
    pages_branch.deliver(Delivery(one, place, (), tmp_path))
    assert run("git", "-C", str(forge), "rev-parse", "gh-pages") == first
    run("git", "-c", "core.autocrlf=false", "clone", "-q", "-b", "gh-pages", str(forge), str(tmp_path / "clone"))
    shutil.rmtree(tmp_path / "clone" / ".git")
    (tmp_path / "clone" / ".nojekyll").unlink()
    assert whole(tmp_path / "clone") and "a.css" in os.listdir(tmp_path / "clone")
    pages_branch.deliver(Delivery(release(tmp_path / "here", 2, TWO), place, (), tmp_path))
    assert run("git", "-C", str(forge), "rev-parse", "gh-pages^") == first
    assert "a.css" not in run("git", "-C", str(forge), "ls-tree", "-r", "--name-only", "gh-pages").splitlines()
    assert "2个问题：已完成（含已销号）1个" in run("git", "-C", str(forge), "log", "-1", "--format=%B", "gh-pages")


def test_the_same_release_is_the_same_commit(tmp_path, forge):
    one = release(tmp_path / "here", 1, ONE)
    for branch in ("a", "b"):
        pages_branch.deliver(Delivery(one, f"{forge}#{branch}", (), tmp_path / branch))
    assert run("git", "-C", str(forge), "rev-parse", "a") == run("git", "-C", str(forge), "rev-parse", "b")


def test_a_branch_that_refuses_stays_as_it_was(tmp_path, forge):
    pages_branch.deliver(Delivery(release(tmp_path / "here", 1, ONE), f"{forge}#p", (), tmp_path))
    first = run("git", "-C", str(forge), "rev-parse", "p")
    (forge / "hooks").mkdir(exist_ok=True)
    (forge / "hooks" / "update").write_text("#!/bin/sh\necho closed >&2\nexit 1\n")
    (forge / "hooks" / "update").chmod(0o755)
    two = release(tmp_path / "here", 2, TWO)
    with pytest.raises(ProgramError, match=r"closed|declined"):
        pages_branch.deliver(Delivery(two, f"{forge}#p", (), tmp_path))
    assert run("git", "-C", str(forge), "rev-parse", "p") == first
    with pytest.raises(ProgramError):
        pages_branch.deliver(Delivery(two, f"{tmp_path}/nowhere.git#p", (), tmp_path))


def test_a_bucket_in_order_and_only_what_changed(tmp_path, monkeypatch):
    there, place = tmp_path / "bucket", f"file://{tmp_path}/bucket"
    bucket.deliver(Delivery(release(tmp_path / "here", 1, ONE), place, (), tmp_path))
    assert whole(there)
    put = []
    original = bucket._put
    monkeypatch.setattr(
        bucket,
        "_put",
        lambda files, path, data: (put.append(path.rpartition("/bucket/")[2]), original(files, path, data)),
    )
    two = release(tmp_path / "here", 2, TWO)
    bucket.deliver(Delivery(two, place, (), tmp_path))
    assert put == [
        bucket.COMING,
        *(f".coming/{path}" for path in ("data/problems.json", "release.json", "new.html", "index.html")),
        "manifest.json",
    ]
    assert whole(there) and not (there / "a.css").exists() and not (there / bucket.COMING).exists()
    put.clear()
    bucket.deliver(Delivery(two, place, (), tmp_path))
    assert put == []


@pytest.mark.parametrize("calls", range(14))
def test_a_bucket_whose_connection_breaks(tmp_path, monkeypatch, calls):
    there, place = tmp_path / "bucket", f"file://{tmp_path}/bucket"
    one, two = release(tmp_path / "here", 1, ONE), release(tmp_path / "here", 2, TWO)
    bucket.deliver(Delivery(one, place, (), tmp_path))
    storage = fsspec.get_filesystem_class("file")
    left = [calls]

    def until_it_breaks(name):
        original = getattr(storage, name)

        def call(*arguments, **options):
            if not left[0]:
                raise ConnectionError("gone")
            left[0] -= 1
            return original(*arguments, **options)

        monkeypatch.setattr(storage, name, call)

    for name in ("pipe_file", "cp_file", "rm_file", "rm"):
        until_it_breaks(name)
    if calls < 13:
        with pytest.raises(DeliveryError, match="gone"):
            bucket.deliver(Delivery(two, place, (), tmp_path))
    else:
        bucket.deliver(Delivery(two, place, (), tmp_path))
    served = {
        path: checksum
        for path, checksum in manifests.manifest_of(there).items()
        if not path.startswith((bucket.BESIDE, bucket.COMING))
    }
    old, new = manifests.read_manifest(one), manifests.read_manifest(two)
    if calls <= 5:
        assert served == old, "a transfer that breaks changes nothing that is read"
    elif calls < 11:
        wrong = {finding.path for finding in verify(there)}
        assert wrong >= {
            path for path, checksum in served.items() if manifests.read_manifest(there).get(path) != checksum
        }, "what is mixed is told"
    else:
        assert served == new
    left[0] = 1000
    for made in (two, one) if calls % 2 else (one, two):
        bucket.deliver(Delivery(made, place, (), tmp_path))
        assert whole(there) and not (there / bucket.BESIDE).exists(), "what the broken upload brought is undone"


def test_a_bucket_in_memory_and_one_that_is_unknown(tmp_path):
    one = release(tmp_path / "here", 1, ONE)
    bucket.deliver(Delivery(one, "memory://bucket-test/prefix", (), tmp_path))
    assert fsspec.filesystem("memory").cat_file("/bucket-test/prefix/index.html").decode() == "首页"
    with pytest.raises(DeliveryError, match="nothing-of-the-kind"):
        bucket.deliver(Delivery(one, "nothing-of-the-kind://bucket/prefix", (), tmp_path))


def test_only_what_failed_is_tried_again(tmp_path):
    target = ReleaseFolder(tmp_path / "here")
    made = release(tmp_path / "here", 1, ONE)
    good, bad = parse(f"fsspec:file://{tmp_path}/good"), parse("fsspec:no-such://bucket/x")
    assert [text.partition(": ")[0] for text in deliver(target, (good, bad), tmp_path)] == [str(bad)]
    shutil.rmtree(tmp_path / "good")
    assert len(deliver(target, (good, bad), tmp_path)) == 1 and not (tmp_path / "good").exists(), "it has it"
    release(tmp_path / "here", 2, TWO)
    assert deliver(target, (good,), tmp_path) == [] and whole(tmp_path / "good") and made.exists()


def test_publish_tells_what_was_not_delivered_and_tries_again_without_news(make_site):
    site = committed(make_site(DISCLOSURE))
    (site.root / "live-bucket").write_text("in the way", "utf-8")
    arguments = ("publish", "--to", "live", "--repo", ".", "--also", f"fsspec:file://{site.root}/live-bucket")
    failed = site.rectify(*arguments)
    assert failed.exit == 1 and "没有全部送到；本机已公开 0001-" in failed.out and "Traceback" not in failed.out
    site.rectify("verify", "live/current").ok()
    (site.root / "live-bucket").unlink()
    assert site.rectify(*arguments).exit == 3
    site.rectify("verify", "live-bucket").ok()
