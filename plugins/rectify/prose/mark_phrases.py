"""The phrases that marks are made of, as patterns, out of the word list."""

from __future__ import annotations

from collections.abc import Iterable

from rectify.prose.word_lists import any_of, load

WORDS = load("handling")


def any_word(words: Iterable[str]) -> str:
    """Return the pattern of one of some words."""
    return f"(?:{any_of(words)})"


_NUMBER = r"(?:\d{1,4}|[一二三四五六七八九十百两]{1,4})"
_DAY = r"\d{4}(?:年|[./])(?:\d{1,2}(?:月|[./])?(?:\d{1,2}日?)?)?"
PERIOD = rf"(?:{_NUMBER}(?:年|个?月|天|日|周)|长期|永久|{_DAY}|\d{{8}})"
UNTIL = rf"(?:{PERIOD}|[一-鿿]{{1,8}}前)"
"""Behind a star also the event that ends the secrecy: 启用前."""
CARRIER = any_word(WORDS["carriers"])
_ORGAN = any_word(WORDS["organs"])
_LEVEL = rf"(?:国家|军事|一?般?公务)?{any_word(WORDS['levels'])}级?"
SECRET = (
    rf"(?:(?:{_LEVEL}|{any_word([*WORDS['secrets'], *WORDS['secret']])}|涉?{_ORGAN}{{1,2}}(?:工作)?秘密){any_word(WORDS['inner'])}?|商业秘密(?=[·★◆(\[]|,[仅请勿不严])"
    rf"|(?i:(?<![a-z./_\\-]){any_word(WORDS['english_secret'])}(?![a-z]|\.[a-z])))"
)
INNER = rf"{_ORGAN}{{0,2}}(?:内部|党内|军内){any_word([*WORDS['inner'], *WORDS['uses']])}{{1,3}}"
_USES = rf"{any_word(WORDS['uses'])}{{1,3}}"
READERS = any_word(WORDS["readers"])
MEANT = (
    rf"(?:[仅只专]?供{READERS}{{1,8}}{_USES}|[仅只]?限(?:于|在)?{READERS}{{1,8}}{_USES}?|[仅只]{READERS}{{1,8}}{_USES})"
    rf"|(?:仅供|只供|专供)(?:学习|交流|研究|讨论|参阅|传阅|审议|审阅){{1,3}}(?:使用|参考)?|[仅只]?发至{READERS}{{1,6}}"
)
VERB = any_word(WORDS["forbidden"])
FORBIDDEN = rf"{any_word(WORDS['forbidding'])}{any_word(WORDS['forbidding_how'])}*{VERB}(?:[、,或和及与]?{VERB})*"
_GIVEN_BACK = rf"{any_word(WORDS['given_back_how'])}*{any_word(WORDS['given_back'])}"
_KEEPER = r"[一-鿿]{0,6}(?:室|办|处|科|组|机关|单位|人员)"
RETURNED = (
    rf"(?:(?:请于?)?{any_word(WORDS['after'])}(?:毕|完)?(?:后|即)?(?:将{any_word(WORDS['subjects'])}{CARRIER})?{_GIVEN_BACK}"
    rf"(?:{any_word(WORDS['subjects'])}[条页文件]|{_KEEPER})?"
    rf"|{any_word(WORDS['after'])}后请?(?:于?{_NUMBER}个?(?:工作)?[日天]内)?[退交送][还回至到]?[一-鿿]{{1,8}}[室办处科组]"
    rf"|(?:请?于?{_NUMBER}个?(?:工作)?[日天]内{_GIVEN_BACK}{_KEEPER})|限时{_GIVEN_BACK}"
    rf"|{any_word(WORDS['holders'])}{_GIVEN_BACK}(?:{_KEEPER})?)"
)
MARKS = any_word(WORDS["marks"])
_UNSEEN = r"(?:(?:根据|据)[一-鿿]{2,6}整理,?)?未经(?:本人|讲话人|发言人|作者)(?:审阅|审定|审改|审核)"
_ISSUE = (
    rf"{any_word(WORDS['periodicals'])}(?:[(\[]\d{{4}}年?[)\]])?第{_NUMBER}[期号]|报:[县市区省州]委[一-鿿]{{0,4}}领导"
)
WITHHELD = rf"{any_word(WORDS['closed'])}的?(?:附件|附表|材料|资料|部分|版本?)"
INTERNAL = (
    rf"(?:{WITHHELD}|{INNER}|{MEANT}|{FORBIDDEN}|{RETURNED}|{MARKS}|{_UNSEEN}|{_ISSUE}"
    rf"|(?i:(?<![a-z./_\\-]){any_word(WORDS['english_internal'])}(?![a-z])))"
)
SUBJECT = rf"(?:{any_word(WORDS['subjects'])}{CARRIER}|[此本](?=[为系属是]))"
BESIDE = (
    rf"(?:{SUBJECT}{any_word(WORDS['copulas'])}?|{any_word(WORDS['occasions'])}{CARRIER}|{any_word(WORDS['beside'])}"
    rf"|{any_word(WORDS['copies'])}|由[一-鿿]{{1,8}}(?=内部)|请(?:各位|大家)[一-鿿]{{0,4}}(?=阅)|[共印]{{1,2}}(?:数:)?{_NUMBER}份"
    rf"|保密期限[:为]?|未经[^,。]{{0,10}}(?:许可|批准|同意|授权|审批|允许)|总?第{_NUMBER}[期号份页版]|共\d+页"
    rf"|(?i:份号|机要号|机要编号|编号|版本|no\.?|序号):?[A-Za-z]?\d+|{PERIOD}|\d{{1,8}}|请)"
)
