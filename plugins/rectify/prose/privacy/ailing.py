"""Health of one person of whom no more is told than half a name, a post or that there is but one: 张某因脑梗塞偏瘫.

Whoever lives there knows who is meant. What ails somebody is told by words for it, so that nothing of it is in a text on
hospitals, screenings and insurance but beside words for those.
"""

from __future__ import annotations

from collections.abc import Iterator

from rectify.core.patterns import compiled
from rectify.prose.late import late
from rectify.prose.passage import IDEOGRAPH
from rectify.prose.people import Person, is_named_between
from rectify.prose.privacy.ill_health import ill_health
from rectify.prose.privacy.names import NAME_BEGINS
from rectify.prose.privacy.said_of import around
from rectify.prose.privacy.singular import addressed
from rectify.prose.privacy.spans import united
from rectify.prose.word_lists import any_of, load

_DATA, _PEOPLE, _SAID_OF = load("ailing"), load("people"), load("conditions")
_HAN = f"[{IDEOGRAPH}]"
_AILS = late("|".join(_DATA["ails"]).replace("[一-鿿]", r"[^\W\d_A-Za-z某]"))
"""Names that are masked end before it."""
# Begins with a class of every first character, which the search jumps to.
_HINT = compiled(
    "[患诊癌瘤炎症瘫卧梗脏衰昏聋残骨萎畸痴癫痫郁狂茨坏裂狭栓竭囊脉妊孕乳疗瘘颅肢搏滋毒肺肝喘斑酮腕逝病失障断风植变突增脱硬不流早自丧限无生切支搭透息积结穿唐智发功几强再渐帕酒药猝退查级H折伤疝疯哑瘸跛疹敏厥溃咳疼痛CTR愚手工]"
    "(?:(?<=[患诊癌瘤炎症瘫卧梗脏衰昏聋残骨萎畸痴癫痫郁狂茨坏裂狭栓竭囊脉妊孕乳疗瘘颅肢搏滋毒肺肝喘斑酮腕逝病疝疯哑瘸跛疹厥溃])"
    "|(?<=失)[明聪语智能禁去眠]|(?<=障)碍|(?<=断)[指臂肢掌腿]|(?<=[中痛]风)|(?<=移植)|(?<=植)物人|(?<=变)性|(?<=突)出|(?<=增)生|(?<=脱)位|(?<=硬)化|(?<=不)(?:[孕育全]|能自)|(?<=[流早])产|(?<=自)[杀残闭]|(?<=丧)失"
    "|(?<=限)[定制](?:刑|民)|(?<=无)民|(?<=生)活不|(?<=全切)|(?<=切)除|(?<=支)架|(?<=搭)桥|(?<=透)析|(?<=息)肉|(?<=积)水|(?<=结)[石核]|(?<=穿)孔|(?<=唐)氏|(?<=智)[力障]|(?<=发)育|(?<=功)能不|(?<=几)乎看|(?<=强)[直迫制]"
    "|(?<=再)障|(?<=渐)冻|(?<=帕)金|(?<=酒)精|(?<=药)物|(?<=猝)死|(?<=病退)|(?<=查)出|(?<=级)[肢精智视听言多伤]|(?<=H)(?:[IPBC]V|B[es])|(?<=[CTR])(?:D4|PPA|PR)|(?<=愚)型|(?<=手)术|(?<=工)伤|(?<=骨折)|(?<=[摔烧烫砸冻咬刀枪灼重]伤)|(?<=过敏))"
)
"""One of these is in whatever ails somebody."""
_PAYS = compiled(
    r"[年月缴扣停追领发资薪贴金](?:(?<=[实应]发)|(?<=[资薪贴金])[级：: 为]{0,2}\d|(?<=[年月])[薪工收]|(?<=[每个]月)|(?<=每年)|(?<=缴)[存纳费]|(?<=[扣停])[发减]|(?<=追)回|(?<=月)[实领到])"
)
_WINDOW = 14
_PUBLIC = late(f"[病患症的者人户儿]{{0,3}}(?:{'|'.join(_DATA['public'])})")
_MANY = late(
    rf"(?:[各多\d二两三四五六七八九十几百]|(?<![有的])一)[余多]?[名例人户类种位]{_HAN}{{0,4}}$|(?:各类|部分|一批|全[国省市县区镇乡村]){_HAN}{{0,4}}$"
)
_OF_A_RULE = late(rf"{_HAN}{{0,6}}的[，,](?:可以?|应当?|按照?|由|给予|予以|均|凭|享受|免|酌情|优先|不得|须)")
_MANY_BEHIND = late(r"[^。；\n，]{0,14}?(?!1[^\d])\d+[余多]?(?:人次|[名例户]|人(?![民均]))")
_HALF = late(
    rf"(?:(?<=[师生员工户民者人长])(?=[向时从])|(?![由对的在与和是有向给把被及以因该本此如从某为]))[{IDEOGRAPH}]某(?![些种个项]|地(?!中海)|单位|小区|{_HAN}?(?:公司|企业)|[局镇县市村区乡街科校院厂店所站部处])"
)
"""Any surname, be it ever so rare."""
_SIGNED = late(rf"[{NAME_BEGINS}](?:[×○□＊]{{1,2}}|\*{{1,2}}(?!\*))(?=[{IDEOGRAPH}，。、（(：:|\s]|$)")
"""姚*, 李×秀"""
_ONE = late(
    rf"(?:仅有|只有|唯一|独有)的?一?[户名位人个家]|唯一的?(?={_HAN}{{2,10}}[生人户儿员])|(?:信访|举报|投诉|反映|申请|当事|受助|来访|被害|受害|驾驶|报案|被鉴定|被执行|嫌疑|[死伤患逝])[人者](?![们员、和群])|户主|该{_HAN}{{0,3}}[户生员民工人师者童妇兵警志部安](?![们、和群])|本人|[一-鿿]{{2}}老[太汉妪翁](?!们)|那[个位名](?=[^，。；\n]{{0,14}}[长员人师生户工孩])|[其我他她][胞堂表养继大二三小]?(?:本人|[父母妻夫子女]亲?|{'|'.join(_SAID_OF['kin'])})"
)
_POST = late(
    rf"(?:{any_of([*_PEOPLE['posts'], *_PEOPLE['public_posts'], *_PEOPLE['company_posts'], *_DATA['posts']])})(?:[（(][^（）()]{{0,10}}[）)])?(?:本人)?[，,]?"
    r"(?:[已曾又仍正现系因身罹]|长期|多年|突发|常年|近年来?|自称|查出|被?确诊|[患有得了为]|于?\d{4}年){0,4}$"
)
"""Who holds a post, directly before what ails him."""
_POST_BEFORE = late(
    rf"(?:{any_of([*_PEOPLE['posts'], *_PEOPLE['public_posts'], *_PEOPLE['company_posts'], *_DATA['posts']])})(?:[（(][^（）()]{{0,10}}[）)])?(?![和与及等、对向为的组主负分将把])(?P<between>{_HAN}{{0,12}}[，,]?)$"
)
_SUFFERS = late("突[发患]|患|罹|确诊|查出|被诊|因病|病[逝故危退]|住院|做了?|接受|进行|猝死|晕倒|自杀|轻生")
_OTHERS = late("发现|了解|群众|村民|老人|患者|对象|学生|户|为|给|将|把|对|向|使|帮|让")
"""Who is taken care of by somebody in office."""
_WORK = late(any_of(_DATA["work"]))
_PAID = late("|".join(_DATA["paid"]))
_REGULAR = late("|".join(_DATA["regular"]))
"""What one person is paid again and again."""
_PAID_POST = late(
    rf"(?:{any_of([*_PEOPLE['posts'], *_PEOPLE['public_posts'], *_PEOPLE['company_posts'], *_DATA['posts']])})(?![、和等们及]){_HAN}{{0,2}}[）)]?[^。；\n、]{{0,24}}$"
)
_FIELD = late(rf"[ \-]{{0,4}}{_HAN}{{2,8}} ?[：:]")
_NAMED_BEFORE = late(rf"{_HAN}{{2,8}}[：:][^。；：\n]{{0,6}}某[^。；：\n]{{0,6}}[。；]$")
"""The field before: 申请人：章某。"""
_IS_TOLD = late("姓名|人员|当事|本人|名[为叫]|所指|对应|即|系")
_APART = compiled("[，；、：,]")
_ENDS = compiled(r"[。；\n]")
_NEAR, _LEFT, _RIGHT, _LONGEST, _BEHIND = 60, 40, 10, 6, 16


