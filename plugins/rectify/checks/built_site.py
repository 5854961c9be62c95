"""The built site, read as text: is every expected page, list, count and export there, and do they agree?"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any, Iterator

from rectify.core.finding import Finding, found
from rectify.core.vocabulary import STATES, STATUSES

_ALWAYS = (
    "index.html", "404.html", "about/index.html", "methodology/index.html", "reports/index.html", "updates/index.html",
    "problems/index.html", "problems/overdue/index.html", "search/index.html", "search/index/index.json",
    *(f"problems/status/{s.key}/index.html" for s in STATUSES), *(f"problems/state/{s.key}/index.html" for s in STATES),
)  # fmt: skip
_ROW = re.compile(r'<tr data-state="[a-z]+" data-status="([a-z-]+)"')


class BuiltSite:
    """A folder with a built site and its two data files; raises ValueError when they cannot be read."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.disclosures: list[dict[str, Any]] = self._data("disclosures")["disclosures"]
        self._problems: list[dict[str, Any]] = self._data("problems")["problems"]

    def _data(self, name: str) -> dict[str, Any]:
        path = self.folder / "data" / f"{name}.json"
        try:
            return json.loads(path.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise ValueError(f"data/{name}.json: {error}") from None

    def findings(self) -> list[Finding]:
        """Return what is missing or contradicts itself; nothing when the site is whole."""
        return [*self._missing(), *self._miscounted(), *self._unexpected()]

    def _missing(self) -> Iterator[Finding]:
        pages = [f"{d['url']}index.html" for d in self.disclosures] + [f"{d['url']}full/index.html" for d in self.disclosures]
        pages += [f"{p['url']}index.html" for p in self._problems]
        for path in (*_ALWAYS, *pages):
            if not (self.folder / path).is_file():
                yield found("B001", path)

    def _miscounted(self) -> Iterator[Finding]:
        by_disclosure: dict[str, Counter[str]] = {d["id"]: Counter() for d in self.disclosures}
        for problem in self._problems:
            by_disclosure[problem["disclosure"]][problem["status"]] += 1
        for disclosure in self.disclosures:
            path = f"{disclosure['url']}index.html"
            declared = {k: n for k, n in disclosure["counts"]["by_status"].items() if n}
            listed = dict(by_disclosure[disclosure["id"]])
            try:
                shown = dict(Counter(_ROW.findall((self.folder / path).read_text("utf-8"))))
            except OSError:
                continue
            if not declared == listed == shown:
                yield found("B002", path, found=f"{shown} / {listed}", allowed=declared)

    def _unexpected(self) -> Iterator[Finding]:
        expected = {d["id"] for d in self.disclosures}
        for entry in sorted((self.folder / "reports").iterdir()):
            if entry.is_dir() and entry.name not in expected:
                yield found("B003", f"reports/{entry.name}")
