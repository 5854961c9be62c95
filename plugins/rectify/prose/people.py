"""Names: officials in post, and private persons in whatever part they play."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import NamedTuple

from rectify.core.finding import Finding
from rectify.prose.late import late
from rectify.prose.passage import IDEOGRAPH, Passage
from rectify.prose.privacy.circumstances import DEED, does_a_person
from rectify.prose.privacy.columns import cells_below
from rectify.prose.privacy.foreign_names import foreign_names
from rectify.prose.privacy.names import (
    FIRST_CHARACTERS,
    FREQUENT_SURNAMES,
    NAME,
    NAME_BEGINS,
    SPACED_NAME,
    begins_word,
    ends_word,
    is_all_telling,
    is_clear,
    is_clear_part,
    is_colleague,
    is_name,
    is_telling,
    is_usual,
    is_value,
    masked_name,
    telling_name,
    usual_name_behind,
)
from rectify.prose.privacy.reading import Reading
from rectify.prose.word_lists import any_of, load

_DATA = load("people")


class Person(NamedTuple):
    """A named person, where the text as it is read has the name."""

    start: int
    end: int
    rule: str


# Only what a person does, or the word 同志, shows that a name ended here.
_DOES = (
    "同志|兼?任(?:组长|副组长|主任|副主任|总指挥|书记|第一)|担任|为组长|主持|带队|率队|率领|出席|亲自|到会|作了?(?:讲话|报告|动员|部署)"
    r"|通报|介绍|表示|强调|指出|等?(?:\d|[一二三四五六七八九])名"
)
_OFFICIAL = late(rf"(?:{any_of(_DATA['posts'])})[、，：]?({NAME}?)(?={_DOES})")
_COMRADE = late(rf"(?:^|(?<=[，。、；：“（由请对任派予将把\n]))({NAME}?)(?=同志)")

_EDGE = r"[\s，。、；：？！（）()“”\"'《》<>\[\]|/_.!?\-—,:;\x00]|$"
_GOES_ON = (
    f"{_EDGE}|{DEED}|{any_of(_DATA['follows'])}"
    "|[的已未均曾仍也都等和与及因系患被向对在将从把给之来去不无有领签同要表参死病住出原夫母父妻子女儿违拒擅占侵退补欠缴养低押刑酒吸离丧涉受到为确手检核就拨代转入应需超用提年\\d]"
)
_PRIVATE = frozenset(_DATA["private"])
_ROLE = re.compile(any_of([*_PRIVATE, *_DATA["parts"], *_DATA["roles"], *_DATA["labels"]]))
_AFTER_ROLE = late(rf"(?:[：:（(“ ]| \| )?({NAME}|{SPACED_NAME})")
_LABELLED = (
    rf"(?:名单|清单|名册|明细)?(?:[（(][^（）()\n]{{1,8}}[）)])?[ \u3000]*[：:|][ \u3000]*"
    rf"((?:{SPACED_NAME})(?:[、，, ]+(?:{NAME}))*)(?={_EDGE}|（|\()"
)
_BY_LABEL = late(f"(?:{any_of([*_DATA['labels'], *_DATA['fields']])}){_LABELLED}")
_BY_ANY_LABEL = late(f"[人者员户](?=[名清明（( ：:])(?<=[{IDEOGRAPH}].){_LABELLED}")
_ONE = late(f"{SPACED_NAME}")
_BEHIND_ROLE = FIRST_CHARACTERS | frozenset("：:（(“ 小老阿")
_NOUNS = frozenset(_DATA["nouns"])
_LEADS = frozenset([*_DATA["leads"], *_DATA["called"], *_NOUNS])
_CALLED = frozenset(_DATA["called"])
_EDGES_BEHIND = frozenset(" \t\n\u3000，。、；：？！（）()“”\"'《》<>[]|/_.!?-—,:;\0") | {""}
_EDGES = frozenset(" \t\n\u3000，。、；：？！（(“\"'《>[|/_.!?-—,:;\0") | frozenset("0123456789")
_BEFORE = _EDGES | {lead[-1] for lead in _LEADS}
_LEAD_SIZES = range(1, max(map(len, _LEADS)) + 1)
_USUAL = re.compile(usual_name_behind("".join(_BEFORE)))
_TELLING_NAME = re.compile(telling_name())
_NO_PERSON = late(
    "[一-鿿]{0,5}(?:有限|公司|集团|合作社)|林场|渔场|农场|片区|灌区|街道|[路街巷村镇乡桥河江湖山坝塘沟岭坪屯厂站店馆庙祠港湾]|大道|广场|小区|花园|家园|公司|集团|学校|小学|中学|大学|医院|工程|水库|精神(?![分障残疾病])|故居|纪念|先进|事迹|[县市区州](?!级)|大桥|社区|支部|项目"
    "|(?<=水)[电务厂利库产泥文]|(?<=林)[场业区地权]|(?<=建)[筑设材工]|(?<=金)[融属额矿]|(?<=文)[化旅体明]|(?<=民)[政生营]|(?<=信)[用息访]|(?<=华)[侨东南北中]|(?<=海)[洋域关]|(?<=学)[堂院校习生]"
)
_TITLE = re.compile(any_of(_DATA["titles"]))
_WHOLE = late(NAME)
_AGED = late(rf"({NAME})(?=[（(，, ]{{1,2}}(?:[男女][，、,）)]|\d{{1,3}}周?岁))")
_LISTS = frozenset("、")
_LISTED = late(rf"({NAME})(?={_EDGE}|[等和及与共分])")
_LISTED_BEFORE = late(rf"(?<=[：:、，。；（(\s])({NAME})$")
# 贺老三 anywhere, 小胡 behind a part that people play.
_OLD_THIRD = re.compile(rf"老[二三四五六七八九幺](?<=[{NAME_BEGINS}]..)")
_NICKNAME = re.compile(rf"[：: ]?([小老阿][{NAME_BEGINS}])(?={_EDGE})")
_GOES_ON_AT = re.compile(_GOES_ON)
_NAME_COLUMN = late(rf".{{0,6}}(?:姓名|名字|名单)|{any_of(_DATA['labels'])}|负责人|责任人")
_POST_COLUMNS = frozenset(("职务", "职位", "职级", "负责人", "责任人", "分工"))
_HEADING = re.compile(rf"姓[ \u3000]*名|名字|名单|{any_of(_DATA['labels'])}")


def persons(reading: Reading) -> list[Person]:
    """Return every named person of a text, where it is read, in order."""
    text = reading.text
    found: dict[int, Person] = {}
    for person in (
        *_officials(text),
        *_in_columns(text),
        *_by_label(text),
        *_by_role(text),
        *_aged(text),
        *_titled(text),
        *_others(text),
    ):
        found.setdefault(person.start, person)
    for person in list(found.values()):
        for beside in _beside(text, person):
            found.setdefault(beside.start, beside)
    return sorted(found.values())


def _beside(text: str, person: Person) -> Iterator[Person]:
    """Return the names that are listed with a name, on both sides of it."""
    end = person.end
    while text[end : end + 1] in _LISTS and (match := _LISTED.match(text, end + 1)) and is_value(match[1]):
        yield Person(*match.span(1), person.rule)
        end = match.end()
    start = person.start
    while text[start - 1 : start] in _LISTS and (match := _LISTED_BEFORE.search(text, max(0, start - 6), start - 1)):
        if not is_value(match[1]):
            break
        yield Person(*match.span(1), person.rule)
        start = match.start(1)


def is_named_between(named: list[Person], start: int, end: int) -> bool:
    """Return whether a name begins in a part of a text; `named` are in order."""
    place = bisect_left(named, start, key=lambda person: person.start)
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


def _by_role(text: str) -> Iterator[Person]:
    for role in _ROLE.finditer(text):
        if text[role.end() : role.end() + 1] not in _BEHIND_ROLE:
            continue
        if match := _AFTER_ROLE.match(text, role.end()):
            test = is_name if role[0] in _PRIVATE else is_usual
            end = _believed(text, *match.span(1), test, is_clear_part)
            if not end and is_name(match[1]) and does_a_person(text, match.end()):
                end = match.end()
            if end:
                yield Person(match.start(1), end, "P009")
        if nick := _NICKNAME.match(text, role.end()):
            yield Person(*nick.span(1), "P009")


def _by_label(text: str) -> Iterator[Person]:
    for match in (*_BY_LABEL.finditer(text), *_BY_ANY_LABEL.finditer(text)):
        for one in _ONE.finditer(text, *match.span(1)):
            if is_value(one[0]):
                yield Person(*one.span(), "P009")


def _aged(text: str) -> Iterator[Person]:
    """Return the names with a sex or an age behind them."""
    if "岁" in text or "男" in text or "女" in text:
        for match in _AGED.finditer(text):
            if is_name(match[1]) and (match.start() == 0 or _may_begin(text, match.start())):
                yield Person(*match.span(1), "P009")


def _titled(text: str) -> Iterator[Person]:
    """Return the names before what people are addressed by."""
    for title in _TITLE.finditer(text):
        for size in (4, 3, 2):
            start = title.start() - size
            name = text[max(0, start) : title.start()]
            if start >= 0 and _WHOLE.fullmatch(name) and is_name(name) and (start == 0 or _may_begin(text, start)):
                yield Person(start, title.start(), "P009")
                break


def _others(text: str) -> Iterator[Person]:
    """Return the clear names at the beginning of a clause, and behind what is done to people."""
    yield from (Person(*span, "P009") for span in foreign_names(text))
    for match in _TELLING_NAME.finditer(text):
        start, end = match.span()
        if begins_word(text, start) or ends_word(text, start) or _NO_PERSON.match(text, end) or not is_clear(match[0]):
            continue
        if is_all_telling(match[0]) or _is_parted(text, start, end):
            yield Person(start, end, "P009")
    for match in _USUAL.finditer(text):
        start = match.start()
        if begins_word(text, start) or (start and not _may_begin(text, start)):
            continue
        called = start > 0 and _is_called(text, start)
        end = _believed(text, start, match.end(), is_clear, is_clear_part if called else is_clear) or _believed(
            text, start, match.end(), is_usual
        )
        if end and (_is_certain(text, start, end, called) or does_a_person(text, end)):
            yield Person(start, end, "P009")
    yield from (Person(match.start() - 1, match.end(), "P009") for match in _OLD_THIRD.finditer(text))


def _is_parted(text: str, start: int, end: int) -> bool:
    """Return whether a name may begin, or something goes on after it, where it stands in a sentence."""
    return start == 0 or _may_begin(text, start) or bool(_GOES_ON_AT.match(text, end)) or does_a_person(text, end)


def _is_called(text: str, start: int) -> bool:
    """Return whether a place is behind what people are called by."""
    if ends_word(text, start):
        return False
    return text[start - 1] in _CALLED or any(text[start - size : start] in _NOUNS for size in _LEAD_SIZES)


def _is_certain(text: str, start: int, end: int, called: bool) -> bool:
    """Return whether a usual name needs nothing behind it to be believed."""
    name = text[start:end]
    if is_clear(name) or (called and is_clear_part(name)) or _fills_cell(text, start, end):
        return True
    if not is_telling(name):
        return False
    if end - start == 2 and text[start] in FREQUENT_SURNAMES and _GOES_ON_AT.match(text, end):
        return text[end : end + 1] not in _EDGES_BEHIND or called
    return (called or end - start > 2) and text[end : end + 1] in _EDGES_BEHIND


def _fills_cell(text: str, start: int, end: int) -> bool:
    """Return whether a name of a frequent surname is all that a cell or a pair of brackets holds."""
    around = text[max(0, start - 2) : start].strip()[-1:] + text[end : end + 2].strip()[:1]
    return around in ("||", "（）", "()", "__", "人）", "人)") and text[start] in NAME_BEGINS


def _may_begin(text: str, start: int) -> bool:
    """Return whether a name may stand at a place: at the beginning of a clause, or behind what is done to people."""
    return text[start - 1] in _EDGES or (
        not ends_word(text, start) and any(text[start - size : start] in _LEADS for size in _LEAD_SIZES)
    )


def _believed(
    text: str, start: int, end: int, test: Callable[[str], bool], alone: Callable[[str], bool] = is_clear
) -> int:
    """Return where a name ends that passes a test, 0 where there is none.

    What is not a name even `alone` must be followed by something that goes on after a name.
    """
    for stop in (end, end - 1):
        name = text[start:stop]
        if len(name) < 2 or _NO_PERSON.match(text, stop):
            continue
        if alone(name) or (test(name) and (_GOES_ON_AT.match(text, stop) or does_a_person(text, stop))):
            return stop
    return 0


def _in_columns(text: str) -> Iterator[Person]:
    """Return the names below the headings of columns that hold some."""
    for cell in cells_below(text, _HEADING, _NAME_COLUMN):
        if is_value(text[cell.start : cell.end]):
            yield Person(cell.start, cell.end, "P010" if _POST_COLUMNS.intersection(cell.heads) else "P009")
