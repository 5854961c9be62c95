"""Lines of a document -> the tree of its numbered and styled headings."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from rectify.intake.outline import Paragraph, Table
from rectify.intake.recognition.bridges import is_bridge, leads_to_group, status_over_group
from rectify.intake.recognition.labels import in_brackets, label_inside, label_of_block
from rectify.intake.recognition.line import Line
from rectify.intake.recognition.numbering import FORMS, Mark, read_mark
from rectify.intake.recognition.series import above_their_own, in_one_series, without_steps
from rectify.intake.recognition.signs import over_groups

_LONGEST_HEADING = 80
_UNSTYLED = 10
_LONGEST_CUT = 300
"""Characters in which a label may end a heading."""
_SHORTEST_LEAD = 2
_SHORT = 45
_MOST_BETWEEN = 3
"""Short lines without a label of their own that may stand among closing lines: a name, an address that runs on."""
_TITLED = re.compile(
    r"^(?:关于|针对|就|对)[“\"「‘].+[”\"」’].{0,12}(?:整改.{0,8}|问题)[。：:]?$"
    r"|^(?:关于|针对).{4,60}问题(?:的)?(?:整改.{0,8})?[。：:]?$"
    r"|^[^，。：]{4,60}问题(?:的)?整改(?:落实|进展|完成)?情况[。：:]?$"
)
"""Headings without a number, by which one problem begins."""


_DOCUMENT = re.compile("(?:报告|通报|公告|通告|公示|公开)[。：:]?$")
"""A document is what ends so, a heading is not."""

_SIGNED = re.compile(r"[一-鿿（）()]{4,30}[ \u3000]+\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日")
"""清川市水务局 2025年6月10日"""
_CLOSING = re.compile(
    r"(?:特此|专此|(?:统计|合计|总计)[：:]|附件|附表|附[：:]|(?:现)?(?:予以|进行)公[示告开]|上一[篇条页]|下一[篇条页]|传真|E-?mail|[（(]此件|欢迎[^。]{0,40}监督|如有(?:异议|意见|疑问)|以上[^。]{0,8}(?:报告|通报|公示|公开)|(?:以上|上述)[^。；“”第]{0,16}第[^。；“”]{1,40}[项个条]"
    r"|(?:公示|公开)(?:期|时间)|(?:联系|监督|举报|受理|投诉|办公|值班|意见反馈)(?:电话|人|方式|地址|单位|部门|时间|渠道)|(?:通讯|通信|来信|来访|联系|办公|邮寄|接待){0,2}地址[：:]"
    r"|电话[：:]|邮(?:编|箱|政)|电子邮[箱件])(?!情况|不)",
    re.I,
)


_CALLS = re.compile(r"(?:大家|乡亲|欢迎|如有|请)[^。]{0,50}(?:电话|拨打|致电|联系)[^。]{0,12}\d{3,4}-?\d{7,8}")
"""A sentence that asks readers to call: 哪一条没办好，大家可以打电话0795-7312210。"""

_LABEL_IN_HEADING = re.compile(
    "(?<=[；;，,—\u3000 \t-])(?:整改(?:情况|措施|落实|进展|成效|结果|状态|时限|期限)|责任(?:单位|部门|科室|人)|完成(?:情况|时限)|办理(?:情况|结果)|(?:目前)?状态)[^。，；：:]{0,6}[：:]"
)


class Node:
    """A heading and all that stands below it."""

    def __init__(self, form: str, mark: Mark | None, text: str, line: int, parent: Node | None, series: str = ""):
        self.form = form
        """The form of its number, `styleN` for a styled heading without one, `titled` for one known by its wording."""
        self.series = series or form
        """What its siblings have in common: the style of headings that have one, else the form."""
        self.mark = mark
        self.text = text
        """The paragraph after its number: heading, and body where both share one paragraph."""
        end = sentence_end(text)
        head = text[: min(end, _LONGEST_CUT)]
        labels = (match for match in _LABEL_IN_HEADING.finditer(head) if not in_brackets(head[: match.start()]))
        label, inside = next(labels, None), label_inside(head)
        self.cut = min(end, label.start() if label else end, inside if inside < len(head) else end)
        """Where in `text` the heading ends."""
        self.line = line
        self.parent = parent
        self.items: list[Line | Table | Node] = []
        self.role = ""
        self.is_section = False
        """Whether its own heading is one of the parts that documents of this kind have."""

    @property
    def children(self) -> list[Node]:
        return [item for item in self.items if isinstance(item, Node)]

    @property
    def lines(self) -> list[Line]:
        return [item for item in self.items if isinstance(item, Line)]

    @property
    def heading(self) -> str:
        """The heading without its number: up to the first full stop or label, or the whole of a short paragraph."""
        return self.text[: self.cut].strip().rstrip("。；;：:，,—- \u3000\t")

    @property
    def rest(self) -> str:
        """What follows the heading in the same paragraph."""
        return self.text[self.cut :].strip()

    @property
    def printed(self) -> str:
        """The heading with its number, as printed."""
        return (self.mark.text if self.mark else "") + self.heading

    def walk(self) -> Iterator[Node]:
        """Yield this node and all below it in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def texts(self) -> Iterator[Line]:
        """Yield every line below this heading in reading order, numbers included; tables are left out."""
        for item in self.items:
            if isinstance(item, Line):
                yield item
            elif isinstance(item, Node):
                yield Line((item.mark.text if item.mark else "") + item.text, item.line)
                yield from item.texts()

    def above(self) -> Node | None:
        """Return the heading that this one stands under; a line that only leads over is none."""
        return next((node for node in self.ancestors() if node.form != "bridge"), None)

    def ancestors(self) -> Iterator[Node]:
        """Yield the headings above this one, the nearest first, without the root."""
        node = self.parent
        while node is not None and node.parent is not None:
            yield node
            node = node.parent


