"""`rectify import` as a clerk runs it."""

import json
from pathlib import Path

import pytest
import yaml
from docx import Document
from docx.oxml import OxmlElement
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from helpers.cases import chinese_left
from helpers.site import ROOT, write_site
from rectify.core.language import language
from rectify.intake.understanding import understand

NOTICE = """清川市水务局关于巡察整改情况的通报
2024年3月1日至4月30日，市委第一巡察组对市水务局开展巡察，5月20日反馈意见。截至2024年9月30日，反馈的3个问题，已完成2个，持续推进1个。
一、整改落实情况
（一）已完成的整改事项
1.关于“河道巡查记录不完整”问题的整改
补录巡查记录240条，*号河段除外。
2.关于“水费收缴公示不及时”问题的整改
每季度首月10日前公示。
（二）持续推进的整改事项
1.关于“管网漏损率偏高”问题的整改
更换管网12公里，漏损率降到14%。
二、下一步工作打算
继续更换老旧管网。
联系电话：0000-1234567；通信地址：清川市水利路1号；邮政编码：000001。
清川市水务局
2024年10月12日
"""


@pytest.fixture
def site(tmp_path):
    return write_site(tmp_path, {"../notice.txt": NOTICE})


def test_a_text_becomes_a_disclosure(site):
    result = site.rectify(
        "import", "notice.txt", "--to", "content/reports/2024-shuiwu", "--set", "公开日期=2024年10月20日"
    ).ok()
    assert "公开日期”，已留空" not in result.out, "it was given"
    assert "3 个：持续推进 1，已完成 2" in result.out and "总数 3，已完成 2，持续推进 1（一致）" in result.out
    folder = site.root / "content/reports/2024-shuiwu"
    assert sorted(p.name for p in folder.iterdir()) == [".import.json", "01.md", "02.md", "03.md", "index.md"]
    assert (folder / "01.md").read_text("utf-8") == (
        "---\n问题: 河道巡查记录不完整\n状态: 已完成\n分组: 已完成的整改事项\n序号: 1\n---\n\n补录巡查记录240条，\\*号河段除外。\n"
    )
    assert (folder / "index.md").read_text("utf-8") == (
        "---\n标题: 清川市水务局关于巡察整改情况的通报\n文种: 整改情况报告\n单位: 清川市水务局\n巡察机构: 市委第一巡察组\n监督类型: 巡察\n"
        "巡察时间:\n  起: 2024-03-01\n  止: 2024-04-30\n反馈日期: 2024-05-20\n截至日期: 2024-09-30\n公开日期: 2024-10-20\n"
        "公布数:\n  总数: 3\n  已完成: 2\n  持续推进: 1\n联系方式:\n  电话: 0000-1234567\n  地址: 清川市水利路1号\n  邮编: '000001'\n"
        "发布机构: 清川市水务局\n成文日期: 2024-10-12\n---\n\n"
        "2024年3月1日至4月30日，市委第一巡察组对市水务局开展巡察，5月20日反馈意见。截至2024年9月30日，反馈的3个问题，已完成2个，持续推进1个。\n\n"
        "## 一、下一步工作打算\n\n继续更换老旧管网。\n"
    )
    site.build().ok()
    assert [p["status"] for p in site.data("problems")["problems"]] == ["done", "done", "ongoing"]
    page = site.page("reports/2024-shuiwu/01/")
    assert "*号河段" in page and "\\*" not in page
    assert not [name for name in site.files() if "import.json" in name], "the report is no part of the site"


def test_json_is_all_that_is_printed_and_is_saved(site):
    result = site.rectify("import", "notice.txt", "--to", "content/reports/a", "--format", "json").ok()
    data = json.loads(result.out)
    saved = json.loads((site.root / "content/reports/a/.import.json").read_text("utf-8"))
    assert {key: saved[key] for key in data} == data
    assert data["counts"]["by_status"] == {"done": 2, "ongoing": 1}
    assert data["counts"]["axes"][0] == {"axis": "total", "label": "总数", "declared": 3, "found": 3, "agrees": True}
    assert data["not_stated"] == ["published"]
    placeholder = next(one for one in data["findings"] if one["kind"] == "placeholder")
    assert (placeholder["line"], placeholder["column"], placeholder["token"]) == (6, 12, "*")


