"""Whether words that name a completion tell a result that was reached, or a plan, an aim, a part, or one that was undone.

确保年底前整改到位 names one and tells none. 已 says which: what is planned has none, or stands behind it (已责成办公室完成整改).
"""

from __future__ import annotations

from rectify.core.patterns import compiled

_COMPLETION = compiled(
    "(?:完成|到位|办结|完毕|解决|化解|销号|立行立改|即知即改|[做办改][完好]|已?整改(?=$|[，。；、）)])|已整改)(?!率|度|比例|时间|期限|时限|日期|情况)"
)
_NEAR = 60
"""Characters of a clause that are looked at around what it names."""
_SENTENCES = compiled("[。；;\n！]")
_CLAUSES = compiled("[，,（）()【】\\[\\]：:]|[ \u3000]{2,}")
_BY_RULE = compiled(
    "(?:按照?|依照?|根据|对照)[^，。；]{0,14}?(?:要求|计划|方案|安排|部署|时限|时间|节点|规定|进度|标准){1,3}"
    "|经[^，。；]{0,14}?(?:督促|督导|指导|推动|推进|协调|要求)(?:后|下)?|在[^，。；]{0,14}?(?:督促|督导|指导|推动|协调)下"
    "|(?:计划|预定|规定|要求)[^，。；]{0,4}(?:时间|期限|时限|目标|任务|内容)|整改方案明确的"
)
"""Words of plans and demands that say how something was done: 按要求完成整改, 经督促已完成."""
_UNTIL = (
    "(?:(?:\\d{1,2}|[一二三四五六七八九十]{1,2}|[本下当])月(?:份|\\d{1,2}[日号]|[底末初]|[上中下]旬)?|\\d{4}年(?:[底末初])?|[今明本后]?年[底末初]|[季旬周][度末]?|[月季][底末]"
    "|\\d[日号]|[春汛]节?期?|国庆|元旦|换届|届)(?:以|之)?前(?!期)"
)
"""By when: 12月底前, 年底前, 明年汛期前; neither 目前 nor 此前."""
_TIME_TO_COME = (
    f"预计|预期|力争|争取|力求|(?<!按)计划|(?<![模虚草])拟(?!定)|下一?步|今后|(?<![已经])将|确保|有望|{_UNTIL}"
)
_LATER = compiled(f"(?:{_TIME_TO_COME})|^待[^，。；]*后$")
"""In a clause before: 预计12月底前，全部完成."""
_PLANNED = compiled(
    f"{_TIME_TO_COME}|^待|待(?=[^，。；]{{1,14}}后)|一旦|倘若|原则上|保证|务必|务于|务求|承诺|应[当于在]|必须|需要|需(?=在|于|整改|完成|全部|按期)"
    "|可以|可(?=全部|按期|如期|完成|办结|整改)|能够|能(?=全部|按期|如期|完成|办结|整改)|即可|[年月]内"
    "|督促|督导|敦促|催促|推动|推进|促进|促使|指导|引导|帮助|协助|要求|责成|责令|安排|部署|明确|限期|直至|直到|逐步|倒排"
)
"""In front of a completion: a time to come, an aim, or what others were told to do."""
_LIMIT = compiled(_UNTIL)
_FAULT = compiled(
    "[“‘《][^“‘《”’》]{0,60}[”’》]|(?:督促|督导|指导|推动|推进|促进|引导|协助|要求|安排|部署|明确|计划)[^，。；]{0,3}(?:不[^，。；]{1,4}|缓慢|滞后|缺失|薄弱|欠缺)"
)
"""The matter itself, whose own words say nothing of how far it is: 项目推进缓慢的问题."""
_PART_BEFORE = compiled(
    "(?:初步|基本上?|大体上?|阶段性?|总体上?)[^，。；]{0,4}$|(?:大部分|绝大多数|大多数|多数|大多|半数|过半|近半)[^，。；]{0,10}$"
    "|(?:(?<!大)部分|个别)(?:问题|事项|任务|内容|点位|项目|工作|措施)?(?:已经?|均|得到|全部|整改)*$|主体(?:工程|部分|任务|结构|建设|工作|项目)?(?:已经?|均|全部|建设|施工|整改)*$"
    "|除[^，。；]{1,20}外|(?:未能?|没有|不能|难以|无法|[尚有仍]待)[^，。；已]{0,6}$|(?:首批|第一批|首期|第一阶段|一期)[^，。；]{0,8}$|(?:其余|其他|余下|剩余)[^也，。；]{0,20}$"
)
_EXCEPT = compiled("^除[^，。；]{1,20}(?:以?外|之外)$")
_PART_BEHIND = compiled(
    "^[^，。；占]{0,10}?(?:(?<!\\d)\\d{1,2}(?:\\.\\d{1,2})?\\s?[%％]|百分之(?!百)|[一二三四五六七八九十两\\d]分之|过半|大半|近半|[一多]半|部分)|^(?:了?阶段性|初步)|^[^，。；]{0,4}(?:难度|困难|有难|存疑)|^(?:整改)?(?:之?后|以?后|[之以]?前(?![期沿列])|为止|的?前提)"
)
_NO_REVERSAL = compiled(
    "(?:[未无不]|没有|避免|杜绝|严防|防止|坚决|确保)[^，。；]{0,10}(?:反弹|反复|回潮|复发|复燃|类似|异常|发生|发现|出现)|持续(?!推进|整改|办理|实施)|坚持|巩固|保持|常态|长效|常抓|举一反三"
    "|[待尚未正][^，。；]{0,12}(?:验收|销号|复核|认定|评估|备案)"
)
"""What follows a completion and takes nothing back: it is kept up, nothing came back, the inspecting side is to close it."""
_REVERSED = compiled(
    "反复|反弹|回潮|复发|回生|复燃|后又|有待|(?:仍|尚|依然)[^，。；]{0,4}?(?:[有存需未在待不缺差]|正在|推进|整改)|还(?:有|存在|需|未|没|差|在整改|在推进)"
    "|(?:其余|剩余|余下|另有|另外|其他)[^，。；]{0,30}(?:正在|尚|未|仍|待|推进|整改)|[\\d一二两三四五六七八九十][个项条件处座户家名]?[^，。；]{0,8}正在"
    "|^(?:但是?|然而|不过|只是|仅)?(?:其中)?(?:个别|少数|部分)[^，。；]*(?:仍|尚|未|正|待|推进|不|缓|慢|难)"
    "|^(?:但是?|然而|不过|只是)[^，。；]*(?:反映|不够|不足|不稳|不彻底|不到位|未|再次|又|存在|问题|差距|薄弱|缺)"
    "|^(?:部分|主体|初步|基本|(?:约|占)?\\d{1,2}(?:\\.\\d{1,2})?\\s?[%％])$|^除[^，。；]{1,20}外"
)
"""What takes a completion back: 但近期出现反复, 尚有2项正在推进."""


