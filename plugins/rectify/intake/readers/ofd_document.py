"""An OFD with a text layer as an outline (GB/T 33190-2016, the format of official documents)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from rectify.core.finding import RefusedDocument, found
from rectify.core.language import N_
from rectify.intake.outline import Outline
from rectify.intake.readers.pages.glyph import Glyph, Page, Rule, rules_of
from rectify.intake.readers.pages.reading import outline_of
from rectify.intake.readers.pages.scans import refuse_scans
from rectify.sources.ofd import OfdPage, ofd_pages
from rectify.sources.office_package import Package

PAGES = 1_000
_POINTS = 72 / 25.4
"""In a millimetre."""
_A4 = (0.0, 0.0, 210.0, 297.0)
_THIN = 1.0
_COVERS = 0.6
_WIDE = "\u2000"


def read_ofd(package: Package, path: str, progress: Callable[[int, int], None]) -> Outline:
    """Return the outline of a checked OFD package; scans are refused."""
    pages = []
    for number, page in enumerate(ofd_pages(package), 1):
        if number > PAGES:
            raise RefusedDocument(found("I015", path, found=N_("页"), allowed=PAGES))
        pages.append(_printed(page))
        progress(number, number)
    refuse_scans(pages, path)
    return outline_of(pages, path, "ofd")


def _printed(page: OfdPage) -> Page:
    area = _numbers(page.area)
    _, _, width, height = area if len(area) == 4 and area[2] > 0 and area[3] > 0 else _A4
    glyphs: list[Glyph] = []
    rules: list[Rule] = []
    covered = 0.0
    for root in (*page.templates, page.root):
        for thing in root.iter("{*}TextObject", "{*}PathObject", "{*}ImageObject"):
            if thing.get("Visible") == "false" or thing.get("Alpha") == "0":
                continue
            kind = etree.QName(thing).localname
            if kind == "TextObject":
                glyphs += _glyphs(thing)
            elif kind == "PathObject":
                rules += _rules(thing)
            else:
                box = _box(thing)
                covered += box[2] * box[3]
    return Page(
        width * _POINTS, height * _POINTS, tuple(glyphs), tuple(rules), picture=covered >= _COVERS * width * height
    )


def _glyphs(thing: etree._Element) -> Iterator[Glyph]:
    """Yield the characters of a text object at their places."""
    left, top, *_ = _box(thing)
    a, b, c, d, e, f = _matrix(thing)
    size = _number(thing.get("Size"), 4.2)
    bold = _number(thing.get("Weight"), 400) >= 600
    x = y = 0.0
    for code in thing.iter("{*}TextCode"):
        x, y = _number(code.get("X"), x), _number(code.get("Y"), y)
        text = "".join(code.itertext()).strip("\r\n")
        right, down = _deltas(code.get("DeltaX"), len(text)), _deltas(code.get("DeltaY"), len(text))
        for index, character in enumerate(text):
            move = right[index] if index < len(right) else 0.0
            width = move or size * (1 if character > _WIDE else 0.5)
            px, py = left + a * x + c * y + e, top + b * x + d * y + f
            scale = (c * c + d * d) ** 0.5 or 1.0
            own = min(abs(width), size * (1.05 if character > _WIDE else 0.7)) * abs(a or 1)
            yield Glyph(character, px * _POINTS, (px + own) * _POINTS, py * _POINTS, size * scale * _POINTS, bold)
            x += move
            y += down[index] if index < len(down) else 0.0


def _rules(thing: etree._Element) -> list[Rule]:
    """Return the rules that a path draws; an area filled with colour is none."""
    if thing.get("Stroke") == "false" and thing.get("Fill") != "true":
        return []
    left, top, *_ = _box(thing)
    a, b, c, d, e, f = _matrix(thing)
    words = "".join(thing.findtext("{*}AbbreviatedData", "")).split()
    paths: list[list[tuple[float, float]]] = []
    numbers: list[float] = []
    step = ""
    for word in [*words, "C"]:
        if not word.isalpha():
            numbers.append(_number(word, 0))
            continue
        if step in ("M", "S") and len(numbers) >= 2:
            paths.append([(numbers[0], numbers[1])])
        elif step in ("L", "Q", "B", "A") and len(numbers) >= 2 and paths:
            paths[-1].append((numbers[-2], numbers[-1]))
        elif step == "C" and paths:
            paths[-1].append(paths[-1][0])
        step, numbers = word, []
    if step == "C" and words and words[-1] == "C" and paths:
        paths[-1].append(paths[-1][0])
    rules = []
    for path in paths:
        points = [((left + a * x + c * y + e) * _POINTS, (top + b * x + d * y + f) * _POINTS) for x, y in path]
        some = rules_of(points, _THIN * _POINTS)
        if len(some) == 1 or thing.get("Stroke") != "false":
            rules += some
    return rules


def _deltas(text: str | None, most: int) -> list[float]:
    """Return the steps between characters; `g 5 4.2` stands for five times 4.2 (11.3)."""
    words = (text or "").split()
    result: list[float] = []
    while words and len(result) < most:
        word = words.pop(0)
        if word == "g" and len(words) >= 2:
            count, step = int(_number(words.pop(0), 0)), _number(words.pop(0), 0)
            result += [step] * min(count, most)
        else:
            result.append(_number(word, 0))
    return result


def _box(thing: etree._Element) -> list[float]:
    numbers = _numbers(thing.get("Boundary", ""))
    return numbers if len(numbers) == 4 else [0.0, 0.0, 0.0, 0.0]


def _matrix(thing: etree._Element) -> list[float]:
    numbers = _numbers(thing.get("CTM", ""))
    return numbers if len(numbers) == 6 else [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]


def _numbers(text: str) -> list[float]:
    return [_number(word, 0) for word in text.split()]


def _number(text: str | None, default: float) -> float:
    try:
        value = float(text) if text else default
    except ValueError:
        return default
    return value if abs(value) < 1e7 else default
