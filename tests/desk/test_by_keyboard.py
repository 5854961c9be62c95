"""A day by keyboard alone, at twice the size too: nothing that has the focus is wholly covered, and one problem takes few keys."""

import pytest

from helpers.cases import DISCLOSURE
from helpers.desks import desk_of, served, source
from helpers.repository import committed, git

REF = "2024-a/02"
_MOST = 200
_SEEN = """() => {
  const one = document.activeElement;
  if (!one || one === document.body || one.tagName === "IFRAME" || one.id === "content") return "";
  const { left, right, top, bottom } = one.getBoundingClientRect();
  const [from, to] = [Math.max(top, 0), Math.min(bottom, innerHeight)];
  const across = (Math.max(left, 0) + Math.min(right, innerWidth)) / 2;
  const is_seen = [0.5, 0.1, 0.9].some((part) => {
    const hit = document.elementFromPoint(across, from + (to - from) * part);
    return hit && (one.contains(hit) || (hit.contains(one) && hit.closest("label, th, td, summary, .desk-scroll")));
  });
  return is_seen ? "" : one.outerHTML.slice(0, 160);
}"""


@pytest.fixture
def site(make_site):
    site = committed(make_site(DISCLOSURE))
    git(site, "config", "user.name", "办公室科员").ok()
    git(site, "config", "user.email", "clerk@qingchuan.example").ok()
    return site


def go_to(tab, selector: str) -> int:
    """Press the tabulator until this has the focus; return how often."""
    for number in range(1, _MOST):
        tab.keyboard.press("Tab")
        if tab.evaluate("selector => document.activeElement.matches(selector)", selector):
            return number
    raise AssertionError(f"{selector} is not reached")


def test_one_problem_is_updated_and_handed_in_without_a_mouse(site, page):
    with served(desk_of(site)) as way:
        tab = page(way, viewport=(1440, 900))
        go_to(tab, f'a[href$="/problem/{REF}"]')
        tab.keyboard.press("Enter")
        tab.locator("[data-problem][data-looked]").wait_for()
        go_to(tab, "[name=entry_status]")
        tab.keyboard.press("ArrowDown")
        assert tab.locator("[name=entry_status]").input_value() == "staged"
        assert go_to(tab, "[name=entry_text]") == 2
        tab.keyboard.type("第二批9个小区移交。")
        tab.keyboard.press("Control+s")
        tab.get_by_text("已保存", exact=True).wait_for()
        go_to(tab, 'nav a[href$="/changes"]')
        tab.keyboard.press("Enter")
        tab.wait_for_url("**/changes")
        go_to(tab, 'form[action$="/changes/submit"] .desk-button')
        tab.keyboard.press("Enter")
        tab.get_by_text("已提交 1 个问题").wait_for()
    assert "第二批9个小区移交。" in source(site, REF).read_text("utf-8")
    assert git(site, "status", "--porcelain").ok().out == ""


@pytest.mark.parametrize("size", [(1440, 900), (1024, 700), (720, 450)], ids=str)
def test_what_has_the_focus_is_seen(make_site, page, size):
    name, more = f"reports/{REF}.md", [f"reports/2024-a/{number:02}.md" for number in range(3, 13)]
    site = committed(make_site(DISCLOSURE | dict.fromkeys(more, DISCLOSURE[name])))
    with served(desk_of(site)) as way:
        tab = page(way, viewport=size)
        home = tab.url
        for path in ("", "ledger", f"problem/{REF}", "disclosures", "disclosure/2024-a", "changes"):
            tab.goto(home + path)
            tab.wait_for_load_state()
            for key in ("Tab", "Shift+Tab"):
                hidden = []
                for _press in range(_MOST):
                    tab.keyboard.press(key)
                    if tab.evaluate("document.activeElement === document.body"):
                        break
                    hidden += [one] if (one := tab.evaluate(_SEEN)) else []
                assert hidden == [], (path, key)
