"""Words: known confusions, lost characters and words, set phrases that are not written as set, fields left empty."""

from __future__ import annotations

from collections.abc import Iterator

from rectify.core.finding import Finding
from rectify.core.patterns import compiled
from rectify.prose.passage import IDEOGRAPH, Passage
from rectify.prose.word_lists import any_of, load

_TYPOS: dict[str, str] = load("typos")["words"]
_TYPO = compiled(any_of(_TYPOS))
_TYPO_PATTERNS = [(compiled(entry["wrong"]), entry["right"]) for entry in load("typos")["patterns"]]
_GAPS = [compiled(pattern) for pattern in load("typos")["gaps"]]
_OBJECT = compiled(r"[^。；\n]{0,40}?的(?:通知|意见|请示|批复|函|报告|决定)")

_WRONG = [
    (compiled(entry["wrong"]), entry["right"], entry.get("grave", False)) for entry in load("phrases")["patterns"]
]
_HINTS = compiled("|".join(f"(?:{pattern.pattern})" for pattern, _, _ in _WRONG))
_QUOTED: dict[str, str] = load("phrases")["quotes"]
_MISQUOTED = compiled(f"“({any_of(_QUOTED)})”")
_EXACT = set(load("phrases")["exact"])
_VARIANTS = set(load("phrases")["variants"])
_HALVES: dict[str, list[tuple[str, int]]] = {}
for _phrase in _EXACT:
    for _half, _at in ((_phrase[: len(_phrase) // 2], 0), (_phrase[len(_phrase) // 2 :], len(_phrase) // 2)):
        _HALVES.setdefault(_half, []).append((_phrase, _at))
_HALF = compiled(f"(?=({any_of(_HALVES)}))")
_IDEOGRAPH = compiled(f"[{IDEOGRAPH}]")

# 2022研究 lacks 年; 2022个 and 2000余 are counts.
_YEAR = compiled(
    r"(?:199|20[0-4])\d(?<![\d.\-—~〔\[（(A-Za-z第]\d{4})(?=研究|开展|召开|组织|完成|制定|印发|出台|修订|实施|启动|建成|底|初|末|度(?!假)|上半年|下半年|以来|全年|第[一二三四]季度)"
)
_LONG_NUMBER = compiled(r"\d(?:\d\d(?:日|\d\d)|至)")
_LOST_DATE = compiled(r"(?<![\d./])(?<!\d-)(?:19|20)\d{4,6}(?=日|至)")
_LOST_DAY = compiled(r"(?<=[年至到自从于])(?<!\d)\d{3,4}(?=日(?!内|后|以|历|均|元))")
_LOST_YEAR = compiled(r"(?<![\d./])(?<!\d-)(?:19|20)\d\d(?:1[0-2]|0?[1-9])月(?:\d{1,2}日|底|份)?")
_LOST_END = compiled(
    r"(?m)(?<!\d)(?:19|20)\d\d年(?:1[0-2]|0?[1-9])月(?:[12]\d|3[01]|0?[1-9])(?=[，。；在由]|$(?!\n[\d日]))"
)
"""202312月26日 without its 年, 2023年12月26 without its 日."""
_BARE_DATE = compiled(r"(?m)^[ \t\u3000]*(20[0-4]\d{3,5})[ \t\u3000]*$")

_LABEL = (
    "(?:电话|手机|传真|邮箱|地址|邮编|联系人|联系方式|编号|文号|索引号|日期|时间|责任人|责任单位|牵头单位|时限|群|QQ号?|微信号?"
    "|签字|签名|审核人|审批人|经办人)"
)
_NEXT_LABEL = r"[^\s：:]{1,10}[：:]"
# At the end of a line the value may follow on the next one.
_EMPTY = compiled(
    rf"(?<!\S)[^\s：:，。；、]{{0,6}}{_LABEL}[：:]"
    rf"(?:[ \t\u3000\xa0]{{2,}}(?={_NEXT_LABEL})|[ \t\u3000\xa0]*(?=\Z|\n(?:[ \t]*(?:\n|\Z)|{_NEXT_LABEL})))"
)


def wording(passage: Passage) -> Iterator[Finding]:
    """Return what is wrong with words and phrases."""
    text = passage.text
    for match in _TYPO.finditer(text):
        yield passage.found("W020", match.start(), token=match[0], allowed=_TYPOS[match[0]])
    for pattern, right in _TYPO_PATTERNS:
        for match in pattern.finditer(text):
            yield passage.found("W020", match.start(), token=match[0], allowed=right)
    for match in _YEAR.finditer(text):
        yield passage.found("W021", match.start(), token=match[0], allowed=f"{match[0]}年")
    yield from _gaps(passage)
    yield from _phrases(passage)
    yield from _dates(passage)
    for match in _EMPTY.finditer(text) if not passage.characters.isdisjoint("：:") else ():
        yield passage.found("W026", match.start(), token=match[0].rstrip())


def _gaps(passage: Passage) -> Iterator[Finding]:
    text = passage.text
    for pattern in _GAPS:
        for match in pattern.finditer(text):
            # 关于要求…的通知 is the title of a document.
            if not _OBJECT.match(text, match.end()):
                yield passage.found("W022", match.start(), token=match[0])


def _phrases(passage: Passage) -> Iterator[Finding]:
    text = passage.text
    if _HINTS.search(text):
        for pattern, right, grave in _WRONG:
            for match in pattern.finditer(text):
                if grave:
                    yield passage.found("W023", match.start(), token=match[0], allowed=right)
                else:
                    yield passage.found("W024", match.start(), token=match[0], allowed=right)
    for match in _MISQUOTED.finditer(text):
        yield passage.found("W012", match.start(), token=match[0], allowed=_QUOTED[match[1]])
    for match in _HALF.finditer(text) if any(half in text for half in _HALVES) else ():
        for phrase, offset in _HALVES[match[1]]:
            start = match.start() - offset
            near = start >= 0 and _near_miss(text, start, phrase)
            if near and not _TYPO.search(near) and not _HINTS.search(near):
                yield passage.found("W024", start, token=near, allowed=phrase)


def _near_miss(text: str, start: int, phrase: str) -> str:
    """Return the words at an offset if they are the phrase with one character exchanged or lost, else an empty text."""
    written = text[start : start + len(phrase)]
    if written == phrase or written in _VARIANTS or len(written) < len(phrase) - 1:
        return ""
    differing = [index for index, (is_, should) in enumerate(zip(written, phrase)) if is_ != should]
    if len(differing) == 1 and len(written) == len(phrase):
        return written if _IDEOGRAPH.match(written[differing[0]]) else ""
    # One lost inside: the first and the last character are still there.
    at = differing[0] if differing else len(phrase) - 1
    shorter = text[start : start + len(phrase) - 1]
    inside = 0 < at < len(phrase) - 1 and _IDEOGRAPH.match(phrase[at])
    return shorter if inside and shorter == phrase[:at] + phrase[at + 1 :] else ""


def _dates(passage: Passage) -> Iterator[Finding]:
    """Return dates that lost 年, 月 or 日 on the way: 2024717日, 至914日, a line of 201941."""
    text = passage.text
    for form in (_LOST_YEAR, _LOST_END):
        yield from (passage.found("W025", match.start(), token=match[0]) for match in form.finditer(text))
    if not _LONG_NUMBER.search(text):
        return
    for match in _LOST_DATE.finditer(text):
        if _is_day(match[0][4:]):
            yield passage.found("W025", match.start(), token=match[0])
    for match in _LOST_DAY.finditer(text):
        if _is_day(match[0]):
            yield passage.found("W025", match.start(), token=match[0])
    for match in _BARE_DATE.finditer(text):
        if _is_day(match[1][4:]):
            yield passage.found("W025", match.start(1), token=match[1])


def _is_day(digits: str) -> bool:
    """Return whether digits can be read as month and day: 717, 41, 1231."""
    cuts = ((digits[:size], digits[size:]) for size in (1, 2))
    return any(0 < len(day) <= 2 and 1 <= int(month) <= 12 and 1 <= int(day) <= 31 for month, day in cuts)
