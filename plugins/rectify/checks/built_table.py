"""The table of all problems in a built site: whether its index and its parts have the problems that the data have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import Any

from rectify.checks.built_files import Place
from rectify.core.finding import Finding, found
from rectify.core.packed import unpack
from rectify.core.plain_json import read_json
from rectify.core.site_map import at

_UNREAD = (ValueError, KeyError, TypeError, IndexError)


def table_findings(place: Place, listed: Mapping[str, Counter[str]]) -> Iterator[Finding]:
    """Yield where the table differs from what the data list: by disclosure, how many problems are of each status."""
    path = at("table_index")
    try:
        index = _read(place, path)
        shown = _counted(index)
        parts = [(part["url"], part["rows"], part["stamp"]) for part in index["parts"]]
    except OSError:
        return  # told as missing
    except _UNREAD as error:
        yield found("B002", path, found=repr(error), allowed=_all(listed))
        return
    wanted = {name: dict(counts) for name, counts in listed.items() if counts}
    if shown != wanted:
        different = {name for name in {*shown, *wanted} if shown.get(name) != wanted.get(name)}
        yield found(
            "B002",
            path,
            found={name: shown.get(name) for name in sorted(different)},
            allowed={name: wanted.get(name) for name in sorted(different)},
        )
    for url, rows, stamp in parts:
        try:
            part = _read(place, url)
            is_whole = (len(part["rows"]), part["stamp"]) == (rows, stamp)
        except OSError:
            yield found("B001", url)
        except _UNREAD as error:
            yield found("B002", url, found=repr(error), allowed=rows)
        else:
            if not is_whole:
                yield found("B002", url, found=len(part["rows"]), allowed=rows)
    if sum(rows for _, rows, _ in parts) != _all(listed):
        yield found("B002", path, found=sum(rows for _, rows, _ in parts), allowed=_all(listed))


def _all(listed: Mapping[str, Counter[str]]) -> int:
    return sum(counts.total() for counts in listed.values())


def _counted(index: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    column = index["columns"]["status"]
    statuses = [column["values"][number] for number in unpack(column["rows"], column["width"])]
    ends = list(accumulate((one["rows"] for one in index["disclosures"]), initial=0))
    if len(statuses) != ends[-1]:
        raise ValueError(len(statuses))
    counted = {
        one["id"]: dict(Counter(statuses[start:end])) for one, start, end in zip(index["disclosures"], ends, ends[1:])
    }
    return {name: counts for name, counts in counted.items() if counts}


def _read(place: Place, path: str) -> Any:
    return read_json(place.file(path).read_text("utf-8"))
