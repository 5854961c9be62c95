"""run.py: the set-up is done once, repaired when broken, and says plainly what is missing. No test needs a network."""

import ast
import importlib.util
import os
import re
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
import yaml
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

import run
from helpers import chromium, debian
from helpers.fake_checkout import FakeCheckout, finish, write_checkout, write_wheel
from helpers.site import ROOT

LOCKS = {name: ROOT / "locks" / f"{name}.txt" for name in ("site", "test")}


@pytest.fixture(scope="module")
def ready(tmp_path_factory) -> FakeCheckout:
    """A checkout set up by two runs at once, in a folder with every nuisance a name can have."""
    checkout = write_checkout(tmp_path_factory.mktemp("run") / "整改 公开 'a' (副本)")
    wheels = str(checkout.root / "wheels")
    first, second = (checkout.start("site", "--wheels", wheels) for _ in range(2))
    results = [finish(first), finish(second)]
    assert [result.exit for result in results] == [0, 0], results
    assert sum("[1/3]" in result.out for result in results) == 1, results
    return checkout


# --- Set-up


def test_a_second_run_sets_nothing_up(ready):
    log = ready.root / run.LOG.relative_to(ROOT)
    before = log.stat()
    out = ready.run("site").ok().out
    assert out.splitlines()[0].split() == ["rectify", "build", "NOTICE_OFF"]
    assert "python3 run.py rectify --help" in out.splitlines()[1]
    assert log.stat() == before


def test_the_command_gets_its_arguments_and_gives_its_exit_status(ready):
    result = ready.run("site", "--serve", "--port", "8001", env={"FAKE_EXIT": "2"})
    assert (result.exit, result.out.split()) == (2, ["rectify", "serve", "--port", "8001", "NOTICE_OFF"])


@pytest.mark.parametrize(
    ("typed", "passed"),
    [
        ("rectify", ""),
        ("rectify --help", "--help"),
        ("rectify check --lang en --wheels a site", "check --lang en --wheels a site"),
        ("--lang=en rectify check", "--lang=en check"),
        ("--lang zh rectify -- site", "--lang zh -- site"),
    ],
)
def test_rectify_gets_all_that_follows_its_name(ready, typed, passed):
    result = finish(ready.start(*typed.split(), env={"FAKE_EXIT": "4"}))
    assert (result.exit, result.out.split()) == (4, ["rectify", *passed.split(), "NOTICE_OFF"])


def test_rectify_runs_where_it_was_typed(ready, monkeypatch):
    """A path among its arguments is one of the folder that the user is in."""
    monkeypatch.setitem(os.environ, "FAKE_WHERE", "1")
    assert finish(ready.start("rectify")).out.splitlines()[0] == str(ready.root.parent)


@pytest.mark.parametrize("lost", [run.PYTHON, run.RECTIFY, run.STAMP], ids=lambda path: path.name)
def test_a_broken_or_unfinished_environment_is_made_anew(ready, lost):
    """The stamp is lost while a set-up is under way: the next run cannot trust what an interrupted one left."""
    (ready.venv / lost.relative_to(run.VENV)).unlink()
    result = ready.run("site").ok()
    assert "[1/3]" in result.out and "rectify build" in result.out
    assert "[" not in ready.run("site").ok().out


def test_a_moved_checkout_is_set_up_anew(ready, tmp_path):
    moved = write_checkout(tmp_path / "moved")
    (ready.venv).rename(moved.venv)
    assert "[1/3]" in moved.run("site").ok().out


def test_a_changed_lock_is_installed_into_the_same_environment(ready):
    ready.run("site").ok()
    extra = write_wheel(ready.root / "wheels", "extra", {"extra.py": ""})
    lock = ready.root / "locks" / "site.txt"
    before = lock.read_text(encoding="utf-8")
    lock.write_text(before + extra, encoding="utf-8")
    out = ready.run("site").ok().out
    assert "[1/3]" not in out and "[2/3]" in out
    assert list(ready.venv.rglob("extra.py"))
    lock.write_text(before, encoding="utf-8")


def test_the_test_set_up_serves_site_as_well(ready):
    browser = {"RECTIFY_CHROMIUM": sys.executable}
    assert "[2/3]" in ready.run("test", env=browser).ok().out
    assert (ready.venv / "oldest" / "host.py").is_file()
    assert "[" not in ready.run("test", env=browser).ok().out
    assert "[" not in ready.run("site").ok().out


def test_a_failed_install_names_the_cause_and_the_next_run_repairs_it(ready):
    ready.run("site").ok()
    lock = ready.root / "locks" / "site.txt"
    before = lock.read_text(encoding="utf-8")
    lock.write_text(f"nowhere==1 --hash=sha256:{'0' * 64}\n", encoding="utf-8")
    result = ready.run("site", "--lang", "en")
    assert result.exit == 1
    assert "No matching distribution found for nowhere==1" in result.out
    assert "the --wheels directory has no such package" in result.out
    assert str(ready.root / ".cache" / "run" / "setup.log") in result.out
    assert "Traceback" not in result.out
    lock.write_text(before, encoding="utf-8")
    assert "rectify build" in ready.run("site").ok().out


