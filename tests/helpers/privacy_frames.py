"""Labelled lines for measuring the search for private data: sentence frames, private tokens and clean look-alikes.

Everything is invented; numbers with a check digit carry a valid one (GB 11643, GB 32100, Luhn).
"""

import random
from collections.abc import Callable
from functools import partial

Maker = Callable[[random.Random], str]

_WIDE = str.maketrans("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", "０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ")
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟"
_RARE = ("欧阳", "上官", "司马", "诸葛", "尉迟", "仝", "逄", "亓", "妫", "缪", "佘", "郗", "麴", "卜", "查", "盖", "单", "仇", "区", "乜")
_GIVEN = ("建国", "秀英", "志强", "桂兰", "伟", "芳", "小红", "德福", "雨桐", "子轩", "永贵", "玉梅", "海燕", "军", "丽华", "文博")
_BASE32 = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def _digits(rng: random.Random, count: int) -> str:
    return "".join(rng.choice("0123456789") for _ in range(count))


def _id_number(rng: random.Random) -> str:
    area = rng.choice(("110101", "330102", "420106", "510104", "440305", "610113", "230103"))
    year, month, day = rng.randint(1940, 2015), rng.randint(1, 12), rng.randint(1, 28)
    if rng.random() < 0.08:
        return f"身份证号{area}{min(year, 1999) % 100:02}{month:02}{day:02}{_digits(rng, 3)}"
    body = f"{area}{year}{month:02}{day:02}{_digits(rng, 3)}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    number = body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]
    parts = number[:6], number[6:14], number[14:]
    return rng.choice((number, number, number.lower(), " ".join(parts), "-".join(parts), number.translate(_WIDE)))


def _mobile_number(rng: random.Random) -> str:
    number = rng.choice(("138", "139", "135", "150", "159", "166", "173", "177", "186", "189", "191", "198")) + _digits(rng, 8)
    a, b, c = number[:3], number[3:7], number[7:]
    return rng.choice((number, number, number, f"{a} {b} {c}", f"{a}-{b}-{c}", f"+86{number}", f"+86 {a} {b} {c}",
                       f"86-{number}", f"（{number}）", number.translate(_WIDE)))


def _bank_card(rng: random.Random) -> str:
    body = rng.choice(("622848", "621700", "622202", "621661", "623052")) + _digits(rng, 12)
    total = sum(sum(divmod(int(d) * (2 - i % 2), 10)) for i, d in enumerate(reversed(body)))
    number = body + str(-total % 10)
    grouped = [number[at:at + 4] for at in range(0, 19, 4)]
    return rng.choice((number, number, " ".join(grouped), "-".join(grouped), number.translate(_WIDE)))


def _home_address(rng: random.Random) -> str:
    n = partial(rng.randint, 1)
    return rng.choice((
        f"清川市城东区和平路{n(200)}号{n(30)}栋{n(4)}单元{n(25)}0{n(4)}室", f"柳塘镇石桥村{n(12)}组{n(90)}号",
        f"云岭县白鹿乡大湾村{rng.choice('一二三四五六')}组", f"翠湖花园{n(20)}幢{n(18)}0{n(4)}室",
        f"锦绣家园小区{n(9)}号楼{n(4)}单元{n(9)}0{n(2)}", f"幸福里{n(30)}弄{n(60)}号{n(6)}0{n(4)}室",
        f"城关街道南门社区解放巷{n(80)}号", f"清川市桐山县新塘镇上坝村{n(300)}号", f"滨江苑{n(20)}-{n(3)}-{n(18)}0{n(2)}"))


def _licence_plate(rng: random.Random) -> str:
    head = rng.choice("浙京沪苏鄂川粤鲁豫湘") + rng.choice("ABCDEFGH")
    body = rng.choice("ABCDEFGHJK0123456789") + _digits(rng, 3) + rng.choice("0123456789KMQ")
    green = rng.choice("DF") + _digits(rng, 5)
    plain = head + body
    return rng.choice((f"{head}·{body}", plain, plain, head + green, f"{head}·{green}", f"{head} {body}",
                       plain.translate(_WIDE), plain.lower()))


