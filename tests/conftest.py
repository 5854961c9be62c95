"""Fixtures for everyone: miniature sites, the built project, a web server, a browser, accessibility rules."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import hypothesis
import pytest

from helpers import chromium
from helpers.server import serving
from helpers.site import ROOT, Site, plain_environment, write_site
from rectify.sources.lock import wait_for_lock

# What is told is compared in Chinese, whatever this machine speaks.
os.environ["LC_ALL"] = "C.UTF-8"

# The gate gives the same answer twice for the same commit; other runs look further each time. A busy machine is no failure.
CI = os.environ.get("CI", "").lower() not in ("", "0", "false")
hypothesis.settings.register_profile(
    "rectify", derandomize=CI, deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("rectify")

BROWSER_FIXTURES = {"browser", "page"}

LONGEST = (
    *(
        "host/test_pages_in_browser",
        "host/test_attacks",
        "host/test_determinism",
        "release/test_faults",
        "test_slow_texts",
    ),
    *("host/test_guest", "host/test_extremes", "checks/test_mutations", "release/test_publish", "desk/test_whole_day"),
    *("release/test_history", "desk/test_over_the_network", "desk/test_handing_in", "test_run", "cli/test_gates"),
    *("host/test_readers_way", "release/test_portal", "host/test_neighbours", "release/test_hostile_repository"),
    *(
        "desk/test_by_keyboard",
        "desk/test_opened",
        "host/test_language",
        "checks/test_composition",
        "host/test_cluster",
    ),
)
"""Files that take longest. They go first: one that is begun last is waited for while all other processors have nothing to do."""


LOCALE = ROOT / "plugins" / "rectify" / "locale"


def pytest_sessionstart() -> None:
    """Words compiled before the catalogue last changed would fail a thousand tests, each for another reason."""
    newest = max(file.stat().st_mtime for file in LOCALE.rglob("*.po"))
    if any(file.stat().st_mtime < newest for file in LOCALE.rglob("*.mo")):
        pytest.exit("the catalogue of words has changed: run tools/catalogue.py compile, or python3 run.py test", 2)


@pytest.fixture
def make_site(tmp_path: Path) -> Callable[..., Site]:
    """make_site(files, sample=None, **config) -> Site: a miniature site in a folder of its own, not yet built."""

    def make(files: dict[str, str | bytes] | None = None, sample: str | None = None, **config) -> Site:
        root = tmp_path / f"site-{len(list(tmp_path.glob('site-*')))}"
        root.mkdir()
        return write_site(root, files or {}, sample, **config)

    return make


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The project's own content/, built once per run through the public command."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:  # whose folders lie in that of the run
        folder = folder.parent
    site = Site(ROOT, folder / "built" / "site")
    with wait_for_lock(folder / "built.lock"):
        if not (folder / "built.ok").exists():
            site.build().ok()
            (folder / "built.ok").touch()
    return site


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[..., str]]:
    """serve(folder, under="") -> base address of a static server for the folder, below a sub-path where given."""
    with ExitStack() as servers:
        running: dict[tuple[Path, str], str] = {}

        def start(folder: Path, under: str = "") -> str:
            if (folder, under) not in running:
                running[folder, under] = servers.enter_context(serving(folder, under))
            return running[folder, under]

        yield start


@pytest.fixture(scope="session")
def browser():
    """Chromium for the whole run; see `page` for tests."""
    executable = os.environ.get("RECTIFY_CHROMIUM") or chromium.find()
    if os.environ.get("RECTIFY_NO_BROWSER") or not executable:
        without_browser(os.environ.get("RECTIFY_NO_BROWSER") or "no Chromium found; run.py test installs one")
    from helpers.browser import launched

    with launched(executable) as running:
        yield running


def without_browser(reason: str) -> None:
    if CI:
        pytest.fail(f"CI needs a browser: {reason}", pytrace=False)
    pytest.skip(f"browser: {reason}")


@pytest.fixture
def page(browser) -> Iterator[Callable]:
    """page(url, viewport=(1280, 800), allow=(), **context) -> Playwright page, loaded.

    The test fails at its end where any of its pages logged an error, asked for what is missing or asked another host.
    """
    from helpers.browser import Visits

    visits = Visits(browser)
    yield visits.open
    visits.close()
    if troubles := visits.troubles():
        pytest.fail("The browser complained:\n  " + "\n  ".join(troubles), pytrace=False)


@pytest.fixture(scope="session")
def axe() -> Callable:
    """axe(page, rules=()) -> list of violations of WCAG 2.2 A and AA and of the advice of axe: id, impact, help, nodes (target, html, why)."""
    from helpers.axe import violations

    return violations


@pytest.fixture(scope="session")
def plain_env() -> Callable[..., dict[str, str]]:
    """plain_env({...}) -> environment for a subprocess whose output is compared."""
    return plain_environment


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs Chromium, so that `-m "not browser"` leaves it out; put the longest files first."""
    for item in items:
        if BROWSER_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker("browser")
    places = {ROOT / "tests" / f"{name}.py": place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path, len(places)))


def pytest_terminal_summary(terminalreporter) -> None:
    """What did not run is easily overlooked among the dots: say how many, and why."""
    reasons = Counter(
        report.longrepr[2].removeprefix("Skipped: ") for report in terminalreporter.stats.get("skipped", ())
    )
    if reasons:
        terminalreporter.section(f"!! {reasons.total()} TESTS DID NOT RUN", red=True)
        for reason, count in reasons.most_common():
            terminalreporter.line(f"{count:5} {reason}")
