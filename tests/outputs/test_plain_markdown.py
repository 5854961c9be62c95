"""Plain Markdown: any generator renders it, and nothing that is internal is in it."""

import json
import re
import subprocess
import sys
import tomllib
from datetime import date
from html import unescape
from pathlib import Path

import markdown
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rectify.core.model import Approval, Contact, Disclosure, Measure, Outcome, Period, Problem, Progress, Withdrawal
from rectify.outputs.plain_markdown import plain_markdown
from rectify.outputs.plain_parts import escaped

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
        "hugo.toml",
        "layouts/_markup/render-link.html",
        "layouts/all.html",
        "problems.json",
        "reports/2024-jia/01.md",
        "reports/2024-jia/02.md",
        "reports/2024-jia/index.md",
        "zensical.toml",
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
        "正文\\*\\*局，见[另一问题](02.md)和[附件](files/a.pdf)。\n\n\n\n    缩进\n\n## 整改措施\n\n1. 清点。 **已完成**\n\n"
        in body
    )
    assert "- **2024年4月20日，已完成** 完成。 [a.pdf](files/a.pdf)\n" in body
    assert body.strip().endswith("[甲局\\[整改\\]情况](index.md)")


def test_what_the_front_matter_says_stands_in_the_text_in_words():
    _, body = parsed(pages(FIRST, SECOND)["reports/2024-jia/01.md"])
    facts = dict(re.findall(r"\| (.*?) \| (.*?) \|", body))
    assert facts == {
        "状态": "已完成",
        "---": "---",
        "状态原文": "整改到位",
        "牵头单位": "办公室",
        "责任单位": "甲科、乙科",
        "整改时限": "2024年4月30日",
        "分组": "第一组",
        "标记": "立行立改",
        "永久编号": "2024-jia/01",
    }
    late = SECOND._replace(deadline=date(2024, 5, 1))
    assert "| 2 | [制度](02.md) | 待整改 | 2024年5月1日，逾期30天 |" in parsed(pages(FIRST, late)["reports/2024-jia/index.md"])[1]  # fmt: skip


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
    assert body.strip().startswith("| 单位 | 甲局 |")
    assert "2个问题：已完成1个，尚未完成1个\n\n## 一、总体情况\n\n说明。\n\n## 问题\n\n| 序号 |" in body
    assert "\n| 2 | [制度](02.md) | 待整改 | 长期坚持 |\n" in body and "- 电话：0000-1234567\n" in body


def test_the_folder_is_a_project_of_zensical_and_of_hugo():
    files = pages(FIRST, SECOND)
    zensical, hugo = (tomllib.loads(files[f"{name}.toml"].decode()) for name in ("zensical", "hugo"))
    entries = [entry for one in zensical["project"]["nav"] for entry in one.items()]
    assert [name for name, _ in entries] == ["首页", "甲局[整改]情况"] and all(path in files for _, path in entries)
    mounts = {one["target"]: one for one in hugo["module"]["mounts"]}
    sources = [one["source"] for one in mounts.values()]
    assert all(any(name == one or name.startswith(f"{one}/") for name in files) for one in sources)
    assert mounts["content/reports/2024-jia/_index.md"]["source"] == "reports/2024-jia/index.md"
    # Hugo would take a folder with the other name for one page, and lose those beside it.
    assert mounts["content/reports"]["files"] == ["! **/index.md"]
    published = [mount["target"] for mount in mounts.values() if mount["target"].startswith("static/")]
    assert published == ["static/problems.json", "static/disclosures.json"]
    pages_of_it = [data for name, data in files.items() if name.startswith("reports/")]
    for key, kind in (("title", str), ("date", date), ("weight", int)):
        assert all(isinstance(parsed(page)[0].get(key, kind(1) if kind is int else None), kind) for page in pages_of_it)


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1))
def test_a_field_is_one_line_that_means_nothing_but_itself(text):
    line = escaped(text)
    html = markdown.markdown(f"- **x** {line}\n", extensions=["tables"])
    assert re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", "", html))).strip() == f"x {' '.join(text.split())}".strip()
    assert "|" not in re.sub(r"\\\\|\\\|", "", line)


def test_hugo_runs_nothing_that_a_body_says():
    page = pages(FIRST._replace(body="{{< secret >}} {{% other %}}", title="{{< title >}}"))["reports/2024-jia/01.md"]
    body = parsed(page)[1]
    assert not re.search(r"\{\{[<%]", body) and "secret" in body


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
