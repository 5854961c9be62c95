"""The open data of a portal: all problems, and the figures of each site; every row says which site it is from and as of when."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from rectify.core.language import N_, Language
from rectify.core.portal import Member, Portal
from rectify.core.site_map import at
from rectify.outputs.data import GENERATOR, problem_data
from rectify.outputs.data_tables import PROBLEMS, Cell, Field, Row, Table, csv_file, csv_rows

SITES_JSON, SITES_CSV = "data/sites.json", "data/sites.csv"


def _of_site(name: str) -> Any:
    return lambda row: getattr(row.problem.site.listed, name)


_OF_SITE = (
    Field("site", N_("网站代码"), _of_site("key"), required=True),
    Field("site_name", N_("网站"), _of_site("name"), required=True),
    Field("site_as_of", N_("数据截至"), lambda row: row.problem.site.as_of, "date", required=True),
)
_TABLE = Table("problems", PROBLEMS.title, PROBLEMS.about, (*_OF_SITE, *PROBLEMS.fields), ("ref",))


def data_files(portal: Portal, language: Language) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of each file."""
    rows = (
        _TABLE.cells(Row(language, problem.site.as_of, disclosure, problem))  # type: ignore[attr-defined]
        for disclosure in portal.disclosures
        for problem in portal.of(disclosure)
    )
    yield at("problem_data", ending="csv"), csv_file(_TABLE, [csv_rows(rows)], language)
    yield at("problem_data", ending="json"), _json("problems", _problems(portal, language))
    sites = [site_data(one) for one in portal.members]
    yield SITES_JSON, _json("sites", sites)
    cells: list[list[Cell]] = [list(sites[0])] if sites else []
    cells += [list(one.values()) for one in sites]
    yield SITES_CSV, ("\ufeff" + csv_rows(cells)).encode()


def site_data(member: Member) -> dict[str, Any]:
    """Return what the data say of a site; figures are missing where none were ever collected."""
    state, counts = member.state, member.counts
    told = {
        "site": member.listed.key,
        "name": member.listed.name,
        "unit": member.listed.unit,
        "address": member.listed.address,
        "state": state.outcome,
        "state_since": state.since,
        "as_of": member.as_of.isoformat() if member.has_figures else "",
        "release": state.release,
        "published": state.published,
    }
    figures = {"total": counts.total, **dict(counts.states), "verified": counts.verified, "overdue": counts.overdue}
    return {**told, **(figures if member.has_figures else dict.fromkeys(figures))}


def _problems(portal: Portal, language: Language) -> Iterator[dict[str, Any]]:
    for disclosure in portal.disclosures:
        for seq, problem in enumerate(portal.of(disclosure), start=1):
            site = problem.site  # type: ignore[attr-defined]
            told = problem_data(problem, seq, site.as_of, language)
            # All entries are in the data of the site itself.
            told["progress"] = told["progress"][-1:]
            yield {"site": site.listed.key, "site_as_of": site.as_of.isoformat(), "unit": disclosure.unit, **told}


def _json(name: str, rows: Iterable[dict[str, Any]]) -> bytes:
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    head = json.dumps({"generator": GENERATOR})[:-1]
    return f'{head}, "{name}": [\n{lines}\n]}}\n'.replace("<", "\\u003c").encode()