def _passport_number(rng: random.Random) -> str:
    seven, eight = _digits(rng, 7), _digits(rng, 8)
    return rng.choice((f"护照E{eight}", f"护照号E{rng.choice('ABCDEFGH')}{seven}", f"护照号码：E{eight}", f"护照（G{eight}）",
                       f"护照号 {('E' + eight).translate(_WIDE)}", f"港澳通行证C{eight}", f"往来港澳通行证号码：C{eight}",
                       f"台湾通行证L{eight}", f"大陆居民往来台湾通行证 T{eight}"))


def _private_email(rng: random.Random) -> str:
    name = rng.choice(("zhangjianguo", "li.wei", "wang_fang88", "chenxm1975", "xiaohong-liu", _digits(rng, 9)))
    return name + rng.choice(("@qq.com", "@163.com", "@foxmail.com", "@126.com", "@sina.com", "@QQ.com", "＠163.com"))


def _named_private_person(rng: random.Random) -> str:
    name = (rng.choice(_RARE) if rng.random() < 0.2 else rng.choice(_SURNAMES)) + rng.choice(_GIVEN)
    return name if rng.random() < 0.8 else f"{name}（{rng.choice('男女')}，{rng.randint(8, 88)}岁）"


def _credit_code(rng: random.Random, digits_only: bool = False) -> str:
    while True:
        tail = _digits(rng, 9) if digits_only else "MA" + "".join(rng.choice(_BASE32) for _ in range(7))
        body = rng.choice(("91", "11", "12", "52")) + rng.choice(("330102", "420106", "510104")) + tail
        check = -sum(_BASE32.index(c) * pow(3, i, 31) for i, c in enumerate(body)) % 31
        if not digits_only or check < 10:
            return body + _BASE32[check]


def _fill(frame: str, maker: Maker) -> Maker:
    return lambda rng: frame.replace("{}", maker(rng), 1)


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line]


TOKENS: dict[str, Maker] = {
    "id_number": _id_number, "mobile_number": _mobile_number, "bank_card": _bank_card, "home_address": _home_address,
    "licence_plate": _licence_plate, "passport_number": _passport_number, "private_email": _private_email,
    "named_private_person": _named_private_person,
}

