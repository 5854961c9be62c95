"""The examples that a rule's page shows, as cases: what is written there is what is checked.

An example is, in this order, each part where it is needed: keys of a disclosure or a problem, or a passage of a problem, or a
sentence of the overview, or a whole file that begins with ---; then files, each a line with its path and the text below it.
What an example does not say is as in DISCLOSURE. Where it lists files of problems, there are no others. In an example of
continuity, what stands above the line ↓ was published before. What cannot be written as text is described, and the case is
made by SETUPS, by the words of the description.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from itertools import takewhile
from pathlib import Path
from types import MappingProxyType

from helpers import attached, built
from helpers.cases import DISCLOSURE, Case, write_disclosure
from rectify.checks.built_site import check_site
from rectify.checks.content import check_content
from rectify.checks.continuity import Previous, read_previous
from rectify.core.family import Family, family_of
from rectify.core.finding import RULES, Finding
from rectify.core.language import language
from rectify.core.register import Register
from rectify.core.retention import Retention
from rectify.core.vocabulary import DISCLOSURE_KEYS, PROBLEM_KEYS
from rectify.outputs.data import disclosures_json, problems_fragment, problems_json
from rectify.sources.folder import read_folder

FOLDER = "reports/2024-a/"
INDEX, ONE = f"{FOLDER}index.md", f"{FOLDER}01.md"
TODAY = date(2024, 12, 1)
THEN = "↓"
OVERVIEW = "市委巡察反馈的2个问题，已完成1个，持续推进1个。\n"
DECLARED = "公布数: {总数: 2, 已完成: 1, 持续推进: 1}\n"
_PATH = re.compile(r"(?:index|\d+)\.md|(?:files|reports|about|guide|releases|drafts)/[^\s：]*|about\.md")
_PROBLEM = re.compile(rf"{FOLDER}\d+\.md")
_KEY = re.compile(r"([\u4e00-\u9fff]+): \S")
_NAMED = re.compile(r"files/[^\s（，]+")
_BY_ENDING: dict[str, Callable[[], bytes]] = {
    "docx": attached.word,
    "xlsx": attached.sheet,
    "pdf": attached.pdf,
    "png": attached.png,
    "jpg": attached.jpeg,
    "svg": lambda: b"<svg/>",
    "mp4": lambda: b"\x00\x00\x00\x18ftypmp42" + bytes(32),
}

Setup = bytes | Callable[[Path], list[Finding]]
"""What a description stands for: the bytes of the attachment that it names, or all that is to be done."""


def case_of(rule: str, side: str, setups: Mapping[str, Setup]) -> Case:
    """Return the case of the example that a rule shows as `bad` or `good`."""
    text, family = RULES[rule][side], family_of(rule)

    def run(root: Path) -> list[Finding]:
        setup = setups.get(text)
        if callable(setup):
            return setup(root)
        if setup is not None:
            return _checked(root, "", {FOLDER + _NAMED.search(text)[0]: setup})
        if family is Family.BUILT_SITE:
            assert text.startswith("<"), f"no setup for: {text}"
            return check_site(built.write_site(root, {"about/index.html": built.page(text)}))
        if family is Family.ATTACHMENTS and " " not in text:
            # What is described as without the fault is an ordinary file.
            return _checked(root, _NAMED.search(text)[0])
        return _checked(root, text)

    return Case(rule, side == "bad", run, side)


def _checked(root: Path, text: str, more: Mapping[str, bytes] = MappingProxyType({})) -> list[Finding]:
    before, _, now = text.rpartition(f"\n{THEN}\n")
    previous = _published(root / "before", before) if before else None
    return check_content(write_disclosure(root, files_of(now) | more), today=TODAY, previous=previous).findings


def _published(root: Path, text: str) -> Previous:
    """Return what a publication of the example's first state left."""
    folder = read_folder(write_disclosure(root, files_of(text)), "2024-a")
    disclosure, problems = Retention(TODAY).applied(folder.disclosure, folder.problems)
    register = Register([disclosure], {"2024-a": problems})
    (root / "data").mkdir()
    fragment = problems_fragment(register.problems, register.as_of, language("zh"))
    (root / "data" / "problems.json").write_bytes(problems_json([fragment], register.as_of))
    (root / "data" / "disclosures.json").write_bytes(disclosures_json(register))
    return read_previous(root)


def files_of(text: str) -> dict[str, str | bytes | None]:
    """Return the files of an example, below the content folder; None for one of DISCLOSURE that it does not have."""
    files: dict[str, str | bytes | None] = {}
    plain: list[str] = []
    own: list[str] = plain
    listed: dict[str, list[str]] = {}
    for line in text.split("\n"):
        if _PATH.fullmatch(line):
            own = listed.setdefault(_place(line), [])
        else:
            own.append(line)
    # The counts stated are those of DISCLOSURE, which an example of something else may not keep to.
    index = DISCLOSURE[INDEX].replace(OVERVIEW, "").replace("" if "公布数" in text else DECLARED, "")
    files[INDEX] = index
    if "".join(plain).strip():
        _put(files, "\n".join(plain))
    if any(_PROBLEM.fullmatch(path) for path in listed):
        files |= dict.fromkeys((name for name in DISCLOSURE if name.startswith(FOLDER)), None)
    for path, lines in listed.items():
        for name in [f"{path}{inside}" for inside in ("index.md", "01.md", "02.md")] if path.endswith("/") else [path]:
            files[name] = "\n".join(lines) + "\n" if lines else _default(name, index)
    return files


def _put(files: dict[str, str | bytes | None], text: str) -> None:
    """Lay what an example says over the files of DISCLOSURE."""
    keys = list(takewhile(_KEY.match, text.split("\n")))
    for line in keys:
        key = _KEY.match(line)[1]
        path = INDEX if DISCLOSURE_KEYS.find(key) else ONE
        assert path == INDEX or PROBLEM_KEYS.find(key), f"no key: {line}"
        files[path] = _with_key(str(files.get(path) or DISCLOSURE[path]), key, line)
    text = "\n".join(text.split("\n")[len(keys) :]).lstrip("\n")
    if text.startswith("---"):
        files[INDEX if "\n标题" in text else ONE] = f"{text}\n"
    elif text.startswith("巡察反馈"):
        files[INDEX] = f"{files[INDEX]}{text}\n"
    elif text:
        files[ONE] = f"{DISCLOSURE[ONE].rpartition('---')[0]}---\n\n{text}\n"


def _with_key(text: str, key: str, line: str) -> str:
    """Return a file with one key of its front matter written anew, or added."""
    without = re.sub(rf"(?m)^{key}:.*\n(?: .*\n)*", "", text)
    head, rule, body = without.partition("\n---\n")
    return f"{head}\n{line}{rule}{body}"


def _place(path: str) -> str:
    path = path.replace("reports/2024-shuiwuju/", FOLDER)
    return path if re.match(r"(?:reports|about|guide|releases|drafts)\b", path) else FOLDER + path


def _default(name: str, index: str) -> str | bytes:
    """Return what a file holds of which an example says no more than its name."""
    ending = name.rpartition(".")[2]
    number = re.search(r"(\d+)\.md$", name)
    if number:
        nn = int(number[1])
        text = DISCLOSURE.get(f"{FOLDER}{number[1]}.md", DISCLOSURE[ONE].replace("问题: ", f"问题: 第{nn}处"))
        return re.sub(r"序号: \d+", f"序号: {nn}", text)
    if ending == "md":
        return index if name.endswith("index.md") and name.startswith("reports/") else "# 页\n"
    return _BY_ENDING[ending]()
