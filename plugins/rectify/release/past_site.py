"""A published site and its history, from a folder or an address: what it says, and what it said on an earlier day."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

from rectify.core.history import NOTICE, Broken, History, parse_history
from rectify.core.language import _, spoken
from rectify.core.past import Records, Shown, Unknown, Ways, shown_on
from rectify.core.plain_json import read_json
from rectify.outputs.past_register import PastRegister, past_register
from rectify.release import manifest as manifests
from rectify.release.chronicle import FILE, history_file
from rectify.release.fetching import base_of, fetch
from rectify.release.folder import CURRENT, RECORD, RELEASES, ReleaseFolder
from rectify.sources.history_file import read_history
from rectify.sources.published_site import record_ids, record_path

_AT_ONCE = 8


class PastSite:
    """What is public, with the history that leads there."""

    def __init__(self, place: str):
        """`place` is the folder of publications, that of a site, or an address. Raises OSError or ValueError, in a sentence."""
        self.history, self._file = _opened(place)
        record = read_json(self._file(RECORD))
        self.release: str = record["id"]
        """The release that the records are of."""
        if not self.history.lines or record.get("notice"):
            raise ValueError(_("{place} 没有公开的历史（history.jsonl），不知道以前公开过什么", place=place))
        self._place = place
        self._manifest = manifests.parse_manifest(self._file(manifests.NAME))
        self._ids = record_ids(self._manifest)
        self._records: dict[str, Mapping[str, Any]] = {}

    def shown_on(self, day: date) -> Shown:
        """Return what stood at the site's address at the end of a day; raises ValueError, in a sentence, where no site stood there."""
        shown = shown_on(self.history, day)
        if shown is None:
            first = self.history.lines[0].get("on", "?")
            raise ValueError(_("{day} 还没有公开过；保留记录里的第一次公开是 {first}", day=day, first=first))
        if shown.event == NOTICE:
            raise ValueError(_("{day} 公开的是代替网站的说明页，没有问题的内容", day=day))
        return shown

    def records_at(self, release: str) -> Records:
        """Return the records of a release; raises OSError, or ValueError in a sentence."""
        records = Records(self._ids, self.record)
        try:
            records.go(Ways(self.history), self.release, release)
        except Unknown as gap:
            raise ValueError(
                _("第 {which} 次公开没有与更早的比较，再早的内容不知道", which=int(str(gap).partition("-")[0]))
            ) from None
        return records

    def register_at(self, shown: Shown) -> PastRegister:
        """Return the register of what was shown; raises OSError, or ValueError in a sentence."""
        records = self.records_at(shown.release)
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            list(pool.map(self.record, self._ids))
        return past_register(records, shown.head, spoken())

    def record(self, disclosure_id: str) -> Mapping[str, Any]:
        """Return a disclosure's record as it is now; raises OSError or ValueError."""
        if disclosure_id not in self._records:
            path = record_path(disclosure_id)
            data = self._file(path)
            if hashlib.sha256(data).hexdigest() != self._manifest.get(path):
                raise ValueError(_("{file} 与清单不符；运行 rectify verify {place} 查看", file=path, place=self._place))
            self._records[disclosure_id] = read_json(data)
        return self._records[disclosure_id]


def _opened(place: str) -> tuple[History, Callable[[str], bytes]]:
    """Return the history and a reader of the files of what is public at a place."""
    if "://" in place:
        base = base_of(place)
        try:
            return parse_history(fetch(base, FILE)), lambda path: fetch(base, path)
        except Broken as line:
            raise ValueError(_("{file} 第 {line} 行被改动过或者损坏", file=base + FILE, line=line)) from None
    folder = Path(place)
    site = folder.resolve()
    target = ReleaseFolder(folder if (folder / CURRENT).is_dir() else site.parent.parent)
    if target.releases_folder.is_dir() and (site == target.root.resolve() or site.parent.name == RELEASES):
        site = target.last_site() or site
        # The place knows what became of releases later, too.
        known = read_history(history_file(target))
    else:
        known = History()
    own = read_history(site / FILE)
    return (known if len(known.lines) > len(own.lines) else own), lambda path: (site / path).read_bytes()
