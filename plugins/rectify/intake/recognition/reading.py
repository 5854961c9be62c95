"""A text in the script and the punctuation that the word lists have, and the way back to what is printed.

Traditional characters, half-width signs and unusual numbers are replaced one by one, so that every place keeps its offset.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from rectify.core.script import TRADITIONAL, simplified
from rectify.intake.outline import Cell, Paragraph, Row, Table
from rectify.intake.recognition.bulleted_lists import without_bullets
from rectify.intake.recognition.bullets import ARROWS, DOTS
from rectify.intake.recognition.deep_numbers import with_three_levels
from rectify.intake.recognition.numbered_answers import with_answers_numbered
from rectify.intake.recognition.numbering import read_mark
from rectify.intake.recognition.series import with_usual_numbers

_SHARE = 0.04
"""Of the characters of a traditional text, so many at least have another form in the word lists."""
_SAMPLE = 4000
_HAN = "\u3400-\u9fff"
_WIDE = str.maketrans(",;:?!()", "，；：？！（）")
_HALF = re.compile(
    rf"(?<=[{_HAN}”》）\])])[,;:?!()]|[,;:?!()](?=[{_HAN}“《（\"])|(?<=[{_HAN}”》）\")])\.(?![A-Za-z0-9])"
)
_CORNERS = str.maketrans("「」『』", "“”‘’")
_SHELLS = re.compile("[〔［](?!\\d{4}[〕］]|\\d+[〕］])([^〔〕［］]+)[〕］]")
"""〔责任单位：甲科〕 or ［2024年5月底前，已完成］, and not 〔2024〕5号."""
_AFTER_NUMBER = re.compile(r"^(\s*[一二三四五六七八九十]{1,3}),")
_STRAIGHT = re.compile('"([^"\n]{1,200})"')
_ARROW = re.compile("[→⇒➜➔➡⟶]")
_DASH = re.compile("^[^。，：:；—]{4,60}——(?![一-鿿]{2,8}(?:[（(][^（()）]{4,20}[）)])?$)")
_SPACED = re.compile(rf"(?<=[{_HAN}，、；：。“”（）]) (?=\d)|(?<=\d) (?=[{_HAN}，、；：。“”（）％%])")
_NUMBER = re.compile(
    "\\s{0,40}(?:(?:[A-Z]{1,3}[-－—]?)?\\d[\\d.．-]{0,8}|[\u4e00-\u9fff]{0,4}(?:问题|事项|任务|隐患|序号|编号) ?(?:[A-Z]{1,3}[-－—]?)?\\d{1,3}) ?"
)
_SIGN = re.compile(
    f"(\\s{{0,40}})((?:[{DOTS}○{ARROWS}▎]\\s{{0,4}}){{1,3}})(?=\\d{{1,3}}[.．、)）]|[（(][\\d一二三四五六七八九十]{{1,3}}[)）]|[一二三四五六七八九十]{{1,3}}[、是])"
)
"""A bullet before a number."""
_FEWEST_ARROWS = 3
_PARTS = re.compile("(?<=[，。；、：？！“”（）|\n])")


class Reading:
    """Blocks as they are read; `restore` gives back what a result of reading is in the document."""

    def __init__(self, blocks: Sequence[Paragraph | Table]):
        texts = list(_texts(blocks))
        traditional = _is_traditional("".join(texts)[:_SAMPLE])
        kept = [_kept(text) for text in texts]
        folded = [
            _folded(text if places is None else "".join(text[at] for at in places), traditional)
            for text, places in zip(texts, kept)
        ]
        read = list(blocks) if folded == texts else list(_with_texts(blocks, iter(folded)))
        self.blocks = _with_stops(without_bullets(with_answers_numbered(with_usual_numbers(with_three_levels(read)))))
        folded = list(_texts(self.blocks))
        self.changed = folded != texts
        self._printed, self._read = ("\n".join(texts), "\n".join(folded)) if self.changed else ("", "")
        self._places = _places(texts, kept) if any(places is not None for places in kept) else None
        self._known: dict[str, str] = {}
        self._cursor = 0

    def restore(self, value: Any) -> Any:
        """Return a value, of whatever it is made, with its texts as they are printed."""
        if not self.changed:
            return value
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, dict):
            return {key: self.restore(one) for key, one in value.items()}
        if isinstance(value, tuple):
            parts = [self.restore(one) for one in value]
            return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
        return value

    def _text(self, text: str) -> str:
        if text.isascii():
            return text
        if text not in self._known:
            self._known[text] = self._found(text)
        return self._known[text]

    def _found(self, text: str) -> str:
        at = self._read.find(text, self._cursor)
        at = at if at >= 0 else self._read.find(text)
        if at >= 0:
            self._cursor = at
            if self._places is None:
                return self._printed[at : at + len(text)]
            return self._printed[self._places[at] : self._places[at + len(text) - 1] + 1]
        # Put together from several lines: each part as it is printed.
        parts = [part for part in _PARTS.split(text) if part]
        return "".join(map(self._text, parts)) if len(parts) > 1 else text


def _kept(text: str) -> list[int] | None:
    """Return the offsets of a text without the single spaces between Chinese and numbers, None where it has none.

    A number at the start of a line keeps its space, which ends it.
    """
    if " " not in text:
        return None
    number = _NUMBER.match(text)
    gone = {match.start() for match in _SPACED.finditer(text, number.end() if number else 0)}
    return [at for at in range(len(text)) if at not in gone] if gone else None


def _places(texts: Sequence[str], kept: Sequence[list[int] | None]) -> list[int]:
    """Return the offset in the texts, a line each, of every character that is read of them."""
    places: list[int] = []
    begin = 0
    for text, some in zip(texts, kept):
        places += [begin + at for at in (range(len(text)) if some is None else some)]
        begin += len(text) + 1
        places.append(begin - 1)
    return places


def _with_stops(blocks: list[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the blocks with arrows and dashes as full stops, where lines of a list have them: 1.甲不严 → 补登记 → 已完成."""
    for sign in (_ARROW, _DASH):
        lines = {
            index: block
            for index, block in enumerate(blocks)
            if isinstance(block, Paragraph) and sign.search(block.text) and read_mark(block.text)
        }
        if len(lines) >= _FEWEST_ARROWS:
            blocks = list(blocks)
            for index, block in lines.items():
                text = sign.sub(lambda match: match[0][:-2] + "。 " if len(match[0]) > 1 else "。", block.text)
                blocks[index] = block._replace(text=text)
    return blocks


