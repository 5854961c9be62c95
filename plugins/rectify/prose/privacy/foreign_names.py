"""Names that are not built of a surname and a given name in Chinese characters."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from rectify.core.patterns import compiled
from rectify.prose.late import late
from rectify.prose.privacy.circumstances import does_a_person
from rectify.prose.privacy.likeness import frequency
from rectify.prose.privacy.names import FOREIGN_NAME, LATIN_NAME, SYLLABLE
from rectify.prose.privacy.parts import EDGES, part_before
from rectify.prose.word_lists import any_of, load

_DATA = load("people")
_EDGE = r"\s，。、；：？！（）()“”\"'|/_.!?,:;"
_DOTTED = late(FOREIGN_NAME)
_UYGHUR = compiled(f"(?:{any_of(_DATA['uyghur'])})[{_DATA['sounds']}]{{0,4}}")
_LATIN = late(LATIN_NAME)
_PAIRED = compiled(any_of(_DATA["paired"]))
_FROM_ABROAD = late(any_of(_DATA["from_abroad"]))
_WORDS = late(
    r"(?<![A-Za-z\d.@_/:\-])[A-Z][A-Za-z'’]{1,14}(?:[ \-](?:[A-Z][A-Za-z'’]{1,14}|[A-Z]\.?)){1,3}(?![A-Za-z\d@_/])"
)
_ONE_WORD = late(
    rf"(?:籍(?:{any_of(_DATA['foreigners'])})?|外教|留学生|外国人|姓名[：:]|[Nn]ame: ?) ?(?P<name>[A-Z][a-z]{{2,14}})(?![A-Za-z\d@_])"
)
_PEOPLE = late(
    rf"[一-鿿]族(?:同胞|男|女|老|青|中)?(?:{any_of(one for one in {*_DATA['private'], *_DATA['roles'], *_DATA['parts'], *_DATA['nouns'], '妇女', '老汉', '阿婆', '小伙', '少年', '女孩', '男孩'} if len(one) > 1)})(?P<name>[{_DATA['sounds']}呷瓦吉次拉措扎嘎洛央宗旺金]{{2,6}})(?=[{_EDGE}]|[的因患家之称在被于为未系年一两草牛羊补低医助缺户]|反映|领|申请|投诉|举报|草场|草原|牲畜|$)"
)
"""藏族学生次仁, 蒙古族牧民巴图: what stands there sounds like a name of that people, whatever else."""
_SOUNDS = f"{_DATA['sounds']}呷瓦吉次拉措扎嘎洛央宗旺金坡则曲乃约伍岩罕扁玉木果日"
_SOUNDED = frozenset(_SOUNDS)
_RUN = compiled(rf"[{_SOUNDS}]{{3,}}")
_LONGEST_RUN, _MOST_WORDS = 7, 1
_YI = compiled(
    rf"(?:{any_of(_DATA['yi'])})[{_DATA['sounds']}呷且色惹牛果各日火支作落聪则]{{1,3}}?(?=[{_EDGE}]|$|[反为在因将系领未连长的与和等被已申退存家在]|[投违])"
)
"""的日莫色, 阿支木呷"""
_LED_TO = frozenset('：:“"（( ')
_GOES_ON = late(rf"[{_EDGE}]|$|[的因患家之称在被于为未系年一两草牛羊补低医助缺户等和与及虚已申领违不]")
_OF_PLACES = frozenset("村镇乡县市州旗区族寺山河湖江路街店厂场社校院滩沟草")
_FARES = late("长期|一家|家中|系[^，。；]{1,8}(?:患者|级残疾)|因[^，。；]{1,8}(?:住院|致贫|返贫)")
_COUNTED = late(r"等?[\d一二两三四五六七八九十]{1,3}[户人名位]")
_OF_A_ROLE = late(
    rf"(?<![A-Za-z])(?i:patient|resident|villager|complainant|applicant|student|pupil|mr|mrs|ms|miss|teacher|worker|victim|defendant|plaintiff|tenant|householder|payee|witness|farmer)[.:]? (?P<name>[A-Z][a-z]{{1,6}} (?=[A-Z])(?i:{SYLLABLE}){{1,2}})(?![A-Za-z])"
)
_NO_NAME = compiled(rf"\b(?i:{any_of(_DATA['no_latin_names'])})\b")
_NEAR = 24
"""Characters on either side of a name in Latin letters in which something tells that its bearer is from abroad."""


def foreign_names(text: str) -> Iterator[tuple[int, int]]:
    """Yield where such names stand: 古丽娜尔·买买提, 扎西顿珠, 乌云其木格, Zhang Guilan."""
    if "·" in text or "•" in text:
        yield from (match.span() for match in _DOTTED.finditer(text))
    yield from (match.span() for match in _UYGHUR.finditer(text))
    yield from (match.span() for match in _LATIN.finditer(text))
    yield from (match.span("name") for match in _OF_A_ROLE.finditer(text) if not _NO_NAME.search(match["name"]))
    yield from _by_sound(text)
    for match in _YI.finditer(text):
        if not match.start() or text[match.start() - 1] in EDGES or part_before(text, match.start()):
            yield match.span()
    if "族" in text:
        yield from (match.span("name") for match in _PEOPLE.finditer(text))
    if _FROM_ABROAD.search(text):
        yield from _in_latin(text)
    parts = [match.span() for match in _PAIRED.finditer(text)]
    yield from _half_known(text, parts)
    yield from ((start, end) for (start, middle), (next_, end) in pairwise(parts) if middle == next_)
    yield from ((start, end) for start, end in parts if _is_one_alone(text, start, end))


def _half_known(text: str, parts: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the names of two halves of which one is known and the other sounds like one: 达瓦次里, 俄洛曲珍."""
    for start, end in parts:
        for first, last in ((start, end + 2), (start - 2, end)):
            half = text[end:last] if first == start else text[max(0, first) : start]
            if len(half) < 2 or not _SOUNDED.issuperset(half) or not _GOES_ON.match(text, last):
                continue
            if not first or text[first - 1] in EDGES or part_before(text, first):
                yield first, last


