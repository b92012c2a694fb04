"""C22 and C24: the replicator equation ẋ_i = x_i(f_i − f̄) with payoffs f = Ax."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from exact import reals
from exact.reals import Real

Matrix = tuple[tuple[Real, ...], ...]


def dot(left: Sequence[Real], right: Sequence[Real]) -> Real:
    """Σ left_i·right_i."""
    return sum((x * y for x, y in zip(left, right, strict=True)), Fraction(0))


def payoffs(matrix: Matrix, shares: Sequence[Real]) -> tuple[Real, ...]:
    """f = Ax."""
    return tuple(dot(row, shares) for row in matrix)


def field(matrix: Matrix, shares: Sequence[Real]) -> tuple[Real, ...]:
    """ẋ."""
    found = payoffs(matrix, shares)
    mean = dot(shares, found)
    return tuple(x * (f - mean) for x, f in zip(shares, found, strict=True))


def mean_slope(matrix: Matrix, shares: Sequence[Real]) -> Real:
    """d/dt xᵀAx along the field."""
    moves = field(matrix, shares)
    return dot(moves, payoffs(matrix, shares)) + dot(shares, payoffs(matrix, moves))


def variance(matrix: Matrix, shares: Sequence[Real]) -> Real:
    """Σ x_i(f_i − f̄)²."""
    found = payoffs(matrix, shares)
    mean = dot(shares, found)
    return dot(shares, [(f - mean) ** 2 for f in found])


def log_product_slope(matrix: Matrix, shares: Sequence[Real]) -> Real:
    """d/dt ln Πx_i along the field, for positive shares."""
    return sum((move / x for move, x in zip(field(matrix, shares), shares, strict=True)), Fraction(0))


def donation_matrix(benefit: Real, cost: Real) -> Matrix:
    """Cooperate, defect."""
    return ((benefit - cost, -cost), (benefit, Fraction(0)))


def cooperation_share(cost: Real, start: Real, time: Real) -> Real:
    """x(t) = 1/(1 + (1/x_0 − 1)e^(ct))."""
    if start == 0:
        return Fraction(0)
    return 1 / (1 + (1 / start - 1) * reals.exp(cost * time))


def rock_paper_scissors(win: Real) -> Matrix:
    """A win pays ``win``, a loss −1, a tie 0; each strategy beats the next."""
    one, zero = Fraction(1), Fraction(0)
    return ((zero, win, -one), (-one, zero, win), (win, -one, zero))


def red_queen(win: Real, shares: Sequence[Real]) -> Real:
    """(w − 1)(1 − 3(x_1x_2 + x_2x_3 + x_3x_1))."""
    x, y, z = shares
    return (win - 1) * (1 - 3 * (x * y + y * z + z * x))
