from rectify.intake.recognition.labels import split_labels
from rectify.intake.recognition.line import Line


def split(*texts):
    labelled, free = split_labels([Line(text, number) for number, text in enumerate(texts, 1)])
    return [(one.field, one.text) for one in labelled], [line.text for line in free]


def test_several_labels_on_one_line():
    assert split("牵头单位：办公室；责任单位：财务科、人事科；整改时限：2024年9月30日。") == (
        [("lead", "办公室"), ("units", "财务科、人事科"), ("deadline", "2024年9月30日")],
        [],
    )


def test_long_values_run_on_until_the_next_label():
    labelled, free = split(
        "【整改措施】", "1、补录。", "2、抽查。", "【整改成效】已补齐。", "又一段。", "牵头单位：股室", "正文。"
    )
    assert labelled == [("measures", "1、补录。\n2、抽查。"), ("progress", "已补齐。\n又一段。"), ("lead", "股室")]
    assert free == ["正文。"], "after a short value the text goes on"


def test_a_label_after_the_first_sentence():
    assert split("学习不及时。整改措施：按月研讨。整改状态：已完成") == (
        [("measures", "按月研讨。"), ("status", "已完成")],
        ["学习不及时"],
    )


def test_words_in_running_text_are_no_labels():
    text = "会议强调：责任单位要压实责任，整改措施要具体。"
    assert split(text) == ([], [text])
    quoted = "报告提出问题：一是不实。"
    assert split(quoted) == ([], [quoted])


def test_an_empty_value_stays_empty():
    assert split("整改状态：", "一是补录。") == ([("status", "")], ["一是补录。"])


def test_numbers_before_a_label():
    assert split("（1）整改措施：补录台账。") == ([("measures", "补录台账。")], [])
