"""Whatever somebody writes into content, no page runs it, loads anything for it or breaks from it.

Two walls are tried: what the rules let through, built with the public command; and what they refuse, built as if nobody had.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlsplit

import pytest
from lxml import etree
from openpyxl import load_workbook

from helpers.attacks import (
    FAMILIES,
    FREE,
    IMAGE,
    RUN,
    TARGETS,
    TEXTS,
    body,
    build_unguarded,
    document,
    fields,
    links,
    pictures,
    source,
)
from helpers.audit import ASK, AUDIT, BARE, LOAD, LOADED
from helpers.site import Site, write_site
from rectify.core.vocabulary import DISCLOSURE_KEYS, PROBLEM_KEYS
from rectify.host.bodies import BASE, Bodies
from rectify.sources.text import CONTROL

HARMLESS = "普通文字"
LINKS = {f"links-{number:02}": target for number, target in enumerate(TARGETS, start=1)}
ALL = (*TEXTS, *LINKS)
GATHERED = ("withdrawn",)
"""Keys that hide all others; one problem a family has them, with all its texts."""
LISTED = 10
"""Problems in a group or category."""
BATCH = 12
"""Pages that the browser loads at once."""


class Attacked(NamedTuple):
    """A site made from the payloads, and one like it of harmless text."""

    site: Site
    twin: Site
    names: tuple[str, ...]
    """The payloads that are in it."""


def files_of(names: Iterable[str], harmless: bool = False, pages: Iterable[str] = ALL) -> dict[str, str]:
    """Return the content with each payload in all fields and the body of a problem, all headings of a disclosure, and a page."""
    families: dict[str, list[str]] = defaultdict(list)
    for name in names:
        families[name.rpartition("-")[0]].append(name)
    files = {
        path: text for family, members in families.items() for path, text in _family(family, members, harmless).items()
    }
    return files | {_page(name): _ordinary(name, harmless) for name in pages}


def _family(family: str, members: list[str], harmless: bool) -> dict[str, str]:
    files = {}
    texts = {name: _text(name, harmless) for name in members}
    # A disclosure that cannot be read would take its problems with it.
    readable = [
        text for name, text in texts.items() if not re.search(f"{CONTROL.pattern}|file:", TEXTS.get(name, ""))
    ] or [HARMLESS]
    whole = " ".join(readable)
    for place, (name, text) in enumerate(texts.items()):
        # Few values of what problems are listed by: each has a page. The number of another problem in the same group would be refused.
        some = " ".join(readable[place // LISTED * LISTED :][:LISTED]) or HARMLESS
        files[_problem(name)] = document(
            PROBLEM_KEYS, text, _body(name, harmless), GATHERED, number=f"{text} {name}", group=some, category=some
        )
    prose = "\n\n".join(f"## {line}" for line in (" ".join(text.split()) for text in readable))
    files[f"reports/2024-{family}/index.md"] = document(DISCLOSURE_KEYS, whole, prose, round=f"{family} {whole}")
    files[f"reports/2024-{family}/99.md"] = document(
        PROBLEM_KEYS, whole, leave=[key.name for key in PROBLEM_KEYS if key.name not in ("title", "status", *GATHERED)]
    )
    return files


def _ordinary(name: str, harmless: bool) -> str:
    text = _text(name, harmless)
    return source({"title": text, "description": text, "author": text, "tags": [text]}, _body(name, harmless))


def _text(name: str, harmless: bool) -> str:
    return f"{HARMLESS}{name}" if harmless else TEXTS.get(name, name)


def _body(name: str, harmless: bool) -> str:
    if name in LINKS:
        return links("https://example.org/" if harmless else LINKS[name])
    return body(_text(name, harmless))


def _problem(name: str) -> str:
    family, _, number = name.rpartition("-")
    return f"reports/2024-{family}/{number}.md"


def _page(name: str) -> str:
    return f"texts/{name}.md"


@pytest.fixture(scope="module")
def refused(tmp_path_factory) -> frozenset[str]:
    """The payloads that `rectify check` or the build refuses in at least one place."""
    folder = tmp_path_factory.mktemp("checked")
    site = write_site(folder / "all", files_of(ALL))
    checked = site.rectify("check", "--format", "json")
    assert checked.exit == 1 and "Traceback" not in checked.out
    wrong = {
        finding["file"].removeprefix("content/") for finding in _findings(checked.out) if finding["severity"] == "error"
    }
    built = site.build()
    assert built.exit == 1 and "Traceback" not in built.out and not site.output.exists()
    wrong |= set(re.findall(r"^(\S+\.md)[:\d]* \[", built.out, re.M))
    return frozenset(name for name in ALL if wrong & {_problem(name), _page(name)})


def _findings(out: str) -> list[dict]:
    return json.loads(out[out.index("[") :])


def attacked(folder: Path, names: tuple[str, ...], pages: tuple[str, ...], guarded: bool) -> Attacked:
    site, twin = (write_site(folder / kind, files_of(names, kind == "twin", pages)) for kind in ("site", "twin"))
    result = site.build() if guarded else build_unguarded(site)
    assert "Traceback" not in result.out
    result.ok()
    twin.build().ok()
    return Attacked(site, twin, names)


@pytest.fixture(scope="module")
def accepted(tmp_path_factory, refused) -> Attacked:
    """What the rules let through."""
    names = tuple(name for name in ALL if name not in refused)
    # MkDocs refuses most targets in ordinary pages that the register makes harmless.
    return attacked(tmp_path_factory.mktemp("accepted"), names, tuple(name for name in names if name in TEXTS), True)


@pytest.fixture(scope="module")
def unguarded(tmp_path_factory, refused) -> Attacked:
    """What the rules refuse, built nevertheless."""
    # A file with a control character is not read at all, so that there is nothing to build.
    names = tuple(sorted(name for name in refused if not CONTROL.search(TEXTS.get(name) or LINKS[name])))
    return attacked(tmp_path_factory.mktemp("refused"), names, tuple(sorted({*names, *LINKS})), False)


class Watch:
    """A tab on one site that notes what must not happen."""

    def __init__(self, tab):
        self.tab, self.trouble = tab, []
        tab.on("dialog", self._dialog)
        tab.context.on("request", self._request)
        tab.context.on("page", lambda page: self.trouble.append(f"window: {page.url}"))
        tab.on("download", lambda download: self.trouble.append(f"download: {download.url}"))

    def _dialog(self, dialog) -> None:
        self.trouble.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, request) -> None:
        if urlsplit(request.url).path.endswith("pwned"):
            self.trouble.append(f"request: {request.url}")


def pages_of(site: Site) -> list[str]:
    return [name for name in site.files() if name.endswith(".html")]


def addresses(names: Iterable[str]) -> list[str]:
    return [quote(name) for name in names]


def kind(path: str) -> str:
    """Return a page's address with the names of what it lists left out."""
    return re.sub(r"(problems/(?:unit|group|category))/[^/]+/", r"\1/*/", path)


