"""The per-user game: N targets against N types of users, where the benchmark is the best target for each user separately.

Target i pays ε^i and user type j stays only for targets i >= j; with 1/(1 − γ) = ε^−N the ratio of target i's value to the best
target's value at type j is ε^((i−j) mod N).
"""

from __future__ import annotations

from fractions import Fraction

from exact import linear_programs
from exact.linear_programs import Problem, Row, Solution


def program(targets: int, eps: Fraction) -> Problem:
    """Maximise v over mixtures x of the targets with Σ_i x_i·ε^((i−j) mod N) >= v for every type j. Columns: x, then v."""
    rows = [Row({**{i: eps ** ((i - j) % targets) for i in range(targets)}, targets: Fraction(-1)}, lower=0) for j in range(targets)]
    rows.append(Row({i: Fraction(1) for i in range(targets)}, lower=1, upper=1))
    bounds: list[tuple[int | None, int | None]] = [(0, None)] * targets + [(None, None)]
    return Problem(sense="maximise", columns=targets + 1, objective={targets: Fraction(1)}, rows=rows, column_bounds=bounds)


def solve(targets: int, eps: Fraction) -> Solution:
    """The game's exact value, with both players' optimal mixtures as primal and dual."""
    return linear_programs.solve(program(targets, eps))


def closed_form(targets: int, eps: Fraction) -> Fraction:
    """(1 − ε^N)/(N(1 − ε))."""
    return (1 - eps**targets) / (targets * (1 - eps))
