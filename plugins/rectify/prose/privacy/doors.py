"""Where a text numbers a house, a flat or a group of houses, and how fine the numbers are.

What numbers one is composed of parts, each a number and a sign: 3栋 2单元 402室, 9组13号, 17-1-2001. No list of forms is
needed: the parts tell how fine it is, whatever their order and the blanks, stars or hyphens between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from rectify.core.patterns import compiled
from rectify.prose.late import late

_HAN = "一二三四五六七八九十百〇零○"
_NUMBER = rf"(?:[甲乙丙丁戊东西南北中老新临]? ?(?:[A-Za-z]{{0,2}}\d{{1,4}}(?:-\d{{1,3}})?|[{_HAN}]{{1,5}})|[甲乙丙丁A-Z]|(?<![一-鿿])[东西南北中](?=单元|门|户))"
_SIGNS = {
    "group": r"村民小组|村民组|委(?=[ ]?\d{1,3}组)|[组社队连](?![织长建团成合会员区干伍部])",
    "lane": r"支?弄|[巷里条段](?![面子程])|胡同",
    "block": r"号(?:楼|院|门(?![前口外旁边]))|[栋幢座舍排塔](?!查)|#楼?",
    "unit": r"单元|[门梯](?![面店口诊市])",
    "floor": r"[层楼](?![共等、至])",
    "room": r"号?(?:室|房(?![间屋产地改保])|房间)|套房|间(?<=第..)",
    "household": r"户(?![名籍主口均型])",
    "number": r"号(?![线文令井杆机标桩站标地宗图仓库泵塔厅路街码段码召])",
}
_CALLED = {
    "old_block": rf"[东西南北中老新前后主副][楼塔座](?=[ \-]?(?:\d{{3,4}}(?!\d)|[{_HAN}\d][楼层单门]|[东西中一二三四][单门]))",
    "old_unit": "[东西南北中]?门洞",
    "old_floor": "[顶底][楼层]|负[一二三1-3][楼层]|阁楼",
}
"""Parts that have a name and no number: 西塔2907, 一单元顶楼左手."""
_PARTS = late(
    rf"(?P<at>(?<![\d.A-Za-z]){_NUMBER}[ *]{{0,3}})(?:{'|'.join(f'(?P<{name}>{sign})' for name, sign in _SIGNS.items())})"
    + "".join(f"|(?P<{name}>{form})" for name, form in _CALLED.items())
)
_TAIL = late(
    rf"[ \-*#|/]{{0,4}}(?:(?P<annex>(?:之|附|-)[ *]{{0,2}}[{_HAN}\d]{{1,3}}(?:号院?)?)"
    rf"|(?P<side>[东西南北中左右][边侧首手]?[户门间]?(?![一-鿿])|[东西南北][户侧门]|[左右]手边?(?=的|第)|[东西南北](?:[厢耳]房|屋)|\d-?[东西南北中][户室]?(?![一-鿿])|改?(?:车库|储藏间|隔间)改?[一-鿿]{{0,3}}\d{{0,2}})"
    rf"|(?P<flat>\d{{1,2}}[A-H](?![A-Za-z\d])|(?:[A-Z]?\d ?\d(?: ?\d){{1,2}}|[{_HAN}]{{3,4}})(?:[室房号户](?![间屋])|(?![\d年月日元万人户个处套件项米㎡%.]))))"
)
_CHAIN = late(
    r"(?<![\dA-Za-z\-.])(?![48]00-\d{3}-\d{4}(?!\d))[A-Za-z]{0,2}\d{1,3}(?:(?:#|号楼|栋|幢|座)[ \-—–]?|[\-—–])(?:(?P<second>[A-Za-z]?\d{1,3})[\-—–])?(?P<last>[A-Za-z]?\d{1,4})(?!-?[\d年月日%套个人元万米]|-[A-Za-z]|\.\d|[至到])(?P<side>[东西南北中][户门侧首]?(?![一-鿿]))?"
)
"""12-3-601, 8-1101, T6-3303, but not the number of a service telephone, 400-123-4567."""
_SLASHED = late(r"(?<![\d/.])[A-Za-z]?\d{1,2}/\d{1,2}/(?!(?:19|20)\d\d(?!\d))\d{3,4}(?![\d/.])")
"""6/3/401"""
_GAP = late(r"[ \u3000\-|*，/]{0,4}(?:[附增之]|小区|单身)?")
_BETWEEN = late(
    r"(?:[ \u3000*]{0,2}(?![一-鿿]{0,6}[的和与及至到在被对为是有共等名])[一-鿿]{2,6})?[ \u3000*\-]{0,2}(?:[A-Z一二三四五东西南北中]区)?"
)
"""What may stand between the parts of one: 66号御景湾5#-1-2602."""
_LIKE_A_DATE = compiled(r"(?:19|20)?\d\d-(?:0?[1-9]|1[0-2])(?:-\d\d?)?$")
_STREETS = frozenset("街路巷弄里坊")
_SIGN = compiled(
    rf"[\d{_HAN}甲乙丙丁A-Z东西南北中][ *]{{0,3}}(?:[组社队连弄巷里条段栋幢座舍排#门梯层楼室房户号间塔]|单元|胡同|村民|套房|[\-—–/][A-Za-z]?\d)"
)
"""One of these is in every door."""


