"""Labelled sentences: what identifies a person, kind by kind, and what only looks like it. Everything is made up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

_LUHN_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_PLACES = ["清川市", "云溪县", "柳河镇", "安平区", "白苇县"]
_BEFORE = ["经核查，", "整改中发现，", "去年，", "一是", "材料显示，", "- ", "| 1 | ", "**附注** ", "其中，", ""]
_AFTER = ["。", "，已登记。", "；现已整改。", "，下一步继续核对。", " |", "（见附件）。"]
_SURNAMES = "王李张刘陈杨赵黄吴徐孙朱胡郭林何罗郑谢宋唐许韩冯邓曹彭肖蔡潘袁董叶蒋杜苏魏吕丁沈姚卢"
_GIVEN = "小大春秋晓建志海玉秀兰芳明强伟丽娟军峰敏静涛超勇艳杰"


def _digits(random: Random, count: int) -> str:
    return "".join(random.choices("0123456789", k=count))


def _birth(random: Random) -> str:
    return f"{random.randint(1940, 2015)}{random.randint(1, 12):02}{random.randint(1, 28):02}"


def _wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in text)


def _identity(random: Random) -> str:
    if random.random() < 0.1:
        return f"{random.choice(['身份证号', '身份证号码：', '身份证'])}330102{_birth(random)[2:]}{_digits(random, 3)}"
    body = random.choice(["330102", "110105", "510107", "440305", "620102"]) + _birth(random) + _digits(random, 3)
    number = body + "10X98765432"[sum(int(d) * w for d, w in zip(body, _WEIGHTS)) % 11]
    form = random.randrange(5)
    if form == 1:
        number = f"{number[:6]} {number[6:14]} {number[14:]}"
    elif form == 2:
        number = f"{number[:6]}-{number[6:14]}-{number[14:]}"
    elif form == 3:
        number = _wide(number)
    elif form == 4:
        number = number.lower()
    return random.choice(["身份证号", "居民身份证号码为", "证件号码：", "户主", "公民身份号码", "领取人"]) + number


def _mobile(random: Random) -> str:
    number = "1" + random.choice("3456789") + _digits(random, 9)
    spaced = f"{number[:3]}{{0}}{number[3:7]}{{0}}{number[7:]}"
    forms = [
        number,
        spaced.format(" "),
        spaced.format("-"),
        spaced.format("."),
        f"+86{number}",
        f"+86 {number}",
        f"86-{number}",
        _wide(number),
    ]
    return random.choice(["经手人", "本人手机", "拨打", "户主电话", "微信同号", "可致电", "（手机）"]) + random.choice(
        forms
    )


def _card(random: Random) -> str:
    body = random.choice(["6222", "6217", "6228", "4367"]) + _digits(random, random.choice([11, 12, 14]))
    total = sum(_LUHN_DOUBLED[int(d)] if i % 2 == 0 else int(d) for i, d in enumerate(reversed(body)))
    number = body + str(-total % 10)
    if random.random() < 0.3:
        number = " ".join(number[i : i + 4] for i in range(0, len(number), 4))
    return (
        random.choice(["银行卡号", "卡号：", "工资卡", "汇入账户", "个人账号为", "存入其银行卡（", "收款账号 "])
        + number
    )


def _home(random: Random) -> str:
    street = random.choice(["清河路", "东街", "柳树巷", "安居小区", "新华大道", "柳河村"])
    house = random.choice(["{}号", "{}号3幢201室", "{}栋2单元502室", "{}组", "{}号院4号楼301户"]).format(
        random.randint(1, 199)
    )
    return (
        random.choice(["家住", "住址：", "家庭住址为", "户籍地为", "现住", "居住在", "住在", "其住所位于"])
        + random.choice(["", *_PLACES])
        + street
        + house
    )


def _plate(random: Random) -> str:
    tail = random.choice(
        ["D" + _digits(random, 5), _digits(random, 5), _digits(random, 4) + "K", "F" + _digits(random, 5)]
    )
    plate = random.choice("京沪浙川粤苏鲁豫") + random.choice("ABCDE") + random.choice(["", "·", " ", "-"]) + tail
    return random.choice(["公务车", "车牌号", "车辆", "驾驶", "号牌为"]) + plate


def _passport(random: Random) -> str:
    number = random.choice(
        [
            "E" + _digits(random, 8),
            "G" + _digits(random, 8),
            "EC" + _digits(random, 7),
            "P" + _digits(random, 7),
            "C" + _digits(random, 8),
        ]
    )
    return random.choice(["护照", "护照号码为", "因私护照（", "通行证号：", "证件号码 "]) + number


def _mail(random: Random) -> str:
    name = "".join(random.choices("abcdefghijklmnop", k=6)) + random.choice(["", "88", "_1", ".li"])
    return (
        random.choice(["抄送", "材料发自", "个人信箱", "写信给", "账户为"])
        + f"{name}@{random.choice(['qq.com', '163.com', '126.com', 'gmail.com'])}"
    )


def _private_name(random: Random) -> str:
    name = random.choice(_SURNAMES) + "".join(random.choices(_GIVEN, k=random.choice([1, 2, 2])))
    role = random.choice(["举报人", "信访人", "患者", "学生", "投诉人", "反映人", "贫困户", "低保户", "患儿", "上访户"])
    return (
        role
        + name
        + random.choice(["反映的事项", "，", "来信", "、", "称", "（", "于3月", "到访", "的家属", "家长来访", "同学"])
    )


POSITIVE: dict[str, Callable[[Random], str]] = {
    "id_number": _identity,
    "mobile_number": _mobile,
    "bank_card": _card,
    "home_address": _home,
    "licence_plate": _plate,
    "passport_number": _passport,
    "private_email": _mail,
    "named_private_person": _private_name,
}
"""By the kind of the rule: what writes a passage that it must find."""

_CLEAN: tuple[Callable[[Random], str], ...] = (
    lambda r: f"统一社会信用代码1133{_digits(r, 14)}",
    lambda r: f"订单号{_digits(r, 16)}",
    lambda r: f"合同编号{r.randint(2018, 2024)}{_digits(r, 13)}",
    lambda r: f"清政发〔{r.randint(2015, 2024)}〕{r.randint(1, 99)}号",
    lambda r: f"项目代码{r.randint(2018, 2024)}-330102-{_digits(r, 2)}-03-{_digits(r, 6)}",
    lambda r: f"追缴资金{r.randint(1, 10**10)}.{_digits(r, 2)}元",
    lambda r: f"面积{_digits(r, 8)}平方米",
    lambda r: f"热线{r.choice(['12345', '12388', '12380', '12315', '110'])}",
    lambda r: f"办公室0{r.randint(310, 999)}-{r.randint(2, 8)}{_digits(r, 7)}",
    lambda r: f"服务电话400-{_digits(r, 3)}-{_digits(r, 4)}",
    lambda r: f"邮编{_digits(r, 6)}",
    lambda r: f"索引号000{_digits(r, 6)}/{r.randint(2019, 2024)}-{_digits(r, 5)}",
    lambda r: f"系统版本{r.randint(1, 9)}.{r.randint(0, 20)}.{r.randint(0, 99)}",
    lambda r: f"服务器地址{'.'.join(str(r.randint(1, 254)) for _ in range(4))}",
    lambda r: f"坐标{r.randint(100, 122)}.{_digits(r, 8)}，{r.randint(20, 40)}.{_digits(r, 8)}",
    lambda r: f"单位地址：{r.choice(_PLACES)}安和路{r.randint(1, 99)}号",
    lambda r: f"邮政专用信箱{r.randint(1, 99)}号",
    lambda r: f"邮箱{r.choice(['office', 'jiwei', 'banshi'])}@qingchuan.gov.cn",
    lambda r: f"经手人1{r.randint(30, 99)}****{_digits(r, 4)}",
    lambda r: f"身份证号330102{'*' * 9}{_digits(r, 3)}",
    lambda r: (
        f"{r.choice(['举报人', '信访人', '学生', '患者'])}{r.choice(['高度认可办理结果', '方面的意见', '对答复表示满意', '王某某已签字', '家长座谈会', '安全教育'])}"
    ),
    lambda r: (
        f"{r.choice(['清源中学', '柳河水务站', '白苇环保公司'])}{r.choice(['书记', '负责人', '班子成员'])}逐项核对"
    ),
    lambda r: f"整改率{r.randint(1, 100)}%，涉及{r.randint(2, 900)}户",
    lambda r: f"列入{r.choice('浙川苏')}A类企业名单{_digits(r, 2)}家",
    lambda r: f"护照集中管理{r.randint(2, 90)}本",
    lambda r: f"批次流水{_digits(r, 20)}",
)


def positives(kind: str, count: int, seed: int = 1) -> Iterator[str]:
    """Yield sentences each of which holds one passage of the kind."""
    random = Random(f"{kind} {seed}")
    for _ in range(count):
        yield random.choice(_BEFORE) + POSITIVE[kind](random) + random.choice(_AFTER)


def clean_lines(count: int, seed: int = 1) -> Iterator[str]:
    """Yield sentences in which nobody is identified."""
    random = Random(f"clean {seed}")
    for _ in range(count):
        yield random.choice(_BEFORE) + random.choice(_CLEAN)(random) + random.choice(_AFTER)
