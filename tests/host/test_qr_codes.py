"""QR codes against the codes that the library makes by itself, module by module."""

import re

import segno
from hypothesis import given
from hypothesis import strategies as st

from rectify.host.qr_codes import QrCodes

SITE = "https://zhenggai.qingchuan.example/reports/"
ADDRESS = st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=40).map(SITE.__add__)


def modules(drawing: str) -> list[list[int]]:
    """What a reader sees: the dark modules along the path of a drawing, without the quiet zone."""
    size = int(re.search(r'viewBox="0 0 (\d+) \1"', drawing)[1])
    seen = [[0] * size for _ in range(size)]
    x = y = 0
    for step, across, down in re.findall(r"([Mmh])(\d+)(?: (\d+)(?:\.5)?)?", re.search(' d="(.*?)"', drawing)[1]):
        if step == "h":
            seen[y][x : x + int(across)] = [1] * int(across)
        x, y = (int(across), int(down)) if step == "M" else (x + int(across), y)
    assert not any(map(any, (*seen[:4], *seen[-4:], *(row[:4] + row[-4:] for row in seen))))
    return [row[4:-4] for row in seen[4:-4]]


@given(st.lists(ADDRESS, min_size=1, max_size=2), st.integers(0, 99))
def test_a_code_put_together_is_the_one_that_the_library_makes(addresses, number):
    codes = QrCodes()
    for one in [*addresses, f"{SITE}2025-a/{number:02d}/", f"{SITE}2025-a/07/"]:
        whole = segno.make_qr(one.encode(), error="m", mode="byte", mask=2, boost_error=False)
        assert modules(codes.drawing(one, "二维码")) == [list(row) for row in whole.matrix]