def test_dry_run_writes_nothing(site):
    result = site.rectify("import", "notice.txt", "--to", "content/reports/a", "--dry-run").ok()
    assert "没有写入" in result.out and not (site.root / "content/reports").exists()


def test_a_folder_is_never_overwritten(site):
    site.rectify("import", "notice.txt", "--to", "content/reports/a").ok()
    page = site.root / "content/reports/a/01.md"
    page.write_text("---\n问题: 甲\n状态: 已完成\n---\n", encoding="utf-8")
    result = site.rectify("import", "notice.txt", "--to", "content/reports/a")
    assert result.exit == 1 and "--update" in result.out
    assert page.read_text("utf-8") == "---\n问题: 甲\n状态: 已完成\n---\n"


def test_update_shows_the_difference_and_keeps_what_was_edited(site):
    site.rectify("import", "notice.txt", "--to", "content/reports/a").ok()
    folder = site.root / "content/reports/a"
    second = folder / "02.md"
    second.write_text(
        second.read_text("utf-8").replace("状态: 已完成", "状态: 已完成 # 已复核\n牵头单位: 财务科"), encoding="utf-8"
    )
    site.write(
        "../notice.txt",
        NOTICE.replace("更换管网12公里", "更换管网15公里")
        .replace("3个问题，已完成2个", "4个问题，已完成3个")
        .replace("（二）持续推进的", "3.关于“合同台账缺失”问题的整改\n补齐。\n（二）持续推进的"),
    )
    shown = site.rectify("import", "notice.txt", "--to", "content/reports/a", "--update", "--dry-run").ok()
    assert "+更换管网15公里" in shown.out and "12公里" in (folder / "03.md").read_text("utf-8")
    site.rectify("import", "notice.txt", "--to", "content/reports/a", "--update").ok()
    assert "15公里" in (folder / "03.md").read_text("utf-8")
    assert "# 已复核\n牵头单位: 财务科" in second.read_text("utf-8")
    assert "问题: 合同台账缺失" in (folder / "04.md").read_text("utf-8"), (
        "a new problem takes the next number, wherever it stands"
    )
    again = site.rectify("import", "notice.txt", "--to", "content/reports/a", "--update").ok()
    assert "没有改动" in again.out


@pytest.mark.parametrize("place", ["notice.txt", "notice.txt/reports/a", "/proc/rectify/reports/a"])
def test_a_place_that_cannot_be_written(site, place):
    result = site.rectify("import", "notice.txt", "--to", place)
    assert result.exit in (1, 2) and "Traceback" not in result.out
    assert (site.root / "notice.txt").read_text("utf-8") == NOTICE


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("清川市水务局\n整改情况通报\n反馈的25个问题，已完成8个，持续推进17个。\n", "没有找到逐条列出的问题"),
        ("机密★10年\n" + NOTICE, "密级标志"),
        ("", "空"),
    ],
)
def test_what_is_refused(site, text, said):
    site.write("../bad.txt", text)
    result = site.rectify("import", "bad.txt", "--to", "content/reports/b")
    assert result.exit == 1 and said in result.out and "没有写入任何文件" in result.out
    assert not (site.root / "content/reports").exists()


@pytest.mark.parametrize("text", [NOTICE.replace("整改情况的通报", "整改工作方案"), "（征求意见稿）\n" + NOTICE])
def test_what_is_not_for_the_public_is_a_draft_beside_the_content(site, text):
    site.write("../inner.txt", text)
    result = site.rectify("import", "inner.txt", "--to", "content/reports/2024-inner").ok()
    assert "草稿" in result.out and not (site.root / "content/reports").exists()
    assert (site.root / "drafts/2024-inner/index.md").exists()
    site.build().ok()


