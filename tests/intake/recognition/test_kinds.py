"""Kinds of layout, with any names, numbers, order and width of signs: the problems are those that were put in."""

import itertools
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from rectify.intake.outline import Cell, Outline, Paragraph, Row, Table
from rectify.intake.recognition.recognise import recognise

TITLES = [
    "采购验收流于形式",
    "台账更新不及时",
    "值班记录代签",
    "固定资产账实不符",
    "外勤补贴发放超范围",
    "档案室长期闲置",
    "合同到期未续签",
    "公示栏内容陈旧",
    "下乡走访次数不足",
    "安全隐患排查走过场",
]
DONE = ["已完成整改。", "已整改到位。", "该问题已完成整改。", "目前已完成整改。"]
GOING = ["持续推进。", "正在整改。", "该问题正在整改。", "目前正在推进。"]
ACCOUNTS = ["修订制度并逐项核对，", "由办公室牵头清理，", "约谈经办人，重新登记，"]
UNITS = ["清川市档案馆", "白苇县水务局", "云溪区教育局"]

titles = st.lists(st.sampled_from(TITLES), min_size=2, max_size=7, unique=True)
statuses = st.lists(st.booleans(), min_size=7, max_size=7)
accounts = st.lists(st.sampled_from(ACCOUNTS), min_size=7, max_size=7)
units = st.sampled_from(UNITS)
words = st.tuples(st.sampled_from(DONE), st.sampled_from(GOING))
numbers = st.sampled_from(["{}.", "{}、", "（{}）", "({})"])


