"""Sites that a portal is made of: one that was published, copies of it with something changed, and the portal itself."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from helpers.site import Result, Site

RECORD = "data/disclosures/2024-a.json"
LIST = "data/disclosures.json"
LONG = 3660
"""Days after which a site is stale, where a test is of something else: what is published here is of 2024."""


def copied(release: Path, to: Path, changes: Mapping[str, Callable[[Any], Any] | bytes] | None = None) -> Path:
    """Copy a release with some files changed, as JSON or whole, and with a manifest that is right again."""
    shutil.copytree(release, to)
    for path, change in (changes or {}).items():
        data = (
            change
            if isinstance(change, bytes)
            else json.dumps(change(json.loads((to / path).read_bytes())), ensure_ascii=False).encode()
        )
        (to / path).write_bytes(data)
    reseal(to)
    return to


def reseal(folder: Path) -> None:
    """Write a manifest that suits what lies in a folder."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("manifest.json"))
    manifest = {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")


def numbered(number: int, files: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return changes that make a copy another release."""
    return {"release.json": lambda record: {**record, "id": f"{number:04d}-folder"}, **(files or {})}


class PortalPlace:
    """A portal below a folder."""

    def __init__(self, root: Path):
        self.site = Site(root / "portal", root / "portal" / "live" / "current")
        self.sites: list[dict[str, str]] = []
        begun = Site(root, root).rectify("portal", "--init", "portal").ok()
        assert "已新建门户" in begun.out

    def lists(self, key: str, place: Path | str, unit: str = "", **more: str) -> PortalPlace:
        """List a site in a folder or at an address."""
        where = (
            {"address": place} if isinstance(place, str) else {"folder": str(place), "link": f"https://{key}.example/"}
        )
        self.sites.append({"key": key, "name": f"{key}整改公开", "unit": unit or f"{key}局", **where, **more})
        return self

    def run(self, *arguments: str, stale_after: int = LONG) -> Result:
        """Run the command on what is listed."""
        lines = [f"stale_after = {stale_after}"]
        for one in self.sites:
            lines += ["[[site]]", *(f"{name} = {json.dumps(text, ensure_ascii=False)}" for name, text in one.items())]
        (self.site.root / "portal.toml").write_text("\n".join(lines), "utf-8")
        return self.site.rectify("portal", *(arguments or ("--to", "live")))

    def told(self, key: str, out: str) -> str:
        """Return what a run said of a site, empty where it said nothing."""
        return next((line for line in out.splitlines() if line.startswith(f"{key} ")), "")

    def data(self) -> dict[str, dict[str, Any]]:
        """Return what the portal's data say of each site."""
        return {one["site"]: one for one in self.site.data("sites")["sites"]}

    def text(self, path: str = "") -> str:
        """Return a page of the portal without its tags."""
        return " ".join(re.sub("<[^>]+>", "", self.site.page(path)).split())
