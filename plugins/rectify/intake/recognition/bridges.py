"""Lines that lead over to what follows and are no heading: 现将5个问题整改情况公开如下： 以下3项已完成："""

from __future__ import annotations

import re

from rectify.intake.recognition.words import DEFICIENCY, plain
from rectify.prose.statuses import Stated, heading_status

_AS_FOLLOWS = re.compile(r"如下[：:。]?$|[：:]$")
_COUNTED = re.compile(r"(?:\d{1,4}|[一二两三四五六七八九十百]{1,5})(?:个|项|条|类|件)")
_QUOTED = re.compile("[“「《][^“”「」《》]*[”」》]")
_SAID = re.compile("如下|以下|下列|反馈|指出|发现|提出|问题|事项|任务|意见")
_OVER_A_GROUP = re.compile(
    r"^(?:以下|下列|如下|上述之外|其余|另有|目前|截至[^，。]{2,16}，)*[^，。；：“”]{0,24}?(?:问题|事项|任务|的有|的是|项|个|条)?[^，。；：“”]{0,16}[：:。]?$"
)
_PROMISE = re.compile(
    r"[，,][^，。；：“”]{0,24}(?:前|底|末|内)[^，。；：“”]{0,8}(?:完成|办结|到位|销号)[^，。；：“”]{0,4}(?=[：:。]?$)"
)
"""By when the matters of a group will be done, behind what is said of them."""
_POINTS_DOWN = re.compile("以下|下列|如下|[：:]$|的(?:问题|事项|任务)?(?:有|是|为|共)")
_BELOW = re.compile(
    "^(?:其余|另有|目前|截至[^，。；]{2,16}，)*(?:以下|下列)[^，。；：“”]{0,16}?(?:问题|事项|任务|项|个|条)|^该类[^，。；：“”]{0,8}(?:问题|事项|任务)"
)
_LONGEST = 80


def is_bridge(text: str) -> bool:
    """Return whether a line only leads over: it ends in 如下, and speaks of problems at large and not of one."""
    text = text.strip()
    if len(text) > _LONGEST or not _AS_FOLLOWS.search(text) or "如下" not in text or not _SAID.search(text):
        return False
    if _QUOTED.search(text) and not _COUNTED.search(_QUOTED.sub("", text)):
        return False
    return bool(_COUNTED.search(text)) or not DEFICIENCY.search(plain(text))


def leads_to_group(text: str) -> bool:
    """Return whether a line speaks of the matters right below it, whatever it says of them: 以下事项仍需继续用力："""
    text = text.strip()
    return len(text) <= _LONGEST and text.endswith(("：", ":")) and bool(_BELOW.match(text))


def status_over_group(text: str) -> Stated:
    """Return the status that a line states of the headings below it: 以下3个问题已完成整改： 限期整改的有："""
    text = _PROMISE.sub("", text.strip())
    if len(text) > 40 or not _POINTS_DOWN.search(text) or not _OVER_A_GROUP.match(text):
        return Stated()
    return heading_status(text)
