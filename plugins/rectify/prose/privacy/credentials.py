"""Passwords and access keys: by the form that a service gives its keys, or behind a word for them.

A password is made of any signs, so that it is looked for in the text as it is read and not where the parts of numbers are
joined. What a rule says of passwords, 密码长度不少于8位, has no value behind the word, or a figure with a unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rectify.core.patterns import compiled
from rectify.prose.late import late
from rectify.prose.privacy.columns import cells_below
from rectify.prose.privacy.recogniser import AMOUNT

_KEYS = late(
    r"(?<![0-9A-Za-z_\-])(?:(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}|LTAI[A-Za-z0-9]{12,26}|AKID[A-Za-z0-9]{13,40}|AKLT[A-Za-z0-9_\-]{16,60}|JDC_[A-Z0-9]{24,40}"
    r"|gh[oprsu]_[A-Za-z0-9]{20,255}|github_pat_\w{30,100}|gl(?:pat|ptt|dt|rt|cbt|ft|soat|agent|oas)-[\w\-]{20,100}"
    r"|(?:sk|pk)-(?=[A-Za-z_\-]{0,40}\d)[\w\-]{20,200}|[rs]k_(?:live|test)_[0-9A-Za-z]{16,100}|xox[abeoprs]-[\w\-]{10,250}|xapp-\d-[\w\-]{20,250}"
    r"|AIza[\w\-]{35}|SG\.[\w\-]{16,32}\.[\w\-]{16,64}|npm_[A-Za-z0-9]{36}|pypi-[\w\-]{50,250}|hf_[A-Za-z0-9]{30,40}|dop_v1_[0-9a-f]{64}"
    r"|eyJ[\w\-]{8,}\.eyJ[\w\-]{8,}(?:\.[\w\-]*)?)"
    r"|-----BEGIN (?:[A-Z0-9]{1,10} ){0,3}PRIVATE KEY(?: BLOCK)?-----|PuTTY-User-Key-File-\d"
    r"|(?<=[a-z\d]://)[^\s/:@\"'<>]{0,60}:(?P<value>[^\s/@\"'<>]{3,80})@(?=[\w\[])"
    r"|(?<=webhook/send\?key=)[0-9A-Za-z\-]{20,60}|(?<=bot/v2/hook/)[0-9A-Za-z\-]{20,60}|(?<=hooks\.slack\.com/services/)[\w/]{20,80}"
)
"""As gitleaks and the services themselves describe them, and what stands before the @ or in the path of an address."""
_SIGNS_OF_KEYS = compiled(
    "://|[A-Za-z](?:KI[AD]|SIA|BIA|CCA|TAI|KLT|DC_|h[oprsu]_|ithub_p|l[a-z]{2,5}-|[kK][\\-_]|ox[a-z]-|app-|Iza|G\\.|pm_|ypi-|f_|op_v|yJ|RIVATE KEY|uTTY-)"
)
_SET = "(?:统一|一律|全部|分别|原来|仍然|[均都仍被已现多再即就]|一直|直接|初始)*(?:设置|设定|设|修改|更改|变更|改|重置|默认|恢复|还原)?[为是成的]?"
_NOTE = r"(?:[（(][^（）()\n]{1,12}[）)])?[\"'*_` \t]{0,3}"
_TIE = r"(?:[：:=＝]{1,2}\s{0,3}|[】\]][：: ]{0,2}|—{1,2}|[ \t]{0,2}\|[ \t]{0,3}| is | )?"
_OPEN = r"[“\"‘'「『（(【\[`*_ \t]{0,3}"
_WORD = r"密[ \t]{0,4}码|口[ \t]{0,4}令|[授提解访取][权取压问码]码|PIN码?|(?i:pass(?:word|wd|code|phrase)|(?<![a-z])(?:pwd|psw|requirepass))"
_KEY = (
    r"密钥|私钥|令牌|(?i:(?:api|app|client|access|secret|private|auth|access_key)[ _\-]?(?:key|secret|token)(?:[ _\-]?(?:id|secret))?"
    r"|(?<![a-z])(?:secret|token|bearer))"
)
# 密码：, 密码为, 密码（, | 密码 |, "password": , and directly: 初始密码123456.
_VALUE = late(
    rf"(?P<word>{_WORD})(?P<key>)(?P<tie>{_NOTE}(?:[/／][A-Za-z]{{2,10}})?{_SET}{_TIE})"
    rf"(?P<open>{_OPEN})(?:[\w.]{{1,30}}[和、，](?=\w))?(?P<value>[!-~]{{4,64}})"
)
_KEY_VALUE = late(
    rf"(?P<word>(?P<key>{_KEY}))(?P<tie>{_NOTE}{_SET}{_TIE})"
    rf"(?P<open>{_OPEN})(?P<value>[\w\-+/=.]{{16,512}})"
)
_SAYS = ("码", "口", "密钥", "私钥", "令牌", "pass", "pwd", "psw", "secret", "token", "key", "bearer")
_COLUMN_SIGN = late("密码|口令|密钥|(?i:password|passwd|pwd|secret|token)")
_COLUMN = late(
    r"(?!.{0,12}(?:弱|[修更]改|重置|更换|次数|长度))[^|]{0,12}(?:密码|口令|密钥|(?i:password|passwd|pwd|secret|token))(?:[（(].{0,20}[）)])?"
)
_CELL = compiled(r"[^\s|]+")
_BEHIND = "\"'`*_)]},;:.?”’）】，。；、"
"""Signs of the sentence around a password that stand at its end; some end with ! or #."""
_NOT_SAID = late(
    r".{0,64}(?:\*\*|●)|[xX×•]{3}|\.{3}|[$%]?[{<]|your|example|changeme|(?:https?|www)[:.]|[\w.]{1,64}[(\[]|(?:\d{1,3}\.){2}\d|[\w.\-]{1,64}@[\w\-]{1,64}\.[a-z]"
    r"|[\d.,~+%/]{0,30}-?[\d.,~+%/]{0,30}$(?<!\d{4})|.{1,60}\.(?:docx?|xlsx?|pdf|wps|jpe?g|png|html?|zip|rar)\b|(?:19|20)\d\d[./\-]\d|(?i:G[BM][/_ ]?T|SM\d|SHA|MD5|AES|RSA|DES|WPA|HMAC|TLS|SSL)[\d/\-.]{0,20}$"
)
"""What is no password: masked, to be filled in, an address of a page or machine, a call, a figure, a file, a standard."""
_UNIT = late(
    rf"{AMOUNT.pattern}|[位天家类名人起处道把期级字字日时]|[”\"』」]?[^\W\d_A-Za-z]{{0,3}}(?:工作|模式|机制|体系|行动|工程|做法|经验|法)|[”\"]?等?弱"
)
_OF_A_RULE = late(
    r"(?:弱|简单|[修更]改|变更|重置|找回|忘记|解锁|破译|解码|发展|治理|幸福|财富|流量|基因|成功|振兴|健康)$"
)
"""Before 密码 where it is a matter of rules or a figure of speech."""
_OF_ONE_THING = late(
    r"(?:初始|默认|原始|出厂|通用|登[录陆]|开机|屏保|门禁|门锁|[柜箱锁卡]|会议|入会|支付|取款|邮箱|系统|平台|后台|网络?|(?i:wi-?fi)|管理员|账[号户]|用户)(?:的|[和与及/、])?$"
)
"""Before a password of four or five figures."""
_CHANNEL = frozenset(("10086", "10010", "10000", "12345", "12388", "12380", "12315", "12309"))
_SHORT, _LONG = 4, 6


