"""Drafts as an import makes them, written to a folder, for the tests of merging."""

from datetime import date
from pathlib import Path

from rectify.core.vocabulary import PROBLEM_KEYS
from rectify.intake.draft import Draft, DraftProblem, files
from rectify.sources.edit import read

DAY = date(2024, 5, 31)
DISCLOSURE = {
    "title": "清川市某局整改情况",
    "genre": "rectification",
    "unit": "某局",
    "as_of": DAY,
    "published": date(2024, 6, 10),
}
FIRST = {"title": "台账不全", "status": "ongoing", "group": "一", "number": "1"}


def problem(body="正文。", ref="", **values) -> DraftProblem:
    return DraftProblem({key: value for key, value in {**FIRST, **values}.items() if value is not None}, body, ref=ref)


def draft(*problems: DraftProblem, body="通报。", **values) -> Draft:
    return Draft({**DISCLOSURE, **values}, body, problems)


def numbered(*titles: str, **values) -> Draft:
    return draft(*(problem(title=title, number=str(at), **values) for at, title in enumerate(titles, 1)))


def imported(folder: Path, one: Draft) -> dict[str, str]:
    """Write a draft as a first import does and return its base."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = files(one)
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode())
    return texts


def rules(made) -> list[str]:
    return [finding.rule for finding in made.findings]


def values(folder: Path, name: str = "01.md") -> dict:
    return read((folder / name).read_bytes().decode("utf-8-sig").replace("\r\n", "\n"), PROBLEM_KEYS).values


def edit(folder: Path, old: str, new: str, name: str = "01.md") -> None:
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")
