"""`rectify digest`: which publications it compares, and that it sends where it was told and nowhere else."""

import base64
import hashlib
import hmac
import json
import os
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, quote_plus, urlsplit

import pytest
from click.testing import CliRunner

from rectify.cli.digest import digest
from rectify.release import sending


@pytest.fixture
def live(tmp_path) -> Path:
    """Three publications, the last one live."""
    root = tmp_path / "live"
    states = [
        ("2024-07-02", "pending", "2024-09-30"),
        ("2024-08-20", "ongoing", "2024-09-30"),
        ("2024-10-18", "done", "2024-09-30"),
    ]
    for number, (day, status, deadline) in enumerate(states, 1):
        folder = root / "releases" / f"{number:04d}-abc{number}"
        (folder / "data").mkdir(parents=True)
        (folder / "release.json").write_text(
            json.dumps({"id": folder.name, "committed": f"{day}T10:00:00+08:00", "declared": "2024-06-30"}), "utf-8"
        )
        records = [
            {
                "ref": "2024-a/01",
                "disclosure": "2024-a",
                "title": "管网巡检记录不完整",
                "status": status,
                "deadline": deadline,
                "url": "reports/2024-a/01/",
                "progress": [],
            },
            {
                "ref": "2024-a/02",
                "disclosure": "2024-a",
                "title": "移交缓慢",
                "status": "ongoing",
                "deadline": "2024-10-25",
                "url": "reports/2024-a/02/",
                "progress": [],
            },
        ]
        (folder / "data" / "problems.json").write_text(json.dumps({"problems": records}), "utf-8")
        (folder / "data" / "disclosures.json").write_text(
            json.dumps({"disclosures": [{"id": "2024-a", "unit": "清川市水务局"}]}), "utf-8"
        )
    (root / "current").symlink_to("releases/0003-abc3", target_is_directory=True)
    return root


def run(live: Path, *arguments: str, env: dict[str, str] | None = None):
    return CliRunner().invoke(
        digest, ["--to", str(live), "--on", "2024-10-20", *arguments], env=env, catch_exceptions=False
    )


def data(result) -> dict:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.mark.parametrize(
    ("since", "name", "before"),
    [
        ("", "0002-abc2", "ongoing"),
        ("0001-abc1", "0001-abc1", "pending"),
        ("1", "0001-abc1", "pending"),
        ("0002", "0002-abc2", "ongoing"),
        ("2024-08-19", "0001-abc1", "pending"),
        ("2024-08-20", "0002-abc2", "ongoing"),
        ("2025-01-01", "0002-abc2", "ongoing"),
    ],
)
def test_what_it_is_compared_with(live, since, name, before):
    made = data(run(live, "--form", "json", *(["--since", since] if since else [])))
    assert f"0003-abc3 与 {name} 相比" in made["lead"]
    assert [(s["key"], [r["ref"] for r in s["rows"]]) for s in made["sections"]] == [
        ("done", ["2024-a/01"]),
        ("due", ["2024-a/02"]),
    ]
    assert made["sections"][0]["rows"][0]["detail"].startswith({"pending": "待整改", "ongoing": "持续推进"}[before])


@pytest.mark.parametrize("since", ["2024-01-01", "9", "0004-zzz", "昨天", "2024-13-45"])
def test_what_is_not_there_is_a_sentence(live, since):
    result = run(live, "--since", since)
    assert result.exit_code == 1 and f"没有可以比较的公开“{since}”" in result.output


def test_before_the_first_publication_and_after_it(live, tmp_path):
    assert "还没有公开过" in run(tmp_path / "nowhere").output
    os.remove(live / "current")
    (live / "current").symlink_to("releases/0001-abc1", target_is_directory=True)
    made = data(run(live, "--form", "json", "--due", "0"))
    assert "没有可以比较的公开" in made["lead"] and [s["key"] for s in made["sections"]] == ["overdue"]


@pytest.mark.parametrize(
    "text", ["[", "[]", '{"problems": 1}', '{"problems": [1]}', '{"problems": [{"ref": "2024-a/01"}]}']
)
def test_data_that_cannot_be_read(live, text):
    (live / "releases/0003-abc3/data/problems.json").write_text(text, "utf-8")
    result = run(live)
    assert result.exit_code == 1 and "无法读取" in result.output


# --- Over HTTP


class Robot(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((self.path, self.headers["Content-Type"], json.loads(body)))
        status, answer, head = self.server.answer
        self.send_response(status)
        for name, value in head.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer)

    def do_GET(self):
        self.server.got.append((self.path, "GET", None))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


