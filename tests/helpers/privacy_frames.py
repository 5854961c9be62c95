"""Labelled lines for measuring the search for private data: sentence frames, private tokens and clean look-alikes.

Everything is invented; numbers with a check digit carry a valid one (GB 11643, GB 32100, Luhn).
"""

import random
from collections.abc import Callable
from functools import partial

from helpers.privacy_look_alikes import CLEAN
from helpers.privacy_sentences import FRAMES

Maker = Callable[[random.Random], str]

_WIDE = str.maketrans(
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", "０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ"
)
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟"
)
_RARE = (
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "尉迟",
    "仝",
    "逄",
    "亓",
    "妫",
    "缪",
    "佘",
    "郗",
    "麴",
    "卜",
    "查",
    "盖",
    "单",
    "仇",
    "区",
    "乜",
)
_GIVEN = (
    "建国",
    "秀英",
    "志强",
    "桂兰",
    "伟",
    "芳",
    "小红",
    "德福",
    "雨桐",
    "子轩",
    "永贵",
    "玉梅",
    "海燕",
    "军",
    "丽华",
    "文博",
)


def _digits(rng: random.Random, count: int) -> str:
    return "".join(rng.choice("0123456789") for _ in range(count))


def _id_number(rng: random.Random) -> str:
    area = rng.choice(("110101", "330102", "420106", "510104", "440305", "610113", "230103"))
    year, month, day = rng.randint(1940, 2015), rng.randint(1, 12), rng.randint(1, 28)
    if rng.random() < 0.08:
        return f"身份证号{area}{min(year, 1999) % 100:02}{month:02}{day:02}{_digits(rng, 3)}"
    body = f"{area}{year}{month:02}{day:02}{_digits(rng, 3)}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    number = body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]
    parts = number[:6], number[6:14], number[14:]
    return rng.choice((number, number, number.lower(), " ".join(parts), "-".join(parts), number.translate(_WIDE)))


def _mobile_number(rng: random.Random) -> str:
    number = rng.choice(("138", "139", "135", "150", "159", "166", "173", "177", "186", "189", "191", "198")) + _digits(
        rng, 8
    )
    a, b, c = number[:3], number[3:7], number[7:]
    return rng.choice(
        (
            number,
            number,
            number,
            f"{a} {b} {c}",
            f"{a}-{b}-{c}",
            f"+86{number}",
            f"+86 {a} {b} {c}",
            f"86-{number}",
            f"（{number}）",
            number.translate(_WIDE),
        )
    )


def _bank_card(rng: random.Random) -> str:
    body = rng.choice(("622848", "621700", "622202", "621661", "623052")) + _digits(rng, 12)
    total = sum(sum(divmod(int(d) * (2 - i % 2), 10)) for i, d in enumerate(reversed(body)))
    number = body + str(-total % 10)
    grouped = [number[at : at + 4] for at in range(0, 19, 4)]
    return rng.choice((number, number, " ".join(grouped), "-".join(grouped), number.translate(_WIDE)))


def _home_address(rng: random.Random) -> str:
    n = partial(rng.randint, 1)
    return rng.choice(
        (
            f"清川市城东区和平路{n(200)}号{n(30)}栋{n(4)}单元{n(25)}0{n(4)}室",
            f"柳塘镇石桥村{n(12)}组{n(90)}号",
            f"云岭县白鹿乡大湾村{rng.choice('一二三四五六')}组",
            f"翠湖花园{n(20)}幢{n(18)}0{n(4)}室",
            f"锦绣家园小区{n(9)}号楼{n(4)}单元{n(9)}0{n(2)}",
            f"幸福里{n(30)}弄{n(60)}号{n(6)}0{n(4)}室",
            f"城关街道南门社区解放巷{n(80)}号",
            f"清川市桐山县新塘镇上坝村{n(300)}号",
            f"滨江苑{n(20)}-{n(3)}-{n(18)}0{n(2)}",
        )
    )


def _licence_plate(rng: random.Random) -> str:
    head = rng.choice("浙京沪苏鄂川粤鲁豫湘") + rng.choice("ABCDEFGH")
    body = rng.choice("ABCDEFGHJK0123456789") + _digits(rng, 3) + rng.choice("0123456789KMQ")
    green = rng.choice("DF") + _digits(rng, 5)
    plain = head + body
    return rng.choice(
        (
            f"{head}·{body}",
            plain,
            plain,
            head + green,
            f"{head}·{green}",
            f"{head} {body}",
            plain.translate(_WIDE),
            plain.lower(),
        )
    )


def _passport_number(rng: random.Random) -> str:
    seven, eight = _digits(rng, 7), _digits(rng, 8)
    return rng.choice(
        (
            f"护照E{eight}",
            f"护照号E{rng.choice('ABCDEFGH')}{seven}",
            f"护照号码：E{eight}",
            f"护照（G{eight}）",
            f"护照号 {('E' + eight).translate(_WIDE)}",
            f"港澳通行证C{eight}",
            f"往来港澳通行证号码：C{eight}",
            f"台湾通行证L{eight}",
            f"大陆居民往来台湾通行证 T{eight}",
        )
    )


def _private_email(rng: random.Random) -> str:
    name = rng.choice(("zhangjianguo", "li.wei", "wang_fang88", "chenxm1975", "xiaohong-liu", _digits(rng, 9)))
    return name + rng.choice(("@qq.com", "@163.com", "@foxmail.com", "@126.com", "@sina.com", "@QQ.com", "＠163.com"))


def _named_private_person(rng: random.Random) -> str:
    name = (rng.choice(_RARE) if rng.random() < 0.2 else rng.choice(_SURNAMES)) + rng.choice(_GIVEN)
    return name if rng.random() < 0.8 else f"{name}（{rng.choice('男女')}，{rng.randint(8, 88)}岁）"


TOKENS: dict[str, Maker] = {
    "id_number": _id_number,
    "mobile_number": _mobile_number,
    "bank_card": _bank_card,
    "home_address": _home_address,
    "licence_plate": _licence_plate,
    "passport_number": _passport_number,
    "private_email": _private_email,
    "named_private_person": _named_private_person,
}


def positives(kind: str, count: int, seed: int) -> list[tuple[str, str]]:
    """`count` lines that carry a private token of `kind`, each with that token."""
    rng = random.Random(seed)
    drawn = ((rng.choice(FRAMES[kind]), TOKENS[kind](rng)) for _ in range(count))
    return [(frame.replace("{}", token, 1), token) for frame, token in drawn]


def clean(count: int, seed: int) -> list[str]:
    """`count` lines without private data, full of what looks like it."""
    rng = random.Random(seed)
    return [line if isinstance(line, str) else line(rng) for line in rng.choices(CLEAN, k=count)]