class Door(NamedTuple):
    start: int
    end: int
    grain: str
    """One of GRAINS."""

    def with_(self, other: Door) -> Door:
        """Return what both are parts of, as fine as the finer."""
        grain = min(self.grain, other.grain, key=GRAINS.index)
        return Door(min(self.start, other.start), max(self.end, other.end), grain)


def doors(text: str) -> list[Door]:
    """Return the numbered places of a text, in order, none overlapping the next."""
    if not _SIGN.search(text):
        return []
    found: list[Door] = []
    for start, end, names in _runs(text):
        if tail := _TAIL.match(text, end):
            end = tail.end()
            names.append(tail.lastgroup or "")
        if grain := _grain(names):
            found.append(Door(start, end, grain))
    for match in _CHAIN.finditer(text):
        if grain := _grain_of_chain(match):
            found.append(Door(*match.span(), grain))
    found += [Door(*match.span(), "chain") for match in _SLASHED.finditer(text)]
    kept: list[Door] = []
    for door in sorted(found):
        if kept and (door.start <= kept[-1].end or _BETWEEN.fullmatch(text, kept[-1].end, door.start)):
            kept[-1] = kept[-1].with_(door)
        else:
            kept.append(door)
    return kept


def _runs(text: str) -> Iterator[tuple[int, int, list[str]]]:
    """Yield where parts stand together, and the names of their signs."""
    start = end = -1
    names: list[str] = []
    for match in _PARTS.finditer(text):
        if not names or not _GAP.fullmatch(text, end, match.start()):
            if names:
                yield start, end, names
            start, names = match.start(), []
        end = match.end()
        names.append((match.lastgroup or "").removeprefix("old_"))
    if names:
        yield start, end, names


GRAINS = (
    "flat",
    "chain",
    "homestead",
    "annex",
    "lane",
    "pair",
    "stair",
    "number",
    "block",
    "household",
    "group",
    "floor",
)
"""The finest first."""
_WITHIN_A_HOUSE = frozenset(("room", "flat", "side", "annex", "household"))


def _grain(names: list[str]) -> str:
    """Return how fine the parts together are, empty where they number no house."""
    said = set(names)
    house = said & {"block", "unit", "floor"}
    if house and (said & _WITHIN_A_HOUSE or (len(names) > 1 and names[-1] == "number")):
        return "flat"
    if "group" in said and said & {"number", "block", "household"}:
        return "homestead"
    if names.count("number") > 1 or ("number" in said and said & _WITHIN_A_HOUSE):
        return "annex"
    if "lane" in said and said & {"number", "block"}:
        return "lane"
    if len(said & {"block", "unit", "floor"}) > 1 or said == {"unit"}:
        return "stair"
    if "household" in said and len(names) > 1:
        return "household"
    if "room" in said:
        return "floor"
    return next((name for name in ("number", "block", "group", "floor") if name in said), "")


def _grain_of_chain(match: re.Match[str]) -> str:
    in_street = match.string[max(0, match.start() - 1) : match.start()] in _STREETS
    if _LIKE_A_DATE.match(match[0]) and not (in_street and match["second"]):
        return ""
    if match["second"]:
        return "chain"
    if match["side"]:
        return "flat"
    return "pair" if len(match["last"].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) >= 3 else ""
