"""Whether somebody lives behind a door: how fine its number is, what it is the number of, and whom the clause is about.

The address of an office, a shop or works is public however fine it is; that of a person is not. The weights are tenths of
natural logarithms, fitted to texts in which the homes were known.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from rectify.core.patterns import compiled
from rectify.prose.late import late
from rectify.prose.people import Person, is_named_between
from rectify.prose.privacy.abodes import is_office
from rectify.prose.privacy.columns import line_at
from rectify.prose.privacy.doors import Door
from rectify.prose.privacy.names import NAME_BEGINS
from rectify.prose.word_lists import any_of, load

_DATA = load("dwellings")
_WEIGHTS: dict[str, int] = _DATA["weights"]
LIVES = late("|".join(_DATA["lives"]))
HOME = late(any_of(_DATA["homes"]))
DWELLS = late(
    rf"{any_of(_DATA['dwells'])}|[租借寄暂现同合独常长]住|租(?:[房屋赁]|给|用于居)|出租屋|房[主东客]|(?<!入)住(?:[在于进处址户]|房(?!保|和|城|公))|户[主家籍口]|[人户长员]家|[婆爷奶姥姨舅姑叔伯]家(?![一-鿿])|租[户客]|业主"
)
_MASKED = late(rf"[{NAME_BEGINS}]某(?![些种个项]|单位|小区|公司|[局镇县市村区乡路街])")
_LABELS = tuple(
    (name, late(rf"(?:{'|'.join(_DATA[words])})[一-鿿]{{0,4}}[：:为是在于到至 \"“|]{{0,3}}$"))
    for name, words in (("living", "living"), ("label", "labelling"))
)
_HOME_BEHIND = late(
    r"[的 （(]{0,2}(?:[一-鿿]{1,3}?(?:家(?!庭|具|电|装|政)|住宅|住处)|家|住[宅处房户]|自住|房[屋子]|老屋|业主|租户|户主|[居村]民|群众|老[太人汉伯]|大[爷妈娘叔]|婆婆|孩子|母[子女]|父[子女]|夫妇|两口子)"
)
_INSIDE = (
    (
        "in dormitory",
        late(
            r"(?:宿舍|家属[院楼区]|公租房|廉租房|经适房|周转房|专家楼|单身楼|职工楼|安置[点房]|公寓)[一-鿿A-Za-z]{0,3}$"
        ),
    ),
    (
        "in estate",
        late(rf"(?:{any_of(_DATA['estates'])})(?:[A-Za-z一二三四东西南北]区|[一二三四五\d]期)?[ -|]{{0,3}}$"),
    ),
    ("in street", late(r"(?:[路街道段]|大道) ?(?:[东西南北中]段?)?$")),
    ("in lane", late(r"(?:[巷弄里]子?|胡同)[内里]? ?$")),
    ("in village", late(r"(?:[村屯庄寨湾坪坡冲坳岭塘沟坝垸畈圩岗垭屋场组社队沱]|嘎查|居委会)[东西南北上下]? ?$")),
)
_COARSE = frozenset(("number", "block", "floor"))
_MANY = late(r"[、至到和及~～—-] ?[A-Za-z]?[\d一二三四五六七八九十]|等|共?\d{1,4}[套户间]")
_BODY = late(
    "(?:[局厅委]|政府|法院|检察院|医院|学院|[中小]学|学校|中心|银行|[支分]行|公司|大厦|宾馆|酒店|招待所|饭店|旅社|(?:综合|办公|教学|住院|门诊|实验|主)楼|[一-鿿]{2}所)[东西南北新老主]?楼?$"
)
"""The house of a body, which its dormitory is not."""
_WORKS = late(any_of(_DATA["works"]))
_THING = late(any_of(_DATA["numbered"]) + r"|\d{2,4}[套间个人]")
_COMMUNITY = late("社区|小区|[村组屯庄]")
_SHOP = late(rf"{any_of(_DATA['shops'])}|中心(?![街路村巷屯镇])")
_SOMEBODYS_BEFORE = late(
    r"(?:(?:(?<![入到进按每各分大商用客住体营店])户|(?:岳[父母]|[父母姐哥弟妹舅姑姨叔伯婆爷子女]|[亲朋][戚友]|[一-鿿]某)家|[烈军遗家]属|光荣[牌匾之家]{1,3}[一-鿿]{0,6}|(?:家访|入户|走访|探访|慰问)[一-鿿]{0,4})[：:（(—\-“]{1,3}|[一-鿿]户)$"
)
"""What is told directly before a door of whose it is: 拆迁户（, 其岳母家（, 家访记录——"""
_SOMEBODYS_BEHIND = late(
    rf"[）)·， ]{{0,2}}(?:归|系|的|是)?(?:[{NAME_BEGINS}]姓(?![名氏])|[{NAME_BEGINS}]家[一-鿿]{{0,2}}[子女儿爷父母]|[烈军遗]属)|[（(][^（）()\n]{{0,8}}(?:产权人|户主|房主|业主)"
)
"""And behind it: 二组史姓村民, 61号烈属"""
_COUNTED = compiled("(?:[住农用租居]户|业主|居民|群众)[约共近]?\\d+[余多]?[户人名]")
"""Who is counted: 惠及住户96户."""
_CLAUSE_END = compiled(r"[。；\n]")
_EDGES = frozenset(" \t\n\u3000，。、；：？！（）()“”\"'《》<>[]【】|/_.!?,:;=\0*")
_CELL_ENDS = frozenset(("", "\n", "|", " ", "\t"))
_AGAINST = frozenset(("office", "many", "works", "shop", "thing", "label"))
_ENOUGH = -10
"""A door that nothing speaks against is one somebody lives behind, but for an address like an office's: 地址：安和路6号."""
_LEFT, _RIGHT, _NEAR, _LINE, _OFFICE_LEFT, _OFFICE_RIGHT = 30, 20, 18, 50, 16, 14