@contextmanager
def robot(
    status: int = 200, answer: bytes = b'{"errcode": 0, "errmsg": "ok"}', **head: str
) -> Iterator[tuple[str, list]]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Robot) as server:
        server.got, server.answer = (
            [],
            (status, answer, {name.replace("_", "-"): value for name, value in head.items()}),
        )
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", server.got
        finally:
            server.shutdown()
            thread.join()


def test_a_robot_of_wecom_gets_its_message(live):
    with robot() as (base, got):
        result = run(live, "--form", "wecom", "--send", f"{base}/cgi-bin/webhook/send?key=geheim")
    assert result.exit_code == 0 and f"已发送到 {base}" in result.output and "geheim" not in result.output
    [(path, kind, message)] = got
    assert path.endswith("?key=geheim") and kind.startswith("application/json")
    assert message["msgtype"] == "markdown" and "管网巡检记录不完整" in message["markdown"]["content"]


def test_a_robot_of_dingtalk_gets_a_signature(live):
    with robot() as (base, got):
        secret = "SEC0fictional"
        run(
            live,
            "--form",
            "dingtalk",
            "--send",
            f"{base}/robot/send?access_token=t",
            env={sending.DINGTALK_SECRET: secret},
        )
    [(path, _, message)] = got
    query = parse_qs(urlsplit(path).query)
    expected = hmac.new(secret.encode(), f"{query['timestamp'][0]}\n{secret}".encode(), hashlib.sha256).digest()
    assert query["sign"] == [base64.b64encode(expected).decode()] and query["access_token"] == ["t"]
    assert message["markdown"]["title"] == "整改进展摘要 2024-10-20" and message["markdown"]["text"].startswith("### ")


def test_the_signature_of_a_known_time():
    sign = base64.b64encode(hmac.digest(b"SECx", b"1729000000000\nSECx", "sha256")).decode()
    assert (
        sending.sign_address("https://robot.example/send", "SECx", 1729000000000)
        == f"https://robot.example/send?timestamp=1729000000000&sign={quote_plus(sign)}"
    )


def test_another_program_gets_text_and_data_and_may_answer_what_it_likes(live):
    with robot(202, b"") as (base, got):
        assert run(live, "--form", "webhook", "--send", base).exit_code == 0
    assert set(got[0][2]) == {"title", "text", "digest"} and got[0][2]["digest"]["sections"]


@pytest.mark.parametrize(
    ("status", "answer", "said"),
    [
        (200, b'{"errcode": 93000, "errmsg": "invalid webhook url"}', "93000 invalid webhook url"),
        (500, b"", "HTTP 500"),
        (404, b"x", "HTTP 404"),
        (200, b"<html>", "<html>"),
        (200, b"[1]", "[1]"),
    ],
)
def test_what_a_robot_refuses_is_said(live, status, answer, said):
    with robot(status, answer) as (base, _):
        result = run(live, "--form", "wecom", "--send", f"{base}/?key=geheim")
    assert (
        result.exit_code == 1
        and "没有发送成功" in result.output
        and said in result.output
        and "geheim" not in result.output
    )


def test_no_redirect_is_followed(live):
    with robot() as (other, elsewhere), robot(302, b"", Location=f"{other}/stolen") as (base, _):
        result = run(live, "--form", "webhook", "--send", base)
    assert result.exit_code == 1 and "HTTP 302" in result.output and elsewhere == []


