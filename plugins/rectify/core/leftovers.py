"""Files that programs leave beside a text: copies before a change, locks, mails, lists of pictures."""

from __future__ import annotations

import re

_LEFTOVER = re.compile(
    r"~\$.*|~.*\.tmp|\.~lock\..*|\._.*|\.DS_Store|(?i:Thumbs\.db|desktop\.ini)|#.*#|.*~"
    r"|.*\.(?i:eml|msg|db|tmp|temp|bak|backup|old|orig|rej|wbk|xlk|asd|sw[op]|lnk|pst|part|crdownload)(?:\.\d+)?"
)


def is_leftover(name: str) -> bool:
    """Return whether a file of this name was left by a program."""
    return bool(_LEFTOVER.fullmatch(name))
