"""A checkout around run.py with next to nothing to install, all of it from wheels made on the spot."""

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

from helpers.site import ROOT, Result

PACKAGE = """
import os, sys
def main():
    if os.environ.get("FAKE_WHERE"):
        print(os.getcwd())
    if os.environ.get("FAKE_LANG"):
        print(os.environ.get("RECTIFY_LANG"))
    print("rectify", *sys.argv[1:], "NOTICE_OFF" if os.environ.get("NO_MKDOCS_2_WARNING") else "")
    sys.exit(int(os.environ.get("FAKE_EXIT", "0")))
"""
PYTEST = """
import os, sys
print("pytest", *sys.argv[1:], os.environ.get("RECTIFY_CHROMIUM"), "|", os.environ.get("RECTIFY_NO_BROWSER"))
"""
LINTER = """
import os, sys
print(os.path.basename(__file__)[:-3], *sys.argv[1:])
sys.exit(int(os.environ.get("FAKE_LINT", "0")))
"""
BACKEND = """
import shutil
def build_editable(folder, *_):
    return shutil.copy("editable/rectify-0-py3-none-any.whl", folder).rpartition("/")[2].rpartition("\\\\")[2]
"""


@dataclass(frozen=True)
class FakeCheckout:
    root: Path

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    def start(self, *args: str, env: dict[str, str] | None = None) -> subprocess.Popen:
        left_out = ("CI", "RECTIFY_CHROMIUM", "RECTIFY_NO_BROWSER")
        clean = {name: value for name, value in os.environ.items() if name not in left_out}
        clean["RECTIFY_NO_OFFICE"] = clean["RECTIFY_NO_NGINX"] = clean["RECTIFY_NO_FIREFOX"] = clean[
            "RECTIFY_NO_NU"
        ] = clean["RECTIFY_NO_SCHEMA_ORG"] = "not wanted"  # nothing is installed on the machine that runs these tests
        command = [sys.executable, str(self.root / "run.py"), *args]
        return subprocess.Popen(
            command,
            cwd=self.root.parent,
            env=clean | (env or {}),
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def run(self, *args: str, wheels: str = "wheels", env: dict[str, str] | None = None) -> Result:
        """`python run.py ARGS --wheels …`: pip never looks further than this folder."""
        if args[0] != "rectify":  # which gets all that follows
            args = (*args, "--wheels", str(self.root / wheels))
        return finish(self.start(*args, env=env))


def finish(process: subprocess.Popen) -> Result:
    out, _ = process.communicate(timeout=120)
    return Result(process.returncode, out)


def write_checkout(root: Path) -> FakeCheckout:
    for name in (
        "run.py",
        *(
            f"tests/helpers/{name}.py"
            for name in (
                "__init__",
                "chromium",
                "debian",
                "firefox",
                "git_servers",
                "nginx",
                "nu",
                "office",
                "schema_org",
            )
        ),
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, root / name)
    files = {
        "backend.py": BACKEND,
        "pyproject.toml": '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n',
        "locks/site.txt": "# head\n",
        "locks/test.txt": "# head\n"
        + write_wheel(root / "wheels", "pytest", {"pytest.py": PYTEST})
        + write_wheel(root / "wheels", "ruff", {"ruff.py": LINTER})
        + write_wheel(root / "wheels", "mypy", {"mypy.py": LINTER}),
        "locks/oldest.txt": "# head\n" + write_wheel(root / "wheels", "host", {"host.py": ""}),
        "plugins/rectify/__init__.py": PACKAGE,
    }
    for name, body in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(body, encoding="utf-8")
    scripts = "[console_scripts]\nrectify = rectify:main\n"
    write_wheel(root / "editable", "rectify", {"rectify.pth": str(root / "plugins")}, version="0", scripts=scripts)
    return FakeCheckout(root)


def write_wheel(folder: Path, name: str, files: dict[str, str], version: str = "1", scripts: str = "") -> str:
    """Returns the package's lines in a lock."""
    info = f"{name}-{version}.dist-info"
    files = files | {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": scripts,
    }
    record = f"{info}/RECORD"
    files[record] = "".join(f"{path},,\n" for path in [*files, record])
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for inside, body in files.items():
            wheel.writestr(inside, body)
    return f"{name}=={version} \\\n    --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"
