"""Executing a plan: tasks to workers, longest expected first, evidence to the run folder as soon as it is there."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, Protocol

from checkers.engine.cache import Cache, cache_folder, cost_key
from checkers.engine.document import build_document
from checkers.engine.folder import PLAN, RunFolder, read_document
from checkers.engine.forecast import Forecast
from checkers.engine.interruption import Interruption
from checkers.engine.limits import Limits, limits_for
from checkers.engine.local import LocalExecutor
from checkers.engine.plan import Plan, replan
from checkers.engine.records import evidence_of, record_of
from checkers.engine.sources import solver_versions
from checkers.engine.tasks import Task
from checkers.engine.watching import Event, EventKind, Watch
from checkers.engine.worker import Job, Outcome

ExecutorName = Literal["local", "dask"]

_TICK = 0.25


class Executor(Protocol):
    """Where jobs run. ``width`` is how many run at a time."""

    width: int

    def free(self) -> int:
        """How many more jobs can be taken now."""

    def submit(self, job: Job) -> None:
        """Take a job."""

    def collect(self, timeout: float) -> list[tuple[Job, Outcome]]:
        """The jobs that have ended, after waiting up to ``timeout`` seconds for one that does."""

    def under_way(self) -> Sequence[tuple[Job, float]]:
        """The jobs that run now, with their elapsed seconds."""

    def close(self) -> None:
        """Stop everything at once."""


def execute(
    plan: Plan, folder: Path, *, jobs: int, executor: ExecutorName = "local", scheduler: str | None = None,
    resume: bool = False, fresh: bool = False, budget: float | None = None, watch: Watch | None = None,
    limits: Limits | None = None,
) -> dict[str, Any]:
    """Run the plan in the folder and return the run document, which is also written to ``run.json`` there.

    ``jobs`` worker processes on this machine, or the Dask cluster at ``scheduler`` (a local one when None).
    ``resume`` keeps what an earlier process finished in this folder; ``fresh`` ignores the evidence cache; ``budget``
    bounds the whole run in seconds. The first Ctrl-C ends the run early and resumably; the second raises
    KeyboardInterrupt. ``limits`` replaces the effort's limits per task. Raises FolderBusy, FolderTaken, StorageError,
    ClusterError.
    """
    with RunFolder(folder) as run, Interruption() as interruption:
        if not resume:
            run.refuse_if_taken()
        run.store_plan(plan.to_json())
        before = {record["identity"] for record in run.finished()}
        session = _Session(plan, run, interruption, limits or limits_for(plan.effort), watch or (lambda event: None))
        session.recall(before, Cache(cache_folder()), fresh)
        started = datetime.now(UTC)
        session.go(lambda: _executor(executor, jobs, scheduler), budget)
        records = {record["identity"]: record["evidence"] for record in run.records() if record["identity"] in session.done}
        environment = {
            **describe_machine(), "executor": executor, "jobs": jobs, "budget_seconds": budget,
            "started": started.isoformat(timespec="seconds"), "resumed_tasks": len(before), **session.account(),
        }
        document = build_document(plan, records, environment, session.interrupted())
        run.store_document(document)
        session.tell("ended")
        return document


def load_plan(folder: Path) -> Plan:
    """The plan that a run folder was begun with, made anew from the code that is installed now: what is finished and
    unchanged keeps its identity.

    Raises NotARun, or ClaimError when a claim of the plan is gone.
    """
    return replan(read_document(folder / PLAN))


def describe_machine() -> dict[str, Any]:
    """The environment of a run: versions, system, processors."""
    return {
        "assay": _own_version(), "python": platform.python_version(), "system": platform.platform(), "machine": platform.machine(),
        "processors": os.cpu_count(), "versions": solver_versions(),
    }


def _own_version() -> str:
    try:
        return importlib.metadata.version("assay")
    except importlib.metadata.PackageNotFoundError:
        return "not installed"


def _executor(name: ExecutorName, jobs: int, scheduler: str | None) -> Executor:
    if name == "local":
        return LocalExecutor(jobs)
    from checkers.engine.cluster import DaskExecutor

    return DaskExecutor(scheduler, jobs)


@dataclass
class _Account:
    """Where the time went."""

    began: float = field(default_factory=time.monotonic)
    busy: float = 0.0
    processor: float = 0.0
    width: int = 1
    reused: int = 0
    dropped: int = 0
    costs: dict[str, float] = field(default_factory=dict)


class _Session:
    """One process working through a plan."""

    def __init__(self, plan: Plan, run: RunFolder, interruption: Interruption, limits: Limits, watch: Watch) -> None:
        self._run = run
        self._interruption = interruption
        self._limits = limits
        self._watch = watch
        self._tasks = {task.identity: task for task in plan.tasks}
        self._parts = {(entry.id, part.name): part for entry in (*plan.entries, *plan.foundations) for part in entry.claim.parts}
        self.done: set[str] = set()
        self._waiting: deque[Task] = deque()
        self._forecast = Forecast((), {}, ())
        self._cache: Cache | None = None
        self._reuse = False
        self._executor: Executor | None = None
        self._stopped_by = ""
        self._account = _Account()

    def recall(self, finished: set[str], cache: Cache, fresh: bool) -> None:
        """Take note of what is finished in the folder, and of what the cache knows."""
        self.done = finished & self._tasks.keys()
        self._cache = cache
        self._reuse = not fresh
        todo = [task for identity, task in self._tasks.items() if identity not in self.done]
        reusable = (task.identity for task in todo if cache.has(task.identity)) if self._reuse else ()
        self._forecast = Forecast(todo, cache.costs(), reusable)
        self._waiting = deque(self._forecast.longest_first(todo))

    def go(self, start: Callable[[], Executor], budget: float | None) -> None:
        """Work until nothing is left, the budget is spent, or someone interrupts."""
        self.tell("started")
        if not self._waiting:
            return
        deadline = None if budget is None else time.monotonic() + budget
        self._executor = executor = start()
        self._account.width = executor.width
        try:
            while self._stopped_by != "budget" and (self._fill(executor) or executor.under_way()):
                self._store(executor.collect(_TICK if deadline is None else max(0.0, min(_TICK, deadline - time.monotonic()))))
                self._notice(deadline, budget)
                self.tell("tick")
        finally:
            self._executor = None
            executor.close()
            self._keep_costs()

    def _fill(self, executor: Executor) -> bool:
        """Hand out tasks while there is room; tells whether any wait still."""
        while self._waiting and not self._stopped_by and executor.free():
            task = self._waiting.popleft()
            self._forecast.start(task)
            cached = self._cache.look_up(task.identity) if self._cache is not None and self._reuse else None
            executor.submit(Job(task, self._limits, cached))
        return bool(self._waiting) and not self._stopped_by

    def _notice(self, deadline: float | None, budget: float | None) -> None:
        if deadline is not None and time.monotonic() >= deadline:
            self._stop("budget", f"the run's budget of {budget:g} s is spent")
        elif self._interruption.requested and not self._stopped_by:
            self._stop("interrupt", "interrupted: finishing the running tasks; once more stops at once")

    def _stop(self, by: str, message: str) -> None:
        self._stopped_by = by
        self.tell("stopping", message=message)

    def _store(self, ended: Sequence[tuple[Job, Outcome]]) -> None:
        """Bring what has ended to the disk, then tell."""
        records = [record_of(job.task, outcome, job.limits.describe_memory(), self._run.store_certificate) for job, outcome in ended]
        if records:
            self._run.append(records)
        for (job, outcome), record in zip(ended, records, strict=True):
            self.done.add(job.task.identity)
            self._account_for(job.task, outcome)
            self._cache_outcome(job.task, outcome, record["evidence"]["status"])
            self.tell("finished", task=job.task, evidence=self._as_judged(job.task, record["evidence"]))

    def _as_judged(self, task: Task, stored: Mapping[str, Any]) -> dict[str, Any]:
        """The stored evidence with the status that it has for the claim: a witness that fails refutes no claim of existence."""
        judged = evidence_of(stored, task, self._parts.get((task.claim, task.member)) if task.kind == "part" else None)
        return {**stored, "status": judged.status, "note": judged.note}

    def _account_for(self, task: Task, outcome: Outcome) -> None:
        self._account.busy += outcome.seconds
        self._account.processor += outcome.processor_seconds
        self._account.reused += outcome.reused
        self._forecast.finish(outcome.seconds)
        if not outcome.reused:
            self._account.costs[cost_key(task)] = outcome.seconds

    def _cache_outcome(self, task: Task, outcome: Outcome, status: str) -> None:
        """Keep finished evidence for later runs; neither errors nor what the machine's limits decided."""
        if outcome.dropped:
            self._account.dropped += 1
            self.tell("warning", message=f"{task.name}: the evidence in the cache was dropped: {outcome.dropped}")
        if self._cache is None or outcome.reused:
            return
        try:
            if outcome.ending == "finished" and status != "error":
                self._cache.store(task.identity, outcome.evidence)
            elif outcome.dropped:
                self._cache.drop(task.identity)
        except OSError as error:
            self._give_up_cache(error)

    def _keep_costs(self) -> None:
        if self._cache is None:
            return
        try:
            self._cache.record_costs(self._account.costs)
        except OSError as error:
            self._give_up_cache(error)

    def _give_up_cache(self, error: OSError) -> None:
        self.tell("warning", message=f"the cache cannot be written and is left alone from here on: {error}")
        self._cache = None

    def tell(self, kind: EventKind, **about: Any) -> None:
        """Send an event to whoever watches."""
        running = tuple((job.task, seconds) for job, seconds in self._executor.under_way()) if self._executor is not None else ()
        self._watch(Event(kind, len(self.done), len(self._tasks), running, self._forecast.seconds_left(running, self._account.width), **about))

    def interrupted(self) -> dict[str, Any] | None:
        """Why the run stopped early, and how many tasks it did not reach; None when it reached all."""
        missing = len(self._tasks) - len(self.done)
        if not missing:
            return None
        reason = "the run's budget was spent" if self._stopped_by == "budget" else "interrupted"
        return {"by": self._stopped_by, "reason": reason, "tasks_not_run": missing}

    def account(self) -> Mapping[str, Any]:
        """Where the time went, for the environment of the document. ``utilisation`` is the share of the workers' time
        in which they had a task."""
        account = self._account
        wall = time.monotonic() - account.began
        return {
            "wall_seconds": wall, "busy_seconds": account.busy, "processor_seconds": account.processor, "workers": account.width,
            "utilisation": account.busy / (wall * account.width), "reused_tasks": account.reused, "dropped_cache_entries": account.dropped,
        }