FRAMES: dict[str, list[str]] = {
    "id_number": _lines("""
经核查，该申请人身份证号为{}，不符合低保条件。
身份证号码：{}
居民身份证{}已过有效期，窗口已提醒换领。
| 3 | 村民小组长 | {} | 已退回 | 2024年5月 |
名下重复参保（{}），已于6月办理退保。
公民身份号码{}与户籍系统不一致，已更正。
1.死亡人员{}仍领取养老金，已追回0.36万元。
证件号：{}，证件类型：居民身份证。
将{}、另一名冒领人员一并移送派出所。
处理决定书送达对象（身份证：{}）。
会议要求对{}一户再次入户核实。
《关于{}待遇追缴的决定》已送达本人。
名单如下：{}，补助标准每月420元。
系统中录入的{}经比对为错误号码。
办理人证件号码 {} ，联系社区登记。
申请材料附身份证复印件（{}）一份。
信访事项受理告知单编号12号，信访人证件{}。
ID：{}
法定代表人身份证{}，企业已注销。
经公安比对，{}对应人员户籍已迁出。
台账第17行{}漏填发放日期，已补录。
养老保险个人编号与{}相同，容易泄露，已停用。
学籍辅号G{}已在学籍系统中核销。
户主证件号码：{}；家庭人口：3人。
残疾人证号{}43，等级三级。
贷款人（证件号{}）逾期本金已收回。
"""),
    "mobile_number": _lines("""
联系电话：{}
如有异议，请拨打{}反映。
手机：{}，微信同号。
村民来电（{}）反映路灯不亮，当日修复。
监督电话{}，工作日8:30至17:30接听。
| 5 | 护林员 | {} | 已签订承诺书 |
信访人留存的号码{}已停机，改为书面答复。
经回访{}，当事人表示满意。
值班手机：{}（24小时）
物业负责人电话{}已在公示栏更新。
短信举报号码为{}，仅接收短信。
会议确定由综合科对接，手机号{}。
办事指南中登载的{}系离任干部号码，已撤下。
包联干部{}每周入户一次。
网格员、楼栋长{}、民警共同走访。
《便民服务卡》印有{}等信息。
Tel：{}
移动电话 {} 由专人保管。
联系人：村文书{}
经查，来电号码{}与上次举报一致。
请与施工队负责人联系，{}。
缴费通知误发至{}，已致歉。
反映人电话:{}；反映时间:2024年3月。
家长群内公开了{}，学校已责令删除。
手机（微信）{}，传真0571-86001234。
注册手机号为{}的账户已冻结。
"""),
    "bank_card": _lines("""
卡号：{}
退款汇入其个人账户，账号{}。
开户行：清川农商银行柳塘支行，账号：{}
一卡通卡号{}发放错误，已重新打卡。
银行卡号 {} 户名与补贴对象不符。
| 7 | 耕地补贴 | {} | 1260元 | 已追回 |
违规收取的礼金由{}转出，已全额上缴。
经查询银行卡（{}）流水，未见异常。
社保卡金融账号{}已激活。
该村将集体资金存入会计个人储蓄卡{}。
收款账户为{}，系村支书亲属所有。
公款私存问题：{}余额已转回对公账户。
工资卡{}重复发放绩效2400元。
以个人名义在建设银行开立{}，用于收取水费。
账户{}自2022年起收取摊位费。
补助资金转入农业银行{}，凭证第23号。
养老金发放账号变更为{}。
惠农补贴存折号：{}
请将清退款缴至{}（备注清退）。
两笔款项分别转入{}和现金账。
信用卡{}透支消费已归还。
公务卡卡号{}用于私人消费，已退回。
《退款明细》列明卡号{}，金额860元。
银联卡：{}；经办：出纳。
抚恤金打入{}，家属已签收。
"""),
    "home_address": _lines("""
信访人家住{}，反映邻居违建。
户籍地{}，已外出务工多年。
现住址：{}
家庭住址：{}
住址{}，房屋为砖木结构。
该户居住在{}，属C级危房。
| 4 | 低保户 | {} | 已核实 |
户籍所在地：{}；现居外省。
工作人员到其家中（{}）送达答复意见。
患者住{}，居家隔离期满。
经常居住地为{}，由社区代管。
邮寄地址：{}，收件人为本人。
独居老人住所{}已安装烟感报警器。
学生家庭地址{}误登公示栏，已撤下。
申请人住在{}，距离学校2公里。
家庭地址为{}的困难户已补发补贴。
到{}入户走访，了解低保发放情况。
租住于{}，租金每月500元。
其父母住{}，生活由次子照料。
送达地址：{}
上述人员暂住{}，已办居住证。
其本人名下住房位于{}，面积89平方米。
投诉人住处（{}）漏水已维修。
常住地址{}与户口簿不一致。
退役军人安置落户{}。
"""),
    "licence_plate": _lines("""
公车私用问题：车牌号{}，已收回封存。
车牌：{}
车牌号码为{}的私家车占用消防通道。
驾驶{}前往景区，费用自理后补缴。
| 2 | {} | 越野车 | 超标 | 已拍卖 |
群众反映{}长期停在办公楼前。
借用企业车辆（{}）3个月，已归还。
加油卡绑定{}，与实际用车不符。
小型轿车{}维修费重复报销1800元。
执法记录仪拍到{}运输砂石超载。
号牌{}已过年检期。
2023年国庆期间{}通行高速6次。
租赁车辆{}、司机工资均在项目中列支。
《派车单》登记为{}，实际未派车。
查扣货车{}一辆，罚款2000元。
其名下{}未如实申报，已批评教育。
渣土车{}沿途抛洒，责令清理。
新能源汽车{}充电费由单位承担，已退回。
私车公养：{}，涉及油费0.42万元。
经调阅监控，{}于9时驶入。
处罚对象为{}车主。
会议纪要误载车号{}，已更正。
停车补贴发放至{}，不合规定。
事故车辆{}已由保险公司定损。
牌照：{}；车型：七座商务车。
"""),
    "passport_number": _lines("""
其所持{}未按规定上交，已收缴。
因私出国证件：{}
经查，{}未登记备案。
| 6 | 科级 | {} | 已集中保管 |
出入境记录显示持{}出境2次。
证件台账漏登{}，已补录。
持有{}逾期未交，给予批评教育。
已将{}交组织部门统一保管。
办理登记备案时填报{}，与系统不符。
证件（{}）已注销。
对隐瞒持有{}的干部进行诫勉。
2024年4月收回{}等证件11本。
本人申领{}未报批。
名单中误公开{}，现已删除。
附件2第5行：{}。
经出入境管理部门核对，{}仍在有效期。
《领取登记表》写明{}。
请假出境事由为探亲，{}。
补报材料包括{}及行程单。
持证情况：{}；保管单位：人事科。
学生交流团领队{}信息已更正。
签证页复印件对应{}。
退休干部{}仍由原单位保管。
涉及{}、身份证各一件。
会议通报了{}逾期问题。
"""),
    "private_email": _lines("""
意见请发送至{}。
电子邮箱：{}
举报人通过{}发来材料。
| 9 | 项目联络员 | {} | 已通知 |
E-mail:{}
附件误发至{}，已要求删除。
用私人邮箱{}传送工作文件，已整改。
邮箱（{}）长期无人查看。
联系人：办公室，邮箱{}
报名表发{}，截止5月10日。
工作资料存于{}网盘账户。
答复已通过{}送达信访人。
请将材料电子版报{}，逾期不候。
投诉人留下{}，要求书面回复。
邮箱地址为{}，电话同上。
经查{}系承包商个人邮箱。
《征求意见函》留有{}。
通过{}、微信群转发内部通知。
家长可致信{}。
学生联系方式：{}
登录账号{}已停用。
回访邮件退回，原因是{}不存在。
抄送{}的邮件未经保密审查。
个人信箱：{}；办公电话：0571-86001234。
简历投递{}即可。
"""),
    "named_private_person": _lines("""
举报人{}反映村务不公开。
信访人{}多次到镇政府反映征地问题。
投诉人{}对答复表示满意。
患者{}的费用已退还320元。
学生{}的助学金已补发。
农户{}领取种粮补贴1200元。
低保户{}已纳入动态管理。
职工{}的工伤待遇已落实。
驾驶员{}违规加油，已退款。
死者家属{}已领取抚恤金。
村民{}、村委会主任到场见证。
特困供养人员{}入住敬老院。
脱贫户{}家中饮水已通。
反映人：{}
残疾人{}的护理补贴已补发。
居民{}反映的漏水问题已解决。
当事人{}拒绝签字。
业主{}来信要求公开物业收支。
| 8 | 贫困户 | {} | 已补发 |
退役军人{}的优待金已发放。
受害人{}已获赔偿。
孤儿{}的生活费按月到账。
商户{}退还多收摊位费600元。
其妻子{}在下属企业领取工资。
涉及学生家长{}的收费已清退。
老人{}去世后仍发放高龄津贴。
申请人{}的信息公开申请已答复。
护工{}与患者发生争执，已调解。
"""),
}