def test_a_package_that_is_not_the_locked_one_is_refused(ready):
    lock = ready.root / "locks" / "site.txt"
    before = lock.read_text(encoding="utf-8")
    locked = write_wheel(ready.root / "wheels", "replaced", {"replaced.py": ""})
    lock.write_text(before + locked, encoding="utf-8")
    write_wheel(ready.root / "wheels", "replaced", {"replaced.py": "print('something else')"})
    result = ready.run("site", "--lang", "en")
    assert result.exit == 1 and "differs from its SHA-256 in locks/" in result.out
    lock.write_text(before + "replaced==1\n", encoding="utf-8")
    assert ready.run("site").exit == 1  # nor one without a hash
    assert not list(ready.venv.rglob("replaced.py"))
    lock.write_text(before, encoding="utf-8")


# --- What is missing


def test_every_python_can_say_what_is_wrong():
    """3.7 has the oldest grammar that today's parser knows; run.py uses nothing of what 3.7 added to that of 3.6."""
    source = (ROOT / "run.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 7))
    assert "from __future__ import annotations" not in source and "async" not in source


def test_an_old_python_is_told_so(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    with pytest.raises(run.Stop, match=r"Python 3\.11"):
        run.check_python()


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_debian_without_venv_is_told_the_package(monkeypatch, module):
    real = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == module else real(name))
    with pytest.raises(run.Stop, match="apt install python3-venv"):
        run.check_python()


def test_a_missing_wheels_directory_is_named(ready):
    result = ready.run("site", wheels="nowhere")
    assert result.exit == 1 and "nowhere" in result.out


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ("ProxyError('Cannot connect to proxy.', NewConnectionError(…))", "proxy"),
        ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]'))", "tls"),
        ("NewConnectionError(…: Temporary failure in name resolution)\nNo matching distribution found", "network"),
        ("Could not find a version that satisfies … mkdocs==0 (from versions: none)", "network"),
        ("Could not find a version … (from versions: 1.6, 1.6.1)\nNo matching distribution found", "missing"),
        ("OSError: [Errno 28] No space left on device", "disk"),
        ("something else", "unknown"),
    ],
)
def test_pip_troubles_have_a_likely_cause(monkeypatch, tmp_path, line, cause):
    monkeypatch.setattr(run, "LOG", tmp_path / "log")
    run.LOG.write_text(f"\n$ earlier step\nProxyError\n\n$ pip install\n{line}\n", encoding="utf-8")
    assert run.likely_cause(offline=False) == cause
    assert run.likely_cause(offline=True) == ("no-wheel" if cause in ("missing", "network") else cause)


# --- Lint


def test_lint_runs_before_the_tests_and_its_failure_is_one(ready):
    ready.run("lint").ok()
    out = ready.run("lint").ok().out
    assert out.splitlines() == ["ruff check", "ruff format --check", "mypy"]
    browser = {"RECTIFY_CHROMIUM": sys.executable}
    assert f"{out}pytest" in ready.run("test", env=browser).ok().out
    for command in ("lint", "test"):
        result = ready.run(command, "--lang", "en", env=browser | {"FAKE_LINT": "1"})
        assert result.exit == 1 and "The code has findings: ruff check, ruff format --check, mypy" in result.out
    assert result.out.splitlines()[-1].startswith("pytest")


def test_a_commit_runs_the_same():
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    assert {hook["entry"] for repo in hooks for hook in repo["hooks"]} >= {"python3 run.py lint"}
    assert {repo["repo"] for repo in hooks} == {"local"}  # nothing is fetched


# --- Browser


def test_pytest_is_told_where_the_browser_is(ready):
    result = ready.run("test", "-k", "a b", "tests/x.py", env={"RECTIFY_CHROMIUM": sys.executable}).ok()
    assert result.out.splitlines()[-1] == f"pytest -k a b tests/x.py {sys.executable} | None"


def test_no_browser_is_loud_and_fails_in_ci_only(ready):
    none = {"RECTIFY_NO_BROWSER": "not wanted"}
    result = ready.run("test", "--lang=en", env=none).ok()
    assert "Every browser test will be skipped: not wanted" in result.out
    assert re.fullmatch(
        r"pytest -n \d+ --dist loadfile --no-loadscope-reorder None \| not wanted", result.out.splitlines()[-1]
    )
    result = ready.run("test", "--lang=en", env=none | {"CI": "true"})
    assert result.exit == 1 and "In CI a missing browser is a failure: not wanted" in result.out
    assert "In CI a missing LibreOffice is a failure: not wanted" in result.out


