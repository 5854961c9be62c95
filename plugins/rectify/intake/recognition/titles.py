"""The bare wording of a problem, out of the heading by which a document announces it."""

from __future__ import annotations

import re
from typing import NamedTuple

from rectify.intake.recognition.tree import sentence_end

_OPEN, _CLOSE = "“\"「『", "”\"」』"
_AFTER = r"(?:的|等|这一|方面的?)*(?:反馈)?(?:问题|事项|情况|意见)?(?:的)?(?:整改(?:落实|完成|进展|推进)?(?:情况|进展|成效)?)?(?:如下)?"
_QUOTED = re.compile(rf"^(?:关于|针对|就|对于|对|围绕|反映|指出|在)?(?:巡[察视]反馈的?|反馈的?)?[“\"「『](.+)[”\"」』]{_AFTER}[。；：:]?$", re.S)
_ABOUT = re.compile(r"^(?:关于|针对|就)(.+?)(?:的|等)?问题(?:的)?(?:整改(?:落实|完成|进展|推进)?(?:情况|进展|成效)?)?[。；：:]?$", re.S)
_ENDING = re.compile(r"^(.+?)(?:的)?问题(?:的)?整改(?:落实|完成|进展|推进)?(?:情况|进展|成效)[。；：:]?$", re.S)
_LABEL = re.compile(r"^(?:反馈|具体|存在|存在的|巡[察视]反馈|审计发现|督察反馈)(?:的)?问题[：:]\s*")
_STATUS = re.compile(r"[ \u3000]*(?:[（(【\[]([^（()）【】\[\]]{2,14})[）)】\]]|[—-]{1,2}([^—，。“”]{2,14}))[。；]?$")


class Wording(NamedTuple):
    title: str
    facts: str
    """What else the heading says of the problem: a quotation of several sentences."""
    status: str
    """Words in brackets at the end of the heading, where statuses are put; empty if there are none."""


def problem_wording(heading: str) -> Wording:
    """Return the problem's bare wording: 关于“T”问题的整改 gives T."""
    text, status = heading.strip(), ""
    if match := _STATUS.search(text):
        status = match[1] or match[2]
        text = text[: match.start()].rstrip()
    text = _LABEL.sub("", text)
    match = _QUOTED.match(text)
    if match and _is_one_quotation(match[1]):
        inner = match[1]
    elif match := _ABOUT.match(text) or _ENDING.match(text):
        inner = match[1]
        if (one := _QUOTED.match(inner)) and _is_one_quotation(one[1]):
            inner = one[1]
    else:
        inner = text
    end = sentence_end(inner)
    return Wording(inner[:end].strip().rstrip("。；;：: "), inner[end:].strip(), status)


def _is_one_quotation(inner: str) -> bool:
    """Whether the marks around a text belong together: not so in `A”和“B`."""
    depth = 0
    for char in inner:
        if char in "“「『":
            depth += 1
        elif char in "”」』":
            depth -= 1
            if depth < 0:
                return False
    return depth == 0 and '"' not in inner
