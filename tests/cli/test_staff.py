"""`rectify init`, `new`, `update`, `status`: what staff do every day."""

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from helpers.cases import DISCLOSURE
from helpers.repository import commit, committed, git
from helpers.site import Site, plain_environment
from rectify.core.vocabulary import FLAGS, STATUSES

ONE, TWO = "reports/2024-a/01.md", "reports/2024-a/02.md"
COMMENTED = """---
问题：二次供水设施移交缓慢   # 原文如此
状态：持续推进
序号: '2'
整改措施: [逐个小区核对产权，分批移交。]
进展:
  # 第一批
  - {日期: 2024-08-15, 状态: 持续推进, 内容: "第一批7个小区完成移交。"}
整改时限: 2024年12月31日
---

其余小区按计划移交。
"""


@pytest.fixture
def site(make_site) -> Site:
    return make_site(DISCLOSURE)


def read(site: Site, name: str) -> str:
    return (site.root / "content" / name).read_text("utf-8")


def update(site: Site, *arguments: str):
    return site.rectify("update", *arguments)


def test_a_new_site_can_be_checked_and_built(tmp_path):
    site = Site(tmp_path / "新 网站", tmp_path / "新 网站" / "site")
    outside = Site(tmp_path, tmp_path)
    listed = outside.rectify("init", "新 网站", "--dry-run").ok().out
    assert "mkdocs.yml" in listed and not site.root.exists()
    assert "已新建网站" in outside.rectify("init", "新 网站", "--name", "清川县整改公开").ok().out
    assert "0 处错误，1 处警告，0 处提示" in site.rectify("check").ok().out
    assert "3个问题：已完成1个，尚未完成2个" in site.rectify("build").ok().out
    assert "清川县整改公开" in site.page()
    again = outside.rectify("init", "新 网站")
    assert again.exit == 1 and "不是空文件夹" in again.out and "mkdocs.yml" in again.out


def test_a_new_disclosure_and_its_problems(site):
    made = [
        "new",
        "disclosure",
        "--id",
        "2025-b",
        "--unit",
        "清川市林业局",
        "--title",
        "清川市林业局整改情况的报告",
        "--as-of",
        "2025年3月31日",
        "--published",
        "2025-04-10",
    ]
    assert (
        "联系方式:\n  电话:\n" in site.rectify(*made, "--dry-run").ok().out
        and not (site.root / "content/reports/2025-b").exists()
    )
    site.rectify(*made).ok()
    assert site.rectify(*made).exit == 1
    for number in ("01", "02"):
        assert (
            f"{number}.md"
            in site.rectify(
                "new",
                "problem",
                "2025-b",
                "--title",
                f"台账不全{number}",
                "--status",
                "整改中",
                "--deadline",
                "2025年12月",
            )
            .ok()
            .out
        )
    text = (site.root / "content/reports/2025-b/02.md").read_text("utf-8")
    assert text.startswith("---\n问题: 台账不全02\n状态: 持续推进\n") and "整改时限: 2025-12-31\n" in text
    assert "0 处错误" in site.rectify("check", "content/reports/2025-b").ok().out


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (
            [
                "disclosure",
                "--id",
                "Das Amt",
                "--unit",
                "甲",
                "--title",
                "乙",
                "--as-of",
                "2025-01-01",
                "--published",
                "2025-01-01",
            ],
            "--id",
        ),
        (
            [
                "disclosure",
                "--id",
                "2025-b",
                "--unit",
                "甲",
                "--title",
                "乙",
                "--as-of",
                "2025-02-30",
                "--published",
                "2025-01-01",
            ],
            "2025-02-30",
        ),
        (["disclosure", "--id", "2025-b"], "--unit"),
        (["problem", "2024-b", "--title", "甲"], "2024-a"),
        (["problem", "2024-a", "--title", "甲", "--status", "差不多"], "待整改"),
    ],
)
def test_what_new_refuses(site, arguments, word):
    result = site.rectify("new", *arguments)
    assert result.exit == 2 and word in result.out and "Traceback" not in result.out


def test_a_number_is_never_used_again(site):
    committed(site)
    (site.root / "content" / TWO).unlink()
    commit(site)
    assert "03.md" in site.rectify("new", "problem", "2024-a", "--title", "甲", "--status", "待整改").ok().out


