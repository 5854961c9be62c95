"""What is given away: the sdist holds the whole project, the wheel everything that it needs, both made without a network."""

import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from email import message_from_bytes
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import NamedTuple

import pytest
from packaging.requirements import Requirement

from helpers.project import copy_to
from helpers.site import ROOT
from rectify import __version__

PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input")
OFFLINE = ("--no-index", "--no-deps", "--no-build-isolation")


class Made(NamedTuple):
    checkout: Path
    """A copy without anything that was made, so that nothing left from an earlier build gets in."""
    files: set[str]
    """What was in it before anything was built."""
    sdist: Path
    wheel: Path
    from_sdist: Path
    """The wheel that pip makes of the sdist."""


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Made:
    folder = tmp_path_factory.mktemp("packages")
    checkout = copy_to(folder / "checkout")
    files = tree(checkout)
    backend = "import sys; from setuptools import build_meta as b; b.build_sdist(sys.argv[1])"
    run(sys.executable, "-c", backend, str(folder), cwd=checkout)
    (sdist,) = folder.glob("rectify-*.tar.gz")
    wheels = []
    for name, source in (("direct", checkout), ("by-sdist", sdist)):
        run(*PIP, "wheel", *OFFLINE, "--wheel-dir", str(folder / name), str(source))
        wheels += (folder / name).iterdir()
    return Made(checkout, files, sdist, *wheels)


def run(*command: str, cwd: Path | None = None) -> str:
    done = subprocess.run(
        command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def held(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def tree(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_the_sdist_is_the_whole_project(made):
    with tarfile.open(made.sdist) as opened:
        inside = {name.partition("/")[2] for name in (member.name for member in opened if member.isfile())}
    assert not made.files - inside, f"MANIFEST.in leaves out {sorted(made.files - inside)[:9]}"
    assert all(name in ("PKG-INFO", "setup.cfg") or ".egg-info/" in name for name in inside - made.files)


def test_the_wheel_made_of_the_sdist_is_the_wheel(made):
    assert held(made.from_sdist) == held(made.wheel)


def test_the_wheel_holds_what_it_needs(made):
    inside = held(made.wheel)
    # All files beside the code, whatever their kind.
    wanted = {name.removeprefix("plugins/") for name in made.files if name.startswith("plugins/rectify/")}
    wanted |= {f"rectify/host/theme/templates/{name[6:]}" for name in made.files if name.startswith("theme/")}
    wanted |= {"rectify/py.typed"} | {f"rectify/locale/{one}/LC_MESSAGES/rectify.mo" for one in ("en", "zh_Hant")}
    info = f"rectify-{__version__}.dist-info"
    wanted |= {f"{info}/licenses/{name}" for name in ("LICENSE", "THIRD_PARTY.md")}
    wanted |= set(re.findall(r"`(rectify/[^`]+)`", (ROOT / "THIRD_PARTY.md").read_text("utf-8")))
    assert not wanted - set(inside), f"not in the wheel: {sorted(wanted - set(inside))}"
    assert set(inside) - wanted == {
        f"{info}/{name}" for name in ("METADATA", "WHEEL", "RECORD", "entry_points.txt", "top_level.txt")
    }


def test_the_wheel_introduces_itself(made):
    metadata = message_from_bytes(held(made.wheel)[f"rectify-{__version__}.dist-info/METADATA"])
    assert metadata["Version"] == __version__ and metadata["License-Expression"] == "Apache-2.0"
    assert metadata["Description-Content-Type"] == "text/markdown"
    assert metadata.get_payload(decode=True).decode().strip() == (ROOT / "README.md").read_text("utf-8").strip()
    declared = [line.rpartition(" ")[2] for line in metadata.get_all("Classifier") if "Python :: 3." in line]
    assert declared == ["3.11", "3.12", "3.13", "3.14"] and metadata["Requires-Python"] == ">=3.11"


def test_the_changelog_begins_with_this_version():
    first = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert first[1] == __version__


def test_the_wheel_makes_builds_and_publishes_a_site(made, tmp_path):
    """In an environment with nothing but what it asks for, which knows neither this checkout nor Material; ProperDocs does the same."""
    run(sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "env"))
    (packages,) = (tmp_path / "env").glob("**/site-packages")
    shutil.unpack_archive(made.wheel, packages, "zip")
    metadata = message_from_bytes(held(made.wheel)[f"rectify-{__version__}.dist-info/METADATA"])
    bring(packages, needed([*metadata.get_all("Requires-Dist"), "properdocs"]))
    assert not (packages / "material").exists() and not (packages / "pymdownx").exists()
    python = str(next(path for path in (tmp_path / "env").glob("*/python*") if path.stem == "python"))
    run(python, "-c", f"import rectify; assert rectify.__file__.startswith({str(packages)!r})")
    run(python, "-m", "rectify", "init", "mine", cwd=tmp_path)
    mine = tmp_path / "mine"
    assert "3个问题" in run(python, "-m", "rectify", "build", cwd=mine)
    assert (mine / "site/data/problems.json").is_file()
    built = {name: (mine / "site" / name).read_bytes() for name in tree(mine / "site")}
    run(python, "-m", "properdocs", "build", "-f", "mkdocs.yml", cwd=mine)
    assert {name: (mine / "site" / name).read_bytes() for name in tree(mine / "site")} == built
    (mine / "content/reports/2025-shili").rename(mine / "content/reports/2025-own")
    index = mine / "content/reports/2025-own/index.md"
    index.write_text(index.read_text("utf-8").replace("示例：", ""), "utf-8")
    for number, problem in enumerate(sorted(index.parent.glob("0*.md"))):
        problem.write_text(problem.read_text("utf-8").replace("问题: ", f"问题: 第{number + 1}季度", 1), "utf-8")
    run(python, "-m", "rectify", "publish", "--to", str(tmp_path / "public"), cwd=mine)
    assert (tmp_path / "public" / "current" / "index.html").is_file()


def needed(requirements: list[str]) -> dict[str, Distribution]:
    """Return what these bring with them on this machine, without any extra, by name."""
    found: dict[str, Distribution] = {}
    waiting = list(map(Requirement, requirements))
    while waiting:
        asked = waiting.pop()
        if asked.name not in found and (asked.marker is None or asked.marker.evaluate({"extra": ""})):
            found[asked.name] = distribution(asked.name)
            waiting += map(Requirement, found[asked.name].requires or [])
    return found


def bring(packages: Path, distributions: dict[str, Distribution]) -> None:
    """Put packages of this environment into another one."""
    for one in distributions.values():
        for name in {file.parts[0] for file in one.files or [] if file.parts[0] not in ("..", "__pycache__")}:
            if not (packages / name).exists():
                (packages / name).symlink_to(Path(str(one.locate_file(name))))
