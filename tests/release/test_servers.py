"""The shipped configurations in a real nginx and a real Caddy: headers, cache, compression, redirects, and every page kind under its policy."""

import gzip
import http.client
import os
import re
import shutil
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest

from helpers import caddy, nginx
from helpers.browser import answered, expect
from rectify.checks.active_page import hash_of, listed
from rectify.core.site_map import at
from rectify.release.policy import write_policy
from rectify.release.ready import Settings, ready_files

CI = os.environ.get("CI", "").lower() not in ("", "0", "false")
KINDS = (
    "",
    "reports/",
    "reports/2025-minzhengju/",
    "reports/2025-baiwei-huanbao/full/",
    "reports/2025-minzhengju/01/",
    "problems/",
    "problems/unit/",
    "problems/status/done/",
    "updates/",
    "methodology/",
    "about/",
    "search/",
)


class Kind(NamedTuple):
    """In what the programs differ, and may."""

    program: ModuleType
    """How it is found and run."""
    named: str | None
    """What it says in the header `Server`."""
    redirect: int
    """How it answers for a folder without its slash."""
    policy_on: tuple[str, ...]
    """Beginnings of the types of content that have the full policy. Caddy decides by the path, before it knows the type."""


SERVERS = {
    "nginx": Kind(nginx, "nginx", 301, ("text/html", "image/svg")),
    "caddy": Kind(caddy, None, 308, ("text/", "image/", "application/json", "application/octet-stream")),
}


class Server(NamedTuple):
    """A server at work."""

    name: str
    port: int
    under: str
    """The sub-path, without a slash at its end."""
    live: Path
    """The folder with the releases and the link."""

    @property
    def kind(self) -> Kind:
        return SERVERS[self.name]