_PLAIN = _lines("""
如需咨询请拨打12345政务服务便民热线。
对违纪问题可拨打12388举报。
遇紧急情况请拨打110、119或120。
客服热线400-820-1234，全天开通。
税务咨询请拨12366，住房公积金请拨12329。
监督电话：0571-86001234；传真：0571-86005678。
联系电话：（0571）86001234，邮编：310000。
电话：027-87651234转801。
值班电话：87651234
邮政信箱：清川市第18号信箱，邮编430070。
通信地址：清川市城东区人民路18号市委巡察办，邮政编码310006。
办公地点：清川市行政中心3号楼5楼502室。
来访接待地址：柳塘镇政府大院1栋101室。
政务服务中心位于和平路66号，2楼设8个窗口。
邮箱：jwxf@qingchuan.gov.cn
意见可发至xcb@qc.gov.cn或当面递交。
联系人：局办公室；电话：0571-86004321；邮箱：bgs@qingchuan.gov.cn。
索引号：002489671/2024-00318
文号：清政发〔2024〕18号
公开日期2024年11月20日，公示期7天。
2019-2023年累计投入12345.67万元。
整改期限为20240301—20240531。
涉及金额13812345678.90元的数据为系统测试值，已清除。
新建道路面积13500平方米，绿化率35.5%。
地块坐标为东经120.123456、北纬30.654321。
服务器地址192.168.10.25已关闭外网访问。
系统升级至V3.12.5版本。
执行标准GB/T 9704-2012和GB 11643—1999。
举报人信息严格保密，未发生泄露。
患者满意度达到96.5%。
学生资助政策已全部落实。
家长委员会参与食堂监督。
群众高兴地看到路修好了。
职工代表大会审议通过分配方案。
农户高度认可土地流转办法。
驾驶员管理制度已修订。
信访人满意率提升至92%。
患者安全管理得到加强。
低保户动态管理机制已建立。
村民自治章程重新表决。
居民常反映的噪声问题已治理。
学生成长档案已补齐。
职工安全培训覆盖全部车间。
农户成片种植柑橘120亩。
投诉人要求公开账目，已按规定答复。
举报人反映的三个问题均已查实。
当事人已写出书面检查。
业主大会选举产生新一届业主委员会。
家属区水电改造已经完工。
群众常来常往的办事大厅已改造。
居民方便程度明显改善。
患者金额较大的欠费已核销。
学生宿舍楼管理责任到人。
农户任意处置农膜的现象得到遏制。
商户经营秩序明显好转。
高度重视整改，成立工作专班。
党组书记任组长，分管副局长任副组长。
牵头领导：局党组书记、局长；责任单位：办公室、财务科。
申请人应当提供身份证明材料。
申请办理需携带身份证、户口簿原件。
查验护照、港澳通行证等因私证件36本。
已建立因私出国（境）证件集中保管制度。
身份证号已作遮盖处理：110101********0011。
联系电话138****1234已核实。
银行卡号6228****1234已遮盖。
信访人张某某反映问题已办结。
村民李某领取补贴一事已核查。
户主王×的申请已批准。
公务车辆浙O牌照管理进一步规范。
全市浙A牌照出租车更新率达80%。
清理超标越野车3辆、轿车5辆。
公务用车标识喷涂率100%。
新能源公交车纯电动占比65%。
开户行为中国农业银行清川支行，账户信息另行通知。
撤销银行账户4个，合并账户2个。
推行公务卡结算，刷卡率达98%。
家庭住址等信息不予公开。
现住址变更的应在10日内申报。
户籍地派出所配合开展核查。
家住山区的学生可申请寄宿。
住在农村的老人可享受上门服务。
走访柳塘镇石桥村、大湾村群众120户。
改造老旧小区12个，涉及86栋楼215个单元。
和平路至解放路段管网改造长度1250米。
对3号楼、5号楼消防通道进行清理。
抽查病历1200份，合格率99.2%。
一是完善制度；二是强化监督；三是严格问责。
给予党纪处分3人、诫勉5人、批评教育12人。
清退违规资金186.32万元，挽回损失95.4万元。
《市级预算单位公务卡管理办法》已印发。
工作时间：上午8:30—12:00，下午14:00—17:30。
第13期简报第15页刊发有关做法。
微信公众号“清川发布”同步公开。
网址：https://www.qingchuan.gov.cn/art/2024/11/20/art_1229001234_58712345.html
公网安备33010202001234号，浙ICP备12345678号
网站标识码：3301000012
国有资产编码TY2019003256已登记。
会计凭证2023年12月第138号、第139号。
投资138.00亿元，实施项目8000个。
采购A4纸150箱、B5笔记本1390本。
航班CA1234、列车G7512次车票已核对。
教室编号A12345，设备型号XE12345。
2024年第138、139、150号议题均已研究。
巡察组反馈的5个方面18个问题已完成16个。
""")

