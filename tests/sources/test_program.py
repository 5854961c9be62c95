"""Other programs are asked nothing they could wait with, and what goes wrong is told in their words."""

import contextlib
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

import rectify
from rectify.sources.program import ProgramError, TookTooLong, run

PYTHON = [sys.executable, "-c"]


def test_what_is_printed_comes_back_and_can_be_given_on():
    said = run([*PYTHON, "import sys; sys.stdout.buffer.write(sys.stdin.buffer.read())"], given=b" \xff\xe7\x94\xb2\n")
    assert said == " \udcff甲" and os.fsencode(said) == b" \xff\xe7\x94\xb2"


def test_nothing_waits_for_an_answer():
    assert run([*PYTHON, "import sys; print(sys.stdin.read() == '')"]) == "True"


@pytest.mark.skipif(os.name != "posix", reason="terminals of Unix")
def test_nothing_asks_at_the_terminal():
    """As ssh does for a password, whatever its standard input is."""
    code = "import os, sys; os.open(sys.argv[1], os.O_RDWR); from rectify.sources.program import run; print(run(sys.argv[2:]))"
    asks = ["sh", "-c", "(: < /dev/tty) 2> /dev/null && echo asked || echo not asked"]
    ours, theirs = os.openpty()
    # Who leads a session and opens a terminal has it.
    told = subprocess.run(
        [*PYTHON, code, os.ttyname(theirs), *asks], start_new_session=True, capture_output=True, check=True,
        env={**os.environ, "PYTHONPATH": str(Path(rectify.__file__).parents[1])},
    )  # fmt: skip
    os.close(ours)
    os.close(theirs)
    assert told.stdout == b"not asked\n"


@pytest.mark.skipif(os.name != "posix", reason="groups of processes of Unix")
def test_what_takes_too_long_is_ended_with_all_that_it_started(tmp_path):
    told = tmp_path / "process"
    with pytest.raises(TookTooLong):
        run(["sh", "-c", f"sleep 60 & echo $! > {told}; wait"], seconds=1)
    process = int(told.read_text())
    state, until = "", time.monotonic() + 30  # that it has ended may be seen a moment later
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        while state != "Z" and time.monotonic() < until:
            state = Path(f"/proc/{process}/stat").read_text().split()[2]
        assert state == "Z"
    assert not Path("/proc").exists() or not Path(f"/proc/{process}/fd/0").exists()


@pytest.mark.parametrize("in_hook", [False, True])
def test_what_git_told_a_hook_is_for_git_in_that_hook_only(monkeypatch, in_hook):
    monkeypatch.setenv("GIT_INDEX_FILE", "other")
    assert run([*PYTHON, "import os; print(os.environ.get('GIT_INDEX_FILE'))"], in_hook=in_hook) == (
        "other" if in_hook else "None"
    )


@pytest.mark.parametrize(
    ("script", "words", "said"),
    [
        ("import sys; print('out'); sys.exit('a\\nb\\nc')", {"last_lines": 2}, "b\nc"),
        ("import sys; print('out'); sys.exit(3)", {}, "out"),
        ("import sys; sys.exit(3)", {}, "3"),
        ("import time; time.sleep(60)", {"seconds": 0.1}, "0"),
    ],
)
def test_what_a_program_that_fails_said(script, words, said):
    with pytest.raises(ProgramError) as error:
        run([*PYTHON, script], **words)
    assert str(error.value) == said or (said.isdigit() and said in str(error.value))


def test_a_program_that_is_missing_is_named():
    with pytest.raises(ProgramError, match="no-such-program"):
        run(["no-such-program"])
