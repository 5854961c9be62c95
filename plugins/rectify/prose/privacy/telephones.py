"""Mobile numbers, and the landlines of homes (电信网编号计划)."""

from __future__ import annotations

import re

from rectify.core.patterns import compiled
from rectify.prose.late import late
from rectify.prose.passage import IDEOGRAPH
from rectify.prose.privacy.home_lines import is_of_a_home
from rectify.prose.privacy.names import NAME_BEGINS
from rectify.prose.privacy.reading import SEPARATOR
from rectify.prose.privacy.recogniser import BEGINS, OTHER, Recogniser, Sighting, Words, keep, masked
from rectify.prose.privacy.things import IMPERSONAL, PUBLIC

_COUNTRY = rf"[(（]?(?:\+|00)?{SEPARATOR}86[)）]?{SEPARATOR}"
_CODE = f"(?:{_COUNTRY})?"
_MOBILE = Words(
    r"手机|电话|電話|联系|联络|号码|联系方式|微信|来电|短信|拨打|致电|[Tt][Ee][Ll]|小灵通|[Mm]obile|[Pp]hone|支付宝|contact|☎|📱|V信|\bv?vx|本人|家长",
    OTHER + "|编号|代码",
)
_REGULAR = compiled(r"(?:3-4-4|4-3-4|3-3-5|3-5-3|4-4-3|3-8|7-4|4-7|6-5|5-6|11|(?:1-){10}1)$")
_IN_WORDS = compiled(f"[{IDEOGRAPH}]")
_ADDRESS = compiled(r"\d{1,3}(?:\.\d{1,3}){3}")
_PARTS = compiled(r"\d+")
_GOES_ON = compiled(r"\.\d{1,2}(?!\d)|/(?:19|20)\d\d-")
_FIGURES = compiled(r"[| \t]{0,3}[^|\t]{0,12}(?:金额|元[）)]|[合小总]计|收入|支出|余额|数量|面积|产值)[^|\t]{0,6}[|\t]")
"""A row of figures."""
_RANGE = compiled(r"\d{8}[至到~～—]{1,2}$")

_PRIVATE = (
    r"(?:信访|举报|投诉|反映|来访|申请|申诉|检举|控告|求助|报料|受助|当事|报案|代办|受理|来信|来电|来稿|留言|反馈|提问|求职|求救|寄件|收件|诉求|报名)[人者]|本人|村民|居民|户主|业主|患者|学生|家长|监护人|老人|亲属|家属|配偶|父|母|儿子|女儿|租客|房东|住户"
    r"|低保户|贫困户|脱贫户|五保|农户|商户|司机|驾驶员|职工|员工|个人|私人|家[里中]"
)
PRIVATE_WORDS = compiled(_PRIVATE)
_CHANNEL = compiled(
    r"(?:(?:举报|监督|咨询|信访|投诉|值班|受理|服务|报名|报修|办公|接访|接待|客服|公务|热线|纪检|监察|反映问题|便民|政务|救助|报警|求助)"
    r"[^，。；：、\d人者户]{0,6}(?:电话|電話|手机|热线|号码|专线|专号|传真|[Tt]el)(?:号码?)?|(?:监督|举报|热线|专线)+)"
    r"(?:（[^）]{0,10}）)?[为是]?[：:（(]*$"
)
_CONTACT = compiled(r"(?:联系(?:电话|方式|手机|号码)|电话|手机)(?:号码?)?[为是]?[：:（(]*$")
_LIST = compiled(r"(?:[（(+]?\d[\d（()）\-—转 ]{6,20}[、，,/或和及；;]+(?:手机|电话|传真)?[：:]?)+$")
_BLOCK = compiled(
    r"邮箱|邮政|信箱|邮编|传真|地址|通信|来信|来访|公示|公开期|受理|监督|举报|办公室|巡察|纪委|单位|[Ee]-?mail"
)


def is_channel(sighting: Sighting) -> bool:
    """Return whether a number is labelled as an office's own, directly before it.

    联系电话 and 电话 say so only at the head of a line or among the particulars of an office.
    """
    before = _LIST.sub("", sighting.before)
    if _CHANNEL.search(sighting.head):
        return True
    if label := _CHANNEL.search(before):
        return not PRIVATE_WORDS.search(before[max(0, label.start() - 8) :])
    label = _CONTACT.search(before)
    if not label or PRIVATE_WORDS.search(sighting.line):
        return False
    return not re.sub(r"[\-（(\d.、）]", "", before[: label.start()]) or bool(_BLOCK.search(sighting.line))


