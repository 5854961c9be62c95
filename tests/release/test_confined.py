"""Work in a process of its own: what it returns and raises comes back, what outgrows its limits ends."""

import os
import socket
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from rectify.release.confined import within
from rectify.sources.confinement import Limits
from rectify.sources.program import ProgramError

LIMITS = Limits(60, 4096)


def fail(error: Exception) -> None:
    raise error


def sleep(file: Path) -> None:
    """With a process of its own that would write a file in a while."""
    if os.fork() == 0:
        time.sleep(2)
        file.touch()
        os._exit(0)
    time.sleep(600)


def connect(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def test_what_it_returns_and_raises_comes_back():
    assert within(LIMITS, True, partial(sorted, [2, 1])) == [1, 2]
    for error in (ValueError("甲"), FileNotFoundError(2, "x", "乙")):
        with pytest.raises(type(error)) as raised:
            within(LIMITS, False, partial(fail, error))
        assert str(raised.value) == str(error)


def test_a_fault_of_this_program_is_not_taken_for_something_else(capfd):
    with pytest.raises(RuntimeError):
        within(LIMITS, False, partial(fail, KeyError("a")))
    assert "KeyError" in capfd.readouterr().err


@pytest.mark.skipif(sys.platform != "linux", reason="only there all ends with the one that is ended")
def test_it_ends_with_all_that_it_started(tmp_path):
    with pytest.raises(ProgramError, match="1 秒"):
        within(Limits(1), False, partial(sleep, tmp_path / "later"))
    time.sleep(2.5)
    assert list(tmp_path.iterdir()) == []


def test_its_memory_ends():
    with pytest.raises(ProgramError, match="1024 MB"):
        within(Limits(60, 1024), False, partial(bytearray, 4 << 30))


def test_alone_it_has_no_network():
    """Where the system lets everybody make namespaces."""
    command = "import sys; from rectify.sources.confinement import leave_network; sys.exit(not leave_network())"
    if subprocess.run([sys.executable, "-c", command], check=False).returncode:
        pytest.skip("no namespaces")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert [within(LIMITS, alone, partial(connect, port)) for alone in (False, True)] == [True, False]
