"""Built sites with something missing, contradictory, dead, foreign or leaked, and what only looks like it."""

from collections.abc import Mapping
from pathlib import Path

from helpers.built import DISCLOSURE, page, site_files, write_site
from helpers.cases import Case, changed, write_disclosure
from rectify.checks.active_page import hash_of, listed
from rectify.checks.built_site import check_site
from rectify.core.finding import Finding

_ROWS = site_files()[f"{DISCLOSURE}index.html"]
_ONE = f"{DISCLOSURE}01/index.html"
_INDEX = "reports/2024-a/index.md"
_THEME = {"assets/javascripts/inline.json": listed(frozenset([hash_of(b"\ntheme()")]))}
_OPINION = "同意公开但隐去附件三"
_APPROVED = changed(_INDEX, ("批准: 党组,", f"批准: {_OPINION},"))
_COMMENTED = changed("reports/2024-a/01.md", ("班组长逐日核对。", "班组长逐日核对。\n\n<!-- 待与财务科核对后再定 -->"))


def _case(
    rule: str,
    fires: bool,
    name: str,
    files: Mapping[str, str | bytes | None],
    content: Mapping[str, str | bytes | None] | None = None,
) -> Case:
    """A case of files of the site; with files of the content folder, the site is also searched for what they keep back."""

    def run(root: Path) -> list[Finding]:
        site = write_site(root, files)
        return check_site(site, write_disclosure(root, content) if content is not None else None)

    return Case(rule, fires, run, name)


def _body(rule: str, fires: bool, body: str) -> Case:
    return _case(rule, fires, body[:50], {"about/index.html": page(body)})


def _many(broken: int) -> dict[str, str]:
    return {"about/index.html": page("".join(f'<a href="../lost-{number}/">问题</a>\n' for number in range(broken)))}


