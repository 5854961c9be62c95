"""`rectify doctor`: each thing that can be missing is found, with its remedy, and nothing is left behind."""

import json
import os
import re
import time
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest
from click.testing import CliRunner

from helpers.cases import DISCLOSURE
from helpers.locked import locked_folder
from helpers.repository import commit, committed
from helpers.site import Site
from rectify.cli.doctor import doctor
from rectify.release import last_run
from rectify.release.doctor import machine, place
from rectify.release.doctor.examination import examine
from rectify.release.doctor.machine import within
from rectify.release.doctor.tags import check_tags


@pytest.fixture
def site(make_site, monkeypatch) -> Site:
    made = make_site(DISCLOSURE)
    monkeypatch.chdir(made.root)
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    yield made
    monkeypatch.undo()
    time.tzset()


def states(*arguments: str) -> dict[str, tuple[str, str, str]]:
    result = CliRunner().invoke(doctor, ["--format", "json", *arguments], catch_exceptions=False)
    rows = json.loads(result.stdout)
    assert result.exit_code == any(row["state"] == "error" for row in rows)
    assert all(row["fix"] for row in rows if row["state"] != "ok"), rows
    return {row["name"]: (row["state"], row["text"], row["fix"]) for row in rows}


def publish(site: Site, name: str = "0001-abc") -> Path:
    release = site.root / "live" / "releases" / name
    release.mkdir(parents=True)
    (release / "manifest.json").write_text("{}", "utf-8")
    (release / "release.json").write_text(json.dumps({"id": name, "declared": "2024-09-30"}), "utf-8")
    (site.root / "live" / "current").unlink(missing_ok=True)
    (site.root / "live" / "current").symlink_to(f"releases/{name}")
    return release


def tree(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_a_machine_that_is_fit(site):
    publish(site)
    before = tree(site.root)
    found = states("--to", "live")
    assert tree(site.root) == before
    for name in ("python", "packages", "git", "clock", "configuration", "content", "cache", "target", "links", "live"):
        assert found[name][0] == "ok", found[name]
    assert "1 份通报" in found["content"][1] and "0001-abc" in found["live"][1]


def test_lines_for_people(site):
    result = CliRunner().invoke(doctor, ["--to", "live"])
    assert result.exit_code == 0 and "[正常] Python 3" in result.output
    assert "[注意] 还没有公开过\n       办法：rectify publish --to live" in result.output


def test_a_folder_that_is_no_site(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    state, text, _ = states()["configuration"]
    assert state == "error" and "没有 mkdocs.yml" in text
    assert "configuration" not in states("--to", "live"), "a machine that only publishes"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("site_name: [", "无法读取配置"),
        ("- a", "无法读取配置"),
        ("site_name: a\nplugins:\n  - search\n", "没有启用"),
        ("site_name: rectify\n", "没有启用"),
    ],
)
def test_a_configuration_that_does_not_do(site, text, said):
    (site.root / "mkdocs.yml").write_text(text, "utf-8")
    state, told, _ = states()["configuration"]
    assert state == "error" and said in told


@pytest.mark.parametrize(
    "plugins",
    [
        "plugins: [search, rectify]",
        "plugins:\n  - rectify",
        "plugins:\n  - rectify:\n      publisher: 清川市",
        "plugins:\n  rectify: {}",
    ],
)
def test_the_ways_to_enable_the_plugin(site, plugins):
    (site.root / "mkdocs.yml").write_text(f"site_name: a\n{plugins}\n", "utf-8")
    assert states()["configuration"][0] == "ok"


def test_no_disclosures_yet(site):
    (site.root / "mkdocs.yml").write_text("site_name: a\ndocs_dir: empty\nplugins:\n  - rectify\n", "utf-8")
    assert states()["content"][0] == "warning"


