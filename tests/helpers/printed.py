"""Printed pages as PDF and as OFD: characters and rules at stated places, in points from the top left of A4."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from io import BytesIO
from typing import NamedTuple
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 595.0, 842.0
_MILLIMETRE = 25.4 / 72
_OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'


class Text(NamedTuple):
    x: float
    base: float
    text: str
    size: float = 16


class Sheet(NamedTuple):
    texts: tuple[Text, ...] = ()
    rules: tuple[tuple[float, float, float, float], ...] = ()
    picture: bool = False


def typeset(text: str, size: float = 16, head: str = "") -> list[Sheet]:
    """Return a text set as official documents are: its first line large in the middle, the others indented by two."""
    left, right, pitch = 80.0, WIDTH - 75, size * 1.75
    most = int((right - left) / size)
    placed: list[list[Text]] = [[]]
    base = 110.0
    for number, line in enumerate(one.strip() for one in text.splitlines() if one.strip()):
        own = size + 6 if not number else size
        per_line = int((right - left) / own)
        rest = line if not number else f"\u3000\u3000{line}"
        while rest:
            piece, rest = _cut(rest, per_line if not number else most)
            if base > HEIGHT - 100:
                placed.append([])
                base = 110.0
            x = left if number else left + (right - left - _wide(piece) * own) / 2
            indent = len(piece) - len(piece.lstrip("\u3000"))
            placed[-1].append(Text(x + indent * own, base, piece.strip("\u3000"), own))
            base += own * 1.75 if not number else pitch
    sheets = []
    for number, texts in enumerate(placed, 1):
        running = [Text(left, 45, head, 9)] if head else []
        foot = Text(WIDTH / 2 - 20, HEIGHT - 50, f"— {number} —", 14)
        sheets.append(Sheet((*running, *texts, foot)))
    return sheets


def _cut(text: str, most: int) -> tuple[str, str]:
    width, at = 0.0, 0
    while at < len(text) and width + _wide(text[at]) <= most:
        width += _wide(text[at])
        at += 1
    return text[:at], text[at:]


def _wide(text: str) -> float:
    return sum(1 if one > "\u2000" else 0.5 for one in text)


def pdf(sheets: Sequence[Sheet], encoding: str = "/UniGB-UTF16-H") -> bytes:
    """Return the sheets as a PDF whose font is not embedded, as older programs for Chinese write them."""
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(sheets)}/Kids[{' '.join(f'{6 + 2 * at} 0 R' for at in range(len(sheets)))}]>>",
        f"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding{encoding}/DescendantFonts[4 0 R]>>",
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>"
        "/DW 1000>>",
        _stream(b"\xff", "/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray"),
    ]
    for at, sheet in enumerate(sheets):
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Contents {7 + 2 * at} 0 R"
            "/Resources<</Font<</F 3 0 R>>/XObject<</P 5 0 R>>>>>>"
        )
        objects.append(_stream("\n".join(_drawn(sheet)).encode()))
    out = BytesIO(b"")
    out.write(b"%PDF-1.7\n")
    places = []
    for number, one in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n".encode() + (one.encode() if isinstance(one, str) else one) + b"\nendobj\n")
    start = out.tell()
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}".encode())
    out.write(f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def _drawn(sheet: Sheet) -> list[str]:
    lines = [f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /P Do Q"] if sheet.picture else []
    for text in sheet.texts:
        x = text.x
        # One string a character, so that places and not widths decide.
        for character in text.text:
            place = f"1 0 0 1 {x:.2f} {HEIGHT - text.base:.2f} Tm"
            lines.append(f"BT /F {text.size} Tf {place} <{character.encode('utf-16-be').hex()}> Tj ET")
            x += _wide(character) * text.size
    lines += [f"{a:.1f} {HEIGHT - b:.1f} m {c:.1f} {HEIGHT - d:.1f} l S" for a, b, c, d in sheet.rules]
    return lines


def _stream(data: bytes, more: str = "") -> bytes:
    return f"<<{more}/Length {len(data)}>>stream\n".encode() + data + b"\nendstream"


def ofd(sheets: Sequence[Sheet]) -> bytes:
    """Return the sheets as OFD, a run of characters an object, the pages in files numbered the other way round."""
    out = BytesIO()
    names = [f"Pages/Page_{len(sheets) - at}/Content.xml" for at in range(len(sheets))]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "OFD.xml",
            f'<ofd:OFD {_OFD} Version="1.1" DocType="OFD"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>'
            "</ofd:DocBody></ofd:OFD>",
        )
        pages = "".join(f'<ofd:Page ID="{at + 1}" BaseLoc="{name}"/>' for at, name in enumerate(names))
        package.writestr(
            "Doc_0/Document.xml",
            f"<ofd:Document {_OFD}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 {_mm(WIDTH, HEIGHT)}"
            f"</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>{pages}</ofd:Pages></ofd:Document>",
        )
        for name, sheet in zip(names, sheets):
            body = "".join([*map(_text_object, sheet.texts), *map(_path_object, sheet.rules)])
            if sheet.picture:
                body += f'<ofd:ImageObject ID="9" Boundary="0 0 {_mm(WIDTH, HEIGHT)}" ResourceID="8"/>'
            layer = f'<ofd:Content><ofd:Layer ID="3" Type="Body">{body}</ofd:Layer></ofd:Content>'
            package.writestr(f"Doc_0/{name}", f"<ofd:Page {_OFD}>{layer}</ofd:Page>")
    return out.getvalue()


def _text_object(text: Text) -> str:
    steps = [_wide(character) * text.size * _MILLIMETRE for character in text.text[:-1]]
    # What the standard writes for steps that are alike.
    alike = len(set(steps)) == 1 and len(steps) > 1
    delta = f"g {len(steps)} {steps[0]:.3f}" if alike else " ".join(f"{step:.3f}" for step in steps)
    box = _mm(text.x, text.base - text.size, _wide(text.text) * text.size, text.size)
    return (
        f'<ofd:TextObject ID="5" Boundary="{box}" Font="4" Size="{_mm(text.size)}"><ofd:TextCode X="0" '
        f'Y="{_mm(text.size)}"{f" DeltaX={chr(34)}{delta}{chr(34)}" if delta else ""}>{escape(text.text)}</ofd:TextCode>'
        "</ofd:TextObject>"
    )


def _path_object(rule: tuple[float, float, float, float]) -> str:
    left, top, right, bottom = rule
    path = f"M 0 0 L {_mm(right - left)} {_mm(bottom - top)}"
    return (
        f'<ofd:PathObject ID="6" Boundary="{_mm(left, top, right - left + 1, bottom - top + 1)}">'
        f"<ofd:AbbreviatedData>{path}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def _mm(*points: float) -> str:
    return " ".join(f"{point * _MILLIMETRE:.3f}" for point in points)


def grid(xs: Sequence[float], ys: Sequence[float], rows: Sequence[Sequence[str]], size: float = 12) -> Sheet:
    """Return a table: the text of each cell in lines as they are broken there."""
    texts = [
        Text(xs[column] + 4, ys[row] + size * (1.3 + 1.3 * number), line, size)
        for row, cells in enumerate(rows)
        for column, cell in enumerate(cells)
        for number, line in enumerate(cell.split("\n"))
        if line
    ]
    across = [(xs[0], y, xs[-1], y) for y in ys]
    down = [(x, ys[0], x, ys[-1]) for x in xs]
    return Sheet(tuple(texts), tuple(across + down))
