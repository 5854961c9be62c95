"""What a page puts around its article, where a document was copied from a site: head block, crumbs, buttons, a second title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from rectify.intake.outline import Paragraph
from rectify.intake.readers.page_head import STAMP, is_button, is_furniture, label_of, pairs_of, squeeze
from rectify.intake.readers.page_words import LABELS, RELATED
from rectify.intake.recognition.bullets import ARROWS, DOTS
from rectify.intake.recognition.numbering import read_mark
from rectify.intake.recognition.signs import over_groups
from rectify.intake.recognition.tree import is_document

_REACH = 60
"""Paragraphs from the beginning among which the head of a page is looked for."""
_TAIL = 15
_BULLET = re.compile(f"^[\\s\u3000]*[{DOTS}{ARROWS}■◆]+[\\s\u3000]*")
_SENTENCE = re.compile("。.|^.{45,}。")
_ANY_LABEL = re.compile("[\u3400-\u9fff \u3000]{2,9}[：:]$")
_NAMES = {"标题", "名称", "文件名称", "信息名称"}
_LONGEST = 200


class Page(NamedTuple):
    head: tuple[tuple[str, str], ...]
    """Label and value pairs of the head block."""
    kept: tuple[Paragraph, ...]
    left_out: tuple[Paragraph, ...]
    """The lines that are the page's own."""


def take_apart(paragraphs: Sequence[Paragraph]) -> Page:
    """Return the article of a copied page and what stands around it."""
    kept: list[Paragraph] = []
    out: list[Paragraph] = []
    seen: set[str] = set()
    waiting = False
    before = None
    end = _head_end(paragraphs)
    groups = over_groups(paragraphs)
    for index, paragraph in enumerate(paragraphs[:end]):
        text = _BULLET.sub("", paragraph.text).strip()
        alone = _is_label(text) or (bool(out) and out[-1] == before and bool(_ANY_LABEL.match(text)))
        before = paragraph._replace(text=text)
        is_value, waiting = waiting and not alone, alone
        if len(text) <= _LONGEST and (alone or is_value or is_furniture(text) or _is_pair(text)):
            out.append(paragraph._replace(text=text))
        elif squeeze(text) in seen and is_document(text):
            out.append(paragraph._replace(text=text))
        else:
            seen.add(squeeze(text))
            kept.append(
                paragraph if index in groups or text == paragraph.text.strip() else paragraph._replace(text=text)
            )
    pairs = pairs_of(one.text for one in out)
    for name, value in pairs:
        wanted = squeeze(value)
        # A title may be given twice, and its blanks are not those of the line.
        if (
            name in _NAMES
            and wanted not in seen
            and (at := next((one for one in out if wanted in squeeze(one.text)), None))
        ):
            seen.add(wanted)
            kept.insert(0, at._replace(text=value))
            out.remove(at)
    if not any("日期" in name or "时间" in name for name, _ in pairs):
        pairs += [("发布日期", match[0]) for one in out if (match := STAMP.search(one.text))][:1]
    rest = list(paragraphs[end:])
    others = next((n for n, one in enumerate(rest) if n and squeeze(one.text) in RELATED), len(rest))
    if len(rest) - others <= _TAIL:
        out += rest[others:]
        rest = rest[:others]
    last = max(len(rest) - _TAIL, 0)
    out += [one for one in rest[last:] if is_button(one.text)]
    kept += rest[:last] + [one for one in rest[last:] if not is_button(one.text)]
    return Page(tuple(pairs), tuple(kept), tuple(out))


def _head_end(paragraphs: Sequence[Paragraph]) -> int:
    """Return the index of the first paragraph of running text."""
    for index, paragraph in enumerate(paragraphs[:_REACH]):
        text = paragraph.text
        if (_SENTENCE.search(text) or read_mark(text)) and not is_furniture(text):
            return index
    return min(len(paragraphs), _REACH)


def _is_label(text: str) -> bool:
    return len(text) < 20 and (bool(label_of(text)) or (text[-1:] in ("：", ":") and squeeze(text)[:-1] in LABELS))


def _is_pair(text: str) -> bool:
    label, colon, _ = text.replace(":", "：").partition("：")
    return bool(colon) and squeeze(label) in LABELS
