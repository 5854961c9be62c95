"""Words of a document -> a status of the vocabulary. What says nothing stays empty: a status is never supposed."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from rectify.core.patterns import compiled
from rectify.core.results import first_named, tells_completion
from rectify.core.vocabulary import DONE, FLAGS, LONG_TERM, STATUS_ALIAS_FLAGS, STATUSES, VERIFIED, fold
from rectify.prose.choice import parted, read_choice

_WORDS = tuple(
    (term.key, compiled("|".join(f"(?:{word})" for word in term.in_texts)))
    for term in sorted(STATUSES, key=lambda term: term.text_rank)
    if term.in_texts
)


class Stated(NamedTuple):
    """A status that a text states."""

    status: str = ""
    wording: str = ""
    """The document's own words; empty where they are the label itself."""
    flags: tuple[str, ...] = ()


NOT_STATED = Stated()

_AROUND = "".join(filter(str.isspace, map(chr, range(0x3001)))) + '“”"（）()【】：:。；，、'
_MARKS = "✓✔√■□☑✅🔄⏳…\ufe0f"
_REMARKED = compiled(r"^([^（(]{2,12})[（(]([^（()）]+)[）)]?$")
_CHINESE = compiled("[\u3400-\u9fff]{3}")
_CLOSED = compiled("(?:已|完成|同意|予以|并|验收|整改|到位)销号|验收通过|通过验收")
_NOT_CLOSED = compiled("[未不待拟正可]|暂缓|申请|申报")
_ACCEPTED = compiled("(?:(?:经?验收|复核|复查|检查))?(?:合格|通过|同意)")
"""What the inspecting side writes under its own decision."""
_REFUSED = compiled(
    "(?:不予|[不未]同意|未予|未获|暂不|暂缓|不具备|不符合|未达到?|未通过)[^，。；]{0,6}(?:销号|验收|复核|复查)(?!率)"
    "|(?:验收|复核|复查|核查)(?:结论|结果|意见)?[：:]?[为均]?[未不][予能获]?(?:通过|合格|同意)|^不(?:合格|通过|同意)(?=$|[，,；;（(])"
)
"""The inspecting side found the work wanting: it goes on, whatever else is said of it."""
_YES = {"是", "已", "√", "✓", "☑", "✔", "✅", "🟢", "y", "yes", "true", VERIFIED.label}
_NO = {
    "否",
    "未",
    "×",
    "✕",
    "✗",
    "✘",
    "✖",
    "❌",
    "x",
    "n",
    "no",
    "false",
    "未销号",
    "未验收",
    "-",
    "—",
    "——",
    "/",
    "待验收",
}
_NOT_DONE = {"否", "未", "×", "✕", "✗", "✘", "✖", "❌", "⏳", "⌛", "🔄", "🚧", "x", "n", "no", "false"}
_PARTS = compiled(r"[，,、；;/／（(]|并|且")
_SUBJECT = "(?:该|此|本|上述)(?:项|个|条|类)?(?:反馈)?(?:的)?(?:问题|事项|任务|整改任务)(?:的)?(?:整改)?|目前|现|截至[^，。]{2,14}，?|整改(?:状态|情况|进展)[：:]?"
_OPENING = compiled(rf"^(?:{_SUBJECT})*[，,：: ]*(.{{2,24}}?)(?:[。；，,：:\n]|$)")
_WHEN = r"(?:已?于)?(?:(?:\d{4}|今|当)年)?\d{1,2}月(?:\d{1,2}日|底|初|[上中下]旬|份)?前?"
_TOLD = compiled(
    rf"(?:(?:该|此|本|这一?)(?:项|个|条|件)?(?:反馈)?(?:问题|事项|任务|整改任务|事儿?)?)(?:的整改)?(?:目前|现|均)?(?:{_WHEN})?"
    r"((?:已|均已|基本|列入|尚未|正在|持续|按|需|未|阶段性|长期|纳入|整改(?=完|到)|完成整改|办结|销号)[^，。；]{0,16})"
    r"|((?:列入|纳入)(?:长期|持续)[^，。；]{0,10})"
)
_BARE = compiled(
    "^(?:(?:该|此|本)[项条件](?:问题|任务|工作|整改)?|目前|现|现已|现在|已经|已|均已|均|为|是|全部|仍|仍在|还)*(?=.{2})"
)
"""Words before a status that add nothing to it."""
_DAY = compiled(
    r"^(?:已?[于在])?(?:(?:\d{4}|[今去当])年)?\d{1,2}月(?:\d{1,2}日|[底初]|[上中下]旬|份)?前?|^(?:已?[于在])?(?:\d{4}|[今去当])年(?:[底初]|\d{1,2}月)?前?"
)
_TAGGED = compiled(r"^[（(【\[]([^（()）【】\[\]]{2,10})[）)】\]]")
_BRACKETED = compiled(r"[（(【\[]([^（()）【】\[\]]{2,16})[）)】\]][。；]?$")
_ABOUT_COMPLETION = compiled("(?<!已)(?:整改|任务|工作|事项){0,4}完成情况")
"""Words of a heading over matters in any status."""
_COUNT = compiled(r"\d(?![\d.]{0,20}\s{0,4}(?:年|月|日|%|％|\d))")
"""已完成5座 counts what was done and is no status of the whole."""
_NAMED_DONE = compiled("已(?:全面|全部|如期|按期)?完成[^，。；“”]{0,40}“[^“”]{2,100}”(?:的)?(?:问题)?(?:的)?整改")
"""已完成督察反馈的“甲不严”问题整改"""
_REST = compiled("其余|余下|剩余")
_UNDER_WAY = compiled(
    "(?:其余|剩余|余下|还有|尚有|另有|另外|另(?=\\d))[^，,。“”]{0,10}正在|正在[^，。“”]{2,20}[，,](?:预计|计划|力争|拟|将于|确保)[^。]{0,20}(?:前|底|末|内)"
)
"""What is being done when the text ends, and by when or for which rest: 其余9个正在更换; 正在采购，预计6月底前完成"""
_KEPT_UP = compiled(
    "(?<![未性本分])(?:完成(?:整改|任务)?|整改(?:完成|到位|完毕)?|办结|落实到位|立行立改|即知即改)(?:[，、 \u3000](?:并|且|但)?|并|且)(?:将|仍|还|需|同时|继续|要)*"
    "(?:长期(?:坚持|抓好|巩固|保持)|持续(?:坚持|巩固|深化|保持)|常态化?(?:坚持|保持)|常抓不懈)"
)
"""Done, and kept so: 已完成整改并长期坚持; 已完成整改，但需长期坚持."""
_NAMES_IT = compiled(
    "(?:整改|全部|任务|问题)[^，。；]{0,6}(?:完成|到位|完毕|办结|解决|销号)|(?:完成|办结)(?:整改|任务|[（(]|$)|销号"
)
"""A completion of the matter itself, and of no step."""
_TO_BE_CLOSED = compiled(
    "(?:正在|正|拟|待|已|将|准备|按程序){0,3}(?:申请|申报|报请|提请|等待|组织|履行|开展|办理|上报|报送|待){1,4}[^，。；]{0,8}(?:验收|销号|复核|认定)(?:手续|程序|流程|工作|材料|中)*"
)
"""What is left to the inspecting side says nothing against the work: 已完成整改，正在申请销号."""
_CLOSED_SINCE = compiled("(?:通过|完成|予以|同意|已|并)[^，。；待未拟]{0,10}销号")
_MENDED = compiled("问题[^，。；未没不待无]{0,6}(?:整改(?:到位|完成|完毕)|完成整改)$")
"""应收账款问题已整改到位"""
_CLOSED_TOO = compiled(
    "(?:完成|整改|到位|办结)[，、]?(?:并|且)[^，。；未待拟正将申请报提]{0,14}销号(?!条件|申请|手续|程序|率)"
)
"""已完成并销号"""
_MEANS = compiled(
    "(?:措施|责任|方案|制度|分工)(?:均|都|皆|已经?|全部|全面|逐项|逐条|基本|得到|得以){1,4}(?:落实|制定|印发|出台|建立|修订|明确)(?:到位|落地|到人|完毕)?"
)
"""What was to be done was done or decided, which says nothing of the fault: 整改措施已落实, 制度已印发."""
_STEP_DONE = compiled(
    "已(?:经|全部|均)?(?:完成|落实|整改|办结|到位)(?!$|[，。；、（()）并且]|整改|任务|落实|到位|完毕|办结|完成|销号|验收|问题|事项|的|类|好|了?$)"
)
"""What was done is a step and not the whole: 已落实资金, 已完成设计."""
_KINDS = compiled("(?:立行立改|即知即改|分阶段整改|限期整改|持续整改|长期整改|长期坚持)(?:类|型)")
"""Kinds of matters, by how long they may take; they say nothing of how far they are."""
_HOW_MANY = compiled("(?:\\d|[一二两三四五六七八九十])(?:个|项|条|件)")
_PARTS_OF_HEADING = compiled("[，,、；;（()）]")
_PERCENT = compiled(r"(\d{1,3})(?:\.\d{1,2})?\s?[%％]")
_BARS = compiled("[\u2580-\u259f■□▰▱●○ \u3000]+")
"""What draws a share: ▓▓▓░ 75%."""
_RATE = compiled(
    rf"(?:(?<=[，,；;。])|^)(?:整改)?(?:完成|整改)(?:率|比例|进度)(?:为|达到?|：)?({_PERCENT.pattern})[。；]?$"
)
_SENTENCES = compiled("[。；\n]")
_CLAUSES = compiled("[，,]|[ \u3000]{1,4}[✓✔√☑✅🔄⏳⌛❌][ \u3000\ufe0f]{0,4}(?=\\S)")
"""What parts the clauses of a sentence; a tick before its last words does too: 更换灯具 ✔ 已办结."""
_LONGEST_FORM = 120
"""Characters of a text that offers statuses to be ticked."""
_DOING = compiled(
    r"学习|会议|制定|修订|印发|开展|召开|人员|资金|经费|手续|合同|招标|文件|材料|初稿|草案|设计|工作组|方案|调研|培训|项目|组织|建设|整治|检查|排查|活动|名|家|个|次"
)


