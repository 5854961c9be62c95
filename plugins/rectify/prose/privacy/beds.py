"""Where somebody lies: the numbered bed of a ward or a home, whatever the ward is called.

A bed with a number is taken by one person: 产科一区9床, ICU 2床, 加3床. How many beds there are and what is bought for them is public.
"""

from __future__ import annotations

from collections.abc import Iterator

from rectify.core.patterns import compiled
from rectify.prose.late import late

_SIGN = compiled(r"床(?:(?<=[\d一二三四五六七八九十号窗门]床)|(?=位?号[码为是：: ]))")
"""One of these is in every bed."""
_NUMBER = late(
    r"(?:[第加]|靠[窗门里外])?[A-Z]?(?:\d{1,3}(?:[-—]\d{1,3})?|[一二三四五六七八九十]{1,3})?号?(?:加?床(?:加床)?)$"
)
_IN_WARD = late(
    r"(?:[科区部院所厅楼层室房间舍]|病房|房间|ICU|CCU|[）)”\"])[ -]{0,2}$|(?:科|病区|病房|住院|护理院|养老院|敬老院|福利院|宿舍|寝室|监护室|ICU)[^，。；\n]{0,12}$"
)
_LABELLED = late(r"床位?号码?[为是：: ]{1,3}(?P<bed>[^\s，。；、|]{1,12})")
_COUNTED = late(r"(?:[共设有每约达超核增]|开放|新增|床位|编制|不足|其中)[一-鿿]{0,2}$")
_OF_A_THING = late(
    r"[位单铺垫罩头张具]|以[上下]|规模|[、至到和][^，。；\n]{0,6}床|[^，。；\n]{0,8}(?:设备|呼叫|采购|更换|护栏|监护仪|改造|维修|氧|消毒|配备|配置)"
)
_REACH = 30


def beds(text: str) -> Iterator[tuple[int, int]]:
    """Yield the beds that somebody lies in, with the ward."""
    for sign in _SIGN.finditer(text):
        if labelled := _LABELLED.match(text, sign.start()):
            yield labelled.span("bed")
            continue
        first = max(0, sign.end() - _REACH)
        number = _NUMBER.search(text, first, sign.end())
        if not number or _OF_A_THING.match(text, sign.end()) or _COUNTED.search(text, first, number.start()):
            continue
        if ward := _IN_WARD.search(text, first, number.start()):
            yield min(ward.start(), number.start()), sign.end()
