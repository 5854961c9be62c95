"""The desk: ended at random moments, and what somebody waits for at it.

python benchmarks/desk.py [--kills 50] [--problems 1000 10000] [--seed 1]
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / name) for name in ("tests", "plugins")]

import person  # noqa: E402

from helpers.cases import DISCLOSURE  # noqa: E402
from helpers.desks import Clerk, Together, fields  # noqa: E402
from helpers.site import Site, write_site  # noqa: E402

_RUNS = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--problems", type=int, nargs="*", default=[1_000, 10_000])
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if arguments.kills:
            killed(Path(folder), arguments.kills, arguments.seed)
        for number in arguments.problems:
            waited(Path(folder) / str(number), number)
            person.timed(next((Path(folder) / str(number)).rglob("mkdocs.yml")).parent)


def killed(folder: Path, times: int, seed: int) -> None:
    """Print what was left by desks that were ended."""
    (folder / "site").mkdir()
    office = Together(write_site(folder / "site", DISCLOSURE), folder)
    helper = HERE.parent / "tests" / "helpers" / "killed.py"
    command = [sys.executable, str(helper), str(office.one.site.root), str(office.there), str(times), str(seed)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    ends = [json.loads(line) for line in done.stdout.splitlines()]
    said = Counter(" and ".join(end["said"]) or "nothing" for end in ends)
    wrong = [end for end in ends if end["wrong"]]
    print(f"{len(ends)} ended; the desk had said: {dict(said)}; half or lost: {len(wrong)}")
    for end in wrong:
        print(json.dumps(end, ensure_ascii=False))
    clerk = Clerk(office.one.site)
    print(
        "the next hand-in:",
        "arrived" if "单位的仓库已经收到" in clerk.submit().get_data(as_text=True) else "nothing to do",
    )


def waited(folder: Path, number: int) -> None:
    """Print how long pages take, the best of some runs: CPU of this process and of what it starts, and time on the wall."""
    subprocess.run([sys.executable, str(HERE / "corpus.py"), str(number), str(folder), "--for", "content"], check=True)
    content = next(folder.rglob("reports")).parent
    root = content.parent
    write_site(root, {})
    print(f"\n{number} problems | CPU s | wall s")

    def told(name: str, do: Callable[[], object], runs: int = _RUNS) -> None:
        spent = []
        for _run in range(runs):
            cpu, wall = sum(os.times()[:4]), time.monotonic()
            do()
            spent.append((sum(os.times()[:4]) - cpu, time.monotonic() - wall))
        print(f"{name} | {min(one for one, _ in spent):.2f} | {min(other for _, other in spent):.2f}", flush=True)

    held: list[Clerk] = []
    told(
        "first start, nothing cached",
        lambda: held.append(Clerk(Site(root, root / "site"), False)) or held[-1].desk.office.register(),
        1,
    )
    told("later start", lambda: held.append(Clerk(Site(root, root / "site"))) or held[-1].desk.office.register(), 1)
    told("the command until its first page", lambda: first_page(root))
    clerk = held[-1]
    ref = clerk.desk.office.register().rows[5].problem.ref
    form = clerk.form(f"/problem/{ref}")
    for name, way in (("today", "/"), ("ledger", "/ledger"), ("problem", f"/problem/{ref}")):
        told(name, lambda way=way: clerk.get(way))
    told("preview", lambda: clerk.post(f"/problem/{ref}/look", {**form, "entry_text": "继续推进。"}))
    names = iter(range(100))

    def save() -> None:
        clerk.client.post(
            f"/problem/{ref}", base_url=clerk.base, headers=clerk.own, content_type="multipart/form-data",
            data={**fields(clerk.client.get(f"/problem/{ref}", base_url=clerk.base).get_data(as_text=True), f"/problem/{ref}"),
                  "owner": f"科长{next(names)}"},
        )  # fmt: skip

    told("form and saving it", save)
    told("what would be handed in", lambda: clerk.get("/changes"))


def first_page(root: Path) -> None:
    """Start a desk and wait for the page of today."""
    command = [sys.executable, "-m", "rectify", "desk", "--no-open"]
    with subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE, text=True) as desk:
        try:
            assert desk.stderr is not None
            found = re.search(r"http://\S+", desk.stderr.readline())
            assert found
            visitor = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
            assert "desk-matter" in visitor.open(found[0]).read().decode()
        finally:
            desk.terminate()


if __name__ == "__main__":
    main()
