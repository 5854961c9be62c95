"""The pictures of the clerks' manual show the desk as it is."""

import json
import re

import pytest

from helpers.desk_pictures import SCENES, said
from helpers.site import ROOT

IMAGES = ROOT / "docs" / "images"


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_a_picture_shows_what_the_desk_says(scene, tmp_path):
    known = json.loads((IMAGES / "desk.json").read_text("utf-8"))
    assert said(scene, tmp_path) == known[scene.name], "take them again: .venv/bin/python tools/pictures.py"


def test_every_picture_is_in_the_manual_and_light():
    manual = (ROOT / "docs" / "desk.md").read_text("utf-8")
    names = {scene.name for scene in SCENES}
    assert set(re.findall(r"\(images/(desk[\w-]*)\.png\)", manual)) == names
    assert all((IMAGES / f"{name}.png").stat().st_size < 70_000 for name in names)
    assert {file.stem for file in IMAGES.glob("desk*.png")} == names
