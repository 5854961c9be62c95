"""Pictures: pasted as data, without a description, on other hosts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rectify.checks.bodies.remark import Remark, Text

DATA = re.compile(r"data:(?:[a-z]+/[A-Za-z0-9.+-]+)?(?:;[a-z]+=[\w-]+)?;base64,")
_PICTURE = re.compile(r"(?<!\\)!\[([^\[\]\n]*)\](?:\(\s*<?([^\s<>)]*)|\[)")
_SAYS_NOTHING = re.compile(
    r"(?i)\s*|(?:image|img|picture|photo|alt(?: ?text)?|pasted image|screenshot|snipaste|mmexport|wps)[-_\d .]*"
    r"|(?:图片|照片|截图|截屏|屏幕截图|微信图片|微信截图|qq截图|qq图片|企业微信截图|输入图片说明|图片描述)[-_\d. ]*"
    r"|在这里插入图片描述|请添加图片描述|.*\.(?:png|jpe?g|gif|webp|bmp|tiff?|heic)|[-_\d. ]+"
)
"""What programs put where a description belongs."""


def pasted(text: Text) -> Iterator[Remark]:
    """Yield the pictures that stand in a text as data."""
    for number, line in text.lines if "base64," in text.whole else ():
        for match in DATA.finditer(line):
            kind = match[0].partition(";")[0].partition(":")[2]
            yield text.remark("S107", number, match.start(), found=kind or "base64", excerpt=match[0])


def pictures(text: Text) -> Iterator[Remark]:
    """Yield pictures that the page would not show, or not to everyone."""
    if "![" not in text.whole and "base64," not in text.whole:
        return
    yield from pasted(text)
    for number, line in text.lines:
        if "![" not in line:
            continue
        for match in _PICTURE.finditer(line):
            if _SAYS_NOTHING.fullmatch(match[1]):
                yield text.remark("S108", number, match.start(), excerpt=match[0][:60])
            if re.match("(?i)(?:https?:)?//", match[2] or ""):
                yield text.remark("S109", number, match.start(), found=match[2], excerpt=match[2][:60])
