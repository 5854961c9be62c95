"""`rectify export` as somebody at a terminal uses it."""

import html
import io
import json
import zipfile

import openpyxl
import pytest
from docx import Document

from helpers.locked import locked_folder
from helpers.site import Site
from rectify.intake.ledger_workbook import read_ledger

DISCLOSURE = "---\n标题: 甲局整改情况的报告\n文种: 整改情况报告\n单位: 甲局\n截至日期: 2024-05-31\n公开日期: 2024-06-10\n---\n\n公开如下。\n"
FILES = {
    "reports/2024-jia/index.md": DISCLOSURE,
    "reports/2024-jia/01.md": "---\n问题: 台账不全\n状态: 已完成\n进展:\n  - {日期: 2024-05-02, 内容: 建账。, 附件: [files/zhangce.txt]}\n---\n\n正文。\n",
    "reports/2024-jia/02.md": "---\n问题: 撤回的问题\n状态: 待整改\n撤回: {日期: 2024-06-20, 理由: 涉密}\n---\n\n见 [附件](files/mimi.txt)。\n",
    "reports/2024-jia/files/zhangce.txt": "账册",
    "reports/2024-jia/files/mimi.txt": "撤回的附件",
    "reports/2024-yi/index.md": DISCLOSURE.replace("甲局", "乙局"),
    "reports/2024-yi/01.md": "---\n问题: 制度不严\n状态: 持续推进\n---\n",
    "reports/2024-nei/index.md": DISCLOSURE.replace("甲局", "丙局").replace("公开日期", "公开范围: 党内\n公开日期"),
    "reports/2024-nei/01.md": "---\n问题: 内部的问题\n状态: 待整改\n---\n",
}


@pytest.fixture
def site(make_site) -> Site:
    return make_site(FILES)


def test_the_ledger_of_all_public_disclosures(site):
    result = site.rectify("export", "--xlsx").ok()
    assert "已写入 整改台账.xlsx：2 份通报，3 个问题" in result.out
    assert "1 份不公开的材料没有导出" in result.out
    ledger = read_ledger(site.root / "整改台账.xlsx")
    assert [row.ref for row in ledger.rows] == ["2024-jia/01", "2024-jia/02", "2024-yi/01"]


def test_one_disclosure_by_id_and_by_path(site):
    site.rectify("export", "--xlsx", "2024-yi").ok()
    site.rectify("export", "--xlsx", "content/reports/2024-yi/", "-o", "deep/er/b.xlsx").ok()
    assert (site.root / "2024-yi-整改台账.xlsx").read_bytes() == (site.root / "deep/er/b.xlsx").read_bytes()


def test_a_path_tells_the_content_folder_too(site):
    elsewhere = Site(site.root.with_name("elsewhere"), site.output)
    elsewhere.root.mkdir()
    elsewhere.rectify("export", "--docx", str(site.root / "content" / "reports" / "2024-yi")).ok()
    assert (elsewhere.root / "2024-yi.docx").exists()
    assert elsewhere.rectify("export", "--docx", "2024-yi").exit == 2


def test_documents_one_a_disclosure(site):
    result = site.rectify("export", "--docx", "-o", "gongwen").ok()
    assert sorted(path.name for path in (site.root / "gongwen").iterdir()) == ["2024-jia.docx", "2024-yi.docx"]
    assert result.out.count("已写入") == 2
    site.rectify("export", "--docx", "2024-yi", "-o", "one.docx").ok()
    document = Document(site.root / "one.docx")
    assert document.paragraphs[0].text == "乙局整改情况的报告"


def test_markdown_brings_the_attachments_that_are_public(site):
    result = site.rectify("--lang", "en", "export", "--markdown", "-o", "out").ok()
    assert "wrote out: 2 disclosures, 3 problems" in result.out
    out = site.root / "out"
    assert (out / "reports/2024-jia/files/zhangce.txt").read_text("utf-8") == "账册"
    assert not (out / "reports/2024-jia/files/mimi.txt").exists()
    assert not (out / "reports/2024-nei").exists()
    assert [path.name for path in site.root.iterdir() if path.name.startswith(".out")] == []


def test_an_internal_document_leaves_only_when_named(site):
    result = site.rectify("export", "--markdown", "2024-nei").ok()
    assert "2024-nei 不向社会公开（整改情况报告，党内）" in result.out
    problems = json.loads((site.root / "rectify-markdown/problems.json").read_text("utf-8"))["problems"]
    assert [problem["title"] for problem in problems] == ["内部的问题"]