def test_several_files_make_one_disclosure(site):
    for number, problem in enumerate(("台账不全", "公示不及时"), start=1):
        site.write(
            f"../item{number}.txt",
            f"清川市督察反馈问题（序号{number}）整改完成情况公示\n整改任务：{problem}\n整改时限：2024年6月底\n整改状态：已完成\n整改完成情况：已补齐。\n公示时间：2024年7月1日至7月7日\n联系电话：0000-1234567\n",
        )
    data = json.loads(
        site.rectify("import", "item1.txt", "item2.txt", "--to", "content/reports/2024-ducha", "--format", "json")
        .ok()
        .out
    )
    assert [document["counts"]["problems"] for document in data["documents"]] == [1, 1]
    titles = [
        yaml.safe_load(p.read_text("utf-8").split("---")[1])["问题"]
        for p in sorted((site.root / "content/reports/2024-ducha").glob("0*.md"))
    ]
    assert titles == ["台账不全", "公示不及时"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["none.txt"], "none.txt"),
        ([], "FILE"),
        (["notice.txt", "--set", "公开日=2024-01-01"], "公开日期"),
        (["notice.txt", "--set", "公开日期=2024年2月30日"], "2024年2月30日"),
        (["通报.txt"], "--to"),
    ],
)
def test_wrong_usage_says_what_is_right(site, arguments, said):
    site.write("../通报.txt", NOTICE)
    result = site.rectify("import", *arguments)
    assert result.exit == 2 and said in result.out and "Traceback" not in result.out


def test_english(site):
    result = site.rectify("--lang", "en", "import", "notice.txt", "--to", "content/reports/a", "--dry-run").ok()
    assert "dry run, nothing was written" in result.out and "not state 'Published'" in result.out


@pytest.mark.parametrize("name", ["old.wps", "a.pdf", "a.docx", "a.xlsx", "a.html", "a.txt"])
def test_files_of_other_kinds_end_in_a_message(site, name):
    heads = {
        "wps": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "pdf": b"%PDF-1.7\n",
    }
    site.write(f"../{name}", heads.get(name.rpartition(".")[2], b"PK\x03\x04 broken"))
    result = site.rectify("import", name, "--to", "content/reports/a")
    assert result.exit == 1 and "Traceback" not in result.out and "改法" in result.out
    assert not (site.root / "content/reports").exists()


