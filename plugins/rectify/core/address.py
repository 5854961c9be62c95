"""Addresses as browsers read them, which is not as RFC 3986 has it (WHATWG URL Standard, section 4.4)."""

from __future__ import annotations

import re

from rectify.core.entities import unescape

_DROPPED = re.compile(r"[\t\n\r]")
_ENDS = "".join(map(chr, range(0x21)))
_ELSEWHERE = re.compile(r"(?:https?|ftp|wss?|file):|//", re.I)


def leads_elsewhere(address: str) -> bool:
    """Return whether a browser asks another host, or this machine's disk, for an address as it stands in a page.

    `https:///host`, `https:host`, `/\\host` and `/&Tab;/host` are all addresses of another host.
    """
    plain = _DROPPED.sub("", unescape(address)).strip(_ENDS).replace("\\", "/")
    return bool(_ELSEWHERE.match(plain))
