"""Faults of the machine around a publication: what is in the way, modes, foreign locks, names, limits, clocks."""

import os
import shutil
import socket
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers.cases import DISCLOSURE
from helpers.repository import commit, committed
from helpers.site import Result, Site, plain_environment, write_site

ONE = "reports/2024-a/01.md"

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes, links and limits of POSIX")


@pytest.fixture(scope="module")
def published(tmp_path_factory) -> Path:
    """A site in a repository that was published once; made once, and copied for each fault."""
    site = committed(write_site(tmp_path_factory.mktemp("published"), DISCLOSURE))
    publish(site).ok()
    return site.root


@pytest.fixture
def site(tmp_path, published) -> Site:
    """It, with what git and the caches know of its place."""
    shutil.copytree(published, tmp_path / "site", symlinks=True)
    return Site(tmp_path / "site", tmp_path / "site" / "site")


def publish(site: Site) -> Result:
    return site.rectify("publish", "--to", "live", "--repo", ".")


def edited(site: Site, word: str) -> Site:
    site.write(ONE, DISCLOSURE[ONE].replace("逐日核对", word))
    return commit(site)


def live(site: Site) -> Path:
    return (site.root / "live" / "current").resolve()


def in_shell(site: Site, line: str) -> Result:
    done = subprocess.run(
        ["sh", "-c", line],
        cwd=site.root,
        env=plain_environment(
            {"RECTIFY": shutil.which("rectify", path=os.path.dirname(os.sys.executable)) or "rectify"}
        ),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    return Result(done.returncode, done.stdout)


def modes(folder: Path) -> set[str]:
    paths = [path for path in (folder, *folder.rglob("*")) if not path.is_symlink()]
    return {("d" if path.is_dir() else "f") + f"{stat.S_IMODE(path.stat().st_mode):o}" for path in paths}


def test_modes_are_those_of_published_files_whatever_the_umask(site):
    shutil.rmtree(site.root / "live")
    assert in_shell(site, "umask 077; $RECTIFY publish --to live --repo .").exit == 0
    first = live(site)
    assert modes(first) == {"d755", "f644"}
    for path in ("live", "live/releases"):
        assert stat.S_IMODE((site.root / path).stat().st_mode) == 0o755
    assert stat.S_IMODE((site.root / "live" / "csp.conf").stat().st_mode) == 0o644
    edited(site, "每日核对")
    # What somebody closed or opened is told, and is not carried over.
    (first / "index.html").chmod(0o600)
    (first / "about" / "index.html").chmod(0o666)
    told = site.rectify("verify", "live/current")
    assert told.exit == 1 and told.out.count("[R007]") == 2 and "0600" in told.out and "0666" in told.out
    told = site.rectify("doctor", "--to", "live")
    assert told.exit == 1 and "（共 2 处）" in told.out and "chmod" in told.out
    assert in_shell(site, "umask 000; $RECTIFY publish --to live --repo .").exit == 0
    assert live(site) != first and modes(live(site)) == {"d755", "f644"}
    assert (live(site) / "404.html").stat().st_ino == (first / "404.html").stat().st_ino, (
        "what is right is still linked"
    )
    assert modes(first) != {"d755", "f644"}, "an older release is not touched"
    site.rectify("verify", "live/current").ok()
    site.rectify("doctor", "--to", "live").ok()


def test_an_emergency_page_can_be_read_too(site):
    assert in_shell(site, "umask 077; $RECTIFY emergency --to live --message 暂停").exit == 0
    assert modes(live(site)) == {"d755", "f644"}


def _swapped(path: Path, make: Callable[[Path], object]) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    make(path)


IN_THE_WAY: dict[str, tuple[str, Callable[[Path], object]]] = {
    "current, a folder": ("current", Path.mkdir),
    "current, a file": ("current", Path.touch),
    "lock, a folder": (".lock", Path.mkdir),
    "lock, a link": (".lock", lambda path: path.symlink_to("../mkdocs.yml")),
    "lock, a pipe": (".lock", os.mkfifo),
    "work, a link": (".work", lambda path: path.symlink_to("../content")),
    "work, a file": (".work", Path.touch),
    "number, a folder": (".number", Path.mkdir),
    "number, an identity number": (".number", lambda path: path.write_text("110101199003070070", "utf-8")),
    "number, no number": (".number", lambda path: path.write_bytes("十二\xb2".encode())),
    "releases, a file": ("releases", Path.touch),
    "last run, a folder": ("last-run.json", Path.mkdir),
    "over, a folder": (".over", Path.mkdir),
}


@pytest.mark.parametrize("case", IN_THE_WAY)
def test_what_is_in_the_way_is_told_and_moved_aside_on_request_alone(site, case):
    name, make = IN_THE_WAY[case]
    began, mkdocs_yml = live(site), (site.root / "mkdocs.yml").read_bytes()
    _swapped(path := site.root / "live" / name, make)
    edited(site, "每日核对")
    refused = publish(site)
    assert refused.exit == 1 and f"live/{name} 是" in refused.out and "rectify doctor --to live --fix" in refused.out
    assert "110101199003070070" not in refused.out and "Traceback" not in refused.out
    told = site.rectify("doctor", "--to", "live")
    assert told.exit == 1 and f"[错误] live/{name} 是" in told.out, told.out
    assert os.path.lexists(path) and not list(path.parent.glob("*aside*"))
    mended = site.rectify("doctor", "--to", "live", "--fix")
    assert f"live/{name} 已改名为 {name}.aside-1" in mended.out
    assert os.path.lexists(path.with_name(f"{name}.aside-1")), "nothing is deleted"
    if name == "current":
        assert live(site) == began, "what was live is live again"
    publish(site).ok()
    site.rectify("verify", "live/current").ok()
    assert "每日核对" in (live(site) / "reports/2024-a/01/index.html").read_text("utf-8")
    assert len(live(site).name.partition("-")[0]) == 4
    assert (site.root / "mkdocs.yml").read_bytes() == mkdocs_yml, "nothing was written through a link"


def test_what_lies_at_other_names_is_in_nobodys_way(site):
    (site.root / "live" / ".current.new").mkdir()
    (site.root / "live" / "releases" / "110101199003070070-a").mkdir()
    edited(site, "每日核对")
    publish(site).ok()
    assert live(site).name.startswith("0002-")


def test_the_lock_of_another_host_is_told_with_name_and_age_and_never_broken(site):
    began, lock = live(site), site.root / "live" / ".lock"
    lock.write_text("4711 host-b 2024-05-01T08:00:00+00:00\n", "utf-8")
    edited(site, "每日核对")
    for command in (("publish", "--repo", "."), ("rollback",), ("emergency", "--message", "暂停")):
        refused = site.rectify(*command, "--to", "live")
        assert refused.exit == 5 and "主机 host-b，2024-05-01T08:00:00+00:00 起" in refused.out, refused.out
        assert "分钟" in refused.out and "doctor" in refused.out and live(site) == began
    assert lock.read_text("utf-8").startswith("4711 host-b")
    told = site.rectify("doctor", "--to", "live").out
    assert "[注意] 另一台主机占用着：进程 4711，主机 host-b" in told and "--fix" in told
    assert "已改名为 .lock.aside-1" in site.rectify("doctor", "--to", "live", "--fix").out
    assert publish(site).exit == 6, "the notice could not be shown, the decision stands"
    site.rectify("unhold", "all", "--to", "live").ok()
    publish(site).ok()


def test_the_lock_of_a_process_that_was_killed_here_is_free(site):
    (site.root / "live" / ".lock").write_text(f"4711 {socket.gethostname()} 2024-05-01T08:00:00+00:00\n", "utf-8")
    assert publish(site).exit == 3
    assert (site.root / "live" / ".lock").read_text("utf-8") == "", "who ends leaves no name"


def test_a_pipe_in_a_release_keeps_nobody_waiting(site):
    began = live(site)
    for name in ("index.html", "release.json", "manifest.json"):
        _swapped(began / name, os.mkfifo)
        told = site.run(str(Path(os.sys.executable).with_name("rectify")), "verify", "live/current", timeout=60)
        assert told.exit == 1 and "不是普通文件" in told.out, told.out
    for command in (("releases", "--to", "live"), ("doctor", "--to", "live"), ("check", "live/current")):
        assert "Traceback" not in site.rectify(*command).out
    edited(site, "每日核对")
    publish(site).ok()
    site.rectify("verify", "live/current").ok()


NAMES = ("reports/2024-a/files/\udcb1\udced.txt", "\udcb1\udced.md", "a\udcff\x1b[2J/b.txt")
"""As a Chinese system of twenty years ago wrote them; and as somebody writes them who wants the terminal that shows them."""


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_is_not_utf_8_is_refused_with_a_name_that_can_be_read(site, name):
    began = live(site)
    site.write(name, "甲\n")
    commit(site)
    shown = ascii(name)[1:-1]
    for command in (("check",), ("check", "--format", "json"), ("build",), ("publish", "--to", "live", "--repo", ".")):
        result = site.rectify(*command)
        assert result.exit in (1, 4) and "Traceback" not in result.out and "\x1b" not in result.out, result.out
        assert "S009" in result.out and shown in result.out.replace("\\\\", "\\"), result.out
    assert live(site) == began
    assert "S009" in site.rectify("doctor", "--to", "live").out


def test_a_strange_name_in_a_release_or_a_built_site_breaks_nothing(site):
    site.rectify("build").ok()
    for folder in (site.output, live(site)):
        (folder / "\udcb1\udced.txt").write_text("甲", "utf-8")
    assert "Traceback" not in site.rectify("check", "site").out
    told = site.rectify("verify", "live/current")
    assert told.exit == 1 and "[R003]" in told.out and "\\udcb1" in told.out
    for command in (("releases", "--to", "live"), ("doctor", "--to", "live"), ("build",)):
        assert "Traceback" not in site.rectify(*command).out
    edited(site, "每日核对")
    publish(site).ok()
    site.rectify("verify", "live/current").ok()


@pytest.mark.parametrize("blocks", [0, 8, 40])
def test_a_limit_on_the_size_of_files_leaves_what_is_live(site, blocks):
    """`ulimit -f` counts blocks of 512 bytes: too few for anything, for the caches, for the style of the pages."""
    began = live(site)
    edited(site, "每日核对")
    result = in_shell(site, f"ulimit -f {blocks}; $RECTIFY publish --to live --repo .")
    assert result.exit == 1 and "Traceback" not in result.out and result.out.strip(), result.out
    assert live(site) == began
    site.rectify("verify", "live/current").ok()
    publish(site).ok()
    site.rectify("verify", "live/current").ok()


@pytest.mark.skipif(shutil.which("faketime") is None, reason="faketime is not installed; run.py test installs it")
def test_a_clock_years_ahead_or_behind_holds_nothing_up_and_is_told(site):
    edited(site, "每日核对")
    assert in_shell(site, "faketime -f +3650d $RECTIFY publish --to live --repo .").exit == 0
    assert "比现在晚" in site.rectify("doctor", "--to", "live").out
    edited(site, "每班核对")
    assert "还没有到" in publish(site).ok().out
    began = live(site)
    assert began.name.startswith("0003-") and "每班核对" in (began / "reports/2024-a/01/index.html").read_text("utf-8")
    told = site.rectify("doctor", "--to", "live").ok().out
    assert "比现在晚" not in told and "1 次公开记的日期还没有到：0002-" in told
    edited(site, "每时核对")
    late = in_shell(site, "faketime -f -6000d $RECTIFY publish --to live --repo .")
    assert late.exit == 4 and live(site) == began, "what lies ahead of the clock is no record"
    told = in_shell(site, "faketime -f -6000d $RECTIFY doctor --to live")
    assert told.exit == 1 and "比本程序的安装时间还早" in told.out
    lock = site.root / "live" / ".lock"
    lock.write_text("4711 host-b 2199-01-01T00:00:00+00:00\n", "utf-8")
    assert "时钟不一致" in publish(site).out
    lock.unlink()
    publish(site).ok()
    site.rectify("verify", "live/current").ok()
