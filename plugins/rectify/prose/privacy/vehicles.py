"""Licence plates (GA 36), vehicle identification numbers (GB 16735), engine numbers."""

from __future__ import annotations

import re

from rectify.core.patterns import compiled
from rectify.prose.late import late
from rectify.prose.privacy.reading import SEPARATOR
from rectify.prose.privacy.recogniser import BEGINS, ENDS, OTHER, Recogniser, Sighting, Words, keep, masked
from rectify.prose.privacy.things import is_of_another

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵黔粤青藏川宁琼"
_CHARACTER = "[A-Za-z0-9]"
_WORDS = Words(r"车|牌照|号牌|车牌|驾驶|司机", OTHER + "|编号")
_NO_PLATE = compiled(r"-\d{3}|号?(?:令|宗地|地块|标段?|线|楼|井|泵|文|类|区块|片区)|股|.{0,4}(?:片区|标段)")
_NO_VEHICLE = compiled(r"电梯|特种设备|梯\d\d|锅炉|容器|起重|标准|招标|采购")
_DRIVEN = late("车主|司机|驾驶|挪车|[违乱]停|停车|违章|肇事|超速|闯红灯|拖车|罚单")
_OFFICIAL = compiled(
    r"(?:(?:警|公|班|巡逻|采血|殡[仪葬]|运钞|防疫|宣传|监测|检测|体检)车辆?|公务用车|执法(?:执勤)?用?车辆?|环卫(?:作业)?车辆?|洒水车|垃圾(?:清运|转运)?车|校车|公交(?:客?车)?|消防(?:救援)?车|救护车|抢险车|应急车|押运车|清扫车)辆?[：:（(]?(?:[^，。；\s]{7,9}[、和与]){0,3}$"
)


def _is_plate(sighting: Sighting) -> bool:
    if sum(character.isdigit() for character in sighting.said) < 2:
        return False
    if _DRIVEN.search(sighting.line):
        return not _OFFICIAL.search(sighting.before)
    if _NO_PLATE.match(sighting.after):
        return False
    # 梯11湘E00123 is the number of a lift.
    if _NO_VEHICLE.search(sighting.line) and not _WORDS.own.search(sighting.line):
        return False
    # A dot behind the letter is put into nothing else.
    return (sighting.said[2:3] == "." or not sighting.is_another(_WORDS)) and not _OFFICIAL.search(sighting.before)


def _is_labelled_plate(sighting: Sighting) -> bool:
    return bool(_SIGN.own.search(sighting.before[-12:] + sighting.head)) or (
        bool(_TRACTOR.search(sighting.said)) and bool(_FARMED.search(sighting.line))
    )


_HAN_DIGITS = "〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖"
_HEARD = compiled(rf"[A-Z][·. ]?[A-Z0-9]{{0,3}}[{_HAN_DIGITS}][A-Z0-9{_HAN_DIGITS}]")
_ROLLS = compiled("车|牌照|号牌|驾驶|司机")
_TRACTOR = compiled(rf"[{PROVINCES}]\d\d[ ./\-]?\d{{5}}$")
_FARMED = compiled("拖拉机|收割机|农机|变型|三轮|农用|[电自摩]动?[行托]?车|车主|驾驶|号牌")
_SIGN = Words(
    r"号牌|车牌|牌照|牌号|车号|(?:电动|自行|助力|三轮)(?:自行)?车[一-鿿]{0,3}[号牌]|电动[两三四]轮|(?:电[动瓶]|三轮|摩托|助力)车?(?=$)|(?:车主|司机|违停|肇事)[^，。；]{0,6}号码?"
)


_VIN = Words(r"车[架驾]号?|底盘号|大架号|VIN[一-鿿]{1,3}位|车辆识别|识别代号|(?i:vin)", OTHER)
_NO_VIN = frozenset("IOQ")
"""Letters that only a scanner puts into one."""
_VALUES = {
    **{str(digit): digit for digit in range(10)},
    **dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", (1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9))),
}
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def _is_vin(sighting: Sighting) -> bool:
    number = sighting.number
    if not number.isalnum() or number.isdigit() or number.isalpha():
        return False
    if sighting.is_labelled(_VIN):
        return True
    if not _NO_VIN.isdisjoint(number):
        return False
    total = sum(_VALUES[character] * weight for character, weight in zip(number, _WEIGHTS))
    return number[0] == "L" and "0123456789X"[total % 11] == number[8] and not sighting.is_another(_VIN)


def _bare(sighting: Sighting) -> str:
    return re.sub(SEPARATOR, "", sighting.said).upper()


