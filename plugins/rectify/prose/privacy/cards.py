"""Numbers of a person's licences, certificates and cards, and in registers of schools, hospitals and works.

Hardly any of them has a sum, so that the label decides.
"""

from __future__ import annotations

import re

from rectify.prose.passage import IDEOGRAPH
from rectify.prose.privacy.reading import SEPARATOR
from rectify.prose.privacy.recogniser import AMOUNT, BEGINS, ENDS, Recogniser, Sighting, Words, masked

_NOUN = rf"[{IDEOGRAPH}（）“”]{{0,8}}?(?:[证證卡册簿本]|号码?|码|明|账号|账户)"
_CARDS = Words(
    rf"(?:驾驶|驾照|准驾|残疾|军残|社会?保|医保|医疗保|就医|参保|养老保|养老金|职工养老|失业|工伤|公积金|学籍|低保|特困|五保|贫困|建档立卡|脱贫户|监测户|农户|户主|户口|户籍|承包|宅基地"
    rf"|优抚|优待|抚恤|光荣|退役|复员|退伍|退休|离休|老年|敬老|暂住|居住|就业|出生|医学|死亡|结婚|离婚|婚姻|准生|生育|独生|收养|教师|医师|药师|护士|律师|会计|导游|记者|社工|建造师|从业|执业"
    rf"|职业|技能|资格|特种作业|驾驶员|健康|接种|疫苗|献血|毕业|学位|保单|个人税|电子凭证){_NOUN}"
)
_REGISTERS = Words(
    rf"(?:考生|准考|报名|中考|高考|录取|住院|病案|病历|门诊|急诊|就诊|诊疗|挂号|影像号|样本|学生|校园|图书|借阅|会员|党员|职工|员工|干部|人员|信访人|供[电水热气]|[电水热气]费?户|燃气){_NOUN}"
    r"|准考证|病案|病历|学号|工号|户号"
)
_OF_A_BODY = re.compile(
    r"单位|公司|企业|机构|学校|办学|培训|场所|许可|法人|项目|食堂|备案|登记证|中心|管理部|窗口|批|文号|指标|岗位|考点|用户|鉴定"
)
# Digits with something between them, or letters and digits close together.
_VALUE = (
    rf"[A-Za-z]{{0,4}}{SEPARATOR}\d(?:{SEPARATOR}\d){{5,21}}(?:{SEPARATOR}[A-Za-z](?![0-9A-Za-z]))?"
    r"|(?=(?:[A-Z]*\d){6})[A-Z\d]{7,24}"
)


def _is_of(words: Words):
    def valid(sighting: Sighting) -> bool:
        if AMOUNT.match(sighting.after) or _DATE.fullmatch(sighting.said) or not sighting.follows(words):
            return False
        return not _OF_A_BODY.search(sighting.label(words))

    return valid


_DATE = re.compile(r"(?:19|20)\d\d[\-./ ]?\d{1,2}[\-./ ]?\d{1,2}")


def _masked(sighting: Sighting) -> str:
    return masked(sighting.number, 2, 2)


_FORM = re.compile(rf"{BEGINS}(?=(?P<number>{_VALUE}){ENDS})")
RECOGNISERS = (
    Recogniser(
        rule="P021",
        form=re.compile(
            rf"(?P<number>(?:(?![证件号卡])[{IDEOGRAPH}]){{1,3}}(?:字|退)第?{SEPARATOR}\d{{5,10}}号?){ENDS}"
        ),
        valid=_is_of(_CARDS),
        words=_CARDS,
        masked=lambda sighting: re.sub(r"\d+", lambda match: masked(match[0], 1, 2), sighting.said),
        source="个人信息保护法第二十八条",
    ),
    Recogniser(
        rule="P021",
        form=_FORM,
        valid=_is_of(_CARDS),
        words=_CARDS,
        masked=_masked,
        source="个人信息保护法第二十八条",
    ),
    Recogniser(
        rule="P022",
        form=_FORM,
        valid=_is_of(_REGISTERS),
        words=_REGISTERS,
        masked=_masked,
        source="个人信息保护法第四条",
    ),
)
