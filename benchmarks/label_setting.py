"""How label setting grows with the number k of levels: exact rational arithmetic, steps counted, and the exponents of both.

    python benchmarks/label_setting.py [--levels 250 500 1000 2000]

One line per move relation and k: seconds of `label_setting`, the steps it counted, k², and the seconds of one pass over all moves that
checks the result (Bellman's equation). The exponents are the slopes of log steps and log seconds against log k over the whole range.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from claims.user_disengagement.algorithms.ladders import LadderOptimum, is_optimal, label_setting  # noqa: E402
from claims.user_disengagement.model import LadderUser, WindowMoves, constant, downward_moves, free_moves, nearest_moves  # noqa: E402

RELATIONS: dict[str, Callable[[int], WindowMoves]] = {"nearest": nearest_moves, "down": downward_moves, "free": free_moves}
MOST_CHECKED = 1_000
"""The check looks at every move: up to this many levels."""


def ladder(levels: int, moves: WindowMoves) -> LadderUser:
    """Demand rises from 1/5 to 19/20 in equal steps; α = 2, β = 1/100, full memory, no return."""
    demand = tuple(Fraction(1, 5) + Fraction(3, 4) * Fraction(i, levels) for i in range(levels))
    positions = tuple(Fraction(i) for i in range(levels))
    return LadderUser(Fraction(9, 10), positions, demand, constant(Fraction(0), demand), Fraction(2), Fraction(1, 100), Fraction(1), moves)


def slope(sizes: Sequence[int], numbers: Sequence[float]) -> float:
    """The least-squares slope of log numbers against log sizes."""
    xs, ys = [math.log(size) for size in sizes], [math.log(number) for number in numbers]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True)) / sum((x - mean_x) ** 2 for x in xs)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--levels", type=int, nargs="+", default=[250, 500, 1_000, 2_000])
    sizes = parser.parse_args().levels
    print(f"{'moves':10}{'k':>6}{'seconds':>10}{'steps':>12}{'k²':>12}{'check':>10}")
    for name, relation in RELATIONS.items():
        seconds, steps = [], []
        for k in sizes:
            user = ladder(k, relation(k))
            begin = time.perf_counter()
            found = label_setting(user)
            seconds.append(time.perf_counter() - begin)
            steps.append(found.steps)
            print(f"{name:10}{k:6}{seconds[-1]:10.3f}{found.steps:12}{k * k:12}{_check(user, found):>10}")
        if len(sizes) > 1:
            print(f"{name:10} exponent: steps {slope(sizes, steps):.3f}, seconds {slope(sizes, seconds):.2f}")


def _check(user: LadderUser, found: LadderOptimum) -> str:
    if user.count > MOST_CHECKED:
        return "-"
    begin = time.perf_counter()
    if not is_optimal(user, found.values, found.successors):
        raise SystemExit("label setting is wrong")
    return f"{time.perf_counter() - begin:.3f}"


if __name__ == "__main__":
    main()
