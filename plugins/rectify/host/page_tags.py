"""The tags that the guideline on government websites asks of every page: of its column, and of an article what it is.

Source: 《政府网站发展指引》（国办发〔2017〕47号）, annex on page tags; those of the site stand in the theme's main template.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rectify.core.language import N_, Language, Message, _, listed
from rectify.core.model import Disclosure, Problem
from rectify.core.site_map import SITE
from rectify.host.site_texts import SiteTexts

Tags = tuple[tuple[str, str], ...]
"""Names and contents of meta elements."""

_ASKED = (("site_url", ("SiteDomain", "Url")), ("extra.site_id_code", ("SiteIDCode",)))
"""Places in mkdocs.yml, and the tags that come from them."""

_HOME, _NEWS, _OPEN, _TALK = N_("首页"), N_("工作动态"), N_("信息公开"), N_("互动交流")
_COLUMNS: dict[str, tuple[Message, Message, Message]] = {
    "home": (_HOME, N_("公开的整改通报、最新进展和逾期问题"), _HOME),
    "disclosures": (N_("公开通报"), N_("各单位公开的全部整改通报，按公开日期排列"), _OPEN),
    "problems": (N_("全部问题"), N_("通报里的全部问题，按状态、单位、年份、类别分列"), _OPEN),
    "updates": (N_("进展更新"), N_("各个问题的整改进展，按月排列"), _NEWS),
    "releases": (N_("公开记录"), N_("网站每次公开的内容和改动"), _OPEN),
    "about": (N_("监督方式"), N_("怎样对公开的整改情况提出意见"), _TALK),
    "methodology": (N_("状态与计数说明"), N_("各种状态的含义和数字的计算办法"), _OPEN),
    "site_map": (N_("网站地图"), N_("网站的全部栏目、通报、分类和数据"), _OPEN),
    "data": (N_("开放数据"), N_("全部问题、通报和进展的数据文件"), N_("数据开放")),
    "search": (N_("搜索"), N_("搜索全部公开的问题和通报"), _OPEN),
}
"""Name, description and type of each column, by its place on the site map."""


def column_tags(key: str, language: Language, name: str = "") -> Tags:
    """Return the tags of a column; `name` is for one that has another on this site."""
    own, about, kind = _COLUMNS[key]
    return _column(name or language.say(own), language.say(about), kind, language)


def _column(name: str, about: str, kind: Message, language: Language) -> Tags:
    return (
        ("ColumnName", name),
        ("ColumnDescription", about),
        ("ColumnKeywords", language.text("{column}，整改公开", column=name)),
        ("ColumnType", language.say(kind)),
    )


def written_tags(source: str, title: str, about: str, language: Language) -> Tags:
    """Return the tags of a page that somebody writes, a column of its own; `about` describes one that the site map does not know."""
    key = next((place.key for place in SITE.values() if place.source == source and place.key in _COLUMNS), "")
    if key:
        return column_tags(key, language, "" if key == "home" else title)
    return _column(title, about or title, _OPEN, language)


def article_tags(
    disclosure: Disclosure, title: str, texts: SiteTexts, address: str, problem: Problem | None = None
) -> Tags:
    """Return the tags of a page of a disclosure, or of a problem of it. The publication date is the real one; of a day no more
    is known than the day. `address` is the page's whole one, empty where the site does not know its own.
    """
    about = (disclosure.unit, disclosure.inspection, *((problem.group, problem.category) if problem else ()))
    keywords = texts.language.text("，").join(dict.fromkeys(filter(None, about)))
    return (
        *column_tags("disclosures", texts.language),
        ("ArticleTitle", title),
        ("PubDate", f"{disclosure.published.isoformat()} 00:00"),
        ("ContentSource", texts.as_written(disclosure.issuer or disclosure.unit)),
        ("Keywords", texts.as_written(keywords)),
        ("Author", texts.as_written(disclosure.unit)),
        *((("Url", address),) if address else ()),
    )


def empty_tags(address: str, extra: Mapping[str, object]) -> Iterator[str]:
    """Yield, in a sentence, which tags no page has because mkdocs.yml says nothing of them; `site_id_code:` with nothing after it says so."""
    said = {"site_url": bool(address), "extra.site_id_code": "site_id_code" in extra}
    missing = {place: tags for place, tags in _ASKED if not said[place]}
    if missing:
        yield _(
            "网页没有标签 {tags}：mkdocs.yml 没有写 {places}，见 rectify doctor",
            tags=listed([tag for tags in missing.values() for tag in tags]),
            places=listed(list(missing)),
        )