def test_programs_that_are_missing(site, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    found = states()
    for name in ("git", "ssh-keygen", "rsync"):
        assert found[name][0] == "warning" and f"没有 {name}" in found[name][1]
    assert "openssh-client" in found["ssh-keygen"][2]


def test_packages_that_are_missing_or_of_another_time(site, monkeypatch):
    def version(name: str) -> str:
        if name == "lxml":
            raise PackageNotFoundError(name)
        return {"mkdocs": "2.0"}.get(name, real(name))

    real = machine.version
    monkeypatch.setattr(machine, "version", version)
    checks = [check for check in examine(Path.cwd(), None) if check.name == "packages"]
    assert [check.state for check in checks] == ["error", "error"]
    told = [check.text for check in checks]
    assert (
        told[0].startswith("mkdocs 2.0，要求")
        and told[1].startswith("没有安装 lxml")
        and "run.py site" in checks[0].fix
    )


@pytest.mark.parametrize(
    ("have", "ranges", "fits"),
    [
        ("8.1.8", ">=8.1,<9,!=8.2.2,!=8.3.*", True),
        ("8.2.2", ">=8.1,!=8.2.2", False),
        ("8.3.1", "!=8.3.*", False),
        ("8.30", "!=8.3.*", True),
        ("10.0", "<9", False),
        ("1.10", ">=1.9", True),
        ("6", ">=6.0.0", True),
        ("6.0.1", "<=6", False),
        ("3.11.0", ">=3.11", True),
        ("3.9.18", ">=3.11", False),
        ("2.0rc1", ">=1", True),
        ("1.4.5", "~=1.4.2", True),
        ("1.5", "~=1.4.2", False),
        ("1.5", "~=1.4", True),
        ("1.2.3", "==1.2.*", True),
        ("1.3", "==1.2.*", False),
        ("1", "", True),
    ],
)
def test_versions_and_ranges(have, ranges, fits):
    assert within(have, ranges) is fits


def test_another_time_zone(site, monkeypatch):
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    state, text, fix = states()["clock"]
    assert state == "warning" and "+0000" in text and "Asia/Shanghai" in fix


def test_a_clock_that_stands_still(site, monkeypatch):
    monkeypatch.setattr(machine.time, "time", lambda: 86400.0 * 365)
    assert states()["clock"][0] == "error"


@pytest.mark.parametrize(("free", "state"), [(10 << 20, "error"), (500 << 20, "warning"), (5 << 30, "ok")])
def test_room_on_the_disk(site, monkeypatch, free, state):
    monkeypatch.setattr(place.shutil, "disk_usage", lambda _: type("Usage", (), {"free": free}))
    assert states("--to", "live")["disk"][0] == state


def test_a_place_that_is_a_file(site):
    (site.root / "live").write_text("x", "utf-8")
    state, text, _ = states("--to", "live/inside")["target"]
    assert state == "error" and "不能写入" in text


def test_a_place_without_permission(site):
    assert states("--to", str(locked_folder(site.root)))["target"][0] == "error"


def test_no_symbolic_links(site, monkeypatch):
    def refuse(*_, **__):
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "symlink", refuse)
    state, text, _ = states("--to", "live")["links"]
    assert state == "error" and "Operation not permitted" in text


def test_a_release_that_lost_its_manifest(site):
    (publish(site) / "manifest.json").unlink()
    assert states("--to", "live")["live"][0] == "error"


def test_rolled_back_and_held(site):
    publish(site)
    (site.root / "live" / ".last").write_text("key 0002-def", "utf-8")
    (site.root / "live" / ".held").write_text("0123456789abcdef0123", "utf-8")
    found = states("--to", "live")
    assert found["last"][0] == "warning" and "0002-def" in found["last"][1]
    assert found["held"][0] == "warning" and "0123456789ab（退回" in found["held"][1]


def test_a_lock_that_is_held_and_one_that_is_not(site):
    publish(site)
    (site.root / "live" / ".lock").write_text("1\n", "utf-8")
    assert "没有公开正在进行" in states("--to", "live")["lock"][1]
    with place.take_lock(site.root / "live" / ".lock"):
        state, text, _ = states("--to", "live")["lock"]
    assert state == "ok" and f"进程 {os.getpid()}" in text


