"""Masks that hide nothing: too little of a number, or a part that stands elsewhere; a name masked here and written there.

A mask must leave so many possibilities that nobody can try them all, and the same part must be hidden everywhere
(GB/T 37964-2019 on de-identification). 138****1234 and 330102*********230 are masked as they should be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, islice
from typing import NamedTuple

from rectify.core.finding import Finding
from rectify.core.patterns import compiled
from rectify.prose.late import late
from rectify.prose.passage import IDEOGRAPH, Passage
from rectify.prose.people import Person, persons
from rectify.prose.privacy.aliases import aliases
from rectify.prose.privacy.columns import line_at
from rectify.prose.privacy.hashes import sums
from rectify.prose.privacy.likeness import is_given
from rectify.prose.privacy.named_masks import complements, foreign_masks, named_masks, told_masks
from rectify.prose.privacy.names import GIVEN_NAME, NAME_BEGINS, is_value
from rectify.prose.privacy.pieces import TELLS, birth_beside, in_digits, pieces_of, told_in_parts
from rectify.prose.privacy.pinyin import spelled
from rectify.prose.privacy.reading import Reading, read
from rectify.prose.privacy.spans import apart
from rectify.prose.privacy.told_apart import told_apart
from rectify.prose.privacy.undone import undone
from rectify.prose.privacy.vehicles import PROVINCES

_SIGN = "*×•★☆※\u2580-\u25ca\u25cc-\u25ff\u2b1b\u2b1c\uffed\uffee?？#"
_WORDED = r"[某…_](?:(?<!_)|(?=_)|(?<=__)|(?<=\d{8}_)(?!\w))"
"""What stands for digits among them, and for other things elsewhere."""
_NUMBER = compiled(
    rf"(?<![0-9A-Za-z{_SIGN}])[{PROVINCES}]?(?=[0-9A-Za-z·]*(?:[{_SIGN}]|(?<=\d)(?:{_WORDED}|[Xx](?:[Xx]|(?=\d)))|(?<=\d{{10}})[Xx]))"
    rf"(?:[0-9A-Za-z·{_SIGN}]|{_WORDED}){{6,20}}(?![0-9A-Za-z{_SIGN}])"
)
_SPACED_SIGN = f"{_SIGN}Xx"
_GROUPED = late(
    rf"(?<![0-9A-Za-z{_SIGN}\-/])(?<![0-9{_SIGN}] )(?=[0-9{_SIGN}])(?=[0-9]{{0,6}}(?:[{_SPACED_SIGN}]{{1,6}}[0-9]{{0,5}}[ \-/]|[ \-/][0-9 \-/]{{0,60}}[{_SPACED_SIGN}]))(?:[0-9{_SPACED_SIGN}]{{1,8}}[ \-/]){{1,18}}[0-9{_SPACED_SIGN}]{{1,14}}(?![0-9A-Za-z{_SIGN}\-/])"
)
_MIDDLE = compiled(rf"(?!\*\*\d+\*\*(?!\*))(?<![{_SIGN}])[{_SIGN}]{{2,}} ?\d{{3,12}} ?[{_SIGN}]{{2,}}")
_ROOM = compiled(rf"[幢栋座元](?:\d{{0,2}}[{_SIGN}]\d{{2}}|\d{{1,3}}[{_SIGN}](?![{_SIGN}]))(?!\d)")
_ADDRESS = re.compile(
    rf"(?<![\w.{_SIGN}])[A-Za-z0-9][\w.]{{2,30}}[{_SIGN}][\w.]{{1,30}}@[\w.]+|[\w.]{{5,30}}[{_SIGN}]@[\w.]+|[\w.]{{8,30}}[{_SIGN}]{{2}}@[\w.]+|(?<![\w.{_SIGN}])[A-Za-z0-9][{_SIGN}][\w.]{{5,30}}@[\w.]+"
    rf"|(?<![\w.{_SIGN}])[A-Za-z0-9][\w.]{{3,30}}@\w{{0,8}}[{_SIGN}]{{1,4}}\w{{0,4}}\.[a-z]{{2,3}}"
    rf"|[\w.]{{1,30}}\*+[\w.]{{0,20}}[（(][\w.]{{2,20}}[）)]@[\w.]+|[\w.]{{1,30}}\*+[\w.]{{0,20}}@[\w.]+[（(][^（）()\n]{{0,12}}?[\w.]{{4,20}}[）)]",
    re.ASCII,
)
_ACCOUNT = late(r"(?a:(?<![\w.])[A-Za-z][\w.\-]{0,20}\*{1,8}[\w.\-]{0,20}(?:@[\w.]{2,20})?)(?![\w.*])")
_FILLED = late(
    r"(?:星号|\*|完整|全(?:[称号名文]|(?=[：:]))|隐去?|遮[住盖]?|打码|补全?)[^，。；\nA-Za-z\d]{0,6}[：: ]?(?a:([a-z][\w.\-]{2,30}(?:@[\w.]{2,20})?))"
)
"""What a mask of letters hides."""
_BIRTH_YEAR = late(
    rf"(?:出生|生于|生日|生年)[^，。；\d\n]{{0,8}}(?:19(?:\d[{_SIGN}X某]|[{_SIGN}X某]\d)年?(?:\d{{1,2}}月)?|(19[{_SIGN}X某]{{2}}年\d{{1,2}}月\d{{1,2}}日)[^。\n]{{0,12}}?\d{{2}}周?岁|((?:19|20)\d\d年\d{{1,2}}月(?:[{_SIGN}X某]\d|[12][{_SIGN}X某])日))"
)
"""Of which too little is masked, or what the age tells."""
_LIKE_IDENTITY = compiled(r"\d{6}(?:19|20)[\d*]{2}\*")
"""Of which a digit is missing."""
_TAIL = late(r"(?:尾号|末[一-鿿]?位)[为是：: ]{0,2}(\d{3,6})(?!\d)")
_BIRTH_SAID = late("出生|生日|生于")
_MASKED_DATE = late(
    rf"(?<![\d{_SIGN}])(?:(?:19|20|一九|[{_SIGN}X]{{2}})[\d{_SIGN}X某]{{2}}年(?:[\d{_SIGN}X某]{{1,2}}月[\d{_SIGN}X某]{{1,2}}日)?|[{_SIGN}X]{{4}}[\-./]?[01]\d[\-./]?[0-3]\d(?!\d)|(?:19|20)\d\d[\-./]?[{_SIGN}X]{{2}}[\-./]?[{_SIGN}X]{{2}}(?![{_SIGN}X\d]))"
)
_DATE_SIGN = compiled(rf"[{_SIGN}X][年月日0-3\-./]|\d[\-./]?[{_SIGN}X]{{2}}")
_DATE_REST = late(
    r"(?<!\d)(?:(?:19|20)\d\d年|(?:19|20)\d\d(?:0[1-9]|1[0-2])[0-3]\d(?!\d)|\d{1,2}月\d{1,2}[日号]|(?:\d{2,3}|[一二三四五六七八九十]{2,3})周?岁)"
)
_AGED = late("属[鼠牛虎兔龙蛇马羊猴鸡狗猪]|岁|年龄")
_BARE_DATE = late(r"(?<!\d)((?:19|20)\d\d(?:[01]\d[0-3]\d|[年./\-]\d{1,2}[月./\-]\d{1,2}))(?!\d)")
_GIVEN_TOLD = late(
    rf"[{NAME_BEGINS}](?:某{{1,2}}|[*×]{{1,2}})[一-鿿]{{0,4}}[，（(]{{0,2}}[一-鿿]{{0,3}}?(?:名[字]?|唤|称呼?)[为是叫：]{{0,2}}[（(“\"‘「]?({GIVEN_NAME})(?=[）)，。、；”\"’」]|$)"
)
_HIDDEN_ONE = rf"(?:[{NAME_BEGINS}](?:某{{1,2}}|[*×○]{{1,2}}|[Xx]{{1,2}}(?![A-Za-z\d]))|(?<![A-Za-z])[A-Z]某)"
_ONE_HIDDEN = late(_HIDDEN_ONE)
_MASKED_ONE = rf"{_HIDDEN_ONE}[一-鿿]?"
_ALSO_CALLED = late(
    rf"({_MASKED_ONE})[（(，](?:又名|又叫|绰号|外号|诨名|小名|乳名|人称|别名|曾用名|[一-鿿]{{0,4}}(?:签字|签名|署名|落款)[为是]?(?={GIVEN_NAME}))"
)
_ONLY_ONE = late(
    rf"({_MASKED_ONE}|[小老][{NAME_BEGINS}])[（(，]([^。；\n（）()]{{0,30}}?(?:唯一|(?:仅|只)(?:此|有|其|他|她|剩|这)?(?:他|她|其)?一[人户名家个位](?=[^，。；）)]{{0,8}}(?:[，。；）)]|$))|(?<![每凡为])一人户)[^，。；\n（）()]{{0,8}})"
)
_NO_NAME = late(r"(?:代号|化名)[A-Z甲乙丙丁][^。；\n]{0,6}?(?:即|系|是|为)([一-鿿]{2,12}唯一的?[一-鿿]{2,8})")
"""Whom a letter stands for."""
_OF_A_HEAD = late(
    rf"({_MASKED_ONE})[，（(]?(?:[系是为]|(?=[原时现前]))[^，。；\n]{{2,14}}(?:院长|校长|园长|局长|镇长|乡长|书记|主任|所长|站长|经理)(?:[{NAME_BEGINS}]某{{1,2}})?[之的](?:[妻夫子女父母兄弟姐妹]|丈夫|妻子|儿子|女儿|父亲|母亲)"
)
_LETTERS = late(
    rf"(?P<hidden>{_HIDDEN_ONE})[一-鿿]?(?:[（(][^（）()\n]{{0,8}}?|，?(?:全名|姓名|汉语)?拼音[：:为是]{{0,2}} ?)(?P<letters>[A-Za-z]{{2,8}}[ \-]?[A-Za-z]{{2,12}})(?=[）)，。；、\n]|$)"
)
_CHARACTER = late(
    r"(?:单名[一-鿿]{0,3}|(?:中间|[前后末首名])[一-鿿]?)[“\"‘「『][一-鿿](?=[”\"’」』])|字[前后]面?[为是系：:]{1,2}[“\"‘「『]?[一-鿿]{1,2}|[一-鿿][”\"’」]?[字偏]?旁(?=加|[，。、一-鿿]?[“\"‘「])|(?:中间|[前后末首名]|第[一二三])[一个的]{0,2}字[为是系：:念]{1,2}[“\"‘「『]?[一-鿿]"
)
_TOLD = compiled('单名|[为是个][“‘「『]|字[前后]|字[为是系：:念]|旁加|旁[，。、]?[“"‘「]')
_MAY_BE_TOLD = ("单名", *"字旁“‘「『")
_ONLY = late(
    rf"{_HIDDEN_ONE}[^。；\n]{{0,24}}?(?P<who>[一-鿿]{{0,6}}唯一[一-鿿]{{2,10}}|[一-鿿]{{1,8}}(?:小学|中学|学校|幼儿园|学院|[一二三四五六七八九十][中小])[一-鿿]{{0,3}}(?:[一二三四五六七八九\d]{{1,2}}年级|[一二三初高中大][（(一二三]?|[一二三四五六七八九][（(]\d)[^，。；\n]{{0,6}}班[一-鿿]{{0,4}}|[^，。；\n（）()]{{2,20}}那[个位家名户][^，。；\n（）()]{{1,10}})"
)
"""Whom a masked name means, where there is one such person only."""
_KIN = late(
    rf"({_MASKED_ONE})(?:[之的](?:[父母妻夫子女]|丈夫|妻子|儿子|女儿|父亲|母亲)[{NAME_BEGINS}]{GIVEN_NAME}"
    rf"|，(?:配偶|妻子|丈夫|儿子|女儿|父亲|母亲)[：: ]?(?P<kin>[{NAME_BEGINS}]{GIVEN_NAME})(?=[，。；（(、])"
    rf"|[，（(、系为是]{{1,3}}[一-鿿]{{0,10}}(?:[{NAME_BEGINS}]{GIVEN_NAME}[之的](?:[父母子女妻夫兄弟姐妹]|丈夫|妻子|儿子|女儿|家属)|(?<=其)[父母妻夫子女兄弟姐妹]亲?[为系是][一-鿿]{{0,8}}?[{NAME_BEGINS}]{GIVEN_NAME}))"
)
_NAME = late(
    rf"[{NAME_BEGINS}](?:某{{1,2}}|[*×○]{{1,2}})[（(][“\"]?({GIVEN_NAME})[”\"]?(?:[一二两]字[^（）()\n]{{0,8}})?[）)]"
)
_WHOLE_NAME = late(
    rf"(?P<mask>(?P<one>[{NAME_BEGINS}])(?:某|[*×○]|[Xx](?![A-Za-z\d]))(?P<last>[{IDEOGRAPH}]))(?=[^{IDEOGRAPH}])[^\n]{{0,60}}?(?P<whole>(?P=one)[{IDEOGRAPH}](?P=last))"
    rf"|(?P<masked>(?P<first>[{NAME_BEGINS}])(?:某{{1,2}}|[*×○]{{1,2}})(?:先生|女士)?)(?=[^{IDEOGRAPH}*×○])[^。\n]{{0,24}}?(?:[真全实本原姓]名|隐去|打码|遮[住盖])[^，。；\n]{{0,4}}?[：:为是写叫“\"（( ]{{1,3}}(?P<name>(?P=first)[{IDEOGRAPH}]{{1,2}})"
    rf"|(?P<given>[*×]{{1,2}}[{IDEOGRAPH}])(?=[^{IDEOGRAPH}])[^。\n]{{0,12}}(?P<surname>姓[{NAME_BEGINS}])(?![名氏])"
)
"""王○明 and 王启明, 刘** and 真名刘建国, **丽 and 姓庞."""
_SPACED_NAME = late(rf"([{NAME_BEGINS}])某{{1,2}}[（(](\1[\-·. ]?[一-鿿](?:[\-·. ]?[一-鿿])?)[）)]")
"""罗某某（罗-小-莲）"""
_SPELLED = late(r"的[“\"‘]?(?P<one>[一-鿿])(?=[，、。）)字”\"’]|$)")
"""建设的建, if the last character stands before."""
_COMPANY = re.compile(r"9[1-3]\d{6}MA", re.ASCII)
"""What the code of a company begins with."""
_MIDDLE_SHOWN = compiled(r"1[3-9]\d{5}\*{4}$")
"""1385678****, where the usual mask hides 5678: both together leave nothing hidden."""
_OF_A_CARD = compiled(r"(?:62|4[0-9]|5[1-5]|60|68|9[5-9])\d{4}")
"""What the number of a card begins with; its last digit leaves a thousand possibilities of four that are hidden."""
_MEASURE = compiled(r"[a-z]m$|m$|kg$|^(?!1[3-9]\d)\d{1,5}(?:[*×]\d{1,5}){1,3}$")
_LETTER = compiled("[A-WYZ]")
_HAS_SIGN = compiled(f"[{_SIGN}]")
_HAS_WORDED = compiled(_WORDED)
_QUICK = re.compile(
    rf"[{_SIGN}XＸx](?:(?<=[0-9].)|(?<=[0-9][A-Z \-].)|(?=[0-9])|(?=[\w.（）()]{{0,30}}@)|(?<=[A-Za-z_@]\*))|[某…](?<=[0-9].)|_(?<=[0-9].)(?!\w)|__",
    re.ASCII,
)
"""What is in every text with a masked number."""
_STARRED = compiled(
    rf"[*×]{{1,2}}[{IDEOGRAPH}][^。\n]{{0,12}}姓|[*×○](?<=[{NAME_BEGINS}].)[*×○]?(?![*×○])|[Xx](?<=[{NAME_BEGINS}].)[Xx]?(?![A-Za-z\d])"
)
_HIDES = compiled(rf"[{_SIGN}XＸ]\\?[0-9]|[0-9]\\?[{_SIGN}XＸ]|[{NAME_BEGINS}](?:某|[*×](?!\*))")
"""What is in every text that hides a number or a name."""
_OF_A_THING = late(
    "(?:项目|合同|批次|标段|采购|招标|资产|设备|档案|文件|工单|订单|案件|线索)[^，。；\n]{0,2}号[码为是：: ]{0,2}$"
)
_A_KEY = compiled(r"[（(，,][*#][为是](?!\d)")
"""12388*2（*为转接键）"""
_LEAST, _WORD = 4, 3
"""Characters that a mask of a long number must hide."""
_NEAR, _BESIDE, _MOST, _MOST_SOUGHT = 60, 12, 200, 20
_IDENTITY, _CARD, _MOBILE = 18, 16, 11
_SIZES = frozenset((11, 15, 16, 17, 18, 19))
_BIRTH = slice(6, 14)

_HIDDEN = compiled(f"[{NAME_BEGINS}](?:某|[*×○](?![*×○]{2}))")
_MASKED_NAME = late(rf"([{IDEOGRAPH}]{{4,10}})([{NAME_BEGINS}])(?:某[{IDEOGRAPH}]?|[*×]{{1,2}}[{IDEOGRAPH}]?)")
_UNIT = compiled("[村组局所校学院司站镇乡社班县厂店]")
_BEFORE_NAME = 10
_ALIKE = 4
"""Characters before both that say that the same person is meant."""


def recoverable(passage: Passage, reading: Reading, named: Sequence[Person]) -> Iterator[Finding]:
    """Return the masks of a text that can be undone by the text itself; all whom it names, in order."""
    text = in_digits(reading.text)
    spans = {*named_masks(text, named), *foreign_masks(text), *told_masks(text), *aliases(text, named)}
    spans |= {*told_apart(text), *undone(text), *sums(text)}
    if _STARRED.search(text):
        spans.update(complements(text))
    if "生" in passage.characters and _DATE_SIGN.search(text):
        spans.update(_dates(text))
    if TELLS.search(text):
        spans.update(told_in_parts(text))
    if any(one in text for one in _MAY_BE_TOLD) and _TOLD.search(text):
        told = [match.span() for match in _CHARACTER.finditer(text)]
        spans.update(told)
        spans |= {
            match.span() for start, _ in told for match in _ONE_HIDDEN.finditer(text, max(0, start - _BESIDE), start)
        }
    if "某" in passage.characters or _STARRED.search(text):
        for match in _WHOLE_NAME.finditer(text):
            spans |= {match.span(part) for part, said in match.groupdict().items() if said and len(said) > 1}
        spans |= {
            match.span(1)
            for pattern in (_NAME, _GIVEN_TOLD, _KIN, _ALSO_CALLED, _OF_A_HEAD)
            for match in pattern.finditer(text)
            if (pattern is not _NAME or is_given(match[1]))
            and (pattern is not _KIN or not match["kin"] or is_value(match["kin"]))
        }
        spans |= {match.span(part) for match in _LETTERS.finditer(text) for part in ("hidden", "letters")}
        spans |= {match.span(2) for match in _SPACED_NAME.finditer(text)}
        spans |= {match.span("who") for match in _ONLY.finditer(text)}
        spans |= {
            match.span()
            for match in islice(_SPELLED.finditer(text), _MOST)
            if match["one"] in text[max(0, match.start() - _WORD) : match.start()]
        }
        spans |= {span for match in islice(_HIDDEN.finditer(text), _MOST) for span in spelled(text, match.start())}
    if "唯一" in text or "仅" in passage.characters or "只有" in text:
        spans |= {match.span(1) for match in _NO_NAME.finditer(text)}
        spans |= {match.span(place) for match in _ONLY_ONE.finditer(text) for place in (1, 2)}
    if _QUICK.search(text):
        spans |= _numbers_in(text)
    for start, end in apart(spans):
        first, last = reading.source(start, end)
        yield passage.found("P032", first, token=passage.text[first:last])


def _dates(text: str) -> Iterator[tuple[int, int]]:
    """Yield the masked days of birth of which the rest is told, with what tells it."""
    for match in islice(_MASKED_DATE.finditer(text), _MOST):
        first, last = line_at(text, match.start())
        near = max(first, match.start() - _NEAR), min(last, match.end() + _NEAR)
        if _BIRTH_SAID.search(text, *near) or _AGED.search(text, *near):
            rest = [
                one.span() for one in _DATE_REST.finditer(text, *near) if not match.start() <= one.start() < match.end()
            ]
            if rest:
                yield match.span()
                yield from rest


def _numbers_in(text: str) -> set[tuple[int, int]]:
    """Return where the masked numbers and addresses of a text stand that can be completed."""
    spans = {match.span() for pattern in (_MIDDLE, _ROOM, _ADDRESS) for match in pattern.finditer(text)}
    if "生" in text:
        spans |= {match.span() for match in _BIRTH_YEAR.finditer(text)}
    for account in islice(_ACCOUNT.finditer(text), _MOST):
        end = text.find("\n", account.end())
        limit = account.end() + _NEAR
        told = _FILLED.search(text, account.end(), limit if end < 0 else min(end, limit))
        spans |= {account.span(), told.span(1)} if told else set()
    masked = [match for match in _NUMBER.finditer(text) if _is_masked(match[0]) and not _is_of_a_thing(match)][:_MOST]
    spans |= {match.span() for match in masked if _is_thin(match[0])}
    grouped = [
        match
        for match in islice(_GROUPED.finditer(text), _MOST)
        if _HAS_SIGN.search(match[0].upper().replace("X", "*")) and not _is_of_a_thing(match)
    ]
    for match in (*masked, *grouped):
        if sum(map(str.isdigit, match[0])) > 1:
            spans |= _rests(text, match)
    spans |= {match.span() for match in grouped if _is_thin(re.sub("[ /-]", "", match[0]))}
    for match in masked[:_MOST_SOUGHT]:
        spans |= _written_out(text, match)
    for one, other in combinations([*masked, *grouped][:_MOST], 2):
        if _together(*(re.sub("[ /-]", "", each[0]) for each in (one, other))):
            spans |= {one.span(), other.span()}
    return spans


def _is_of_a_thing(mask: re.Match[str]) -> bool:
    before = max(0, mask.start() - _BESIDE)
    return bool(_OF_A_THING.search(mask.string, before, mask.start()) or _A_KEY.match(mask.string, mask.end()))


def _signs(number: str) -> str:
    """Return a number with stars for whatever masks it; X in the last place is part of an identity number."""
    if "…" in number or ("__" in number and len(number) not in _SIZES):
        shown = sum(one.isdigit() for one in number)
        number = re.sub("…+|_+", "*" * max(0, (_MOBILE if shown < _MOBILE else _IDENTITY) - shown), number)
    number = re.sub("[某_]", "*", number)
    if len(number) == _MOBILE:
        number = re.sub("[Xx]$", "*", number)
    return re.sub(rf"[{_SIGN}]|(?<=[X\d])X(?=[X\d])|X(?=X)|(?<=X)X", "*", number.replace("x", "X")).replace("·", "")


def _is_masked(number: str) -> bool:
    if _MEASURE.search(number) or (not _HAS_SIGN.search(number) and _LETTER.search(number[1:])):
        return False  # 200×300×15mm; 12330211MB1234X5
    if _COMPANY.match(number):
        return False
    if _HAS_WORDED.search(number) and re.search("[A-Za-z](?!$)", number):
        return False  # file__2023
    said = _signs(number)
    return "*" in said and sum(one.isdigit() for one in said) >= (2 if said[0].isascii() else 1)


def _is_thin(number: str) -> bool:
    """Return whether a mask hides too little of a number."""
    said = _signs(number)
    hidden = said.count("*")
    if not _HAS_SIGN.search(number) and len(said) not in _SIZES:
        return False  # 1920x1080x60
    if _MIDDLE_SHOWN.match(said) or (len(said) >= _CARD and _OF_A_CARD.match(said) and hidden <= _LEAST):
        return True
    if len(said) == _IDENTITY and sum(one != "*" for one in said[_BIRTH]) >= _LEAST:
        return True
    if not said[0].isascii():
        return len(_HAS_SIGN.findall(number)) == 1
    return len(said) >= _MOBILE and hidden < _LEAST and sum(one.isdigit() for one in said) >= 7


def _rests(text: str, mask: re.Match[str]) -> set[tuple[int, int]]:
    """Return where the part that a mask hides stands beside it."""
    said = _signs(re.sub("[ /-]", "", mask[0]))
    told = pieces_of(text, *mask.span(), said)
    if len(said) == _IDENTITY or _LIKE_IDENTITY.match(said):
        born = birth_beside(text, *mask.span())
        if not born and _BIRTH_SAID.search(text, max(0, mask.start() - _MOST), mask.end() + _NEAR):
            end = text.find("\n", mask.end())
            told += [date.span(1) for date in _BARE_DATE.finditer(text, mask.end(), end if end >= 0 else len(text))][:1]
        told += born
    if told:
        near = max(0, mask.start() - _NEAR), mask.end() + _NEAR
        told += [tail.span(1) for tail in _TAIL.finditer(text, *near) if said.endswith(tail[1])]
    return {mask.span(), *told} if told else set()


def _written_out(text: str, mask: re.Match[str]) -> set[tuple[int, int]]:
    """Return the places of a mask and of its whole number, where that stands elsewhere in the text."""
    said = _signs(mask[0])
    if sum(map(str.isdigit, said)) < (_LEAST if said[0].isascii() else 1):
        return set()
    whole = compiled(r"(?<![0-9])" + "[· \\-]?".join(_hidden(said)) + "(?![0-9A-Za-z])")
    match = whole.search(text)
    return {mask.span(), match.span()} if match else set()


def _hidden(said: str) -> list[str]:
    """Return the patterns of the characters of a mask, of which a few stars in the middle of a card stand for as many as it has."""
    if re.fullmatch(r"\d{4,6}\*{4}\d{4}", said):
        return [*said[: said.index("*")], "[0-9]{4,12}", *said[-4:]]
    hidden = "[0-9]" if said[0].isascii() else "[0-9A-Z]"
    return [hidden if one == "*" else re.escape(one) for one in said]


def _together(one: str, other: str) -> bool:
    """Return whether two masks of one number show all but a digit or two of it."""
    first, second = _signs(one), _signs(other)
    if len(first) != len(second) or first == second:
        return False
    pairs = list(zip(first, second))
    if any(a != b for a, b in pairs if "*" not in (a, b)):
        return False
    both = sum(a == b != "*" for a, b in pairs)
    return both >= 2 and sum(a == b == "*" for a, b in pairs) <= 1 + (len(first) >= _CARD)


class _Text(NamedTuple):
    passage: Passage
    reading: Reading

    def tell(self, rule: str, start: int, end: int, **values: str) -> Finding:
        first, last = self.reading.source(start, end)
        return self.passage.found(rule, first, token=self.passage.text[first:last], **values)


def revealed(texts: Sequence[tuple[Sequence[tuple[int, str]], str]]) -> list[Finding]:
    """Return what is masked in one text of a folder and can be read in another; texts are numbered lines and path."""
    if not any(_HIDES.search("\n".join([line for _, line in lines])) for lines, _ in texts):
        return []
    passages = [Passage(lines, path) for lines, path in texts]
    some = [_Text(one, read(one.text, one.characters)) for one in passages if _HIDES.search(one.text)]
    return [*_numbers(some), *_names(some, passages)]


def _numbers(some: list[_Text]) -> Iterator[Finding]:
    masked = [(text, match) for text in some for match in _NUMBER.finditer(text.reading.text) if _is_masked(match[0])][
        :_MOST
    ]
    told: set[int] = set()
    for (here, (one, first)), (there, (other, second)) in combinations(enumerate(masked), 2):
        if one is not other and _together(first[0], second[0]):
            told |= {here, there}
    for place in sorted(told):
        text, match = masked[place]
        yield text.tell("P032", *match.span())


def _names(some: list[_Text], passages: list[Passage]) -> Iterator[Finding]:
    hidden = [
        (text.passage.path, match[1], match[2])
        for text in some
        for match in _MASKED_NAME.finditer(text.reading.text)
        if _UNIT.search(match[1])
    ][:_MOST]
    for passage in passages if hidden else ():
        text = _Text(passage, read(passage.text, passage.characters))
        for person in persons(text.reading):
            before = text.reading.text[max(0, person.start - _BEFORE_NAME) : person.start]
            surname = text.reading.text[person.start]
            where = [path for path, context, first in hidden if first == surname and _is_same(before, context)]
            if where:
                yield text.tell("P033", person.start, person.end, found=where[0])


def _is_same(before: str, context: str) -> bool:
    """Return whether the words before two names speak of one unit or part."""
    end = 0
    while end < min(len(before), len(context)) and before[-1 - end] == context[-1 - end]:
        end += 1
    return end >= _ALIKE and bool(_UNIT.search(context[len(context) - end :]))
