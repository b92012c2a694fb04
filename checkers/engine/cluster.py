"""Execution on a Dask cluster: the same jobs, in the same isolation, on machines of one's own.

A Dask worker does not run a task itself: each of its threads hands the task to a worker process like those of local
execution, with the same limits. So a task that hangs or crashes costs the cluster nothing; a Dask worker that is lost
has its tasks run again elsewhere.
"""

from __future__ import annotations

import multiprocessing
import tempfile
import time
import uuid
from collections.abc import Sequence
from concurrent.futures import wait as wait_for
from functools import cache
from multiprocessing.util import Finalize
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

from checkers.engine.errors import ClusterError
from checkers.engine.local import Slot
from checkers.engine.worker import Job, Outcome

if TYPE_CHECKING:
    from distributed import Client, Future, LocalCluster

_RETRIES = 3
_CONNECT_SECONDS = 20
_CENSUS_SECONDS = 2.0
_QUEUED_PER_THREAD = 2  # so that a thread has its next task at hand


class DaskExecutor:
    """Jobs on the cluster at ``scheduler``, or on a local cluster of ``jobs`` single-threaded workers when it is
    None. Raises ClusterError."""

    def __init__(self, scheduler: str | None, jobs: int) -> None:
        self._cluster: LocalCluster | None = None
        self._client = self._connect(scheduler, jobs)
        self._jobs: dict[Future, tuple[Job, float]] = {}
        self._run = uuid.uuid4().hex
        self._census = 0.0
        self.width = 1
        self._count_threads()

    def _connect(self, scheduler: str | None, jobs: int) -> Client:
        try:
            from distributed import Client, LocalCluster
        except ImportError:
            raise ClusterError("--executor dask needs the optional extra: pip install 'assay[dask]'") from None
        if scheduler is None:
            self._cluster = LocalCluster(n_workers=jobs, threads_per_worker=1, processes=True, dashboard_address=None, memory_limit=0)
        try:
            client = Client(scheduler or self._cluster, timeout=_CONNECT_SECONDS)
            client.wait_for_workers(1, timeout=_CONNECT_SECONDS)
        except (OSError, TimeoutError) as error:
            raise ClusterError(f"no Dask scheduler with a worker answers at {scheduler}: {error}") from error
        return client

    def _count_threads(self) -> None:
        """Ask the scheduler now and then how many threads the cluster has, since workers come and go."""
        now = time.monotonic()
        if now - self._census >= _CENSUS_SECONDS:
            self._census = now
            self.width = max(1, sum(self._client.nthreads().values()))

    def free(self) -> int:
        """How many more jobs can be taken now."""
        return max(0, self.width * _QUEUED_PER_THREAD - len(self._jobs))

    def submit(self, job: Job) -> None:
        """Send the job to the cluster."""
        self._send(job, f"assay-{self._run}-{job.task.identity}")

    def _send(self, job: Job, key: str) -> None:
        self._jobs[self._client.submit(perform_isolated, job, key=key, pure=False, retries=_RETRIES)] = (job, time.monotonic())

    def collect(self, timeout: float) -> list[tuple[Job, Outcome]]:
        """The jobs that have ended, after waiting up to ``timeout`` seconds for one that does."""
        from distributed import wait

        self._count_threads()
        if not self._jobs:
            return []
        try:
            ended = wait(list(self._jobs), timeout=timeout, return_when="FIRST_COMPLETED").done
        except TimeoutError:
            return []
        return [pair for future in ended if (pair := self._take(future)) is not None]

    def _take(self, future: Future) -> tuple[Job, Outcome] | None:
        """The job of a future that is done, and how it ended; a job that the scheduler forgot (it was restarted, say)
        is sent again."""
        job, _ = self._jobs.pop(future)
        if future.status == "finished":
            return job, future.result()
        if future.status == "error":
            error = future.exception()
            return job, Outcome("crash", message=f"on the cluster: {type(error).__name__}: {error}")
        self._send(job, f"{future.key}-again")
        return None

    def under_way(self) -> Sequence[tuple[Job, float]]:
        """The jobs on the cluster, with the seconds since they were sent."""
        now = time.monotonic()
        return [(job, now - since) for job, since in self._jobs.values()]

    def close(self) -> None:
        """Take back what has not started and leave. What runs on somebody else's worker ends at its limits."""
        self._client.cancel(list(self._jobs), force=True)
        self._client.close()
        if self._cluster is not None:
            self._cluster.close()


_idle: SimpleQueue[Slot] = SimpleQueue()


def perform_isolated(job: Job) -> Outcome:
    """What a Dask worker's thread runs: the job, in a worker process of its own."""
    _allow_children()
    slot = _take_slot()
    slot.start(job)
    while (outcome := slot.outcome()) is None:
        if slot.running is not None:
            wait_for([slot.running.future], timeout=0.25)
    _idle.put(slot)
    return outcome


def _take_slot() -> Slot:
    try:
        return _idle.get_nowait()
    except Empty:
        return _new_slot()


def _new_slot() -> Slot:
    slot = Slot(Path(_output_folder().name) / f"{uuid.uuid4().hex}.txt")
    Finalize(None, slot.close, exitpriority=1)  # before multiprocessing waits for the children of a process that ends
    return slot


@cache
def _output_folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="assay-output-")


def _allow_children() -> None:
    """Let a Dask worker that its nanny started as a daemon have children; multiprocessing refuses them otherwise."""
    process: Any = multiprocessing.current_process()
    if process.daemon:
        process.daemon = False