def test_how_the_last_run_ended(site):
    def said() -> tuple[str, str]:
        return states("--to", "live")["last_run"][:2]

    committed(site)
    assert site.rectify("publish", "--to", "live", "--repo", ".").exit == 0 and said()[0] == "ok"
    assert site.rectify("publish", "--to", "live", "--repo", "nowhere.git").exit == 1
    state, text = said()
    assert state == "error" and "公开失败" in text and "nowhere" in text
    site.write("reports/2024-a/01.md", DISCLOSURE["reports/2024-a/01.md"].replace("班组长", "班组长13812345678"))
    commit(site)
    assert site.rectify("publish", "--to", "live", "--repo", ".").exit == 4
    state, text = said()
    assert state == "error" and "1 处错误" in text and "reports/2024-a/01.md:" in text and "138" not in text


def test_a_run_that_was_cut_off_and_one_on_its_way(site):
    publish(site)
    last_run.note_begin(site.root / "live")
    state, text, _ = states("--to", "live")["last_run"]
    assert state == "warning" and "中途断了" in text
    with place.take_lock(site.root / "live" / ".lock"):
        assert "last_run" not in states("--to", "live")


def test_a_refusal_without_findings_and_a_run_from_a_time_to_come(site):
    publish(site)
    told = {"outcome": "refused", "reason": "mkdocs.yml：嵌套太深", "findings": [], "ended": "2199-01-01T00:00:00+0800"}
    (site.root / "live" / last_run.NAME).write_text(json.dumps(told), "utf-8")
    found = states("--to", "live")
    assert found["last_run"][0] == "error" and "嵌套太深" in found["last_run"][1] and "None" not in found["last_run"][1]
    assert found["last_run_clock"][0] == "warning" and "2199" in found["last_run_clock"][1]


@pytest.mark.parametrize("text", ["", "[]", "{", '{"outcome": "refused"}', '{"outcome": 1}', "[" * 100_000])
def test_a_report_that_is_damaged_breaks_nothing(site, text):
    publish(site)
    (site.root / "live" / last_run.NAME).write_text(text, "utf-8")
    assert states("--to", "live")["live"][0] == "ok"


def test_files_of_a_place_that_are_nested_too_deep_are_told_without_a_traceback(site):
    publish(site)
    live = site.root / "live"
    for name in (
        "held.json",
        "health.json",
        "current/release.json",
        "current/data/problems.json",
        "current/manifest.json",
    ):
        (live / name).parent.mkdir(exist_ok=True)
        (live / name).write_text("[" * 100_000, "utf-8")
        for command in (("doctor", "--to", "live"), ("verify", "live/current"), ("check", "live/current")):
            result = site.rectify(*command)
            assert result.exit in (0, 1) and "Traceback" not in result.out and "recursion" not in result.out


def fake_program(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    (folder / name).chmod(0o755)


@pytest.mark.parametrize(
    ("script", "state", "said"),
    [
        (
            'case "$*" in *--failed*) echo "rectify-publish.service loaded failed failed x";; esac',
            "error",
            "rectify-publish.service 上次运行失败",
        ),
        (
            'case "$*" in *list-timers*) echo "Sat 2024-10-19 10:05 CST  4min rectify-publish.timer";; esac',
            "ok",
            "rectify-publish.timer",
        ),
        ("true", "warning", "没有名为 rectify* 的定时任务"),
    ],
)
def test_what_systemd_says(site, monkeypatch, tmp_path, script, state, said):
    fake_program(tmp_path, "systemctl", script)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr(place, "_SYSTEMD", tmp_path)
    found = states()["timer"]
    assert found[0] == state and said in found[1]


@pytest.mark.parametrize(
    ("printed", "state"), [("echo Noto Sans CJK SC", "ok"), ("true", "warning"), ("exit 3", "warning")]
)
def test_fonts_for_printing(site, monkeypatch, tmp_path, printed, state):
    fake_program(tmp_path, "fc-list", printed)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert states()["fonts"][0] == state


def test_tags_that_the_configuration_leaves_empty_are_told():
    told = [check.text for check in check_tags({"site_url": "", "extra": None})]
    assert [re.findall(r"[a-z_.]+$", text)[0] for text in told] == ["site_url", "extra.site_id_code"]
    assert list(check_tags({"site_url": "https://zg.example/", "extra": {"site_id_code": "4400000001"}})) == []
