"""Parts of lines that are likely marks, by the sum of what their characters and those beside them weigh.

Nobody can list all ways to say that a text is not for everybody: 只念不发, 卷内材料不对当事人开放. What speaks for a mark
are the characters that marks are made of, its length and what else its line says; the weights are tenths of natural
logarithms, fitted to marks and to ordinary lines that look like some.
"""

from __future__ import annotations

from collections.abc import Iterator

from rectify.core.patterns import compiled
from rectify.prose.faces import face_of
from rectify.prose.handling import Mark
from rectify.prose.word_lists import load

_DATA = load("likely_marks")


def _weights(name: str) -> dict[str, int]:
    return {word: int(weight) for weight, words in _DATA[name].items() for word in words.split()}


_PART_WEIGHTS, _BESIDE_WEIGHTS, _SIZES = _weights("part"), _weights("beside"), _DATA["sizes"]
_PART = compiled(r"[^,。;:!?|·◆()\[\]<>“”\"'/\x00《》]+")
_BOX = compiled("[□■☑√✓]")
_MAY_TELL = compiled(
    "密|内[部参刊情控]|外[传泄借发流送露带]|不公|非公|予公|宜公|缓公|公开|扩散|转[发给交借]|复[制印]|翻印|上网|[传审参专限查亲]阅|阅[后知读示办件卷]|知[悉情]|掌握"
    "|[仅只][供限发传在给报送呈]|供|限[于本内]|勿|不[得准许宜可要能作予发传上对向入外接落办]|禁|严|收[回存]|交[回还]|归还|销毁|退[回还]|看完|删|敏感|对外|对内|往外|专[报人]|[稿件案]|定|范围|截[图屏]"
    "|别|拍|录|原件|领导|口[头径]|要保|机要(?![科室处局])|受控"
)
"""One of these is in every part that is weighed."""
_SAYS = compiled("[一-鿿A-Za-z]{2}|密")
_ENOUGH = -5
_LONGEST, _LONGEST_PART, _BESIDE = 90, 40, 40


def likely_marks(line: str) -> Iterator[Mark]:
    """Return the parts of a line that are likely marks."""
    if len(line) > 2 * _LONGEST:
        return
    face, places = face_of(line)
    if len(face) > _LONGEST:
        return
    if _BOX.search(face):
        return
    parts = [match.span() for match in _PART.finditer(face) if _SAYS.search(match[0])]
    for start, end in parts:
        if end - start > _LONGEST_PART or not _MAY_TELL.search(face, start, end):
            continue
        if _weight(face, start, end, len(parts)) > _ENOUGH:
            yield Mark("M007", places[start], places[end - 1] + 1)


def _weight(face: str, start: int, end: int, parts: int) -> int:
    before, behind = face[:start][-_BESIDE:], face[end : end + _BESIDE]
    weight: int = _DATA["any"]
    for name, size in (("line", len(face) // 12), ("part", (end - start) // 5), ("parts", parts)):
        weight += _SIZES[name][min(size, len(_SIZES[name]) - 1)]
    weight += sum(_PART_WEIGHTS.get(one, 0) for one in _pieces(f"^{face[start:end]}$", 3))
    return weight + sum(_BESIDE_WEIGHTS.get(one, 0) for one in _pieces(f"{before}\0{behind}", 2))


def _pieces(text: str, longest: int) -> set[str]:
    """Return all that stands together in a text, up to so many characters."""
    return {text[start : start + size] for size in range(1, longest + 1) for start in range(len(text) - size + 1)}
