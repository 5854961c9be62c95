"""Sums of numbers in place of the numbers: whoever tries all mobile or identity numbers finds the one that has the sum.

A sum is of a person's number if the line speaks of one; those of files and programs are no secret (GB/T 37964-2019, 附录 A.4).
"""

from __future__ import annotations

from collections.abc import Iterator

from rectify.core.patterns import compiled
from rectify.prose.late import late
from rectify.prose.privacy.columns import line_at

_SUM = compiled(
    r"[0-9a-fA-F](?=[0-9a-fA-F]{15})(?<![0-9A-Za-z].)(?=[0-9]{0,20}[A-Fa-f])(?=[A-Fa-f]{0,20}[0-9])[0-9a-fA-F]{15}(?:[0-9a-fA-F]{16}|[0-9a-fA-F]{24}|[0-9a-fA-F]{40}|[0-9a-fA-F]{48})?(?![0-9A-Za-z])"
)
_OF_A_PERSON = late(
    r"身份证|医保|社保|参保|户号|证件号|手机|电话|号码|护照|卡号|姓名|车牌|社保号|学号|人员编号|个人信息|脱敏|(?i:sfz|sjh|zjh|(?<![a-z])xm(?![a-z])|phone|mobile|id_?card|id_?no|tel(?![a-z])|name_|(?<![a-z])id[_ -]?(?:md5|sha|hash))"
)
_OF_A_FILE = late(
    "文件|安装包|程序|补丁|固件|镜像|压缩包|下载|校验|软件|版本|完整性|(?i:commit|version|\\.(?:zip|exe|iso|pdf|docx?|apk))"
)


def sums(text: str) -> Iterator[tuple[int, int]]:
    """Yield the sums of persons' numbers."""
    for match in _SUM.finditer(text):
        start, end = line_at(text, match.start())
        if _OF_A_PERSON.search(text, start, end) and not _OF_A_FILE.search(text, start, end):
            yield match.span()
