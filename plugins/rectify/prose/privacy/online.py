"""E-mail addresses of persons, and their accounts at WeChat, QQ and the like."""

from __future__ import annotations

import re

from rectify.core.patterns import compiled
from rectify.prose.late import late
from rectify.prose.privacy.nicknames import OFFICIAL, PLATFORM
from rectify.prose.privacy.recogniser import BEGINS, Recogniser, Sighting, Words, masked
from rectify.prose.privacy.telephones import PRIVATE_WORDS
from rectify.prose.privacy.things import IMPERSONAL
from rectify.prose.word_lists import load

_SHORT = 3
"""Letters of surnames that many other words begin with."""
_PROVIDERS = (
    "qq|l63|l26|I63|I26|vip.qq|foxmail|163|vip.163|126|yeah|sina|vip.sina|sohu|139|189|21cn|aliyun|gmail|hotmail|outlook|live|icloud|yahoo|tom|wo"
    "|msn|me|proton|protonmail|eyou|188|263|88"
)
_AT = r"(?: ?@[ \n]?| ?[（(\[【{<] ?(?:at|AT|At|@|艾特|圈a|a圈|a) ?[)）\]】}>] ?| ?艾特 ?| ?圈 ?[aA]? ?(?=qq|163|126|sina|139|gmail)| at | ?# ?| ?[©®] ?)"
_DOT = r"(?: ?\.?\n| ?\. ?| ?[（(\[【{<] ?(?:dot|DOT|点) ?[)）\]】}>] ?| ?点 ?| dot |。)"
_OFFICIAL = compiled(r"(?:gov|mil)(?:\.cn)?$|edu\.cn$|(?<!example)\.(?:org|ac)(?:\.cn)?$|\.gov\.|\.example$")
_OF_A_PUPIL = compiled(
    r"(?:学生|本人|个人|私人|考生|教师)(?:的)?(?:电子)?邮[箱件][^@]{0,6}[\w.\-]{1,40}@|(?<![\w.])\d{7,20}@[\w.\-]{0,40}edu\.cn$"
)
_ROLE = re.compile(
    r"(?:office|admin|service|info|support|webmaster|contact|hr|jubao|xinfang|jw|jcw|jwjw|xcb|xunch|bangong|bgs|dangban|zfb|xxgk|zwgk|press|news)[\w.\-]*@",
    re.I,
)
_CHANNEL = compiled(
    r"(?:举报|监督|意见|建议|征集|咨询|受理|信访|投诉|报名|投稿|办公|公务|政务|公共|官方|单位|机构|公司|中心|采购|代理|本局|我局|部门|纪检|监察|巡察)(?!人|者)[^，。；：、\d]{0,6}(?:邮箱|信箱|邮件|[Ee]-?mail|地址)(?:地址)?[为是]?[：:（(]*(?:[一-鿿]{2,16}(?:中心|[局办室科股处站所院校会部委社队]))?$"
)
# 举报人可发送至…: what people may do is the office's own channel.
_OFFERED = compiled(
    r"(?<!私人)(?:意见|举报|反映|投诉|线索)[^。；]{0,8}[可请][^。；]{0,10}$"
    r"|(?:请[将把于在]?|投稿|稿件|报名材料|报名表|申请表|申报表|电子版|电子档|扫描件|一式)[^。；]{0,20}(?:[发投寄送](?:[送往]?[至到]|(?=$))|报送)[^。；个私本其]{0,14}$"
    r"|请[将把][^。；]{0,12}(?:反馈|提交|报送|发送)(?:[至到给]|(?=$))$"
)
_ASKED = compiled(
    r"(?:答复|回信|回复|结果|回音)[^。；]{0,8}[发寄传转][到至往给]?$|(?:给|我|本人)[的]?(?:[^，。；]{0,4}(?:邮箱|信箱))?[：:]?$|来信(?:人)?(?:邮箱|信箱)[：:]?$"
)
_THANKS = compiled(
    "[^。；]{0,4}(?:谢谢|感谢|给我|我能|我收|盼|望)|[^。；，]{0,2}的(?:举报信|来信|信件|投诉信|网友|举报人|用户|账户)"
)
"""What people write who wait for an answer."""
_OWN = compiled(
    r"(?:[实匿]名(?:举报|反映|投诉|信|控告)|[由从]|私人|个人|本人|自己)(?:的)?[^，。；：、]{0,4}(?:邮箱|信箱|邮件|[Ee]-?mail)[^，。；、]{0,4}$"
    r"|(?:落款|署名|信末|信尾)[^，。；：、]{0,8}(?:邮箱|信箱|邮件|[Ee]-?mail)[^，。；、]{0,4}$"
)
_SURNAMES = "|".join(one.lower() for one in load("people")["latin"] if len(one) > _SHORT)
_NAMED_AFTER = re.compile(
    rf"(?:{_SURNAMES})[._]?[a-z]{{1,8}}[._\d]{{0,6}}@|[a-z]{{1,2}}[._]?(?:{_SURNAMES})[._\d]{{0,6}}@", re.I
)
"""Of an address by its owner: zhaoqm@, lh.zhou88@."""
_OF_TWO_PARTS = re.compile(r"[a-z]{2,8}[._][a-z]{1,8}\d{0,6}@|[a-z]{3,10}\d{2,6}@", re.I)
_CONTACT_OF_ONE = late(
    r"(?:代表|联系人|经理|负责人|法人|经办人|承办人|专家|教师|老师|教授|讲师|记者|作者|中介|老板|业主|[会出]计|站长|村长)[^，。；、\d]{0,6}(?:邮[箱件址]|信箱|[Ee]-?mail|电邮)[^，。；、\d]{0,4}$"
)
_CONTACT = re.compile(r"(?:邮箱|信箱|邮件|[Ee]-?mail|地址)(?:地址)?[为是]?[：:（(]*$", re.I)
_SAME_CLAUSE = compiled(r"[^，。；：、]{0,5}$")
_BLOCK = compiled(r"举报(?!人)|监督|邮政|来信|受理|公示|邮编|通信地址|通讯地址|办公室|纪委|巡察组|传真")


