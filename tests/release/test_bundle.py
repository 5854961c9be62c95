"""`rectify bundle`: what it holds, and that it installs and builds where there is no network at all."""

import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from helpers.fake_checkout import FakeCheckout, write_checkout, write_wheel
from helpers.site import ROOT
from rectify.cli.bundle import bundle
from rectify.release.bundle import PLATFORMS, BundleError, make_bundle


@pytest.fixture
def project(tmp_path, monkeypatch) -> FakeCheckout:
    """A checkout whose two packages come from a folder; pip looks nowhere else."""
    checkout = write_checkout(tmp_path / "项目 (a)")
    lines = [write_wheel(tmp_path / "index", name, {f"{name}.py": ""}) for name in ("first_thing", "second")]
    (checkout.root / "locks/site.txt").write_text("# head\n" + "".join(lines), "utf-8")
    for path, text in {
        "content/index.md": "# 首页\n",
        "plugins/rectify/__pycache__/a.pyc": "x",
        "plugins/rectify.egg-info/a": "x",
        "theme/main.html": "",
        ".cache/a": "x",
        "site/a": "x",
    }.items():
        (checkout.root / path).parent.mkdir(parents=True, exist_ok=True)
        (checkout.root / path).write_text(text, "utf-8")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", (tmp_path / "index").as_uri())
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.chdir(checkout.root)
    return checkout


def run(*arguments: str):
    return CliRunner().invoke(bundle, arguments, catch_exceptions=False)


def test_what_is_in_it(project):
    result = run("-o", "../out/包")
    assert result.exit_code == 0 and "2 个安装包" in result.output, result.output
    out = project.root.parent / "out" / "包"
    files = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert files == {
        "run.py",
        "pyproject.toml",
        "locks/site.txt",
        "locks/test.txt",
        "locks/oldest.txt",
        "plugins/rectify/__init__.py",
        "content/index.md",
        "theme/main.html",
        "wheels/first_thing-1-py3-none-any.whl",
        "wheels/second-1-py3-none-any.whl",
        "install.sh",
        "install.bat",
        "INSTALL.txt",
        "SHA256SUMS",
    }
    sums = dict(reversed(line.split("  ", 1)) for line in (out / "SHA256SUMS").read_text("utf-8").splitlines())
    assert sums == {path: hashlib.sha256((out / path).read_bytes()).hexdigest() for path in files - {"SHA256SUMS"}}
    assert [path.name for path in out.parent.iterdir()] == ["包"]
    assert os.access(out / "install.sh", os.X_OK) and b"\r\n" in (out / "install.bat").read_bytes()


def test_for_other_machines(project, tmp_path):
    """pip itself decides what fits: a wheel for one system only is taken for that one and refused for others."""
    (tmp_path / "index/second-1-py3-none-any.whl").rename(tmp_path / "index/second-1-py3-none-win_amd64.whl")
    assert run("-o", "win", "--python", "3.12", "--platform", "windows-x86_64").exit_code == 0
    assert (project.root / "win/wheels/second-1-py3-none-win_amd64.whl").is_file()
    note = (project.root / "win/INSTALL.txt").read_text("utf-8-sig")
    assert "3.12" in note and "windows-x86_64" in note
    refused = run("-o", "linux", "--platform", "linux-aarch64")
    assert refused.exit_code == 1 and "second" in refused.output and not (project.root / "linux").exists()


def test_what_was_built_here_is_named_in_its_lock(project, tmp_path):
    """Where there is no wheel for a system, as for loongarch64: no index knows the hash of the one that was built."""
    index = tmp_path / "index"
    write_wheel(tmp_path / "built", "second", {"second.py": "built = True"})
    (index / "second-1-py3-none-any.whl").unlink()
    backend = (
        "import shutil\ndef build_wheel(folder, *_):\n    shutil.copy('w', folder + '/second-1-py3-none-any.whl')\n"
    )
    backend += "    return 'second-1-py3-none-any.whl'\n"
    toml = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
    with tarfile.open(index / "second-1.tar.gz", "w:gz") as sdist:
        built = (tmp_path / "built/second-1-py3-none-any.whl").read_bytes()
        metadata = b"Metadata-Version: 2.1\nName: second\nVersion: 1\n"
        files = {"w": built, "backend.py": backend.encode(), "pyproject.toml": toml.encode(), "PKG-INFO": metadata}
        for name, body in files.items():
            info = tarfile.TarInfo(f"second-1/{name}")
            info.size = len(body)
            sdist.addfile(info, io.BytesIO(body))
    lock = project.root / "locks/site.txt"
    before = lock.read_text("utf-8")
    of_wheel = before.rpartition(":")[2].strip()
    lock.write_text(
        before.replace(of_wheel, hashlib.sha256((index / "second-1.tar.gz").read_bytes()).hexdigest()), "utf-8"
    )
    result = run("-o", "out")
    assert result.exit_code == 0, result.output
    assert hashlib.sha256(built).hexdigest() in (project.root / "out/locks/site.txt").read_text("utf-8")
    assert hashlib.sha256(built).hexdigest() not in lock.read_text("utf-8")


