"""A whole day, from the 25th's morning to what readers see in the evening: with no repository elsewhere, over ssh, over https."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from docx import Document

from helpers.attached import png, tiff
from helpers.cases import DISCLOSURE
from helpers.desks import Together, desk_of, notice, served, source
from helpers.git_servers import by_https, by_ssh, sshd
from helpers.repository import git
from rectify.core.vocabulary import PROBLEM_KEYS
from rectify.sources.edit import read

ONE, TWO, THREE = "2024-a/01", "2024-a/02", "2024-a/03"
FILES = {
    **DISCLOSURE,
    "reports/2024-a/index.md": DISCLOSURE["reports/2024-a/index.md"]
    .replace("{总数: 2, 已完成: 1, 持续推进: 1}", "{总数: 3, 已完成: 1, 持续推进: 2}")
    .replace("2个问题，已完成1个，持续推进1个", "3个问题，已完成1个，持续推进2个"),
    "reports/2024-a/03.md": DISCLOSURE["reports/2024-a/02.md"]
    .replace("二次供水设施移交缓慢", "应急抢修车辆配备不足")
    .replace("序号: 2", "序号: 3"),
}


@pytest.fixture(params=["alone", "ssh", "https"])
def office(request, make_site, tmp_path, monkeypatch) -> Iterator[Together]:
    if request.param == "ssh" and not sshd():
        pytest.skip("sshd: this machine has none")
    monkeypatch.delenv("GIT_SSL_CAINFO", raising=False)
    made = Together(make_site(FILES), tmp_path)
    with ExitStack() as servers:
        if request.param == "alone":
            git(made.one.site, "remote", "remove", "origin").ok()
            made.there = made.one.site.root
        else:
            way = servers.enter_context(
                {"ssh": by_ssh, "https": by_https}[request.param](made.there, tmp_path / "server")
            )
            made.reach(way)
        yield made


def test_a_day_of_a_clerk_with_what_another_did_meanwhile_reaches_the_reader(office, page, serve, tmp_path):
    photo, report = tmp_path / "现场.png", tmp_path / "园林局通报.docx"
    photo.write_bytes(png(exif=tiff(gps=True)))
    document = Document()
    for line in notice("2024年12月31日", "2025年1月10日").splitlines():
        document.add_paragraph(line)
    document.save(report)
    is_alone = office.there == office.one.site.root

    with served(desk_of(office.one.site)) as way:
        tab = page(way, viewport=(1440, 900))
        # Two problems in the table, one in its form with a photograph that says where it was taken.
        tab.get_by_role("link", name="台账", exact=True).click()
        tab.locator(f'[data-cell="cell|{ONE}|entry_text"]').fill("复核完成，记录齐全。")
        tab.locator(f'[data-cell="cell|{THREE}|entry_text"]').fill("两台抢修车到位。")
        tab.locator(f'[data-cell="cell|{THREE}|lead"]').fill("抢修中心")
        tab.get_by_role("button", name="先看改动").click()
        tab.get_by_role("button", name="保存 2 个").click()
        tab.get_by_text("已保存 2 个问题").wait_for()
        tab.get_by_role("link", name="二次供水设施移交缓慢").click()
        tab.get_by_label("做了什么", exact=True).fill("全部小区移交。")
        tab.get_by_label("状态").first.select_option("done")
        tab.locator("[data-problem] input[type=file]").set_input_files(str(photo))
        place = tab.locator("#remarks-files .desk-remark--error")
        place.wait_for()
        assert "位置" in place.inner_text()
        tab.get_by_label("去掉附件里看不见的信息").check()
        place.wait_for(state="detached")
        tab.frame_locator("[data-frame]").get_by_text("全部小区移交。").first.wait_for()
        tab.get_by_role("button", name="保存", exact=True).click()
        tab.get_by_text("已保存", exact=True).wait_for()

        # A report as Word has it: what it does not say is told at its line, and set right before anything is written.
        tab.get_by_role("link", name="通报", exact=True).click()
        tab.get_by_role("link", name="导入文件").click()
        tab.locator("input[type=file]").set_input_files(str(report))
        tab.get_by_role("button", name="读一读").click()
        tab.get_by_text("读出 2 个问题").wait_for()
        source_lines = tab.locator(".desk-source")
        assert "没有写明整改状态" in source_lines.inner_text()
        assert "没有写明“公开日期”" in tab.locator("main").inner_text()
        tab.get_by_label("公开日期").fill("2025年1月15日")
        tab.locator("[name=status-2]").select_option("ongoing")
        tab.locator("[name=id]").fill("2024-yuanlin")
        tab.get_by_role("button", name="写入").click()
        tab.get_by_text("已导入 2 个问题").wait_for()

        # Somebody else was faster with one of the three.
        if not is_alone:
            office.other.problem(THREE, lead="车辆科", entry_text="车辆采购完成招标。", entry_date="2024-10-20")
            assert "单位的仓库已经收到" in office.other.submit().get_data(as_text=True)

        tab.get_by_role("link", name="提交").click()
        tab.wait_for_url("**/changes")
        shown = tab.locator("main").inner_text()
        for words in (
            "复核完成，记录齐全。",
            "全部小区移交。",
            "抢修中心",
            "苗木采购档案不全",
            "已完成 1 → 3",
        ):
            assert words in shown, words
        tab.get_by_role("button", name="提交", exact=True).click()
        if not is_alone:
            tab.get_by_role("heading", name="别人也改了这些问题").wait_for()
            told = tab.locator("main").inner_text()
            assert (
                "抢修中心" in told and "车辆科" in told and "车辆采购完成招标" not in told
            )  # that is no contradiction
            tab.get_by_label("用我的").check()
            tab.get_by_role("button", name="提交", exact=True).click()
        tab.get_by_text("已提交").wait_for()
        assert ("单位的仓库已经收到" in tab.locator(".desk-said").inner_text()) != is_alone

    held = source(office.one.site, ONE).parent / "files"
    assert [file.read_bytes() for file in held.iterdir()] == [png()]
    three = read(source(office.one.site, THREE).read_text("utf-8"), PROBLEM_KEYS).values
    assert three["lead"] == "抢修中心"
    assert [entry.text for entry in three["progress"]][1:] == (
        ["两台抢修车到位。"] if is_alone else ["车辆采购完成招标。", "两台抢修车到位。"]
    )
    assert git(office.one.site, "status", "--porcelain").ok().out == ""

    # In the evening the timer publishes what lies over there.
    live = tmp_path / "live"
    office.one.site.rectify("publish", "--to", str(live), "--repo", str(office.there)).ok()
    reader = page(f"{serve((live / 'current').resolve())}/reports/{THREE}/")
    seen = reader.locator("main").inner_text()
    assert "两台抢修车到位。" in seen and "抢修中心" in seen and ("车辆采购完成招标。" in seen) != is_alone
    reader.goto(f"{serve((live / 'current').resolve())}/reports/{TWO}/")
    reader.get_by_text("全部小区移交。").first.wait_for()
    reader.goto(f"{serve((live / 'current').resolve())}/reports/2024-yuanlin/")
    assert "养护合同续签滞后" in reader.locator("main").inner_text()
