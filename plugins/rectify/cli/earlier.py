"""What a published site said on an earlier day, for the commands that tell it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import click

from rectify.cli.days import optional_day
from rectify.cli.references import Reference
from rectify.cli.site import published_around
from rectify.cli.texts import did_you_mean
from rectify.core.changes import FORM, LINKS, Record
from rectify.core.language import _, listed
from rectify.core.past import Shown
from rectify.core.register import Register
from rectify.core.site_map import REPORTS
from rectify.outputs.past_register import PastRegister
from rectify.release.past_site import PastSite

ON = click.option("--on", callback=optional_day, metavar="DAY", help=_("这一天公开的网站上是什么"))
PUBLISHED = click.option(
    "--published",
    metavar="PLACE",
    help=_("与 --on 一起用：公开的位置（publish 的 --to）、网站的文件夹或者网址；默认是 mkdocs.yml 里的 published"),
)
_REFERENCE = re.compile(r"([a-z0-9-]+)(?:/([0-9]{1,4})(?:\.md)?)?/?")


class Earlier(NamedTuple):
    """What the site said at the end of a day."""

    site: PastSite
    shown: Shown
    past: PastRegister

    @property
    def register(self) -> Register:
        return self.past.register

    def named(self, word: str) -> Reference:
        """Return the disclosure or the problem that a word or an address names; a usage error where it was not there."""
        text = unquote(urlsplit(word).path).rpartition(f"/{REPORTS}/")[2] if "://" in word else word
        match = _REFERENCE.fullmatch(text.strip().lower())
        ids = self.register.by_id
        if match is None or match[1] not in ids:
            hint = did_you_mean(text.partition("/")[0], sorted(ids))
            raise click.BadParameter(
                _("第 {which} 次公开里没有“{word}”{hint}", which=self.number, word=word, hint=hint)
            )
        found = Reference(match[1], (match[2] or "").zfill(2) if match[2] else "")
        have = [problem.nn for problem in self.register.of(ids[found.disclosure])]
        if found.number and found.number not in have:
            raise click.BadParameter(
                _(
                    "{disclosure} 里没有问题 {wanted}；有：{have}",
                    disclosure=found[0],
                    wanted=found[1],
                    have=listed(have),
                )
            )
        return found

    @property
    def number(self) -> int:
        return int(self.shown.release.partition("-")[0])

    def record(self, found: Reference) -> Record:
        """Return the record of a disclosure or a problem that was there."""
        records = self.site.records_at(self.shown.release)
        record = records.one(f"{found.disclosure}/{found.number}" if found.number else found.disclosure)
        return {name: value for name, value in (record or {}).items() if name not in ("problems", FORM, LINKS)}

    def sentence(self) -> str:
        """Return which publication it was."""
        return _(
            "第 {which} 次公开，{day}，编号 {release}",
            which=self.number,
            day=self.shown.head.get("on", "?"),
            release=self.shown.release,
        )

    def gaps(self) -> list[str]:
        """Return in sentences what is not known any more."""
        told = []
        if self.past.withheld:
            told.append(_("有些内容后来不再公开，当时的文字没有列出：{refs}", refs=listed(sorted(self.past.withheld))))
        if self.past.lost:
            told.append(_("后来从网站上去掉、内容没有保留：{refs}", refs=listed(self.past.lost)))
        return told


def earlier(on: date, published: str | None, content: Path | None) -> Earlier:
    """Return what the site said on a day; ends the command, with a sentence, where that is not known."""
    place = published or published_around(content or Path.cwd())
    if not place:
        raise click.UsageError(
            _("不知道网站公开在哪里；用 --published 写明公开的位置或者网址，或者在 mkdocs.yml 里写 published")
        )
    try:
        site = PastSite(place)
        shown = site.shown_on(on)
        return Earlier(site, shown, site.register_at(shown))
    except FileNotFoundError as error:
        raise click.ClickException(
            _("{place} 不是公开的网站或者公开的位置：没有 {file}", place=place, file=error.filename)
        ) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise click.ClickException(str(error) or repr(error)) from None
