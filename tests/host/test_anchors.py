"""What the check knows of the places in a page is what the built pages have."""

import re

import pytest

from helpers.cases import DISCLOSURE
from helpers.site import Site, write_site
from rectify.checks import anchors

_ID = re.compile(r' id="?([^ ">]+)')
PAGES = {
    "index.md": "index.html",
    "methodology.md": "methodology/index.html",
    "about.md": "about/index.html",
    "reports/2024-a/index.md": "reports/2024-a/index.html",
    "reports/2024-a/01.md": "reports/2024-a/01/index.html",
}
HEADINGS = "\n\n## 做法\n\n### **FAQ** [more](../../about.md)\n\n# FAQ more #\n\n> ## 做法\n\nSetext &amp; 行\n---\n\n- ## In `list`\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Site:
    site = write_site(
        tmp_path_factory.mktemp("anchors"),
        {
            **DISCLOSURE,
            "about.md": f"# 监督方式{HEADINGS}".replace("../../about.md", "index.md"),
            "reports/2024-a/index.md": DISCLOSURE["reports/2024-a/index.md"] + HEADINGS,
        },
    )
    site.rectify("build").ok()
    return site


@pytest.mark.parametrize("source", PAGES)
def test_every_place_of_a_page_is_known_and_no_heading_beside(site: Site, source: str):
    ids = set(_ID.findall((site.output / PAGES[source]).read_text("utf-8")))
    places = anchors.Places(site.root / "content", None)
    here = anchors.Link("reports/2024-a/02.md", 1, 1, "../../" + source)
    assert [name for name in ids if not places.has(here, name)] == []
    assert places.headings(source) <= ids
