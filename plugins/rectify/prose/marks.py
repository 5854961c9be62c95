"""Marks of origin and handling: paid-content markers, notices of pirate sites, internal and secrecy marks, inner paths."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rectify.core.finding import Finding
from rectify.prose.passage import NUMBERED, Passage
from rectify.prose.word_lists import load

_PAID = re.compile(r"##[ \t]*/?\w{0,12}(?:paid|vip|pay|付费|会员)\w{0,12}[ \t]*##", re.IGNORECASE)
_PAID_NOTICE = re.compile(
    r"【付费[^】\n]{0,20}】|[（(【…][^（）()【】\n]{0,20}省略[^（）()【】\n]{0,10}字[^（）()【】\n]{0,40}会员[^（）()【】\n]{0,20}[）)】]"
    r"|以下内容[^。\n]{0,12}(?:会员|付费)[^。\n]{0,12}|剩余[ \d.]{1,6}[%％]未读"
)
_SURE = re.compile("|".join(load("advertising")["sure"]))
_LIKELY = re.compile("|".join(load("advertising")["likely"]))
_REACH = 20
"""Lines from the start and from the end of the text in which notices of a site are looked for."""
_BODY_LENGTH = 80
_LONGEST_GAP = 3

_INTERNAL = re.compile(
    r"内部(?:资料|文件|材料|使用|参考|传阅|刊物)|仅供(?:内部|学习|参考|交流|研究)+(?:使用|参考|交流|学习)?"
    r"|(?:禁止|严禁|请勿|不得|切勿)(?:外传|转发|扩散|复制|传播|翻印|对外传播)|注意(?:保存|保密)|妥善保管|阅后(?:即焚|收回|退回)"
    r"|征求意见稿|讨论稿|送审稿|代拟稿|审议稿|草稿|(?:此件|本件)?(?:不公开|依申请公开|不予公开)"
)
_BRACKETED = re.compile(rf"[（(【\[](?:{_INTERNAL.pattern})(?:[，、；, ]*(?:{_INTERNAL.pattern}))?[。！!]?[）)】\]]")
_LABELLED = re.compile(r"公开(?:方式|属性|类别|形式|范围)[：:][ \u3000]*(?:不公开|依申请公开|不予公开)")
_LONGEST_HEADING = 80
_BESIDE_MARKS = re.compile(r"[\W_]+")

# 保守国家秘密法 (2024), Art. 22; the form is level, star, period or date of release.
_LEVEL = r"(?:绝[ \u3000]?密|机[ \u3000]?密|秘[ \u3000]?密)级?"
_SECRECY = re.compile(rf"{_LEVEL}[ \u3000]*(?:[★☆＊]|\\?\*)[ \u3000]*(?:\d{{1,4}}(?:年|个月|\.\d{{1,2}})?|长期)?")
_SECRECY_LINE = re.compile(rf"\s*[【\[（(]?{_LEVEL}[】\]）)]?\s*(?:(?:长期|\d{{1,2}} ?年)\s*)?")

_IN_PATH = r"[^\s，。；、）)》”]"
_PATH = re.compile(
    rf"(?i:file)://{_IN_PATH}{{1,200}}|(?<![A-Za-z\d])[A-Za-z]:\\{_IN_PATH}{{0,200}}"
    rf"|(?<![\\A-Za-z\d])\\\\[A-Za-z\d_.$-]{{1,60}}\\{_IN_PATH}{{0,200}}"
    r"|(?i:https?|ftp)://(?:10\.|127\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)[\d.]{3,11}[^\s，。；、）)》”\u3400-\u9fff]{0,200}"
)


def marks(passage: Passage) -> Iterator[Finding]:
    """Return the marks of a passage, each stand-alone line of them as one finding."""
    advertising = _advertising(passage)
    internal = "内部" in passage.text or bool(_INTERNAL.search(passage.text))
    for index, line in enumerate(passage.lines if internal or advertising or "密" in passage.text else ()):
        if not line:
            continue
        start = passage.starts[index]
        token = line.strip()
        offset = start + len(line) - len(line.lstrip())
        if index in advertising:
            yield passage.found("M002", offset, token=token)
        elif _is_internal_line(line):
            yield passage.found("M003", offset, token=token)
        elif _is_secrecy_line(line):
            yield passage.found("M004", offset, token=token)
        else:
            yield from _inside(passage, index)
    text = passage.text
    for start, token in _paid(text):
        yield passage.found("M001", start, token=token)
    if "\\" in text or "//" in text:
        for match in _PATH.finditer(text):
            yield passage.found("M005", match.start(), token=match[0])


def strip_marks(lines: Sequence[tuple[int, str]], path: str) -> tuple[list[tuple[int, str]], list[Finding]]:
    """Return the lines without paid markers, notices of sites and stand-alone marks, and the findings for these.

    A line that held nothing else is gone. `scan` of the original lines reports the same findings.
    """
    passage = Passage(lines, path)
    advertising = _advertising(passage)
    kept = []
    for index, (number, line) in enumerate(lines):
        if index in advertising or (line and (_is_internal_line(line) or _is_secrecy_line(line))):
            continue
        bare = _without(line, _paid(line))
        if bare.strip() or not line.strip():
            kept.append((number, bare))
    taken = {number for number, _ in lines} - {number for number, _ in kept}
    return kept, [found for found in marks(passage) if found.kind == "paid_marker" or found.line in taken]


def _paid(text: str) -> list[tuple[int, str]]:
    """Return offset and text of every paid marker."""
    found = [(match.start(), match[0]) for match in _PAID.finditer(text)] if "##" in text else []
    if "会员" in text or "付费" in text or "未读" in text:
        found += [(match.start(), match[0]) for match in _PAID_NOTICE.finditer(text)]
    return sorted(found)


def _without(line: str, tokens: list[tuple[int, str]]) -> str:
    ends = [0, *(start + len(token) for start, token in tokens)]
    return "".join(line[end:start] for end, start in zip(ends, [*(start for start, _ in tokens), len(line)]))


def _inside(passage: Passage, index: int) -> Iterator[Finding]:
    """Return marks beside other text: in brackets at the end of a short line, behind a label, with a star."""
    line, start = passage.lines[index], passage.starts[index]
    if "公开" in line:
        for match in _LABELLED.finditer(line):
            yield passage.found("M003", start + match.start(), token=match[0])
    if len(line) <= _LONGEST_HEADING:
        for match in _BRACKETED.finditer(line):
            # 《…（征求意见稿）》 names another document.
            if line.count("《", 0, match.start()) <= line.count("》", 0, match.start()):
                yield passage.found("M003", start + match.start(), token=match[0])
    if "密" in line:
        for match in _SECRECY.finditer(line):
            yield passage.found("M004", start + match.start(), token=match[0])


def _is_internal_line(line: str) -> bool:
    """Return whether marks, and at most two characters beside them, fill the line."""
    if not 0 < len(line.strip()) <= 40 or not _INTERNAL.search(line):
        return False
    return line.strip() == "内部" or len(_BESIDE_MARKS.sub("", _INTERNAL.sub("", line))) <= 2


def _is_secrecy_line(line: str) -> bool:
    return len(line) <= 40 and "密" in line and bool(_SECRECY_LINE.fullmatch(line) or _SECRECY.fullmatch(line.strip()))


def _advertising(passage: Passage) -> set[int]:
    """Return the indexes of the lines that a site put before or behind the text.

    They lie between lines that no office writes; words such as 公众号 alone prove nothing. Only short lines outside the
    text proper are looked at: an association has members, and a bureau may well speak of its QQ group.
    """
    filled = [index for index, line in enumerate(passage.lines) if line.strip()]
    near = [
        passage.lines[index]
        for index in sorted({*filled[:_REACH], *filled[-_REACH:]})
        if len(passage.lines[index]) < 2 * _BODY_LENGTH
    ]
    if not _SURE.search("\n".join(near)):
        return set()
    return _notice(passage.lines, filled[:_REACH]) | _notice(passage.lines, filled[::-1][:_REACH])


def _notice(lines: list[str], order: list[int]) -> set[int]:
    """Return the lines of a notice among those that come before the text proper, in the order given."""
    taken: set[int] = set()
    between: list[int] = []
    for index in order:
        line = lines[index].strip()
        sure = _SURE.search(line)
        if not sure and (len(line) >= _BODY_LENGTH or NUMBERED.match(line)):
            break
        if sure and len(line) < 2 * _BODY_LENGTH:
            taken |= {index, *(between if taken else [i for i in between if _LIKELY.search(lines[i])])}
            between = []
        elif not _is_internal_line(line):
            between.append(index)
            if len(between) > _LONGEST_GAP:
                if taken:
                    break
                between.pop(0)
    return taken
