"""Numbers of a person's licences, certificates and cards, and in registers of schools, hospitals and works.

Hardly any of them has a sum, so that the label decides.
"""

from __future__ import annotations

import re

from rectify.core.patterns import compiled
from rectify.prose.late import late
from rectify.prose.passage import IDEOGRAPH
from rectify.prose.privacy.reading import SEPARATOR
from rectify.prose.privacy.recogniser import BEGINS, ENDS, Recogniser, Sighting, Words, masked
from rectify.prose.privacy.things import is_of_another

_FILL = (
    r"(?:人员?|员|者|证书?|證|户主?|对象|个人|家庭|成员|电子|凭证|资格|执业|注册|操作|从业|职业|档案|登记|服务|手册|参保|缴费|保险|保障|养老|医疗|金融|账户|职工|居民|城乡|身份"
    r"|光荣|荣誉|优待|补助|领取|准驾|儿童|学生|学员|经营|权|军人|军官|子女|医学|病历|报名|考试|考生|序|供养|救助|补贴|辅|主|国网|[（(][^）)]{0,8}[）)])*"
)
"""What may stand between whom a number is of and what kind of number it is."""
_CARDS = Words(
    rf"(?:驾驶|驾照|准驾|残疾|军残|伤残|社会?保障?|医保|医疗保险|就医|养老|失业|工伤|公积金|学籍|低保|特困|五保|贫困户?|建档立卡户?|脱贫户|监测户|农户|户主|户口|户籍|参保"
    rf"|优抚|优待|抚恤|光荣|退役|复员|退伍|退休|离休|老年|敬老|农保|农合|合作医疗|供养|暂住|居住|就业|结婚|离婚|婚姻|准生|生育|独生|收养|健康|接种|疫苗|被保险|个人税){_FILL}(?:[证證卡簿本]|手?册|号码?|编[号码]|码|账号|账户)"
    rf"|(?:教师|医师|药师|护士|律师|会计|导游|记者|社工|建造师|从业|执业|职业|技能|资格|特种作业|承包|宅基地|毕业|学位|献血|出生|死亡){_FILL}(?:[证證]书?|证明|操作)"
    r"|执业(?:医师|药师|护士)|驾照|(?i:(?:disability|disabled|social|insurance|pension|driver|medicare|member)(?:card|licen[cs]e|id|no))"
)
_REGISTERS = Words(
    rf"(?:考生|准考|报名|中考|高考|录取|学生|校园|图书(?=证|卡)|借阅|会员|党员|职工|员工|干部|人员|信访人){_FILL}(?:[证證卡]|号码?|编[号码]|账号)"
    r"|(?:住院|病案|病历|门诊|急诊|就诊|诊疗|挂号|影像)(?:病历|登记|流水|就诊)?(?:卡|号)|准考证|考号|病案|病历|学号|工号|户号|供[电水热气]户|[电水热气]费户|燃气户|(?i:(?:patient|student|pupil|hospital|medical|exam|candidate|employee|staff|casehistory)(?:card|id|no))"
)
_OF_A_BODY = compiled(
    r"电站|政府|村委|委员会|集体|单位|公司|企业|机构|学校|办学|培训|场所|许可|法人|项目|食堂|备案|登记证|中心|管理部|窗口|批|文号|指标|岗位|考点|用户|鉴定|合同|工程|基金|专户|设施|中介"
)
_S = SEPARATOR.replace("|", "").replace("\\t", "")
# Digits with something between them, or letters and digits close together.
_VALUE = (
    rf"[A-Za-z]{{0,4}}{_S}\d(?:{_S}\d){{4,29}}(?:{_S}[A-Za-z](?![0-9A-Za-z]))?"
    r"|(?=(?:[A-Z]{0,24}\d){5})[A-Z\d]{6,24}"
)


def _is_of(words: Words):
    def valid(sighting: Sighting) -> bool:
        if sighting.is_masked or sighting.is_amount or _DATE.fullmatch(sighting.said) or not sighting.follows(words):
            return False
        return not (_OF_A_BODY.search(sighting.label(words)) or is_of_another(sighting.line))

    return valid


_DATE = compiled(r"(?:19|20)\d\d[\-./ ]?\d{1,2}[\-./ ]?\d{1,2}")


def _masked(sighting: Sighting) -> str:
    return masked(sighting.number, 2, 2)


_FORM = late(rf"{BEGINS}(?=(?P<number>{_VALUE}){ENDS})")
RECOGNISERS = (
    Recogniser(
        rule="P021",
        form=late(rf"(?P<number>(?:(?![证件号卡])[{IDEOGRAPH}]){{1,3}}(?:字|退)第?{SEPARATOR}\d{{5,10}}号?){ENDS}"),
        valid=_is_of(_CARDS),
        words=_CARDS,
        masked=lambda sighting: re.sub(r"\d+", lambda match: masked(match[0], 1, 2), sighting.said),
        source="个人信息保护法第二十八条",
        digits=5,
    ),
    Recogniser(
        rule="P021",
        form=_FORM,
        valid=_is_of(_CARDS),
        words=_CARDS,
        masked=_masked,
        source="个人信息保护法第二十八条",
        digits=1,
    ),
    Recogniser(
        rule="P022",
        form=_FORM,
        valid=_is_of(_REGISTERS),
        words=_REGISTERS,
        masked=_masked,
        source="个人信息保护法第四条",
        digits=1,
    ),
)
