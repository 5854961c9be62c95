"""Bytes of a text -> its characters: a mark, strict decoding, and how everyday the characters are that come out.

General detectors go by the structure of bytes and take short Chinese texts for Korean, Thai or symbols; what an office
writes is told by its characters.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from functools import cache
from typing import NamedTuple

_CODECS = {
    "utf-8": "UTF-8",
    "gb18030": "GBK/GB18030",
    "cp950": "Big5",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
}
"""Codecs of Python -> what people call them."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8 BOM"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_COMMON = frozenset(
    "的改不整一题成公问完进期文开个日有态会已工党报人位内状单件作号部组在告年时和是对容巡用推情关记理中项况县务实持展管建市任"
    "办行法查委续全分检网察到出写月机面核政名新定于局发三上清度条里责后为字方保要二员数录次设审没标通反者以重学入区制结处计主"
    "下导第了规回头据信现或明家事限收正生批长错动式误前提由序能站同格经例加地意落水科目业原还段性类程合复大化织过来级本按接资"
    "见馈室自体点示别子万存依习编未施销补议表份领立账干系间督强息力户统元交量安调两护监心可与台构支案修场费认验密门民范这至每"
    "治逐只联去布指各属班把退金等说评电严并风当职牵高书运服多府删教列警及话求平社其村如取十专共够再看更料照基层备路页国总代留"
    "之财缺打确州果准证排口惯四城从签选底算手坚片季附置免截比环划措则效需应请放深先川好识研产集访山决使约房码价纪活解带小形换"
    "步称少岗直将空除论印向考得所起谈线常登源车填档夹粮防轮稿超执住流因都天五订余库转阶图群引育外样款镇节道训待乡材思被变河农"
    "境相供达隐廉购足老质围养队近抓众种食精增培储豁址差读器移抽率无链符权止采想造值品该六撤商另南彻参善特义做利涉邮神注负色维"
    "视传象贴半压就究控首边投受致配测西张身真气停也必贯具积固周险知阅副试白断盖均否物云送障根企难仍双租仓林署校细院然着装延角"
    "版七诉漏包么八型际最失盘缓秘阳额申课举汇针预纳走什减映随箱缴输青担策革消央距履显他牌此司私卡海何启江述历予付给升病索承协"
    "紧招域尚馆召模慢师几史弹东藏石充缩默省齐听径笔志旧函营满居追店载创油届异马儿今但促始窗助令它须宁己腐健即命优板连北园答遮"
    "征毕污溪醒切而伍往谁语松急套才低哪英姓楼吨广土脚册沙极弱困律卷华宣派却末花斯我战跟离九短影占草束雨苇违热争覆药讨初尾易拉"
    "辆救损轻欠军络逾星龄士街田牢挥些苏独医恢井津岛声降绝言架庭港尔聚乏益倒章久观终技米览像池封团票讲凭较败聘扣沟含扫界括官迁"
    "皮词迟滞归股亚析厅快略焦功族疑许帮术闲残"
)
"""Nine in ten of the characters of official texts, simplified."""
_COMMON_TRADITIONAL = frozenset(
    "題問進開個態會黨報內狀單號組時對關記項況縣務實辦續檢網寫機於發條裏責後爲員數錄設審沒標學區結處計導規頭據現長錯動誤經業還"
    "類復織過來級資見饋體點別萬習編銷補議領賬幹間強戶統調兩護監與臺構場費認驗門範這聯屬說評電嚴並風當職牽書運刪話專夠層備頁國"
    "總財確準證慣從籤選堅環劃則應請識產訪決約碼價紀帶換稱崗將論談線車檔夾糧輪執訂餘庫轉階圖羣樣鎮節訓鄉變農達隱購質圍養隊衆種"
    "儲讀無鏈權採該徹參義郵負維視傳貼壓邊測張氣貫積險閱試斷蓋雲難雙倉細裝訴麼際盤緩祕陽額課舉匯針預納減隨繳輸擔顯啓歷給協緊館"
    "師幾彈東縮齊聽徑筆舊營滿載創屆異馬兒須寧優連園徵畢誰語樓噸廣腳冊極華卻戰離佔葦違熱爭藥討輛損輕軍絡齡揮蘇獨醫島聲絕爾觀終"
    "覽團講憑較敗溝掃遷詞遲滯歸亞廳許幫術閒殘"
)
"""The same characters where they are written otherwise."""
_SIGNS = frozenset("，。、；：？！“”‘’（）《》〈〉【】〔〕—…　％·①②③④⑤⑥⑦⑧⑨⑩")
_LEAST = 0.5
"""Score that a reading needs."""
_FEW_BYTES, _SURE = 40, 0.8
"""Letters, no more, that may be half as many characters, and the score that these have then."""
_MARGIN, _MORE = 0.15, 1.5
"""By how much it must be the best: in its score, and in everyday characters."""
_RUN, _ODD = 3, 5
"""So many characters of which all but one are rare and none is common are no Chinese: halves were joined."""
_LEVEL_2 = b"\xc9\x40"
"""Where the less usual characters of Big5 begin."""
_MOST_ODD = 3
_SELDOM = frozenset("〝〞︰﹐﹑﹒﹔﹕﹖﹗︱︳︴﹏﹙﹚﹛﹜﹝﹞﹡﹢﹣﹤﹥﹦﹩﹪﹫")
_SAMPLE = 50_000
_BROKEN, _BROKEN_SHARE = 3, 0.01
"""Unreadable characters that a text may have, whichever is more."""
_WIDE = re.compile("[\u0800-\ud7ff\uf900-\U0010ffff]")
_NO_TEXT = re.compile("[\u0100-\u036f\u0400-\u1fff\u3100-\u3247\ua000-\uf8ff\ufe30-\ufe6f\uff61-\uffdf]|[\x80-\x9f]")
_CLASS = "(?![级級类類型座区區栋棟版股组組点點轮輪线線柱证證照口])"
"""What a letter is before: A类, D级危房."""
_HALF = re.compile(f"[\u3400-\u9fff][@-~](?=[\u3000-\uffff]){_CLASS}")
"""One letter between characters: the second byte of one whose first was lost is such a letter."""
_LONE = re.compile("[\u3400-\u9fff][@^`a-wyz{}](?=[\u3400-\u9fff])")
"""The same where it can be nothing else: nobody writes a small letter, x apart, between two characters."""
_CJK = "[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]"
_LONE_LETTER = re.compile(
    f"(?:(?<={_CJK})|^)(?<![件表案])(?![A-Za-z](?:、|．|）))[@-~](?={_CJK}){_CLASS}|(?<={_CJK})(?<![件表案座區類級])[@-~]$",
    re.M,
)
"""The same in Big5, whatever letter and whatever stands beside it: no item of a list, A、, and no name, 附件A."""
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_PLAIN = re.compile("[\t\n\r -~]+")
_DECLARED = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "cp950", "big5-hkscs": "cp950"}


