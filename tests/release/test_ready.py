"""Ready files: complete, filled in, never over what is there, and accepted by the programs that read them."""

import itertools
import os
import re
import shutil
import stat
import subprocess
import sys
import tomllib
from pathlib import Path
from tempfile import gettempdir

import pytest
import yaml
from click.testing import CliRunner

from helpers.cases import DISCLOSURE
from helpers.project import copy_to
from helpers.site import ROOT, plain_environment
from rectify.checks.active_page import hash_of, listed
from rectify.cli.ready import ready
from rectify.core.site_map import at
from rectify.release.reachable import closed_to
from rectify.release.ready import READY, Settings, ready_files

SETTINGS = Settings(
    "/srv/整改公开", "/srv/content", "gk.qingchuan.example", "rectify", command="/opt/rectify/bin/python -m rectify"
)


def run(*arguments: str):
    return CliRunner().invoke(ready, list(arguments))


def made(name: str, place: str, **settings) -> str:
    return ready_files([name], SETTINGS._replace(**settings))[place]


@pytest.mark.parametrize("name", READY)
def test_every_file_is_filled_in(name):
    for place, text in ready_files([name], SETTINGS).items():
        assert text.endswith("\n"), place
        assert not any(
            f"@{word}@" in text
            for word in ("SITE", "REPO", "DOMAIN", "USER", "UNDER", "PORT", "EMBED", "COMMAND", "ROOT")
        ), place
        assert name == "docker" or any("\u4e00" <= character <= "\u9fff" for character in text), (
            f"no word of explanation: {place}"
        )


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
    arguments = ("crontab", "github", "--to", str(tmp_path), "--repo", "/srv/content", "--user", "root")
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
    (release / at("theme_scripts")).parent.mkdir(parents=True)
    (release / at("theme_scripts")).write_bytes(listed(frozenset([hash_of("甲()".encode())])))
    assert (
        run(
            "nginx", "--to", str(tmp_path / "out"), "--site", str(tmp_path / "live"), "--repo", "/srv/content"
        ).exit_code
        == 0
    )
    assert "sha256-" in (tmp_path / "live" / "csp.conf").read_text("utf-8")
    assert stat.S_IMODE((tmp_path / "live" / "csp.conf").stat().st_mode) == 0o644


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--site", "/srv/a b"),
        ("--site", "/srv/a;b"),
        ("--site", "/srv/100%"),
        ("--domain", "a.example; return 200"),
        ("--user", "a\nroot"),
        ("--under", "/a b"),
        ("--embed", "'self'; script-src *"),
        ("--embed", "https://a\nb"),
        ("--repo", "/srv/$(id)"),
        ("--port", "70000"),
    ],
)
def test_what_would_change_a_files_meaning_is_refused(tmp_path, option, value):
    done = run("nginx", "crontab", "--to", str(tmp_path), option, value)
    assert done.exit_code == 2 and os.listdir(tmp_path) == [] and "Traceback" not in done.output


def test_wrong_use_is_a_message():
    assert run("nginx").exit_code == 2
    assert run("apache", "--to", "x").exit_code == 2


def test_who_may_embed_the_pages():
    (place,) = ready_files(["caddy"], SETTINGS)
    assert "X-Frame-Options SAMEORIGIN" in made("caddy", place)
    assert "X-Frame-Options DENY" in made("caddy", place, embed="'none'")
    portal = made("caddy", place, embed="'self' https://www.qingchuan.example")
    assert "X-Frame-Options" not in portal and "frame-ancestors 'self' https://www.qingchuan.example" in portal
    for embed in ("'none'", "'self' https://www.qingchuan.example"):
        assert f'$rectify_embed "{embed}";' in made("nginx", "nginx/rectify.conf", embed=embed)


def commands(name: str) -> list[str]:
    """The lines of a pipeline that a shell runs, in their order."""
    (text,) = ready_files([name], SETTINGS).values()
    tree = yaml.safe_load(text)
    return {
        "github": lambda: [step["run"] for step in tree["jobs"]["build"]["steps"] if "run" in step],
        "gitlab": lambda: tree["build"]["script"] + tree["pages"]["script"],
        "gitee": lambda: tree["stages"][0]["steps"][0]["commands"],
        "pre-commit": lambda: [tree["repos"][0]["hooks"][0]["entry"]],
    }[name]()


@pytest.fixture
def shell(tmp_path):
    """shell(script, folder) -> how a shell that stops at the first error ended. `python` only notes what it was asked, and "installs"."""
    rectify, programs = Path(sys.executable).with_name("rectify"), tmp_path / "programs"
    programs.mkdir()
    for name in ("python", "python3"):
        (programs / name).write_text(
            f'#!/bin/sh\necho "$@" >> "{tmp_path}/asked"\nmkdir -p site .venv/bin\nln -sf "{rectify}" .venv/bin/rectify\n',
            "utf-8",
        )
        (programs / name).chmod(0o755)

    def run(script: str, folder: Path) -> subprocess.CompletedProcess:
        environment = plain_environment({"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"})
        return subprocess.run(
            ["bash", "-ec", script], cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
        )

    return run