_OFFICIAL_NUMBERS: tuple[tuple[str, Maker], ...] = (
    ("统一社会信用代码：{}", _credit_code), ("中标单位（{}）履约正常。", _credit_code),
    ("| 2 | 清川市某建设公司 | {} | 已完成 |", _credit_code),
    ("统一社会信用代码{}已变更登记。", partial(_credit_code, digits_only=True)),
    ("事业单位法人证书号{}已年检。", partial(_credit_code, digits_only=True)),
    ("采购订单编号{}已办结。", lambda rng: "2024" + _digits(rng, 14)),
    ("合同编号：QC{}", lambda rng: "2023" + _digits(rng, 8)),
    ("项目代码2023-330102-{}", lambda rng: f"48-01-{_digits(rng, 6)}"),
    ("审批文号{}已归档。", lambda rng: f"清环审〔2023〕{rng.randint(1, 300)}号"),
    ("信访件编号XF{}按期办结。", lambda rng: "202403" + _digits(rng, 6)),
    ("案件受理号：{}", lambda rng: "3301" + _digits(rng, 12)),
    ("单位水表户号{}已更正。", lambda rng: _digits(rng, 10)), ("电力用户编号：{}", lambda rng: "33" + _digits(rng, 11)),
    ("政府采购编号ZFCG-{}已公告。", lambda rng: "2024-" + _digits(rng, 4)),
    ("不动产权证书：浙（2021）清川市不动产权第{}号", lambda rng: "00" + _digits(rng, 5)),
    ("发票代码{}，经查验为真。", lambda rng: "0330" + _digits(rng, 8)),
    ("固定电话0571-{}已公布。", lambda rng: "8" + _digits(rng, 7)),
    ("国库集中支付单位账号{}已销户。", lambda rng: "3300" + _digits(rng, 11)),
    ("财政拨款{}元已到位。", lambda rng: f"{rng.randint(10**6, 10**9):,}.00"),
    ("土地面积{}亩，已完成复垦。", lambda rng: f"{rng.uniform(1, 9999):.2f}"),
    ("行政许可决定书编号：{}", lambda rng: "JY1330102" + _digits(rng, 7)),
    ("公示日期：{}", lambda rng: f"{rng.randint(2019, 2025)}.{rng.randint(1, 12)}.{rng.randint(1, 28)}"),
    ("档案号{}移交档案馆。", lambda rng: f"WS·2022·D30-{_digits(rng, 4)}"),
)

CLEAN: list[Maker | str] = [*_PLAIN, *(_fill(frame, maker) for frame, maker in _OFFICIAL_NUMBERS)]


def positives(kind: str, count: int, seed: int) -> list[tuple[str, str]]:
    """`count` lines that carry a private token of `kind`, each with that token."""
    rng = random.Random(seed)
    drawn = ((rng.choice(FRAMES[kind]), TOKENS[kind](rng)) for _ in range(count))
    return [(frame.replace("{}", token, 1), token) for frame, token in drawn]


def clean(count: int, seed: int) -> list[str]:
    """`count` lines without private data, full of what looks like it."""
    rng = random.Random(seed)
    return [line if isinstance(line, str) else line(rng) for line in rng.choices(CLEAN, k=count)]
