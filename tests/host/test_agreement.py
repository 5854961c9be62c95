"""One number, wherever it stands: page, chart, lists and data agree, and every figure leads to what it counts."""

import csv
import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from helpers.site import Site, write_site
from rectify.core.vocabulary import STATES, STATUSES

FIGURES = {
    "rf-sentence",
    "rf-reports__figure",
    "rf-table--axis",
    "rf-table--unit",
    "rf-legend",
    "rf-terms",
    "rf-group",
    "rf-kicker",
    "rf-progress",
}
"""Where a linked number is a count."""

VOID = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "track",
    "wbr",
    "rect",
    "path",
}


class Element:
    def __init__(self, tag: str, attributes: dict[str, str | None], parent: "Element | None"):
        self.tag, self.attributes, self.parent, self.children = tag, attributes, parent, []
        self.classes = set((attributes.get("class") or "").split())

    def walk(self) -> Iterator["Element"]:
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.walk()

    def find(self, wanted: str | Callable[["Element"], bool]) -> list["Element"]:
        """Elements below that have a class, or for which a test holds."""
        return [e for e in self.walk() if (wanted in e.classes if isinstance(wanted, str) else wanted(e))]

    @property
    def text(self) -> str:
        return "".join(child.text if isinstance(child, Element) else child for child in self.children).strip()

    def links(self) -> list["Element"]:
        return self.find(lambda e: e.tag == "a" and "href" in e.attributes)


class Tree(HTMLParser):
    def __init__(self, html: str):
        super().__init__()
        self.root = self.here = Element("", {}, None)
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        element = Element(tag, dict(attrs), self.here)
        self.here.children.append(element)
        if tag not in VOID:
            self.here = element

    def handle_startendtag(self, tag, attrs):
        self.here.children.append(Element(tag, dict(attrs), self.here))

    def handle_endtag(self, tag):
        at = self.here
        while at.parent is not None and at.tag != tag:
            at = at.parent
        self.here = at.parent or self.here

    def handle_data(self, data):
        self.here.children.append(data)


class Built:
    """A built site as its readers and its data's users see it."""

    def __init__(self, site: Site):
        self.site = site
        self.disclosures = {d["id"]: d for d in site.data("disclosures")["disclosures"]}
        self.problems = {p["ref"]: p for p in site.data("problems")["problems"]}
        self.addresses = [f.removesuffix("index.html") for f in site.files() if f.endswith("index.html")]
        self._pages: dict[str, Element] = {}

    def page(self, address: str) -> Element:
        if address not in self._pages:
            self._pages[address] = Tree(self.site.page(address)).root
        return self._pages[address]

    def resolve(self, address: str, href: str) -> tuple[str, str]:
        """Address and fragment that a link on a page leads to."""
        parts = urlsplit(href)
        path = posixpath.normpath(posixpath.join("/", address, unquote(parts.path))).lstrip("/")
        return (f"{path}/" if path else "") if parts.path else address, parts.fragment

    def of(self, rid: str) -> list[dict]:
        return [p for p in self.problems.values() if p["disclosure"] == rid]

    def rows(self, address: str) -> list[Element]:
        """The rows that a page counts: of a table or list of problems with its further pages, of disclosures, of updates."""
        page = self.page(address)
        if address == "reports/":
            return page.find("rf-reports__title")
        if address.startswith("updates/"):
            found = [e for e in page.find("rf-updates__date") if e.parent.tag == "li"]
        else:
            found = page.find(lambda e: "data-state" in e.attributes)
        # A problem's page has such a link too, to the next problem.
        is_list = address.startswith(("problems/", "updates/"))
        for link in page.find(lambda e: is_list and e.attributes.get("rel") == "next"):
            found = found + self.rows(self.resolve(address, link.attributes["href"])[0])
        return found

    def led_to(self, address: str, href: str) -> int:
        """How many rows a reader sees who follows a link, filters by fragment included."""
        target, fragment = self.resolve(address, href)
        rows = self.rows(target)
        (anchor,) = self.page(target).find(lambda e: e.attributes.get("id") == fragment) if fragment else [None]
        if fragment.startswith("group-"):
            after = anchor.parent.children[anchor.parent.children.index(anchor) :]
            (table, *_) = [e for e in after if isinstance(e, Element) and e.tag == "table"]
            return len(table.find(lambda e: "data-state" in e.attributes))
        if fragment in STATES.entries:
            return sum(row.attributes["data-state"] == fragment for row in rows)
        if fragment == "overdue":
            return sum("data-overdue" in row.attributes for row in rows)
        if fragment.startswith("kind-"):
            chosen = self.page(target).find(lambda e: "data-kind" in e.attributes)
            return sum(e.attributes["data-kind"] == fragment.removeprefix("kind-") for e in chosen)
        if fragment.startswith("status-"):
            return sum(row.attributes["data-status"] == fragment.removeprefix("status-") for row in rows)
        assert fragment in ("", "list", "problems"), f"{address}: {href}"
        return len(rows)

    def figures(self) -> Iterator[tuple[str, str, int]]:
        """Every linked figure: page, link, number."""
        for address in self.addresses:
            page = self.page(address)
            places = page.find(lambda e: bool(e.classes & FIGURES))
            for link in (link for place in places for link in place.links()):
                if re.fullmatch(r"\d+", link.text):
                    yield address, link.attributes["href"], int(link.text)
            for count in page.find("rf-count"):
                yield address, count.parent.attributes["href"], int(count.text)


