"""Words that a program wrote and no author: prompts of empty fields, errors of references and formulas, stand-ins for files and for values."""

from __future__ import annotations

from collections.abc import Iterator

from rectify.core.finding import Finding
from rectify.core.patterns import compiled
from rectify.prose.passage import IDEOGRAPH, Passage

_WORDS = compiled(
    r"(?:单击|点击|轻触|轻点)(?:或(?:单击|点击|轻触|轻点))?此处(?:可|以)*(?:输入|键入|添加|插入|选择)[\u4e00-\u9fff]{0,6}[。.]?"
    rf"|(?<![{IDEOGRAPH}])选择一项[。.]?(?![{IDEOGRAPH}，、])"
    r"|错误[！!][ \u3000]?(?:未定义书签|未指定书签|未找到引用源|引用源未找到|超链接引用无效|文档中没有指定样式的文字|不能识别的开关参数|文件名未指定|未指定顺序|未指定序列|未定义样式|不是有效的链接)[。.]?"
    r"|Error! (?:Reference source not found|Bookmark not defined|No bookmark name given|Hyperlink reference not valid|No text of specified style in document)\.?"
    r"|(?:Click|Tap)(?: (?:or|and) (?:click|tap))? here to enter (?:text|a date)\.?|Click to enter text\.?|Choose an item\.?"
    r"|(?:(?:TOC|SEQ|REF|PAGEREF|PAGE|HYPERLINK|MERGEFIELD|NUMPAGES) [^\n\u4e00-\u9fff]{0,60}?)?\\\* ?MERGEFORMAT"
    r"|\[object Object\]|(?<![\d.])\d\.\d{2,14}E\+1\d(?!\d)"
    r"|#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NUM!|NULL!|SPILL!|CALC!)|(?<!#)#{7,}(?!#)"
    r"|version https://git-lfs\.github\.com/spec/v1"
)
_HINT = compiled(
    r"此处|选择一项|错误[！!]|#(?:[A-Z]|#{6})|git-lfs|Error!|MERGEFORMAT|object O| (?:here to |to enter |an item)|E\+1"
)

_NOTHING = r"undefined|NaN|null|None|nil|NULL"
_QUOTES = "“”‘’\"'`《》「」"
_LEFT = compiled(
    # A template, or a program, that had no value to put in; words that stood in for a text that was to come.
    rf"(?<![{_QUOTES}A-Za-z0-9_.$@-])(?<![A-Za-z0-9_][ ])(?:{_NOTHING}|TODO|FIXME|TBD)(?![{_QUOTES}A-Za-z0-9_.(@-])(?![ ][A-Za-z0-9_])"
    r"|\{\{[^{}\n]{1,40}\}\}|\{%[^%{}\n]{1,40}%\}|\$\{[^{}\n]{1,40}\}|<%=?[^%<>\n]{1,40}%>"
    r"|(?<![\w=<>!])=(?:[VHX]LOOKUP|INDEX|MATCH|SUM|SUMIFS?|COUNT[AB]?|COUNTIFS?|IF|IFERROR|IFS|TEXT|CONCAT|CONCATENATE|TODAY|NOW|ROUND|LEFT|RIGHT|MID|INDIRECT|OFFSET)\([^\n。]{0,60}"
    r"|[Ll]orem ipsum"
)
_LEFT_HINT = compiled(rf"{_NOTHING}|TODO|FIXME|TBD|\{{[{{%]|\$\{{|<%|=[A-Z]{{2,}}\(|orem ipsum")
_ONLY_NOTHING = compiled(rf"(?:^|(?<=[\t|｜：:]))[ ]?(?:{_NOTHING})[ ]?(?=$|[\t|｜；;。])")


def program_words(passage: Passage) -> Iterator[Finding]:
    """Return the words of a passage that a program wrote."""
    if _HINT.search(passage.text):
        for match in _WORDS.finditer(passage.text):
            yield passage.found("W027", match.start(), token=match[0])
    if _LEFT_HINT.search(passage.text):
        for match in _LEFT.finditer(passage.text):
            yield passage.found("W027", match.start(), token=match[0])


def without_program_words(text: str) -> str:
    """Return a text without the words that a program wrote.

    Of what only stands in for a value nothing is left where it is the whole of one; inside a sentence it stays, for a person to mend.
    """
    if _LEFT_HINT.search(text):
        text = _ONLY_NOTHING.sub("", text)
    return _WORDS.sub("", text) if _HINT.search(text) else text