@pytest.fixture(
    scope="module",
    params=[(name, under) for name in SERVERS for under in ("", "/gk/zhenggai")],
    ids=lambda one: f"{one[0]} {one[1] or '/'}",
)
def server(request, built_site, tmp_path_factory):
    """The project's site, published and served."""
    name, under = request.param
    kind = SERVERS[name]
    if os.environ.get("RECTIFY_NO_NGINX") or not kind.program.find():
        (pytest.fail if CI else pytest.skip)(
            f"{name}: " + (os.environ.get("RECTIFY_NO_NGINX") or "none found; run.py test installs one")
        )
    folder, port = tmp_path_factory.mktemp(name), nginx.free_port()
    live = folder / "live"
    release = live / "releases" / "0001-test"
    shutil.copytree(built_site.output, release)
    (release / ".secret").write_text("x", "utf-8")
    (release / "dates.ics").write_text("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "utf-8")
    (release / "reports" / "2025-minzhengju" / "card").mkdir()
    (release / "reports" / "2025-minzhengju" / "card" / "index.html").write_text("<title>card</title>", "utf-8")
    (release / "search" / "index" / "large.bin").write_bytes(bytes(4096))
    os.symlink("releases/0001-test", live / "current")
    write_policy(live, [release])
    (text,) = ready_files([name], Settings(live.as_posix(), "/srv/content", under=under, port=port)).values()
    with kind.program.running(text, folder / "run", port) as log:
        yield Server(name, port, under, live)
    # A missing file is an [error] to nginx; nothing else may be wrong.
    assert [line for line in log.read_text("utf-8").splitlines() if "[error]" not in line] == []


def ask(server: Server, path: str, host: str = "127.0.0.1", **headers: str):
    connection = http.client.HTTPConnection(host, server.port, timeout=60)
    connection.request(
        "GET", f"{server.under}/{path}", headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


@pytest.mark.parametrize(
    ("path", "kind", "cache"),
    [
        ("", "text/html; charset=utf-8", "no-cache"),
        ("data/problems.json", "application/json; charset=utf-8", "no-cache"),
        ("data/problems.csv", "text/csv; charset=utf-8", "no-cache"),
        ("dates.ics", "text/calendar; charset=utf-8", "no-cache"),
        ("assets/javascripts/search.js", "text/javascript; charset=utf-8", "no-cache"),
        ("search/index/index.json", "application/json; charset=utf-8", "no-cache"),
        ("search/index/dates.bin?v=0123456789abcdef", "application/octet-stream", "public, max-age=86400, immutable"),
        ("search/index/dates.bin", "application/octet-stream", "no-cache"),
        ("assets/images/seal.svg", "image/svg+xml; charset=utf-8", "no-cache"),
    ],
)
def test_headers_of_each_kind_of_file(server, path, kind, cache):
    answer, _ = ask(server, path)
    assert (answer.status, answer.getheader("Content-Type"), answer.getheader("Cache-Control")) == (200, kind, cache)
    assert (
        answer.getheader("X-Content-Type-Options") == "nosniff" and answer.getheader("X-Frame-Options") == "SAMEORIGIN"
    )
    assert answer.getheader("Server") == server.kind.named
    policies = answer.msg.get_all("Content-Security-Policy")
    assert "frame-ancestors 'self'" in policies and (len(policies) == 2) == kind.startswith(server.kind.policy_on)


def test_cards_alone_may_stand_in_frames_of_others(server):
    for path, framed, older in (
        ("reports/2025-minzhengju/card/", "frame-ancestors *", None),
        ("reports/2025-minzhengju/", "frame-ancestors 'self'", "SAMEORIGIN"),
        ("reports/2025-minzhengju/card/none", "frame-ancestors 'self'", "SAMEORIGIN"),
    ):
        answer, _ = ask(server, path)
        asked = [one for one in answer.msg.get_all("Content-Security-Policy") if "frame-ancestors" in one]
        assert (asked, answer.getheader("X-Frame-Options")) == ([framed], older), path


def test_files_with_a_digest_in_their_name_stay_for_ever(server, built_site):
    names = [name for name in built_site.files() if re.search(r"assets/.*\.[0-9a-f]{8}\.(js|css)$", name)]
    assert len(names) > 1
    for name in names:
        assert ask(server, name)[0].getheader("Cache-Control") == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    "path",
    [
        "nothing/",
        "data/none.json",
        "assets/javascripts/shell.00000000.js",
        ".secret",
        "%2esecret",
        "assets/",
        "data/disclosures/",
        "nothing/../.secret",
    ],
)
def test_missing_hidden_and_unlisted_are_the_same_page(server, built_site, path):
    answer, body = ask(server, path)
    assert (answer.status, answer.getheader("Cache-Control"), body) == (
        404,
        "no-cache",
        (built_site.output / "404.html").read_bytes(),
    )
    assert (
        answer.getheader("Content-Type") == "text/html; charset=utf-8"
        and answer.getheader("X-Content-Type-Options") == "nosniff"
    )
    assert len(answer.msg.get_all("Content-Security-Policy")) == 2 and answer.getheader("Server") == server.kind.named


def test_what_lies_outside_the_sub_path_is_missing(server):
    if not server.under:
        assert ask(server, "reports/")[0].status == 200
        return
    outside = server._replace(under="")
    assert (
        ask(outside, "")[0].status
        == ask(outside, "reports/")[0].status
        == ask(outside, "gk/zhenggai-old/")[0].status
        == 404
    )
    answer, _ = ask(outside, server.under.strip("/"))
    assert (answer.status, answer.getheader("Location")) == (301, f"{server.under}/")


def test_a_folder_without_slash_is_a_redirect_on_the_same_host(server):
    answer, _ = ask(server, "reports", Host="gk.qingchuan.example")
    assert (answer.status, answer.getheader("Location")) == (server.kind.redirect, f"{server.under}/reports/")


def test_compressed_and_asked_again(server, built_site):
    answer, body = ask(server, "data/problems.json", Accept_Encoding="gzip")
    assert answer.getheader("Content-Encoding") == "gzip"
    assert gzip.decompress(body) == (built_site.output / "data" / "problems.json").read_bytes()
    again, body = ask(server, "data/problems.json", Accept_Encoding="gzip", If_None_Match=answer.getheader("ETag"))
    assert (again.status, body) == (304, b"")


def test_a_part_of_the_search_index_is_compressed_where_that_pays(server):
    answer, body = ask(server, "search/index/large.bin", Accept_Encoding="gzip")
    assert answer.getheader("Content-Encoding") == "gzip" and gzip.decompress(body) == bytes(4096)
    assert ask(server, "search/index/dates.bin", Accept_Encoding="gzip")[0].getheader("Content-Encoding") is None


def test_a_switch_of_the_link_is_live_at_once(server):
    other, link = server.live / "releases" / "0002-test", server.live / "next"
    other.mkdir()
    (other / "index.html").write_text("<p>新的一次</p>", "utf-8")
    before, _ = ask(server, "")
    try:
        os.symlink("releases/0002-test", link)
        os.replace(link, server.live / "current")
        answer, body = ask(server, "")
        assert body.decode() == "<p>新的一次</p>" and answer.getheader("ETag") != before.getheader("ETag")
    finally:
        os.symlink("releases/0001-test", link)
        os.replace(link, server.live / "current")
    assert ask(server, "")[0].getheader("ETag") == before.getheader("ETag")


def test_ipv6(server):
    try:
        assert ask(server, "", host="::1")[0].status == 200
    except OSError as error:
        if error.errno == 99 and not CI:
            pytest.skip("IPv6: no loopback address here")
        raise


def test_every_page_kind_keeps_to_the_policy(server, page):
    base = f"http://127.0.0.1:{server.port}{server.under}"
    tab = page(f"{base}/")  # the fixture fails on every error in the console, and violations are such errors
    for kind in KINDS:
        tab.goto(f"{base}/{kind}")
    tab.goto(f"{base}/search/?q=%E6%95%B4%E6%94%B9")
    answered(tab)
    assert tab.locator("[data-search-results] a").count()
    tab.get_by_role("button", name="深色").click()
    expect(tab.locator("html")).to_have_attribute("data-scheme", "dark")
    tab.goto(f"{base}/reports/2025-minzhengju/01/")
    expect(tab.locator("html")).to_have_attribute("data-scheme", "dark")


def test_the_policy_stops_a_script_that_is_not_the_sites_own(server, page):
    tab = page(f"http://127.0.0.1:{server.port}{server.under}/", allow=("Content Security Policy",))
    tab.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s); }"
    )
    assert tab.evaluate("window.ran === undefined")


