"""Numbers of a person's licences, certificates and cards, and in registers of schools, hospitals and works.

Hardly any of them has a sum, so that the label decides.
"""

from __future__ import annotations

import re

from rectify.prose.passage import IDEOGRAPH
from rectify.prose.privacy.reading import SEPARATOR
from rectify.prose.privacy.recogniser import AMOUNT, BEGINS, ENDS, Recogniser, Sighting, Words, masked

_CARDS = Words(
    r"(?:驾驶证?|驾照|准驾证|行驶证)(?:档案)?|残疾(?:人|军人)?证|社会?保障?(?:个人)?(?:编?号|卡|账户)|社保(?:个人|电脑)?|医(?:疗)?保(?:险|障)?(?:个人)?(?:账户|编号|卡|证|手册|号)|参保(?:人|个人)"
    r"|养老(?:保险|金)?(?:个人|手册|证|资格证)|(?:住房)?公积金(?:个人)?(?:账号|账户|卡)|学籍(?:辅|主)?号?|低保(?:证|户|对象|卡)?|特困(?:证|供养证)?|优抚(?:对象|证)?|抚恤(?:证|金证)|(?:光荣|优待|退休|离休|老年|敬老|老龄|失业|就业|求职|暂住|居住|复员|退伍|转业|烈属)证"
    r"|(?:出生|医学|死亡|火化)证明|出生证|(?:结婚|离婚|准生|生育|独生子女\S{0,3}|收养)(?:服务|登记|光荣)?证|生育登记"
    r"|(?:教师|医师|护士|药师|律师|会计|导游|记者|社工|建造师|工程师|从业|执业|职业|技能|资格)\S{0,6}?(?:资格|执业|注册|等级)?证书?"
    r"|户口(?:簿|本)?|户口簿户|(?:土地)?承包(?:经营)?权?证|宅基地证|健康(?:档案|证)|(?:预防)?接种(?:证|卡)|献血证|毕业证书?|学位证书?"
)
_REGISTERS = Words(
    r"准考证?|考生|考试报名|报名(?:序)?|(?:住院|病案|病历|门诊|门急诊|就诊|诊疗|挂号|床位|医保结算|影像|检查)(?:卡|ID)?号|就诊卡|诊疗卡|病案|病历|住院|工号|职工(?:编)?号|员工(?:编)?号|学号|会员(?:卡)?号"
    r"|供[电水热气]户|[电水热气]费?户|燃气户|户号|信访人编号|党员编号|干部编号|人员编号"
)
_OF_A_BODY = re.compile(r"单位|公司|企业|机构|学校(?=办学)|办学|场所|许可|法人|项目|食堂|经营许可")
_VALUE = rf"(?:[A-Za-z]{{0,4}}{SEPARATOR})?\d(?:{SEPARATOR}\d){{5,21}}(?:{SEPARATOR}?[A-Za-z](?![0-9A-Za-z]))?"


def _is_of(words: Words):
    def valid(sighting: Sighting) -> bool:
        if AMOUNT.match(sighting.after) or _OF_A_BODY.search(sighting.before[-10:]) or _DATE.fullmatch(sighting.said):
            return False
        return sighting.follows(words)

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