@pytest.mark.parametrize("form", ["--xlsx", "--docx", "--markdown"])
def test_nothing_is_overwritten_unasked(site, form):
    target = {"--xlsx": "a.xlsx", "--docx": "a.docx", "--markdown": "a"}[form]
    site.rectify("export", form, "2024-yi", "-o", target).ok()
    before = {path: path.read_bytes() for path in site.root.rglob("*") if path.is_file()}
    refused = site.rectify("export", form, "2024-jia", "-o", target)
    assert refused.exit == 1 and f"{target} 已经存在" in refused.out and "--force" in refused.out
    assert {path: path.read_bytes() for path in site.root.rglob("*") if path.is_file()} == before
    site.rectify("export", form, "2024-jia", "-o", target, "--force").ok()
    assert {path: path.read_bytes() for path in site.root.rglob("*") if path.is_file()} != before


def test_force_never_replaces_a_folder_that_is_no_export(site):
    result = site.rectify("export", "--markdown", "-o", "content", "--force")
    assert result.exit == 1 and "不是导出的文件夹" in result.out
    assert (site.root / "content/reports/2024-yi/01.md").exists()


def test_an_export_that_is_made_again_loses_what_is_gone(site):
    site.rectify("export", "--markdown", "-o", "out").ok()
    site.rectify("export", "--markdown", "-o", "out", "--force", "2024-yi").ok()
    assert sorted(path.name for path in (site.root / "out/reports").iterdir()) == ["2024-yi"]


@pytest.mark.parametrize("form", ["--xlsx", "--docx", "--markdown"])
def test_a_dry_run_writes_nothing(site, form):
    before = sorted(site.root.rglob("*"))
    result = site.rectify("export", form, "--dry-run").ok()
    assert "将写入" in result.out and sorted(site.root.rglob("*")) == before


def test_errors_in_the_content_stop_the_export(site):
    site.write("reports/2024-yi/02.md", "---\n问题: 坏\n状态: 差不多\n---\n")
    result = site.rectify("export", "--xlsx")
    assert result.exit == 1 and "reports/2024-yi/02.md:3" in result.out and "S020" in result.out
    assert not (site.root / "整改台账.xlsx").exists()
    site.rectify("export", "--xlsx", "2024-jia").ok()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "--xlsx"),
        (("--xlsx", "2024-ji"), "是不是“2024-jia”"),
        (("--xlsx", "../2024-jia"), "没有通报"),
        (("--xlsx", "--content", "none"), "none"),
        (("--pdf",), "--pdf"),
    ],
)
def test_wrong_usage_ends_with_2(site, arguments, said):
    result = site.rectify("export", *arguments)
    assert result.exit == 2 and said in result.out and "Traceback" not in result.out


def test_nothing_public_is_said_plainly(make_site):
    result = make_site({name: text for name, text in FILES.items() if "2024-nei" in name}).rectify("export", "--xlsx")
    assert result.exit == 1 and "没有可以导出的通报" in result.out


def test_a_folder_that_cannot_be_written_is_reported(site):
    result = site.rectify("export", "--xlsx", "-o", str(locked_folder(site.root) / "a.xlsx"))
    assert result.exit == 1 and "无法写入" in result.out


def test_a_target_below_a_file_is_reported(site):
    result = site.rectify("export", "--xlsx", "-o", "mkdocs.yml/a.xlsx")
    assert result.exit == 1 and "无法写入" in result.out and "Traceback" not in result.out


def test_withdrawn_texts_are_in_no_export(site):
    site.rectify("export", "--xlsx", "-o", "a.xlsx").ok()
    site.rectify("export", "--docx", "-o", "d").ok()
    for path in (site.root / "a.xlsx", site.root / "d/2024-jia.docx"):
        with zipfile.ZipFile(path) as package:
            assert not any(
                "撤回的问题" in html.unescape(package.read(name).decode("utf-8", "ignore"))
                for name in package.namelist()
            )
    book = openpyxl.load_workbook(io.BytesIO((site.root / "a.xlsx").read_bytes()))
    assert "（内容已撤回）" in [cell.value for cell in book["整改台账"]["E"]]
