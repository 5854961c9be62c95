"""Title, salutation and genre: what kind of document this is, before anything in it is read as a disclosure."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

from rectify.core.vocabulary import GENRES
from rectify.intake.outline import Paragraph
from rectify.intake.recognition.labels import split_labels
from rectify.intake.recognition.line import Line
from rectify.intake.recognition.numbering import read_mark
from rectify.intake.recognition.words import EVIDENCE, GENRE_WORDS

_NOUN = re.compile(
    r"(?:报告|通报|公告|通告|公示栏?|通知|方案|材料|总结|情况|清单|台账|一览|说明|公开栏?|公布|[周旬月季]报|汇编|汇报|提纲|要点|计划|打算|表|意见|函|纪要|发言|讲话|承诺书|一(?:问题|事项?)[“”]?一[卡档策表单])(?:[（(〔\[].{1,20}[）)〕\]])?(?:公示表?)?[”]?$"
)
_SALUTATION = re.compile(r"^(?![^：:]*(?:\d|问题|事项|[以如]下))[^，。；]{2,40}[：:]$")
_DOC_NO = re.compile(r"[〔\[【（(]\s*\d{4}\s*[〕\]】）)]\s*\d+\s*号")
_SENTENCE = re.compile("[。；：:]")
_HEAD, _OPENING = 4, 4
"""Paragraphs, no more, that are a head, and that open a text."""
_PROSE = re.compile("[。；，！？]")
_SPACED = re.compile("(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff])")
"""Spaces that stretch a title to the width of the page."""
_PROSE_LABEL = re.compile("[：:】]")
_RUBRIC = re.compile("[丨│┃︱]|(?<=[\u4e00-\u9fff“”])[ \u3000]?[|｜][ \u3000]?(?=[\u4e00-\u9fff“])|^【[^】]{2,12}】")
_MOST_PARTS, _SHORTEST_TITLE = 3, 10
_FRONT = 12
"""Paragraphs among which a title is looked for."""
_ATTACHED = re.compile("附(?:件|表|录)[ 　]?(?:\\d{1,2}|[一二三四五六七八九十])?[：:]?")
"""Which attachment what follows is."""
_LONGEST_TITLE = 80
_MATTERS = re.compile(
    "整改|问题|隐患|缺陷|反馈|巡[察视]|督[察查办]|信访|投诉|举报|诉求|来信|来电|办[理结]|曝光|检视|检查|整治|留言|建议"
)
"""What a list of problems is about, in its title or opening."""
_TRACE, _SURE = 3, 7
"""Weights of the evidence from which on a text of which no word says what it is may hold a list, and publishes one."""


class Kind(NamedTuple):
    title: str
    """Empty when the document begins with its salutation or its text."""
    title_line: int
    """Line of the title, or of the first text when there is none."""
    first: int
    """Index of the first paragraph after the title."""
    genre: str
    """A key of the vocabulary's genres."""
    line: int
    """Where the words stand that decided it; 0 when nothing did."""
    salutation: str
    weight: int = 0
    """What speaks for a list of problems, less what speaks against it."""

    @property
    def publishable(self) -> bool:
        return GENRES[self.genre].publishable

    @property
    def speaks_for_a_list(self) -> bool:
        """Whether more than a trace of evidence says that what it counts up are problems."""
        return self.weight >= _TRACE

    @property
    def lists_nothing(self) -> bool:
        """Whether it is a speech, a summary, a plan or news: what these count up, 一是二是, is no list of problems."""
        return self.weight < 0