def _is_one_alone(text: str, start: int, end: int) -> bool:
    """Return whether one part is a whole name: 志愿者央金, 才旦等4户."""
    if text[end : end + 1] in _OF_PLACES:
        return False
    if part_before(text, start):
        return True
    if start and text[start - 1] not in EDGES:
        return False
    in_cell = text[max(0, start - 2) : start].strip() == "|" == text[end : end + 2].strip()
    return in_cell or bool(_COUNTED.match(text, end) or _FARES.match(text, end) or does_a_person(text, end))


def _by_sound(text: str) -> Iterator[tuple[int, int]]:
    """Yield what sounds like a name of another language, is no words, and stands where somebody is named: 低保户尔古拉坡."""
    for match in _RUN.finditer(text):
        start, end = match.span()
        if end - start > _LONGEST_RUN or not _GOES_ON.match(text, end):
            continue
        if sum(map(frequency, match[0], match[0][1:])) > _MOST_WORDS:
            continue
        before = start - (text[start - 1 : start] in _LED_TO and start > 0)
        if part_before(text, before) or ((not start or not text[start - 1].isalnum()) and does_a_person(text, end)):
            yield start, end


def _in_latin(text: str) -> Iterator[tuple[int, int]]:
    """Yield where names of people from abroad stand: 外教Peter Jackson, 法国籍Marie."""
    for match in _WORDS.finditer(text):
        near = max(0, match.start() - _NEAR)
        start = text.rfind("\n", near, match.start()) + 1 or near
        end = text.find("\n", match.end(), match.end() + _NEAR)
        told = text[start : match.start()], text[match.end() : end if end >= 0 else match.end() + _NEAR]
        if any(map(_FROM_ABROAD.search, told)) and not _NO_NAME.search(match[0]):
            yield match.span()
    yield from (match.span("name") for match in _ONE_WORD.finditer(text) if not _NO_NAME.search(match["name"]))