CASES: list[Case] = [
    _case("B001", True, "no list of problems", {"problems/index.html": None}),
    _case("B001", True, "a problem without page", {f"{DISCLOSURE}02/index.html": None}),
    _case("B001", True, "no full text", {f"{DISCLOSURE}full/index.html": None}),
    _case("B001", False, "the whole site", {}),
    _case("B001", False, "a page more", {"about/more/index.html": page()}),
    _case("B001", False, "an empty page", {"about/index.html": ""}),
    _case("B002", True, "a row lost", {f"{DISCLOSURE}index.html": _ROWS.replace('data-status="ongoing"', "")}),
    *(
        _case(
            "B002",
            True,
            f"the table {name}",
            {f"problems/table/{file}": site_files()[f"problems/table/{file}"].replace(*change)},
        )
        for name, file, change in (
            ("with another status", "index.json", ('"rows": "BC"', '"rows": "BB"')),
            ("one row short", "index.json", ('"rows": "BC"', '"rows": "B"')),
            ("in vowels", "index.json", ('"rows": "BC"', '"rows": "AE"')),
            ("of another disclosure", "index.json", ("2024-a", "2024-b")),
            ("of another site", "rows-1.json", ('"B"', '"C"')),
            ("without a row's text", "rows-1.json", (', ["02", "\\u95ee\\u9898"]', "")),
            ("cut off", "rows-1.json", ("]}", "")),
        )
    ),
    _case(
        "B002",
        True,
        "the table's parts are of fewer problems than the data",
        {
            f"problems/table/{file}": site_files()[f"problems/table/{file}"].replace(old, new)
            for file, old, new in (
                ("index.json", '"rows": 2, "stamp"', '"rows": 1, "stamp"'),
                ("rows-1.json", ', ["02", "\\u95ee\\u9898"]', ""),
            )
        },
    ),
    _case("B001", True, "no texts of the table", {"problems/table/rows-1.json": None}),
    _case(
        "B002", True, "a row of another status", {f"{DISCLOSURE}index.html": _ROWS.replace('"ongoing"', '"completed"')}
    ),
    _case(
        "B002",
        True,
        "a count of another status",
        {"data/disclosures.json": site_files()["data/disclosures.json"].replace("ongoing", "completed-partly")},
    ),
    _case("B002", False, "the whole site", {}),
    _case(
        "B002",
        False,
        "a count of nought",
        {
            "data/disclosures.json": site_files()["data/disclosures.json"].replace(
                '"ongoing": 1', '"ongoing": 1, "closed-out": 0'
            )
        },
    ),
    _case("B002", False, "no page at all is another rule", {f"{DISCLOSURE}index.html": None}),
    _case("B003", True, "a disclosure that was moved away", {"reports/2023-b/index.html": page()}),
    _case("B003", True, "only a file of it", {"reports/2023-b/files/a.csv": "问题\n"}),
    _case("B003", True, "like a page of the list", {"reports/page_two/index.html": page()}),
    _case("B003", False, "the whole site", {}),
    _case("B003", False, "the next page of the list", {"reports/page_2/index.html": page()}),
    _case("B003", False, "a file beside the disclosures", {"reports/feed.xml": "<feed/>"}),
    _body("B004", True, '<a href="../lost/">问题</a>'),
    _body("B004", True, "<img src='tu.png' alt='图'>"),
    _body("B004", True, '<a href="../../outside/">问题</a>'),
    _body("B004", True, '<a href="http://[half">问题</a>'),
    _body("B004", False, '<a href="./../problems/?status=ongoing">问题</a>'),
    _body(
        "B004",
        False,
        '<a href="https://www.qingchuan.gov.cn/">上级</a><a href="mailto:office@qingchuan.gov.cn">信箱</a>',
    ),
    _case(
        "B004",
        False,
        "Chinese as codes",
        {"about/index.html": page('<a href="%E5%8F%B0%E8%B4%A6.csv">台账</a>'), "about/台账.csv": "问题\n"},
    ),
    _case(
        "B004",
        False,
        "the error page is served anywhere",
        {"404.html": page('<a href="/about/">监督</a><a href="/">首页</a>')},
    ),
    _body("B005", True, '<a href="#lost">问题</a>'),
    _body("B005", True, '<a href="../reports/2024-a/full/#text-整改">全文</a>'),
    _body("B005", True, '<a href="../reports/2024-a/full/index.html?a=1#lost">全文</a>'),
    _body("B005", False, '<a href="#here">问题</a><h2 id="here">问题</h2>'),
    _body("B005", False, '<a href="../reports/2024-a/full/#text-%E6%95%B4%E6%94%B9%E6%83%85%E5%86%B5">全文</a>'),
    _case(
        "B005",
        False,
        "a place in a file that is no page",
        {"about/index.html": page('<a href="a.csv#row=2">台账</a>'), "about/a.csv": "问题\n"},
    ),
    _body("B005", False, '<a href="../#:~:text=整改">首页</a>'),
    _body("B006", True, '<script src="https://cdn.example/a.js"></script>'),
    _body("B006", True, "<a href='file:///data/a.xlsx'>台账</a>"),
    _case("B006", True, "a font", {"assets/a.css": '@font-face { src: url("//fonts.example/a.woff2") }'}),
    _body("B006", True, '<style>@import "https://cdn.example/a.css";</style>'),
    _body("B006", True, '<table background="https://cdn.example/a.png"><tr><td>一</td></tr></table>'),
    _body("B006", True, '<svg><image xlink:href="//cdn.example/a.png"/></svg>'),
    _body("B006", True, r"<script src=\\cdn.example\a.js></script>"),
    _body("B006", True, r"<img src=/\cdn.example/a.png>"),
    _body("B006", True, '<form><button formaction="https://cdn.example/">报名</button></form>'),
    _body("B006", True, '<a href="../a/" attributionsrc="https://cdn.example/">说明</a>'),
    _body("B006", True, '<link rel="preload" as="image" imagesrcset="https://cdn.example/a.png 1x">'),
    _body("B006", False, '<a href="https://www.qingchuan.gov.cn/">上级</a>'),
    _body("B006", False, '<link rel="canonical" href="https://www.qingchuan.gov.cn/about/">'),
    _body("B006", False, "<a href=//www.qingchuan.gov.cn/>上级</a>"),
    _body("B006", False, "<img src=../tu.png alt=//说明>"),
    _case("B006", False, "a font of the site", {"assets/a.css": "@font-face { src: url(a.woff2) }"}),
    _body("B006", True, "<img src=//cdn.example/a.png>"),
    _case("B006", True, "a style sheet without a blank", {"assets/a.css": "@import'https://cdn.example/a.css';"}),
    _case("B007", True, "an approval", {"data/all.csv": f"问题,{_OPINION}\n"}, _APPROVED),
    _case("B007", True, "a comment", {_ONE: page("<!-- 待与财务科核对后再定 -->")}, _COMMENTED),
    _case(
        "B007",
        True,
        "a draft",
        {_ONE: page("<p>二次供水泵房改造资金尚未落实</p>")},
        {"../drafts/a.md": "二次供水泵房改造资金尚未落实。\n"},
    ),
    _case("B007", False, "nothing of it", {_ONE: page("<p>同意公开</p>")}, _APPROVED),
    _case(
        "B007",
        False,
        "said in public too",
        {_ONE: page(_OPINION)},
        {**_APPROVED, "about.md": f"# 监督方式\n\n{_OPINION}。\n"},
    ),
    _case("B007", False, "without its sources", {_ONE: page(_OPINION)}),
    _case("B008", True, "51 dead links", _many(51)),
    _case("B008", True, "120 dead links", _many(120)),
    _case(
        "B008",
        True,
        "51 lost anchors",
        {"about/index.html": page("".join(f'<a href="#lost-{number}">问题</a>' for number in range(51)))},
    ),
    _case("B008", False, "50 dead links", _many(50)),
    _case(
        "B008",
        False,
        "one dead link on 51 places of a page",
        {"about/index.html": page('<a href="../lost/">问题</a>' * 51)},
    ),
    _case("B008", False, "50 dead links, a lost anchor", {**_many(50), "index.html": page('<a href="#lost">问题</a>')}),
    _body("B010", True, "<script>alert(1)</script>"),
    _body("B010", True, "<SCRIPT type=module>a()</SCRIPT >"),
    _body("B010", True, "<img src='../a.png' onerror=alert(1)>"),
    _body("B010", True, "<svg/ONLOAD = 'a()'>"),
    _body("B010", True, '<noscript><meta http-equiv="Refresh" content="0;url=/"></noscript>'),
    _body("B010", True, '<meta http-equiv="Content-Security-Policy" content="script-src *">'),
    _body("B010", True, '<svg><a><animate attributeName="href" values="javascript:a()"/></a></svg>'),
    _body("B010", False, '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">'),
    _body("B010", True, '<base href="/elsewhere/">'),
    _body("B010", True, '<iframe src="../a/"></iframe>'),
    _body("B010", True, '<a href="java&#9;script:a()">说明</a>'),
    _body("B010", True, "<form action=' JavaScript:a()'></form>"),
    _case(
        "B010",
        True,
        "another script than the theme's",
        {**_THEME, "about/index.html": page("<script>theme();more()</script>")},
    ),
    _case("B010", False, "the theme's script", {**_THEME, "about/index.html": page("<script>\ntheme()</script>")}),
    _body("B010", False, '<script type="application/json">{"onload=": "javascript:"}</script>'),
    _body("B010", False, "<p>onerror=1，一句 javascript: 的话，&lt;script&gt;a()&lt;/script&gt;</p>"),
    _body("B010", False, '<a href="../?on=1" title="on load = 1">说明</a>'),
    _case("B009", True, "an import's record", {f"{DISCLOSURE}.import.json": "{}"}),
    _case("B009", True, "a source", {"about/index.md": "# 监督方式\n"}),
    _case("B009", True, "a lock of an office program", {"data/~$all.xlsx": "a"}),
    _case("B009", False, "the whole site", {}),
    _case("B009", False, "an attachment", {f"{DISCLOSURE}files/a.md": "# 台账\n"}),
    _case("B009", False, "for the server", {".nojekyll": ""}),
    _case("B009", False, "a picture whose name holds .md", {"assets/a.md.svg": "<svg/>"}),
]
