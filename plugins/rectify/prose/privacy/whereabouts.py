"""Homes that are told otherwise than by a door: a room in a dormitory, where a parcel is put, the code of a household, the way there.

教工宿舍305; 快递放锦和苑11-3驿站; 网格编码YL-DP-07-031户; 进村左拐第二家; 河对岸那间蓝顶房，就是他家.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rectify.core.patterns import compiled
from rectify.prose.late import late
from rectify.prose.people import Person, is_named_between
from rectify.prose.privacy.abodes import PLACE
from rectify.prose.privacy.columns import line_at

_COUNT = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"
_DORMITORY = "(?:宿舍楼?|寝室|舍|教工楼|教师楼|家属[楼院]|员工楼|单身楼|职工楼|公寓楼?|周转房|陪护楼|工棚|生活区)"
_NO_ROOM = r"(?![\d年月日元万余套间个人户名张床米平㎡%.]| ?(?:平方|余|多))"
_ROOM = late(
    rf"(?P<home>{PLACE}{{0,14}}?{_DORMITORY}(?:[A-Za-z]?\d{{1,2}}(?:号楼|[栋幢号楼排]))?[ \-]?(?:[A-Za-z]?\d{{3,4}}(?:-\d{{1,2}})?(?:[室房号]|{_NO_ROOM})|[{'一二三四五六七八九'}]楼(?:[^，。；\s]{{0,4}}[头边间户手侧面]|(?=[”，。；住]|$))))"
)
_PARCEL = late(
    rf"(?P<home>[一-鿿]{{2,8}}?(?:苑|园|小区|家园|新村|[城府庭里湾都郡邸舍居轩]|公寓|华府)(?:[东西南北A-Z]区|[一二三四]期)? ?[A-Za-z]?\d{{1,3}}(?:[栋幢座]|号楼|-)\d{{0,2}}-?\d{{1,4}}(?:室|号|户)?{_NO_ROOM}|{_COUNT}(?:栋|幢|号楼|单元)?[^，。；\s\d]{{0,4}}(?:旁边|对面|隔壁|后面|前面|楼[上下]|拐角)(?:的)?那[户家间栋])"
)
_SENT = compiled(
    "取件|快递|外卖|包裹|丰巢|快递柜|驿站|信箱|投递|派送|送[到至餐货]|收[件货]|寄|签收|上门|敲门|门铃|业主群|物业群|又把|楼道"
)
_WAYS = late(
    rf"(?:进村|村口|路口|下车|过了?[桥河]|上坡|下坡|顺着|沿着|拐进|从)[^。；\n]{{0,14}}?(?:[左右]拐|[左右]手|直走|往[里东西南北上下前]|拐[进弯]|走到?底?|过去)[^。；，\n]{{0,14}}?(?:第?{_COUNT}(?:个)?(?:家|户|门|院|栋|间|排)|[红蓝绿黑铁木白]{{1,2}}[一-鿿]{{0,2}}[门房瓦])(?:，[^，。；\n]{{2,8}}[门房瓦树])?"
)
_POINTED_AT = late(
    r"(?P<home>[^，。；：\n“]{3,24}?(?:房|屋|家|户|门|院|楼|铺|店|窑|船|棚)[子上里]?)[，,]?(?:就|便)?是(?:我|他|她|俺|咱|其|反映人|信访人|举报人|投诉人|户主|老人|当事人|该户|死者|[一-鿿]某)(?:们|自己)?的?(?:家|屋|住处|住的|(?=[，。；”\s]|$))"
)
_FARTHEST = late(
    r"(?P<home>[一-鿿]{2,10}?最[高低里外东西南北上下边后][一-鿿]{0,2}那?[户家间])(?![一-鿿]{0,2}(?:企业|公司|店|单位))"
)
_VISITED = compiled("住|走访|上门|核查|家访|入户|帮扶|户主|老人|家(?=在|住|就)")
_CODE = late(
    r"(?:网格|入户|门牌|房屋|楼栋|(?<![用客商账帐租开农])户主?|住户|农户|一户一|一标三实)(?:地址)?(?:编?码|编号|号码|ID)[为是：: “]{0,3}(?P<home>[A-Z]{0,4}(?:[-–]?[A-Z\d]{1,7}){1,7}户?)(?![\d年月日个张万套])"
)
_HOUSEHOLD = compiled("户主|住户|该户|这户|农户|低保|独居|老人|居民|入户|残疾|家庭|[A-Z\\d]户")
_MAP = late(
    r"(?P<home>(?:[东西南北]{1,2}[经纬])?\d{2,3}°\d{1,2}[′'’]\d{1,2}(?:\.\d+)?[″\"”]?[NESW]?[^。；\n\d]{0,6}\d{2,3}°\d{1,2}[′'’]\d{1,2}(?:\.\d+)?[″\"”]?[NESW]?|(?<=[=/@])(?:7[3-9]|[89]\d|1[0-3]\d)\.\d{3,8}(?:,|%2C)[2-4]\d\.\d{3,8}|(?<![A-Z0-9])[2-9CFGHJMPQRVWX]{4}\+[2-9CFGHJMPQRVWX]{2,3}(?![A-Z0-9]))"
)
_LIVES = compiled("家(?![具电园政畜禽属])|户主|住|门口|老人|宅|反映人|信访人|低保|屋")
_PERSONS = compiled(
    "家属|患者|病人|陪护|老师|教师|学生|同学|工人|民工|寄件|收件|寄信|信访|举报|投诉|反映|来信|住|床位|租|送|访|搬|某"
)
# Begins with a class of every first character, which the search jumps to.
_SIGN = re.compile(
    r"[舍室楼院寓房棚区科床那是码号°+拐手=@苑园村城府庭里湾都郡邸居轩](?:(?<=[舍室楼院寓房棚区])[A-Za-z]?\d|(?<=舍)[一二三四五六]楼|(?<=那)[户家间栋]"
    r"|(?<=是)[我他她俺其反信举投户老当该死][^。；\n]{0,4}(?:家|屋|住|，|。|”|$)|(?<=编码)[为是：:A-Z\d]|(?<=[格户牌屋栋]码)[为是：:A-Z\d]|(?<=户码)|(?<=编号)[为是：: ]{0,2}[A-Z\d]"
    r"|(?<=°)\d|(?<=[A-Z0-9]\+)[2-9A-Z]{2}|(?<=[左右][拐手])|(?<=[=@])\d{2,3}\.\d{3}|(?<=[苑园区村城府庭里湾都郡邸居轩寓]) ?[A-Za-z]?\d{1,3}(?:[栋幢座-]|号楼)\d)",
    re.MULTILINE,
)
_NEAR = 24


def whereabouts(text: str, named: list[Person]) -> Iterator[tuple[int, int]]:
    """Yield the homes of a text that no number of a door tells; all who are named, in order."""
    end = -1
    for sign in _SIGN.finditer(text):
        if sign.start() <= end:
            continue
        start, end = line_at(text, sign.start())
        for pattern, beside in _FORMS:
            for match in pattern.finditer(text, start, end):
                first, last = match.span(match.lastgroup or 0)
                near = max(start, first - _NEAR), min(end, last + _NEAR)
                if beside is None or beside.search(text, *near) or is_named_between(named, *near):
                    yield first, last


_FORMS = (
    (_ROOM, _PERSONS),
    (_PARCEL, _SENT),
    (_WAYS, _LIVES),
    (_POINTED_AT, None),
    (_FARTHEST, _VISITED),
    (_CODE, _HOUSEHOLD),
    (_MAP, _LIVES),
)