def ailing(text: str, named: list[Person]) -> Iterator[tuple[int, int]]:
    """Yield what ails one person of a text, and what one who holds a post is paid; all who are named, in order."""
    near = united((max(0, hint.start() - _WINDOW), hint.end() + _WINDOW) for hint in _HINT.finditer(text))
    spans = {match.span() for window in near for match in _AILS.finditer(text, *window)}
    for start, end in sorted({*spans, *ill_health(text)}):
        if _PUBLIC.match(text, end) or _MANY.search(text, max(0, start - _RIGHT), start):
            continue
        if _MANY_BEHIND.match(text, end) or _OF_A_RULE.match(text, end):
            continue
        first, last = _told_in(text, start, end)
        told = _is_of_half_a_name(text, first, start, end, last) or is_named_between(named, first, last)
        # What ails somebody may be taken for longer than it is, from the end of a post on.
        if told or any(_POST.search(text, first, place) for place in range(start, min(end, start + _LONGEST))):
            yield start, end
        elif _is_of_a_post(text, first, start, end):
            yield start, end
    if not _PAYS.search(text):
        return
    for match in _PAID.finditer(text):
        if _PAID_POST.search(text, max(0, match.start() - _LEFT), match.start()):
            yield match.span()
    for match in _REGULAR.finditer(text):
        first, last = _told_in(text, *match.span())
        if _is_of_half_a_name(text, first, *match.span(), last):
            yield match.span()