HEAD = "---\n标题: {0}整改情况\n文种: 整改情况报告\n单位: {0}\n截至日期: 2024-12-31\n公开日期: {1}\n"


def disclosure(unit: str, published: str, more: str = "") -> str:
    return f"{HEAD.format(unit, published)}{more}\n---\n"


def problem(title: str, status: str, **more: str) -> str:
    return f"---\n问题: {title}\n状态: {status}\n" + "".join(f"{key}: {text}\n" for key, text in more.items()) + "---\n"


ENTRY = "[{日期: 2024-05-01, 内容: 甲}]"
LATE, WITHDRAWN = "2024-06-30", "{日期: 2024-12-01, 理由: 个人隐私}"
DEADLINES = (LATE, "2025-06-30")
LABELS = [status.label for status in STATUSES]
FILES = {
    "about.md": "# 监督方式\n",
    "methodology.md": "# 说明\n",
    # One of each: groups and none, overdue and done in time, withdrawn.
    "reports/2024-jia/index.md": disclosure("甲局", "2024-12-31"),
    "reports/2024-jia/01.md": problem("一", "持续推进", 分组="甲组", 整改时限=LATE, 类别="财务"),
    "reports/2024-jia/02.md": problem("二", "已销号", 分组="甲组", 整改时限=LATE, 进展=ENTRY),
    "reports/2024-jia/03.md": problem("三", "阶段性完成", 分组="乙组", 整改时限="2024-12-31", 类别="财务"),
    "reports/2024-jia/04.md": problem("四", "已完成", 分组="乙组", 撤回=WITHDRAWN),
    "reports/2024-jia/05.md": problem("五", "待整改", 整改时限=LATE, 撤回=WITHDRAWN),
    "reports/2024-jia/06.md": problem("六", "待整改", 整改时限="长期坚持"),
    "reports/2023-jia/index.md": disclosure("甲局", "2023-12-31"),
    "reports/2023-jia/01.md": problem("只有一个", "待整改", 整改时限=LATE),
    "reports/2024-bing/index.md": disclosure("丙（局）", "2024-11-30", "公布数: {总数: 0}"),
    "reports/2024-yi/index.md": disclosure("乙局", "2024-10-31"),
    # More than fit on a page of a list and than a chart shows.
    **{
        f"reports/2024-yi/{n:02}.md": problem(f"第{n}个", LABELS[n % 5], 整改时限=DEADLINES[n % 2], 进展=ENTRY)
        for n in range(1, 161)
    },
    "reports/2024-nei/index.md": disclosure("内局", "2024-12-31", "公开范围: 党内"),
    "reports/2024-nei/01.md": problem("不公开", "已完成"),
}