def labelled_status(text: str) -> Stated:
    """Return the status that a value after a label such as 整改状态： states."""
    if (chosen := _chosen(text)) is not None:
        return chosen
    return _weighed(_labelled(_bare(text)), text)


def _labelled(word: str) -> Stated:
    if found := _in_words(word):
        return _with_remark(found, word)
    if _REFUSED.search(word):
        return Stated("ongoing", word)
    if _CLOSED.search(word) and len(word) <= 12 and not _NOT_CLOSED.search(word):
        return Stated(VERIFIED.key, word)
    if "。" in word and (last := _labelled(_bare(word.rpartition("。")[2]))).status:
        return last
    if _KEPT_UP.search(word):
        return _kept_up(word, word)
    parts = [part for part in (_bare(part) for part in _PARTS.split(word)) if part]
    for part in parts:
        if found := _in_words(part):
            others = [flag for other in parts for flag in _flags_of(other)]
            return Stated(found.status, word, tuple(dict.fromkeys((*found.flags, *others))))
    told = _searched(word, word) if len(word) <= 30 else Stated()
    return Stated() if told.status == "done" and _COUNT.search(word) else told


def _chosen(text: str) -> Stated | None:
    """Return the status that is ticked of those that a text offers, an empty one where none or several are; None where it offers none.

    What only names two, one done and one not, offers them too: 已完成/持续推进 in a form that nobody filled in.
    """
    if len(text) > _LONGEST_FORM:
        return None
    apart = parted(text)
    found = [_exact(option) for option in apart.options]
    kinds = {one.status in DONE for one in found if one and LONG_TERM.key not in one.flags}
    offered = len(found) > 1 and None not in found and (bool(apart.ticked) or len(kinds) > 1)
    choice = apart if offered else read_choice(text)
    if choice is None or len(choice.options) == len(choice.ticked) == 1:
        return None
    if len(choice.ticked) != 1:
        return Stated() if any(map(_exact, choice.options)) else None
    stated = labelled_status(choice.ticked[0])
    return stated._replace(wording=text.strip()) if stated.status else stated


