"""Passports, and the permits and identity cards of Hong Kong, Macao, Taiwan and of foreigners."""

from __future__ import annotations

import re

from stdnum.cn import ric

from rectify.core.patterns import compiled
from rectify.prose.late import late
from rectify.prose.passage import IDEOGRAPH
from rectify.prose.privacy.identity import is_birth
from rectify.prose.privacy.reading import SEPARATOR
from rectify.prose.privacy.recogniser import BEGINS, ENDS, OTHER, Recogniser, Sighting, Words, keep
from rectify.prose.privacy.things import IMPERSONAL, THING
from rectify.prose.word_lists import any_of, load

_DATA = load("people")
_IN_OTHER_TONGUES = r"(?i:passeport|pasaporte|passaport[eo]|reisepass|paspor[t]?|pas[a]?port|h[ộo] ?chi[ếe]u|seaman.?s? ?book|travel ?document)|[пПn]a[cс][пn][oо][рp][тt]|パスポート|여권|หนังสือเดินทาง"
"""As the papers of other nations are called; Cyrillic letters are read as the Latin ones that they look like."""
_PASSPORT = Words(
    rf"护照(?!办(?!理的))|{_IN_OTHER_TONGUES}|持[一-鿿]{{0,4}}照|旅券(?:番号)?|海员(?:证|服务簿)|(?i:passport)|旅行证|证件|证照(?!库|管理|系统)|因[公私]普通|因私证",
    OTHER,
)
_PERMIT = Words(
    r"(?<![车辆路输路区口品])通行证|回乡[证卡]|返乡证|台胞证?|永居|永久居留|居留许可|居留证|居住证|工作许可(?!事项)证?|就业证|外国专家证|来华|港澳|香港|澳门|台湾(?!地区)|HKID|\bEP(?=$|[号：:])|身[份分]证|证照号|证件|签证号?|居留|边防证|难民|(?i:permit|visa|resident|macau|macao|hong ?kong|(?:arc|bir)(?![a-z])|unhcr)",
    OTHER.replace("许可证|", "许可证号(?!码?\\d)|"),
)


def _is_lettered(sighting: Sighting) -> bool:
    """Other countries number passports with letters anywhere; then the label stands directly beside."""
    if sighting.said.isalpha() or sighting.is_amount:
        return False
    if sighting.said.isdigit() or " " in sighting.said:
        if not sighting.said[0].isdigit() or _COUNTRY_BEHIND.match(sighting.after):
            return _is_near_paper(sighting)
        return sighting.follows(_FOREIGN) or (len(sighting.number) == _ALL_DIGITS and _is_foreigners(sighting))
    if sighting.follows(_CITIZEN):
        return True
    return (
        sighting.follows(_PASSPORT) or sighting.follows(_PERMIT) or _is_foreigners(sighting) or _is_near_paper(sighting)
    )


def _is_near_paper(sighting: Sighting) -> bool:
    """Return whether a passport is spoken of on either side of the number, and nothing else is called by it."""
    said = sighting.called
    if sighting.is_masked or sighting.is_in_range or sighting.is_amount or sighting.is_another(_PASSPORT):
        return False
    if (
        sum(one.isdigit() for one in sighting.number) < _LEAST_DIGITS
        or IMPERSONAL.search(said)
        or _A_THING.search(said)
    ):
        return False
    if not _PASSPORT.own.search(sighting.beside):
        return False
    return bool(_COUNTRY_BEHIND.match(sighting.after)) or not THING.search(said)


_LEAST_DIGITS = 4


_COUNTRY, _ROLE = any_of(_DATA["countries"]), any_of(_DATA["foreigners"])
_FOREIGNER = compiled(rf"国籍|(?:{_COUNTRY})籍?(?:{_ROLE}|人(?!民))|[一-鿿]籍(?:{_ROLE}|人)")
"""Somebody from abroad."""
_COUNTRY_BEHIND = late(rf"[（(](?:[美英法德日韩俄印泰越朝缅蒙加澳新墨]|{_COUNTRY})国?籍?[）)，、]")
"""567204819（美）"""
_HOLDS = compiled(rf"(?:[（(：:、，,|持媳妇娘]|证[件号]{{0,2}}|号码?)[ “]?$|(?:{_ROLE}) ?$")


def _is_foreigners(sighting: Sighting) -> bool:
    """Return whether a number stands as what somebody from abroad is identified by, on whose line nothing else is named."""
    start = sighting.place[0]
    if not _HOLDS.search(sighting.joined[max(0, start - 4) : start]) or sighting.is_masked or sighting.is_amount:
        return False
    return bool(_FOREIGNER.search(sighting.line)) and not (
        IMPERSONAL.search(sighting.called) or _A_THING.search(sighting.called)
    )


_FOREIGN = Words(rf"[国联斯]护照|护照[号Nn]|{_IN_OTHER_TONGUES}", OTHER)


