"""Ready files: complete, filled in, never over what is there, and accepted by the programs that read them."""

import os
import shutil
import stat
import subprocess
import tomllib

import pytest
import yaml
from click.testing import CliRunner

from helpers.site import ROOT
from rectify.cli.ready import ready
from rectify.release.ready import READY, Settings, ready_files

SETTINGS = Settings("/srv/整改公开", "/srv/content", "gk.qingchuan.example", "rectify", command="/opt/rectify/bin/python -m rectify")


def run(*arguments: str):
    return CliRunner().invoke(ready, list(arguments))


def made(name: str, place: str, **settings) -> str:
    return ready_files([name], SETTINGS._replace(**settings))[place]


@pytest.mark.parametrize("name", READY)
def test_every_file_is_filled_in(name):
    for place, text in ready_files([name], SETTINGS).items():
        assert text.endswith("\n"), place
        assert not any(f"@{word}@" in text for word in ("SITE", "REPO", "DOMAIN", "USER", "UNDER", "PORT", "EMBED", "COMMAND", "ROOT")), place
        assert name == "docker" or any("\u4e00" <= character <= "\u9fff" for character in text), f"no word of explanation: {place}"


def test_every_template_is_used_and_packaged():
    templates = {template for one in READY.values() for template in one.files.values()}
    assert templates == set(os.listdir(ROOT / "plugins" / "rectify" / "ready"))
    data = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["package-data"]
    assert "ready/*" in data["rectify"]


def test_the_list_names_every_choice():
    done = run()
    assert done.exit_code == 0 and [line.split()[0] for line in done.output.splitlines()] == list(READY)


def test_nothing_is_overwritten_unless_asked_to(tmp_path):
    (tmp_path / "crontab").write_text("自己的\n", "utf-8")
    arguments = ("crontab", "github", "--to", str(tmp_path), "--repo", "/srv/content", "--user", "rectify")
    refused = run(*arguments)
    assert refused.exit_code == 1 and "crontab" in refused.output
    assert os.listdir(tmp_path) == ["crontab"] and (tmp_path / "crontab").read_text("utf-8") == "自己的\n"
    assert run(*arguments, "--force").exit_code == 0
    assert "publish --to /srv/rectify --repo /srv/content" in (tmp_path / "crontab").read_text("utf-8")
    assert (tmp_path / ".github" / "workflows" / "rectify.yml").is_file()


def test_a_dry_run_shows_and_writes_nothing(tmp_path):
    done = run("nginx", "--to", str(tmp_path / "out"), "--dry-run", "--repo", "/srv/content", "--site", str(tmp_path))
    assert done.exit_code == 0 and "server {" in done.output and os.listdir(tmp_path) == []


def test_a_site_published_before_gets_its_first_policy(tmp_path):
    release = tmp_path / "live" / "releases" / "0001-folder"
    release.mkdir(parents=True)
    (release / "index.html").write_text("<script>甲()</script>", "utf-8")
    assert run("nginx", "--to", str(tmp_path / "out"), "--site", str(tmp_path / "live"), "--repo", "/srv/content").exit_code == 0
    assert "sha256-" in (tmp_path / "live" / "csp.conf").read_text("utf-8")
    assert stat.S_IMODE((tmp_path / "live" / "csp.conf").stat().st_mode) == 0o644


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--site", "/srv/a b"), ("--site", "/srv/a;b"), ("--site", "/srv/100%"), ("--domain", "a.example; return 200"), ("--user", "a\nroot"),
        ("--under", "/a b"), ("--embed", "'self'; script-src *"), ("--embed", "https://a\nb"), ("--repo", "/srv/$(id)"), ("--port", "70000"),
    ],
)  # fmt: skip
def test_what_would_change_a_files_meaning_is_refused(tmp_path, option, value):
    done = run("nginx", "crontab", "--to", str(tmp_path), option, value)
    assert done.exit_code == 2 and os.listdir(tmp_path) == [] and "Traceback" not in done.output


def test_wrong_use_is_a_message():
    assert run("nginx").exit_code == 2
    assert run("apache", "--to", "x").exit_code == 2


def test_who_may_embed_the_pages():
    place = "nginx/rectify.conf"
    assert "X-Frame-Options SAMEORIGIN" in made("nginx", place)
    assert "X-Frame-Options DENY" in made("nginx", place, embed="'none'")
    portal = made("nginx", place, embed="'self' https://www.qingchuan.example")
    assert "X-Frame-Options" not in portal and "frame-ancestors 'self' https://www.qingchuan.example" in portal


@pytest.mark.parametrize("name", ["github", "gitlab", "gitee", "pre-commit"])
def test_pipelines_run_the_projects_own_commands(name):
    (text,) = ready_files([name], SETTINGS).values()
    tree = yaml.safe_load(text)
    commands = {
        "github": lambda: [step["run"] for step in tree["jobs"]["build"]["steps"] if "run" in step],
        "gitlab": lambda: tree["build"]["script"],
        "gitee": lambda: tree["stages"][0]["steps"][0]["commands"],
        "pre-commit": lambda: [tree["repos"][0]["hooks"][0]["entry"]],
    }[name]()
    assert any("rectify check" in command for command in commands)
    assert name == "pre-commit" or any("run.py site" in command for command in commands)
    assert (ROOT / "run.py").is_file()


def test_the_github_workflow_publishes_from_the_main_branch_only():
    tree = yaml.safe_load(made("github", ".github/workflows/rectify.yml"))
    assert tree["permissions"] == {"contents": "read"}
    assert "refs/heads/main" in tree["jobs"]["pages"]["if"] and tree["jobs"]["pages"]["permissions"] == {"pages": "write", "id-token": "write"}


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze: not here")
def test_systemd_accepts_the_units(tmp_path):
    # What it checks besides the text: that the program to start is there.
    files = ready_files(["systemd"], SETTINGS._replace(site=tmp_path.as_posix(), command=f"{shutil.which('env')} rectify"))
    paths = []
    for place, text in files.items():
        paths.append(tmp_path / place.rpartition("/")[2])
        paths[-1].write_text(text, "utf-8")
    done = subprocess.run(["systemd-analyze", "verify", *paths], capture_output=True, encoding="utf-8", check=False)
    own = [line for line in done.stderr.splitlines() if "rectify-" in line]
    assert (done.returncode, own) == (0, [])


@pytest.mark.parametrize(("status", "quiet"), [(0, True), (3, True), (5, True), (1, False), (4, False)])
def test_cron_hears_of_failures_only(tmp_path, status, quiet):
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\necho said\nexit {status}\n", "utf-8")
    program.chmod(0o755)
    line = made("crontab", "crontab", command=program.as_posix()).splitlines()[-1]
    assert line.startswith("*/15 * * * * ")
    done = subprocess.run(["/bin/sh", "-c", line.split(maxsplit=5)[5]], capture_output=True, encoding="utf-8", check=False)
    assert (done.stdout == "") == quiet and done.stderr == ""