@lru_cache(1000)  # A disclosure has few groups and many problems.
def heading_status(heading: str) -> Stated:
    """Return the status that the heading of a group states: （一）集中整改期内已完成的整改事项."""
    return _weighed(_of_heading(heading), heading)


def _of_heading(heading: str) -> Stated:
    heading = _MEANS.sub("", _KINDS.sub("", _ABOUT_COMPLETION.sub("", heading)))
    counted = [part for part in _PARTS_OF_HEADING.split(heading) if _HOW_MANY.search(part)]
    if len(counted) > 1 and len({heading_status(part).status for part in counted} - {""}) > 1:
        # （3个问题，1个已完成，2个正在推进） says nothing of any one of them.
        return Stated()
    if closed := _CLOSED_TOO.search(heading):
        return Stated(VERIFIED.key, closed[0])
    for words in (_words_of_vocabulary(), None):
        if words is not None:
            best = max((word for word in words if len(word) > 2 and word in heading), key=len, default="")
            term = STATUSES.find(best)
            if term and not re.search(f"(?:未|尚未|待){re.escape(best)}", heading):
                wording = "" if best == term.label else best
                return Stated(
                    term.key,
                    wording,
                    tuple(dict.fromkeys((*STATUS_ALIAS_FLAGS.get(fold(best), ()), *_flags_of(heading)))),
                )
        else:
            return _searched(heading, "")
    return Stated()


