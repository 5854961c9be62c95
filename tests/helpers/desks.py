"""A desk as a clerk's browser has it: served from this process, or asked page by page without a browser."""

from __future__ import annotations

import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any, ClassVar

from flask.testing import FlaskClient
from waitress.server import create_server
from werkzeug.test import TestResponse

from helpers.git_servers import Way
from helpers.repository import committed, git
from helpers.site import Site
from rectify.desk.application import Desk, create_app
from rectify.desk.entrance import address, folder
from rectify.desk.office import Office
from rectify.sources.configuration import read_configuration

KEY, PORT = "a key", 8899
HOST = f"127.0.0.1:{PORT}"
BELOW = f"http://{HOST}{folder(KEY)}"


def desk_of(site: Site, folder: str = "content") -> Desk:
    """The desk of a site, of the register in this folder where it has several."""
    return Desk(Office(read_configuration(site.root / "mkdocs.yml", site.root / folder)))


class _Answer(TestResponse):
    """A page as a person reads it: the blank between a number and its measure word is one."""

    def get_data(self, as_text: bool = False) -> Any:
        data = super().get_data(as_text)
        return _HELD.sub(" ", data) if as_text else data


_HELD = re.compile("(?:(?<=[0-9])|(?<=第))\xa0")


class Clerk:
    """Somebody at the desk, who fills in forms as they stand on the page and changes what is asked for."""

    def __init__(self, site: Site, comes_in: bool = True, folder: str = "content"):
        self.site = site
        self.sit_at(desk_of(site, folder), comes_in)

    def sit_at(self, desk: Desk, comes_in: bool = True) -> None:
        """Begin anew at this desk."""
        self.desk = desk
        self.app = create_app(desk, KEY, PORT)
        self.client: FlaskClient = self.app.test_client()
        self.client.response_wrapper = _Answer
        if comes_in:
            self.get(address(KEY, PORT).removeprefix(BELOW))

    below = BELOW.partition(HOST)[2]
    """What paths of requests begin with."""
    base = BELOW
    own: ClassVar[dict[str, str]] = {"Origin": f"http://{HOST}"}
    """The headers of a form of its own."""

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.client.get(path, base_url=BELOW, headers=headers, follow_redirects=True)

    def text(self, path: str) -> str:
        return self.get(path).get_data(as_text=True)

    def post(self, path: str, data: dict[str, Any], **headers: str) -> TestResponse:
        headers = {**self.own, **headers}
        return self.client.post(
            path, base_url=BELOW, data=data, headers=headers, follow_redirects=True,
            content_type="multipart/form-data",
        )  # fmt: skip

    def form(self, path: str, action: str = "") -> dict[str, Any]:
        """What the form of a page with this action holds."""
        return fields(self.text(path), action)

    def problem(self, ref: str, **changes: Any) -> TestResponse:
        """Open a problem, change these fields and save."""
        return self.post(f"/problem/{ref}", {**self.form(f"/problem/{ref}", f"/problem/{ref}"), **changes})

    def submit(self, **changes: Any) -> TestResponse:
        """Hand in what was changed."""
        return self.post("/changes/submit", {**self.form("/changes", "/changes/submit"), **changes})


def fields(page: str, action: str = "") -> dict[str, Any]:
    """What the first form of a page holds whose action ends so, by name; of boxes those that are ticked."""
    forms = re.findall(r"(?s)<form([^>]*)>(.*?)</form>", page)
    inside = next(
        (body for head, body in forms if (found := re.search('action="([^"]*)"', head)) and found[1].endswith(action)),
        "",
    )
    held: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", inside):
        name, value = re.search('name="([^"]*)"', tag), re.search('value="([^"]*)"', tag)
        kind = re.search('type="([^"]*)"', tag)
        if not name or (kind and kind[1] == "file"):
            continue
        if kind and kind[1] in ("checkbox", "radio"):
            if "checked" in tag:
                held.setdefault(name[1], []).append(unescape(value[1]) if value else "on")
            continue
        held[name[1]] = unescape(value[1]) if value else ""
    for name, text in re.findall(r'(?s)<textarea name="([^"]*)"[^>]*>(.*?)</textarea>', inside):
        held[name] = unescape(text)
    for name, options in re.findall(r'(?s)<select name="([^"]*)"[^>]*>(.*?)</select>', inside):
        chosen = re.search(r'<option value="([^"]*)"[^>]* selected', options) or re.search(
            r'<option value="([^"]*)"', options
        )
        held[name] = chosen[1] if chosen else ""
    return held


@contextmanager
def served(desk: Desk) -> Iterator[str]:
    """The address by which a browser comes in."""
    server = create_server(lambda environ, start: [], host="127.0.0.1", port=0, threads=4)
    server.application = create_app(desk, KEY, server.effective_port)
    closing = threading.Event()

    def run() -> None:
        try:
            server.run()
        except OSError:  # It may be waiting for what is closed here.
            if not closing.is_set():
                raise

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield address(KEY, server.effective_port)
    finally:
        closing.set()
        server.close()
        thread.join(10)


class Together:
    """Two clerks, each with a copy of what lies over there."""

    def __init__(self, site: Site, folder: Path):
        self.there = folder / "over there.git"
        first = committed(site)
        subprocess.run(["git", "clone", "-q", "--bare", str(first.root), str(self.there)], check=True)
        git(first, "remote", "add", "origin", str(self.there)).ok()
        other = folder / "other"
        subprocess.run(["git", "clone", "-q", str(self.there), str(other)], check=True)
        self.one, self.other = Clerk(first), Clerk(Site(other, other / "site"))
        for clerk, name in ((self.one, "办公室科员"), (self.other, "供水科科员")):
            git(clerk.site, "config", "user.name", name).ok()
            git(clerk.site, "config", "user.email", "clerk@qingchuan.example").ok()

    def reach(self, way: Way) -> None:
        """Have both reach what lies over there in this way from now on."""
        self.way = way
        for clerk in (self.one, self.other):
            git(clerk.site, "remote", "set-url", "origin", way.url).ok()
            for name, value in way.settings.items():
                git(clerk.site, "config", name, value).ok()

    def newest(self, path: str) -> str:
        return subprocess.run(
            ["git", "--git-dir", str(self.there), "show", f"main:content/reports/{path}.md"],
            check=True,
            capture_output=True,
        ).stdout.decode()


def source(site: Site, ref: str) -> Path:
    """The file of a problem."""
    disclosure, _slash, number = ref.partition("/")
    return site.root / "content" / "reports" / disclosure / f"{number}.md"


def notice(as_of: str, day: str) -> str:
    """A report of two problems, as a clerk drops it on the page, up to one day and signed on another."""
    return f"""中共清川市园林局党组关于巡察整改进展情况的通报

根据市委统一部署，2024年3月至5月，市委第三巡察组对市园林局党组开展了巡察，2024年7月2日反馈了意见。现将截至{as_of}的整改进展情况公布如下。

一、党的建设方面
（一）苗木采购档案不全
整改情况：已完成整改。补齐采购档案46份，建立专柜。
（二）养护合同续签滞后
整改情况：已续签3份，其余尽快续签。

联系电话：0000-2345678

中共清川市园林局党组
{day}
"""