def _address(sighting: Sighting) -> str:
    """Return an address as programs write it."""
    said = re.sub(_AT, "@", sighting.said, count=1, flags=re.I)
    return re.sub(_DOT, ".", said, flags=re.I)


def _is_private(sighting: Sighting) -> bool:
    address = _address(sighting)
    domain = address.rpartition("@")[2].lower()
    known = domain.rpartition(".")[0] in _PROVIDERS.split("|")
    if _OF_A_PUPIL.search(f"{sighting.before}{address}"):
        return True
    if _OFFICIAL.search(domain) or (not known and (_ROLE.match(address) or " " in sighting.said)):
        return False
    if sighting.is_somebodys and not _ROLE.match(address):
        return True
    labelled = _CONTACT.search(sighting.before)
    if labelled and _OF_PEOPLE.search(_SAME_CLAUSE.search(sighting.before[: labelled.start()])[0]):  # type: ignore[index]
        return True
    if _NAMED_AFTER.match(address) and _CONTACT_OF_ONE.search(sighting.before):
        return True
    if not known and labelled and not PRIVATE_WORDS.search(sighting.line):
        return bool(_OF_TWO_PARTS.match(address)) and not _is_channel(sighting)
    if _OWN.search(sighting.before) or _ASKED.search(sighting.before) or _THANKS.match(sighting.after):
        return True
    if _OFFERED.search(sighting.before):
        return False
    if PRIVATE_WORDS.search(sighting.before[-12:]):
        return True
    if _is_channel(sighting):
        return False
    return not (labelled and _BLOCK.search(sighting.line) and not PRIVATE_WORDS.search(sighting.line))


def _is_channel(sighting: Sighting) -> bool:
    """Return whether an office takes mail there."""
    label = _CHANNEL.search(sighting.before)
    return label is not None and not _OF_PEOPLE.search(label[0])


_OF_PEOPLE = compiled(
    rf"{PRIVATE_WORDS.pattern}|学员|考生|教师|网[友民]|客户|乘客|游客|[作读患长]者|应聘|求职|报考|参[加会赛]|选手|会员|(?<!工作)(?<!值班)人员|家属|住户|[村居市]民"
)
"""Whose an address is that is called theirs: 报名表留有学员邮箱."""