def opening_status(body: str) -> Stated:
    """Return the status that the first words of a body state: 该问题已完成整改。"""
    body = body.strip()
    if (tag := _TAGGED.match(body)) and (found := _exact(_bare(tag[1]))):
        return found
    match = _OPENING.match(body)
    if not match:
        return Stated()
    if (chosen := _chosen(match[1])) is not None:
        return chosen
    return _weighed(_of_opening(match[0], match[1]), _SENTENCES.split(body, maxsplit=1)[0])


def _of_opening(clause: str, told: str) -> Stated:
    says_so = re.match(f"(?:{_SUBJECT})", clause)
    word = _bare(told)
    if found := _in_words(word):
        return found
    if _COUNT.search(word):
        return Stated()
    # Without “该问题” before it, a clause that tells of work done is the account, not a status.
    if not says_so and (len(word) > 10 or _DOING.search(word)):
        return Stated()
    found = _searched(clause, word)
    return found if found.status and not _DOING.search(re.sub("该项?工作", "", word)) else Stated()


def told_status(body: str) -> Stated:
    """Return the status that sentences about the matter itself state: 该问题已完成整改。 该项任务已完成。

    Of several, one for each task of the problem, the one that is furthest from done stands for the whole.
    """
    found = []
    for sentence in _SENTENCES.split(body):
        stated = [Stated("done", "已完成整改")] if _NAMED_DONE.search(sentence) else []
        match, left = _TOLD.search(sentence), _REST.search(sentence)
        if match:
            one = _searched(match[0], _as_said(_clause_of(sentence, match.start())))
            if one.status == "done" and (closed := _CLOSED_SINCE.search(sentence, match.end())):
                one = Stated(VERIFIED.key, closed[0])
            stated.append(one)
        stated = [_weighed(one, sentence) for one in stated]
        if left:
            rest = sentence[left.start() :]
            stated.append(_weighed(_searched(rest, _clause_of(sentence, left.start())), rest))
        found += [one for one in stated if one.status]
    order = list(STATUSES.entries)
    return min(found, key=lambda stated: order.index(stated.status), default=Stated())


def closing_status(body: str) -> Stated:
    """Return the status that the last words of a body state: …，已完成。 …，目前正在推进，尚不能评价结果。"""
    sentences = [sentence for sentence in _SENTENCES.split(body) if sentence.strip()]
    if not sentences:
        return Stated()
    if (chosen := _chosen(sentences[-1])) is not None:
        return chosen
    return _weighed(_of_closing(sentences[-1]), sentences[-1])


