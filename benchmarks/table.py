"""Measures the table of all problems as a phone has it: first rows, bytes, and how long filters, orders and words take.

    python benchmarks/table.py SITE [--rounds 3]

SITE is a built site. Chromium is four times slower than it is, and its network a slow mobile one; files come compressed.
"""

from __future__ import annotations

import argparse
import gzip
import statistics
import threading
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, sync_playwright

SLOWER = 4
NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
CLICK = "document.querySelectorAll('[data-axis-value={}]')[{}].click()"
TOLD = "(place => {{ place.value = '{2}'; place.dispatchEvent(new Event('{1}', {{bubbles: true}})); }})(document.querySelector('#register-{0}'))"
STEPS = [
    *(("filter", CLICK.format(axis, n)) for axis, n in [("status", 0), ("status", 3), ("late", 0), ("unit", 1)]),
    *(("filter", CLICK.format(axis, n)) for axis, n in [("unit", 0), ("year", 2), ("status", 0), ("late", 0)]),
    *(("order", TOLD.format("sort", "change", column)) for column in ("deadline", "unit")),
    *(("words", TOLD.format("q", "input", words)) for words in ("养老", "养老机构")),
]
ANSWERED = """async act => {
    const begun = performance.now();
    const painted = place => new Promise(done => new MutationObserver((_, seen) => {
        seen.disconnect();
        requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun)));
    }).observe(document.querySelector(place), {childList: true}));
    const waits = [painted("[data-register-said]"), painted(".register-table tbody")];
    eval(act);
    return Promise.all(waits);
}"""
"""Milliseconds until the number of problems is seen, and until their rows are. Words wait 150 for the next letter."""


@cache
def compressed(file: Path) -> bytes:
    return gzip.compress(file.read_bytes(), 6)


class Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {".js": "text/javascript"}

    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        body = compressed(file) if file.is_file() else b""
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Encoding", "gzip" if body else "identity")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


def visit(browser: Browser, base: str) -> Iterator[tuple[str, float]]:
    """Yield what was measured on one visit, each with its name."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=2, is_mobile=True)
    tab = context.new_page()
    session: CDPSession = context.new_cdp_session(tab)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", NETWORK)
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    tab.goto(f"{base}/problems/table/")
    tab.wait_for_selector("[data-ready]")
    yield "first rows", tab.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    yield "KB until it can be filtered", sum(sizes) / 1000
    tab.wait_for_timeout(4000)
    tab.evaluate("document.querySelector('.register-filters').open = true")
    for kind, act in STEPS:
        tab.wait_for_timeout(700)
        number, rows = tab.evaluate(ANSWERED, act)
        yield f"{kind}: number", number
        yield f"{kind}: rows", rows
    yield "KB in all", sum(sizes) / 1000
    session.send("HeapProfiler.collectGarbage")
    yield "MB of memory", session.send("Runtime.getHeapUsage")["usedSize"] / 1e6
    context.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    options = parser.parse_args()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(options.site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    measured: dict[str, list[float]] = defaultdict(list)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=options.chromium, args=["--no-sandbox"])
        for _ in range(options.rounds):
            for name, value in visit(browser, f"http://127.0.0.1:{server.server_port}"):
                measured[name].append(value)
        browser.close()
    print("| | median | worst | of |\n|---|---|---|---|")
    for name, values in measured.items():
        print(f"| {name} | {statistics.median(values):.0f} | {max(values):.0f} | {len(values)} |")


if __name__ == "__main__":
    main()
