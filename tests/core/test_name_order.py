"""Names stand as a Chinese reader looks for them."""

import pytest

from rectify.core.name_order import order_of


@pytest.mark.parametrize(
    "names",
    [
        "清川市第一中学 清川市第二中学 清川市第三中学 清川市第十中学 清川市第十二中学 清川市第二十中学",
        "县一中 县二中 县三中",
        "一、甲 二、乙 三、丙 十一、丁",
        "（一）甲 （二）乙 （三）丙",
        "①甲 ②乙 ⑩丙",
        "2号楼 3D馆 10号楼",
        "安平县 白苇县 公安局 教育局 民政局 三江县 一心镇 云溪县",
        "A局 B局 安平县 沅汀区",  # the last begins with a rare character
    ],
)
def test_numbers_by_value_and_characters_by_sound(names):
    wanted = names.split()
    assert sorted(wanted, key=order_of) == wanted
    assert len({order_of(one) for one in wanted}) == len(wanted)
