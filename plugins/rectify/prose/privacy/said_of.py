"""What is said of somebody: the sentence that names him, those that go on about him, the fields beside the field of his name."""

from __future__ import annotations

from rectify.core.patterns import compiled
from rectify.prose.privacy.columns import line_at

_SENTENCE_END = compiled(r"[。\n]")
_FIELD = compiled(r"(?m)^[ \-]{0,4}[\w一-鿿]{1,16} ?[：:]")
_NAMES_A_FIELD = compiled(r"[ \u3000]{0,4}[一-鿿](?:[ \u3000]{0,4}[一-鿿]){1,6}[ \u3000]{0,4}")
_GOES_ON = compiled(
    r"。[“”\"]?(?:其(?!他|它|中|次|余|实)|[他她](?!们)|该[生户员]|此人|本人|[患死伤]者|家[中里]|全家|[父母妻夫儿女]|丈夫|老[公婆伴]|爷爷|奶奶)[^。\n]{0,80}"
)
"""What a sentence begins with that still speaks of whom the one before has named."""
_SENTENCE_SIGN = compiled("[。；]")
_FARTHEST, _FIELDS, _SENTENCES, _LONGEST_VALUE = 80, 4, 3, 40
_CELLS, _LONGEST_CELL = 3, 16


def around(text: str, first: int, last: int) -> tuple[int, int]:
    """Return the sentence of a place, and the fields above and below where it is the value of a field."""
    near = max(0, first - _FARTHEST)
    start = max((match.end() for match in _SENTENCE_END.finditer(text, near, first)), default=near)
    match = _SENTENCE_END.search(text, last, last + _FARTHEST)
    end = match.start() if match else min(len(text), last + _FARTHEST)
    for _ in range(_SENTENCES):
        if not (more := _GOES_ON.match(text, end)):
            break
        end = more.end()
    if _FIELD.match(text, start):
        for _ in range(_FIELDS):
            above = text.rfind("\n", 0, max(0, start - 1)) + 1
            if start and above < start and _FIELD.match(text, above):
                start = above
            if _FIELD.match(text, end + 1):
                end = line_at(text, end + 1)[1]
    elif (start, end) == (first, last) and text[last : last + 1] == "\n":
        # A name alone on a line, of a table that was copied cell by cell.
        for _ in range(_CELLS):
            below = line_at(text, min(len(text), end + 1))[1]
            end = below if below - end <= _LONGEST_CELL and not _SENTENCE_SIGN.search(text, end + 1, below) else end
    elif start and _names_a_field(text, start - 1):
        # A field is on one line and its value on the next.
        for _ in range(2 * _FIELDS):
            above, below = line_at(text, max(0, start - 1))[0], line_at(text, min(len(text), end + 1))[1]
            start = above if start - above <= _LONGEST_VALUE else start
            end = below if below - end <= _LONGEST_VALUE else end
    return start, end


def _names_a_field(text: str, place: int) -> bool:
    """Return whether the line of a place is nothing but a word or two that a value may stand below."""
    start, end = line_at(text, place)
    return end - start <= _LONGEST_VALUE and bool(_NAMES_A_FIELD.fullmatch(text, start, end))