def sentence_end(text: str) -> int:
    """Return the offset after the first sentence of a paragraph, quotations skipped; its length where it has one only."""
    depth = 0
    for index, char in enumerate(text):
        if char in "“‘《（「":
            depth += 1
        elif char in "”’》）」":
            depth = max(0, depth - 1)
        elif char == "。" and not depth:
            return index + 1
    # A quotation mark that is never closed hides no full stop.
    end = text.find("。") if depth else -1
    return end + 1 if end >= 0 else len(text)


def build(blocks: Sequence[Paragraph | Table]) -> Node:
    """Return the root of the tree of headings; closing lines stand below the root, not below the last heading.

    A higher number form closes the lower ones. Which form is higher is the usual order, unless the document itself shows
    otherwise: a form that starts again at one below another is the lower of the two.
    """
    root = Node("root", None, "", 0, None)
    marks = {id(block): read_mark(block.text) for block in blocks if isinstance(block, Paragraph)}
    marks = in_one_series(above_their_own(blocks, without_steps(blocks, marks)))
    levels = _levels(blocks, marks)
    ranks = _ranks([mark for key, mark in marks.items() if mark and not levels.get(key)])
    path: list[tuple[float, Node]] = [(-1.0, root)]
    end = closing(blocks)
    signs = over_groups(blocks)
    begun: dict[int, set[str]] = {}
    for index, block in enumerate(blocks):
        if index == end or (isinstance(block, Table) and index - 1 not in signs and _is_attached(blocks[:index])):
            del path[1:]
        if isinstance(block, Table):
            path[-1][1].items.append(block)
            continue
        text, mark, level = block.text.strip(), marks[id(block)], levels.get(id(block), 0)
        form = mark.form if mark else f"style{level}" if level else "titled" if block.lead or _is_titled(text) else ""
        sign = signs.get(index) if not form else None
        if sign:
            form, text = sign.kind, block.text[sign.length :].strip().removesuffix("】")
        over = not form and _stands_over(blocks, index, marks)
        if over:
            form = "bridge"
        if not form:
            if begins := label_of_block(text):
                # What begins there again ends the steps of the one before: 任务编号：02 below 2、甲.
                at = next((at for at, (_, node) in enumerate(path) if begins in begun.get(id(node), ())), len(path))
                del path[at + 1 :]
                begun.setdefault(id(path[-1][1]), set()).add(begins)
            path[-1][1].items.append(Line(text, block.line))
            continue
        # Styled headings stand above all others; a titled one stands where 1. would.
        rank = (
            float(level)
            if level
            else _UNSTYLED
            + ranks.get(over or (sign.form if sign else form), FORMS.index("arabic") - 0.5)
            - bool(over) / 4
            - bool(sign) / 2
        )
        if form == "titled":
            # Among numbered ones of its wording it is one of them whose number was forgotten.
            rank = next((of for of, node in reversed(path) if node.mark and names_one_problem(node.text)), rank)
        while path[-1][0] >= rank:
            path.pop()
        node = Node(
            form,
            mark,
            block.text[mark.length :].strip() if mark else text,
            block.line,
            path[-1][1],
            f"style{level}" if level else "",
        )
        lead = block.lead - len(block.text[: mark.length if mark else 0].lstrip())
        if lead > _SHORTEST_LEAD:
            # A heading set bold ends there, though no full stop says so.
            node.cut = min(node.cut, lead) if mark else lead
        path[-1][1].items.append(node)
        path.append((rank, node))
    return root


