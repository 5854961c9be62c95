"""Problems that a document without a list of them tells in its sentences, or words as tasks."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from rectify.core.numerals import number_of
from rectify.intake.recognition.likeness import STEP
from rectify.intake.recognition.line import Line
from rectify.intake.recognition.runs import Point, runs
from rectify.intake.recognition.selection import has_numbered
from rectify.intake.recognition.sentences import first_status
from rectify.intake.recognition.titles import BEFORE_QUOTATION
from rectify.intake.recognition.tree import Node, sentence_end
from rectify.prose.statuses import heading_status

_INLINE = re.compile(
    r"(?:存在|还有|仍有|有)(?:着)?(?:以下|如下|一些|下列|几个?方面)?(?:的)?(?:主要|突出|具体)?(?:问题|不足|差距|薄弱环节)(?:和不足)?[：:，,。]?.{0,20}?(?=一是)"
)
_TOLD = re.compile(rf"(?:^|(?<=[。；])){BEFORE_QUOTATION}[“\"][^“”\"]{{2,80}}[”\"](?:的)?问题[，,：:]")
_ANNOUNCED = re.compile(
    '(?:关于|第[^“”，。]{1,12}[项条个号](?:问题|整改任务|任务|事项)?|问题|整改任务|任务|事项|反映|指出)?[：:（(]?[“"]([^“”"]{6,100})[”"][）)]?(?:的)?(?:这一)?(?:问题|整改任务|任务|事项|整改|完成情况|落实情况|销号)'
)
_NAMED_ONE = re.compile(
    '(?:(?<!\\d)1|一)(?:个|项|件|条)[^，。；]{0,12}[，,：:]?(?:即|为|是|：)[：:]?[“"]([^“”"]{6,100})[”"]'
)
"""交办问题1个，即“甲不严”。"""
_NAMED_TOGETHER = re.compile(
    "(?:“[^“”]{4,60}”[、，和及]?){2,20}等?(?:这)?(\\d{1,2}|[一二两三四五六七八九十]{1,2})(?:个|项|条)[^“”。，；]{0,12}(?:问题|事项)[，,]"
)
_QUOTED = re.compile("“([^“”]{4,60})”")
_DONE_ABOUT = re.compile("已(?:全面|全部|如期|按期)?完成[^，。；]{0,40}$")
_SHORTEST, _LONGEST = 5, 45
"""Characters of a title that is the first sentence of a paragraph."""
_ANNOUNCES = re.compile("现将|(?:予以|进行)公[示告开]|公[示告开]如下")


def inline_problems(root: Node) -> list[tuple[Node, Line, Point]]:
    """Return the problems that a document without any such heading names in a run: …存在以下不足：一是…二是…"""
    found: list[tuple[Node, Line, Point]] = []
    for node in root.walk():
        if node.role in ("next", "measures", "causes", "contact"):
            continue
        for line in [Line(node.text, node.line), *node.lines]:
            if match := _INLINE.search(line.text):
                run = next(iter(runs(line.text, match.end())), [])
                # An unnumbered paragraph after a heading that has its body on the same line sums up the whole section.
                above = node.parent if line.text != node.text and node.rest else None
                found += [(above if above and above.parent else node, line, point) for point in run]
    return found


def told_in_prose(root: Node) -> list[Node]:
    """Return the problems that a disclosure without any such heading answers in its sentences: 针对“甲不实”问题，…；"""
    found: list[Node] = []
    for node in root.walk():
        if node.role in ("overview", "next", "contact", "causes"):
            continue
        for line in [Line(node.text, node.line), *node.lines]:
            starts = list(_TOLD.finditer(line.text))
            for match, after in zip(starts, [*starts[1:], None]):
                text = line.text[match.start() : after.start() if after else len(line.text)].strip()
                one = Node("titled", None, text, line.number, node)
                one.cut = match.end() - match.start()
                found.append(one)
    return found


def announced(root: Node) -> list[Node]:
    """Return the one problem that a notice about it names in the sentence that announces it: 现将关于“甲不严”问题…予以公示。"""
    for line in root.lines:
        found = list(_ANNOUNCED.finditer(line.text)) or list(_NAMED_ONE.finditer(line.text))
        if len(found) == 1 and _ANNOUNCES.search(line.text):
            one = Node("titled", None, found[0][1], line.number, root)
            if _DONE_ABOUT.search(line.text[: found[0].start()]):
                one.items.append(line)
            for node in root.walk():
                for other in [other for other in node.lines if "该问题" in other.text]:
                    node.items.remove(other)
                    one.items.append(other)
            return [one]
    return []


def named_together(root: Node, nodes: Collection[Node]) -> list[Node]:
    """Return the problems that one sentence names and counts, besides those with headings: 另有“甲不严”“乙不实”等2个问题，均已整改到位。

    The sentence belongs to none of these, though it stands below the last of them.
    """
    problems = {id(node) for node in nodes}
    found: list[Node] = []
    for node in list(root.walk()):
        for line in node.lines if node.role not in ("overview", "next", "contact", "causes") else ():
            # The status stands behind each title as a bracket states one: 甲不严（均已整改到位）.
            titles = [
                f"{title}（{stated.wording}）" if stated.wording else title
                for match in _NAMED_TOGETHER.finditer(line.text)
                if len(some := _QUOTED.findall(match[0])) == number_of(match[1])
                for stated in [first_status(line.text[match.end() :].partition("。")[0])]
                for title in some
            ]
            over = node.parent if id(node) in problems and node.parent else node
            if titles and over is not node:
                node.items.remove(line)
                over.items.append(line)
            found += [Node("titled", None, title, line.number, over) for title in titles]
    return found


def unnumbered(root: Node, nodes: Collection[Node]) -> list[Node]:
    """Return the problems without numbers of a group beside groups of numbered ones: every paragraph of it a title and its account."""
    problems = {id(node) for node in nodes}
    over = {id(node.parent): node.parent for node in nodes if node.parent and node.parent.mark}
    beside = {(id(group.parent), group.form) for group in over.values()}
    found: list[Node] = []
    for group in root.walk():
        if (id(group.parent), group.form) not in beside or id(group) in over or id(group) in problems:
            continue
        lines = group.lines
        ends = [sentence_end(line.text) for line in lines]
        if group.rest or len(lines) != len(group.items) or not heading_status(group.heading).status:
            continue
        if all(_SHORTEST < end <= _LONGEST and end < len(line.text) for end, line in zip(ends, lines)):
            found += [Node("titled", None, line.text, line.number, group) for line in lines]
    return found


def taken_out(nodes: Sequence[Node]) -> Sequence[Node]:
    """Return problems found in lines; those that are whole lines are no longer text of the headings that they stand below."""
    for node in nodes:
        over = node.parent
        if over and (line := next((line for line in over.lines if line.text == node.text), None)):
            over.items.remove(line)
    return nodes


def tasks(root: Node) -> list[Node]:
    """Return the headings of a disclosure whose problems are worded as tasks: the deepest with an account, in its results.

    Results are a chapter that says so, or one whose headings are aspects: （一）…方面. A single one is no list.
    """
    chapters = [
        node
        for node in root.children
        if node.role not in ("overview", "next", "contact", "causes")
        and (node.role == "results" or any(below.heading.endswith("方面") for below in node.children))
    ]
    found = [
        leaf
        for chapter in chapters
        for leaf in chapter.walk()
        if leaf is not chapter
        and leaf.mark
        and leaf.form not in ("run", "circle")
        and leaf.role not in ("overview", "next", "contact", "causes")
        and not has_numbered(leaf.children)
        and (leaf.rest or leaf.lines)
        and not STEP.match(leaf.heading)
    ]
    return found if len(found) > 1 else []
