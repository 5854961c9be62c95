"""Names anywhere in a text, by the sum of what speaks for one and against it.

For a name speak the characters that it is made of, what stands before it and what stands behind it; against it the words that
it would be or cut. The weights are tenths of natural logarithms, fitted to texts in which the names were known.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache

from rectify.core.patterns import compiled
from rectify.core.word_breaks import told_by_words
from rectify.prose.late import late
from rectify.prose.privacy.circumstances import does_a_person
from rectify.prose.privacy.likeness import (
    AS_A_WORD,
    BEGINS,
    FIRST,
    GIVEN_WORDS,
    OTHER,
    PAIR,
    SECOND,
    SINGLE,
    SURNAME,
    frequency,
    is_word,
    likeness,
)
from rectify.prose.privacy.names import COMPOUND, LEADERS, NO_GIVEN
from rectify.prose.privacy.parts import CALLED_SO, EDGES, LABELS, PARTS
from rectify.prose.privacy.surroundings import Surroundings
from rectify.prose.word_lists import any_of, load

_DATA = load("people")


def _given(least: int) -> str:
    """Return the characters that given names begin with, if they are so much likelier there than in a text."""
    return "".join(
        one for one in sorted({*FIRST, *SINGLE}) if max(FIRST.get(one, OTHER), SINGLE.get(one, OTHER)) >= least
    )


_COMMON = "".join(one for one, weight in SURNAME.items() if weight > 0)
# Behind what begins many words only what begins many names.
_CANDIDATE = compiled(
    f"[{''.join(sorted({*SURNAME, *(one[0] for one in COMPOUND)}))}]"
    f"(?:(?=[{_given(-5)}{''.join(sorted({one[1] for one in COMPOUND}))} \u3000\n*])|(?<=[{_COMMON}])(?=[{_given(-10)}{''.join(sorted({one[0] for one in GIVEN_WORDS}))}]))"
)
_MASKED = compiled("某")
_GAP = compiled(r"[ \u3000]{1,2}|\n|\*\*")
_BLANKS = frozenset(" \u3000\n*")
_LABELS = frozenset([*LABELS, *_DATA["fields"]])
_NOT_NAMES = frozenset(_DATA["not_names"])
_LEADS = frozenset(_DATA["leads"]) - PARTS
_CALLED, _NOT_CALLED = frozenset(_DATA["called"]), frozenset(_DATA["not_called"])
_SIZES = range(2, 6)
_OPEN = frozenset('（(“"')
_NO_PERSON = late(
    r"(?:养[老殖]|托[育养老]|康养|种植|加工|服务|幼儿|职业|高程)[^，。；、\n]{0,4}?(?:中心|[场院厂站园所]|基地|公司|系统|基准|与|换算)|座谈|艺术团|之家|(?:广告|[^\W\d_A-Za-z系为是该在向对诉告我被将把欠由]){0,8}(?:有限|公司|集团|合作社)|[集老新东西南北上下子]?[镇村乡]|园(?!长)|[一二三四五六\d]期|大?(?:酒店|宾馆|饭店|招待所|旅社|商场|市场|超市|商城)|[林渔农茶牧矿]场|[片灌新矿景园]区|开发区|工业园|示范区|保护区|街道|[路街巷村镇乡桥河江湖山坝塘沟岭坪屯厂站店馆庙祠港湾]|[坳冲垭岔凹塬畈垸][村组口上下]|大道|广场|小区|花园|家园|公司|集团|学校|小学|中学|大学|医院|工程|水库|精神(?![分障残疾病])|故居|纪念|先进|事迹|[县市区州](?!级)|大桥|社区|支部|党委|人民政府|卫生[院室]|公示|段[）)工道]|[证许备核准]?字[（(〔\[\d第]|[德仁和济春]?堂(?![弟哥姐妹兄])|〔|[（(\[](?:19|20)\d\d[）)\]]第?\d{1,4}号|项目|[保景]护?区|学堂"
    r"|(?:、[^，。；、\n]{1,6}){0,4}等(?:地|[\d一二三四五六七八九两]{0,3}个?[村镇乡])"
    r"|(?:、[^，。；、\n]{1,6}){0,4}[\d一二三四五六七八九两]{1,3}(?:[处地村镇乡县市区州旗座条所项口]|个(?:乡|镇|村|街道|社区))"
)
_PLACES = frozenset(
    "线渠闸岭桥港村镇乡县市省区路街巷屯寨庄坝坪湾沟坡垸塘组院所局校站店厂馆庙寺园苑库队社司厅部委办室处科"
)
_AREAS = frozenset("镇村乡县")
_HOMESTEADS = frozenset("祠冲洼渡咀嘴集湾塝坊墩塆窑垭圩堡营岗坎畈塬梁圪潭溪滩洲洞井河湖山台坨崖坞浜")
"""Behind a surname and 家, where many villages are: 曹家冲."""
_PLACE_BEGINS = late("[林渔农茶牧矿]场|[片灌新矿景园]区|开发区|工业园|街道|[中小]学(?!习)|大道")
_PERIODS = frozenset("周季")
_PERIOD_BEFORE, _PERIOD = late(r"[日周旬月季年][^\W\d_A-Za-z]{2}[、，和]$"), late("[、，和][日周旬月季年](?![月日])")
"""What is done again and again: 周调度、月通报、季观摩"""
_WATERS = frozenset("江河湖溪林山洲岛")
_OTHER_COLUMN = late(
    "[村镇乡市区路线河山药厂类库湖桥点]|断面|单位|名称|项目|科室|部门|品|地点|学校|企业|公司|指标|金额|站|岗位|工种|病"
)
_ADDRESSED = late(f"{any_of([*_DATA['titles'], *_DATA['posts'], *_DATA['company_posts']])}|老师|姓")
_TITLE = late(rf"{any_of(_DATA['titles'])}|[一二两三四五六七八九\d]{{1,2}}[人户名位](?!次)")
_ACTS = late(any_of(one for one in _DATA["follows"] if len(one) > 1))
_FOLLOWS = late(
    "[的已未均曾仍也都等和与及因系患被向对在于将从把给之来去不无有领签同要表参死病住出原夫母父妻子女儿违拒擅占侵退补欠缴养低押刑酒吸离丧涉受到为确手检核就拨代转入应需超用提年]"
)
_BEFORE = {
    "role": 21,
    "called": 9,
    "label": 8,
    "done to": 5,
    "start": 3,
    "cell": 0,
    "edge": -1,
    "open": -1,
    "verb": -4,
    "digit": -18,
    "text": -19,
}
_SHOWS = frozenset(("role", "label"))
_NEAR_SOMEBODY = _SHOWS | {"called", "cell"}
_SHOWS_NOBODY = frozenset(("start", "edge", "open", "cell", "verb", "digit", "text"))
_BEHIND = {
    "deed": 13,
    "title": 13,
    "bracket": 6,
    "edge": 4,
    "acts": 3,
    "follows": 0,
    "digit": -8,
    "word": -12,
    "text": -17,
}
_CUTS, _ENDS, _FILLS, _SHORT, _MASKED_ELSEWHERE, _ENOUGH = -11, -28, 7, -16, 5, -10
_TOLD, _TOLD_ALONE, _TOLD_SHORT, _TOLD_SHORT_ALONE = -26, -30, -20, -25
_SHOWS_SOMEBODY = frozenset(("deed", "title", "bracket", "acts"))


def _highest_before() -> dict[str, int]:
    """Return the most that what ends with a character may weigh before a name."""
    most = dict.fromkeys("0123456789", _BEFORE["digit"])
    for kind, words in (
        ("verb", _LEADS),
        ("done to", {one for one in _LEADS if len(one) > 1}),
        ("called", _CALLED),
        ("label", CALLED_SO),
        ("role", PARTS),
    ):
        most.update({word[-1]: _BEFORE[kind] for word in words})
    return {**most, **dict.fromkeys(EDGES, _BEFORE["cell"] + _FILLS), "：": _BEFORE["label"], ":": _BEFORE["label"]}


_HIGHEST_BEFORE = _highest_before()
_MOST_NEEDED = _ENOUGH - _BEHIND["deed"] - _BEFORE["text"]
_NEEDED = {one: _ENOUGH - _BEHIND["deed"] - weight for one, weight in _HIGHEST_BEFORE.items()}
"""What a name must weigh by itself, by the character before it; of a hundred places where one might begin few do."""
_NEEDED[""] = _NEEDED["\n"]


class _Whole:
    """What few names need of the whole text."""

    def __init__(self, text: str):
        self._text = text

    @cached_property
    def masked(self) -> frozenset[str]:
        """The surnames that stand before 某."""
        return frozenset(self._text[match.start() - 1 : match.start()] for match in _MASKED.finditer(self._text))

    @cached_property
    def around(self) -> Surroundings:
        return Surroundings(self._text)


def likely_names(text: str) -> list[tuple[int, int]]:
    """Return where names stand, in order, none touching the next."""
    kept: list[tuple[int, int, int]] = []
    whole = _Whole(text)
    for match in _CANDIDATE.finditer(text):
        start = match.start()
        if not _may_be_one(text[start - 1 : start + 3] if start else f"\n{text[:3]}"):
            continue
        best = max(_weighed(text, start, whole), default=None)
        if best is None:
            continue
        if kept and best[1] < kept[-1][2]:
            best = max(best, kept.pop())
        kept.append(best)
    return [(start, end) for _, start, end in kept]


@lru_cache(100_000)
def _may_be_one(characters: str) -> bool:
    """Return whether a name may begin at the second of four characters, as most of those that a text has often do not."""
    before, surname, first, second = characters[0], characters[1], characters[2], characters[3:]
    if first in _BLANKS or surname + first in COMPOUND:
        return True
    needed = _NEEDED.get(before, _MOST_NEEDED) - SURNAME.get(surname, OTHER)
    alone = SINGLE.get(first, OTHER)
    two = FIRST.get(first, OTHER) + SECOND.get(second, OTHER)
    if two <= needed and alone <= needed:
        if first + second not in GIVEN_WORDS:
            return False
        two = AS_A_WORD
    word = frequency(surname, first)
    needed -= _CUTS * frequency(before, surname)
    return two + BEGINS[word] > needed or alone + PAIR[word] + _CUTS * frequency(first, second) > needed


def _weighed(text: str, start: int, whole: _Whole) -> Iterator[tuple[int, int, int]]:
    """Yield weight, start and end of every likely name that begins at a place."""
    characters, ends = _following(text, start)
    size = 2 if characters[:2] in COMPOUND else 1
    surname, before = characters[:size], _before(text, start)
    for length in (2, 1):
        given = characters[size : size + length]
        if len(given) < length or (not NO_GIVEN.isdisjoint(given) and given not in GIVEN_WORDS) or given[1:] == surname:
            continue
        if surname + given in _NOT_NAMES or (before in _SHOWS_NOBODY and characters[:2] in _NOT_NAMES):
            continue
        end = ends[size + length - 1]
        if surname in _PERIODS and (_PERIOD_BEFORE.search(text, max(0, start - 5), start) or _PERIOD.match(text, end)):
            continue
        weight = likeness(surname, given) + _BEFORE[before]
        weight += _CUTS * (
            frequency(text[end - 1], text[end : end + 1]) + frequency(text[start - 1 : start], text[start])
        )
        most = _BEHIND["deed"] + (_FILLS if before == "cell" else 0)
        if weight + most <= _ENOUGH or (length == 1 and is_word(text[start : end + 1])):
            continue
        if any(_PLACE_BEGINS.match(text, place) for place in ends[size - 1 : size + length - 1]):
            continue
        if _NO_PERSON.match(text, end) or _is_none(text, start, ends[size - 1]):
            continue
        if any(LEADERS.match(text, place) for place in ends[: size + length - 1]):
            continue
        if given == "家" and text[end : end + 1] in _HOMESTEADS:
            continue
        if given[-1] in _AREAS and before not in _SHOWS:
            continue
        if given[-1] in _PLACES or given[0] in _AREAS or (given[0] == "家" and given[-1] in _HOMESTEADS):
            weight += _ENDS if before in _SHOWS else 2 * _ENDS
        elif length == 2 and given[1] in _WATERS:
            weight += _ENDS // 2
        behind = _behind(text, end)
        weight += _BEHIND[behind]
        if length == 1 and before in _SHOWS_NOBODY and behind not in _SHOWS_SOMEBODY:
            weight += _SHORT
        if before == "cell" and behind == "edge" and text[end : end + 2].strip()[:1] == "|":
            weight += _FILLS
        if surname in whole.masked:
            weight += _MASKED_ELSEWHERE
        if weight <= _ENOUGH or told_by_words(text, start, end) > _most_told(before, behind, given):
            continue
        if before != "cell" or not _OTHER_COLUMN.search(whole.around.head(start)):
            yield weight, start, end


def _most_told(before: str, behind: str, given: str) -> int:
    """Return how well words may explain a name (操培训 in 实操培训), by what else shows that there is one."""
    if given in GIVEN_WORDS or (len(given) == 1 and (before in _SHOWS or behind in _SHOWS_SOMEBODY)):
        return _TOLD_SHORT
    if len(given) == 1:
        return _TOLD_SHORT_ALONE
    return _TOLD if before in _NEAR_SOMEBODY else _TOLD_ALONE


def _following(text: str, start: int) -> tuple[str, list[int]]:
    """Return the characters of the longest name that may begin at a place, and where each of them ends."""
    places: list[int] = []
    place = start
    while len(places) < 4 and place < len(text) and "\u4e00" <= text[place] <= "\u9fff":
        places.append(place + 1)
        gap = _GAP.match(text, place + 1) if text[place + 1 : place + 2] in _BLANKS else None
        place = gap.end() if gap else place + 1
    return "".join(text[place - 1] for place in places), places


def _is_none(text: str, start: int, end: int) -> bool:
    """Return whether a surname stands before what people are addressed by, or a leader of the state is named."""
    return bool(_ADDRESSED.match(text, end) or LEADERS.match(text, start))


def _before(text: str, start: int) -> str:
    """Return what stands before a name."""
    last = text[start - 1] if start else "\n"
    if last not in _HIGHEST_BEFORE:
        return "text"
    if last == "\n":
        return "start"
    if last in "：:" and any(text[max(0, start - 1 - size) : start - 1] in _LABELS for size in _SIZES):
        return "label"
    if last in _OPEN:
        return "open"
    if last in EDGES:
        return "cell" if text[max(0, start - 2) : start].strip()[-1:] == "|" else "edge"
    words = [text[max(0, start - size) : start] for size in _SIZES]
    if not PARTS.isdisjoint(words):
        return "role"
    if not CALLED_SO.isdisjoint(words):
        return "label"
    if not _LEADS.isdisjoint(words):
        return "done to"
    if last in _CALLED and text[start - 2 : start] not in _NOT_CALLED:
        return "called"
    return "verb" if last in _LEADS else "digit" if last.isdigit() else "text"


def _behind(text: str, end: int) -> str:
    """Return what stands behind a name."""
    if _TITLE.match(text, end):
        return "title"
    if does_a_person(text, end):
        return "deed"
    after = text[end : end + 1]
    if after in _OPEN and after:
        return "bracket"
    if not after or after in EDGES:
        return "edge"
    if _ACTS.match(text, end):
        return "acts"
    if _FOLLOWS.match(text, end):
        return "follows"
    return "digit" if after.isdigit() else "word" if frequency(after, text[end + 1 : end + 2]) else "text"
