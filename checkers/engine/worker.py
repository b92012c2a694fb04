"""What happens in a worker process: one task in, its evidence as JSON text out. Nothing is stored here.

Every worker keeps itself from harming others: it limits its memory, writes what is printed to a file of its own, runs
linear algebra on one thread, and dies with the process that started it even while it is busy in C code.
"""

from __future__ import annotations

import dataclasses
import faulthandler
import fcntl
import json
import multiprocessing
import os
import random
import re
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from checkers import kernel
from checkers.checker import check
from checkers.engine.limits import Limits
from checkers.engine.sources import code_digest
from checkers.engine.tasks import Task, canonical, locate
from checkers.evidence import Evidence
from claims.errors import ClaimError
from claims.parameters import to_json

Ending = Literal["finished", "time", "memory", "crash", "raised"]

_OUTPUT_KEPT = 4_000
_LARGEST_FILE = 256 << 20
_ONLY_REPLAYABLE = "enumeration"  # the one type of certificate that the kernel cannot decide
_OUT_OF_MEMORY = re.compile(r"MemoryError|bad_alloc|out of memory|Cannot allocate memory|Unable to allocate", re.IGNORECASE)
_ADDRESS = re.compile(r"0x[0-9a-fA-F]+")


@dataclass(frozen=True)
class Job:
    """A task on its way to a worker: with its limits, and with evidence from the cache if there is some."""

    task: Task
    limits: Limits
    cached: str | None = None


@dataclass(frozen=True)
class Outcome:
    """How a job ended. ``evidence`` is the JSON text of finished evidence, certificates included; ``message`` and
    ``output`` say what went wrong.

    ``seconds`` and ``processor_seconds`` are what it took here; ``reused`` tells that the cache's evidence stood up
    to the kernel, ``dropped`` why it did not.
    """

    ending: Ending
    evidence: str = ""
    message: str = ""
    output: str = ""
    seconds: float = 0.0
    processor_seconds: float = 0.0
    reused: bool = False
    dropped: str = ""


class CodeChanged(Exception):
    """The worker has other code than the plan was made from."""


