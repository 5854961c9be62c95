"""Addresses in English, in whatever order their parts stand: Room 1203, Building 5, Sunshine Garden, 88 Minzhu Rd."""

from __future__ import annotations

from rectify.prose.late import late

_NUMBERED = r"(?i:room|flat|apartment|apt\.?|rm\.?|unit|house|no\.?|floor|block|blk|building|bldg|tower|lane|alley|section|group|door) ?#?[A-Z]?\d{1,5}[A-Z]?"
_NAMED = r"(?:\d{1,5}[A-Z]?,? )?(?:[A-Z][a-z]+ ){1,3}(?i:road|rd|street|st|avenue|ave|lane|garden|gardens|court|mansion|village|estate|town|county|district|community)\.?(?![a-z])"
_PART = rf"(?:{_NUMBERED}|{_NAMED}|\d{{1,3}}/F|[A-Z][a-z]+(?: [A-Z][a-z]+)?)"
ENGLISH = rf"(?<![A-Za-z\d])(?:{_NUMBERED}|{_NAMED})(?:,? {{0,2}}{_PART}){{1,6}}"
_FINE = late(r"(?i:room|flat|apartment|apt|rm|unit|house|lane) ?\.?#?[A-Z]?\d")
_COARSE = late(r"\d")
_LABEL = late(
    r"(?i:home|resid\w*|lives?|living|addr(?:ess)?|deliver\w*|applicant|complainant|tenant|patient|householder|owner)"
)
_OFFICE = late(
    r"(?i:office|bureau|company|co\.|ltd|inc\b|hotel|hospital|university|college|school|hall|government|cent(?:er|re)\b|committee|bank|factory|venue|meeting|project)|公司|单位|办公|会议|酒店|医院|学校|项目"
)
_NEAR = 40


def is_english_home(text: str, start: int, end: int) -> bool:
    """Return whether an address in English leads to a home: to a flat, or to a house of somebody of whom the line speaks."""
    first = max(text.rfind("\n", 0, start) + 1, start - _NEAR)
    last = text.find("\n", end, end + _NEAR)
    line = text[first : last if last >= 0 else end + _NEAR]
    if _OFFICE.search(line):
        return False
    return bool(_FINE.search(text, start, end) or (_COARSE.search(text, start, end) and _LABEL.search(line)))
