"""Nobody comes to the desk but through the address that was printed, once, from this machine and from no other page."""

import re
import stat
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest

from helpers.cases import DISCLOSURE
from helpers.desks import BELOW, HOST, KEY, PORT, Clerk, served
from rectify.desk.entrance import Running, address


@pytest.fixture(scope="module")
def clerk(tmp_path_factory):
    from helpers.site import write_site

    root = tmp_path_factory.mktemp("desk")
    return Clerk(write_site(root, DISCLOSURE), comes_in=False)


def enter(clerk: Clerk, way: str = "", **headers: str) -> int:
    client = clerk.app.test_client()
    way = way or address(KEY, PORT).removeprefix(BELOW)
    return client.get(way, base_url=BELOW, headers=headers).status_code


def test_an_address_lets_one_browser_in_once(clerk):
    assert clerk.get("/").status_code == 403
    assert "rectify desk" in clerk.text("/ledger")
    way = address(KEY, PORT).removeprefix(BELOW)
    assert enter(clerk, way) == 302
    assert enter(clerk, way) == 403
    assert enter(clerk, "/enter?token=") == enter(clerk, "/enter") == 403
    assert enter(clerk, address("another key", PORT).removeprefix(BELOW)) == 403


def test_no_other_page_and_no_other_name_of_this_machine_is_answered(clerk):
    inside = Clerk(clerk.site)
    assert inside.get("/").status_code == 200
    # A name of somebody else's that leads to this machine.
    for name in ("evil.example", f"evil.example:{PORT}", "127.0.0.1:1", "[::1]:8899", f"127.0.0.1.evil.example:{PORT}"):
        got = inside.client.get("/", base_url=BELOW.replace(HOST, name))
        assert got.status_code == 403, name
    for site in ("cross-site", "same-site"):
        assert inside.get("/", **{"Sec-Fetch-Site": site}).status_code == 403
    assert inside.get("/", **{"Sec-Fetch-Site": "none"}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": f"https://{HOST}"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": f"http://{HOST}@evil.example"},
        {"Origin": "", "Referer": "http://evil.example/"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_form_of_another_page_changes_nothing(clerk, headers):
    inside = Clerk(clerk.site)
    file = clerk.site.root / "content/reports/2024-a/02.md"
    before = file.read_bytes()
    form = {**inside.form("/problem/2024-a/02"), "entry_text": "已经移交。"}
    assert inside.post("/problem/2024-a/02", form, **headers).status_code == 403
    assert inside.post("/problem/2024-a/02", {**form, "csrf_token": "x"}).status_code == 400
    assert inside.post("/problem/2024-a/02", {k: v for k, v in form.items() if k != "csrf_token"}).status_code == 400
    assert file.read_bytes() == before


def test_pages_can_be_framed_and_read_by_nobody_else(clerk):
    inside = Clerk(clerk.site)
    headers = inside.get("/").headers
    policy = headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy and "default-src 'none'" in policy and "unsafe" not in policy
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin" and headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "same-origin" and headers["X-Content-Type-Options"] == "nosniff"
    page = inside.text("/ledger")
    assert not re.search(r"<script>|<style|\son\w+=|https?://(?!127)", page)
    reader = inside.get("/reader/reports/2024-a/02/index.html")
    assert reader.status_code == 200 and b"<script" not in reader.data
    assert "script-src" not in reader.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "way",
    [
        "/problem/../../mkdocs.yml",
        "/problem/2024-a/..%2f..%2f..%2fmkdocs",
        "/problem/%2e%2e/mkdocs",
        "/problem/2024-a/index",
        "/reader/../mkdocs.yml",
        "/reader/..%2f..%2fmkdocs.yml",
        "/reader/assets/../../mkdocs.yml",
        "/reader/assets/..%2f..%2f..%2fpyproject.toml",
        "/reader/reports/..%2f..%2f/index.html",
        "/static/..%2fapplication.py",
        "/reader//etc/passwd",
    ],
)
def test_no_path_leads_out_of_the_content_and_the_theme(clerk, way):
    got = Clerk(clerk.site).get(way)
    assert got.status_code in (404, 400) or b"plugins" not in got.data
    assert b"site_name" not in got.data and b"root:" not in got.data and b"[project]" not in got.data


def test_no_other_file_of_the_content_is_taken_for_a_problem(clerk):
    assert Clerk(clerk.site).get("/problem/../index").status_code == 404
    assert Clerk(clerk.site).get("/problem/2024-a/index").status_code == 404


def test_who_is_told_of_a_running_desk_is_its_owner_alone(tmp_path):
    running = Running(tmp_path / "state" / "running.json")
    assert running.read() is None
    running.write("key", 1234)
    assert running.read() == ("key", 1234)
    assert stat.S_IMODE((tmp_path / "state" / "running.json").stat().st_mode) == 0o600
    (tmp_path / "state" / "running.json").write_text("{")
    assert running.read() is None


def test_who_follows_a_link_of_another_page_comes_in_by_a_page_of_ours(clerk):
    client = clerk.app.test_client()
    way = address(KEY, PORT).removeprefix(BELOW)
    came = client.get(way, base_url=BELOW, headers={"Sec-Fetch-Site": "cross-site"})
    assert came.status_code == 200 and f'content="0; url={BELOW.partition(HOST)[2]}/"' in came.get_data(as_text=True)
    assert client.get("/", base_url=BELOW, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200
    assert client.get(way, base_url=BELOW).status_code == 403


def test_what_else_runs_on_the_machine_gets_nothing_from_the_browser(clerk, page):
    """Browsers hand a cookie to every port of a machine, where it is not kept to one folder that nobody else knows."""
    asked: list[tuple[str, str | None]] = []

    class Other(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((self.path, self.headers.get("Cookie")))
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Set-Cookie", f"rectify-desk-{port}=x; Path=/")
            self.end_headers()
            self.wfile.write(f'<a href="{way}">desk</a><iframe src="{way}"></iframe>'.encode())

        def log_message(self, format, *args) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Other)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with served(Clerk(clerk.site).desk) as way:
        port = urlsplit(way).port
        tab = page(way, allow=("403", "frame-ancestors", "blocked", "ERR_BLOCKED"))
        home = tab.url
        assert [one["name"] for one in tab.context.cookies(home)] == [f"rectify-desk-{port}"]
        for path in ("/", "/ledger", "/enter"):
            tab.goto(f"http://127.0.0.1:{server.server_address[1]}{path}")
        assert {path for path, _cookie in asked} >= {"/", "/ledger", "/enter"}
        assert all("rectify" not in (cookie or "") or cookie == f"rectify-desk-{port}=x" for _path, cookie in asked)
        # What it tells the browser to keep under our name takes nobody's place.
        tab.goto(home)
        tab.get_by_role("heading", name="今天").wait_for()
        # Without the folder nothing answers.
        tab.goto(f"http://127.0.0.1:{port}/")
        assert "rectify desk" in tab.locator("body").inner_text() and not tab.locator("a").count()
    server.shutdown()
    server.server_close()


def test_who_has_not_come_in_is_told_nothing_of_the_site(clerk):
    inside = Clerk(clerk.site)
    inside.problem("2024-a/02", lead="供水科")
    name = "测试站点"
    assert name in inside.text("/")
    for path in ("/", "/nothing", "/problem/2024-a/02", "/problem/2024-a/99"):
        told = clerk.get(path)
        assert told.status_code in (403, 404)
        text = told.get_data(as_text=True)
        assert name not in text and "1 处" not in text


def test_a_browser_is_not_started_with_the_token(clerk, monkeypatch):
    from rectify.desk import serving

    started: list[str] = []
    monkeypatch.setattr(serving.webbrowser, "open", started.append)
    monkeypatch.setattr(serving.os, "name", "posix")
    url = address(KEY, PORT)
    serving._show(clerk.desk.office, url, True, lambda text: None)
    page = clerk.desk.office.state / "enter.html"
    assert started == [page.resolve().as_uri()] and url in page.read_text("utf-8")
    assert stat.S_IMODE(page.stat().st_mode) == 0o600


def test_what_the_first_page_needs_not_is_loaded_later():
    heavy = ("mkdocs", "pypdf", "openpyxl", "docx", "rectify.checks.folder", "rectify.intake.recognition")
    script = f"import sys, rectify.desk.application; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "[]"
