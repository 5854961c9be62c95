"""Bank cards and the accounts of persons."""

from __future__ import annotations

import re

from stdnum import luhn

from rectify.core.patterns import compiled
from rectify.prose.late import late
from rectify.prose.passage import IDEOGRAPH
from rectify.prose.privacy.identity import is_identity
from rectify.prose.privacy.names import NAME_BEGINS
from rectify.prose.privacy.reading import SEPARATOR
from rectify.prose.privacy.recogniser import BEGINS, ENDS, OTHER, Recogniser, Sighting, Words, keep, masked
from rectify.prose.privacy.things import BODY, THING

_CARD = (
    r"[行社信储]卡|银行|[农工建中交招]行|邮储|卡号|储蓄卡|借记卡|信用卡|工资卡|公务卡|社保卡|一卡通|收款卡|个人卡|绑定卡|退款卡|打卡|存折|折子|[一1]折通|钱包|活期|定期|存单|银联|惠农卡|粮补卡|低保卡"
    r"|个人(?:账|帐)[号户]|(?:账|帐)[\s]?号|(?:账|帐)户|[Cc]ard|开户|汇入|转入|打入|拨付|缴至|收款"
)
_WORDS = Words(_CARD, OTHER + "|编号|编码|代码|公积金|医保|社保个人|参保|证件|身份|残疾|汇票|支票|本票|联行|行号|许可")
_SURE = compiled(
    r"卡号|[行社信储]卡|储蓄|借记卡|信用卡|工资[卡账折]|公务卡|社保卡|一卡通|收款卡|个人卡|绑定卡|存折|折号|[补贴金]折|折子|[一1][折本]通|钱包|零钱|存单|活期|惠农卡|低保卡|(?:个人|私人|本人)(?:账|帐)[号户]"
)
_PERSON = compiled(
    r"户主|户名|村民|农户|本人|个人|私人|姓名|存款人|持卡人|存折|养老金|补贴|工资|抚恤|亲属|家属|其[一-鿿]{0,2}[名妻夫子女父母兄弟姐妹媳婿侄友]|村支书|会计"
)
_NAMED = compiled(
    rf"(?:^|[：:（(，、；|\t ])[{NAME_BEGINS}][{IDEOGRAPH}]{{1,2}}(?=[）)，、；|\t ]|开立|开户|本人|所有|名下|$)"
)
_PAID = compiled(r"工资|补贴|补助|奖补|误入|退款|转账|汇款|付款|收款|户名")
_COMPANY = compiled(
    rf"{BODY.pattern}|红十字|零余额|基金|收入户|支出户|财务|专用|财政|国库|工会|基本户|一般户|监管户|汇缴|保证金|代管|托管|[局委办厅](?=[；，：:）)账])|执收|非税|指定账户"
)
_ISSUED = compiled(r"62\d{14,17}|60[13]\d{13,16}|9558\d{15}|(?:4\d|5[1-5])\d{14}|436742\d{13}|3[47]\d{13}|35\d{14}")


def _is_card(sighting: Sighting) -> bool:
    """A number of another kind satisfies the sum once in ten, so that only an issuer's number will do without a word."""
    number = sighting.number
    if not _ISSUED.fullmatch(number) or not luhn.is_valid(number) or _is_figure(sighting):
        return False
    if sighting.is_labelled(_WORDS):
        return True
    beside = sighting.is_in_row and not sighting.signs.isdisjoint("\t|/")
    return sighting.is_regular and not beside and not sighting.is_another(_WORDS) and not _CODE.search(sighting.before)


_CODE = compiled(r"(?<![号密])码[：:为是]{0,2}$")
"""The end of what things are called by: 标识明码."""


def _is_like_card(sighting: Sighting) -> bool:
    """Return whether a number has an issuer's form but not the sum, as a number copied wrongly has."""
    if _is_figure(sighting) or sighting.is_another(_WORDS) or _WORDS.are_other(sighting.before[-_WORDS.reach :]):
        return False
    labelled = bool(_ON_A_CARD.search(sighting.before))
    return (sighting.is_regular or labelled) and not sighting.is_part and not sighting.is_in_row


_ON_A_CARD = compiled(r"(?:(?<![一-鿿])卡|[全此该其持行社农信储补账]卡|卡号|[账帐]号)[号为是：: ]{0,3}$")


def _is_pointed(sighting: Sighting) -> bool:
    """Return whether commas part the figures of a card: its label stands before it, or nothing else has so many."""
    number = sighting.number
    if len(number) not in _LENGTHS or sighting.is_amount or len(set(number)) < 3:
        return False
    return bool(_ON_A_CARD.search(sighting.before)) or (bool(_ISSUED.fullmatch(number)) and luhn.is_valid(number))


_LENGTHS = frozenset((15, 16, 17, 18, 19))
_POINT = '[，、,“”" ]'


def _is_to_pay(sighting: Sighting) -> bool:
    """Return whether a code leads to the money of a person: what an office is paid by, is its own."""
    own = sighting.said.removeprefix("https://").startswith("u.wechat")
    return bool(own or sighting.is_somebodys or _PAYEE.search(sighting.line)) and not _COMPANY.search(sighting.line)


