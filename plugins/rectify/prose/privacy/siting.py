"""Homes by where they lie: the last house behind the water tower, a room over the old shop, a tent of a camp.

Nobody can list how people say where a house stands. What they say is made of a few kinds of words: where from something, the
how manieth of a row, what sort of house, a number with a sign; what stands around it says whether somebody lives there or
something is built, mended or sold. A place is a home if together they weigh enough.
"""

from __future__ import annotations

from collections.abc import Iterator

from rectify.core.patterns import compiled
from rectify.prose.late import late
from rectify.prose.people import Person, is_named_between
from rectify.prose.privacy.abodes import is_office
from rectify.prose.privacy.names import NAME_BEGINS
from rectify.prose.word_lists import load

_DATA = load("siting")
_WEIGHTS: dict[str, int] = _DATA["weights"]
_COUNT = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
_NO_COUNT = r"(?!\d|[ ]?(?:年|月|日|元|万|余|多|个|人次|套|张|平|米|㎡|%|％|项|名|吨|亩))"
# Each begins with its rarest characters, which the search jumps to.
_KINDS = {
    "nth": rf"第{_COUNT}个?(?:[户家间排趟栋座顶院箱帐]|门(?!口|市))(?!型|椅|以[上下]|企|公司|超市|店|单位|医院|银行|排)|[头首末]一[家户间排院]|最后一[家户间排院]|唯一一?[家户]|独门独[户院]|最[东西南北里外后前上下][头面边首]?(?=[，一那靠]|的?[那一]?[家户间排栋座院])",
    "side": r"[头边侧首面](?<=[东西南北上下前后里外].)(?!子|条|市场|积|向|际)|旁(?=[，。的一那边])|[东西南北边](?<=路.)(?![路街部区])|隔壁|对[门过]|对面(?=[那的楼小一第])|背后|后(?:(?<=[屋房庙院墙校店厂站].)|(?=[一那]))|尽头|角(?<=[东西][南北].)|拐角|底下|交界|靠[山河路水墙里窗楼东西南北]|往[里东西南北上下前后]|[手拐转](?<=[左右].)|以[东西南北]|游(?<=[上下].)(?!客)|楼上|门口|岔路口|中段",
    "house": r"房(?<=[平瓦土石砖草木板棚窑坯旧老危厢耳头护租建院街].)(?![价源管改产地屋])(?<!公租房)(?<!廉租房)|棚(?<=[窝工].)|毡房|蒙古包|帐篷|老宅|祖屋|小楼|独院|院子|院墙|门(?<=[铁木].)|门(?<=铁皮.)|门(?<=[铁木]大.)|栅栏|人家|那家|住家|民居|居民楼|家属区|宿舍|窑洞|隔间|阁楼|地下室",
    "numbered": rf"号(?:院|楼|门(?!口)|屋|帐|房|箱)(?<=[\d一二三四五六七八九十]..)|[排座栋幢箱弄层楼](?<=[\d一二三四五六七八九十].)(?!型|级|人|款|规|例|次|椅)|条(?<=[\d一二三四五六七八九十].)(?=\d|胡同)|户(?<=[格组村排栋楼社号]\d.)(?!入户)|户(?<=[格组村排栋楼社号]\d\d.)(?!入户)|[楼舍寓社馆所](?<=[工员旅公宿待宾].)[A-Z]?\d{{3,4}}{_NO_COUNT}|[-—][ ]?(?<=\d.)(?:\d{{1,4}}|[甲乙丙丁东西])(?:[ ]?[-—][ ]?\d{{1,4}})?[号户]?(?![\d\-年月日])|[层楼底](?=\d{{3,4}}{_NO_COUNT})",
}
_TOLD = late("|".join(f"(?P<{name}>{form})" for name, form in _KINDS.items()))
_AREA = late(_DATA["area"])
_LIVES_BEFORE = late(rf"(?:{'|'.join(_DATA['lives_before'])})[^，。；：:\n]{{0,3}}[：:“\"]?[^，。；：:\n]{{0,12}}$")
_LIVES_BEHIND = late(
    rf"[”\"）)]?[^，。；\n]{{0,8}}?(?:{'|'.join(_DATA['lives_behind'])}|[{NAME_BEGINS}]某?家(?![庄村店铺具电]))"
)
_PERSON = late("|".join(_DATA["person"]))
_AGAINST = late("|".join(_DATA["against"]))
_MANY = late(r"等|以[上下]|[、至到~～][^，。；]{0,8}[栋幢户层楼]|老旧|住宅楼|共?\d{1,4}[套户间]")
_END = compiled(r"[。；;\n|！？]")
_GAP, _LEFT, _RIGHT, _LONGEST = 14, 26, 18, 60
_MOST = {"nth": 1, "side": 2, "house": 1, "numbered": 3}


def sited(text: str, named: list[Person]) -> Iterator[tuple[int, int]]:
    """Yield the homes of a text that what is said of where they lie tells; all who are named, in order."""
    for start, end, kinds in _runs(text):
        if kinds == ["side"]:
            continue
        left = _END.split(text[max(0, start - _LEFT) : start])[-1]
        right = _END.split(text[end : end + _RIGHT])[0]
        beside = is_named_between(named, start - _LEFT, end + _RIGHT)
        weight = _sum(_for_a_home(left, text[start:end], right, kinds, beside))
        if weight >= _WEIGHTS["enough"] and weight + _sum(_against(left, text[start:end], right)) >= _WEIGHTS["enough"]:
            yield start, end


def _sum(names: Iterator[str]) -> int:
    return sum(_WEIGHTS[name] for name in names)


def _runs(text: str) -> Iterator[tuple[int, int, list[str]]]:
    """Yield where such words stand together in a sentence, and of what kinds they are."""
    start = end = -1
    kinds: list[str] = []
    for match in _TOLD.finditer(text):
        if kinds and (
            match.start() - end > _GAP or match.end() - start > _LONGEST or _END.search(text, end, match.start())
        ):
            yield start, end, kinds
            kinds = []
        if not kinds:
            start = match.start()
        end = match.end()
        kinds.append(match.lastgroup or "")
    if kinds:
        yield start, end, kinds


def _for_a_home(left: str, place: str, right: str, kinds: list[str], named: bool) -> Iterator[str]:
    for kind, most in _MOST.items():
        yield from [kind] * min(kinds.count(kind), most)
    if _AREA.search(f"{left}{place}"):
        yield "area"
    if _LIVES_BEFORE.search(left):
        yield "lives"
    if _LIVES_BEHIND.match(right):
        yield "lives"
    if _PERSON.search(f"{left}{place}{right}"):
        yield "person"
    if named:
        yield "named"


def _against(left: str, place: str, right: str) -> Iterator[str]:
    if is_office(f"{left}{place}{right}"):
        yield "office"
    if _MANY.match(right):
        yield "many"
    said = {match[0] for match in _AGAINST.finditer(f"{left}{place}{right}")}
    yield from ["against"] * min(len(said), 2)
