"""The pieces of a number that a text tells beside its mask, or one after the other: together they are the whole.

A piece fills a mask if it is as long as what the mask hides and something ties it to that: a word for where it stands, for
hiding or for filling in. Without a mask, pieces that are told by where they stand are a number if there are enough of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rectify.core.patterns import compiled
from rectify.prose.late import late
from rectify.prose.privacy.columns import line_at
from rectify.prose.privacy.days import OF_NO_YEAR, days

_HAN = "〇零○一二三四五六七八九"
_DIGITS = {ord(one): str(value) for one, value in zip(_HAN, (0, 0, 0, *range(1, 10)))}
_HAN_RUN = compiled(f"[{_HAN}]{{4,}}(?!年)|一[三四五六七八九](?<![{_HAN}]..)[{_HAN}](?![{_HAN}年月日十百])")
_WHERE = r"(?:第[\d一二三四五六七八九十]{1,2}(?:位?[至到~～—\-]第?[\d一二三四五六七八九十]{1,2})?位?|[前首后末尾头]|最[前后]|中[间段]|当中|开头|打头|其余|号段|前缀|后缀|尾号|地[址区]码|区划码?|顺序码|校验[码位]|出生(?:日期|年月日?|年份)?|生日|所在地代码|[发签]证地|户籍地|归属地)"
_LINKED = r"(?:[一-鿿]{0,3}?(?:[为是即：:]|见附[表件录注]))?[码数号为是：: ]{0,4}"
_TOLD = late(
    rf"{_WHERE}(?:[段部分号数码面头边]|及[一-鿿]{{2,4}}){{0,3}}(?:\d{{1,2}}位|[一二三四五六七八九十两]{{1,3}}[位个]?)?{_LINKED}(?P<after>\d[\d*×]{{1,17}}[Xx]?|(?:19|20)\d\d[\-./年]\d{{1,2}}[\-./月]\d{{1,2}}日?)(?![\d万亿年月元米名人个次项户件%.])"
    r"|(?<!\d)(?P<before>\d{2,15})(?:开头|打头|结尾|收尾|居中|在?中间|(?=后[面头边]))"
)
TELLS = compiled(
    "第[0-9一二三四五六七八九十]{1,2}(?:位|[至到—-])|前缀|后缀|然后|接着|再[加写发接]|剩下|余下|号段|尾号|尾数|位为|位是|位：|位[0-9]|开头|打头|结尾|收尾|居中|中间|中段|校验|顺序码|区划码|其余[0-9]|后段|前段|前面|后面|倒序|倒写|倒着|逆序|反序|反写|反向|颠倒|反过来"
    "|头[0-9一二三四]位|前[0-9一二三四五六七八九十]|后[0-9一二三四五六七八九十]|末[0-9一二三四五六七八九十]|首[0-9一二三四五六七八九十]"
)
"""One of these is in every text that tells a number in parts."""
_BACKWARDS = late(r"(?:倒[序写着]|[逆反]序|反[写向]|颠倒|反过来)[^。；\n\d]{0,12}(?P<digits>\d{10,18})(?!\d)")
_DAY_OF_BIRTH = compiled(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])[0-3]\d")
_LAST = late(r"(?:校验[码位]|(?:最[后末]|末|第十八|第18)一?位?)[^，。；\n]{0,6}?[“\"‘（(]?(?P<sign>[*×□○])")
"""What stands for the last digit."""
_THEN = late(
    r"(?<![\d.])(?P<head>1[3-9]\d(?:[ \-]?\d{4})?|\d{6,12})[，、；, ]{1,2}(?:然后|接着|再[加写发接]?|后[面边头]|最后|剩下|余下)[一-鿿]{0,4}?[是为：:]{0,2}(?P<tail>\d{4,13})(?![\d元万年月日.%])"
)
"""136-5811，后面2907"""
_YEAR = compiled(r"(?:19|20)\d\d$")
_OTHER_NUMBER = late(r"(?:工单|编号|文号|案号|[第字共约计]|金额|[元万]|单号|批次|件号|序号)[^，。；\n\d]{0,6}$")
_BY_ITSELF, _BY_ITSELF_BEFORE = (
    compiled(r"[，。；、：:）)】”\"’|\s]|$|[就才]?[是的即]"),
    compiled(r"[，。；、：:（(【“\"‘|\s为是即用填]|$"),
)
"""What counts something or has a label is no piece of a number."""
_WHOLE = frozenset((11, 15, 16, 17, 18, 19))
_SENTENCE = compiled(r"[^。；\n]+")
_ENOUGH = 10
"""Digits of which the rest is soon tried."""

_PIECE = late(
    rf"(?<![\d.A-Za-z])(?:\d(?:[、，,. ]{{1,2}}\d){{1,9}}|\d(?=\d*[A-WYZ])[A-Z\d]{{1,6}}|\d{{4}}(?: \d{{4}}){{1,3}}|\d{{1,17}}[Xx]?|[a-z][a-z0-9_]{{1,11}}|[A-Z][A-Z\d]{{1,7}}|[{_HAN}]{{2,18}})(?![\d年月日元个名人次件户亩米吨份条万亿千百页册台套辆头只项天岁届路里克%{_HAN}]|公里|公斤|平方|立方|\.\d)"
)
_SIGNS = "*×xX" + "".join(map(chr, [*range(0x2580, 0x2600), 0x2B1B, 0x2B1C, 0xFFED, 0xFFEE]))
_SIGN = f"[{_SIGNS}]"
_TIE = late(
    rf"(?:中[间段]|当中|[下底]层|图层|底下|选中|复制|透[出见]|划[去掉]|擦|抠|隐|遮|[遮掩]?盖|涂|某[为是即]|省略|[打号]码|星号|{_SIGN}{{1,8}}|代[替之]|替换|依次|分别|[前后末首尾]|段|位|补(?![贴助偿缴])|缺|全[号称]|完整|校验|顺序|[区址]码|籍贯|年份|生日|出生|[发签]证地|户籍地|归属地|又称|即|实为|应为|处|可见|看[到见出]|拍[到出]|露出|照片|图[中上]|其余|剩[余下]|余下|差的?|另[外一]?[半段]|[上下][半一]?[截段行列]|表[一二三]|续表?)[”\"]?[^，。；\n\d]{{0,10}}$"
)
_TIE_BEHIND = late(r"[ 即]?[在为是]?(?:中间|隐去|遮|补|完整|全号)")
_IN_BRACKETS = compiled(r"[（(](?!19\d\d.|20\d\d.)\d+[）)]")
_SAID_OF_BIRTH = late("生|年月日|(?i:birth|born|dob)")
_BORN_ON = late(
    rf"(?:生日|出生|生辰)[^，。；\d\n]{{0,4}}?(?P<on>{OF_NO_YEAR})|(?<![\d月])(?P<day>\d{{1,2}}[日号])(?=[是为过的]{{0,2}}(?:生日|出生|寿))"
)
_CARD, _OF_CARDS = compiled(r"\d{4,6}\*{4}\d{3,4}"), range(8, 13)
"""A card of which four signs stand for all that they hide."""
_SAME = late("[与和同跟][^，。；\n]{0,10}(?:相同|一致|一样)|同其")
_NEAR, _BEFORE, _BEHIND, _LONGEST_PART = 60, 16, 6, 24
_OLDEST, _YOUNGEST = 1900, 2020


def in_digits(text: str) -> str:
    """Return a text with digits for the characters of long figures, each in its place: 一三七五五一八××××."""
    return _HAN_RUN.sub(lambda run: run[0].translate(_DIGITS), text) if _HAN_RUN.search(text) else text


def told_in_parts(text: str) -> Iterator[tuple[int, int]]:
    """Yield the pieces by which a sentence tells a number from one end to the other."""
    for sentence in _SENTENCE.finditer(text):
        pieces = [match.span(match.lastgroup or 0) for match in _TOLD.finditer(text, *sentence.span())]
        many = len(pieces) > 1 or "号段" not in sentence[0]
        if many and (
            sum(end - start for start, end in pieces) >= _ENOUGH
            or any(_DAY_OF_BIRTH.fullmatch(text, *piece) for piece in pieces)
        ):
            yield from pieces
            yield from (sign.span("sign") for sign in _LAST.finditer(text, *sentence.span()))
    for then in _THEN.finditer(text):
        if sum(map(str.isdigit, then["head"] + then["tail"])) in _WHOLE:
            yield from (then.span("head"), then.span("tail"))
    yield from (match.span("digits") for match in _BACKWARDS.finditer(text))


def pieces_of(text: str, start: int, end: int, said: str) -> list[tuple[int, int]]:
    """Return what stands beside a mask and fills it; `said` is the mask with a star for each character that it hides."""
    hidden = [len(run) for run in re.findall(r"\*+", said)]
    sizes, shown = {*hidden, sum(hidden), *(_OF_CARDS if _CARD.fullmatch(said) else ())}, re.findall(r"\d+", said)
    same = _SAME.search(text, *_around(text, start, end))
    tied: list[tuple[int, int, int]] = []
    for match in _PIECE.finditer(text, *_around(text, start, end)):
        digits = re.sub(r"[、，,. ]", "", match[0].translate(_DIGITS))
        if (match.end() > start and match.start() < end) or any(digits in run for run in shown):
            continue
        if match.start() and text[match.start() - 1] in _SIGNS:  # the end of another mask
            continue
        if digits[0].islower() and not said[0].isalpha():
            continue
        if (
            same
            or (
                len(digits) > 2
                and digits.isdigit()
                and not _YEAR.match(digits)
                and _BY_ITSELF.match(text, match.end())
                and _BY_ITSELF_BEFORE.match(text[match.start() - 1 : match.start()])
                and not _OTHER_NUMBER.search(text, max(0, match.start() - _BEFORE), match.start())
            )
            or _TIE.search(text, max(0, match.start() - _BEFORE), match.start())
            or _TIE_BEHIND.match(text, match.end())
            or (match.start() == end + 1 and _IN_BRACKETS.fullmatch(text, end, match.end() + 1))
        ):
            tied.append((len(digits), *match.span()))
    if sum(size for size, *_ in tied) in sizes:
        return [(first, last) for _, first, last in tied]
    return [(first, last) for size, first, last in tied if size in sizes or (same and size > min(sizes))]


def birth_beside(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the day of birth beside an identity number in whatever writing, which is what its mask hides."""
    first, last = _around(text, start, end)
    if "-" not in text[start:end] and (on := _BORN_ON.search(text, end, last)):
        return [on.span(on.lastgroup or 0)]
    return [
        (day.start, day.end)
        for day in days(text, first, last)
        if day.is_whole
        and _OLDEST < day.year < _YOUNGEST
        and not (day.start < end and day.end > start)
        and _SAID_OF_BIRTH.search(text, max(first, day.start - _BEFORE), min(last, day.end + _BEHIND))
    ]


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the ends of what speaks of a mask: its line, and those beside it where that holds a part of a record only."""
    first, last = line_at(text, start)[0], line_at(text, end)[1]
    if last - first <= _LONGEST_PART:
        first, last = line_at(text, max(0, first - 1))[0], line_at(text, min(len(text), last + 1))[1]
    return max(first, start - _NEAR), min(last, end + _NEAR)
