"""The names under which persons write on the net, in quotation marks or without.

Nothing tells such a name but what stands around it: where it is used, who writes there, what he does.
"""

from __future__ import annotations

from rectify.core.patterns import compiled
from rectify.prose.late import late
from rectify.prose.privacy.recogniser import Recogniser, Sighting, masked
from rectify.prose.word_lists import any_of, load

_DATA = load("accounts")
PLATFORM = "|".join(_DATA["platforms"])
OFFICIAL = compiled(
    '官方|政务|纪检|纪委|官微|本单位|(?<!个人)公众号(?!作者|号主|运营者|[“「][^”」]{1,16}[”」]，?(?:系|是|为|由)?(?:个人|私人|其))|发布账号|(?<![“"「假充称的])客服|MQTT|device'
)
"""Tells of a line that an office or a machine goes by the name."""
_ENDS = "脉转领通筹机台政虎鱼牙椒音手书博乎站吧条评鱼宝多信钉旺瓣频道米团滴雅网易浪讯聊歌右扑涯物程盘店耀戏坛播交报"
"""Of words for where people write."""
_WRITERS, _USERS = any_of(_DATA["writers"]), any_of(_DATA["users"])
# What every text with one has. Each begins with one certain character, for then the search jumps to these.
NICKNAMES = compiled(
    rf"网名|昵称|微博|{_WRITERS}|粉丝|注册名|站叫|上叫|叫(?<=[{_ENDS}].)|I[Dd](?<=[{_ENDS}]..)|i[Dd](?<=[{_ENDS}]..)"
    rf"|{'|'.join(f'{word}(?<=[{_ENDS}的]..)' for word in ('用户', '作者', '买家', '卖家', '店主', '达人', '名字'))}"
    rf"|@(?<=[{_ENDS}].)|名(?<=[{_ENDS}户].)|{'|'.join(f'{colon}(?<=[号称D书音手博乎瓣].)(?<![序销]号.)' for colon in '：:')}"
    rf"|员名|旺旺|频道|号(?<=[账帐小频音手条播].)(?=[^：:码“\"（(\s]{{2}})"
)
_LABELLED_BEHIND = late(
    rf"[”」』][（(](?:(?:{PLATFORM})?(?:个人)?(?:网名|昵称|账号|ID|号|名)|(?:{PLATFORM})[^（）()\n]{{0,10}})[）)]"
)
_WRITES = r"[”」』](?!方式|形式|活动|模式|行动)(?=[^，。；\n]{0,10}(?:昵称|网名|聊天|发帖|发文|发[的了言出送]|爆料|留言|散布|传播|跟帖|评论|(?:论坛|贴吧|朋友圈|网上)[上里]?[发爆留传散]|开直播))"
QUOTED = compiled(
    f"[”」』](?=[（(][^（）()\n]{{0,8}}[名称号D][）)])|(?<=[号DdP吧户播主者友民])[“「『]|(?<=[叫名为是一])[“「『]|{_WRITES}"
)
"""What stands at a name in quotation marks under which somebody writes."""
_WRITES_AT = late(rf"(?:{PLATFORM})[^，。；]{{0,8}}$|(?:网友|网民|主播|[Uu][Pp]主|博主)$")
_NEAR = late(rf"(?:{PLATFORM}|直播间|群)[^，。；]{{0,8}}$")
_CALLS, _CALLING = compiled("(?:叫|名为|名叫|昵称|网名|间名|号名)$"), tuple("以由叫是名用与和跟同为")
_HIS = late(rf"(?:[其他她]|本人|个人|私人)的?(?:{PLATFORM})[^，。；]{{0,4}}$")
_REGISTERED = compiled(
    "(?:注册名|网名|昵称|账号名|个人公众号|(?:发帖|跟帖|留言|评论)(?:人|者|用户)?(?:ID|id|账号)?)[为是叫：:]?$"
)
_OWNED = compiled("号$")
_OWNER = compiled(
    "运营者|号主|实为|真名|真实姓名|本人|[为系]其|个人[^，。；]{0,4}号|个人(?:发布|运营|注册|开设|所有)|私人|当事人|违法行为人|网[民友]|[村居]民|业主|家长|[李王张刘陈杨赵黄周吴]某|发帖人|小号"
)
_RUN = compiled(
    "单位|部门|机关|本局|我[县市区局镇乡]|开设|开通|开办|运营|矩阵|新媒体|工作|宣传|粉丝|关注|注销|更名|备案|认证|认领|平台|推送|发布|推出|栏目"
)
"""What is done with the accounts of offices."""
_OFFICES = compiled("|".join(_DATA["offices"]))
_CALLED_THERE = late(
    rf"(?:{PLATFORM})[上里的]?(?:(?:{any_of(_DATA['names'])})?[：:名叫为是“]{{0,3}}|(?:{_WRITERS}|{_USERS})@?)$|(?:[Uu][Pp]主|答主|[贴帖]主) ?$"
)
_NO_NAME = compiled(
    rf"(?:{any_of(_DATA['no_names'])})|.*(?:制度|规范|管理|实名|认证|问题|统一|清理|整治|违规|工作|不雅)"
)
_HIDDEN = compiled(r"[^*]*\*|已?(?:隐|脱敏|略|不详|未知)")
_EDGE = r"(?=[”」』\"，。；：、（）()！？\s]|$)"
_SAID = r"[^”」』“「『\"，。；：、！？（）()@\s]"


