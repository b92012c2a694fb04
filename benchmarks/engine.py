"""What the engine itself costs: time per task, wall time of many trivial tasks, memory of the parent, use of the
processors.

    python benchmarks/engine.py [--jobs N] [--tasks N]

Each figure is printed beside the ceiling that issue 3 sets for it. Nothing is taken from the user's cache, and
nothing is left behind.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from checkers.engine import Event, Plan, execute, plan_run
from claims.registry import select, shipped

CLAIMS = '''
import time
from fractions import Fraction

from claims import Claim, Enumeration, Paper, Part, Settings, Source, Witness


def settings(count):
    return Settings(quick=tuple({{"n": n}} for n in range(count)))


def busy(element, parameters):
    end = time.perf_counter() + 0.02 + 0.08 * (parameters["n"] % 7) / 7
    while time.perf_counter() < end:
        pass
    return True


def claim(number, formulation):
    return Claim(number=number, title=number, statement=number, source=Source("here"), relation=">=", parts=(Part("", number, (formulation,)),))


PAPER = Paper(slug="benchmark", title="Benchmark", citation="", arxiv="", claims=(
    claim("Trivial", Enumeration(
        statement="one element", elements=lambda parameters: (parameters["n"],), predicate=lambda element, parameters: True, settings=settings({tasks}))),
    claim("Certified", Witness(
        instance=lambda parameters: Fraction(parameters["n"]), quantity=lambda instance, parameters: instance * instance, relation=">=",
        bound=lambda instance, parameters: Fraction(0), settings=settings({tasks} // 4))),
    claim("Busy", Enumeration(
        statement="20 to 100 ms of work", elements=lambda parameters: (0,), predicate=busy, settings=settings(200))),
))
'''


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--tasks", type=int, default=2_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="assay-benchmark-") as name:
        folder = Path(name)
        os.environ["ASSAY_CACHE"] = str(folder / "cache")
        file = folder / "benchmark_claims.py"
        file.write_text(CLAIMS.format(tasks=arguments.tasks), encoding="utf-8")
        print(f"{arguments.jobs} worker processes")
        trivial(file, folder, arguments.jobs)
        certified(file, folder, arguments.jobs)
        busy(file, folder, arguments.jobs)
        papers(folder, arguments.jobs)


def trivial(file: Path, folder: Path, jobs: int) -> None:
    """Many tasks that take no time: all that is measured is overhead. Run twice, the second time from the cache."""
    started = time.perf_counter()
    plan = plan_run(select([f"{file}/Trivial"]), effort="quick")
    count = len(plan.tasks)
    print(f"planning {count:,} tasks: {time.perf_counter() - started:.2f} s")
    memory: list[int] = []
    document = timed(plan, folder / "trivial", jobs, memory)
    line(f"{count:,} trivial tasks", document, "at most 60 s for 2,000")
    print(f"  overhead per task, workers warm: {1000 * overhead(document):.1f} ms (at most 30 ms)")
    print(f"  memory of the parent: {memory[0]} MiB after the first task, {memory[-1]} MiB after the last (flat)")
    line(f"{count:,} trivial tasks from the cache", timed(plan, folder / "trivial-again", jobs, memory), "")


def certified(file: Path, folder: Path, jobs: int) -> None:
    """Small tasks with a certificate each, which becomes a file."""
    plan = plan_run(select([f"{file}/Certified"]), effort="quick")
    document = timed(plan, folder / "certified", jobs, [])
    line(f"{len(plan.tasks):,} small tasks with certificates", document, "")
    line("  the same from the cache", timed(plan, folder / "certified-again", jobs, []), "")


def busy(file: Path, folder: Path, jobs: int) -> None:
    """Tasks of ordinary size: are the workers busy to the end?"""
    plan = plan_run(select([f"{file}/Busy"]), effort="quick")
    line(f"{len(plan.tasks)} tasks of 20 to 100 ms", timed(plan, folder / "busy", jobs, []), "at least 85 %")


def papers(folder: Path, jobs: int) -> None:
    """Everything shipped, at effort quick: first without a record of costs, then with one."""
    if shipped():
        plan = plan_run(select([]), effort="quick")
        for name in ("first", "second"):
            document = timed(plan, folder / f"papers-{name}", jobs, [], fresh=True)
            line(f"everything shipped, quick, {name} run ({len(plan.tasks)} tasks)", document, "at least 85 %")


def timed(plan: Plan, folder: Path, jobs: int, memory: list[int], fresh: bool = False) -> Mapping[str, Any]:
    """Execute the plan, noting the parent's memory in MiB after each task."""
    def watch(event: Event) -> None:
        if event.kind == "finished":
            memory.append(resident())

    return execute(plan, folder, jobs=jobs, fresh=fresh, watch=watch)


def overhead(document: Mapping[str, Any]) -> float:
    """Seconds per task that went neither into checking nor into starting the first workers."""
    environment = document["environment"]
    checking = sum(item["seconds"] for claim in document["claims"] for item in claim["evidence"])
    tasks = sum(len(claim["evidence"]) for claim in document["claims"])
    return float(environment["wall_seconds"] * environment["workers"] - checking) / tasks


def line(title: str, document: Mapping[str, Any], ceiling: str) -> None:
    """One line of the report."""
    environment = document["environment"]
    wanted = f" ({ceiling})" if ceiling else ""
    print(f"{title}: {environment['wall_seconds']:.2f} s wall, workers busy {100 * environment['utilisation']:.0f} %{wanted}, "
          f"{environment['processor_seconds']:.1f} s of processor, {environment['reused_tasks']} reused")


def resident() -> int:
    """This process's resident memory in MiB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(row for row in status.splitlines() if row.startswith("VmRSS:")).split()[1]) // 1024


if __name__ == "__main__":
    main()
