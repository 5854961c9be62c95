"""Names that are words as well, or whose parts words cut: 校长高峰在…, 副局长惠民生, 水保站水清借用….

The characters alone tell nothing of such a name. It is told from both sides: before it stands a part that one person plays,
a post, a nickname or a unit; behind it what nobody but a person does, or the end of a clause. The less one side tells, the more
the other must, and the more usual the characters must be in names.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from rectify.core.patterns import compiled
from rectify.core.word_breaks import how_frequent
from rectify.prose.late import late
from rectify.prose.privacy.likeness import FIRST, OTHER, SECOND, SINGLE, SURNAME, frequency
from rectify.prose.privacy.names import LEADERS
from rectify.prose.privacy.parts import EDGES, LABELS, POSTS, part_before
from rectify.prose.word_lists import load

_DATA = load("people")
_MANY = frozenset(_DATA["of_many"])
_NO_NAMES = frozenset([*_DATA["manners"], *_DATA["not_names"]])
_PARTS = LABELS | POSTS
_ACTS = late(
    rf"(?:曾|又|还|仍|已|一直|连续|经常|长期|多次|违规|擅自|私自|利用[^，。；]{{2,8}})?(?:{'|'.join(_DATA['acts'])})"
)
"""What nobody but a person does."""
_GOES_ON = late(
    r"在(?!线|建|编|册|校|岗)|因(?![此素而病地])|将|把|[于等]\d|违[规反法纪]|被(?!列)|受[到贿过]|曾|仍|未(?!来|成年)|系(?!统)|利用|擅自|丈夫|妻子|儿子|女儿|之[妻夫父母子女]"
    r"|的(?:[妻丈儿女父母]|工资|轮椅|住房|房[屋产]|账户|签名|名字|慰问|津贴|补[助贴]|低保|养老|存折|银行卡)|等?[两二三四五六七八九][人名位户]|一家|一户|个人|本人|家[里中]|负责|主持|出席|通报|表示"
)
"""What a sentence on somebody goes on with, and now and then one on something."""
_ENDS = late(r"[，。、；！？）)\"”|\n]|$|[与和对向为是等的已也均都](?!期|时|者)")
_SUFFERS = late(
    r"吸毒|月工资|月薪|年薪|为?失信|[酒醉]驾|酒后|被(?:判|强制|行政|刑事|公安)|[视听智]力[一二三四残]|肢体|精神残疾|患(?![者难])|离异|丧偶|病故|去世|家庭年|存款|名下|涉毒|嫖|赌博|工伤|产后|系[^，。；]{1,8}(?:患者|残疾)|长期(?:酗酒|卧床)|一家因|确诊|辍学|失学|等\d+[人户](?:联名|联合|反映|签名)|与他人(?:存在|保持|发生|有)|因[^，。；]{1,6}(?:被判|判刑|拘留|住院)"
)
"""What is told of somebody whom a clause begins with."""
_NICKED = late(r"(?:人称|外号|绰号|诨[号名]|号称|都叫)[为是叫他她]{0,2}[“\"][^”\"\n]{1,8}[”\"]的")
_TOLD_TO = late(r"(?:[将把让叫请由]|责令|责成|收到|给予|后来|当时|其实|结果|最后)$")
_DOES_THERE = late(
    r"[把去来签代写填找]|帮(?!扶)|保管|经手|垫付|退[出回款]|交来|限期|交[出给]|拿出|(?:党内|开除|警告|撤[职销]|留党|降级|政务|诫勉)[^，。；]{0,8}处分的?决定|调[整离任走]|辞退|开除|列[为入]|送[到至往医]|(?:[退交拿领借花收给][了走过回]|还[了过清])|[退交还拿领借花收给][^，。；]{0,3}\d"
)
_IN_HAND = late(r"(?:手[里上中]|家里|家中|名下|账上|保管|那里|那儿)")
_PAID_BACK = late(r"(?:归还|退还|[还交退转]给)$")
_OF_A_FIELD = compiled("[人者员户][：:]$")
_UNITS = frozenset("站所局校厂院村组队办科社室司店行处")
_NO_PART = frozenset("某的了和与及等对将把被向以不是从由，。、；：！？（）“”")
# Begins with a class of every first character, which the search jumps to.
_LAST = "".join(
    sorted({part[-1] for part in _PARTS} | _UNITS | set('”"将把让叫请来时实果后在到了归由令予给成，。；：\n'))
)
_FIRST = "".join(sorted({*SURNAME, *_DATA["rare_surnames"]} - _NO_PART))
_GIVEN = "".join(sorted({one for one in {*FIRST, *SINGLE} if max(FIRST.get(one, OTHER), SINGLE.get(one, OTHER)) > -20}))
_MAY_BE_ONE = compiled(rf"[{_FIRST}](?<=[{_LAST}].)(?=[{_GIVEN}])|(?<![^\n])[{_FIRST}](?=[{_GIVEN}])")
_BUSINESS, _USUAL_WORD, _UNUSUAL_WORD = 13, 12, 10
"""How frequent the words are, as a power of two, that are no names here whatever stands beside them."""
OF_RARE, _LEAST, _NEVER = -15, -30, 1000


class _Likely(NamedTuple):
    """Characters that may be a name."""

    size: int
    weight: int
    frequent: int
    """How frequent a word their first two are, as a power of two."""


class _Least(NamedTuple):
    """What the characters must weigh at least, by what stands behind them."""

    acts: int = _NEVER
    goes_on: int = _NEVER
    ends: int = _NEVER
    suffers: int = _NEVER
    does_there: int = _NEVER
    in_hand: int = _NEVER
    most: int = _BUSINESS
    """The words that are more frequent are no names."""


_ONE, _ONE_OF_MANY, _VALUE = _Least(-25, -19, 0, -19), _Least(-25, -9), _Least(-25, -19, -20, -19)
_NICK, _LED, _UNIT = _Least(-30, -30, -30, -30), _Least(does_there=-15, most=12), _Least(-15, most=_UNUSUAL_WORD)
_HELD, _ALONE = _Least(in_hand=0), _Least(suffers=-15, does_there=0, most=_USUAL_WORD)
_PAID = _Least(ends=5, most=8)
_BEHIND = (
    (_ACTS, "acts"),
    (_GOES_ON, "goes_on"),
    (_SUFFERS, "suffers"),
    (_DOES_THERE, "does_there"),
    (_IN_HAND, "in_hand"),
    (_ENDS, "ends"),
)


def word_names(text: str) -> Iterator[tuple[int, int]]:
    """Yield where such names stand."""
    nicked = {match.end() for match in _NICKED.finditer(text)}
    for start in chain(nicked, (match.start() for match in _MAY_BE_ONE.finditer(text))):
        likely = _likely(text[start : start + 3])
        least = (_NICK if start in nicked else _least(text, start)) if likely else None
        if least and not _ACTS.match(text, start):
            for one in likely:
                if _is_one(text, start, one, least):
                    yield start, start + one.size
                    break


def _least(text: str, start: int) -> _Least | None:
    """Return what a name must weigh behind what stands before it, nothing where none may stand."""
    last = text[start - 1 : start]
    is_value = last in ("：", ":")
    if last in EDGES and not is_value:
        return _ALONE
    part = part_before(text, start - is_value, _PARTS)
    if part:
        # 保护工程, 查处长江: the words cut the part.
        if frequency(text[start - len(part) - 1 : start - len(part)], part[0]) and frequency(part[-1], text[start]):
            return None
        return _VALUE if is_value else _ONE_OF_MANY if part in _MANY else _ONE
    if is_value:
        return _VALUE if _OF_A_FIELD.search(text, max(0, start - 2), start) else _ALONE
    if not last:
        return _ALONE
    if last in "在到了归":
        return _HELD
    if _TOLD_TO.search(text, max(0, start - 2), start):
        return _LED
    if _PAID_BACK.search(text, max(0, start - 2), start):
        return _PAID
    return _UNIT if last in _UNITS else None


def weight_of(name: str) -> int:
    """Return what the characters of a name weigh, whatever words they make."""
    given = SINGLE.get(name[1], OTHER) if len(name) == 2 else FIRST.get(name[1], OTHER) + SECOND.get(name[2], OTHER)
    return SURNAME.get(name[0], OF_RARE) + given


@lru_cache(10_000)
def _likely(characters: str) -> tuple[_Likely, ...]:
    """Return the names that three characters may begin with, the longest first."""
    if characters[:2] in _NO_NAMES or LEADERS.match(characters):
        return ()
    found = []
    for said in (characters, characters[:2]):
        frequent = how_frequent(characters[:2])
        if len(said) == 3:
            frequent = _BUSINESS if how_frequent(said) else 0 if said[1] == said[2] else frequent
        if len(said) > 1 and frequent < _BUSINESS and _NO_PART.isdisjoint(said) and weight_of(said) >= _LEAST:
            found.append(_Likely(len(said), weight_of(said), frequent))
    return tuple(found)


def _is_one(text: str, start: int, one: _Likely, least: _Least) -> bool:
    """Return whether what stands behind some characters makes a name of them."""
    if one.size == 2 and one.frequent >= least.most:
        return False
    end = start + one.size
    return any(one.weight >= getattr(least, name) and behind.match(text, end) for behind, name in _BEHIND)
