"""`rectify serve` hears of changes from the system, where the system tells of all of them."""

import threading
import time
from pathlib import Path

import pytest
from mkdocs.livereload import LiveReloadServer
from watchdog.events import (
    FileClosedNoWriteEvent,
    FileModifiedEvent,
    FileOpenedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers.polling import PollingObserver

from rectify.host import watching
from rectify.host.watching import watch_closely

MOUNTS = """22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
40 27 0:50 / /mnt/\\345\\205\\254\\345\\205\\261\\040盘 rw,relatime - cifs //server/share rw
41 27 0:51 / /mnt/local rw,relatime - xfs /dev/vdb rw
"""


@pytest.fixture
def built():
    return threading.Semaphore(0)


@pytest.fixture
def served(tmp_path: Path, built: threading.Semaphore):
    """A server that does not run yet, and what it watches."""
    content = tmp_path / "内容"
    content.mkdir()
    server = LiveReloadServer(built.release, "127.0.0.1", 0, str(tmp_path))
    server.watch(str(content))
    yield server, content
    server.server_close()


def test_changes_are_built(served, built):
    server, content = served
    watch_closely(server)
    assert not isinstance(server.observer, PollingObserver)
    serving = threading.Thread(target=server.serve)
    serving.start()
    try:
        while not server.serve_thread.is_alive():  # by then it watches
            time.sleep(0.05)
        for file in ("01.md", "02.md"):
            (content / file).write_text("乙", "utf-8")
            assert built.acquire(timeout=60)
    finally:
        server.shutdown(wait=True)
        serving.join()


def test_what_a_build_reads_is_no_change():
    told: list[FileSystemEvent] = []
    handler = FileSystemEventHandler()
    handler.on_any_event = told.append
    changed = FileModifiedEvent("01.md")
    for event in (FileOpenedEvent("01.md"), FileClosedNoWriteEvent("01.md"), changed):
        watching._Changes(handler).dispatch(event)
    assert told == [changed]


@pytest.mark.parametrize(
    ("path", "shared"),
    [("/srv/content", False), ("/mnt/公共 盘/content", True), ("/mnt/local/content", False), ("/mnt/locally", False)],
)
def test_where_others_may_write_is_told_by_the_mounts(path, shared, tmp_path, monkeypatch):
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS, "utf-8")
    monkeypatch.setattr(watching, "_MOUNTS", mounts)
    assert watching._is_shared(path) is shared


@pytest.mark.parametrize("reason", ["shared", "no room"])
def test_elsewhere_every_file_is_looked_at_as_before(reason, served, monkeypatch):
    server, _ = served
    if reason == "shared":
        monkeypatch.setattr(watching, "_is_shared", lambda path: True)
    else:

        def full(self):
            raise OSError(28, "inotify watch limit reached")

        monkeypatch.setattr(watching.Observer, "start", full)
    watch_closely(server)
    assert isinstance(server.observer, PollingObserver)
