"""The pages of the desk that the clerks' manual shows: how each comes about, and a digest of what it says.

tools/pictures.py takes them; a test tells where one no longer shows what the desk has.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from helpers.cases import DISCLOSURE
from helpers.desks import Together, fields, notice
from helpers.repository import git
from helpers.site import write_site
from rectify.desk.application import Desk
from rectify.desk.office import Office
from rectify.sources.configuration import read_configuration

DAY = date(2024, 10, 25)
_PROBLEMS = (
    ("应急抢修车辆配备不足", "持续推进", "抢修中心", "2024-11-15"),
    ("水质检测报告公示不及时", "持续推进", "水质监测站", "2024-10-20"),
    ("窗口一次性告知落实不到位", "已完成", "客户服务中心", "2024-08-31"),
    ("老旧小区水压投诉处理周期长", "持续推进", "供水科", "2024-12-31"),
    ("物资采购验收资料不齐", "待整改", "财务科", "2025-03-31"),
    ("安全隐患排查台账更新滞后", "持续推进", "安全科", "2024-11-30"),
)


class Scene(NamedTuple):
    """One picture."""

    name: str
    arrange: Callable[[Together], str]
    """Brings the first clerk so far; returns the path of the page."""
    typed: tuple[tuple[str, str], ...] = ()
    """What is typed into which place, for the picture alone."""
    press: str = ""
    """The form on the page, by the end of its action, that is sent at last."""


class _OnADay(Office):
    today = property(lambda self: DAY)  # type: ignore[assignment]


def _content() -> dict[str, str]:
    texts = dict(DISCLOSURE)
    for number, (title, status, lead, until) in enumerate(_PROBLEMS, start=3):
        entry = f"进展:\n  - 日期: 2024-08-20\n    状态: {status}\n    内容: 召开专题会议，明确分工和时限。\n"
        head = f"问题: {title}\n状态: {status}\n序号: {number}\n牵头单位: {lead}\n整改时限: {until}\n"
        texts[f"reports/2024-a/{number:02}.md"] = (
            f"---\n{head}{entry if status != '待整改' else ''}---\n\n正在按方案整改。\n"
        )
    index = texts["reports/2024-a/index.md"]
    index = index.replace("{总数: 2, 已完成: 1, 持续推进: 1}", "{总数: 8, 已完成: 2, 持续推进: 5, 待整改: 1}")
    texts["reports/2024-a/index.md"] = index.replace(
        "2个问题，已完成1个，持续推进1个", "8个问题，已完成2个，持续推进5个，待整改1个"
    )
    return texts


@contextmanager
def office(folder: Path) -> Iterator[Together]:
    """Two clerks on the day of the pictures, with the same commits each time."""
    before = {name: os.environ.get(name) for name in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE")}
    os.environ.update(dict.fromkeys(before, f"{DAY}T09:00:00+08:00"))
    try:
        (folder / "清川市整改公开").mkdir(parents=True)
        made = Together(write_site(folder / "清川市整改公开", _content(), site_name="清川市整改公开"), folder)
        for clerk in (made.one, made.other):
            clerk.sit_at(Desk(_OnADay(read_configuration(clerk.site.root / "mkdocs.yml"))))
        yield made
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.__setitem__(name, value)


def _others(two: Together) -> None:
    two.other.problem("2024-a/04", entry_text="八月、九月检测报告已经公示。", lead="水质监测中心")
    two.other.submit()


def _today(two: Together) -> str:
    _others(two)
    git(two.one.site, "pull", "-q", "origin", "main").ok()
    return "/"


def _imported(two: Together) -> str:
    form: dict[str, Any] = {
        **two.one.form("/import", "/import"),
        "file": (BytesIO(notice("2024年9月30日", "2024年10月10日").encode()), "园林局通报.txt"),
    }
    return two.one.post("/import", form).request.path.removeprefix(two.one.below)


def _compared(two: Together) -> str:
    two.one.problem("2024-a/02", entry_text="第二批9个小区完成移交。", lead="供水科")
    return "/compare/2024-a/02"


def _changes(two: Together) -> str:
    two.one.problem("2024-a/02", entry_text="第二批9个小区完成移交。", lead="供水科")
    two.one.problem("2024-a/03", entry_text="两台抢修车到位。", entry_status="done")
    return "/changes"


def _conflict(two: Together) -> str:
    _others(two)
    two.one.problem("2024-a/04", lead="水质科")
    return "/changes"


SCENES = (
    Scene("desk-today", _today),
    Scene(
        "desk-ledger",
        lambda two: "/ledger",
        (
            ('[data-cell="cell|2024-a/02|entry_text"]', "第二批9个小区完成移交。"),
            ('[data-cell="cell|2024-a/03|entry_text"]', "两台抢修车到位。"),
        ),
    ),
    Scene("desk-problem", lambda two: "/problem/2024-a/02", (("[name=entry_text]", "第二批9个小区完成移交。"),)),
    Scene("desk-imported", _imported),
    Scene("desk-compared", _compared),
    Scene("desk-changes", _changes),
    Scene("desk-conflict", _conflict, press="/changes/submit"),
)


def said(scene: Scene, folder: Path) -> str:
    """A digest of what the page of a scene says."""
    with office(folder) as two:
        way = scene.arrange(two)
        page = two.one.text(way)
        if scene.press:
            page = two.one.post(scene.press, fields(page, scene.press)).get_data(as_text=True)
    text = " ".join(re.sub(r"<[^>]+>", " ", page.partition("<main")[2]).split())
    return hashlib.sha256(text.encode()).hexdigest()[:16]