def read(text: str):
    """What is recognised in a text, a paragraph a line."""
    blocks = [Paragraph(line, number) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    return recognise(Outline("kind.txt", "text", tuple(blocks)), blocks)


def found(text: str) -> list[tuple[str, str]]:
    return [(one.title, one.stated.status) for one in read(text).problems]


def wanted(chosen, done):
    return [(title, "done" if is_done else "ongoing") for title, is_done in zip(chosen, done)]


def told(chosen, done, account, word):
    """Title and account of every problem."""
    return [(title, what + word[not is_done]) for title, is_done, what in zip(chosen, done, account)]


@given(titles, statuses, accounts, words, units, numbers, st.integers(2, 40))
def test_a_line_that_bridges_is_no_problem(chosen, done, account, word, unit, number, count):
    lines = [
        f"{number.format(n)}{title}\n整改情况：{what}"
        for n, (title, what) in enumerate(told(chosen, done, account, word), 1)
    ]
    bridge = f"针对巡察组反馈的三个方面{count}个问题，现将整改落实情况公开如下："
    head = f"中共{unit}党组关于巡察整改情况的通报\n现将有关情况予以公布。\n一、整改落实情况\n{bridge}\n"
    recognition = read(head + "\n".join(lines))
    assert [(one.title, one.stated.status) for one in recognition.problems] == wanted(chosen, done)
    assert recognition.declared and recognition.declared.total == count


@given(titles, statuses, accounts, words, units)
def test_results_in_a_chapter_of_their_own_go_to_their_problems(chosen, done, account, word, unit):
    asked = "\n".join(f"{n}.{title}" for n, title in enumerate(chosen, 1))
    answers = "\n".join(f"{n}.{what}" for n, (_, what) in enumerate(told(chosen, done, account, word), 1))
    text = f"{unit}关于巡察整改情况的通报\n现予以公布。\n一、巡察反馈的问题\n{asked}\n二、整改情况\n{answers}"
    assert found(text) == wanted(chosen, done)


@given(titles, statuses, units, st.booleans(), st.sampled_from("|｜"))
def test_cells_one_a_line_are_rows_again(chosen, done, unit, numbered, bar):
    head = ["序号"] * numbered + ["存在问题", "整改措施", "整改状态"]
    rows = [
        [str(n)] * numbered + [title, "逐项清理", "已完成" if is_done else "持续推进"]
        for n, (title, is_done) in enumerate(zip(chosen, done), 1)
    ]
    cells = "\n".join(f"{cell} {bar}" for cell in itertools.chain(head, *rows))
    assert found(f"{unit}专项整治问题整改情况公示\n现公示如下：\n{cells}\n{unit}\n2025年6月6日") == wanted(chosen, done)


@given(titles, statuses, units, st.data())
def test_a_cell_that_copying_swallowed_moves_no_value_to_another_problem(chosen, done, unit, data):
    rows = [
        [str(n), title, "逐项清理", "已完成" if is_done else "持续推进"]
        for n, (title, is_done) in enumerate(zip(chosen, done), 1)
    ]
    row = data.draw(st.integers(0, len(rows) - 1))
    del rows[row][data.draw(st.integers(1, 3))]
    for ending in (" |", ""):
        cells = "\n".join(
            cell + ending for cell in itertools.chain(["序号", "存在问题", "整改措施", "整改状态"], *rows)
        )
        text = f"{unit}专项整治问题整改情况公示\n现公示如下：\n{cells}\n{unit}\n2025年6月6日"
        assert {one for one in found(text) if one[1]} <= set(wanted(chosen, done))


@given(titles, statuses, accounts, words, units)
def test_line_breaks_that_were_lost_are_put_back(chosen, done, account, word, unit):
    parts = [
        f"（{'一二三四五六七'[n]}）关于“{title}”的问题。整改情况：{what}"
        for n, (title, what) in enumerate(told(chosen, done, account, word))
    ]
    text = (
        f"{unit}党组关于巡察整改进展情况的通报根据县委统一部署，2024年3月4日至4月12日，县委第二巡察组进行了巡察。现将整改进展情况予以公布。"
        f"一、整改工作基本情况党组召开会议五次，制定措施三十条，逐项明确牵头科室、经办人员和完成时间。二、反馈问题整改情况{''.join(parts)}"
        f"联系电话：0000-5190042。{unit}党组2024年9月30日"
    )
    recognition = read(text)
    assert [(one.title, one.stated.status) for one in recognition.problems] == wanted(chosen, done)
    assert recognition.values["doc_date"] == date(2024, 9, 30)
    assert not [one for one in recognition.problems for line in one.body if "联系电话" in line.text]


HALF = str.maketrans("，：；（）。", ",:;().")


@given(titles, statuses, accounts, words, units)
def test_half_width_signs_say_the_same(chosen, done, account, word, unit):
    lines = [
        f"（{'一二三四五六七'[n]}）关于“{title}”问题\n整改情况：{what}"
        for n, (title, what) in enumerate(told(chosen, done, account, word))
    ]
    text = (
        f"中共{unit}党组关于巡察整改情况的通报\n根据市委统一部署，2024年3月12日至5月10日，市委第一巡察组进行了巡察。"
        "2024年7月2日，市委第一巡察组反馈了巡察意见。现予以公布。\n" + "\n".join(lines)
    )
    for written in (text, text.translate(HALF)):
        recognition = read(written)
        assert [(one.title, one.stated.status) for one in recognition.problems] == wanted(chosen, done)
        assert recognition.values["inspector"] == "市委第一巡察组"
        assert recognition.values["feedback"] == date(2024, 7, 2)


@given(st.permutations(["索引号", "发布机构", "发布日期", "公开方式"]), st.booleans(), st.booleans(), units)
def test_the_head_of_a_page_is_no_text(labels, two_lines, bullets, unit):
    values = {"索引号": "QC01/2024-00021", "发布机构": unit, "发布日期": "2024-07-10", "公开方式": "主动公开"}
    between, before = ("\n" if two_lines else ""), ("• " if bullets else "")
    head = "\n".join(f"{before}{label}：{between}{values[label]}" for label in labels)
    title = f"{unit}关于巡察整改情况的通报"
    recognition = read(f"{head}\n{before}{title}\n来源：{unit} 浏览量：\n1.关于“{TITLES[0]}”问题的整改\n已完成整改。")
    assert recognition.kind.title == title
    assert recognition.values["published"] == date(2024, 7, 10)
    assert [one.title for one in recognition.problems] == [TITLES[0]]
    assert not [text for _, text, _ in recognition.body]


TAIL = [
    "特此公示。",
    "公示时间：2024年11月1日至2024年11月7日，共7天。",
    "联系电话：0000-3515200",
    "附表：整改任务公示表",
    "上一篇：没有了",
]


@given(st.permutations(TAIL), st.sampled_from(TITLES), units)
def test_the_tail_of_a_notice_belongs_to_no_problem(tail, title, unit):
    text = (
        f"关于{unit}督察反馈问题整改情况的公示\n整改任务：{title}。\n整改措施：逐项清理。\n整改完成情况：\n1、新建围挡。\n2、投用喷淋。该问题已完成整改。\n"
        + "\n".join(tail)
        + f"\n{unit}\n2024年11月1日"
    )
    recognition = read(text)
    assert [(one.title, one.stated.status) for one in recognition.problems] == [(title, "done")]
    said = "".join(line.text for line in recognition.problems[0].body)
    assert not [word for word in ("特此", "公示时间", "电话", "附表", "上一篇") if word in said]


@given(titles, st.data(), units)
def test_statuses_by_number(chosen, data, unit):
    named = sorted(data.draw(st.sets(st.integers(1, len(chosen)), min_size=1, max_size=len(chosen) - 1)))
    listed = "\n".join(f"{n}.{title}" for n, title in enumerate(chosen, 1))
    sentence = f"第{'、'.join(map(str, named))}项问题已完成整改，其余{len(chosen) - len(named)}项正在推进。"
    text = f"{unit}关于巡察整改情况的公开\n现公开如下。\n一、反馈的问题\n{listed}\n二、整改情况\n{sentence}"
    assert found(text) == wanted(chosen, [n in named for n in range(1, len(chosen) + 1)])


def test_ways_to_begin_a_problem():
    """The title, and no sign of how it begins, whichever way the document has; what is done next is none."""
    head = "关于巡察整改情况的通报\n现将整改情况公布如下。\n"
    wanted = ["2个单位台账不全", "3名职工重复领取补贴", "收费不公开"]
    items = [f"{title}\n整改情况：修订制度。已完成。" for title in wanted]
    texts = [
        "\n".join(f"问题 {n}　{one}" for n, one in enumerate(items, 1)),
        "\n".join(f"问题{n}　{one}" for n, one in zip("一二三", items)),
        "一、结果\n" + "\n".join(f"（{n}）原问题：{one}" for n, one in enumerate(items, 1)),
        "\n".join(f"（{n}）问题表述：{one}" for n, one in zip("一二三", items)),
        "\n".join(f"认领问题{n}：{one}" for n, one in enumerate(items, 1)),
        "\n".join(f"{n}.{one}" for n, one in enumerate(items, 1)) + "\n4.下一步打算\n4.1加强监督\n4.2巩固成果",
        "一、整改情况。"
        + "".join(f"　　{n}.关于“{t}”的问题。已完成。" for n, t in enumerate(wanted, 1))
        + "\n二、下一步打算。　　1.巩固成果。",
        "\n".join(
            f"{aspect}方面\n" + "\n".join(f"关于{t}的问题。修订制度。已完成。" for t in some)
            for aspect, some in (("服务", wanted[:2]), ("收费", wanted[2:]))
        ),
    ]
    assert [[one.title for one in read(head + text).problems] for text in texts] == [wanted] * len(texts)
    assert [one.group for one in read(head + texts[-1]).problems] == ["服务方面", "服务方面", "收费方面"]


def test_labels_in_bold_above_their_values():
    """A value belongs to the label above it; one that is missing takes none of another, nor the signature."""
    lines = ["问题一", "台账不全", "责任部门", "整改状态", "已完成", "问题二", "收费不公开", "整改状态", "某县林业局"]
    bold = {"问题一", "问题二", "责任部门", "整改状态"}
    texts = ["关于巡察整改情况的通报", "现将整改情况公布如下。", *lines, "2025年3月31日"]
    blocks = [Paragraph(text, number, bold=text in bold) for number, text in enumerate(texts, 1)]
    recognition = recognise(Outline("kind.html", "html", tuple(blocks)), blocks)
    assert [(one.title, one.stated.status) for one in recognition.problems] == [
        ("台账不全", "done"),
        ("收费不公开", ""),
    ]
    assert recognition.values["issuer"] == "某县林业局"


def test_a_table_of_one_column_only_lays_out_the_page():
    text = "某县气象局关于巡察整改情况的通报\n现将整改情况公布如下。\n1.记录缺失\n已完成整改。\n2.档案遗失\n正在推进。"
    table = Table((Row((Cell(text),), 1),))
    problems = recognise(Outline("kind.docx", "docx", (table,)), [table]).problems
    assert [(one.title, one.stated.status) for one in problems] == [("记录缺失", "done"), ("档案遗失", "ongoing")]


def test_spaces_beside_numbers_are_read_over_and_printed():
    text = "关于整改情况的通报\n1.滞留资金 120 万元\n拨付 120 万元，于 2024 年 6 月 30 日完成。该问题已完成整改。\n2.票据缺号 36 份\n补齐 36 份。"
    problems = read(text).problems
    assert [one.title for one in problems] == ["滞留资金 120 万元", "票据缺号 36 份"]
    assert problems[0].body[0].text.startswith("拨付 120 万元，于 2024 年 6 月 30 日完成。")