def test_an_update_changes_what_it_must_and_no_other_byte(site):
    site.write(TWO, COMMENTED)
    shown = update(
        site, "2024-a/02", "--status", "已完成", "--note", "全部小区完成移交。", "--date", "2024-09-20", "--dry-run"
    ).ok()
    assert "+状态: 已完成" in shown.out and (site.root / "content" / TWO).read_text("utf-8") == COMMENTED
    result = update(
        site, "2024-a/02", "--status", "已完成", "--note", "全部小区完成移交。", "--date", "2024-09-20"
    ).ok()
    entry = "  - 日期: 2024-09-20\n    状态: 已完成\n    内容: 全部小区完成移交。\n"
    expected = COMMENTED.replace("状态：持续推进", "状态: 已完成").replace(
        '第一批7个小区完成移交。"}\n', f'第一批7个小区完成移交。"}}\n{entry}'
    )
    assert (site.root / "content" / TWO).read_text("utf-8") == expected
    assert "2个问题：已完成2个，持续推进0个" in result.out


def test_the_same_entry_is_registered_once(site):
    again = ["2024-a/01", "--status", "已完成", "--note", "新的巡检记录全面使用。", "--date", "2024-06-20"]
    assert "已经登记过" in update(site, *again).ok().out
    assert read(site, ONE) == DISCLOSURE[ONE]
    update(site, *again, "--priority", "money").ok()
    assert read(site, ONE).count("新的巡检记录全面使用") == 1 and "重点: [资金资产]" in read(site, ONE)


def test_a_gbk_file_with_crlf_stays_one(site):
    before = COMMENTED.encode("gb18030").replace(b"\n", b"\r\n")
    file = site.write(TWO, before)
    update(
        site, f"content/{TWO}", "--status", "阶段性完成", "--note", "过半小区完成移交。", "--date", "2024-09-20"
    ).ok()
    after = file.read_bytes()
    assert b"\r\n" in after and b"\n" not in after.replace(b"\r\n", b"")
    text = after.decode("gb18030").replace("\r\n", "\n")
    assert (
        "状态: 阶段性完成" in text
        and "内容: 过半小区完成移交。" in text
        and text.startswith("---\n问题：二次供水设施移交缓慢   # 原文如此\n")
    )


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["2024-a/01", "--status", "持续推进", "--note", "甲"], "不能退回"),
        (["2024-a/02", "--status", "已销号", "--note", "甲"], "要先完成"),
        (["2024-a/02", "--status", "已完成", "--note", "甲", "--date", "2024-08-01"], "早于上一条进展"),
        (["2024-a/02", "--status", "已完成", "--note", "甲", "--date", "2099-01-01"], "还没有到"),
    ],
)
def test_an_impossible_transition_is_refused_with_its_reason(site, arguments, reason):
    result = update(site, *arguments)
    assert result.exit == 1 and reason in result.out
    assert (site.root / "content" / ONE).read_text("utf-8") == DISCLOSURE[ONE]


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["2024-a/09", "--status", "已完成", "--note", "甲"], "01、02"),
        (["2024-a/01", "--status", "已消号", "--note", "甲"], "是不是“已销号”"),
        (["2024-a/01", "--status", "已完成", "--note", " "], "--note"),
        (["甲", "--status", "已完成", "--note", "甲"], "2024-shuiwuju/04"),
    ],
)
def test_wrong_use_of_update(site, arguments, word):
    result = update(site, *arguments)
    assert result.exit == 2 and word in result.out


def test_back_after_a_relapse_and_closed_out_after_done(site):
    update(
        site,
        "2024-a/01",
        "--status",
        "已销号",
        "--note",
        "验收通过。",
        "--date",
        "2024-08-01",
        "--closeout-by",
        "市委巡察办",
    ).ok()
    assert re.search("销号:\n  日期: 2024-08-01\n  .*: 市委巡察办\n", (site.root / "content" / ONE).read_text("utf-8"))
    update(
        site, "2024-a/01", "--status", "持续推进", "--note", "抽查又有漏记。", "--date", "2024-09-01", "--flag", "反弹"
    ).ok()
    text = (site.root / "content" / ONE).read_text("utf-8")
    assert "标记: [反弹]" in text and "状态: 持续推进\n序号" in text and "销号:" not in text


