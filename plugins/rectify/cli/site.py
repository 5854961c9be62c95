"""The site around: its content, its words, its units, its day."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import click

from rectify.core.language import _
from rectify.core.retention import Retention
from rectify.core.site_map import REPORTS
from rectify.core.units import NO_UNITS, Units
from rectify.prose import NO_WORDS, OfficeWords
from rectify.prose.own_words import read_words
from rectify.sources.clock import DEFAULT_ZONE, declared_day, today
from rectify.sources.configuration import Configuration, find_configuration, read_configuration
from rectify.sources.units import read_units

CONTENT = click.option(
    "--content",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help=_("内容文件夹（默认是当前网站的）"),
)


def content_of(given: Path | None) -> Path:
    """Return the content folder that is meant; a usage error where there is none."""
    if given:
        return given
    site = _site_around(Path.cwd())
    content = site.content if site else Path("content")
    if not content.is_dir():
        raise click.UsageError(_("这里没有网站；请进入网站文件夹，或者用 --content 指明"))
    return content


def reports_here() -> Path:
    """Return the folder for disclosures of the site that one works in, as seen from here; there need be neither yet."""
    site = _site_around(Path.cwd())
    return Path(os.path.relpath(site.content) if site else "content", REPORTS)


def own_words(site: Configuration | None) -> OfficeWords:
    """Return the words of a site's office; ends the command where its file cannot be read."""
    try:
        return read_words(site.words) if site else NO_WORDS
    except ValueError as error:
        raise click.ClickException(_("单位词表有误：{error}", error=error)) from None


def own_units(site: Configuration | None) -> Units:
    """Return the units that a site declares; ends the command where its file cannot be read."""
    try:
        return read_units(site.units) if site else NO_UNITS
    except ValueError as error:
        raise click.ClickException(str(error)) from None


def units_around(path: Path) -> Units:
    """Return the units of the site in which a path lies."""
    return own_units(_site_around(path))


def caches_of(site: Configuration) -> Path:
    """Return a site's folder for caches; ends the command where it cannot be used."""
    try:
        return site.cache_folder()
    except ValueError as error:
        raise click.ClickException(str(error)) from None


def words_around(path: Path) -> OfficeWords:
    """Return the words of the office in whose site a path lies or, for a document from elsewhere, that one works in."""
    return own_words(_site_around(path, Path.cwd()))


def today_around(path: Path) -> date:
    """Return the day it is for the site in which a path lies; a usage error where its zone is none."""
    try:
        return today(zone_around(path))
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def declared_around(path: Path) -> date | None:
    """Return the day that SOURCE_DATE_EPOCH names there, None where it is not set; a usage error where it names none."""
    try:
        return declared_day(zone_around(path))
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def retention_around(path: Path) -> Retention:
    """Return what is over for the site in which a path lies; a usage error where its zone is none."""
    site = _site_around(path)
    try:
        return site.retention() if site else Retention(today())
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def zone_around(path: Path) -> str:
    """Return the name of the time zone of the site in which a path lies, the default one where it lies in none."""
    site = _site_around(path)
    return site.timezone if site else DEFAULT_ZONE


def published_around(path: Path) -> str:
    """Return where the site in which a path lies is published, as its configuration says; empty where it does not."""
    site = _site_around(path)
    return str(site.published) if site and site.published else ""


def _site_around(*places: Path) -> Configuration | None:
    """Return the site, and of several registers the one, in which the first of these places that is in one lies; a usage error where it cannot be read."""
    file = next((found for place in places if (found := find_configuration(place.resolve()))), None)
    try:
        return read_configuration(file, *places, Path.cwd()) if file else None
    except ValueError as error:
        raise click.UsageError(str(error)) from None
