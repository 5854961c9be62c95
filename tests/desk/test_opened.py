"""Every page of the desk with all open that can be opened on it, in both languages: it fits, and breaks no rule of accessibility."""

import re
import threading
from collections.abc import Iterator
from io import BytesIO

import pytest

from helpers.attached import png, tiff
from helpers.cases import DISCLOSURE
from helpers.desks import PORT, Clerk, Together, fields, notice, served
from helpers.repository import git
from helpers.site import ROOT, Site
from rectify.core.language import speak, spoken
from rectify.desk.entrance import folder
from rectify.desk.slow_work import SlowWork

DESK = ROOT / "plugins" / "rectify" / "desk"
WIDTHS = (1440, 1024, 720)
_OPEN = """() => {
  for (const one of document.querySelectorAll("details")) {
    one.removeAttribute("name");
    one.open = true;
  }
  for (const one of document.querySelectorAll(".desk [hidden]:not(textarea, input)")) one.hidden = false;
}"""
"""Of details with a name only one is open at a time, and what is hidden is shown when there is something to say."""
_WIDER = """() => [document.documentElement, ...document.querySelectorAll(".desk-scroll")]
  .filter((one) => one.scrollWidth > one.clientWidth).map((one) => [one.className, one.scrollWidth, one.clientWidth])"""


@pytest.fixture(params=["zh", "en"])
def office(request, make_site, tmp_path) -> Iterator[tuple[Together, str]]:
    before = spoken().key
    if request.param == "zh":
        site = make_site(DISCLOSURE)
    else:
        root = make_site().root / "english"
        Site(root.parent, root).rectify("--lang", "en", "init", "english").ok()
        site = Site(root, root / "site")
    speak(request.param)
    two = Together(site, tmp_path)
    (rid,) = [one.name for one in (site.root / "content/reports").iterdir()]
    yield two, rid
    speak(before)


def states(two: Together, rid: str) -> Iterator[tuple[str, str]]:
    """Yield pages as a clerk comes upon them, each with what it is."""
    clerk, one, ref = two.one, f"{rid}/01", f"{rid}/02"
    way = f"/problem/{ref}"

    def posted(path: str, action: str, **changes: object) -> str:
        return clerk.post(action, {**clerk.form(path, action), **changes}).get_data(as_text=True)

    def dropped(name: str, data: bytes) -> tuple[str, str]:
        came = clerk.post("/import", {**clerk.form("/import", "/import"), "file": (BytesIO(data), name)})
        return came.request.path.removeprefix(clerk.below), came.get_data(as_text=True)

    def shown(**paths: str) -> Iterator[tuple[str, str]]:
        for name, path in paths.items():
            yield name.replace("_", " "), clerk.text(path)

    # Another one is faster with the lead, and with a form that lies open.
    two.other.problem(ref, lead="A", entry_text="复核。")
    two.other.submit()
    old = clerk.form(way, way)
    clerk.problem(ref, lead="B", entry_text="第二批移交。", files=(BytesIO(png(exif=tiff(gps=True))), "photo.png"))
    yield "clash", clerk.post(way, {**old, "lead": "C"}).get_data(as_text=True)
    yield (
        "refused",
        posted(way, way, entry_status="done", entry_text="", entry_date="2099-01-01", deadline="2099-01-01"),
    )
    yield "changes with what the checks refuse", clerk.text("/changes")
    yield "mended", posted("/changes", "/changes/mend")
    yield "conflict", posted("/changes", "/changes/submit")
    clerk.post("/changes/undo", {**clerk.form("/changes", "/changes/undo"), "id": clerk.desk.journal.entries()[-1].id})

    step = {**clerk.form(way, f"{way}/step#course"), "deadline": ""}
    yield (
        "a step refused",
        clerk.post(f"{way}/step", step | {"stage": "application", "text": ""}).get_data(as_text=True),
    )
    evidence = (BytesIO(png()), "evidence.png")
    applied = step | {"stage": "application", "text": "全部移交。", "by": "A", "files": evidence}
    yield "a step that waits for an answer", clerk.post(f"{way}/step", applied).get_data(as_text=True)
    yield from shown(today="/", ledger="/ledger", problem=way, compared=f"/compare/{ref}")
    cells = {"ref": one, "entry_text": "复核。", f"cell|{ref}|deadline": "soon"}
    yield "together", posted("/ledger", "/ledger/together", **cells)
    yield "found nothing", clerk.text("/ledger?words=nowhere")

    posted(f"/problem/{one}", f"/problem/{one}/withdraw", withdrawn_reason="R")
    yield from shown(
        withdrawn=f"/problem/{one}", disclosures="/disclosures", disclosure=f"/disclosure/{rid}", new_disclosure="/disclosures/new",
        approval=f"/disclosure/{rid}/approve", import_="/import", nowhere="/nowhere",
    )  # fmt: skip
    yield "a head refused", posted(f"/disclosure/{rid}", f"/disclosure/{rid}", as_of="soon", unit="")
    posted(f"/disclosure/{rid}/approve", "/approve", by="A")
    yield "approved", clerk.text(f"/disclosure/{rid}/approve")

    yield "not a document", dropped("a.docx", b"no document")[1]
    report = notice("2024年9月30日", "2024年10月10日").replace("（二）", "2024年8月10日：召开会议。\n（二）")
    mark, page = dropped("report.txt", report.encode())
    yield "imported", page
    form = fields(page, mark) | {"id": "2024-yuanlin", "published": "2024-10-10", "status-2": "ongoing"}
    yield "written", clerk.post(mark, form).get_data(as_text=True)
    clerk.problem("2024-yuanlin/02", body="已续签2份。")
    later = report.replace("已续签3份，其余尽快续签。", "已完成整改，全部续签。").replace(
        "2024年9月30日", "2024年10月9日"
    )
    mark, page = dropped("later.txt", f"{later}\n（三）行道树修剪不及时\n整改情况：持续推进。\n".encode())
    yield "known already", page
    yield "revised", clerk.post(mark, fields(page, mark) | {"to": "2024-yuanlin"}).get_data(as_text=True)
    workbook = clerk.get("/papers/workbook").data
    yield "a ledger as it was", dropped("ledger.xlsx", workbook)[1]

    yield "new, changed and taken out", clerk.text("/changes")
    git(clerk.site, "remote", "remove", "origin").ok()
    yield "handed in", posted("/changes", "/changes/submit")
    yield "a form that is too old", clerk.post(way, {**old, "csrf_token": "x"}).get_data(as_text=True)
    go_on = threading.Event()
    clerk.desk.reading = SlowWork(lambda tell: (tell(3, 40), go_on.wait(60)))
    yield "reading", clerk.text("/").replace('http-equiv="refresh"', "")
    go_on.set()


