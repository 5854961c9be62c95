"""What a document says of itself: unit, inspector, round, dates, numbers, signature."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from rectify.core.model import Period
from rectify.core.numerals import fold_digits
from rectify.core.vocabulary import DISCLOSURE_KEYS, SCOPES
from rectify.intake.outline import Paragraph, Table
from rectify.intake.recognition.days import days, deadline, parse_day, span
from rectify.intake.recognition.line import Line

_CN = "[一二三四五六七八九十\\d]{1,4}"
_BODY = r"(?:局|委|办|厅|处|署|院|校|所|站|馆|社|会|组|部|中心|学|集团|公司|政府|机关|镇|乡|街道|区|县|市|银行|法院|检察院|大队|支队|园)"
_SIGNS = re.compile(f"(?:{_BODY}(?:党组|党委|工委|委员会|办公室)?|党组|党委|工委|委员会|办公室|支部)$")
_BY_TITLE = re.compile(
    rf"^((?!关于|落实|针对).{{2,40}}?{_BODY}(?:党组|党委|党工委|党总支|党支部|委员会|工委|办公室)?)(?:关于|(?=巡[察视]整改|落实|反馈|整改))"
)
_INSPECTOR = re.compile(
    rf"((?:中共)?[^，。；、：\s“”]{{0,12}}?(?:省|市|区|县|州|旗|党|校|集团)[委组]?(?:党委)?(?:委员会)?(?:第{_CN})?(?:联合|专项|提级|交叉)?(?:巡[察视])(?:工作)?(?:第?{_CN})?组)"
    rf"|((?:中央|[^，。；、：\s“”于日由]{{0,8}}?(?:省|市|区|县|州))(?:第{_CN})?(?:生态环境(?:保护)?|环境?保?护?|安全生产)督[察查]组)"
    rf"|([^，。；、：\s“”于日由对]{{0,10}}?(?:审计(?:局|厅|署|特派办|组)))"
    rf"|((?<![、和及与])第{_CN}(?:联合|专项|提级|交叉)?巡[察视]组)"
)
_ROUND = re.compile(
    rf"((?:[^，。；、：\s]{{0,6}}?(?:{_CN}届[^，。；、：\s]{{0,8}}?))?第{_CN}轮(?:常规|专项|机动|提级|交叉)?(?:巡[察视]|督[察查]|审计)?)"
)
_FEEDBACK = re.compile(r"反馈|通报了?(?:巡|督|审)")
_AS_OF = re.compile(r"截[至止]到?\s*(?:目前)?[（(]?")
_DOC_NO = re.compile(r"([\u4e00-\u9fff]{1,12}[〔\[【（(]\s*\d{4}\s*[〕\]】）)]\s*\d{1,5}\s*号)")
_BEFORE_NAME = re.compile(
    r"^.*(?:根据|按照|落实|接受|配合|经过|针对|对照|收到|作为|年|月|日|由|经|向|对|在|被|于|将|为|至|和|及|是)(?=[\u4e00-\u9fff]{2})"
)
"""What may run into a body's name from the left."""
_KINDS = ("巡视", "巡察", "督察", "督查", "审计", "专项检查", "专项整治")
_HEAD = {
    "索引号": "index_no",
    "信息索引号": "index_no",
    "文号": "doc_no",
    "发文字号": "doc_no",
    "文件编号": "doc_no",
    "发布机构": "issuer",
    "发文机关": "issuer",
    "发布单位": "issuer",
    "公开责任部门": "issuer",
    "信息来源": "issuer",
    "来源": "issuer",
    "ContentSource": "issuer",
    "成文日期": "doc_date",
    "生成日期": "doc_date",
    "发文日期": "doc_date",
    "发布日期": "published",
    "发布时间": "published",
    "公开日期": "published",
    "公开时间": "published",
    "日期": "published",
    "PubDate": "published",
    "公开范围": "scope",
    "公开方式": "scope",
    "公开属性": "scope",
}
_DISCLOSURE_LABELS = {
    word: key.name
    for key in DISCLOSURE_KEYS
    if key.name in ("unit", "inspector", "inspection", "round", "inspected", "feedback", "as_of")
    for word in (key.label, *key.aliases)
} | {
    "审计项目": "round",
    "反馈时间": "feedback",
    "进驻时间": "inspected",
    "督察组": "inspector",
    "巡察组": "inspector",
    "数据截至": "as_of",
    "整改情况截至日期": "as_of",
    "填报单位": "unit",
    "公开单位": "unit",
}
_LABELLED = re.compile(
    rf"(?:^|(?<=[。；，（\s　]))({'|'.join(sorted(_DISCLOSURE_LABELS, key=len, reverse=True))})(?:[（(](?:公章|盖章|签章)[）)])?[：:]\s*((?:(?!\s{{1,20}}[\u4e00-\u9fff]{{2,8}}[：:])[^。；（）()\n\u3000]|[（(][^（）()\n]*[）)])+)",
    re.M,
)
"""The value ends where a blank and another label begin: 填报单位：清川市水务局  截至日期：2025年10月31日."""
_MEASURE = re.compile("[一-鿿、/]{0,2}[个项条件元人次户处宗家起名亩吨份]")
"""单位：万元 above a table is what its figures count."""
_MONTH = re.compile(r"(\d{4}年\d{1,2}月)(?:份|(?=[）)]))")
_PARTY_GROUP = re.compile(
    "^(?:中共)?(.+[局院校园厅司处所站馆社学联会委办团心中])(?:党组|党委|党总支|党支部|(?:总支部|支部)(?:委员会)?)$"
)
_SHORT_DAY = re.compile(r"(\d{4})年|(?<!\d)(?<!\d年)(\d{1,2})月(\d{1,2})日")
"""A year, or a day without one."""
_DATES = {"doc_date", "published"}


