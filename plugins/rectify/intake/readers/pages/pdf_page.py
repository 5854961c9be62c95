"""The drawing instructions of a PDF page carried out: characters and rules at their places (ISO 32000-1, 8 and 9)."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any, NamedTuple

from pypdf import PageObject
from pypdf.generic import ContentStream, DictionaryObject
from pypdf.generic._font import Font

from rectify.intake.readers.pages.glyph import Glyph, Page, Rule, rules_of

OPERATIONS = 300_000
"""Instructions of one page."""
_DEPTH = 8
_THIN = 3.0
"""Points: a box no wider is a line."""
_COVERS = 0.6
_LEVEL = 0.2
_UNSEEN = 3
"""Rendering mode of text that is not painted (9.3.6)."""
_PALE = 0.7
"""Of white: text so light is a watermark, or is not to be seen; on a dark ground it is a heading."""
_RADICALS = str.maketrans(
    "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳", "母民虎西见角贝车长门青页风飞食马骨鬼鱼鸟麦黄齐齿龙龟"
)
"""Parts of characters, which fonts name instead of the characters that look the same."""

Matrix = tuple[float, float, float, float, float, float]
_ONE: Matrix = (1, 0, 0, 1, 0, 0)


class _State(NamedTuple):
    matrix: Matrix
    font: Font | None = None
    size: float = 0
    apart: float = 0
    words: float = 0
    scale: float = 1
    leading: float = 0
    rise: float = 0
    mode: int = 0
    light: float = 0
    """How light what is filled is: 0 black, 1 white."""


def printed(page: PageObject, check_time: Callable[[], None]) -> Page:
    """Return what a page shows, level where it was kept lying on its side; `check_time` is called now and then and may raise."""
    drawings = (_drawn(page, (page.rotation + more) % 360, check_time) for more in (0, 90, 180, 270))
    first = next(drawings)
    # Text askew, as watermarks are, stays so however the page is turned.
    return next((one for one in (first, *drawings) if one.is_level()), first).page()


def _drawn(page: PageObject, turn: int, check_time: Callable[[], None]) -> _Drawing:
    box = page.cropbox
    left, bottom, right, top = (float(side) for side in (box.left, box.bottom, box.right, box.top))
    # Points count downwards from the top left, the page turned as it is shown.
    start: Matrix = {
        90: (0, 1, 1, 0, -bottom, -left),
        180: (-1, 0, 0, 1, right, -bottom),
        270: (0, -1, -1, 0, top, right),
    }.get(turn, (1, 0, 0, -1, -left, top))
    width, height = (right - left, top - bottom) if turn % 180 == 0 else (top - bottom, right - left)
    drawing = _Drawing(width, height, check_time)
    contents = page.get_contents()
    if contents is not None:
        drawing.draw(contents, page.get("/Resources"), start, page.pdf, 0)
    return drawing


class _Drawing:
    def __init__(self, width: float, height: float, check_time: Callable[[], None]):
        self.width, self.height = width, height
        self._check_time = check_time
        self.glyphs: list[Glyph] = []
        self.rules: list[Rule] = []
        self._turned: list[str] = []
        self._covered = 0.0
        self._unseen: list[Glyph] = []
        self._pale: list[str] = []
        self._grounds: list[tuple[float, float, float, float]] = []
        self._count = 0
        self._fonts: dict[int, Font] = {}

    def is_level(self) -> bool:
        return len(self.glyphs) + len(self._unseen) >= len(self._turned)

    def page(self) -> Page:
        # Most of it unseen is what a scanner recognised; a little of it nobody who reads the page knows of.
        recognised = len(self._unseen) > len(self.glyphs)
        glyphs = [*self.glyphs, *self._unseen] if recognised else self.glyphs
        return Page(
            self.width,
            self.height,
            tuple(glyphs),
            tuple(self.rules),
            "".join(self._turned).strip(),
            self._covered >= _COVERS * self.width * self.height,
            recognised,
            "".join([*self._pale, *(one.text for one in self._unseen if not recognised)]).strip(),
        )

    def draw(self, stream: Any, resources: Any, matrix: Matrix, pdf: Any, depth: int) -> None:
        resources = resources.get_object() if resources is not None else DictionaryObject()
        state, stack = _State(matrix), []
        line: Matrix = _ONE
        pen: Matrix = _ONE
        path: list[list[tuple[float, float]]] = []
        for operands, operator in ContentStream(stream, pdf, "bytes").operations:
            self._count += 1
            if self._count > OPERATIONS:
                return
            if self._count % 500 == 0:
                self._check_time()
            match operator:
                case b"q":
                    stack.append(state)
                case b"Q":
                    state = stack.pop() if stack else state
                case b"cm":
                    state = state._replace(matrix=_times(_six(operands), state.matrix))
                case b"BT":
                    line = pen = _ONE
                case b"Tf":
                    state = state._replace(font=self._font(resources, operands[0]), size=float(operands[1]))
                case b"Tc":
                    state = state._replace(apart=float(operands[0]))
                case b"Tw":
                    state = state._replace(words=float(operands[0]))
                case b"Tz":
                    state = state._replace(scale=float(operands[0]) / 100)
                case b"TL":
                    state = state._replace(leading=float(operands[0]))
                case b"Ts":
                    state = state._replace(rise=float(operands[0]))
                case b"Tr":
                    state = state._replace(mode=int(operands[0]))
                case b"g" | b"rg" | b"k" | b"sc" | b"scn":
                    state = state._replace(light=_light(operands))
                case b"Td" | b"TD":
                    if operator == b"TD":
                        state = state._replace(leading=-float(operands[1]))
                    line = pen = _times((1, 0, 0, 1, float(operands[0]), float(operands[1])), line)
                case b"Tm":
                    line = pen = _six(operands)
                case b"T*":
                    line = pen = _times((1, 0, 0, 1, 0, -state.leading), line)
                case b"Tj" | b"TJ" | b"'" | b'"':
                    if operator in (b"'", b'"'):
                        line = pen = _times((1, 0, 0, 1, 0, -state.leading), line)
                    for piece in operands[-1] if operator == b"TJ" else operands[-1:]:
                        pen = self._show(piece, state, pen)
                case b"Do":
                    self._do(resources, operands[0], state.matrix, pdf, depth)
                case b"INLINE IMAGE":
                    self._cover(state.matrix)
                case b"re":
                    x, y, w, h = map(float, operands)
                    path.append([(x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y)])
                case b"m":
                    path.append([(float(operands[0]), float(operands[1]))])
                case b"l" | b"c" | b"v" | b"y":
                    if path:
                        path[-1].append((float(operands[-2]), float(operands[-1])))
                case b"h":
                    if path:
                        path[-1].append(path[-1][0])
                case b"S" | b"s" | b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" | b"n":
                    self._rule(path, state, operator)
                    path = []

    def _rule(self, path: list[list[tuple[float, float]]], state: _State, operator: bytes) -> None:
        for points in path if operator != b"n" else ():
            placed = [_place(x, y, state.matrix) for x, y in points]
            if operator.lower().startswith((b"f", b"b")) and state.light < _PALE:
                self._ground(placed)
            rules = rules_of(placed, _THIN)
            # A filled area is a background; only one that is thin is a line.
            if operator.lower().startswith((b"f",)) and len(rules) > 1:
                continue
            self.rules += rules

    def _do(self, resources: Any, name: Any, matrix: Matrix, pdf: Any, depth: int) -> None:
        things = resources.get("/XObject")
        thing = things.get_object().get(name) if things is not None else None
        thing = thing.get_object() if thing is not None else None
        if thing is None:
            return
        if thing.get("/Subtype") == "/Image":
            self._cover(matrix)
        elif thing.get("/Subtype") == "/Form" and depth < _DEPTH:
            inner = _times(_six(thing.get("/Matrix", _ONE)), matrix)
            self.draw(thing, thing.get("/Resources", resources), inner, pdf, depth + 1)

    def _ground(self, placed: list[tuple[float, float]]) -> None:
        xs, ys = [x for x, _ in placed], [y for _, y in placed]
        self._grounds.append((min(xs), min(ys), max(xs), max(ys)))

    def _is_seen(self, x: float, y: float, light: float) -> bool:
        """Whether what stands there is on the page, and dark enough or on a dark ground."""
        if not (0 <= x <= self.width and 0 <= y <= self.height):
            return False
        return light < _PALE or any(a <= x <= c and b <= y <= d for a, b, c, d in self._grounds)

    def _cover(self, matrix: Matrix) -> None:
        self._ground([_place(x, y, matrix) for x in (0, 1) for y in (0, 1)])
        self._covered += abs(matrix[0] * matrix[3] - matrix[1] * matrix[2])

    def _font(self, resources: Any, name: Any) -> Font | None:
        fonts = resources.get("/Font")
        resource = fonts.get_object().get(name) if fonts is not None else None
        resource = resource.get_object() if resource is not None else None
        if not isinstance(resource, DictionaryObject):
            return None
        if id(resource) not in self._fonts:
            font = self._fonts[id(resource)] = Font.from_font_resource(resource)
            # Codes that only number the glyphs, without a table of their characters.
            if str(resource.get("/Encoding")).startswith("/Identity") and not font.character_map:
                font.interpretable = False
        return self._fonts[id(resource)]

    def _show(self, piece: Any, state: _State, pen: Matrix) -> Matrix:
        """Place the characters of a string, or move as a number says; return where the pen is then."""
        if isinstance(piece, (int, float)):
            return _times((1, 0, 0, 1, -float(piece) / 1000 * state.size * state.scale, 0), pen)
        font = state.font
        if font is None:
            return pen
        for code, text in _characters(piece, font):
            width = _width(code, text, font)
            move = (width * state.size + state.apart + (state.words if code == " " else 0)) * state.scale
            at = _times(pen, state.matrix)
            (x, y), (x2, y2) = _place(0, state.rise, at), _place(width * state.size * state.scale, state.rise, at)
            size = state.size * (at[2] ** 2 + at[3] ** 2) ** 0.5
            if abs(y2 - y) > _LEVEL * abs(x2 - x) or x2 < x:
                self._turned.append(text)
            elif size > 0.5:
                glyph = Glyph(text, x, x2, y, size, "bold" in font.name.lower())
                if not self._is_seen(glyph.middle, glyph.centre, state.light):
                    self._pale.append(text)
                else:
                    (self._unseen if state.mode == _UNSEEN else self.glyphs).append(glyph)
            pen = _times((1, 0, 0, 1, move, 0), pen)
        return pen


def _characters(piece: Any, font: Font) -> list[tuple[str, str]]:
    """Return code and text of every character of a string, U+FFFD where the file does not say what it is."""
    data = piece if isinstance(piece, bytes) else getattr(piece, "original_bytes", b"")
    if isinstance(font.encoding, str):
        codes = data.decode(font.encoding, "surrogatepass" if font.encoding == "utf-16-be" else "replace")
        return [(code, _text(font.character_map.get(code, code)) if font.interpretable else "\ufffd") for code in codes]
    result = []
    for byte in data:
        code = font.encoding.get(byte, chr(byte))
        text = font.character_map.get(chr(byte), font.character_map.get(code, code))
        result.append((chr(byte), _text(text) if font.interpretable else "\ufffd"))
    return result


def _text(text: str) -> str:
    """Return a text with characters for the parts and forms of characters that a font names."""
    if any("\u2e80" <= one <= "\u2fdf" or "\uf900" <= one <= "\ufb06" for one in text):
        return unicodedata.normalize("NFKC", text.translate(_RADICALS))
    return "\ufffd" if text.startswith(("\x00", "\x01", "\x02", "\x03")) else text


def _width(code: str, text: str, font: Font) -> float:
    widths = font.character_widths
    if code in widths or (isinstance(font.encoding, dict) or font.encoding == "utf-16-be"):
        return float(widths.get(code, widths.get("default", 1000 if text > "\u2e80" else 500))) / 1000
    # Widths of the national encodings go by glyph numbers of the collection, which only its tables know.
    return 1.0 if text > "\u2000" else 0.5


def _light(operands: Any) -> float:
    """Return how light a colour is, of one part, three or four; a pattern counts as dark."""
    parts = [float(one) for one in operands if isinstance(one, (int, float))]
    if len(parts) == 4:
        return 1 - min(1, max(parts[:3]) + parts[3])
    return min(parts, default=0)


def _six(operands: Any) -> Matrix:
    a, b, c, d, e, f = (float(one) for one in operands[:6])
    return (a, b, c, d, e, f)


def _times(one: Matrix, two: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _place(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