def audit(tab, site: Site) -> Mapping[str, dict]:
    return tab.evaluate(AUDIT, addresses(pages_of(site)))


def _unlike_the_twin(tab, serve, one: Attacked, seen: Mapping[str, dict]) -> list[str]:
    """Return the pages with other elements than those of harmless text, but for what Markdown makes."""
    tab.goto(f"{serve(one.twin.output)}/")
    allowed = defaultdict(set)
    for path, found in audit(tab, one.twin).items():
        allowed[kind(path)].add(found["tags"])
    tab.goto(f"{serve(one.site.output)}/")
    return [path for path, found in seen.items() if found["tags"] not in allowed[kind(path)]]


def _said(seen: Mapping[str, dict], name: str) -> bool:
    """Return whether the page of a problem says the payload as it was written, in every field, its title and its heading."""
    found, text = seen.get(_problem(name).replace(".md", "/index.html")), _plain(_text(name, False))
    if found is None:
        return False
    free = [
        key
        for way, key in fields(PROBLEM_KEYS)
        if key.kind in FREE and not key.internal and not {"撤回", "豁免"}.intersection(way)
    ]
    return (found["h1"].strip(" "), found["title"].strip(" ")) == (text, f"{text} - 测试站点") and found["text"].count(
        text
    ) >= len(free)


def _plain(text: str) -> str:
    return re.sub(r"[\s\ufeff]+", " ", text).strip(" ")