def _is_traditional(text: str) -> bool:
    characters = [char for char in text if "\u3400" <= char <= "\u9fff"]
    return sum(char in TRADITIONAL for char in characters) > len(characters) * _SHARE


def _folded(text: str, traditional: bool) -> str:
    if traditional:
        text = simplified(text)
    if match := _SIGN.match(text):
        text = " " * match.end() + text[match.end() :]
    if "「" in text or "『" in text:
        text = text.translate(_CORNERS)
    if "〔" in text or "［" in text:
        text = _SHELLS.sub(r"（\1）", text)
    if "［" in text:
        text = text.replace("［", "[").replace("］", "]")
    if '"' in text:
        text = _STRAIGHT.sub(r"“\1”", text)
    if not _HALF.search(text):
        return text
    text = _AFTER_NUMBER.sub(r"\1、", text)
    return _HALF.sub(lambda match: "。" if match[0] == "." else match[0].translate(_WIDE), text)


def _texts(blocks: Iterable[Paragraph | Table]) -> Iterable[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            for row in block.rows:
                yield from (cell.text for cell in row.cells)


def _with_texts(blocks: Iterable[Paragraph | Table], texts: Iterable[str]) -> Iterable[Paragraph | Table]:
    source = iter(texts)
    for block in blocks:
        if isinstance(block, Paragraph):
            text = next(source)
            # What is no longer there was inside the heading at most.
            yield block._replace(text=text, lead=max(block.lead - len(block.text) + len(text), 0) if block.lead else 0)
        else:
            rows = [
                Row(tuple(Cell(next(source), c.merged, c.value) for c in r.cells), r.line, r.hidden) for r in block.rows
            ]
            yield block._replace(rows=tuple(rows))