def _is_mobile(sighting: Sighting) -> bool:
    after = sighting.joined[sighting.place[1] : sighting.place[1] + 6]
    if _RANGE.search(sighting.joined[max(0, sighting.place[0] - 24) : sighting.place[0]]):
        return False
    if (
        _ADDRESS.fullmatch(sighting.said)
        or _GOES_ON.match(after)
        or sighting.is_amount
        or _FIGURES.match(sighting.line)
    ):
        return False
    if _MOBILE.own.search(sighting.head):
        return True
    parts = "-".join(str(len(part)) for part in _PARTS.findall(sighting.said[-_length(sighting.said) :]))
    cells = "|" in sighting.said or (
        "\t" in sighting.said and not _IN_WORDS.search(sighting.before[-1:] + sighting.after[:1])
    )
    if sighting.said[0] == "0" and sighting.said[1] == "1":
        return sighting.follows(_MOBILE)
    if _REGULAR.search(parts) and not cells and not sighting.is_part and not sighting.is_in_row:
        return not sighting.is_another(_MOBILE)
    return sighting.is_labelled(_MOBILE)


def _is_like_mobile(sighting: Sighting) -> bool:
    if sighting.is_in_row or sighting.is_part or sighting.is_another(_MOBILE) or len(sighting.signs) != 1:
        return False
    sizes = [len(part) for part in _PARTS.findall(sighting.said)]
    return 2 < len(sizes) < 7 and min(sizes) > 1 and not sighting.signs & set("\t|/.") and not sighting.is_amount


def _length(said: str) -> int:
    """Return how much of a number with its country's code is the number itself."""
    digits = 0
    for place, character in enumerate(reversed(said), 1):
        digits += character.isdigit()
        if digits == 11:
            return place
    return len(said)


_HOME = Words(
    r"(?<![a-z])(?:jt|zz|jz)(?:dh|tel)[a-z]{0,3}|(?i:(?:home|family)_?(?:tel|phone)|(?:tel|phone)_?home)|家庭|住宅|宅电|住址|家里|家中|家电(?:话|[：:]|$)|家座机|家固|[（(][家宅住]|\bH[）):：]|打给|(?:^|[，；、（(\s])[家宅][：:]|紧急联系人|监护人",
    OTHER
    + r"|办公|单位|传真|值班|举报(?!人)|监督|咨询|投诉(?!人)|信访(?!人)|服务|窗口|热线|中心|派出所|纪委|委员会|[局科股处院站所办](?=电话|[：:]|$|[（(])|公司|物业|报修|编号|图号",
)
_ROLE = (
    r"(?:(?:信访|举报|投诉|反映|来访|申请|当事|承租|紧急联系|知情|来电|诉求|留言|报案|报警|报料|收件|寄件|报装|领取|领款|借款|担保|受访|被访|见证|证明)人|主叫|村民|居民|住户|户主|租客|低保户|贫困户|脱贫户|五保户?|患者|学生|家长|老人|房东|业主|本人|亲属|家属|监护人|其[父母妻夫子女]|妈妈?|爸爸?|爷爷|奶奶|外[婆公]|姥[姥爷]|哥哥?|姐姐?|弟弟?|妹妹?|嫂子?|伯[父母]|叔叔?|姑[姑父妈]|舅舅?|姨妈?|爱人|老伴|儿媳|女婿"
    r"|(?:遗属|遗孀|孤儿|孤寡|留守|独居|空巢|失独|低保|特困|贫困|脱贫|监测|优抚|残疾|搬迁|危房|拆迁|受灾|承租|养殖|种植|计生|独生子女|[烈军]属)(?:户|人员?|家庭|老人|儿童|妇女|对象|者|家属){0,2})"
)
# 房东王某，电话…: nothing but a name stands between.
_PERSON = compiled(
    rf"{_ROLE}[：:]?(?:(?![请可致拨如办核大中心站室科部会处组馆队所校院厅局委物公社的])[{IDEOGRAPH}]){{0,4}}(?:留下?的?|的)?[，,（(]?(?:联系|固定)?(?:电话|座机|固话)?(?:号码?)?[为是]?[：:（(]*$"
)
_LINE_WORD = compiled(r"座机|固话|固定电话|电话")
_HOUSE = compiled(
    r"^[^，。；、\d]{0,8}?(?:宅|[邻隔他她我妈爸][一-鿿]{0,4}家的?(?:电话|座机|号码)|[（(]家|^家(?![\u4e00-\u9fff]{2})|家庭|家中|住宅|住所|自宅|家里)"
)
_AT_HOME = compiled(
    rf"(?:(?<![\u4e00-\u9fff])[{NAME_BEGINS}][\u4e00-\u9fff]{{0,2}}家(?=电话|座机|固话|的?号码|[：:（(]|$)|家[中里用庭]|住宅|住[处地所]|现?居[处所]|自宅|老家|[其他她]家|[户人者主客民属您你](?:自己|本人)?(?:预[留约]|[留填写登])下?的?|(?<![\u4e00-\u9fff])[家宅](?=[：:（( ]|电话|座机|固话|$)|[父母儿女兄弟姐妹孙叔伯舅姨姑娘居戚友]家)"
    r"(?:(?!中心|服务|签约|医生|医师|教育|热线|超市|公司|客服|大队|支队|农场|咨询|指导|小区|物业|编号|合同)[^，。；、\d]){0,8}$"
)
"""Says directly before a number whose it is, whatever it is for."""
_ABROAD = r"(?:\+|(?<!\d)00)(?!86)[1-9]\d{0,2}[ .\-]?[(（]?\d(?:[ .\-()（）]{0,2}\d){6,10}"
_AREA = rf"(?:{_COUNTRY}[(（]?0?|[(（]?0{SEPARATOR})(?:1{SEPARATOR}0|2{SEPARATOR}\d|[3-9]{SEPARATOR}\d{SEPARATOR}\d)[)）]?{SEPARATOR}"