@pytest.mark.parametrize("platform", PLATFORMS)
def test_each_platform_has_tags_that_pip_knows(project, platform, tmp_path):
    tag = PLATFORMS[platform][0]
    (tmp_path / "index/second-1-py3-none-any.whl").rename(tmp_path / f"index/second-1-py3-none-{tag}.whl")
    assert make_bundle(project.root, tmp_path / "out", ["3.11"], [platform]).wheels == 2


def test_what_cannot_be_had_leaves_nothing(project, tmp_path):
    lock = project.root / "locks/site.txt"
    lock.write_text(lock.read_text("utf-8") + f"nowhere==7 \\\n    --hash=sha256:{'0' * 64}\n", "utf-8")
    result = run("-o", "../out/b")
    assert result.exit_code == 1 and "nowhere==7" in result.output
    assert list((tmp_path / "out").iterdir()) == []


def test_a_folder_that_holds_something_is_left_alone(project):
    (project.root / "there").mkdir()
    (project.root / "there" / "mine.txt").write_text("我的", "utf-8")
    assert run("-o", "there").exit_code == 1
    assert [path.name for path in (project.root / "there").iterdir()] == ["mine.txt"]
    with pytest.raises(BundleError):
        make_bundle(project.root, project.root / "run.py")
    with pytest.raises(BundleError):
        make_bundle(project.root, project.root / "content/inside")
    (project.root / "empty").mkdir()
    assert run("-o", "empty").exit_code == 0


@pytest.mark.parametrize("version", ["2.7", "3", "3.11.2", "x"])
def test_a_python_that_is_none(project, version):
    assert run("-o", "out", "--python", version).exit_code == 2


def test_outside_the_project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run("-o", "out")
    assert result.exit_code == 2 and "run.py" in result.output


@pytest.mark.skipif(os.name == "nt", reason="a shell script")
def test_a_damaged_copy_is_not_installed(project):
    run("-o", "out")
    (project.root / "out/content/index.md").write_text("# 别的\n", "utf-8")
    done = subprocess.run(["sh", "out/install.sh"], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1 and "重新拷贝" in done.stderr and not (project.root / "out/.venv").exists()


def unplugged() -> tuple[list[str], dict[str, str]]:
    """A prefix of commands, and an environment, with which no network can be reached: a namespace without one, or dead proxies."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.upper().startswith("PIP_") and "proxy" not in name.lower()
    }
    kept["PIP_CONFIG_FILE"] = os.devnull
    prefix = ["unshare", "--user", "--map-root-user", "--net"]
    if shutil.which("unshare") and subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0:
        return prefix, kept
    return [], kept | {"HTTPS_PROXY": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9"}


@pytest.mark.skipif(os.name == "nt", reason="a shell script")
def test_it_installs_and_builds_the_site_with_the_network_cut(tmp_path):
    out = tmp_path / "离线 包"
    try:
        made = make_bundle(ROOT, out)
    except BundleError as error:
        if os.environ.get("CI", "").lower() not in ("", "0", "false"):
            raise
        pytest.skip(f"packages for a bundle cannot be had here: {error}")
    assert made.wheels == len(re.findall(r"^[\w.-]+==", (ROOT / "locks/site.txt").read_text("utf-8"), re.MULTILINE))
    prefix, environment = unplugged()
    # The Python that .venv was made from: a fresh machine has no environment yet.
    environment["PYTHON"] = getattr(sys, "_base_executable", sys.executable)
    done = subprocess.run(
        [*prefix, "sh", str(out / "install.sh")],
        cwd=tmp_path,
        env=environment,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert (out / "site/index.html").is_file() and (out / "site/data/problems.json").is_file()
    assert Path(out, ".venv/bin/rectify").is_file()