def _masked(sighting: Sighting) -> str:
    name, _, provider = _address(sighting).partition("@")
    return f"{masked(name, 2, 0)}@{provider}"


_WHOSE = r"(?:网[友民][^，。；：]{0,6}|网络|网上|其|本人|个人|私人|注册|登录|社交|聊天|直播|投诉|发帖|论坛|收款|支付|转账|绑定|实名|使用|打款|提现)"
_KIND = r"(?:账号|帐号|账户|帐户|号码?|ID|id|Id|UID|uid|用户名?|昵称|名)"
_NOT_OURS = r"(?<!公众)(?<!官方)(?<!政务)(?<!系统)(?<!单位)(?<!测试)(?<!设备)"
_ACCOUNT = Words(
    rf"{_NOT_OURS}(?:(?:{PLATFORM})(?:[A-Za-z]{{2,9}}(?=[：:]?$)|(?:(?!群(?!主|管理员)|公众|官方|扫码|工作|小程序|应用|会议|服务|平台|采购|订单)[^，。；、\d@A-Za-z]){{0,6}}{_KIND}?)|{_WHOSE}(?:的)?(?:账号|帐号|用户名|ID|UID))"
    r"|(?:[微薇威][信xX]|[Vv][Xx信]?|[Ww][Xx])(?:吧|呢)[，,：: ]?(?=$)|加(?:我|他|她|好友|个|下)+(?:[微薇威vVqQ]信?)?[：: ]?(?=$)|[搜找滴]我[：: ]?(?=$)"
    r"|(?:用户|会员|骑手|网友|网民|玩家|留言|发帖|发言)[一-鿿]{0,4}?(?:ID|id|UID|uid|账号|帐号|名|人)(?=[：:]?$)|[一-鿿](?:ID|UID|id)(?=[：:]?$)|(?:分享|上传|发布|评论|发送|转发|点赞|下单|打赏|投稿|备注|落款)[者人](?=[：: ]{{0,2}}$)|站内私?信@?(?=$)"
    r"|[微薇威](?=$|[：:➕+])|[❤♥💚]|加?[Vv]信?[❤xX]?(?=[：: ]?$)|[Ww][Xx](?:我|同号)|(?:私人?|个人|小|大)号(?=[：:为是]{0,2}$)|登录名|用户名|网名|昵称|QQ邮箱[^，。；]{0,4}|(?:宽带|校园网)(?:接入)?(?:账号|帐号|用户名|号码?)|加我(?:好友)?(?=[：:])|(?i:(?:wechat|weixin|qq|douyin|account|user|open|union|steam|nick|login)_?(?:id|no|name))|wxh|(?i:kakao ?talk)[ \uac00-\ud7af]{0,6}|(?i:twitter)/X",
    "公众号|官方|政务号|政务|扫码|群|APP|版本|文号|编号|网址|http|单位",
)
_COMMON = re.compile(
    r"(?:admin|root|user|guest|test|system|weixin|wechat|apps?|android|ios|iphone|https?|www|windows|mac|html5?|vip|email|mail|e-mail|online|link|official|docx?|pdf|video|live|admin)\d*$",
    re.I,
)
"""Words that no account goes by."""
_DIRECT = late(
    rf"(?:(?:{PLATFORM})(?:{_KIND}|小号)?|登录名|用户名|(?<![A-Za-z])[VvQq]|[加搜]我?(?:[微薇威vVqQ]信?)?|❤|号码?|[Ii][Dd])(?:[：:是为叫 （(“\"]|就是)*$"
)
"""Directly before a name of letters alone."""
_WECHAT = Words(r"[微薇威]信(?:号码?|ID|id|(?=：))", "公众号|官方|群")
_QQ = Words(
    r"[Qq] ?[Qq](?:群主|好友|[大小]号|号码?|账号|帐号|[一-鿿]{0,6}号?主)?|[Qq扣][Qq扣]?号|扣扣|扣(?=[：:])|(?<=[我他她的])[Qq][，,](?=$)|企鹅|腾讯号|[Qq]号(?:[一-鿿]{1,8}(?=[：:]$))?|(?<=[：:])[Qq]$|(?<![A-Za-z])[Qq](?=[：:为是 ]{0,2}$)|qqh|uin(?=[=：:])",
    "群|版本|编号|http",
)
_IP = Words(
    r"(?:本人|家中|家庭|登录|上网|发帖|留言|网民|网友|用户|住宅|宽带|个人)[^，。；]{0,8}(?:IP|ip)(?:地址)?|(?:登录|发帖)(?:IP|ip)|(?:IP|ip)(?:归属|属地|(?:地址)?[为是：: ]{0,2}$)",
    "设备|服务器|网段|端口|地址段|系统|平台|网站|主机|专线|映射|外网|公网",
)


