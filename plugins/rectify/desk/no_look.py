"""Why the page of the readers cannot be shown, beside what is wrong with the form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rectify.core.language import _
from rectify.desk.drafts import Remark
from rectify.host.no_look import NoLook, Unready


def why_no_look(no: NoLook) -> str:
    """Return why in a sentence."""
    if isinstance(no, Unready):
        return _("有检查提示，改正以后才看得到读者的页面；别处的见“提交”")
    return _("现在还看不到：{reason}", reason=str(no).partition("\n")[0])


def with_no_look(remarks: Mapping[str, Sequence[Remark]], no: NoLook) -> dict[str, tuple[Remark, ...]]:
    """Return these remarks and, where none of them is what keeps the page from being shown, one that says why."""
    told = {field: tuple(some) for field, some in remarks.items()}
    if isinstance(no, Unready) and any(one.severity == "error" for some in told.values() for one in some):
        return told
    return {**told, "": (*told.get("", ()), Remark("warning", why_no_look(no)))}
