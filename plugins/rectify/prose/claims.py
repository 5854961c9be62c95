"""What a text says of all its problems without a number for it: 均已整改到位, 已全部销号, 整改完成率100%.

A claim counts where its subject is the problems of the notice: named in its clause, or told of just before. What is said
of a part of them (立行立改的4个问题), of others (上一轮巡察反馈的问题), of something else (信访件) or as a plan is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from rectify.core.finding import Finding, found
from rectify.core.language import name_of
from rectify.core.numerals import fold_digits, number_of
from rectify.core.patterns import compiled
from rectify.core.vocabulary import DONE, STATES, STATUSES, UNSTATED, VERIFIED

_NUMBER = r"(?:\d{1,4}|[一二两三四五六七八九十百]{1,5})"
_BLANKS = compiled(r"(?<![ \u3000*])[ \u3000*]++(?=[\u4e00-\u9fff\d（“])|(?<=[\u4e00-\u9fff\d”）%％])[ \u3000*]+")
_SENTENCES = compiled("[。；;！？!?]")
_CLAUSES = compiled("[，,]")
_EVERY = "全部|全数|全面|均|都|皆|悉数|逐一|逐项|逐条|一一"
_ALL = compiled(
    rf"(?P<how>(?:{_EVERY}|已经?|现|目前|如期|按期|按时|按要求|按计划|圆满|彻底|有效|完全|得到|得以|得|予以){{1,7}})"
    r"(?P<done>完成了?(?:整改)?(?:任务|工作|销号)?|整改(?:到位|完毕|完成|落实到位|结束|清零|办结)|落实整改到位|(?:落实)?到位|办结|销号|解决|清零|完毕)了?"
    r"(?=$|[、（(]|并|且)"
)
_EACH_ONE = compiled("^(?:逐一|逐项|逐条|一一)+$")
"""逐一销号 is how it is done; 已逐一销号 says that it was."""
_RATE = compiled(
    r"(?:总体|综合|总|按期|如期)?(?:整改)?(?:总体|综合|总|按期)?(?P<kind>完成|整改|办结|销号|到位)(?:整改)?[率比]例?"
    r"(?:均|都|已经?|为|达到?|到|至|高达|是|实现|[：:])*(?P<rate>\d{1,3}(?:\.\d{1,3})?(?=[%％])|百分之百)[%％]?(?=$|[、（(]|并|且)"
)
_BEFORE = compiled(
    r"^(?:(?:截[至止]|到)?(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|底|初|[上中下]旬)?|截[至止](?:目前|现在|本通报发布|发稿)|目前|现在|如今|总体[上看]?|现|共|止|已)*"
    r"(?:经[^，]{0,30}(?:整改|努力|推进|验收)|通过[^，]{0,30})?$"
)
"""What says when or how, and names nothing."""
_TALLY = compiled(
    rf"^(?:{_NUMBER}(?:个|项|条)|其中|目前|现|已经?|正在|正|持续|长期|基本|阶段性|按计划|仍在?|尚|未|有|需|完成|整改|到位|办结|销号|解决|推进|坚持|问题|事项|的|并|和|中|、)+$"
)
"""已完成9个、正在推进3个 goes on about what was named before."""
_OURS = compiled(
    rf"^(?P<whose>[^，]{{0,34}}?)(?:{_NUMBER}个?大?(?:方面|类)的?)?(?:共计?)?(?:(?P<number>{_NUMBER})(?:个|项|条))?的?(?P<kind>(?:具体|突出|主要|整改|反馈|巡[察视]|审计|督察)*)"
    rf"(?P<what>问题|任务|事项|意见)(?:的?整改(?:工作|任务)?)?(?:中|里)?(?:共计?(?:有)?(?P<counted>{_NUMBER})(?:个|项|条))?(?:中|里)?$"
)
_WHOSE = compiled("反馈|指出|移交|交办|通报|查出|巡[察视]|督察|审计|认领|全部|所有|^各项?$|本次|此次|这次|清单|台账")
_PART = compiled(
    "上一?轮|上次|前次|前期|以往|历年|往年|历史|去年|前年|立行立改|即知即改|边巡边改|集中整改期|期内|第[一二三四五六七八九十]批|阶段|已完成|完成的|部分|个别"
    r"|其[他它余]|余下|剩余|另外?|除|村|社区|支部|信访|线索|来信|来访|群众|投诉|热线|选人用人|意识形态|专项检查|专题|隐患|自查|第[\d一二三四五六七八九十、至到—-]{1,30}(?:个|项|条)|以上|上述|所属|下属|企业|"
    "(?:方面|领域|类|环节)(?:存在|反映|突出|主要)?的?(?:具体)?(?:问题|任务|事项)|关于|“"
)
_YEAR = compiled(r"\d{4}年")
_PLANNED = compiled(
    "确保|力争|争取|计划|拟|预计|将|要求|务必|努力|目标|推动|督促|促进|待|如果|若|直至|前$|前(?:全部|完成)|应当?|必须|限期|承诺|不"
)
_APART = compiled(
    r"^\s*(?:[-+>|]|\d{1,3}[.．、)）]|[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}(?:、|是))"
)
"""A point, a quotation or a row of a table: what it names none of is its own matter."""
_OVERVIEW = compiled("^#++ ?(?!.*方面).*(?:整改|总体|概况|情况|进展|成效|结果)")


class Claim(NamedTuple):
    """What is said of all problems."""

    line: int
    words: str
    """The clause as printed."""
    rate: str = ""
    """The share that is stated, without the sign; empty where it says all."""
    closed: bool = False
    """Whether it is that they were closed out."""


def unfounded(path: str, lines: Iterable[tuple[int, str]], listed: Mapping[str, int]) -> Iterator[Finding]:
    """Yield the claims that the problems listed, so many in each status, do not bear out; those of unknown status may."""
    total = sum(listed.values())
    unknown = listed.get("", 0) + listed.get(UNSTATED, 0)
    for claim in claims(lines, total) if total else ():
        term = VERIFIED if claim.closed else STATUSES[STATES["done"].status]
        held = listed.get(VERIFIED.key, 0) if claim.closed else sum(listed.get(key, 0) for key in DONE)
        share = f"{100 * held / total:.{len(claim.rate.partition('.')[2])}f}"
        if (not unknown and share != claim.rate) if claim.rate else held + unknown < total:
            at = (path, claim.line)
            yield found("C009", *at, found=held, allowed=total, label=name_of(term), share=share, excerpt=claim.words)


def claims(lines: Iterable[tuple[int, str]], total: int) -> Iterator[Claim]:
    """Yield what the prose of a notice about so many problems claims for all of them."""
    about, overview, blank = True, True, True
    for number, line in lines:
        if line.lstrip().startswith("#"):
            overview = bool(_OVERVIEW.match(line.lstrip()))
        if not line.strip() or line.lstrip().startswith("#"):
            blank = True
            continue
        if blank or _APART.match(line):
            about = overview and not _APART.match(line)
        blank = False
        for sentence in _SENTENCES.split(_BLANKS.sub("", fold_digits(line))):
            planned = False
            clauses = _CLAUSES.split(sentence.strip())
            for clause, after in zip(clauses, [*clauses[1:], ""]):
                match = _ALL.search(clause) or _RATE.search(clause)
                named = clause[: match.start()] if match else clause
                about = _is_about_all(named.rpartition("：")[2], about, total, bool(match))
                is_past = bool(match and "已" in match[0])
                # 整改率67%，涉及194户 is the share of these.
                about = about and not after.startswith("涉及")
                if match and about and not (_PLANNED.search(named) or (planned and not is_past)):
                    if claim := _claim(match, number, clause):
                        yield claim
                planned = planned or bool(_PLANNED.search(clause))


def _is_about_all(named: str, before: bool, total: int, claimed: bool) -> bool:
    """Return whether words name all problems; those that name nothing leave it as it was, and so do counts, which claim nothing."""
    if not named or _BEFORE.match(named):
        return before
    match = _OURS.match(named)
    counted = match and number_of(match["number"] or match["counted"] or "")
    if match is None or _PART.search(named) or (counted and counted != total):
        return before and not claimed and bool(_TALLY.match(named))
    if counted:
        return True
    if _YEAR.search(match["whose"]):
        return False
    if match["kind"] or _WHOSE.search(match["whose"]):
        return match["what"] != "意见" or "反馈" in named
    return before and not match["whose"] and match["what"] == "问题"


def _claim(match: re.Match[str], number: int, clause: str) -> Claim | None:
    said = match.groupdict()
    if "rate" in said:
        rate = "100" if said["rate"] == "百分之百" else said["rate"]
        return Claim(number, match[0], rate, said["kind"] == "销号")
    how = said["how"]
    if _EACH_ONE.match(how) or not ("已" in how or re.search(_EVERY, how)):
        return None
    return Claim(number, clause, closed="销号" in said["done"])
