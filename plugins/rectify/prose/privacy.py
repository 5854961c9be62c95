"""Numbers and addresses that belong to a person, with the masked form to put in their place.

The masked form keeps so much that those concerned recognise it: a telephone number 3 + 4 digits, an identity number its
region and last three characters, an address its street (local masking practice under 个人信息保护法, Art. 25 and 51).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from rectify.core.finding import Finding
from rectify.prose.passage import Passage

_LONG_NUMBER = re.compile(r"\d[\d \-.]{9}")
"""Every number of ten digits and more begins so, whatever stands between its groups."""
_WIDE = "０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ＠＋－．"
_WIDE_CHARACTERS = frozenset(_WIDE)
_NARROW = str.maketrans(_WIDE, unicodedata.normalize("NFKC", _WIDE))
"""Character for character, so that places in the text stay the same; the punctuation of Chinese sentences stays wide."""
_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_DIGITS = re.compile(r"\d{4}")
# G before it makes a pupil's number of an identity number, two digits after it that of a disabled person.
_ID = re.compile(r"(?<![0-9A-FH-Za-z])(?<![0-9A-Za-z]G)(?:\d[ \-]?){17}[\dXx](?=(?:[1-7][1-4])?(?![0-9A-Za-z]))")
_OLD_ID = re.compile(r"(?<![0-9A-Za-z])\d{15}(?![0-9A-Za-z])")
_REGIONS = {
    *range(11, 16),
    *range(21, 24),
    *range(31, 38),
    *range(41, 47),
    *range(50, 55),
    *range(61, 66),
    71,
    81,
    82,
    83,
}
"""GB/T 2260: the first two digits of a division code."""
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT_CODE = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_FIRST_BIRTH, _LAST_BIRTH = 1900, 2099

_MOBILE = re.compile(r"(?<![0-9A-Za-z.])(?:\+?86[ \-]?)?1[3-9]\d[ \-.]?\d{4}[ \-.]?\d{4}(?![0-9A-Za-z元万亿]|\.\d)")
_CONTACT = re.compile(r"联系|电话|值班|监督|举报|咨询|服务|热线|传真|来电|来信|受理|接待|邮箱")
_CARD = re.compile(r"(?<![0-9A-Za-z])\d{4}(?:[ \-]?\d{4}){3}(?:[ \-]?\d{1,3})?(?![0-9A-Za-z])")
_CARD_WORDS = re.compile(r"卡号|账号|帐号|账户|银行|存折|储蓄卡|工资卡|信用卡|一卡通|社保卡")
_ISSUED = re.compile(r"62\d{14,17}|9558\d{15}|(?:4\d|5[1-5])\d{14}")
_OTHER_NUMBERS = re.compile(
    r"订单|合同|编号|编码|代码|文号|流水|单号|批次|批号|证号|证件|身份|许可|凭证|发票|条码|户号|受理号|序列号|索引|档案|资产|金额|坐标"
)
_HOME = (
    "(?:家住|住在|住所(?:位于|地)?|家庭住址|家庭地址|现住址|住址|户籍(?:所在地|地址?)?|现住|现居住于?|居住(?:地|在|于)|常住(?:地址?|于)|住处|家中(?=[（(])"
    "|租住|暂住|(?:患者|病人|父母|子女|老人|信访人|举报人|投诉人|申请人|当事人)住(?!院)|(?:本人|个人|其|家庭)(?:名下)?住房(?:位于|在)|(?:军人|人员|群众|户口)(?:安置)?落户"
    r"|(?:低保户|贫困户|脱贫户|特困户|残疾人|患者|学生|孤儿|村民|居民) ?\| )"
)
_STREET = r"[^，。；：、（）()|\s的]{1,24}?[路街巷道村镇乡区苑园里弄庄]"
# 3号楼2单元501: the room may lack its word; 村3组2024年 goes on with a year.
_HOUSE = (
    r"(?:[^，。；：、（）()|\s的]{0,10}?\d{1,5}(?:号楼|号院|号|室|栋|幢|单元|弄|组)"
    r"(?:[\dA-Za-z\-]{1,6}(?:号楼|号|室|户|栋|幢|单元|楼|层|组)){0,4}(?:\d{3,4}(?![\d年月元万人户]))?"
    r"|[一二三四五六七八九十]{1,3}组|\d{1,3}-\d{1,2}-\d{3,4}(?![\d\-]))"
)
_HOUSE_SIGN = re.compile(r"[\d一二三四五六七八九十](?:[号室栋幢弄组]|单元)|\d-\d{1,2}-\d{3}|(?:小区|花园|家园|苑|里)\d")
"""One of these is in every house number."""
_ADDRESS = re.compile(rf"{_HOME}[：:为在是于（(]{{0,2}}[ \u3000]?(({_STREET}){_HOUSE})")
_VISITED = re.compile(
    rf"(?:[到至赴]|(?:邮寄|送达)地址[：:为是]?)(({_STREET}){_HOUSE})(?<!组)(?=入户|家访|家中|走访慰问|，收件人(?:为|是)?本人)"
)
# Offices have letters sent to a street as well, but not to a dwelling.
_DWELLING = re.compile(
    r"(?:邮寄|送达)地址[：:为是]{0,2}(([^，。；：、（）()|\s的\d]{1,24}?)(?:"
    r"(?:花园|家园|小区|苑|里|[栋幢弄])\d{1,3}(?:号楼|栋|幢|弄|号|-)[\d\-号楼栋幢单元室]{3,14}|(?:\d{1,4}号)?\d{1,3}栋\d{1,2}单元\d{3,4}室?|村(?:\d{1,3}|[一二三四五六七八九十]{1,3})[组号](?:\d{1,4}号)?))"
)
_PLATE = re.compile(
    "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-Za-hj-z][·•・ -]?[A-HJ-NP-Za-hj-np-z0-9]{5,6}(?![A-Za-z0-9])"
)
_PASSPORT = re.compile(
    r"(?<![0-9A-Za-z])(?:[EG]\d{8}|E[A-HJ-NP-Z]\d{7}|[CHLT]\d{8,10}|[PDS]E?\d{7}|(?<=台胞证)\d{8}|(?<=台胞证号)\d{8})(?![0-9A-Za-z])"
)
_PASSPORT_WORDS = re.compile(r"护照|通行证|台胞证|证件号|证照号")
_EMAIL = re.compile(r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}@((?:[A-Za-z0-9-]{1,40}\.){1,4}[A-Za-z]{2,12})", re.ASCII)
_PROVIDERS = {
    "qq.com",
    "vip.qq.com",
    "foxmail.com",
    "163.com",
    "126.com",
    "yeah.net",
    "sina.com",
    "sina.cn",
    "sohu.com",
    "139.com",
    "189.cn",
    "21cn.com",
    "aliyun.com",
    "gmail.com",
    "hotmail.com",
    "outlook.com",
    "live.com",
    "live.cn",
    "icloud.com",
    "yahoo.com",
    "tom.com",
    "wo.cn",
}
# 举报人可发送至…: what people may do is the office's own channel.
_PERSONAL = re.compile(
    r"(?:私人|个人|本人|举报人|投诉人|信访人|反映人|申请人|当事人|学生|家长|患者|村民)(?!.*(?:[可请]|办公室))"
)
_NEAR = 24
"""Characters before a number in which the word for it must stand."""


def privacy(passage: Passage) -> Iterator[Finding]:
    """Return what identifies a private person by itself."""
    text = passage.text
    if not passage.characters.isdisjoint(_WIDE_CHARACTERS):
        text = text.translate(_NARROW)
    if _DIGITS.search(text):
        if _LONG_NUMBER.search(text):
            yield from _ids(passage, text)
            yield from _mobiles(passage, text)
            yield from _cards(passage, text)
        for match in _PASSPORT.finditer(text) if _PASSPORT_WORDS.search(text) else ():
            if _PASSPORT_WORDS.search(_before(text, match)):
                yield passage.found(
                    "P007", match.start(), token=_written(passage, match), example=_masked(match[0], 2, 2)
                )
    # 浙A·1B2C34 has no four digits in a row.
    for match in _PLATE.finditer(text) if not _LETTERS.isdisjoint(text) else ():
        if sum(character.isdigit() for character in match[0]) >= 3:
            yield passage.found("P006", match.start(), token=_written(passage, match), example=_masked(match[0], 2, 2))
    yield from _homes(passage, text)
    if "@" in text:
        yield from _emails(passage, text)


def _written(passage: Passage, match: re.Match[str], group: int = 0) -> str:
    """Return what the file itself holds at a match."""
    return passage.text[slice(*match.span(group))]


def _homes(passage: Passage, text: str) -> Iterator[Finding]:
    if not _HOUSE_SIGN.search(text):
        return
    homes = {match.start(1): match for pattern in (_ADDRESS, _VISITED, _DWELLING) for match in pattern.finditer(text)}
    for match in homes.values():
        yield passage.found("P005", match.start(1), token=_written(passage, match, 1), example=match[2])


def _emails(passage: Passage, text: str) -> Iterator[Finding]:
    for match in _EMAIL.finditer(text):
        before = _before(text, match)
        # Offices often publish such an address for opinions.
        if match[1].lower() in _PROVIDERS and (_PERSONAL.search(before) or not _CONTACT.search(before)):
            name, _, provider = match[0].partition("@")
            yield passage.found(
                "P008", match.start(), token=_written(passage, match), example=f"{_masked(name, 2, 0)}@{provider}"
            )


def _ids(passage: Passage, text: str) -> Iterator[Finding]:
    for match in _ID.finditer(text):
        number = re.sub("[ -]", "", match[0]).upper()
        before = _before(text, match)
        if _is_id(number, before) and ("残疾" in before or not text[match.end() : match.end() + 1].isdigit()):
            yield passage.found("P001", match.start(), token=_written(passage, match), example=_masked(number, 6, 3))
    if "身份证" in text:
        for match in _OLD_ID.finditer(text):
            if "身份证" in _before(text, match) and _is_region(match[0]) and _is_birth("19" + match[0][6:12]):
                yield passage.found(
                    "P001", match.start(), token=_written(passage, match), example=_masked(match[0], 6, 3)
                )


def _is_id(number: str, before: str) -> bool:
    """Return whether 18 characters are an identity number (GB 11643).

    A unified social credit code (GB 32100) may be all digits as well; where both sums are right, its place for the
    division code and the words before decide.
    """
    if not _is_region(number) or not _is_birth(number[6:14]) or "信用代码" in before:
        return False
    if "身份证" in before:
        return True
    total = sum(int(digit) * weight for digit, weight in zip(number, _ID_WEIGHTS))
    if "10X98765432"[total % 11] != number[17]:
        return False
    return not (number[0] in "159" and number[1] in "1239" and int(number[2:4]) in _REGIONS and _is_credit_code(number))


def _is_credit_code(number: str) -> bool:
    total = sum(_CREDIT_CODE.index(character) * pow(3, place, 31) for place, character in enumerate(number[:17]))
    return _CREDIT_CODE[-total % 31] == number[17]


def _is_region(number: str) -> bool:
    return int(number[:2]) in _REGIONS


def _is_birth(digits: str) -> bool:
    try:
        return _FIRST_BIRTH <= date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year <= _LAST_BIRTH
    except ValueError:
        return False


def _mobiles(passage: Passage, text: str) -> Iterator[Finding]:
    for match in _MOBILE.finditer(text):
        digits = re.sub(r"\D", "", match[0])[-11:]
        token, example = _written(passage, match), _masked(digits, 3, 4)
        if _CONTACT.search(_before(text, match)):
            yield passage.found("P003", match.start(), token=token, example=example)
        else:
            yield passage.found("P002", match.start(), token=token, example=example)


def _cards(passage: Passage, text: str) -> Iterator[Finding]:
    for match in _CARD.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        before = _before(text, match)
        # A number of another kind satisfies the sum once in ten, so that without a word only an issuer's number will do.
        issued = (
            _ISSUED.fullmatch(digits)
            and not _OTHER_NUMBERS.search(before)
            and not (len(digits) == 18 and _is_id(digits, before))
        )
        if (issued or _CARD_WORDS.search(before)) and _is_card(digits):
            yield passage.found("P004", match.start(), token=_written(passage, match), example=_masked(digits, 4, 4))


def _is_card(digits: str) -> bool:
    """Return whether 16 to 19 digits satisfy the sum of Luhn (ISO/IEC 7812-1)."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return len(set(digits)) > 1 and sum(value - 9 * (value > 9) for value in doubled) % 10 == 0


def _before(text: str, match: re.Match[str]) -> str:
    """Return the words before a match on its line."""
    return text[max(0, match.start() - _NEAR) : match.start()].rpartition("\n")[2]


def _masked(text: str, head: int, tail: int) -> str:
    """Return a text of which so many characters at both ends are kept."""
    stars = "*" * max(1, len(text) - head - tail)
    return text[:head] + stars + text[len(text) - tail :]
