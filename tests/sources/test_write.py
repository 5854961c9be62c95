import re
import string
from datetime import date

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from rectify.core.model import (
    Approval,
    Closeout,
    Contact,
    Disclosure,
    Measure,
    Outcome,
    Period,
    Problem,
    Progress,
    Waiver,
)
from rectify.core.vocabulary import DISCLOSURE_KEYS, FLAGS, PROBLEM_KEYS, STATUSES
from rectify.sources.folder import read_folder
from rectify.sources.write import document, encode

_odd = st.sampled_from(
    [
        "007",
        "是",
        "null",
        "~",
        "1e3",
        "2024-01-05",
        "甲: 乙",
        "# 甲",
        "- 甲",
        "'甲'",
        '"甲"',
        "[甲]",
        "{甲}",
        "*甲",
        "&甲",
        "!甲",
        "|",
        ">",
        "%甲",
        "@甲",
        "`甲",
        "状态：已完成",
        "内容：“甲”",
        "甲\n乙：丙",
        "甲 #乙",
        "yes",
        "1.5",
        "0x1F",
        "<党组>",
        "甲：",
        "？ 甲",
        "---",
        "...",
        "甲\\n",
        "=",
        "<<",
    ]
)
_letters = (
    st.text(alphabet=string.printable[:95] + "甲乙状态内容：“”，。（）　、", min_size=1, max_size=20)
    .map(str.strip)
    .filter(bool)
)
_text = st.one_of(_odd, _letters)
_day = st.dates(date(1990, 1, 1), date(2100, 1, 1))
_status = st.sampled_from(list(STATUSES.entries))
_names = st.lists(st.text(alphabet="甲乙丙科局A-1", min_size=1, max_size=6), min_size=1, max_size=3, unique=True).map(
    tuple
)
_problem = st.fixed_dictionaries(
    {"title": _text, "status": _status},
    optional={
        "status_wording": _text,
        "group": _text,
        "number": st.one_of(st.integers(0, 400).map(str), st.just("3-1"), st.just("一")),
        "category": _text,
        "lead": _text,
        "units": _names,
        "owner": _text,
        "deadline": _day,
        "flags": st.lists(st.sampled_from(list(FLAGS.entries)), unique=True, min_size=1).map(tuple),
        "measures": st.lists(st.builds(Measure, _text, st.one_of(st.just(""), _status)), min_size=1, max_size=3).map(
            tuple
        ),
        "closeout": st.builds(Closeout, _day, st.one_of(st.just(""), _text), st.one_of(st.just(""), _text)),
        "progress": st.lists(st.builds(lambda day, text: Progress(day, text), _day, _text), min_size=1, max_size=3).map(
            lambda some: tuple(sorted(some, key=lambda one: one.date))
        ),
    },
)
_report = st.fixed_dictionaries(
    {"title": _text, "genre": st.just("rectification"), "unit": _text, "as_of": _day, "published": _day},
    optional={
        "inspector": _text,
        "round": _text,
        "inspected": st.builds(lambda a, b: Period(*sorted((a, b))), _day, _day),
        "feedback": _day,
        "scope": st.sampled_from(["society", "party"]),
        "declared": st.just((("total", 1), ("done", 1))),
        "outcomes": st.lists(
            st.builds(
                Outcome, _text, st.sampled_from(["0", "7.132", "12", "05"]), st.one_of(st.just(""), st.just("万元"))
            ),
            min_size=1,
            max_size=2,
        ).map(tuple),
        "contact": st.builds(
            lambda until: Contact(phone="0000-1234567", postcode="000000", until=until), st.none() | _day
        ),
        "doc_no": _text,
        "approval": _text.map(lambda text: Approval(proposed_by=text)),
        "waivers": st.builds(Waiver, _text, _text, _text, _day, _text).map(lambda one: (one,)),
    },
)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(_report, _problem)
@example(
    {"title": "甲", "genre": "rectification", "unit": "乙", "as_of": date(2024, 1, 1), "published": date(2024, 1, 1)},
    {"title": "状态：已完成", "status": "done", "flags": ("long-term",), "deadline": None},
)
def test_what_is_written_reads_the_same(tmp_path, disclosure, problem):
    folder = tmp_path / "reports" / "2024-a"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.md").write_text(document(disclosure, DISCLOSURE_KEYS, "正文"), encoding="utf-8")
    (folder / "01.md").write_text(document(problem, PROBLEM_KEYS, ""), encoding="utf-8")
    read = read_folder(tmp_path, "2024-a")
    assert [one.text() for one in read.findings] == []
    assert read.disclosure == Disclosure(**disclosure, id="2024-a", body="正文", path="reports/2024-a/index.md")
    assert read.problems == (Problem(**problem, disclosure="2024-a", nn="01", path="reports/2024-a/01.md"),)


def test_the_form_that_people_edit():
    values = {
        "title": "台账不全",
        "status": "done",
        "number": "4",
        "units": ("办公室", "财务科"),
        "deadline": date(2024, 9, 30),
        "flags": ("immediate",),
        "measures": (Measure("补录。"), Measure("抽查。", "ongoing")),
        "progress": (Progress(date(2024, 9, 20), "印发。", "done", ("files/a.pdf",)),),
    }
    assert document(values, PROBLEM_KEYS, "正文。") == (
        "---\n问题: 台账不全\n状态: 已完成\n序号: 4\n责任单位:\n  - 办公室\n  - 财务科\n整改时限: 2024-09-30\n标记: [立行立改]\n"
        "整改措施:\n  - 补录。\n  - 内容: 抽查。\n    状态: 持续推进\n"
        "进展:\n  - 日期: 2024-09-20\n    状态: 已完成\n    内容: 印发。\n    附件: [files/a.pdf]\n---\n\n正文。\n"
    )


def test_what_is_not_stated_is_left_for_staff():
    assert document({"title": "甲", "status": None}, PROBLEM_KEYS, "") == "---\n问题: 甲\n状态:\n---\n"
    assert "整改时限: 长期坚持\n" in document(
        {"title": "甲", "flags": ("long-term",), "deadline": None}, PROBLEM_KEYS, ""
    )


@given(
    st.lists(st.tuples(st.sampled_from("甲乙丙"), st.sampled_from(["\n", "\r\n", "\r"])), max_size=6),
    st.sampled_from([b"", b"\xef\xbb\xbf"]),
    st.text("甲丁\n", max_size=6),
)
def test_line_ends_and_mark_are_those_of_the_old_file(lines, mark, new):
    old = "".join(map("".join, lines))
    # What stands is not changed by writing it again; a carriage return alone before a line feed is one line end.
    text = re.sub("\r\n?", "\n", old)
    assert encode(text, mark + old.encode()) == mark + old.encode()
    result = encode(new, mark + old.encode()).removeprefix(mark).decode()
    assert re.sub("\r\n?", "\n", result) == new
    assert set(re.findall("\r\n|\r|\n", result)) <= set(re.findall("\r\n|\r|\n", old) or ["\n"])
