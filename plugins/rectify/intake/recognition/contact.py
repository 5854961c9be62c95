"""How to object: the contact block at the end of a disclosure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rectify.core.model import Contact
from rectify.core.numerals import fold_digits
from rectify.intake.recognition.days import days
from rectify.intake.recognition.line import Line
from rectify.intake.recognition.words import CONTACT

_PHONE = re.compile(
    r"(?:[（(]?0\d{2,3}[）)]?[-—－– ]?)?\d{7,8}(?:[-—转]\d{1,6})?|1[3-9]\d{9}|\d{5}(?!\d)|400[-—]?\d{3}[-—]?\d{4}|0000-\d{7}"
)
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_POSTCODE = re.compile(r"\d{6}(?!\d)")
_END = re.compile(
    "[；;。\n]|[（(](?=[^，。；]{0,4}(?:邮编|邮政编码|电话))|(?:，|,|　| {2,})(?=[^，。；]{0,4}(?:电话|邮编|邮政编码|邮箱|地址|时间|日期|联系人)[：:])"
)


def read_contact(lines: Sequence[Line]) -> tuple[Contact | None, set[Line]]:
    """Return the contact that labelled lines state, and the lines that hold nothing else."""
    values: dict[str, str] = {}
    until = None
    whole: set[Line] = set()
    for line in lines:
        text = fold_digits(line.text)
        rest = text
        for field, label in CONTACT.items():
            match = label.search(text)
            if not match or field in values:
                continue
            tail = text[match.end() :]
            end = _END.search(tail)
            value = (tail[: end.start()] if end else tail).strip(" \u3000，,；;。")
            if field == "until":
                if found := days(value):
                    until = found[-1].day
                    rest = rest.replace(match[0] + value, "")
                continue
            if value := _clean(field, value):
                values[field] = value
                rest = rest.replace(text[match.start() : match.end() + (end.start() if end else len(tail))], "")
        if rest != text and not re.sub(r"[\s\u3000，,；;。、:：（）()]|\d{1,2}[.、]|[（(]?[一二三四]?[）)]", "", rest):
            whole.add(line)
    if not values:
        return None, set()
    return Contact(**values, until=until), whole


def _clean(field: str, value: str) -> str:
    pattern = {"phone": _PHONE, "email": _EMAIL, "postcode": _POSTCODE}.get(field)
    if pattern is None:
        return value
    found = pattern.findall(value)
    return "、".join(found)
