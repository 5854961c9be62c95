"""The bare wording of a problem, out of the heading by which a document announces it."""

from __future__ import annotations

import re
from typing import NamedTuple

from rectify.core.vocabulary import STATUSES
from rectify.intake.recognition.bullets import MARKING
from rectify.intake.recognition.labels import split_labels
from rectify.intake.recognition.line import Line
from rectify.intake.recognition.tree import sentence_end
from rectify.intake.recognition.words import DEFICIENCY, plain
from rectify.prose.statuses import flags_in, labelled_status

_OPEN, _CLOSE = '“"「『', '”"」』'
_AFTER = r"(?:的|等|这一|方面的?)*(?:反馈)?(?:问题|难题|顽疾|乱象|现象|短板|事项|情况|意见|来信|来访|来电|信访件|举报件?|投诉件?|诉求)?(?:的)?(?:整改(?:落实|完成|进展|推进)?(?:情况|进展|成效)?)?(?:如下)?"
_SAID = r"(?:[^“”，。：]{0,12}?(?:反馈|指出|反映|提出)(?:意见|问题|情况)?(?:中)?(?:指出|提出|反映)?的?[，,：:]?)"
BEFORE_QUOTATION = "(?:关于|针对|就|对于|对|围绕|在|聚焦|紧盯|紧扣|瞄准|直面|破解|化解|整治|纠治|纠正|解决|(?:着力|推动|重点|坚决)(?:解决|破解|整改|整治|纠治))"
"""Words of a heading or of a sentence before the problem that it quotes."""
_QUOTED = re.compile(rf"^{BEFORE_QUOTATION}?{_SAID}?[“\"「『](.+)[”\"」』]{_AFTER}[。；：:]?$", re.S)
_ABOUT = re.compile(
    r"^(?:关于|针对|就)(.+?)(?:的|等)?问题(?:的)?(?:整改(?:落实|完成|进展|推进)?(?:情况|进展|成效)?)?[。；：:]?$", re.S
)
_ENDING = re.compile(r"^(.+?)(?:的)?问题(?:的)?整改(?:落实|完成|进展|推进)?(?:情况|进展|成效)[。；：:]?$", re.S)
_ABOUT_BARE = re.compile(
    r"^(?:关于|针对)([^，。；：]{4,60})(?<!方面|工作|情况|整改|事项|措施|落实|报告|通知|反馈|意见)[。；：:]?$"
)
"""关于甲不严"""
_STATED_BARE = re.compile(r"^(.{4,60}?)的整改(?:落实|完成|进展|推进)?(?:情况|进展|成效)[。；：:]?$", re.S)
"""甲不严的整改情况, where what stands before it states a deficiency."""
_ANSWERED = re.compile(r"^(?:关于|针对|就)[“\"]([^“”\"]{2,80})[”\"](?:的)?问题[，,：:]\s*(.+)$", re.S)
"""A problem that its answer follows in the same sentence."""
_ANSWERED_FREELY = re.compile(
    r"^(?:关于|针对|就|对于?)(?P<title>[^，。；：:“”]{4,80}?)(?:的|等)问题[，,]\s*(?P<account>(?!.?(?:不|未|没))"
    r"[^，。；不未没又仍]{0,40}?(?:已|正[在按]|清[理退]|追[回缴]|核[减销]|退[回还]|补[登办缴签]|制[定订]|修订|印发|建立|完善|停止|开展|组织|约谈|处理|处分|拆除|整治)"
    r"[^，。；不未没又仍]*[，。；].{4,})$",
    re.S,
)
"""The same without quotation marks, as audit offices announce it: who answers has done something, where a fault has not."""
_SETTLED = re.compile(r"(?:的)?问题(?:已经?|均已?)?(?:得到|有所|基本|全部|有效)+(?:解决|缓解|整改|改善|纠正|好转)$")
_LABEL = re.compile(
    r"^(?:(?:第[一二三四五六七八九十\d]{1,3}项|(?:(?:原|原有|原反馈|反馈|具体|存在|存在的|(?:巡[察视]组?|督[察查]组?|审计组?|检查组?|巡查|考核|暗访|督导组?|监督)(?:反馈|发现|指出))?(?:的)?(?:问题(?:表述|描述|内容|概述|简述|名称|要点)?|(?<=反馈)意见)|(?:反馈|督办|交办|转办|反映|举报|投诉|检查)(?:内容|事项))[一二三四五六七八九十\d]{0,3})[：:]\s*"
    r"|(?:巡[察视]组?|审计|督察)?(?:反馈(?:意见)?)?指出[，,：:])+"
)
_BODY = "(?:巡[察视]组?|审计组?|督[察查]组?|检查组?|督导组?|反馈意见)"
_SAYS = "(?:还|也|另|又|同时|进一步){0,2}(?:指出|发现|认为|提出|反映|点出|反馈|要求关注|提到|点到|点名|批评|说|讲)"
_WE = "(?=我(?:们|[处局中院校村站镇社队办街区]))|(?=(?:党)?(?:支部|总支|党组|党委))"
_SPOKEN = re.compile(
    rf"^(?:此外|另外|同时|再有|其次|首先)?[，,]?(?:(?:关于|对于)[^，。“”]{{2,12}}[，,])?{_BODY}{_SAYS}[，,：:]?(?P<said>(?!的)(?:[^。“”：:；]|“[^“”。]{{1,20}}”){{4,80}}?)(?:。|[，,](?:{_WE}))"
    rf"|^(?:针对|对于|至于)(?:{_BODY}(?:指出|发现|提出|反映|反馈)的)?(?P<about>[^。“”：:；]{{4,80}}?)(?:这一(?:反馈)?(?:意见|问题)|的?(?:问题|意见))?[，,](?:{_WE})"
)
"""巡察还指出，甲不严。 对于乙不实这一反馈意见，我局 …"""
_STATUS = re.compile(
    r"(?<![ \u3000])[ \u3000]*(?:[（(【\[]([^（()）【】\[\]]{2,14})[）)】\]]|(?:(?!(?<=\d)-\d)[—-]{1,2}|[…⋯·_.]{2,60})([^—，。“”…⋯·_.]{2,14}))[。；]?$"
)

