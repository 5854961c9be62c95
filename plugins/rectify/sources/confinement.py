"""What a process lays upon itself, and all that it starts, before it touches what somebody else wrote.

The rules are Linux' own: prctl(2), unshare(2), user_namespaces(7); setrlimit(2) is every POSIX system's.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
from typing import NamedTuple

from rectify.core.language import _

with contextlib.suppress(ImportError):  # only POSIX systems have it
    import resource

_NEW_USERS, _NEW_NETWORK = 0x10000000, 0x40000000
_DEATH_SIGNAL = 1


class Limits(NamedTuple):
    """What each step of a publication may take: the check, the build, the check of what was built."""

    seconds: int = 600
    megabytes: int = 4096
    """Address space of each process."""

    def told_of_time(self) -> str:
        """Return what is said where a step was ended for its time."""
        return _("{seconds} 秒还没有结束，已经停止；内容确实很多的，用 --time-limit 放宽", seconds=self.seconds)

    def told_of_memory(self) -> str:
        """Return what is said where a step was ended for its memory."""
        return _("需要的内存超过 {megabytes} MB；内容确实很多的，用 --memory-limit 放宽", megabytes=self.megabytes)


def confine(limits: Limits) -> None:
    """Lay the limits upon this process, which then ends with the one that started it, as those that it starts end with it."""
    if sys.platform != "win32":
        _lower(resource.RLIMIT_AS, limits.megabytes << 20)
        _lower(resource.RLIMIT_CPU, limits.seconds)
        _lower(resource.RLIMIT_CORE, 0)
    _end_with_parent()
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=_end_with_parent)


def leave_network() -> bool:
    """Cut this process, and those that it starts, off from every network, its own machine's too; return whether that worked.

    Works where the system lets everybody make namespaces, and not once the process has threads.
    """
    if sys.platform != "linux":
        return False
    user, group = os.geteuid(), os.getegid()
    # Who may do it without a namespace of users keeps with that the access to other accounts' files.
    if user == 0:
        return not ctypes.CDLL(None).unshare(_NEW_NETWORK)
    if ctypes.CDLL(None).unshare(_NEW_USERS | _NEW_NETWORK):
        return False
    # The same account inside as outside; without, it would be nobody.
    with contextlib.suppress(OSError):
        for name, line in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
            with open(f"/proc/self/{name}", "w", encoding="ascii") as file:
                file.write(line)
    return True


def _lower(kind: int, most: int) -> None:
    hard = resource.getrlimit(kind)[1]
    value = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with contextlib.suppress(OSError, ValueError):  # macOS has limits that cannot be set
        resource.setrlimit(kind, (value, value))


def _end_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL)
