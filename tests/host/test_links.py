"""Links read in the source are those that conversion makes: the check and the build tell the same of them."""

import re

import pytest

from helpers.cases import DISCLOSURE, changed
from rectify.checks.links import Link, links
from rectify.host.bodies import Bodies

ONE = "reports/a/01.md"

FORMS = [
    "[a](02.md)",
    "[a]( 02.md )",
    "[a](<02.md>)",
    "[a](02.md#x)",
    "[a](02.md?x=1)",
    '[a](02.md "题")',
    r'[a](02.md "题\" 二 \"")',
    "[a](02.md '题 \"二\"')",
    "[a](<files/a b.txt> '题')",
    "[a](files/a b.txt)",
    "[a](files/a%20b.txt)",
    "[a](files/说明(一).txt)",
    "[a](files/((1)).txt)",
    r"[a](02\_x.md)",
    r"[a\]](02.md)",
    r"\[a](02.md)",
    r"[a]\(02.md)",
    "[甲\n乙](02.md)",
    "![a](files/x.png)",
    "[![a](files/x.png)](02.md)",
    "[a](02.md)[b](03.md)",
    "# [a](02.md)",
    "- **[a](02.md)**",
    "> [a](02.md)",
    "| a | b |\n|---|---|\n| [a](02.md) | b |",
    "`[a](02.md)` [b](03.md)",
    "```\n[a](02.md)\n```",
    "[a][1]\n\n[1]: 02.md",
    "[a][1]\n\n[1]: <02.md> '题'",
    "[a]\n\n[a]: 02.md",
    "甲\n\n[a]: 02.md",
    "<a href='02.md'>x</a>",
    "[a](https://a.example/02.md)",
    "[a](//a.example/02.md)",
    "[a](mailto:a@a.example)",
    "[a](#x)",
    "[a](?x)",
    "[a](/reports/)",
    "[a] (02.md)",
    "[a]()",
    "[](02.md)",
]


@pytest.mark.parametrize("text", FORMS)
def test_the_source_has_the_links_of_the_page(text: str):
    read = {link.leads_to for link in links(enumerate(text.split("\n"), start=1), ONE)}
    assert read == {Link(ONE, 0, 0, target).leads_to for target in Bodies().problem(text, "reports/a").links}


@pytest.mark.parametrize(
    ("text", "place"),
    [("甲见[九](09.md)。", ":14:7"), ("见[九](\n09.md)。", ""), ("甲见[甲](/02/)，见[九](files/九 号.md)。", ":14:18")],
)
def test_a_build_tells_a_dead_link_once_and_where_it_can(make_site, text: str, place: str):
    path = "reports/2024-a/01.md"
    out = make_site(DISCLOSURE | changed(path, ("巡检记录改为统一格式，班组长逐日核对。", text))).build().out
    assert out.count("[S041]") == 1 and f"{path}{place} [S041]" in out


@pytest.mark.parametrize(
    ("files", "links_to"),
    [
        (
            {"reports/2024-b/index.md": DISCLOSURE["reports/2024-a/index.md"].replace("整改情况报告", "整改方案")},
            "../2024-b/index.md",
        ),
        ({"reports/2024-b/files/a.txt": "甲"}, "../2024-b/files/b.txt"),
    ],
)
def test_what_is_not_on_the_site_is_no_place_to_lead_to(make_site, files: dict, links_to: str):
    """The check tells it as the build does."""
    copies = {name.replace("2024-a", "2024-b"): text for name, text in DISCLOSURE.items() if name.startswith("reports")}
    text = changed("reports/2024-a/01.md", ("班组长逐日核对", f"班组长[逐日]({links_to})核对"))
    site = make_site(DISCLOSURE | copies | files | text)
    for result in (site.rectify("check"), site.build()):
        assert result.exit == 1 and result.out.count("[S041]") == 1, result.out


def test_links_spell_the_file_where_the_site_is_read_without_a_server(make_site):
    """At the same addresses: only links differ."""
    site = make_site(DISCLOSURE, use_directory_urls=False)
    site.rectify("build").ok()
    for page in ("", "about/", "reports/2024-a/01/", "404.html"):
        links = re.findall(r'(?:href|action)="([^"#?]*)', site.page(page))
        assert len(links) > 10 and [one for one in links if one.endswith(("/", "."))] == [], page
    assert 'href="../../../reports/2024-a/index.html#problems"' in site.page("reports/2024-a/01/")
    assert 'data-search-file="index.html"' in site.page("search/")
