"""Pages in a real browser that report what a reader's browser would have complained about."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect, sync_playwright

HERE = "127.0.0.1"
"""The only host a page may ask."""

expect.set_options(timeout=30_000)  # as long as Playwright waits for everything else; its 5 s are for an idle machine

FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    # What a page asks of another host fails at once, wherever the tests run, and is reported as foreign.
    f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {HERE}",
)


@contextmanager
def launched(executable: str) -> Iterator[Browser]:
    """Chromium, headless, without a network."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0  # as root, and so in containers, it refuses its sandbox
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(FLAGS), chromium_sandbox=not root)
        yield browser
        browser.close()


@dataclass
class Visits:
    """Opens pages for one test and collects their troubles."""

    browser: Browser
    contexts: list[BrowserContext] = field(default_factory=list)
    found: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def open(self, url: str, viewport: tuple[int, int] = (1280, 800), allow: tuple[str, ...] = (), **context) -> Page:
        """A page in a fresh profile, loaded. `allow`: parts of troubles this test means to cause.

        Further arguments are Playwright's for a context: java_script_enabled, color_scheme, reduced_motion, locale.
        """
        width, height = viewport
        self.expected += allow
        settings = {"viewport": {"width": width, "height": height}, "locale": "zh-CN"} | context
        profile = self.browser.new_context(**settings)
        self.contexts.append(profile)
        profile.on("request", self._request)
        profile.on("requestfailed", self._failed)
        profile.on("response", self._response)
        profile.on("console", self._console)
        profile.on("weberror", lambda error: self._trouble("exception", str(error.error)))
        page = profile.new_page()
        page.goto(url)
        return page

    def troubles(self) -> list[str]:
        """What went wrong on the pages so far, without what the test allowed."""
        return [one for one in self.found if not any(part in one for part in self.expected)]

    def close(self) -> None:
        for context in self.contexts:
            context.close()

    def _trouble(self, kind: str, detail: str) -> None:
        self.found.append(f"{kind}: {detail}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._trouble("console", f"{message.text} {message.location['url']}")

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.hostname != HERE:
            self._trouble("foreign", request.url)

    def _failed(self, request: Request) -> None:
        # ERR_ABORTED: the page was left, or a link downloads; nobody's fault.
        if "ERR_ABORTED" not in (request.failure or ""):
            self._trouble("failed", f"{request.url} {request.failure}")

    def _response(self, response) -> None:
        if response.status >= 400:
            self._trouble("failed", f"{response.url} {response.status}")


def answered(page: Page) -> int:
    """Wait until the search page has its whole answer, also where the page that asks it is still to be left; return the count.

    Where nothing is asked there is no count, and this would wait in vain.
    """
    count = page.locator("[data-search-count]")
    expect(count).to_have_text(re.compile(r"\d"))
    expect(page.locator("[data-search-results]")).to_have_attribute("aria-busy", "false")
    return int(count.inner_text())
