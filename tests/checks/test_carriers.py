"""What a published file carries beside its pages is read wherever it lies; one run of `rectify check` over all of it."""

import re

import pytest

from helpers.carriers import CARRIERS, NUMBER, aimed
from helpers.cases import DISCLOSURE
from helpers.far_carriers import FAR_CARRIERS, OVERGROWN
from helpers.site import write_site

FOLDER = "reports/2024-a/files/"
ALL = {**CARRIERS, **{f"远{name}": carrier for name, carrier in FAR_CARRIERS.items()}}


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> str:
    """What the check says of a folder with every carrier."""
    site = write_site(tmp_path_factory.mktemp("carriers"), {**DISCLOSURE})
    for name, (data, _) in ALL.items():
        site.write(f"{FOLDER}{name}", data)
    site.write(f"{FOLDER}目的地.pdf", aimed())
    site.write(f"{FOLDER}多次.pdf", OVERGROWN)
    result = site.rectify("check", "--format", "text", "-o", "told.txt")
    assert result.exit == 1
    return (site.root / "told.txt").read_text("utf-8")


@pytest.mark.parametrize("name", ALL)
def test_a_number_is_found_with_the_name_of_its_place(told: str, name: str):
    found = re.findall(rf"错误  content/{re.escape(FOLDER + name)}\S* \[P002\] (.*){NUMBER}", told)
    assert any(place.startswith(ALL[name][1]) for place in found), re.findall(f".*{re.escape(name)}.*", told)


def test_a_number_in_the_name_of_a_destination_is_found(told: str):
    assert f"{FOLDER}目的地.pdf [P002] 名称: 手机号码：{NUMBER[:3]}-{NUMBER[3:7]}-{NUMBER[7:]}" in told


def test_what_has_more_earlier_versions_than_are_read_is_not_published_unread(told: str):
    assert re.search(rf"错误  content/{FOLDER}多次\.pdf \[A020\] .*之前的版本多于 20 个", told)