_ENGINE = Words(r"发动机(?:型号及)?(?:号码?|编号)?|电机号|(?i:engine_?(?:no|number))", OTHER)
RECOGNISERS = (
    Recogniser(
        rule="P006",
        form=late(
            rf"(?P<number>(?:WJ ?)?[{PROVINCES}][ \-.·]?[A-HJ-Za-hj-z]{SEPARATOR}(?:{_CHARACTER}{SEPARATOR}){{4,5}}{_CHARACTER}){ENDS}"
        ),
        valid=_is_plate,
        masked=lambda sighting: masked(_bare(sighting), 2, 2),
        source="GA 36-2018",
    ),
    Recogniser(
        rule="P006",
        form=late(
            rf"(?P<number>[{PROVINCES}][ \-.·]?[A-HJ-Za-hj-z0]{SEPARATOR}(?:{_CHARACTER}{SEPARATOR}){{3,4}} ?(?:[挂学警港澳领超试临摩农拖教]|应急)"
            rf"|[{PROVINCES}][ \-.·]?[A-HJ-Z][ \-.·]?临[ \-.·]?\d{{4,6}}|[（(]?[{PROVINCES}][ ]?[A-HJ-Z][）)（(]{{1,2}}(?=[A-Z0-9]{{0,4}}\d)[A-Z0-9]{{5,6}}[）)]?(?![A-Z0-9])"
            rf"|临[ \-.·]?[{PROVINCES}][ \-.]?[A-HJ-Z]{SEPARATOR}{_CHARACTER}{{4,6}}|[{PROVINCES}][A-HJ-Z]\.(?=[A-Z0-9]{{0,3}}\d{{4}})[A-Z0-9]{{7}}(?![A-Z0-9])"
            rf"|[使领]\d{{3}}[ \-.]?\d{{3}}|WJ[ .\-]?(?:[{PROVINCES}]|\d\d)?[ .\-]?\d{{4,5}}[A-Z0-9]?|[VZKHBSLJNGCEDMXYFRTQ][A-Z]{SEPARATOR}\d{{5}}(?=军|部队))"
        ),
        valid=lambda sighting: not _OFFICIAL.search(sighting.before),
        masked=lambda sighting: masked(_bare(sighting), 2, 2),
        source="GA 36-2018",
    ),
    Recogniser(
        rule="P006",
        # As somebody writes it who has only heard it, and the old ones of the army.
        form=late(
            rf"(?P<number>[{PROVINCES}][A-HJ-Z][·. ]?(?=[A-Z0-9]{{0,3}}[{_HAN_DIGITS}])[A-Z0-9{_HAN_DIGITS}]{{5,6}}(?![{_HAN_DIGITS}A-Z0-9])"
            rf"|[{PROVINCES}][A-HJ-Z][·. ]?(?=[A-Z0-9]{{0,5}}[洞幺拐勾两])[洞幺拐勾两二三四五六八零A-Z0-9]{{5,6}}(?=[”\"（(，。、号牌的 ]|$)|[A-Z]{{2}}[·. \-]\d{{5}}(?=[”\"]?号?(?:牌|车(?![间床站])|军))"
            r"|[军空海北沈兰济南广成][A-Z][·. \-]?\d{5}(?!\d)|[使领] ?\d{3}[·. \-]?\d{3}(?!\d))"
        ),
        valid=lambda sighting: (
            bool(_HEARD.search(sighting.said) or _ROLLS.search(sighting.line))
            or (sighting.said[2:3] in (".", "-") and not _NO_PLATE.match(sighting.after))
        ),
        masked=lambda sighting: masked(_bare(sighting), 2, 2),
        source="GA 36-2018",
    ),
    Recogniser(
        rule="P006",
        form=late(
            rf"(?P<number>(?:(?:(?![号牌照为是版本第])[\u4e00-\u9fff]){{1,2}}[A-Z]?|[A-Z]{{2}})(?:\d\d)?[ ·./\-]?\d{{5,7}}|[A-HJ-U]-?\d{{5}}){ENDS}"
        ),
        valid=_is_labelled_plate,
        masked=lambda sighting: masked(_bare(sighting), 2, 2),
        source="道路交通安全法第十八条",
        digits=5,
    ),
    Recogniser(
        rule="P023",
        form=late(rf"{BEGINS}(?=(?P<number>(?:[A-Za-z0-9]{SEPARATOR}){{16}}[A-Za-z0-9]){ENDS})"),
        valid=_is_vin,
        masked=keep(3, 4),
        source="GB 16735-2019",
    ),
    Recogniser(
        rule="P023",
        form=late(rf"{BEGINS}(?=(?P<number>[A-Z0-9]{{6,14}}){ENDS})"),
        valid=lambda sighting: sighting.follows(_ENGINE) and not is_of_another(sighting.line),
        words=_ENGINE,
        masked=keep(2, 2),
        source="GB 16735-2019",
    ),
)
