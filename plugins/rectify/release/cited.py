"""Whether a site said what a citation says it said, and what became of it since."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rectify.core.changes import Change
from rectify.core.citation import Citation, checksum_of
from rectify.core.history import PUBLICATION
from rectify.core.language import N_, Message, _, spoken
from rectify.core.past import WITHHELD, Ways
from rectify.outputs.change_texts import KINDS
from rectify.release.past_site import PastSite

_COVERED = "█"


class Verdict(NamedTuple):
    """What became of a citation."""

    is_confirmed: bool
    reason: Message
    since: tuple[tuple[int, str, tuple[Change, ...]], ...] = ()
    """Number and date of each later publication that changed it, with what it changed."""

    def text(self) -> str:
        """Return it in sentences."""
        told = [str(self.reason)]
        for number, day, changes in self.since:
            kinds = dict.fromkeys(spoken().say(KINDS[change.kind].name) for change in changes if change.kind in KINDS)
            told.append(_("第 {which} 次公开（{day}）：{kinds}", which=number, day=day, kinds="、".join(kinds)))
        return "\n".join(told)


def check_citation(site: PastSite, cited: Citation) -> Verdict:
    """Return whether the history and the texts are those that a citation names. Raises OSError, or ValueError in a sentence."""
    line = next(
        (one for one in site.history.lines if one["event"] == PUBLICATION and one["release"] == cited.release), None
    )
    if line is None:
        return Verdict(False, N_("不符：公开的历史里没有 {release} 这一次公开", release=cited.release))
    if not line["chain"].startswith(cited.chain):
        return Verdict(
            False,
            N_(
                "不符：{release} 在历史里的校验值是 {found}，引用的是 {cited}；这次公开以前的历史被改写过，或者引用有误",
                release=cited.release,
                found=line["chain"][: len(cited.chain)],
                cited=cited.chain,
            ),
        )
    number, day = int(cited.release.partition("-")[0]), line.get("on", "?")
    records = site.records_at(cited.release)
    record = records.one(cited.ref)
    if record is None and not records.lost & {cited.ref, cited.ref.partition("/")[0]}:
        return Verdict(
            False, N_("不符：第 {which} 次公开（{day}）里没有问题 {ref}", ref=cited.ref, which=number, day=day)
        )
    since = tuple(_since(site, cited))
    if record is not None and checksum_of(record) == cited.text:
        told = N_(
            "相符：{ref} 在第 {which} 次公开（{day}）里就是这样，以后没有改动", ref=cited.ref, which=number, day=day
        )
        if since:
            told = N_(
                "相符：{ref} 在第 {which} 次公开（{day}）里就是这样；以后改动过：",
                ref=cited.ref,
                which=number,
                day=day,
            )
        return Verdict(True, told, since)
    if record is None or record.get("withdrawn") or record.get(WITHHELD) or _COVERED in str(record):
        told = N_("历史相符；{ref} 当时的文字后来不再公开，不能核对：", ref=cited.ref)
        return Verdict(False, told, since)
    return Verdict(
        False, N_("不符：{ref} 在第 {which} 次公开（{day}）里不是这些文字", ref=cited.ref, which=number, day=day)
    )


def _since(site: PastSite, cited: Citation) -> Iterator[tuple[int, str, tuple[Change, ...]]]:
    """Yield the publications after the cited one, on the way to what is public, that changed the problem."""
    ways = Ways(site.history)
    days = {line["release"]: line.get("on", "?") for line in site.history.lines if line["event"] == PUBLICATION}
    later, _again = ways.between(site.release, cited.release)
    for release in reversed(later):
        # That its term is over, or is not after all, is told of a disclosure for all of its problems.
        rid = cited.ref.partition("/")[0]
        if changes := tuple(
            change
            for change in ways.changes[release]
            if change.ref == cited.ref or (change.ref == rid and change.kind in ("ended", "restored"))
        ):
            yield int(release.partition("-")[0]), days[release], changes