class Decoded(NamedTuple):
    text: str
    encoding: str
    """For people: `UTF-8`, `GBK/GB18030`, `Big5`, `UTF-16`."""
    broken: int = 0
    """Characters that could not be read, each U+FFFD in the text."""
    strange: int = 0
    """Line, from 1, that reads unlike Chinese though its bytes are valid; 0 where none does."""


class Undecodable(NamedTuple):
    """Bytes that cannot be read without guessing."""

    encoding: str
    """What they probably are, empty where nothing fits."""
    offset: int
    """Counted from 1: the byte at which that encoding ends."""
    line: int


def decode(data: bytes, declared: str = "") -> Decoded | Undecodable:
    """Return the text of bytes; `declared` is the encoding that a page says it has."""
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return _tolerant(data[len(mark) :], codec, name, len(mark))
    text = _strict(data, "utf-8")
    # No common character of another encoding begins like one of three bytes in UTF-8.
    plain = data.isascii() and bool(_PLAIN.fullmatch(data.decode("ascii")))
    if text is not None and (_WIDE.search(text) or (plain and not _may_be_wide(data))):
        return Decoded(text, "UTF-8")
    codec = _DECLARED.get(declared.lower(), "")
    text = _strict(data, codec) if codec else None
    if text is None:
        codec = _best({codec: text for codec in _CODECS if (text := _strict(data, codec)) is not None})
        text = _strict(data, codec) if codec else None
    if text is not None:
        strange = 0 if codec == "utf-8" else _strange_line(text) or _odd_line(text, codec)
        if strange and _PRIVATE.search(text):
            # Half of it is in another encoding: no text of an office has such characters beside rare ones.
            return Undecodable("", *_place(data, "utf-8"))
        return Decoded(text, _CODECS[codec], strange=strange)
    codec = _best({codec: data.decode(codec, "replace") for codec in _CODECS})
    return _tolerant(data, codec, _CODECS[codec]) if codec else Undecodable("", *_place(data, "utf-8"))


def _may_be_wide(data: bytes) -> bool:
    """Whether a few letters without a blank are everyday Chinese as well, two bytes a character: -Nf[ZQ is 中学党."""
    if len(data) > _FEW_BYTES or len(data) % 2 or data.split() != [data]:
        return False
    return any(_score(data.decode(codec, "replace"), True)[0] > _SURE for codec in ("utf-16-le", "utf-16-be"))


def gb18030_text(data: bytes) -> str | None:
    """Return the text of bytes in GBK or GB 18030, or None where they are not everyday Chinese in it."""
    decoded = decode(data)
    if isinstance(decoded, Decoded) and decoded.encoding == _CODECS["gb18030"] and not decoded.broken:
        return decoded.text
    return None


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _best(texts: dict[str, str]) -> str:
    """Return the codec whose text is Chinese by far the most, empty where none is or two are alike."""
    scores = sorted(((*_score(text, codec.startswith("utf-16")), codec) for codec, text in texts.items()), reverse=True)
    if not scores or scores[0][0] < _LEAST:
        return ""
    (best, total, codec), *others = scores
    sure = all(best - score >= _MARGIN and total - max(most, 0) >= _MORE for score, most, _ in others)
    return codec if sure else ""


