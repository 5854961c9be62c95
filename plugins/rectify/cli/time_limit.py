"""The limit of time of a command: one that outlives it ends, with all that it started."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from types import FrameType
from typing import NoReturn

import click

from rectify.core.language import _
from rectify.sources.confinement import Limits

SECONDS = 3600
"""A hundred times what ten thousand problems take on a slow machine."""

TIME_LIMIT = click.option(
    "--time-limit",
    type=click.IntRange(1),
    default=SECONDS,
    show_default=True,
    metavar="SECONDS",
    help=_("最多运行几秒；到时还没有结束的停止，退出状态 1"),
)


def told(seconds: int) -> str:
    """Return the sentence that a command which took too long ends with."""
    return Limits(seconds).told_of_time()


@contextlib.contextmanager
def ended_after(seconds: float, whole: int) -> Iterator[None]:
    """End this process after some seconds of what stands inside, saying that it ran for the `whole` of its time.

    Nothing inside may stand in the way, be it a search that goes on and on or other processes at work.
    """

    def end(number: int = 0, frame: FrameType | None = None) -> NoReturn:
        for child in multiprocessing.active_children():
            child.kill()
        click.ClickException(told(whole)).show()
        os._exit(1)

    if hasattr(signal, "SIGALRM"):
        before = signal.signal(signal.SIGALRM, end)
        signal.setitimer(signal.ITIMER_REAL, max(seconds, 0.001))
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
    else:
        timer = threading.Timer(seconds, end)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