_TELLING = frozenset(
    "微薇威信泡音快红频钉飞博陌宝淘京旺阿闲拼推脸知哩站吧豆头百西火探美饿滴喜网腾讯米易全最虎天得携盘游论播聊社报加账帐号名昵❤♥💚"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
)
"""What every word for an account has one of."""
_IS_AN_ACCOUNT = late(rf"(?:(?:是|为|系|即)(?:这个|[我他她其本人的该]{{0,3}})|在)(?:{PLATFORM})")
_NO_ACCOUNT = compiled("小程序|(?<!个人)公众号(?!作者|号主|运营者)|会议|应用|直播间")


_INSIDE = compiled(r"[0-9A-Za-z/.?&#\-]$")
_NO_NAME = re.compile(
    r"\.(?:docx?|xlsx?|pptx?|pdf|jpe?g|png|gif|html?|zip|rar|mp[34]|txt|csv|wps|et)$|^(?:https?|www)", re.I
)


def _is_somebodys_account(sighting: Sighting) -> bool:
    """Return whether letters and digits stand beside somebody, and nothing says of what else."""
    said, start = sighting.said, sighting.place[0]
    if sum(one.isdigit() for one in said) < 3 and "_" not in said:
        return False
    if not any(one.islower() for one in said) or _NO_NAME.search(said):
        return False
    if not sighting.is_somebodys or _INSIDE.search(sighting.joined[max(0, start - 1) : start]):
        return False
    return not (IMPERSONAL.search(sighting.called) or IMPERSONAL.search(sighting.head))


def _is_account(sighting: Sighting) -> bool:
    return _names_account(sighting) or _is_somebodys_account(sighting)


def _is_qq(sighting: Sighting) -> bool:
    if _GROUP.search(sighting.before[-12:]):
        return bool(_PRIVATE_GROUP.search(sighting.line)) and not OFFICIAL.search(sighting.near)
    if not (sighting.follows(_QQ) or _QQ_BEHIND.match(sighting.after)):
        return False
    return sighting.is_somebodys or not _FOR_ALL.search(sighting.before[-20:])


_GROUP = compiled(
    "(?:(?:[Qq] ?[Qq扣]|微信|企鹅|群)群(?:号码?|聊)?|群(?:聊)?[（(，,：:]?群?号码?)[为是]?[：:（( ]{0,2}$"
)
_PRIVATE_GROUP = compiled(
    "自建|业主|维权|上访|群主|组织者|约谈|家长|村民|当事人|违法|传播|谣言|网民|购房者|病友|粉丝|老乡"
)
"""Tells of a group that no office runs it."""
_QQ_BEHIND = compiled("[（(]?(?:这个|的|是[我他她其]?的?)[Qq扣]{1,2}")


_FOR_ALL = compiled(r"(?:咨询|招生|客服|报名|值班|服务|业务|受理|投诉|举报|监督|办公)[^，。；人者]{0,4}$")


def _is_of_a_line(sighting: Sighting) -> bool:
    """Return whether the address of a device is one of somebody's, and not within an office's own net."""
    if "." not in sighting.said:
        return bool(_HARDWARE.search(sighting.before)) and not _NOT_CARRIED.search(sighting.before[-_NEAR * 2 :])
    if _OWN_NET.match(sighting.said) or _SERVES.search(sighting.called):
        return False
    return sighting.is_somebodys or sighting.follows(_IP)


