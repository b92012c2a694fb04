"""Worst-case populations as linear programs, and the pool certificate (algorithms 7 and 8), exact on the K-grid.

A population on the grid {0, 1/K, …, 1}^m is a non-negative mass for each type. When a rule's output is characterised by conditions that are linear in
these masses, the greatest ratio of any alternative's welfare to the output's is the value of a linear program whose columns are the (K+1)^m types
and whose few rows are: the output's welfare is 1 (populations may be scaled), and the conditions.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from claims.alignment_distortion.model import C_K, G_K, Vector, s_grid
from claims.errors import ClaimError
from exact.linear_programs import Problem, Row, Solution, SparseVector
from exact.reals import Real
from instances import Population, ResponseModel

TypeValue = Callable[[tuple[int, ...]], int]


def grid_types(K: int, m: int) -> Iterator[tuple[int, ...]]:
    """Every type on the grid as the integers K·u(x), in the order of the columns of the programs."""
    return product(range(K + 1), repeat=m)


@dataclass(frozen=True)
class Excesses:
    """s_{−K}, …, s_K as integers over one denominator: s_k = ``numerators[k + K]``/``denominator``."""

    K: int
    numerators: tuple[int, ...]
    denominator: int

    @classmethod
    def of(cls, r: Fraction, K: int) -> Excesses:
        """The table for β = K·ln r."""
        values = [s_grid(r, k) for k in range(-K, K + 1)]
        denominator = math.lcm(*(value.denominator for value in values))
        return cls(K, tuple(value.numerator * (denominator // value.denominator) for value in values), denominator)

    def __getitem__(self, k: int) -> int:
        return self.numerators[k + self.K]


def _integers(weights: Sequence[Fraction]) -> tuple[list[int], int]:
    denominator = math.lcm(*(weight.denominator for weight in weights))
    return [weight.numerator * (denominator // weight.denominator) for weight in weights], denominator


def _vector(K: int, m: int, value: TypeValue, denominator: int) -> SparseVector:
    return SparseVector.over(denominator, ((j, value(u)) for j, u in enumerate(grid_types(K, m))))


def _utility_vector(K: int, m: int, weights: Sequence[Fraction]) -> SparseVector:
    numerators, denominator = _integers(weights)
    return _vector(K, m, lambda u: sum(w * k for w, k in zip(numerators, u, strict=True) if w), denominator * K)


def _point(m: int, x: int) -> list[Fraction]:
    return [Fraction(int(y == x)) for y in range(m)]


def _borda_row(table: Excesses, mu: Sequence[Fraction], winner: int, other: int) -> SparseVector:
    """BC_u(winner) − BC_u(other) for each type u."""
    numerators, denominator = _integers(mu)
    pool = [(y, weight) for y, weight in enumerate(numerators) if weight]

    def value(u: tuple[int, ...]) -> int:
        return sum(weight * (table[u[winner] - u[y]] - table[u[other] - u[y]]) for y, weight in pool)

    return _vector(table.K, len(mu), value, denominator * table.denominator)


def borda_worst_case(r: Fraction, K: int, mu: Sequence[Fraction]) -> Problem:
    """The greatest A(x*)/A(x̂) over grid populations in which x̂ is a Borda winner; alternatives (x̂, x*, others), ``mu`` in this order, m >= 2."""
    table, m = Excesses.of(r, K), len(mu)
    return Problem(
        sense="maximise",
        columns=(K + 1) ** m,
        objective=_utility_vector(K, m, _point(m, 1)),
        rows=[Row(_utility_vector(K, m, _point(m, 0)), 1, 1), *(Row(_borda_row(table, mu, 0, z), lower=0) for z in range(1, m))],
    )


def misordering_worst_case(r: Fraction, K: int, mu: Sequence[Fraction]) -> Problem:
    """The greatest A(x*)/A(x̂) over grid populations with BC*(x̂) >= BC*(x*): the first of Borda's rows alone."""
    m = len(mu)
    return Problem(
        sense="maximise",
        columns=(K + 1) ** m,
        objective=_utility_vector(K, m, _point(m, 1)),
        rows=[Row(_utility_vector(K, m, _point(m, 0)), 1, 1), Row(_borda_row(Excesses.of(r, K), mu, 0, 1), lower=0)],
    )


