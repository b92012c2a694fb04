"""Execution on this machine: worker processes that a hung, crashing or greedy task cannot leave.

Each slot is a pebble pool of one process, so that no lock is shared between tasks: whatever happens to one process
concerns one task. Processes are forked from a server that has the common libraries loaded already, with one thread
for linear algebra and a fixed hash seed.
"""

from __future__ import annotations

import multiprocessing
import multiprocessing.forkserver
import os
import signal
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures import TimeoutError as LimitReached
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path

from pebble import ProcessExpired, ProcessPool

from checkers.engine.sources import ROOT
from checkers.engine.worker import Ending, Job, Outcome, perform, prepare, ran_out_of_memory, read_output

_TASKS_PER_PROCESS = 1_000  # then a fresh process replaces it, so that no library's leak grows for ever
_STARTS = 3  # how often a job is started when its process ends before the job has begun
_WORKER_ENVIRONMENT = {
    "PYTHONHASHSEED": "0",
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS", "NUMEXPR_NUM_THREADS"), "1"),
}


@dataclass
class Running:
    """A job under way in a slot."""

    job: Job
    future: Future[Outcome]
    since: float
    starts: int = 1


class Slot:
    """One worker process at a time, and what it is doing."""

    def __init__(self, output: Path) -> None:
        self._output = output
        self._pool: ProcessPool | None = None
        self.running: Running | None = None

    def start(self, job: Job) -> None:
        """Begin the job; the slot must be idle."""
        self.running = Running(job, self._schedule(job), time.monotonic())

    def _schedule(self, job: Job) -> Future[Outcome]:
        if self._pool is None or not self._pool.active:
            self.close()
            start_server()
            self._pool = ProcessPool(1, _TASKS_PER_PROCESS, prepare, (str(self._output),), multiprocessing.get_context("forkserver"))
        return self._pool.schedule(perform, (job,), timeout=job.limits.seconds)

    def outcome(self) -> Outcome | None:
        """How the job ended, if it has; then the slot is idle again. A job whose process ended before it began is
        started anew, and has not ended."""
        running = self.running
        if running is None or (not running.future.done() and not self._broken()):
            return None
        error = running.future.exception() if running.future.done() else BrokenProcessPool("the worker process ended before the task began")
        if isinstance(error, BrokenProcessPool) and running.starts < _STARTS:
            self.close()
            self.running = replace(running, future=self._schedule(running.job), starts=running.starts + 1)
            return None
        self.running = None
        seconds = time.monotonic() - running.since
        return running.future.result() if error is None else self._misfortune(error, running.job, seconds)

    def _broken(self) -> bool:
        return self._pool is None or not self._pool.active

    def _misfortune(self, error: BaseException, job: Job, seconds: float) -> Outcome:
        if isinstance(error, LimitReached):
            return Outcome("time", message=job.limits.describe_seconds(), seconds=seconds)
        output = read_output(self._output) if self._output.exists() else ""
        if isinstance(error, ProcessExpired):
            ending: Ending = "memory" if ran_out_of_memory(output) else "crash"
            return Outcome(ending, message=describe_exit(error.exitcode), output=output, seconds=seconds)
        return Outcome("crash", message=f"{type(error).__name__}: {error}", output=output, seconds=seconds)

    def stop(self) -> None:
        """Tell the process to end, whatever it does, without waiting for it."""
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]

    def close(self) -> None:
        """End the process and wait until it has."""
        self.stop()
        if self._pool is not None:
            self._pool.join()
            self._pool = None


class LocalExecutor:
    """As many slots as jobs may run at a time."""

    def __init__(self, jobs: int) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="assay-output-")
        self._slots = [Slot(Path(self._folder.name) / f"slot-{index}.txt") for index in range(jobs)]
        self.width = jobs

    def free(self) -> int:
        """How many more jobs can be taken now."""
        return sum(slot.running is None for slot in self._slots)

    def submit(self, job: Job) -> None:
        """Start the job in a free slot."""
        next(slot for slot in self._slots if slot.running is None).start(job)

    def collect(self, timeout: float) -> list[tuple[Job, Outcome]]:
        """The jobs that have ended, after waiting up to ``timeout`` seconds for one that does."""
        futures = [slot.running.future for slot in self._slots if slot.running is not None]
        wait(futures, timeout=timeout, return_when=FIRST_COMPLETED)
        ended: list[tuple[Job, Outcome]] = []
        for slot in self._slots:
            running = slot.running
            outcome = slot.outcome()
            if running is not None and outcome is not None:
                ended.append((running.job, outcome))
        return ended

    def under_way(self) -> Sequence[tuple[Job, float]]:
        """The jobs that run now, with their elapsed seconds."""
        now = time.monotonic()
        return [(slot.running.job, now - slot.running.since) for slot in self._slots if slot.running is not None]

    def close(self) -> None:
        """Stop everything at once."""
        for slot in self._slots:
            slot.stop()
        for slot in self._slots:
            slot.close()
        self._folder.cleanup()


def describe_exit(code: int | None) -> str:
    """Why a process ended, from its exit code."""
    if code is not None and code < 0:
        name = signal.Signals(-code).name
        reason = " (by someone else, or by the system for want of memory)" if name == "SIGKILL" else ""
        return f"the process was ended by {name}{reason}"
    return f"the process ended with exit code {code}"


def start_server() -> None:
    """Start the server that worker processes are forked from, with the environment that they shall have, if it does
    not run yet."""
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
    wanted = {**_WORKER_ENVIRONMENT, "PYTHONPATH": path}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        multiprocessing.forkserver.set_forkserver_preload(["checkers.engine.preload"])
        multiprocessing.forkserver.ensure_running()
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