def credentials(text: str) -> Iterator[tuple[int, int]]:
    """Yield where passwords and keys stand."""
    if _SIGNS_OF_KEYS.search(text):
        for match in _KEYS.finditer(text):
            group = "value" if match["value"] else 0
            if not (match["value"] and _NOT_SAID.match(match["value"])):
                yield match.span(group)
    lower = text.lower()
    if any(one in lower for one in _SAYS):
        for pattern in (_VALUE, _KEY_VALUE):
            for match in pattern.finditer(text):
                value = match["value"].rstrip(_BEHIND)
                if _is_one(match, value):
                    yield match.start("value"), match.start("value") + len(value)
        if _COLUMN_SIGN.search(text):
            yield from _in_columns(text)


def _in_columns(text: str) -> Iterator[tuple[int, int]]:
    cells = [(cell.start, cell.end) for cell in cells_below(text, _COLUMN_SIGN, _COLUMN)]
    for start, end in (*cells, *_in_spaced_columns(text)):
        value = text[start:end].strip("`*")
        if value.isascii() and _is_strong(value) and not _NOT_SAID.match(value):
            yield start, end


def _in_spaced_columns(text: str) -> Iterator[tuple[int, int]]:
    """Yield the cells of columns that blanks part, as those of a PDF are read."""
    column, columns, end = -1, 0, 0
    for line in text.splitlines(keepends=True):
        cells = list(_CELL.finditer(text, end, end + len(line)))
        end += len(line)
        head = [place for place, cell in enumerate(cells) if _COLUMN.fullmatch(cell[0])]
        if head and len(cells) > 1:
            column, columns = head[-1], len(cells)
        elif column >= 0 and len(cells) == columns:
            yield cells[column].span()
        else:
            column = -1


def _is_one(match: re.Match[str], value: str) -> bool:
    """Return whether what stands behind a word for a password is one."""
    text, tie, opened = match.string, match["tie"].strip(" \t*_`\"'"), match["open"].strip()
    if len(value) < _SHORT or not any(map(str.isalnum, value)) or _NOT_SAID.match(value):
        return False
    if _UNIT.match(text, match.start("value") + len(value)):
        return False
    if match["key"]:
        return any(map(str.isdigit, value)) and any(map(str.isalpha, value))
    if _OF_A_RULE.search(text, max(0, match.start() - 4), match.start()):
        return False
    if value.isdigit():
        if value in _CHANNEL:
            return False
        return (
            len(value) >= _LONG
            or match["word"][0] in "提解访授取"
            or bool(_OF_ONE_THING.search(text, max(0, match.start() - 6), match.start()))
        )
    if value.isalpha():
        # A word is one only where it is told to be: 密码：qingchuan
        return bool(tie) and not match["word"].isascii() and not opened
    if match["word"].isascii() and not tie and match["word"].lower() != "requirepass":
        return False
    return _is_strong(value) or bool(tie)


def _is_strong(value: str) -> bool:
    """Return whether a value is as mixed or as long as passwords are made."""
    kinds = [any(map(test, value)) for test in (str.isdigit, str.isalpha, lambda one: not one.isalnum())]
    return len(value) >= _SHORT and (sum(kinds) > 1 or (value.isdigit() and len(value) >= _LONG))
