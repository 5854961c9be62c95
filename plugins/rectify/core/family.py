"""The families of rules: what the letter before a rule's number says."""

from __future__ import annotations

from enum import Enum


class Family(Enum):
    """A closed table: letter, name in both languages, what the rules of the family look at."""

    STRUCTURE = "S", "结构", "structure", "文件能否读取，字段、附件和链接是否写对，日期先后是否合理"
    COUNTS = "C", "计数", "counts", "公布的数与登记的数是否一致，状态与正文是否一致"
    PRIVACY = "P", "隐私", "privacy", "号码、住址、人名等个人信息"
    MARKS = "M", "密级与来源", "secrecy and origin", "密级标志、内部标记、来源痕迹"
    WORDING = "W", "文字", "wording", "占位符、错字、标点和说法"
    ATTACHMENTS = "A", "附件", "attachments", "附件的属性、修订、隐藏内容和照片里的位置"
    CONTINUITY = "H", "前后衔接", "continuity", "与上一次公开相比，哪些不见了、退回了"
    BUILT_SITE = "B", "成品网站", "the built site", "构建出来的网站里的链接、文件和内部文字"
    IMPORT = "I", "导入", "import", "导入的文档、填回的台账和合并中读不出、对不上的内容"
    RELEASE = "R", "发布", "release", "已经公开的文件与清单是否相符"

    def __init__(self, letter: str, label: str, english: str, covers: str):
        self.letter, self.label, self.english, self.covers = letter, label, english, covers


_BY_LETTER = {family.letter: family for family in Family}


def family_of(rule: str) -> Family:
    """Return the family of a rule by its code; raises KeyError for a letter that no family has."""
    return _BY_LETTER[rule[0]]


CHECKED = tuple(family for family in Family if family not in (Family.IMPORT, Family.RELEASE))
"""What `rectify check` reports; the others are what import and the verification of a release say."""
