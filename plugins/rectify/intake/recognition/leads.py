"""Paragraphs that begin a problem without a number: each has the shape of the others, which is what tells them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rectify.core.vocabulary import STATUSES
from rectify.intake.outline import Paragraph, Table
from rectify.intake.recognition.labels import split_labels
from rectify.intake.recognition.likeness import states_problem
from rectify.intake.recognition.line import Line
from rectify.intake.recognition.numbering import read_mark
from rectify.intake.recognition.titles import BEFORE_QUOTATION, problem_wording, spoken
from rectify.intake.recognition.tree import is_closing, sentence_end
from rectify.intake.recognition.words import LABELS
from rectify.intake.recognition.wrapped import has_cells
from rectify.prose.statuses import closing_status, labelled_status, opening_status, told_status

_RESULTS = {"status", "closed", "progress"}
_GROUPS = {"chapter", "cn", "cn-paren"}
_SHORTEST, _LONGEST = 4, 80
_QUOTED = re.compile(f'^{BEFORE_QUOTATION}[“"「][^“”"「」]{{2,80}}[”"」](?:的)?(?:问题|情况|事项)?(?=[。：:，,])')
_ABOUT = re.compile('^(?:关于|针对)[^“”"。；：:，,]{4,60}的问题[。：:](?=\\s*\\S)')
_AND_THEN = re.compile("^(?:关于|针对|对于)[^“”。；：:，,]{4,60}的问题[，,](?=\\s*\\S)")
"""关于甲不畅的问题，更换设备，已完成整改。"""
_PARTED = re.compile("^([^：:—。；]{4,60}?)[ \u3000]*(?:[：:]|——)[ \u3000]*(?=\\S)")
"""甲不畅：已更换。 甲不畅——已更换。"""
_TAG = re.compile(r"^[【\[（(〔]?([^【】\[\]（）()〔〕，。：]{2,10})[】\]）)〕]?$")
_IS_LABEL = re.compile(
    "(?:情况|措施|举措|时限|期限|时间|单位|部门|责任人|结果|状态|进展|成效|电话|地址|如下|方面|问题|目标|要求|编号|监督|说明)$"
)
_BODY = re.compile(
    "(?:局|办|办公室|镇|乡|街道|公司|中心|学校|小学|中学|社区|村|厅|处|科|股|院|队|站|区|县|市|集团|组|会|部|委)$"
)
_STOPS = "。；;，,：: \t\u3000—-"


class _Lead(NamedTuple):
    shape: str
    end: int
    """Characters of the paragraph that are the heading."""
    title: str = ""
    """The part before the colon or dash, where one ends the heading."""
    told: bool = False
    """Whether a status is all that stands behind it."""


def with_leads(blocks: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the blocks with `lead` set on those paragraphs that begin a problem; two of one shape at least make it one."""
    found = dict(_leads(blocks))
    numbered = any(
        isinstance(block, Paragraph)
        and (mark := read_mark(block.text))
        and states_problem(_first(block.text[mark.length :]))
        for block in blocks
    )
    if numbered:
        # Beside problems with numbers, what is said of others in passing begins none.
        found = {
            index: lead for index, lead in found.items() if lead.shape not in ("spoken", "bracket") and not lead.title
        }
    found = {
        index: lead
        for index, lead in found.items()
        # What stands between a bold title and its status is the account.
        if lead.shape != "tag" or index - 1 not in found or found[index - 1].shape != "bold"
    }
    found = _parted_alike(found)
    if has_cells([block for block in blocks if isinstance(block, Paragraph)]):
        # A title above a status may be any cell of a row.
        found = {index: lead for index, lead in found.items() if lead.shape != "tag"}
    often = {shape for shape, times in Counter(lead.shape for lead in found.values()).items() if times > 1}
    return [
        block
        if isinstance(block, Table) or read_mark(block.text)
        else block._replace(lead=found[index].end if index in found and found[index].shape in often else 0)
        for index, block in enumerate(blocks)
    ]


def _parted_alike(found: dict[int, _Lead]) -> dict[int, _Lead]:
    """Return the leads with what stands among others that a colon ends made one of them; what comes again is a label."""
    titles = [lead.title for lead in found.values() if lead.title]
    worded = any(map(states_problem, titles)) or all(lead.told for lead in found.values() if lead.title)
    if sum(bool(_BODY.search(title)) for title in titles) * 2 > len(titles) or not worded:
        # Names of units before what each of them did.
        return {index: lead for index, lead in found.items() if not lead.title}
    names = Counter(titles)
    result = {}
    for index, lead in found.items():
        # A line of a list stands beside another, or below the heading that parts them.
        next_to = {found[at].shape for at in (index - 1, index + 1) if at in found and found[at].title}
        across = {found[at].shape for at in (index - 2, index + 2) if at in found}
        listed = "parted" in next_to or (lead.shape == "parted" and (next_to or "parted" in across))
        if not lead.title or (names[lead.title] == 1 and listed):
            result[index] = lead._replace(shape="parted") if lead.title else lead
    return result


