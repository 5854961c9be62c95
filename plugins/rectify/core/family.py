"""The families of rules: what the letter before a rule's number says."""

from __future__ import annotations

from enum import Enum

from rectify.core.language import N_, Message


class Family(Enum):
    """A closed table: letter, name, what the rules of the family look at."""

    STRUCTURE = "S", N_("结构"), N_("文件能否读取，字段、附件和链接是否写对，日期先后是否合理")
    COUNTS = "C", N_("计数"), N_("公布的数与登记的数是否一致，状态与正文是否一致")
    PRIVACY = "P", N_("隐私"), N_("号码、住址、人名等个人信息")
    MARKS = "M", N_("密级与来源"), N_("密级标志、内部标记、来源痕迹")
    WORDING = "W", N_("文字"), N_("占位符、错字、标点和说法")
    ATTACHMENTS = "A", N_("附件"), N_("附件的属性、修订、隐藏内容和照片里的位置")
    APPROVAL = "V", N_("审批"), N_("批准的是不是现在的文字")
    CONTINUITY = "H", N_("前后衔接"), N_("与上一次公开相比，哪些不见了、退回了")
    BUILT_SITE = "B", N_("成品网站"), N_("构建出来的网站里的链接、文件和内部文字")
    IMPORT = "I", N_("导入"), N_("导入的文档、填回的台账和合并中读不出、对不上的内容")
    RELEASE = "R", N_("发布"), N_("已经公开的文件与清单是否相符")

    def __init__(self, letter: str, label: Message, covers: Message):
        self.letter, self.label, self.covers = letter, label, covers


_BY_LETTER = {family.letter: family for family in Family}


def family_of(rule: str) -> Family:
    """Return the family of a rule by its code; raises KeyError for a letter that no family has."""
    return _BY_LETTER[rule[0]]


CHECKED = tuple(family for family in Family if family not in (Family.IMPORT, Family.RELEASE))
"""What `rectify check` reports; the others are what import and the verification of a release say."""
