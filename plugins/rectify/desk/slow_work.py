"""What takes its time, done beside what is served; whoever asks for it is told how far it is."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from flask import render_template

Result = TypeVar("Result")
Progress = Callable[[int, int], None]


class SlowWork(Generic[Result]):
    """Does something once, in a thread of its own."""

    def __init__(self, do: Callable[[Progress], Result]):
        """Begin; `do` tells how many parts are done, of how many."""
        self._done, self._all, self._began = 0, 0, 0.0
        self._result: list[Result] = []
        self._error: Exception | None = None
        self._is_done = threading.Event()
        threading.Thread(target=self._run, args=(do,), daemon=True).start()

    def _run(self, do: Callable[[Progress], Result]) -> None:
        try:
            self._result.append(do(self._tell))
        except Exception as error:
            self._error = error
        finally:
            self._is_done.set()

    def _tell(self, done: int, all: int) -> None:
        self._began = self._began or time.monotonic()
        self._done, self._all = done, all

    @property
    def is_begun(self) -> bool:
        """Whether it is known how much there is to do."""
        return self._all > 0

    def is_done(self, seconds: float | None = 0) -> bool:
        """Return whether it is done, or is so within a time, None for however long it takes."""
        return self._is_done.wait(seconds)

    def result(self) -> Result:
        """Return what was made, once it is done. Raises what went wrong."""
        if self._error:
            raise self._error
        return self._result[0]

    def page(self, heading: str, hint: str) -> str:
        """Return the page that tells how far it is and asks again by itself."""
        left = (time.monotonic() - self._began) / self._done * (self._all - self._done) if self._done else 0
        return render_template(
            "waiting.html", heading=heading, hint=hint, done=self._done, all=self._all, left=-(-left // 10) * 10
        )
