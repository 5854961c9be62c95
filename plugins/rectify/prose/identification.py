"""Who can be recognised although no name stands there: by a post, a sector, a city left unmasked; others named with blame.

These are heuristics about meaning. They ask for a decision and rather miss a case than cry wolf.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rectify.core.finding import Finding
from rectify.core.patterns import compiled
from rectify.prose.late import late
from rectify.prose.masks import Mask
from rectify.prose.passage import IDEOGRAPH, Passage
from rectify.prose.word_lists import any_of, load

_DATA = load("identification")
_PLACES = load("places")

_BLAME = compiled("|".join(_DATA["blame"]))
_PERSONNEL = compiled("|".join(_DATA["personnel"]))
_CLAUSE = compiled(r"[^，、：,]+")
_BODY = any_of(_DATA["bodies"])
_GENERIC = compiled(any_of(_DATA["generic"]))
# A name holds none of the characters that join words to sentences.
_NAME = f"(?:(?![的了在于是对为由将把被从等或也都])[{IDEOGRAPH}]){{1,16}}?"
_PARTY_BODY = late(
    rf"({_NAME}(?:{_BODY}))(?:党支部|党总支|党工委|党委|党组)(?!书记|副书记|委员|成员|班子|会|中心组|领导)"
)
_POST = late(
    rf"({_NAME}(?:{_BODY}))(?:机关)?(?:党委|党组|党工委|党总支|党支部|纪委|工会|团委)?(?:原|时任)?(?:专职|分管|常务|第一)?"
    rf"(?:{any_of(_DATA['single_posts'])})(?!{any_of(_DATA['acting'])}|[{IDEOGRAPH}]?{any_of(_DATA['plural'])})"
)

_MASKED_UNIT = compiled(any_of(_DATA["masked_unit"]))
_MASKED_PLACE = compiled(r"[省市县区州]")
_SECTOR = late(rf"(?:{any_of(_PLACES['sectors'])})(?:事业|工作(?=重要|的重要)|发展(?!和改革)|系统(?=党|干部|各))")
_CITY = any_of(_PLACES["cities"])
_CITY_NAMED = late(
    rf"[赴到往与向在]((?:{_CITY})(?!{any_of(_PLACES['history'])})(?:市|机关(?:工委)?|[{IDEOGRAPH}]{{0,6}}?(?:工委|局|委|党校|区|县))?)"
    rf"|(?:{_CITY})(?:市(?:委|直|政府|纪委|[{IDEOGRAPH}]{{1,8}}局)|机关工委|市级机关)"
)
_UNIVERSITY = late(
    rf"{any_of(_PLACES['universities'])}|(?:{_CITY}|{any_of(_PLACES['provinces'])})[{IDEOGRAPH}]{{0,4}}?(?:大学|学院|党校)"
)
_REGION_LEVEL = compiled(r"中央(?:和|、|及)(?:自治)?区(?:、|和|及)市(?:党委)?|自治区(?:党委|政府)")
_PROVINCE_LEVEL = compiled(r"省(?:委|党委|政府|直|级)|全省")
_TWO_LEVELS = compiled(r"(?:市区|市县|区县|县市)委(?:第[^，。\n]{1,4})?巡[察视](?:组|第)")


def identification(passage: Passage, masks: list[Mask]) -> Iterator[Finding]:
    """Return the passages by which someone who should not be recognised can be."""
    yield from _sentences(passage)
    if masks:
        yield from _left_unmasked(passage, masks)
    told: set[int] = set()
    for match in _TWO_LEVELS.finditer(passage.text):
        finding = passage.found("P014", match.start(), token=match[0])
        # Said twice on one line, it is one slip.
        if finding.line not in told:
            told.add(finding.line)
            yield finding


def _sentences(passage: Passage) -> Iterator[Finding]:
    title = next((line for line in passage.lines if line.strip()), "")
    own = "" if "。" in title else title
    text = passage.text
    # What no text has, no sentence of it has.
    blames, is_about_people, is_about_security = map(
        bool, (_BLAME.search(text), _PERSONNEL.search(text), _SECURITY.search(text))
    )
    if not (blames or is_about_people or is_about_security):
        return
    for start, sentence in passage.sentences():
        if blames and _BLAME.search(sentence):
            yield from _third_parties(passage, start, sentence, own)
        if is_about_people and _PERSONNEL.search(sentence):
            yield from _posts(passage, start, sentence, own)
        if is_about_security and (weakness := _weakness(sentence)) is not None:
            yield passage.found("P015", start + weakness.start(), token=weakness[0])


def _third_parties(passage: Passage, start: int, sentence: str, own: str) -> Iterator[Finding]:
    """Return the party organisations that begin a clause of a sentence with blame in it."""
    for clause in _CLAUSE.finditer(sentence):
        body = _PARTY_BODY.match(clause[0])
        if body and _is_particular(body[1], own):
            yield passage.found("P012", start + clause.start(), token=body[0])


def _posts(passage: Passage, start: int, sentence: str, own: str) -> Iterator[Finding]:
    """Return the posts that one person holds, of a body given by name, to whom something unpleasant happened."""
    for clause in _CLAUSE.finditer(sentence):
        post = _POST.match(clause[0])
        if post and _is_particular(post[1], own):
            yield passage.found("P011", start + clause.start(), token=post[0])


def _is_particular(body: str, own: str) -> bool:
    """Return whether a body is given by its own name, and is not the unit that speaks."""
    return len(body) >= 3 and not _GENERIC.match(body) and body not in own


_WEAKNESS = compiled("|".join(_DATA["weaknesses"]))
_SECURITY = compiled(any_of(_DATA["security"]))


def _weakness(sentence: str) -> re.Match[str] | None:
    """Return the weak point in the protection of secrets, systems or goods that a sentence tells, or None."""
    return _WEAKNESS.search(sentence) if _SECURITY.search(sentence) else None


def _left_unmasked(passage: Passage, masks: list[Mask]) -> Iterator[Finding]:
    """Return what still tells the unit or the place in a document that masks its own."""
    text = passage.text
    unit = any(_MASKED_UNIT.match(text, mask.end) for mask in masks)
    place = any(_MASKED_PLACE.match(text, mask.end) for mask in masks)
    if unit:
        for match in _SECTOR.finditer(text):
            yield passage.found("P013", match.start(), token=match[0])
    if unit or place:
        for pattern in (_UNIVERSITY, _CITY_NAMED):
            for match in pattern.finditer(text):
                group = match.lastindex or 0
                yield passage.found("P013", match.start(group), token=match[group])
    if (unit or place) and "区" in text and _PROVINCE_LEVEL.search(text):
        for match in _REGION_LEVEL.finditer(text):
            yield passage.found("P013", match.start(), token=match[0])
