"""The processes of a Dask cluster as one that maps a function over tasks, in order and a few at a time."""

from __future__ import annotations

import os
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from rectify.core.language import _
from rectify.host.cluster.alike import NotAlike, refuse_others, versions

VARIABLE = "RECTIFY_EXECUTOR"
"""Where `rectify build` leaves the address."""
_ADDRESS = re.compile(r"dask(\+tls)?://([^/\s@]+:\d{1,5})/?")
_AHEAD = 4
"""Tasks for each process that wait beside the one at work: what they hold is in memory until it is done."""
_SECONDS = 10
_SECONDS_ALONE = 60
"""How long a cluster may be without any process, while one that was lost comes back."""
_Task = TypeVar("_Task")
_Result = TypeVar("_Result")


def _held(ground: bytes) -> bytes:
    """Return what is common to all tasks, in a process of the cluster."""
    return ground


class ClusterError(ValueError):
    """The cluster cannot be used, or was lost; the text is a sentence."""


class Cluster:
    """A Dask scheduler with its workers, all of our own version. Raises ClusterError."""

    def __init__(self, address: str):
        match = _ADDRESS.fullmatch(address)
        if match is None:
            raise ClusterError(
                _("--executor {address}：写成 dask://主机:端口，加密的写成 dask+tls://主机:端口", address=repr(address))
            )
        self._name = address
        self._place = f"{'tls' if match[1] else 'tcp'}://{match[2]}"
        self._client: Any = None

    def map(self, work: Callable[[bytes, _Task], _Result], ground: bytes, tasks: Iterable[_Task]) -> Iterator[_Result]:
        """Yield what a function makes of each task and of what is common to all, in their order.

        The function is one of this package, named and not sent. What it raises is raised here.
        """
        client = self._connected()
        from distributed import KilledWorker
        from distributed.client import FutureCancelledError

        processes = sum(client.nthreads().values())
        # A task of its own: lost with a process, it is made again. What is scattered is not.
        shared = client.submit(_held, ground, pure=False)
        waiting: deque[Any] = deque()
        left = iter(tasks)
        try:
            while True:
                for task in left:
                    waiting.append(client.submit(work, shared, task, pure=False))
                    if len(waiting) >= _AHEAD * processes:
                        break
                if not waiting:
                    return
                yield self._result(client, waiting.popleft())
        except (OSError, KilledWorker, FutureCancelledError) as error:
            raise ClusterError(self._said(error)) from None

    def _result(self, client: Any, future: Any) -> Any:
        while True:
            try:
                return future.result(_SECONDS_ALONE)
            except TimeoutError:
                if future.done():  # what the task raised
                    raise
                if not client.nthreads():
                    raise self._nobody() from None

    @classmethod
    def asked_for(cls) -> Cluster | None:
        """Return the cluster that the environment names, None where it names none."""
        return cls(address) if (address := os.environ.get(VARIABLE, "")) else None

    def close(self) -> None:
        """Leave the cluster; it goes on for others."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def _connected(self) -> Any:
        if self._client is None:
            try:
                from distributed import Client
            except ImportError:
                raise ClusterError("pip install 'rectify[cluster]'") from None
            try:
                client = Client(self._place, timeout=_SECONDS, set_as_default=False)
            except (OSError, ValueError) as error:
                raise ClusterError(self._said(error)) from None
            try:
                self._refuse_others(client)
            except (ClusterError, NotAlike) as error:
                client.close()
                raise ClusterError(str(error)) from None
            self._client = client
        return self._client

    def _refuse_others(self, client: Any) -> None:
        answers = client.run(versions, on_error="return")
        # Whoever is gone by now is asked for nothing.
        there = {where: answer for where, answer in answers.items() if not isinstance(answer, OSError)}
        if not there:
            raise self._nobody()
        for where, theirs in there.items():
            refuse_others(versions(), theirs if isinstance(theirs, dict) else {}, where)

    def _nobody(self) -> ClusterError:
        return ClusterError(_("集群 {address} 没有工作进程：在各台机器上运行 dask worker", address=self._name))

    def _said(self, error: Exception) -> str:
        return _("集群 {address} 用不了：{error}", address=self._name, error=str(error).partition("\n")[0])