def _is_used(sighting: Sighting) -> bool:
    """Return whether what stands where a nickname would be is one."""
    said = sighting.said
    if _HIDDEN.match(said) or _OFFICES.search(said) or OFFICIAL.search(sighting.near):
        return False
    return sighting.joined[sighting.place[0] - 1] in '：:“「『"@' or not _NO_NAME.match(said)


def _is_used_there(sighting: Sighting) -> bool:
    if not _CALLED_THERE.search(sighting.before[-_LONGEST_LABEL:]):
        return False
    set_off = sighting.joined[sighting.place[0] - 1] in _SIGNS
    return (set_off or not _RUN.search(sighting.line) or bool(_OWNER.search(sighting.line))) and _is_used(sighting)


def _is_quoted_name(sighting: Sighting) -> bool:
    if _HIDDEN.match(sighting.said) or _OFFICES.search(sighting.said) or OFFICIAL.search(sighting.near):
        return False
    before, end = sighting.before[:-1], sighting.place[1]
    if _REGISTERED.search(before) or _HIS.search(before) or _LABELLED_BEHIND.match(sighting.joined, end):
        return True
    if _WRITES_AT.search(before):
        return (
            not _OWNED.search(before)
            or sighting.is_somebodys
            or bool(_OWNER.search(sighting.line))
            or not _RUN.search(sighting.line)
        )
    if _NEAR.search(before) and (sighting.is_somebodys or _CALLS.search(before)):
        return True
    return (before[-1:] in _CALLING or bool(_NEAR.search(before))) and bool(
        QUOTED.match(sighting.joined, end, end + 24)
    )


def _masked(sighting: Sighting) -> str:
    return masked(sighting.said, 1, 0)


_LONGEST_LABEL = 16
_SIGNS = frozenset('：:“「『"@名叫为是称 ')
_SET_OFF, *_USED = (
    # 微博：…, 昵称 …, set off by a sign.
    r"(?<!官方)(?:(?:微博(?:ID|号|名)?|网名|昵称|网友|粉丝|博主|用户名)[：:为]?[ @“「『\"]|(?:网名|昵称)[：:为是叫]{0,2}(?=[^”」』\"，。；（(\s]{2,12}(?:[”」』\"，。；（(\s]|$)))(?P<number>[^”」』\"，。；（(\s]{2,16})",
    # 游戏ID：孤独的狼007
    rf"(?:(?:(?<=小红)书|(?<=抖)音|(?<=快)手|(?<=微)博|(?<=知)乎|(?<=豆)瓣)[：:]|[号名称字Dd](?:[：:]|[名叫为是]{{1,2}})|[站上里]叫|叫(?<=[{_ENDS}].)|[Ii][Dd]|昵称|名(?<=[{_ENDS}户].))[ “]?(?P<number>(?=[^，。；\s]{{0,12}}[一-鿿])(?!某){_SAID}{{2,14}}?){_EDGE}",
    # 西瓜视频号老赵拆迁日记
    rf"(?:[账帐]号|小号|视频号|[音手条]号|直?播号|会员名|旺旺|网名|群昵称)(?P<number>(?=[^，。；\s]{{0,12}}[一-鿿])(?!{any_of(_DATA['no_names'])}){_SAID}{{2,12}}?)(?:(?={any_of(_DATA['verbs'])}|收款|被盗|转账)|{_EDGE})",
    # 知乎答主木子李爆料
    rf"(?:{_WRITERS}|{_USERS})(?:@| (?=[^，。；\s]{{2,12}}[_\d]))?(?P<number>(?!{any_of(_DATA['no_names'])}){_SAID}{{2,12}}?)(?:(?={any_of(_DATA['verbs'])})|{_EDGE})",
)
RECOGNISERS = (
    Recogniser(rule="P024", form=late(_SET_OFF), valid=_is_used, masked=_masked, source="个人信息保护法第四条"),
    *(
        Recogniser(rule="P024", form=late(form), valid=_is_used_there, masked=_masked, source="个人信息保护法第四条")
        for form in _USED
    ),
    Recogniser(
        rule="P024",
        form=late(r"(?<=[“「『])(?P<number>[^”」』，。；\s]{2,16})(?=[”」』])"),
        valid=_is_quoted_name,
        masked=_masked,
        source="个人信息保护法第四条",
    ),
)