def test_several_sites_on_one_nginx_each_with_its_own_policy(tmp_path):
    if os.environ.get("RECTIFY_NO_NGINX") or not nginx.find():
        (pytest.fail if CI else pytest.skip)("nginx: none found; run.py test installs one")
    port, texts, hashes = nginx.free_port(), [], {}
    for name in ("a", "b"):
        live = tmp_path / name
        release = live / "releases" / "0001-test"
        (release / at("theme_scripts")).parent.mkdir(parents=True)
        (release / "index.html").write_text(f"<script>{name}()</script>", "utf-8")
        hashes[name] = hash_of(f"{name}()".encode())
        (release / at("theme_scripts")).write_bytes(listed(frozenset([hashes[name]])))
        os.symlink("releases/0001-test", live / "current")
        write_policy(live, [release])
        settings = Settings(live.as_posix(), "/srv/content", f"{name}.example", port=port, name=name)
        files = ready_files(["nginx", "systemd", "crontab"], settings)
        texts.append(files[f"nginx/rectify-{name}.conf"])
        assert f"OnFailure=rectify-{name}-notify@failed.service" in files[f"systemd/rectify-{name}-publish.service"]
    with nginx.running("\n".join(texts), tmp_path / "run", port) as log:
        for name in hashes:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            for path in ("/", "/missing"):
                connection.request("GET", path, headers={"Host": f"{name}.example"})
                answer = connection.getresponse()
                answer.read()
                said = answer.headers.get_all("Content-Security-Policy")[0]
                assert [one in said for one in hashes.values()] == [one == name for one in hashes], (name, path)
            connection.close()
    assert "[emerg]" not in log.read_text("utf-8")