_CITIZEN = Words(r"(?:[美英法德日韩俄印泰越朝缅蒙加澳]|[一-鿿]{2}国?)籍(?:人员|员工|配偶|教师|专家|学生)?", OTHER)


def _is_passport(sighting: Sighting) -> bool:
    if not _is_counted_out(sighting):
        return False
    if not sighting.is_labelled(_PASSPORT):
        return bool(_OURS.match(sighting.number)) and _is_near_paper(sighting)
    between = sighting.behind(_PASSPORT)
    return bool(_NUMBER_IS.search(between)) or not THING.search(between)


_OURS = compiled(r"(?:E[A-HJ-NP-Z]\d|[EG]\d\d|[DSP]E?\d)\d{6}$")
_NUMBER_IS = compiled("[（(](?:护照|证件)?(?:号码?|编号)[为是：: ]{0,2}$")
"""个人护照保管在办公室（号码…"""


def _is_permit(sighting: Sighting) -> bool:
    return _is_taiwanese(sighting) or (
        (_is_counted_out(sighting) or (sighting.is_regular and sighting.follows(_PERMIT)))
        and sighting.is_labelled(_PERMIT)
        and not THING.search(sighting.behind(_PERMIT))
    )


_TAIWANESE = compiled(r"[A-Z][12]\d{8}$")
_COUNTIES = {letter: value for value, letter in enumerate("ABCDEFGHJKLMNPQRSTUVXYWZIO", 10)}


def _is_taiwanese(sighting: Sighting) -> bool:
    """The sum of an identity card of Taiwan: the letter counts as two digits, places 1, 9, 8 … 1, 1."""
    number = sighting.said
    if not _TAIWANESE.match(number) or sighting.is_another(_PERMIT) or sighting.is_in_range:
        return False
    tens, ones = divmod(_COUNTIES[number[0]], 10)
    total = tens + 9 * ones + sum(int(digit) * weight for digit, weight in zip(number[1:], (8, 7, 6, 5, 4, 3, 2, 1, 1)))
    return total % 10 == 0 and bool(_OF_TAIWAN.search(sighting.line))


_OF_TAIWAN = late("[台臺]|身[份分]证|证件|统一编号|护照|(?i:taiwan|twn)")
_RARE = frozenset("CDMPS")
"""First letters that most often begin the number of a thing."""
_ALL_DIGITS = 9
_OF_A_THING = compiled(
    "号?(?:型|国家|行业|地方|团体|企业)?(?:标准|计划|文件|合同|订单|单据|项目|审批|批次|设备|产品|发票)"
)
_A_THING = compiled("(?:单据?|订单|发票|合同|计划|标准|批次|批|型号|料|箱|柜)[：: ]?$")
_PARTED = compiled(rf"(?:[{IDEOGRAPH}]/)?·(?:/[{IDEOGRAPH}])?")
"""吴/EK9182736/公务舱"""
_NAMED = compiled(r"(?:[编型图箱件批代][号码]|号码?|码|[Nn][Oo])[：:#. ]?$")


def _is_bare(sighting: Sighting) -> bool:
    """Return whether nothing says that a number of this form is of a thing."""
    start, end = sighting.place
    beside = sighting.joined[max(0, start - 1) : start] + sighting.joined[end : end + 1]
    if sighting.is_masked or sighting.is_in_range or sighting.is_amount or set(beside) & set("-+=#&?"):
        return False
    if "/" in beside and not _PARTED.fullmatch(
        sighting.joined[max(0, start - 2) : start] + "·" + sighting.joined[end : end + 2]
    ):
        return False
    if sighting.is_another(_PASSPORT) or _OF_A_THING.match(sighting.after) or _A_THING.search(sighting.called):
        return False
    if sighting.said[0] in _RARE and re.search(f"[{IDEOGRAPH}]", beside):
        return False
    return not _NAMED.search(sighting.before + (f"{sighting.head}：" if sighting.head else ""))


def _is_counted_out(sighting: Sighting) -> bool:
    """Return whether no amount is meant; digits alone must stand together, as those of a date do not."""
    start = sighting.place[0]
    if sighting.is_masked or sighting.is_in_range:
        return False
    if sighting.said[0].isdigit() and (
        not sighting.said.isdigit()
        or sighting.joined[start - 1 : start] == "-"
        or sighting.joined[start - 2 : start - 1].isdigit()
    ):
        return False
    return not sighting.is_amount


def _is_hong_kong(sighting: Sighting) -> bool:
    """The sum of a Hong Kong identity card: places count 9 to 2, a single letter stands behind a blank (36)."""
    number = sighting.number
    if sighting.is_labelled(_PERMIT):
        return True
    if number[0].isdigit():
        return False
    letters = number[:-7].rjust(2)
    values = [36 if one == " " else ord(one) - 55 for one in letters] + [int(digit) for digit in number[-7:-1]]
    total = sum(value * weight for value, weight in zip(values, range(9, 1, -1)))
    return (total + (10 if number[-1] == "A" else int(number[-1]))) % 11 == 0 and not sighting.is_another(_PERMIT)