def _of_closing(sentence: str) -> Stated:
    clauses = [clause for clause in _CLAUSES.split(sentence) if not _TO_BE_CLOSED.fullmatch(_bare(clause))]
    if _KEPT_UP.search(sentence):
        return _kept_up(sentence)
    for at, clause in enumerate(reversed(clauses[-2:])):
        whole = _bare(clause)
        word = _BARE.sub("", _DAY.sub("", whole))
        if found := _in_words(whole):
            before = _in_words(_bare(clauses[-2])) if LONG_TERM.key in found.flags and not at and clauses[1:] else None
            # 已基本完成，长期坚持 says how far it is, and that it is kept so.
            return before._replace(flags=tuple(dict.fromkeys((*before.flags, *found.flags)))) if before else found
        if not _COUNT.search(word) and _MENDED.search(word):
            return Stated("done", whole)
        if not _COUNT.search(word) and _CLOSED_TOO.search(word):
            return Stated(VERIFIED.key, whole)
        if (
            len(word) <= 10
            and not _DOING.search(word)
            and not _COUNT.search(word)
            and (found := _searched(clause, whole)).status
        ):
            return found
    match = _UNDER_WAY.search(sentence)
    return Stated("ongoing", _as_said(_clause_of(sentence, match.start()))) if match else Stated()


def percent_status(text: str) -> Stated:
    """Return the status that a share of what is to be done is: 100%; nothing where none of it is."""
    match = _PERCENT.fullmatch(_BARS.sub("", text))
    share = int(match[1]) if match else 0
    return Stated("done" if share == 100 else "ongoing", text) if share else Stated()


def closing_rate(body: str) -> Stated:
    """Return the status that a rate behind an account says, of one thing done in it or of all: 已补公示，完成率100%。"""
    match = _RATE.search(body.rstrip())
    return percent_status(match[1]) if match else Stated()


def last_sentence(body: str) -> Stated:
    """Return the status that the last sentence of a body is, which says nothing else: 资产评估已完成，进入拍卖。持续整改中。"""
    sentences = [sentence for sentence in _SENTENCES.split(body) if sentence.strip()]
    return (
        closing_status(sentences[-1]) if len(sentences) > 1 and not re.search("[，,：:]", sentences[-1]) else Stated()
    )


def last_words(body: str) -> Stated:
    """Return the status that the last clause of a body is, word for word: …，完成整改。"""
    body = body.strip(_AROUND)
    clauses = re.split("[，,。；\n]", body)
    if len(clauses) < 2:
        return Stated()
    last = "，".join(clauses[-2:])
    found = _kept_up(last) if _KEPT_UP.search(last) else _in_words(_bare(clauses[-1]))
    return _weighed(found or Stated(), _SENTENCES.split(body)[-1])


def bracketed_status(body: str) -> Stated:
    """Return the status in brackets that a body ends with: …。（已完成） …（整改状态：持续推进）。"""
    match = _BRACKETED.search(body.rstrip())
    return labelled_status(match[1].rpartition("：")[2]) if match else Stated()


def read_closed(text: str) -> Stated:
    """Return what the column 是否销号 says; a no says nothing about how far the work is, a refusal that it goes on."""
    word = _plain(text)
    closed = _CLOSED.search(word) and not _NOT_CLOSED.search(word) and tells_completion(word)
    if word in _YES or _ACCEPTED.fullmatch(word) or closed:
        return Stated(VERIFIED.key, "" if word in ("是", "√", "✓", "☑", VERIFIED.label) else text.strip())
    return Stated("ongoing", text.strip()) if _REFUSED.search(word) else Stated()


def is_plain_yes(text: str) -> bool:
    return _plain(text) in _YES


def is_plain_no(text: str) -> bool:
    return _plain(text) in _NO


def is_not_done(text: str) -> bool:
    """Return whether a cell under 是否完成 says no; a dash says nothing."""
    return _plain(text) in _NOT_DONE


def _plain(text: str) -> str:
    return text.strip("。；; \ufe0f").casefold()


def flags_in(text: str) -> tuple[str, ...]:
    """Return the flags that a remark or deadline names; a deadline that was moved is an extension."""
    extended = ["extended"] if re.search("延期|延至|延长至|顺延", text) else []
    return tuple(dict.fromkeys([*_flags_of(text), *extended]))


def _bare(text: str) -> str:
    """Return a text without the signs around it, and the ticks before it."""
    return text.lstrip(_AROUND + _MARKS).rstrip(_AROUND)


def _exact(word: str) -> Stated | None:
    term = STATUSES.find(word)
    if term is None:
        return None
    return Stated(term.key, "" if word == term.label else word, STATUS_ALIAS_FLAGS.get(fold(word), ()))


