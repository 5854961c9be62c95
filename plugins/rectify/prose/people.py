"""Names: officials in post, and private persons in whatever part they play."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from operator import attrgetter
from typing import NamedTuple

from rectify.core.finding import Finding
from rectify.core.patterns import compiled
from rectify.core.word_breaks import is_inside_phrase, told_by_words
from rectify.prose.late import late
from rectify.prose.passage import IDEOGRAPH, Passage
from rectify.prose.privacy.circumstances import does_a_person
from rectify.prose.privacy.columns import cells_below
from rectify.prose.privacy.foreign_names import foreign_names
from rectify.prose.privacy.likely_names import likely_names
from rectify.prose.privacy.likeness import FIRST, OTHER, SECOND, SURNAME, frequency, is_given
from rectify.prose.privacy.names import NAME, NAME_BEGINS, SPACED_NAME, is_colleague, is_value, masked_name, written
from rectify.prose.privacy.parts import LABELS, part_before
from rectify.prose.privacy.reading import Reading
from rectify.prose.privacy.record_names import record_names
from rectify.prose.privacy.word_names import word_names
from rectify.prose.word_lists import any_of, load

_DATA = load("people")


class Person(NamedTuple):
    """A named person, where the text as it is read has the name."""

    start: int
    end: int
    rule: str


_begins = attrgetter("start")

# Only what a person does, or the word 同志, shows that a name ended here.
_DOES = (
    "同志|兼?任(?:组长|副组长|主任|副主任|总指挥|书记|第一)|担任|为组长|主持|带队|率队|率领|出席|亲自|到会|作了?(?:讲话|报告|动员|部署)"
    r"|通报|介绍|表示|强调|指出|等?(?:\d|[一二三四五六七八九])名"
)
_OFFICIAL = late(rf"(?:{any_of([*_DATA['posts'], *_DATA['company_posts']])})[、，：]?({NAME}?)(?={_DOES})")
_COMRADE = late(rf"(?:^|(?<=[，。、；：“（由请对任派予将把\n]))({NAME}?)(?=同志)")

_EDGE = r"[\s，。、；：？！（）()“”\"'《》<>\[\]|/_.!?\-—,:;\x00]|$"
_JOINTS = frozenset("：: ")
_CALLED, _NOT_CALLED = frozenset(_DATA["called"]), frozenset(_DATA["not_called"])
_LABELLED = (
    rf"(?:名单|清单|名册|明细)?(?:[（(][^（）()\n]{{1,8}}[）)])?[ \u3000]*[：:|][ \u3000]*"
    rf"((?:{SPACED_NAME})(?:[、，, ]+(?:{NAME}))*)(?={_EDGE}|（|\()"
)
_BY_LABEL = late(f"(?:{any_of([*_DATA['labels'], *_DATA['fields']])}){_LABELLED}")
_BY_ANY_LABEL = late(f"[人者员户](?=[名清明（( ：:])(?<=[{IDEOGRAPH}].){_LABELLED}")
_ONE = late(f"{SPACED_NAME}")
_LISTS = frozenset("、")
_LISTED = late(
    rf"([{_DATA['sounds']}]{{4,6}}|{NAME})(?={_EDGE}|[等和及与共分系的被已均都因曾]|名义|[二两三四五六七八九十\d]{{1,2}}[人户名位])"
)
_LISTED_BEFORE = late(rf"(?<=[：:、，。；（(\s])({NAME})$")
_OLD_THIRD = compiled(rf"老[二三四五六七八九幺栓根憨歪蔫拐](?<=[{NAME_BEGINS}]..)")
_NICKNAME = compiled(rf"[小老阿][{NAME_BEGINS}](?={_EDGE})")
# Each begins with its rarest character, which the search jumps to.
_IN_THE_VILLAGE = compiled(
    rf"[爹姑婶伯爷婆嫂叔娘奶妈公](?<=[{''.join(SURNAME)}][一二三四五六七八九幺满阿].)(?![司室安里路])(?<![年月第周共]...)(?!工作室|调解)"
)
"""莫五爹"""
_MOST_TOLD = -30
"""So well words may explain one: less than 费三公 in 水费三公开."""
_OF_A_FAMILY = compiled(rf"氏(?<=[户人者妇女属主患][{''.join(SURNAME)}].)(?=[由的，。、（(\s]|$)")
"""老人韦氏"""
_PET = compiled(
    rf"(?P<pet>[{_DATA['pets']}])(?P=pet)(?<![{IDEOGRAPH}]..)(?=[（(：:]|的?[爸妈爷奶]|同学|小朋友|[今昨明]天)"
)
"""豆豆妈妈"""
_LITTLE = compiled(
    rf"[小阿大][{_DATA['pets']}](?<=[：:，。“]..)(?=[，（(]?(?:就是|[^，。；]{{0,8}}那个)|[的（(]?[爸妈爷奶])"
)
"""小宝（坐轮椅的那个）"""
_NAME_COLUMN = late(rf".{{0,6}}(?:姓名|名字|名单)|.{{0,4}}(?:{any_of(_DATA['labels'])})|负责人|责任人")
_SPECIMEN = compiled("样[表例张]|范[例本]|示[例范]")
_EXAMPLE = late(
    rf"(?:{_SPECIMEN.pattern})[^。\n]{{0,16}}?[张李王赵钱孙][三四五六七八某](?:、[张李王赵钱孙][三四五六七八某])*"
)
"""The people of every form that is filled in to show how."""
_LIST_BEFORE, _LIST_AFTER = compiled(r"[^，。；：:！？\n|]+$"), compiled(r"[^，。；：:！？\n|]+")
_PLACE = compiled("[路街巷道山岭岗坡堆冢楼阁角庄镇村寨屯湾沟塘江河湖溪桥洲岛关寺庙祠园场站港渡区](?:等|$)")
_LONGEST_LIST, _LEAST_LISTED = 120, 3
_POST_COLUMNS = frozenset(("职务", "职位", "职级", "负责人", "责任人", "分工"))
_SOUNDS = late(f"[{_DATA['sounds']}]{{3,6}}")
_HEADING = compiled(rf"姓[ \u3000]*名|名字|名单|{any_of(_DATA['labels'])}")


_POST = any_of([*_DATA["posts"], *_DATA["public_posts"]])
_POST_BEFORE = late(rf"(?:{_POST})(?:[（(][^（）()\n]{{1,8}}[）)])?[：: \u3000]{{0,2}}$")
_POST_BEHIND = late(
    rf"同志|(?:拟?[任为]|担任|兼任|挂任|[（(]|[，,] ?)[一-鿿、]{{0,16}}?(?:{_POST})(?:[一二]级)?(?={_EDGE}|职务|负责|主持|出席|[（(])"
)
_PRIVATE_PARTY = late(any_of(_DATA["private_parties"]))
_IN_BRACKETS = rf"(?:[男女](?:[，,、）)])|真名|本名|本人|化名|姓[{IDEOGRAPH}][）)]|[{IDEOGRAPH}]{{1,3}}族[，,）)]|\d{{1,3}}岁|村民|学生|患者|职工|户主|家长)"
_TOLD_BEHIND = late(rf"（{_IN_BRACKETS}|\({_IN_BRACKETS}|，[男女][，,]|,[男女][，,]")
_NAME_BEFORE = late(rf"{NAME}$")
_WORD_NAME = late(
    rf"(?:{any_of(_DATA['word_names'])})(?={_EDGE}|的(?!的)|[被因患领签称诉]|反映|举报|投诉|取消|要求|[（(])"
)
_NUMBERED = late(rf"\d{{1,2}}[.、．)）: ]{{0,2}}({NAME})(?={_EDGE}|[，（(])")
_LIST_OF_NAMES = late(
    rf"名[单册](?:如下|公示)?[：:]?\n?(?P<list>(?:[ \u3000]{{0,2}}\d{{1,2}}[.、．)）: ]{{0,2}}{NAME}[ \u3000，、；;\n]{{0,3}}){{2,60}})"
)
_LONGEST_NAME = 4
_LONGEST_POST, _LONGEST_PARTY = 16, 24


def persons(reading: Reading) -> list[Person]:
    """Return every named person of a text, where it is read, in order."""
    text = reading.text
    found: dict[int, Person] = {}
    for person in (
        *_officials(text),
        *_in_columns(text),
        *_by_label(text),
        *_nicknamed(text),
        *_told_of(text),
        *_numbered(text),
        *_beside_a_role(text),
        *_of_rare_families(text),
        *_siblings(text),
        *(Person(*span, "P010" if _is_in_office(text, *span) else "P009") for span in foreign_names(text)),
        *_likely(text),
        *(
            Person(*span, "P010" if _is_in_office(text, *span) else "P009")
            for span in (*word_names(text), *record_names(text))
        ),
    ):
        found.setdefault(person.start, person)
    for person in list(found.values()):
        for beside in _beside(text, person):
            found.setdefault(beside.start, beside)
    examples = (
        {place for match in _EXAMPLE.finditer(text) for place in range(*match.span())} if _SPECIMEN.search(text) else ()
    )
    named = sorted(found.values())
    return [person for person in named if person.start not in examples and not _is_among_others(text, person, named)]


_OF_PAPER = compiled(r"[一-鿿]{0,2}[（(〔［\[](?:19|20)\d\d[）)〕］\]] ?第?\d")
"""What an office letters its papers by goes on so: 云国用（2007）第01183号."""


def _likely(text: str) -> Iterator[Person]:
    for start, end in likely_names(text):
        if _OF_PAPER.match(text, end) or is_inside_phrase(text, start, end):
            continue
        if not _is_in_office(text, start, end):
            yield Person(start, end, "P009")
        elif is_colleague(written(text[start:end])):
            yield Person(start, end, "P010")


def _is_in_office(text: str, start: int, end: int) -> bool:
    """Return whether somebody is named for a post of a public body beside the name, and not as a private party."""
    before = text[max(0, start - _LONGEST_POST) : start]
    if not (_POST_BEFORE.search(before) or _POST_BEHIND.match(text, end)):
        return False
    near = re.split("[。\n]", text[max(0, start - _LONGEST_PARTY) : start])[-1]
    behind = re.split("[。\n]", text[end : end + _LONGEST_PARTY])[0]
    return not _PRIVATE_PARTY.search(f"{near}\0{behind}")


def _is_among_others(text: str, person: Person, named: list[Person]) -> bool:
    """Return whether a name stands in a list most of which are places or no names at all.

    李宁路、孔雀山、马王堆; 杨树、柳树、榆树、槐树. Where one is masked, they are persons.
    """
    if "、" not in (text[person.start - 1 : person.start], text[person.end : person.end + 1]):
        return False
    before = _LIST_BEFORE.search(text, max(0, person.start - _LONGEST_LIST), person.start)
    after = _LIST_AFTER.match(text, person.start, person.start + _LONGEST_LIST)
    start, end = before.start() if before else person.start, after.end() if after else person.end
    items = text[start:end].split("、")
    if len(items) < _LEAST_LISTED or "某" in text[start:end]:
        return False
    if 2 * sum(map(bool, map(_PLACE.search, items))) > len(items):
        return True
    names = bisect_left(named, end, key=_begins) - bisect_left(named, start, key=_begins)
    return len(items) > _LEAST_LISTED and 2 * names <= len(items)


def _beside(text: str, person: Person) -> Iterator[Person]:
    """Return the names that are listed with a name, on both sides of it."""
    end = person.end
    while text[end : end + 1] in _LISTS and (match := _LISTED.match(text, end + 1)) and _is_listed(match[1]):
        yield Person(*match.span(1), person.rule)
        end = match.end()
    start = person.start
    while text[start - 1 : start] in _LISTS and (match := _LISTED_BEFORE.search(text, max(0, start - 6), start - 1)):
        if not is_value(match[1]):
            break
        yield Person(*match.span(1), person.rule)
        start = match.start(1)


def _is_listed(name: str) -> bool:
    return is_value(name) or bool(_SOUNDS.fullmatch(name))


def is_named_between(named: list[Person], start: int, end: int) -> bool:
    """Return whether a name begins in a part of a text; `named` are in order."""
    place = bisect_left(named, start, key=_begins)
    return place < len(named) and named[place].start < end


def people(passage: Passage, reading: Reading, named: list[Person]) -> Iterator[Finding]:
    """Return the findings for named persons.

    The head of an office may be named (政府信息公开条例, Art. 20), which someone has to decide; private persons may not
    be named without consent.
    """
    end = 0
    for person in named:
        if person.start < end:
            continue
        end = person.end
        start, stop = reading.source(person.start, person.end)
        token, name = passage.text[start:stop], reading.text[person.start : person.end]
        if person.rule == "P010":
            yield passage.found("P010", start, token=token)
        else:
            yield passage.found("P009", start, token=token, example=masked_name(name))


def _officials(text: str) -> Iterator[Person]:
    for match in _OFFICIAL.finditer(text):
        if is_colleague(match[1]):
            yield Person(*match.span(1), "P010")
    if "同志" in text:
        for match in _COMRADE.finditer(text):
            if is_colleague(match[1]):
                yield Person(*match.span(1), "P010")


def _nicknamed(text: str) -> Iterator[Person]:
    """Return what people are called among their neighbours: 小胡 behind a part that people play, 贺老三 anywhere."""
    for nick in _NICKNAME.finditer(text):
        end = nick.start() - (text[nick.start() - 1 : nick.start()] in _JOINTS)
        if not frequency(*nick[0]) and part_before(text, end):
            yield Person(*nick.span(), "P009")
    yield from (Person(match.start() - 1, match.end(), "P009") for match in _OLD_THIRD.finditer(text))
    for match in _IN_THE_VILLAGE.finditer(text):
        start, end = match.start() - 2, match.end()
        if told_by_words(text, start, end) <= _MOST_TOLD:
            yield Person(start, end, "P009")
    yield from (Person(match.start() - 1, match.end(), "P009") for match in _OF_A_FAMILY.finditer(text))
    for form in (_PET, _LITTLE):
        yield from (Person(*match.span(), "P009") for match in form.finditer(text))


def _told_of(text: str) -> Iterator[Person]:
    """Return the names, whatever else they are words for, of somebody of whom it is told behind that he is one: 和平（男）."""
    for match in _TOLD_BEHIND.finditer(text):
        first, end = max(0, match.start() - _LONGEST_NAME), match.start()
        name = _NAME_BEFORE.search(text[first:end])
        start = first + name.start() if name else 0
        if name and (not text[start - 1 : start].isalnum() or part_before(text, start)):
            yield Person(start, end, "P009")
    for match in _WORD_NAME.finditer(text):
        if part_before(text, match.start()):
            yield Person(*match.span(), "P009")


def _beside_a_role(text: str) -> Iterator[Person]:
    """Return the names behind a part that people play whose surname is mostly another word, or that a blank parts: 产妇和丽仙投诉."""
    for match in _RARE.finditer(text):
        start = match.start()
        if not part_before(text, start) and not (
            text[start - 1] in _CALLED and text[start - 2 : start] not in _NOT_CALLED
        ):
            continue
        for end in (start + 3, start + 2):
            given = text[start + 1 : end]
            if frequency(given[:1], given[1:]) > 1:
                continue
            if _is_usual(given) or (is_given(given) and does_a_person(text, end)):
                yield Person(start, end, "P009")
                break
    for match in _SPACED.finditer(text):
        if part_before(text, match.start()):
            yield Person(*match.span(), "P009")


def _of_rare_families(text: str) -> Iterator[Person]:
    """Return the names of a usual given name of whom is told behind, whatever else the surname is a word for: 闭春燕同学."""
    for match in _RARE_ALONE.finditer(text):
        start, end = match.span()
        is_word = frequency(text[start - 1 : start], text[start]) or frequency(text[start], text[start + 1])
        is_told_of = _TOLD_OF.match(text, end) or does_a_person(text, end)
        if is_told_of and not is_word and _is_usual(text[start + 1 : end]):
            yield Person(start, end, "P009")


def _is_usual(given: str) -> bool:
    """Return whether many have a given name."""
    first, second = FIRST.get(given[0], OTHER), SECOND.get(given[1:], OTHER)
    return min(first, second) > 0 and first + second >= _USUAL


def _numbered(text: str) -> Iterator[Person]:
    """Return the names of a list: 名单：1.向阳 2.成功 3.常胜利."""
    for match in _LIST_OF_NAMES.finditer(text):
        names = [one.span(1) for one in _NUMBERED.finditer(text, *match.span("list"))]
        if any(is_value(text[start:end]) for start, end in names):
            yield from (Person(start, end, "P009") for start, end in names)


_RARE = compiled(
    rf"[{_DATA['rare_surnames']}{''.join(sorted(one for one, weight in SURNAME.items() if weight < 0))}](?<=[{''.join(sorted({role[-1] for role in [*LABELS, *_CALLED]}))}].)(?=[{''.join(sorted(one for one, weight in FIRST.items() if weight > 0))}])"
)
"""Surnames that most texts have as other words, behind what may be a part that people play."""
_RARE_ALONE = compiled(
    rf"[{_DATA['rare_surnames']}](?=[{''.join(sorted(one for one, weight in FIRST.items() if weight > 0))}])[{IDEOGRAPH}][{''.join(sorted(one for one, weight in SECOND.items() if weight > 0))}]"
)
_TOLD_OF = late(rf"{any_of(_DATA['titles'])}|的(?:[父母子女儿妻]|丈夫|老[公婆伴])|[入出]院|住院|就[诊医]")
"""Behind a name that many have whatever the surname: 闭春燕同学, 师淑芬的女儿."""
_USUAL = 20
"""What a given name weighs that many have."""
_SPACED = compiled(rf"[{''.join(SURNAME)}][ \u3000]{{1,3}}[{IDEOGRAPH}](?=[的，。、（(；：\n])")
_EDGE_BEHIND = late(rf"(?:{_EDGE})(?!和|与|及)")
_SIBLINGS = late(
    rf"(?P<family>[{NAME_BEGINS}])[家氏姓]?(?:[一二两三四五几]?兄弟|[一二两三四五几]?姐妹|姐弟|兄妹|父[子女]|母[子女]|夫[妻妇]|叔侄|爷孙|婆媳|一家)(?:[俩仨]|[一二两三四五几][人口个]|们)?[：:，（(“]{{0,2}}(?P<names>(?:[“\"]?(?P=family)[一-鿿]{{1,2}}[”\"]?[、，和与及]?){{2,5}})"
)


def _siblings(text: str) -> Iterator[Person]:
    """Return the names of one family that nothing parts: 莫家兄弟莫山莫水."""
    for match in _SIBLINGS.finditer(text):
        family, (first, last) = match["family"], match.span("names")
        starts = [place for place in range(first, last) if text[place] == family]
        for start, stop in zip(starts, [*starts[1:], last]):
            name = _ONE.match(text, start, min(stop, start + _LONGEST_NAME - 1))
            if name and is_value(name[0]):
                yield Person(*name.span(), "P009")


def _by_label(text: str) -> Iterator[Person]:
    for match in (*_BY_LABEL.finditer(text), *_BY_ANY_LABEL.finditer(text)):
        for one in _ONE.finditer(text, *match.span(1)):
            if is_value(one[0]):
                yield Person(*one.span(), "P010" if _is_in_office(text, *one.span()) else "P009")


def _in_columns(text: str) -> Iterator[Person]:
    """Return the names below the headings of columns that hold some."""
    for cell in cells_below(text, _HEADING, _NAME_COLUMN):
        said = text[cell.start : cell.end]
        if is_value(said) or _SOUNDS.fullmatch(said):
            yield Person(cell.start, cell.end, "P010" if _POST_COLUMNS.intersection(cell.heads) else "P009")