def maximal_lottery_worst_case(r: Fraction, K: int, lottery: Sequence[Fraction], best: int) -> Problem:
    """The greatest A(best)/A(π) over grid populations for which the lottery π is maximal."""
    table, m = Excesses.of(r, K), len(lottery)
    numerators, denominator = _integers(lottery)
    support = [(x, weight) for x, weight in enumerate(numerators) if weight]

    def against(z: int) -> SparseVector:
        return _vector(K, m, lambda u: sum(w * table[u[x] - u[z]] for x, w in support), denominator * table.denominator)

    return Problem(
        sense="maximise",
        columns=(K + 1) ** m,
        objective=_utility_vector(K, m, _point(m, best)),
        rows=[Row(_utility_vector(K, m, lottery), 1, 1), *(Row(against(z), lower=0) for z in range(m))],
    )


def borda_loss_worst_case(r: Fraction, K: int, mu: Sequence[Fraction]) -> Problem:
    """The greatest A(x*)/C_K − A(x̂) per unit of error e, where x̂ wins with scores that are off by at most e, for small e.

    Rows: BC*(x̂) − BC*(z) >= −2 for masses in units of e; they need not sum to 1/e, because types of utility 0 fill up.
    """
    table, m = Excesses.of(r, K), len(mu)
    factor = C_K(r, K)
    objective = _utility_vector(K, m, [Fraction(-1), 1 / factor, *[Fraction(0)] * (m - 2)])
    return Problem(
        sense="maximise",
        columns=(K + 1) ** m,
        objective=objective,
        rows=[Row(_borda_row(table, mu, 0, z), lower=-2) for z in range(1, m)],
    )


def decode_population(K: int, m: int, solution: Solution) -> Population:
    """The population whose type masses, up to scale, are the solution's optimal point. Raises ClaimError when there is none."""
    if not solution.primal:
        raise ClaimError(f"the program is {solution.outcome} and has no optimal population")
    masses = solution.primal
    scale = sum(masses.values(), Fraction(0))
    types = {j: u for j, u in enumerate(grid_types(K, m)) if j in masses}
    return Population(
        tuple(tuple(Fraction(k, K) for k in types[j]) for j in masses), tuple(masses[j] / scale for j in masses)
    )


# The pool certificate


@dataclass(frozen=True)
class PoolCertificate:
    """λ, ν, κ >= 0. If f(a, c, y) >= 0 everywhere, then A(x*) <= λ·A(x̂) for every x̂ with BC*(x̂) >= BC*(x*) and, unless κ = 0, BC*(x̂) >= 1/2."""

    lam: Real
    nu: Real
    kappa: Real

    def f(self, response: ResponseModel, a: Real, c: Real, y: Real) -> Real:
        """λa − c − ν(S(β(a − y)) − S(β(c − y))) − κS(β(a − y)): a = u(x̂), c = u(x*), y = the utility of the alternative met."""
        first, second = response.excess(a - y), response.excess(c - y)
        return self.lam * a - c - self.nu * (first - second) - self.kappa * first


def borda_certificate(r: Fraction, K: int) -> PoolCertificate:
    """ν = 1/s_K, κ = G_K/s_K, λ = C_K: Borda's ratio is at most C_K on the grid, for all m, μ and populations."""
    return PoolCertificate(C_K(r, K), 1 / s_grid(r, K), G_K(r, K) / s_grid(r, K))


def misordering_certificate(r: Fraction, K: int) -> PoolCertificate:
    """κ = 0, ν = 1/(K(s_K − s_{K−1})), λ = Q_K: misordered alternatives differ by at most Q_K on the grid."""
    step = K * (s_grid(r, K) - s_grid(r, K - 1))
    return PoolCertificate(K * s_grid(r, 1) / step, 1 / step, Fraction(0))


def holds_on_grid(certificate: PoolCertificate, r: Fraction, K: int) -> bool:
    """Whether f >= 0 at all (K+1)³ grid points: f is a function of (a, y) plus a function of (c, y), so the two minima for each y decide."""
    excess = {k: s_grid(r, k) for k in range(-K, K + 1)}
    for y in range(K + 1):
        first = min(certificate.lam * Fraction(a, K) - (certificate.nu + certificate.kappa) * excess[a - y] for a in range(K + 1))
        second = min(certificate.nu * excess[c - y] - Fraction(c, K) for c in range(K + 1))
        if first + second < 0:
            return False
    return True


def vanishing_points(certificate: PoolCertificate, response: ResponseModel, grid: Vector) -> list[tuple[Real, Real, Real]]:
    """The points (a, c, y) of grid³ at which f = 0: the types of a worst case."""
    return [(a, c, y) for a in grid for c in grid for y in grid if certificate.f(response, a, c, y) == 0]
