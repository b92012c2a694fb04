"""Laws over the outcomes of a game, weights that make their sum of payoffs constant, and matrix games (C6, C8).

A 2×2 game is written as two lists of four payoffs in the order CC, CD, DC, DD, the row player's action first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

from exact.linear_programs import Problem, Row, Solution, solve
from exact.reals import Real, maximum, minimum

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

Payoffs = tuple[Real, ...]
Matrix = tuple[tuple[Real, ...], ...]


# Laws


def product_law(mixture: tuple[Real, Real]) -> Payoffs:
    """The probabilities of the four outcomes where the players mix independently."""
    p, q = mixture
    return p * q, p * (1 - q), (1 - p) * q, (1 - p) * (1 - q)


def expected(law: Sequence[Real], payoffs: Sequence[Real]) -> Real:
    """The expected payoff."""
    return sum((chance * payoff for chance, payoff in zip(law, payoffs, strict=True)), Fraction(0))


def constant_weights(u: Sequence[Fraction], v: Sequence[Fraction]) -> tuple[Fraction, Fraction] | None:
    """λ = (1, t) with t > 0 and u + t·v constant, or None where there is none; (1, 1) where both are constant."""
    pairs = [(u[k] - u[0], v[k] - v[0]) for k in range(1, len(u))]
    if all(du == dv == 0 for du, dv in pairs):
        return Fraction(1), Fraction(1)
    slope = next((Fraction(-du) / dv for du, dv in pairs if dv != 0), None)
    if slope is None or slope <= 0 or any(du + slope * dv != 0 for du, dv in pairs):
        return None
    return Fraction(1), slope


# Domination in the hull


def law_of(solution: Solution, outcomes: int = 4) -> Payoffs:
    """The law over the outcomes in a solution: its first columns."""
    assert solution.primal is not None
    return tuple(Fraction(solution.primal[k]) for k in range(outcomes))


def gain_of(law: Sequence[Real], payoffs: Sequence[Sequence[Real]], point: Sequence[Real]) -> Real:
    """The total gain of a law over a point that it weakly dominates. Raises ValueError when somebody loses or the law is none."""
    gains = [expected(law, mine) - x for mine, x in zip(payoffs, point, strict=True)]
    if any(gain < 0 for gain in gains) or any(chance < 0 for chance in law) or sum(law) != 1:
        raise ValueError("the law does not weakly dominate the point")
    return sum(gains, Fraction(0))


def dominating_family(payoffs: Sequence[Sequence[Fraction]], full_support: Payoffs) -> SearchStrategy[Payoffs]:
    """Random laws that weakly dominate a law of full support; where the drawn one does not, that law itself."""
    from hypothesis import strategies as st

    point = [expected(full_support, mine) for mine in payoffs]

    def kept(weights: list[int]) -> Payoffs:
        law = tuple(Fraction(weight, sum(weights)) for weight in weights)
        return law if all(expected(law, mine) >= x for mine, x in zip(payoffs, point, strict=True)) else full_support

    return st.lists(st.integers(0, 9), min_size=len(full_support), max_size=len(full_support)).filter(any).map(kept)


# Matrix games: the row player gets a[i][j], the column player −a[i][j]


def row_program(a: Matrix) -> Problem:
    """The most that a mixed row guarantees. Columns: the mixture, then the guarantee."""
    rows = [Row(dict.fromkeys(range(len(a)), Fraction(1)), 1, 1)]
    rows += [Row({**{i: a[i][j] for i in range(len(a))}, len(a): Fraction(-1)}, lower=0) for j in range(len(a[0]))]
    return Problem(sense="maximise", columns=len(a) + 1, objective={len(a): 1}, rows=rows, column_bounds={len(a): (None, None)})


def column_program(a: Matrix) -> Problem:
    """The least to which a mixed column holds the row player."""
    width = len(a[0])
    rows = [Row(dict.fromkeys(range(width), Fraction(1)), 1, 1)]
    rows += [Row({**dict(enumerate(row)), width: Fraction(-1)}, upper=0) for row in a]
    return Problem(sense="minimise", columns=width + 1, objective={width: 1}, rows=rows, column_bounds={width: (None, None)})


def value_of(problem: Problem) -> Fraction:
    """The optimal value of a program that has one."""
    value = solve(problem).value
    assert value is not None
    return value


def guarantee(mixture: Sequence[Real], a: Matrix) -> Real:
    """The least that a mixed row earns."""
    return minimum(expected(mixture, column) for column in zip(*a, strict=True))


def saddle_points(a: Matrix) -> list[tuple[int, int]]:
    """The cells that are greatest in their column and least in their row, numbered from 0."""
    least = [min(row) for row in a]
    greatest = [max(column) for column in zip(*a, strict=True)]
    return [(i, j) for i, row in enumerate(a) for j, x in enumerate(row) if x == least[i] == greatest[j]]


def are_interchangeable(points: Sequence[tuple[int, int]]) -> bool:
    """Whether the row of one saddle point and the column of another always make a saddle point."""
    known = set(points)
    return all((i, j) in known for i, _ in points for _, j in points)


def pure_gap(a: Matrix) -> Real:
    """min over columns of the greatest entry minus max over rows of the least: 0 exactly where there is a saddle point."""
    upper = minimum(maximum(column) for column in zip(*a, strict=True))
    return upper - maximum(minimum(row) for row in a)


def all_matrices(size: int, levels: int) -> Iterator[Matrix]:
    """All size × size matrices with entries 0, …, levels − 1."""
    for entries in product(range(levels), repeat=size * size):
        yield tuple(entries[i * size : (i + 1) * size] for i in range(size))


def convention_game(m: int) -> Matrix:
    """Both players get 1 where they choose the same of m conventions, and 0 elsewhere."""
    return tuple(tuple(Fraction(int(i == j)) for j in range(m)) for i in range(m))
