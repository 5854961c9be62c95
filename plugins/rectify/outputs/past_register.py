"""The register as it was at an earlier publication, from records that were brought back there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from rectify.core.changes import GAP, text_of
from rectify.core.language import N_, Language
from rectify.core.model import Problem, Titles
from rectify.core.past import WITHHELD, Records
from rectify.core.register import Register
from rectify.outputs.data import disclosures_json, problem_data
from rectify.outputs.public_record import read_record

GONE = N_("（当时的题目已不再公开）")
"""What stands in place of a title that was taken out of the history."""


class PastRegister(NamedTuple):
    """What a publication had."""

    register: Register
    withheld: Mapping[str, tuple[str, ...]]
    """By reference or id, the names of what it had and is not public any more."""
    lost: tuple[str, ...]
    """References and ids that it had, of which nothing is known any more."""


def past_register(records: Records, head: Mapping[str, Any], language: Language) -> PastRegister:
    """Return the register of the publication with this line in the history. Raises ValueError or KeyError where records are none."""
    withheld: dict[str, tuple[str, ...]] = {}
    disclosures, problems = [], {}
    for rid in records.ids():
        record = _without_gaps(records.record(rid))
        disclosure, read = read_record(record)
        titles = {}
        for ref, one in [(rid, record), *((one["ref"], one) for one in record["problems"])]:
            if one.get(WITHHELD):
                withheld[ref] = tuple(one[WITHHELD])
                titles[ref] = language.say(GONE) if "title" in one[WITHHELD] else ""
        disclosures.append(disclosure._replace(title=titles.get(rid) or disclosure.title))
        problems[rid] = [one._replace(title=titles.get(one.ref) or one.title) for one in read]
    day = str(head.get("declared", ""))
    register = Register(disclosures, problems, date.fromisoformat(day) if day else None, Titles.said(language))
    return PastRegister(register, withheld, tuple(sorted(records.lost)))


def _without_gaps(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a record without the entries of lists of which nothing is known but that they were there."""
    told = dict(record)
    for name in record.get(WITHHELD, ()):
        if isinstance(told.get(name), list):
            told[name] = [one for one in told[name] if text_of(one) != GAP]
    if "problems" in record:
        told["problems"] = [_without_gaps(one) if one.get(WITHHELD) else one for one in record["problems"]]
    return told


def past_row(past: PastRegister, problem: Problem, seq: int, language: Language) -> dict[str, Any]:
    """Return a problem as `data/problems.json` had it, with the names of what is withheld."""
    row = problem_data(problem, seq, past.register.as_of, language)
    names = past.withheld.get(problem.ref)
    return {**row, WITHHELD: list(names)} if names else row


def past_fragments(past: PastRegister, language: Language) -> Iterator[str]:
    """Yield each disclosure's problems as `data.problems_fragment` has them."""
    for disclosure in past.register.disclosures:
        problems = enumerate(past.register.of(disclosure), start=1)
        yield ",\n".join(json.dumps(past_row(past, p, seq, language), ensure_ascii=False) for seq, p in problems)


def past_problems(past: PastRegister, head: Mapping[str, Any], fragments: Iterable[str]) -> bytes:
    """Return the problems of a publication as a file, from the fragments of all disclosures."""
    told = {
        "release": head["release"],
        "published": head.get("on", ""),
        "as_of": past.register.as_of.isoformat(),
        "counts": head.get("counts", {}),
        "lost": list(past.lost),
    }
    start, lines = json.dumps(told, ensure_ascii=False)[:-1], ",\n".join(filter(None, fragments))
    return f'{start}, "problems": [\n{lines}\n]}}\n'.encode()


def past_disclosures(past: PastRegister, head: Mapping[str, Any]) -> bytes:
    """Return the disclosures of a publication as a file."""
    data = json.loads(disclosures_json(past.register))
    for row in data["disclosures"]:
        row["stated"]["counts"] = dict(sorted(row["stated"]["counts"].items()))  # what was put back stands elsewhere
        if names := past.withheld.get(row["id"]):
            row[WITHHELD] = list(names)
    told = {"release": head["release"], "published": head.get("on", ""), **data}
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
