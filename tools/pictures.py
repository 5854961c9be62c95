"""The pictures of the clerks' manual, taken from the real desk: .venv/bin/python tools/pictures.py

Needs Chromium. Beside them lies a digest of what each page said, by which a test tells when they must be taken again.
"""

from __future__ import annotations

import json
import os
import struct
import sys
import tempfile
import zlib
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / name) for name in ("tests", "plugins")]

from helpers import chromium  # noqa: E402
from helpers.browser import launched  # noqa: E402
from helpers.desk_pictures import SCENES, Scene, office, said  # noqa: E402
from helpers.desks import served  # noqa: E402

IMAGES = ROOT / "docs" / "images"
_COLOURS = 24
_SIZE = {"width": 1180, "height": 760}


def main() -> None:
    os.environ.update(LC_ALL="C.UTF-8", LANGUAGE="zh_CN")  # the browser's own words are in Chinese too
    with (
        launched(os.environ.get("RECTIFY_CHROMIUM") or chromium.find() or "") as browser,
        tempfile.TemporaryDirectory() as place,
    ):
        for scene in SCENES:
            picture = smaller(taken(scene, Path(place, scene.name), browser))
            (IMAGES / f"{scene.name}.png").write_bytes(picture)
            print(f"{scene.name}.png {len(picture) // 1000} KB")
        digests = {scene.name: said(scene, Path(place, f"{scene.name} said")) for scene in SCENES}
    (IMAGES / "desk.json").write_text(json.dumps(digests, indent=1) + "\n", "utf-8")


def taken(scene: Scene, folder: Path, browser) -> bytes:
    """Return the picture of a scene."""
    with office(folder) as two, served(two.one.desk) as way:
        path = scene.arrange(two)
        context = browser.new_context(viewport=_SIZE, locale="zh-CN")
        tab = context.new_page()
        tab.goto(way)
        tab.goto(tab.url.rstrip("/") + path)
        for place, text in scene.typed:
            tab.locator(place).fill(text)
        if scene.press:
            tab.locator(f'form[action$="{scene.press}"]').first.evaluate("form => form.requestSubmit()")
            tab.wait_for_url(f"**{scene.press}")
        if tab.locator("[data-frame]").count():
            # The page of the readers follows what is typed.
            for _place, text in scene.typed:
                tab.frame_locator("[data-frame]").get_by_text(text).first.wait_for(state="attached")
        tab.mouse.click(5, 5)
        end = tab.evaluate("document.querySelector('main').lastElementChild.getBoundingClientRect().bottom + 16")
        picture = tab.screenshot(clip={"x": 0, "y": 0, **_SIZE, "height": min(_SIZE["height"], end)})
        tab.goto("about:blank")  # nothing is on its way when the desk goes
        context.close()
        return picture


def smaller(picture: bytes) -> bytes:
    """Return a PNG of eight bits a channel with its commonest colours only."""
    width, height, _depth, kind = struct.unpack(">IIBB", picture[16:26])
    step = {2: 3, 6: 4}[kind]
    data, place = b"", 8
    while place < len(picture):
        (length,) = struct.unpack(">I", picture[place : place + 4])
        if picture[place + 4 : place + 8] == b"IDAT":
            data += picture[place + 8 : place + 8 + length]
        place += length + 12
    rows = list(_plain(zlib.decompress(data), width * step, height, step))
    pixels = [[row[at : at + 3] for at in range(0, len(row), step)] for row in rows]
    common = Counter(pixel for row in pixels for pixel in row)
    palette = [colour for colour, _times in common.most_common(_COLOURS)]
    nearest = {one: min(range(len(palette)), key=lambda at: _apart(one, palette[at])) for one in common}
    body = zlib.compress(b"".join(b"\0" + bytes(nearest[pixel] for pixel in row) for row in pixels), 9)
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = ((b"IHDR", head), (b"PLTE", b"".join(palette)), (b"IDAT", body), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(part)) + name + part + struct.pack(">I", zlib.crc32(name + part)) for name, part in parts
    )


def _plain(data: bytes, length: int, height: int, step: int):
    """Yield the rows of a picture without the filters that each was packed with."""
    above = bytearray(length)
    for number in range(height):
        start = number * (length + 1)
        kind, row = data[start], bytearray(data[start + 1 : start + 1 + length])
        for at in range(length):
            left, up = row[at - step] if at >= step else 0, above[at]
            corner = above[at - step] if at >= step else 0
            if kind == 1:
                row[at] = (row[at] + left) & 255
            elif kind == 2:
                row[at] = (row[at] + up) & 255
            elif kind == 3:
                row[at] = (row[at] + (left + up) // 2) & 255
            elif kind == 4:
                guess = left + up - corner
                row[at] = (row[at] + min((left, up, corner), key=lambda one: abs(guess - one))) & 255
        yield bytes(row)
        above = row


def _apart(one: bytes, other: bytes) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other))


if __name__ == "__main__":
    main()
