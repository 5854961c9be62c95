"""E-mail addresses at providers that private persons use."""

from __future__ import annotations

import re

from rectify.prose.privacy.recogniser import Recogniser, Sighting, masked
from rectify.prose.privacy.telephones import CONTACT

_PROVIDERS = {
    "qq.com",
    "vip.qq.com",
    "foxmail.com",
    "163.com",
    "126.com",
    "yeah.net",
    "sina.com",
    "sina.cn",
    "sohu.com",
    "139.com",
    "189.cn",
    "21cn.com",
    "aliyun.com",
    "gmail.com",
    "hotmail.com",
    "outlook.com",
    "live.com",
    "live.cn",
    "icloud.com",
    "yahoo.com",
    "tom.com",
    "wo.cn",
}
# 举报人可发送至…: what people may do is the office's own channel.
_PERSONAL = re.compile(
    r"(?:私人|个人|本人|举报人|投诉人|信访人|反映人|申请人|当事人|学生|家长|患者|村民)(?!.*(?:[可请]|办公室))"
)


def _is_private(sighting: Sighting) -> bool:
    """Offices often publish such an address for opinions."""
    before = sighting.before
    return sighting.said.partition("@")[2].lower() in _PROVIDERS and bool(
        _PERSONAL.search(before) or not CONTACT.search(before)
    )


def _masked(sighting: Sighting) -> str:
    name, _, provider = sighting.said.partition("@")
    return f"{masked(name, 2, 0)}@{provider}"


RECOGNISERS = (
    Recogniser(
        rule="P008",
        form=re.compile(r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}@(?:[A-Za-z0-9-]{1,40}\.){1,4}[A-Za-z]{2,12}", re.ASCII),
        valid=_is_private,
        masked=_masked,
        source="RFC 5322",
        quick=re.compile("@"),
    ),
)
