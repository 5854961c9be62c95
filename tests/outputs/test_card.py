"""The card of a disclosure, read as XML and by its name."""

from xml.etree import ElementTree as xml

from hypothesis import given
from hypothesis import strategies as st

from rectify.core.counts import Counts
from rectify.core.vocabulary import STATUSES
from rectify.outputs.card import WIDTH, Card, card, frame_height

TEXT = st.text(st.sampled_from("整改问题<>&\"'，。、（）aé\x0b\ud800") | st.characters(), max_size=200)
COUNTS = st.lists(st.integers(0, 9), min_size=len([*STATUSES]), max_size=len([*STATUSES])).map(
    lambda numbers: Counts(tuple(zip((status.key for status in STATUSES), numbers)))
)


@given(TEXT, TEXT, COUNTS)
def test_a_card_is_whole_whatever_it_says(unit, title, counts):
    root = xml.fromstring(card(Card(unit, title, "16个问题：已完成9个", "其中2个已逾期", "截至2025年9月25日", counts)))
    assert int(root.attrib["width"]) == WIDTH and root.attrib["viewBox"] == f"0 0 {WIDTH} {root.attrib['height']}"
    assert root[0].text.endswith("16个问题：已完成9个\n其中2个已逾期\n截至2025年9月25日")
    lowest = max(float(one.attrib.get("y", 0)) for one in root)
    assert lowest < int(root.attrib["height"])
    bar = [float(one.attrib["width"]) for one in root if one.attrib.get("height") == "10"]
    assert len(bar) == len(counts.shown) and (not bar or abs(sum(bar) - 328) < 0.1)
    lines = [one.text or "" for one in root if one.tag.endswith("}text")]
    assert len(lines) <= 1 + 3 + 1 + 1 + 1
    assert not any(line[:1] in "，。、）" for line in lines[2:] if line and line[0] != title[:1])


def test_a_frame_has_room_for_what_the_card_says():
    counts = Counts(tuple((status.key, 1) for status in STATUSES))
    heights = [
        frame_height(Card("局", "整改" * many, "6个问题", late, "截至2025年9月25日，网站", counts))
        for many, late in ((5, ""), (5, "其中2个已逾期"), (60, ""))
    ]
    assert heights == sorted(heights) and len({*heights}) == 3