def _is_home(sighting: Sighting) -> bool:
    number = sighting.number
    if _ADDRESS.fullmatch(sighting.said) or _NUMBERED.other.search(sighting.before):
        return False
    if sighting.is_amount or re.match(r"-?[A-Za-z]|-?\d{3}|\.\d", sighting.joined[sighting.place[1] :][:4]):
        return False
    if len(number) < 9 and not _LOCAL.search(sighting.before[-12:] + sighting.head):
        return is_of_a_home(sighting)
    if _HOUSE.search(sighting.told) or _AT_HOME.search(sighting.before):
        return True
    if _is_for_all(sighting):
        return False
    return _is_said_of_a_home(sighting) or (not is_channel(sighting) and is_of_a_home(sighting))


def _is_said_of_a_home(sighting: Sighting) -> bool:
    """Return whether a label, the person beside it or the head of its column says that a number is a home's."""
    if (sighting.is_somebodys or sighting.is_beside_somebody) and not _NUMBERED.other.search(sighting.called):
        return True
    if is_channel(sighting):
        return False
    if _is_of_a_household(sighting):
        return True
    if _LINE_WORD.search(sighting.head):
        return bool(re.search(_ROLE + "|姓名|家庭|住宅", sighting.heads)) and "办公" not in sighting.head
    if sighting.is_labelled(_HOME) or _PERSON.search(sighting.before):
        return True
    return (
        _is_written_as_one(sighting)
        and bool(_LIVED.search(sighting.beside))
        and not (sighting.is_another(_NUMBERED) or IMPERSONAL.search(sighting.before) or PUBLIC.search(sighting.beside))
    )


def _is_for_all(sighting: Sighting) -> bool:
    """Return whether a number is labelled as an office's, directly before it."""
    before = _LIST.sub("", sighting.before)
    return bool(_CHANNEL.search(before) or _CHANNEL.search(sighting.head) or _OF_AN_OFFICE.search(before))


def _is_written_as_one(sighting: Sighting) -> bool:
    """Return whether nothing but a telephone is written so: 0571-82345601."""
    return bool(_WRITTEN.fullmatch(sighting.said)) and not sighting.is_in_row


_WRITTEN = compiled(
    r"(?:\+\d{1,3}[ .\-]?)?[(（]?0(?:10|2\d|[3-9]\d\d)[)）]?[ .\-/]?[2-9]\d{2,3}[ .\-]?\d{4}(?:[转\-]\d{1,5})?"
)
_LIVED = late(
    r"(?<![国专大商厂独各几行赢])家(?![电具园政畜禽])|[宅您你她他邻孙婆爷奶姐嫂舅姨]|本人|我[家的]|[妈爸]|父亲|母亲|妻|丈夫|儿子|女儿|亲[属戚友]|[一-鿿](?<![用客商账窗落农入])户|预留|留[的下]|接听|住[在处户]|老人|夜里|晚上"
)
"""Of whoever lives somewhere, and speaks with others as one person does."""
_OF_AN_OFFICE = compiled(
    r"(?:办公|单位|机关|公司|学校|医院|[局科股站所校厅室处][里内]?)(?:的)?(?:电话|座机|号码|传真)(?:号码?)?[为是]?[：:（(]*$|传真[：:]*$|[电話话线][：:][一-鿿]{2,14}(?:[局科股站所校厅室处院馆]|中心|大队|大厅)$"
)
_NUMBERED = Words("电话|座机|手机", f"{OTHER}|编号|代码")


def _is_of_a_household(sighting: Sighting) -> bool:
    """Return whether people live on the line, and no office speaks on it."""
    line = sighting.line
    return bool(_LIVES.search(line)) and not _OFFICE.search(line)


