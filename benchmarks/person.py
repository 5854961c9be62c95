"""How long a person takes to bring one problem up to date and hand it in: keystrokes by the model, answers by the clock.

The keystroke-level model (Card, Moran and Newell, 1980) gives what somebody does who knows the way and makes no mistake; what is
answered meanwhile is measured, in a real browser and by real commands. The two older ways are given the benefit of the doubt: Excel
and the editor open at once, and whoever uses them knows file, row and key by heart.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Page

from helpers import chromium
from helpers.browser import launched
from helpers.desks import desk_of, served
from helpers.repository import committed, git
from helpers.site import Site
from rectify.core import ledger
from rectify.core.vocabulary import STATUSES

_SECONDS = {"M": 1.35, "H": 0.4, "P": 1.1, "B": 0.1, "K": 0.28}
"""Thinking, a hand from keyboard to mouse or back, pointing, a button pressed or let go, a key of an average typist."""
_SAID, _KEYS = "第二批移交完成。", 24
"""What is written, and the keys of it by pinyin."""
_STATUS = 20
"""Keys of a status by pinyin."""


class Person:
    """Somebody at work."""

    def __init__(self) -> None:
        self._done: Counter[str] = Counter()
        self._answers = 0.0

    def does(self, what: str, then: Callable[[], object] = lambda: None, keys: int = 0) -> None:
        """Do this by the operators of the model, type that many keys, and wait for what comes of it."""
        self._done.update(what)
        self._done["K"] += keys
        began = time.monotonic()
        then()
        self._answers += time.monotonic() - began

    def told(self) -> str:
        own = sum(number * _SECONDS[one] for one, number in self._done.items())
        spent = " | ".join(str(self._done[one]) for one in _SECONDS)
        return f"{self._done['B'] // 2} | {spent} | {own:.1f} | {self._answers:.1f} | {own + self._answers:.1f}"


def timed(root: Path) -> None:
    """Print what each way takes at the register of a folder."""
    site = committed(Site(root, root / "site"))
    there = root.with_name(f"{root.name}.git")
    subprocess.run(["git", "clone", "-q", "--bare", str(root), str(there)], check=True)
    for name, value in (("user.name", "clerk"), ("user.email", "clerk@qingchuan.example")):
        git(site, "config", name, value).ok()
    git(site, "remote", "add", "origin", str(there)).ok()
    git(site, "fetch", "-q").ok()
    git(site, "branch", "-q", "--set-upstream-to=origin/main").ok()
    desk = desk_of(site)
    desk.office.register()  # known from the last time, as on most days
    print("\none problem | clicks | " + " | ".join(_SECONDS) + " | person s | answers s | together s")
    with launched(chromium.find() or "") as browser, served(desk) as way:
        tab = browser.new_page(viewport={"width": 1440, "height": 900}, locale="zh-CN")
        tab.goto(way)
        home = tab.url
        print("at the desk |", _at_the_desk(tab).told(), flush=True)
        tab.goto(home)
        print("by the ledger and Excel |", _by_the_ledger(tab, root).told(), flush=True)
        tab.goto("about:blank")
    print("by the editor and git |", _by_the_editor(site).told(), flush=True)


def _at_the_desk(tab: Page) -> Person:
    person = Person()

    def opened() -> None:
        tab.locator("main li a").first.click()
        tab.locator("[name=entry_text]").wait_for()

    person.does("HMPBB", opened)
    person.does("MPBBPBB", lambda: tab.locator("[name=entry_status]").select_option("staged"))
    person.does("PBBH", lambda: tab.locator("[name=entry_text]").fill(_SAID), _KEYS)
    person.does("HMPBB", lambda: (_pressed(tab, "保存，去提交"), tab.wait_for_url("**/changes")))
    person.does("MPBB", lambda: _handed_in(tab))
    return person


def _by_the_ledger(tab: Page, folder: Path) -> Person:
    person = Person()
    file = folder.with_name("ledger.xlsx")

    def taken() -> None:
        with tab.expect_download(timeout=120_000) as made:
            tab.get_by_role("link", name="下载 Excel").click()
        made.value.save_as(file)

    person.does(
        "HMPBB", lambda: (tab.get_by_role("link", name="台账", exact=True).click(), tab.wait_for_url("**/ledger"))
    )
    # Of a large register only what the unit has.
    person.does(
        "MPBBPBB", lambda: (tab.locator("thead [name=unit]").select_option(index=1), tab.wait_for_url("**unit=**"))
    )
    person.does("MPBB", taken)
    # Opened by a double click; the row found by its reference; over to the status, over to the other sheet, to the end of it.
    person.does("MPBBBBHM", keys=2 + 9 + 1)
    person.does("M", keys=4 + _STATUS)
    person.does("HPBBHM", keys=2 + 9 + 1 + 10 + 1 + _STATUS + 1 + _KEYS + 1)
    _filled(file)
    person.does("", keys=2)  # saved
    person.does(
        "HMPBB", lambda: (tab.get_by_role("link", name="导入填好的台账").click(), tab.wait_for_url("**/import"))
    )
    person.does("PBBMPBBPBB", lambda: tab.locator("input[type=file]").set_input_files(file))
    person.does("PBB", lambda: (_pressed(tab, "读一读"), tab.get_by_text("将要改").wait_for(timeout=120_000)))
    person.does("MPBB", lambda: (_pressed(tab, "保存"), tab.wait_for_url("**/changes", timeout=120_000)))
    person.does("MPBB", lambda: _handed_in(tab))
    return person


def _filled(file: Path) -> None:
    """Do what was typed."""
    book = load_workbook(file)
    sheet = book.worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(number for number, row in enumerate(rows) if "牵头单位" in row)
    place = rows[head].index("状态")
    number, row = next((n, row) for n, row in enumerate(rows) if n > head and row[place] == STATUSES["ongoing"].label)
    sheet.cell(number + 1, place + 1).value = STATUSES["staged"].label
    ref = row[rows[head].index("编号")]
    day = date.today().isoformat()
    book[ledger.PROGRESS_SHEET].append([ref, None, day, STATUSES["staged"].label, _SAID])
    book.save(file)


def _by_the_editor(site: Site) -> Person:
    person = Person()

    def run(*command: str) -> Callable[[], object]:
        return lambda: subprocess.run(command, cwd=site.root, capture_output=True, check=command[-1] != "check")

    rectify = (sys.executable, "-m", "rectify")
    rows = desk_of(site).office.register().rows
    ref = next(row.problem.ref for row in rows if row.problem.status == "ongoing")
    person.does("M", run(*rectify, "status"), 15)
    # The file by its name, the names of folders completed; the status; the entry with its three keys; saved, left.
    person.does("M", keys=20)
    person.does("M", keys=3 + 4 + _STATUS)
    person.does("M", keys=8 + 20 + 9 + _STATUS + 9 + _KEYS + 1 + 4)
    # The date for which the disclosure stands, in its own file.
    person.does("MM", keys=8 + 5 + 10 + 4)
    run(*rectify, "update", ref, "--status", STATUSES["staged"].label, "--note", _SAID)()
    person.does("M", run(*rectify, "check"), 14)
    person.does("M", run("git", "add", "-A"), 11)
    person.does("M", run("git", "commit", "-q", "-m", _SAID), 17 + _KEYS)
    person.does("M", run("git", "pull", "-q", "--rebase"), 18)
    person.does("", run("git", "push", "-q"), 9)
    return person


def _pressed(tab: Page, name: str) -> None:
    tab.get_by_role("button", name=name, exact=True).click()


def _handed_in(tab: Page) -> None:
    if not tab.url.endswith("/changes"):
        tab.get_by_role("link", name="提交").click()
    _pressed(tab, "提交")
    tab.get_by_text("已提交").wait_for(timeout=120_000)
