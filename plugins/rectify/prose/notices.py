"""Notices of handling that are put together from clauses: 本文件涉密，请按规定保管; 传达至县团级，不得登报.

Each clause of a line is a mark, a request, a label with its value, or something else. The line is a notice if one clause is
a mark and none is something else; beside such only a mark that names the text itself, 本简报不得复印, is one. What the
frames of verbs know that no list of marks has is a mark of handling that somebody should look at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from rectify.prose.faces import face_of
from rectify.prose.handling import Mark, fills
from rectify.prose.late import late
from rectify.prose.mark_phrases import BESIDE, CARRIER, SUBJECT, VERB
from rectify.prose.word_lists import any_of, load

_DATA = load("handling")
_CLAUSE = re.compile(r"[^,。;:!?|·]+")
_ITSELF = rf"(?:(?:[本此该]|以[上下]|[上前]述)(?:[一-鿿]{{0,2}}?(?:{CARRIER}|稿|内容))?)"
_READ = "(?:查阅|查看|阅[读看览示]?|传阅|审阅|参阅|知悉|掌握|内部使用)"
_FRAMES = late(
    rf"{_ITSELF}?(?:(?:仅限?|只限?|限于?|[仅专只]?供)[一-鿿]{{1,14}}?{_READ}(?:{CARRIER})?"
    r"|(?:传达|印发|扩大|发放?|阅读)[至到](?:[县市省厅处科局部团师军地]{1,4}级?|[一-鿿]{0,6}(?:领导|干部|班子|党委|党组|常委|支部))(?:以上|以下)?[一-鿿]{0,6}"
    rf"|[非未]经[一-鿿]{{2,8}}?(?:不得|严禁|禁止|不准|不可)(?:披露|{VERB})(?:[、或和及]?(?:披露|{VERB}))*"
    r"|[阅看用办传会][读看用议]?[毕后完结束]{1,2}(?:即|请|应|须|由)?[一-鿿]{0,10}?(?:退[还回交]?|焚毁?|毁|销毁|回收|收回|交[回还]|清退|删除))"
)
"""What somebody may do with a text, and with what it says, as verbs tell it; whoever that is."""
_OWN_SECRET = late(r"(?:(?![保守护应须泄的等与和])[一-鿿]){0,6}(?:工作秘密|商业秘密)")
_TELLS_OF_ITSELF = late(
    rf"{_ITSELF}(?<=[一-鿿]{{2}})(?:[为系属是含]|均为|涉及)[一-鿿]{{0,4}}(?:涉密|秘密|机密|绝密|内部|敏感|保密|隐私)[一-鿿]{{0,8}}|{_ITSELF}?未经[一-鿿]{{0,4}}(?:审[定阅核改]|核实)"
)
_FORBIDS = late(r"(?:不得|请勿|严禁|禁止|切勿|勿|不要|不准)[一-鿿]{2,12}(?:[、和及或][一-鿿]{2,6}){0,3}")
_REQUEST = late(
    r"(?:仅[供限]|(?:另行|另册|单独)[一-鿿]{1,8}|请|须|应|务必|注意|妥善|不作|不留|不得|严禁|禁止|切?勿|不要|由[一-鿿]{2,10}(?:回收|收回|销毁|保管)|按[一-鿿]{0,6}保管|原件|如有|违者|发现)[一-鿿]{0,16}|[一-鿿]{0,6}自负"
)
_LABEL = late(rf"(?:[一-鿿]{{0,8}}(?:{any_of(_DATA['notice_labels'])}))")
_RANGE = late("(?:阅[一-鿿]?|传[阅达]|知悉|限阅)(?:范围|对象)")
_BESIDE = late(rf"(?![对将把按加凡各所])[一-鿿]{{0,10}}{CARRIER}|(?:{BESIDE}|[一-鿿]{{0,2}}\d+[号份期])+")
_HINT = late(
    f"{SUBJECT}|[非未]经|[仅只专限供]|[传印扩阅发][达发大读放]?[至到]|[阅看用办传会][读看用议]?[毕后完结]|秘密|涉密|敏感|请勿|不得|严禁"
)
_TELL = frozenset(("mark", "frame", "itself", "range"))
_TITLE = re.compile("^《[^》]{2,20}》")
_LONGEST, _LONGEST_CLAUSE, _LONGEST_VALUE = 80, 24, 16


class _Clause(NamedTuple):
    kind: str
    rule: str
    start: int
    end: int


def notices(line: str) -> Iterator[Mark]:
    """Return the marks of a line that is a notice."""
    face, places = face_of(line)
    if len(face) > _LONGEST or "|" in face or not _HINT.search(face):
        return
    clauses = list(_clauses(face))
    told = [clause for clause in clauses if clause.kind in _TELL]
    forbidden = [clause for clause in clauses if clause.kind == "forbids"]
    if not told:
        return
    if any(clause.kind == "other" for clause in clauses):
        told = [
            clause for clause in told if clause.kind == "mark" and re.match(SUBJECT, face[clause.start : clause.end])
        ]
    elif forbidden:
        told += forbidden
    elif all(clause.kind in ("itself", "range") for clause in told):
        return
    for clause in told:
        yield Mark(clause.rule, places[clause.start], places[clause.end - 1] + 1)


def _clauses(face: str) -> Iterator[_Clause]:
    labelled = False
    for match in _CLAUSE.finditer(face):
        said, span = match[0].strip('[]()*#!“”"'), match.span()
        said = _TITLE.sub("", said)
        rule = fills(said) if len(said) <= _LONGEST_CLAUSE else ""
        ends = face[match.end() : match.end() + 1]
        if rule:
            kind = "mark"
        elif ends == ":" and _RANGE.fullmatch(said):
            kind = "range"
        elif not said or (ends == ":" and _LABEL.fullmatch(said)):
            kind = "label"
        elif _FRAMES.fullmatch(said) or _OWN_SECRET.fullmatch(said):
            kind = "frame"
        elif _TELLS_OF_ITSELF.fullmatch(said):
            kind = "itself"
        elif _FORBIDS.fullmatch(said):
            kind = "forbids"
        elif _REQUEST.fullmatch(said) or _BESIDE.fullmatch(said) or (labelled and len(said) <= _LONGEST_VALUE):
            kind = "beside"
        else:
            kind = "other"
        labelled = kind in ("label", "range")
        yield _Clause(kind, rule if kind == "mark" else "M007", *span)
