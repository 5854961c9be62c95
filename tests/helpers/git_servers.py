"""A bare repository as offices reach it: over ssh and over https, by servers with keys and accounts of their own.

Standard library only: run.py calls this before any test package need be importable.
"""

from __future__ import annotations

import base64
import getpass
import os
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote

from helpers import debian
from helpers.debian import Pick, Step
from helpers.nginx import free_port, wait_for

ACCOUNT, TOKEN = "clerk", "glpat-5ecret-0f-the-clerk"
"""With what https lets a clerk in."""
_SHELL = """#!/bin/sh
case "$SSH_ORIGINAL_COMMAND" in
"git-upload-pack '"*|"git-receive-pack '"*) exec git shell -c "$SSH_ORIGINAL_COMMAND" ;;
*) exit 1 ;;
esac
"""
_SSHD = """ListenAddress 127.0.0.1
Port {port}
HostKey {folder}/host
AuthorizedKeysFile {folder}/authorized
PidFile {folder}/pid
UsePAM no
StrictModes no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
"""
_SSH = """Host *
IdentityFile {folder}/clerk
IdentitiesOnly yes
UserKnownHostsFile {folder}/known
GlobalKnownHostsFile /dev/null
"""


class Way(NamedTuple):
    """How a copy of the repository reaches it."""

    url: str
    settings: dict[str, str]
    """Of git."""
    folder: Path
    """Where keys, accounts and what the server was asked lie."""


def sshd() -> str | None:
    """Where the server is, None where this machine has none."""
    return shutil.which("sshd", path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"]))


def get(step: Step, pick: Pick) -> None:
    """Install the server where nothing would start it for others."""
    if not sshd() and not Path("/run/systemd/system").exists():
        debian.install(["openssh-server"], step, pick)


@contextmanager
def by_ssh(repository: Path, folder: Path) -> Iterator[Way]:
    """Serve a repository by a real sshd, to whoever has the key in `folder`."""
    folder.mkdir()
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # without it no sshd starts as root
    for name in ("host", "clerk"):
        _made(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)])
    port, log = free_port(), folder / "log"
    shell = folder / "shell"
    shell.write_text(_SHELL)
    shell.chmod(0o755)
    (folder / "authorized").write_text(f'restrict,command="{shell}" {(folder / "clerk.pub").read_text()}')
    (folder / "known").write_text(f"[127.0.0.1]:{port} {(folder / 'host.pub').read_text()}")
    (folder / "sshd_config").write_text(_SSHD.format(port=port, folder=folder))
    (folder / "ssh_config").write_text(_SSH.format(folder=folder))
    with log.open("wb") as stream:
        process = subprocess.Popen([str(sshd()), "-D", "-e", "-f", str(folder / "sshd_config")], stderr=stream)
    try:
        wait_for(process, port, log)
        url = f"ssh://{getpass.getuser()}@127.0.0.1:{port}{quote(repository.as_posix())}"
        yield Way(url, {"core.sshCommand": f"ssh -F {folder / 'ssh_config'}"}, folder)
    finally:
        process.terminate()
        process.wait(60)


@contextmanager
def by_https(repository: Path, folder: Path, days: int = 2) -> Iterator[Way]:
    """Serve a repository by git's own program behind TLS, to whoever has the token; with `days` below 0 the certificate is out of date."""
    folder.mkdir()
    _made(["git", "--git-dir", str(repository), "config", "http.receivepack", "true"])
    key, asked, certificate = (str(folder / name) for name in ("key.pem", "request.pem", "certificate.pem"))
    subject = ["-subj", "/CN=forge", "-addext", "subjectAltName=IP:127.0.0.1"]
    _made(["openssl", "req", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", asked, *subject])
    # In two steps, for one refuses a day that has passed.
    signed = ["-in", asked, "-signkey", key, "-days", str(days), "-copy_extensions", "copy", "-out", certificate]
    _made(["openssl", "x509", "-req", *signed])
    server = _Server(("127.0.0.1", 0), _Request)
    server.root, server.asked = repository.parent, folder / "asked"
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_address[1]
    (folder / "accounts").write_text(f"https://{ACCOUNT}:{TOKEN}@127.0.0.1:{port}\n")
    settings = {
        "http.sslCAInfo": certificate,
        "credential.helper": f"store --file={folder / 'accounts'}",
    }
    try:
        yield Way(f"https://127.0.0.1:{port}/{quote(repository.name)}", settings, folder)
    finally:
        server.shutdown()
        server.server_close()


class _Server(ThreadingHTTPServer):
    root: Path
    asked: Path
    daemon_threads = True

    def handle_error(self, request, client_address) -> None:
        """A client that does not like the certificate goes away; nobody need hear of it."""


class _Request(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        if self.headers.get("Transfer-Encoding", "") == "chunked":
            data = b""
            while size := int(self.rfile.readline(), 16):
                data += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        else:
            data = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._answer(data)

    def _answer(self, data: bytes) -> None:
        if self.headers.get("Authorization") != f"Basic {base64.b64encode(f'{ACCOUNT}:{TOKEN}'.encode()).decode()}":
            self._send(401, [("WWW-Authenticate", 'Basic realm="forge"')], b"")
            return
        path, _mark, query = self.path.partition("?")
        asked = {
            "GIT_PROJECT_ROOT": str(self.server.root),
            "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": unquote(path),
            "QUERY_STRING": query,
            "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(data)),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            "REMOTE_USER": ACCOUNT,
            "REMOTE_ADDR": "127.0.0.1",
        }
        done = subprocess.run(["git", "http-backend"], input=data, capture_output=True, env=os.environ | asked)
        head, blank, body = done.stdout.partition(b"\r\n\r\n")
        if not blank:
            self.close_connection = True  # it was ended in the middle
            return
        pairs = [tuple(line.split(": ", 1)) for line in head.decode().split("\r\n")]
        status = next((int(value.split()[0]) for name, value in pairs if name == "Status"), 200)
        if done.returncode:
            # What was promised is more than what comes: the line breaks in the middle.
            self.send_response(status)
            for name, value in pairs:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body) + 1000))
            self.end_headers()
            self.wfile.write(body)
            self.close_connection = True
            return
        self._send(status, [pair for pair in pairs if pair[0] != "Status"], body)

    def _send(self, status: int, headers: list[tuple[str, ...]], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *args) -> None:
        with self.server.asked.open("a", encoding="utf-8") as stream:
            stream.write(format % args + "\n")


def _made(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)