def decide(paragraphs: Sequence[Paragraph]) -> Kind:
    """Return what kind of document the paragraphs are.

    The title decides, then the opening before the first heading, then the closing words; a document of which nothing says
    what it is has genre `other`.
    """
    title, line, first = _title(paragraphs)
    opening = []
    for paragraph in paragraphs[first : first + 6]:
        if (mark := read_mark(paragraph.text)) and mark.form in ("chapter", "cn", "cn-paren"):
            break
        opening.append(paragraph)
    salutation = next((p.text.strip() for p in opening[:2] if _SALUTATION.match(p.text.strip())), "")
    places = [(title, line)] if title else []
    places += [(p.text, p.line) for p in opening] + [(p.text, p.line) for p in paragraphs[-3:] if len(p.text) < 40]
    genre, number = next(((key, number) for text, number in places if (key := _genre(text))), ("other", 0))
    weight = _weight(title, paragraphs, first)
    if weight < 0 and GENRES[genre].publishable:
        genre, number = "other", line
    elif weight >= _SURE and not number and _MATTERS.search("\n".join([title, *(p.text for p in opening)])):
        genre, number = "rectification", line
    return Kind(title, line, first, genre, number, salutation, weight)


def _weight(title: str, paragraphs: Sequence[Paragraph], first: int) -> int:
    """Return the sum of the evidence in the title, the opening and the whole text."""
    texts = [paragraph.text.strip() for paragraph in paragraphs]
    head = list(itertools.takewhile(_is_head, texts[:_HEAD]))
    places = {
        "title": "\n".join([title, *head]),
        "opening": "\n".join(texts[first or len(head) :][:_OPENING]),
        "text": "\n".join(texts),
    }
    total = 0
    for where, weight, times, words in EVIDENCE:
        found = sum(1 for _ in itertools.islice(words.finditer(places[where]), times))
        total += weight * (found == times)
    return total


def _is_head(text: str) -> bool:
    return len(text) <= _LONGEST_TITLE and not _SENTENCE.search(text) and not read_mark(text)


def _genre(text: str) -> str:
    return next((key for key, words in GENRE_WORDS if words.search(text.strip())), "")


def _title(paragraphs: Sequence[Paragraph]) -> tuple[str, int, int]:
    """Return the title, its line and the index after it; lines of one title that are set apart are joined."""
    found = None
    for index, paragraph in enumerate(paragraphs[:_FRONT]):
        text = _without_rubric(paragraph.text.strip())
        if read_mark(text) and not _NOUN.search(text):
            break
        if _SALUTATION.match(text) or len(text) > _LONGEST_TITLE or text.endswith(("。", "；")):
            break
        if _PROSE_LABEL.search(text) and split_labels([Line(text, 0)])[0]:
            break
        if (_DOC_NO.search(text) and not _NOUN.search(text)) or _ATTACHED.fullmatch(text):
            continue
        parts, after = [text], index + 1
        if not _NOUN.search(text):
            while after < len(paragraphs) and after < index + 3 and _continues(paragraph, paragraphs[after], parts[-1]):
                parts.append(paragraphs[after].text.strip())
                after += 1
                if _NOUN.search(parts[-1]):
                    break
        joined = _SPACED.sub("", "".join(parts))
        if _NOUN.search(joined) and not _PROSE.search(joined.replace("，", "")):
            # 审计结果公告（2024年第6号） is the head of a series; the title that says what about comes below it.
            found = found or (joined, paragraph.line, after)
            if _genre(joined):
                return joined, paragraph.line, after
            continue
        if found:
            break
        if paragraph.level == 1 and not _PROSE.search(text):
            return text, paragraph.line, index + 1
    return found or ("", paragraphs[0].line if paragraphs else 1, 0)


def _without_rubric(title: str) -> str:
    """Return a title without the name of the column before it, or of the site behind it: 整改公开丨…的通报 | 县水利局."""
    parts = [part.strip() for part in _RUBRIC.split(title)]
    if len(parts) == 1 or len(parts) > _MOST_PARTS:
        return title
    return next((part for part in parts if len(part) >= _SHORTEST_TITLE and _NOUN.search(part)), title)


def _continues(first: Paragraph, paragraph: Paragraph, before: str) -> bool:
    text = paragraph.text.strip()
    if read_mark(text) or _SALUTATION.match(text) or len(text) > _LONGEST_TITLE or _PROSE.search(text):
        return False
    return (first.centred and paragraph.centred) or bool(_NOUN.search(text)) or before.endswith(("关于", "的", "和"))