def test_a_register_that_moves_on_keeps_what_the_notice_stated(tmp_path):
    """What `init` made is built again after every update, and the page tells both counts with their days."""
    site = Site(tmp_path / "a", tmp_path / "a" / "site")
    Site(tmp_path, tmp_path).rectify("init", "a").ok()
    update(site, "2025-shili/02", "--status", "已完成", "--note", "全部装好。", "--date", "2025-09-10").ok()
    moved = update(
        site, "2025-shili/03", "--status", "已完成", "--note", "移交。", "--date", "2025-09-12", "--as-of", "2025-09-30"
    )
    assert "公布数截至日期: 2025-06-30" in moved.ok().out
    assert "3个问题：已完成3个，持续推进0个" in site.rectify("build").ok().out
    page = re.sub("<[^>]+>", "", site.page("reports/2025-shili/"))
    assert "截至2025年9月30日，共公开 3 个问题：已完成 3 个，持续推进 0 个" in page
    assert "通报公布的是：截至2025年6月30日，已完成1个、阶段性完成1个、持续推进1个。" in page
    wrong = update(
        site,
        "2025-shili/01",
        "--status",
        "持续推进",
        "--flag",
        "反弹",
        "--note",
        "又发现一本。",
        "--date",
        "2025-06-20",
    )
    assert re.search(r"^错误  .*\[C002\]", wrong.ok().out, re.MULTILINE) and "逐条列出的是 0 个" in wrong.out


@pytest.fixture
def unstated(make_site) -> Site:
    """A disclosure that gives totals only."""
    texts = {
        place: re.sub(r"(?m)^状态[:：].*$", "状态: 未单独公布", re.sub(r"(?ms)^进展:.*?^(?=\S)", "", text))
        for place, text in DISCLOSURE.items()
        if place in (ONE, TWO)
    }
    return make_site({**DISCLOSURE, **texts})


def test_what_many_problems_share_is_set_at_once(unstated):
    site, ask = unstated, ["2024-a", "--where", "状态=未单独公布", "--status", "已完成", "--note", "补齐。"]
    assert "2个问题：逐项状态未单独公布；通报称已完成1个、持续推进1个" in site.rectify("build").ok().out
    page = re.sub("<[^>]+>", "", site.page("reports/2024-a/"))
    assert "2 个问题：逐项状态未单独公布" in page and "完成率" not in page and "通报公布的是" in page
    assert "没有问题逾期" not in site.page() and "不计算逾期" in site.page()
    tried = update(site, *ask, "--dry-run").ok().out
    assert tried.count("未单独公布 → 已完成") == 2 and "共 2 个问题" in tried and "没有写入" in tried
    assert "未单独公布" in read(site, ONE)
    update(site, *ask, "--where", "序号=2").ok()
    assert "未单独公布" in read(site, ONE) and "状态: 已完成" in read(site, TWO)
    none = update(site, "2024-a", "--where", "状态=待整改", "--status", "已完成", "--note", "补齐。")
    assert none.exit == 1 and "没有符合条件的问题" in none.out


@pytest.mark.parametrize(
    ("condition", "word"),
    [
        ("状太=已完成", "是不是“状态”"),
        ("状态", "写成 字段=值"),
        ("状态=完了", "可用的值"),
        ("整改措施=甲", "可用的字段"),
    ],
)
def test_a_condition_that_is_none(unstated, condition, word):
    wrong = update(unstated, "2024-a", "--where", condition, "--status", "已完成", "--note", "补齐。")
    assert wrong.exit == 2 and word in wrong.out


