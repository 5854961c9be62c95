"""The published data of another site, read strictly: nothing of it is taken that is not what this program writes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from rectify.core.counts import Counts
from rectify.core.model import Disclosure, Problem
from rectify.core.portal import SiteFigures, sum_of
from rectify.core.register import Register, is_public
from rectify.core.site_map import SITE, at
from rectify.core.vocabulary import FLAGS, GENRES, PRIORITIES, STATUSES
from rectify.outputs.public_record import read_record

DISCLOSURES = at("disclosure_data")
_RECORD = SITE["disclosure_record"].pattern
_ID, _NN = re.compile(r"[a-z0-9-]{1,100}"), re.compile(r"[0-9]{2,4}")
_REF = re.compile(r"[a-z0-9-]{1,100}/[0-9]{2,4}")
_GENERATOR = re.compile(r"rectify (\d{1,4})\.(\d{1,4})(?!\d)[\w.+-]{0,40}")
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
    "|[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4}"
)
"""Characters that no reader sees and that some programs obey, and marks piled up until they cover the lines beside."""
_LONG, _SHORT, _MANY = 200_000, 1_000, 1_000_000
_NAMES = (
    "title",
    "unit",
    "inspector",
    "inspection",
    "round",
    "group",
    "number",
    "category",
    "lead",
    "owner",
    "status_wording",
)
"""Texts that stand in a line."""
MOST_PROBLEMS = 20_000


class Unreadable(ValueError):
    """The data are not what this program writes; the text says where and why, in a few words."""


def parse(data: bytes, name: str) -> Any:
    """Return JSON; raises Unreadable for what is none, is nested too deeply, or says a key twice."""
    try:
        return json.loads(data, object_pairs_hook=_once, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"{name}: {type(error).__name__}") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("key")
    return made


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def generator_of(disclosures: bytes) -> tuple[int, int]:
    """Return the version of the program that wrote a site's data; raises Unreadable where it was no version of this one."""
    tree = parse(disclosures, DISCLOSURES)
    told = tree.get("generator") if isinstance(tree, dict) else None
    if not isinstance(told, str) or not (match := _GENERATOR.fullmatch(told)):
        raise Unreadable(f"{DISCLOSURES}: generator")
    return int(match[1]), int(match[2])


def records_of(manifest: Mapping[str, str]) -> list[str]:
    """Return the paths of the records of disclosures that a manifest lists."""
    return [path for path in manifest if _RECORD.fullmatch(path)]


def figures_of(disclosures: bytes, records: Mapping[str, bytes]) -> SiteFigures:
    """Return what a site says, from its list of disclosures and their records by path.

    Raises Unreadable where these are not what this program writes, or where the counts contradict the problems. Without any
    record the figures are taken as they are, and there are no problems.
    """
    tree = parse(disclosures, DISCLOSURES)
    _want(isinstance(tree, dict) and isinstance(tree.get("disclosures"), list), DISCLOSURES)
    as_of = _day(tree.get("as_of"), DISCLOSURES)
    stated = {_stated_id(row): row for row in tree["disclosures"]}
    _want(len(stated) == len(tree["disclosures"]), f"{DISCLOSURES}: id")
    counts = {rid: _counts(row.get("counts"), rid) for rid, row in stated.items()}
    whole = sum_of(counts.values())
    _want(whole.total <= MOST_PROBLEMS, f"{DISCLOSURES}: counts")
    if not records:
        return SiteFigures(as_of, whole, (), {})
    read = dict(_record(path, data) for path, data in records.items())
    by_id = {disclosure.id: (disclosure, problems) for disclosure, problems in read.values()}
    _want(by_id.keys() == stated.keys() and len(by_id) == len(records), DISCLOSURES)
    register = Register((one for one, _ in by_id.values()), {rid: some for rid, (_, some) in by_id.items()}, as_of)
    for rid, told in counts.items():
        _want(rid in register.by_id and register.counts_of(register.by_id[rid]) == told, f"{rid}: counts")
    return SiteFigures(as_of, whole, register.disclosures, {rid: tuple(some) for rid, (_, some) in by_id.items()})


