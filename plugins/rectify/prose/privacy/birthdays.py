"""Days of birth that nothing calls so: the feasts of a life, the years that papers were made to say, days as programs count them.

八十大寿在腊月十六, 满月是六月初三, 10月2日满六十, 户口上报的五二年, 出生日期列45123, 1962.3.14—（墓碑）.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rectify.core.patterns import compiled
from rectify.prose.late import late
from rectify.prose.privacy.columns import line_at
from rectify.prose.privacy.days import HAN_YEAR, LOOSE, OF_NO_YEAR, WHOLE

_OF_THE_LUNAR = r"(?:[下上这本]个?月)?(?:[正腊冬]月|[一二三四五六七八九十]{1,2}月)?(?:初[一二三四五六七八九十]|十[一二三四五六七八九五]|廿[一二三四五六七八九]?|二十[一二三四五六七八九]?)"
_DAY = rf"(?:(?:农历|阴历|阳历|公历|今年|去年|前年|明年)?(?:{WHOLE}|{OF_NO_YEAR}|{LOOSE}|(?<=年)\d{{1,2}}月\d{{1,2}}[日号]|{_OF_THE_LUNAR}))"
_TENS = r"(?:[一二三四五六七八九]十[一二三四五六七八九]?|[1-9]\d|百|十[二六八])"
_FEAST = rf"(?:(?:{_TENS}[周岁]{{0,2}})?(?:[大高整过做祝]寿|寿[辰诞宴酒筵席]|生日(?=[宴酒会就在是定])|生辰)|(?:满月|百[日天]|周岁|满岁|抓周)(?=[宴酒照礼是在为定办那当])|抓周|洗三)"
"""What is held for somebody on the day of his birth, or so many days or years after."""
_FEASTS = late(
    rf"{_FEAST}[宴酒照礼席会]{{0,2}}(?:日子|时间|日期|横幅|那天|当天|背面)?[定就是在为于选办摆写，：:“\" ]{{0,5}}(?P<on>{_DAY})(?!之?[前后]|以[前后来]|起|[至到~～—])"
    rf"|寿[辰宴酒诞]?[（(](?P<bracket>{_DAY})[）)]|(?<!满)(?<!截[至止])(?<!截[至止]\d\d\d\d年)(?P<day>{_DAY})(?:[一-鿿：:\d]{{0,4}}?)?(?:给?[他她父母爷奶孩娃爸妈一-鿿]{{0,3}}?[过做办摆庆]{{1,2}}(?:{_TENS}[周岁]{{0,2}})?(?:大?寿|寿宴|寿酒|生日|周岁|满月|百日宴|百天)|{_FEAST}|(?:年|刚|正好|就|才|将)?满(?:{_TENS}周?岁(?!以)|[1-9一二三四五六七八九]周?岁(?![的以及])|{_TENS}(?=[，。；、）)了\s]|$)|周岁|月(?=[，。；、）)\s]|$)|百[日天](?=[，。；、）)\s]|$)))"
)
_AT_AGE = late(
    rf"(?:年龄|现年|今年|虚岁|周岁)[：:为是 ]{{0,2}}\d{{1,3}}周?岁?[，,（( ]{{1,2}}(?P<then>{WHOLE}|{LOOSE}|(?<!\d)\d\d年\d{{1,2}}月|(?<!\d)\d\d\.\d{{1,2}}(?![\d%％]))"
    rf"|(?:(?:年?满|达到?)(?:\d\d|[五六七八九]十)周?岁|达龄|到龄)(?:退休)?的?(?:日期|时间|年月|日子)[：:为是在于]{{1,3}}(?P<due>{_DAY})"
    r"|(?<=[男女])[ ,，|\t/、]{1,3}(?P<short>[2-9]\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]))(?![\d元.])"
)
_PAPERS = compiled(
    "身份证|户口|户籍|年龄|出生|档案|年纪|岁数|属[鼠牛虎兔龙蛇马羊猴鸡狗猪]|生日|同龄|养老|退休|虚岁|周岁|[他她]说|自己|我是|本人|[学中]文化"
)
_YEAR = rf"(?:(?:19[2-9]\d|20[01]\d|{HAN_YEAR}|(?<!\d)[2-9]\d|(?<![零〇一二三四五六七八九十])[三四五六七八九][零〇一二三四五六七八九])年(?:[一二三四五六七八九十正腊冬\d]{{1,2}}月)?)"
_SAID = late(
    rf"(?:[报写记登填涂改算说报认录][的成为作是到]{{1,2}}|[其实]实际?[是为生在]{{0,2}}|真[的实]?[是为]|应[该当]?[是为]|[上里](?:是|写|报|记))[“\"]?(?P<said>{_YEAR})(?=生|的|[，。；、”\"）)\s]|[涂改变写]|$)"
    rf"|(?:栏|处|年龄)[^，。；\d\n]{{0,6}}[：:](?P<old>{_YEAR})(?=[涂改变])|(?:身份证|户口[本簿]?|户籍|档案|学籍)[上里中]?[写记填报]?[：:为是]?(?P<paper>(?:19[2-9]\d|20[01]\d)(?!\d|年[^，。；、）)]))"
)
"""A year that somebody had written into a paper, and the true one."""
_BORN_THEN = late(
    rf"(?<![\d近约过这那每])(?P<then>{_YEAR})的(?=[娃伢崽]|孩子|小孩|[，。；、”\"）)\s]|$)|(?:与|和|跟|同)(?:新中国|共和国|祖国)(?P<age>同龄|同岁)"
)
_COUNTED = late(
    r"(?:Excel|excel|EXCEL|序列号?|时间戳|timestamp|数[字值]格式|常规格式|未转|没转|列)[^。；\n\d]{0,14}(?<![\d.])(?P<number>[1-4]\d{4}|-?\d{9,10}(?:\d{3})?)(?![\d.])"
    r"|(?<![\d.])(?P<told>[1-4]\d{4}|-?\d{9,10}(?:\d{3})?)(?![\d.])[^。；\n\d]{0,14}(?:Excel|excel|EXCEL|序列号?|时间戳|timestamp|格式)"
)
"""Days since 1900 and seconds since 1970."""
_BIRTH = compiled("(?i:出生|生日|birth|dob|csrq|生辰)")
_BORN = compiled("出生|生日|[殁卒逝亡故]|落地|属相")
_OPEN_LIFE = late(rf"(?<![\d年至到.—–~～\-])(?P<life>{WHOLE})[—–~～\-]{{1,2}}(?:{WHOLE})?(?=[）)，,；。（(\s]|$)")
_PUT_DOWN = late(
    rf"[把将由](?P<right>{_DAY})(?:出?生)?(?:误|错|[篡涂修更])?[写记登报填录改][成为作到](?P<wrong>{_DAY})"
    rf"|(?<![一-鿿])生[于：: ]{{0,2}}(?P<born>{_DAY})[，,、；; ]{{1,2}}(?:[殁卒逝]|亡|故)"
    rf"|(?:[姐兄][妹弟]|双胞胎|龙凤胎|孪生|婴|孩|娃|宝宝|[孙儿闺]女|[儿孙]子|外孙)[^，。；\n]{{0,4}}[，, ]{{0,2}}(?P<landed>{_DAY})(?:[一-鿿\d:：]{{0,6}})?落地(?!生|见|实|执|项)"
)
"""A day put down for another, the day on a tombstone, that of twins."""
_LIVES = compiled("墓|碑|健在|烈|遗属|遗孀|卒|殁|逝|享年|生平|遗像|[寿故]衣|族谱|家谱|亡")
# Begins with a class of every first character, which the search jumps to.
_HINT = re.compile(
    r"[寿抓洗满周过百生年的龄岁男女户证案籍墓碑健遗逝享卒亡殁落写记登报填录改Ee时序列格t](?:(?<=寿)[辰诞宴酒筵席]|(?<=[大高整过做祝]寿)|(?<=抓)周|(?<=洗)三|(?<=满)(?:月[宴酒照礼是在为定办那当：:，。、；\s]|月$|周岁|百[日天]|[五六七八九]十|[1-9]\d|[1-9一二三四五六七八九]周?岁|十[二六八])"
    r"|(?<=周)岁[宴酒照礼是在为定办]|(?<=过)[百满周]|(?<=坐)月子|(?<=百)[日天][宴酒照礼是在为]|(?<=生)日[宴酒会就在是定]"
    r"|(?<=[的成为作是到上里写报记：:“]\d\d年)|(?<=[的成为作是到上里写报记：:“]\d{4}年)|(?<=[的成为作是到上里写报记：:“][三四五六七八九]\w年)|(?<=[的成为作是到上里写报记：:“]一九\w\w年)"
    r"|(?<=[年月]的)(?=[娃伢崽孩，。、；”\"）)\s]|$)|(?<=[年虚周][龄岁])[：:为是 ]{0,2}\d|(?<=今年)\d|(?<=同[龄岁])|(?<=[到达]龄)[退的日时年]|(?<=岁)的?[日时年]"
    r"|(?<=[男女])[ ,，|\t/、]{1,3}[2-9]\d{5}|(?<=户)[口籍][本簿上里中写记填报：:为是]{0,3}(?:19|20)\d\d|(?<=[证案籍])[上里中写记填报：:为是]{0,3}(?:19|20)\d\d"
    r"|(?<=[墓碑卒亡逝])|(?<=殁)|(?<=落)地|(?<=[写记登报填录改])[成为作到](?=[\d一二三四五六七八九十正腊冬]{1,5}[年月])|(?<=健)在|(?<=享)年|(?<=遗)[属孀像]|(?<=E)xcel|(?<=e)xcel|(?<=时)间戳|(?<=序)列|(?<=列)[^\n]{0,4}\d{5}|(?<=格)式|(?<=t)imestamp)",
    re.MULTILINE,
)


def by_the_way(text: str) -> Iterator[tuple[int, int]]:
    """Yield the days of birth that are told without a word for birth beside them."""
    end = -1
    for hint in _HINT.finditer(text):
        if hint.start() <= end:
            continue
        start, end = line_at(text, hint.start())
        for pattern, words in _WAYS:
            if not words or words.search(text, start, end):
                for match in pattern.finditer(text, start, end):
                    yield match.span(match.lastgroup or 0)


_WAYS = (
    (_FEASTS, None),
    (_AT_AGE, None),
    (_SAID, _PAPERS),
    (_BORN_THEN, _PAPERS),
    (_COUNTED, _BIRTH),
    (_OPEN_LIFE, _LIVES),
    (_PUT_DOWN, _BORN),
)