@pytest.fixture(scope="module")
def miniature(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = write_site(tmp_path_factory.mktemp("agreement"), FILES)
    site.build().ok()
    return site


@pytest.fixture(scope="module", params=["miniature", "built_site"])
def built(request: pytest.FixtureRequest) -> Built:
    return Built(request.getfixturevalue(request.param))


def test_the_miniature_site_has_what_it_is_there_for(miniature: Site):
    counts = {rid: d["counts"]["total"] for rid, d in Built(miniature).disclosures.items()}
    assert counts == {"2024-jia": 6, "2023-jia": 1, "2024-bing": 0, "2024-yi": 160}


def test_a_disclosures_page_agrees_with_the_data(built: Built):
    for rid, disclosure in built.disclosures.items():
        page, counts, problems = built.page(disclosure["url"]), disclosure["counts"], built.of(rid)
        by_status = {key: n for key, n in counts["by_status"].items() if n}
        overdue = sum(p["overdue"] for p in problems)
        assert Counter(p["status"] for p in problems) == by_status
        assert (
            counts["total"]
            == sum(counts[state] for state in STATES.entries)
            == sum(by_status.values())
            == len(problems)
        )

        rows = page.find(lambda e: e.tag == "tr" and "data-state" in e.attributes)
        addresses = [built.resolve(disclosure["url"], row.links()[0].attributes["href"])[0] for row in rows]
        assert addresses == [p["url"] for p in problems]
        assert Counter(row.attributes["data-status"] for row in rows) == by_status
        assert sum("data-overdue" in row.attributes for row in rows) == overdue

        figures = [int(link.text) for link in page.find("rf-sentence")[0].links()]
        states = [counts[state] for state in STATES.entries if state != "unstated" or counts[state]]
        leading = [number for number in (counts["total"], *states) if number]
        assert figures[: len(leading)] == leading
        assert not overdue or figures[-1] == overdue

        charts = page.find("rf-chart")
        assert bool(charts) or not 0 < counts["total"] <= 150
        for chart in charts:
            squares = [next(c for c in e.classes if c not in ("rf-sq", "rf-sq--overdue")) for e in chart.find("rf-sq")]
            assert squares == [f"rf-sq--{p['status']}" for p in problems]
            assert len(chart.find("rf-sq--overdue")) == overdue
        legend = [int(re.search(r"\d+$", e.text)[0]) for e in page.find(lambda e: "rf-legend" in e.parent.classes)]
        assert sorted(legend) == sorted([*by_status.values(), *([overdue] if overdue else [])])


def test_the_csv_agrees_with_the_json(built: Built):
    with Path(built.site.output, "data", "problems.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    facts = [(row["编号"], row["状态"], bool(row["是否逾期"]), row["整改时限"]) for row in rows]
    assert facts == [(p["ref"], p["status_label"], p["overdue"], p["deadline"]) for p in built.problems.values()]


VALUES = {
    "status": lambda p, d: p["status_label"],
    "state": lambda p, d: STATES[STATUSES[p["status"]].counts_as].label,
    "year": lambda p, d: f"{d['published'][:4]}年",
    "unit": lambda p, d: d["unit"],
    "category": lambda p, d: p["category"],
    "group": lambda p, d: p["group"],
}


@pytest.mark.parametrize("axis", VALUES)
def test_an_axis_lists_every_problem_under_its_value(built: Built, axis: str):
    expected: dict[str, list[str]] = {}
    for ref, p in built.problems.items():
        if value := VALUES[axis](p, built.disclosures[p["disclosure"]]):
            expected.setdefault(value, []).append(ref)
    listed = {}
    for link in (
        row.links()[0]
        for body in built.page(f"problems/{axis}/").find(lambda e: e.tag == "tbody")
        for row in body.find(lambda e: e.tag == "tr")
        if row.links()
    ):
        address = built.resolve(f"problems/{axis}/", link.attributes["href"])[0]
        name = link.text.split("（含")[0]
        listed[name] = [row.find("rf-ref")[0].text for row in built.rows(address)]
    assert {name: refs for name, refs in listed.items() if refs} == expected


def test_the_overdue_list_is_by_deadline(built: Built):
    listed = [row.find("rf-ref")[0].text for row in built.rows("problems/overdue/")]
    overdue = [p for p in built.problems.values() if p["overdue"]]
    assert listed == [p["ref"] for p in sorted(overdue, key=lambda p: (p["deadline"], p["ref"]))]
    assert [row.find("rf-ref")[0].text for row in built.rows("problems/")] == list(built.problems)


def test_every_figure_leads_to_exactly_what_it_counts(built: Built):
    figures = list(built.figures())
    assert len(figures) > 200
    wrong = [(address, href, n, found) for address, href, n in figures if (found := built.led_to(address, href)) != n]
    assert wrong == []
    assert [figure for figure in figures if not figure[2]] == [], "nothing is no place to go to"
    assert any(">0<" in str(built.site.page(address)) for address in built.addresses)


def test_every_link_of_every_page_leads_somewhere(built: Built):
    files, dead = set(built.site.files()), []
    for address in built.addresses:
        ids = {e.attributes.get("id") for e in built.page(address).walk()}
        for href in (urlsplit(link.attributes["href"]) for link in built.page(address).links()):
            target = posixpath.normpath(posixpath.join("/", address, unquote(href.path))).lstrip("/")
            is_here = not href.path and href.fragment in {"", *ids}
            if not (href.scheme or is_here or (href.path and {target, posixpath.join(target, "index.html")} & files)):
                dead.append((address, href.geturl()))
    assert dead == []


def test_lines_end_between_words_and_only_readers_of_pages_are_told(built: Built):
    """Titles elsewhere, and what is read aloud or copied, are as they were written."""
    output = built.site.output
    marked = [address for address in built.addresses if b"<wbr>" in (output / address / "index.html").read_bytes()]
    assert len(marked) > len(built.addresses) * 0.7
    for file in built.site.files():
        text = (output / file).read_bytes()
        if file.endswith(".html"):
            assert not re.search(
                rb"(?:<title|=\"[^\"<>]*)[^<>]*<wbr>[^<>]*(?:</title|\")", text.replace(b">", b"\n>\n")
            ), file
        else:
            assert b"<wbr" not in text or file.startswith("assets/"), file


def test_the_course_by_month_ends_with_the_figures_of_the_register(built: Built):
    """The drawing and its table are the same numbers; what is drawn last is what the data say."""
    seen = 0
    for address in built.addresses:
        for course in built.page(address).find("rf-months"):
            seen += 1
            head, *rows = [row for row in course.walk() if row.tag == "tr"]
            names = [cell.text for cell in head.walk() if cell.tag == "th"][2:-1]
            numbers = [[int(cell.text) for cell in row.walk() if cell.tag == "td" and cell.text] for row in rows]
            assert all(total == sum(parts[: len(names)]) for total, *parts in numbers)
            drawn = {
                rect.attributes["class"].removeprefix("rf-fill--"): int(rect.attributes["height"])
                for rect in course.find(lambda e: e.tag == "rect" and "rf-fill" in e.attributes.get("class", ""))
                if int(rect.attributes["x"]) + int(rect.attributes["width"]) == len(rows)
            }
            assert sum(drawn.values()) == numbers[0][0]
            shown = {STATUSES[key].label: n for key, n in drawn.items()}
            assert shown == {name: n for name, n in zip(names, numbers[0][1:]) if n}
            if address == "updates/":
                assert drawn == dict(Counter(p["status"] for p in built.problems.values()))
    assert seen