@pytest.mark.parametrize("made", ["accepted", "unguarded"])
def test_no_page_runs_or_loads_or_breaks(made: str, request, page, serve):
    one: Attacked = request.getfixturevalue(made)
    base = serve(one.site.output)
    watch = Watch(page(f"{base}/", allow=("404",) if made == "unguarded" else ()))
    tab, paths = watch.tab, addresses(pages_of(one.site))
    seen = audit(tab, one.site)
    assert {path: found["wrong"] for path, found in seen.items() if found["wrong"]} == {}
    assert _unlike_the_twin(tab, serve, one, seen) == []
    assert [name for name in one.names if not _said(seen, name)] == []
    # The full text of a disclosure has what the pages of its problems have, so that the theme's scripts have met it.
    bare = [path for path in paths if re.search(r"/\d\d/index", path)]
    whole = [path for path in paths if path not in bare]
    ran = [
        path for start in range(0, len(whole), BATCH) for path in tab.evaluate(LOAD, whole[start : start + BATCH])
    ] + tab.evaluate(BARE, bare)
    assert (ran, watch.trouble) == ([], [])
    # As a reader sees them, one of each kind: a frame is not a window.
    for path in {re.sub(r"2024-\w+|\d+|(?<=texts/)[\w-]+", "*", kind(path)): path for path in paths}.values():
        tab.goto(f"{base}/{path}")
        assert tab.evaluate(
            "[Object.hasOwn(window, 'pwned'), document.querySelectorAll('header.rf-header, footer.rf-footer').length]"
        ) == [False, 2], path
    assert watch.trouble == []


FOREIGN = (
    "///evil.example/pwned", "////evil.example/pwned", "/\\evil.example/pwned", "/\\\\evil.example/pwned", "/&#9;/evil.example/pwned",
    "/&#x5c;evil.example/pwned", "/&sol;evil.example/pwned", "/&bsol;evil.example/pwned", "/&Tab;/evil.example/pwned", "/&NewLine;/evil.example/pwned",
    "https:evil.example/pwned", "https:/evil.example/pwned", "https:///evil.example/pwned", "https:\\\\evil.example\\pwned", "https:&sol;&sol;evil.example/pwned",
)  # fmt: skip
"""Addresses that a browser takes for another host's and `urlsplit` does not."""


def _loaded(page, serve, folder: Path, targets: Iterable[str]) -> list[str]:
    (folder / "index.html").write_text("<!doctype html><title>x</title><link rel=icon href=data:,>", "utf-8")
    htmls = {
        target: Bodies().problem(pictures(target), "reports/2024-a").html.replace(BASE, "../../../")
        for target in targets
    }
    return page(f"{serve(folder)}/").evaluate(LOADED, htmls)


def test_no_picture_is_loaded_from_elsewhere(page, serve, tmp_path):
    assert _loaded(page, serve, tmp_path, [target for target in TARGETS if target not in FOREIGN]) == []


@pytest.mark.parametrize("target", FOREIGN)
def test_no_picture_is_loaded_from_an_address_that_only_browsers_understand(page, serve, tmp_path, target: str):
    assert _loaded(page, serve, tmp_path, [target]) == []


@pytest.mark.parametrize("name", ["reports/2024-a/01.md", "about.md"])
def test_a_site_with_such_a_picture_is_refused_or_loads_nothing(make_site, page, serve, name: str):
    files = {
        "reports/2024-a/index.md": document(DISCLOSURE_KEYS, HARMLESS),
        "reports/2024-a/01.md": document(PROBLEM_KEYS, HARMLESS, leave=GATHERED),
    }
    site = make_site({**files, name: files.get(name, "# 页\n") + "\n![甲](https:///evil.example/a.png)\n"})
    result = site.build()
    assert "Traceback" not in result.out
    if result.exit == 0:
        watch = Watch(page(f"{serve(site.output)}/", allow=("evil.example",)))
        foreign = []
        watch.tab.on(
            "request",
            lambda request: foreign.append(request.url) if urlsplit(request.url).hostname == "evil.example" else None,
        )
        watch.tab.goto(f"{serve(site.output)}/{name.removesuffix('.md')}/")
        assert foreign == []


def test_the_search_page_shows_whatever_is_asked_as_text(accepted, page, serve):
    base = serve(accepted.site.output)
    watch = Watch(page(f"{base}/search/"))
    assert watch.tab.evaluate(ASK, [text.replace("\0", "") for text in TEXTS.values()]) == []
    for texts in FAMILIES.values():
        text = texts[0].replace("\0", "")
        watch.tab.goto(f"{base}/search/?q={quote(text)}&status={quote(text)}&unit={quote(text)}#{quote(text)}")
        assert watch.tab.locator("#search-page-q").input_value() == _one_line(text)
        watch.tab.locator("#search-page-q").fill(IMAGE + text)
        watch.tab.locator("#search-page-q").press("Enter")
        watch.tab.locator("[data-search-after]", has_text="条").wait_for(state="attached")
    assert watch.tab.evaluate("Object.hasOwn(window, 'pwned')") is False and watch.trouble == []