def _record(path: str, data: bytes) -> tuple[str, tuple[Disclosure, list[Problem]]]:
    tree = parse(data, path)
    _want(isinstance(tree, dict), path)
    _fits(Disclosure, tree, path)
    problems = tree.get("problems")
    _want(isinstance(problems, list), f"{path}: problems")
    rid = tree.get("id")
    _want(
        isinstance(rid, str) and bool(_ID.fullmatch(rid)) and at("disclosure_record", disclosure=rid) == path,
        f"{path}: id",
    )
    seen = set()
    for one in problems:
        _want(isinstance(one, dict) and isinstance(one.get("ref"), str), f"{path}: problems")
        _fits(Problem, one, path)
        head, _, nn = one["ref"].partition("/")
        _want(head == rid and bool(_NN.fullmatch(nn)) and nn not in seen, f"{path}: ref")
        seen.add(nn)
        _want(one.get("status") in STATUSES.entries, f"{path}: status")
        entries = [*one.get("progress", ()), *one.get("measures", ())]
        _want(all(entry.get("status", "") in ("", *STATUSES.entries) for entry in entries), f"{path}: status")
        _want(set(one.get("flags", ())) <= FLAGS.entries.keys(), f"{path}: flags")
        _want(set(one.get("priority", ())) <= PRIORITIES.entries.keys(), f"{path}: priority")
        _want(all(_REF.fullmatch(ref) for ref in one.get("earlier", ())), f"{path}: earlier")
    for name in ("title", "unit", "genre", "as_of", "published"):
        _want(bool(tree.get(name)), f"{path}: {name}")
    _want(tree["genre"] in GENRES.entries, f"{path}: genre")
    # When its term is over, only the day is there.
    told = {**tree, "ended": bool(tree.get("ended"))}
    try:
        disclosure, read = read_record(told)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Unreadable(f"{path}: {type(error).__name__}") from None
    _want(is_public(disclosure), f"{path}: scope")
    return path, (disclosure, read)


_hints = cache(get_type_hints)


def _fits(kind: Any, record: Mapping[str, Any], where: str) -> None:
    """Raise Unreadable where a value of a record is of another kind than the model declares."""
    for name, hint in _hints(kind).items():
        if name in record and name not in ("body", "ended", "path", "approval", "waivers"):
            _fit(hint, record[name], f"{where}: {name}", _SHORT if name in _NAMES else _LONG)
    body = record.get("body", [])
    _want(isinstance(body, list), f"{where}: body")
    for text in body:
        _fit(str, text, f"{where}: body", _LONG)


def _fit(hint: Any, value: Any, where: str, most: int) -> None:
    if isinstance(hint, UnionType):
        if value not in ("", None):
            _fit(get_args(hint)[0], value, where, most)
    elif get_origin(hint) is tuple:
        if isinstance(value, dict) and where.endswith(": declared"):
            _want(
                all(isinstance(n, int) and not isinstance(n, bool) and 0 <= n <= _MANY for n in value.values()), where
            )
            return
        _want(isinstance(value, list), where)
        for one in value:
            _fit(get_args(hint)[0], one, where, most)
    elif hasattr(hint, "_fields"):
        _want(isinstance(value, dict) and value.keys() <= set(hint._fields), where)
        for name, part in value.items():
            _fit(_hints(hint)[name], part, where, most)
    elif hint is date:
        _day(value, where)
    elif hint is str:
        _want(isinstance(value, str) and len(value) <= most and not _HIDDEN.search(value), where)
    else:
        _want(isinstance(value, hint), where)


def _day(value: Any, where: str) -> date:
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        raise Unreadable(where) from None
    _want(1949 <= day.year <= 2200 and value == day.isoformat(), where)
    return day


def _stated_id(row: Any) -> str:
    _want(isinstance(row, dict) and isinstance(row.get("id"), str), DISCLOSURES)
    return row["id"]


def _counts(told: Any, where: str) -> Counts:
    _want(isinstance(told, dict) and isinstance(told.get("by_status"), dict), f"{where}: counts")
    by_status = told["by_status"]
    numbers = [*by_status.values(), told.get("overdue"), told.get("total")]
    _want(all(isinstance(n, int) and not isinstance(n, bool) and 0 <= n <= _MANY for n in numbers), f"{where}: counts")
    _want(by_status.keys() <= STATUSES.entries.keys(), f"{where}: by_status")
    counts = Counts(tuple((key, by_status.get(key, 0)) for key in STATUSES.entries), told["overdue"])
    _want(counts.total == told["total"] and counts.overdue <= counts.open, f"{where}: counts")
    return counts


def _want(is_so: bool, where: str) -> None:
    if not is_so:
        raise Unreadable(where)
