"""Plain Markdown: any generator renders it, and nothing that is internal is in it."""

import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rectify.core.model import Approval, Contact, Disclosure, Measure, Outcome, Period, Problem, Progress, Withdrawal
from rectify.outputs.plain_markdown import plain_markdown

AS_OF = date(2024, 5, 31)
DISCLOSURE = Disclosure(
    id="2024-jia",
    title="甲局[整改]情况",
    genre="rectification",
    unit="甲局",
    as_of=AS_OF,
    published=date(2024, 6, 10),
    round="第1轮",
    inspected=Period(date(2023, 9, 1), date(2023, 11, 1)),
    declared=(("total", 2), ("done", 1)),
    outcomes=(Outcome("退回", "7.132", "万元"),),
    contact=Contact(phone="0000-1234567", until=date(2024, 7, 1)),
    approval=Approval(approved_by="不得外传的批准人"),
    body="## 一、总体情况\n\n说明。",
)
FIRST = Problem(
    disclosure="2024-jia",
    nn="01",
    title='台账: "不全" # 一',
    status="done",
    status_wording="整改到位",
    group="第一组",
    number="007",
    lead="办公室",
    units=("甲科", "乙科"),
    deadline=date(2024, 4, 30),
    flags=("immediate",),
    measures=(Measure("清点。", "done"),),
    progress=(Progress(date(2024, 4, 20), "完成。", "done", ("files/a.pdf",)),),
    body="正文\\*\\*局，见[另一问题](02.md)和[附件](files/a.pdf)。\n\n<!-- 同事之间的话 -->\n\n    缩进",
)
SECOND = Problem(disclosure="2024-jia", nn="02", title="制度", status="pending", flags=("long-term",))


def pages(*problems: Problem, disclosure: Disclosure = DISCLOSURE) -> dict[str, bytes]:
    return plain_markdown([(disclosure, problems)], AS_OF)


def parsed(page: bytes) -> tuple[dict, str]:
    _, front, body = page.decode().split("---\n", 2)
    return yaml.safe_load(front), body


def test_the_folder_holds_a_page_for_each_and_the_data():
    files = pages(FIRST, SECOND)
    assert sorted(files) == [
        "README.md",
        "disclosures.json",
        "problems.json",
        "reports/2024-jia/01.md",
        "reports/2024-jia/02.md",
        "reports/2024-jia/index.md",
    ]
    problems = json.loads(files["problems.json"])["problems"]
    assert [(problem["ref"], problem["status"]) for problem in problems] == [
        ("2024-jia/01", "done"),
        ("2024-jia/02", "pending"),
    ]
    counts = json.loads(files["disclosures.json"])["disclosures"][0]["counts"]
    assert (counts["total"], counts["done"]) == (2, 1)


def test_a_problem_has_english_front_matter():
    values, body = parsed(pages(FIRST, SECOND)["reports/2024-jia/01.md"])
    assert values == {
        "title": '台账: "不全" # 一',
        "ref": "2024-jia/01",
        "disclosure": "2024-jia",
        "weight": 1,
        "date": date(2024, 4, 20),
        "unit": "甲局",
        "status": "done",
        "status_label": "已完成",
        "status_wording": "整改到位",
        "group": "第一组",
        "number": "007",
        "lead": "办公室",
        "units": ["甲科", "乙科"],
        "deadline": "2024-04-30",
        "overdue": False,
        "flags": ["immediate"],
        "flag_labels": ["立行立改"],
        "measures": [{"text": "清点。", "status": "done"}],
        "progress": [{"date": "2024-04-20", "text": "完成。", "status": "done", "files": ["files/a.pdf"]}],
    }
    assert (
        body.strip()
        == "正文\\*\\*局，见[另一问题](02.md)和[附件](files/a.pdf)。\n\n\n\n    缩进\n\n[甲局\\[整改\\]情况](index.md)"
    )


def test_a_disclosure_lists_its_problems():
    values, body = parsed(pages(FIRST, SECOND)["reports/2024-jia/index.md"])
    assert values["title"] == "甲局[整改]情况" and values["date"] == date(2024, 6, 10)
    assert values["declared"] == {"total": 2, "done": 1} and values["outcomes"] == [
        {"name": "退回", "count": "7.132", "unit": "万元"}
    ]
    assert (
        values["inspected"] == {"start": "2023-09-01", "end": "2023-11-01"}
        and values["contact"]["until"] == "2024-07-01"
    )
    assert body.strip().startswith("## 一、总体情况\n\n说明。\n\n1. [")
    assert body.strip().endswith("2. [制度](02.md)：待整改")


def test_every_link_between_the_pages_leads_somewhere():
    files = pages(FIRST, SECOND)
    found = 0
    for name, page in files.items():
        for target in re.findall(r"(?<!\\)\]\(([^)]+\.md)\)", page.decode()):
            assert (Path(name).parent / target).as_posix() in files
            found += 1
    assert found == 6


def test_internal_fields_and_withdrawn_texts_stay_inside():
    gone = SECOND._replace(
        title="已撤回的问题", body="已撤回的正文", withdrawn=Withdrawal(date(2024, 6, 20), "已撤回的理由")
    )
    files = pages(FIRST, gone)
    text = b"".join(files.values()).decode()
    assert "不得外传" not in text and "已撤回的" not in text and "同事之间" not in text
    values, _ = parsed(files["reports/2024-jia/02.md"])
    assert values["title"] == "（内容已撤回）" and values["withdrawn"] == date(2024, 6, 20)


def test_an_internal_document_asked_for_is_counted_too():
    files = pages(FIRST, disclosure=DISCLOSURE._replace(scope="party", genre="briefing"))
    assert json.loads(files["disclosures.json"])["disclosures"][0]["counts"]["total"] == 1
    assert parsed(files["reports/2024-jia/index.md"])[0]["scope_label"] == "党内"


@given(st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00"), min_size=1))
def test_any_text_survives_the_front_matter(text):
    page = pages(FIRST._replace(title=text, body=""))["reports/2024-jia/01.md"]
    front = page.decode().split("\n---\n")[0].removeprefix("---\n")
    # YAML knows fewer characters than JSON; sources refuse the others.
    if all(
        c in "\t\n\r\x85" or (c >= " " and not "\x7f" <= c < "\xa0" and c not in "\ufffe\uffff\ufeff") for c in text
    ):
        assert yaml.safe_load(front)["title"] == text


@pytest.mark.parametrize("theme", ["mkdocs"])
def test_an_ordinary_mkdocs_site_renders_it(tmp_path, theme):
    docs = tmp_path / "docs"
    for name, data in pages(FIRST, SECOND).items():
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        (docs / name).write_bytes(data)
    attachment = docs / "reports/2024-jia/files/a.pdf"
    attachment.parent.mkdir()
    attachment.write_bytes(b"%PDF-")
    (tmp_path / "mkdocs.yml").write_text(f"site_name: 普通站点\ntheme: {theme}\nplugins: []\n", encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-d", str(tmp_path / "site")]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "site/reports/2024-jia/01/index.html").read_text("utf-8")
    assert "正文**局" in page and 'href="../02/"' in page
    assert "制度" in (tmp_path / "site/reports/2024-jia/index.html").read_text("utf-8")
    assert "份通报" in (tmp_path / "site/index.html").read_text("utf-8")
