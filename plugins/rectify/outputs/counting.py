"""How it is counted: the rules in words, for the page and for `data/counting.json`, and what of them a program needs."""

from __future__ import annotations

import json
from typing import NamedTuple

from rectify.core.counts import sum_name
from rectify.core.language import Language
from rectify.core.register import STALE_AFTER, Register
from rectify.core.vocabulary import DISCLOSURE_KEYS, PRIORITIES, PROBLEM_KEYS, STATES, STATUSES, VERIFIED, Term


class Rule(NamedTuple):
    key: str
    text: str


def counting_rules(register: Register, language: Language) -> list[Rule]:
    """Return the rules in the order in which they are read."""
    day = language.date(register.as_of)
    done, open_, unstated = (_members(state, language) for state in STATES)
    verified, earlier = language.inside(language.name(VERIFIED)), language.name(PROBLEM_KEYS["earlier"])
    problems, matters = len(register.problems), register.matter_count
    return [
        Rule(
            "problem",
            language.text(
                "计数单位是“问题”：一份通报里写明整改情况的每一个具体问题计一个。方面、表现、措施、任务都不另计。"
            ),
        ),
        Rule(
            "states",
            language.text(
                "合计的“{done_name}”包括{done}；“{open_name}”包括{open}；通报没有逐项公布状态的，计入{unstated}。三者之和等于问题总数。单独写的“已完成”只计这一种状态。",
                done=done,
                open=open_,
                unstated=unstated,
                done_name=sum_name(STATES["done"], language),
                open_name=sum_name(STATES["open"], language),
            ),
        ),
        Rule(
            "figures",
            language.text("所有数字都由登记的问题逐条计数得出，没有手工填写的数字。每个数字都链接到它所计的清单。"),
        ),
        Rule(
            "rate",
            language.text(
                "完成率等于已完成（含已销号）的数除以问题总数，保留一位小数，同时给出分子和分母；有问题未单独公布状态的，不计算完成率。"
            ),
        ),
        Rule(
            "overdue",
            language.text(
                "“逾期”由整改时限和数据截至日期（{date}）计算：时限已过而尚未完成的问题为逾期。没有时限或者长期坚持的问题不计逾期。只写到月份的时限按当月最后一天计算。",
                date=day,
            ),
        ),
        Rule(
            "verified",
            language.text(
                "三件事分开说：单位报告完成没有，巡察机构或者监督部门验收没有（“{verified}”，写明验收的日期、单位、文号），按时限算逾期没有。前两件由通报写明，第三件由日期算出，互不代替。",
                verified=verified,
            ),
        ),
        Rule(
            "stale",
            language.text(
                "一份通报的截至日期比全站的数据截至日期早半年以上，又还有没完成的问题，写明“此后未更新”：状态是截至那一天的，不推断以后。"
            ),
        ),
        Rule(
            "matters",
            language.text(
                "同一件事在几份通报里先后出现（“{earlier}”），每次都计入所在的通报，那份通报的数字不变；按事项合计时，几次计入 1 个，拆成几个或者几个合成一个的也只计入 1 个。现有 {problems} 个问题，合计 {matters} 件事。",
                earlier=earlier,
                problems=problems,
                matters=matters,
            ),
        ),
        Rule("duration", _duration(register, language)),
        Rule("axes", language.text("年份按通报的公开日期归类；单位按公开通报的单位归类。")),
        Rule("withdrawn", language.text("被撤回的问题不再显示内容，但编号、状态和计数保留，并注明撤回日期和理由。")),
        Rule(
            "ended",
            language.text(
                "公开期满（“{until}”）的通报只留条目：问题、正文、附件不再公开，编号、状态、时限和计数保留。",
                until=language.name(DISCLOSURE_KEYS["until"]),
            ),
        ),
        Rule(
            "reference",
            language.text(
                "永久编号由通报编号和问题编号组成，状态或者分组变化时不变，也不会重复使用。原文序号在每个分组里重新开始，只作为参考。"
            ),
        ),
    ]


def counting_json(register: Register, language: Language) -> bytes:
    """Return `data/counting.json`."""
    data = {
        "as_of": register.as_of.isoformat(),
        "problem_count": len(register.problems),
        "matters": register.matter_count,
        "states": {state.key: [s.key for s in STATUSES if s.counts_as == state.key] for state in STATES},
        "verified": [s.key for s in STATUSES if s.verified],
        "stale_after_days": STALE_AFTER,
        "durations": {
            **register.durations.data(),
            "units": [{"unit": unit, **one.data()} for unit, one in register.durations_by_unit.items()],
        },
        "priorities": {
            one.key: {"label": language.name(one), "criterion": language.either(one.definition, one.definition_en)}
            for one in PRIORITIES
        },
        "rules": [rule._asdict() for rule in counting_rules(register, language)],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _duration(register: Register, language: Language) -> str:
    took = register.durations
    rule = language.text(
        "“从反馈到完成”的天数，从通报写明的反馈日期算到进展写明完成、此后没有退回的那一天；反馈以前就完成的按 0 天。两个日期都写明的才算，取中位数，同时写明由几个问题算出、{closed}的一共几个。没有完成的不在其中，所以不表示以后的要多久。",
        closed=sum_name(STATES["done"], language),
    )
    if not took.number:
        return rule
    return language.text(
        "{rule}现有 {done} 个里可以算出的有 {number} 个，中位数 {days} 天。",
        rule=rule,
        done=took.done,
        number=took.number,
        days=took.middle,
    )


def _members(state: Term, language: Language) -> str:
    """Return the statuses that count as a state, each in quotation marks."""
    first, *others = (language.inside(language.name(s)) for s in STATUSES if s.counts_as == state.key)
    more = (language.in_context("one more", "“{status}”", status=name) for name in others)
    return "".join([language.text("“{status}”", status=first), *more])
