"""A static web server as plain as the ones the site will stand on, on this machine only."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class Handler(SimpleHTTPRequestHandler):
    """One folder below an optional sub-path; 404.html for what is missing, no directory listings, no log."""

    protocol_version = "HTTP/1.1"
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {".ics": "text/calendar", ".js": "text/javascript"}

    def __init__(self, *args, under: str, **options):
        self.under = under
        super().__init__(*args, **options)

    def translate_path(self, path: str) -> str:
        """The file of an address; of an address outside the sub-path, one that does not exist."""
        inside = path.startswith(f"{self.under}/")
        return super().translate_path(path.removeprefix(self.under)) if inside else str(Path(self.directory) / "\0")

    def send_head(self):
        try:
            return super().send_head()
        except ValueError:  # a null character in the path, from above or from the address itself
            return self.send_error(404)

    def list_directory(self, path):
        return self.send_error(404)

    def send_error(self, code, message=None, explain=None):
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            return super().send_error(code, message, explain)
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format, *args):
        pass


@contextmanager
def serving(folder: Path, under: str = "") -> Iterator[str]:
    """Serve `folder` while the block runs; gives the base address, without a slash at its end."""
    under = f"/{under.strip('/')}" if under.strip("/") else ""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder), under=under)) as server:
        server.daemon_threads = True
        server.block_on_close = False  # a browser's kept-open connection must not hold the tests up
        thread = threading.Thread(target=partial(server.serve_forever, poll_interval=0.05), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{under}"
        finally:
            server.shutdown()
            thread.join()