def test_an_attachment_is_copied_once_and_never_over_another(site):
    file = site.root / "移交 清单.txt"
    file.write_text("清单", "utf-8")
    arguments = [
        "2024-a/02",
        "--status",
        "持续推进",
        "--note",
        "附清单。",
        "--date",
        "2024-09-01",
        "--attach",
        str(file),
    ]
    update(site, *arguments).ok()
    copy = site.root / "content/reports/2024-a/files/移交-清单.txt"
    assert copy.read_text("utf-8") == "清单" and "附件: [files/移交-清单.txt]" in (
        site.root / "content" / TWO
    ).read_text("utf-8")
    site.build().ok()
    file.write_text("另一份", "utf-8")
    refused = update(site, *arguments)
    assert refused.exit == 1 and "内容不同" in refused.out and copy.read_text("utf-8") == "清单"


@pytest.mark.parametrize("ref", ["2024-a", "2024-a/1", "2024-a/01", "2024-a/01.md"])
def test_a_reference_is_understood_by_every_command(site, ref):
    assert "检查了 1 份通报" in site.rectify("check", ref).ok().out
    if "/" in ref:
        wanted = ["--status", "已销号", "--note", "验收通过。", "--closeout-by", "市委巡察办", "--dry-run"]
        assert "reports/2024-a/01.md" in update(site, ref, *wanted).ok().out
    assert site.rectify("check", "2024-b").exit == site.rectify("check", "2024-a/9").exit == 2


def test_several_problems_or_none(site):
    site.write(TWO, DISCLOSURE[TWO].replace("日期: 2024-08-15", "日期: 2024-09-15"))
    refused = update(site, "2024-a/01", "2024-a/02", "--status", "已完成", "--note", "甲", "--date", "2024-09-01")
    assert refused.exit == 1 and (site.root / "content" / ONE).read_text("utf-8") == DISCLOSURE[ONE]
    update(
        site,
        "2024-a/01",
        "2024-a/02",
        "--status",
        "已完成",
        "--note",
        "甲",
        "--date",
        "2024-09-20",
        "--as-of",
        "2024-09-30",
    ).ok()
    assert "已完成2个" in site.rectify("status").ok().out


def test_an_update_in_a_real_repository_can_be_undone(site):
    committed(site)
    assert (
        "git checkout"
        in update(site, "2024-a/02", "--status", "已完成", "--note", "甲", "--date", "2024-09-20").ok().out
    )
    git(site, "checkout", "--", ".").ok()
    assert (site.root / "content" / TWO).read_text("utf-8") == DISCLOSURE[TWO]


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
@pytest.mark.parametrize(
    "command",
    [["update", "2024-a/02", "--status", "已完成", "--note", "全部移交。", "--date", "2024-09-20"], ["check", "--fix"]],
)
def test_interrupted_half_way_the_file_is_old_or_new(site, command):
    before = (
        DISCLOSURE[TWO]
        .replace("状态: 持续推进\n序号", "状态：持续推进\n序号")
        .encode("gb18030")
        .replace(b"\n", b"\r\n")
    )
    site.write(TWO, before)

    def begun() -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [str(Path(sys.executable).with_name("rectify")), *command],
            cwd=site.root,
            env=plain_environment(None),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    began = time.monotonic()
    begun().wait()
    duration = time.monotonic() - began
    after = (site.root / "content" / TWO).read_bytes()
    assert after != before
    chance = random.Random(3)
    for _ in range(8):
        site.write(TWO, before)
        run = begun()
        time.sleep(chance.uniform(duration * 0.4, duration))
        run.send_signal(signal.SIGKILL)
        run.wait()
        assert (site.root / "content" / TWO).read_bytes() in (before, after)
    site.write(TWO, before)
    site.rectify(*command)
    assert (site.root / "content" / TWO).read_bytes() == after


def test_the_register_in_the_terminal(site):
    text = site.rectify("status").ok().out
    assert "2024-a  清川市水务局党组关于市委巡察整改情况的报告\n    2个问题：已完成1个，持续推进1个" in text
    assert "✓ 已完成" in text and "共 2 个问题，逾期按 2024-09-30 计算" in text
    late = site.rectify("status", "--overdue", "--as-of", "2025-01-10").ok().out
    assert "逾期10天" in late and "2024-a/01" not in late
    assert "没有符合条件的问题" in site.rectify("status", "--overdue").ok().out
    data = json.loads(site.rectify("status", "--format", "json", "--status", "已完成", "--unit", "水务").ok().out)
    assert [problem["ref"] for problem in data["problems"]] == ["2024-a/01"]
    site.build().ok()
    assert data["problems"][0] == site.data("problems")["problems"][0]


