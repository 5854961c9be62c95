"""What makes a label of a thing, a body or a quantity of what else might be a person's."""

from __future__ import annotations

from rectify.prose.late import late
from rectify.prose.word_lists import any_of, load

_DATA = load("holdings")
THING = late("|".join(_DATA["things"]))
BODY = late(any_of(_DATA["bodies"]))
IMPERSONAL = late(rf"{'|'.join(_DATA['impersonal'])}|[〔﹝\[（(](?:19|20)\d\d[〕﹞\]）)]|[令函发]第?$")
"""Tells of a number beside somebody that it is not theirs."""
_BODY_NAMED = late(
    r"(?<!工作)(?<!所在)(?<!服务)(?:单位|企业|公司|机构|学校|商户)(?:全?称|名称)?[：:]|[（(](?:单位|企业|公司|法人)[）)]|户名?称?[：:][^，。；\n]{2,20}(?:公司|[局院所校厂店部社站]|中心|政府|委员会)(?![一-鿿])"
)
_MACHINE = late("出厂|产品|机型|机具|农机购置|机组|设备型号")
PUBLIC = late(
    rf"{any_of([*_DATA['public'], *_DATA['bodies']])}|[局室科股处站所厅院校部队馆社委办店厂台组会长](?=电话|座机|号码|[（(：:，,、；。\d]|$)"
)
"""Tells of the line of a telephone that it is not a home's."""


def is_of_another(line: str) -> bool:
    """Return whether a line says of a body, or of a machine, that the numbers on it are theirs."""
    return bool(_BODY_NAMED.search(line) or _MACHINE.search(line))