def _told_in(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the sentence of a place, and the fields beside it where it is the value of one."""
    near = max(0, start - _LEFT)
    first = near + max((one.end() for one in _ENDS.finditer(text[near:start])), default=0)
    last = stop.start() if (stop := _ENDS.search(text, end, end + _NEAR)) else min(len(text), end + _NEAR)
    if _FIELD.match(text, first):
        if told := _NAMED_BEFORE.search(text, max(0, first - _RIGHT - _RIGHT), first):
            first = told.start()
        above, below = around(text, start, end)
        return min(first, above), max(last, below)
    return first, last


def _is_of_half_a_name(text: str, first: int, start: int, end: int, last: int) -> bool:
    """Return whether somebody stands in the sentence whom what stands there ails, not whose work it is."""
    before = [first + stop for _, stop in addressed(text[first:end])]
    before += [one.end() for half in (_HALF, _SIGNED, _ONE) for one in half.finditer(text, first, end)]
    if before and not _WORK.search(text, min(max(before), start), end):
        return True
    behind = _HALF.search(text, end, last)
    if not behind:
        return False
    between = text[end : behind.start()]
    if _BEHIND < behind.start() - end and not _IS_TOLD.search(between):
        return False
    return not _APART.search(between) or not _WORK.search(f"{text[first:start]}|{between}")


def _is_of_a_post(text: str, first: int, start: int, end: int) -> bool:
    """Return whether somebody who holds a post suffers it: 原书记在留置期间突发心肌梗死."""
    for place in range(start, min(end, start + _LONGEST)):
        if (post := _POST_BEFORE.search(text, first, place)) and _SUFFERS.search(text, post.start("between"), end):
            return not (_OTHERS.search(post["between"]) or _WORK.search(text, post.start("between"), end))
    return False