def _in_words(clause: str) -> Stated | None:
    """Return the status that a clause is, word for word but for what adds nothing to it, or None: 目前已整改到位."""
    word = _DAY.sub("", clause)
    remarked = None if _REFUSED.search(word) else _REMARKED.match(word)
    found = _exact(clause) or _exact(word) or _exact(_BARE.sub("", remarked[1] if remarked else word))
    if found and remarked and not found.wording and _CHINESE.search(_DAY.sub("", remarked[2])):
        # 阶段性完成（已完成首轮核查） is how a status and its own wording are printed beside each other.
        return found._replace(wording=remarked[2])
    return found._replace(wording=_as_said(clause)) if found else None


def _with_remark(stated: Stated, clause: str) -> Stated:
    """Return a status with the flags that a remark in brackets names, which are all that it says: 已完成（立行立改）."""
    match = _REMARKED.match(clause)
    named = _flags_of(match[2]) if match else []
    if not match or not named:
        return stated
    return Stated(stated.status, _as_said(match[1]), tuple(dict.fromkeys((*stated.flags, *named))))


def _as_said(clause: str) -> str:
    """Return a clause that states a status as the document's own words, which the label alone is none of."""
    bare = _BARE.sub("", clause)
    return "" if any(term.label in (clause, bare) for term in STATUSES) else clause


def _clause_of(sentence: str, at: int) -> str:
    """Return the clause of a sentence that stands at an offset."""
    start = max(sentence.rfind(sign, 0, at + 1) + 1 for sign in "，,")
    end = min((found for sign in "，," if (found := sentence.find(sign, at + 1)) > 0), default=len(sentence))
    return _bare(sentence[start:end])


def _kept_up(text: str, wording: str = "") -> Stated:
    match = _KEPT_UP.search(text)
    flags = tuple(dict.fromkeys((*_flags_of(text), LONG_TERM.key)))
    return Stated("done", wording or (_bare(text[first_named(text) :]) if match else ""), flags)


def _weighed(stated: Stated, text: str) -> Stated:
    """Return a status as read from a sentence, a heading or a cell, unless it names a completion that was not reached.

    Then it is what else the text says, in its own words: 基本整改到位，个别事项仍在推进.
    """
    if stated.status not in DONE or tells_completion(text):
        return stated._replace(wording=_whole(stated.wording))
    for clause in re.split("[，,；;。]", text):
        for key, words in _WORDS:
            if key not in DONE and words.search(clause):
                said = _whole(_bare(text[min(first_named(text), text.find(clause)) :]))
                return Stated(key, said, tuple(_flags_of(text)))
    return Stated()


def unreached(body: str) -> str:
    """Return the last words of a body where they name a completion that was not reached: 12月底前全部完成; else nothing."""
    sentences = [sentence for sentence in _SENTENCES.split(body) if sentence.strip()]
    last = sentences[-1].strip() if sentences else ""
    if not _NAMES_IT.search(last) or tells_completion(last):
        return ""
    return _whole(_bare(last[first_named(last) :]))


def _whole(said: str) -> str:
    """Return words with the sign that opens or closes them, where it was taken for one around them."""
    return "“" * (said.count("”") - said.count("“")) + said + "）" * (said.count("（") - said.count("）"))


def _searched(text: str, wording: str) -> Stated:
    if _KEPT_UP.search(text):
        return _kept_up(text)
    if match := _REFUSED.search(text):
        return Stated("ongoing", wording or match[0])
    text = _MEANS.sub("", _TO_BE_CLOSED.sub("", text) or text)
    for key, words in _WORDS:
        match = words.search(text)
        while match and key == "done" and _STEP_DONE.match(text, match.start()):
            match = words.search(text, match.end())
        if match:
            said = wording or match[0]
            label = STATUSES[key].label
            flags = (
                *STATUS_ALIAS_FLAGS.get(fold(match[0]), ()),
                *STATUS_ALIAS_FLAGS.get(fold(said), ()),
                *_flags_of(text),
            )
            return Stated(key, "" if said == label else said, tuple(dict.fromkeys(flags)))
    return Stated()


def _flags_of(text: str) -> list[str]:
    return [flag.key for flag in FLAGS for word in (flag.label, *flag.aliases) if len(word) > 2 and word in text]


def _words_of_vocabulary() -> list[str]:
    return [word for word in STATUSES.words() if not word.isascii()]
