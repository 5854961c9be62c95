"""The rules on a content folder are the same for the check, the build, a part of the content and the hook: many faults at once."""

import json
import re
import shutil
from pathlib import Path

import pytest

from helpers.cases import DISCLOSURE, all_cases
from helpers.repository import git
from helpers.site import Site, write_site
from rectify.core.family import Family, family_of
from rectify.core.finding import RULES
from rectify.core.gate import Gate

CASES_OF_A_RULE = 2
OF_ONE_PLACE = {"S005", "S031", "S032"}
"""Rules about names and folders, whose cases do not survive being moved."""


@pytest.fixture(scope="module")
def content(tmp_path_factory) -> Path:
    """A content folder with a disclosure for each of the first cases of every rule, and ordinary pages with faults."""
    folder = tmp_path_factory.mktemp("content")
    counted: dict[str, int] = {}
    for number, case in enumerate(all_cases()):
        if not case.fires or counted.get(case.rule, 0) >= CASES_OF_A_RULE or case.rule in OF_ONE_PLACE:
            continue
        root = tmp_path_factory.mktemp("case")
        case.run(root)
        if (root / "content" / "reports" / "2024-a").is_dir():
            counted[case.rule] = counted.get(case.rule, 0) + 1
            (folder / "reports").mkdir(exist_ok=True)
            (root / "content" / "reports" / "2024-a").rename(folder / "reports" / f"2024-{number:04d}")
            index = folder / "reports" / f"2024-{number:04d}" / "index.md"
            if index.is_file():  # each is a disclosure of its own
                title = "党组关于市委{}巡察整改"
                own = title.format(f"第{number}轮").encode()
                index.write_bytes(index.read_bytes().replace(title.format("").encode(), own))
    pages = {
        "about.md": "# 监督方式\n\n手机13800001234，见[说明](/methodology/)和[没有的一页](guide/none.md)，<b>注意</b>。\n",
        "guide/index.md": "---\ntitle: [\n---\n\n方案定于2024年 月 日验收。\n",
        "guide.md": "# 说明\n",
        "releases/index.md": "# 公开记录\n",
        "reports/note.txt": "甲",
        "logo.svg": "<svg xmlns='http://www.w3.org/2000/svg' onload='run()'/>",
    }
    for name, text in pages.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def written(content: Path, folder: Path) -> Site:
    site = write_site(folder, {name: DISCLOSURE[name] for name in ("index.md", "methodology.md")})
    for file in content.rglob("*"):
        if file.is_file() or file.is_symlink():
            site.write(file.relative_to(content).as_posix(), file.read_bytes())
    return site


@pytest.fixture(scope="module")
def site(content, tmp_path_factory) -> Site:
    """A site of it, in which nothing is changed."""
    return written(content, tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def found(site) -> set[tuple[str, str]]:
    """What a check of it finds."""
    return checked(site)


def checked_rows(site: Site, *arguments: str) -> list[dict]:
    out = site.rectify("check", "--format", "json", *arguments).out
    return json.loads(out[out.index("[") :])


def checked(site: Site, *arguments: str) -> set[tuple[str, str]]:
    """The place and rule of everything that `rectify check` finds."""
    return {
        (
            ":".join(str(part) for part in (one["file"].removeprefix("content/"), one["line"], one["column"]) if part),
            one["rule"],
        )
        for one in checked_rows(site, *arguments)
    }


def built(out: str) -> set[tuple[str, str]]:
    return set(re.findall(r"^(?:rectify: )?(\S+) \[([A-Z]\d{3})\]", out, re.M))


def refused(findings: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those that a build refuses."""
    return {
        (place, rule)
        for place, rule in findings
        if RULES[rule]["severity"] == "error" and family_of(rule) not in Gate.BUILD.passed
    }


def test_a_build_tells_what_a_check_tells(site, found):
    rules = {rule for _, rule in found}
    assert {family_of(rule) for rule in rules} >= {
        Family.STRUCTURE,
        Family.COUNTS,
        Family.PRIVACY,
        Family.MARKS,
        Family.WORDING,
    }
    assert {"S033", "S041", "S044", "S045", "S060", "S061"} <= rules and len(rules) > 80
    result = site.build()
    assert result.exit == 1 and built(result.out) == refused(found)


def test_a_build_tells_what_it_lets_pass(content, found, tmp_path):
    site = written(content, tmp_path)
    for place, _ in refused(found):
        file = site.root / "content" / place.partition(":")[0]
        shutil.rmtree(file.parent, ignore_errors=True) if file.parent.parent.name == "reports" else file.unlink(
            missing_ok=True
        )
    found = checked(site)
    assert not refused(found) and {RULES[rule]["severity"] for _, rule in found} == {"error", "warning", "note"}
    out = site.build().ok().out
    named = re.findall(r"^rectify: \S+ \[[A-Z]\d{3}\]", out, re.M)
    more = int(re.search(r"另有 (\d+) 处", out)[1])
    assert named and len(named) + more == len(checked_rows(site))


def test_the_hook_and_a_part_tell_what_the_whole_tells(site, found):
    git(site, "init", "-q").ok()
    git(site, "add", "content", "mkdocs.yml").ok()
    # Of a file among the pages, only the whole tells whether something refers to it.
    found = {(place, rule) for place, rule in found if rule != "A031" or place.startswith("reports/")}
    assert checked(site, "--staged") == found
    disclosures = sorted({place.split("/")[1] for place, rule in found if place.startswith("reports/2024-")})
    for part in ("about.md", "releases/index.md", f"reports/{disclosures[0]}", f"reports/{disclosures[-1]}"):
        of_part = {(place, rule) for place, rule in found if place.partition(":")[0].startswith(part)}
        assert of_part and checked(site, f"content/{part}") == of_part