def _is_foreign(sighting: Sighting) -> bool:
    number = sighting.number
    right = number[1:17].isdigit() and is_birth(number[6:14])
    valid = sighting.is_regular and ric.calc_check_digit(number) == number[17]
    return right and (valid or sighting.is_labelled(_PERMIT))


_ABROAD = Words(f"{_CITIZEN.own.pattern}|{_PASSPORT.own.pattern}|{_PERMIT.own.pattern}")
_READ_BY_MACHINES = compiled("机读|护照|证件|<|MRZ|\\d(?:CHN|HKG|MAC|TWN)")
_GROUPED = r"(?:[ .\-\n]?\d)"
_DIGITS = rf"(?:{SEPARATOR}\d)"
RECOGNISERS = (
    Recogniser(
        rule="P007",
        form=late(
            rf"{BEGINS}(?=(?P<number>[A-Za-z]{{1,2}}{_DIGITS}{{7,8}}|[(（][A-Z]{{1,2}}[)）]\d{{7,8}}|[A-Za-z]{{0,3}}\d{{8,9}}|[A-Z](?=(?:[A-Z]{{0,8}}\d){{4}})[A-Z\d]{{8}}){ENDS})"
        ),
        valid=_is_passport,
        words=_PASSPORT,
        masked=keep(2, 2),
        source="护照法第七条",
        digits=1,
    ),
    Recogniser(
        rule="P007",
        form=late(r"(?<![A-Za-z<])(?P<number>P[<A-Z][A-Z]{3,25}<[A-Z<]{4,40}|[A-Z]{3,20}<<[A-Z]{2,20}<[A-Z<]{2,40})"),
        valid=lambda sighting: True,
        masked=keep(1, 0),
        source="ICAO Doc 9303",
    ),
    Recogniser(
        rule="P007",
        # The second line of the same: number, sum, nation.
        form=late(
            r"(?<![0-9A-Za-z])(?P<number>[A-Z][A-Z0-9]{7,8}<{0,2}\d(?:CHN|HKG|MAC|TWN|[A-Z]{3}(?=\d{6}))(?:\d{7}[MF<][\dA-Z<]{0,24})?)(?![A-Za-z])"
        ),
        valid=lambda sighting: bool(_READ_BY_MACHINES.search(sighting.before + sighting.line)),
        masked=keep(2, 0),
        source="ICAO Doc 9303",
        digits=1,
    ),
    Recogniser(
        rule="P007",
        form=late(
            rf"{BEGINS}(?=(?P<number>[A-Za-z]{{1,2}}{_DIGITS}{{7,10}}|\d{_GROUPED}{{7,9}}|[A-Za-z]{{3}}{_DIGITS}{{12}}|\d{_GROUPED}{{11,17}}[A-Z]?){ENDS})"
        ),
        valid=_is_permit,
        words=_PERMIT,
        masked=keep(2, 2),
        source="出境入境管理法",
        digits=7,
    ),
    Recogniser(
        rule="P007",
        form=late(
            r"(?<![0-9A-Za-z])(?P<number>[A-Z]{1,2}[ \-]?\d(?:[ \n\-.]?\d){5}[ \-]?[(（][\dA][)）]|[1578][/ ]?\d{6}[/ \-]?(?:[(（]\d[)）]|(?<=/)\d))(?!\d)"
        ),
        valid=_is_hong_kong,
        masked=keep(1, 3),
        source="香港法例第177A章",
        digits=6,
    ),
    Recogniser(
        rule="P007",
        form=late(rf"{BEGINS}(?=(?P<number>9{_DIGITS}{{16}}{SEPARATOR}[\dXx]){ENDS})"),
        valid=_is_foreign,
        masked=keep(6, 3),
        source="GB/T 42763-2023",
        digits=17,
    ),
    Recogniser(
        rule="P026",
        form=late(
            rf"{BEGINS}(?=(?P<number>[EGDSP]\d{{8}}|(?:E[A-HJ-NP-Z]|[PSD]E|C[A-Z])\d{{7}}|[HMC]\d{{8}}(?:\d\d)?){ENDS})"
        ),
        valid=_is_bare,
        masked=keep(2, 2),
        source="护照法第七条",
        digits=7,
    ),
    Recogniser(
        rule="P007",
        form=late(
            rf"{BEGINS}(?=(?P<number>(?=(?:[A-Z]{{0,9}}\d){{4}})[A-Z\d]{{6,16}}|[A-Z]{{2}} \d{{5,7}}(?: [A-Z]{{1,2}})?|[A-Z] \d{{7,8}}(?: [A-Z])?|\d\d \d{{7}}|\d{{9}}){ENDS})"
        ),
        valid=_is_lettered,
        words=_ABROAD,
        masked=keep(2, 2),
        source="ICAO Doc 9303",
        digits=1,
    ),
)
