"""Times of the exact linear programming engine beside three peers, in one table.

    python benchmarks/exact_lp.py [--timeout 6] [--only NAME] [FILE.mps …]

Peers: z3's Optimize (in a process of its own; building its terms is not counted), GLPK's exact simplex and QSopt_ex.
The last two are the programs `glpsol --exact` and `esolver` (Debian: glpk-utils, qsopt-ex), timed from start to end,
reading the file included; rows and objective are scaled to integers for them, and GLPK rounds those to doubles. The
engine's time is that of `solve` on a built problem, verification included, imports excluded. A ratio is peer / assay:
10 means that the peer takes ten times as long. DIFFERS marks a peer whose exact optimum is another one.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import product
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from exact import linear_programs  # noqa: E402
from exact.linear_programs import Problem, Row  # noqa: E402


class Measured(NamedTuple):
    """Seconds and the optimum found (None: no optimum, or one that the peer prints rounded); or a remark instead."""

    seconds: float | None
    value: Fraction | None = None
    remark: str = ""


Peer = Callable[[Problem, Path, float], Measured]


def worst_case(r: Fraction, grid: int, mu: tuple[Fraction, Fraction, Fraction]) -> Problem:
    """Masses on the types {0, 1/K, …, 1}^3: how much better can the second alternative be when the first one wins?"""
    odds = {k: r**k for k in range(-grid, grid + 1)}
    slope = {k: (odds[k] - 1) / (2 * (odds[k] + 1)) for k in odds}
    types = list(product(range(grid + 1), repeat=3))

    def margin(u: tuple[int, ...], rival: int) -> Fraction:
        terms = (mu[y] * (slope[u[0] - u[y]] - slope[u[rival] - u[y]]) for y in range(3) if mu[y])
        return sum(terms, Fraction(0))

    return Problem(
        sense="maximise",
        columns=len(types),
        objective={k: Fraction(u[1], grid) for k, u in enumerate(types)},
        rows=[
            Row({k: Fraction(u[0], grid) for k, u in enumerate(types)}, 1, 1),
            *(Row({k: margin(u, rival) for k, u in enumerate(types)}, 0) for rival in (1, 2)),
        ],
    )


def dense(rows: int, columns: int, seed: int = 1) -> Problem:
    """A dense problem with random rationals, half of its rows equations; a random point is feasible."""
    source = random.Random(seed)

    def draw() -> Fraction:
        return Fraction(source.randint(-99, 99), source.randint(1, 9))

    point = [source.randint(0, 9) for _ in range(columns)]
    lines = []
    for i in range(rows):
        entries = [draw() for _ in range(columns)]
        side = sum((a * x for a, x in zip(entries, point, strict=True)), Fraction(0))
        lines.append(Row(dict(enumerate(entries)), side if i % 2 else None, side if i % 2 else side + abs(draw())))
    return Problem(columns=columns, objective={j: abs(draw()) for j in range(columns)}, rows=lines)


def instances(files: list[Path]) -> Iterator[tuple[str, Callable[[], Problem]]]:
    """Names and builders."""
    third, zero, one = Fraction(1, 3), Fraction(0), Fraction(1)
    yield "worst case K=8", lambda: worst_case(Fraction(2), 8, (zero, zero, one))
    yield "worst case K=20", lambda: worst_case(Fraction(2), 20, (third, third, third))
    yield "worst case K=20 r=3/2", lambda: worst_case(Fraction(3, 2), 20, (zero, zero, one))
    yield "dense 60 x 80", lambda: dense(60, 80)
    yield "dense 300 x 400", lambda: dense(300, 400)
    for path in files or sorted((ROOT / "tests" / "data" / "netlib").glob("*.mps")):
        yield path.stem, lambda path=path: linear_programs.read_mps(path.read_text())  # type: ignore[misc]


def assay(problem: Problem) -> Measured:
    """The engine, the better of two runs."""
    times = []
    for _ in range(2):
        start = time.perf_counter()
        solution = linear_programs.solve(problem)
        times.append(time.perf_counter() - start)
    return Measured(min(times), solution.value)


def by_z3(problem: Problem, file: Path, timeout: float) -> Measured:
    """z3's Optimize, ended when its time is up."""
    here, there = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=_run_z3, args=(problem, there))
    process.start()
    building = 60.0
    if here.poll(building):
        here.recv()
    measured = here.recv() if here.poll(timeout) else Measured(None, remark=f"> {timeout:g} s")
    process.kill()
    process.join()
    return measured


def _run_z3(problem: Problem, results: Connection) -> None:
    import z3

    def exact(number: Fraction) -> z3.RatNumRef:
        return z3.Q(number.numerator, number.denominator)

    optimizer = z3.Optimize()
    xs = [z3.Real(f"x{j}") for j in range(problem.columns)]
    terms = [(x, *interval) for x, interval in zip(xs, problem.column_bounds, strict=True)]
    for row in problem.rows:
        terms.append((z3.Sum([exact(a) * xs[j] for j, a in row.entries.items()]), row.lower, row.upper))
    for term, lower, upper in terms:
        if lower is not None:
            optimizer.add(term >= exact(lower))
        if upper is not None:
            optimizer.add(term <= exact(upper))
    objective = z3.Sum([exact(c) * xs[j] for j, c in problem.objective.items()] + [exact(problem.offset)])
    handle = optimizer.minimize(objective) if problem.sense == "minimise" else optimizer.maximize(objective)
    results.send("built")
    start = time.perf_counter()
    found = optimizer.check()
    seconds = time.perf_counter() - start
    value = optimizer.upper(handle) if found == z3.sat else None
    results.send(Measured(seconds, Fraction(str(value)) if z3.is_rational_value(value) else None))


