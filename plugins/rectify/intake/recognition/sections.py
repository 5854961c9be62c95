"""What each section of a document is about: decided before anything is counted."""

from __future__ import annotations

import re

from rectify.intake.recognition.labels import label_of_block
from rectify.intake.recognition.tree import Node
from rectify.intake.recognition.words import DEFICIENCY, OVERVIEW_FIRST, ROLE_WORDS, STATED, plain

_QUOTED = re.compile('[“"「《][^“”"「」《》]*[”"」》]')
_TO_COME = re.compile("下一?步|打算|今后|后续|原因")
_LONGEST = 45
_SECTION_FORMS = {"chapter", "cn", "cn-paren", "bracket", "style1", "style2"}

_ENDS = ("next", "contact", "causes")
"""What is no part of results, though it stands below them."""
_TOP_FORMS = {"chapter", "cn", "bracket", "style1"}


def assign_roles(root: Node) -> None:
    """Give every node its role: that of its own heading, else that of the section it stands in.

    Roles are overview, results, problems, causes, measures, next and contact; empty where nothing says.
    """
    titled = [node for node in root.walk() if node.form == "titled"]
    run_in = sum(bool(node.rest) for node in titled) * 2 > len(titled)
    for node in root.walk():
        if node.parent is not None:
            own = _chapter_role(node) if run_in and node.form == "titled" and not node.rest else _own_role(node)
            node.role, node.is_section = own or node.parent.role, bool(own)


def _chapter_role(node: Node) -> str:
    """Return the role of a line in bold among headings that their accounts follow on the same line: a chapter, unless it states a problem."""
    if DEFICIENCY.search(plain(node.heading)) or STATED.search(node.heading):
        return ""
    return _match(node.heading) or "overview"


def _own_role(node: Node) -> str:
    heading = _QUOTED.sub("", node.heading)
    bare = plain(node.heading)
    if len(node.heading) > _LONGEST or _is_one_of_labelled(node):
        return ""
    if node.form not in _SECTION_FORMS and node.series not in _SECTION_FORMS:
        # Where chapters are numbered 1. 2. 3., what is done next is the one that no problem can be.
        over = node.form == "arabic" and node.parent and node.parent.parent is None and not node.rest
        return "next" if over and not DEFICIENCY.search(bare) and _match(heading) == "next" else ""
    if heading.rstrip("。：:").endswith("方面") and not _TO_COME.search(heading):
        # 贯彻上级部署和工作要求方面 is an aspect, whatever words it holds.
        return ""
    # 三、反馈问题整改完成情况 is a section, （一）台账不全问题整改情况 a problem.
    if STATED.search(node.heading) and (node.form not in _TOP_FORMS or node.heading.startswith(("关于", "针对"))):
        return ""
    if node.parent and node.parent.parent is not None:
        # Below a section, a heading that states a deficiency is a problem, whatever words it holds.
        if DEFICIENCY.search(bare) and not re.search("^(?:存在|主要)", heading):
            return ""
        # A group of results keeps being results; what is done next or how to object is not part of them.
        role = _match(heading)
        return "" if _holds_problems(node) else role if role in _ENDS or not node.parent.role else ""
    role = "overview" if OVERVIEW_FIRST.search(heading) else _match(heading)
    # 一、安全责任落实不力 is a problem, though it holds words of an overview.
    deficient = any(match.end() == len(bare) for match in DEFICIENCY.finditer(bare))
    return "" if deficient and role in ("overview", "measures") else role


def _holds_problems(node: Node) -> bool:
    """Whether headings below one are problems that it is about: （一）保障措施 over 1.关于“甲不严”的问题."""
    stated = [bool(STATED.search(child.heading)) for child in node.children]
    return sum(stated) * 2 > len(stated)


def _is_one_of_labelled(node: Node) -> bool:
    """Whether a heading is a label with a problem behind it, as others beside it are: 二、反馈问题：甲不严."""
    label = label_of_block(node.heading)
    if not label or not node.parent or node.heading.rstrip("：:") == label:
        return False
    return sum(label_of_block(one.heading) == label for one in node.parent.children) > 1


def _match(heading: str) -> str:
    return next((role for role, words in ROLE_WORDS if words.search(heading)), "")
