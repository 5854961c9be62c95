"""How a text says that it is to be handled: levels of secrecy, and notices that it is meant for few.

A mark stands alone on its line, in brackets, behind a label, or carries the star of secrecy; the same words in a
sentence speak about marks. They are read as the eye reads them: without the blanks between characters, in simplified
characters, with one kind of brackets and of stars. The form of a mark of secrecy is level, star, period or the event
that ends it (保守国家秘密法 (2024), Art. 22); offices vary each of the three.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from rectify.core.patterns import compiled
from rectify.prose.faces import face_of
from rectify.prose.late import late
from rectify.prose.mark_hints import hinted
from rectify.prose.mark_phrases import (
    BESIDE,
    FORBIDDEN,
    INNER,
    INTERNAL,
    MARKS,
    MEANT,
    PERIOD,
    READERS,
    RETURNED,
    SECRET,
    SUBJECT,
    UNTIL,
    WITHHELD,
    WORDS,
    any_word,
)


class Mark(NamedTuple):
    """A mark within a line."""

    rule: str
    start: int
    end: int


_STAR_PERIOD = r"(?<![★命])(?<!使用年限)(?<!质保期)★(?:\d{1,2}(?:年|个月)|长期)(?![一-鿿])"
_PART = late(rf"{SECRET}|{INTERNAL}|{BESIDE}|[^\w一-鿿]")
"""What a line is made of that is a mark and nothing else; one of the first two must be among it."""
_IS_SECRET = late(rf"{SECRET}|{_STAR_PERIOD}|保密期限[:为]?{PERIOD}")
_IS_INTERNAL = late(INTERNAL)
_IS_SUBJECT = late(SUBJECT)
_APPOSED = late(rf"(?:{SECRET}|{INNER}),(?:请)?(?:{FORBIDDEN}|{RETURNED}|{MARKS}|{MEANT}|请(?:通过|用|经)机要)")
_LEVELS = compiled(any_word(WORDS["levels"]))
_BARE = compiled(rf"(?:内部|党内|保密|受控|内控|敏感|(?i:draft)|{any_word(WORDS['closed'])})")
_ALONE_IN_NAMES = compiled("内部|不公开|不予公开|非公开|敏感|受控|涉密")
"""Enough in brackets or behind a label; alone these head all kinds of lists."""

_STARRED = late(
    rf"(?:{SECRET}|内部|保密|受控|敏感)(?:[★◆](?:{UNTIL})?|(?<!\*)\*(?!\*){PERIOD})"
    rf"|{PERIOD}[★◆]{SECRET}|[★◆]{SECRET}(?![一-鿿])|{_STAR_PERIOD}"
    r"|(?<![A-Za-z])(?:TOPSECRET|SECRET|CONFIDENTIAL)(?![A-Za-z])"
)
_EVENT = rf"{any_word(WORDS['events'])}前"
_LEVEL_ITSELF = rf"(?<![家业作军务]){any_word(WORDS['levels'])}(?:级|件)?"
_DATED = late(
    rf"{SECRET}[(\[](?:{PERIOD}|{_EVENT})[)\]]|\[{SECRET}\]{PERIOD}?"
    rf"|{_EVENT}(?:均?[属为]于?)?{_LEVEL_ITSELF}(?:国家秘密|事项|材料)?(?![一-鿿]{{0,24}}[,。;])|{_LEVEL_ITSELF}{_EVENT}(?![一-鿿])"
)
_SHOWN = late(
    rf"(?:alt=|title=|!\[)[^,。;]{{0,30}}(?<![未应须不])(?:标注|标有|标明|注明|加盖|盖有|印有)了?[\"“'](?P<mark>{SECRET})[\"”']"
    rf"|原件[一-鿿]{{0,8}}[有着了明][\"“](?P<original>{SECRET})[\"”]"
)
"""What the words for a picture say that it shows."""
_TIGHT = rf"{any_word(WORDS['forbidding'])}{any_word(WORDS['forbidding_how'])}*{any_word(WORDS['spreading'])}"
_HEADS = late(
    rf"{_TIGHT}|{RETURNED}|[仅限供]{READERS}|内部(?:资料|文件|材料|掌握|使用)|不宜公开|对内不对外|{WITHHELD}"
    rf"|{_LEVEL_ITSELF}|{any_word(WORDS['secrets'])}"
)
"""Before a colon and a title these are marks, where others head a list."""
_TITLE = late(r"(?!\d+[份件本个次人]|[是指即为属泄共由包])[^。!?;]*[一-鿿]{4}[^。!?;]*$")
_STAMPED = compiled("[盖印标注][一-鿿]{0,3}:$")
_REMARKS = compiled("备注|说明|附注|备考|(?:使用|传阅|保管)要求")
_IN_CELL = late(rf"{RETURNED}|内部(?:掌握|使用|传阅|知悉|控制使用)|{_TIGHT}|{FORBIDDEN}(?<=提供)")
_BRACKETS = compiled(r"[(\[]([^()\[\]]{2,40})[)\]]")
_CHOSEN = r"(?:(?:□[^□■☑√✓|]{1,8}){0,8}[■☑√✓])?[(\[\"“]?"
"""Of a form with a box before each level the one that is filled."""
_AFTER_LABEL = (
    r"(?:[\"'“”*]{0,4}[:|=][\"'“*]{0,4}|[\"']content=[\"']|(?<=[一-鿿])\](?!\()|[/、和及与](?:保密)?期限[:|])"
)
"""A colon or the edge of a cell, within the quotation marks of JSON, the attributes of HTML, the signs of Markdown."""
_GRADE = r"(?:[A-Za-z]?\d[-.级、]?|第?[一二三四五]级)?"
_ENDS = r"(?![一-鿿](?![一-鿿]{0,7}:))"
_LEVEL_LABELS = rf"(?i:(?<![a-z./_\\-]){any_word(WORDS['level_labels'])})"
_DISCLOSURE_LABELS = rf"(?i:(?:政府)?(?:信息)?{any_word(WORDS['disclosure_labels'])}|是否(?:主动)?公开)"
_LABELLED = (
    (
        "M004",
        late(
            rf"(?:{_LEVEL_LABELS}{_AFTER_LABEL}|(?:^|[^一-鿿])密级){_CHOSEN}{_GRADE}(?:{SECRET}|商业秘密|密(?![一-鿿]))(?:{_CHOSEN}[★◆*·/]?{PERIOD})?"
            rf"|保密期限[:|]{PERIOD}|(?:知悉|知密|限阅)范围[:|][^|。;]{{1,20}}|(?:限定)?知悉人员[:|][^|。;]{{1,20}}|(?:是否)?涉密[:|]是"
            r"|(?i:(?<![a-z./_\-])(?:confidential|classified|secret)[:=](?:true|yes))"
            rf"|(?:保密|涉密|敏感|秘密)(?:级别|等级|程度)[:|](?:[较极最]?高|[中密核]|[一二三]级)(?![一-鿿])|{any_word(WORDS['secret_things'])}(?:编?号|序号)[:|][A-Za-z\d]"
        ),
    ),
    # Number of a paper that is secret by its letters, and what programs note of a paper.
    ("M004", late(r"(?<=[一-鿿])(?<![保商国])密[发字电函办传]?\[\d{4}\]第?\d{1,4}号")),
    (
        "M004",
        late(
            rf"(?i:(?<![a-z])(?:keywords?|tags?|subject|category|labels?|rights|comments?|关键词|标签|主题词)[\"']?[:=][^。|]{{0,24}}?(?<![a-z一-鿿]))(?:{SECRET}|{INTERNAL})(?![a-z一-鿿])"
        ),
    ),
    (
        "M003",
        late(
            rf"{_LEVEL_LABELS}{_AFTER_LABEL}{_CHOSEN}{_GRADE}(?:(?:内部|敏感|受控)[一-鿿]{{0,2}}|(?i:internal|restricted|private))"
        ),
    ),
    ("M004", late(r"解密(?:条件|时间|日期|事由)[:|](?![^|。;,]{2,20}已)[^|。;,]{2,20}")),
    (
        "M007",
        late(
            r"(?:(?:阅[一-鿿]?|传[阅达]|查[阅看]|访问)(?:范围|对象|权限)[:|](?!全|所有|公[众开]|社会)|印发范围[:|](?=[^|。;,]{0,8}(?:领导|常委|书记|班子|级)))[^|。;,]{2,20}"
        ),
    ),
    ("M007", late(r"(?:^|[^一-鿿])[仅只](?:发|送|报|呈)[:|][^|。;]{2,20}")),
    ("M007", late(rf"{_DISCLOSURE_LABELS}{_AFTER_LABEL}{_CHOSEN}{any_word(WORDS['on_request'])}{_ENDS}")),
    (
        "M003",
        late(
            rf"{_DISCLOSURE_LABELS}(?:{_AFTER_LABEL}|为){_CHOSEN}(?:依法)?{any_word(WORDS['closed'])}{_ENDS}(?:\([^()]{{1,20}}\))?"
            rf"|(?i:(?<![a-z./_\\-])(?:visibility|audience|access|distribution){_AFTER_LABEL}(?:internal|private|restricted)[a-z]{{0,9}})"
            rf"|(?<![一-鿿]){any_word(WORDS['closed'])}\({_DISCLOSURE_LABELS}\)|(?<![一-鿿])(?:公开(?:属性|方式|类型|类别|形式|选项|范围)|是否(?:主动)?公开){any_word(WORDS['closed'])}{_ENDS}|[①-⑳](?P<option>{any_word(WORDS['closed'])})\(选"
        ),
    ),
)
_LABEL_SIGNS = frozenset(":|=]")
_NEEDED = (
    _LABEL_SIGNS | {"级"},
    frozenset("["),
    *[_LABEL_SIGNS] * (len(_LABELLED) - 3),
    _LABEL_SIGNS | {word[0] for word in WORDS["closed"]},
)
"""Of each row what a face must have one of."""
_STARS, _DATE_SIGNS, _QUOTES = frozenset("★◆*E"), frozenset("([前"), frozenset("\"“'”")
"""Likewise of what is starred, dated or shown; E is in the English levels."""
_HEADER = late(rf"{_LEVEL_LABELS}|{_DISCLOSURE_LABELS}|是否涉密|(?:知悉|限阅)范围|保密期限")
_CELL = late(rf"{SECRET}|{_BARE.pattern}|{INNER}|是|{PERIOD}|[★◆*·/()\[\]]")
_LIKELY = late(
    rf"(?:(?P<character>[\[<][密秘机内](?:[\])>]|(?<=<.)))|(?:此件(?P<mark>{any_word(WORDS['on_request'])})|(?:等级|程度|缓急)[:|](?P<speed>{any_word(WORDS['telegrams'])}))(?![一-鿿]))"
)
_LIKELY_AT_AN_END = late(
    rf"[(\[](?P<mark>{any_word(WORDS['likely_bracketed'])})[)\]](?:\.[a-z]{{2,5}})?$|^[(\[](?P<head>{any_word(WORDS['likely_bracketed'])})[)\]]|^(?P<personal>[一-鿿]{{0,10}}(?:亲启|面呈|密启|亲收))$"
)
_SENTENCE = compiled(r"[^。!?;:|]+")
_TALK = compiled("[。!?;,]")
_FILE_NAME = compiled(r"\.[A-Za-z]{2,5}[\"'”)\]]*$")
_WORD, _LAST_WORD = compiled(r"\w"), compiled(r"\w\W*$")
_WIDE_GAP = compiled(r"[\t\u3000]|[ \xa0]{2}")
_CHARACTER, _HAN = compiled("[一-鿿]"), compiled("[一-鿿]{4}")
_LONGEST_MARK, _LONGEST_HEADING, _LONGEST_HEADER, _NEAR = 60, 80, 1000, 8
_SIGNS = compiled(r"\W")


def stands_alone(line: str) -> str:
    """Return the rule of the mark that fills a line, empty where something else is on it."""
    if len(line) > 2 * _LONGEST_MARK or "|" in line or not hinted(line):
        return ""
    return fills(face_of(line)[0]) if _SIGNS.sub("", line) != "内部" or ":" in line or "：" in line else "M003"


def fills(face: str) -> str:
    """Return the rule of the mark that a part of a face is and nothing else, empty where it is none."""
    if (
        not face
        or len(face) > _LONGEST_MARK
        or face.endswith(":")
        or face.startswith("□")
        or not _PART.match(face)
        or _PART.sub("", face)
    ):
        return ""
    if _IS_SECRET.search(face):
        return "" if _is_list(face) else "M004"
    return "M003" if _IS_INTERNAL.search(face) else ""


def _is_list(face: str) -> bool:
    """绝密、机密、秘密 names the levels."""
    return len(set(_LEVELS.findall(face.replace("国家秘密", "")))) > 1


def marks_within(line: str, header: str = "") -> Iterator[Mark]:
    """Return the marks beside other text, none of which overlap; `header` is the first row of the table that a line is of."""
    face, places = face_of(line)
    taken: set[int] = set()
    for rule, start, end in _found(line, face, places, header):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            yield Mark(rule, places[start], places[end - 1] + 1)


def _found(line: str, face: str, places: list[int], header: str) -> Iterator[Mark]:
    """Return the marks within a face, the surest first."""
    told = face if "\t" not in line else face_of(line.replace("\t", "|"))[0]
    # Most lines are sentences without any of these signs.
    signs = frozenset(told)
    for (rule, pattern), needed in zip(_LABELLED, _NEEDED, strict=True):
        if signs.isdisjoint(needed):
            continue
        yield from (Mark(rule, *match.span()) for match in pattern.finditer(face))
        if told != face and (match := pattern.search(told)):
            yield Mark(
                rule, match.start() - told.count("|", 0, match.start()), match.end() - told.count("|", 0, match.end())
            )
    if not signs.isdisjoint(_STARS):
        for match in _STARRED.finditer(face):
            yield Mark("M003" if _BARE.match(match[0]) else "M004", *match.span())
    if not signs.isdisjoint(_DATE_SIGNS) and not _is_list(face):
        yield from (Mark("M004", *match.span()) for match in _DATED.finditer(face))
    if not signs.isdisjoint(_QUOTES):
        yield from (Mark("M004", *match.span(match.lastgroup or 0)) for match in _SHOWN.finditer(face))
    if not signs.isdisjoint("(["):
        yield from _bracketed(face)
    yield from _sentences(face)
    if "|" in face:
        yield from _cells(face, header)
    elif len(face) <= _LONGEST_HEADING:
        yield from _at_head(face)
        yield from _set_off(line, face, places)
        yield from _likely(face)


def _bracketed(face: str) -> Iterator[Mark]:
    """Return the marks in brackets: at an end of the line, or in what is no sentence."""
    end = name.start() if (name := _FILE_NAME.search(face)) else len(face)
    heading = end <= _LONGEST_HEADING and not _TALK.search(face, 0, end)
    first, last = _WORD.search(face), _LAST_WORD.search(face, 0, end)
    depth = read = 0
    for match in _BRACKETS.finditer(face):
        depth += face.count("《", read, match.start()) - face.count("》", read, match.start())
        read = match.start()
        rule = fills(match[1]) or ("M003" if _BARE.fullmatch(match[1]) else "")
        # 《…（征求意见稿）》 names another document.
        if not rule or (rule == "M003" and depth > 0):
            continue
        at_end = (first and first.start() > match.start()) or (last and last.start() < match.end())
        if heading or (at_end and not _TALK.match(face, match.end())):
            yield Mark(rule, *match.span())


def _sentences(face: str) -> Iterator[Mark]:
    """Return the sentences that are nothing but a mark and speak of the text itself."""
    for match in _SENTENCE.finditer(face):
        stamped = _STAMPED.search(face, max(0, match.start() - _NEAR), match.start())
        named = stamped or _IS_SUBJECT.search(match[0]) or _APPOSED.search(match[0])
        if named and (rule := fills(match[0])):
            yield Mark(rule, *match.span())


def _at_head(face: str) -> Iterator[Mark]:
    """Return the mark before the colon that a title stands behind."""
    head, colon, title = face.partition(":")
    said = head.lstrip("[(*!")
    if colon and said and _HEADS.search(said) and _TITLE.match(title) and (rule := fills(said)):
        yield Mark(rule, len(head) - len(said), len(head))


def _likely(face: str) -> Iterator[Mark]:
    """Return what is a mark but for a few characters that nobody has listed, or has other uses as well."""
    for match in (*_LIKELY.finditer(face), *_LIKELY_AT_AN_END.finditer(face)):
        yield Mark("M007", *match.span(match.lastgroup or 0))


def _doubtful(rule: str) -> str:
    """Return the rule for a mark of such a rule on what a text may merely list."""
    return "M007" if rule == "M003" else rule


def _cells(face: str, header: str) -> Iterator[Mark]:
    """Return the cells below a column that is about secrecy or disclosure, or holds remarks."""
    start = 0
    for cell, head in zip(face.split("|"), face_of(header[:_LONGEST_HEADER])[0].split("|")):
        if cell and _HEADER.fullmatch(head) and not _CELL.sub("", cell) and not _HEADER.fullmatch(cell):
            yield Mark("M004" if _IS_SECRET.search(cell) or cell == "是" else "M003", start, start + len(cell))
        elif _REMARKS.fullmatch(head) and _IN_CELL.search(cell) and (rule := fills(cell)):
            yield Mark(_doubtful(rule), start, start + len(cell))
        start += len(cell) + 1


def _set_off(line: str, face: str, places: list[int]) -> Iterator[Mark]:
    """Return the marks that gaps set off from the rest of a line, in a file name any sign that parts words.

    What programs name secret.txt is no paper.
    """
    name = _FILE_NAME.search(face)
    end = name.start() if name else len(face)
    start = max(face.rfind("/", 0, end), face.rfind(":", 0, end)) + 1 if name else 0
    if name and not _CHARACTER.search(face, start, end):
        return
    if name and (rule := fills(face[start:end])):
        yield Mark(rule, start, end)
    gaps = {place: gap for place in range(start + 1, end) if (gap := line[places[place - 1] + 1 : places[place]])}
    wide = [place for place, gap in gaps.items() if name or _WIDE_GAP.search(gap)]
    ends = gaps if name or _HAN.search(face) else wide
    wide = [start, *wide, end] if name else wide
    parts = [*((start, place) for place in ends), *((place, end) for place in ends), *pairwise(wide)]
    for first, last in parts:
        rests = face[start:first], face[last:end]
        if (name or any(map(_HAN.search, rests))) and not any(map(_TALK.search, rests)):
            rule = fills(face[first:last])
            if not rule and name and _ALONE_IN_NAMES.fullmatch(face[first:last]):
                rule = "M007"
            if rule:
                narrow = not name and not {first, last} & {*wide}
                yield Mark(_doubtful(rule) if narrow else rule, first, last)