def is_lived_in(text: str, start: int, door: Door, named: list[Person]) -> bool:
    """Return whether a door is that of a home; `start` is where its address begins, `named` are in order."""
    said = list(evidence(text, start, door, named))
    is_free = door.grain not in _COARSE and _AGAINST.isdisjoint(said)
    return sum(_WEIGHTS[name] for name in said) > (_ENOUGH if is_free else 0)


def evidence(text: str, start: int, door: Door, named: list[Person]) -> Iterator[str]:
    """Yield the names of the weights of a door."""
    first, last = line_at(text, start)[0], line_at(text, door.end)[1]
    before = text[max(first, start - _LEFT) : start]
    if start == first:
        before = text[max(0, text.rfind("\n", 0, max(0, first - 1)) + 1, first - _LEFT) : max(0, first - 1)].strip()
    left = _CLAUSE_END.split(before)[-1]
    right = _CLAUSE_END.split(text[door.end : min(last, door.end + _RIGHT)])[0]
    place = text[start : door.start].rstrip() or (
        before if start == first else before[:-1] if before[-1:] == " " else ""
    )
    inside = next((name for name, form in _INSIDE if form.search(place)), "in other place") if place else "alone"
    yield inside
    yield f"{door.grain} {inside}" if door.grain in _COARSE else door.grain
    if inside in ("in lane", "in street") and _COMMUNITY.search(place):
        yield "community"
    if _THING.search(right[:4]):
        yield "thing"
    near = _COUNTED.sub("", text[max(first, start - _NEAR) : min(last, door.end + _NEAR)])
    if is_named_between(named, start - _NEAR, door.end + _NEAR):
        yield "named beside"
    elif is_named_between(named, max(first, start - _LINE), min(last, door.end + _LINE)):
        yield "named on line"
    if "某" in near and _MASKED.search(near):
        yield "masked beside"
    told = [name for name, words in (("lives", LIVES), ("dwells", DWELLS), ("home", HOME)) if words.search(near)]
    yield from told
    yield from islice((name for name, form in _LABELS if form.search(left)), 1)
    if _SOMEBODYS_BEFORE.search(left) or _SOMEBODYS_BEHIND.match(right):
        yield "somebody's"
    if _HOME_BEHIND.match(right):
        yield "home behind"
    elif right and right[0] not in _EDGES:
        yield "goes on"
    # Who goes into the houses of a group of a village leads to none of them.
    if _MANY.match(right) or (door.grain == "group" and right.startswith("入户")):
        yield "many"
    beside = _CLAUSE_END.split(text[max(0, start - _OFFICE_LEFT) : start])[-1]
    behind = right.split("，", 1)[0][:_OFFICE_RIGHT]
    # The dormitory of an office is none.
    own = text[door.start if inside == "in dormitory" else start : door.end]
    if _BODY.search(place) or is_office(f"{beside}{own}{behind}"):
        yield "office beside a home" if "lives" in told or "home" in told else "office"
    if _WORKS.search(f"{beside}|{right[:10]}"):
        yield "works"
    if _SHOP.search(f"{beside}{place}|{right[:10]}"):
        yield "shop"
    if text[max(0, start - 1) : start] in _CELL_ENDS and right[:1] in _CELL_ENDS:
        yield "cell"