_words = st.sampled_from(
    [
        "一、",
        "（一）",
        "1.",
        "（1）",
        "一是",
        "二是",
        "问题",
        "整改",
        "已完成",
        "关于“",
        "”问题的整改",
        "。",
        "：",
        "\n",
        "*",
        "X",
        "《",
        "2024年",
        "3月",
        "整改状态：",
        "不到位",
        "反馈的5个问题",
        "表",
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(st.lists(_words, max_size=60).map("".join), st.text(max_size=300)).map(str.encode)
    | st.binary(max_size=400),
    st.sampled_from(["txt", "md", "html", "docx", "xlsx"]),
)
def test_any_content_is_understood_or_refused_with_reasons(tmp_path: Path, data: bytes, ending: str):
    file = tmp_path / f"any.{ending}"
    file.write_bytes(data)
    understanding, findings = understand(file)
    if understanding is None:
        assert [one for one in findings if one.severity == "error"]
    else:
        assert understanding.recognition.problems
    for one in findings:
        assert one.text(language("zh")) and not chinese_left(one)


def test_the_project_s_own_documents_import_without_a_trace_of_markup(site):
    seed = ROOT / "seeds/2024-yunxi-renshe.md"
    site.rectify("import", str(seed), "--to", "content/reports/2024-yunxi", "--set", "公开日期=2024-12-12").ok()
    site.build().ok()
    pages = "".join(site.page(f"reports/2024-yunxi/{nn:02}/") for nn in range(1, 15))
    for text in ("&lt;党组&gt;", "#20240617-03", "0000****567", "★★★"):
        assert text in pages


def test_tracked_changes_are_accepted_unless_they_are_to_be_rejected(site):
    document = Document()
    for text in NOTICE.replace("管网漏损率偏高", "管网漏损率").splitlines():
        document.add_paragraph(text)
    heading = next(one for one in document.paragraphs if one.text.startswith("1.关于“管网漏损率”"))
    before, _, after = heading.text.partition("”")
    heading.runs[0].text = before
    for name in ("ins", "del"):
        change = OxmlElement(f"w:{name}")
        heading.add_run("偏高" if name == "ins" else "不降反升")
        change.append(heading.runs[-1]._r)
        heading._p.append(change)
    heading.add_run(f"”{after}")
    document.save(site.root / "changed.docx")
    titles = {}
    for side in ("accept", "reject"):
        run = site.rectify(
            "import", "changed.docx", "--to", "a", "--dry-run", "--format", "json", "--changes", side
        ).ok()
        titles[side] = json.loads(run.out)["problems"][-1]["title"]
    assert titles == {"accept": "管网漏损率偏高", "reject": "管网漏损率不降反升"}


def test_what_may_be_read_wrongly_ends_with_another_status(site):
    """The folder is written and the report names the line, but nothing that runs on its own goes on."""
    site.write("../notice.txt", NOTICE.replace("反馈的3个问题，已完成2个", "反馈的5个问题，已完成4个"))
    site.rectify("import", "notice.txt", "--dry-run").ok()
    told = site.rectify("import", "notice.txt", "--to", "content/reports/a")
    assert told.exit == 3 and "C001" in told.out
    assert (site.root / "content/reports/a/03.md").exists()


def test_what_a_workbook_hides_is_told_and_not_imported(site):
    book = Workbook()
    ledger = [
        ["序号", "存在问题", "整改状态", "整改时限"],
        [1, "票据保管不善", "已完成", "2025-06-30"],
        [2, "库房潮湿", "正在推进", 2025.1],
    ]
    for name, state in (("台账", "visible"), ("旧稿", "hidden"), ("底稿", "veryHidden")):
        sheet = book.create_sheet(name)
        sheet.sheet_state = state
        for row in [["清川市粮库整改台账"], *ledger]:
            sheet.append([f"{name}{cell}" if cell == "库房潮湿" else cell for cell in row])
    del book["Sheet"]
    book.save(site.root / "a.xlsx")
    told = json.loads(site.rectify("import", "a.xlsx", "--dry-run", "--format", "json").out)
    assert [one["title"] for one in told["problems"]] == ["票据保管不善", "台账库房潮湿"]
    hidden = [one["excerpt"] for one in told["findings"] if one["rule"] == "I024"]
    assert hidden == ["旧稿", "底稿"]
    # 2025.1 is how a spreadsheet writes October as well.
    assert ["2025.1"] == [one["excerpt"] for one in told["findings"] if one["rule"] == "I069"]
    for sheet in book:
        sheet.sheet_state = "hidden"
    book.active = book.sheetnames.index("台账")
    book.create_sheet("说明", 0).append(["填表说明"])
    book.active = 0
    book.save(site.root / "b.xlsx")
    refused = site.rectify("import", "b.xlsx", "--dry-run")
    assert refused.exit == 1 and refused.out.count("警告 I024") == 3 and "“台账”是隐藏的" in refused.out


COUNTED = """云岭县林业局党组关于巡察整改情况的公示
2024年6月3日，县委巡察二组向县林业局党组反馈巡察情况，指出问题5个。
◎已完成{done}个：
1、防火隔离带清理不及时；
2、林权纠纷调处拖延；
◎正在推进{going}个：
1、古树名木挂牌不全；
2、退耕还林补助兑现慢；
3、护林员考核缺位。
云岭县林业局党组
2024年12月12日
"""


@pytest.mark.parametrize(("done", "going", "status"), [(2, 3, 0), (3, 2, 3)])
def test_headings_that_count_other_problems_than_stand_below_them_are_told(tmp_path, done, going, status):
    site = write_site(tmp_path, {"../notice.txt": COUNTED.format(done=done, going=going)})
    told = site.rectify("import", "notice.txt", "--to", "content/reports/2024-a")
    assert told.exit == status
    assert ("第 3 行：公布“已完成”3 个，逐条列出的是 2 个" in told.out) == (status == 3)
    assert ("第 6 行：公布“正在推进”2 个，逐条列出的是 3 个" in told.out) == (status == 3)