def by_glpk(problem: Problem, file: Path, timeout: float) -> Measured:
    """GLPK's exact simplex; it reads numbers as doubles, and prints no exact optimum."""
    measured, output = _program(["glpsol", "--exact", "--freemps", str(file)], timeout)
    ended = re.search(r"OPTIMAL SOLUTION FOUND|NO FEASIBLE SOLUTION|UNBOUNDED", output)
    return measured if ended or measured.remark else Measured(None, remark="failed")


def by_qsopt(problem: Problem, file: Path, timeout: float) -> Measured:
    """QSopt_ex."""
    output = file.with_suffix(".sol")
    output.unlink(missing_ok=True)
    measured, _ = _program(["esolver", "-O", str(output), str(file)], timeout)
    if measured.seconds is None:
        return measured
    if not output.exists():
        return Measured(None, remark="failed")
    value = re.search(r"Value = (\S+)", output.read_text())
    if value is None:
        return measured
    sign = 1 if problem.sense == "minimise" else -1
    return measured._replace(value=problem.offset + sign * Fraction(value[1]) / problem.objective.denominator)


def _program(command: list[str], timeout: float) -> tuple[Measured, str]:
    """The time that a program took, and what it printed."""
    if shutil.which(command[0]) is None:
        return Measured(None, remark="not installed"), ""
    start = time.perf_counter()
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=timeout, check=False, cwd="/")
    except subprocess.TimeoutExpired:
        return Measured(None, remark=f"> {timeout:g} s"), ""
    return Measured(time.perf_counter() - start), run.stdout


PEERS: dict[str, Peer] = {"z3": by_z3, "GLPK exact": by_glpk, "QSopt_ex": by_qsopt}


def write_mps(problem: Problem, path: Path) -> None:
    """Free MPS for the peers: a minimisation, every row and the objective scaled to integers."""
    sign = 1 if problem.sense == "minimise" else -1
    columns: list[list[str]] = [[] for _ in range(problem.columns)]
    for j, number in problem.objective.numerators.items():
        columns[j].append(f" x{j} cost {sign * number}")
    kinds, sides, ranges = [" N cost"], [], []
    for i, row in enumerate(problem.rows):
        for j, number in row.entries.numerators.items():
            columns[j].append(f" x{j} r{i} {number}")
        lower, upper = (None if b is None else b * row.entries.denominator for b in (row.lower, row.upper))
        kind = "N" if lower is upper is None else "E" if lower == upper else "G" if upper is None else "L"
        kinds.append(f" {kind} r{i}")
        sides.append(f" rhs r{i} {_decimal(lower if upper is None else upper)}" if lower is not upper else "")
        if lower is not None and upper is not None and lower != upper:
            ranges.append(f" rng r{i} {_decimal(upper - lower)}")
    bounds = [line for j, pair in enumerate(problem.column_bounds) for line in _bound_lines(j, *pair)]
    lines = ["NAME assay", "ROWS", *kinds, "COLUMNS", *(line for column in columns for line in column), "RHS", *sides]
    path.write_text("\n".join([*filter(None, lines), "RANGES", *ranges, "BOUNDS", *bounds, "ENDATA", ""]))


def _bound_lines(column: int, lower: Fraction | None, upper: Fraction | None) -> list[str]:
    low = f" MI b x{column}" if lower is None else f" LO b x{column} {_decimal(lower)}" if lower else ""
    high = "" if upper is None else f" UP b x{column} {_decimal(upper)}"
    return list(filter(None, [low, high]))


def _decimal(number: Fraction | None) -> str:
    """Exact decimal text where there is one, else a quotient, which QSopt_ex reads and GLPK refuses."""
    assert number is not None
    if number.denominator == 1:
        return str(number)
    digits = next((k for k in range(1, 30) if 10**k % number.denominator == 0), None)
    if digits is None:
        return str(number)
    scaled = str(abs(number.numerator * (10**digits // number.denominator))).rjust(digits + 1, "0")
    return f"{'-' if number < 0 else ''}{scaled[:-digits]}.{scaled[-digits:]}"


def _cell(measured: Measured, ours: Measured) -> str:
    if measured.seconds is None or ours.seconds is None:
        return measured.remark
    wrong = measured.value is not None and measured.value != ours.value
    return f"{measured.seconds:.3f} s ({measured.seconds / ours.seconds:.1f}x){' DIFFERS' if wrong else ''}"


def main() -> None:
    """Print the table, line by line as it is measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE.mps", help="instead of the small Netlib files")
    parser.add_argument("--timeout", type=float, default=6.0, help="seconds for each peer and problem (default 6)")
    parser.add_argument("--only", default="", metavar="NAME", help="only problems whose name contains this")
    arguments = parser.parse_args()
    linear_programs.solve(worst_case(Fraction(2), 1, (Fraction(0), Fraction(0), Fraction(1))))  # imports the solvers
    print(f"{'problem':<22}{'rows':>6}{'columns':>9}{'assay':>10}  " + "".join(f"{name:<22}" for name in PEERS))
    with tempfile.TemporaryDirectory() as folder:
        for name, build in instances(arguments.files):
            if arguments.only not in name:
                continue
            problem, file = build(), Path(folder) / "problem.mps"
            write_mps(problem, file)
            ours = assay(problem)
            print(f"{name:<22}{len(problem.rows):>6}{problem.columns:>9}{ours.seconds:>8.3f} s  ", end="", flush=True)
            for peer in PEERS.values():
                print(f"{_cell(peer(problem, file, arguments.timeout), ours):<22}", end="", flush=True)
            print()


if __name__ == "__main__":
    main()
