"""A day at the desk in Chromium: what she sees, types and hands in, with how many clicks; no page asks another host."""

import re
import subprocess
import sys

import pytest

from helpers.attached import png, tiff
from helpers.cases import DISCLOSURE
from helpers.desks import desk_of, served, source
from helpers.repository import committed, git
from helpers.site import plain_environment

REF = "2024-a/02"
_COUNTED = """
  const count = (kind) => ({ isTrusted }) => isTrusted && sessionStorage.setItem(kind, Number(sessionStorage.getItem(kind)) + 1);
  addEventListener("click", count("clicks"), true);
  addEventListener("change", count("fields"), true);
"""


@pytest.fixture
def site(make_site):
    site = committed(make_site(DISCLOSURE))
    git(site, "config", "user.name", "办公室科员").ok()
    git(site, "config", "user.email", "clerk@qingchuan.example").ok()
    return site


def test_a_clerk_updates_a_problem_with_a_photograph_and_hands_it_in(site, page, axe, tmp_path):
    photo = tmp_path / "现场.png"
    photo.write_bytes(png(exif=tiff(gps=True)))
    with served(desk_of(site)) as way:
        # Looking for a link in the frame counts as a script of it, and a picture alone has no icon.
        tab = page(way, viewport=(1440, 900), allow=("the document's frame is sandboxed", "favicon.ico"))
        assert "token" not in tab.url
        # As plain as it is on most days: one problem, from the first page until it is handed in.
        tab.evaluate(_COUNTED)
        tab.context.add_init_script(_COUNTED)
        tab.get_by_role("link", name="二次供水设施移交缓慢").first.click()
        tab.get_by_label("状态").first.click()
        tab.keyboard.press("ArrowDown")
        tab.keyboard.press("Enter")
        tab.get_by_label("做了什么", exact=True).click()
        tab.keyboard.type("第二批移交。")
        tab.get_by_role("button", name="保存，去提交").click()
        tab.get_by_role("button", name="提交", exact=True).click()
        tab.get_by_text("已提交").wait_for()
        # Two of the clicks are for the status: its list, and what is chosen in it.
        assert tab.evaluate("[sessionStorage.getItem('clicks'), sessionStorage.getItem('fields')]") == ["6", "2"]
        assert "状态: 阶段性完成" in source(site, REF).read_text("utf-8")

        tab.get_by_role("link", name="今天").click()
        tab.get_by_role("link", name="二次供水设施移交缓慢").first.click()
        tab.locator("[data-problem][data-looked]").wait_for()

        # A day is picked as well as typed.
        for day in ("2025-01-31", "2024-12-31"):
            tab.locator(".desk-fields [name=deadline] + .desk-pick").fill(day)
            assert tab.locator(".desk-fields [name=deadline]").input_value() == day
            assert tab.get_by_label("改时限的原因").is_visible() == (day != "2024-12-31")

        # The checks and the page of the readers follow what is typed.
        tab.get_by_label("做了什么", exact=True).fill("全部小区移交，联系住户 13856781234。")
        tab.get_by_label("状态").first.select_option("done")
        remark = tab.locator("#remarks-entry .desk-remark--error")
        remark.wait_for()
        assert "138****1234" in remark.inner_text()
        assert axe(tab) == []
        tab.get_by_label("做了什么", exact=True).fill("全部小区移交。")
        remark.wait_for(state="detached")
        chosen = tab.locator("[data-problem] .desk-file")
        assert chosen.inner_text().split("\n") == ["选文件", "还没有选"]
        with tab.expect_file_chooser() as asked:
            chosen.locator("input").click()
        asked.value.set_files(str(photo))
        assert "现场.png" in chosen.inner_text()
        tab.locator("#remarks-files .desk-remark--error").wait_for()
        tab.get_by_label("去掉附件里看不见的信息").check()
        tab.locator("#remarks-files .desk-remark--error").wait_for(state="detached")
        reader = tab.frame_locator("[data-frame]")
        reader.get_by_text("全部小区移交。").first.wait_for()
        assert "已完成" in reader.locator("main").inner_text()
        tab.get_by_role("button", name="手机").click()
        assert tab.locator("[data-frame]").evaluate("frame => frame.clientWidth") == 390
        assert "全部小区移交" not in source(site, REF).read_text("utf-8")
        tab.keyboard.press("Control+s")
        tab.get_by_text("已保存", exact=True).wait_for()
        # What readers take away she looks at beside the page, which the frame would not show.
        with tab.expect_popup() as opened:
            reader.get_by_role("link", name="现场.png").click()
        opened.value.wait_for_load_state()
        assert opened.value.locator("img").evaluate("picture => picture.naturalWidth > 0")
        opened.value.close()

        tab.get_by_role("link", name=re.compile("^提交")).click()
        tab.wait_for_url("**/changes")
        assert "全部小区移交。" in tab.locator("main").inner_text()
        tab.get_by_role("button", name="提交", exact=True).dblclick()  # as people do
        tab.get_by_text("已提交").wait_for()
    assert "更新 1 个问题" in git(site, "log", "-1", "--format=%s").ok().out
    kept = site.root / "content/reports/2024-a/files"
    assert [file.read_bytes() for file in kept.iterdir()] == [png()]
    built = site.rectify("build").ok()
    assert "2个问题：已完成2个" in built.out
    assert "全部小区移交。" in site.page(f"reports/{REF}/")


def test_several_rows_are_set_by_keyboard_alone(site, page):
    with served(desk_of(site)) as way:
        tab = page(way, viewport=(1440, 900))
        tab.get_by_role("link", name="台账", exact=True).click()
        tab.wait_for_url("**/ledger")
        tab.get_by_role("checkbox", name="2024-a/01").focus()
        tab.keyboard.press("Space")
        tab.keyboard.press("ArrowDown")
        tab.keyboard.press("Space")
        assert tab.locator("[data-count]").inner_text() == "2"
        tab.get_by_label("做了什么", exact=True).fill("复核完成。")
        tab.keyboard.press("Enter")
        tab.get_by_role("heading", name="一起设置").wait_for()
        tab.get_by_role("button", name="保存 2 个").click()
        tab.get_by_text("已保存 2 个问题").wait_for()
    assert "复核完成。" in source(site, "2024-a/01").read_text("utf-8")


def test_without_script_the_form_still_saves(site, page):
    with served(desk_of(site)) as way:
        tab = page(way, java_script_enabled=False)
        tab.goto(tab.url + f"problem/{REF}")
        tab.get_by_label("做了什么", exact=True).fill("第二批移交。")
        tab.get_by_role("button", name="保存", exact=True).click()
        tab.get_by_text("已保存", exact=True).wait_for()
    assert "第二批移交。" in source(site, REF).read_text("utf-8")


def test_the_command_opens_one_desk_for_a_site(site):
    """A second one is told the way into the first."""
    command = [sys.executable, "-m", "rectify", "desk", "--no-open"]
    env = plain_environment()
    with subprocess.Popen(command, cwd=site.root, stderr=subprocess.PIPE, env=env, text=True) as first:
        try:
            assert first.stderr is not None
            line = first.stderr.readline()
            way = re.search(r"(http://127\.0\.0\.1:\d+/[0-9a-f]{32}/enter\?token=)\S+", line)
            assert way, line
            second = site.run(*command)
            assert second.exit == 0 and way[1] in second.out and way[0] not in second.out
        finally:
            first.terminate()
    english = site.rectify("--lang", "en", "desk", "--help").ok().out
    assert "Open the desk" in english