_OWN_NET = compiled(r"(?:10|127|0|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.")
_HARDWARE = late(r"(?:(?i:mac)|物理地址|蓝牙|网卡)(?:地址|编号)?(?:[（(]WLAN[）)])?[为是：: ]{0,2}$")
_NOT_CARRIED = compiled("服务器|交换机|摄像|打印|网关|系统|平台|机房|专用|采集|终端机|门禁")
"""Of devices that nobody carries about or has at home."""
_SERVES = compiled("系统|平台|网站|主机|公网|专线|映射|服务器|网关|交换机|路由|摄像|打印|网段|端口|设备")


_IN_LETTERS = late(
    r"(?i:[qvx]|id|chat|weixin|alipay|douyin|gram|app|skype|book|twitter|tiktok|kuaishou|youtube|discord|steam|linkedin|kakao|line|bo|tg|ig|ins|fb|soul|viber|signal|tinder)$"
)
"""The end of a label in Latin letters; most words behind words in such letters are no more than that."""


def _is_behind_a_label(before: str) -> bool:
    last = before[-1:]
    if last.isascii() and last.isalnum() and not _IN_LETTERS.search(before[-9:]):
        return False
    return bool(_DIRECT.search(before))


def _names_account(sighting: Sighting) -> bool:
    said = sighting.said
    if said.replace("-", "").isalpha() and (
        not any(map(str.islower, said)) or _COMMON.match(said) or not _is_behind_a_label(sighting.before[-_LONGEST:])
    ):
        return False
    if _TELLING.isdisjoint(f"{sighting.labelled_by}{sighting.head}{sighting.after}"):
        return False
    if not any(map(str.isalpha, said)) and len(sighting.number) < _LEAST:
        return False
    if not (sighting.follows(_ACCOUNT) or _IS_AN_ACCOUNT.match(sighting.after)):
        return False
    if OFFICIAL.search(sighting.near) or re.match(r"群|公众号|小程序", sighting.after):
        return False
    return not _NO_ACCOUNT.search(sighting.before, max(0, len(sighting.before) - _NEAR))


_LONGEST, _LEAST, _NEAR = 24, 6, 10
_HOSTS = (
    r"weibo\.(?:com|cn)/(?:u/|n/)?", r"douyin\.com/user/", r"xiaohongshu\.com/user/profile/", r"kuaishou\.com/profile/",
    r"zhihu\.com/people/", r"space\.bilibili\.com/", r"user\.qzone\.qq\.com/", r"v\.(?:douyin|kuaishou)\.com/", r"xhslink\.com/", r"toutiao\.com/c/user/", r"t\.me/",
    r"facebook\.com/", r"twitter\.com/", r"instagram\.com/",
)  # fmt: skip
_PROFILE = f"(?:{'|'.join(_HOSTS)})"
_CALLED_SO = r"[：: 为是]?@?[A-Za-z]"
_SIGNS_OF_NAMES = (
    *((host[0], host[1:]) for host in _HOSTS),
    ("号音手书博钉宝乎吧豆条鱼泡信友户", r"[：:为是（(“\"「 ]{0,2}@?[A-Za-z]"), ("吧", "[，,]@?[A-Za-z]"), ("人名", "[：:]@?[A-Za-z]"), ("者", " ?[A-Za-z][A-Za-z._\\-]{1,15}[_\\d]"),
    ("信", " ?[：:] ?[A-Za-z] "), ("信", "[是为号]{0,2} [A-Za-z]"), ("lL", "(?i:ine)[：:]"), ("群号", "[：: ]{0,2}[0-9]"), ("I", f"D{_CALLED_SO}"), ("uU", "音"),
    ("tT", "(?i:elegram)"), ("wW", "(?i:hatsapp)"), ("sSſ", "(?i:kype)"), ("fF", "(?i:acebook)"), ("tT", "(?i:witter)"),
    ("账帐", "号"), ("U", "ID"), ("闲", "鱼"), ("❤♥💚", ""), ("薇威微", "[：:]"), ("薇威微", " ?[A-Za-z]"), ("©®", ""),
    (
        "QqWwVv微薇威扣企抖快小钉博陌网昵旺淘京登",
        "(?:[Qq]|[Xx❤♥]|信|博|扣|鹅|音|手|红书|钉|名|称|旺|宝|东|录)",
    ),
    ("wW", "[Ee]"), ("cC", "(?:[Oo][Mm]|[Nn])(?![a-z])"), ("nN", "[Ee][Tt](?![a-z])"), ("<", "<"),
    ("客页站间gG", "(?:地址|网址|链接)?[：: 为是]{0,2}(?:https?:|www[.])"), ("w", "xp://[a-z]"), ("q", r"r\.(?:alipay|95516)\.com"), ("u", r"\.wechat\.com"), ("a", "lipays?://"), ("T", "[1-9A-HJ-NP-Za-km-z]{33}(?![A-Za-z0-9])"), ("0", "x[0-9a-fA-F]{40}"), ("b", "c1[0-9a-z]{38}"),
    ("QVv", "[：:]"), ("：:", r" ?[“\"]?@?[A-Za-z][A-Za-z._\-]{1,15}[_\d]"), ("i", "d(?<![A-Za-z]..)[：: ]{1,2}[A-Za-z]"), ("Vv", "[-.·_✘×][Xx信]"), ("mM", "(?<![A-Za-z].)(?i:ac)(?![a-z])"), ("加", "我"),
)  # fmt: skip
"""What each begins with, and how it goes on."""
# Begins with a class of every first character, which the search jumps to.
NAMES = compiled(
    f"[{''.join(first for first, _ in _SIGNS_OF_NAMES)}](?:{'|'.join(f'(?<=[{first}]){rest}' for first, rest in _SIGNS_OF_NAMES)})"
)
"""What every text has that names an account or an address in disguise."""