def test_every_page_with_all_open_fits_and_breaks_no_rule(office, page, axe, monkeypatch):
    from rectify.desk import application

    monkeypatch.setattr(application, "_MOMENT", 0)
    two, rid = office
    classes: set[str] = set()
    templates: set[str] = set()
    wrong: list[tuple[object, ...]] = []
    with served(two.one.desk) as way:
        tab = page(way, viewport=(1440, 900))
        home = tab.url
        from flask import template_rendered

        def note(_app, template, **_more) -> None:
            templates.add(template.name)

        template_rendered.connect(note)
        for name, text in states(two, rid):
            tab.route("**/shown", lambda route, _request, text=text: route.fulfill(body=text, content_type="text/html"))
            tab.context.add_cookies([cookie_of(two.one, home)])  # by which its forms are this browser's own
            tab.goto(f"{home}shown")
            tab.wait_for_load_state()
            if tab.locator("[data-problem]").count():
                tab.locator("[data-problem][data-looked]").wait_for()
            tab.evaluate(_OPEN)
            for width in WIDTHS:
                tab.set_viewport_size({"width": width, "height": 900})
                wrong += [(name, width, *one) for one in tab.evaluate(_WIDER)]
            wrong += [(name, one["id"], one["nodes"][0]["html"][:160]) for one in axe(tab)]
            classes |= set(
                tab.evaluate("[...document.querySelectorAll('[class]')].flatMap((one) => [...one.classList])")
            )
            tab.unroute("**/shown")
        tab.goto("about:blank")
    assert wrong == []
    styles = (DESK / "static" / "desk.css").read_text("utf-8")
    assert set(re.findall(r"\.(desk-[\w-]+)", styles)) - classes - {"desk-pager", "desk-matter--late"} == set(), (
        "nobody looked at these"
    )
    made = {file.name for file in (DESK / "templates").glob("*.html")} - {"frame.html", "pieces.html"}
    assert made - templates == set(), "nobody looked at these"


def cookie_of(clerk: Clerk, home: str) -> dict[str, str]:
    """Return the cookie by which a browser is the one that this clerk has."""
    path = folder("a key")
    held = clerk.client.get_cookie(f"rectify-desk-{PORT}", "127.0.0.1", path)
    assert held is not None
    port = home.split(":")[2].partition("/")[0]
    return {"name": f"rectify-desk-{port}", "value": held.value, "domain": "127.0.0.1", "path": path}
