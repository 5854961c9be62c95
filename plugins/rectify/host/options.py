"""The plugin's options in mkdocs.yml."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.exceptions import PluginError

from rectify.core.language import _
from rectify.sources.cache_folder import DEFAULT
from rectify.sources.configuration import WORDS


class Options(base.Config):
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

    published = c.Type(str, default="")
    """Where the last publication lies, relative to the configuration file; nothing may vanish from it without a trace."""

    processes = c.Type(int, default=0)
    """Worker processes for large builds; 0 takes one a processor."""


def declared_date(options: Options) -> date | None:
    """Return the declared date of the build, or None to take the newest as-of date.

    Raises PluginError when the option or SOURCE_DATE_EPOCH is not a date.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        if options.as_of:
            return options.as_of if isinstance(options.as_of, date) else date.fromisoformat(str(options.as_of))
        return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else None
    except (ValueError, OverflowError, OSError):
        name, value = ("as_of", options.as_of) if options.as_of else ("SOURCE_DATE_EPOCH", epoch)
        remedy = _("as_of 写成 2025-09-30；SOURCE_DATE_EPOCH 是 1970 年以来的秒数。")
        raise PluginError(f"{name}: {value!r}. {remedy}") from None