def _one_line(text: str) -> str:
    return re.sub(r"[\r\n]", "", re.sub(r"^[\s\ufeff]+|[\s\ufeff]+$", "", text)[:200])


@pytest.mark.parametrize(
    "address", ["problems/", "problems/overdue/", "reports/2024-tags/", "updates/", "", "texts/tags-01/"]
)
def test_query_and_fragment_of_any_page_change_nothing(accepted, page, serve, address: str):
    watch = Watch(page(f"{serve(accepted.site.output)}/{address}"))
    before = watch.tab.evaluate("document.querySelectorAll('*').length")
    for text in (IMAGE, f"javascript:{RUN}", f'"><script>{RUN}</script>', f"__proto__[x]={RUN}"):
        watch.tab.goto(f"{serve(accepted.site.output)}/{address}?q={quote(text)}&{quote(text)}=1#{quote(text)}")
        assert watch.tab.evaluate("[document.querySelectorAll('*').length, Object.hasOwn(window, 'pwned')]") == [
            before,
            False,
        ]
    assert watch.trouble == []


def test_no_heading_takes_a_name_of_the_theme(make_site):
    site = make_site({"about.md": "# 监督方式\n\n## Content\n\n## rf-q\n\n[到](#text-content)\n"})
    site.build().ok()
    about = site.page("about/index.html")
    assert [about.count(f' id="{name}"') for name in ("content", "rf-q", "text-content", "text-rf-q")] == [1] * 4


# The path of a file is refused in a configuration as everywhere.
SETTINGS = " ".join(text for text in TEXTS.values() if not re.search(rf"{CONTROL.pattern}|file:|\\", text))


@pytest.fixture(scope="module")
def settings(tmp_path_factory) -> Site:
    """A site with every payload in each of the settings that a text belongs in."""
    palette = [
        {"scheme": scheme, "toggle": {"icon": "material/weather-night", "name": HARMLESS}}
        for scheme in ("default", "slate")
    ]
    given = {
        "site_name": SETTINGS, "site_description": SETTINGS, "site_author": SETTINGS, "plugins": [{"rectify": {"publisher": SETTINGS}}],
        "extra": {"site_id_code": SETTINGS}, "theme": {"palette": palette}, "site_url": "https://gk.example/",
    }  # fmt: skip
    files = {
        "reports/2024-a/index.md": document(DISCLOSURE_KEYS, HARMLESS),
        "reports/2024-a/01.md": document(PROBLEM_KEYS, HARMLESS, leave=GATHERED),
    }
    site = write_site(tmp_path_factory.mktemp("settings") / "site", files, **given)
    site.build().ok()
    return site


def test_settings_are_text(settings, page, serve):
    watch = Watch(page(f"{serve(settings.output)}/"))
    assert {path: found["wrong"] for path, found in audit(watch.tab, settings).items() if found["wrong"]} == {}
    said = watch.tab.evaluate(
        "['.rf-brand__name', '.rf-brand__by', 'title'].map(one => document.querySelector(one).textContent)"
    )
    assert [_plain(text) for text in said] == [_plain(SETTINGS)] * 3
    described = watch.tab.evaluate(
        "['Description', 'SiteName', 'SiteIDCode'].map(one => document.querySelector(`meta[name=${one}]`).content)"
    )
    assert [_plain(text) for text in described] == [_plain(SETTINGS)] * 3
    for path in {kind(path): path for path in pages_of(settings)}.values():
        watch.tab.goto(f"{serve(settings.output)}/{path}")
    assert watch.tab.evaluate("Object.hasOwn(window, 'pwned')") is False and watch.trouble == []


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        # Not `copyright`: as everywhere in MkDocs it is HTML, and who may write the configuration may run code.
        ("site_url", f'https://gk.example/"><img src=x onerror={RUN}>/'),
        ("nav", [{IMAGE: "index.md"}, {f'" onclick={RUN} x="': "about.md"}]),
    ],
)
def test_a_setting_brings_no_markup(make_site, page, serve, setting: str, value):
    site = make_site({"about.md": "# 页\n"}, **{setting: value})
    assert "Traceback" not in site.build().ok().out
    tab = page(f"{serve(site.output)}/", allow=("404",))
    assert tab.evaluate("[Object.hasOwn(window, 'pwned'), document.images.length]") == [False, 0]