def _score(text: str, with_plain: bool) -> tuple[float, float]:
    """Return how everyday the characters of a text are, 1 at most on average, and all together.

    ASCII counts only where it could be something else.
    """
    text = text[:_SAMPLE]
    if not with_plain:
        text = _PLAIN.sub("", text)
    total = sum(_weight(character) * number for character, number in Counter(text).items())
    return total / (len(text) or 1), total


def _weight(character: str) -> float:
    if character in _COMMON or character in _COMMON_TRADITIONAL or character in _SIGNS:
        return 1
    if "\uff01" <= character <= "\uff5e" or character == "\u3000":
        return 0.8
    if "\u4e00" <= character <= "\u9fff":
        return 0
    if " " <= character <= "~" or character in "\t\n\r":
        return 0.7
    return -0.3 if "\u2000" <= character <= "\u2fff" or character in "\xa0\xb7" else -2


def _strange_line(text: str) -> int:
    """Return the first line with a run of characters that is no Chinese, or with half of one, 0 without one."""
    rare = _rare()
    for number, line in enumerate(text.split("\n"), 1):
        if rare.search(line):
            oddity = [2 * bool(rare.match(one)) or _weight(one) == 0 for one in _PLAIN.sub("", line)]
            joined = any(sum(oddity[at : at + _RUN]) >= _ODD for at in range(len(oddity) - _RUN + 1))
            if joined or _NO_TEXT.search(line):
                return number
        if _LONE.search(line) or any(_weight(match[0][0]) <= 0 for match in _HALF.finditer(line)):
            return number
    return 0


def _odd_line(text: str, codec: str) -> int:
    """Return the first line with a character that the rest of the text, in one script, has no like of; 0 without one.

    A changed byte makes one character of another, and of most that is one that nobody uses. One that comes again is a name's.
    """
    found = Counter(text)
    odd = {char for char, times in found.items() if times == 1 and _is_odd(char, codec)}
    if codec != "cp950" and not _COMMON_TRADITIONAL.isdisjoint(found):
        return 0
    places = [*map(text.index, odd)] if len(odd) <= _MOST_ODD else []
    if codec == "cp950":
        places += [match.start() for match in _LONE_LETTER.finditer(text)][:_MOST_ODD]
    if not places:
        return 0
    at = min(places)
    return text.count("\n", 0, at) + 1


def _is_odd(char: str, codec: str) -> bool:
    """Whether a character is none of those that the standard of its script has for daily use."""
    if not "\u3400" <= char <= "\u9fff":
        return char > "\u0100" and bool(_NO_TEXT.match(char) or char in _SELDOM)
    if codec == "cp950":
        return char.encode(codec, "replace") >= _LEVEL_2
    return char.encode("gb2312", "replace") == b"?"


def _tolerant(data: bytes, codec: str, name: str, mark: int = 0) -> Decoded | Undecodable:
    """Return what can be read of a text in which bytes may be broken."""
    text = data.decode(codec, "replace")
    broken = text.count("\ufffd")
    few = broken <= max(_BROKEN, len(text) * _BROKEN_SHARE)
    # In UTF-8 the next character begins anew; elsewhere a lost byte shifts all that follow it on the line.
    lines = [] if codec == "utf-8" else [line.replace("\ufffd", "") for line in text.split("\n") if "\ufffd" in line]
    if few and not any(map(_strange_line, lines)):
        strange = _strange_line(text) or _odd_line(text, codec) if codec.startswith("utf-16") and not broken else 0
        return Decoded(text, name, broken, strange)
    offset, line = _place(data, codec)
    return Undecodable(name, offset + mark, line)


@cache
def _rare() -> re.Pattern[str]:
    """Return the pattern of characters that texts are not written with, names apart.

    Usual are the first levels of both standards. Made when it is needed first: every command would wait for it.
    """
    usual = "".join(
        bytes((row, cell)).decode(codec, "ignore")
        for codec, rows in (("gb2312", range(0xB0, 0xD8)), ("big5", range(0xA4, 0xC7)))
        for row in rows
        for cell in range(0x40, 0xFF)
    )
    kept = re.escape(usual + "".join(sorted(_COMMON_TRADITIONAL)))
    return re.compile(f"[\u3400-\uff00](?<![\u3000-\u303f{kept}])|{_NO_TEXT.pattern}")


def _place(data: bytes, codec: str) -> tuple[int, int]:
    try:
        data.decode(codec)
    except UnicodeDecodeError as error:
        return error.start + 1, data.count(b"\n", 0, error.start) + 1
    return 0, 0
