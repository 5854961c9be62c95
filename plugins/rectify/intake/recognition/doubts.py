"""What a document holds that its problems do not explain: signs that one was not found, or that two were taken for one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from rectify.core.finding import Finding, found
from rectify.core.language import N_, Message
from rectify.core.numerals import fold_digits, number_of
from rectify.core.vocabulary import DONE, STATUSES
from rectify.intake.recognition.claims import unread
from rectify.intake.recognition.found import FoundProblem
from rectify.intake.recognition.likeness import states_problem
from rectify.intake.recognition.line import Line
from rectify.intake.recognition.numbering import read_mark
from rectify.intake.recognition.recognise import Recognition
from rectify.intake.recognition.sentences import HINT, OTHERS, SAYS_WHEN, numbers_said
from rectify.intake.recognition.words import ACTION, LABELS

_EXCERPT = 40
_MOSTLY = 0.6
"""Of the problems, so many begin alike where others are then doubtful."""
_LONG = 10
_MOST = 100
"""Doubts of one document that are told; one that has more was not understood at all, which the first ones show."""
_NOT_WORDED = re.compile(
    "(?:问题|事项|任务)[\\d一二三四五六七八九十]{1,3}[，,、：:。]|[^\u3400-\u9fff“‘《（(\\dA-Za-z]|个(?:单位|部门|支部|项目|村|社区)|(?:名|家|处|起|笔)(?:单位|企业|干部|职工|党员|学生|房)"
    "|(?:第?[一二三四五六七八九十\\d]{1,3}[项条个号])$|.{1,2}$|.*[→⇒：:，,、]$|.*[；;]\\d{1,2}[.．、]|.*[ \u3000][\u4e00-\u9fff]{2,6}[：:]"
)
"""No title begins with a sign or with the word that counts, is a number or two characters, or stops in the middle."""
_STATUS_LINE = re.compile("[（(【]?([\u4e00-\u9fff]{2,8})[）)】]?[。；]?")
_TAG = re.compile("[（(【]([\u4e00-\u9fff]{2,8})[）)】]")
_ANNOUNCED = re.compile(
    "(?P<count>\\d{1,3}|[一二三四五六七八九十]{1,3})(?:个|项|条|件|处|起)(?!方面|大方面|类)[^，。；：、（）]{0,6}?(?:问题|隐患|诉求|缺陷|点位|信访件|举报件)(?!线索)"
)
_PERIOD = re.compile("季度|\\d月|年[底末内]|半年")
_OF_PROBLEMS = re.compile(
    "(?:其余|余下|剩余|其他)(?:的)?[\\d一二两三四五六七八九十]{0,3}(?:个|项|条|件)(?:问题|事项|任务)?"
)
_CUT = re.compile("(?:^|(?<=[\\t|｜\n ]))(?:19|20)\\d{2}\\.1(?=$|[\\t|｜\n ])")
_NAME = 4
"""Characters by which a sentence names a problem."""
_NOT_ALL = re.compile("(?:其中|类|方面|新增|新发现|上轮|去年|累计|近|约|第)[^，。；]{0,6}$")


def findings(recognition: Recognition, path: str, lines: Sequence[tuple[int, str]] = ()) -> Iterator[Finding]:
    """Yield a finding for each doubt about a disclosure, by line; `lines` are those of the document with their numbers."""
    if not recognition.problems:
        return
    doubts = {
        *_of_titles(recognition),
        *_of_texts(recognition),
        *_of_numbers(recognition),
        *_of_counts(recognition),
        *_of_deadlines(recognition),
        *_of_cut_numbers(recognition, lines),
    }
    known = {line for line, _, _ in doubts}
    doubts |= {
        one
        for one in unread(recognition.problems, lines, (number for _, _, number in recognition.body))
        if one[0] not in known
    }
    for line, excerpt, reason in sorted(doubts, key=lambda one: one[0])[:_MOST]:
        yield found("I069", path, line, found=reason, excerpt=excerpt[:_EXCERPT])


def _of_titles(recognition: Recognition) -> Iterator[tuple[int, str, Message]]:
    often = Counter((problem.group, problem.title) for problem in recognition.problems)
    worded = {problem.title for problem in recognition.problems if states_problem(problem.title)}
    most = len(worded) * 2 > len(recognition.problems)
    form, times = Counter(problem.form for problem in recognition.problems).most_common(1)[0]
    usual = form if len(recognition.problems) > times > len(recognition.problems) * _MOSTLY else ""
    below = Counter((problem.group, problem.group_line) for problem in recognition.problems)
    unworded = Counter((p.group, p.group_line) for p in recognition.problems if p.title not in worded)
    # All that stands below a problem, none of it worded as one, may be its steps.
    stepped = {group for group, times in unworded.items() if times == below[group] > 1 and states_problem(group[0])}
    groups = {_form(problem.group_heading) for problem in recognition.problems} - {""}
    for problem in recognition.problems:
        title = problem.title.strip()
        if problem.doubt:
            yield problem.line, title, problem.doubt
        elif not title or title in LABELS or _NOT_WORDED.match(title):
            yield problem.line, title, N_("标题不像一个问题")
        elif often[problem.group, problem.title] > 1:
            yield problem.line, title, N_("几个问题的标题相同")
        elif most and title not in worded and len(title) >= _LONG and ACTION.search(title):
            yield problem.line, title, N_("标题像是整改措施")
        elif (problem.group, problem.group_line) in stepped:
            yield problem.line, title, N_("标题像是整改措施")
        elif problem.form in groups and _form(problem.group_heading) != problem.form:
            yield problem.line, title, N_("同样编号的标题，别处是分组")
        elif usual and problem.form != usual and title not in worded:
            yield problem.line, title, N_("它的编号和别的问题不一样")


def _form(heading: str) -> str:
    mark = read_mark(heading)
    return mark.form if mark else ""


def _of_texts(recognition: Recognition) -> Iterator[tuple[int, str, Message]]:
    for line in recognition.lost_headings:
        yield line.number, line.text, N_("这一行像是另一个问题的标题，读成了上一个问题的正文")
    for table in recognition.unread_tables:
        yield table.number, table.text, N_("这张表像是问题清单，没有当作问题")
    for problem in recognition.problems:
        for label in problem.repeated:
            yield label.number, f"{problem.title}：{label.text}", N_("同一个问题下，这个标签不止一次")
        statuses = [line for line in problem.body if _is_status(line)]
        if again := next((line for line in problem.body if not line.markdown and _tagged(line.text) > 1), None):
            yield again.number, f"{problem.title}：{again.text}", N_("同一个问题下，一行里不止一个状态")
        elif len(statuses) > 1:
            yield statuses[-1].number, f"{problem.title}：{statuses[-1].text}", N_("同一个问题下，写着状态的行不止一行")


def _of_numbers(recognition: Recognition) -> Iterator[tuple[int, str, Message]]:
    """Yield the first number where it is not the first of a list; those behind it are compared with each other."""
    first, *others = recognition.problems
    # 12, 19 and 27 are numbers of a longer list, of which these are some.
    goes_on = not others or others[0].number == str(int(first.number) + 1) if first.number.isdigit() else False
    if goes_on and int(first.number) > 1:
        yield first.line, first.title, N_("第一个问题的序号是 {first}", first=first.number)


def _of_counts(recognition: Recognition) -> Iterator[tuple[int, str, Message]]:
    """Yield the number of matters that the text before the problems announces, where it is larger than that of the problems."""
    problems, declared = recognition.problems, recognition.declared
    if declared and (supposed := [problem for problem in problems if problem.status_source == "total"]):
        yield declared.line, supposed[0].title, N_("状态是从总数推出的，文中没有逐项写明")
    first = min(problem.line for problem in problems)
    counts: dict[int, int] = {}
    for _, text, number in recognition.body:
        if number > first:
            break
        folded = re.sub("(?<=\\d)[ \u3000]|[ \u3000](?=\\d)", "", fold_digits(text))
        for match in _ANNOUNCED.finditer(folded):
            if not _NOT_ALL.search(folded[max(match.start() - 10, 0) : match.start()]):
                counts.setdefault(number_of(match["count"]) or 0, number)
    if counts and declared is None and len(problems) not in counts and max(counts) > len(problems):
        most = max(counts)
        yield (
            counts[most],
            str(most),
            N_("文中说的项数是 {allowed}，读出的是 {found}", allowed=most, found=len(problems)),
        )


def _of_deadlines(recognition: Recognition) -> Iterator[tuple[int, str, Message]]:
    """Yield the sentences with a deadline that speak of other problems than the one they stand below, or of ones that did not get it."""
    problems = recognition.problems
    waiting = [one for one in problems if one.stated.status not in DONE and not one.deadline and not one.open_ended]
    numbers = {number_of(problem.number) for problem in waiting}
    lines = [Line(text, number) for _, text, number in recognition.body]
    lines += [line for problem in problems for line in problem.body[1:] if not line.markdown]
    for line in lines:
        said = numbers_said(line.text) if HINT.search(line.text) else []
        named = {value for one in said if _PERIOD.search(one.words) for value in one.numbers}
        if named & numbers:
            yield line.number, line.text, N_("这里写着时限，没有读作问题的整改时限")
    for problem in problems:
        for line in problem.body if len(waiting) < len(problems) or problem.deadline else ():
            if not line.markdown and SAYS_WHEN.search(line.text) and _speaks_of_others(line.text, problem, problems):
                yield line.number, line.text, N_("这一句的时限不只是这个问题的")


def _of_cut_numbers(recognition: Recognition, lines: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str, Message]]:
    """Yield the deadlines 2025.1 of tables: a spreadsheet makes the same of January and of October, 2025.10."""
    rows = {
        one.line for one in recognition.problems if one.form == "table" and one.deadline and one.deadline.month == 1
    }
    for number, text in lines if rows else ():
        if number in rows and (match := _CUT.search(text)):
            yield number, match[0].strip(), N_("可能是 1 月，也可能是表格软件去掉了末尾的 0 的 10 月")


def _speaks_of_others(text: str, problem: FoundProblem, problems: Sequence[FoundProblem]) -> bool:
    """Whether a text speaks of what is left of several problems, or names another one by the first words of its title."""
    left = OTHERS.match(text.strip()) and _OF_PROBLEMS.match(text.strip())
    return bool(left) or any(
        one is not problem and one.title[:_NAME] in text for one in problems if len(one.title) > _NAME
    )


def _tagged(text: str) -> int:
    """Return how many statuses stand in brackets in a text."""
    return sum(STATUSES.find(match[1]) is not None for match in _TAG.finditer(text))


def _is_status(line: Line) -> bool:
    """Whether a line is a status and nothing else."""
    match = None if line.markdown or read_mark(line.text) else _STATUS_LINE.fullmatch(line.text.strip())
    return match is not None and STATUSES.find(match[1]) is not None