@contextmanager
def silent() -> Iterator[str]:
    """A server that takes a connection and never says a word."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"127.0.0.1:{server.getsockname()[1]}"


@pytest.mark.parametrize(("scheme", "form"), [("http", "webhook"), ("smtp", "text")])
def test_a_server_that_is_silent_or_away_is_an_error_in_time(live, monkeypatch, scheme, form):
    monkeypatch.setattr(sending, "SECONDS", 0.3)
    people = "?from=a@qingchuan.example&to=b@qingchuan.example"
    with silent() as address:
        result = run(live, "--form", form, "--send", f"{scheme}://{address}{people}")
        assert result.exit_code == 1 and "没有发送成功" in result.output
    result = run(live, "--form", form, "--send", f"{scheme}://{address}{people}")
    assert result.exit_code == 1 and "没有发送成功" in result.output


# --- By mail


class Post(socketserver.StreamRequestHandler):
    """As much of a mail server as a sender meets."""

    def handle(self):
        self.say("220 post.qingchuan.example")
        while line := self.rfile.readline().decode().strip():
            self.server.said.append(line)
            verb = line[:4].upper()
            if verb == "RCPT" and "refused" in line:
                self.say("550 no such mailbox")
            elif verb == "DATA":
                self.say("354 go on")
                lines = []
                while (line := self.rfile.readline()) != b".\r\n":
                    lines.append(line.removeprefix(b"."))
                self.server.mails.append(b"".join(lines))
                self.say("250 taken")
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 post.qingchuan.example")

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def post_office() -> Iterator[socketserver.TCPServer]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Post) as server:
        server.said, server.mails = [], []
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def test_a_mail_in_both_forms(live):
    with post_office() as server:
        address = f"smtp://127.0.0.1:{server.server_address[1]}?from=zg@qingchuan.example&to=a@qingchuan.example,b@qingchuan.example"
        result = run(live, "--form", "html", "--site", "https://zg.qingchuan.example", "--send", address)
    assert result.exit_code == 0, result.output
    assert [line for line in server.said if line.upper().startswith("RCPT")] == [
        "rcpt TO:<a@qingchuan.example>",
        "rcpt TO:<b@qingchuan.example>",
    ]
    [raw] = server.mails
    raw.decode("ascii")
    mail = message_from_bytes(raw, policy=policy.default)
    assert (
        mail["Subject"] == "整改进展摘要 2024-10-20"
        and mail["Date"]
        and mail.get_content_type() == "multipart/alternative"
    )
    plain, page = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert "管网巡检记录不完整" in plain and 'href="https://zg.qingchuan.example/reports/2024-a/01/"' in page


def test_a_plain_mail_has_one_part(live):
    with post_office() as server:
        run(
            live,
            "--send",
            f"smtp://127.0.0.1:{server.server_address[1]}?from=zg@qingchuan.example&to=a@qingchuan.example",
        )
    assert message_from_bytes(server.mails[0], policy=policy.default).get_content_type() == "text/plain"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("from=zg@qingchuan.example&to=refused@qingchuan.example", "refused@"),
        ("to=a@qingchuan.example", "from"),
        ("from=zg@qingchuan.example", "to"),
        ("from=zg@qingchuan.example%0ABcc:x@y&to=a@b", ""),
    ],
)
def test_what_cannot_be_delivered_is_said(live, query, said):
    with post_office() as server:
        result = run(live, "--send", f"smtp://127.0.0.1:{server.server_address[1]}?{query}")
    assert result.exit_code == 1 and "没有发送成功" in result.output and said in result.output and not server.mails


def test_a_password_is_not_sent_in_the_clear(live):
    with post_office() as server:
        address = f"smtp://clerk@127.0.0.1:{server.server_address[1]}?from=zg@qingchuan.example&to=a@qingchuan.example"
        result = run(live, "--send", address, env={sending.SMTP_PASSWORD: "geheim"})
    assert result.exit_code == 1 and "STARTTLS" in result.output
    assert not any("AUTH" in line.upper() for line in server.said) and not server.mails


# --- When nothing is sent


def test_nothing_is_sent_unless_asked(live):
    with robot() as (base, got):
        assert run(live, "--form", "wecom", env={"RECTIFY_DIGEST_TO": base}).exit_code == 0
        dry = run(live, "--form", "wecom", "--send", f"{base}/?key=geheim", "--dry-run")
        assert (
            dry.exit_code == 0 and "没有发送到" in dry.output and "geheim" not in dry.output and "msgtype" in dry.output
        )
    assert got == []


def test_the_address_may_come_from_the_environment(live):
    with robot() as (base, got):
        assert run(live, "--form", "webhook", "--send", env={"RECTIFY_DIGEST_TO": base}).exit_code == 0
    assert len(got) == 1
    assert run(live, "--form", "webhook", "--send", env={"RECTIFY_DIGEST_TO": ""}).exit_code == 2


def test_an_empty_digest_is_not_sent(live):
    (live / "releases/0002-abc2/data/problems.json").write_bytes(
        (live / "releases/0003-abc3/data/problems.json").read_bytes()
    )
    with robot() as (base, got):
        result = run(live, "--form", "webhook", "--due", "0", "--send", base)
    assert result.exit_code == 0 and "没有发送" in result.output and got == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("--form", "text", "--send", "https://x.example"),
        ("--form", "wecom", "--send", "smtp://x.example"),
        ("--send", "file:///etc/passwd"),
        ("--send", "https://x:port/"),
        ("--site", "javascript:x"),
        ("--due", "-1"),
    ],
)
def test_wrong_use(live, arguments):
    assert run(live, *arguments).exit_code == 2
