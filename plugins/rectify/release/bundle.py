"""An offline bundle: the project, every package that it needs, and an installer that uses nothing else."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from rectify.core.language import _, listed
from rectify.release.manifest import checksum_of, manifest_of
from rectify.sources.program import ProgramError, run
from rectify.sources.safe_files import new_folder

SUMS = "SHA256SUMS"
WHEELS = "wheels"
PLATFORMS: dict[str, tuple[str, ...]] = {
    "linux-x86_64": (*tuple(f"manylinux_2_{minor}_x86_64" for minor in (17, 24, 26, 27, 28)), "manylinux2014_x86_64"),
    "linux-aarch64": (
        *tuple(f"manylinux_2_{minor}_aarch64" for minor in (17, 24, 26, 27, 28)),
        "manylinux2014_aarch64",
    ),
    "windows-x86_64": ("win_amd64",),
    "macos-arm64": ("macosx_11_0_arm64", "macosx_11_0_universal2", "macosx_10_9_universal2"),
}
"""Tags of wheels (PEP 425, PEP 600) that run on each platform; pip takes exactly those named. glibc 2.28 is that of 麒麟 V10."""

_LOCK = "locks/site.txt"
_PARTS = (
    "run.py",
    "pyproject.toml",
    "setup.py",
    "mkdocs.yml",
    "words.toml",
    "units.toml",
    "LICENSE",
    "THIRD_PARTY.md",
    "README.md",
    "README.zh-CN.md",
    "CHANGELOG.md",
    "locks",
    "plugins",
    "theme",
    "tools",
    "content",
)
_MADE = shutil.ignore_patterns("__pycache__", "*.py[cod]", "*.egg-info", ".*_cache", ".git")
"""What Python and its tools leave between the sources."""
_SECONDS = 1800


class BundleError(Exception):
    """There is no bundle; the text says why, where pip failed in pip's words."""


class Bundle(NamedTuple):
    """A finished bundle."""

    folder: Path
    wheels: int
    bytes: int


def find_project(start: Path) -> Path | None:
    """Return the checkout of this project around a folder, or None."""
    return next(
        (one for one in (start, *start.parents) if (one / "run.py").is_file() and (one / _LOCK).is_file()), None
    )


def make_bundle(project: Path, out: Path, pythons: Sequence[str] = (), platforms: Sequence[str] = ()) -> Bundle:
    """Write a bundle to a folder that does not exist or is empty; raises BundleError, and then leaves nothing.

    Without a version of Python and a platform it is for machines like this one, and what has no wheel is built here.
    `platforms` are keys of PLATFORMS or tags of wheels.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise BundleError(_("{folder} 不是空文件夹", folder=out))
    if part := next((part for part in _PARTS if out.resolve().is_relative_to((project / part).resolve())), ""):
        raise BundleError(_("{folder} 不能放在 {part}/ 里", folder=out, part=part))  # it would be copied into itself
    try:
        with new_folder(out.absolute()) as coming:
            _fill(coming, project, pythons, platforms)
    except (OSError, shutil.Error) as error:
        raise BundleError(str(error)) from None
    wheels = list((out / WHEELS).iterdir())
    return Bundle(out, len(wheels), sum(path.stat().st_size for path in out.rglob("*") if path.is_file()))


def _fill(coming: Path, project: Path, pythons: Sequence[str], platforms: Sequence[str]) -> None:
    _collect(project / _LOCK, coming / WHEELS, pythons, platforms)
    for part in _PARTS:
        if (project / part).is_dir():
            shutil.copytree(project / part, coming / part, ignore=_MADE)
        elif (project / part).is_file():
            shutil.copy2(project / part, coming / part)
    _add_hashes(coming / _LOCK, coming / WHEELS)
    _write_installers(coming, pythons or (f"{sys.version_info.major}.{sys.version_info.minor}",), platforms)
    sums = manifest_of(coming)
    (coming / SUMS).write_text(
        "".join(f"{checksum}  {path}\n" for path, checksum in sums.items()), "utf-8", newline="\n"
    )


def _collect(lock: Path, folder: Path, pythons: Sequence[str], platforms: Sequence[str]) -> None:
    if not pythons and not platforms:
        _pip("wheel", "--no-deps", "--require-hashes", "--requirement", str(lock), "--wheel-dir", str(folder))
    else:
        for python in pythons or ("",):
            for platform in platforms or ("",):
                tags = PLATFORMS.get(platform, (platform,)) if platform else ()
                _pip(
                    "download",
                    "--no-deps",
                    "--only-binary=:all:",
                    "--require-hashes",
                    "--requirement",
                    str(lock),
                    "--dest",
                    str(folder),
                    *(("--python-version", python) if python else ()),
                    *(f"--platform={tag}" for tag in tags),
                )
    # As pip names them: a pin that is not there would only be missed on the machine without a network.
    present = {_distribution(path.name.split("-")[0]) for path in folder.glob("*.whl")}
    pins = re.findall(r"^([\w.-]+)==", lock.read_text("utf-8"), re.MULTILINE)
    if missing := [name for name in pins if _distribution(name) not in present]:
        raise BundleError(_("没有适用的安装包：{names}", names=listed(missing)))


def _distribution(name: str) -> str:
    """Return a distribution's name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _add_hashes(lock: Path, wheels: Path) -> None:
    """Name the wheels that were built here in the bundle's lock: no index has them."""
    text = lock.read_text("utf-8")
    for wheel in sorted(wheels.glob("*.whl")):
        checksum = checksum_of(wheel)
        if checksum not in text:
            name = re.sub(r"[-_.]+", "[-_.]", wheel.name.split("-")[0])
            text = re.sub(rf"(?mi)^({name}==\S+) \\$", rf"\1 \\\n    --hash=sha256:{checksum} \\", text, count=1)
    lock.write_text(text, "utf-8", newline="\n")