_TAG = re.compile("(?:【[^【】]{2,12}】)?【(?P<status>[^【】]{2,8})】")
"""【甲镇】【已办结】乙不畅"""
_ABOUT_STATE = re.compile("完成|推进|整改|办[理结]|销号|坚持|落实|进[度展]|解决|验收|达标|年|月|季度|责任|牵头|[√×✓]")
_LAST_CLAUSE = re.compile("[，,](?:均|都|全部|(?=正在))((?:已|正在)[^，。；：“”]{2,8})[。；]?$")
"""甲、乙，均已整改"""
_CODE = re.compile("^[【\\[〔（(](?:(?:事项|问题|任务)?编号[：: ]?)?[A-Za-z]{1,6}[-—]?\\d{1,8}[】\\]〕）)][ 　]*")
"""【LY-01】 before what it numbers."""
_STATUS_AND_DAY = re.compile(r"[（(【]([^（()）【】]{2,32})()[）)】][。；]?$")
"""（2024年12月底前完成，正在推进）"""

_DUE_AND_STATUS = re.compile(
    r"[（(【\[](?:(?:整改|完成)?[时期]限[：:]?)?([^（()）【】：:，,；;]{2,14}?[前底末日])[，,；;、]"
    r"(?:(?:整改|完成)?(?:状态|进展|情况)[：:]?)?([^（()）【】：:，,；;]{2,14})[）)】\]][。；]?$"
)
"""（2024年5月底前，已完成）"""
_DAY_BEHIND = re.compile(r"[（(](\d{4}[年.-][^（()）]{2,14})[）)]$")
"""——正在推进（2025年9月30日）"""
_LABELLED = re.compile(r"[（(【\[]([^（()）【】]{3,80})[）)】\]][。；]?$")
"""（责任单位：城管办；整改时限：2025年6月）"""
_AFTER_BLANK = re.compile("(?<=[^ \u3000])[ \u3000]+(\\S{2,8})$")
_ORNAMENT = re.compile(
    "^[\U0001f300-\U0001faff\u2b1b\u2b1c\u25a0-\u25a3\u2580-\u259f\ufe0f \u3000]+(?=[\u4e00-\u9fff“《\\d])"
)
"""Pictures and bars before a heading, which say nothing of it."""
_REACH, _MOST_BRACKETS = 100, 6
"""Characters at the end of a heading, and brackets there, that are read as its status and labels."""
_ASKED = re.compile("怎么|如何|何时|什么|为何|哪|多久|能否|是否|可否|有无|谁|[吗呢][？?]$")
_IS_IT = re.compile(
    "[，,](?:现在|目前)?(?:[整改办修解处]{1,2}[了好完决理]{1,2}(?:没有?|吗)?|(?:[整改办处]{1,2}得?|情况)(?:怎么样|如何|咋样)了?)[？?]$"
)
"""What a reader asks about a problem that the question states: 改了吗？ 改得怎么样了？"""
_OF = re.compile("^((?:[^“”]|“[^“”]*”){4,200}?)(?:的问题|(?<=”)问题)$")
_ACCOUNT = re.compile(r"^([^：:]{4,80}整改(?:落实|完成|进展|推进)?(?:情况|进展|成效)?)[：:]\s*(.+)$", re.S)
"""A heading that the account follows in the same sentence."""


class Wording(NamedTuple):
    title: str
    facts: str
    """What else the heading says of the problem: a quotation of several sentences."""
    status: str
    """Words in brackets at the end of the heading, where statuses are put; empty if there are none."""
    account: str = ""
    """What was done, where the heading goes on with it."""
    labels: str = ""
    """Labelled values in brackets at the end of the heading."""
    sign: str = ""
    """The sign that the heading bears: ★."""


