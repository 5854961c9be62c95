"""Terms of publication that are over, and yet what is live shows the details: held, failing, or no timer runs."""

from __future__ import annotations

import json
from collections.abc import Iterator

from rectify.core.language import _, listed
from rectify.core.site_map import at
from rectify.release.doctor.check import ERROR, Check
from rectify.release.folder import ReleaseFolder
from rectify.sources.clock import today


def check_terms(releases: ReleaseFolder) -> Iterator[Check]:
    """Yield that what is live shows what should not be public any more; nothing where it cannot be read, which others tell."""
    live = releases.live()
    try:
        rows = json.loads((live / at("disclosure_data")).read_bytes())["disclosures"] if live else []
        day = today().isoformat()
        over = [row["id"] for row in rows if row.get("until") and row["until"] <= day and not row["ended"]]
    except (OSError, ValueError, KeyError, TypeError):
        return
    if over:
        yield Check(
            "terms",
            ERROR,
            _("公开期已满，内容还公开着：{disclosures}", disclosures=listed(over)),
            _("运行 rectify publish；搁置着的先放行，或者先用 rectify emergency 停站"),
        )
