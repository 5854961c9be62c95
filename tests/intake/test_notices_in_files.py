"""Invented notices in files: what a word processor struck out or changed, what a program wrote, and the same in every format."""

import random
from xml.sax.saxutils import escape

import pytest

from helpers.notices import LAYOUTS, notice
from rectify.intake.importing import Result, read_documents

pytest_plugins = ["intake.readers.conftest"]
TIMES = 12
PROGRAM_WORDS = ["单击或点击此处输入文字。", "选择一项。", "#REF!", "#N/A", "########", "错误！未定义书签。"]


@pytest.fixture(params=range(TIMES))
def pick(request):
    return random.Random(f"{request.node.originalname} {request.param}").choice


def paragraph(*runs):
    return f"<w:p>{''.join(runs)}</w:p>"


def run(text, properties="", element="t"):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:{element} xml:space="preserve">{escape(text)}</w:{element}></w:r>'


def gone(text):
    return f'<w:del w:id="1" w:author="甲岗">{run(text, element="delText")}</w:del>'


def new(text):
    return f'<w:ins w:id="2" w:author="甲岗">{run(text)}</w:ins>'


def problems(file, accepted=True):
    result = read_documents([file], {}, accepted=accepted)
    assert isinstance(result, Result), [one.message() for one in result.findings]
    return [(one.values["title"], one.values["status"]) for one in result.draft.problems], result


def texts(one, pick):
    return [block.text for block in LAYOUTS["headings"].write(one, pick)]


def test_what_is_struck_out_is_no_problem_and_is_told(pick, docx):
    one = notice(pick, 3, 9)
    struck = pick(one.problems[1:])
    body = [paragraph(run(one.title)), paragraph(run(one.opening))]
    for n, problem in enumerate(one.problems, 1):
        strike = pick(["<w:strike/>", "<w:dstrike/>"]) if problem is struck else ""
        body.append(paragraph(run(f"{n}.关于“{problem.title}”的问题", strike)))
        body.append(paragraph(run(f"整改情况：{problem.words}。", strike)))
    found, result = problems(docx("".join(body)))
    assert found == [(p.title, p.status) for p in one.problems if p is not struck]
    assert sum(struck.title in finding.excerpt for finding in result.understandings[0].findings) == 1


def test_tracked_changes_are_read_from_one_side(pick, docx):
    one, other = notice(pick, 3, 9), {"done": "正在整改", "ongoing": "已完成整改"}
    opposite = {"done": "ongoing", "ongoing": "done"}
    changed = pick(one.problems)
    body = [paragraph(run(one.title)), paragraph(run(one.opening))]
    for n, problem in enumerate(one.problems, 1):
        body.append(paragraph(run(f"{n}.关于“{problem.title}”的问题")))
        before = other[problem.status]
        inside = gone(before) + new(problem.words) if problem is changed else run(problem.words)
        body.append(paragraph(run("整改情况："), inside, run("。")))
    file = docx("".join(body))
    assert problems(file)[0] == [(p.title, p.status) for p in one.problems]
    assert problems(file, accepted=False)[0] == [
        (p.title, opposite[p.status] if p is changed else p.status) for p in one.problems
    ]


def test_words_of_a_program_are_no_content_wherever_they_stand(pick, written):
    one, words = notice(pick, 2, 8), pick(PROGRAM_WORDS)
    column = pick([2, 3, 4])
    hit = pick(range(len(one.problems)))
    rows = [["序号", "存在问题", "整改措施", "责任单位", "整改状态"]]
    for n, problem in enumerate(one.problems):
        rows.append(
            [
                str(n + 1),
                problem.title,
                problem.account,
                "办公室",
                {"done": "已完成", "ongoing": "整改中"}[problem.status],
            ]
        )
        if n == hit:
            rows[-1][column] = words
    text = "\n".join([one.title, "现公示如下。", *("\t".join(row) for row in rows)])
    found, result = problems(written("a.txt", text.encode()))
    assert found == [
        (p.title, "unstated" if column == 4 and n == hit else p.status) for n, p in enumerate(one.problems)
    ]
    assert words not in str(result.draft)
    assert [f.line for f in result.understandings[0].findings if f.kind == "program_words"] == [hit + 4]


def test_a_notice_says_the_same_in_every_format(pick, written, docx):
    one = notice(pick, 2, 12)
    lines = texts(one, pick)
    page = "".join(f"<p>{escape(line)}</p>" for line in lines[1:])
    files = [
        written("a.txt", "\n".join(lines).encode(pick(["utf-8", "gb18030", "utf-16"]))),
        written("a.md", "\n\n".join(lines).encode()),
        written(
            "a.html", f"<html><meta charset='utf-8'><body><h1>{escape(lines[0])}</h1>{page}</body></html>".encode()
        ),
        docx("".join(paragraph(run(line)) for line in lines)),
    ]
    for file in files:
        assert problems(file)[0] == [(p.title, p.status) for p in one.problems], file.name
