"""Miniature sites, written to a folder and built through the public commands."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from helpers.warm import Warm

ROOT = Path(__file__).resolve().parents[2]
"""The checkout: run.py, mkdocs.yml, theme/, content/."""

HOSTS = ("mkdocs", "properdocs")
"""Each is `python -m HOST build -f mkdocs.yml`."""

SAMPLES = ROOT / "tests" / "sites"
"""Miniature sites kept as files, one folder per behaviour."""


@dataclass(frozen=True)
class Result:
    """How a command ended."""

    exit: int
    out: str
    """Standard output and error, in the order written."""

    def ok(self) -> "Result":
        """Itself; an error with the whole output where the command did not end with 0."""
        assert self.exit == 0, f"exit {self.exit}\n{self.out}"
        return self


@dataclass(frozen=True)
class Site:
    """A site's folder and what was built from it."""

    root: Path
    """The folder with mkdocs.yml; its disclosures are below content/."""

    output: Path
    """Where the built site lies."""

    def build(self, *args: str, host: str = "mkdocs", env: dict[str, str] | None = None) -> Result:
        """Build through the public command of `mkdocs` or `properdocs`; never raises, see Result.ok()."""
        assert host in HOSTS
        return self.run(sys.executable, "-m", host, "build", "-f", "mkdocs.yml", "-d", str(self.output), *args, env=env)

    def rectify(self, *args: str, env: dict[str, str] | None = None) -> Result:
        """The `rectify` command, inside the site's folder."""
        return self.run(str(Path(sys.executable).with_name("rectify")), *args, env=env)

    def run(self, *command: str, env: dict[str, str] | None = None, timeout: float = 300) -> Result:
        """Any command, inside the site's folder; its environment is the tests' own plus `env`."""
        environment = plain_environment(env)
        if warm := WARM.run(command, self.root, environment, timeout):
            return Result(*warm)
        done = subprocess.run(
            command,
            cwd=self.root,
            env=environment,
            timeout=timeout,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        return Result(done.returncode, done.stdout)

    def write(self, name: str, body: str | bytes) -> Path:
        """Write one file below content/; `../` leads out of it, to theme overrides or data for instance."""
        path = self.root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body.encode() if isinstance(body, str) else body)
        return path

    def page(self, path: str = "") -> str:
        """The HTML of a page, by its address: `""`, `reports/2023-a/01/` or a file's name; titles without the ends of words, blanks that hold as others."""
        file = self.output / path / ("index.html" if not path or path.endswith("/") else "")
        return file.read_text("utf-8").replace("<wbr>", "").replace("\xa0", " ")

    def data(self, name: str) -> Any:
        """The parsed JSON of data/NAME.json."""
        return json.loads((self.output / "data" / f"{name}.json").read_text("utf-8"))

    def files(self) -> list[str]:
        """Every built file, sorted, as paths from the site's root."""
        return sorted(path.relative_to(self.output).as_posix() for path in self.output.rglob("*") if path.is_file())


def write_site(root: Path, files: dict[str, str | bytes], sample: str | None = None, **config: Any) -> Site:
    """Write a miniature site below `root`. Its configuration is the project's own, with `config` merged over it."""
    if sample:
        shutil.copytree(SAMPLES / sample, root, dirs_exist_ok=True)
    site = Site(root, root / "site")
    for name, body in files.items():
        site.write(name, body)
    if not (root / "content" / "index.md").exists():
        site.write("index.md", "# 首页\n")
    settings = {
        # Extensions, validation and plugins are those readers get; paths and navigation would point to its folder.
        "INHERIT": str(ROOT / "mkdocs.yml"),
        "site_name": "测试站点",
        "docs_dir": "content",
        "site_dir": "site",
        "nav": None,
        "watch": [],
        "theme": {"custom_dir": str(ROOT / "theme")},
    }
    text = yaml.safe_dump(merged(settings, config), allow_unicode=True, sort_keys=False)
    (root / "mkdocs.yml").write_text(text, encoding="utf-8")
    return site


def merged(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """`over` on top of `base`, mappings merged key by key and everything else replaced."""
    result = dict(base)
    for key, value in over.items():
        both = isinstance(value, dict) and isinstance(result.get(key), dict)
        result[key] = merged(result[key], value) if both else value
    return result


def plain_environment(extra: dict[str, str] | None = None) -> dict[str, str]:
    """The tests' environment with output that can be compared: UTF-8, no colour, no wrapping, no advertising."""
    env = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "FORCE_COLOR")}
    return env | {"PYTHONUTF8": "1", "LC_ALL": "C.UTF-8", "NO_COLOR": "1", "NO_MKDOCS_2_WARNING": "1"} | (extra or {})


WARM = Warm(plain_environment())
