"""Private numbers as people write them: how each is made, how it is broken up, and where it stands. Everything is made up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import NamedTuple
from urllib.parse import quote

from stdnum import luhn
from stdnum.cn import ric

from rectify.core.finding import Finding
from rectify.prose import NO_WORDS, OfficeWords, examine_text
from rectify.prose.privacy import RECOGNISERS


class Sample(NamedTuple):
    kind: str
    carrier: str
    text: str
    token: str
    """As the text holds it."""


def digits(random: Random, count: int) -> str:
    return "".join(random.choices("0123456789", k=count))


def identity(random: Random) -> str:
    region = random.choice(("330102", "110108", "420106", "510107", "440305", "620102", "230103", "540102"))
    body = (
        f"{region}{random.randint(1935, 2016)}{random.randint(1, 12):02}{random.randint(1, 28):02}{digits(random, 3)}"
    )
    return body + ric.calc_check_digit(body + "0")


def old_identity(random: Random) -> str:
    number = identity(random)
    return number[:6] + f"{random.randint(30, 99)}" + number[10:17]


def mobile(random: Random) -> str:
    return random.choice(("138", "139", "150", "155", "166", "173", "182", "191", "198", "147")) + digits(random, 8)


def card(random: Random) -> str:
    body = random.choice(("622848", "621700", "622202", "436742", "623059", "621661")) + digits(random, 12)
    return body + luhn.calc_check_digit(body)


def landline(random: Random) -> str:
    return random.choice(("0571", "0755", "010", "021")) + "-" + random.choice("2345678") + digits(random, 7)


def passport(random: Random) -> str:
    return random.choice(("E", "G", "EA", "EJ", "PE", "SE")).ljust(2, random.choice("0123456789")) + digits(random, 7)


def permit(random: Random) -> str:
    return random.choice("CHMLT") + digits(random, 8)


def officer(random: Random) -> str:
    return f"{random.choice('军南北沈兰空海政参')}字第{digits(random, 7)}号"


def plate(random: Random) -> str:
    tail = random.choice(
        (digits(random, 5), "D" + digits(random, 5), digits(random, 3) + "KM", "8P" + digits(random, 3))
    )
    return random.choice("浙苏皖粤鲁豫川沪京") + random.choice("ABCDEFGH") + tail


def vehicle(random: Random) -> str:
    return "LSVA" + "".join(random.choices("ABCDEFGHJKLMNPRSTUVWXYZ", k=3)) + digits(random, 10)


def mail(random: Random) -> str:
    name = random.choice(("zhang.xc", "liwei", "chen_m", "wangfang", "lx")) + digits(random, random.randint(2, 5))
    return f"{name}@{random.choice(('qq.com', '163.com', '126.com', 'sina.com', 'gmail.com', 'foxmail.com'))}"


def account(random: Random) -> str:
    return random.choice(("wxid_", "xiaochuan_", "lily-", "qz")) + digits(random, 6)


def qq(random: Random) -> str:
    return random.choice("12345678") + digits(random, random.randint(7, 9))


def _cut(number: str, *lengths: int) -> list[str]:
    parts = []
    for length in lengths:
        parts.append(number[:length])
        number = number[length:]
    return [part for part in [*parts, number] if part]


def _wide(text: str) -> str:
    return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)


_HAN = str.maketrans("0123456789", "〇一二三四五六七八九")
_MATHEMATICAL = str.maketrans({str(digit): chr(0x1D7CE + digit) for digit in range(10)})
_CIRCLED = str.maketrans("0123456789", "⓪❶❷❸❹❺❻❼❽❾")


def _shifted(number: str, zero: int) -> str:
    """Return a number with the figures of another alphabet, by its nought."""
    return "".join(chr(zero + int(one)) if one.isdecimal() else one for one in number)


def _percent(number: str) -> str:
    """Return a number with every second sign as addresses write it."""
    return "".join(
        "".join(f"%{byte:02X}" for byte in one.encode()) if place % 2 else one for place, one in enumerate(number)
    )


FORMS: dict[str, Callable[[Random, str], str]] = {
    "plain": lambda r, n: n,
    "wide": lambda r, n: _wide(n),
    "blanks": lambda r, n: " ".join(_cut(n, 3, 4, 4, 4)),
    "many blanks": lambda r, n: "  ".join(_cut(n, 4, 4, 4, 4)),
    "one by one": lambda r, n: " ".join(n),
    "hyphens": lambda r, n: "-".join(_cut(n, 3, 4, 4, 4)),
    "dashes": lambda r, n: "—".join(_cut(n, 3, 4, 4, 4)),
    "dots": lambda r, n: "·".join(_cut(n, 3, 4, 4, 4)),
    "slashes": lambda r, n: "/".join(_cut(n, 3, 4, 4, 4)),
    "no-break": lambda r, n: "\u00a0".join(_cut(n, 3, 4, 4, 4)),
    "ideographic": lambda r, n: "\u3000".join(_cut(n, 3, 4, 4, 4)),
    "zero-width": lambda r, n: "\u200b".join(_cut(n, 5, 3)),
    "soft hyphen": lambda r, n: "\u00ad".join(_cut(n, 4, 4)),
    "codes": lambda r, n: "".join(f"&#{ord(one)};" if place % 2 else one for place, one in enumerate(n)),
    "nbsp": lambda r, n: "&nbsp;".join(_cut(n, 3, 4, 4)),
    "bold": lambda r, n: f"{n[:5]}**{n[5:8]}**{n[8:]}",
    "escaped": lambda r, n: "\\-".join(_cut(n, 3, 4)),
    "tags": lambda r, n: f"{n[:6]}<b>{n[6:]}</b>",
    "wbr": lambda r, n: f"{n[:7]}<wbr>{n[7:]}",
    "span": lambda r, n: f'{n[:4]}</span><span style="color:#112233">{n[4:]}',
    "line end": lambda r, n: f"{n[:6]}\n{n[6:]}",
    "mathematical": lambda r, n: n.translate(_MATHEMATICAL),
    "comment": lambda r, n: f"{n[:6]}<!-- -->{n[6:]}",
    "alphabet": lambda r, n: _shifted(n, r.choice((0x966, 0xE50, 0x660, 0x1FBF0, 0x1D7F6))),
    "circled": lambda r, n: n.translate(_CIRCLED),
    "tag": lambda r, n: n[:3] + "".join(chr(0xE0000 + ord(one)) for one in n[3:]),
    "fillers": lambda r, n: r.choice("\u3164\u115f\uffa0\U000e0101\u0301").join(n),
    "unclosed codes": lambda r, n: "".join(f"&#x{ord(one):x}" for one in n),
    "turned": lambda r, n: f"\u202e{n[::-1]}\u202c",
}
"""How a number is broken up, by which a reader is not misled."""
ADDRESS_FORMS: dict[str, Callable[[Random, str], str]] = {"percent": lambda r, n: _percent(n)}
"""What addresses alone are written in."""
WORD_FORMS = ("plain", "wide", "zero-width", "codes", "tags", "wbr", "comment", "soft hyphen")
"""Those that words of letters are written in as well."""


class Kind(NamedTuple):
    make: Callable[[Random], str]
    forms: tuple[str, ...]
    frames: tuple[str, ...]
    """Sentences; the last is a label alone, as the head of a column or the key of a field."""


ALL = tuple(FORMS)
KINDS: dict[str, Kind] = {
    "identity": Kind(
        identity,
        ALL,
        (
            "经查，{}已领取补贴两次。",
            "将{}等四人列入名单。",
            "户籍系统比对（{}）不一致。",
            "参保人身份证{}登记有误。",
            "领款凭据所附证件为{}，已核销。",
            "居民身份证号码：{}",
            "身份证号",
        ),
    ),
    "old identity": Kind(
        old_identity,
        ALL,
        (
            "一代身份证号{}未换发。",
            "农户登记的证件号码为{}。",
            "承包合同写明身份证：{}",
            "身份证件{}已作废。",
            "身份证号码",
        ),
    ),
    "mobile": Kind(
        mobile,
        ALL,
        (
            "信访人留的手机{}已停机。",
            "可拨打其电话{}核实。",
            "包户干部联系方式为{}。",
            "反映人来电（{}）要求书面答复。",
            "村民微信同号{}。",
            "举报人手机号码：{}",
            "联系电话",
        ),
    ),
    "home telephone": Kind(
        landline,
        ("plain", "wide", "codes", "zero-width", "tags", "wbr", "comment"),
        (
            "户主家庭电话{}无人接听。",
            "老人的固定电话为{}。",
            "住宅电话：{}",
            "投诉人家中座机{}已停用。",
            "{}系其家里电话。",
            "家庭电话",
        ),
    ),
    "bank card": Kind(
        card,
        ALL,
        (
            "补贴打入{}，户主已签收。",
            "退款至农商行卡{}。",
            "村会计个人账户{}收取管理费。",
            "惠农一卡通卡号：{}",
            "工资卡（{}）重复发放。",
            "存入其储蓄卡{}未上交。",
            "银行卡号",
        ),
    ),
    "passport": Kind(
        passport,
        WORD_FORMS,
        (
            "因私护照{}逾期未交。",
            "护照号码：{}",
            "{}（护照）已注销。",
            "持护照{}出境两次。",
            "漏登护照{}，已补录。",
            "护照号码",
        ),
    ),
    "permit": Kind(
        permit,
        WORD_FORMS,
        (
            "往来港澳通行证{}未上交。",
            "回乡证号{}登记有误。",
            "大陆居民往来台湾通行证：{}",
            "港澳居民来往内地通行证（{}）已核验。",
            "通行证号码",
        ),
    ),
    "service card": Kind(
        officer,
        ("plain", "wide", "zero-width", "codes", "wbr", "comment"),
        ("军官证{}登记有误。", "{}（军官证）已收回。", "士兵证号：{}", "其警官证{}遗失。", "军官证号"),
    ),
    "personal card": Kind(
        lambda random: digits(random, 12),
        ALL,
        (
            "驾驶证档案编号{}未审验。",
            "社保个人编号{}重复参保。",
            "医保卡号：{}",
            "低保证号{}已停发。",
            "教师资格证书号码{}已过期。",
            "住房公积金个人账号{}已核对。",
            "残疾证号",
        ),
    ),
    "register number": Kind(
        lambda random: digits(random, 10),
        ALL,
        (
            "准考证号{}成绩有误。",
            "住院号：{}",
            "病案号{}重复收费。",
            "就诊卡号为{}。",
            "考生号{}加分取消。",
            "准考证号",
        ),
    ),
    "plate": Kind(
        plate,
        ("plain", "wide", "zero-width", "codes", "tags", "comment", "soft hyphen"),
        (
            "私家车{}占用通道。",
            "驾驶{}前往景区。",
            "车牌号：{}",
            "查获{}一辆。",
            "借用{}三个月。",
            "群众反映{}乱停。",
            "车牌号码",
        ),
    ),
    "vehicle number": Kind(
        vehicle,
        WORD_FORMS,
        ("车架号{}与登记不符。", "车辆识别代号：{}", "VIN码{}查无此车。", "该车车架号为{}。", "车架号"),
    ),
    "e-mail": Kind(
        mail,
        ("plain", "wide", "zero-width", "codes", "comment"),
        (
            "材料发自{}，已核实。",
            "举报人邮箱{}。",
            "私人邮箱{}传送文件。",
            "抄送{}未经审查。",
            "投诉人留下{}。",
            "个人邮箱",
        ),
    ),
    "account": Kind(
        account,
        ("plain", "wide", "zero-width", "codes", "tags", "wbr"),
        ("微信号{}已核实。", "添加微信：{}", "其微信{}转账两次。", "WeChat：{}", "抖音号{}发布视频。", "微信号"),
    ),
    "qq": Kind(
        qq,
        ("plain", "wide", "blanks", "zero-width", "codes", "tags"),
        ("QQ号{}建群收费。", "QQ：{}", "家长QQ{}已核实。", "扣扣{}招揽生源。", "QQ号码"),
    ),
}

CARRIERS: dict[str, Callable[[str, str], str]] = {
    "body": lambda sentence, label: sentence,
    "item": lambda sentence, label: f"- {sentence}",
    "front matter": lambda sentence, label: f"---\n备注: {sentence.rstrip('。')}\n---",
    "field": lambda sentence, label: f"---\n{label}: {{}}\n---",
    "table": lambda sentence, label: f"| 序号 | {label} | 备注 |\n|---|---|---|\n| 1 | {{}} | 已办结 |",
    "row": lambda sentence, label: f"1\t{label}\t{{}}\t已办结",
    "sheet": lambda sentence, label: f"序号\t{label}\t备注\n1\t{{}}\t已办结",
    "alternative text": lambda sentence, label: f"![{sentence.rstrip('。')}](images/1.png)",
    "link": lambda sentence, label: f"[{label}{{}}](files/1.pdf)",
    "attribute": lambda sentence, label: f'<img src="1.png" alt="{label}：{{}}">',
    "file name": lambda sentence, label: f"{label}{{}}.docx",
    "address": lambda sentence, label: f"[{label}](https://yewu.example/cha?{quote(label)}={{}}&ye=1)",
    "attribute of codes": lambda sentence, label: f'<a href="https://yewu.example/cha?{quote(label)}={{}}">查看</a>',
}
"""Where a sentence stands, or a number under its label."""
_ONE_LINE = ("front matter", "field", "table", "row", "sheet", "alternative text", "link", "attribute", "file name")
_PLAIN = {
    **dict.fromkeys(("attribute", "file name"), ("plain", "wide", "blanks", "hyphens")),
    **dict.fromkeys(("address", "attribute of codes"), ("plain", "percent")),
}


def samples(kind: str, count: int, seed: int = 1) -> Iterator[Sample]:
    """Yield texts each of which holds one private number."""
    random = Random(f"{kind} {seed}")
    made = KINDS[kind]
    for _ in range(count):
        carrier = random.choice(list(CARRIERS))
        usable = [form for form in made.forms if form in _PLAIN.get(carrier, made.forms)]
        usable += [form for form in _PLAIN.get(carrier, ()) if form in ADDRESS_FORMS]
        form = random.choice([form for form in usable if not (form == "line end" and carrier in _ONE_LINE)])
        token = {**FORMS, **ADDRESS_FORMS}[form](random, made.make(random))
        text = CARRIERS[carrier](random.choice(made.frames[:-1]), made.frames[-1])
        yield Sample(kind, carrier, text.replace("{}", token, 1), token)


RULES = {recogniser.rule for recogniser in RECOGNISERS} | {recogniser.public for recogniser in RECOGNISERS}


def numbers(text: str, office: OfficeWords = NO_WORDS) -> list[Finding]:
    """Return the private numbers found in a text."""
    lines = list(enumerate(text.split("\n"), 1))
    return [found for found in examine_text(lines, "01.md", office) if found.rule in RULES]


def is_found(sample: Sample) -> bool:
    """Return whether a finding overlaps the number of a sample."""
    starts = [0]
    for line in sample.text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    begin = sample.text.index(sample.token)
    places = [(starts[one.line - 1] + one.column - 1, one.token) for one in numbers(sample.text)]
    return any(start < begin + len(sample.token) and begin < start + len(token) for start, token in places)