_ABROAD = Words(
    r"(?i:whats ?app|telegram|viber|signal|line)|微信|电话|手机|联系方式|号码|纸飞机|飞机号", "使馆|领事|热线|客服|传真"
)

_OWN_PAGE = Words(
    r"(?:博客|主页|空间|[Bb]log|个人(?:网站|网页|站点))(?:地址|网址|链接|首页)?[：:为是（(]{0,2}(?=$)",
    "官方|政务|单位|部门|学校",
)
_OF_ONE = late(rf"{PRIVATE_WORDS.pattern}|个人|本人|私人|[他她我其]的|当事人|退休|网民|网友|博主")


def _is_own_page(sighting: Sighting) -> bool:
    """Return whether an address is of a page of one person's own."""
    if re.search(r"\.(?:gov|edu|mil)\b", sighting.said) or not sighting.follows(_OWN_PAGE):
        return False
    return (sighting.is_somebodys or bool(_OF_ONE.search(sighting.line))) and not OFFICIAL.search(sighting.near)


RECOGNISERS = (
    Recogniser(
        rule="P024",
        form=late(
            r"(?a)(?<![\w.@/])(?P<number>(?:https?://|www\.)[\w\-]{1,40}(?:\.[\w\-]{1,40}){1,5}(?:/[\w.~\-/%]{0,60})?)"
        ),
        valid=_is_own_page,
        masked=lambda sighting: masked(sighting.said, 12, 0),
        source="个人信息保护法第四条",
    ),
    Recogniser(
        rule="P024",
        form=late(r"(?<![0-9A-Za-z])(?P<number>\+(?!86)[1-9]\d{0,2}(?:[ \-]?\d){7,12})(?![0-9A-Za-z])"),
        valid=lambda sighting: sighting.follows(_ABROAD) and not OFFICIAL.search(sighting.near),
        words=_ABROAD,
        masked=lambda sighting: masked(sighting.said, 4, 2),
        source="个人信息保护法第四条",
        digits=8,
    ),
    Recogniser(
        rule="P008",
        form=late(
            r"(?a)(?<![A-Za-z0-9.+\-])(?P<number>[A-Za-z0-9][\w.+\-]{0,63} ?@{1,2}[ \n]?(?:[A-Za-z0-9\-]{1,40}\.){1,4}[A-Za-z]{2,12})(?![A-Za-z0-9])"
        ),
        valid=_is_private,
        masked=_masked,
        source="个人信息保护法第四条",
    ),
    Recogniser(
        rule="P008",
        form=late(
            rf"(?ai)(?<![A-Za-z0-9.+\-])(?P<number>[A-Za-z0-9][A-Za-z0-9_.+\-]{{1,63}}{_AT}(?:{_PROVIDERS.replace('.', '[.]')}){_DOT}(?:com|cn|net)(?:{_DOT}cn)?)(?![A-Za-z0-9])"
        ),
        valid=_is_private,
        masked=_masked,
        source="个人信息保护法第四条",
    ),
    Recogniser(
        rule="P008",
        form=late(
            r"(?ai)(?<![A-Za-z0-9.+\-])(?P<number>[A-Za-z0-9][A-Za-z0-9_.+\-]{1,63} ?(?:[（(\[【{<] ?at ?[)）\]】}>]|艾特) ?[A-Za-z0-9\-]{2,40}(?:\.| ?[（(\[【{<] ?(?:dot|点) ?[)）\]】}>] ?)(?:com|cn|net|org|me|io)(?:\.cn)?)(?![A-Za-z0-9])"
        ),
        valid=_is_private,
        masked=_masked,
        source="个人信息保护法第四条",
    ),
    Recogniser(
        rule="P024",
        form=late(r"(?i)(?<![0-9A-Za-z])(?P<number>wxid_[0-9a-z]{6,20})"),
        valid=lambda sighting: True,
        masked=lambda sighting: masked(sighting.said, 2, 2),
        source="个人信息保护法第四条",
    ),
    Recogniser(
        rule="P024",
        form=late(
            rf"(?:{BEGINS}|(?<=[Vv][Xx])|(?<=加[Vv])|(?<= V))(?=(?P<number>@?(?:live:\.?)?[A-Za-z\d][A-Za-z\d_.\-]{{4,32}})(?![0-9A-Za-z@]|\.(?:com|cn|net|org|gov)))"
        ),
        valid=_is_account,
        words=_ACCOUNT,
        masked=lambda sighting: masked(sighting.said, 2, 2),
        source="个人信息保护法第四条",
    ),
    Recogniser(
        rule="P024",
        form=late(rf"(?:{BEGINS}|(?<=[我的是加：:][Qq]))(?=(?P<number>[1-9] ?(?:\d[ \-.]?){{3,9}}\d)(?![0-9A-Za-z@]))"),
        valid=_is_qq,
        words=_QQ,
        masked=lambda sighting: masked(sighting.number, 2, 2),
        source="个人信息保护法第四条",
        digits=5,
    ),
    Recogniser(
        rule="P024",
        form=late(
            r"(?P<number>(?<![0-9.:\-])\d{1,3}(?:\.\d{1,3}){3}|(?<![0-9A-Za-z:\-])[0-9A-Fa-f]{2}(?:[:\-][0-9A-Fa-f]{2}){5})(?![0-9A-Za-z.:\-])"
        ),
        valid=_is_of_a_line,
        masked=lambda sighting: sighting.said[: max(map(sighting.said.rfind, ".:-")) + 1] + "*",
        source="个人信息保护法第四条",
    ),
    Recogniser(
        rule="P024",
        form=late(rf"(?a){_PROFILE}(?P<number>[\w.\-%]{{4,40}})"),
        valid=lambda sighting: not OFFICIAL.search(sighting.near),
        masked=lambda sighting: masked(sighting.said, 2, 2),
        source="个人信息保护法第四条",
    ),
    Recogniser(
        rule="P024",
        # A name that a scanner parted: 微信号 wang xc_ 1988.
        form=late(
            r"(?<![0-9A-Za-z])(?P<number>[A-Za-z](?=[A-Za-z\d_\- \n]{0,20}[\d_])[A-Za-z\d_\-]{0,12}(?:[ \n][A-Za-z\d_\-]{1,12}){1,20})(?![0-9A-Za-z@.])"
        ),
        valid=lambda sighting: sighting.follows(_WECHAT),
        words=_WECHAT,
        masked=lambda sighting: masked(sighting.said, 2, 2),
        source="个人信息保护法第四条",
    ),
)