def head_values(head: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Return the report's values that a page's head block states."""
    values: dict[str, Any] = {}
    for label, text in head:
        key = _HEAD.get(label.strip("：: "))
        text = text.strip()
        if not key or not text or text in ("-", "—", "无", "暂无") or key in values:
            continue
        if key in _DATES:
            if found := days(text):
                values[key] = found[0].day
        elif key == "scope":
            if term := SCOPES.find(text):
                values[key] = term.key
        else:
            values[key] = text
    return values


def opening_values(title: str, lines: Sequence[Line]) -> dict[str, Any]:
    """Return unit, inspector, kind, round, period and feedback date, from the title and the lines before the problems."""
    values = _labelled(lines)
    if match := _BY_TITLE.match(title):
        values.setdefault("unit", _PARTY_GROUP.sub(r"\1", match[1]))
    text = "\n".join(line.text for line in lines)
    if "inspector" not in values and (match := _INSPECTOR.search(text)):
        values["inspector"] = _BEFORE_NAME.sub("", next(group for group in match.groups() if group))
    kinds = [kind for kind in _KINDS if kind in values.get("inspector", "") + title] or [
        kind for kind in _KINDS if kind in text
    ]
    if kinds:
        values.setdefault("inspection", kinds[0])
    if "round" not in values and (match := _ROUND.search(text)):
        values["round"] = _BEFORE_NAME.sub("", match[1])
    before: date | None = None
    for sentence in re.split("[。；\n]", text):
        if (
            "inspected" not in values
            and re.search("巡[察视]|督[察查]|审计|进驻", sentence)
            and not re.search("公[示开告]期", sentence)
            and (period := span(sentence))
        ):
            values["inspected"] = Period(*period)
        if "feedback" not in values and (day := _feedback(sentence, before)):
            values["feedback"] = day
        before = max((one.day for one in days(sentence)), default=before)
        if period := span(sentence):
            before = period[1]
    return values


def _labelled(lines: Sequence[Line]) -> dict[str, Any]:
    """Return the values that are stated with their label: 审计机构：清川市审计局。反馈日期：2024年5月24日。"""
    values: dict[str, Any] = {}
    for line in lines:
        for match in _LABELLED.finditer(line.text):
            key = _DISCLOSURE_LABELS[match[1]]
            text = match[2].strip()
            if key in ("feedback", "as_of"):
                if found := days(text):
                    values.setdefault(key, found[0].day)
            elif key == "inspected":
                if period := span(text):
                    values.setdefault(key, Period(*period))
            elif text and not (key == "unit" and _MEASURE.fullmatch(text)):
                values.setdefault(key, text)
    return values


def month_named(title: str) -> date | None:
    """Return the last day of the month that a title names as the one it is about: 办理情况公开（2025年5月）."""
    return deadline(match[1]) if (match := _MONTH.search(fold_digits(title))) else None


def label_lines(lines: Sequence[Line]) -> set[Line]:
    """Return the lines that hold nothing but labelled values; the front matter says what they say."""
    return {
        line
        for line in lines
        if _LABELLED.search(line.text) and not re.sub(r"[\s；;。，（）()]", "", _LABELLED.sub("", line.text))
    }


def closing_note(paragraphs: Sequence[Paragraph]) -> tuple[dict[str, Any], set[Paragraph]]:
    """Return what a note in brackets below the date states (附注; GB/T 9704-2012, 7.3.6), and its paragraph."""
    for paragraph in paragraphs[-3:]:
        text = paragraph.text.strip()
        if text.startswith(("（", "(")) and text.endswith(("）", ")")):
            parts = [part.replace(":", "：", 1).partition("：") for part in re.split("[；;]", text[1:-1])]
            head = head_values([(label.strip(), value.strip()) for label, _, value in parts])
            values = merge(head, _labelled([Line(text, paragraph.line)]))
            if len(values) >= 2:
                return values, {paragraph}
    return {}, set()


def table_head(table: Table) -> list[tuple[str, str]]:
    """Return the pairs of a table that is a head block, labels beside their values; empty for any other table."""
    pairs = []
    for row in table.rows:
        texts = [cell.text.strip() for cell in row.cells if not cell.merged]
        for label, value in zip(texts[::2], texts[1::2]):
            if re.sub(r"[\s\u3000：:]", "", label) in _HEAD:
                pairs.append((re.sub(r"[\s\u3000：:]", "", label), value))
    return pairs if len(pairs) >= 2 else []


def as_of(lines: Sequence[Line]) -> date | None:
    """Return the last date that overview, title or closing state as 截至…; other 截至 are about one matter only."""
    found = []
    for line in lines:
        text = fold_digits(line.text)
        for match in _AS_OF.finditer(text):
            ahead = [one for one in days(text[match.end() : match.end() + 16]) if one.start <= 1]
            found += [one.day for one in ahead]
    return max(found, default=None)


def signature(paragraphs: Sequence[Paragraph]) -> tuple[dict[str, Any], set[Paragraph]]:
    """Return issuer and document date of the closing lines, and these lines."""
    values: dict[str, Any] = {}
    lines: set[Paragraph] = set()
    below = 0
    for paragraph in reversed(paragraphs[-8:]):
        text = paragraph.text.strip()
        found = days(text)
        if len(text) > 45 or text.endswith(("：", ":")):
            break
        whole = re.sub(r"[\s（(）)]|印发|公开|发布", "", fold_digits(text))
        if found and "doc_date" not in values and len(whole) <= found[0].end - found[0].start + 2:
            values["doc_date"] = found[0].day
            lines.add(paragraph)
        elif found and "doc_date" not in values and not text[found[0].end :].strip() and _signs(text[: found[0].start]):
            # 清川市水务局 2025年6月10日
            values |= {"doc_date": found[0].day, "issuer": text[: found[0].start].strip()}
            lines.add(paragraph)
            break
        elif "doc_date" in values and _signs(text):
            values["issuer"] = text + (values.get("issuer", "") if below - paragraph.line <= 1 else "")
            below = paragraph.line
            lines.add(paragraph)
        elif "doc_date" in values:
            break
        elif not re.search("^附件|^联系|^（此件|^\\(此件|电话|邮|地址|^附", text):
            break
    return values, lines


def _signs(text: str) -> bool:
    return not re.search("[。；，：:]", text) and bool(_SIGNS.search(text.strip()))


def document_number(paragraphs: Sequence[Paragraph]) -> str:
    """Return the document number printed above the text, 清直工发〔2023〕31号, or nothing."""
    for paragraph in paragraphs[:6]:
        text = paragraph.text.strip()
        if len(text) < 40 and (match := _DOC_NO.search(text)):
            return re.sub(r"\s", "", match[1])
    return ""


def merge(*parts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of all parts; the first part that states a key wins."""
    values: dict[str, Any] = {}
    for part in parts:
        for key, value in part.items():
            values.setdefault(key, value)
    return values


def _feedback(sentence: str, before: date | None = None) -> date | None:
    """Return the date in a sentence at which feedback was given.

    A day without a year takes that of the date before it, in the sentence or in those above; 次年 and a day that would lie
    earlier are of the next.
    """
    folded = fold_digits(sentence)
    said = [match.start() for match in _FEEDBACK.finditer(folded)]
    if not said:
        return None
    known = [(one.start, one.end, one.day) for one in days(folded)]
    year = before.year if before else 0
    last = before
    for match in _SHORT_DAY.finditer(folded):
        if match[1]:
            year, last = int(match[1]), None
        elif year and (day := parse_day(year, int(match[2]), int(match[3]))):
            later = folded[max(match.start() - 2, 0) : match.start()] in ("次年", "翌年") or (last and day < last)
            day = (parse_day(day.year + 1, day.month, day.day) or day) if later else day
            known.append((match.start(), match.end(), day))
    # The days between which an inspection lasted are not that of its feedback.
    known = sorted(
        one for one in known if not set(folded[max(one[0] - 1, 0)] + folded[one[1] : one[1] + 1]) & set("至到—－-~～")
    )
    passed = 0
    for position in said:
        while passed < len(known) and known[passed][1] <= position:
            passed += 1
        if passed and position - known[passed - 1][1] <= 30:
            return known[passed - 1][2]
    return None