_PAYEE = late(
    "个人|私人|本人|收款人|[村站所]长|会计|出纳|支书|书记|当事人|[嫌疑犯罪]人|外教|教师|农户|户主|老板|司机|他|她|其"
)
_TOLD = compiled("个人|私人|^[账帐]")


def _is_account(sighting: Sighting) -> bool:
    """An account that is no card belongs to whoever is named with it."""
    number, said = sighting.number, sighting.before + sighting.head
    if not (_WORDS.own.search(said) or _PAID.search(said)) or _is_figure(sighting):
        return False
    paid = bool(_PAID.search(sighting.before)) and (len(number) in (16, 19) or bool(_TOLD.search(sighting.told)))
    if not paid and not sighting.is_labelled(_WORDS):
        return False
    if _ISSUED.fullmatch(number) or _SURE.search(said[-14:]):
        return True
    if _COMPANY.search(sighting.line):
        return False
    summed = luhn.is_valid(number) and len(number) >= 16
    return bool(summed or _PERSON.search(sighting.line) or _NAMED.search(sighting.line))


def _is_like_account(sighting: Sighting) -> bool:
    """Return whether an account is said to be one, and nobody's name or a body's stands beside it."""
    if _is_figure(sighting) or not sighting.follows(_PLAIN):
        return False
    return not _COMPANY.search(sighting.line) and not THING.search(sighting.label(_PLAIN))


def _is_figure(sighting: Sighting) -> bool:
    """Return whether an amount, an identity number or a row of the same digit is meant."""
    number = sighting.number
    if len(set(number)) < 3 or sighting.is_amount or (len(number) == 18 and is_identity(number)):
        return True
    return bool(re.match(r"\.\d{1,2}(?!\d)", sighting.joined[sighting.place[1] :][:4]))


def _of(first: str, least: int, most: int) -> re.Pattern[str]:
    return late(rf"{BEGINS}(?=(?P<number>{first}(?:{SEPARATOR}\d){{{least - 1},{most - 1}}}){ENDS})")


# One length at a time: where columns stand side by side, the longest would run into the next.
CARDS = tuple(
    Recogniser(
        rule="P004",
        form=_of("[3-69]", length, length),
        valid=_is_card,
        masked=keep(4, 4),
        source="ISO/IEC 7812-1",
        digits=length,
    )
    for length in (19, 16, 18, 17, 15)
)
_ABROAD = late(r"(?i:iban|usdt|btc|eth|trc|erc|钱包|[账帐]户|[账帐]号|收款|地址)")
_PLAIN = Words("(?:账|帐)[号户](?:[：:]?[一-鿿]{1,6}[行社])?|开户")
_ACCOUNT = Words(f"{_WORDS.own.pattern}|{_PAID.pattern}")
ACCOUNTS = (
    Recogniser(
        rule="P004",
        form=_of(r"\d", 12, 22),
        valid=_is_account,
        words=_ACCOUNT,
        masked=keep(4, 4),
        source="JR/T 0008-2000",
        digits=12,
    ),
)
LIKE_CARDS = (
    Recogniser(
        rule="P026",
        form=_of(r"\d", 12, 22),
        valid=_is_like_account,
        words=_PLAIN,
        masked=keep(4, 4),
        source="JR/T 0008-2000",
        digits=12,
    ),
    Recogniser(
        rule="P026",
        form=late(rf"(?<![0-9A-Za-z.])(?P<number>[3-69]\d{{0,6}}(?:{_POINT}{{1,2}}\d{{1,7}}){{2,18}}){ENDS}"),
        valid=_is_pointed,
        masked=keep(4, 4),
        source="ISO/IEC 7812-1",
        digits=3,
    ),
    Recogniser(
        rule="P026",
        form=late(
            r"(?<![A-Za-z0-9])(?P<number>wxp://[\w\-]{6,60}|(?:https?://)?(?:qr\.(?:alipay|95516)\.com|u\.wechat\.com|weixin\.qq\.com/[gr])/[\w\-]{6,60}|alipays?://[\w\-?=&/]{6,60})"
        ),
        valid=_is_to_pay,
        masked=lambda sighting: masked(sighting.said, 8, 0),
        source="个人信息保护法第四条",
    ),
    Recogniser(
        rule="P026",
        # International accounts and those of no bank at all.
        form=late(
            r"(?<![A-Za-z0-9])(?P<number>[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?|T[1-9A-HJ-NP-Za-km-z]{33}|0x[0-9a-fA-F]{40}|bc1[0-9a-z]{38,58})(?![A-Za-z0-9])"
        ),
        valid=lambda sighting: bool(_ABROAD.search(sighting.before[-16:])) and not _COMPANY.search(sighting.line),
        masked=keep(4, 2),
        source="ISO 13616-1",
    ),
    Recogniser(
        rule="P026",
        form=late(rf"{BEGINS}(?=(?P<number>62(?:{SEPARATOR}\d){{14}}(?:(?:{SEPARATOR}\d){{3}})?){ENDS})"),
        valid=_is_like_card,
        masked=keep(4, 4),
        source="ISO/IEC 7812-1",
        digits=16,
    ),
)
