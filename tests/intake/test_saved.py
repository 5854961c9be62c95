import json

from rectify.intake.last_import import NAME, renew_base, saved_base, saved_text


def test_a_ledger_renews_what_it_states_and_nothing_else(tmp_path):
    texts = {
        "index.md": "---\n标题: 甲\n---\n",
        "01.md": "---\n问题: 甲\n状态: 已完成\n进展:\n  - 日期: 2024-01-05\n    内容: 启动\n---\n\n正文。\n",
    }
    (tmp_path / NAME).write_text(saved_text({"file": "a.docx"}, texts), encoding="utf-8")
    renew_base(tmp_path, {"01.md": "---\n问题: 甲\n状态: 已销号\n---\n", "02.md": "---\n问题: 乙\n状态: 已完成\n---\n"})
    renewed = saved_base(tmp_path)
    assert renewed["index.md"] == texts["index.md"]
    assert renewed["01.md"] == texts["01.md"].replace("已完成", "已销号")
    assert renewed["02.md"] == "---\n问题: 乙\n状态: 已完成\n---\n"
    assert json.loads((tmp_path / NAME).read_text("utf-8"))["file"] == "a.docx"


def test_without_a_saved_report_nothing_is_written(tmp_path):
    renew_base(tmp_path, {"01.md": "---\n问题: 甲\n---\n"})
    assert saved_base(tmp_path) is None and not list(tmp_path.iterdir())
    (tmp_path / NAME).write_text("{broken", encoding="utf-8")
    renew_base(tmp_path, {"01.md": "---\n问题: 甲\n---\n"})
    assert saved_base(tmp_path) is None
