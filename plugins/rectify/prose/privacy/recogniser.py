"""What recognises one kind of private number: its form, what makes it valid, the words around it, its masked form."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from rectify.core.patterns import compiled
from rectify.prose.late import late
from rectify.prose.privacy.reading import Reading
from rectify.prose.privacy.surroundings import Surroundings

BEGINS = (
    r"(?=[0-9A-Za-z+@(（第弟])(?:(?<![0-9A-Za-z])|(?<=ID|NO|No|no|QQ|qq|VX|vx|wx)|(?<=SFZ|Tel|TEL|VIN)|(?<=passport|Passport|PASSPORT)"
    r"|(?<=[a-z])(?=[0-9])(?:(?<=(?<![0-9A-Za-z])[a-z]{3})|(?<=(?<![0-9A-Za-z])[a-z]{4})))"
)
"""For patterns: a number begins here, after a label of Latin letters as well, such as the first ones of its syllables: zyh."""
ENDS = r"(?![0-9A-Za-z])"
AMOUNT = compiled(
    r"(?:[余来]|多(?!次))?(?:(?:元(?!旦)|[万亿千百个吨秒克米次页条股份张台套块天年月]|人(?!员)|户(?![名主口籍])|件(?!人)|本(?!人))|字节|[纳毫微]秒|平方|立方|公里|公斤|美元|%|％|号(?:宗地|地块|标|楼|线|文|会议|纪要|函|令|通知|通报|决定|批复|提案|议案|公告))"
)
"""What makes a figure or the number of a thing of the digits before it."""
_LARGE = compiled(r"[余多]?(?:[万亿]?(?:元(?!旦)|美元)|字节|[纳毫微]秒|平方|立方|公里|公斤|吨|%|％)")
"""Of these what so many digits may count: nobody writes a billion sets out."""
_FEW = 9
OTHER = (
    r"合同|订单|(?i:index_?no|order_?(?:no|id)|serial|invoice|contract)|项目|采购|招标|中标|投标|批次|批号|批准文号|准字|文号|发文字号|公告|纪要|(?<!银行)流水|单号|快递|运单|工单|案件|案卷|信访件"
    r"|许可证|许可决定|营业执照|信用代码|机构代码|登记证|登记号|注册号|注册证|备案|公网安备|发票|票据|税票|凭证|支付令|指标|索引号|档案?号"
    r"|物资|物料|资产|设备|产品|型号|规格|序列号|配件|零件|器械|药品|专利|商标|股票|标段|宗地|图号|图斑|坐标|条形码|条码|ISBN|IMEI|GB/T|标准"
    r"|版本|岗位代码|执收单位|缴款|科目|品目|编码|电表|水表|用户编号|船舶|列车|高速|不动产|地字|建字|乡字|哈希|MD5|SHA|时间戳|加油卡|门禁|饭卡"
    r"|预算|金额|收入|投资|面积|识别码|邮编|邮政编码|考点|考场|路灯|单元格|小票"
)
"""Labels of numbers that belong to nobody."""
_LINKS = r"(?:号码?|编号|编码|[Nn]umber|[Ii][Dd]|字号?|第|账号|档案|代码|序号|证书|为|是|系|一?[本张个份]|[正反背]面|封面|照片|复印件|扫描件|[，,](?=(?:证件?)?(?:编号|号码|号))|[Nn][Oo]\.?|[:：=#№（(“'/.\"])*"
_LINKED = rf"{_LINKS}(?:[（(][^（）()]{{0,12}}[）)]{_LINKS}|(?:[末后另]?附|如下|分别为|显示|标注|登记|改)[：:])?"
"""What may stand between a label and its number."""
_TIED = compiled(r"(?:^|\D)\d{3,4}[ .\-]$|\d[.\-]$")
_HIDDEN = compiled(r"[*×●•#]{3}|[*×●•#]{1,4}[0-9A-Za-z]")
_GOES_ON = compiled(r"[.\-]\d{3}")
_NUMBERS = compiled(r"[号码编字第为是：:=№][：:= ]{0,2}$|[NnIi][OoDd][.：: ]{0,2}$")
_CELL = compiled(r"[|\t][ *_]*$")
_COUNTED, _COUNTED_IN_CELLS = 6, 8
"""Digits that a count has not."""
_TO = compiled(r"[至到~～—]{1,2}[A-Z]{0,4}\d{4}")
_FROM = compiled(r"[至到~～—]{1,2}\d{4}")
_PARTS = compiled("[0-9A-Za-z]+")
_CLAUSE = compiled("[，；、,]")
_EARLIER = compiled(r"(?:[A-Za-z]{0,3}\d[\dA-Za-z\-]{4,20}[、，,/和及]+){1,4}$")
"""Numbers of the same kind before it."""
_LATER = compiled(
    r"(?:[”\"]?[、，,/和及与／]{1,2}[“\"]?[A-Za-z]{0,3}\d[\dA-Za-z\-]{3,20}[”\"]?){1,4}(?=[（(：:—为是系，])"
)
"""Numbers of the same kind behind it, before what tells of all of them."""
_LISTS = frozenset("、，,/和及")
_LISTS_BEHIND = frozenset('、，,/／和及与”"')
_CALLED = compiled(r"[^，。；、|\n：:（(“]{0,20}[：:（(“=为是系]{0,3}$")
_SAID_BY_OFFICES = compiled("经[\u4e00-\u9fff]{2,12}?[查实解现]，")
"""经县纪委监委核查，"""
_LONGEST_LABEL = 40
_MUCH = 20_000
_BESIDE = 80
_BETWEEN = compiled(r"[^0-9A-Za-z]+")


class Sighting:
    """A number where it stands."""

    def __init__(self, reading: Reading, around: Surroundings, joined: Reading, match: re.Match[str]):
        self.joined = joined.text
        start, end = match.span("number")
        self.place = start, end
        self.said = match["number"]
        """As it is read, one sign between its parts."""
        self._around = around
        self._readings = reading, joined

    @cached_property
    def _span(self) -> tuple[int, int]:
        return self._readings[1].source(*self.place)

    @property
    def shown(self) -> tuple[int, int]:
        """Where it stands in the source."""
        return self._readings[0].source(*self._span)

    @cached_property
    def number(self) -> str:
        """Letters and digits alone."""
        return _BETWEEN.sub("", self.said.replace("×", "X")).upper()

    @property
    def goes_on(self) -> bool:
        """Whether letters or digits follow it without anything between."""
        return self.joined[self.place[1] : self.place[1] + 1].isalnum() and self.joined[self.place[1]].isascii()

    @property
    def signs(self) -> set[str]:
        """What stands between its parts."""
        return set(_PARTS.sub("", self.said))

    @property
    def is_regular(self) -> bool:
        """Whether one sign parts it into groups of one size, of which the last may be shorter, or a line end cuts it in two."""
        sizes = [len(part) for part in _PARTS.findall(self.said)]
        if len(sizes) == 1 or self.said.count("\n") == len(sizes) - 1 == 1:
            return True
        return len(self.signs) == 1 and len(set(sizes[:-1])) == 1 and sizes[-1] <= sizes[0]

    @property
    def is_in_row(self) -> bool:
        """Whether more figures stand beside it, parted as its own groups are."""
        start, end = self.place
        return any(
            (self.joined[max(0, start - 1) : start] == sign and self.joined[max(0, start - 2) : start - 1].isdigit())
            or (self.joined[end : end + 1] == sign and self.joined[end + 1 : end + 2].isdigit())
            for sign in self.signs
        )

    @property
    def is_masked(self) -> bool:
        """Whether signs that hide the rest of it stand on one of its sides."""
        start, end = self.place
        return bool(
            _HIDDEN.match(self.joined[end : end + 6]) or _HIDDEN.match(self.joined[max(0, start - 6) : start][::-1])
        )

    @property
    def is_part(self) -> bool:
        """Whether it reads as the end or the beginning of a longer number."""
        start, end = self.place
        tied = _TIED.search(self.joined[max(0, start - 6) : start])
        return bool((tied and not self.said.isdigit()) or _GOES_ON.match(self.joined[end : end + 4]))

    @property
    def is_in_range(self) -> bool:
        """Whether it is the first or the last of many: P330000001至P330001000."""
        start, end = self.place
        return bool(
            _TO.match(self.joined[end : end + 12]) or _FROM.match(self.joined[max(0, start - 12) : start][::-1])
        )

    @cached_property
    def may_count(self) -> bool:
        """Whether it may as well say how many there are of what stands before it: | 居住证 | 123456 |."""
        if not self.said.isdigit() or self.said[0] == "0" or self.after[:1] == "号" or _NUMBERS.search(self.before):
            return False
        beside = _CELL.search(self.joined, max(0, self.place[0] - 6), self.place[0])
        return len(self.said) < (_COUNTED_IN_CELLS if beside else _COUNTED)

    @property
    def is_amount(self) -> bool:
        """Whether what stands behind it makes a figure of it."""
        counts = AMOUNT if sum(one.isdigit() for one in self.said) <= _FEW else _LARGE
        return bool(counts.match(self.after))

    @cached_property
    def before(self) -> str:
        return self._around.before(self._span[0])

    @cached_property
    def labelled_by(self) -> str:
        """What stands directly before it and the numbers of the same kind that come first."""
        before = self.before
        return (_EARLIER.sub("", before) if before[-1:] in _LISTS else before)[-_LONGEST_LABEL:]

    @cached_property
    def after(self) -> str:
        return self._around.after(self._span[1])

    @cached_property
    def labelled_behind(self) -> str:
        """What stands directly behind it and the numbers of the same kind that follow."""
        return _LATER.sub("", self.after, count=1) if self.after[:1] in _LISTS_BEHIND else self.after

    @cached_property
    def head(self) -> str:
        return self._around.head(self._span[0])

    @cached_property
    def heads(self) -> str:
        """The heads of all columns of its table."""
        return self._around.heads(self._span[0])

    @property
    def near(self) -> str:
        """What stands around it in its sentence, and no farther than whoever it is of may be named."""
        return _SAID_BY_OFFICES.sub("", f"{self.before[-_LONGEST_LABEL:]}{self.said}{self.after}")

    @cached_property
    def line(self) -> str:
        return self._around.line(self._span[0])

    @cached_property
    def is_somebodys(self) -> bool:
        """Whether somebody is named on its line."""
        return self._around.whose.is_on_line(*self._span)

    @property
    def is_beside_somebody(self) -> bool:
        """Whether somebody is named on a line beside its own."""
        return self._around.whose.is_beside(*self._span)

    @cached_property
    def called(self) -> str:
        """What it is called: the words directly before it, behind whoever is named last."""
        said = self._around.before(self._span[0], self._around.whose.since(self._span[0]))
        return _CALLED.search(said)[0]  # type: ignore[index]

    @property
    def beside(self) -> str:
        """What stands on both sides of it, on whatever line."""
        return self.joined[max(0, self.place[0] - _BESIDE) : self.place[1] + _BESIDE]

    @property
    def told(self) -> str:
        """What is said of it behind it: （军官证）, 为其住宅电话."""
        return _CLAUSE.split(re.sub(r"^[，,（(](?=[系为是家宅])", "", self.after), maxsplit=1)[0]

    def is_labelled(self, words: Words) -> bool:
        """Return whether words for its kind are the last before it, head its column, or follow it in the clause."""
        if (
            words.behind.match(self.labelled_behind)
            or words.are_last(self.before[-words.reach :])
            or words.own.search(self.head)
        ):
            return True
        if words.are_other(self.before[-words.reach :]) or words.are_other(self.head):
            return False
        return bool(words.own.search(self.told[:12]))

    def follows(self, words: Words) -> bool:
        """Return whether a word for its kind stands directly before it, heads its column, or tells in brackets what it is."""
        return bool(
            (words.direct.search(self.labelled_by) and not self.may_count)
            or words.own.search(self.head)
            or words.behind.match(self.labelled_behind)
        )

    def label(self, words: Words) -> str:
        """Return the label directly before it and what that begins with, or the head of its column."""
        found = words.direct.search(self.labelled_by)
        if found:
            return found.string[max(0, found.start() - 4) :]
        return self.head or self.told

    def behind(self, words: Words) -> str:
        """Return what stands between the last word for its kind and the number, in the clause of the number."""
        before = self.before[-words.reach :]
        last = deque(words.own.finditer(before), maxlen=1)
        return _CLAUSE.split(before[last.pop().end() :])[-1] if last else ""

    def is_another(self, words: Words) -> bool:
        """Return whether a label of another kind stands directly before it or heads its column.

        What _ parts from it is another part of a file's name.
        """
        parted = self.joined[max(0, self.place[0] - 1) : self.place[0]] == "_"
        return (not parted and bool(words.other.search(self.before))) or words.are_other(self.head)


class Words:
    """The labels of a kind, against those of numbers that belong to nobody."""

    def __init__(self, own: str, other: str = OTHER, reach: int = 26):
        self.own = late(own)
        self._any = late(f"(?P<own>(?:{own}){_LINKED})|(?:{other})")
        self.other = late(f"(?:{other}){_LINKED}$")
        self.direct = late(f"(?:{own}){_LINKED}$")
        self.behind = late(
            rf"(?:[，,、（(：:—]{{1,2}}|(?=[为是系即]))(?:[一-鿿]{{0,4}}?|[^，。；（）()]{{2,8}}[／/])(?:{own})(?:号码?|编号)?[一-鿿]{{0,2}}(?:[／/][^，。；（）()]{{2,8}})?(?:[）)，。、；]|$)"
        )
        """What tells behind a number what it was: （警号）, ，普通护照，"""
        self.reach = reach
        """Characters before a number in which they must stand."""

    def are_last(self, text: str) -> bool:
        last = self._last(text)
        return bool(last and last["own"])

    def are_other(self, text: str) -> bool:
        last = self._last(text)
        return bool(last and not last["own"])

    def _last(self, text: str) -> re.Match[str] | None:
        return deque(self._any.finditer(text), maxlen=1).pop() if self._any.search(text) else None


DIGITS_APART = 3
_TOGETHER = compiled(rf"\d(?:\D{{0,{DIGITS_APART}}}\d)*")
_NO_DIGITS = compiled(r"\D+")


class Part(NamedTuple):
    """A part of a joined reading in which a number may be."""

    start: int
    end: int
    digits: int
    """The most that stand together in it."""

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Part:
        """Return a part of a text."""
        runs = [len(_NO_DIGITS.sub("", run)) for run in _TOGETHER.findall(text, start, end)]
        return cls(start, end, max(runs, default=0))


class Recogniser(NamedTuple):
    """One row of the table."""

    rule: str
    form: re.Pattern[str]
    """Where such a number may stand in a joined reading; the group `number` is the number."""
    valid: Callable[[Sighting], bool]
    masked: Callable[[Sighting], str]
    """Return the form that may be published."""
    source: str
    """Law or standard that says how such a number is made."""
    words: Words | None = None
    """Labels without which no text has such a number."""
    public: str = ""
    """The rule where it stands as the channel of an office."""
    is_public: Callable[[Sighting], bool] = lambda sighting: False
    digits: int = 0
    """The fewest that stand together in the form, never further than `DIGITS_APART`: with less it need not be looked for."""

    def sightings(
        self, reading: Reading, around: Surroundings, joined: Reading, parts: Sequence[Part]
    ) -> Iterator[tuple[str, Sighting]]:
        """Yield the rule and place of every number of this kind in parts of a joined reading."""
        parts = [part for part in parts if part.digits >= self.digits]
        # Where there is much to look at, one search for the labels may save it.
        if (
            self.words
            and sum(part.end - part.start for part in parts) > _MUCH
            and not self.words.own.search(joined.text)
        ):
            return
        for part in parts:
            for match in self.form.finditer(joined.text, part.start, part.end):
                one = Sighting(reading, around, joined, match)
                if self.valid(one):
                    yield (self.public if self.public and self.is_public(one) else self.rule), one


def keep(head: int, tail: int) -> Callable[[Sighting], str]:
    """Return what masks all but so many characters at both ends."""
    return lambda sighting: masked(sighting.number, head, tail)


def masked(text: str, head: int, tail: int) -> str:
    """Return a text of which so many characters at both ends are kept."""
    stars = "*" * max(1, len(text) - head - tail)
    return text[:head] + stars + text[len(text) - tail :]