_LIVES = compiled(
    rf"{_PRIVATE}|{_ROLE}|住处|住户|自[宅家]|宅电|邻居|邻家|转告|[女儿孙妻弟兄姐妹子][^，。；]{{0,2}}家|受访|（本人）|姓名[：:]|[\u4e00-\u9fff]某(?!些|种|单位|局|镇|县|市)|受[益助][人户者]?|投诉者|举报者|残疾人|(?i:home|family)"
)
_OFFICE = compiled(
    r"办公|[大支]队|单位|传真|值班|举报电话|监督|咨询|热线|窗口|大厅|中心|派出所|纪委|委员会|公司|邮编：|受理|公示期|邮箱|通信地址|服务电话|12345|信访[室局办接]|联系电话：|(?:[局科股站所校厅]|(?<!住)处)(?=电话|办公|[：:，（(]|$)|村委|居委|物业|客服|报修|致电|拨打|负责|办理|召集|[会站室队科园馆院校](?=[（(]?0\d{2})"
)
_LOCAL = compiled(
    rf"{_ROLE}[^，。；\d]{{0,4}}(?:电话|号码)[：:（(]?$|(?:家庭|住宅|宅|座机|固话|固定电话|家里|家)[^，。；\d]{{0,8}}$|(?:家庭|住宅|住处|本人|座机|固话|固定电话|宅电)|(?:请|就|可|来|往)?打(?:给我?|我)?$|号码[，：:为是]{{0,2}}$|(?i:tel|phone|home)[：:= ]{{0,2}}$|(?<![a-z])(?:jt|zz|jz)(?:dh|tel)[a-z]{{0,3}}[,，:：=|]{{0,2}}$"
)
_HOME_OR_HOUSE = Words(rf"{_HOME.own.pattern}|{_ROLE}|{_LIVES.pattern}|[家宅]|姓名|座机|固话|号码|电话")
MOBILES = (
    Recogniser(
        rule="P002",
        form=late(
            rf"(?:{BEGINS}|(?<=转))(?=(?P<number>(?:{_CODE}|0)(?:1{SEPARATOR}[3-9]{SEPARATOR}(?:\d{SEPARATOR}){{8}}|[(（]1[3-9]\d[)）]{SEPARATOR}(?:\d{SEPARATOR}){{7}})\d)(?![0-9A-Za-z]))"
        ),
        valid=_is_mobile,
        masked=lambda sighting: masked(sighting.number[-11:], 3, 4),
        source="电信网编号计划（2017年版）",
        digits=11,
        public="P003",
        is_public=is_channel,
    ),
)
HOMES = (
    Recogniser(
        rule="P025",
        form=late(
            rf"(?<![0-9A-Za-z.])(?P<number>(?:{_AREA}[1-9]|[2-9]){SEPARATOR}(?:\d{SEPARATOR}){{5,6}}\d(?:转\d{{1,5}}|-\d{{1,4}}(?![\d\-]))?|{_ABROAD})(?![0-9A-Za-z])"
        ),
        valid=_is_home,
        words=_HOME_OR_HOUSE,
        masked=keep(4, 2),
        source="电信网编号计划（2017年版）",
        digits=7,
    ),
)


def _is_pointed(sighting: Sighting) -> bool:
    """Return whether commas or quotes part the figures of a mobile number; figures are parted so as well."""
    if len(sighting.number) != _MOBILE_SIZE or sighting.is_amount or sighting.is_in_row:
        return False
    if sighting.is_another(_MOBILE):
        return False
    return sighting.is_labelled(_MOBILE) or sighting.is_somebodys or bool(_SPELT.search(sighting.before))


_MOBILE_SIZE = 11
_SPELT = late("全号|号是|号为|[开打]头|第[一二三四\\d]位|记一下|记[好住]|写下|念")
_POINT = '[，、,“”" ._\\-/|]'
LIKE_MOBILES = (
    Recogniser(
        rule="P026",
        form=late(
            rf"(?<![0-9A-Za-z.,])(?P<number>[（(“\"]?1[3-9]\d{{0,5}}(?:{_POINT}{{1,3}}\d{{1,6}}|[（(]\d{{4,8}}){{1,9}})(?![0-9A-Za-z]|[.\-]\d)"
        ),
        valid=_is_pointed,
        masked=lambda sighting: masked(sighting.number, 3, 4),
        source="电信网编号计划（2017年版）",
        digits=3,
    ),
    Recogniser(
        rule="P026",
        # In groups of any size; a row of figures goes on.
        form=late(rf"{BEGINS}(?=(?P<number>1[3-9](?:{SEPARATOR}\d){{9}})(?![0-9A-Za-z]))"),
        valid=_is_like_mobile,
        masked=lambda sighting: masked(sighting.number, 3, 4),
        source="电信网编号计划（2017年版）",
        digits=11,
    ),
)