def _pip(*arguments: str) -> None:
    """Run pip with the index that it is configured with."""
    command = [sys.executable, "-m", "pip", *arguments, "--no-input", "--disable-pip-version-check"]
    try:
        run(command, environment={"PYTHONUTF8": "1"}, seconds=_SECONDS)
    except ProgramError as error:
        raise BundleError(str(error)) from None


def _write_installers(folder: Path, pythons: Sequence[str], platforms: Sequence[str]) -> None:
    shell = _SHELL.replace("@DAMAGED@", _("文件不完整或者有改动，请重新拷贝。"))
    (folder / "install.sh").write_text(shell, "utf-8", newline="\n")
    (folder / "install.sh").chmod(0o755)
    (folder / "install.bat").write_text(_BATCH, "ascii", newline="\r\n")
    # Notepad of old Windows takes UTF-8 for what it is only with a byte order mark.
    (folder / "INSTALL.txt").write_text(_readme(pythons, platforms), "utf-8-sig", newline="\r\n")


_SHELL = """\
#!/bin/sh
# Installs offline and builds the site, from the packages in this folder alone; PYTHON=python3.12 ./install.sh names one.
set -eu
cd "$(dirname "$0")"
# Only the first time: later content/ has changes of its own.
if [ ! -e .venv ] && command -v sha256sum >/dev/null 2>&1; then
    sha256sum -c SHA256SUMS >/dev/null || { echo "@DAMAGED@" >&2; exit 1; }
fi
exec "${PYTHON:-python3}" run.py site --wheels wheels "$@"
"""

_BATCH = """\
@echo off
rem Installs offline and builds the site, from the packages in this folder alone.
cd /d "%~dp0"
if not defined PYTHON set PYTHON=py -3
%PYTHON% run.py site --wheels wheels %*
"""


def _readme(pythons: Sequence[str], platforms: Sequence[str]) -> str:
    """Return what somebody reads who gets the folder."""
    systems = listed(platforms) or _("与制作时的机器相同")
    parts = [
        _("整改公开台账：离线安装"),
        _("适用的 Python：{versions}", versions=listed(pythons)) + "\n" + _("适用的系统：{systems}", systems=systems),
        "\n".join(
            (
                _("1. 把整个文件夹拷贝到目标机器，放在以后一直使用的位置。"),
                _("2. Linux、macOS 运行 ./install.sh，Windows 运行 install.bat。全程不连网络；完成后网站在 site/。"),
                _("3. 以后更新内容，再运行同一个脚本，或者 python3 run.py site。"),
            )
        ),
        _("安装以前可以核对文件：sha256sum -c SHA256SUMS"),
    ]
    return "\n\n".join(parts) + "\n"
