"""The plugin's options in mkdocs.yml."""

from __future__ import annotations

from datetime import date

from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.exceptions import PluginError

from rectify.core.language import LANGUAGES, _
from rectify.core.retention import Retention
from rectify.sources.cache_folder import DEFAULT
from rectify.sources.clock import DEFAULT_ZONE, declared_day, today
from rectify.sources.configuration import ATTACHMENT_LIMIT, PAST_DATA, PAST_PAGES, UNITS, WORDS


class _Number(c.OptionallyRequired[int]):
    """A whole number, 0 or more."""

    def run_validation(self, value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise base.ValidationError(_("写成整数，0 或者更大；现在是 {value}", value=repr(value)))
        return value


class Options(base.Config):
    path = c.Type(str, default="")
    """The folder of content and site that the register lies in, in a site that is its owner's; empty where it is the whole site."""

    language = c.Choice(("", *LANGUAGES), default="")
    """The language of a register that lies in a folder; empty for the one that the theme speaks."""

    as_of = c.Optional(c.Type((str, date)))
    """The date that overdue is computed for and that figures of the whole site are printed with.

    Default: `SOURCE_DATE_EPOCH` where it is set, else the newest as-of date of all disclosures.
    """

    publisher = c.Type(str, default="")
    """The body that publishes the site, shown in header and footer."""

    cache = c.Type(str, default=DEFAULT)
    """Folder for caches, within that of the configuration file; deletable at any time. RECTIFY_CACHE goes before it."""

    words = c.Type(str, default=WORDS)
    """The office's own words, relative to the configuration file: misspellings, set phrases, what may be published."""

    units = c.Type(str, default=UNITS)
    """The names of units, likewise: what one unit is called in different documents."""

    timezone = c.Type(str, default=DEFAULT_ZONE)
    """The zone, by its IANA name, whose day is today's: whether a date lies ahead is the same on every machine."""

    attachment_limit = _Number(default=ATTACHMENT_LIMIT)
    """Megabytes of a published file; a larger one is an error."""

    require_approval = c.Type(bool, default=False)
    """Whether only what was approved as it is, by `rectify approve`, may be published."""

    retention = _Number(default=0)
    """For how many years after its publication the details of a disclosure are public that states no day; 0 for good."""

    published = c.Type(str, default="")
    """Where the last publication lies, relative to the configuration file; nothing may vanish from it without a trace."""

    past_data = _Number(default=PAST_DATA)
    """Megabytes that the data of earlier publications may take on the site; what is older is not kept there."""

    past_pages = _Number(default=PAST_PAGES)
    """Megabytes that the pages of publications may take, about; older ones stay in the list and in the history."""

    licence = c.Type(str, default="")
    """The licence of the open data: an identifier such as `CC-BY-4.0`, or its name."""

    licence_url = c.Type(str, default="")
    """Where its text is."""

    processes = _Number(default=0)
    """Worker processes for large builds; 0 takes one a processor."""


def retention_of(options: Options) -> Retention:
    """Return what is over on the day that SOURCE_DATE_EPOCH names, else today. Raises PluginError."""
    try:
        return Retention(declared_day(options.timezone) or today(options.timezone), options.retention)
    except ValueError as error:
        raise PluginError(str(error)) from None


def declared_date(options: Options) -> date | None:
    """Return the declared date of the build, or None to take the newest as-of date.

    Raises PluginError when the option or SOURCE_DATE_EPOCH is not a date.
    """
    try:
        if not options.as_of:
            return declared_day(options.timezone)
    except ValueError as error:
        raise PluginError(str(error)) from None
    try:
        return options.as_of if isinstance(options.as_of, date) else date.fromisoformat(str(options.as_of))
    except ValueError:
        raise PluginError(_("as_of: {value}：写成 2025-09-30", value=repr(options.as_of))) from None