def test_the_register_with_an_error_in_it(site):
    site.write(TWO, "---\n问题: 甲\n状态: 差不多\n---\n")
    result = site.rectify("status")
    assert result.exit == 1 and "2024-a/01" in result.out and "处错误，可能没有列全" in result.out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(site, shell):
    assert "_RECTIFY_COMPLETE" in site.rectify("completion", shell).ok().out


@pytest.mark.parametrize(
    "command",
    ["new", "update", "status", "preview", "check", "hook", "completion", "publish", "releases", "rollback", "verify"],
)
def test_every_command_has_help_in_both_languages(site, command):
    zh, en = site.rectify(command, "--help").ok().out, site.rectify("--lang", "en", command, "--help").ok().out
    assert any("\u4e00" <= sign <= "\u9fff" for sign in zh)
    # Values of the vocabulary are Chinese in every language.
    assert not [
        word
        for word in re.findall("[\u4e00-\u9fff]+", en)
        if not any(word in "、".join(one.words()) for one in (STATUSES, FLAGS))
    ]


def test_an_approval_holds_for_exactly_what_was_approved(make_site):
    site = make_site(DISCLOSURE, plugins=[{"rectify": {"require_approval": True}}])
    assert "[V002]" in site.rectify("check").out
    told = site.rectify("approve", "2024-a", "--by", "市直机关工委", "--form", "审〔2024〕7号", "--dry-run").ok().out
    assert "+    - 02.md" in told and "指纹" not in read(site, "reports/2024-a/index.md")
    assert "3 件" in site.rectify("approve", "2024-a", "--by", "市直机关工委", "--date", "2024-11-01").ok().out
    index = read(site, "reports/2024-a/index.md")
    assert "批准: 市直机关工委" in index and "保密审查: 办公室" in index
    assert "0 处错误，0 处警告" in site.rectify("check").ok().out
    site.build().ok()
    update(site, "2024-a/02", "--status", "持续推进", "--note", "第二批小区完成移交。", "--date", "2024-09-20").ok()
    checked = site.rectify("check")
    assert checked.exit == 1 and "02.md:1 [V001]" in checked.out and "01.md" not in checked.out
    assert "上次批准以后：02.md 有改动" in site.rectify("approve", "2024-a", "--by", "市直机关工委").ok().out
    site.rectify("check").ok()
    for wrong in (["2024-x"], ["2024-a", "--date", "2099-01-01"], ["2024-a", "--by", " "]):
        assert site.rectify("approve", "--by", "市直机关工委", *wrong).exit != 0
    site.write("reports/2024-a/02.md", "---\n问题: 移交缓慢\n---\n")
    assert "改正以后再批准" in site.rectify("approve", "2024-a", "--by", "市直机关工委").out


def test_what_came_up_again_names_what_it_was_before(make_site):
    old = {
        path.replace("2024-a", "2023-b"): text.replace("公开日期: 2024", "公开日期: 2023")
        for path, text in DISCLOSURE.items()
    }
    site = make_site(DISCLOSURE | old)
    again = ["--status", "持续推进", "--note", "回头看再次指出。", "--date", "2024-09-20"]
    update(site, "2024-a/02", *again, "--earlier", "2023-b/2", "--earlier", "2023-b/01").ok()
    assert "\n前次: [2023-b/02, 2023-b/01]\n" in read(site, TWO)
    assert update(site, "2024-a/02", *again, "--earlier", "2023-b/09").exit == 2
    update(site, "2024-a/02", *again, "--priority", "屡改屡犯", "--priority", "money").ok()
    assert "\n重点: [屡改屡犯, 资金资产]\n" in read(site, TWO)
    assert "2024-a/02" in (told := site.rectify("status", "--priority").ok().out) and "2024-a/01" not in told
    assert "可用的值：安全健康" in update(site, "2024-a/02", *again, "--priority", "高").out
    new = ["new", "problem", "2024-a", "--title", "移交台账缺页", "--status", "待整改", "--earlier", "2023-b/01"]
    assert "前次: [2023-b/01]" in site.rectify(*new, "--dry-run").ok().out