def asked(tmp_path: Path) -> list[str]:
    return (tmp_path / "asked").read_text("utf-8").splitlines()


@pytest.mark.parametrize("name", ["github", "gitlab", "gitee"])
def test_a_pipeline_stops_at_an_error_in_the_content(name, shell, make_site, tmp_path):
    site = make_site(DISCLOSURE)
    done = shell("\n".join(commands(name)), site.root)
    assert done.returncode == 0, done.stdout + done.stderr
    assert asked(tmp_path) == ["run.py site"] and (ROOT / "run.py").is_file()
    assert (site.root / ("public" if name == "gitlab" else "site")).is_dir()
    bad = make_site(DISCLOSURE | {"reports/2024-a/01.md": "---\nstatus: 好了\n---\n# 甲\n"})
    assert shell("\n".join(commands(name)), bad.root).returncode == 1
    assert not (bad.root / "public").exists()


def test_pre_commit_checks_what_is_staged():
    assert commands("pre-commit") == ["rectify check --staged --severity warning"]


def test_the_image_is_built_and_served(shell, tmp_path):
    text = made("docker", "Dockerfile")
    left_out = made("docker", ".dockerignore").split()
    clone = copy_to(tmp_path / "clone")
    shutil.copytree(clone, tmp_path / "src", ignore=lambda folder, names: left_out if folder == str(clone) else [])
    steps = [
        step.partition(" ")[::2] for step in re.sub(r"\\\n", "", re.sub(r"^#.*\n", "", text, flags=re.M)).splitlines()
    ]
    places = {
        "/var/tmp": f"{tmp_path}/built",
        "/srv/rectify": f"{tmp_path}/live",
        "/etc/nginx/conf.d": f"{tmp_path}/conf.d",
    }
    (tmp_path / "built").mkdir()
    for _, script in (step for step in steps if step[0] == "RUN"):
        done = shell(re.sub("|".join(places), lambda found: places[found[0]], script), tmp_path / "src")
        assert done.returncode == 0, done.stdout + done.stderr
    assert asked(tmp_path) == ["run.py site"]
    (tmp_path / "conf.d").mkdir()
    copied = [line.split() for word, line in steps if word == "COPY" and line.startswith("--from=build --chown=0:0")]
    assert [target for *_, target in copied] == ["/srv/rectify", "/etc/nginx/conf.d/default.conf"]
    for *_, source, target in copied:
        source, target = (re.sub("|".join(places), lambda found: places[found[0]], place) for place in (source, target))
        if os.path.isdir(source):
            shutil.copytree(source, target, symlinks=True)
        else:
            shutil.copyfile(source, target)
    live = tmp_path / "live"
    assert not (live / ".work").exists() and not (live / "current" / ".git").exists()
    # The account of the web server is another one.
    assert all(path.stat().st_mode & 0o004 for path in live.rglob("*"))
    served = (tmp_path / "conf.d" / "default.conf").read_text("utf-8")
    assert f"root {live}/current;" in served and f"include {live}/csp.set.conf;" in served and "listen 8080;" in served
    # Nobody who serves or builds is root, and what is served belongs to nobody else.
    assert [what for word, what in steps if word == "USER"] == ["1000:1000", "101"]
    assert not [path for path in live.rglob("*") if not path.is_symlink() and path.stat().st_mode & 0o022]


def test_the_image_is_built_from_wheels_where_there_are_any(shell, tmp_path):
    (tmp_path / "src" / "wheels").mkdir(parents=True)
    install = next(line for line in made("docker", "Dockerfile").splitlines() if line.startswith("RUN if"))
    assert shell(install.removeprefix("RUN "), tmp_path / "src").returncode == 0
    assert asked(tmp_path) == ["run.py site --wheels wheels"]


def test_a_base_without_a_digest_is_told_at_each_build(shell, tmp_path):
    text = re.sub(r"\\\n", "", made("docker", "Dockerfile"))
    step = next(line for line in text.splitlines() if line.startswith("RUN for")).removeprefix("RUN ")
    done = shell(f"PYTHON_IMAGE=a@sha256:{'0' * 64}; NGINX_IMAGE=b:stable; {step}", tmp_path)
    assert done.returncode == 0 and [line.split()[1] for line in done.stdout.splitlines()] == ["b:stable"]
    assert [line for line in text.splitlines() if line.startswith("FROM")] == [
        "FROM ${PYTHON_IMAGE} AS build",
        "FROM ${NGINX_IMAGE}",
    ]


def test_the_github_workflow_publishes_from_the_main_branch_only():
    tree = yaml.safe_load(made("github", ".github/workflows/rectify.yml"))
    assert tree["permissions"] == {} and tree["jobs"]["build"]["permissions"] == {"contents": "read"}
    assert "refs/heads/main" in tree["jobs"]["pages"]["if"] and tree["jobs"]["pages"]["permissions"] == {
        "pages": "write",
        "id-token": "write",
    }