def test_names_of_attachments_are_text(make_site, page, serve):
    # What a file cannot be called, and a backslash, which no attachment may have.
    unfit = re.compile(r"[/\\\x00-\x1f\x7f-\x9f]")
    names = sorted({f"{unfit.sub('_', text).strip()[:60]}.txt" for text in TEXTS.values()})
    attached = [{"日期": "2024-05-01", "状态": "已完成", "内容": "启动", "附件": [f"files/{name}" for name in names]}]
    files = {
        "reports/2024-a/index.md": document(DISCLOSURE_KEYS, HARMLESS),
        "reports/2024-a/01.md": source({"问题": "甲", "状态": "已完成", "进展": attached}),
    }
    site = make_site(files | {f"reports/2024-a/files/{name}": "附件" for name in names})
    build_unguarded(site).ok()
    watch = Watch(page(f"{serve(site.output)}/reports/2024-a/01/"))
    assert {path: found["wrong"] for path, found in audit(watch.tab, site).items() if found["wrong"]} == {}
    links = watch.tab.locator("a[href*='files/']")
    shown = "\n".join(links.all_text_contents())
    assert (
        links.count() == len(names)
        and [name for name in names if _plain(name.removesuffix(".txt")) not in _plain(shown)] == []
    )
    assert watch.tab.evaluate("Object.hasOwn(window, 'pwned')") is False and watch.trouble == []


def test_data_files_parse_whole_and_say_what_was_written(accepted):
    output = accepted.site.output
    for file in (path for path in output.rglob("*") if path.suffix in (".json", ".xml", ".svg", ".webmanifest")):
        json.loads(file.read_bytes()) if file.suffix in (".json", ".webmanifest") else etree.fromstring(
            file.read_bytes(), etree.XMLParser(resolve_entities=False)
        )
    assert {suffix for path in output.rglob("*") if (suffix := path.suffix) in (".xml", ".ics", ".atom", ".rss")} <= {
        ".xml"
    }
    titles = {problem["ref"]: problem["title"] for problem in accepted.site.data("problems")["problems"]}
    for name in accepted.names:
        assert titles[_problem(name).removeprefix("reports/").removesuffix(".md")] == _text(name, False).strip()


def _rows(output: Path) -> list[list[str]]:
    return list(
        csv.reader(
            io.StringIO((output / "data/problems.csv").read_bytes().decode("utf-8-sig"), newline=""), strict=True
        )
    )


def test_no_cell_of_the_spreadsheet_file_begins_like_a_formula(accepted):
    head, *rows = _rows(accepted.site.output)
    assert len(rows) == len(accepted.site.data("problems")["problems"]) and {len(row) for row in rows} == {len(head)}
    assert [cell for row in rows for cell in row if cell[:1] in tuple("=+-@\t\r\n")] == []


def test_no_cell_begins_with_a_full_width_sign_of_a_formula(accepted):
    assert [cell for row in _rows(accepted.site.output) for cell in row if cell[:1] in tuple("＝＋－＠")] == []


def test_no_cell_of_the_ledger_is_a_formula(accepted, tmp_path):
    accepted.site.rectify(
        "export",
        "--xlsx",
        "--content",
        "content",
        "-o",
        str(tmp_path / "a.xlsx"),
        "2024-sheets",
        "2024-scripts",
        "2024-unicode",
        "2024-tags",
    ).ok()
    book = load_workbook(tmp_path / "a.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any("cmd|" in str(cell.value) for cell in cells)
    assert [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink] == []


@pytest.mark.parametrize("form", ["docx", "markdown"])
def test_other_exports_take_every_payload(accepted, tmp_path, form: str):
    done = accepted.site.rectify(
        "export",
        f"--{form}",
        "--content",
        "content",
        "-o",
        str(tmp_path / form),
        *(f"2024-{family}" for family in ("tags", "scripts", "markdown", "sheets", "mutation")),
    )
    assert "Traceback" not in done.ok().out and any((tmp_path / form).iterdir())