def prepare(output: str) -> None:
    """Make this process a worker whose printed output goes to the file ``output``."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST_FILE, _LARGEST_FILE))
    target = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(target, 1)
    os.dup2(target, 2)
    os.close(target)
    sys.stdout = open(1, "w", buffering=1, closefd=False, errors="replace")  # noqa: SIM115 (open as long as the process)
    sys.stderr = open(2, "w", buffering=1, closefd=False, errors="replace")  # noqa: SIM115
    faulthandler.enable(sys.stderr)
    _die_with_parent()


def _die_with_parent() -> None:
    """Have the kernel send SIGIO, which ends the process, when the pipe from the parent closes, whatever code is
    running then."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    pipe = parent.sentinel
    fcntl.fcntl(pipe, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(pipe, fcntl.F_SETFL, fcntl.fcntl(pipe, fcntl.F_GETFL) | os.O_ASYNC)


def perform(job: Job) -> Outcome:
    """Do the job. Whatever an exception can tell becomes an outcome; only the end of the process itself is left to
    the parent."""
    os.truncate(1, 0)
    random.seed(job.task.seed)
    started, processor = time.perf_counter(), time.process_time()
    outcome = _guarded(lambda: _reuse_or_check(job), job.limits)
    return dataclasses.replace(outcome, seconds=time.perf_counter() - started, processor_seconds=time.process_time() - processor)


def _guarded(work: Callable[[], Outcome], limits: Limits) -> Outcome:
    try:
        with memory_limit(limits.memory), _alarm_after(limits.seconds + 10):
            return work()
    except MemoryError:
        return Outcome("memory", output=printed())
    except (Exception, SystemExit) as error:  # the boundary of isolation: what a task raises is evidence about that task
        text = "".join(traceback.format_exception(error))
        return Outcome("memory" if ran_out_of_memory(str(error)) else "raised", message=text, output=printed())


def _reuse_or_check(job: Job) -> Outcome:
    dropped = ""
    if job.cached is not None:
        dropped = why_not_believed(job.cached)
        if not dropped:
            return Outcome("finished", job.cached, reused=True)
    data = _fresh_evidence(job.task)
    if data["status"] == "error":
        if ran_out_of_memory(data["note"]):  # a checker may tell of it as of any other error in a claim's code
            return Outcome("memory", output=printed(), dropped=dropped)
        data["details"] = {**data["details"], "output": printed()}
    return Outcome("finished", canonical(data), dropped=dropped)


def _fresh_evidence(task: Task) -> dict[str, Any]:
    formulation, parameters = locate(task)
    if code_digest(task.origin, task.form) != task.code:
        raise CodeChanged(f"the code behind {task.claim} is not the code that the plan was made from: it was edited during the run, "
                          "or this machine has another version; start the run again")
    started = time.perf_counter()
    evidence = _addressed(check(formulation, parameters, task.seed, task.budget), task)
    data = evidence_to_json(evidence, seconds=time.perf_counter() - started)
    if problem := _unproved(data):
        raise ClaimError(problem)
    return data


def _addressed(evidence: Evidence, task: Task) -> Evidence:
    """The evidence, with the place of its formulation in the certificate of an enumeration, so that it can be replayed."""
    if evidence.certificate is None or evidence.certificate["type"] != "enumeration":
        return evidence
    from checkers.exhaustive import addressed

    return dataclasses.replace(evidence, certificate=addressed(evidence.certificate, task.claim, task.member, task.formulation))


def evidence_to_json(evidence: Evidence, seconds: float) -> dict[str, Any]:
    """What the checker found, as JSON data; the engine knows the task and adds the rest."""
    return {
        "checker": evidence.checker, "status": evidence.status, "scope": evidence.scope, "trust": evidence.trust, "measured": to_json(evidence.measured),
        "bound": to_json(evidence.bound), "margin": to_json(evidence.margin), "certificate": to_json(evidence.certificate),
        "counterexample": to_json(evidence.counterexample), "note": evidence.note, "details": to_json(evidence.details), "seconds": seconds,
    }


def _unproved(data: Mapping[str, Any]) -> str:
    """Why evidence that claims the kernel's trust does not have it; empty when it has, or claims none."""
    if data["trust"] != "kernel" or data["status"] not in ("holds", "refuted"):
        return ""
    types = {document.get("type") for document in documents_of(data)}
    if types - {_ONLY_REPLAYABLE}:
        return ""
    return f"the checker {data['checker']} claims the kernel's trust and brings no certificate that the kernel can decide"


def documents_of(data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The certificate documents in evidence: its certificate and its counterexample's."""
    if data["certificate"] is not None:
        yield data["certificate"]
    if data["counterexample"] is not None and data["counterexample"].get("certificate") is not None:
        yield data["counterexample"]["certificate"]


def why_not_believed(text: str) -> str:
    """Why evidence from the cache is not to be believed; empty when the kernel accepts each of its certificates
    again."""
    try:
        data = json.loads(text)
        for document in documents_of(data):
            kernel.check(document)
    except kernel.Rejected as error:
        return f"the kernel rejects its certificate: {error}"
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return f"it is damaged ({type(error).__name__}: {error})"
    return _unproved(data)


@contextmanager
def memory_limit(amount: int) -> Iterator[None]:
    """Let the block allocate ``amount`` bytes beyond what the process holds already; more raises MemoryError, or
    makes C code give up."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (_data_size() + amount, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (hard, hard))


def _data_size() -> int:
    """The bytes that count towards RLIMIT_DATA now; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmData:"))
    return int(line.split()[1]) * 1024


@contextmanager
def _alarm_after(seconds: float) -> Iterator[None]:
    """Have the kernel end the process if the block takes longer: nobody else may be left to do it."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def printed() -> str:
    """The end of what the current task printed in this process."""
    sys.stdout.flush()
    sys.stderr.flush()
    return read_output(Path("/proc/self/fd/1")) if Path("/proc/self/fd/1").exists() else ""


def read_output(path: Path) -> str:
    """The end of an output file, memory addresses masked, since they differ from run to run."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _OUTPUT_KEPT))
        text = file.read().decode(errors="replace")
    return _ADDRESS.sub("0x…", text)


def ran_out_of_memory(text: str) -> bool:
    """Whether a message, or the last output of a process that died, is that of a failed allocation."""
    return _OUT_OF_MEMORY.search(text) is not None
