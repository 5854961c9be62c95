"""The tags that the guideline on government websites asks of every page, where the configuration leaves one of them empty.

Those of a disclosure or a problem come from what it must state in any case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rectify.core.language import N_, Message, _, listed
from rectify.release.doctor.check import WARNING, Check

_ASKED: dict[str, tuple[tuple[str, ...], Message]] = {
    "site_url": (
        ("SiteDomain", "Url"),
        N_("写网站的完整网址；没有它，也没有订阅、日历、卡片、二维码和网址齐全的 sitemap.xml"),
    ),
    "extra.site_id_code": (("SiteIDCode",), N_("写网站标识码；不是政府网站的，不用管")),
}
"""Place in mkdocs.yml, the tags that come from it, and what to write."""


def check_tags(tree: Mapping[str, Any]) -> Iterator[Check]:
    """Yield a warning for each tag that pages would not have; `tree` is what mkdocs.yml says."""
    for place, (tags, fix) in _ASKED.items():
        value: Any = tree
        for name in place.split("."):
            value = value.get(name) if isinstance(value, Mapping) else None
        if not value:
            yield Check(
                "tags",
                WARNING,
                _("网页没有 {tags}：mkdocs.yml 没有写 {place}", tags=listed(tags), place=place),
                str(fix),
            )