def tells_completion(text: str) -> bool:
    """Return whether one of the completions that a sentence, a heading or a cell names was reached, and nothing behind takes it back.

    What names none is nothing to doubt.
    """
    named = False
    for sentence in _SENTENCES.split(text):
        told = False
        before = ""
        for clause in filter(None, map(str.strip, _CLAUSES.split(sentence))):
            if _REVERSED.search(clause) and not _NO_REVERSAL.search(clause):
                told = False
            for match in _COMPLETION.finditer(clause):
                named = True
                lead = clause[max(match.start() - _NEAR, 0) : match.start()]
                behind = clause[match.end() : match.end() + _NEAR]
                if _is_reached(before, lead, match[0], behind):
                    told = True
                elif not behind and _LIMIT.search(lead):
                    # 立行立改，12月底前全部完成
                    told = False
                if _REVERSED.search(behind) and not _NO_REVERSAL.search(behind):
                    told = False
            before = clause
        if told:
            return True
    return not named


def first_named(text: str) -> int:
    """Return where the clause begins in which a text first names a completion; its length where it names none."""
    match = _COMPLETION.search(text)
    return max(text.rfind(sign, 0, match.start()) + 1 for sign in "。；;，,\n") if match else len(text)


def _is_reached(before: str, lead: str, word: str, behind: str) -> bool:
    if _PART_BEFORE.search(lead) or _PART_BEHIND.search(behind) or _EXCEPT.search(before):
        return False
    lead = _BY_RULE.sub("", _FAULT.sub("", lead)) + word
    since = max(lead.rfind("已"), lead.rfind("早就"))
    if since < 0:
        return not _PLANNED.search(lead) and not _LATER.search(_BY_RULE.sub("", before))
    # 已于3月底前完成 says when it was, 已责成办公室于3月底前完成 what was asked for.
    return not any(match.start() > since and not _LIMIT.fullmatch(match[0]) for match in _PLANNED.finditer(lead))
