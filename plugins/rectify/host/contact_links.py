"""Telephone numbers and mail addresses of a contact block as links: a telephone dials, a mail names the problem it is about."""

from __future__ import annotations

import re
from urllib.parse import quote

from markupsafe import Markup, escape

_NUMBER = re.compile(
    r"(?<![\d*.-])(?!(?:19|20)\d\d-(?:19|20)\d\d)(?:"
    r"(?:\+?86[- ]?)?(?:[(（]?0\d{2,3}[)）]?[-－— ]?)?[2-9]\d{2,3}[- ]?\d{4}(?:(?:[-－—]|转)(\d{1,5}))?"  # of a place
    r"|[48]00[- ]?\d{3}[- ]?\d{4}"
    r"|(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}"
    r"|1[02]\d{3}"  # a hotline
    r")(?![\d*.:：-]|\s*[*×＊])"
)
"""A number that can be dialled as it stands; one of which a part is left out is none."""
_MAIL = re.compile(r"(?<![\w.@+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}(?![\w@-])", re.ASCII)
_BETWEEN = re.compile(r"[^\d+]+")


def with_numbers(text: object) -> Markup:
    """Return a text in HTML whose telephone numbers dial."""
    return Markup(_NUMBER.sub(_dialled, str(escape(text))))


def with_mails(text: object, subject: str) -> Markup:
    """Return a text in HTML whose mail addresses begin a mail on this subject."""
    # What stands for a reference that is filled in later stays as it is.
    about = quote(subject, safe="/\x1a")
    return Markup(_MAIL.sub(lambda found: _mail(found[0], about), str(escape(text))))


def _mail(address: str, about: str) -> str:
    # Where its line is too short it breaks before the sign in its middle.
    return f'<a href="mailto:{address}?subject={about}">{address.replace("@", "<wbr>@")}</a>'


def _dialled(found: re.Match[str]) -> str:
    inner = found[1] or ""
    # In a link too the parts stay apart, as RFC 3966 allows.
    number = _BETWEEN.sub("-", found[0][: found.start(1) - found.start()] if inner else found[0]).strip("-")
    return f'<a href="tel:{number}{f";ext={inner}" if inner else ""}">{found[0]}</a>'
