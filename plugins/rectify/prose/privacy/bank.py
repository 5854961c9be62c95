"""Bank cards (ISO/IEC 7812-1, JR/T 0008)."""

from __future__ import annotations

import re

from rectify.prose.privacy.identity import is_identity
from rectify.prose.privacy.recogniser import Recogniser, Sighting, keep

_WORDS = re.compile(r"卡号|账号|帐号|账户|银行|存折|储蓄卡|工资卡|信用卡|一卡通|社保卡")
_ISSUED = re.compile(r"62\d{14,17}|9558\d{15}|(?:4\d|5[1-5])\d{14}")
_OTHER_NUMBERS = re.compile(
    r"订单|合同|编号|编码|代码|文号|流水|单号|批次|批号|证号|证件|身份|许可|凭证|发票|条码|户号|受理号|序列号|索引|档案|资产|金额|坐标"
)


def _is_bank_card(sighting: Sighting) -> bool:
    """A number of another kind satisfies the sum once in ten, so that without a word only an issuer's number will do."""
    number = sighting.number
    issued = (
        _ISSUED.fullmatch(number)
        and not _OTHER_NUMBERS.search(sighting.before)
        and not (len(number) == 18 and is_identity(sighting))
    )
    return bool(issued or _WORDS.search(sighting.before)) and _is_card(number)


def _is_card(digits: str) -> bool:
    """Return whether 16 to 19 digits satisfy the sum of Luhn."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return len(set(digits)) > 1 and sum(value - 9 * (value > 9) for value in doubled) % 10 == 0


RECOGNISERS = (
    Recogniser(
        rule="P004",
        form=re.compile(r"(?<![0-9A-Za-z])\d{4}(?:[ \-]?\d{4}){3}(?:[ \-]?\d{1,3})?(?![0-9A-Za-z])"),
        valid=_is_bank_card,
        masked=keep(4, 4),
        source="ISO/IEC 7812-1",
        quick=re.compile(r"\d[\d \-]{9}"),
    ),
)