def test_the_ways_to_a_browser_are_tried_in_order(monkeypatch):
    steps = []

    def step(command, limit):
        steps.append(" ".join(command))
        return False, "\nError: no network\nsome trace\n"

    for name in ("RECTIFY_CHROMIUM", "RECTIFY_NO_BROWSER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(chromium, "find", lambda: None)
    monkeypatch.setattr(debian.shutil, "which", lambda name: name)
    monkeypatch.setattr(debian.os, "geteuid", lambda: 0, raising=False)
    browser, reason = chromium.get(Path("python"), step, lambda _, english: english)
    assert browser is None and "apt-get: Error: no network; playwright install: Error: no network" in reason
    assert [re.search("install -y|update|playwright install", one)[0] for one in steps] == [
        "install -y",
        "update",
        "install -y",
        "playwright install",
    ]


def test_a_browser_that_does_not_start_is_not_one():
    assert chromium.starts("no-such-browser") is None
    assert chromium.starts(sys.executable) == sys.executable


# --- Words


@pytest.mark.parametrize(("lang", "word"), [("zh", "离线安装"), ("en", "install offline")])
def test_both_commands_have_help(capsys, lang, word):
    for command in ("site", "test", "lint"):
        with pytest.raises(SystemExit) as end:
            run.main(["--lang", lang, command, "--help"])
        assert end.value.code == 0 and word in capsys.readouterr().out


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LC_ALL": "C", "LANG": "en_US.UTF-8"}, "zh"),
        ({"LANG": "zh_TW.UTF-8"}, "zh"),
        ({"LANG": "en_GB.UTF-8", "RECTIFY_LANG": "zh-Hant"}, "zh-Hant"),
    ],
)
def test_the_language_is_taken_from_the_system_where_none_is_named(said, told):
    assert run.language(["site"], said) == told
    assert run.language(["site", "--lang=en"], said) == "en"


def test_the_site_is_built_in_the_language_that_is_asked_for(ready):
    told = ready.run("site", "--lang", "en", env={"FAKE_LANG": "1"}).ok().out
    assert "en" in told.splitlines()


def test_without_a_command_the_help_is_shown(capsys):
    assert run.main([]) == 2
    assert "site | rectify | test | lint" in capsys.readouterr().out


def test_ci_runs_the_test_command():
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()[-1] == "exec python3 run.py test"


# --- Locks


def pins(name: str) -> dict[str, str]:
    text = re.sub(r"^#.*\n", "", LOCKS[name].read_text(encoding="utf-8"), flags=re.MULTILINE)
    lines = text.replace(" \\\n", "").splitlines()
    pattern = r"[\w.-]+==[\w.]+(    --hash=sha256:[0-9a-f]{64})+"
    assert all(re.fullmatch(pattern, line) for line in lines), "exact versions with hashes, no addresses, no conditions"
    found = [line.split()[0].split("==") for line in lines]
    assert found == sorted(found)
    return {canonicalize_name(package): version for package, version in found}


def test_the_test_lock_contains_the_site_lock():
    assert pins("site").items() <= pins("test").items()


@pytest.mark.parametrize("name", LOCKS)
def test_locks_lie_within_the_ranges(name):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = project["project"]["dependencies"] + project["build-system"]["requires"]
    extras = project["project"]["optional-dependencies"]
    wanted += extras["material"] + (extras["test"] if name == "test" else [])
    for requirement in map(Requirement, wanted):
        assert requirement.specifier.contains(pins(name)[canonicalize_name(requirement.name)]), requirement


@pytest.mark.parametrize("name", LOCKS)
@pytest.mark.parametrize("system", [("linux", "Linux"), ("darwin", "Darwin"), ("win32", "Windows")])
def test_locks_are_complete_on_every_system_and_python(name, system):
    """pip runs with --no-deps: what a package needs on Windows or on another Python must have its line too."""
    locked = pins(name)
    for package, version in locked.items():
        try:
            installed = distribution(package)
        except PackageNotFoundError:
            pytest.fail(f"{package} is not installed; run this with run.py test")
        assert SpecifierSet(installed.metadata.get("Requires-Python", "")).contains("3.11.0"), (package, version)
        for minor in range(11, 15):
            here = default_environment() | {
                "sys_platform": system[0],
                "platform_system": system[1],
                "os_name": "nt" if "win32" in system else "posix",
                "python_version": f"3.{minor}",
                "python_full_version": f"3.{minor}.0",
                "extra": "",
            }
            for requirement in map(Requirement, installed.requires or []):
                if requirement.marker is None or requirement.marker.evaluate(here):
                    needed = locked.get(canonicalize_name(requirement.name))
                    assert needed and requirement.specifier.contains(needed), f"{package} needs {requirement}"