def _leads(blocks: Sequence[Paragraph | Table]) -> Iterator[tuple[int, _Lead]]:
    """Yield index and lead of the paragraphs that no numbered problem stands above."""
    apart = True
    levels = [block.level for block in blocks if isinstance(block, Paragraph) and block.level]
    deepest = max(levels, default=0)
    lowest = [
        states_problem(block.text) for block in blocks if isinstance(block, Paragraph) and block.level == deepest > 0
    ]
    # Several that state no deficiency are headings of groups.
    alone = len(lowest) == 1 or sum(lowest) * 2 < len(lowest)
    for index, block in enumerate(blocks):
        if isinstance(block, Table) or is_closing(block.text):
            continue
        if block.level or (mark := read_mark(block.text)):
            if block.level:
                # Of styled headings the lowest, where there are several, are the problems themselves.
                apart = (block.level < deepest or alone) and not states_problem(block.text)
            else:
                apart = mark is not None and _groups(block.text[mark.length :], mark.form)
            continue
        after = blocks[index + 1] if index + 1 < len(blocks) else None
        if apart and (lead := _lead(block, after.text if isinstance(after, Paragraph) else "")):
            yield index, lead


def _groups(heading: str, form: str) -> bool:
    return form in _GROUPS and sentence_end(heading) == len(heading) <= _LONGEST and not states_problem(heading)


def _lead(block: Paragraph, after: str) -> _Lead | None:
    text = block.text.strip()
    if match := _QUOTED.match(text) or _ABOUT.match(text):
        return _Lead("quoted", match.end())
    if (match := _AND_THEN.match(text)) and _ends_in_status(text[match.end() :]):
        return _Lead("about", match.end())
    if (told := spoken(text)) and told[1] < len(text):
        return _Lead("spoken", told[1])
    labelled, free = split_labels([Line(text, block.line)])
    if (match := _PARTED.match(text)) and not labelled and _is_title(match[1]):
        sure = states_problem(match[1]) or _ends_in_status(text[match.end() :]) or block.lead == len(match[1])
        alone = STATUSES.find(text[match.end() :].strip(_STOPS)) is not None
        return _Lead("parted" if sure else "perhaps", match.end(), match[1], alone)
    if labelled:
        # 甲不畅。整改结果：已完成。
        if len(free) == 1 and _is_title(free[0].text) and labelled[0].field in _RESULTS:
            return _Lead("result", len(free[0].text))
        return None
    lead = len(text) if block.bold and text not in LABELS else block.lead
    if block.bold and block.centred:
        # The title of the document, on lines of its own.
        lead = 0
    if lead and _is_title(text[:lead]):
        return _Lead("bold", lead)
    if _is_title(text) and _is_result(after):
        return _Lead("tag", len(text))
    end = sentence_end(text)
    if (
        end < len(text)
        and text[:end].endswith(("）。", ")。", "】。"))
        and labelled_status(problem_wording(text[:end]).status).status
    ):
        return _Lead("bracket", end)
    if (
        end < len(text)
        and _is_title(text[:end])
        and states_problem(text[:end].rstrip(_STOPS))
        and _ends_in_status(text[end:])
    ):
        return _Lead("sentence", end)
    return None


def _first(text: str) -> str:
    return text[: sentence_end(text)].rstrip(_STOPS)


def _is_title(text: str) -> bool:
    bare = text.strip(_STOPS)
    if _IS_LABEL.search(re.split("[：:]", bare, maxsplit=1)[0]):
        return False
    return _SHORTEST <= len(bare) <= _LONGEST and "。" not in bare and not _is_result(bare)


def _is_result(text: str) -> bool:
    """Whether a line holds nothing but a status, in brackets or after its label."""
    text = text.strip()
    if (match := _TAG.match(text)) and STATUSES.find(match[1].strip()):
        return True
    labelled, free = split_labels([Line(text, 0)])
    return (
        len(labelled) == 1
        and not free
        and labelled[0].field in _RESULTS
        and bool(labelled_status(labelled[0].text).status)
    )


def _ends_in_status(text: str) -> bool:
    return bool(told_status(text).status or closing_status(text).status or opening_status(text).status)