def _stands_over(blocks: Sequence[Paragraph | Table], index: int, marks: dict[int, Mark | None]) -> str:
    """Return the form of the headings that a line states the status of, which stand right below it; else nothing."""
    block, after = blocks[index], blocks[index + 1] if index + 1 < len(blocks) else None
    if not isinstance(block, Paragraph) or not isinstance(after, Paragraph) or not (mark := marks[id(after)]):
        return ""
    return mark.form if status_over_group(block.text).status or leads_to_group(block.text) else ""


def closing(blocks: Sequence[Paragraph | Table]) -> int:
    """Return the index of the first of the lines that close a document: 特此公示, how to object, attachments."""
    end = index = len(blocks)
    while index and isinstance(block := blocks[index - 1], Paragraph) and not block.level:
        index -= 1
        if is_closing(block.text):
            end = index
        elif len(block.text) > _SHORT or read_mark(block.text) or end - index > _MOST_BETWEEN:
            break
    return end


def is_closing(text: str) -> bool:
    """Return whether a line is one of those that close a document."""
    return bool(_CLOSING.match(text.strip()) or _CALLS.search(text) or _SIGNED.fullmatch(text.strip()))


def _is_attached(before: Sequence[Paragraph | Table]) -> bool:
    """Whether lines name what comes next as attached, which belongs to no chapter above: 附件：整改情况表, or 附件 and its title."""
    texts = [block.text.strip() for block in before[-2:] if isinstance(block, Paragraph)]
    named = [text.startswith(("附件", "附表", "附：", "附:")) for text in texts]
    return any(named) and (named[-1] or (len(texts[-1]) <= _LONGEST_HEADING and not read_mark(texts[-1])))


def is_document(text: str) -> bool:
    """Return whether a line ends as the titles of documents do."""
    return bool(_DOCUMENT.search(text.strip()))


def _is_titled(text: str) -> bool:
    return len(text) <= _LONGEST_HEADING and bool(_TITLED.match(text)) and not is_document(text) and not is_bridge(text)


def names_one_problem(title: str) -> bool:
    """Return whether a document's title is the heading of one problem: 关于“内控不细”问题的整改情况."""
    return bool(re.match('(?:关于|针对|对)[“"「]', title)) and _is_titled(title)


def _levels(blocks: Sequence[Paragraph | Table], marks: dict[int, Mark | None]) -> dict[int, int]:
    """Return the style level of headings; a heading whose style was forgotten goes on with the numbers of those before."""
    levels: dict[int, int] = {}
    styled: dict[str, tuple[int, int]] = {}
    plain: dict[str, int] = {}
    for block in blocks:
        if isinstance(block, Table):
            continue
        mark = marks[id(block)]
        if block.level and len(block.text) <= _LONGEST_HEADING * 2:
            levels[id(block)] = block.level
            plain.clear()
            if mark:
                styled[mark.form] = (mark.value, block.level)
        elif (
            mark
            and mark.form in styled
            and len(block.text) <= _LONGEST_HEADING
            and plain.get(mark.form, 0) + 1 != mark.value
        ):
            value, level = styled[mark.form]
            if mark.value == value + 1:
                levels[id(block)] = level
                styled[mark.form] = (mark.value, level)
        elif mark:
            plain[mark.form] = mark.value
    return levels


def _ranks(marks: Sequence[Mark]) -> dict[str, float]:
    """Return the level of each form, counted from the top."""
    order = [form for form in FORMS if any(mark.form == form for mark in marks)]
    restarts = dict.fromkeys(order, -1)
    first: dict[str, int] = {}
    for index, mark in enumerate(marks):
        first.setdefault(mark.form, index)
        restarts[mark.form] += mark.value == 1
    for form in ("stem", "letter"):
        # A. is above what first stands below it: groups of a document, or steps of one of its problems.
        if form in order:
            order.remove(form)
            order.insert(next((at for at, other in enumerate(order) if first[other] > first[form]), len(order)), form)
    for upper, lower in itertools.pairwise(order):
        if restarts[upper] > 0 and restarts[lower] <= 0 and first[lower] < first[upper]:
            i = order.index(upper)
            order[i], order[i + 1] = lower, upper
            break
    return {form: float(FORMS.index(default)) for form, default in zip(order, sorted(order, key=FORMS.index))}
