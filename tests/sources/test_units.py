"""`units.toml`: a unit that documents name in several ways is one; what is wrong in the file is told with its line."""

from pathlib import Path

import pytest

from helpers.cases import DISCLOSURE
from helpers.growth import assert_linear
from rectify.core.units import NO_UNITS, Unit, Units
from rectify.sources.units import read_units

TEXT = """[[unit]]
name = "清川市水务局"
aliases = ["市水务局", "水务局"]
parent = "清川市政府"

[[unit]]
name = "建设科"
aliases = ["工程建设科"]
parent = "水务局"
"""
WRONG = {
    '[unit]\nname = "甲局"': (1, "两层方括号"),
    "unit = 3": (1, "两层方括号"),
    '[[unit]]\nname = "甲局"\nalias = ["乙"]': (3, "没有“alias”"),
    "[[unit]]\nname = “甲局”": (2, "全角的 “"),
    '[[unit]]\nname = "甲局"\naliases = "甲"': (3, "写成 aliases"),
    '[[unit]]\nname = "甲局"\naliases = ["局"]\n[[unit]]\nname = "乙局"\n\naliases = ["丙","局"]': (7, "已经是“甲局”"),
    '[[unit]]\nname = "甲局"\n[[unit]]\nname = "甲 局"': (4, "已经是“甲局”"),
    '[[unit]]\nname = "甲局"\nparent = "乙"\n[[unit]]\nname = "乙局"\naliases = ["乙"]\nparent = "甲局"': (
        3,
        "自己名下",
    ),
    '[[unit]]\naliases = ["局"]': (1, "缺少 name"),
    '[[unit]]\nname = "甲局"\naliases = [""]': (3, "英文双引号"),
    "[[unit]]\nname = 3": (2, "英文双引号"),
    '["甲局"]\naliases = ["局"]': (1, "没有“甲局”"),
    "unit = " + "[" * 3000: (1, ""),
    '<<<<<<< HEAD\n[[unit]]\nname = "甲局"': (1, "S075"),
}


def test_names_and_what_they_belong_to(tmp_path: Path):
    (tmp_path / "units.toml").write_text(TEXT, "utf-8")
    units = read_units(tmp_path / "units.toml")
    assert units == Units(
        (Unit("清川市水务局", ("市水务局", "水务局"), "清川市政府"), Unit("建设科", ("工程建设科",), "水务局"))
    )
    assert [units.name(word) for word in ("市水务局", "市 水务局", "清川市水务局", "市水利局", "")] == [
        *["清川市水务局"] * 3,
        "市水利局",
        "",
    ]
    assert units.parent("工程建设科") == "清川市水务局" and units.parent("市水利局") == ""
    assert read_units(tmp_path / "none.toml") == NO_UNITS


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, text: str):
    (tmp_path / "units.toml").write_text(text, "utf-8")
    line, reason = WRONG[text]
    with pytest.raises(ValueError, match=f"units.toml:{line}[：:].*{reason}"):
        read_units(tmp_path / "units.toml")


def test_one_unit_everywhere(make_site):
    """On pages, in lists, filters, data and on the command line; titles and bodies as they were written."""
    other = {
        path.replace("2024-a", "2023-b"): text.replace("2024-", "2023-").replace("单位: 清川市水务局", "单位: 市水务局")
        for path, text in DISCLOSURE.items()
        if path.startswith("reports/")
    }
    assert any("单位: 市水务局" in text for text in other.values())
    site = make_site(DISCLOSURE | other)
    assert "[S078]" in site.rectify("check").out
    site.write("../units.toml", TEXT)
    assert "[S078]" not in site.rectify("check").out
    assert (
        site.rectify("status", "--unit", "水务局").ok().out == site.rectify("status", "--unit", "清川市政府").ok().out
    )
    site.build().ok()
    assert {one["unit"] for one in site.data("disclosures")["disclosures"]} == {"清川市水务局"}
    assert "单位: 市水务局" in (site.root / "content/reports/2023-b/index.md").read_text("utf-8")
    site.write("../units.toml", '[[unit]]\nname = "甲局"\nalias = []\n')
    for result in (site.rectify("check"), site.build(), site.rectify("status")):
        assert result.exit == 1 and "units.toml:3" in result.out and "Traceback" not in result.out


def test_units_below_units_take_time_in_proportion_to_their_number(tmp_path):
    def line(number: int) -> Path:
        file = tmp_path / f"{number}.toml"
        tables = [f'[[unit]]\nname = "单位{i}"\nparent = "单位{i + 1}"\n' for i in range(number)]
        file.write_text("".join(tables) + f'[[unit]]\nname = "单位{number}"\n', "utf-8")
        return file

    assert_linear(line, read_units, 1_600, pairs=1)
