"""`portal.toml` beside the configuration of a portal: the sites that it is made of."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from rectify.core.format_errors import read_toml, toml_reason
from rectify.core.language import _, spoken
from rectify.core.portal import Listed
from rectify.core.register import STALE_AFTER
from rectify.sources.text import CONTROL, own_file

NAME = "portal.toml"
_LARGEST = 1_000_000
_KEYS = ("key", "name", "unit", "address", "folder", "link", "signers")
_KEY = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
_LONGEST = 300


class Listing(NamedTuple):
    """A site and where it is collected from."""

    listed: Listed
    address: str = ""
    """Of the site on the web, ending in a slash."""
    folder: Path | None = None
    """Of the site on this machine, in place of an address."""
    signers: Path | None = None
    """The file of allowed signers, where the manifest must be signed."""


class PortalSettings(NamedTuple):
    sites: tuple[Listing, ...]
    stale_after: int = STALE_AFTER
    """Days after the as-of date of a site, from which on it is called stale."""


def read_portal(file: Path) -> PortalSettings:
    """Return what a file lists; raises OSError, or ValueError naming the file, the site and the remedy."""
    try:
        text = own_file(file, _LARGEST).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError(_("{file}：不是 UTF-8 编码，另存为 UTF-8", file=file.name)) from None
    try:
        tree = read_toml(text)
    except tomllib.TOMLDecodeError as error:
        line, reason = toml_reason(error, text)
        raise ValueError(f"{file.name}:{line}: {spoken().say(reason)}") from None
    except RecursionError:
        raise ValueError(_("{file}：嵌套太深", file=file.name)) from None
    return _Reader(file).settings(tree)


class _Reader:
    def __init__(self, file: Path):
        self._file = file

    def settings(self, tree: dict[str, Any]) -> PortalSettings:
        if unknown := tree.keys() - {"site", "stale_after"}:
            raise self._wrong(_("只能有 stale_after 和 [[site]]，没有“{key}”", key=min(unknown)))
        days = tree.get("stale_after", STALE_AFTER)
        if type(days) is not int or not 1 <= days <= 3660:
            raise self._wrong(_("stale_after 写成天数，例如 180"))
        entries = tree.get("site", [])
        if not isinstance(entries, list) or not entries or not all(isinstance(one, dict) for one in entries):
            raise self._wrong(_("至少写一个 [[site]]，两层方括号"))
        sites = tuple(self._site(entry, place) for place, entry in enumerate(entries, start=1))
        self._refuse_twice(sites)
        return PortalSettings(sites, days)

    def _site(self, entry: dict[str, Any], place: int) -> Listing:
        name = str(entry.get("key", "")) or str(place)
        if unknown := entry.keys() - set(_KEYS):
            raise self._wrong(_("只能写 {keys}，没有“{key}”", keys="、".join(_KEYS), key=min(unknown)), name)
        told = {key: self._text(entry[key], key, name) for key in entry}
        if not _KEY.fullmatch(told.get("key", "")):
            raise self._wrong(_("key 用小写字母、数字和连字符，最多 40 个，例如 archives"), name)
        if not told.get("name") or not told.get("unit"):
            raise self._wrong(_("缺少 name（网站的名称）或者 unit（单位）"), name)
        if ("address" in told) == ("folder" in told):
            raise self._wrong(_("address（网址）和 folder（文件夹）写一个，只写一个"), name)
        if "folder" in told and "link" not in told:
            raise self._wrong(_("从文件夹取的，还要写 link：读者看到的网址"), name)
        own = self._address(told.get("link") or told["address"], name)
        root = self._file.parent
        return Listing(
            Listed(told["key"], told["name"], told["unit"], own),
            self._address(told["address"], name) if "address" in told else "",
            root / told["folder"] if "folder" in told else None,
            root / told["signers"] if "signers" in told else None,
        )

    def _text(self, value: Any, key: str, name: str) -> str:
        if not isinstance(value, str) or not value.strip() or CONTROL.search(value) or len(value) > _LONGEST:
            raise self._wrong(_("{key} 写成一句话，用英文双引号括起来", key=key), name)
        return " ".join(value.split())

    def _address(self, text: str, name: str) -> str:
        try:
            parts = urlsplit(text)
            is_one = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            is_one = False
        if not is_one or parts.username or parts.query or parts.fragment or re.search(r"[\s\"'<>\\]", text):
            raise self._wrong(_("“{text}”应写成 https://…/，不带账号、问号和井号", text=text), name)
        return text if text.endswith("/") else f"{text}/"

    def _refuse_twice(self, sites: tuple[Listing, ...]) -> None:
        seen: set[object] = set()
        for site in sites:
            for what in (
                ("key", site.listed.key),
                ("from", site.address or str(site.folder)),
                ("link", site.listed.address),
            ):
                if what in seen:
                    raise self._wrong(_("“{what}”列了两次", what=what[1]), site.listed.key)
                seen.add(what)

    def _wrong(self, reason: str, site: str = "") -> ValueError:
        where = f"{self._file.name}: {site}" if site else self._file.name
        return ValueError(_("{where}：{reason}", where=where, reason=reason))
