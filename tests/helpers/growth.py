"""Whether work grows with its input and not with the square of it, told without a clock on the wall."""

import gc
import time
from collections.abc import Callable
from typing import TypeVar

Given = TypeVar("Given")

DOUBLINGS = 3
STEP = 2**DOUBLINGS
"""How much longer the longer input of a pair is: linear work costs STEP times as much, quadratic STEP² times."""
LIMIT = 2.5**DOUBLINGS
"""At most 2.5 times as much for each doubling. Far from both: caches make linear work cost up to 1.5 times STEP."""
TRIES = 5


def assert_linear(make: Callable[[int], Given], work: Callable[[Given], object], size: int, pairs: int = 2) -> None:
    """Fail where work(make(n * STEP)) costs far more than STEP times work(make(n)), for the longest n * STEP = `size`.

    The processor's time of this process is compared within one run: how fast the machine is, and what else it does, cancels
    out. A pair is measured again before it fails. Shorter pairs come first, so that what is quadratic ends soon.
    """
    for step in range(pairs, 0, -1):
        short, long = make(size // STEP**step), make(size // STEP ** (step - 1))
        ratios = []
        while not ratios or (ratios[-1] > LIMIT and len(ratios) < TRIES):
            ratios.append(_cost(work, long) / max(_cost(work, short) for _ in range(2)))
        assert ratios[-1] <= LIMIT, f"{STEP} times as much of it costs {ratios} times as much"


def _cost(work: Callable[[Given], object], given: Given) -> float:
    # The collector walks through all that this process holds, thousands of tests, whenever enough has been made.
    gc.disable()
    try:
        begun = time.process_time()
        work(given)
        return max(time.process_time() - begun, 1e-4)
    finally:
        gc.enable()
