"""Marks that a sentence points at on a paper that got out: 页脚“阅后即焚”四字, 印有“发至县团级”的通报被转载.

Where the mark stands on the paper and that the paper can be seen must be said beside it; who tells of rules for marks, or of
how papers with marks are kept, says no such thing. Two marks that only a blank parts are a copied head or foot: 内部文件 注意保存.
"""

from __future__ import annotations

from collections.abc import Iterator

from rectify.core.patterns import compiled
from rectify.prose.faces import face_of
from rectify.prose.handling import Mark, fills
from rectify.prose.late import late
from rectify.prose.mark_phrases import FORBIDDEN, INNER, MARKS, MEANT, RETURNED, SECRET
from rectify.prose.notices import notices

_QUOTED = late(r"[“\"‘「『](?P<mark>[^”\"’」』，。；]{2,20})[”\"’」』]")
_CALLED = late(r"(?P<mark>[一-鿿★☆*\d 　]{2,14}?)(?:[两二三四五六七八]个?字(?!样)|字样|的?[红蓝黑]?[戳章])")
_LEVEL = r"(?:县团|县处|乡科|正?副?[科处厅局师团营连]|地师|地厅|省[军部]|司局|村|乡镇|班子|常委|党组|党委)"
_FOR_RANKS = late(
    rf"(?:[印分下]?发|传达|传阅|[仅只]?限|扩大|知悉)(?:[至到于]|范围)?[一-鿿]{{0,4}}?{_LEVEL}级?(?:以上)?(?:干部|领导|党员|单位|组织|成员)*(?:阅[读知示]?|传阅|知悉)?"
    rf"|[供仅只限]?{_LEVEL}级?以上(?:党员|领导)*(?:干部|同志|人员)*(?:阅[读知]?|传阅|参阅|知悉)"
)
_ON_PAPER = late(
    "页[脚眉边码]|水印|[左右][上下]角|单?边角|封[面底皮]|落款|印发栏|版记|眉头|戳|印章|骑缝|[首末扉尾]页|背面|抬头|前缀|主题|备注|属性|元数据|[盖印标打注写带][有着了明]|字样|[两二三四五六七八]字|”的?(?:文件|通报|材料|资料|讲话|报告|通知|简报|纪要)|文首|文末|标题|密级栏|扫描件|截[图屏]|照片|原件|附件"
)
_GOT_OUT = late(
    "上网|挂[网在到出]|官网|网站|门户|转载|转发|上传|发布|发出|撤[稿下回销]|下[架线]|裁掉|没有?裁|未裁|遮|未清|清除|可见|看[到见出得]|读出|露出|显示|误|公开|删|流出|外传|泄|贴出|截|[仍还]在|未(?:处理|去除|抹|抠)|公众号|群"
)
_OF_RULES = late("制度|规范|培训|不规范|未按|登记|管理办法|自查|台账|抽查|归档|清退|保管|检查")
_ROW = late(rf"(?:{INNER}|(?<![、和与及]){SECRET})[ \u3000]{{1,4}}(?:{MARKS}|{FORBIDDEN}|{RETURNED}|{MEANT})")
_NUMBERED = compiled(r"(?:[第№]|No\.?)?\d{1,6}[号份]?$")
_GAPS = compiled("[一-鿿][ \u3000]{1,4}[一-鿿]")


def pointed_marks(line: str) -> Iterator[Mark]:
    """Return the marks of a line that it points at, and those that stand in a row."""
    if _GAPS.search(line):
        yield from (Mark("M007", *match.span()) for match in _ROW.finditer(line))
    found = [pattern for pattern in (_QUOTED, _CALLED) if pattern.search(line)]
    if not found or not (_ON_PAPER.search(line) and _GOT_OUT.search(line)) or _OF_RULES.search(line):
        return
    for pattern in found:
        for match in pattern.finditer(line):
            start, end = match.span("mark")
            if pattern is _CALLED:
                start = _shortest(line, start, end)
            if _is_mark(line[start:end]):
                yield Mark("M007", start, end)


def _is_mark(said: str) -> bool:
    face = _NUMBERED.sub("", face_of(said)[0])
    return bool(fills(face) or _FOR_RANKS.fullmatch(face)) or next(notices(said), None) is not None


def _shortest(line: str, start: int, end: int) -> int:
    """Return where the mark begins that ends there, the end where there is none."""
    return next((place for place in range(start, end - 1) if _is_mark(line[place:end])), end)
