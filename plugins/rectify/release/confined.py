"""Work on what somebody else wrote, in a process of its own that cannot hold this one."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import Connection
from typing import TypeVar

from rectify.sources.confinement import Limits, confine, leave_network
from rectify.sources.program import ProgramError, leave_variables

Answer = TypeVar("Answer")


def within(limits: Limits, alone: bool, work: Callable[[], Answer]) -> Answer:
    """Return what a piece of work returns, raise its OSError or ValueError; raises ProgramError where it outgrows the limits.

    `alone` is without a network, where the system allows that, and without the variables of this machine. The work must be one that can be handed to a process.
    """
    # A fork has loaded everything already; where there is none, the process begins from nothing.
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else None)
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_do, args=(sender, limits, alone, work))
    process.start()
    sender.close()
    try:
        if not receiver.poll(limits.seconds):
            raise ProgramError(limits.told_of_time())
        answer, error = receiver.recv()
    except EOFError:
        process.join()
        if process.exitcode == 1:
            raise RuntimeError("a fault of this program, told above") from None
        raise ProgramError(limits.told_of_memory()) from None  # ended by the system
    finally:
        process.kill()
        process.join()
        receiver.close()
    if error is not None:
        raise error
    return answer


def _do(sender: Connection, limits: Limits, alone: bool, work: Callable[[], Answer]) -> None:
    confine(limits)
    if alone:
        leave_network()
        leave_variables()
    try:
        sender.send((work(), None))
    except (MemoryError, BrokenProcessPool):
        sender.send((None, ProgramError(limits.told_of_memory())))
    except (OSError, ValueError) as error:
        sender.send((None, error))
