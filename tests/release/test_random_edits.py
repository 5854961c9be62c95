"""Random edits: what a publication records is exactly by what the two sites' visible texts differ."""

import json
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from helpers.cases import DISCLOSURE
from helpers.site import Site, write_site

INDEX, ONE, TWO = "reports/2024-a/index.md", "reports/2024-a/01.md", "reports/2024-a/02.md"
PLACES = {
    (ONE, "title"): "管网巡检记录不完整",
    (TWO, "title"): "二次供水设施移交缓慢",
    (TWO, "deadline"): "2024-12-31",
    (ONE, "measure"): "按月抽查",
    (ONE, "entry"): "新的巡检记录全面使用",
    (ONE, "body"): "班组长逐日核对",
    (TWO, "body"): "其余小区按计划移交",
    (INDEX, "prose"): "市委巡察反馈的",
    (INDEX, "contact.phone"): "0000-2345601",
    (INDEX, "inspector"): "第二巡察组",
}
"""Where an edit is made, and what stands there first."""
SAID = st.text("改查核对巡检移交记录逐项每周站点水表管网，", min_size=4, max_size=14).filter(
    lambda said: said.strip("，") == said and "，，" not in said
)
DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31)).map(date.isoformat)
DERIVED = (
    "section[@aria-labelledby='history']|section[@aria-labelledby='objection']|section[@aria-labelledby='months']"
    "|section[@aria-labelledby='others']|*[contains(@class,'rf-summary')]|*[contains(@class,'rf-list')]"
    "|*[contains(@class,'rf-three')]|*[contains(@class,'rf-cite')]|*[contains(@class,'rf-neighbours')]"
    "|*[contains(@class,'rf-kicker')]|*[contains(@class,'rf-columns__side')][.//nav]|*[contains(@class,'rf-hidden')]"
)
"""What a page shows of other records, of counts and of changes themselves."""


def edits():
    """Some places with what stands there afterwards."""

    def value(place):
        kind = place[1]
        if kind == "deadline":
            return DAYS
        if kind == "contact.phone":
            return st.integers(2345602, 2345699).map(lambda number: f"0000-{number}")
        if kind == "inspector":
            return st.sampled_from(["第三巡察组", "第九巡察组"])
        return SAID.map(lambda said: f"{said}不完整") if kind == "title" else SAID

    return st.lists(st.sampled_from(sorted(PLACES)), min_size=1, max_size=5, unique=True).flatmap(
        lambda chosen: st.fixed_dictionaries({place: value(place) for place in chosen})
    )


def blocks(file: Path) -> list[str]:
    """What a page shows of its own record, piece by piece."""
    article = html.fromstring(file.read_bytes()).xpath("//article")[0]
    for part in article.xpath("|".join(f".//{one}" for one in DERIVED.split("|"))):
        part.drop_tree()
    for break_ in article.xpath(".//wbr"):
        break_.drop_tag()
    return [text for one in article.xpath(".//text()") if (text := " ".join(one.split()))]


def shown(live: Path) -> dict[str, list[str]]:
    site = (live / "current/reports").resolve()
    pages = {"2024-a": "2024-a", "2024-a/01": "2024-a/01", "2024-a/02": "2024-a/02"}
    return {ref: blocks(site / page / "index.html") for ref, page in pages.items()}


def as_shown(text: str) -> str:
    """A value of the record as pages spell it."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.year}年{day.month}月{day.day}日"


@settings(max_examples=4)
@given(edits())
def test_the_record_is_by_what_the_visible_texts_differ(made: dict[tuple[str, str], str]):
    with TemporaryDirectory() as folder:
        site, live = write_site(Path(folder, "a"), dict(DISCLOSURE)), Path(folder, "live")
        published(site, live)
        before = shown(live)
        for (path, kind), text in made.items():
            file = site.root / "content" / path
            assert PLACES[path, kind] in file.read_text("utf-8")
            file.write_text(file.read_text("utf-8").replace(PLACES[path, kind], text), "utf-8")
        published(site, live)
        after = shown(live)
        recorded = json.loads((live / "current/release.json").read_bytes())["changes"]
    for ref in before:
        own = [one for one in recorded if one.get("ref") == ref]
        gone = [one for one in before[ref] if before[ref].count(one) > after[ref].count(one)]
        come = [one for one in after[ref] if after[ref].count(one) > before[ref].count(one)]
        for pieces, side in ((gone, "before"), (come, "after")):
            said = [as_shown(one[side]) for one in own if one.get(side)]
            assert all(any(piece in text or text in piece for text in said) for piece in pieces), (ref, pieces, said)
            assert all(any(piece in text or text in piece for piece in pieces) for text in said), (ref, pieces, said)
        files = [path.removeprefix("reports/").removesuffix(".md").removesuffix("/index") for path, _ in made]
        assert len(own) == files.count(ref)


def published(site: Site, live: Path) -> None:
    """Publish; the second time a day later, for a publication says its day."""
    day = timedelta(days=(live / "current").exists())
    moment = int((date(2024, 10, 1) - date(1970, 1, 1) + day).total_seconds())
    site.rectify("publish", "--to", str(live), env={"SOURCE_DATE_EPOCH": str(moment)}).ok()
