"""Whose word a site is built by: a trusted source's own, or the publisher's and only then what the repository may say.

The publisher's configuration comes first, then the few settings that the repository may give, then those that come with this
program; theme and plugins are never the repository's.
"""

from __future__ import annotations

import errno
import hashlib
import json
from pathlib import Path
from typing import Any, NamedTuple

from rectify.core.language import _
from rectify.release.building import Order
from rectify.release.source import Source, Unfit
from rectify.sources.configuration import UNITS, WORDS, Configuration, options_of, read_registers
from rectify.sources.configuration_tree import read_tree, refuse_variables
from rectify.sources.safe_files import replace_file
from rectify.sources.site_settings import CONTENT, SiteSettings, read_settings
from rectify.sources.store import fingerprint

_NOTHING_SAID = b"{}\n"


class Plan(NamedTuple):
    """What is checked and built, and by whose word."""

    site: Configuration
    order: Order
    ignored: tuple[str, ...] = ()
    """Settings of the repository that are not used."""
    key: str = ""
    """Changes with what the publisher says."""


def plan_of(source: Source, own: Path | None, work: Path) -> Plan:
    """Return how a source is built, with the configuration of the publisher where there is one.

    Raises ValueError and OSError where a configuration cannot be read, Unfit where it is the repository's.
    """
    if source.trusted:
        file = source.configuration
        return Plan(_whole_site(file), Order(file, {}, {}, {}, trusted=True))
    content = source.root / CONTENT
    if not content.is_dir():
        raise FileNotFoundError(
            errno.ENOENT, _("没有内容文件夹；网站在仓库的文件夹里时，用 --inside 指明"), str(content)
        )
    try:
        given = read_settings(source.root)
    except ValueError as error:
        raise Unfit(str(error)) from None
    if own is None:
        own = work / "mkdocs.yml"
        replace_file(own, _NOTHING_SAID)
    refuse_variables(own)
    stated = read_tree(own)
    order = _order(own.absolute(), stated, given, content)
    folders = _whole_site(own)
    options = order.options
    site = folders._replace(
        root=source.root,
        content=content,
        site=work / "site",
        words=Path(options.get("words", folders.words)),
        units=Path(options.get("units", folders.units)),
        timezone=options.get("timezone", folders.timezone),
        require_approval=options.get("require_approval", folders.require_approval),
        years=options.get("retention", folders.years),
    )
    return Plan(site, order, given.ignored, _key(own, stated, given))


def _whole_site(file: Path) -> Configuration:
    """Return what a configuration says; raises ValueError where the register is a part of a site, whose owner publishes it."""
    site = read_registers(file)[0]
    if site.path:
        raise ValueError(
            _(
                "{file}：path: {path}：登记只是这个网站的一部分，由网站自己公开；公开记录要有自己的网站，删去 path",
                file=file.name,
                path=site.path,
            )
        )
    return site


def _order(own: Path, stated: dict[str, Any], given: SiteSettings, content: Path) -> Order:
    settings = {name: value for name, value in given.settings.items() if name not in stated}
    if "plugins" not in stated:
        settings["plugins"] = {"rectify": {}}
    theme = stated.get("theme", {})
    says_language = isinstance(theme, dict) and "language" in theme
    beside = {name: str((content.parent / file).absolute()) for name, file in (("words", WORDS), ("units", UNITS))}
    options = {**beside, **given.options}
    theirs = options_of(stated)
    return Order(
        own,
        {**settings, "docs_dir": str(content.absolute())},
        {} if says_language else {"language": given.language},
        {name: value for name, value in options.items() if name not in theirs},
        trusted=False,
    )


def _key(own: Path, stated: dict[str, Any], given: SiteSettings) -> str:
    theme = stated.get("theme")
    overrides = own.parent / str(theme["custom_dir"]) if isinstance(theme, dict) and theme.get("custom_dir") else None
    said = json.dumps([stated, given.settings, given.options], default=str, sort_keys=True)
    return hashlib.sha256(f"{said} {fingerprint(overrides) if overrides else ''}".encode()).hexdigest()
