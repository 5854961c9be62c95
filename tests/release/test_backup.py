"""The lines of the manual that save a publication and bring it back, run as they stand there, with other folders."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.cases import DISCLOSURE
from helpers.repository import commit, committed, git
from helpers.site import ROOT, plain_environment

PAGE = (ROOT / "docs" / "machines.md").read_text("utf-8")
ONE = "reports/2024-a/01.md"


def lines_of(heading: str) -> list[str]:
    section = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return [line for line in re.search(r"```sh\n(.*?)```", section, re.DOTALL)[1].splitlines() if line[0] != "#"]


@pytest.mark.skipif(shutil.which("flock") is None, reason="flock: not here")
def test_a_backup_is_brought_back_whole_and_goes_on(make_site, tmp_path):
    old, new, backup = tmp_path / "old", tmp_path / "new", tmp_path / "backup"
    for folder in (old / "git", new / "git", backup):
        folder.mkdir(parents=True)
    clerk = committed(make_site(DISCLOSURE))
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(old / "git/zhenggai.git")], check=True)
    git(clerk, "remote", "add", "origin", str(old / "git/zhenggai.git")).ok()

    def push(word: str) -> None:
        clerk.write(ONE, DISCLOSURE[ONE].replace("逐日核对", word))
        commit(clerk)
        git(clerk, "push", "-q", "origin", "main").ok()

    def publish(srv: Path) -> int:
        places = ("--to", str(srv / "zhenggai"), "--repo", str(srv / "git/zhenggai.git"))
        return clerk.rectify("publish", *places).exit

    def run(lines: list[str], srv: Path) -> int:
        script = "\n".join(lines).replace("/srv", str(srv)).replace("/backup", str(backup))
        path = f"{Path(sys.executable).parent}:{plain_environment()['PATH']}"
        return subprocess.run(["sh", "-ec", script], env=plain_environment({"PATH": path}), check=False).returncode

    for word in ("每日核对", "每周核对"):
        push(word)
        assert publish(old) == 0
    clerk.rectify("rollback", "--to", str(old / "zhenggai"), "--reason", "写错").ok()
    lines = lines_of("备份和恢复")
    assert [line.split()[0] for line in lines] == ["flock", "git", "tar", "git", "for", "rectify", "rectify"]
    before = {path: path.read_bytes() for path in (old / "zhenggai").glob("releases/**/*") if path.is_file()}
    assert run(lines[:2], old) == 0
    shutil.rmtree(old)
    assert run(lines[2:6], new) == 0 and run(lines[6:], new) == 6, "what was held is held"
    place = new / "zhenggai"
    assert {path.relative_to(old) for path in before} == {
        path.relative_to(new) for path in place.glob("releases/**/*") if path.is_file()
    }
    assert (place / "current").is_symlink() and (place / "current").resolve().name.startswith("0001-")
    (held,) = json.loads(clerk.rectify("hold", "--to", str(place), "--format", "json").ok().out)
    assert (held["why"], held["release"][:4]) == ("写错", "0002")
    git(clerk, "remote", "set-url", "origin", str(new / "git/zhenggai.git")).ok()
    push("每班核对")
    assert publish(new) == 0
    record = json.loads((place / "current/release.json").read_bytes())
    assert record["id"][:4] == "0003" and record["previous"]["id"][:4] == "0001"
    clerk.rectify("verify", str(place / "current")).ok()
