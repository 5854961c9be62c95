"""Numbers and addresses of persons. All numbers are made up; their check digits are computed here."""

import pytest

from rectify.prose import examine_text

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def identity(seventeen: str) -> str:
    return seventeen + "10X98765432"[sum(int(d) * w for d, w in zip(seventeen, WEIGHTS)) % 11]


def card(digits: str) -> str:
    """Fifteen or more digits with their check digit by Luhn."""
    total = sum(v - 9 * (v > 9) for v in (int(d) * (2 - i % 2) for i, d in enumerate(reversed(digits))))
    return digits + str(-total % 10)


ID = identity("33010219900307123")
ID_X = next(number for n in range(1000) if (number := identity(f"33010219900307{n:03}")).endswith("X"))
CARD = card("622202120200123456")
CREDIT_CODE = "113307020501239658"
"""All digits and right by GB 32100; as an identity number it is wrong."""


def masked(text: str) -> list[tuple[str, str, str]]:
    return [(f.kind, f.severity, dict(f.values).get("example", "")) for f in examine_text([(1, text)], "a.txt")]


@pytest.mark.parametrize(
    "text",
    [
        f"身份证号{ID}。",
        ID,
        ID_X.lower(),
        f"{ID[:6]} {ID[6:14]} {ID[14:]}",
        "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in ID),
    ],
)
def test_identity_numbers_are_found_in_every_form(tokens, text: str):
    assert len(tokens("id_number", text)) == 1


def test_an_old_or_mistyped_identity_number_needs_its_word(tokens):
    assert tokens("id_number", "身份证330102900307123") == ["330102900307123"]
    assert tokens("id_number", "编号330102900307123") == []
    wrong = ID[:-1] + ("1" if ID[-1] != "1" else "2")
    assert tokens("id_number", f"身份证号：{wrong}") == [wrong]
    assert tokens("id_number", f"单号{wrong}") == []


@pytest.mark.parametrize(
    "text",
    [
        CREDIT_CODE,
        f"统一社会信用代码{CREDIT_CODE}",
        f"索引号{CREDIT_CODE}/2024-00012",
        identity("99010219900307123"),
        identity("33010219901307123"),
        "A" + ID,
        ID + "0",
    ],
)
def test_other_numbers_of_eighteen_digits_are_none(tokens, text: str):
    assert tokens("id_number", text) == []


def test_a_masked_form_is_offered():
    assert masked(f"居民{ID}") == [("id_number", "error", f"330102*********{ID[-3:]}")]
    assert masked("经手人13800001234") == [("mobile_number", "error", "138****1234")]
    assert masked("联系电话：13800001234") == [("mobile_number", "warning", "138****1234")]


@pytest.mark.parametrize("text", ["138 0000 1234", "+86-13800001234", "138-0000-1234", "１３８００００１２３４"])
def test_mobile_numbers_are_found_in_every_form(tokens, text: str):
    assert len(tokens("mobile_number", text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "0571-85061112",
        "12345政府服务热线",
        "12388",
        "合同编号20241380000123456",
        "138****1234",
        "400-800-1234",
        "12800001234",
        "金额23800001234.5元",
    ],
)
def test_office_lines_and_codes_are_no_mobile_numbers(tokens, text: str):
    assert tokens("mobile_number", text) == []


@pytest.mark.parametrize(
    "text",
    [
        f"银行卡号{CARD}",
        f"工资卡：{CARD[:4]} {CARD[4:8]} {CARD[8:12]} {CARD[12:16]} {CARD[16:]}",
        f"汇入账户{card('621700001000123')}",
    ],
)
def test_bank_cards_are_found(tokens, text: str):
    assert len(tokens("bank_card", text)) == 1


@pytest.mark.parametrize(
    "text", [f"订单{CARD}", f"转{CARD[:-1]}{(int(CARD[-1]) + 1) % 10}", "账号0000000000000000", "账号2024"]
)
def test_numbers_without_the_word_or_the_sum_are_no_cards(tokens, text: str):
    assert tokens("bank_card", text) == []


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("家住清河路18号3幢201室，已走访", "清河路18号3幢201室"),
        ("住址：清川市清河镇柳村6组", "清川市清河镇柳村6组"),
        ("户籍地为清川市东街道12号", "清川市东街道12号"),
    ],
)
def test_home_addresses_are_found(tokens, text: str, token: str):
    assert tokens("home_address", text) == [token]


@pytest.mark.parametrize("text", ["通信地址：清河路18号", "家住清河镇", "邮政专用信箱12号", "现住群众12户"])
def test_office_addresses_and_towns_are_none(tokens, text: str):
    assert tokens("home_address", text) == []


@pytest.mark.parametrize("text", ["车牌浙A12345", "川A·B1234C", "新能源车粤AD12345"])
def test_licence_plates_are_found(tokens, text: str):
    assert len(tokens("licence_plate", text)) == 1


@pytest.mark.parametrize("text", ["京ICP备12345678号", "浙A类企业", "川ABCDEF", "GB/T 9704"])
def test_other_codes_are_no_plates(tokens, text: str):
    assert tokens("licence_plate", text) == []


@pytest.mark.parametrize("text", ["护照E12345678", "护照号码：EA1234567", "通行证号P1234567"])
def test_passports_are_found_by_their_word(tokens, text: str):
    assert len(tokens("passport_number", text)) == 1


@pytest.mark.parametrize("text", ["零件E12345678", "因私护照管理", "护照数量12345678本"])
def test_codes_without_the_word_are_no_passports(tokens, text: str):
    assert tokens("passport_number", text) == []


@pytest.mark.parametrize("text", ["来自zhangsan@qq.com的信息", "抄送abc_1@163.com", "写信给A.B@gmail.com"])
def test_private_mail_is_found(tokens, text: str):
    assert len(tokens("private_email", text)) == 1


@pytest.mark.parametrize("text", ["发至office@qingchuan.gov.cn", "监督邮箱：qcjw@163.com", "@所有人", "a@b"])
def test_office_mail_is_none(tokens, text: str):
    assert tokens("private_email", text) == []


def test_a_key_behind_the_word_for_it_is_told_once():
    text = "密码：" + "ghp_" + "Ab3d" * 9
    assert [found.rule for found in examine_text([(1, text)], "a.txt")] == ["P027"]