def test_every_step_of_others_is_one_commit_with_its_version():
    text = made("github", ".github/workflows/rectify.yml")
    used = re.findall(r"uses: (.*)", text)
    assert len(used) == 4 and all(re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one) for one in used)
    assert "persist-credentials: false" in text


needs_systemd = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze: not here")


@needs_systemd
def test_little_of_the_machine_is_open_to_the_service(tmp_path):
    unit = tmp_path / "rectify-publish.service"
    unit.write_text(made("systemd", "systemd/rectify-publish.service"), "utf-8")
    # In tenths, of ten at most; systemd calls this "OK". The build may make namespaces, to leave the network by them.
    command = ["systemd-analyze", "security", "--offline=true", "--threshold=21", "--no-pager", str(unit)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0 and "Overall exposure level" in done.stdout, done.stdout + done.stderr


@needs_systemd
def test_systemd_accepts_the_units(tmp_path):
    # What it checks besides the text: that the program to start is there.
    files = ready_files(
        ["systemd"], SETTINGS._replace(site=tmp_path.as_posix(), command=f"{shutil.which('env')} rectify")
    )
    paths = []
    for place, text in files.items():
        paths.append(tmp_path / place.rpartition("/")[2])
        paths[-1].write_text(text, "utf-8")
    paths = [path for path in paths if path.suffix != ".env"]
    done = subprocess.run(["systemd-analyze", "verify", *paths], capture_output=True, encoding="utf-8", check=False)
    own = [line for line in done.stderr.splitlines() if "rectify-" in line]
    assert (done.returncode, own) == (0, [])


@pytest.mark.parametrize(("status", "quiet"), [(0, True), (3, True), (5, True), (6, True), (1, False), (4, False)])
def test_cron_hears_of_failures_only(tmp_path, status, quiet):
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\necho said\nexit {status}\n", "utf-8")
    program.chmod(0o755)
    line = made("crontab", "crontab", command=program.as_posix()).splitlines()[-1]
    assert line.startswith("*/15 * * * * ")
    done = subprocess.run(
        ["/bin/sh", "-c", line.split(maxsplit=5)[5]], capture_output=True, encoding="utf-8", check=False
    )
    assert (done.stdout == "") == quiet and done.stderr == ""


@pytest.mark.parametrize(("status", "word"), [(0, "ended"), (6, "ended"), (4, "failed")])
def test_cron_lets_somebody_be_told_where_there_is_an_address(tmp_path, status, word):
    program = tmp_path / "program"
    program.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/asked\ncase $1 in publish) exit {status};; esac\n', "utf-8")
    program.chmod(0o755)
    line = made("crontab", "crontab", command=program.as_posix(), site="/srv/a").splitlines()[-1]
    environment = {**os.environ, "RECTIFY_NOTIFY_TO": "sendmail:a@qc.example"}
    subprocess.run(["/bin/sh", "-c", line.split(maxsplit=5)[5]], env=environment, capture_output=True, check=True)
    assert asked(tmp_path)[1:] == [f"notify --to /srv/a --send --run {word}"]


@pytest.fixture
def closed_home(tmp_path) -> Path:
    """A program in a folder that only its owner may enter, as a home folder is; everything above is open."""
    for parent in itertools.takewhile(lambda folder: folder != Path(gettempdir()), [tmp_path, *tmp_path.parents]):
        parent.chmod(parent.stat().st_mode | 0o055)
    program = tmp_path / "home" / "venv" / "bin" / "rectify"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n", "utf-8")
    program.chmod(0o755)
    (tmp_path / "home").chmod(0o700)
    return program


@pytest.mark.skipif(os.name != "posix", reason="accounts of POSIX")
def test_a_program_that_its_own_account_cannot_run_is_written_into_no_timer(closed_home, tmp_path):
    home = closed_home.parents[2]
    for user in ("nobody", "no-such-account"):
        done = run("systemd", "--to", str(tmp_path / "out"), "--user", user, "--program", str(closed_home))
        assert done.exit_code == 1 and str(home) in done.output and "/opt/rectify" in done.output, done.output
        assert not (tmp_path / "out").exists()
    (tmp_path / "link").symlink_to(closed_home)
    assert home in closed_to("nobody", [tmp_path / "link"])
    assert run("nginx", "--to", str(tmp_path / "web"), "--user", "nobody").exit_code == 0, (
        "a web server runs none of it"
    )
    assert closed_to("root", [closed_home]) == []
    home.chmod(0o711)
    done = run("systemd", "--to", str(tmp_path / "out"), "--user", "nobody", "--program", str(closed_home))
    assert done.exit_code == 0 and f"ExecStart={closed_home} publish" in (
        tmp_path / "out/systemd/rectify-publish.service"
    ).read_text("utf-8")
    closed_home.chmod(0o700)
    assert closed_to("nobody", [closed_home]) == [closed_home]