def problem_wording(heading: str) -> Wording:
    """Return the problem's bare wording: 关于“T”问题的整改 gives T."""
    if told := spoken(f"{heading.strip()}。") or spoken(f"{heading.strip()}，我们"):
        return Wording(told[0], "", "")
    text, sign = without_sign(_CODE.sub("", heading.strip()))
    text, status, labels = _without_ends(text)
    if not status and (tag := _TAG.match(text)) and STATUSES.find(tag["status"]):
        text, status = text[tag.end() :], tag["status"]
    text = _SETTLED.sub("", _LABEL.sub("", text))
    said = Wording("", "", status, "", labels, sign)
    if match := _ANSWERED.match(text):
        return said._replace(title=match[1].strip(), account=match[2])
    if match := _ANSWERED_FREELY.match(text):
        return said._replace(title=match["title"].strip(), account=match["account"])
    if (match := _ACCOUNT.match(text)) and (inside := problem_wording(match[1])).title != match[1]:
        return said._replace(title=inside.title, facts=inside.facts, account=match[2])
    match = _QUOTED.match(text)
    if match and _is_one_quotation(match[1]):
        inner = match[1]
    elif match := _ABOUT.match(text) or _ENDING.match(text):
        inner = match[1]
        if (one := _QUOTED.match(inner)) and _is_one_quotation(one[1]):
            inner = one[1]
    elif match := _ABOUT_BARE.match(text):
        inner = match[1]
    elif (match := _STATED_BARE.match(text)) and _ends_in_deficiency(match[1]):
        inner = match[1]
    else:
        inner = text
    end = sentence_end(inner)
    title = inner[:end].strip().rstrip("。；;：: ")
    if match := _IS_IT.search(title):
        # 问：甲不畅，改了吗？
        title = title[: match.start()]
    if title.endswith(("？", "?")) and not _ASKED.search(title):
        # 问：路灯不亮？ states it.
        title = title[:-1]
    if match := _OF.match(title):
        title = match[1]
    return said._replace(title=title, facts=inner[end:].strip())


def _ends_in_deficiency(text: str) -> bool:
    bare = plain(text)
    return any(match.end() == len(bare) for match in DEFICIENCY.finditer(bare))


def spoken(text: str) -> tuple[str, int] | None:
    """Return the problem that a sentence of an account is about, and where its heading ends; None where it says no such thing."""
    match = _SPOKEN.match(text)
    return (match["said"] or match["about"], match.end()) if match else None


def without_sign(heading: str) -> tuple[str, str]:
    """Return a heading without the sign that it bears before or behind its words, ★ or ▲, and the sign."""
    heading = _ORNAMENT.sub("", heading)
    for at in (0, -1):
        if len(heading) > 4 and heading[at] in MARKING:
            return heading.strip(heading[at]).strip(), heading[at]
    return heading, ""


def _without_ends(text: str) -> tuple[str, str, str]:
    """Return a heading without its status and the labelled values at its end, the status, and these."""
    status, labels = "", ""
    if (day := _DAY_BEHIND.search(text[-_REACH:])) and (before := _STATUS.search(text[-_REACH:][: day.start()])):
        if STATUSES.find((before[1] or before[2]).strip()):
            text, labels = text[: len(text) - len(day[0])], f"整改时限：{day[1]}"
    for _ in range(_MOST_BRACKETS):
        start = max(len(text) - _REACH, 0)
        end = text[start:]
        if not status and (match := _DUE_AND_STATUS.search(end)) and labelled_status(match[2]).status:
            status, due = match[2], f"整改时限：{match[1]}"
            labels = f"{due}；{labels}" if labels else due
        elif (match := _LABELLED.search(end)) and _is_labelled(match[1]):
            labels = f"{match[1]}；{labels}" if labels else match[1]
        elif not status and (
            ((match := _STATUS.search(end)) and (match[2] or _says_how_far(match[1])))
            or ((match := _STATUS_AND_DAY.search(end)) and labelled_status(match[1]).status)
        ):
            status = match[1] or match[2]
        elif not status and (match := _LAST_CLAUSE.search(end)) and STATUSES.find(match[1]):
            status = match[1]
        elif not status and (match := _AFTER_BLANK.search(end)) and STATUSES.find(match[1].strip("。；")):
            return text[: start + match.start()], match[1].strip("。；"), labels
        else:
            break
        text = text[: start + match.start()].rstrip()
    return text, status, labels


def _says_how_far(words: str) -> bool:
    """Whether words in brackets at the end of a heading are about its state; （三期共86栋） is part of the problem's own wording."""
    return bool(_ABOUT_STATE.search(words) or labelled_status(words).status or flags_in(words))


def _is_labelled(text: str) -> bool:
    labelled, free = split_labels([Line(text, 0)])
    return bool(labelled) and not free and all(one.field != "title" for one in labelled)


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
